"""Citing lines: ``DOC#L0120`` or ``DOC#L0120-L0125``, the same in every format.

People write ``DOC, l. 120`` or ``DOC, ll. 120–125``, or cite the typescript; all forms are
read. The grammar is in ``docs/citing.md``. Nothing is ever looked up by a path or a pattern
built from input.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stenogram.errors import CitationError
from stenogram.lines.pages import PageCitation, find_stretch, parse_page_citation
from stenogram.lines.printed import PrintedWords, span
from stenogram.lines.rows import LineRow

_LONGEST = 300
_MACHINE = re.compile(
    r"(?P<document>[^#\s]+)#(?P<start>L[0-9]{4,}[a-z]*)(?:-(?P<end>L[0-9]{4,}[a-z]*))?"
)
_PEOPLE = re.compile(
    r"(?P<document>[^#\s,]+),? ll?\. ?(?P<start>[0-9]+[a-z]*)(?: ?[-–] ?(?P<end>[0-9]+[a-z]*))?"
)
# The address of a page is a citation too.
_ADDRESS = re.compile(r"^(?:https?://[^\s#?]*/)?(?P<document>[^\s#/]+)\.html#")
_EXAMPLE = (
    'write e.g. "hearing#L0007", "hearing#L0007-L0009", "hearing, ll. 7–9" or "hearing, p. 3, l. 7"'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One line, or a run of lines, of one document."""

    document: str
    start: str
    """Id of the first line."""
    end: str
    """Id of the last line."""

    def __str__(self) -> str:
        return f"{self.document}#{self.fragment}"

    @property
    def fragment(self) -> str:
        """The part after ``#``, as it stands in a web address."""
        return self.start if self.start == self.end else f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A citation with the lines that it names."""

    citation: Citation
    lines: tuple[LineRow, ...]
    cited_places: str = ""
    """The pages or printed lines of the typescript, if these were cited."""
    printed: tuple[PrintedWords, ...] = ()
    """The words of each printed line, if such were cited."""

    @property
    def locator(self) -> str:
        """As people write it: ``l. 120`` or ``ll. 120–125``."""
        first, last = self.lines[0].n, self.lines[-1].n
        return f"l. {first}" if first == last else f"ll. {first}–{last}"

    @property
    def span(self) -> str:
        """Where the lines stand in the typescript; empty if that is not known."""
        return span([words for line in self.lines for words in line.printed])

    @property
    def typescript(self) -> str:
        """The place in the typescript: as it was cited, or else that of the lines."""
        return self.cited_places or self.span


def parse_citation(text: str) -> Citation | PageCitation:
    """Read a citation in any form.

    Raises ``CitationError``, with an example, for anything else.
    """
    text = _ADDRESS.sub(r"\g<document>#", text.strip(), count=1)
    if len(text) > _LONGEST:
        raise CitationError(f'"{text[:60]}…" is not a citation; {_EXAMPLE}')
    machine = _MACHINE.fullmatch(text)
    if machine:
        start, end = machine["start"], machine["end"] or machine["start"]
        return Citation(document=machine["document"], start=start, end=end)
    people = _PEOPLE.fullmatch(text)
    if people:
        start, end = _id(people["start"]), _id(people["end"] or people["start"])
        return Citation(document=people["document"], start=start, end=end)
    pages = parse_page_citation(text)
    if pages is None:
        raise CitationError(f'"{text}" is not a citation; {_EXAMPLE}')
    return pages


def resolve(citation: Citation | PageCitation, rows: Sequence[LineRow]) -> Passage:
    """The lines that a citation names, or that have words on the pages that it names.

    Raises ``CitationError`` saying where the document ends, or what stands where the
    line is missing, or that the line has a twin, or that the range runs backwards.
    """
    if isinstance(citation, PageCitation):
        found = find_stretch(citation, rows)
        lines = Citation(document=citation.document, start=found.first.id, end=found.last.id)
        return replace(resolve(lines, rows), cited_places=citation.places, printed=found.printed)
    places = {row.id: place for place, row in enumerate(rows)}
    times = Counter(row.id for row in rows)
    if not rows:
        raise CitationError(f"{citation.document} has no numbered lines, so none can be cited")
    for wanted in (citation.start, citation.end):
        if wanted not in places:
            raise CitationError(f"{wanted}: {_why_missing(wanted, rows)}")
        if times[wanted] > 1:
            raise CitationError(
                f"{wanted} stands {times[wanted]} times in {citation.document}; "
                "stenogram check says where"
            )
    first, last = places[citation.start], places[citation.end]
    if first > last:
        turned = f"{citation.document}#{citation.end}-{citation.start}"
        raise CitationError(f"{citation} runs backwards; did you mean {turned}?")
    return Passage(citation=citation, lines=tuple(rows[first : last + 1]))


def _id(number: str) -> str:
    digits = re.match(r"[0-9]+", number)
    count = digits.group() if digits else ""
    return f"L{count.lstrip('0').rjust(4, '0')}{number[len(count) :]}"


def _number(identifier: str) -> int:
    """The number in an id; no document has more lines than nine digits can count."""
    digits = re.search(r"[0-9]{1,9}", identifier)
    return int(digits.group()) if digits else 0


def _why_missing(wanted: str, rows: Sequence[LineRow]) -> str:
    last = max(rows, key=lambda row: _number(row.id))
    if _number(wanted) > _number(last.id):
        return f"the document ends at {last.id}"
    first = min(rows, key=lambda row: _number(row.id))
    if _number(wanted) < _number(first.id):
        return f"the document begins at {first.id}"
    nearest = min(rows, key=lambda row: abs(_number(row.id) - _number(wanted)))
    return f"the document has no such line; the nearest is {nearest.id}"
