"""The transcript as recognised: sections, turns, paragraphs, citation lines and what is in them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceBreak:
    """A source line begins here."""

    number: int
    within_word: bool = False
    """The line before ended inside a word, with its hyphen if the script has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageDirection:
    """What happened in the hall; typed in brackets, which are not in ``content``."""

    content: tuple["Inline", ...]
    types: tuple[str, ...]
    grades: tuple[str, ...] = ()
    place: str = ""
    """Id of the group it comes from, where the words say so."""
    square: bool = False
    """It was typed in square brackets, not in round ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """Words in square brackets, which are not in ``content``."""

    content: tuple["Inline", ...]
    kind: str = "supplied"
    """``supplied``, or the type of a gloss: ``original``, ``translation``, ``explanation``."""
    language: str = ""
    """Language of a gloss that gives the original word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A translator's note; its square brackets are not in ``content``."""

    content: tuple["Inline", ...]
    closing: str = "]"
    """How the note was closed: the bracket with what was typed right after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misprint:
    """A word that a bracketed *sic* confirms."""

    word: str
    mark: str
    """The word in the bracket as typed, e.g. ``SIC``."""
    joined: bool = False
    """No white space stood before the bracket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words between quotation marks, which are in ``content``."""

    content: tuple["Inline", ...]
    chain: int = 0
    """The same number on the parts of a quotation that lines cut; 0 where it is whole."""
    part: int = 1
    parts: int = 1


Inline = str | SourceBreak | StageDirection | Insertion | Note | Misprint | Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A citation line."""

    content: tuple[Inline, ...]
    source: int = 0
    """Number of the source line that begins with it; 0 where none does."""
    joined: bool = False
    """No white space stood between it and the line before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph: citation lines end to end."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteParagraph:
    """A note that stands as a paragraph of its own."""

    note: Note
    source: int
    """Number of the source line that begins with it; 0 where none does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneStageDirection:
    """A stage direction that stands as a paragraph of its own; it is a citation line."""

    direction: StageDirection
    source: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedDocument:
    """A letter or another document read aloud in a turn."""

    kind: str
    salutations: tuple[Line, ...]
    paragraphs: tuple["Paragraph | NoteParagraph", ...]
    signatures: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A speaker's label as typed, with its full stop or colon."""

    text: str
    regular: str = ""
    """The regular form, where the label is mis-typed."""
    bracketed: bool = False
    """The label was typed in square brackets; they are not in ``text``."""
    closing: str = ""
    """What was typed after the closing bracket, or after the label but no words."""


TurnPart = Paragraph | NoteParagraph | EmbeddedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one speaker says until another does."""

    speaker: str
    """Id of the person or group."""
    label: Label | None
    parts: tuple[TurnPart, ...]
    source: int = 0
    """Number of the source line that begins with the label; 0 where there is none."""
    continues: bool = False
    """It goes on with the turn before it, which a heading or a stage direction cut."""


SectionPart = Turn | TurnPart | LoneStageDirection


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What stands under a heading, or under several in a row, or before the first."""

    headings: tuple[Line, ...]
    parts: tuple[SectionPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who speaks, or a group that does or that reacts."""

    id: str
    name: str
    group: bool = False
    labels: tuple[str, ...] = ()
    """Labels as typed, in order of first use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstract:
    """A paragraph of an archive's summary: not part of the record."""

    content: tuple[str | SourceBreak, ...]
    source: int
    """Number of the source line that begins with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """A whole transcript."""

    sections: tuple[Section, ...]
    speakers: tuple[Speaker, ...]
    abstract: tuple[Abstract, ...] = ()
    round_brackets: tuple[str, str] = ("(", ")")
    """Those around stage directions."""
    square_brackets: tuple[str, str] = ("[", "]")
    """Those around insertions and notes."""
