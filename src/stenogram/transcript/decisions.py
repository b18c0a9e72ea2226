"""What the importer decided, how sure it was, and what the editor answered.

The decisions file stands beside the TEI (``DOC.decisions.toml``). The editor writes an
``answer``; the next import takes it instead of its own choice. ``docs/decisions.md``
describes the format.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import tomli_w

from stenogram.errors import DecisionError

_Row = TypeVar("_Row")
_KINDS: dict[str, tuple[type, ...]] = {
    str(str): (str,),
    str(int): (int,),
    str(float): (float, int),
}
_WANTED: dict[tuple[type, ...], str] = {
    (str,): "words between quotation marks",
    (int,): "a whole number",
    (float, int): "a number from 0 to 1",
    (list,): "a list in square brackets",
}
_TABLE = re.compile(r"^[ \t]*(?P<table>\[\[[ \t]*decision[ \t]*\]\])", re.MULTILINE)
_AT_LINE = re.compile(r"\(at line (\d+)")
_SURE = 0.9
_SHOWN = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One thing that the importer was not sure of."""

    kind: str
    """What it is about: ``label``, ``speaker``, ``bracket``, ``parenthesis`` …"""
    line: int
    """Line of the received file."""
    text: str
    """The words in question, as typed."""
    question: str = ""
    taken: str = ""
    """What the importer does if nobody answers."""
    alternatives: tuple[str, ...] = ()
    """What else can be answered."""
    confidence: float = 0.0
    """From 0 (a guess) to 1 (certain)."""
    reason: str = ""
    answer: str = ""
    """The editor's."""
    remark: str = ""
    """The editor's reasons."""

    @property
    def key(self) -> tuple[str, int, str]:
        """What an answer is recognised by on the next import."""
        return self.kind, self.line, self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """``[import]`` of a decisions file: what was imported, and as what."""

    source: str = ""
    """Name of the received file in ``tei/sources/``."""
    sha256: str = ""
    """Its checksum."""
    tei_sha256: str = ""
    """Checksum of the TEI as imported: only this may be overwritten."""
    title: str = ""
    """Title for the TEI header."""
    date: str = ""
    """Date of the meeting, e.g. ``1956-11-04``."""
    encoding: str = ""
    """Encoding of the received file, where the editor named it."""
    convention: str = ""
    """Convention by which it is typed, where the editor named it."""
    language: str = ""
    """Language of the record, where the editor named it."""


class Decisions:
    """Collects decisions during an import and hands out the answers of the last one."""

    def __init__(self, answered: Iterable[Decision] = ()) -> None:
        """Begin with the decisions of the last import."""
        self._earlier = {decision.key: decision for decision in answered}
        self._taken: dict[tuple[str, int, str], Decision] = {}

    @property
    def taken(self) -> list[Decision]:
        """The decisions of this import, in the order in which they arose."""
        return list(self._taken.values())

    def decide(self, decision: Decision) -> str:
        """What to do: the editor's answer if there is one, else what was taken.

        What is nearly certain is not recorded, unless it was answered.
        Raises ``DecisionError`` for an answer that is none of the alternatives.
        """
        earlier = self._earlier.get(decision.key)
        answer = earlier.answer if earlier else ""
        if answer and answer not in (decision.taken, *decision.alternatives):
            options = ", ".join(f'"{a}"' for a in (decision.taken, *decision.alternatives))
            raise DecisionError(
                f'Decision on line {decision.line} ({decision.kind}, "{shorten(decision.text)}"): '
                f'the answer "{answer}" is none of {options}'
            )
        if earlier:
            self.keep(replace(decision, answer=answer, remark=earlier.remark))
        elif decision.confidence < _SURE:
            self.keep(decision)
        return answer or decision.taken

    def answers(self, kind: str) -> list[Decision]:
        """Answered decisions of one kind; an editor may also add them unasked."""
        return [a for a in self._earlier.values() if a.kind == kind and a.answer]

    def keep(self, decision: Decision) -> None:
        """Record a decision, once."""
        self._taken[decision.key] = decision

    def unused(self) -> list[Decision]:
        """Answers that fitted nothing in the file."""
        return [a for key, a in self._earlier.items() if a.answer and key not in self._taken]


