"""Lines, paragraphs and turns that the document does not have, put where they stand in the file.

A turn that is inserted amid another divides it: paragraph and turn end before it, and begin
again behind it, with ids of their own.
"""

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace

from stenogram.tei.markup import attributes
from stenogram.tei.pieces import Piece
from stenogram.updating.edits import Edits, indent_of, reindented
from stenogram.updating.fragments import Fragments
from stenogram.updating.identifiers import Identifiers, number_of
from stenogram.updating.plan import Plan, whole_elements
from stenogram.updating.text import HEADING, LABEL, Text, Unit

_OPENING = frozenset(("speaker", "head"))
"""Elements that can only stand where another begins."""
_HOMES = {
    "seg": ("p",),
    "p": ("sp", "div"),
    "speaker": ("sp",),
    "sp": ("div",),
    "head": ("div",),
    "div": ("body",),
}


@dataclass(slots=True, eq=False)
class _Reopened:
    """An element of the document that was divided: its second part."""

    divided: Piece
    model: Piece | None
    """Its counterpart in the new text, if that is divided too."""
    id: str = ""
    before: str = ""
    """Id of the part before it."""


@dataclass(frozen=True, slots=True)
class _Closed:
    """An element of the document that ends here."""

    element: Piece


@dataclass(frozen=True, slots=True)
class _Copied:
    """An element of the new text, or fresh ones that follow each other in an element of it."""

    elements: tuple[int, ...]
    around: int = -1
    """The element that they stand in, if the document has none for them."""
    until: int = -1
    """The last element of the document that is taken into that one."""

    @property
    def outer(self) -> int:
        """The element of which the place in the document is sought."""
        return self.around if self.around >= 0 else self.elements[0]


@dataclass(frozen=True, slots=True)
class _Section:
    """Elements of the new text that come before the first heading, in a section of their own."""

    model: int
    """The section in the new text."""
    parts: tuple[_Copied, ...]


_Step = _Copied | _Section | _Closed | _Reopened
"""What is put somewhere: elements of the new text, an end tag, a part of a divided element."""


@dataclass(slots=True, eq=False)
class _Place:
    """Where something is put: right before or behind a piece."""

    at: int
    behind: bool
    steps: list[_Step] = field(default_factory=list)


