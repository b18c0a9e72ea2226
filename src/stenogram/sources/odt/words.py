"""Words on their way from an OpenDocument text into a story: how they are typed."""

import re
from collections.abc import Iterator

from lxml import etree

from stenogram.sources.account import Account
from stenogram.sources.odt.held import NO_WORDS, SIGNS
from stenogram.sources.odt.names import number, q
from stenogram.sources.odt.styles import Styles
from stenogram.sources.story import Story, is_safe_address
from stenogram.sources.symbols import as_seen, is_private

_Element = etree._Element
_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1_000
_NOT_WORDS = frozenset(map(q, ("office:change-info", "office:annotation", "text:note")))
_BLOCKS = frozenset(map(q, ("text:p", "text:h")))


class Words:
    """Puts words into a story, and remembers what they stand in."""

    def __init__(self, story: Story, styles: Styles, account: Account) -> None:
        """``story`` takes the words."""
        self.added: set[str] = set()
        """Ids of the recorded changes that put in what follows."""
        self._story = story
        self._styles = styles
        self._account = account
        self._style = ""
        self._in_paragraph = self._is_heading = False
        self._spans: list[str] = []
        self._links: list[str] = []
        self._above = 0

    def begin_paragraph(self, style: str, *, is_heading: bool) -> None:
        """What follows is words, until the paragraph ends."""
        self._style, self._is_heading, self._in_paragraph = style, is_heading, True

    def end_paragraph(self) -> None:
        """What follows is no words."""
        self._in_paragraph = False

    def begin_span(self, element: _Element) -> None:
        """Words of a style of their own follow; a link, or words above others, have one too."""
        self._spans.append(element.get(q("text:style-name"), ""))
        if element.tag == q("text:a"):
            self._links.append(self._target(element.get(q("xlink:href"), "")))
        self._above += element.tag == q("text:ruby-text")

    def end_span(self, element: _Element) -> None:
        """And no more."""
        self._spans.pop()
        if element.tag == q("text:a"):
            self._links.pop()
        self._above -= element.tag == q("text:ruby-text")

    def typed(self, text: str | None) -> None:
        """Take what stands between tags; white space in it means one space at most."""
        if self._in_paragraph and text:
            words = _SPACES.sub(" ", text)
            self.add(words if self._story.line_has_words else words.lstrip(" "))

    def add(self, words: str) -> None:
        """Take some words as they are."""
        face = self._styles.face(self._style, self._spans, is_heading=self._is_heading)
        shown = as_seen(words, face.font)
        if shown != words:
            self._account.replace(words, shown)
        words = shown
        if face.is_hidden and words.strip():
            self._story.hide(words)
            return
        if any(map(is_private, words)):
            self._account.leave(f"the look of signs in the font {face.font}")
        target = self._links[-1] if self._links else None
        typed = face.typed(added=bool(self.added), above=bool(self._above), target=target)
        self._story.add(words, typed)

    def _target(self, address: str) -> str:
        if address.startswith("#"):
            self._account.leave("links to places in the document")
            return ""
        if not is_safe_address(address):
            self._account.leave("addresses of links that no web page may have")
        return address


def spaces(element: _Element) -> str:
    """The white space that an element means: ``text:s``, ``text:tab`` or ``text:line-break``."""
    if element.tag == q("text:s"):
        return " " * min(number(element.get(q("text:c")), 1), _MOST_SPACES)
    return "\t" if element.tag == q("text:tab") else " "


def bare_words(element: _Element) -> str:
    """All words in an element, without their type; paragraphs are parted by a space."""
    blocks = (one for one in element.iter(*_BLOCKS) if not _tells_of_change(one))
    return " ".join("".join(_bare(block)) for block in blocks)


def _tells_of_change(block: _Element) -> bool:
    """Whether a paragraph is a remark on a recorded change."""
    parent = block.getparent()
    return parent is not None and parent.tag == q("office:change-info")


def _bare(element: _Element) -> Iterator[str]:
    yield _SPACES.sub(" ", element.text or "")
    for child in element:
        if child.tag in (q("text:s"), q("text:tab"), q("text:line-break")):
            yield spaces(child)
        elif child.tag == q("math:math"):
            yield signs(child)
        elif child.tag not in (*_NOT_WORDS, *NO_WORDS, *_BLOCKS):
            yield from _bare(child)
        yield _SPACES.sub(" ", child.tail or "")


def signs(formula: _Element) -> str:
    """The signs of a formula in MathML, in the order of the file."""
    return "".join((one.text or "").strip() for one in formula.iter(*SIGNS))
