"""The documents of an edition as its index page and its search page list them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from stenogram.lines.searchable import SearchRow
from stenogram.lines.word_forms import word_forms
from stenogram.tei.metadata import Metadata

_YEAR = len("1956")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document among the others."""

    document: Metadata
    date: str
    """As the interface writes it."""
    language: str
    lines: int
    turns: int
    rows: int
    """Lines and notes that can be searched."""
    speakers: tuple[str, ...]
    """Names of those who speak, in order of first word."""

    @property
    def title(self) -> str:
        """What it is called; its id if it has no title."""
        return self.document.title or self.document.id

    @property
    def year(self) -> str:
        """Year of the meeting; empty if the header does not give a date."""
        return self.document.date[:_YEAR]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The documents of a year; the year is empty for those without a date."""

    year: str
    entries: tuple[Entry, ...]


class Facet(TypedDict):
    """Something that documents are told apart by, as data for a script."""

    values: list[str]
    """All that there are, sorted."""
    documents: list[list[int]]
    """Places of the values that each document has."""


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Oldest first; documents without a date come last."""
    return sorted(entries, key=lambda e: (not e.document.date, e.document.date, e.document.id))


def by_year(entries: Sequence[Entry]) -> list[Year]:
    """The years of documents that are in order."""
    years: dict[str, list[Entry]] = {}
    for entry in entries:
        years.setdefault(entry.year, []).append(entry)
    return [Year(year=year, entries=tuple(found)) for year, found in years.items()]


def speakers_of(document: Metadata, rows: Iterable[SearchRow]) -> tuple[str, ...]:
    """Names of those who speak in a document, in order of first word."""
    persons = dict.fromkeys(person for row in rows for person in row.who)
    return tuple(dict.fromkeys(document.names.get(person, person) for person in persons))


def index_data(entries: Sequence[Entry]) -> dict[str, Facet]:
    """What the index page's script narrows the list by, where there is a choice."""
    meetings = [tuple(filter(None, (entry.document.event,))) for entry in entries]
    facets = {
        "speaker": [entry.speakers for entry in entries],
        "meeting": meetings if _are_shared(meetings) else [],
        "subject": [entry.document.subjects for entry in entries],
    }
    indexed = {name: _indexed(values) for name, values in facets.items()}
    return {name: data for name, data in indexed.items() if len(data["values"]) > 1}


def search_data(entries: Iterable[Entry]) -> list[tuple[str | int, ...]]:
    """What the search page's script knows of each document before it has read any line."""
    return [(e.document.id, e.title, e.date, e.year, e.language, e.rows) for e in entries]


def _are_shared(values: Sequence[Sequence[str]]) -> bool:
    """Whether a value belongs to several documents; it says more than a title then."""
    every = [value for found in values for value in found]
    return len(set(every)) < len(every)


def _indexed(values: Sequence[Sequence[str]]) -> Facet:
    known = sorted({value for found in values for value in found}, key=lambda v: (word_forms(v), v))
    places = {value: place for place, value in enumerate(known)}
    return Facet(values=known, documents=[[places[value] for value in found] for found in values])
