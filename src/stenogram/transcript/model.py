"""The transcript as recognised: sections, turns, paragraphs, citation lines and what is in them."""

from dataclasses import dataclass, field

from stenogram.sources import Annotation, Deletion, TypeChange


@dataclass(frozen=True, slots=True)
class SourceBreak:
    """A source line begins here."""

    number: int
    within_word: bool = False
    """The line before ended inside a word, with its hyphen if the script has one."""


@dataclass(frozen=True, slots=True)
class PageStart:
    """A page of the typescript or print begins here."""

    number: str
    """As typed on the page; empty where none was."""
    within_word: bool = False


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of the page, which has a number in its margin, begins here."""

    number: int
    typed: str
    """The number as it stands in the received file."""
    within_word: bool = False


HIDDEN = "hidden"
"""Kind of the furniture that is words which no reader of a file sees."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is typed around the record and is no part of it: running heads, page numbers, times."""

    kind: str
    """``header``, ``footer``, ``pageNum``, ``time``, ``hidden`` …"""
    text: str


@dataclass(frozen=True, slots=True)
class LineEndHyphen:
    """A hyphen that stands only because its line ends inside a word."""

    sign: str


Milestone = (
    SourceBreak
    | PageStart
    | PrintedLine
    | Furniture
    | LineEndHyphen
    | TypeChange
    | Deletion
    | Annotation
)
"""What stands between words and holds none of the record's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageDirection:
    """What happened in the hall; typed in brackets, which are not in ``content``."""

    content: tuple["Inline", ...]
    types: tuple[str, ...]
    grades: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    """Ids of those whose words it gives, or of the group it comes from."""
    brackets: str = "round"
    """``round``, ``square`` or ``none``."""
    language: str = ""
    """Where it is another than that of the words around."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """Words in brackets that say that something is missing; the brackets are not in ``words``."""

    words: str
    reason: str
    """``inaudible`` or ``removed``."""
    brackets: str = "round"
    """``round`` or ``square``."""


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
    language: str = ""
    """Where it is another than that of the words around."""


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
    language: str = ""
    """Where it is another than that of the words around."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """Words in another language inside a line, which no quotation marks set apart."""

    words: str
    language: str


Inline = (
    str | Milestone | Omission | StageDirection | Insertion | Note | Misprint | Quotation | Foreign
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A citation line."""

    content: tuple[Inline, ...]
    begin: tuple[Milestone, ...] = ()
    """What begins with it: its source line, a page."""
    joined: bool = False
    """No white space stood between it and the line before."""
    language: str = ""
    """Where it is another than that of the paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph: citation lines end to end."""

    lines: tuple[Line, ...]
    source: int = 0
    """Number of the source line on which it begins."""
    language: str = ""
    """Where it is another than that of the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteParagraph:
    """A note that stands as a paragraph of its own."""

    note: Note
    begin: tuple[Milestone, ...]
    end: tuple[Milestone, ...] = ()
    """What stands behind its bracket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneStageDirection:
    """A stage direction that stands as a paragraph of its own; it is a citation line."""

    direction: StageDirection
    begin: tuple[Milestone, ...]
    end: tuple[Milestone, ...] = ()
    """What stands behind its bracket."""


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

    content: tuple[str | Milestone, ...]
    regular: str = ""
    """The regular form, where the label is mis-typed."""
    bracketed: bool = False
    """The label was typed in square brackets; they are not in ``content``."""
    closing: tuple[str | Milestone, ...] = ()
    """What was typed after the closing bracket, or after the label but no words."""


TurnPart = Paragraph | NoteParagraph | EmbeddedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one speaker says until another does."""

    speakers: tuple[str, ...]
    """Ids of the person or group, or of those who speak together."""
    label: Label | None
    parts: tuple[TurnPart, ...]
    begin: tuple[Milestone, ...] = ()
    """What begins with the label."""
    continues: bool = False
    """It goes on with the turn before it, which a heading or a stage direction cut."""
    same: bool = False
    """It is a part of that turn, not one with a number of its own."""
    told: bool = False
    """The received file says who speaks, though no label was typed."""


SectionPart = Turn | TurnPart | LoneStageDirection


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What stands under a heading, or under several in a row, or before the first."""

    headings: tuple[Line, ...]
    parts: tuple[SectionPart, ...]
    kind: str = ""
    """``contents``, ``attendance``, ``annex`` …; empty for a part of the proceedings."""
    end: tuple[Milestone, ...] = ()
    """What follows after all else."""


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

    content: tuple[str | Milestone, ...]
    source: int
    """Number of the source line that begins with it."""


@dataclass(frozen=True, slots=True)
class Typing:
    """By which convention a transcript is typed."""

    convention: str = ""
    reason: str = ""
    """What speaks for it; empty if it was named."""

    def __str__(self) -> str:
        if not self.reason:
            return f"Convention: {self.convention}."
        return f"Convention: {self.convention}, since {self.reason}."


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
    language: str = "en"
    """The main language of the text."""
    other_languages: tuple[str, ...] = ()
    """Those of passages, in the order in which they begin."""
    typing: Typing = field(default_factory=Typing)
    translated: bool = False
    """A translator is known to have put words in brackets."""
