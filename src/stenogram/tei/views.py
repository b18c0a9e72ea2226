"""Views of a document: the same reading events, one reading of every passage."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from stenogram.tei.events import (
    Anchor,
    End,
    Event,
    Gap,
    PageBreak,
    SourceLine,
    StartChoice,
    StartCorrected,
    StartNote,
    StartTyped,
)

EDITORIAL = "editorial"


class View(StrEnum):
    """Which reading of a document is shown."""

    SOURCE = "source"
    """As typed: misprints and all brackets, without what the editor added."""
    READING = "reading"
    """Corrected, with all notes."""


def in_view(events: Iterable[Event], view: View) -> Iterator[Event]:
    """The events of one view; those of the other reading are left out whole."""
    skipping = 0
    kept: list[bool] = []
    for event in events:
        if skipping:
            skipping += _change_of_depth(event)
            continue
        match event:
            case StartTyped() if view is View.READING:
                skipping = 1
            case StartCorrected() if view is View.SOURCE:
                skipping = 1
            case StartNote(type=kind) if view is View.SOURCE and kind == EDITORIAL:
                skipping = 1
            case StartChoice() | StartTyped() | StartCorrected():
                kept.append(False)
            case End():
                if kept.pop():
                    yield event
            case str() | SourceLine() | PageBreak() | Gap() | Anchor():
                yield event
            case _:
                kept.append(True)
                yield event


def _change_of_depth(event: Event) -> int:
    match event:
        case End():
            return -1
        case str() | SourceLine() | PageBreak() | Gap() | Anchor():
            return 0
        case _:
            return 1
