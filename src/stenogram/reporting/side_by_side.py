"""The received file and what the TEI makes of it, row by row."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import Markup, escape

from stenogram.editions.body import body
from stenogram.reporting.differences import contrast
from stenogram.reporting.rows import Piece
from stenogram.tei.events import END, Event, StartInline
from stenogram.white_space import fold

_NAME = re.compile(r"[\w.-]+")
_MARK = Markup("<mark>{}</mark>")
_NOTHING = Markup("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A question or a finding that a row is about."""

    id: str
    """Id of its entry on the page."""
    name: str
    """How a row refers to it."""
    words: str
    """In short, what it is about."""
    typed: str = ""
    """The words of the received file in question."""


@dataclass(slots=True, kw_only=True)
class Row:
    """One row: a source line, or part of a long one."""

    id: str = ""
    """Address of the row on the page; what nothing leads to has none."""
    line: str
    """Number of the source line, where one begins."""
    received: Markup | None = None
    """The received file, as HTML; nothing if it has no such line."""
    encoded: Markup | None = None
    """The edition, as HTML; nothing if it has no such line."""
    received_differs: Markup = _NOTHING
    """What the received file has, as HTML, where the edition does not give it as typed."""
    encoded_differs: Markup = _NOTHING
    """What the edition has instead."""
    doubts: list[Doubt] = field(default_factory=list)
    near: bool = False
    """It stands beside a doubtful one, and helps to judge that."""

    @property
    def differs(self) -> bool:
        """Whether the edition does not give this line as it was received."""
        return bool(self.received_differs or self.encoded_differs) or None in (
            self.received,
            self.encoded,
        )

    @property
    def doubtful(self) -> bool:
        """Whether somebody should look at it."""
        return bool(self.doubts) or self.differs


def side_by_side(
    pieces: Sequence[Piece],
    received: Mapping[str, str],
    differing: Mapping[str, str],
    doubts: Mapping[str, Sequence[Doubt]],
    prefix: str,
) -> list[Row]:
    """Align a document with its received file.

    ``received`` are the lines of the file by number, ``differing`` what the TEI gives for
    those that it gives otherwise, ``doubts`` what each line is asked about. Ids of rows
    begin with ``prefix``.
    """
    rows: list[Row] = []
    used: set[str] = set()
    for line, found in _in_source_order(pieces, list(received)):
        typed = received.get(line)
        made = _rows(line, found, typed, doubts.get(line, ()))
        _address(made, line, prefix, used)
        if typed is not None and line in differing:
            seen = contrast(typed, differing[line])
            made[0].received_differs, made[0].encoded_differs = seen.received, seen.encoded
        rows += made
    _mark_neighbours(rows)
    return rows


def reading(
    pieces: Iterable[Piece], doubts: Mapping[str, Sequence[Doubt]], prefix: str
) -> list[Row]:
    """A document without a received file: a row for each citation line."""
    rows = []
    used: set[str] = set()
    for piece in pieces:
        about = doubts.get(piece.line, ())
        row = Row(line="", received=_NOTHING, encoded=_html(piece.events), doubts=list(about))
        _address([row], piece.line, prefix, used)
        rows.append(row)
    _mark_neighbours(rows)
    return rows


def _address(rows: Sequence[Row], line: str, prefix: str, used: set[str]) -> None:
    """Give ids to the first row of a line, and to those of its others that are asked about.

    What stands in a document may be no name for a line, or that of another.
    """
    for place, row in enumerate(rows):
        identifier = f"{prefix}{line}:{place + 1}" if place else f"{prefix}{line}"
        wanted = row.doubts and line.isdecimal() if place else _NAME.fullmatch(line)
        if wanted and identifier not in used:
            row.id = identifier
            used.add(identifier)


