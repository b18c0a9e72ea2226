"""Reading events: the closed vocabulary in which every edition is written.

``tei.read`` turns a document into a stream of these. Text is ``str``; a ``Bracket`` is
text that the encoding keeps as markup. Every ``Start…`` is closed by ``End``. An element
that has no event of its own passes as ``StartBlock`` or ``StartInline`` with its TEI name,
so that nothing is ever dropped. A ``match`` over events ends in ``assert_never``.

The classes are not frozen, though nobody changes an event: a frozen one takes two and a half
times as long to make, and a large document has hundreds of thousands.
"""

from dataclasses import dataclass

from stenogram.tei.names import ANNOTATIONS


class Bracket(str):
    """A bracket that stood in the source and is markup in TEI, restored (``rendition``)."""

    __slots__ = ()


@dataclass(slots=True, unsafe_hash=True)
class End:
    """The end of what was started last."""


END = End()


@dataclass(slots=True, unsafe_hash=True)
class StartSection:
    """``div``."""

    id: str
    type: str
    language: str = ""
    """``xml:lang``, where it is given."""


@dataclass(slots=True, unsafe_hash=True)
class StartHeading:
    """``head``."""


@dataclass(slots=True, unsafe_hash=True)
class StartTurn:
    """``sp`` or ``u``: what one speaker says until another does."""

    id: str
    n: str
    who: tuple[str, ...]
    """Ids of the speakers."""
    continues: bool
    """It goes on with an earlier turn (``prev``)."""
    language: str = ""
    """``xml:lang``, where it is given."""
    is_part: bool = False
    """It goes on with a turn that was interrupted, whose number it bears: the two are one turn."""


@dataclass(slots=True, unsafe_hash=True)
class StartLabel:
    """``speaker``: the label as typed."""


@dataclass(slots=True, unsafe_hash=True)
class StartParagraph:
    """``p``."""

    id: str
    n: str
    language: str = ""
    """``xml:lang``, where it is given."""


@dataclass(slots=True, unsafe_hash=True)
class StartLine:
    """``seg type="line"``: a citation line."""

    id: str
    n: str
    language: str = ""
    """``xml:lang``, where it is given."""


@dataclass(slots=True, unsafe_hash=True)
class StartStageDirection:
    """``stage``."""

    id: str
    types: tuple[str, ...]
    grades: tuple[str, ...]
    """Ids of the intensities in the taxonomy."""
    who: tuple[str, ...]
    alone: bool
    """It stands between paragraphs or turns, not in a line."""
    language: str = ""
    """``xml:lang``, where it is given."""


@dataclass(slots=True, unsafe_hash=True)
class StartNote:
    """``note``."""

    id: str
    type: str
    """``translator``, ``transcriber``, ``editorial``, ``footnote`` …, or what the document says."""
    mark: str
    """The mark by which every edition refers to it: a, b, c … or 1, 2, 3 … or fn1 …"""
    alone: bool
    """It stands between paragraphs, not in a line."""
    language: str = ""
    """``xml:lang``, where it is given."""

    @property
    def is_annotation(self) -> bool:
        """Whether the received file has it apart from its text, as a footnote or comment."""
        return self.type in ANNOTATIONS


@dataclass(slots=True, unsafe_hash=True)
class StartSupplied:
    """``supplied``: words that the translator or the transcriber added."""

    uncertain: bool


@dataclass(slots=True, unsafe_hash=True)
class StartGloss:
    """``gloss``: words that repeat others: the original, a translation, an explanation."""

    type: str
    language: str


@dataclass(slots=True, unsafe_hash=True)
class StartMisprint:
    """``sic`` by itself: a misprint that the source itself marks."""


@dataclass(slots=True, unsafe_hash=True)
class StartChoice:
    """``choice``: holds one ``StartTyped`` and one ``StartCorrected`` or more."""


@dataclass(slots=True, unsafe_hash=True)
class StartTyped:
    """The reading of the source in a ``choice``: ``sic``, ``orig``, ``abbr``."""


@dataclass(slots=True, unsafe_hash=True)
class StartCorrected:
    """The editor's reading in a ``choice``: ``corr``, ``reg``, ``expan``."""

    certainty: str


@dataclass(slots=True, unsafe_hash=True)
class StartDeleted:
    """``del``: words that were taken out of the file; of the source view alone."""


