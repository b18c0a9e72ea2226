"""Citations in the styles that people and programs ask for."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from stenogram.lines.citation import Passage
from stenogram.lines.printed import PrintedWords
from stenogram.tei.metadata import Metadata

_MONTHS = (
    "January February March April May June July August September October November December".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What every style is written from."""

    passage: Passage
    metadata: Metadata
    base_url: str = ""
    """Where the web edition stands; empty: the address is relative."""

    @property
    def address(self) -> str:
        """The web address of the passage."""
        base = f"{self.base_url.rstrip('/')}/" if self.base_url else ""
        citation = self.passage.citation
        return f"{base}{citation.document}.html#{citation.fragment}"


def chicago_note(cited: Cited) -> str:
    """A note of the Chicago Manual of Style (manuscripts and archives)."""
    metadata = cited.metadata
    facts = (metadata.place, written_date(metadata.date))
    parts = [metadata.title, *(fact for fact in facts if fact and fact not in metadata.title)]
    parts.append(cited.passage.locator)
    if cited.passage.typescript:
        parts.append(f"typescript {cited.passage.typescript}")
    edition = f", ed. {metadata.edition}" if metadata.edition else ""
    publisher = f" ({metadata.publisher}{edition})" if metadata.publisher else ""
    address = cited.address if cited.base_url else str(cited.passage.citation)
    return f"{', '.join(parts)}{publisher}, {address}."


def url(cited: Cited) -> str:
    """The address alone."""
    return cited.address


def as_json(cited: Cited) -> str:
    """One JSON object: citation, locator, lines with words and speakers, edition."""
    metadata = cited.metadata
    typescript = cited.passage.typescript
    lines = [
        {
            "id": row.id,
            "n": row.n,
            "speaker": [metadata.names.get(person, person) for person in row.who],
            "label": row.label,
            "text": row.words,
            "source_line": row.source_line,
            **({"printed": list(map(_printed, row.printed))} if typescript else {}),
        }
        for row in cited.passage.lines
    ]
    record = {
        "citation": str(cited.passage.citation),
        "locator": cited.passage.locator,
        **({"typescript": typescript} if typescript else {}),
        "document": metadata.id,
        "title": metadata.title,
        "date": metadata.date,
        "place": metadata.place,
        "edition": metadata.edition,
        "status": metadata.status,
        "publisher": metadata.publisher,
        "url": cited.address,
        "lines": lines,
    }
    return json.dumps(record, ensure_ascii=False, indent=2)


def _printed(words: PrintedWords) -> dict[str, str]:
    return {"page": words.place.page, "line": words.place.line, "text": words.words}


STYLES: Mapping[str, Callable[[Cited], str]] = {
    "chicago-note": chicago_note,
    "json": as_json,
    "url": url,
}
"""By name, as ``stenogram cite --style`` takes it."""


def written_date(date: str) -> str:
    """``1956-11-04`` as ``4 November 1956``; anything else unchanged."""
    parts = date.split("-")
    full = len(parts) == len(("year", "month", "day")) and all(p.isdecimal() for p in parts)
    if not full or not 1 <= int(parts[1]) <= len(_MONTHS):
        return date
    return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"
