"""Where the words of a document stand in its typescript: on which page and printed line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from stenogram.white_space import fold

_REST_OF_WORD = re.compile(r"[^ \t\r\n\f]+")


class PrintedPlace(NamedTuple):
    """A page of the typescript, or one of its numbered lines."""

    page: str
    """The number of the page; empty if it has none."""
    line: str = ""
    """The number of the line; empty for the page, or for words beside which no number stands."""

    def __str__(self) -> str:
        page = f"p. {self.page}" if self.page else "unnumbered page"
        return f"{page}, l. {self.line}" if self.page and self.line else page


class PrintedWords(NamedTuple):
    """So much of a citation line as stands on one printed line."""

    place: PrintedPlace
    sheet: int
    """Which page it is, counted from the first: two may have one number."""
    words: str


_BEFORE_PAGES = PrintedPlace("")


class _Break(NamedTuple):
    begin: int
    """How many pieces of text were gathered before."""
    place: PrintedPlace
    sheet: int
    within_word: bool = False


@dataclass(slots=True)
class Typescript:
    """Follows a document through its typescript, and cuts words that were gathered by its lines."""

    place: PrintedPlace = _BEFORE_PAGES
    sheet: int = 0
    breaks: list[_Break] = field(default_factory=list)

    def begin(self) -> None:
        """Words begin to be gathered."""
        self.breaks = [_Break(0, self.place, self.sheet)]

    def begin_page(self, number: str, gathered: Sequence[str], *, within_word: bool) -> None:
        """A page begins after the words gathered so far."""
        self.sheet += 1
        self._go_to(PrintedPlace(number), gathered, within_word)

    def begin_line(self, number: str, gathered: Sequence[str], *, within_word: bool) -> None:
        """A line begins, printed with a number or, if that is empty, without."""
        if number or self.place.line:
            self._go_to(PrintedPlace(self.place.page, number), gathered, within_word)

    def _go_to(self, place: PrintedPlace, gathered: Sequence[str], within_word: bool) -> None:
        self.place = place
        self.breaks.append(_Break(len(gathered), place, self.sheet, within_word))

    def cut(self, gathered: Sequence[str], words: str) -> tuple[PrintedWords, ...]:
        """What was gathered, by printed line; ``words`` are the same in one piece.

        A word that is divided is whole on the line where it begins.
        """
        if len(self.breaks) == 1:
            return (PrintedWords(self.place, self.sheet, words),) if words else ()
        found: list[tuple[_Break, str]] = []
        end = _Break(len(gathered), self.place, self.sheet)
        for one, following in pairwise([*self.breaks, end]):
            text = "".join(gathered[one.begin : following.begin])
            if one.within_word and found:
                begin, before = found.pop()
                rest = _rest_of_word(text)
                found.append((begin, before + rest))
                text = text[len(rest) :]
            if text := fold(text):
                found.append((one, text))
        return tuple(PrintedWords(one.place, one.sheet, text) for one, text in found)


def run(first: PrintedPlace, last: PrintedPlace) -> str:
    """From one place to another, as people write it: ``p. 38, ll. 11–14``."""
    if first == last:
        return str(first)
    if first.page and first.page == last.page and first.line and last.line:
        return f"p. {first.page}, ll. {first.line}–{last.line}"
    if first.page and last.page and not (first.line or last.line):
        return f"pp. {first.page}–{last.page}"
    return f"{first} – {last}"


def span(words: Sequence[PrintedWords]) -> str:
    """Where words stand that follow each other; empty if neither end has a page number."""
    if not words or not (words[0].place.page or words[-1].place.page):
        return ""
    first, last = words[0], words[-1]
    if first.sheet == last.sheet and not (first.place.line and last.place.line):
        return str(PrintedPlace(first.place.page))
    return run(first.place, last.place)


def _rest_of_word(text: str) -> str:
    """What of a text belongs to the word in which it begins.

    Letters without capitals are of scripts that may have no white space between words, so that
    no word is known to go on.
    """
    found = _REST_OF_WORD.match(text)
    rest = found.group() if found else ""
    return "" if any(sign.isalpha() and sign.lower() == sign.upper() for sign in rest) else rest
