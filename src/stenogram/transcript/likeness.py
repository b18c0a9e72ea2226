"""Names that are much alike, found without comparing each with each."""

import difflib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator

_MOST_SHARING = 100
"""Names with the same three letters in a row, beyond which these say nothing."""
_MOST_COMPARED = 20
"""Names that are compared letter by letter with one."""

_Letters = tuple[str, int]
"""Three letters in a row, and how often they have come up in the name until there."""


class Likeness:
    """Finds the one of some names that is most like another, by the ratio of ``difflib``."""

    def __init__(self, names: Iterable[str], least: float) -> None:
        """Take the names; ``least`` is the ratio from which two are alike."""
        self._least = least
        self._sharing: dict[_Letters, list[str]] = {}
        for name in names:
            for letters in _in_a_row(name):
                self._sharing.setdefault(letters, []).append(name)

    def nearest(self, name: str) -> str | None:
        """The name that is most like another, if any is so at all."""
        sharing = [self._sharing.get(letters, []) for letters in _in_a_row(name)]
        few = [some for some in sharing if len(some) <= _MOST_SHARING]
        shared = Counter(other for some in few for other in some)
        matcher = difflib.SequenceMatcher(None, "", name)
        best = self._least, ""
        for other, times in shared.most_common(_MOST_COMPARED):
            most = _most_alike(times + len(sharing) - len(few), len(name) + len(other))
            if most >= best[0]:
                matcher.set_seq1(other)
                if matcher.quick_ratio() >= best[0]:
                    best = max(best, (matcher.ratio(), other))
        return best[1] or None


def _in_a_row(name: str) -> Iterator[_Letters]:
    """The letters of a name by threes, its beginning and its end included."""
    letters = f" {name} "
    times: Counter[str] = Counter()
    for place in range(len(name)):
        three = letters[place : place + 3]
        times[three] += 1
        yield three, times[three]


def _most_alike(shared: int, length: int) -> float:
    """The highest ratio of two names of some length together that share so many threes.

    Of letters that are the same in both, every stretch ends before a letter that is not; so
    ``same`` letters in all share no less than ``same + 2 - 2 * (length - 2 * same + 1)`` threes.
    """
    return 2 * (shared + 2 * length) / (5 * length)


def with_letters_swapped(word: str) -> Iterator[str]:
    """The words that differ from one only in two neighbouring letters that changed places."""
    for place, (a, b) in enumerate(itertools.pairwise(word)):
        if a != b:
            yield word[:place] + b + a + word[place + 2 :]
