"""A received file as numbered source lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

HEADING, HEADER, FOOTER = "heading", "header", "footer"
"""What a file may say that a line is."""

LABEL, SPEECH, STAGE, NARRATIVE = "label", "speech", "stage", "narrative"
"""What a structured file may say that a paragraph is, besides ``HEADING``."""
CONTENTS, ANNEX = "contents", "annex"
"""What it may say that a paragraph is part of; nobody speaks it."""


@dataclass(frozen=True, slots=True)
class TypeChange:
    """From here on words are typed so, until the next change or the end of the line."""

    faces: tuple[str, ...] = ()
    """Of ``bold``, ``italic``, ``monospace``, ``smallcaps``, ``strikethrough``, ``subscript``,
    ``superscript`` and ``underline``; none for plain type."""
    added: bool = False
    """A recorded change of the file put these words in."""
    target: str = ""
    """Where a link on these words leads."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """Words that a recorded change of the file took out."""

    words: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """Words that stand in the file, but that its reader does not see."""

    words: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page begins, by the word of the file."""

    number: str = ""
    """If the file says it."""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line of the printed page begins, by the word of the file."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A footnote, an endnote or a comment; here stands its sign."""

    kind: str
    """``footnote``, ``endnote`` or ``comment``."""
    sign: str
    """As a reader of the file sees it, e.g. ``1`` or ``*``."""
    lines: tuple["SourceLine", ...]
    """Its words, numbered after those of the text."""


Sign = TypeChange | Deletion | Hidden | PageBreak | LineBreak | Annotation
"""What a file may say of its words, or hold between them, besides characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStart:
    """Here begins a paragraph of a structured file."""

    role: str
    """``HEADING``, ``LABEL``, ``SPEECH``, ``STAGE``, ``NARRATIVE``, ``CONTENTS`` or ``ANNEX``."""
    turn: int = 0
    """To which turn a label or speech belongs, counted from 1."""


@dataclass(frozen=True, slots=True)
class RemarkEdge:
    """Here begin, or end, words in a paragraph that say what happened."""

    begins: bool


Mark = ParagraphStart | RemarkEdge
"""What a structured file says of its parts, at the place where they begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSpeaker:
    """Somebody who speaks, by the word of the file."""

    key: str
    """The same for all turns of a person."""
    name: str
    group: bool = False


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
    signs: tuple[tuple[int, Sign], ...] = ()
    """What stands between the characters of ``text``, and where, in order."""
    role: str = ""
    """What the file says that the line is: ``HEADING``, ``HEADER``, ``FOOTER``, or nothing."""
    marks: tuple[tuple[int, Mark], ...] = ()
    """Of a structured file: what begins between the characters of ``text``, and where, in order."""

    @property
    def typed(self) -> str:
        """The words with those that were taken out or are hidden."""
        typed, done = "", 0
        for at, sign in self.signs:
            if isinstance(sign, Deletion | Hidden):
                typed += self.text[done:at] + sign.words
                done = at
        return typed + self.text[done:]


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
    """Those of the text, in order; the lines of annotations stand in these."""
    form_feeds: tuple[int, ...] = ()
    """Numbers of the lines that hold a form feed (a page break of the typescript)."""
    pages: Mapping[int, str] = field(default_factory=dict)
    """By number of its first line: what the file calls a page that it says begins there."""
    has_paragraphs: bool = False
    """Each line is a paragraph, by the word of the file."""
    encoding: str = "utf-8"
    """As ``--encoding`` takes it."""
    detection: Detection | None = None
    """Nothing if the encoding is certain: stated by the editor or the file, or UTF-8."""
    left_out: tuple[str, ...] = ()
    """Kinds of things in the file that are not text, e.g. ``script``."""
    remarks: tuple[str, ...] = ()
    """What an editor should know of how the file was read, a sentence each."""
    is_structured: bool = False
    """The file says what each of its parts is; its lines have ``marks``."""
    turns: tuple[KnownSpeaker, ...] = ()
    """Of a structured file: who speaks each turn, in order."""

    @property
    def all_lines(self) -> Iterator[SourceLine]:
        """The lines of the text and of its annotations, also of those that stand in others."""
        for line in self.lines:
            yield from _with_annotations(line)


def _with_annotations(line: SourceLine) -> Iterator[SourceLine]:
    yield line
    for _, sign in line.signs:
        for inner in sign.lines if isinstance(sign, Annotation) else ():
            yield from _with_annotations(inner)
