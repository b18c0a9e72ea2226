"""COinS: a record hidden in a web page, which reference managers find there."""

from html import escape
from urllib.parse import urlencode

from stenogram.lines.styles.notes import remark
from stenogram.lines.styles.record import Record


def coins(record: Record) -> str:
    """An empty element that holds the record, to be put into any page."""
    return f'<span class="Z3988" title="{escape(context_object(record))}"></span>'


def context_object(record: Record) -> str:
    """The record as the query of an OpenURL (ANSI/NISO Z39.88), in terms of Dublin Core."""
    locator = record.locator
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "document"),
        ("rft.title", record.title),
        ("rft.contributor", locator.speaker if locator else ""),
        ("rft.publisher", record.publisher),
        ("rft.date", record.issued),
        ("rft.language", record.language),
        ("rft.description", remark(record)),
        ("rft.coverage", record.event_place),
        ("rft.identifier", record.address),
    ]
    return urlencode([(name, value) for name, value in fields if value])
