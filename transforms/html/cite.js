/* The words with which lines are cited: those of `stenogram cite`, byte for byte. The page has each
   style with gaps, which are filled in here; stenogram.js shows the result. */

(() => {
  "use strict";

  const given = document.getElementById("page:citing");
  if (!given) return;

  const { address, styles, speakers, typescript } = JSON.parse(given.textContent);
  const TEX = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "&": "\\&", "%": "\\%", "#": "\\#",
    $: "\\$", _: "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
  };
  const written = {
    "": (words) => words,
    tex: (words) => words.replace(/[\\{}&%#$_^~]/g, (sign) => TEX[sign]),
    json: (words) => JSON.stringify(words).slice(1, -1),
  };

  /* Lines are given in their order, all of those that are cited, with the place of the first. */
  window.citations = {
    styles,
    quoted,
    directive,

    address: (lines) => filled(address, gapsOf(lines, 0), written[""]),

    in(style, lines, first) {
      const { patterns, signs } = styles[style];
      const gaps = gapsOf(lines, first);
      const named = (gaps.speaker ? 1 : 0) + (gaps.typescript ? 2 : 0);
      return filled(patterns[named], gaps, written[signs]);
    },
  };

  function filled(pattern, gaps, write) {
    return pattern.replace(/\ufffe(\w+)\uffff/g, (_, name) => write(gaps[name]));
  }

  function gapsOf(lines, place) {
    const numbers = lines.map((line) => line.firstElementChild.dataset.n);
    const [first, last] = [numbers[0], numbers[numbers.length - 1]];
    const [from, to] = [lines[0].id, lines[lines.length - 1].id];
    const range = first === last ? first : `${first}–${last}`;
    const line = first === last ? "line" : "lines";
    return {
      first,
      last,
      numbers: range,
      lines: `${line} ${range}`,
      Lines: `${line.replace("l", "L")} ${range}`,
      fragment: from === to ? from : `${from}-${to}`,
      speaker: speakerOf(lines),
      typescript: spanOf(lines, place),
    };
  }

  /* Who speaks all of the lines; nobody if they are several. */
  function speakerOf(lines) {
    const spoken = new Set(lines.map((line) => line.closest(".sp")?.dataset.who || ""));
    return spoken.size === 1 ? named([...spoken][0]) : "";
  }

  function named(who) {
    const name = (person) => (Object.hasOwn(speakers, person) ? speakers[person] : person);
    return who && who.split(" ").map(name).join(", ");
  }

  /* --- The words themselves, as `stenogram show` has them --------------------------------- */

  /* A paragraph for each turn. The label stands where it was typed; where the lines begin inside a
     turn, or no label was typed, the speaker's name stands in the editor's signs. */
  function quoted(lines, view) {
    const paragraphs = [];
    let before = null;
    for (const line of lines) {
      const turn = line.closest(".sp");
      const begins = turn !== null && turn.querySelector(".line") === line;
      const label = begins ? wordsOf(turn.querySelector(".speaker"), view) : "";
      const name = turn && !label && (begins || !paragraphs.length) ? named(turn.dataset.who) : "";
      const words = [name ? `⟨${name}⟩` : label, wordsOf(line, view)].filter(Boolean).join(" ");
      if (!paragraphs.length || begins || turn !== before) paragraphs.push(words);
      else paragraphs[paragraphs.length - 1] += ` ${words}`;
      before = turn;
    }
    return paragraphs.join("\n");
  }

  /* --- Links to words ------------------------------------------------------------------------ */

  const FEW = 5;

  /* A text directive: the words themselves, or if they are many, how they begin and end. */
  function directive(lines, selected) {
    const lists = selected
      ? selected.trim().split(/\n+/)
      : [lines[0].innerText, lines[lines.length - 1].innerText].slice(0, lines.length);
    const [first, last] = [lists[0], lists[lists.length - 1]].map((row) => row.trim().split(/\s+/));
    const encoded = (words) => encodeURIComponent(words.join(" ")).replaceAll("-", "%2D");
    if (lists.length === 1 && first.length <= 2 * FEW) return `:~:text=${encoded(first)}`;
    return `:~:text=${encoded(first.slice(0, FEW))},${encoded(last.slice(-FEW))}`;
  }

  /* The words of a line or label in one view: without notes, with signs around corrections. */
  function wordsOf(element, view) {
    if (!element) return "";
    const copy = element.cloneNode(true);
    const other = view === "reading" ? ".choice > .sic, del.deleted" : ".choice > .corr";
    for (const part of copy.querySelectorAll(`.noteref, .note, [hidden], ${other}`)) part.remove();
    for (const corrected of copy.querySelectorAll(".choice > .corr")) {
      corrected.prepend("⟨");
      corrected.append("⟩");
    }
    return copy.textContent.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "");
  }

  /* --- Where lines stand in the typescript ------------------------------------------------ */

  function spanOf(lines, place) {
    let first = null;
    let last = null;
    for (let at = place; at < place + lines.length; at += 1) {
      const [begin, end] = printedAt(at);
      first ||= begin;
      last = end || last;
    }
    if (!first || !(first[1] || last[1])) return "";
    const [sheet, page, line] = first;
    if (sheet === last[0] && !(line && last[2])) return placed(page, "");
    return run(first, last);
  }

  /* The entry that holds for a line is the last that begins at it or before it. */
  function printedAt(place) {
    let [low, high] = [0, typescript.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (typescript[middle][0] <= place) low = middle + 1;
      else high = middle;
    }
    return low ? typescript[low - 1][1] : [];
  }

  function run([, page, line], [, endPage, endLine]) {
    if (page === endPage && line === endLine) return placed(page, line);
    if (page && page === endPage && line && endLine) return `p. ${page}, ll. ${line}–${endLine}`;
    if (page && endPage && !line && !endLine) return `pp. ${page}–${endPage}`;
    return `${placed(page, line)} – ${placed(endPage, endLine)}`;
  }

  function placed(page, line) {
    if (!page) return "unnumbered page";
    return line ? `p. ${page}, l. ${line}` : `p. ${page}`;
  }
})();
