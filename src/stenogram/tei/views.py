"""Views of a document: the same reading events, one reading of every passage."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from stenogram.tei.events import (
    END,
    Anchor,
    Bracket,
    End,
    Event,
    Furniture,
    Gap,
    LineEndHyphen,
    PageBreak,
    SourceLine,
    StartChoice,
    StartCorrected,
    StartDeleted,
    StartNote,
    StartTyped,
)

EDITORIAL = "editorial"


class View(StrEnum):
    """Which reading of a document is shown."""

    SOURCE = "source"
    """As typed: misprints and all brackets, without what the editor added."""
    READING = "reading"
    """Corrected, each correction between ``CORRECTED`` signs, with all notes."""


CORRECTED = Bracket("⟨"), Bracket("⟩")
"""The signs around the editor's words in a reading view: nobody may take them for typed."""


def in_view(events: Iterable[Event], view: View) -> Iterator[Event]:
    """The events of one view; those of the other reading are left out whole."""
    skipping = 0
    closing: list[Event | None] = []
    """For each event that is open: what ends it in this view, if anything."""
    for event in events:
        if skipping:
            skipping += _change_of_depth(event)
            continue
        match event:
            case str():
                yield event
            case StartTyped() | StartDeleted() if view is View.READING:
                skipping = 1
            case StartCorrected() if view is View.SOURCE:
                skipping = 1
            case StartNote(type=kind) if view is View.SOURCE and kind == EDITORIAL:
                skipping = 1
            case StartCorrected():
                yield CORRECTED[0]
                closing.append(CORRECTED[1])
            case StartChoice() | StartTyped():
                closing.append(None)
            case End():
                end = closing.pop()
                if end is not None:
                    yield end
            case Gap(typed=typed) if typed and view is View.SOURCE:
                yield typed
            case SourceLine() | PageBreak() | Furniture() | LineEndHyphen():
                yield event
            case Gap() | Anchor():
                yield event
            case _:
                closing.append(END)
                yield event


def _change_of_depth(event: Event) -> int:
    match event:
        case End():
            return -1
        case str() | SourceLine() | PageBreak() | Furniture() | LineEndHyphen() | Gap() | Anchor():
            return 0
        case _:
            return 1
