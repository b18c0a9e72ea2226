"""Citing by page and printed line: ``DOC, p. 38, l. 11`` or ``DOC 38:11``."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from stenogram.errors import CitationError
from stenogram.lines.printed import PrintedPlace, PrintedWords, run
from stenogram.lines.rows import LineRow

_PAGE = r"(?:[^\W\d_]+-[0-9]+|[^\W_]+)"
_NUMBER = r"[0-9]+[a-z]*"
_DASH = r" ?[-–] ?"
_P = r"pp?\. ?"
_L = r",? ll?\. ?"
_FORMS = tuple(
    re.compile(rf"(?P<document>[^#\s,]+),? {form}")
    for form in (
        rf"{_P}(?P<page>{_PAGE})(?:{_L}(?P<line>{_NUMBER})(?:{_DASH}(?P<end_line>{_NUMBER}))?)?",
        rf"{_P}(?P<page>{_PAGE}){_DASH}(?P<end_page>{_PAGE})",
        rf"{_P}(?P<page>{_PAGE})(?:{_L}(?P<line>{_NUMBER}))?{_DASH}"
        rf"{_P}(?P<end_page>{_PAGE})(?:{_L}(?P<end_line>{_NUMBER}))?",
        rf"(?P<page>{_PAGE}):(?P<line>{_NUMBER})"
        rf"(?:{_DASH}(?:(?P<end_page>{_PAGE}):)?(?P<end_line>{_NUMBER}))?",
    )
)
_ZEROS = re.compile(r"^0+(?=[0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCitation:
    """A page or printed line of a document's typescript, or a run of them."""

    document: str
    start: PrintedPlace
    end: PrintedPlace

    def __str__(self) -> str:
        return f"{self.document}, {self.places}"

    @property
    def places(self) -> str:
        """The part after the document."""
        return run(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The citation lines that have words on the pages or printed lines that were cited."""

    first: LineRow
    last: LineRow
    printed: tuple[PrintedWords, ...]
    """The words of each printed line, if such were cited."""


@dataclass(frozen=True, slots=True)
class _Part:
    order: int
    row: LineRow
    printed: PrintedWords


def parse_page_citation(text: str) -> PageCitation | None:
    """Read a citation by page, and perhaps printed line; anything else gives nothing."""
    for form in _FORMS:
        found = form.fullmatch(text)
        if found:
            return _citation(found["document"], found.groupdict(default=""))
    return None


def _citation(document: str, given: dict[str, str]) -> PageCitation:
    line, end_line = (_ZEROS.sub("", given.get(name, "")) for name in ("line", "end_line"))
    end_page = given.get("end_page", "")
    end = PrintedPlace(end_page or given["page"], end_line or ("" if end_page else line))
    return PageCitation(document=document, start=PrintedPlace(given["page"], line), end=end)


def find_stretch(cited: PageCitation, rows: Sequence[LineRow]) -> Stretch:
    """The lines of a document that have words on the pages or printed lines cited.

    Raises ``CitationError`` saying which pages, or lines of the page, there are, or where each
    of two with one number is, or that the range runs backwards.
    """
    found = ((row, printed) for row in rows for printed in row.printed)
    parts = [_Part(order, row, printed) for order, (row, printed) in enumerate(found)]
    if not any(part.printed.place.page for part in parts):
        raise CitationError(f"{cited.document} has no page numbers; cite its lines")
    start, end = (_at(place, parts, cited.document) for place in (cited.start, cited.end))
    first, last = start[0].order, end[-1].order
    if first > last:
        turned = PageCitation(document=cited.document, start=cited.end, end=cited.start)
        raise CitationError(f"{cited} runs backwards; did you mean {turned}?")
    printed = parts[first : last + 1] if cited.start.line or cited.end.line else []
    return Stretch(
        first=parts[first].row,
        last=parts[last].row,
        printed=tuple(map(_joined, _runs(printed, lambda one: (one.sheet, one.place)))),
    )


def _at(place: PrintedPlace, parts: Sequence[_Part], document: str) -> list[_Part]:
    sheets = _runs(parts, lambda one: one.sheet)
    pages = [page for page in sheets if page[0].printed.place.page == place.page]
    if not pages:
        numbers = [number for part in parts if (number := part.printed.place.page)]
        raise CitationError(
            f"p. {place.page}: no page with words has this number; "
            f"the document has {_extent('page', numbers)}"
        )
    page = _only(pages, PrintedPlace(place.page), document)
    return _at_line(place, page, document) if place.line else page


def _at_line(place: PrintedPlace, page: Sequence[_Part], document: str) -> list[_Part]:
    numbers = [number for part in page if (number := part.printed.place.line)]
    if not numbers:
        raise CitationError(
            f"{place}: page {place.page} has no line numbers; "
            f"cite {document}, {PrintedPlace(place.page)}"
        )
    lines = [line for line in _runs(page, lambda one: one.place) if line[0].printed.place == place]
    if not lines:
        raise CitationError(
            f"{place}: no line with words has this number; "
            f"page {place.page} has {_extent('line', numbers)}"
        )
    return _only(lines, place, document)


def _only(found: Sequence[list[_Part]], place: PrintedPlace, document: str) -> list[_Part]:
    if len(found) > 1:
        raise CitationError(
            f"{place} stands {len(found)} times in {document}, "
            f"at {_ids(found[0])} and at {_ids(found[1])}; cite its lines"
        )
    return found[0]


def _ids(parts: Sequence[_Part]) -> str:
    first, last = parts[0].row.id, parts[-1].row.id
    return first if first == last else f"{first}-{last}"


def _extent(what: str, numbers: Sequence[str]) -> str:
    one = numbers[0] == numbers[-1]
    return f"{what} {numbers[0]} only" if one else f"{what}s {numbers[0]} to {numbers[-1]}"


def _runs(parts: Sequence[_Part], what: Callable[[PrintedWords], object]) -> list[list[_Part]]:
    """The parts in runs of neighbours that have something in common."""
    return [list(group) for _, group in groupby(parts, key=lambda part: what(part.printed))]


def _joined(parts: Sequence[_Part]) -> PrintedWords:
    first = parts[0].printed
    words = " ".join(part.printed.words for part in parts)
    return PrintedWords(first.place, first.sheet, words)
