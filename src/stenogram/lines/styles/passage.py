"""A cited passage with all that is known of it, and its bare address."""

import json

from stenogram.lines.printed import PrintedWords
from stenogram.lines.styles.record import Cited


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
