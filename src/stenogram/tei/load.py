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
from stenogram.safe_xml import safe_parser

_DEEPEST = 100
# The first element too deep; libxml2's own limit (256) is more than Python's stack bears.
_TOO_DEEP = etree.XPath("(" + "/*" * (_DEEPEST + 1) + ")[1]")
_TOO_LARGE = re.compile(r"huge input|too long|too many|too large|buffer", re.IGNORECASE)
_ENTITY = re.compile(r"Entity '(?P<name>[^']*)' not defined")
_MISMATCH = re.compile(r"Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)")

# What libxml2 says, and what it means to somebody who has just typed a tag.
_IN_OUR_WORDS = tuple(
    (re.compile(said), words)
    for said, words in (
        (r"xmlParseEntityRef: no name", "an & stands alone; write &amp;"),
        (
            r"EntityRef: expecting ';'",
            "an & stands alone (write &amp;) or an entity has no ; at its end",
        ),
        (r"StartTag: invalid element name", "a < stands alone; write &lt;"),
        (r"AttValue: \" or ' expected", "a value of an attribute has no quotation marks"),
        (
            r"Unescaped '<' not allowed in attributes values",
            "an attribute holds a <, or lacks its closing quotation mark",
        ),
        (r"Specification mandates value for attribute (\S+)", r"the attribute \1 has no value"),
        (r"Attribute (\S+) redefined", r"the attribute \1 stands twice"),
        (r"attributes construct error", "a space is missing between two attributes"),
        (
            r"Couldn't find end of Start Tag (\S+).*",
            r"the tag <\1 has no > at its end, or something in it that is no attribute",
        ),
        (
            r"Premature end of data in tag (\S+) line (\d+)",
            r"the file ends while <\1> from line \2 is still open",
        ),
        (r"Extra content at the end of the document", "something stands after the last tag"),
        (r"Start tag expected, '<' not found", "the file does not begin with a tag"),
        (r"Comment not terminated.*", "a comment has no --> at its end"),
        (r"Double hyphen within comment.*", "a comment holds two hyphens in a row"),
        (r"PCDATA invalid Char value (\d+)", r"a control character (number \1) stands here"),
        (
            r"Namespace prefix (\S+) on (\S+) is not defined",
            r"the prefix \1 of \2 is not declared (xmlns:\1)",
        ),
        (
            r"Namespace prefix (\S+) for (\S+) on (\S+) is not defined",
            r"the prefix \1 of the attribute \2 is not declared (xmlns:\1)",
        ),
        (
            r"(Input is not proper UTF-8|Invalid bytes in character encoding).*",
            "the bytes are not in the encoding that the file declares; save it as UTF-8",
        ),
        (r"Unsupported encoding:? (\S+)", r"the encoding \1 is not known; save it as UTF-8"),
    )
)


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
    try:
        root = etree.fromstring(data, safe_parser())
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
    for pattern, words in _IN_OUR_WORDS:
        if found := pattern.fullmatch(said.strip()):
            said = found.expand(words)
            break
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
