"""Hyphens at the ends of lines: those of a divided word, and those that the word has."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

_SOFT = "\u00ad¬"
"""Signs that divide a word and nothing else."""
_HYPHENS = "-‐" + _SOFT
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LAST = re.compile(rf"([^\W_]+(?:['’-][^\W_]+)*)[{_HYPHENS}]$")
_FIRST = re.compile(r"[^\W_]+")
_LONGEST_WORD = 60
_FEWEST = 3
"""Divided words that stand undivided elsewhere, before others are taken for divided, too."""


class Ending(Enum):
    """How one line ends and the next begins."""

    BETWEEN_WORDS = "white space stands between them"
    HYPHENATED = "a word with a hyphen goes on"
    DIVIDED = "a word goes on; its hyphen stands only because the line ends"


class Hyphens:
    """Knows how the words of one document are written."""

    def __init__(self, texts: Sequence[str], conjunctions: Iterable[str]) -> None:
        self._words = Counter(word for text in texts for word in _words_within(text))
        self._conjunctions = frozenset(conjunctions)
        endings = [self._known(before, after) for before, after in itertools.pairwise(texts)]
        divided = endings.count(Ending.DIVIDED)
        self._divides = divided >= _FEWEST and divided > 2 * endings.count(Ending.HYPHENATED)

    def ending(self, before: str, after: str) -> Ending:
        """How the end of one line and the beginning of the next belong together."""
        known = self._known(before, after)
        if known is not None:
            return known
        lower = after[:1].islower()
        return Ending.DIVIDED if self._divides and lower else Ending.HYPHENATED

    def _known(self, before: str, after: str) -> Ending | None:
        """What the characters, or the same word elsewhere, leave no doubt about."""
        if before[-1:] not in _HYPHENS:
            return Ending.BETWEEN_WORDS
        last = _LAST.search(before[-_LONGEST_WORD:])
        first = _FIRST.match(after[:_LONGEST_WORD])
        if last is None or first is None or first.group().casefold() in self._conjunctions:
            return Ending.BETWEEN_WORDS
        if before[-1] in _SOFT:
            return Ending.DIVIDED
        one, other = last.group(1).casefold(), first.group().casefold()
        if not (one[-1].isalpha() and other[0].isalpha()) or first.group()[0].isupper():
            return Ending.HYPHENATED
        joined, hyphenated = self._words[one + other], self._words[f"{one}-{other}"]
        if joined or hyphenated:
            return Ending.DIVIDED if joined > hyphenated else Ending.HYPHENATED
        return None


def _words_within(text: str) -> Iterator[str]:
    """The words of a line, casefolded, but for one that is divided at its end."""
    words = _WORD.findall(text)
    return (word.casefold() for word in (words[:-1] if text[-1:] in _HYPHENS else words))
