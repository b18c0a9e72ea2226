"""The words that the parts of a Word document hold, found without reading it."""

from collections.abc import Iterator

from lxml import etree

from stenogram.sources.docx.names import DRAWING, MATHS, as_transitional, w
from stenogram.sources.packages import Package
from stenogram.sources.symbols import sign_at

_Element = etree._Element
_SPACES = (b"wordprocessingml", b"drawingml", b"officeDocument")
_TYPED = (w("t"), w("delText"), f"{{{MATHS}}}t", f"{{{DRAWING}}}t")
_SIGNS = {w("noBreakHyphen"): "\u2011", w("softHyphen"): "\u00ad"}
_KINDS = {
    "charts": "charts",
    "diagrams": "diagrams",
    "glossary": "building blocks for other documents",
}


def words_by_part(package: Package) -> dict[str, str]:
    """All words in the parts of a document, by name of the part."""
    held = {}
    for name, data in package.parts.items():
        if name.endswith(".xml") and any(space in data.replace(b"\0", b"") for space in _SPACES):
            held[name] = words_in(as_transitional(package.xml(name)))
    return {name: words for name, words in held.items() if words.strip()}


def words_in(element: _Element) -> str:
    """All words in an element, whether a reader would see them or not."""
    return " ".join(_words(element))


def kind_of(part: str) -> str:
    """What a part holds that is no text of its own; nothing if it may hold such text."""
    return next((_KINDS[folder] for folder in part.split("/") if folder in _KINDS), "")


def _words(element: _Element) -> Iterator[str]:
    for one in element.iter(*_TYPED, *_SIGNS, w("sym")):
        if one.tag == w("sym"):
            yield sign_at(one.get(w("char"), ""))
        else:
            yield _SIGNS.get(str(one.tag)) or "".join(one.itertext())
