"""A PDF as lines of text: the words of each page, as they stand on it.

``docs/received-files.md`` says what becomes a line, and how lines are counted.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Sequence

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage

from stenogram.errors import SourceError
from stenogram.resources import sha256
from stenogram.sources.model import Annotation, Source
from stenogram.sources.pdf.fonts import DAMAGED
from stenogram.sources.pdf.glyphs import Painted
from stenogram.sources.pdf.lines import lines_of
from stenogram.sources.pdf.objects import Document, page_labels, pages
from stenogram.sources.pdf.painting import Reader
from stenogram.sources.pdf.remarks import refuse_unreadable, remarks
from stenogram.sources.pdf.streams import ExcessiveError
from stenogram.sources.pdf.words import PageWords, words_of

_AGAIN = "ask for it again, or open it in a PDF viewer and print it into a new PDF"
_HEADER = b"%PDF-"


def read_pdf(name: str, data: bytes) -> Source:
    """Read the bytes of a PDF called ``name``.

    Raises ``SourceError`` if it is damaged or protected, asks for too much work, or has
    no text that can be read.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    document, leaves, labels = _opened(name, data[data.find(_HEADER) :])
    painted = _painted(name, document, leaves)
    refuse_unreadable(name, painted)
    words = [words_of(page.glyphs) for page in painted]
    found = lines_of([page.by_direction for page in words])
    source = Source(
        name=name,
        sha256=sha256(data),
        lines=found.lines,
        pages=dict(zip(found.starts, labels, strict=True)),
        remarks=tuple(remarks(document, leaves, painted, words)),
    )
    _refuse_losses(source, painted, words)
    return source


def _opened(name: str, data: bytes) -> tuple[Document, list[PDFPage], list[str]]:
    try:
        document = Document(data)
        leaves = pages(document)
        return document, leaves, page_labels(document, len(leaves))
    except PDFPasswordIncorrect as error:
        raise SourceError(
            f"{name} is protected by a password; open it in a PDF viewer, and print it into a new "
            "PDF without one"
        ) from error
    except PDFEncryptionError as error:
        raise SourceError(
            f"{name} is protected in a way that stenogram does not know; open it in a PDF viewer, "
            "and print it into a new PDF"
        ) from error
    except ExcessiveError as error:
        raise _excessive(name, error) from error
    except DAMAGED as error:
        raise SourceError(f"{name} is damaged; {_AGAIN}") from error


def _painted(name: str, document: Document, leaves: Sequence[PDFPage]) -> list[Painted]:
    reader = Reader(document.effort)
    found: list[Painted] = []
    for number, page in enumerate(leaves, 1):
        try:
            found.append(reader.read(page))
        except ExcessiveError as error:
            raise _excessive(f"{name}, page {number}", error) from error
        except DAMAGED as error:
            raise SourceError(f"{name} is damaged on page {number}; {_AGAIN}") from error
    return found


def _refuse_losses(source: Source, painted: Sequence[Painted], words: Sequence[PageWords]) -> None:
    """Count the signs of all pages, and again those of all lines and what was left out."""
    shown = _counted(glyph.text for page in painted for glyph in page.glyphs)
    signs = (sign for line in source.all_lines for _, sign in line.signs)
    kept = (
        _counted(page.beneath for page in words)
        + _counted(line.text for line in source.all_lines)
        + _counted(2 * sign.sign for sign in signs if isinstance(sign, Annotation))
    )
    if shown != kept:
        lost = "".join(sorted((shown - kept) | (kept - shown)))
        raise SourceError(
            f"{source.name} cannot be read without losing or adding characters ({lost[:20]}); "
            "that is a fault of stenogram: please report it, and import the text alone"
        )


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter("".join("".join(texts).split()))


def _excessive(name: str, error: ExcessiveError) -> SourceError:
    limit = str(error) or "asks for more work than the pages of a transcript need"
    return SourceError(f"{name} {limit}; print the pages that you need into a new PDF")