@dataclass(slots=True, unsafe_hash=True)
class StartAdded:
    """``add``: words that were put in."""


@dataclass(slots=True, unsafe_hash=True)
class StartHighlight:
    """``hi``: words in another type."""

    faces: tuple[str, ...]
    """``italic``, ``smallcaps`` …"""


@dataclass(slots=True, unsafe_hash=True)
class StartQuotation:
    """``q``, ``quote`` or ``said`` in a line; the quotation marks are in the text."""

    type: str
    who: tuple[str, ...]
    language: str = ""
    """``xml:lang``, where it is given."""


@dataclass(slots=True, unsafe_hash=True)
class StartName:
    """``persName``, ``placeName``, ``orgName``, ``name``, ``rs``."""

    kind: str
    refs: tuple[str, ...]


@dataclass(slots=True, unsafe_hash=True)
class StartDate:
    """``date`` or ``time``."""

    when: str


@dataclass(slots=True, unsafe_hash=True)
class StartForeign:
    """``foreign``, ``mentioned`` or ``term``."""

    kind: str
    language: str
    refs: tuple[str, ...] = ()
    """Ids of the register that a ``term`` points to."""


@dataclass(slots=True, unsafe_hash=True)
class StartUnclear:
    """``unclear``: words hard to make out."""

    reason: str


@dataclass(slots=True, unsafe_hash=True)
class StartLink:
    """``ref``; a target that is not safe to follow is empty."""

    target: str


@dataclass(slots=True, unsafe_hash=True)
class StartEmbedded:
    """``floatingText``: a document read aloud or inserted."""

    id: str
    type: str
    language: str = ""
    """``xml:lang``, where it is given."""


@dataclass(slots=True, unsafe_hash=True)
class StartSalutation:
    """``salute``."""


@dataclass(slots=True, unsafe_hash=True)
class StartSignature:
    """``signed``."""


@dataclass(slots=True, unsafe_hash=True)
class StartBlock:
    """Any other TEI element that stands by itself on the page."""

    name: str
    id: str
    type: str


@dataclass(slots=True, unsafe_hash=True)
class StartInline:
    """Any other TEI element inside running text."""

    name: str
    id: str
    type: str


@dataclass(slots=True, unsafe_hash=True)
class SourceLine:
    """``lb``: a line of the source begins."""

    number: str
    within_word: bool
    edition: str
    """Id of the source that ``edRef`` points to."""
    typed: str = ""
    """The number as it stands at the line in the received file, if it does."""


@dataclass(slots=True, unsafe_hash=True)
class PageBreak:
    """``pb``."""

    n: str
    within_word: bool = False
    edition: str = ""
    """Id of the source that ``edRef`` points to."""


@dataclass(slots=True, unsafe_hash=True)
class Furniture:
    """``fw``: a running head, a page number and the like, which are no part of the record."""

    kind: str
    text: str


@dataclass(slots=True, unsafe_hash=True)
class LineEndHyphen:
    """``pc force="weak"``: a hyphen that stands only because the word was divided."""

    sign: str


@dataclass(slots=True, unsafe_hash=True)
class Gap:
    """``gap``: something is missing."""

    reason: str
    description: str
    """``desc``: what is missing."""
    typed: str = ""
    """The same as it stands in the source, with its brackets, if it does."""

    @property
    def sign(self) -> str:
        """How every edition shows it."""
        return self.typed or (f"[… {self.description}]" if self.description else "[…]")


@dataclass(slots=True, unsafe_hash=True)
class Anchor:
    """``anchor``: an id that has no words of its own any more."""

    id: str
    type: str


Start = (
    StartSection
    | StartHeading
    | StartTurn
    | StartLabel
    | StartParagraph
    | StartLine
    | StartStageDirection
    | StartNote
    | StartSupplied
    | StartGloss
    | StartMisprint
    | StartChoice
    | StartTyped
    | StartCorrected
    | StartDeleted
    | StartAdded
    | StartHighlight
    | StartQuotation
    | StartName
    | StartDate
    | StartForeign
    | StartUnclear
    | StartLink
    | StartEmbedded
    | StartSalutation
    | StartSignature
    | StartBlock
    | StartInline
)
Empty = SourceLine | PageBreak | Furniture | LineEndHyphen | Gap | Anchor
Event = str | End | Start | Empty
