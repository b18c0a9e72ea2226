"""The words that the parts of an OpenDocument text hold, found without reading it."""

from collections.abc import Iterator

from lxml import etree

from stenogram.sources.odt.names import q
from stenogram.sources.packages import Package

_Element = etree._Element
_BLOCKS = frozenset(map(q, ("text:p", "text:h")))
_FORMULA = q("math:math")
NO_WORDS = frozenset(
    map(
        q,
        (
            "dc:creator dc:date meta:date-string meta:creator-initials loext:sender-initials "
            "text:note-citation text:number text:script svg:title svg:desc office:binary-data "
            "office:event-listeners"
        ).split(),
    )
)
"""Elements whose words are no words of the text, wherever they stand."""
SIGNS = frozenset(map(q, ("math:mi", "math:mn", "math:mo", "math:ms", "math:mtext")))
"""Elements of a formula that hold its signs."""


def words_by_part(package: Package) -> dict[str, str]:
    """All words in the parts of a document, by name of the part."""
    names = (name for name in package.parts if name.endswith(("content.xml", "styles.xml")))
    held = {name: words_in(package.xml(name)) for name in names}
    return {name: words for name, words in held.items() if words.strip()}


def words_in(element: _Element) -> str:
    """All words in an element, whether a reader would see them or not."""
    within = any(one.tag in _BLOCKS for one in element.iterancestors())
    return "".join(_words(element, within=within))


def _words(element: _Element, *, within: bool) -> Iterator[str]:
    if element.tag == _FORMULA:
        yield from (one.text or "" for one in element.iter(*SIGNS))
        return
    if element.tag in NO_WORDS:
        return
    within = within or element.tag in _BLOCKS
    yield (element.text or "") if within else ""
    for child in element:
        yield from _words(child, within=within)
        yield (child.tail or "") if within else ""
    if element.tag in _BLOCKS:
        yield " "
