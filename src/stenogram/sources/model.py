"""A received file as numbered source lines."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the received file that is not empty."""

    number: int
    """Counted from 1 as an editor's program counts, empty lines included."""
    text: str
    """The words, white space folded to single spaces and trimmed."""
    indent: int
    """How many white-space characters stood before the first word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A received file, read."""

    name: str
    """File name without folders."""
    sha256: str
    lines: tuple[SourceLine, ...]
    form_feeds: tuple[int, ...] = ()
    """Numbers of the lines that hold a form feed (a page break of the typescript)."""