class Insertions:
    """Finds places for what is fresh, gives it ids, then writes it."""

    def __init__(
        self,
        old: Text,
        new: Text,
        plan: Plan,
        edits: Edits,
        identifiers: Identifiers,
        dissolved: Container[int],
    ) -> None:
        """Find the places, and give ids; turns that are ``dissolved`` hold nothing any more."""
        self._dissolved = dissolved
        self._old, self._new, self._plan = old, new, plan
        self._edits, self._identifiers = edits, identifiers
        self._places: list[_Place] = []
        self._labelled: dict[int, Piece] = {}
        """Turns of the document that get a new label: the turn of the new text that has it."""
        self._last_part: dict[int, str] = {}
        self.elements = whole_elements(new, plan.fresh)
        self._units = {unit.at for unit in old.units}
        self._leaving = {unit.at for unit in plan.withdrawn}
        for before, after, elements in self._boundaries():
            self._find_places(before, after, elements)
        for place in self._places:
            for step in place.steps:
                self._give_ids(step, place.at)

    def _boundaries(self) -> Iterator[tuple[Unit | None, Unit | None, list[int]]]:
        """Fresh elements between two units of the new text that are not fresh."""
        known = [unit for unit in self._new.units if unit.at in self._plan.aims]
        at = 0
        waiting: list[int] = []
        for element in self.elements:
            moved = at
            while moved < len(known) and known[moved].at < element:
                moved += 1
            if waiting and moved > at:
                yield (*self._neighbours(known, at, waiting[0]), waiting)
                waiting = []
            at = moved
            waiting.append(element)
        if waiting:
            yield (*self._neighbours(known, at, waiting[0]), waiting)

    def _neighbours(
        self, known: Sequence[Unit], at: int, element: int
    ) -> tuple[Unit | None, Unit | None]:
        def frame(place: int) -> bool:
            return self._new.around(place, "abstract") is not None

        before = known[at - 1] if at else None
        after = known[at] if at < len(known) else None
        mine = frame(element)
        return (
            before if before and frame(before.at) == mine else None,
            after if after and frame(after.at) == mine else None,
        )

    def _find_places(self, before: Unit | None, after: Unit | None, elements: list[int]) -> None:
        behind = self._plan.aims[before.at][1] if before else None
        ahead = self._plan.aims[after.at][0] if after else None
        if behind and ahead and ahead.at <= behind.at:
            ahead = None
        behind = self._before_turn(behind, ahead)
        copies = self._with_turns(elements, behind, ahead)
        model = self._new.around(elements[0], "div")
        if behind is None and ahead and ahead.kind == HEADING and model:
            self._before_heading(ahead, model, copies)
            return
        dividing: _Place | None = None
        closed: list[Piece] = []
        for copied in copies:
            parent = self._new.row[self._new.row[copied.outer].parent]
            is_left = before is not None and self._new.within(before.at, parent.at)
            is_left = is_left or ahead is None
            anchor = behind if is_left else ahead
            name = self._name(copied)
            home = self._home(anchor, parent, name) if anchor else None
            if home is None or anchor is None:
                self._at_the_end(copied)
            elif not self._must_divide(home, behind, ahead, name, is_left=is_left):
                self._beside(home, anchor, copied, is_left=is_left)
                if name == "speaker" and copied.around < 0:
                    self._labelled[home.at] = parent
            else:
                dividing = dividing or self._dividing_place(behind, ahead)
                self._divide(dividing, closed, home, copied, after, is_left=is_left)
        if dividing is not None:
            self._reopen(dividing, closed, "", after, before)

    def _before_turn(self, behind: Unit | None, ahead: Unit | None) -> Unit | None:
        """The unit before a turn, where only the furniture before its label comes between."""
        turn = self._old.around(behind.at, "sp") if behind else None
        if behind is None or ahead is None or turn is None:
            return behind
        if not self._old.within(ahead.at, turn.at):
            return behind
        labels = [u.at for u in self._old.units_in(turn.at) if u.kind == LABEL]
        if not labels or behind.at >= labels[-1] or labels[-1] in self._leaving:
            return behind
        earlier = bisect_left(self._old.units, turn.at, key=lambda unit: unit.at)
        stays = (u for u in reversed(self._old.units[:earlier]) if u.at not in self._leaving)
        return next(stays, None)

    def _before_heading(self, ahead: Unit, model: Piece, copies: Sequence[_Copied]) -> None:
        outer = [p for p in self._old.ancestors(ahead.at) if p.name == "body"]
        place = _Place(outer[0].at if outer else ahead.at, behind=True)
        place.steps.append(_Section(model.at, tuple(copies)))
        self._add(place)

    def _with_turns(
        self, elements: Sequence[int], behind: Unit | None, ahead: Unit | None
    ) -> list[_Copied]:
        """What is copied, in a turn or a paragraph of its own where the document has none there."""
        found: list[_Copied] = []
        row = self._new.row
        for element in elements:
            parent = row[element].parent
            if found and found[-1].around == parent:
                found[-1] = replace(found[-1], elements=(*found[-1].elements, element))
                continue
            is_label = row[element].name == "speaker"
            beside = (ahead or behind) if is_label else (behind or ahead)
            lacks = beside is None or not self._has_around(beside, row[parent].name)
            if not lacks or row[element].name not in ("speaker", "seg"):
                found.append(_Copied((element,)))
                continue
            until = self._last_of_turn(parent, ahead) if is_label else -1
            found.append(_Copied((element,), parent, until))
        return found

    def _has_around(self, unit: Unit, name: str) -> bool:
        outer = self._old.ancestors(unit.at)
        return any(p.name == name and p.at not in self._dissolved for p in outer)

    def _last_of_turn(self, turn: int, ahead: Unit | None) -> int:
        """The last element that stands beside a unit and belongs to a turn of the new text."""
        aims = self._plan.aims
        mine = [aims[u.at][1] for u in self._new.units_in(turn) if u.at in aims]
        if ahead is None or not mine:
            return -1
        home = self._home(ahead, self._new.row[self._new.row[turn].parent], "sp")
        beside = [u for u in mine if home and self._old.within(u.at, home.at)]
        if home is None or len(beside) < len(mine):
            return -1
        children = [self._child(home, unit) for unit in mine]
        return max(children) if all(self._old.row[c].name != "sp" for c in children) else -1

    def _home(self, anchor: Unit, wanted: Piece, name: str) -> Piece | None:
        """The element of the document in which an element of the new text may stand."""
        outer = [p for p in self._old.ancestors(anchor.at) if p.at not in self._dissolved]
        for piece in outer:
            if piece.name == wanted.name and self._is_like(piece, wanted):
                return piece
        names = _HOMES.get(name, ("sp", "div"))
        return next((piece for piece in outer if piece.name in names), None)

    def _is_like(self, piece: Piece, wanted: Piece) -> bool:
        """Whether two elements of one name stand in the same; a body may be that of a letter."""
        if piece.name != "body":
            return True
        around = self._old.row[piece.parent].name, self._new.row[wanted.parent].name
        return around[0] == around[1]

    def _must_divide(
        self, home: Piece, behind: Unit | None, ahead: Unit | None, name: str, *, is_left: bool
    ) -> bool:
        if behind is None or ahead is None or behind is ahead:
            return False
        if name in _OPENING and not is_left:
            return self._old.within(behind.at, home.at)
        child = self._child(home, behind if is_left else ahead)
        return self._old.within((ahead if is_left else behind).at, child)

    def _child(self, home: Piece, unit: Unit) -> int:
        """The child of an element in which a unit stands."""
        at = unit.at
        while self._parent(at) != home.at:
            at = self._parent(at)
        return at

    def _parent(self, at: int) -> int:
        """Where the element around another begins, turns that are dissolved left aside."""
        at = self._old.row[at].parent
        while at in self._dissolved:
            at = self._old.row[at].parent
        return at

    def _name(self, copied: _Copied) -> str:
        """What is put in: of a heading that has other parts elsewhere, a paragraph."""
        name = self._new.row[copied.outer].name
        return "p" if copied.around >= 0 and name in ("head", "salute", "signed") else name

    def _beside(self, home: Piece, anchor: Unit, copied: _Copied, *, is_left: bool) -> None:
        child = self._child(home, anchor)
        if is_left:
            end = self._behind_notes(self._old.row[child].partner)
            self._add(_Place(end, behind=True, steps=[copied]))
        else:
            first = self._old.words[anchor.words[0]]
            breaks = [
                at
                for at in (*first.begins, *first.pages)
                if self._old.row[at].parent == home.at and at < child
            ]
            if self._name(copied) == "head" and not breaks:
                # Before the anchors of lines with which the section began.
                self._add(_Place(self._last_heading(home), behind=True, steps=[copied]))
            else:
                self._add(_Place(min([child, *breaks]), behind=False, steps=[copied]))

    def _last_heading(self, section: Piece) -> int:
        """Where the headings of a section end, or the section begins."""
        inside = self._old.row[section.at : section.partner]
        ends = [p.at for p in inside if p.kind == "end" and p.name == "head"]
        own = [at for at in ends if self._old.row[at].parent == section.at]
        return own[-1] if own else section.at

    def _add(self, place: _Place) -> None:
        self._places.append(place)

    def _behind_notes(self, end: int) -> int:
        """The end of the notes and anchors that follow an element, which belong to it."""
        row = self._old.row
        units = self._units
        at = end + 1
        while at < len(row):
            piece = row[at]
            if piece.kind == "other" or (
                piece.opens and piece.name in ("note", "anchor") and piece.at not in units
            ):
                end = at if piece.kind == "other" else piece.partner
                at = end
            elif piece.kind != "text" or piece.raw.strip():
                break
            at += 1
        return end

    def _at_the_end(self, copied: _Copied) -> None:
        """Where nothing of the document stands any more: at the end of its body."""
        wanted = self._new.row[self._new.row[copied.outer].parent].name
        for name in (wanted, "body"):
            homes = [p for p in self._old.row if p.kind == "start" and p.name == name]
            if homes:
                inside = self._old.row[homes[-1].at + 1 : homes[-1].partner]
                ends = [p.at for p in inside if p.parent == homes[-1].at and p.kind != "text"]
                self._add(_Place(max([homes[-1].at, *ends]), behind=True, steps=[copied]))
                return

    def _dividing_place(self, behind: Unit | None, ahead: Unit | None) -> _Place:
        behind = behind or self._old.units[0]
        far = ahead.at if ahead else behind.at
        common = next(
            p
            for p in self._old.ancestors(behind.at)
            if self._old.within(far, p.at) and p.at not in self._dissolved
        )
        child = self._child(common, behind)
        place = _Place(self._behind_notes(self._old.row[child].partner), behind=True)
        self._add(place)
        return place

    def _divide(
        self,
        place: _Place,
        closed: list[Piece],
        home: Piece,
        copied: _Copied,
        after: Unit | None,
        *,
        is_left: bool,
    ) -> None:
        """Close what must be closed before an element, and open what it must stand in."""
        open_elements = [
            piece
            for piece in self._old.ancestors(place.at)
            if piece not in closed and piece.at not in self._dissolved
        ]
        reopened = [step.divided for step in place.steps if isinstance(step, _Reopened)]
        if is_left:
            for piece in open_elements:
                if piece is home:
                    break
                place.steps.append(_Closed(piece))
                closed.append(piece)
        elif home not in reopened:
            for piece in open_elements if home not in closed else ():
                place.steps.append(_Closed(piece))
                closed.append(piece)
                if piece is home:
                    break
            self._reopen(place, closed, home.name, after, None)
        place.steps.append(copied)

    def _reopen(
        self,
        place: _Place,
        closed: list[Piece],
        until: str,
        after: Unit | None,
        before: Unit | None,
    ) -> None:
        """Begin again what was closed, from the outside, as far as an element of one name."""
        while closed:
            piece = closed.pop()
            model = self._new.around(after.at, piece.name) if after else None
            if model and before and self._new.within(before.at, model.at):
                model = None
            place.steps.append(_Reopened(piece, model))
            if piece.name == until:
                break

    def _give_ids(self, step: _Step, at: int) -> None:
        if isinstance(step, _Reopened):
            self._give_part_id(step, at)
        elif isinstance(step, _Section):
            self._identifiers.give(self._new.row[step.model].id, at)
            for part in step.parts:
                self._give_ids(part, at)
        elif isinstance(step, _Copied):
            if step.around >= 0:
                self._identifiers.give(self._new.row[step.around].id, at)
            for element in step.elements:
                self._give_ids_inside(element, at)

    def _give_ids_inside(self, begin: int, at: int) -> None:
        """Give ids to an element of the new text, and to what is in it."""
        given = self._identifiers.given
        for piece in self._new.row[begin : self._new.row[begin].partner + 1]:
            if not piece.opens or not piece.id:
                continue
            whole, _, part = piece.id.partition(".")
            if piece.name == "sp" and part and whole in given:
                given[piece.id] = self._identifiers.part(given[whole])
                self._identifiers.used.add(given[piece.id])
            else:
                self._identifiers.give(piece.id, at)

    def _give_part_id(self, step: _Reopened, at: int) -> None:
        piece, model = step.divided, step.model
        if not piece.id:
            return
        goes_on = piece.name == "sp" and not self._has_fresh_label(model)
        if goes_on:
            step.id = self._identifiers.part(piece.id)
            self._identifiers.used.add(step.id)
        else:
            step.id = self._identifiers.give(piece.id, at)
            self._identifiers.given.pop(piece.id)
        if model is not None and model.id:
            self._identifiers.given[model.id] = step.id
        step.before = self._last_part.get(piece.at, piece.id)
        self._last_part[piece.at] = step.id

    def _has_fresh_label(self, model: Piece | None) -> bool:
        if model is None:
            return False
        inside = self._new.row[model.at : model.partner]
        return any(p.name == "speaker" and p.opens and p.at in self._plan.fresh for p in inside)

    def write(self, fragments: Fragments) -> None:
        """Put everything in its place."""
        for turn, model in self._labelled.items():
            who = fragments.pointers(model.attributes.get("who", ""))
            self._edits.set_attributes(turn, {"who": who})
        for place in self._places:
            markup = [self._written(step, place, fragments) for step in place.steps]
            if place.behind:
                self._edits.put_after(place.at, "".join(markup))
            else:
                self._edits.put_before(place.at, "".join(markup))

    def _written(self, step: _Step, place: _Place, fragments: Fragments) -> str:
        if isinstance(step, _Copied):
            return self._element(step, place, fragments)
        if isinstance(step, _Section):
            return self._section(step, place, fragments)
        if isinstance(step, _Closed):
            return f"\n{indent_of(self._old, step.element.at)}</{step.element.name}>"
        return f"\n{indent_of(self._old, step.divided.at)}{self._start_tag(step, fragments)}"

    def _start_tag(self, step: _Reopened, fragments: Fragments) -> str:
        piece, model = step.divided, step.model
        values = dict(piece.attributes)
        values.pop("prev", "")
        values["xml:id"] = step.id
        values["n"] = number_of(step.id) or values.get("n", "")
        if piece.name == "sp":
            if model is not None and self._has_fresh_label(model):
                values["who"] = fragments.pointers(model.attributes.get("who", ""))
            else:
                values["prev"] = f"#{step.before}"
                values["n"] = piece.attributes.get("n", "")
        elif piece.name == "div" and model is not None:
            values["type"] = model.attributes.get("type", "")
        return f"<{piece.name}{attributes(values)}>"

    def _section(self, section: _Section, place: _Place, fragments: Fragments) -> str:
        indent = indent_of(self._old, place.at) + "  "
        parts = "".join(self._element(p, place, fragments, indent + "  ") for p in section.parts)
        start = fragments.element(section.model, section.model)
        return f"\n{indent}{start}{parts}\n{indent}</div>"

    def _element(
        self, copied: _Copied, place: _Place, fragments: Fragments, indent: str = ""
    ) -> str:
        row = self._new.row
        begin = self._with_breaks(copied.elements[0])
        end = row[copied.elements[-1]].partner
        indent = indent or self._indent(copied.outer, place)
        joined = row[begin - 1].kind != "text"
        markup = fragments.element(begin, end)
        if copied.around >= 0:
            outer = row[copied.around]
            inner = reindented(markup, indent_of(self._new, begin), f"{indent}  ")
            name = self._name(copied)
            start = fragments.element(outer.at, outer.at) if name == outer.name else f"<{name}>"
            markup = f"{start}\n{indent}  {inner}"
            if copied.until >= 0:
                end = self._old.row[copied.until].partner
                self._edits.put_after(end, f"\n{indent}</{name}>")
            else:
                markup += f"\n{indent}</{name}>"
        else:
            markup = reindented(markup, indent_of(self._new, begin), indent)
        if not indent or joined:
            return markup if joined else f" {markup}"
        return f"\n{indent}{markup}" if place.behind else f"{markup}\n{indent}"

    def _indent(self, element: int, place: _Place) -> str:
        row = self._old.row
        name = self._new.row[element].name
        at = row[place.at].partner if row[place.at].kind == "end" else place.at
        siblings = [p for p in (row[at], *self._old.ancestors(at)) if p.name == name]
        if siblings:
            return indent_of(self._old, siblings[0].at)
        parent = self._new.row[self._new.row[element].parent].name
        outer = [p for p in (row[at], *self._old.ancestors(at)) if p.name == parent]
        return indent_of(self._old, outer[0].at) + "  " if outer else indent_of(self._old, at)

    def _with_breaks(self, element: int) -> int:
        """Where an element begins with the source lines and pages before it."""
        first = self._new.words[self._new.units_in(element)[0].words[0]]
        parent = self._new.row[element].parent
        breaks = [at for at in (*first.begins, *first.pages) if at < element]
        return min([element, *(at for at in breaks if self._new.row[at].parent == parent)])
