"""Corrections of the editors where the received file has changed.

A ``choice`` says what the file has (``sic``) and what is meant (``corr``). If the corrected file
has what was meant, the choice has done its work; otherwise the editor is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from stenogram.tei.markup import element
from stenogram.tei.names import ENCODER
from stenogram.tei.pieces import Piece
from stenogram.tei.typed import words_in
from stenogram.updating.edits import Edits
from stenogram.updating.fragments import Fragments
from stenogram.updating.pairing import Pairing
from stenogram.updating.text import Text, Unit


@dataclass(slots=True, eq=False)
class Correction:
    """A ``choice`` whose words, as typed, stand otherwise in the new file."""

    choice: Piece
    sic: Piece
    corr: Piece
    unit: Unit
    old: list[int]
    """Its words as typed."""
    new: list[int]
    """What the new file has in their place."""
    confirmed: bool
    """The new file has what was meant."""


def corrections(
    old: Text, new: Text, pairing: Pairing, old_words: Sequence[int], new_words: Sequence[int]
) -> list[Correction]:
    """The corrections that are touched by what has changed in some units."""
    found = []
    for unit in {old.unit_of[place].at: old.unit_of[place] for place in old_words}.values():
        for piece in old.row[unit.at : unit.end]:
            if piece.opens and piece.name == "choice":
                one = _correction(old, new, pairing, piece, unit, (old_words, new_words))
                if one is not None:
                    found.append(one)
    return found


def _correction(
    old: Text,
    new: Text,
    pairing: Pairing,
    choice: Piece,
    unit: Unit,
    words: tuple[Sequence[int], Sequence[int]],
) -> Correction | None:
    children = [p for p in old.row[choice.at + 1 : choice.partner] if p.parent == choice.at]
    sic = next((p for p in children if p.opens and p.name == "sic"), None)
    corr = next((p for p in children if p.opens and p.name == "corr"), None)
    if sic is None or corr is None:
        return None
    inside = [p for p in words[0] if old.within(old.words[p].first, sic.at)]
    before = [p for p in words[0] if old.words[p].first < choice.at and pairing.new_of[p] >= 0]
    after = [p for p in words[0] if old.words[p].first > choice.partner and pairing.new_of[p] >= 0]
    begin = pairing.new_of[before[-1]] if before else -1
    end = pairing.new_of[after[0]] if after else len(new.words)
    slice_ = [p for p in words[1] if begin < p < end]
    typed = [old.words[p].key for p in inside]
    if [new.words[p].key for p in slice_] == typed:
        return None
    meant = words_in("".join(p.text for p in old.row[corr.at : corr.partner] if p.kind == "text"))
    at = _run(meant, [new.words[p].text for p in slice_])
    if at >= 0 and (meant or not slice_):
        consumed, confirmed = slice_[at : at + len(meant)], True
    elif inside and all(pairing.new_of[p] >= 0 for p in inside):
        return None  # its words stand; the change is beside it
    elif (not inside and not meant) or (
        not inside and slice_ and _has_neighbours(old, words[0], choice, pairing, slice_)
    ):
        return None
    else:
        consumed, confirmed = slice_, False
    return Correction(choice, sic, corr, unit, inside, consumed, confirmed)


def _has_neighbours(
    old: Text, places: Sequence[int], choice: Piece, pairing: Pairing, slice_: Sequence[int]
) -> bool:
    """Whether words beside an omission change, which the new words may stand for."""
    before = [p for p in places if old.words[p].first < choice.at][-1:]
    after = [p for p in places if old.words[p].first > choice.partner][:1]
    return any(pairing.new_of[p] < 0 for p in (*before, *after)) and bool(slice_)


def _run(wanted: Sequence[str], row: Sequence[str]) -> int:
    """Where some words stand in a row one after the other, or -1."""
    for at in range(len(row) - len(wanted) + 1):
        if list(row[at : at + len(wanted)]) == list(wanted):
            return at
    return -1


class CorrectionChanges:
    """Brings corrections up to date."""

    def __init__(self, old: Text, new: Text, edits: Edits, fragments: Fragments) -> None:
        """Change the corrections of ``old``."""
        self._old, self._new = old, new
        self._edits, self._fragments = edits, fragments

    def confirm(self, correction: Correction) -> None:
        """What was meant stands in the file now: its words stay, without the choice."""
        row = self._old.row
        inner = row[correction.corr.at + 1 : correction.corr.partner]
        breaks = self._breaks(correction)
        self._instead(correction, breaks + "".join(piece.raw for piece in inner))

    def take_source(self, correction: Correction) -> None:
        """The words of the file take the place of both readings."""
        self._instead(correction, self._words(correction))

    def keep(self, correction: Correction) -> None:
        """What was meant stays; what is typed is what the new file has."""
        typed = self._words(correction)
        if correction.sic.kind == "empty":
            self._edits.remove(correction.sic.at)
            self._edits.put_before(correction.sic.at, element("sic", {}, typed))
            return
        for piece in self._old.row[correction.sic.at + 1 : correction.sic.partner]:
            self._edits.remove(piece.at)
        self._edits.put_after(correction.sic.at, typed)

    def _words(self, correction: Correction) -> str:
        if not correction.new:
            return ""
        breaks = self._breaks(correction)
        return breaks + self._fragments.words(correction.new, leading=False)

    def _breaks(self, correction: Correction) -> str:
        """What begins with the new words; a break before the choice gets its new number."""
        model = self._new.words[correction.new[0]] if correction.new else None
        wanted = [self._new.row[at] for at in model.begins] if model else []
        begins = self._old.words[correction.old[0]].begins if correction.old else ()
        for at in begins:
            if self._old.within(at, correction.choice.at):
                continue
            if not wanted:
                self._edits.remove_line_of(at)
                continue
            number = wanted.pop().attributes.get("n", "")
            self._edits.set_attributes(at, {"n": number})
        return "".join(map(self._fragments.copied, wanted))

    def _instead(self, correction: Correction, markup: str) -> None:
        self._edits.remove_element(correction.choice.at)
        self._edits.put_before(correction.choice.at, markup)


def as_correction(typed: str, meant: str) -> str:
    """A choice between what the file has and what an editor had written in the text."""
    corr = element("corr", {"resp": f"#{ENCODER}"}, escape(meant))
    return element("choice", {}, element("sic", {}, typed) + corr)
