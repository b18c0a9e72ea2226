"""CSL-JSON, as citation processors and reference managers read it."""

import json

from stenogram.lines.styles.dates import date_parts
from stenogram.lines.styles.notes import remark
from stenogram.lines.styles.record import Record


def csl_json(record: Record) -> str:
    """A list of one item; the lines are a note in it, since a citation says them, not an item."""
    locator, archive = record.locator, record.archive
    item: dict[str, object] = {
        "id": record.key,
        "type": "document",
        "title": record.title,
        "contributor": [{"literal": locator.speaker}] if locator and locator.speaker else "",
        "event-title": record.event,
        "event-date": _date(record.event_date),
        "event-place": record.event_place,
        "publisher": record.publisher,
        "issued": _date(record.issued),
        "version": record.version,
        "archive": archive.name,
        "archive-place": archive.place,
        "archive_collection": archive.collection,
        "archive_location": archive.shelfmark,
        "note": remark(record),
        "language": record.language,
        "URL": record.address,
    }
    rows = (
        f'  "{name}": {json.dumps(value, ensure_ascii=False)}'
        for name, value in item.items()
        if value
    )
    return "[{\n" + ",\n".join(rows) + "\n}]"


def _date(date: str) -> object:
    parts = date_parts(date)
    if parts is None:
        return {"literal": date} if date else ""
    return {"date-parts": [[part for part in parts if part]]}
