"""Received files, each read into numbered source lines."""

import re
from dataclasses import replace
from pathlib import PurePath

from stenogram.errors import SourceError
from stenogram.sources.docx import main_part, read_docx
from stenogram.sources.encoding import decode
from stenogram.sources.html import declared_encoding, is_named_as_page, is_page, page_lines
from stenogram.sources.kinds import (
    is_akoma_ntoso,
    is_pdf,
    refusal_of_package,
    refusal_of_xml,
    refuse_other_kinds,
)
from stenogram.sources.model import (
    ANNEX,
    CONTENTS,
    FOOTER,
    HEADER,
    HEADING,
    LABEL,
    NARRATIVE,
    SPEECH,
    STAGE,
    Annotation,
    Deletion,
    Detection,
    Hidden,
    KnownSpeaker,
    LineBreak,
    Mark,
    PageBreak,
    ParagraphStart,
    RemarkEdge,
    Sign,
    Source,
    SourceLine,
    TypeChange,
)
from stenogram.sources.names import encoding_named, known_encodings, name_of
from stenogram.sources.odt import is_text_document, read_odt
from stenogram.sources.packages import FIRST_BYTES, open_package
from stenogram.sources.readings import Decoded
from stenogram.sources.text import number_lines, split_lines

__all__ = [
    "ANNEX",
    "CONTENTS",
    "FOOTER",
    "HEADER",
    "HEADING",
    "LABEL",
    "NARRATIVE",
    "SPEECH",
    "STAGE",
    "Annotation",
    "Deletion",
    "Detection",
    "Hidden",
    "KnownSpeaker",
    "LineBreak",
    "Mark",
    "PageBreak",
    "ParagraphStart",
    "RemarkEdge",
    "Sign",
    "Source",
    "SourceLine",
    "TypeChange",
    "encoding_named",
    "known_encodings",
    "read_source",
]

_XML = re.compile(r"\s*+<(?:\?xml|!DOCTYPE|TEI|(?:\w+:)?akomaNtoso)\b", re.IGNORECASE)
_MARKDOWN = frozenset({".md", ".markdown"})
_MARKED_UP = re.compile(rb"\s*+<")


def read_source(name: str, data: bytes, encoding: str = "") -> Source:
    """Read the bytes of a received file called ``name``.

    ``encoding`` is the one that the editor names, if any. Raises ``SourceError`` if the
    bytes are empty, of a kind that cannot be read, damaged, in no encoding that is certain
    enough, or hold characters that no XML file can hold.
    """
    if is_pdf(name, data):
        return _read_pdf(name, data)
    refuse_other_kinds(name, data)
    if data.startswith(FIRST_BYTES):
        return _read_package(name, data, encoding)
    declared = name_of(declared_encoding(data)) if _MARKED_UP.match(data) else ""
    decoded = decode(name, data, given=encoding, declared=declared)
    if _XML.match(decoded.text) and not is_page(decoded.text):
        if not is_akoma_ntoso(decoded.text):
            raise refusal_of_xml(name, decoded.text)
        return _structured(name, data, decoded)
    if is_page(decoded.text) or is_named_as_page(name):
        lines, left_out = page_lines(name, decoded.text)
        return number_lines(name, data, decoded, lines, left_out=left_out)
    if PurePath(name).suffix.lower() in _MARKDOWN:
        # Loading the parser takes longer than reading most files.
        from stenogram.sources.markdown import markdown_lines

        lines, left_out = markdown_lines(decoded.text)
        return number_lines(name, data, decoded, lines, left_out=left_out)
    return number_lines(name, data, decoded, split_lines(decoded.text))


def _read_pdf(name: str, data: bytes) -> Source:
    """Read a PDF, with what is installed for that."""
    try:
        from stenogram.sources.pdf import read_pdf
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("pdfminer"):
            raise
        raise SourceError(
            f"{name} is a PDF, and what reads PDFs is not installed; install it with: "
            "pip install 'stenogram[pdf]'"
        ) from error
    return read_pdf(name, data)


def _read_package(name: str, data: bytes, encoding: str) -> Source:
    package = open_package(name, data)
    if not (is_text_document(package) or main_part(package)):
        raise refusal_of_package(name, package.kind)
    if encoding:
        raise SourceError(f"{name} says itself how it is encoded; import it without --encoding")
    return read_odt(package, data) if is_text_document(package) else read_docx(package, data)


def _structured(name: str, data: bytes, decoded: Decoded) -> Source:
    """Read XML, if it is a debate in Akoma Ntoso."""
    # Only such files need the parser.
    from stenogram.sources.akoma_ntoso import debate_lines

    lines, turns, left_out = debate_lines(name, decoded.text)
    source = number_lines(name, data, decoded, lines, left_out=left_out)
    return replace(source, is_structured=True, turns=turns)