def _in_source_order(
    pieces: Sequence[Piece], numbers: Sequence[str]
) -> Iterator[tuple[str, list[Piece]]]:
    """Each line with its pieces; lines that were not received follow those before them."""
    by_line: dict[str, list[Piece]] = {number: [] for number in numbers}
    strangers: dict[str, list[list[Piece]]] = {}
    last = ""
    for line, group in groupby(pieces, key=lambda piece: piece.line):
        if line in by_line:
            by_line[line] += group
            last = line
        else:
            strangers.setdefault(last, []).append(list(group))
    for line, found in [("", []), *by_line.items()]:
        if line:
            yield line, found
        for stranger in strangers.get(line, ()):
            yield stranger[0].line, stranger


def _rows(line: str, pieces: list[Piece], typed: str | None, doubts: Sequence[Doubt]) -> list[Row]:
    parts = [] if typed is None else _parted(typed, [piece.characters for piece in pieces])
    rows = [Row(line="" if place else line) for place in range(max(1, len(pieces)))]
    asked = _asked(parts, doubts)
    for place, row in enumerate(rows):
        row.doubts = asked.get(place, [])
        words = [doubt.typed for doubt in row.doubts if doubt.typed]
        if typed is not None:
            row.received = _with_marks(parts[place], words)
        if place < len(pieces):
            row.encoded = _html(_with_marked_words(pieces[place].events, words))
    return rows


def _parted(text: str, sizes: Sequence[int]) -> list[str]:
    """A source line cut so that each part has so many characters, white space not counted."""
    parts: list[str] = []
    begin = place = 0
    for size in sizes[:-1]:
        while size and place < len(text):
            size -= text[place] != " "
            place += 1
        parts.append(text[begin:place])
        begin = place
    return [*parts, text[begin:]]


def _asked(parts: Sequence[str], doubts: Sequence[Doubt]) -> dict[int, list[Doubt]]:
    """Doubts by the part of their line that they are about: the first that has the words."""
    asked: dict[int, list[Doubt]] = {}
    for doubt in doubts:
        words = fold(doubt.typed)
        found = (n for n, part in enumerate(parts) if words and words in part)
        asked.setdefault(next(found, 0), []).append(doubt)
    return asked


def _with_marks(text: str, words: Iterable[str]) -> Markup:
    """A received line as HTML, the words in question marked."""
    html, end = Markup(), 0
    for begin, stop in _stretches(text, words):
        html += escape(text[end:begin]) + _MARK.format(text[begin:stop])
        end = stop
    return (html + escape(text[end:])).strip()


def _stretches(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where these words stand; each once, and none inside another."""
    found: list[tuple[int, int]] = []
    for word in words:
        folded = fold(word)
        begin = text.find(folded) if folded else -1
        found += [(begin, begin + len(folded))] * (begin >= 0)
    kept: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        if not kept or begin >= kept[-1][1]:
            kept.append((begin, end))
    return kept


def _with_marked_words(events: Sequence[Event], words: Sequence[str]) -> Iterable[Event]:
    """The same events with the words in question marked, wherever elements divide them."""
    if not words:
        return events
    text = "".join(event for event in events if isinstance(event, str))
    return _marked(events, _stretches(text, words))


def _marked(events: Iterable[Event], stretches: Sequence[tuple[int, int]]) -> Iterator[Event]:
    place = 0
    for event in events:
        if not isinstance(event, str):
            yield event
            continue
        end = place + len(event)
        for begin, stop in stretches:
            first, last = max(begin, place), min(stop, end)
            if first < last:
                yield event[: first - place]
                yield StartInline("doubt", "", "")
                yield event[first - place : last - place]
                yield END
                event, place = event[last - place :], last
        yield event
        place = end


def _html(events: Iterable[Event]) -> Markup:
    """A piece as the web edition would have it."""
    # Written by editions.body, which escapes all text and attributes itself.
    return Markup("".join(body(events).html).strip())  # noqa: S704


def _mark_neighbours(rows: Sequence[Row]) -> None:
    for place, row in enumerate(rows):
        if row.doubtful:
            for other in rows[max(0, place - 1) : place + 2]:
                other.near = True
