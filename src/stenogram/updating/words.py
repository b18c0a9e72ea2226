"""Words that have changed in the received file, changed in the document at the same place.

All markup stays: only characters are exchanged, and elements that would be left with nothing.
"""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from stenogram.tei.typed import Word
from stenogram.updating.edits import Edits, indent_of
from stenogram.updating.fragments import Fragments
from stenogram.updating.pairing import Pairing
from stenogram.updating.text import FURNITURE, LINE, Text, Unit

_SPACES = " \t\r\n\f"
_ALIKE = 0.5
_ATOMS = frozenset(("gap", "fw", "lb"))
"""Elements that stand for words, but are read as a whole."""
_MOST_PAIRED = 60


@dataclass(frozen=True, slots=True)
class Hunk:
    """Words that stand in place of others, between words that stand in both."""

    before: int
    """The word of the document before it, or -1."""
    old: tuple[int, ...]
    new: tuple[int, ...]
    after: int
    """The word of the document after it, or -1."""


def hunks(old: Sequence[int], new: Sequence[int], pairing: Pairing) -> Iterator[Hunk]:
    """Where the words of two groups of units differ."""
    chosen = set(old)
    at, before = 0, -1
    waiting: list[int] = []
    for place in new:
        found = pairing.word[place]
        if found < 0 or found not in chosen:
            waiting.append(place)
            continue
        begin = at
        while old[at] != found:
            at += 1
        if waiting or at > begin:
            yield Hunk(before, tuple(old[begin:at]), tuple(waiting), found)
        at, before, waiting = at + 1, found, []
    if waiting or at < len(old):
        yield Hunk(before, tuple(old[at:]), tuple(waiting), -1)


