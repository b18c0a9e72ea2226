"""Files that cannot be read: known by what is in them, whatever their names are."""

import re
from pathlib import PurePath

from stenogram.errors import SourceError
from stenogram.sources.packages import FIRST_BYTES

_SAVE = "open it in the program it was made with and save it as plain text (UTF-8)"
_OFFICE = "open it in Word or LibreOffice, and save it as .docx or .odt"
_UNLOCK = "open it in the program it was made with, take the password off, and save it again"
_PRINT = "open it in the program it was made with or in a viewer, and save it as PDF"
_PICTURE = "have its words recognised (OCR), correct them, and save them as plain text (UTF-8)"
_RECORDING = "write down what is said, and save it as plain text (UTF-8)"
_UNPACK = "unpack it, and import the files in it one by one"

_KINDS = tuple(
    (re.compile(first, re.DOTALL), kind, advice)
    for first, kind, advice in (
        (
            rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1.*E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
            "a document protected by a password",
            _UNLOCK,
        ),
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
_DOCUMENTS = frozenset({".docx", ".docm", ".dotx", ".dotm", ".odt", ".ott"})
_READABLE = (b"word/", b"opendocument.text", b"content.xml")
_IN_PACKAGE = (
    (b"xl/workbook", "a spreadsheet", _SAVE),
    (b"ppt/presentation", "a presentation", _SAVE),
    (b"vnd.sun.xml.writer", "an old OpenOffice document (.sxw)", _OFFICE),
    (b"Index/Document.iwa", "a Pages document", "open it in Pages, and export it as .docx"),
    (b"opendocument", "an OpenDocument file that is no text", _SAVE),
    (b"application/epub+zip", "an electronic book (.epub)", _UNPACK),
)
_IN_XML = tuple(
    (re.compile(mark), kind)
    for mark, kind in (
        (r"<(?:\w+:)?(?:wordDocument|package)\b", "a Word document saved as XML"),
        (r"<office:document\b", "a flat OpenDocument file (.fodt)"),
    )
)
_AKOMA_NTOSO = re.compile(r"<(?:[^\s<>:/]+:)?akomaNtoso\b")
_BEGINNING = 100_000
_HEAD = 4096


def is_pdf(name: str, data: bytes) -> bool:
    """Whether a file is a PDF."""
    begin = data[:_MOST_BEFORE_PDF]
    return bool(_PDF.match(begin)) or (name.lower().endswith(".pdf") and b"%PDF-" in begin)


def refuse_other_kinds(name: str, data: bytes) -> None:
    """Raise ``SourceError`` for a file that is no text, with the way to its text."""
    for first, kind, advice in _KINDS:
        if first.match(data):
            raise _cannot_read(name, kind, advice)
    if not data.startswith(FIRST_BYTES):
        _refuse_false_name(name)
    elif not any(mark in data for mark in _READABLE):
        raise refusal_of_package(name, data)


def _refuse_false_name(name: str) -> None:
    ending = PurePath(name).suffix.lower()
    if ending in _DOCUMENTS:
        raise SourceError(
            f"{name} is named like a document of a word processor, but is none, or damaged; ask "
            "for the file again, or give it the ending of what it is"
        )


def refusal_of_package(name: str, inside: bytes) -> SourceError:
    """Why a package cannot be read, by the names and types ``inside`` it."""
    for mark, kind, advice in _IN_PACKAGE:
        if mark in inside:
            return _cannot_read(name, kind, advice)
    return _cannot_read(name, "an archive (.zip)", _UNPACK)


def is_akoma_ntoso(text: str) -> bool:
    """Whether XML is Akoma Ntoso, by the name of its outermost element."""
    return bool(_AKOMA_NTOSO.search(text, 0, _BEGINNING))


def refusal_of_xml(name: str, text: str) -> SourceError:
    """Why XML cannot be read."""
    for mark, kind in _IN_XML:
        if mark.search(text[:_HEAD]):
            return _cannot_read(name, kind, _OFFICE)
    return SourceError(
        f"{name} is XML, but no debate in Akoma Ntoso; put TEI into tei/ as it is, or save the "
        "words alone as plain text (UTF-8)"
    )


def _cannot_read(name: str, kind: str, advice: str) -> SourceError:
    return SourceError(f"{name} is {kind}, which stenogram cannot read; {advice}")
