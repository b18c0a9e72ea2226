/* Speakers: what others say is dimmed or hidden once some are chosen (?speaker=…&others=hide), and
   keys and a card at each label lead from turn to turn. A classic script, as all are. */

(() => {
  "use strict";

  const root = document.documentElement;
  const text = document.querySelector(".transcript");
  const form = document.querySelector("form.speakers");
  if (!text || !form || !globalThis.stenogram) return;

  const { inPlace, placeCard } = globalThis.stenogram;
  const texts = JSON.parse(document.getElementById("page:turns").textContent);
  const worded = (name, gaps) => texts[name].replace(/\{(\w+)\}/g, (gap, one) => gaps[one]);

  /* --- Turns ------------------------------------------------------------------------------ */

  /* A turn inside another, as in a record that is read aloud, is a part of that one. */
  const turns = Array.from(text.querySelectorAll(".sp:not(.sp *)"));
  const places = new Map(turns.map((turn, place) => [turn, place]));
  const whoOf = (turn) => turn.dataset.who || "";
  const isPart = (turn) => "continues" in turn.dataset;
  const turnAt = (node) => {
    let turn = node?.closest?.(".sp");
    while (turn && !places.has(turn)) turn = turn.parentElement.closest(".sp");
    return turn || null;
  };

  /* Whether all who are named speak in a turn, alone or with others. */
  function speaks(turn, who) {
    const speakers = whoOf(turn).split(" ");
    return who.split(" ").every((one) => speakers.includes(one));
  }

  /* A turn that was interrupted is one turn: the part that has its beginning. */
  function beginning(turn) {
    let place = places.get(turn);
    while (place > 0 && isPart(turns[place])) {
      const who = whoOf(turns[place]);
      do place -= 1;
      while (place > 0 && whoOf(turns[place]) !== who);
    }
    return turns[place];
  }

  /* --- The filter ------------------------------------------------------------------------- */

  const only = document.querySelector(".only");
  const all = form.querySelector("[data-part=all]");
  const answer = form.querySelector(".answer");
  const summary = form.closest("details").querySelector("summary");
  const boxes = Array.from(form.querySelectorAll("[name=speaker]"));
  const names = new Map(
    Array.from(form.querySelectorAll("li"), (row) => [row.dataset.who, row.querySelector("a").textContent]),
  );
  const plural = new Intl.PluralRules(root.lang);
  let marks = [];

  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const others = () => form.elements.others?.value || "dim";
  const isOther = (turn) => turn.classList.contains("others");
  const isHidden = (turn) => "others" in root.dataset && turn.getClientRects().length === 0;

  function filter(part) {
    inPlace(apply, part);
  }

  function apply() {
    const wanted = chosen();
    const verdicts = new Map();
    const isWanted = (turn) => !wanted.length || wanted.some((who) => speaks(turn, who));
    for (const turn of turns) {
      const who = whoOf(turn);
      if (!verdicts.has(who)) verdicts.set(who, !isWanted(turn));
      for (const part of withReactions(turn)) {
        part.classList.toggle("others", verdicts.get(who));
        part.classList.remove("shown", "dimmed");
      }
    }
    for (const mark of marks) mark.remove();
    marks = [];
    if (wanted.length) root.dataset.others = others();
    else delete root.dataset.others;
    show(text.querySelectorAll(".line.cited"));
    if (root.dataset.others === "hide") putMarks();
    dimNear();
    say(wanted);
  }

  /* To dim thousands of turns takes the browser seconds: those near the window are dimmed, and
     others when one comes near, or before all are printed. */
  const near = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => dim(target)),
    { rootMargin: "100%" },
  );

  /* What is dimmed: all that is of others, except what was gone to; or, of hidden turns, just that. */
  const isDim = (part) => isOther(part) && part.classList.contains("shown") === (root.dataset.others === "hide");
  const dim = (part) => part.classList.toggle("dimmed", isDim(part));

  function dimNear() {
    near.disconnect();
    if ("others" in root.dataset) for (const part of text.querySelectorAll(".others")) near.observe(part);
  }

  addEventListener("beforeprint", () => text.querySelectorAll(".others").forEach(dim));

  /* What stands alone after a turn, such as applause, belongs to it. */
  function withReactions(turn) {
    const parts = [turn];
    let next = turn.nextElementSibling;
    while (next?.classList.contains("alone")) {
      parts.push(next);
      next = next.nextElementSibling;
    }
    return parts;
  }

  /* A mark in each place where turns are hidden, so that nobody takes the rest for the whole. */
  function putMarks() {
    let run = [];
    for (const turn of turns.filter((one) => isOther(one) && !one.classList.contains("shown"))) {
      if (run.length && !follows(run[run.length - 1], turn)) {
        putMark(run);
        run = [];
      }
      run.push(...withReactions(turn));
    }
    if (run.length) putMark(run);
  }

  const BREAKS = ".pb, .lb, .fw, .anchor";
  function follows(before, element) {
    let next = before.nextElementSibling;
    while (next && next !== element && next.matches(BREAKS)) next = next.nextElementSibling;
    return next === element;
  }

  function putMark(run) {
    const lines = run.reduce((sum, part) => sum + part.querySelectorAll(".line").length, 0);
    const mark = document.createElement("p");
    const button = mark.appendChild(document.createElement("button"));
    mark.className = "left-out";
    button.type = "button";
    button.textContent = lines ? linesOfOthers(lines) : texts.others;
    button.addEventListener("click", () => {
      inPlace(() => show(run));
      focus(run[0]);
    });
    run[0].before(mark);
    marks.push(mark);
  }

  function linesOfOthers(lines) {
    const form = plural.select(lines);
    const like = Object.keys(texts.lines).reverse().find((n) => plural.select(Number(n)) === form);
    return texts.lines[like || 100].replace("{n}", lines);
  }

  /* Show turns that have these elements in them, and the others of their run, until the next choice. */
  function show(elements) {
    for (const element of elements) {
      const turn = turnAt(element);
      for (const part of turn ? withReactions(turn) : [element]) {
        if (!isOther(part)) continue;
        part.classList.add("shown");
        dim(part);
      }
    }
    if (!marks.length) return;
    for (const mark of marks) mark.remove();
    marks = [];
    putMarks();
  }

  function say(wanted) {
    const name = wanted.map((who) => names.get(who)).join(" · ");
    const whole = turns.filter((turn) => !isPart(turn));
    const shown = whole.filter((turn) => !isOther(turn));
    all.disabled = !wanted.length;
    only.hidden = !wanted.length;
    only.querySelector("span").textContent = wanted.length ? worded(others(), { names: name }) : "";
    answer.textContent = wanted.length ? worded("shown", { n: shown.length, all: whole.length }) : "";
    if (wanted.length) summary.dataset.chosen = wanted.length;
    else delete summary.dataset.chosen;
  }

  function choose(wanted, part) {
    for (const box of boxes) box.checked = wanted.includes(box.value);
    writeAddress();
    filter(part);
  }

  if (boxes.length) {
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => {
      writeAddress();
      filter();
    });
    all.addEventListener("click", () => {
      choose([]);
      boxes[0].focus();
    });
    only.querySelector("button").addEventListener("click", () => choose([]));
  }

  /* --- The address ------------------------------------------------------------------------ */

  function readAddress() {
    const address = new URLSearchParams(location.search);
    const asked = address.getAll("speaker");
    for (const box of boxes) box.checked = asked.includes(box.value);
    if (form.elements.others) form.elements.others.value = address.get("others") === "hide" ? "hide" : "dim";
    if (!chosen().length) return;
    filter(text.querySelector(".line.cited"));
    if (targetsOf(location.hash).length === 1) goToTarget();
  }

  function writeAddress() {
    const address = new URLSearchParams(location.search);
    const wanted = chosen();
    address.delete("speaker");
    address.delete("others");
    for (const who of wanted) address.append("speaker", who);
    if (wanted.length && others() === "hide") address.set("others", "hide");
    const query = `${address}`;
    history.replaceState(null, "", location.pathname + (query && `?${query}`) + location.hash);
  }

  /* What somebody goes to is shown, also where it is of others. */
  function targetsOf(hash) {
    const fragment = decode(hash.slice(1));
    const [whole, first, last] = [fragment, ...fragment.split("-")].map((id) => document.getElementById(id));
    if (whole || !first || !last) return whole && text.contains(whole) ? [whole] : [];
    const [from, to] = [first, last].map((line) => places.get(turnAt(line)));
    return from <= to ? turns.slice(from, to + 1) : [];
  }

  function decode(fragment) {
    try {
      return decodeURIComponent(fragment);
    } catch {
      return fragment;
    }
  }

  function showTarget(hash) {
    if (!("others" in root.dataset) || hash.length < 2) return;
    const hidden = targetsOf(hash).filter((one) => isOther(turnAt(one) || one));
    if (hidden.length) inPlace(() => show(hidden));
  }

  function goToTarget() {
    showTarget(location.hash);
    document.getElementById(decode(location.hash.slice(1)))?.scrollIntoView();
  }

  /* Before the browser, or another script, scrolls there. */
  const linkAt = (event) => event.target.closest("a[href^='#']");
  document.addEventListener("click", (event) => showTarget(linkAt(event)?.getAttribute("href") || ""), true);
  addEventListener("hashchange", goToTarget, true);

  /* --- From turn to turn ------------------------------------------------------------------ */

  const HEAD = 48;

  /* The turn that one is in: the one that has the focus, if it is in sight, or else the one at the
     head of the window. */
  function current() {
    const focused = turnAt(document.activeElement);
    const top = focused?.getBoundingClientRect().top;
    if (focused && top > -2 && top < innerHeight && !isHidden(focused)) return focused;
    let found = null;
    for (const turn of turns) {
      if (isHidden(turn)) continue;
      if (turn.getBoundingClientRect().top > HEAD) break;
      found = turn;
    }
    return found;
  }

  /* The turn that comes before or after one, of those that are wanted; null if there is none. */
  function neighbour(turn, step, isWanted) {
    let place = (turn ? places.get(turn) : -1) + step;
    while (turns[place] && (isPart(turns[place]) || !isWanted(turns[place]))) place += step;
    return turns[place] || null;
  }

  const anyone = (turn) => !isOther(turn);
  const sameAs = (turn) => (other) => speaks(other, whoOf(turn));

  function step(by, ofSame) {
    if (at && card.matches(":popover-open")) {
      card.hidePopover();
      focus(at);
    }
    const turn = current();
    const isWanted = ofSame ? turn && sameAs(turn) : anyone;
    if (!isWanted) return;
    const isInside = turn && (isPart(turn) || turn.getBoundingClientRect().top < -2);
    const back = by < 0 && isInside && isWanted(turn) ? beginning(turn) : null;
    const next = back || neighbour(turn, by, isWanted);
    if (next) goTo(next);
  }

  function goTo(turn) {
    if (isOther(turn)) show([turn]);
    turn.scrollIntoView();
    focus(turn);
  }

  function focus(turn) {
    turn.tabIndex = -1;
    turn.focus({ preventScroll: true });
  }

  const KEYS = { j: [1, false], k: [-1, false], J: [1, true], K: [-1, true] };

  addEventListener("keydown", (event) => {
    if (!globalThis.stenogramKeys.isCommand(event)) return;
    if (KEYS[event.key]) {
      event.preventDefault();
      step(...KEYS[event.key]);
    } else if (event.key === "Enter" && places.has(event.target)) {
      event.preventDefault();
      open(event.target);
      focusFirst();
    }
  });

  /* --- At a label ------------------------------------------------------------------------- */

  const card = document.createElement("div");
  const part = (name) => card.querySelector(`[data-go=${name}]`);
  const focusFirst = () => card.querySelector("button:not(:disabled, [hidden])")?.focus();
  let at = null;

  if (card.showPopover) {
    card.className = "card";
    card.popover = "auto";
    card.role = "dialog";
    card.append(document.getElementById("page:turn").content.cloneNode(true));
    text.dataset.cards = "";
    text.addEventListener("click", (event) => {
      const turn = labelled(event.target);
      if (turn && getSelection().isCollapsed) open(turn);
    });
    card.addEventListener("click", (event) => {
      const { go } = event.target.dataset;
      if (go === "previous" || go === "next") {
        goTo(neighbour(at, go === "next" ? 1 : -1, sameAs(at)));
        open(turnAt(document.activeElement));
        (part(go).disabled ? focusFirst : () => part(go).focus())();
      } else if (go) {
        card.hidePopover();
        choose(go === "only" ? [whoOf(at)] : [], at);
        focus(at);
      }
    });
    /* Whoever leaves the card with the keyboard is at the turn that it was about. */
    card.addEventListener("toggle", (event) => {
      const focused = document.activeElement;
      if (event.newState === "closed" && (focused === document.body || places.has(focused))) focus(at);
    });
  }

  /* The turn whose label this is; a label of the editor's is drawn by the style sheet. */
  function labelled(target) {
    if (target.closest("a, button")) return null;
    const label = target.closest(".speaker");
    return label ? turnAt(label) : places.has(target) && target.hasAttribute("aria-label") ? target : null;
  }

  function open(turn) {
    if (!card.showPopover) return;
    at = turn;
    const same = turns.filter((other) => !isPart(other) && sameAs(turn)(other));
    const n = same.indexOf(beginning(turn)) + 1;
    const name = names.get(whoOf(turn)) || "";
    const wanted = chosen();
    const isAlone = wanted.length === 1 && wanted[0] === whoOf(turn);
    card.ariaLabel = name;
    card.querySelector(".who").textContent = `${name}, ${worded("count", { n, all: same.length })}`;
    part("previous").disabled = !neighbour(turn, -1, sameAs(turn));
    part("next").disabled = !neighbour(turn, 1, sameAs(turn));
    part("only").hidden = !boxes.length || isAlone;
    part("all").hidden = !wanted.length;
    if (!card.isConnected) document.querySelector("main").append(card);
    if (!card.matches(":popover-open")) card.showPopover();
    placeCard(card, placeOfLabel(turn));
  }

  function placeOfLabel(turn) {
    const label = turn.querySelector(".speaker");
    if (label) return label.getClientRects()[0];
    const { left, top } = turn.getBoundingClientRect();
    const row = parseFloat(getComputedStyle(turn).lineHeight);
    return new DOMRect(left, Math.max(0, top), 0, row);
  }

  readAddress();
})();