class WordChanges:
    """Makes the changes of words in one document."""

    def __init__(
        self, old: Text, new: Text, pairing: Pairing, edits: Edits, fragments: Fragments
    ) -> None:
        """Change ``old`` where ``new`` has other words."""
        self._old, self._new = old, new
        self._pairing = pairing
        self._edits = edits
        self._fragments = fragments
        self._unwrapped: set[int] = set()
        self._broken: set[int] = set()
        """Words of which the breaks before them are as they should be."""
        self._settled: set[int] = set()
        """Words before which the white space is as it should be."""

    def exchange(self, hunk: Hunk) -> None:
        """Put the new words in place of the old ones."""
        between = [p for p in hunk.old if self._old.unit_of[p].kind == FURNITURE]
        self._take_out(between)
        hunk = replace(hunk, old=tuple(p for p in hunk.old if p not in between))
        if not hunk.old:
            if hunk.new:
                self._put_in(hunk)
            return
        if hunk.new and self._is_marked_up(hunk):
            self.break_lines(hunk.old[0], hunk.new[0])
            self._insert_at(hunk.old[0], self._fragments.words(hunk.new, leading=False))
            self._take_out(hunk.old, replaced=True)
            self._remove_emptied(hunk.old, set())
            return
        pairs = self._pairs(hunk)
        gone = []
        for old, new in pairs:
            if new:
                self._replace(old, new)
            else:
                gone.append(old)
        self._take_out(gone)
        self._remove_emptied(hunk.old, {old for old, new in pairs if new})

    def _is_marked_up(self, hunk: Hunk) -> bool:
        """Whether brackets are among the words, which stand for elements."""
        olds, news = self._old.words, self._new.words
        return any(not olds[p].spans for p in hunk.old) or any(not news[p].spans for p in hunk.new)

    def put_instead(self, hunk: Hunk, markup: str) -> None:
        """Put markup in place of the old words."""
        if not hunk.old:
            self._put_markup(hunk, markup)
            return
        self._insert_at(hunk.old[0], markup)
        if hunk.new:
            self.break_lines(hunk.old[0], hunk.new[0])
        self._take_out(hunk.old, replaced=True)
        self._remove_emptied(hunk.old, set())

    def _pairs(self, hunk: Hunk) -> list[tuple[int, list[int]]]:
        """Each old word with those that come in its place."""
        pairs: list[tuple[int, list[int]]] = [(old, []) for old in hunk.old]
        aims = _matched(
            [self._old.words[p].text for p in hunk.old],
            [self._new.words[p].text for p in hunk.new],
        )
        last = 0
        for place, aim in zip(hunk.new, aims, strict=True):
            last = aim if aim >= 0 else last
            pairs[last][1].append(place)
        return pairs

    def _replace(self, old: int, new: Sequence[int]) -> None:
        word = self._old.words[old]
        markup = self._fragments.words(new, leading=False)
        first = self._new.words[new[0]]
        self.break_lines(old, new[0])
        if len(new) == 1 and len(word.spans) == 1 and markup == escape(first.text):
            piece, begin, end = word.spans[0]
            same = _common_beginning(word.text, first.text)
            rest = _common_beginning(word.text[same:][::-1], first.text[same:][::-1])
            changed = escape(first.text[same : len(first.text) - rest])
            self._edits.cut(piece, begin + same, end - rest, changed)
        else:
            self._insert_at(old, markup)
            self._erase(word)

    def _put_in(self, hunk: Hunk) -> None:
        """Put words where the document has none."""
        self._put_markup(hunk, self._fragments.words(hunk.new))

    def _put_markup(self, hunk: Hunk, markup: str) -> None:
        before, after = self._beside_words(hunk)
        if before >= 0 and (after < 0 or not self._begins_with(hunk.new[0], after, before)):
            first = self._new.words[hunk.new[0]]
            space = " " if first.white else ""
            at, offset = self._behind(before, after)
            if offset < 0:
                self._edits.put_after(at, space + markup)
            else:
                self._edits.cut(at, offset, offset, space + markup)
            return
        # What stands before the next word comes to stand before the new ones.
        word, model = self._old.words[after], self._new.words[self._pairing.new_of[after]]
        if hunk.new and not self._is_first(self._old, after):
            first = self._new.words[hunk.new[0]]
            if first.white and not word.white:
                markup = f" {markup}"
            elif word.white and not first.white:
                self._clear_space(after)
        self._settled.add(after)
        if hunk.new and any(at < self._old.unit_of[after].at for at in word.begins):
            markup = self._take_over_break(hunk.new, after)
        self._insert_outside(after, markup + (" " if model.white else ""))

    def _take_over_break(self, new: Sequence[int], after: int) -> str:
        """New words before the first of a unit: its break is theirs, and it gets another."""
        self.break_lines(after, new[0])
        self._broken.add(after)
        markup = self._fragments.words(new, leading=False)
        follows = self._new.words[self._pairing.new_of[after]].begins
        breaks = "".join(self._fragments.copied(self._new.row[at]) for at in follows)
        return f"{markup} {breaks}" if breaks else markup

    def _beside_words(self, hunk: Hunk) -> tuple[int, int]:
        """The words between which others are put; furniture between lines holds none."""
        before, after = hunk.before, hunk.after
        if before >= 0 and self._old.unit_of[before].kind == FURNITURE:
            if after >= 0 and self._old.unit_of[after].kind != FURNITURE:
                return -1, after
            while before >= 0 and self._old.unit_of[before].kind == FURNITURE:
                before -= 1
        while before < 0 <= after < len(self._old.words) - 1:
            if self._old.unit_of[after].kind != FURNITURE:
                break
            after += 1
        return before, after

    def _begins_with(self, new: int, after: int, before: int) -> bool:
        """Whether a new word stands in one unit with the word after it, not the one before."""
        unit = self._new.unit_of[new]
        is_after = self._new.unit_of[self._pairing.new_of[after]] is unit
        return is_after and self._new.unit_of[self._pairing.new_of[before]] is not unit

    def _behind(self, before: int, after: int) -> tuple[int, int]:
        """The place behind a word, outside the elements that end there; notes stay at the word.

        A text piece with an offset in it, or another piece with -1.
        """
        row = self._old.row
        word = self._old.words[before]
        if word.spans:
            at, offset = word.spans[-1][0], word.spans[-1][2]
        else:
            at, offset = (row[word.of].partner if word.at == word.of else word.at), -1
            if row[word.of].name not in _ATOMS and not self._is_closed_by(before):
                at = word.at
        unit = self._old.unit_of[before]
        limit = self._old.words[after].first if after >= 0 else unit.end
        if limit < at or self._old.unit_of[before].end < limit:
            limit = unit.end
        best, deepest, depth = (at, offset), 0, 0
        for piece in row[at + 1 : limit]:
            if piece.name in ("lb", "pb", "fw"):
                break  # they begin what comes
            if piece.kind == "text" and piece.text.strip(_SPACES):
                if depth == deepest and not self._is_unread(piece.parent):
                    break
            elif piece.kind == "start":
                depth += 1
            elif piece.kind == "end":
                depth -= 1
            if piece.kind in ("end", "empty", "other") and depth <= deepest:
                best, deepest = (piece.at, -1), depth
        return best

    def _is_unread(self, at: int) -> bool:
        """Whether an element holds nothing of the received file: a note, a correction."""
        return self._old.row[at].name in ("note", "corr")

    def _is_closed_by(self, place: int) -> bool:
        """Whether a bracket is the closing one of its element."""
        return self._old.row[self._old.words[place].at].kind == "end"

    def _insert_outside(self, place: int, markup: str) -> None:
        """Put markup before a word and before the elements that begin with it."""
        word, unit, row = self._old.words[place], self._old.unit_of[place], self._old.row
        at = word.first
        if word.spans and row[at].text[: word.spans[0][1]].strip(_SPACES):
            self._insert_at(place, markup)
            return
        while at - 1 > unit.at and row[at - 1].kind == "start":
            at -= 1
        if at == word.first:
            self._insert_at(place, markup)
        else:
            self._edits.put_before(at, markup)

    def _insert_at(self, place: int, markup: str) -> None:
        """Put markup right before a word."""
        word = self._old.words[place]
        if word.spans:
            piece, begin, _ = word.spans[0]
            self._edits.cut(piece, begin, begin, markup)
        elif self._old.row[word.at].name == "seg" and not self._is_closed_by(place):
            self._edits.put_after(word.at, markup)
        else:
            self._edits.put_before(word.at, markup)

    def _take_out(self, places: Sequence[int], *, replaced: bool = False) -> None:
        """Take words out; if they were replaced, what stands before the first was settled."""
        for number, place in enumerate(places):
            word = self._old.words[place]
            if number or not replaced:
                for at in word.begins:
                    if self._old.row[at].name == "lb":
                        self._remove_break(at, place)
                self._clear_space(place)
            if word.spans:
                self._erase(word)
            else:
                self._unwrap(place)

    def _erase(self, word: Word) -> None:
        for piece, begin, end in word.spans:
            self._edits.cut(piece, begin, end)
        if not word.spans:
            self._unwrap_element(word.of)

    def _unwrap(self, place: int) -> None:
        """Take out an element of which a bracket is gone; brackets that stay become characters."""
        at = self._old.words[place].of
        if at in self._unwrapped:
            return
        self._unwrap_element(at)
        for other in self._old.unit_of[place].words:
            if self._old.words[other].of == at and self._pairing.new_of[other] >= 0:
                self._insert_at(other, escape(self._old.words[other].text))

    def _unwrap_element(self, at: int) -> None:
        if at in self._unwrapped:
            return
        self._unwrapped.add(at)
        if self._old.row[at].name in _ATOMS:
            self._edits.remove_element(at)
        else:
            self._edits.remove(at)
            self._edits.remove(self._old.row[at].partner)

    def _remove_emptied(self, gone: Sequence[int], filled: set[int]) -> None:
        """Take out elements whose words are all gone; what else they hold stays."""
        taken = set(gone)
        for place in gone:
            unit = self._old.unit_of[place]
            for outer in self._old.ancestors(self._old.words[place].first):
                if outer.at <= unit.at:
                    break
                inside = [
                    p for p in unit.words if outer.at <= self._old.words[p].first <= outer.partner
                ]
                if any(p not in taken or p in filled for p in inside):
                    break
                self._unwrap_element(outer.at)

    def set_space(self, old: int, new: int) -> None:
        """White space before a word as the new file has it, where it matters."""
        word, model = self._old.words[old], self._new.words[new]
        is_loose = word.loose and not self._follows_lost_furniture(old)
        if is_loose or old in self._settled or (word.begins and model.begins):
            return
        if self._is_first(self._old, old):
            self._set_space_between(old, model)
            return
        if self._is_first(self._new, new):
            earlier = self._old.unit_of[old].words
            if all(self._pairing.new_of[p] < 0 for p in earlier if p < old):
                self._clear_space(old)
            return
        if model.white and not word.white:
            self._insert_outside(old, " ")
        elif word.white and not model.white:
            self._clear_space(old)

    def _follows_lost_furniture(self, place: int) -> bool:
        """Whether a number or a running head before a word is there no more."""
        before = self._old.words[place - 1]
        is_atom = before.of >= 0 and self._old.row[before.of].name in _ATOMS
        return place > 0 and is_atom and self._pairing.new_of[place - 1] < 0

    def _set_space_between(self, old: int, model: Word) -> None:
        """White space between two lines of a paragraph."""
        unit, word = self._old.unit_of[old], self._old.words[old]
        if unit.kind != LINE or model.begins or model.white == word.white:
            return
        before = self._old.row[unit.at - 1]
        if model.white:
            self._edits.put_before(unit.at, " ")
        elif before.kind == "text" and not before.text.strip(_SPACES):
            self._edits.remove(before.at)

    def _is_first(self, text: Text, place: int) -> bool:
        return text.unit_of[place].words[0] == place

    def _clear_space(self, place: int) -> None:
        """Take out the white space before a word, as far back as the word before it."""
        unit = self._old.unit_of[place]
        word = self._old.words[place]
        at, end = word.first, word.spans[0][1] if word.spans else -1
        while at > unit.at:
            piece = self._old.row[at]
            if piece.kind == "end" and self._is_unread(piece.partner):
                at = piece.partner - 1
                continue
            if piece.kind == "text":
                text = piece.text if end < 0 else piece.text[:end]
                kept = len(text.rstrip(_SPACES))
                if kept < len(text):
                    self._edits.cut(at, kept, len(text))
                if kept:
                    return
            at, end = at - 1, -1

    def break_lines(self, old: int, new: int) -> None:
        """The ``lb`` before a word that stands, as the new file has its lines."""
        if old in self._broken:
            return
        word, model = self._old.words[old], self._new.words[new]
        breaks = [at for at in word.begins if self._old.row[at].name == "lb"]
        wanted = [self._new.row[at] for at in model.begins]
        if not wanted:
            for at in breaks:
                self._remove_break(at, old)
            self._renumber_abstract(word, "")
            self.set_space(old, new)
            return
        number, broken = wanted[-1].attributes.get("n", ""), wanted[-1].attributes.get("break", "")
        if self._renumber_abstract(word, number):
            return
        if breaks:
            for at in breaks[:-1]:
                self._remove_break(at, old)
            if self._old.row[breaks[-1]].attributes.get("n", "") != number:
                self._edits.set_attributes(breaks[-1], {"n": number})
            if self._old.row[breaks[-1]].attributes.get("break", "") != broken:
                self._edits.set_attributes(breaks[-1], {"break": broken})
            return
        self.set_space(old, new)
        self._insert_break(old, new, self._fragments.copied(wanted[-1]), wanted[-1].at)

    def break_outside(self, old: Unit, new: Unit, numbers: set[str]) -> None:
        """Breaks before a unit whose content was put there anew."""
        first, model = old.words[0], new.words[0]
        word, wanted = self._old.words[first], self._new.words[model]
        inside = [at for at in (*word.begins, *word.pages) if at > old.at]
        missing = not any(at < old.at for at in word.begins)
        self._renumber_abstract(word, self._number(wanted))
        outside = [at for at in wanted.begins if at < new.at and self._new.row[at].name == "lb"]
        for at in word.begins:
            if at < old.at and at not in inside and self._old.row[at].name == "lb":
                if outside:
                    number = self._new.row[outside[-1]].attributes.get("n", "")
                    self._edits.set_attributes(at, {"n": number})
                else:
                    self._remove_break(at, first)
        if outside and missing:
            self._put_break_before(old, self._fragments.copied(self._new.row[outside[-1]]))
        self._break_pages_outside(old, new, numbers)
        if not word.loose:
            self._set_space_between(first, wanted)

    def _break_pages_outside(self, old: Unit, new: Unit, numbers: set[str]) -> None:
        word, wanted = self._old.words[old.words[0]], self._new.words[new.words[0]]
        outside = [at for at in wanted.pages if at < new.at]
        known = [at for at in word.pages if at < old.at]
        for at in known if not outside else ():
            piece = self._old.row[at]
            if piece.attributes.get("n", "") in numbers and "facs" not in piece.attributes:
                self._remove_break(at, old.words[0])
        if outside and known:
            number = self._new.row[outside[-1]].attributes.get("n", "")
            self._edits.set_attributes(known[-1], {"n": number})
        elif outside:
            self._put_break_before(old, self._fragments.copied(self._new.row[outside[-1]]))

    def _number(self, word: Word) -> str:
        return self._new.row[word.begins[-1]].attributes.get("n", "") if word.begins else ""

    def break_pages(self, old: int, new: int, known: set[str]) -> None:
        """The ``pb`` before a word that stands; ``known`` are the numbers of the new file's."""
        word, model = self._old.words[old], self._new.words[new]
        for at in word.pages:
            piece = self._old.row[at]
            number = piece.attributes.get("n", "")
            if not model.pages and number in known and "facs" not in piece.attributes:
                self._remove_break(at, old)
        if not model.pages:
            return
        wanted = self._new.row[model.pages[-1]]
        if not word.pages:
            self._insert_break(old, new, self._fragments.copied(wanted), wanted.at)
        elif self._old.row[word.pages[-1]].attributes.get("n") != wanted.attributes.get("n"):
            number = wanted.attributes.get("n", "")
            self._edits.set_attributes(word.pages[-1], {"n": number})

    def _renumber_abstract(self, word: Word, number: str) -> bool:
        for at in word.begins:
            piece = self._old.row[at]
            if piece.name == "p":
                if piece.attributes.get("n", "") != number:
                    self._edits.set_attributes(at, {"n": number})
                return True
        return False

    def _insert_break(self, old: int, new: int, markup: str, at: int) -> None:
        unit = self._old.unit_of[old]
        outside = at < self._new.unit_of[new].at
        if self._is_first(self._old, old) and outside and unit.kind != FURNITURE:
            self._put_break_before(unit, markup)
        else:
            self._insert_outside(old, markup)

    def _put_break_before(self, unit: Unit, markup: str) -> None:
        at = self._beginning(unit.at)
        indent = indent_of(self._old, at)
        self._edits.put_before(at, f"{markup}\n{indent}" if indent else markup)

    def _beginning(self, at: int) -> int:
        """A unit, or the stage direction that it fills."""
        parent = self._old.row[self._old.row[at].parent]
        return parent.at if parent.name == "stage" else at

    def _remove_break(self, at: int, word: int) -> None:
        if at < self._old.unit_of[word].at:
            self._edits.remove_line_of(at)
        else:
            self._edits.remove_element(at)


