"""Received files, each read into numbered source lines."""

import re

from stenogram.errors import SourceError
from stenogram.sources.model import Source, SourceLine
from stenogram.sources.text import read_text

__all__ = ["Source", "SourceLine", "read_source"]

_OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document (.doc)"),
    (b"PK\x03\x04", "a Word or OpenDocument file, or another archive"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a rich-text document (.rtf)"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x1f\x8b", "a compressed file"),
)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE|html|TEI)\b", re.IGNORECASE)


def read_source(name: str, data: bytes) -> Source:
    """Read the bytes of a received file called ``name``.

    Raises ``SourceError`` if they are empty, of a kind that cannot be read yet, not
    UTF-8, or hold characters that no XML file can hold.
    """
    for magic, kind in _OTHER_KINDS:
        if data.startswith(magic):
            raise SourceError(
                f"{name} is {kind}, which stenogram cannot read; "
                "open it in the program it was made with and save it as plain text (UTF-8)"
            )
    if _MARKUP.match(data):
        raise SourceError(
            f"{name} is XML or HTML, not a transcript as plain text; put TEI into tei/ as it is, "
            "or save the words alone as plain text (UTF-8)"
        )
    return read_text(name, data)
