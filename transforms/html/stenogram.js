/* The web edition's script. Everything can be read without it; it adds the views, ranges of
   lines (#L0120-L0125) with their citation, and notes shown at their place. A classic script,
   because browsers refuse modules from a folder; no part of it asks for anything. */

(() => {
  "use strict";

  const root = document.documentElement;
  root.dataset.script = "";
  for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;

  const text = document.querySelector(".transcript");
  const bar = document.querySelector(".bar");
  if (!text || !bar) return;

  const texts = JSON.parse(document.getElementById("page:texts").textContent);
  /* A text of the interface with its gap filled in. */
  const worded = (name, what) => texts[name].replace(/\{(line|what|range)\}/, () => what);

  const lines = Array.from(text.querySelectorAll("a.n"), (number) => number.parentElement);
  const places = new Map(lines.map((line, place) => [line.id, place]));
  const part = (name) => bar.querySelector(`[data-part="${name}"]`);
  const bracket = text.appendChild(document.createElement("div"));
  bracket.className = "bracket";
  bracket.hidden = true;

  /* The range that is shown: places of its first and last line. */
  let shown = null;

  /* --- Lines ---------------------------------------------------------------------------- */

  const LINES = /^(L\d{4,}[a-z]*)(?:-(L\d{4,}[a-z]*))?$/;
  const countOf = (id) => Number(/\d+/.exec(id)[0]);
  const numberOf = (line) => line.firstElementChild.dataset.n;

  function fragmentOf({ first, last }) {
    return first === last ? lines[first].id : `${lines[first].id}-${lines[last].id}`;
  }

  function locatorOf({ first, last }) {
    const [from, to] = [numberOf(lines[first]), numberOf(lines[last])];
    return from === to ? `l. ${from}` : `ll. ${from}–${to}`;
  }

  /* The range that an address names, or a sentence that says why there is none. */
  function read(fragment) {
    const [, start, end = start] = LINES.exec(fragment);
    for (const wanted of [start, end]) {
      if (!places.has(wanted)) return { wrong: `${wanted}: ${whyMissing(wanted)}` };
    }
    const range = { first: places.get(start), last: places.get(end) };
    if (range.first <= range.last) return range;
    const turned = `${bar.dataset.document}#${end}-${start}`;
    return { wrong: worded("backwards", turned).replace("{given}", () => `#${fragment}`) };
  }

  function whyMissing(wanted) {
    const anchor = document.getElementById(wanted);
    if (anchor && anchor.classList.contains("anchor")) {
      return worded("gone", texts[anchor.dataset.type] || texts.withdrawn);
    }
    if (!lines.length) return texts.unnumbered;
    const ids = lines.map((line) => line.id).filter((id) => LINES.test(id));
    const byCount = (best, id) => (best(countOf(id)) ? id : null);
    const last = ids.reduce((a, id) => byCount((n) => n > countOf(a), id) || a);
    if (countOf(wanted) > countOf(last)) return worded("ends", last);
    const first = ids.reduce((a, id) => byCount((n) => n < countOf(a), id) || a);
    if (countOf(wanted) < countOf(first)) return worded("begins", first);
    const away = (id) => Math.abs(countOf(id) - countOf(wanted));
    const nearest = ids.reduce((a, id) => (away(id) < away(a) ? id : a));
    return worded("nearest", nearest);
  }

  function highlight(range) {
    if (shown) lines.slice(shown.first, shown.last + 1).forEach((l) => l.classList.remove("cited"));
    shown = range;
    if (range) lines.slice(range.first, range.last + 1).forEach((l) => l.classList.add("cited"));
    drawBracket();
  }

  function drawBracket() {
    bracket.hidden = !shown;
    if (!shown) return;
    const top = text.getBoundingClientRect().top;
    const rows = (place) => Array.from(lines[place].getClientRects());
    const from = Math.min(...rows(shown.first).map((row) => row.top));
    const to = Math.max(...rows(shown.last).map((row) => row.bottom));
    bracket.style.top = `${from - top}px`;
    bracket.style.height = `${to - from}px`;
  }

  /* --- Cite these lines ----------------------------------------------------------------- */

  /* The range that the card is about, and what can be copied of it. */
  let carded = null;
  let copies = {};

  function cite(range) {
    const cited = lines.slice(range.first, range.last + 1);
    const fragment = fragmentOf(range);
    const address = citations.address(cited);
    const served = /^https?:$/.test(location.protocol) && !/^https?:/.test(address);
    const full = served ? `${location.origin}${location.pathname}#${fragment}` : address;
    carded = range;
    copies = {
      citation: citations.in(part("style").value, cited, range.first),
      words: citations.quoted(cited, root.dataset.view),
      address: full,
      fragment: `${full}${citations.directive(cited, selectedIn(cited))}`,
    };
    bar.toggleAttribute("data-program", !part("style").selectedOptions[0].dataset.prose);
    part("locator").textContent = locatorOf(range);
    for (const name of ["citation", "words", "address"]) part(name).textContent = copies[name];
    part("address").href = `#${fragment}`;
    part("fragment").href = copies.fragment.replace(/^[^#]*/, "");
    part("less").disabled = range.first === range.last;
    part("more").disabled = range.last === lines.length - 1;
    say("");
    bar.removeAttribute("data-wrong");
    showBar(true);
  }

  function selectedIn(cited) {
    const selection = getSelection();
    const inside = selection.rangeCount && selection.containsNode(cited[0], true);
    return inside ? selection.toString() : "";
  }

  function showBar(visible) {
    bar.hidden = !visible;
    root.toggleAttribute("data-citing", visible);
    placeBar();
  }

  /* On a wide screen it lies below text and notes, so that the rail can still be used. */
  function placeBar() {
    const beside = matchMedia("(min-width: 68.75em)").matches;
    bar.style.left = beside ? `${text.getBoundingClientRect().left}px` : "";
  }

  function say(message) {
    part("message").textContent = message;
  }

  function sayWrong(message) {
    for (const name of ["locator", "citation", "words", "address"]) part(name).textContent = "";
    bar.setAttribute("data-wrong", "");
    showBar(true);
    say(`${message}.`);
  }

  function close() {
    showBar(false);
    highlight(null);
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  }

  async function copy(name) {
    try {
      await navigator.clipboard.writeText(copies[name]);
      say(texts.copied);
    } catch {
      const shownAs = name === "fragment" ? "message" : name;
      say(name === "fragment" ? copies.fragment : "");
      getSelection().selectAllChildren(part(shownAs));
      if (document.execCommand("copy")) say(texts.copied);
      else if (shownAs !== "message") say(texts.press);
    }
  }

  function followAddress() {
    const fragment = decode(location.hash.slice(1));
    const found = LINES.test(fragment) ? read(fragment) : null;
    if (!found || found.wrong) {
      highlight(null);
      showBar(Boolean(found));
      if (found) sayWrong(found.wrong);
      return;
    }
    highlight(found);
    cite(found);
    lines[found.first].scrollIntoView();
  }

  function decode(fragment) {
    try {
      return decodeURIComponent(fragment);
    } catch {
      return fragment;
    }
  }

  for (const button of bar.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", () => copy(button.dataset.copy));
  }
  for (const [name, step] of [["less", -1], ["more", 1]]) {
    part(name).addEventListener("click", () => {
      const { first, last } = carded;
      getSelection().removeAllRanges();
      selected = false;
      location.hash = fragmentOf({ first, last: last + step });
      part(name).focus();
    });
  }
  /* In another view the words are others. */
  new MutationObserver(() => {
    if (!bar.hidden && !bar.hasAttribute("data-wrong")) cite(carded);
  }).observe(root, { attributes: true, attributeFilter: ["data-view"] });
  part("style").addEventListener("change", () => {
    remember("style", part("style").value);
    cite(carded);
  });
  const style = remembered("style");
  if (Object.hasOwn(citations.styles, style)) part("style").value = style;
  part("close").addEventListener("click", close);
  /* A press on a button must not undo the selection that it is about. */
  bar.addEventListener("mousedown", (event) => {
    if (event.target.closest("button")) event.preventDefault();
  });
  addEventListener("hashchange", followAddress);
  addEventListener("resize", drawBracket);
  addEventListener("resize", placeBar);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !bar.hidden) close();
  });

  /* A click on a number makes a range of one line; with Shift, a range up to that line. It
     selects no words: browsers would, with Shift. */
  text.addEventListener("mousedown", (event) => {
    if (event.target.closest("a.n") && event.button === 0) event.preventDefault();
  });
  text.addEventListener("click", (event) => {
    const number = event.target.closest("a.n");
    if (!number || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const place = places.get(number.parentElement.id);
    const from = event.shiftKey && shown ? shown.first : place;
    location.hash = fragmentOf({ first: Math.min(from, place), last: Math.max(from, place) });
  });

  /* Selected words name their lines; the address stays as it is. */
  let waiting = 0;
  let selected = false;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(citeSelection, 200);
  });

  function citeSelection() {
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const touched = range && range.intersectsNode(text) ? linesIn(range) : null;
    if (touched) {
      selected = true;
      highlight(null);
      cite(touched);
    } else if (selected && selection.isCollapsed && !bar.contains(document.activeElement)) {
      selected = false;
      followAddressQuietly();
    }
  }

  function followAddressQuietly() {
    const fragment = decode(location.hash.slice(1));
    const found = LINES.test(fragment) ? read(fragment) : null;
    showBar(false);
    if (found && !found.wrong) {
      highlight(found);
      cite(found);
    }
  }

  function linesIn(range) {
    const touched = lines.filter((line) => range.intersectsNode(line));
    while (touched.length && !hasWordsOf(range, touched[0])) touched.shift();
    while (touched.length && !hasWordsOf(range, touched[touched.length - 1])) touched.pop();
    if (!touched.length) return null;
    return { first: places.get(touched[0].id), last: places.get(touched[touched.length - 1].id) };
  }

  function hasWordsOf(range, line) {
    const common = document.createRange();
    common.selectNodeContents(line);
    if (range.compareBoundaryPoints(Range.START_TO_START, common) > 0) {
      common.setStart(range.startContainer, range.startOffset);
    }
    if (range.compareBoundaryPoints(Range.END_TO_END, common) < 0) {
      common.setEnd(range.endContainer, range.endOffset);
    }
    return common.toString().trim() !== "";
  }

  /* --- Views ---------------------------------------------------------------------------- */

  const VIEWS = ["view", "numbers", "names"];
  const views = document.querySelector("form.views");

  views?.addEventListener("change", (event) => {
    const { name, value } = event.target;
    if (!VIEWS.includes(name)) return;
    inPlace(() => (root.dataset[name] = value));
    keep(name, value);
  });

  /* The choice is kept for the other pages, and is in the address, so that a view can be shared. */
  function keep(name, value) {
    const asked = new URLSearchParams(location.search);
    asked.set(name, value);
    history.replaceState(null, "", `?${asked}${location.hash}`);
    remember(name, value);
  }

  const kept = (name) => new URLSearchParams(location.search).get(name) || remembered(name);

  function remember(name, value) {
    try {
      localStorage.setItem(`stenogram:${name}`, value);
    } catch {
      /* A browser that keeps nothing shows what the address says, or what comes first. */
    }
  }

  function remembered(name) {
    try {
      return localStorage.getItem(`stenogram:${name}`);
    } catch {
      return null;
    }
  }

  function choose(name, value) {
    const choice = Array.from(views?.elements[name] || []).find((one) => one.value === value);
    if (choice) choice.checked = true;
    return choice;
  }

  for (const name of VIEWS) {
    const choice = choose(name, kept(name));
    if (choice) root.dataset[name] = choice.value;
  }

  /* The next choice of a group, as a key asks for it. */
  function next(name) {
    const choices = Array.from(views?.elements[name] || []);
    if (!choices.length) return;
    const chosen = choices[(choices.findIndex((one) => one.checked) + 1) % choices.length];
    chosen.checked = true;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* --- Going to a line -------------------------------------------------------------------- */

  const NUMBER = String.raw`(\d+[a-z]*)`;
  const RANGE = new RegExp(String.raw`^(?:L0*|ll?\. ?)?${NUMBER}(?: ?[-–] ?(?:L0*)?${NUMBER})?$`, "iu");
  const PAGE = String.raw`([\p{L}]+-\d+|[\p{L}\d]+)`;
  const PLACES = [
    new RegExp(String.raw`^pp?\. ?${PAGE}(?:,? ll?\. ?${NUMBER}(?: ?[-–] ?${NUMBER})?)?$`, "iu"),
    new RegExp(String.raw`^${PAGE}:${NUMBER}(?: ?[-–] ?${NUMBER})?$`, "iu"),
  ];

  /* What somebody typed, as places of lines, or a sentence that says why there are none. */
  function understood(typed) {
    const range = RANGE.exec(typed);
    const place = PLACES.map((form) => form.exec(typed)).find(Boolean);
    if (range) return numbered(range[1], range[2] || range[1]);
    return place ? printed(place) : { wrong: texts.not_read };
  }

  function numbered(from, to) {
    const place = (n) => lines.findIndex((line) => numberOf(line) === n);
    const [first, last] = [place(from), place(to)].sort((a, b) => a - b);
    if (first >= 0) return { first, last };
    return { wrong: worded("last", numberOf(lines[lines.length - 1])) };
  }

  function printed([, page, from, to = from]) {
    const stretches = typescript();
    const extent = (numbers) => {
      const known = numbers.filter(Boolean);
      return known[0] === known[known.length - 1] ? known[0] : `${known[0]}–${known[known.length - 1]}`;
    };
    if (!stretches.some((one) => one.page)) return { wrong: texts.no_pages };
    const here = stretches.filter((one) => one.page === page);
    if (!here.length) return { wrong: worded("no_page", extent(stretches.map((one) => one.page))) };
    if (!from) return { first: here[0].line, last: here[here.length - 1].line };
    if (!here.some((one) => one.number)) return { wrong: texts.no_printed };
    const wanted = [from, to].map((number) => here.filter((one) => one.number === number));
    if (!wanted[0].length || !wanted[1].length) {
      return { wrong: worded("no_printed_line", extent(here.map((one) => one.number))) };
    }
    return { first: wanted[0][0].line, last: wanted[1][wanted[1].length - 1].line };
  }

  /* Which line has words on which page and printed line of the source, in order. */
  function typescript() {
    const found = [];
    let [page, number, line] = ["", "", -1];
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType === Node.TEXT_NODE) {
        const inside = node.parentElement.closest(".line");
        if (!inside || !node.data.trim()) continue;
        line = places.get(inside.id) ?? line;
        const before = found[found.length - 1];
        const same = before && before.page === page && before.number === number && before.line === line;
        if (!same) found.push({ page, number, line });
      } else if (node.matches(".pb")) {
        [page, number] = [node.dataset.n || "", ""];
      } else if (node.matches(".lb.exemplar")) {
        number = node.dataset.n || "";
      }
    }
    return found;
  }

  views?.addEventListener("submit", (event) => {
    event.preventDefault();
    const found = understood(views.elements.line.value.trim());
    views.querySelector(".answer").textContent = found.wrong || "";
    if (found.wrong) return;
    closeSheets();
    const fragment = fragmentOf(found);
    if (location.hash === `#${fragment}`) followAddress();
    else location.hash = fragment;
  });

  /* Change something and keep what one is reading where it is: the line at the head of the window,
     or else the nearest one that is left; or the part of the text that is given. */
  function inPlace(change, part) {
    const isShown = (element) => element.getClientRects().length > 0;
    const at = lines.findIndex((line) => line.getBoundingClientRect().bottom > 0);
    const top = (part || lines[at])?.getBoundingClientRect().top;
    const scrolled = scrollY > 0;
    change();
    const left = () => lines.slice(at).find(isShown) || lines.slice(0, at).reverse().find(isShown);
    const kept = part || (scrolled && at >= 0 ? left() : null);
    if (kept) scrollBy({ top: kept.getBoundingClientRect().top - top, behavior: "instant" });
    drawBracket();
    placeMarginNotes();
  }

  /* On a small screen the sheets of the rail close when one has chosen, or looks elsewhere. */
  const sheets = Array.from(document.querySelectorAll(".rail details"));
  const closeSheets = () => sheets.forEach((sheet) => (sheet.open = false));
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".rail") || event.target.closest(".rail li a")) closeSheets();
  });
  addEventListener("keydown", (event) => {
    const sheet = event.key === "Escape" && sheets.find((candidate) => candidate.open);
    if (!sheet) return;
    closeSheets();
    sheet.firstElementChild.focus();
  });
  if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 68.75em)").matches) {
    for (const sheet of sheets) {
      sheet.removeAttribute("name");
      sheet.open = true;
    }
  }

  /* --- Keys ------------------------------------------------------------------------------- */

  const keys = document.createElement("div");
  const listed = document.querySelector("dl.keys");
  if (keys.showPopover && listed) {
    keys.className = "help";
    keys.popover = "auto";
    keys.ariaLabel = document.getElementById("page:keys").textContent;
    keys.role = "note";
    keys.append(listed.cloneNode(true));
    document.querySelector("main").append(keys);
  }

  function goToField() {
    const field = views?.elements.line;
    if (!field) return;
    const sheet = field.closest("details");
    closeSheets();
    sheet.open = true;
    field.focus();
    field.select();
  }

  /* The line at the head of the window; if lines are cited already, their card. */
  function citeHere() {
    if (bar.hidden && lines.length) {
      const read = lines.findIndex((line) => line.getBoundingClientRect().top > 0);
      highlight({ first: Math.max(0, read), last: Math.max(0, read) });
      cite(shown);
      history.replaceState(null, "", `#${fragmentOf(shown)}`);
    }
    if (!bar.hidden) part("heading").focus();
  }

  const actions = {
    g: goToField,
    v: () => next("view"),
    n: () => next("numbers"),
    c: citeHere,
    m: () => next("names"),
    "?": () => keys.togglePopover?.(),
  };

  addEventListener("keydown", (event) => {
    const action = actions[event.key];
    if (!action || !globalThis.stenogramKeys.isCommand(event)) return;
    event.preventDefault();
    action();
  });

  /* --- Notes and corrections at their place ---------------------------------------------- */

  const card = document.createElement("div");
  if (card.showPopover) {
    card.className = "card";
    card.popover = "auto";
    document.body.append(card);
    text.addEventListener("click", (event) => {
      const link = event.target.closest(".noteref a, a.choice");
      /* The keyboard, and with it a screen reader, follows the link to the list. */
      if (!link || !event.detail || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const entry = document.getElementById(link.getAttribute("href").slice(1));
      if (!entry) return;
      event.preventDefault();
      if (pointAtMarginNote(link)) return;
      card.replaceChildren(...contentOf(entry, link.matches(".choice")), wayTo(link, entry));
      card.showPopover();
      placeCard(card, link.getClientRects()[0]);
    });
    card.addEventListener("click", (event) => {
      if (event.target.closest("a")) card.hidePopover();
    });
  }

  function contentOf(entry, isCorrection) {
    if (!isCorrection) return [withoutIds(entry.querySelector(".words"))];
    const [, typed, corrected, certainty] = entry.cells;
    const row = (name, cell) => {
      const paragraph = document.createElement("p");
      paragraph.append(`${name}: `, ...Array.from(cell.childNodes, withoutIds));
      return paragraph;
    };
    return [row(texts.typed, typed), row(texts.corrected, corrected), row(texts.certainty, certainty)];
  }

  function withoutIds(node) {
    const copied = node.cloneNode(true);
    if (copied.querySelectorAll) {
      copied.querySelectorAll("[id]").forEach((inner) => inner.removeAttribute("id"));
    }
    return copied;
  }

  function wayTo(link, entry) {
    const paragraph = document.createElement("p");
    const anchor = paragraph.appendChild(document.createElement("a"));
    paragraph.className = "all";
    anchor.href = link.getAttribute("href");
    anchor.textContent = entry.closest(".corrections") ? texts.corrections : texts.notes;
    return paragraph;
  }

  function placeCard(card, at) {
    const left = Math.min(at.left, root.clientWidth - card.offsetWidth - 12);
    const below = at.bottom + 6;
    const room = innerHeight - below > card.offsetHeight + 50;
    card.style.left = `${Math.max(12, left) + scrollX}px`;
    card.style.top = `${(room ? below : at.top - card.offsetHeight - 6) + scrollY}px`;
  }

  /* On a wide screen a copy of each note stands beside its line; the list at the end stays. */
  const margin = document.createElement("div");
  const beside = [];
  margin.className = "margin-notes";
  margin.ariaHidden = "true";
  for (const link of text.querySelectorAll(".noteref a")) {
    const entry = document.getElementById(link.getAttribute("href").slice(1));
    if (!entry) continue;
    const note = margin.appendChild(document.createElement("p"));
    note.className = entry.className;
    note.append(...Array.from(entry.querySelectorAll(".mark, .words"), withoutIds));
    note.querySelectorAll("a").forEach((inner) => (inner.tabIndex = -1));
    beside.push({ link, note });
  }
  document.querySelector(".page").append(margin);

  function placeMarginNotes() {
    if (!margin.offsetParent) return;
    const top = margin.getBoundingClientRect().top;
    /* A turn may be hidden, and its notes with it. */
    for (const { link, note } of beside) note.hidden = !link.getClientRects().length;
    const wanted = beside.map(({ link }) => link.parentElement.getBoundingClientRect().top - top);
    const heights = beside.map(({ note }) => note.offsetHeight);
    let free = 0;
    beside.forEach(({ note }, place) => {
      const at = Math.max(free, wanted[place] - 4);
      note.style.top = `${at}px`;
      if (!note.hidden) free = at + heights[place] + 8;
    });
  }

  function pointAtMarginNote(link) {
    const found = beside.find((one) => one.link === link);
    if (!found || !margin.offsetParent) return false;
    for (const { note } of beside) note.classList.toggle("cited", note === found.note);
    return true;
  }

  addEventListener("resize", placeMarginNotes);
  document.fonts?.ready.then(placeMarginNotes);

  /* What other scripts of the page need. */
  globalThis.stenogram = { inPlace, placeCard };

  followAddress();
})();
