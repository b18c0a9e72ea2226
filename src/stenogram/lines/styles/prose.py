"""Styles for readers: Chicago, MLA, APA.

Titles stand as the header has them; no style changes their capitals.
"""

from collections.abc import Iterable

from stenogram.lines.styles.dates import abbreviated, american, month_and_day, year, year_first
from stenogram.lines.styles.record import Record

_UNDATED = "n.d."
_STOPS = (".", "?", "!")


def chicago_note(record: Record) -> str:
    """A note of the Chicago Manual of Style, 18th edition."""
    locator = record.locator
    speaker = f"{locator.speaker}, in " if locator and locator.speaker else ""
    rest = [
        f"version {record.version}" if record.version else "",
        _event(record),
        record.publisher,
        american(record.issued) or ("" if record.event_date else _UNDATED),
    ]
    if locator:
        rest += [locator.spelled, f"typescript {locator.typescript}" if locator.typescript else ""]
    return f"{speaker}{_quoted(record, ',')} {_joined([*rest, *_archive(record), record.where])}."


def chicago_author_date(record: Record) -> str:
    """The author-date system of the Chicago Manual of Style: in the text, and in the list."""
    dated = year(record.issued or record.event_date) or _UNDATED
    located = f", {record.locator.spelled}" if record.locator else ""
    cited = f"({_quoted(record, ',' if dated == _UNDATED else '')} {dated}{located})"
    published = _joined([record.publisher, month_and_day(record.issued)])
    parts = [
        _quoted(record, "."),
        dated,
        f"Version {record.version}" if record.version else "",
        _event(record),
        published,
        *_archive(record),
        record.where,
    ]
    return _text_and_list(record, cited, _sentences(parts))


def mla(record: Record) -> str:
    """The style of the Modern Language Association, 9th edition: in the text, and in the list."""
    located = f"({_quoted(record, ',')} {record.locator.spelled})" if record.locator else ""
    archive = record.archive
    rest = [
        f"Version {record.version}" if record.version else "",
        record.publisher,
        abbreviated(record.issued),
        _joined([record.event, abbreviated(record.event_date), _place(record)]),
        archive.name,
        archive.place,
        archive.collection,
        archive.shelfmark,
    ]
    listed = f"{_quoted(record, '.')} {_joined([_capital(_joined(rest)), record.where])}."
    return _text_and_list(record, located, listed)


def apa(record: Record) -> str:
    """The style of the American Psychological Association, 7th edition: in text and list."""
    located = f", {record.locator.capital}" if record.locator else ""
    cited = f"({record.title}, {year(record.issued) or _UNDATED}{located})"
    archive = record.archive
    box = f"{archive.collection} ({archive.shelfmark})" if archive.collection else archive.shelfmark
    kept = _joined([box if archive.collection else "", archive.name, archive.place])
    if box and not archive.collection:
        kept = f"{kept} ({box})" if kept else box
    event = [record.event, record.event_place, american(record.event_date)] if record.event else []
    version = f" (Version {record.version})" if record.version else ""
    parts = [
        f"{record.title}{version}",
        f"({year_first(record.issued) or _UNDATED})",
        record.publisher,
        kept,
        _joined(event),
    ]
    return _text_and_list(record, cited, f"{_sentences(parts)} {record.where}")


def _text_and_list(record: Record, cited: str, listed: str) -> str:
    """The citation for the running text over the entry in the list of references."""
    return f"{cited}\n\n{listed}" if record.locator else listed


def _quoted(record: Record, stop: str = "") -> str:
    """The title in quotation marks; its own mark at the end stands for that of the citation."""
    title = record.title.replace("“", "‘").replace("”", "’")
    return f"“{title}{'' if title.endswith(_STOPS) else stop}”"


def _event(record: Record) -> str:
    return _joined([record.event, american(record.event_date), _place(record)])


def _place(record: Record) -> str:
    """Where it was held, if anything is said of the meeting that it could stand beside."""
    return record.event_place if record.event or record.event_date else ""


def _archive(record: Record) -> list[str]:
    archive = record.archive
    return [archive.shelfmark, archive.collection, _joined([archive.name, archive.place])]


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(filter(None, parts))


def _sentences(parts: Iterable[str]) -> str:
    """Each part with a full stop, unless it ends with a mark of its own."""
    ended = (".", "?", "!", ".”", "?”", "!”")
    return " ".join(part if part.endswith(ended) else f"{part}." for part in parts if part)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
