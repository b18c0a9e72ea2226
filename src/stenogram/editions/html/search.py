"""What the search of the web edition looks through: the lines of each document as a script.

A page opened from a disk cannot read other files, but it can run scripts that lie beside it. So
the lines of a document are a script of one call, and the search page runs those that it needs.
"""

import json
from collections.abc import Iterable, Mapping

from stenogram.lines.searchable import Kind, SearchRow
from stenogram.tei.metadata import Metadata

_KINDS = {Kind.SPEECH: 0, Kind.OTHER: 1, Kind.NOTE: 2}
_BEFORE = "(globalThis.stenogramLines ||= []).push("
_ESCAPED = {"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""In a script some signs mean more than in JSON."""
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_USUAL = ("0", "0", '""')
"""Corrected words, kind and mark of most rows."""


def lines_script(document: Metadata, rows: Iterable[SearchRow]) -> bytes:
    """The lines of a document as ``search.js`` reads them, one row to a line.

    A row is: id, number, who (place among the speakers, several places, or -1), words as typed,
    words as corrected (0: the same), kind, mark; what is usual at the end of a row is left out.
    """
    speakers: dict[str, int] = {}
    lines = ",\n".join(_row(row, speakers, document.names) for row in rows)
    head = f'"id":{_json(document.id)},"speakers":{_json(list(speakers))}'
    script = f'{_BEFORE}{{{head},"rows":[\n{lines}\n]}});\n'
    for sign, escaped in _ESCAPED.items():
        script = script.replace(sign, escaped)
    return script.encode()


def _row(row: SearchRow, speakers: dict[str, int], names: Mapping[str, str]) -> str:
    """Put together from strings: a list to each row takes three times as long."""
    places = [str(speakers.setdefault(names.get(who, who), len(speakers))) for who in row.who]
    who = f"[{','.join(places)}]" if len(places) > 1 else (*places, "-1")[0]
    usual = f"[{_json(row.id)},{_json(row.n)},{who},{_json(row.typed)}"
    corrected = "0" if row.corrected == row.typed else _json(row.corrected)
    rest: tuple[str, ...] = (corrected, str(_KINDS[row.kind]), _json(row.mark))
    while rest and rest[-1] == _USUAL[len(rest) - 1]:
        rest = rest[:-1]
    return ",".join((usual, *rest)) + "]"
