"""A PDF opened: its objects, its pages in order, and what it calls them."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, dict_value, int_value, list_value, resolve1, str_value
from pdfminer.psparser import PSKeyword, PSLiteral
from pdfminer.utils import decode_text, format_int_roman

from stenogram.sources.pdf.streams import DamagedError, Effort, ExcessiveError, Stream

MOST_PAGES = 5_000
_TOO_MANY = f"has more than {MOST_PAGES:,} pages"
_MOST_NODES = 4 * MOST_PAGES
"""Of the tree that holds the pages."""
_READ_AT_LEAST, _READ_PER_BYTE = 64 * 1024 * 1024, 200
"""How many bytes of a file are read in all, since some are read more than once."""
_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
_LINE_END = re.compile(rb"stream[ \t]*(?:\r\n|\n|\r)?")
_END = re.compile(rb"[ \t\r\n\0]*endstream")
_MOST_ROMAN = 3_999
_MOST_LETTERS = 26 * 26


class _File(io.BytesIO):
    """The bytes of a file, which cannot be read again and again without end."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.left = _READ_AT_LEAST + _READ_PER_BYTE * len(data)

    def read(self, size: int | None = -1, /) -> bytes:
        """Read on."""
        found = super().read(size)
        self.left -= len(found)
        if self.left < 0:
            raise ExcessiveError
        return found


class _Parser(PDFParser):
    """Reads objects, and streams to their end even if their length is wrong."""

    def __init__(self, data: bytes, effort: Effort) -> None:
        super().__init__(_File(data))
        self._data = data
        self._effort = effort

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """Act upon a word of the language of PDF."""
        if token is not self.KEYWORD_STREAM:
            super().do_keyword(pos, token)
            return
        ((_, found),) = self.pop(1)
        attributes = dict_value(found)
        length = int_value(attributes.get("Length"))
        begin = _LINE_END.match(self._data, pos)
        if begin is None or self.doc is None:
            raise DamagedError
        end = begin.end() + max(0, length)
        if not _END.match(self._data, end):
            end = self._data.find(b"endstream", begin.end())
            if end < 0:
                raise DamagedError
        data = self._data[begin.end() : end]
        self.seek(self._data.find(b"endstream", end))
        self.push((pos, Stream(attributes, data, self.doc.decipher, self._effort)))


class Document(PDFDocument):
    """A PDF, opened; ``effort`` bounds what is unpacked of it."""

    def __init__(self, data: bytes) -> None:
        self.effort = Effort()
        self._tables: set[int] = set()
        super().__init__(_Parser(data, self.effort), fallback=False)

    def read_xref_from(self, parser: PDFParser, start: int, xrefs: Any) -> None:
        """Read a table of objects, and those before it, none of them twice."""
        if start not in self._tables:
            self._tables.add(start)
            super().read_xref_from(parser, start, xrefs)

    def getobj(self, objid: int) -> object:
        """An object by its number; nothing if it only points round in a circle."""
        seen = {objid}
        found = super().getobj(objid)
        while isinstance(found, PDFObjRef):
            if found.objid in seen:
                return None
            seen.add(found.objid)
            found = super().getobj(found.objid)
        return found


def pages(document: Document) -> list[PDFPage]:
    """The pages in order.

    Raises ``DamagedError`` if there are others than the file says, ``ExcessiveError`` if
    there are too many.
    """
    root = resolve1(document.catalog.get("Pages"))
    if not isinstance(root, dict):
        raise DamagedError
    found = [PDFPage(document, None, page, None) for page in _leaves(root)]
    if not found or len(found) != int_value(root.get("Count", len(found))):
        raise DamagedError
    for page in found:
        if not all(isinstance(resolve1(content), Stream) for content in page.contents):
            raise DamagedError
    return found


def _leaves(root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The pages at the ends of their tree, with what they inherit."""
    waiting: list[tuple[object, dict[str, Any]]] = [(root, {})]
    nodes = leaves = 0
    while waiting:
        node, inherited = waiting.pop()
        node = resolve1(node)
        nodes += 1
        if not isinstance(node, dict):
            raise DamagedError
        inherited = inherited | {key: node[key] for key in _INHERITED if key in node}
        if "Kids" in node:
            kids = list_value(node["Kids"])
            if nodes + len(waiting) + len(kids) > _MOST_NODES:
                raise ExcessiveError(_TOO_MANY)
            waiting += [(kid, inherited) for kid in reversed(kids)]
            continue
        leaves += 1
        if leaves > MOST_PAGES:
            raise ExcessiveError(_TOO_MANY)
        yield node | inherited


def page_labels(document: Document, count: int) -> list[str]:
    """What the file calls its pages; nothing for those that it gives no name."""
    ranges = sorted(_ranges(resolve1(document.catalog.get("PageLabels"))), key=lambda one: one[0])
    labels = [""] * count
    for place, (start, named) in enumerate(ranges):
        end = ranges[place + 1][0] if place + 1 < len(ranges) else count
        prefix = decode_text(str_value(named.get("P", b"")))
        first = int_value(named.get("St", 1))
        for page in range(max(0, start), min(end, count)):
            number = _number(first + page - start, resolve1(named.get("S")))
            labels[page] = " ".join(f"{prefix}{number}".split())
    return labels


def _ranges(root: object) -> Iterator[tuple[int, dict[str, Any]]]:
    waiting = [root]
    seen = 0
    while waiting:
        node = dict_value(waiting.pop())
        numbers, kids = list_value(node.get("Nums", [])), list_value(node.get("Kids", []))
        seen += 1 + len(numbers) + len(kids)
        if seen > _MOST_NODES:
            raise ExcessiveError
        for start, named in zip(numbers[::2], numbers[1::2], strict=False):
            yield int_value(start), dict_value(named)
        waiting += kids


def _number(value: int, style: object) -> str:
    name = style.name if isinstance(style, PSLiteral) else ""
    if name == "D":
        return str(value)
    if name in ("R", "r") and 0 < value <= _MOST_ROMAN:
        roman = format_int_roman(value)
        return roman.upper() if name == "R" else roman
    if name in ("A", "a") and 0 < value <= _MOST_LETTERS:
        return chr(ord(name) + (value - 1) % 26) * ((value - 1) // 26 + 1)
    return ""
