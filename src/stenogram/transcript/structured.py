"""A file that says itself what its parts are: its paragraphs as blocks, with who speaks them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from stenogram.sources import (
    ANNEX,
    CONTENTS,
    HEADING,
    LABEL,
    NARRATIVE,
    SPEECH,
    STAGE,
    Mark,
    ParagraphStart,
    RemarkEdge,
    Sign,
    Source,
)
from stenogram.transcript.blocks import Block, merged, starts_of
from stenogram.transcript.kinds import Classified, Kind
from stenogram.transcript.layout import milestone_of
from stenogram.transcript.model import Milestone, PageStart, PrintedLine, SourceBreak
from stenogram.transcript.sections import Part

_KINDS = {
    ANNEX: Kind.LISTED,
    CONTENTS: Kind.LISTED,
    HEADING: Kind.HEADING,
    LABEL: Kind.LABELLED,
    NARRATIVE: Kind.NARRATED,
    SPEECH: Kind.TEXT,
    STAGE: Kind.HAPPENED,
}
_SPOKEN = (Kind.LABELLED, Kind.TEXT)
_PARTS = {ANNEX: Part.ANNEX, CONTENTS: Part.CONTENTS}


def structured_blocks(source: Source) -> list[Classified]:
    """The paragraphs of a structured file, each with what the file says that it is.

    A paragraph of a turn that is nothing but a remark is a stage direction; who speaks is said
    of it only where the turn has no other words.
    """
    read = [(paragraph.start, paragraph.block()) for paragraph in _paragraphs(source)]
    kinds = [_kind(start, block) for start, block in read]
    with_words = {
        start.turn for (start, _), kind in zip(read, kinds, strict=True) if kind in _SPOKEN
    }
    found: list[Classified] = []
    turn = 0
    for (start, block), kind in zip(read, kinds, strict=True):
        speaks = start.role in (LABEL, SPEECH) and (kind in _SPOKEN or start.turn not in with_words)
        found.append(
            Classified(
                block=block,
                kind=kind,
                part=_PARTS.get(start.role, Part.PROCEEDINGS),
                speaker=source.turns[start.turn - 1] if speaks else None,
                begins_turn=kind in _SPOKEN and start.turn != turn,
                is_told=True,
            )
        )
        turn = start.turn if kind in _SPOKEN else turn
    return found


def _kind(start: ParagraphStart, block: Block) -> Kind:
    kind = _KINDS[start.role]
    whole = block.remarks == ((0, len(block.text)),)
    return Kind.HAPPENED if kind is Kind.TEXT and whole else kind


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is being put together from the lines on which it stands."""

    start: ParagraphStart
    line: int
    """On which it begins."""
    text: str = ""
    breaks: list[tuple[int, tuple[Milestone, ...]]] = field(default_factory=list)
    edges: list[tuple[int, bool]] = field(default_factory=list)
    """Where remarks begin, or end."""

    def block(self) -> Block:
        """The paragraph without white space at its end."""
        text = self.text.rstrip(" ")
        breaks = merged((min(at, len(text)), some) for at, some in self.breaks)
        return Block(
            text=text,
            breaks=breaks,
            starts=starts_of(breaks, self.line),
            role=self.start.role,
            remarks=tuple(self._remarks(text)),
        )

    def _remarks(self, text: str) -> Iterator[tuple[int, int]]:
        begin = -1
        for at, begins in self.edges:
            end = len(text[:at].rstrip(" "))
            if begins:
                begin = at + len(text[at:]) - len(text[at:].lstrip(" "))
            elif 0 <= begin < end:
                yield begin, end
                begin = -1


def _paragraphs(source: Source) -> list[_Paragraph]:
    """The paragraphs with words; what stands in others stands before the next, or at the end."""
    found: list[_Paragraph] = []
    paragraph: _Paragraph | None = None
    waiting: list[Milestone] = []
    """Stands before the next words."""
    for line in source.lines:
        waiting.append(SourceBreak(line.number))
        for words, some in _pieces(line.text, line.signs, line.marks):
            for one in some:
                if isinstance(one, ParagraphStart):
                    paragraph = _Paragraph(one, line.number)
                elif not isinstance(one, RemarkEdge):
                    waiting.append(one)
                elif paragraph is not None:
                    paragraph.edges.append((len(paragraph.text), one.begins))
            if paragraph is not None:
                begun = bool(paragraph.text)
                _add(paragraph, words, waiting)
                found += [paragraph] if paragraph.text and not begun else []
    if found and waiting:
        found[-1].breaks.append((len(found[-1].text), tuple(waiting)))
    return found


def _add(paragraph: _Paragraph, words: str, waiting: list[Milestone]) -> None:
    """Add words of a line to a paragraph, with what waits for them."""
    begins_line = any(isinstance(one, SourceBreak) for one in waiting)
    if begins_line and paragraph.text and not paragraph.text.endswith(" "):
        paragraph.text += " "
    if not paragraph.text:
        words = words.lstrip(" ")
    if waiting and (words.strip() or paragraph.text):
        paragraph.breaks.append((len(paragraph.text), tuple(waiting)))
        waiting.clear()
    paragraph.text += words


def _pieces(
    text: str, signs: Sequence[tuple[int, Sign]], marks: Sequence[tuple[int, Mark]]
) -> Iterator[tuple[str, list[Milestone | Mark]]]:
    """Stretches of a line, each with what stands before it: marks first."""
    at_place: dict[int, list[Milestone | Mark]] = {0: []}
    for at, mark in marks:
        at_place.setdefault(at, []).append(mark)
    for at, sign in signs:
        at_place.setdefault(at, []).append(_milestone(sign, text[max(0, at - 1) : at + 1]))
    places = sorted(at_place)
    for place, end in zip(places, [*places[1:], len(text)], strict=True):
        yield text[place:end], at_place[place]


def _milestone(sign: Sign, around: str) -> Milestone:
    """A sign between two characters; a page that begins between letters begins inside a word."""
    found = milestone_of(sign)
    within = len(around) == len("ab") and " " not in around
    if within and isinstance(found, PageStart | PrintedLine):
        return replace(found, within_word=True)
    return found
