"""Lines, paragraphs and turns that the received file no longer has, taken out.

Each line leaves an ``anchor`` with its id, so that old citations still lead somewhere.
"""

from bisect import bisect_right
from collections.abc import Container, Sequence

from stenogram.tei.markup import element
from stenogram.tei.pieces import Piece
from stenogram.updating.edits import Edits, indent_of
from stenogram.updating.plan import Plan, whole_elements
from stenogram.updating.text import FURNITURE, HEADING, LINE, STAGE, Text, Unit

_LINES = (LINE, HEADING, STAGE)
_HOLDS_ANCHORS = frozenset(("p", "sp", "div", "seg"))


class Withdrawals:
    """Takes out what is withdrawn."""

    def __init__(self, old: Text, new: Text, plan: Plan, edits: Edits) -> None:
        """Find the elements that have nothing else in them."""
        self._old, self._new = old, new
        self._plan, self._edits = plan, edits
        self.elements = whole_elements(old, (unit.at for unit in plan.withdrawn))
        self._gone = {unit.at for unit in plan.withdrawn}
        self._aiming: dict[int, list[int]] = {}
        for at, aims in sorted(plan.aims.items()):
            for aim in {unit.at for unit in aims}:
                self._aiming.setdefault(aim, []).append(at)
        self.dissolved = {at for at in self._turns_without_label() if self._is_no_turn(old.row[at])}
        """Turns that the new file has as none, or that have lost all but their furniture."""
        self.dissolved |= {p.at for p in old.row if p.kind == "start" and self._is_emptied(p)}
        self._marked: Container[int] = ()
        self._leave_a_section()
        self._gone_ids: set[str] = set()

    def _leave_a_section(self) -> None:
        """Where all sections go, the first stays, to hold the anchors."""
        row = self._old.row
        sections = [p.at for p in row if p.kind == "start" and p.name == "div"]
        if not any(unit.kind in _LINES for unit in self._plan.withdrawn):
            return
        if not sections or any(self._stays(at) for at in sections):
            return
        first = sections[0]
        inside = {e for u in self._units_in(first) for e in [self._child(first, u.at)]}
        self.elements = sorted({*self.elements, *inside} - {first})

    def _child(self, outer: int, at: int) -> int:
        while self._old.row[at].parent != outer:
            at = self._old.row[at].parent
        return at

    def notes_in(self, at: int) -> list[Piece]:
        """Notes of the editors, and comments, in an element that is to be taken out."""
        row = self._old.row
        found, end = [], -1
        for piece in row[at : row[at].partner + 1]:
            is_note = piece.opens and piece.name == "note"
            if piece.at > end and (
                (is_note and piece.attributes.get("type") == "editorial") or piece.kind == "other"
            ):
                found.append(piece)
                end = piece.partner
        return found

    def take_out(self, notes_kept: Sequence[int], marked: Container[int]) -> None:
        """Take the elements out; the notes in those of ``notes_kept`` stay at the place.

        Lines that are ``marked`` have their anchors already.
        """
        self._marked = marked
        gone = [p for at in self.elements for p in self._old.row[at : self._old.row[at].partner]]
        self._gone_ids = {piece.id for piece in gone if piece.opens and piece.id}
        pointed = self._pointed_at()
        for at in self.elements:
            self._leave_marks(at, pointed, with_notes=at in notes_kept)
            for word in (w for u in self._units_in(at) for w in u.words):
                self._remove_breaks(at, self._old.words[word].begins)
            self._edits.remove_line_of(at)
        self._join_turns()
        self._close_chains()

    def _units_in(self, at: int) -> list[Unit]:
        return self._old.units_in(at)

    def _remove_breaks(self, at: int, breaks: Sequence[int]) -> None:
        for one in breaks:
            if self._old.row[one].name == "lb" and not self._old.within(one, at):
                self._edits.remove_line_of(one)

    def _pointed_at(self) -> set[str]:
        """Ids that attributes of what stays point to, chains left aside."""
        found: set[str] = set()
        gone = [(at, self._old.row[at].partner) for at in self.elements]
        bounds = {p for begin, end in gone for p in range(begin, end + 1)}
        for piece in self._old.row:
            if piece.opens and piece.at not in bounds:
                for name, value in piece.attributes.items():
                    if "#" in value and name not in ("next", "prev"):
                        found.update(one[1:] for one in value.split() if one.startswith("#"))
        return found

    def _leave_marks(self, at: int, pointed: set[str], *, with_notes: bool) -> None:
        row = self._old.row
        marks = []
        for piece in row[at : row[at].partner]:
            if not piece.opens or not piece.id or piece.at in self._marked:
                continue
            is_line = piece.name == "seg" and piece.attributes.get("type") == "line"
            if is_line or piece.id in pointed or piece.name == "anchor":
                kind = piece.attributes.get("type", "") if piece.name == "anchor" else "withdrawn"
                marks.append(element("anchor", {"xml:id": piece.id, "type": kind}))
        notes = []
        for note in self.notes_in(at) if with_notes else ():
            end = note.at if note.kind == "other" else note.partner
            notes.append("".join(piece.raw for piece in row[note.at : end + 1]))
        self._put_marks(at, [*marks, *notes])

    def _put_marks(self, at: int, marks: Sequence[str]) -> None:
        if not marks:
            return
        row = self._old.row
        while row[at].parent >= 0 and row[row[at].parent].name not in _HOLDS_ANCHORS:
            if row[row[at].parent].name == "body":
                self._put_in_other_section(at, marks)
                return
            at = row[at].parent
        indent = indent_of(self._old, at)
        before = f"\n{indent}" if indent else ""
        if row[at].name == "head":
            self._put_behind_headings(at, marks)
        elif row[at].name == "speaker":
            self._edits.put_after(row[at].partner, before + before.join(marks))
        elif indent:
            # The white space before the element goes with it.
            self._edits.put_before(at, before + before.join(marks))
        else:
            self._edits.put_before(at, "".join(marks))

    def _put_behind_headings(self, at: int, marks: Sequence[str]) -> None:
        """Put marks before the first words of a section that stay, since headings come first."""
        row, section = self._old.row, self._old.row[at].parent
        gone = {unit.at for unit in self._plan.withdrawn}
        for unit in self._old.units_in(section):
            if unit.at not in gone:
                child = unit.at
                while row[child].parent != section:
                    child = row[child].parent
                if row[child].name != "head":
                    indent = indent_of(self._old, child)
                    self._edits.put_before(child, "".join(f"{m}\n{indent}" for m in marks))
                    return
        indent = indent_of(self._old, section)
        end = row[section].partner
        self._edits.put_before(end, "".join(f"  {mark}\n{indent}" for mark in marks))

    def _put_in_other_section(self, at: int, marks: Sequence[str]) -> None:
        """Put marks into the section before or after one that is taken out."""
        row = self._old.row
        ends = [p.at for p in row if p.kind == "end" and p.name == "div" and self._stays(p.partner)]
        before = [end for end in ends if end < at]
        if before:
            indent = indent_of(self._old, row[before[-1]].partner)
            self._edits.put_before(before[-1], "".join(f"  {m}\n{indent}" for m in marks))
            return
        for end in ends:
            begin = row[end].partner
            heads = [p for p in row[begin:end] if p.kind == "end" and p.name == "head"]
            place = heads[-1].at if heads and self._stays(heads[-1].partner) else begin
            indent = indent_of(self._old, begin) + "  "
            self._edits.put_after(place, "".join(f"\n{indent}{mark}" for mark in marks))
            return

    def _stays(self, at: int) -> bool:
        place = bisect_right(self.elements, at) - 1
        return place < 0 or not self._old.within(at, self.elements[place])

    def _join_turns(self) -> None:
        """A turn or section of which label or heading is gone goes on with the one before it.

        A turn that the new file has as none is none any more.
        """
        for at in sorted(self._turns_without_label()):
            outer = self._old.row[at]
            before = self._sibling_before(outer)
            if at not in self.dissolved and self._is_one(before, outer):
                self._join(before, outer)
        for at in sorted(self.dissolved):
            self._edits.remove_line_of_tag(self._old.row[at].partner)
            self._edits.remove_line_of_tag(at)
            self._gone_ids.add(self._old.row[at].id)

    def _join(self, before: Piece | None, outer: Piece) -> None:
        if before is not None:
            self._edits.remove_line_of_tag(before.partner)
            self._edits.remove_line_of_tag(outer.at)
            self._gone_ids.add(outer.id)

    def _is_emptied(self, piece: Piece) -> bool:
        if piece.name != "sp" or not self._stays(piece.at):
            return False
        gone = self._gone
        spoken = [u for u in self._old.units_in(piece.at) if u.kind != FURNITURE]
        return bool(spoken) and all(unit.at in gone for unit in spoken)

    def _turns_without_label(self) -> list[int]:
        """Turns of which the label is gone, or the part with which they began."""
        row = self._old.row
        gone = {p.id for at in self.elements for p in row[at : row[at].partner] if p.opens}
        found = [row[at].parent for at in self.elements if row[at].name in ("speaker", "head")]
        for piece in row:
            before = piece.attributes.get("prev", "") if piece.name == "sp" else ""
            if before and before.removeprefix("#") in gone and self._stays(piece.at):
                found.append(piece.at)
        return found

    def _is_no_turn(self, turn: Piece) -> bool:
        """Whether nobody speaks the words, in the new file, with which a turn goes on."""
        mine = self._mine(turn)
        return turn.name == "sp" and bool(mine) and self._new.around(mine[0], "sp") is None

    def _sibling_before(self, piece: Piece) -> Piece | None:
        at = piece.at - 1
        row = self._old.row
        while at > piece.parent:
            one = row[at]
            begin = row[one.partner] if one.kind == "end" else one
            if one.kind in ("end", "empty"):
                if self._stays(begin.at) and begin.name not in ("anchor", "lb"):
                    return begin
                at = begin.at
            at -= 1
        return None

    def _is_one(self, before: Piece | None, after: Piece) -> bool:
        """Whether the new text has in one element what the document has in two."""
        if before is None or before.name != after.name or before.at in self.dissolved:
            return False
        around = [
            {outer.at for mine in self._mine(one) if (outer := self._new.around(mine, one.name))}
            for one in (before, after)
        ]
        return bool(around[0] & around[1])

    def _mine(self, piece: Piece) -> list[int]:
        """Units of the new text that stand in an element of the document."""
        return [at for unit in self._old.units_in(piece.at) for at in self._aiming.get(unit.at, ())]

    def _close_chains(self) -> None:
        """Parts of a turn or a quotation are linked past those that are gone."""
        by_id = {piece.id: piece for piece in self._old.row if piece.opens and piece.id}
        for piece in by_id.values():
            if piece.id in self._gone_ids:
                continue
            for name in ("next", "prev"):
                aim = piece.attributes.get(name, "").removeprefix("#")
                while aim in self._gone_ids:
                    aim = by_id[aim].attributes.get(name, "").removeprefix("#")
                if aim != piece.attributes.get(name, "").removeprefix("#"):
                    self._edits.set_attributes(piece.at, {name: f"#{aim}" if aim else ""})
