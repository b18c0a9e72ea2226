"""A TEI file as a row of pieces: tags, text and what else there is, each as it is written.

Joined again, the pieces are the file. So a place in it can be changed without writing the rest
anew, as a tree that is serialised would.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from stenogram.errors import XmlError

_PIECE = re.compile(
    r"(?P<text>[^<]+)"
    r"|(?P<other><!--.*?-->|<\?.*?\?>)"
    r"|<!\[CDATA\[(?P<cdata>.*?)\]\]>"
    r"|</(?P<end>[^\s>]+)\s*>"
    r"|<(?P<start>[^\s/>]+)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"(?P<name>[^\s=]+)\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')")
_ENTITY = re.compile(r"&(?:#x(?P<hex>[0-9A-Fa-f]+)|#(?P<dec>[0-9]+)|(?P<name>\w+));")
_MARKS = {"quot": '"', "apos": "'", "lt": "<", "gt": ">", "amp": "&"}


@dataclass(slots=True, eq=False)
class Piece:
    """One tag, one stretch of text, or a comment or instruction."""

    kind: str
    """``start``, ``end``, ``empty`` (a start that is its own end), ``text``, ``other``."""
    raw: str
    """As written in the file."""
    at: int
    """Its place in the row."""
    name: str = ""
    """Of the element, without prefix."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """By name as written, e.g. ``xml:id``."""
    parent: int = -1
    """Where the element around it begins."""
    partner: int = -1
    """Where the element ends, or begins; of an ``empty`` one its own place."""

    @property
    def opens(self) -> bool:
        """Whether an element begins here."""
        return self.kind in ("start", "empty")

    @property
    def id(self) -> str:
        """The ``xml:id``, if it has one."""
        return self.attributes.get("xml:id", "")

    @property
    def text(self) -> str:
        """The characters of a text."""
        if self.raw.startswith("<![CDATA["):
            return self.raw[9:-3]
        return _ENTITY.sub(_character, self.raw) if "&" in self.raw else self.raw

    def raw_offsets(self) -> list[int]:
        """For each character of a text, and for its end, where that is in ``raw``."""
        if self.raw.startswith("<![CDATA["):
            return list(range(9, len(self.raw) - 2))
        offsets: list[int] = []
        done = 0
        for entity in _ENTITY.finditer(self.raw):
            offsets += range(done, entity.start() + 1)
            done = entity.end()
        return [*offsets, *range(done, len(self.raw) + 1)]


def pieces(data: bytes, name: str) -> list[Piece]:
    """The pieces of a TEI file that ``load`` has found to be well-formed.

    Raises ``XmlError`` if it is not in UTF-8, in which alone it can be changed.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise XmlError(f"{name} is not in UTF-8; save it as UTF-8, then update it") from error
    row: list[Piece] = []
    open_elements: list[int] = []
    for piece in _read(text):
        piece.at = len(row)
        if piece.kind == "end":
            begin = open_elements.pop()
            piece.partner, row[begin].partner = begin, piece.at
        piece.parent = open_elements[-1] if open_elements else -1
        if piece.kind == "start":
            open_elements.append(piece.at)
        elif piece.kind == "empty":
            piece.partner = piece.at
        row.append(piece)
    return row


def with_attributes(piece: Piece, changes: Mapping[str, str]) -> str:
    """A tag as written, with other values of some attributes; an empty value takes one out."""
    raw = piece.raw
    for name, value in changes.items():
        found = re.search(rf"\s+{re.escape(name)}\s*=\s*(\"[^\"]*\"|'[^']*')", raw)
        written = f' {name}="{_escaped(value)}"' if value else ""
        if found:
            raw = raw[: found.start()] + written + raw[found.end() :]
        elif written:
            end = len(raw) - (2 if raw.endswith("/>") else 1)
            raw = raw[:end].rstrip() + written + raw[end:]
    return raw


def _read(text: str) -> Iterator[Piece]:
    for found in _PIECE.finditer(text):
        raw = found[0]
        match found.lastgroup:
            case "text" | "cdata":
                yield Piece("text", raw, 0)
            case "other":
                yield Piece("other", raw, 0)
            case "end":
                yield Piece("end", raw, 0, _local(found["end"]))
            case _:
                kind = "empty" if raw.endswith("/>") else "start"
                yield Piece(kind, raw, 0, _local(found["start"]), _attributes(found["attributes"]))


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _attributes(text: str) -> dict[str, str]:
    values = {}
    for found in _ATTRIBUTE.finditer(text):
        value = found["a"] if found["b"] is None else found["b"]
        values[found["name"]] = _ENTITY.sub(_character, value) if "&" in value else value
    return values


def _character(entity: re.Match[str]) -> str:
    if entity["hex"]:
        return chr(int(entity["hex"], 16))
    return chr(int(entity["dec"])) if entity["dec"] else _MARKS[entity["name"]]


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
