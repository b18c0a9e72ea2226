"""Files that are no text: known by their first bytes, whatever their names are."""

import re

from stenogram.errors import SourceError

_SAVE = "open it in the program it was made with and save it as plain text (UTF-8)"
_OFFICE = (
    "open it in Word or LibreOffice, accept or reject the changes in it, and save it as plain "
    "text (UTF-8)"
)
_PRINT = "open it in the program it was made with or in a viewer, and save it as PDF"
_PICTURE = "have its words recognised (OCR), correct them, and save them as plain text (UTF-8)"
_RECORDING = "write down what is said, and save it as plain text (UTF-8)"
_UNPACK = "unpack it, and import the files in it one by one"

_KINDS = tuple(
    (re.compile(first, re.DOTALL), kind, advice)
    for first, kind, advice in (
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document (.doc)", _OFFICE),
        (rb"\{\\rtf", "a rich-text document (.rtf)", _OFFICE),
        (rb"%!PS", "a PostScript file", _PRINT),
        (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*", "an image", _PICTURE),
        (rb"RIFF.{4}WEBP|.{4}ftyp(?:heic|avif)|AT&TFORM", "an image", _PICTURE),
        (rb"RIFF.{4}WAVE|ID3[\2-\4]\0|OggS\0|fLaC\0|.{4}ftyp", "a recording", _RECORDING),
        (rb"\x1f\x8b|BZh[1-9]1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd", "a compressed file", _UNPACK),
        (rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|.{257}ustar", "an archive", _UNPACK),
    )
)
_PDF = re.compile(rb"(?:\xef\xbb\xbf|[\s\0])*+%PDF-")
_MOST_BEFORE_PDF = 1024
"""Bytes that may stand before its first words, by the custom of programs that show PDFs."""
_ZIP = b"PK\x03\x04"
_IN_ZIP = (
    (b"word/document", "a Word document (.docx)", _OFFICE),
    (b"opendocument.text", "an OpenDocument text (.odt)", _OFFICE),
    (b"xl/workbook", "a spreadsheet", _SAVE),
    (b"ppt/presentation", "a presentation", _SAVE),
    (b"opendocument", "an OpenDocument file", _SAVE),
    (b"application/epub+zip", "an electronic book (.epub)", _UNPACK),
)


def is_pdf(name: str, data: bytes) -> bool:
    """Whether a file is a PDF."""
    begin = data[:_MOST_BEFORE_PDF]
    return bool(_PDF.match(begin)) or (name.lower().endswith(".pdf") and b"%PDF-" in begin)


def refuse_other_kinds(name: str, data: bytes) -> None:
    """Raise ``SourceError`` for a file that is no text, with the way to its text."""
    for first, kind, advice in _KINDS:
        if first.match(data):
            raise _cannot_read(name, kind, advice)
    if data.startswith(_ZIP):
        for inside, kind, advice in _IN_ZIP:
            if inside in data:
                raise _cannot_read(name, kind, advice)
        raise _cannot_read(name, "an archive (.zip)", _UNPACK)


def _cannot_read(name: str, kind: str, advice: str) -> SourceError:
    return SourceError(f"{name} is {kind}, which stenogram cannot read; {advice}")
