/* Names in the text, once a reader asks for them: each opens its entry at its place, with the way to
   the register. What is said of them stands in the list of names of the page. */

(() => {
  "use strict";

  const root = document.documentElement;
  const list = document.querySelector("section.names");
  const card = document.createElement("div");
  if (!list || !card.showPopover) return;

  const entries = new Map();
  for (const entry of list.querySelectorAll("li[data-ref]")) {
    for (const id of entry.dataset.ref.split(" ")) entries.set(id, entry);
  }
  const entriesOf = (name) => name.dataset.ref.split(" ").map((id) => entries.get(id)).filter(Boolean);
  const names = Array.from(document.querySelectorAll(".transcript [data-ref], .notes [data-ref]")).filter(
    (name) => entriesOf(name).length && !name.closest("a"),
  );

  card.className = "named";
  card.popover = "auto";
  card.role = "dialog";
  card.ariaLabel = document.getElementById("page:names").textContent;
  document.querySelector("main").append(card);

  /* Only while they are marked do names answer, and can be reached with the keyboard. */
  function mark() {
    const marked = root.dataset.names === "marked";
    for (const name of names) {
      if (marked) {
        name.tabIndex = 0;
        name.role = "link";
        name.ariaHasPopup = "dialog";
      } else {
        for (const attribute of ["tabindex", "role", "aria-haspopup"]) name.removeAttribute(attribute);
      }
    }
    if (!marked && card.matches(":popover-open")) card.hidePopover();
  }
  new MutationObserver(mark).observe(root, { attributeFilter: ["data-names"] });
  mark();

  /* The entries of a name and, where it is part of another, of that one too. */
  function open(name) {
    const found = new Set();
    for (let one = name; one; one = one.parentElement.closest("[data-ref][role=link]")) {
      for (const entry of entriesOf(one)) found.add(entry);
    }
    card.replaceChildren(
      ...Array.from(found, (entry) => {
        const paragraph = document.createElement("p");
        paragraph.append(...Array.from(entry.childNodes, (node) => node.cloneNode(true)));
        return paragraph;
      }),
    );
    card.showPopover();
    const at = name.getClientRects()[0];
    const left = Math.max(12, Math.min(at.left, root.clientWidth - card.offsetWidth - 12));
    const room = innerHeight - at.bottom > card.offsetHeight + 60;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(room ? at.bottom + 6 : at.top - card.offsetHeight - 6) + scrollY}px`;
  }

  const nameAt = (target) => {
    const name = target.closest("[data-ref][role=link]");
    return name && !name.contains(target.closest("a")) ? name : null;
  };

  document.addEventListener("click", (event) => {
    const name = nameAt(event.target);
    if (name && getSelection().isCollapsed) open(name);
  });

  document.addEventListener("keydown", (event) => {
    const name = event.key === "Enter" && event.target.matches("[data-ref][role=link]") ? event.target : null;
    if (!name) return;
    event.preventDefault();
    open(name);
    card.querySelector("a").focus();
  });
})();
