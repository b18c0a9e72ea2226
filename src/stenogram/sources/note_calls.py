"""Footnotes of a web page: which links call a note, and where the notes stand.

HTML has no footnotes. A link is taken for the sign of one where all of this is so: it is short,
stands above the line or calls itself one, leads to a place in the page further down, to which no
sign before it leads; and the block there leads back to it, begins with the same sign, or says that
it is a note.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

_LIKELY = re.compile(r"""\bhref\s*=\s*["']?#""", re.IGNORECASE)
_NOTE_BLOCKS = frozenset("aside dd div li p".split())
_SIGN = re.compile(r"[\[(]?(?:\d{1,4}|[a-zA-Z]{1,3}|[*†‡§¶#]{1,5})[\])]?")
_ROLES = frozenset({"doc-noteref"})
_NOTE_ROLES = frozenset({"doc-endnote", "doc-footnote"})
_BEGIN = 40
"""Characters of a block by which it is known."""
_AROUND = 3
"""How many elements around a sign may have the name that its note leads back to."""
_MOST_LINKS_BACK = 50


@dataclass(frozen=True, slots=True)
class Notes:
    """The footnotes of a page; elements are known by how many begin before them."""

    signs: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    """By link: the sign of a note as a reader sees it, and the block of the note."""
    blocks: frozenset[int] = frozenset()
    links_back: frozenset[int] = frozenset()
    """Links in notes that say nothing but where the sign is."""


@dataclass(slots=True)
class _Element:
    number: int
    tag: str
    names: tuple[str, ...]
    text: str = ""
    """Its first characters."""
    link: str = ""
    """The place in the page to which it leads."""
    above_the_line: bool = False
    is_note: bool = False
    around: tuple[str, ...] = ()
    """Names of the elements around a link, and its own."""
    links_back: list["_Element"] = field(default_factory=list)
    end: int = 0
    """How many elements have begun when it ends."""


class _Survey:
    """Collects the links and the blocks of a page while a parser goes through it."""

    def __init__(self) -> None:
        self.links: list[_Element] = []
        self.named: dict[str, _Element] = {}
        """By name: the block that begins with it."""
        self.times: Counter[str] = Counter()
        self._number = 0
        self._open: list[_Element] = []
        self._blocks: list[_Element] = []
        self._above = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        names = (attributes.get("id"), attributes.get("name") if tag == "a" else None)
        one = _Element(self._number, tag, tuple(filter(None, names)))
        one.is_note = attributes.get("role") in _NOTE_ROLES
        self._number += 1
        self._open.append(one)
        self._above += tag == "sup"
        if tag in _NOTE_BLOCKS:
            self._blocks.append(one)
        for name in one.names:
            self.times[name] += 1
            if self._blocks and not self._blocks[-1].text.strip():
                self.named[name] = self._blocks[-1]
        href = attributes.get("href", "") if tag == "a" else ""
        if href.startswith("#") and href[1:]:
            one.link = href[1:]
            one.above_the_line = bool(self._above) or attributes.get("role") in _ROLES
            one.around = tuple(name for near in self._open[-_AROUND:] for name in near.names)

    def end(self, _tag: str) -> None:
        """End an element; what it holds, those around it hold, too."""
        one = self._open.pop()
        one.end = self._number
        if one.tag == "sup":
            self._above -= 1
            if self._open and self._open[-1].text.strip() == "":
                self._open[-1].above_the_line = True
        if self._blocks and self._blocks[-1] is one:
            self._blocks.pop()
        if one.link:
            self.links.append(one)
            one.links_back = [one]
        if self._open:
            around = self._open[-1]
            around.text += one.text[: _BEGIN - len(around.text)]
            room = _MOST_LINKS_BACK - len(around.links_back)
            around.links_back += one.links_back[:room]

    def data(self, text: str) -> None:
        """Take some text."""
        if self._open:
            one = self._open[-1]
            one.text += text[: max(0, _BEGIN - len(one.text))]

    def comment(self, _text: str) -> None:
        """Pass over a comment."""

    def close(self) -> Notes:
        """End the page."""
        found = list(self._found())
        calls = {name for call, _ in found for name in call.around}
        links_back = {
            link.number
            for call, note in found
            for link in note.links_back
            if link.link in calls and _bare(link.text) in ("", _bare(call.text))
        }
        return Notes(
            {call.number: (call.text.strip(), note.number) for call, note in found},
            frozenset(note.number for _, note in found),
            frozenset(links_back),
        )

    def _found(self) -> Iterator[tuple[_Element, _Element]]:
        """Signs and their notes, neither within another note."""
        pairs = list(self._pairs())
        shared = Counter(note.number for _, note in pairs)
        end = 0
        signs = {call.number for call, _ in pairs}
        for call, note in sorted(pairs, key=lambda pair: pair[1].number):
            alone = shared[note.number] == 1 and note.number >= end
            if alone and not any(link.number in signs for link in note.links_back):
                end = note.end
                yield call, note

    def _pairs(self) -> Iterator[tuple[_Element, _Element]]:
        used: set[str] = set()
        for call in sorted(self.links, key=lambda link: link.number):
            note = self.named.get(call.link)
            if note is None or self.times[call.link] > 1 or call.link in used:
                continue
            if note.number > call.number and _is_sign(call) and _answers(note, call):
                used.add(call.link)
                yield call, note


def find_notes(text: str) -> Notes:
    """The footnotes of a page."""
    if not _LIKELY.search(text):
        return Notes()
    parser = etree.HTMLParser(  # type: ignore[call-overload]  # the stubs ask for every event
        target=_Survey(), encoding="utf-8", no_network=True, huge_tree=True, recover=True
    )
    parser.feed(text)
    notes: Notes = parser.close()
    return notes


def _is_sign(link: _Element) -> bool:
    return link.above_the_line and bool(_SIGN.fullmatch(link.text.strip()))


def _answers(note: _Element, call: _Element) -> bool:
    """Whether a block is the note of a sign: it leads back, begins with the sign, or says so."""
    if note.is_note or any(link.link in call.around for link in note.links_back):
        return True
    sign = _bare(call.text)
    first = note.text.split(maxsplit=1)
    return bool(first) and _bare(first[0]) == sign


def _bare(text: str) -> str:
    """A sign without brackets, stops and arrows."""
    return "".join(sign for sign in text if sign.isalnum() or sign in "*†‡§¶")
