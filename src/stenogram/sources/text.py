"""Text as numbered source lines."""

import re
from collections.abc import Sequence

from stenogram.errors import SourceError
from stenogram.resources import sha256
from stenogram.sources.folding import TypedLine, source_line
from stenogram.sources.model import Source
from stenogram.sources.readings import Decoded

_LINE_END = re.compile(r"\r\n|\r|\n")
NOT_XML = re.compile("[\0-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (section 2.2, Char) cannot hold; U+0085 and U+2028 are characters to it, too."""


def split_lines(text: str) -> list[str]:
    """The lines of a text, whichever of CR LF, CR and LF ends each of them."""
    return _LINE_END.split(text)


def number_lines(
    name: str,
    data: bytes,
    decoded: Decoded,
    lines: Sequence[str | TypedLine],
    *,
    left_out: tuple[str, ...] = (),
) -> Source:
    """Number the lines of a text, which came from ``data``.

    Raises ``SourceError`` if there are no words, or a control character among them.
    """
    typed = [line if isinstance(line, str) else line.typed for line in lines]
    _refuse_control_characters(name, typed)
    numbered = tuple(
        source_line(number, line)
        for number, (line, words) in enumerate(zip(lines, typed, strict=True), 1)
        if words.strip() or (isinstance(line, TypedLine) and line.has_notes)
    )
    if not any(line.text for line in numbered):
        raise SourceError(f"{name} is empty; there is nothing to import")
    return Source(
        name=name,
        sha256=sha256(data),
        lines=numbered,
        form_feeds=tuple(number for number, line in enumerate(typed, 1) if "\f" in line),
        encoding=decoded.encoding,
        detection=decoded.detection,
        left_out=left_out,
    )


def _refuse_control_characters(name: str, lines: Sequence[str]) -> None:
    if not NOT_XML.search("\n".join(lines)):
        return
    for number, line in enumerate(lines, 1):
        found = NOT_XML.search(line)
        if found:
            raise SourceError(
                f"{name}:{number}:{found.start() + 1} holds the character "
                f"U+{ord(found.group()):04X}, which XML cannot hold; delete or replace it"
            )
