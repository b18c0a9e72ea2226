"""The speakers of the new file among those that the document knows; what the header lacks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from stenogram.tei.pieces import Piece
from stenogram.updating.edits import Edits, indent_of, reindented
from stenogram.updating.fragments import Fragments
from stenogram.updating.text import Text, Unit

_PEOPLE = frozenset(("person", "personGrp"))
_BEFORE = {
    "particDesc": ("creation", "abstract", "langUsage", "textClass"),
    "classDecl": ("projectDesc", "samplingDecl", "editorialDecl", "tagsDecl", "refsDecl"),
}
"""What may stand before a part of the header that is added."""


@dataclass(frozen=True, slots=True)
class _Person:
    id: str
    name: str
    typed: frozenset[str]


def speakers_by_id(old: Text, new: Text, labels: Iterable[tuple[Unit, Unit]]) -> dict[str, str]:
    """For each speaker of the new text: the id in the document.

    Those who speak under a label that stands are the same, whatever the editor calls them;
    else those of one name, or with the same label.
    """
    found = _by_labels(old, new, labels)
    known = _people(old)
    taken = old.ids()
    for person in _people(new).values():
        if person.id in found:
            continue
        same = _same(person, known)
        if same:
            found[person.id] = same
            continue
        given, number = person.id, 2
        while given in taken:
            given, number = f"{person.id}-{number}", number + 1
        found[person.id] = given
        taken.add(given)
    return found


def _by_labels(old: Text, new: Text, labels: Iterable[tuple[Unit, Unit]]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = {}
    for theirs, mine in labels:
        turn, other = old.around(theirs.at, "sp"), new.around(mine.at, "sp")
        if turn is None or other is None:
            continue
        who, wanted = turn.attributes.get("who", ""), other.attributes.get("who", "")
        if len(who.split()) == len(wanted.split()) == 1:
            votes.setdefault(wanted[1:], Counter())[who[1:]] += 1
    return {one: max(sorted(some), key=lambda w: some[w]) for one, some in votes.items()}


def _same(person: _Person, known: Mapping[str, _Person]) -> str:
    mine = known.get(person.id)
    if mine is not None and (mine.name == person.name or mine.typed & person.typed):
        return person.id
    for other in known.values():
        if other.typed & person.typed or other.name == person.name:
            return other.id
    return ""


def _people(text: Text) -> dict[str, _Person]:
    found = {}
    for piece in text.row:
        if piece.opens and piece.name in _PEOPLE and piece.id:
            names = [p for p in _inside(text, piece) if p.opens and p.name == "persName"]
            said = {p.at: _words(text, p) for p in names}
            standard = next(
                (said[p.at] for p in names if p.attributes.get("type") == "standard"), ""
            )
            typed = {said[p.at] for p in names if p.attributes.get("type") == "typed"}
            found[piece.id] = _Person(piece.id, standard, frozenset(typed))
    return found


def _inside(text: Text, piece: Piece) -> list[Piece]:
    return text.row[piece.at + 1 : piece.partner]


def _words(text: Text, piece: Piece) -> str:
    return " ".join("".join(p.text for p in _inside(text, piece) if p.kind == "text").split())


class HeaderChanges:
    """Adds to the header what copied markup points to."""

    def __init__(self, old: Text, new: Text, edits: Edits, fragments: Fragments) -> None:
        """Add to the header of ``old`` from that of ``new``."""
        self._old, self._new = old, new
        self._edits, self._fragments = edits, fragments
        self._grafted: set[int] = set()

    def add_wanted(self) -> list[str]:
        """Add the entries that the document lacks; their ids."""
        lacking = sorted(self._fragments.wanted - self._old.ids())
        back = {given: mine for mine, given in self._fragments.speakers.items()}
        added = []
        for identifier in lacking:
            mine = back.get(identifier, identifier)
            entry = next((p for p in self._new.row if p.opens and p.id == mine), None)
            if entry is not None and self._new.around(entry.at, "teiHeader"):
                self._graft(entry, identifier)
                added.append(identifier)
        return added

    def add_typed_names(self, known: Text | None) -> None:
        """Add labels, as typed, that speakers have only since the correction."""
        before = _people(known) if known else {}
        mine = _people(self._old)
        for person in _people(self._new).values():
            here = mine.get(self._fragments.speakers.get(person.id, ""))
            earlier = before[person.id].typed if person.id in before else frozenset[str]()
            for label in sorted(person.typed - earlier - (here.typed if here else set())):
                if here is not None:
                    self._add_name(here.id, person.id, label)

    def _add_name(self, here: str, mine: str, label: str) -> None:
        entry = next(p for p in self._new.row if p.opens and p.id == mine)
        name = next(
            p
            for p in _inside(self._new, entry)
            if p.opens and p.attributes.get("type") == "typed" and _words(self._new, p) == label
        )
        markup = "".join(p.raw for p in self._new.row[name.at : name.partner + 1])
        person = next(p for p in self._old.row if p.opens and p.id == here)
        last = [p for p in _inside(self._old, person) if p.opens and p.name == "persName"][-1]
        indent = indent_of(self._old, last.at)
        self._edits.put_after(last.partner, f"\n{indent}{markup}" if indent else markup)

    def add_renditions(self, known: Text | None) -> None:
        """Declare brackets that the new file has and the old one had not."""
        here = {_selector(p) for p in self._renditions(self._old)}
        if known is not None:
            here |= {_selector(p) for p in self._renditions(known)}
        last = list(self._renditions(self._old))[-1:]
        for piece in self._renditions(self._new):
            if _selector(piece) not in here and last:
                markup = "".join(p.raw for p in self._new.row[piece.at : piece.partner + 1])
                indent = indent_of(self._old, last[0].at)
                self._edits.put_after(last[0].partner, f"\n{indent}{markup}")

    def _renditions(self, text: Text) -> Iterator[Piece]:
        return (p for p in text.row if p.opens and p.name == "rendition")

    def _graft(self, entry: Piece, identifier: str) -> None:
        """Put an entry into the part of the header in which its like stand."""
        path = [entry, *self._new.ancestors(entry.at)]
        for place, outer in enumerate(path[1:], 1):
            inner = path[place - 1]
            home = self._home(outer)
            if home is None:
                continue
            if inner.at in self._grafted:
                return
            self._grafted.add(inner.at)
            markup = "".join(p.raw for p in self._new.row[inner.at : inner.partner + 1])
            if identifier != entry.id:
                markup = markup.replace(f'xml:id="{entry.id}"', f'xml:id="{identifier}"')
            self._put_in(home, inner, markup)
            return

    def _home(self, outer: Piece) -> Piece | None:
        for piece in self._old.row:
            if (
                piece.kind == "start"
                and piece.name == outer.name
                and piece.id == outer.id
                and piece.attributes.get("type") == outer.attributes.get("type")
                and self._old.around(piece.at, "text") is None
            ):
                return piece
        return None

    def _put_in(self, home: Piece, inner: Piece, markup: str) -> None:
        children = [p for p in _inside(self._old, home) if p.parent == home.at and p.opens]
        before = _BEFORE.get(inner.name)
        earlier = [p for p in children if before is None or p.name in before]
        indent = indent_of(self._old, home.at) + "  "
        moved = reindented(markup, indent_of(self._new, inner.at), indent)
        at = earlier[-1].partner if earlier else home.at
        self._edits.put_after(at, f"\n{indent}{moved}")


def _selector(piece: Piece) -> tuple[str, str]:
    return piece.attributes.get("selector", ""), piece.attributes.get("scope", "")
