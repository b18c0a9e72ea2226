"""Plain text, UTF-8."""

import re

from stenogram.errors import SourceError
from stenogram.resources import sha256
from stenogram.sources.model import Source, SourceLine
from stenogram.white_space import fold

_LINE_END = re.compile(r"\r\n|\r|\n")
# What XML 1.0 (section 2.2, Char) cannot hold; NUL has been answered before.
_NOT_XML = re.compile("[\x01-\x08\x0b\x0e-\x1f\ufffe\uffff]")


def read_text(name: str, data: bytes) -> Source:
    """Read plain text into source lines.

    Raises ``SourceError`` if the bytes are empty, binary, not UTF-8, or hold a
    control character.
    """
    if b"\0" in data:
        raise SourceError(f"{name} is not a text file (it holds NUL bytes); save it as UTF-8 text")
    lines = _LINE_END.split(_decode(name, data))
    _refuse_control_characters(name, lines)
    numbered = tuple(
        SourceLine(number, fold(line), len(line) - len(line.lstrip()))
        for number, line in enumerate(lines, 1)
        if line.strip()
    )
    if not numbered:
        raise SourceError(f"{name} is empty; there is nothing to import")
    return Source(
        name=name,
        sha256=sha256(data),
        lines=numbered,
        form_feeds=tuple(number for number, line in enumerate(lines, 1) if "\f" in line),
    )


def _decode(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SourceError(
            f"{name} is not UTF-8 (line {line}, byte {data[error.start]:#04x}); "
            "open it in a text editor and save it with the encoding UTF-8"
        ) from error


def _refuse_control_characters(name: str, lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        found = _NOT_XML.search(line)
        if found:
            raise SourceError(
                f"{name}:{number}:{found.start() + 1} holds the character "
                f"U+{ord(found.group()):04X}, which XML cannot hold; delete or replace it"
            )
