"""RIS, which reference managers import."""

from stenogram.lines.styles.dates import british, date_parts, year
from stenogram.lines.styles.notes import remark
from stenogram.lines.styles.record import Record
from stenogram.white_space import fold


def ris(record: Record) -> str:
    """One record, of the type for manuscripts; the type for hearings is one of law alone."""
    locator, archive = record.locator, record.archive
    fields = [
        ("TI", record.title),
        ("A2", locator.speaker if locator else ""),
        ("PB", record.publisher),
        ("PY", year(record.issued)),
        ("DA", _slashed(record.issued)),
        ("ET", record.version),
        ("SP", locator.first if locator else ""),
        ("EP", locator.last if locator else ""),
        ("N1", remark(record)),
        ("N1", _listed(record.event, british(record.event_date), record.event_place)),
        ("DB", _listed(archive.name, archive.place)),
        ("AV", _listed(archive.collection, archive.shelfmark)),
        ("LA", record.language),
        ("UR", record.address),
        ("ID", record.key.replace("#", ":")),
    ]
    rows = [f"{tag}  - {words}" for tag, value in fields if (words := fold(value))]
    return "\n".join(["TY  - MANSCPT", *rows, "ER  - "])


def _slashed(date: str) -> str:
    """``2026/11/22/``, with all three slashes whatever is known."""
    parts = date_parts(date)
    if parts is None:
        return ""
    month, day = (f"{part:02}" if part else "" for part in (parts.month, parts.day))
    return f"{parts.year:04}/{month}/{day}/"


def _listed(*parts: str) -> str:
    return ", ".join(filter(None, parts))
