"""The account of a document: every character in it was read, or it is said what was left out.

What a file holds is counted apart from the reading, and the two are compared. A reader tells only
where they may differ, and why.
"""

from collections import Counter
from collections.abc import Iterable

from stenogram.errors import SourceError
from stenogram.sources.model import Annotation, SourceLine

_MOST_SHOWN = 12


class Account:
    """What the reader of a document says of the characters that it holds."""

    def __init__(self) -> None:
        self._left_out: dict[str, Counter[str]] = {}
        self._once: Counter[str] = Counter()
        self._made: Counter[str] = Counter()

    def leave(self, kind: str, words: str = "") -> None:
        """Name what is left out; ``words`` are those that stood there, if any."""
        self._left_out.setdefault(kind, Counter()).update(characters(words))

    def pass_over(self, words: str) -> None:
        """Take no words that the file says again, or that are kept as the sign of a note."""
        self._once.update(characters(words))

    def make(self, words: str) -> None:
        """Put in words that the file shows, but does not hold, such as the numbers of lists."""
        self._made.update(characters(words))

    def replace(self, held: str, shown: str) -> None:
        """Give the signs that are seen for those that the file holds."""
        self.pass_over(held)
        self.make(shown)

    @property
    def left_out(self) -> list[str]:
        """What was left out, in alphabetical order, with the number of its characters, if any."""
        return [_counted(kind, words.total()) for kind, words in sorted(self._left_out.items())]

    def settle(self, name: str, held: Iterable[str], lines: Iterable[SourceLine]) -> None:
        """Compare the words that a file holds with the lines that were read from it.

        Raises ``SourceError`` if any character is missing, or there more than once: it might
        stand in for another that is missing.
        """
        due, read = self._due(held), _read(lines)
        if due - read:
            raise _unsettled(name, due - read, "stand where no words are expected")
        if read - due:
            raise _unsettled(name, read - due, "were read more than once")

    def _due(self, held: Iterable[str]) -> Counter[str]:
        due = Counter(self._made)
        for words in held:
            due.update(characters(words))
        for some in (self._once, *self._left_out.values()):
            due.subtract(some)
        return due


def characters(words: str) -> str:
    """Words without white space of any kind."""
    return "".join(words.split())


def words_of(lines: Iterable[SourceLine]) -> str:
    """All words of some lines and of their notes."""
    return " ".join(_words(lines))


def _unsettled(name: str, some: Counter[str], trouble: str) -> SourceError:
    shown = " ".join(sorted(some)[:_MOST_SHOWN])
    return SourceError(
        f"{name} cannot be read without loss: of its characters, {some.total()} {trouble} "
        f"({shown}); open it in Word or LibreOffice, and save it again, or as plain text (UTF-8)"
    )


def _words(lines: Iterable[SourceLine]) -> Iterable[str]:
    for line in lines:
        yield line.typed
        for _, sign in line.signs:
            if isinstance(sign, Annotation):
                yield from _words(sign.lines)


def _read(lines: Iterable[SourceLine]) -> Counter[str]:
    read: Counter[str] = Counter()
    for words in _words(lines):
        read.update(characters(words))
    return read


def _counted(kind: str, total: int) -> str:
    if not total:
        return kind
    return f"{kind} (1 character)" if total == 1 else f"{kind} ({total} characters)"
