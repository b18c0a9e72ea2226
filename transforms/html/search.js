/* The search page. The lines of each document are a script of their own (search/DOC.js), run when
   they are wanted: a page opened from a disk can read nothing else. A search goes through all of
   them in order, in slices of time, so that the page never stands still. What is looked for is in
   the address: search.html?q=words&speaker=…&document=…&year=…&class=… */

(() => {
  "use strict";

  const { forms, matches, places, query } = globalThis.stenogramWords;
  const json = (id) => JSON.parse(document.getElementById(id).textContent);
  const documents = json("page:documents").map(([id, title, date, year, language, rows]) => ({
    id, title, date, year, language, rows, lines: null, isLoaded: false,
  }));
  const texts = json("page:texts");
  const form = document.getElementById("page:form");
  const status = document.querySelector(".found");
  const results = document.getElementById("page:results");
  const more = document.querySelector(".more");
  const facets = document.querySelector(".facets");
  for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;

  const FACETS = ["class", "speaker", "year", "document"];
  const CLASSES = ["speech", "reaction", "other", "note"];
  const [SPEECH, REACTION, NOTE] = [0, 1, 3];
  const STAGE = /\u0001[^\u0002]*\u0002/g;
  const SIGNS = /[\u0001\u0002]/g;
  const PORTION = 50;
  const SLICE = 40;
  const AHEAD = 8;
  const SMALL = 50000;
  const LONG = 320;
  const small = documents.reduce((sum, one) => sum + one.rows, 0) <= SMALL;
  const count = new Intl.NumberFormat(document.documentElement.lang);
  const worded = (name, n, all) =>
    texts[name].replace("{n}", () => count.format(n)).replace("{all}", () => count.format(all));

  /* --- The lines of the documents --------------------------------------------------------- */

  const loading = new Map();
  globalThis.stenogramLines ||= [];

  /* Run the script with a document's lines; there are none if it cannot be read. */
  function load(one) {
    if (!loading.has(one.id)) {
      loading.set(one.id, new Promise((resolve) => {
        const script = document.createElement("script");
        const done = () => {
          script.remove();
          const place = globalThis.stenogramLines.findIndex(({ id }) => id === one.id);
          const [found = null] = place < 0 ? [] : globalThis.stenogramLines.splice(place, 1);
          one.lines = found && prepared(found);
          one.isLoaded = true;
          resolve();
        };
        script.src = `search/${encodeURIComponent(one.id)}.js`;
        script.onload = done;
        script.onerror = done;
        document.head.append(script);
      }));
    }
    return loading.get(one.id);
  }

  function prepared({ speakers, rows }) {
    return {
      speakers,
      rows: rows.map(([id, n, who, typed, corrected = 0, kind = 0, mark = ""]) => ({
        id,
        n,
        who: typeof who === "number" ? (who < 0 ? [] : [who]) : who,
        kind: kind === 0 ? SPEECH : kind + 1,
        mark,
        /* Each reading with the forms of its words; those of its parts when they are asked for. */
        readings: (corrected === 0 ? [typed] : [typed, corrected]).map((words) => ({
          words,
          forms: forms(words),
        })),
      })),
    };
  }

  /* --- Searching -------------------------------------------------------------------------- */

  /* Which classes of words in a reading have what is looked for, as places in CLASSES. */
  function classesOf(terms, row, reading) {
    if (!reading.words.includes("\u0001")) return [row.kind];
    const spoken = forms(reading.words.replace(STAGE, " "));
    const reacted = forms(reading.words.match(STAGE).join(" "));
    return [[row.kind, spoken], [REACTION, reacted]]
      .filter(([, words]) => words !== " " && matches(terms, words))
      .map(([kind]) => kind);
  }

  function asked() {
    const data = new FormData(form);
    const chosen = Object.fromEntries(FACETS.map((name) => [name, new Set(data.getAll(name))]));
    const words = String(data.get("q") || "").trim();
    return { words, terms: query(words), chosen };
  }

  const isChosen = (set, values) => set.size === 0 || values.some((value) => set.has(value));

  /* Add the hits of one document: those that are shown, and how many each choice would show. */
  function search(one, place, { terms, chosen }, found) {
    const inDocument = isChosen(chosen.document, [one.id]);
    const inYear = isChosen(chosen.year, [one.year]);
    one.lines.rows.forEach((row, at) => {
      const reading = row.readings.find((candidate) => matches(terms, candidate.forms));
      if (!reading) return;
      const kinds = classesOf(terms, row, reading).map((kind) => CLASSES[kind]);
      const speakers = row.who.map((who) => one.lines.speakers[who]);
      const fits = {
        class: isChosen(chosen.class, kinds),
        speaker: isChosen(chosen.speaker, speakers),
        year: inYear,
        document: inDocument,
      };
      const failed = FACETS.filter((name) => !fits[name]);
      if (failed.length > 1) return;
      const values = { class: kinds, speaker: speakers, year: [one.year], document: [one.id] };
      for (const name of failed.length ? failed : FACETS) {
        for (const value of values[name]) {
          found.counts[name].set(value, (found.counts[name].get(value) || 0) + 1);
        }
      }
      if (!failed.length) found.hits.push({ place, at });
    });
  }

  const pause = () => new Promise((resolve) => setTimeout(resolve));
  let running = 0;

  async function run() {
    const mine = ++running;
    const begun = performance.now();
    const wanted = asked();
    const isAsked = wanted.terms.length > 0 || FACETS.some((name) => wanted.chosen[name].size);
    const found = {
      hits: [],
      unread: 0,
      counts: Object.fromEntries(FACETS.map((name) => [name, new Map()])),
      wanted,
      drawn: 0,
      section: null,
    };
    /* Of a large edition only what is asked for is read; of others all, to count what else there is. */
    const sought = documents.filter(
      (one) => small || (isChosen(wanted.chosen.document, [one.id]) && isChosen(wanted.chosen.year, [one.year])),
    );
    let [since, told] = [performance.now(), performance.now()];
    for (let at = 0; isAsked && at < sought.length; at += 1) {
      for (const next of sought.slice(at, at + AHEAD)) load(next);
      const one = sought[at];
      if (!one.isLoaded) await load(one);
      if (mine !== running) return;
      if (one.lines) search(one, documents.indexOf(one), wanted, found);
      else found.unread += 1;
      if (performance.now() - since < SLICE) continue;
      if (performance.now() - told > 500) {
        status.textContent = worded("searching", at + 1, sought.length);
        told = performance.now();
        if (shown !== found && found.hits.length >= PORTION) begin(found);
      }
      await pause();
      if (mine !== running) return;
      since = performance.now();
    }
    show(found, isAsked);
    performance.measure("stenogram:search", { start: begun });
  }

  /* --- Showing ---------------------------------------------------------------------------- */

  let shown = null;

  /* The first lines of a search take the place of those of another. */
  function begin(found) {
    shown = found;
    results.replaceChildren();
    draw(PORTION);
  }

  function show(found, isAsked) {
    if (shown !== found) begin(found);
    status.textContent = isAsked ? summary(found) : "";
    drawFacets(found, isAsked);
    draw(Math.max(0, (history.state?.drawn || 0) - found.drawn));
  }

  function summary({ hits, unread }) {
    const several = documents.length > 1 ? new Set(hits.map(({ place }) => place)).size : 0;
    const parts = hits.length ? [worded("lines", hits.length)] : [texts.nothing];
    if (several) parts.push(worded("documents", several));
    if (unread) parts.push(worded("unread", unread));
    return parts.join(" · ");
  }

  function draw(portion) {
    const upTo = Math.min(shown.hits.length, shown.drawn + portion);
    let first = null;
    for (; shown.drawn < upTo; shown.drawn += 1) {
      const { place, at } = shown.hits[shown.drawn];
      const one = documents[place];
      if (!shown.section || shown.section.place !== place) startSection(one, place);
      const item = hit(one, one.lines.rows[at]);
      shown.section.list.append(item);
      first ||= item;
    }
    more.hidden = shown.drawn >= shown.hits.length;
    more.querySelector("button").textContent = worded("more", shown.hits.length - shown.drawn);
    return first;
  }

  function element(name, kind, ...content) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.append(...content);
    return made;
  }

  function startSection(one, place) {
    const list = element("ol", "hits");
    list.setAttribute("role", "list");
    const section = element("section", "");
    if (documents.length > 1) {
      const link = element("a", "", one.title);
      link.href = `${encodeURIComponent(one.id)}.html`;
      if (one.language) link.lang = one.language;
      const heading = element("h2", "", link);
      if (one.date) heading.append(" ", element("span", "when", one.date));
      section.append(heading);
    }
    section.append(list);
    results.append(section);
    shown.section = { place, list, speaker: "" };
  }

  /* A line that was found: its number, its speaker where another one begins, its words. */
  function hit(one, row) {
    const { terms } = shown.wanted;
    const speaker = row.kind === NOTE ? "" : row.who.map((who) => one.lines.speakers[who]).join(", ");
    const item = element("li", CLASSES[row.kind]);
    if (row.n) item.append(element("span", "at", element("span", "hidden", `${texts.line} `), row.n));
    if (speaker && speaker !== shown.section.speaker) item.append(element("p", "who", speaker));
    if (row.kind !== NOTE) shown.section.speaker = speaker;
    const link = element("a", "words");
    link.href = addressOf(one, row);
    if (one.language) link.lang = one.language;
    if (row.kind === NOTE) {
      link.append(element("span", "label", texts.note_mark.replace("{mark}", () => row.mark), ": "));
    }
    const reading = row.readings.find((candidate) => matches(terms, candidate.forms));
    link.append(...marked(terms, reading.words));
    item.append(link);
    if (reading !== row.readings[0]) item.append(" ", element("span", "label", `(${texts.corrected})`));
    return item;
  }

  function addressOf(one, row) {
    const find = shown.wanted.words ? `?${new URLSearchParams({ find: shown.wanted.words })}` : "";
    return `${encodeURIComponent(one.id)}.html${find}${row.id ? `#${encodeURIComponent(row.id)}` : ""}`;
  }

  /* The words of a line with those that were looked for marked; of a long one, those around them. */
  function marked(terms, words) {
    const plain = words.replace(SIGNS, "");
    const found = places(terms, plain);
    const [from, to] = excerpt(plain, found[0] || [0, 0]);
    const stages = Array.from(words.matchAll(STAGE), ({ 0: stage, index }, before) => {
      const begin = index - 2 * before;
      return [begin, begin + stage.length - 2];
    });
    const edges = [from, to, ...found.flat(), ...stages.flat()].filter((at) => at >= from && at <= to);
    const within = (ranges, at) => ranges.some(([begin, end]) => begin <= at && at < end);
    const nodes = from > 0 ? ["… "] : [];
    edges.sort((one, other) => one - other).forEach((begin, place) => {
      const end = edges[place + 1];
      if (end === undefined || begin === end) return;
      let node = plain.slice(begin, end);
      if (within(found, begin)) node = element("mark", "", node);
      if (within(stages, begin)) node = element("i", "stage", node);
      nodes.push(node);
    });
    return to < plain.length ? [...nodes, " …"] : nodes;
  }

  function excerpt(words, [from, to]) {
    if (words.length <= LONG) return [0, words.length];
    const before = words.indexOf(" ", Math.max(0, from - LONG / 3)) + 1;
    const after = words.lastIndexOf(" ", Math.max(to, from) + LONG / 2);
    return [
      from < LONG / 3 ? 0 : Math.min(before, from),
      to + LONG / 2 >= words.length ? words.length : Math.max(after, to),
    ];
  }

  /* --- Facets ----------------------------------------------------------------------------- */

  const FEW = 12;
  const panels = new Map(FACETS.map((name) => [name, facets.querySelector(`[data-facet=${name}]`)]));
  const known = new Map(documents.map((one, place) => [one.id, { title: one.title, place }]));
  const LABELS = {
    class: (value) => texts[value] || value,
    speaker: (value) => value,
    year: (value) => value || texts.undated,
    document: (value) => known.get(value)?.title || value,
  };
  const inOrder = (rank) => ([one], [other]) => rank(one) - rank(other);
  const ORDERS = {
    class: inOrder((value) => CLASSES.indexOf(value)),
    speaker: ([one, ofOne], [other, ofOther]) => ofOther - ofOne || (one < other ? -1 : 1),
    year: inOrder((value) => Number(value || Infinity)),
    document: inOrder((value) => known.get(value)?.place ?? Infinity),
  };

  function drawFacets({ counts, wanted }, isAsked) {
    const { name, value } = document.activeElement;
    for (const facet of FACETS) drawFacet(facet, isAsked ? counts[facet] : new Map(), wanted);
    if (!FACETS.includes(name)) return;
    const boxes = Array.from(facets.querySelectorAll("input"));
    boxes.find((box) => box.name === name && box.value === value)?.focus();
  }

  /* The choices of a facet with what each would show; one that is no choice is not offered. */
  function drawFacet(name, counts, wanted) {
    const [panel, chosen] = [panels.get(name), wanted.chosen[name]];
    const open = Boolean(panel.querySelector(".choices details[open]"));
    for (const value of chosen) if (!counts.has(value)) counts.set(value, 0);
    panel.hidden = counts.size < 2 && !chosen.size;
    const all = Array.from(counts).sort(ORDERS[name]);
    const isFirst = ([value], at) => at < FEW || chosen.has(value);
    const row = ([value, n]) => choice(name, value, LABELS[name](value), n, chosen.has(value));
    const rest = all.filter((one, at) => !isFirst(one, at)).map(row);
    const drawn = all.filter(isFirst).map(row);
    if (rest.length) {
      const others = element("details", "", element("summary", "", worded("more", rest.length)), ...rest);
      others.open = open;
      drawn.push(others);
    }
    panel.querySelector(".choices").replaceChildren(...drawn);
  }

  function choice(name, value, words, n, checked) {
    const box = document.createElement("input");
    box.type = "checkbox";
    [box.name, box.value, box.checked] = [name, value, checked];
    box.setAttribute("form", form.id);
    return element("label", "", box, element("span", "name", words), element("span", "at", count.format(n)));
  }

  /* --- The address ------------------------------------------------------------------------ */

  function readAddress() {
    const address = new URLSearchParams(location.search);
    form.elements.q.value = address.get("q") || "";
    for (const name of FACETS) {
      const boxes = address.getAll(name).map((value) => choice(name, value, value, 0, true));
      panels.get(name).querySelector(".choices").replaceChildren(...boxes);
    }
  }

  function writeAddress() {
    const data = new FormData(form);
    const address = new URLSearchParams();
    for (const [name, value] of data) if (value !== "" || name === "year") address.append(name, value);
    if (`${address}` === location.search.slice(1)) return;
    history.replaceState(null, "", `?${address}`);
  }

  let waiting = 0;
  function soon(delay) {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      writeAddress();
      run();
    }, delay);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    soon(0);
  });
  form.addEventListener("input", () => soon(250));
  /* Boxes stand outside the form, but belong to it. */
  facets.addEventListener("change", () => soon(0));

  /* On a small screen the facets are a bar; a sheet closes when one looks elsewhere. */
  const close = () => panels.forEach((panel) => (panel.open = false));
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".rail")) close();
  });
  addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && Array.from(panels.values()).find((panel) => panel.open);
    if (!open) return;
    close();
    open.firstElementChild.focus();
  });
  if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 68.75em)").matches) {
    for (const panel of panels.values()) {
      panel.removeAttribute("name");
      panel.open = true;
    }
  }

  more.addEventListener("click", () => {
    const first = draw(PORTION * 2);
    first?.querySelector("a").focus();
  });

  /* Whoever comes back finds the page as it was. */
  addEventListener("pagehide", () => {
    history.replaceState({ drawn: shown?.drawn, y: scrollY }, "");
  });

  readAddress();
  run().then(() => {
    if (history.state?.y) scrollTo({ top: history.state.y, behavior: "instant" });
    history.replaceState(null, "");
    if (!location.search) form.elements.q.focus();
  });
})();
