"""Reading TEI from bytes, trusting nothing.

No network, no DTD, no entity but the five, no XInclude, bounded depth and size; a document
with a DOCTYPE is refused before anything in it is expanded. Duplicate ``xml:id`` do not
stop the parser, so that all of them can be reported.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from lxml import etree

from stenogram.errors import XmlError

_DEEPEST = 100
# The first element too deep; libxml2's own limit (256) is more than Python's stack bears.
_TOO_DEEP = etree.XPath("(" + "/*" * (_DEEPEST + 1) + ")[1]")
_TOO_LARGE = re.compile(r"huge input|too long|too many|too large|buffer", re.IGNORECASE)
_ENTITY = re.compile(r"Entity '(?P<name>[^']*)' not defined")
_MISMATCH = re.compile(r"Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)")


@dataclass(slots=True)
class TeiDocument:
    """A parsed document, with the bytes that it came from."""

    name: str
    """As the user knows the file."""
    data: bytes
    root: etree._Element
    _positions: dict[etree._Element, tuple[int, int]] | None = field(default=None, repr=False)

    def position(self, element: etree._Element) -> tuple[int, int]:
        """Line and column, from 1, at which an element begins.

        Asked of expat, since libxml2 keeps no columns and no line beyond 65,535; the
        bytes are read again at the first question only.
        """
        if self._positions is None:
            elements = list(self.root.iter(etree.Element))
            self._positions = dict(zip(elements, _starts(self.data, elements), strict=True))
        return self._positions[element]


def load(data: bytes, name: str) -> TeiDocument:
    """Parse a TEI file.

    Raises ``XmlError``, with line and column, if it is not well-formed, declares a
    document type, uses entities of its own, is nested too deeply or is too large.
    """
    _refuse_doctype(data, name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        collect_ids=False,
        recover=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _syntax_error(error, name) from error
    if root.getroottree().docinfo.doctype:
        raise _doctype(name, 1)
    for element in _TOO_DEEP(root):
        raise _too_deep(name, element.sourceline or 0)
    return TeiDocument(name=name, data=data, root=root)


class _DoctypeFoundError(Exception):
    """The prologue declares a document type."""


class _RootReachedError(Exception):
    """The prologue is over."""


def _refuse_doctype(data: bytes, name: str) -> None:
    """Read as far as the root element; what is malformed is left to the parser proper."""
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise _DoctypeFoundError

    def root(*_: object) -> None:
        raise _RootReachedError

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = root
    try:
        parser.Parse(data, True)
    except _DoctypeFoundError as error:
        raise _doctype(name, parser.CurrentLineNumber) from error
    except (_RootReachedError, expat.ExpatError, LookupError, ValueError):
        return


def _doctype(name: str, line: int) -> XmlError:
    return XmlError(
        f"{name}:{line} declares a document type (DOCTYPE), which stenogram does not read; "
        "delete the declaration and write characters instead of its entities",
        line=line,
        code="X02",
    )


def _syntax_error(error: etree.XMLSyntaxError, name: str) -> XmlError:
    line, column = error.position
    said = (error.msg or "").rsplit(", line ", 1)[0]
    mismatch = _MISMATCH.match(said)
    entity = _ENTITY.match(said)
    if entity:
        message = f"{name}:{line}:{column} uses the entity &{entity['name']};"
        return XmlError(
            f"{message}, which XML does not know; write the character itself",
            line=line,
            column=column,
            code="X03",
        )
    if not said or "Document is empty" in said:
        return XmlError(f"{name} is empty or not XML; put the document there again")
    if "Excessive depth" in said:
        return _too_deep(name, line)
    if _TOO_LARGE.search(said):
        said = f"a text, a name or a list of attributes is too large ({said})"
    elif mismatch:
        opened, where, closed = mismatch.groups()
        said = f"<{opened}> from line {where} is still open where </{closed}> stands"
    return XmlError(
        f"{name}:{line}:{column} is not well-formed XML: {said}", line=line, column=column
    )


def _too_deep(name: str, line: int) -> XmlError:
    return XmlError(
        f"{name}:{line} has elements nested more than {_DEEPEST} deep, which no edition needs; "
        "close those that should end earlier",
        line=line,
    )


def _starts(data: bytes, elements: Sequence[etree._Element]) -> Iterable[tuple[int, int]]:
    """Where elements begin; from libxml2, without columns, in an encoding that expat lacks."""
    found: list[tuple[int, int]] = []
    parser = expat.ParserCreate()

    def start(*_: object) -> None:
        found.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):
        return [(element.sourceline or 0, 0) for element in elements]
    return found
