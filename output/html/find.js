/* The way to the search and back from it: the key / goes to the search field, and whoever comes from
   the search (?find=…) sees the words that were looked for marked. A classic script, as all are. */

(() => {
  "use strict";

  const WRITTEN_IN = "input:not([type=radio], [type=checkbox]), select, textarea";

  /* Whether a key is meant for the page: not for a field, and not for the browser. */
  const isCommand = (event) =>
    !event.target.closest?.(WRITTEN_IN) && !event.ctrlKey && !event.metaKey && !event.altKey;
  globalThis.stenogramKeys = { isCommand };

  const field = document.querySelector("[data-key='/']");

  addEventListener("keydown", (event) => {
    if (!field || event.key !== "/" || !isCommand(event)) return;
    event.preventDefault();
    const sheet = field.closest("details");
    for (const other of sheet?.parentElement.querySelectorAll("details") || []) other.open = false;
    if (sheet) sheet.open = true;
    field.focus();
    field.select();
  });

  const text = document.querySelector(".transcript");
  const looked = new URLSearchParams(location.search).get("find");
  if (!text || !looked) return;
  if (field) field.value = looked;

  const { forms, matches, places, query } = globalThis.stenogramWords;
  const terms = query(looked);
  if (!terms.length || !globalThis.Highlight || !CSS.highlights) return;

  /* The text nodes of a line or note in one reading; marks of notes are not its words. */
  function nodesOf(element, otherReading) {
    const out = [".noteref", "[hidden]", otherReading].filter(Boolean).join();
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      const outside = walker.currentNode.parentElement.closest(out);
      if (!outside || !element.contains(outside)) nodes.push(walker.currentNode);
    }
    return nodes;
  }

  /* Only where a line has all of the words: elsewhere one of them means little. */
  function rangesIn(element, otherReading) {
    const nodes = nodesOf(element, otherReading);
    const words = nodes.map((node) => node.data).join("");
    if (!matches(terms, forms(words))) return [];
    return places(terms, words).map(([from, to]) => {
      const range = document.createRange();
      range.setStart(...placeIn(nodes, (node, rest) => rest < node.length, from));
      range.setEnd(...placeIn(nodes, (node, rest) => rest <= node.length, to));
      return range;
    });
  }

  /* The place of a character in the words, as a node and a place in it. */
  function placeIn(nodes, isHere, character) {
    let rest = character;
    for (const node of nodes) {
      if (isHere(node, rest)) return [node, rest];
      rest -= node.length;
    }
    const last = nodes[nodes.length - 1];
    return [last, last.length];
  }

  /* The places that hold lines with the words, in the order of the page. */
  function mark() {
    const units = document.querySelectorAll(".line, .note.alone, .notes .words, .margin-notes .words");
    const holding = [];
    const ranges = Array.from(units).flatMap((unit) => {
      const readings = unit.querySelector(".choice") ? ["ins.corr", "del.sic"] : [""];
      const found = readings.flatMap((reading) => rangesIn(unit, reading));
      if (found.length && unit.id && unit.matches(".line")) holding.push(unit);
      return found;
    });
    CSS.highlights.set("found", new Highlight(...ranges));
    return holding;
  }

  const lines = mark();
  /* Notes beside the text are put there by another script, which comes later. */
  addEventListener("load", mark);

  /* --- From one of the lines to the next -------------------------------------------------- */

  const around = document.querySelector(".around");
  if (!around || !lines.length) return;
  const count = new Intl.NumberFormat(document.documentElement.lang);
  const status = around.querySelector("[role=status]");
  around.hidden = false;
  status.textContent = status.dataset.text.replace("{n}", () => count.format(lines.length));

  around.addEventListener("click", (event) => {
    const step = Number(event.target.dataset.step);
    if (!step) return;
    /* From the line of the address, or where there is none from the top of the window. */
    const here = document.getElementById(location.hash.slice(1).split("-")[0]);
    const isAfter = (line) =>
      here
        ? Boolean(here.compareDocumentPosition(line) & Node.DOCUMENT_POSITION_FOLLOWING)
        : line.getBoundingClientRect().top > 0;
    const after = lines.findIndex((line) => line !== here && isAfter(line));
    const next = after < 0 ? lines.length : after;
    const at = step > 0 ? next : next - (lines[next - 1] === here ? 2 : 1);
    location.hash = lines[(at + lines.length) % lines.length].id;
  });
})();
