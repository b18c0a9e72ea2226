"""Parts of a document that nobody speaks: contents, those present, annexes, an index."""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from enum import StrEnum
from functools import cache

from stenogram.transcript.blocks import Block
from stenogram.transcript.languages import Language, Records

_LONGEST_HEADING = 60
_MOST_WORDS_OF_HEADING = 8
_LONGEST_ENTRY = 160
_MARKED_HEADING = re.compile(r"#{1,6} ")
_SPACED = re.compile(r"(?:\S )+\S")
_AROUND = " :：︰.–—-#*_"
_REFERENCES = re.compile(r"(?<!\d)\d+:\d+")
_FEWEST_REFERENCES = 2
_FEWEST_ENTRIES = 5
_NUMBER = re.compile(r"[\s:：.–—-]*(?:[0-9]{1,3}|[IVXLC]{1,6}|[A-Z])?[\s:：.–—-]*")
_WINDOW, _FEWEST_LABELS = 12, 4
"""Among so many blocks so many labels: there people speak."""
_FEWEST_WORDS_OF_PROSE = 15
_BEGINS_AGAIN = 6
"""Blocks before the first label that may belong to the proceedings already."""
_ENTRY = re.compile(r"(?:\.\s?){3,}|\s\d{1,4}$|…\s?\d+$")


class Part(StrEnum):
    """What a block is a part of."""

    PROCEEDINGS = ""
    CONTENTS = "contents"
    ATTENDANCE = "attendance"
    ANNEX = "annex"
    INDEX = "index"


def parts(
    blocks: Sequence[Block],
    labelled: Sequence[bool],
    recurring: Sequence[bool],
    language: Language,
) -> list[tuple[Part, bool]]:
    """Of which part each block is, and whether it is the heading of one.

    ``labelled`` says which blocks begin with a speaker's label, ``recurring`` with one that
    stands several times: there the proceedings begin, or go on.
    """
    found: list[tuple[Part, bool]] = []
    part = Part.PROCEEDINGS
    places = [place for place, label in enumerate(labelled) if label]
    for place, block in enumerate(blocks):
        begun = _begun(block.text, language.records, place, places)
        if begun is not None:
            part = begun
            found.append((part, True))
            continue
        if part is Part.CONTENTS and _is_prose(block.text):
            part = Part.PROCEEDINGS
        if part is Part.ATTENDANCE and _MARKED_HEADING.match(block.text):
            part = Part.PROCEEDINGS
        speaks = recurring[place] or (labelled[place] and _goes_on_speaking(place, places))
        if part and speaks:
            part = Part.PROCEEDINGS
            _give_back(found, blocks, language)
        found.append((part, False))
    return _with_index(found, blocks, labelled)


def _is_prose(text: str) -> bool:
    return text.endswith((".", "!", "?")) and len(text.split()) >= _FEWEST_WORDS_OF_PROSE


def _goes_on_speaking(place: int, labels: Sequence[int]) -> bool:
    """Whether a label is not alone, as one in a list may be: others follow close by."""
    first = bisect_left(labels, place)
    close_by = bisect_left(labels, place + _WINDOW) - first
    return close_by >= min(_FEWEST_LABELS, len(labels) - first)


def _begun(text: str, records: Records, place: int, labels: Sequence[int]) -> Part | None:
    """The part whose heading a block is, if it is one; ``labels`` are the places of labels."""
    if len(text) > _LONGEST_HEADING:
        return None
    key = _key(text)
    if key in records.contents:
        return Part.CONTENTS
    if key in records.indexes and (not labels or labels[-1] < place):
        return Part.INDEX
    early = not labels or labels[0] >= place
    if early and key in records.attendance:
        return Part.ATTENDANCE
    if _is_annex(text, records.annexes):
        return Part.ANNEX
    return None


def _key(text: str) -> str:
    """The words of a heading, casefolded; ``C O N T E N T S`` is one word."""
    bare = text.strip(_AROUND)
    if _SPACED.fullmatch(bare):
        bare = bare.replace(" ", "")
    return bare.casefold()


def _is_annex(text: str, words: Collection[str]) -> bool:
    """Whether a heading is *Annex* with a number or a letter, or nothing, after it."""
    bare = text.strip(_AROUND)
    folded = bare.casefold()
    return any(_NUMBER.fullmatch(bare, len(word)) for word in words if folded.startswith(word))


def _give_back(found: list[tuple[Part, bool]], blocks: Sequence[Block], language: Language) -> None:
    """Leave what stands right before the first label to the proceedings, if it is no entry."""
    for back in range(1, _BEGINS_AGAIN):
        place = len(found) - back
        if place < 0 or found[place][1] or found[place][0] is Part.ATTENDANCE:
            return
        text = blocks[place].text
        if _ENTRY.search(text) or not is_narrated(text, language):
            return
        found[place] = Part.PROCEEDINGS, False


def _with_index(
    found: list[tuple[Part, bool]], blocks: Sequence[Block], labelled: Sequence[bool]
) -> list[tuple[Part, bool]]:
    """The same, with an index at the end that has no heading: words with pages and lines."""
    last = max((place for place, label in enumerate(labelled) if label), default=-1)
    entries = [
        place
        for place in range(last + 1, len(blocks))
        if len(_REFERENCES.findall(blocks[place].text)) >= _FEWEST_REFERENCES
    ]
    if len(entries) < _FEWEST_ENTRIES:
        return found
    begin = entries[0]
    while begin - 1 > last and len(blocks[begin - 1].text) <= len("A B"):
        begin -= 1
    return [*found[:begin], *((Part.INDEX, False) for _ in blocks[begin:])]


def is_narrated(text: str, language: Language) -> bool:
    """Whether a paragraph is the reporter's, not anybody's words."""
    words = text.casefold().lstrip("*_ ")
    phrases = _several_words(language.records.narrated)
    return words.startswith(phrases) and any(
        words.startswith(phrase) and not words[len(phrase) : len(phrase) + 1].isalpha()
        for phrase in phrases
    )


@cache
def _several_words(phrases: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(phrase for phrase in phrases if " " in phrase or phrase[-1] in ":,"))
