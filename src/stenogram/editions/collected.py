"""What the body of a web page gives to the rest of the page."""

from collections import defaultdict
from dataclasses import dataclass, field

from stenogram.tei.events import StartLine

NO_LINE = StartLine("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNote:
    """A note collected for the end of the page."""

    id: str
    type: str
    mark: str
    line: str
    """Number of the line that it belongs to."""
    html: str
    """Its content; empty where the note stands in the text."""
    language: str = ""
    """Its language, where it is given and has the form of a tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A passage with two readings."""

    id: str
    line: str
    typed: str
    """The words as typed; empty where something had been left out."""
    corrected: str
    """The editor's words; empty where something is to be left out."""
    certainty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading for the table of contents."""

    id: str
    """Id of its line; its own if it has no line."""
    n: str
    """Number of its line, if it has one."""
    words: str
    level: int
    """2 for the highest in the text, as in ``h2``."""


@dataclass(slots=True)
class Named:
    """Where a document names one of its register."""

    forms: dict[str, None] = field(default_factory=dict)
    """The names as typed, each once, in order."""
    places: dict[str, str] = field(default_factory=dict)
    """Ids of the lines, each with its number; where there is none, of the turn, without."""


@dataclass(slots=True)
class Body:
    """A document's text as HTML, with what the page collects from it."""

    html: list[str] = field(default_factory=list)
    notes: list[PageNote] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    speakers: dict[tuple[str, ...], str] = field(default_factory=dict)
    """By ids, in order of first word: the id of the place where they speak first."""
    names: defaultdict[str, Named] = field(default_factory=lambda: defaultdict(Named))
    """By the ids that ``ref`` points to, known or not."""
    signs: set[str] = field(default_factory=set)
    """Classes of the marks that occur, for the legend."""
    lines: int = 0
    first_line: StartLine = NO_LINE
    last_line: StartLine = NO_LINE
    last_speakers: tuple[str, ...] = ()
    """Ids of those who speak the last line."""
