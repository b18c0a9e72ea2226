"""One document brought up to date: the plan is made, asked about, carried out and told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from stenogram.sources import Source
from stenogram.tei.pieces import pieces
from stenogram.tei.typed import settle_spaces
from stenogram.updating.chains import mend_chains
from stenogram.updating.corrections import (
    Correction,
    CorrectionChanges,
    as_correction,
    corrections,
)
from stenogram.updating.edits import Edits
from stenogram.updating.fragments import Fragments
from stenogram.updating.handwork import HandWork
from stenogram.updating.header import bring_header_up_to_date, count_anew
from stenogram.updating.identifiers import Identifiers
from stenogram.updating.insertion import Insertions
from stenogram.updating.pairing import Group, Pairing, pair
from stenogram.updating.plan import Plan, Tangle, make_plan
from stenogram.updating.questions import Answers, Question
from stenogram.updating.register import HeaderChanges, speakers_by_id
from stenogram.updating.report import Report, shortened
from stenogram.updating.text import HEADING, LABEL, LINE, STAGE, Text, Unit, read_text
from stenogram.updating.withdrawal import Withdrawals
from stenogram.updating.words import Hunk, WordChanges, hunks
from stenogram.white_space import fold

_LINES = (LINE, HEADING, STAGE)
"""Units that are citation lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The documents that are compared."""

    tei: bytes
    """The document as it is."""
    imported: bytes | None
    """The old received file as it was imported, without hand work; if it is known."""
    fresh: bytes
    """The new received file as it would be imported."""
    name: str
    """Of the document, as the user knows it."""


@dataclass(frozen=True, slots=True)
class Done:
    """A document brought up to date."""

    tei: bytes
    """As it was, while the report has questions."""
    report: Report


def updated(
    received: Received,
    *,
    source_path: str,
    source: Source,
    silent: Collection[int],
    old_lines: Mapping[int, str],
    answers: Answers,
) -> Done:
    """Bring a document up to date.

    ``silent`` are the lines of the old file whose words an editor changed without a ``choice``;
    ``old_lines`` are all lines of that file.
    """
    old = read_text(received.tei, received.name)
    known = None
    if received.imported is not None:
        same = received.imported == received.tei
        known = old if same else read_text(received.imported, received.name)
    new = read_text(received.fresh, received.name)
    settle_spaces(new.words, {str(n.number): fold(n.typed) for n in source.all_lines})
    update = _Update(old, known, new, answers, silent, old_lines, source)
    update.carry_out()
    if update.report.questions:
        return Done(received.tei, update.report)
    bring_header_up_to_date(old, update.edits, source, source_path, update.report)
    row = pieces(update.edits.markup().encode(), received.name)
    mend_chains(row, old.row)
    count_anew(row, old.row)
    return Done("".join(piece.raw for piece in row).encode(), update.report)


class _Update:
    """Carries out one update, step by step."""

    def __init__(
        self,
        old: Text,
        known: Text | None,
        new: Text,
        answers: Answers,
        silent: Collection[int],
        old_lines: Mapping[int, str],
        source: Source,
    ) -> None:
        self.old, self.known, self.new = old, known, new
        self.answers = answers
        self.silent, self.old_lines = silent, old_lines
        self.new_lines = {line.number: line.typed for line in source.all_lines}
        self.edits = Edits(old)
        self.report = Report()
        self.pairing: Pairing = pair(old, new)
        self.hand = HandWork(old, known)
        self.plan: Plan = make_plan(
            old, new, self.pairing, self.hand.is_as_imported, self._takes_tangle
        )

        self.joined: dict[int, list[Unit]] = {}
        for unit in self.plan.withdrawn:
            if unit.at in self.plan.merged and unit.kind == LINE:
                self.joined.setdefault(self.plan.merged[unit.at].at, []).append(unit)
        self.marked: set[int] = set()
        """Lines whose anchors stand where their words go on."""

    def carry_out(self) -> None:
        """Make all changes, and tell them."""
        identifiers = Identifiers(self.old)
        self._map_ids(identifiers)
        withdrawals = Withdrawals(self.old, self.new, self.plan, self.edits)
        insertions = Insertions(
            self.old, self.new, self.plan, self.edits, identifiers, withdrawals.dissolved
        )
        for theirs, mine in self.plan.renewed:
            self._map_inner_ids(identifiers, theirs, mine)
        labels = [
            (theirs, mine)
            for group in self.plan.kept
            for theirs, mine in zip(group.old, group.new, strict=False)
            if theirs.kind == mine.kind == LABEL
        ]
        fragments = Fragments(
            self.old, self.new, identifiers, speakers_by_id(self.old, self.new, labels)
        )
        words = WordChanges(self.old, self.new, self.pairing, self.edits, fragments)
        numbers = {p.attributes.get("n", "") for p in self.new.row if p.name == "pb"}
        insertions.write(fragments)  # before the breaks that are put at the same places
        for group in self.plan.kept:
            self._sync(group, words, numbers)
            self.report.unchanged += sum(unit.kind in _LINES for unit in group.old)
        for group in self.plan.patched:
            self._patch(group, words, fragments)
            self._sync(group, words, numbers)
        for theirs, mine in self.plan.renewed:
            self._renew(theirs, mine, words, fragments, numbers)
        self._withdraw(withdrawals)
        self._tell_inserted(identifiers)
        header = HeaderChanges(self.old, self.new, self.edits, fragments)
        header.add_wanted()
        header.add_typed_names(self.known)
        header.add_renditions(self.known)
        self._put_in_order()
        self.report.settled = self.answers.settled
        self.report.questions = self.answers.open

    # Ids

    def _map_ids(self, identifiers: Identifiers) -> None:
        """Which element of the document is which of the new text, where units correspond."""
        given = identifiers.given
        for at, (first, _) in self.plan.aims.items():
            for name in ("seg", "p", "sp", "div"):
                here = self._self_or_around(self.old, first.at, name)
                there = self._self_or_around(self.new, at, name)
                if here and there:
                    given.setdefault(there, here)
        for group in self.plan.kept:
            for theirs, mine in zip(group.old, group.new, strict=False):
                for one, other in _alike(self.old, theirs, self.new, mine):
                    given.setdefault(other, one)

    def _self_or_around(self, text: Text, at: int, name: str) -> str:
        piece = text.row[at] if text.row[at].name == name else text.around(at, name)
        return piece.id if piece is not None else ""

    def _map_inner_ids(self, identifiers: Identifiers, theirs: Unit, mine: Unit) -> None:
        for one, other in _alike(self.old, theirs, self.new, mine):
            identifiers.given[other] = one
        for piece in self.new.row[mine.at + 1 : mine.end]:
            if piece.opens and piece.id and piece.id not in identifiers.given:
                identifiers.give(piece.id, theirs.at)

    # Units whose words stand

    def _sync(self, group: Group, words: WordChanges, numbers: set[str]) -> None:
        """Source lines, pages and white space as in the new file."""
        mine = {unit.at for unit in group.old}
        for unit in group.new:
            for place in unit.words:
                found = self.pairing.word[place]
                if found >= 0 and self.old.unit_of[found].at in mine and not self._settled(found):
                    words.break_lines(found, place)
                    words.break_pages(found, place, numbers)

    def _settled(self, place: int) -> bool:
        return place in self._consumed

    _consumed: frozenset[int] = frozenset()

    # Units in which words change

    def _patch(self, group: Group, words: WordChanges, fragments: Fragments) -> None:
        old = sorted(p for unit in group.old for p in unit.words)
        new = sorted(p for unit in group.new for p in unit.words)
        changes = CorrectionChanges(self.old, self.new, self.edits, fragments)
        for one in corrections(self.old, self.new, self.pairing, old, new):
            self._correct(one, changes)
            old = [p for p in old if p not in one.old]
            new = [p for p in new if p not in one.new]
            self._consumed = self._consumed | frozenset(one.old)
        for hunk in hunks(old, new, self.pairing):
            self._exchange(hunk, group, words, fragments)

    def _correct(self, one: Correction, changes: CorrectionChanges) -> None:
        place = self._name(one.unit)
        typed, wanted = self.old.typed(one.old), self.new.typed(one.new)
        if one.confirmed:
            changes.confirm(one)
            self.report.confirmed.append((place, typed, wanted))
            return
        question = Question(
            place,
            self.old.line_of(one.choice.at),
            f"the file has “{shortened(wanted)}” where “{shortened(typed)}” is corrected by hand",
            "the correction stays, of what the file has now",
            "the words of the file take the place of the correction",
        )
        if self.answers.takes_source(question):
            changes.take_source(one)
        else:
            changes.keep(one)
        self.report.corrected.append((place, typed, wanted))

    def _exchange(self, hunk: Hunk, group: Group, words: WordChanges, fragments: Fragments) -> None:
        unit = self.old.unit_of[hunk.old[0]] if hunk.old else self._unit_at(hunk, group)
        typed, wanted = self.old.typed(hunk.old), self.new.typed(hunk.new)
        touched = self._source_lines(hunk)
        if touched & set(self.silent):
            if self._file_is_unchanged(hunk, touched):
                self.report.notices.append(
                    f"{self._name(unit)} left as it is: “{shortened(typed)}” stands in no "
                    "received file"
                )
                return
            question = Question(
                self._name(unit),
                self.old.line_of(unit.at),
                f"“{shortened(typed)}” was written by hand, and the file has "
                f"“{shortened(wanted)}” there now",
                "the words written by hand become a correction (choice) of those of the file",
                "the words of the file take the place of those written by hand",
            )
            if not self.answers.takes_source(question):
                self._keep_as_correction(hunk, words, fragments)
                self.report.corrected.append((self._name(unit), typed, wanted))
                return
        words.exchange(hunk)
        self.report.corrected.append((self._name(unit), typed, wanted))

    def _unit_at(self, hunk: Hunk, group: Group) -> Unit:
        beside = hunk.before if hunk.before >= 0 else hunk.after
        return self.old.unit_of[beside] if beside >= 0 else group.old[0]

    def _source_lines(self, hunk: Hunk) -> set[int]:
        places = hunk.old or tuple(p for p in (hunk.before, hunk.after) if p >= 0)
        numbers = (self.old.words[place].line for place in places)
        return {int(number) for number in numbers if number.isdecimal()}

    def _file_is_unchanged(self, hunk: Hunk, touched: set[int]) -> bool:
        """Whether old and new file have the same words on the lines in question."""
        places = hunk.new or tuple(
            self.pairing.new_of[p] for p in (hunk.before, hunk.after) if p >= 0
        )
        mine = {int(self.new.words[p].line) for p in places if self.new.words[p].line.isdecimal()}
        old = fold(" ".join(self.old_lines.get(number, "") for number in sorted(touched)))
        new = fold(" ".join(self.new_lines.get(number, "") for number in sorted(mine)))
        return old == new

    def _keep_as_correction(self, hunk: Hunk, words: WordChanges, fragments: Fragments) -> None:
        typed = fragments.words(hunk.new, leading=False) if hunk.new else ""
        words.put_instead(hunk, as_correction(typed, self.old.typed(hunk.old)))

    # Units that take the content of the new file

    def _renew(
        self,
        theirs: Unit,
        mine: Unit,
        words: WordChanges,
        fragments: Fragments,
        numbers: set[str],
    ) -> None:
        marks = {}
        for unit in self.joined.get(theirs.at, []):
            words_of = set(unit.words)
            place = next((p for p in mine.words if self.pairing.word[p] in words_of), -1)
            if place >= 0:
                identifier = self.old.row[unit.at].id
                marks[place] = f'<anchor xml:id="{identifier}" type="merged"/>'
                self.marked.add(unit.at)
        markup = fragments.element(mine.at + 1, mine.end - 1, marks) if mine.end > mine.at else ""
        if mine.end == mine.at:
            markup = fragments.element(mine.at, mine.at)
            self.edits.remove(theirs.at)
            self.edits.put_before(theirs.at, markup)
        else:
            for piece in self.old.row[theirs.at + 1 : theirs.end]:
                self.edits.remove(piece.at)
            self.edits.put_after(theirs.at, markup)
            self._renew_attributes(theirs, mine, fragments)
        words.break_outside(theirs, mine, numbers)
        if theirs.kind in (*_LINES, LABEL):
            self._tell_renewed(theirs, mine)

    def _renew_attributes(self, theirs: Unit, mine: Unit, fragments: Fragments) -> None:
        """What the elements around new content say of it."""
        if theirs.kind == LABEL:
            pair_of = self.old.around(theirs.at, "sp"), self.new.around(mine.at, "sp")
            names: tuple[str, ...] = ("who",)
        elif theirs.kind == STAGE:
            pair_of = self.old.around(theirs.at, "stage"), self.new.around(mine.at, "stage")
            names = ("type", "who", "ana", "rend")
        else:
            pair_of = self.old.row[theirs.at], self.new.row[mine.at]
            names = ("rend",)
        here, there = pair_of
        if here is None or there is None:
            return
        for name in names:
            value = there.attributes.get(name, "")
            wanted = fragments.pointers(value) if value.startswith("#") else value
            if wanted != here.attributes.get(name, ""):
                self.edits.set_attributes(here.at, {name: wanted})

    def _tell_renewed(self, theirs: Unit, mine: Unit) -> None:
        for hunk in hunks(theirs.words, mine.words, self.pairing):
            typed, wanted = self.old.typed(hunk.old), self.new.typed(hunk.new)
            if any(self.pairing.word[p] >= 0 for p in hunk.new):
                continue  # told where the line that it comes from is withdrawn
            if typed or wanted:
                self.report.corrected.append((self._name(theirs), typed, wanted))

    # Units that go, units that come

    def _withdraw(self, withdrawals: Withdrawals) -> None:
        kept = []
        for at in withdrawals.elements:
            notes = withdrawals.notes_in(at)
            if notes and not self.answers.takes_source(self._note_question(at, notes[0].at)):
                kept.append(at)
        withdrawals.take_out(kept, self.marked)
        for unit in self.plan.withdrawn:
            if unit.kind == LABEL:
                self.report.turns.append((self._name(unit), self.old.typed(unit.words), False))
            if unit.kind not in _LINES:
                continue
            into = self.plan.merged.get(unit.at)
            if into is not None:
                self.report.merged.append((self._name(unit), self._name(into)))
            else:
                self.report.withdrawn.append((self._name(unit), self.old.typed(unit.words)))

    def _note_question(self, at: int, note: int) -> Question:
        unit = next(u for u in self.old.units_in(at) if u.kind in _LINES)
        return Question(
            self._name(unit),
            self.old.line_of(note),
            "an editor's note or comment stands in words that the file no longer has",
            "the note stays where the words were",
            "the note goes with the words",
        )

    def _takes_tangle(self, tangle: Tangle) -> bool:
        words = self.new.typed(tangle.new[0].words)
        question = Question(
            self._name(tangle.unit),
            self.old.line_of(tangle.unit.at),
            f"this line was worked on by hand, and the file has “{shortened(words)}” amid it",
            "all words stay in this one line",
            "the line is encoded anew, without the hand work",
        )
        return self.answers.takes_source(question)

    def _tell_inserted(self, identifiers: Identifiers) -> None:
        for unit in self.new.units:
            if unit.at not in self.plan.fresh:
                continue
            words = self.new.typed(unit.words)
            if unit.kind == LABEL:
                turn = self.new.around(unit.at, "sp")
                identifier = identifiers.given.get(turn.id, "") if turn else ""
                self.report.turns.append((identifier, words, True))
            elif unit.kind in _LINES:
                identifier = identifiers.given.get(self.new.row[unit.at].id, "")
                self.report.inserted.append((identifier, words))

    def _put_in_order(self) -> None:
        """Corrections in the order of the document."""
        places = {piece.id: piece.at for piece in self.old.row if piece.opens and piece.id}
        told = [row for row in self.report.corrected if row[1] != row[2]]
        self.report.corrected = sorted(told, key=lambda row: places.get(row[0], 0))

    def _name(self, unit: Unit) -> str:
        """What a place is called: by its id, or that of the element around it."""
        piece = self.old.row[unit.at]
        if piece.id:
            return piece.id
        return next((outer.id for outer in self.old.ancestors(unit.at) if outer.id), "")


def _alike(old: Text, theirs: Unit, new: Text, mine: Unit) -> list[tuple[str, str]]:
    """Ids of elements in two units that are of one kind, in their order."""
    by_name: dict[str, list[str]] = {}
    for piece in old.row[theirs.at + 1 : theirs.end]:
        if piece.opens and piece.id and piece.name != "anchor":
            by_name.setdefault(_kind(piece.name, piece.attributes), []).append(piece.id)
    pairs = []
    for piece in new.row[mine.at + 1 : mine.end]:
        ids = by_name.get(_kind(piece.name, piece.attributes), []) if piece.opens else []
        if piece.id and ids:
            pairs.append((ids.pop(0), piece.id))
    return pairs


def _kind(name: str, attributes: Mapping[str, str]) -> str:
    return f"{name} {attributes.get('type', '')}" if name == "note" else name
