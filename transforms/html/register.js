/* Finding an entry of a register by the words in it: a name, a form as typed, what is said of it. */

(() => {
  "use strict";

  const form = document.querySelector("form.filter");
  if (!form) return;
  for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;

  const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = (entry) =>
    Array.from(entry.querySelectorAll("h3, p, .form"), (part) => part.textContent).join(" ");
  const entries = Array.from(document.querySelectorAll(".entry"), (entry) => ({ entry, words: fold(wordsOf(entry)) }));
  const letters = Array.from(document.querySelectorAll(".letter"));
  const answer = form.querySelector(".answer");

  function filter() {
    const wanted = fold(form.elements.words.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { entry, words } of entries) {
      entry.hidden = !wanted.every((word) => words.includes(word));
      found += !entry.hidden;
    }
    for (const letter of letters) letter.hidden = !letter.querySelector(".entry:not([hidden])");
    const said = answer.dataset.pattern.replace("{n}", found).replace("{all}", entries.length);
    answer.textContent = wanted.length ? said : "";
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  /* Whoever follows an address must find its entry. */
  addEventListener("hashchange", () => {
    form.reset();
    filter();
  });
  if (form.elements.words.value) filter();
})();
