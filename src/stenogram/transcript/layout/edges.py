"""Times at the left or right edge of a page, outside the numbers in its margin."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from stenogram.sources import SourceLine
from stenogram.transcript.layout.marks import go_forward

_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_BEFORE_NUMBER = re.compile(rf"({_TIME})(?= [0-9]{{1,2}}(?: |$))")
_AFTER_WORDS = re.compile(r"(?<= )([0-9]{1,2}:[0-9]{2}:[0-9]{2})$")
_AFTER_NAME = re.compile(rf"(?<=[^\W_] )({_TIME})$")
"""After a name on a line of its own."""
_MOST_WORDS_OF_NAME, _LONGEST_NAME = 6, 60
_FEWEST = 5


@dataclass(frozen=True, slots=True)
class Edges:
    """The times beside one line, as typed, or nothing."""

    before: str = ""
    after: str = ""

    @property
    def cut(self) -> int:
        """Characters of the line before its words: the time and the space after it."""
        return len(self.before) + 1 if self.before else 0


NONE = Edges()


def edge_times(lines: Sequence[SourceLine]) -> dict[int, Edges]:
    """By source line: the times at its edges, where a page has times throughout."""
    before = _times(lines, _BEFORE_NUMBER.match)
    after = _times(lines, _AFTER_WORDS.search) or _times(lines, _after_name)
    return {
        number: Edges(before.get(number, ""), after.get(number, ""))
        for number in sorted({*before, *after})
    }


def _times(
    lines: Sequence[SourceLine], find: Callable[[str], re.Match[str] | None]
) -> dict[int, str]:
    found = {line.number: time.group(1) for line in lines if (time := find(line.text))}
    enough = len(found) >= _FEWEST and go_forward(list(found.values()))
    return found if enough else {}


def _after_name(text: str) -> re.Match[str] | None:
    """The time after a few words of which each but a number begins with a capital."""
    words = text.split(" ")[:-1] if len(text) <= _LONGEST_NAME else []
    name = 0 < len(words) <= _MOST_WORDS_OF_NAME and words[0][0].isupper()
    if not name or not all(word[0].isupper() or word.isdecimal() for word in words):
        return None
    return _AFTER_NAME.search(text)


def without_times(lines: Sequence[SourceLine], times: Mapping[int, Edges]) -> list[SourceLine]:
    """The lines without the times at their edges.

    Where a time stood first, the indent of the words cannot be told; it is that of the line above.
    """
    found: list[SourceLine] = []
    for line in lines:
        edges = times.get(line.number, NONE)
        end = len(line.text) - len(edges.after)
        text = line.text[len(edges.before) : end].strip(" ")
        above = found[-1] if edges.before and found else line
        found.append(replace(line, text=text, indent=above.indent, gap=above.gap))
    return found
