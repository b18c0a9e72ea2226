"""What an editor should know of a PDF beside its words: what is no text, what nobody can read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral

from stenogram.errors import SourceError
from stenogram.sources.pdf.glyphs import Painted
from stenogram.sources.pdf.objects import Document
from stenogram.sources.pdf.words import PageWords

_MOST_UNKNOWN = 0.02
"""Share of the signs of a file; if more of them are unknown, it is of no use."""
_COMMENTS = frozenset(
    "Text FreeText Highlight Underline Squiggly StrikeOut Stamp Caret Ink Line Square Circle "
    "Polygon PolyLine Redact Sound Movie FileAttachment".split()
)
_UNSHOWN = "field that is not shown"
"""What a form was filled in with, but programs have to find out how it is to be shown."""
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters of Hebrew, Arabic and their like."""
_MOST_ANNOTATIONS = 20_000


def refuse_unreadable(name: str, painted: Sequence[Painted]) -> None:
    """Raise ``SourceError`` for a file without text, or if too much of it cannot be read."""
    signs = sum(_signs(page) for page in painted)
    if not signs and any(page.pictures for page in painted):
        raise SourceError(
            f"{name} has no text: its pages are pictures; have their words recognised (OCR), and "
            "import the PDF that comes of it"
        )
    if not signs:
        raise SourceError(f"{name} is empty; there is nothing to import")
    unknown = sum(page.unknown for page in painted)
    if unknown > _MOST_UNKNOWN * signs:
        where = _pages(number for number, page in enumerate(painted, 1) if page.unknown)
        raise SourceError(
            f"{name} does not say what characters {unknown:,} of its {signs:,} signs are "
            f"({where}); have its words recognised (OCR), or ask for the file it was made from"
        )


def remarks(
    document: Document,
    leaves: Sequence[PDFPage],
    painted: Sequence[Painted],
    words: Sequence[PageWords],
) -> Iterator[str]:
    """One sentence for each thing that an editor should know."""
    pages = list(enumerate(painted, 1))
    pictures = [n for n, page in pages if page.pictures and not _signs(page)]
    if len(pictures) == 1:
        yield f"Page {pictures[0]} has no text: it is a picture; have its words recognised (OCR)."
    elif pictures:
        listed = _pages(pictures).capitalize()
        yield f"{listed} have no text: they are pictures; have their words recognised (OCR)."
    recognised = [n for n, page in pages if page.pictures and _is_mostly_hidden(page)]
    if recognised:
        yield (
            "The words lie hidden behind pictures, so a program has recognised them (OCR): "
            f"{_pages(recognised)}. Compare them with the pictures."
        )
    unknown = sum(page.unknown for page in painted)
    if unknown:
        where = _pages(n for n, page in pages if page.unknown)
        yield f"The file does not say what characters these signs are: {unknown:,}, {where}."
    outside = sum(page.outside for page in painted)
    if outside:
        where = _pages(n for n, page in pages if page.outside)
        yield f"Left out: {outside:,} signs that stand beyond the edges of the page, {where}."
    beneath = sum(len(page.beneath) for page in words)
    if beneath:
        where = _pages(n for n, page in enumerate(words, 1) if page.beneath)
        yield f"Left out: {beneath:,} signs that lie beneath others, {where}."
    backwards = [n for n, page in pages if any(_LEFTWARDS.match(g.text) for g in page.glyphs)]
    if backwards:
        yield (
            "Words that are written from right to left may stand in the wrong order: "
            f"{_pages(backwards)}."
        )
    kinds = sorted(_left_out(document, leaves, painted))
    if kinds:
        yield f"Left out, as no text of the pages: {', '.join(kinds)}."
    if not document.is_extractable:
        yield "The file does not allow its words to be copied; make sure that you may."


def _left_out(
    document: Document, leaves: Sequence[PDFPage], painted: Sequence[Painted]
) -> Iterator[str]:
    if any(page.pictures and _signs(page) and not _is_mostly_hidden(page) for page in painted):
        yield "pictures"
    kinds = {kind for page in leaves for kind in _annotations(page)}
    if "Link" in kinds:
        yield "addresses of links"
    if kinds & _COMMENTS:
        yield "comments"
    if _UNSHOWN in kinds:
        yield "fields of a form"
    if "EmbeddedFiles" in dict_value(document.catalog.get("Names", {})):
        yield "attached files"


def _annotations(page: PDFPage) -> Iterator[str]:
    for annotation in list_value(page.annots)[:_MOST_ANNOTATIONS]:
        described = dict_value(annotation)
        kind = resolve1(described.get("Subtype"))
        if isinstance(kind, PSLiteral):
            yield str(kind.name)
        if isinstance(resolve1(described.get("V")), bytes) and "AP" not in described:
            yield _UNSHOWN


def _signs(page: Painted) -> int:
    return sum(not glyph.text.isspace() for glyph in page.glyphs)


def _is_mostly_hidden(page: Painted) -> bool:
    return 2 * sum(glyph.hidden for glyph in page.glyphs) > len(page.glyphs)


def _pages(numbers: Iterable[int]) -> str:
    """Pages as people write them: ``page 3``, ``pages 3–5 and 9``."""
    found = list(numbers)
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(found), lambda one: one[1] - one[0])
    ]
    named = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    listed = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    return f"{'page' if len(found) == 1 else 'pages'} {listed}"
