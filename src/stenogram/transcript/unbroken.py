"""A text that has lost its line breaks: labels stand in the middle of lines, glued to words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from stenogram.transcript.blocks import Block, split_before
from stenogram.transcript.labels.grammar import CAPITAL, candidates
from stenogram.transcript.labels.names import core_of
from stenogram.transcript.languages import Language

_LONG = 1_000
"""Characters of a line that holds more than a paragraph."""
_SHARE_OF_LONG = 0.5
_FEWEST, _FEWEST_SMALL = 2, 3
# No word is longer; without a limit a text like A-A-A-A is read again from each of its letters.
_CAPITAL_WORD = rf"[{CAPITAL}][{CAPITAL}'’-]{{1,80}}+(?<=[{CAPITAL}])"
_IN_CAPITALS = re.compile(
    rf"(?<![{CAPITAL}])(?:[{CAPITAL}] |(?:[{CAPITAL}]\. ?){{1,2}})?"
    rf"{_CAPITAL_WORD}(?: {_CAPITAL_WORD}){{0,4}}(?: \d+)?(?:\(\?\)| ?\([^()]{{1,40}}\))?[.:]"
)
_TITLE_BEFORE = re.compile(rf"([{CAPITAL}][{CAPITAL}a-z]{{0,3}}\.) ?$")
_LONGEST_TITLE = 6
_SMALL_WORD = rf"[{CAPITAL}][\w.'’-]{{0,80}}+"
_SMALL = re.compile(rf"(?<![\w'’-]){_SMALL_WORD}(?: {_SMALL_WORD}){{0,4}}:")
_QUESTION = re.compile(r"[*_]{0,2}Q[.:][*_]{0,2} ")
_ANSWER = re.compile(
    r"(?:(?<=[.?!])(?:--|—|–| )|(?<=[.?!\w])(?:--|—|–)) ?(?=[*_]{0,2}[AQ][.:][*_]{0,2} )"
)
_FEWEST_ANSWERED = 3
_ENDS = '.?!:;"”’)]-–—…*»\u00ad'


def split_unbroken(blocks: Sequence[Block], language: Language) -> list[Block]:
    """Cut long lines where labels stand inside them, if most of the text is in long lines."""
    size = sum(len(block.text) for block in blocks)
    long = sum(len(block.text) for block in blocks if _is_unbroken(block))
    if long <= _SHARE_OF_LONG * size:
        return list(blocks)
    found = {id(block): list(_labels(block, language)) for block in blocks if _is_unbroken(block)}
    times = Counter(core_of(name) for some in found.values() for _, name in some)
    parts: list[Block] = []
    for block in blocks:
        starts = {
            at
            for at, name in found.get(id(block), ())
            if at > 0 and _is_label(name, times[core_of(name)], language)
        }
        parts += split_before(block, sorted(starts))
    return [part for part in parts if part.text]


def split_answers(blocks: Sequence[Block]) -> list[Block]:
    """Cut questions where their answers stand in the same paragraph, if that is usual."""
    found = [
        [match.end() for match in _ANSWER.finditer(block.text)]
        if _QUESTION.match(block.text)
        else []
        for block in blocks
    ]
    if sum(map(bool, found)) < _FEWEST_ANSWERED:
        return list(blocks)
    return [
        part
        for block, starts in zip(blocks, found, strict=True)
        for part in split_before(block, starts)
    ]


def _is_unbroken(block: Block) -> bool:
    return len(block.text) > _LONG * len(block.starts)


def _labels(block: Block, language: Language) -> Iterator[tuple[int, str]]:
    """Places where a label may begin, and the name in it."""
    furniture = {at for at, _ in block.breaks}
    for pattern in (_IN_CAPITALS, _SMALL):
        for match in pattern.finditer(block.text):
            at = _with_title(block.text, match.start(), language)
            if not _may_begin(block.text, at, at in furniture):
                continue
            typed = block.text[at : match.end()]
            for candidate in candidates(typed, language):
                if candidate.length == len(typed):
                    yield at, candidate.name


def _with_title(text: str, at: int, language: Language) -> int:
    """Where a name begins with the title before it, if one stands there."""
    title = _TITLE_BEFORE.search(text[max(0, at - _LONGEST_TITLE) : at])
    if title is None or title.group(1).casefold().rstrip(".") not in language.records.titles:
        return at
    return at - len(title.group())


def _may_begin(text: str, at: int, after_furniture: bool) -> bool:
    """Whether a turn may begin here: after a sentence, a page, or glued to the word before."""
    before = text[at - 1 : at]
    if after_furniture or not before:
        return True
    if before == " ":
        last = text[at - 2 : at - 1]
        return last in _ENDS or last.isdigit()
    return before in _ENDS or before.isalnum()


def _is_label(name: str, times: int, language: Language) -> bool:
    known = language.is_office(name) or language.title_in(name) or language.is_voice(name)
    if any(sign.isupper() for sign in name[1:2]) and known:
        return True
    return times >= (_FEWEST if name.isupper() else _FEWEST_SMALL)
