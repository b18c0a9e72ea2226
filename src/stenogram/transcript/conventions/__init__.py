"""Conventions: how the transcripts of one house are typed, one data file each.

``docs/conventions.md`` describes the files.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """How transcripts are typed."""

    name: str
    line_numbers: bool = True
    """Lines may have numbers in the margin."""
    pages: tuple[str, ...] = ()
    """Templates of page numbers."""
    pages_between_words: tuple[str, ...] = ()
    times_before_words: tuple[str, ...] = ()
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Templates of other marks on lines of their own, by kind."""


@cache
def convention_named(name: str) -> Convention:
    """A convention that comes with stenogram."""
    data = tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
    layout = data["layout"]
    return Convention(
        name=name,
        pages=tuple(layout["pages"]),
        pages_between_words=tuple(layout["pages_between_words"]),
        times_before_words=tuple(layout["times_before_words"]),
        marks={kind: tuple(layout[f"{kind}s"]) for kind in ("time", "tape", "column")},
    )
