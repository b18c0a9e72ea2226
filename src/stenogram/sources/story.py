"""A story: the lines of a text, a note or a running head, as a word processor's file gives them.

What stands in the file is put in piece by piece; out come source lines with their signs, white
space folded as everywhere. Words that were taken out keep their white space, so that a line reads
right both with them and without.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, pairwise

from stenogram.errors import SourceError
from stenogram.resources import sha256
from stenogram.sources.model import (
    Annotation,
    Deletion,
    Hidden,
    PageBreak,
    Sign,
    Source,
    SourceLine,
    TypeChange,
)

PLAIN = TypeChange()
_FEWEST_CUT = 20
_SHARE_CUT = 0.25
"""Of lines that end inside a sentence, among those with another right below."""
_WHITE = " \t\r\n\f"
_SPACES = re.compile(f"[{_WHITE}]+")
_SAFE_ADDRESS = re.compile(r"https?:|mailto:|doi:|[^:]*$|[^:]*[/?]", re.IGNORECASE)


@dataclass(slots=True)
class Story:
    """Collects lines while a file is read."""

    role: str = ""
    """Of the lines that begin now."""
    lines: list[SourceLine] = field(default_factory=list)
    """Not numbered yet, the empty ones among them."""
    _line: "_Line" = field(default_factory=lambda: _Line())
    _pages: int = 0
    """Pages that begin with the next words."""
    _ended_by_page: bool = False
    """The last line ended where a page begins, and nothing has followed."""

    @property
    def line_has_words(self) -> bool:
        """Whether the line that is open has any."""
        return self._line.has_words

    def add(self, words: str, typed: TypeChange = PLAIN) -> None:
        """Put in some words."""
        self._begin_pages(words)
        self._line.add(words, typed)

    def delete(self, words: str) -> None:
        """Put in words that a recorded change took out."""
        self._begin_pages(words)
        self._line.set_aside(words, Deletion)

    def hide(self, words: str) -> None:
        """Put in words that no reader of the file sees."""
        self._begin_pages(words)
        self._line.set_aside(words, Hidden)

    def hide_line(self, words: str) -> None:
        """Put in such words on a line of their own, if there are any."""
        if words.strip():
            self.hide(words.strip())
            self.end_line()

    def annotate(self, annotation: Annotation) -> None:
        """Put in the sign of a note."""
        self._begin_pages(annotation.kind)
        self._line.signs.append((self._line.length, annotation))

    def insert(self, lines: Iterable[SourceLine]) -> None:
        """Put in lines of another story, between those of this one."""
        for line in lines:
            self.lines.append(replace(line, signs=(*self._page_breaks(), *line.signs)))

    def begin_page(self) -> None:
        """Let the next words begin a page, and a line."""
        if self.line_has_words:
            self.end_line()
            self._ended_by_page = True
        self._pages += 1

    def end_line(self) -> None:
        """End a line, be it empty; where a page has begun it has ended already."""
        ended, self._ended_by_page = self._ended_by_page, False
        if ended and not self.line_has_words:
            return
        self.lines.append(replace(_without_blanks(self._line.ended()), role=self.role))
        self._line = _Line()

    def close(self) -> None:
        """End the story; pages without any words begin on a line of their own."""
        if self.line_has_words:
            self.end_line()
        if self._pages:
            self.lines.append(SourceLine(0, "", 0, signs=self._page_breaks()))

    def _begin_pages(self, words: str) -> None:
        if self._pages and words.strip(_WHITE):
            self._line.signs[:0] = self._page_breaks()

    def _page_breaks(self) -> tuple[tuple[int, Sign], ...]:
        pages, self._pages = self._pages, 0
        return tuple((0, PageBreak()) for _ in range(pages))


class _Line:
    """A line while it is being put together."""

    def __init__(self) -> None:
        self.length = 0
        self.signs: list[tuple[int, Sign]] = []
        """Without the changes of type."""
        self._pieces: list[tuple[str, TypeChange]] = []
        """The words, white space folded; a space where pieces meet is a piece of its own."""
        self._spaced = True
        """Whether the last character, set aside or not, is a space, or there is none."""
        self._indent = 0
        self._gap = 0
        self._first_word = True

    @property
    def has_words(self) -> bool:
        return bool(self._pieces or self.signs)

    def add(self, words: str, typed: TypeChange) -> None:
        inner = words.strip(_WHITE)
        before, _, after = words.partition(inner) if inner else (words, "", "")
        self._space(before, typed)
        if inner:
            self._first_gap(inner)
            self._append(_SPACES.sub(" ", inner), typed)
            self._spaced = False
            self._space(after, typed)

    def set_aside(self, words: str, kind: type[Deletion | Hidden]) -> None:
        words = _SPACES.sub(" ", words)
        words = words.lstrip(" ") if self._spaced else words
        if not words:
            return
        self._spaced = words.endswith(" ")
        last = self.signs[-1] if self.signs else None
        if last and last[0] == self.length and isinstance(last[1], kind):
            words = last[1].words + words
            self.signs.pop()
        self.signs.append((self.length, kind(words)))

    def ended(self) -> SourceLine:
        if self._ends_in_space:
            self._give_up_last_space()
        signs = [*self.signs, *_changes(self._pieces)]
        return SourceLine(
            number=0,
            text="".join(words for words, _ in self._pieces),
            indent=self._indent,
            gap=self._gap,
            signs=tuple(sorted(signs, key=lambda row: (row[0], isinstance(row[1], TypeChange)))),
        )

    @property
    def _ends_in_space(self) -> bool:
        return bool(self._pieces) and self._pieces[-1][0] == " "

    def _append(self, words: str, typed: TypeChange) -> None:
        self._pieces.append((words, typed))
        self.length += len(words)

    def _first_gap(self, words: str) -> None:
        """Measure the white space after the first word."""
        self._first_word = self._first_word and not self._ends_in_space
        found = _SPACES.search(words) if self._first_word else None
        if found:
            self._gap = len(found.group())
            self._first_word = False

    def _space(self, spaces: str, typed: TypeChange) -> None:
        if not spaces:
            return
        if not self._pieces:
            self._indent += len(spaces)
        elif self._first_word:
            self._gap += len(spaces)
        if self._spaced:
            self._pull_notes()
        elif self._pieces and not self._ends_in_space:
            self._append(" ", typed)
            self._spaced = True
        else:
            self._space_aside()  # the line without what was deleted has a space there already

    def _space_aside(self) -> None:
        last = self.signs[-1][1] if self.signs else None
        self.set_aside(" ", Hidden if isinstance(last, Hidden) else Deletion)

    def _pull_notes(self) -> None:
        """Let a note that has a space on both sides stand right behind its word."""
        first = len(self.signs)
        while first and isinstance(self.signs[first - 1][1], Annotation):
            first -= 1
        if self._ends_in_space and (first == 0 or self.signs[first - 1][0] < self.length):
            end = self.length - 1
            self.signs[first:] = [(min(at, end), sign) for at, sign in self.signs[first:]]

    def _give_up_last_space(self) -> None:
        """End the text with a word; the space goes to what was deleted after it, if anything."""
        self._pieces.pop()
        self.length -= 1
        signs: list[tuple[int, Sign]] = []
        waiting = " "
        for at, sign in self.signs:
            if at > self.length and isinstance(sign, Deletion | Hidden):
                sign, waiting = replace(sign, words=waiting + sign.words), ""
            signs.append((min(at, self.length), sign))
        self.signs = signs


def _without_blanks(line: SourceLine) -> SourceLine:
    """A line with nothing on it but no-break spaces and the like is empty, as in any text."""
    if line.text.strip():
        return line
    signs = (sign for _, sign in line.signs if not isinstance(sign, TypeChange))
    kept = (one for one in signs if not isinstance(one, Deletion | Hidden) or one.words.strip())
    return replace(line, text="", gap=0, signs=tuple((0, sign) for sign in kept))


def _changes(pieces: Sequence[tuple[str, TypeChange]]) -> list[tuple[int, TypeChange]]:
    """Where the type changes; a space is typed as the words around it, or the plainer of them."""
    changes: list[tuple[int, TypeChange]] = []
    place, last = 0, PLAIN
    for number, (words, typed) in enumerate(pieces):
        if words == " ":
            typed = _between(pieces[number - 1][1], typed, pieces[number + 1][1])
        if typed != last:
            changes.append((place, typed))
        place, last = place + len(words), typed
    return changes


def _between(before: TypeChange, typed: TypeChange, after: TypeChange) -> TypeChange:
    return TypeChange(
        faces=tuple(face for face in before.faces if face in after.faces),
        added=typed.added,
        target=before.target if before.target == after.target else "",
    )


def as_source(
    name: str, data: bytes, lines: Sequence[SourceLine], left_out: Iterable[str]
) -> Source:
    """The lines of a file, numbered from 1; those of its notes after all others.

    Raises ``SourceError`` if there are no words but some that are hidden or were taken out.
    """
    if not any(line.text for line in lines):
        raise _without_words(name, lines)
    numbers = count(len(lines) + 1)
    found = [_numbered(line, number, numbers) for number, line in enumerate(lines, 1)]
    return Source(
        name=name,
        sha256=sha256(data),
        lines=tuple(line for line in found if line.text or line.signs),
        has_paragraphs=not _are_broken(found),
        left_out=tuple(left_out),
    )


def _are_broken(lines: Sequence[SourceLine]) -> bool:
    """Whether the paragraphs of a file are but the printed lines of a text that was put into it."""
    meeting = [(a, b) for a, b in pairwise(lines) if a.text and b.text]
    cut = sum(
        b.text[0].islower() and (a.text[-1].isalnum() or a.text[-1] in ",-") for a, b in meeting
    )
    return cut >= _FEWEST_CUT and cut >= _SHARE_CUT * len(meeting)


def _without_words(name: str, lines: Sequence[SourceLine]) -> SourceError:
    if any(line.signs for line in lines):
        return SourceError(
            f"{name} has no words but in notes, or such as are hidden or taken out by recorded "
            "changes; show them, or reject these changes, and save it again"
        )
    return SourceError(
        f"{name} is empty; there is nothing to import. If it holds pictures of pages, have "
        "their words recognised (OCR)"
    )


def _numbered(line: SourceLine, number: int, numbers: "count[int]") -> SourceLine:
    signs: list[tuple[int, Sign]] = []
    for at, sign in line.signs:
        if isinstance(sign, Annotation):
            found = [_numbered(one, next(numbers), numbers) for one in sign.lines]
            sign = replace(sign, lines=tuple(one for one in found if one.text or one.signs))
        signs.append((at, sign))
    return replace(line, number=number, signs=tuple(signs))


def is_safe_address(address: str) -> bool:
    """Whether an edition may lead there: a web page, a mailbox, a DOI or a file beside it."""
    return _SAFE_ADDRESS.match(address.strip()) is not None
