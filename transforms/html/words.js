/* How words are compared in a search, and where they stand in a line. Case and accents do not
   count, nor signs between words; src/stenogram/lines/word_forms.py says more, and
   tests/data/search.json has the cases for both. */

globalThis.stenogramWords = (() => {
  "use strict";

  const JOINERS = "\\u00AD\\u0640\\u200B-\\u200D\\u2060\\uFEFF";
  const UNSPACED =
    "\\u0E00-\\u0EFF\\u1000-\\u109F\\u1780-\\u17FF\\u2E80-\\u2FDF\\u3005-\\u30FF" +
    "\\u3400-\\u9FFF\\uF900-\\uFAFF\\u{20000}-\\u{3FFFF}";
  const ACCENTS =
    "\\u0300-\\u036F\\u0483-\\u0489\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7" +
    "\\u0610-\\u061A\\u064B-\\u065F\\u0670\\u06D6-\\u06DC\\u06DF-\\u06E4\\u06E7\\u06E8" +
    "\\u06EA-\\u06ED\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF\\u20D0-\\u20FF\\uFE20-\\uFE2F";
  const LETTER = "(?![\\u02B9-\\u02BF\\u0640])[\\p{L}\\p{N}]";
  const MARK = `[\\p{M}${JOINERS}]`;
  const WORD = new RegExp(
    `(?=[${UNSPACED}])${LETTER}${MARK}*|(?![${UNSPACED}])${LETTER}(?:(?![${UNSPACED}])${LETTER}|${MARK})*`,
    "gu",
  );
  /* Runs that hold words: quickly found, and taken apart once for each that is new. */
  const RUN = new RegExp(`[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}${JOINERS}]*`, "gu");
  const LONGEST = 40;
  const LEFT_OUT = new RegExp(`(и\\u0306)|[${ACCENTS}${JOINERS}]`, "gu");
  const LETTERS = {
    ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ŧ: "t", ı: "i",
    ς: "σ",
  };
  const OTHER_LETTERS = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");
  const QUOTES = /["“”„‟«»]/;

  /* The forms of words and runs that have come before: an edition has a few thousand of them. */
  const known = new Map();
  const runs = new Map();

  /* A word of a text as it is compared; "½" is two words. */
  function fold(word) {
    let forms = known.get(word);
    if (forms === undefined) {
      const bare = word
        .normalize("NFKD")
        .toLowerCase()
        .replace(LEFT_OUT, (_, kept) => kept || "")
        .replace(OTHER_LETTERS, (letter) => LETTERS[letter])
        .normalize("NFC");
      forms = (bare.match(WORD) || []).join(" ");
      known.set(word, forms);
    }
    return forms;
  }

  /* The words of a text as they are compared, with a space before and after each. */
  function forms(text) {
    let found = " ";
    for (const run of text.match(RUN) || []) {
      let inside = runs.get(run);
      if (inside === undefined) {
        const words = (run.match(WORD) || []).map(fold).filter(Boolean);
        inside = words.map((form) => `${form} `).join("");
        if (run.length < LONGEST) runs.set(run, inside);
      }
      found += inside;
    }
    return found;
  }

  /* What somebody looks for, as a list of terms, all of which a line must have. A term is a word
     or several in a row, each with whether it may go on: troop* "our troop*". */
  function query(written) {
    const terms = [];
    written.split(QUOTES).forEach((part, place) => {
      const pieces = place % 2 ? [part] : part.split(/\s+/);
      for (const piece of pieces) {
        const term = wordsOf(piece);
        if (term.length) terms.push(term);
      }
    });
    return terms.map((words) => ({ words, pattern: pattern(words) }));
  }

  function wordsOf(piece) {
    const found = [];
    for (const { 0: word, index } of piece.matchAll(WORD)) {
      const open = piece[index + word.length] === "*";
      const inner = fold(word).split(" ").filter(Boolean);
      inner.forEach((form, at) => found.push({ form, open: open && at === inner.length - 1 }));
    }
    return found;
  }

  /* What the forms of a line must hold; words have no signs that mean something in a pattern. */
  function pattern(words) {
    const text = words.map(({ form, open }) => (open ? `${form}*` : form)).join(" ");
    const within = words.slice(0, -1).some(({ open }) => open);
    if (within) return new RegExp(` ${text.replaceAll("*", "[^ ]*")} `, "u");
    return text.endsWith("*") ? ` ${text.slice(0, -1)}` : ` ${text} `;
  }

  /* Whether a line has all that is looked for, given its forms. */
  function matches(terms, lineForms) {
    return terms.every(({ pattern: wanted }) =>
      typeof wanted === "string" ? lineForms.includes(wanted) : wanted.test(lineForms),
    );
  }

  /* Where the words that are looked for stand in a text: [from, to] of each, in order. */
  function places(terms, text) {
    const words = [];
    for (const { 0: word, index } of text.matchAll(WORD)) {
      for (const form of fold(word).split(" ").filter(Boolean)) {
        words.push({ form, from: index, to: index + word.length });
      }
    }
    const found = [];
    for (const { words: wanted } of terms) {
      for (let at = 0; at + wanted.length <= words.length; at += 1) {
        const fits = ({ form, open }, place) =>
          open ? words[at + place].form.startsWith(form) : words[at + place].form === form;
        if (wanted.every(fits)) found.push([words[at].from, words[at + wanted.length - 1].to]);
      }
    }
    return merged(found.sort((one, other) => one[0] - other[0] || one[1] - other[1]));
  }

  function merged(ranges) {
    const apart = [];
    for (const [from, to] of ranges) {
      const last = apart[apart.length - 1];
      if (last && from < last[1]) last[1] = Math.max(last[1], to);
      else apart.push([from, to]);
    }
    return apart;
  }

  return { forms, matches, places, query };
})();