def read_decisions(data: bytes, path: str) -> tuple[ImportRecord, list[Decision]]:
    """Read a decisions file.

    Raises ``DecisionError``, with the line, if it is not TOML, if a table in it is not as
    documented, or if one decision has two answers.
    """
    try:
        text = data.decode("utf-8-sig")
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DecisionError(f"{path}:{line}: this is not UTF-8; save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:  # not TOML, huge numbers, deep lists
        raise DecisionError(
            f"{_place_of(error, data, path)}: this cannot be read ({error}); write each entry on "
            'a line of its own, like: answer = "text"'
        ) from error
    record = _record(ImportRecord, tables.pop("import", {}), f"{path}: [import]")
    rows = tables.pop("decision", [])
    if tables or not isinstance(rows, list):
        other = f", not [{next(iter(tables))}]" if tables else ""
        raise DecisionError(f"{path} may only hold [import] and [[decision]] tables{other}")
    lines = [text.count("\n", 0, found.start("table")) + 1 for found in _TABLE.finditer(text)]
    places = [f"{path}:{line}" for line in lines] if len(lines) == len(rows) else [path] * len(rows)
    decisions = [
        _record(Decision, row, f"{place}: this [[decision]]")
        for place, row in zip(places, rows, strict=True)
    ]
    _refuse_two_answers(decisions, places)
    return record, decisions


def _place_of(error: Exception, data: bytes, path: str) -> str:
    """The file, with the line if the error tells."""
    found = _AT_LINE.search(str(error))
    if found is None and "end of document" in str(error):
        return f"{path}:{len(data.splitlines())}"
    return f"{path}:{found[1]}" if found else path


def _refuse_two_answers(decisions: Sequence[Decision], places: Sequence[str]) -> None:
    answered: dict[tuple[str, int, str], str] = {}
    for decision, place in zip(decisions, places, strict=True):
        other = answered.setdefault(decision.key, decision.answer)
        if other and decision.answer and other != decision.answer:
            raise DecisionError(
                f"{place}: there are two answers about line {decision.line} ({decision.kind}, "
                f'"{shorten(decision.text)}"): "{other}" and "{decision.answer}"; delete one'
            )
        answered[decision.key] = other or decision.answer


def write_decisions(record: ImportRecord, decisions: Iterable[Decision]) -> bytes:
    """A decisions file: a word of explanation, then the tables in source order."""
    imported = _table(record)
    for name in ("encoding", "convention", "language"):  # of most files there is nothing to name
        if not imported[name]:
            del imported[name]
    tables: dict[str, Any] = {"import": imported}
    rows = [_table(d) for d in sorted(decisions, key=lambda d: (d.line, d.kind))]
    if rows:  # else an editor could add none
        tables["decision"] = rows
    return (_EXPLANATION + tomli_w.dumps(tables)).encode()


def _is_value(value: object, kinds: tuple[type, ...]) -> bool:
    if isinstance(value, bool) or not isinstance(value, kinds):
        return False
    return not isinstance(value, float) or 0 <= value <= 1


def shorten(text: str, length: int = _SHOWN) -> str:
    """The first words of a text, for a message."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


_EXPLANATION = """\
# What the importer was not sure of. "taken" is what it did. To have it otherwise, write one
# of the alternatives as the "answer" (and why as the "remark"), then import again.

"""


def _table(row: ImportRecord | Decision) -> dict[str, Any]:
    values = {item.name: getattr(row, item.name) for item in fields(row)}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}


def _record(kind: type[_Row], table: object, where: str) -> _Row:
    """One table as a dataclass: every key must be known and of the kind of its default."""
    if not isinstance(table, dict):
        raise DecisionError(f"{where} is not a table")
    expected: dict[str, tuple[type, ...]] = {
        item.name: ((list,) if item.name == "alternatives" else _KINDS[str(item.type)])
        for item in fields(kind)  # type: ignore[arg-type]  # both rows are dataclasses
    }
    for name, value in table.items():
        if name not in expected:
            known = ", ".join(expected)
            raise DecisionError(f'{where} has an entry "{name}"; there are only: {known}')
        if not _is_value(value, expected[name]):
            raise DecisionError(
                f'{where} has something else as "{name}" than {_WANTED[expected[name]]}'
            )
    values = {n: tuple(map(str, v)) if isinstance(v, list) else v for n, v in table.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise DecisionError(f"{where} needs at least kind, line and text") from error
