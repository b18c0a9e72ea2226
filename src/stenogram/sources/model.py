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
    gap: int = 0
    """How many stood after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """An encoding that the file does not state, but that was recognised by its bytes."""

    encoding: str
    confidence: float
    """Share of the files recognised as surely as this one that were recognised rightly."""
    alternatives: tuple[str, ...]
    """Encodings in which the file would have other words, the likeliest first."""
    line: int
    """Line of the first bytes in question."""
    bytes: str
    """What was found there, e.g. ``byte 0xE9``; the same however the file is read."""
    reason: str
    """With some words of the file in each of these encodings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A received file, read."""

    name: str
    """File name without folders."""
    sha256: str
    lines: tuple[SourceLine, ...]
    form_feeds: tuple[int, ...] = ()
    """Numbers of the lines that hold a form feed (a page break of the typescript)."""
    encoding: str = "utf-8"
    """As ``--encoding`` takes it."""
    detection: Detection | None = None
    """Nothing if the encoding is certain: stated by the editor or the file, or UTF-8."""
    left_out: tuple[str, ...] = ()
    """Kinds of things in a web page that are not text, e.g. ``script``."""
