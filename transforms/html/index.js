/* The index page: its list narrowed down by words, year, speaker, meeting and subject. What has been
   chosen is in the address. A classic script, as all are; without it the whole list is there. */

(() => {
  "use strict";

  const form = document.querySelector("form.narrow");
  if (!form) return;

  const { forms } = globalThis.stenogramWords;
  const json = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = json("page:data");
  const texts = json("page:texts");
  const sections = Array.from(document.querySelectorAll(".year"));
  const links = Array.from(document.querySelectorAll(".years li"));
  const count = new Intl.NumberFormat(document.documentElement.lang);
  const status = form.querySelector("[role=status]");
  const reset = form.querySelector("[type=reset]");
  form.hidden = false;

  const words = (row, name) => row.querySelector(name)?.textContent || "";
  const rows = sections.flatMap((section, year) =>
    Array.from(section.querySelectorAll(".documents > li"), (element) => ({ element, year })),
  );
  const years = sections.map((section) => section.dataset.year);
  const facets = { year: { values: years, documents: rows.map(({ year }) => [year]) }, ...data };
  const FACETS = Object.keys(facets).filter((name) => form.elements[name]);
  rows.forEach((row, place) => {
    row.values = Object.fromEntries(FACETS.map((name) => [name, facets[name].documents[place]]));
    row.forms = null;
  });

  /* Title, date, place and speakers of a document, as words are compared. */
  function formsOf(row) {
    if (row.forms === null) {
      const speakers = (row.values.speaker || []).map((place) => facets.speaker.values[place]);
      const told = [".when", ".title", ".place"].map((name) => words(row.element, name));
      row.forms = forms([...told, ...speakers].join(" "));
    }
    return row.forms;
  }

  /* --- Choices ---------------------------------------------------------------------------- */

  const choices = new Map();
  for (const name of FACETS) {
    const select = form.elements[name];
    const options = facets[name].values.map((value) => {
      const option = document.createElement("option");
      option.value = value;
      return option;
    });
    /* An undated document has no year, and "" already means all of them. */
    options.filter(({ value }) => value === "").forEach((option) => (option.value = "-"));
    select.append(...options);
    choices.set(name, { select, options, labels: facets[name].values.map((v) => v || texts.undated) });
  }

  /* How many documents each choice would show, with the other choices as they are. */
  function countChoices(fitting) {
    for (const [name, { select, options, labels }] of choices) {
      const counts = new Map();
      for (const { row, failed } of fitting) {
        if (failed.length && (failed.length > 1 || failed[0] !== name)) continue;
        for (const place of row.values[name]) counts.set(place, (counts.get(place) || 0) + 1);
      }
      options.forEach((option, place) => {
        const n = counts.get(place) || 0;
        option.textContent = `${labels[place]} (${count.format(n)})`;
        option.disabled = n === 0 && option !== select.selectedOptions[0];
        option.hidden = option.disabled;
      });
    }
  }

  function narrow() {
    const looked = forms(form.elements.words.value).split(" ").filter(Boolean);
    const chosen = FACETS.map((name) => [name, form.elements[name].selectedIndex - 1]).filter(
      ([, place]) => place >= 0,
    );
    const fitting = [];
    let shown = 0;
    for (const row of rows) {
      const hasWords = looked.every((word) => formsOf(row).includes(` ${word}`));
      const failed = chosen.filter(([name, place]) => !row.values[name].includes(place));
      if (hasWords) fitting.push({ row, failed: failed.map(([name]) => name) });
      const fits = hasWords && !failed.length;
      if (row.element.hidden === fits) row.element.hidden = !fits;
      shown += fits;
    }
    countChoices(fitting);
    const left = new Set(rows.filter(({ element }) => !element.hidden).map(({ year }) => year));
    sections.forEach((section, place) => (section.hidden = !left.has(place)));
    links.forEach((link, place) => (link.hidden = !left.has(place)));
    const isNarrowed = looked.length > 0 || chosen.length > 0;
    const some = texts.some
      .replace("{n}", () => count.format(shown))
      .replace("{all}", () => count.format(rows.length));
    status.textContent = !isNarrowed ? "" : shown ? some : texts.none;
    reset.hidden = !isNarrowed;
  }

  /* --- The address ------------------------------------------------------------------------ */

  function readAddress() {
    const address = new URLSearchParams(location.search);
    form.elements.words.value = address.get("words") || "";
    for (const [name, { select }] of choices) {
      if (address.has(name)) select.value = address.get(name);
      if (select.selectedIndex < 0) select.selectedIndex = 0;
    }
  }

  function writeAddress() {
    const address = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) address.append(name, value);
    const asked = `${address}` ? `?${address}` : location.pathname;
    history.replaceState(null, "", asked);
  }

  let waiting = 0;
  form.addEventListener("input", () => {
    narrow();
    clearTimeout(waiting);
    waiting = setTimeout(writeAddress, 200);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () =>
    setTimeout(() => {
      narrow();
      writeAddress();
      form.elements.words.focus();
    }),
  );

  readAddress();
  narrow();
})();
