"""The header of an updated document: the new file, what was changed, how much there is now."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from stenogram.sources import Source
from stenogram.tei.markup import element
from stenogram.tei.names import ENCODER, SOURCE
from stenogram.tei.pieces import Piece, with_attributes
from stenogram.updating.edits import Edits, indent_of
from stenogram.updating.report import Report
from stenogram.updating.text import Text

_COUNTED = {"lines": "seg", "turns": "sp", "paragraphs": "p"}
_LISTED = 40
"""So many changes are listed in the header; of more their number is told."""


def bring_header_up_to_date(
    old: Text, edits: Edits, source: Source, path: str, report: Report
) -> None:
    """Name the new file, with its checksum and encoding, and record the change."""
    entry = next(p for p in old.row if p.opens and p.id == SOURCE and p.name == "bibl")
    numbers = {
        p.attributes.get("type", ""): p
        for p in old.row[entry.at : entry.partner]
        if p.opens and p.name == "idno"
    }
    before = _words(old, numbers["file"])
    _rewrite(old, edits, numbers.get("file"), path)
    _rewrite(old, edits, numbers.get("sha256"), source.sha256)
    encoding = numbers.get("encoding")
    if encoding is not None and source.encoding == "utf-8":
        edits.remove_line_of(encoding.at)
    elif encoding is not None:
        _rewrite(old, edits, encoding, source.encoding)
    elif source.encoding != "utf-8":
        last = numbers.get("sha256", numbers["file"])
        markup = element("idno", {"type": "encoding"}, source.encoding)
        edits.put_after(last.partner, f"\n{indent_of(old, last.at)}{markup}")
    _record(old, edits, _change(report, before, path))


def _words(old: Text, piece: Piece) -> str:
    return "".join(p.text for p in old.row[piece.at : piece.partner] if p.kind == "text").strip()


def _rewrite(old: Text, edits: Edits, piece: Piece | None, words: str) -> None:
    if piece is None or _words(old, piece) == words:
        return
    for inner in old.row[piece.at + 1 : piece.partner]:
        edits.remove(inner.at)
    edits.put_after(piece.at, escape(words))


def _change(report: Report, before: str, path: str) -> str:
    """What was changed, in words."""
    told = f"Corrected by the file {path}, received after {before}: {report.counted}."
    changes = list(report.changes())
    if changes:
        rest = len(changes) - _LISTED
        told += " " + "; ".join(changes[:_LISTED])
        told += f"; and {rest} more." if rest > 0 else "."
    return element("change", {"who": f"#{ENCODER}"}, escape(told))


def _record(old: Text, edits: Edits, change: str) -> None:
    """The newest change comes first."""
    for piece in old.row:
        if piece.kind == "start" and piece.name == "revisionDesc":
            first = next(p for p in old.row[piece.at + 1 :] if p.opens and p.parent == piece.at)
            indent = indent_of(old, first.at)
            edits.put_after(piece.at, f"\n{indent}{change}")
            return


def count_anew(row: Sequence[Piece], before: Sequence[Piece]) -> None:
    """Bring the extents up to date, those that were right before."""
    was, now = _counts(before), _counts(row)
    right = {
        unit
        for p in before
        if p.opens and p.name == "measure" and (unit := p.attributes.get("unit", "")) in was
        if p.attributes.get("quantity") == str(was[unit])
    }
    for piece in row:
        unit = piece.attributes.get("unit", "") if piece.opens and piece.name == "measure" else ""
        if unit in right and was[unit] != now[unit]:
            piece.raw = with_attributes(piece, {"quantity": str(now[unit])})
            for inner in row[piece.at + 1 : piece.partner]:
                if inner.kind == "text":
                    inner.raw = re.sub(rf"\b{was[unit]}\b", str(now[unit]), inner.raw)


def _counts(row: Sequence[Piece]) -> dict[str, int]:
    """Lines, turns and paragraphs of the text; parts of a turn count once."""
    begin = next((p.at for p in row if p.opens and p.name == "text"), len(row))
    found: dict[str, int] = {}
    for unit, name in _COUNTED.items():
        inside = [p for p in row[begin:] if p.opens and p.name == name]
        if unit == "lines":
            inside = [p for p in inside if p.attributes.get("type") == "line"]
        numbers = {p.attributes.get("n") or str(p.at) for p in inside}
        found[unit] = len(numbers) if unit == "turns" else len(inside)
    return found