def _matched(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """For each new word the old one that it replaces, or -1; ascending."""
    if len(old) == len(new):
        return list(range(len(new)))
    if max(len(old), len(new)) > _MOST_PAIRED:
        return [min(place, len(old) - 1) for place in range(len(new))]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness = [[_likeness(a, b) for b in new] for a in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            both = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    return list(_traced(best, likeness, len(old), len(new)))


def _traced(
    best: Sequence[Sequence[float]], likeness: Sequence[Sequence[float]], rows: int, columns: int
) -> Iterator[int]:
    i = 0
    for j in range(columns):
        while i < rows and best[i][j] == best[i + 1][j] and not _is_pair(best, likeness, i, j):
            i += 1
        if i < rows and _is_pair(best, likeness, i, j):
            yield i
            i += 1
        else:
            yield -1


def _is_pair(
    best: Sequence[Sequence[float]], likeness: Sequence[Sequence[float]], i: int, j: int
) -> bool:
    return likeness[i][j] > 0 and best[i][j] == likeness[i][j] + best[i + 1][j + 1]


def _likeness(a: str, b: str) -> float:
    if a[0].isalnum() != b[0].isalnum():
        return 0.0
    ratio = difflib.SequenceMatcher(None, a.casefold(), b.casefold(), autojunk=False).ratio()
    return ratio if ratio >= _ALIKE else 0.0


def _common_beginning(a: str, b: str) -> int:
    same = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        same += 1
    return same
