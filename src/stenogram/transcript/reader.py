"""From classified blocks to sections and turns."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from stenogram.errors import DecisionError
from stenogram.sources import KnownSpeaker
from stenogram.transcript.blocks import Block
from stenogram.transcript.content import joined
from stenogram.transcript.decisions import Decision, Decisions
from stenogram.transcript.inline import InlineReader
from stenogram.transcript.kinds import Classified, Kind
from stenogram.transcript.labels import Candidate, is_heading
from stenogram.transcript.layout.pages import ends_sentence
from stenogram.transcript.model import (
    Abstract,
    EmbeddedDocument,
    Label,
    Line,
    LoneStageDirection,
    Milestone,
    NoteParagraph,
    Paragraph,
    Section,
    SectionPart,
    StageDirection,
    Transcript,
    Turn,
    TurnPart,
)
from stenogram.transcript.one_speaker import is_prose
from stenogram.transcript.passages import Passage, looks_like_signature
from stenogram.transcript.sections import Part
from stenogram.transcript.speakers import Speakers

_AFTER_NOTE = ".;:,!?"
_LONGEST_SALUTATION = 12
_INSERTED = "document"
_MOST_NAMED = 200
"""Speakers among whom an editor can choose."""
_NOBODY = "nobody"
_LIKELY, _SETTLED = 0.8, 0.95
_LONGEST_SHOWN = 60


@dataclass(slots=True, kw_only=True)
class Reader:
    """Goes through the blocks once and builds sections and turns."""

    speakers: Speakers
    inline: InlineReader
    decisions: Decisions
    sections: list[Section] = field(default_factory=list)
    headings: list[Line] = field(default_factory=list)
    parts: list[SectionPart] = field(default_factory=list)
    part: Part = Part.PROCEEDINGS
    turn: Turn | None = None
    """The turn that goes on, its parts not yet filled in."""
    said: list[TurnPart] = field(default_factory=list)
    """The parts of that turn."""
    last: tuple[str, ...] = ()
    """Who spoke last."""
    last_turn: tuple[str, ...] = ()
    """Whose the last turn was: not that of a label which nothing follows."""
    interrupted: bool = False
    """A stage direction stands after the last turn, and nothing else."""
    only_speaker: tuple[str, ...] = ()
    """Whose speech the document is, if it has no label but its title says so."""
    has_turns: bool = True
    """Somebody is known to speak in it."""
    spoken: bool = False
    """A turn stands before."""
    goes_on: bool = False
    """It was settled that the last speaker goes on where no label was typed."""
    abstract: list[Abstract] = field(default_factory=list)

    def read(
        self,
        blocks: Sequence[Classified],
        passages: Sequence[Passage],
        end: tuple[Milestone, ...],
    ) -> Transcript:
        """The transcript; ``end`` is the furniture after all words."""
        position = 0
        beginning = {passage.first: passage for passage in passages}
        while position < len(blocks):
            passage = beginning.get(position)
            last = passage.last if passage else _end_of_insertion(blocks, position)
            inside = [one.block for one in blocks[position : last + 1]]
            if passage is None and blocks[position].kind is not Kind.INSERTED:
                self._block(blocks[position])
            elif passage is None:
                self._insertion(inside)
            elif passage.kind == "abstract":
                self.abstract += [_abstract(block) for block in inside]
            else:
                self._part(self._embedded(passage.type, inside), inside[0])
            position = last + 1
        self._end_section(end)
        return Transcript(
            sections=tuple(self.sections),
            speakers=self.speakers.register(),
            abstract=tuple(self.abstract),
            round_brackets=self.inline.language.round_brackets[0],
            square_brackets=self.inline.language.square_brackets[0],
        )

    def _block(self, one: Classified) -> None:
        block = one.block
        if one.part is not self.part or one.begins_part:
            self._end_section()
            self.part, self.last = one.part, ()
        if one.is_told and one.kind not in (Kind.HEADING, Kind.LISTED):
            self._told(one)
            return
        if one.kind is Kind.HEADING and not (one.part or one.is_told) and self._happened(block):
            return
        if one.kind is Kind.HEADING:
            if self.parts or self.turn:
                self._end_section()
            heading = self.inline.one_line(block)
            self._groups_in([heading])
            self.headings.append(heading)
        elif one.label is not None:
            self._labelled(block, one.label)
        elif one.kind is Kind.LISTED:
            self.parts.append(Paragraph(lines=self.inline.plain_lines(block)))
        elif direction := self._lone_direction(block):
            if self._is_all_of_turn(direction):
                self._part(self._paragraph(block), block)
            else:
                self._add_direction(direction, block)
        elif one.kind is Kind.NARRATED:
            self._end_turn()
            self.interrupted = False
            self.parts.append(self._paragraph(block, judged=True))
        else:
            self._part(self._paragraph(block, judged=True), block)

    def _told(self, one: Classified) -> None:
        """Take what the file says of a block."""
        block = one.block
        if one.kind is Kind.HAPPENED:
            direction = self.inline.told_direction(block)
            if one.speaker is not None:
                direction = replace(direction, who=(self.speakers.told(one.speaker),))
            self._add_direction(direction, block)
        elif one.speaker is None:
            self._end_turn()
            self.interrupted = False
            self.parts.append(self._paragraph(block, judged=True))
        else:
            self._told_turn(one, one.speaker)

    def _told_turn(self, one: Classified, speaker: KnownSpeaker) -> None:
        """Begin a turn whose speaker the file names, or go on with it."""
        block = one.block
        begins = one.begins_turn or self.turn is None
        is_label = begins and one.kind is Kind.LABELLED
        identifier = self.speakers.told(speaker, block.text if is_label else "")
        if begins:
            self._end_turn()
            goes_on = not one.begins_turn and self.last_turn == (identifier,)
            self.turn = Turn(
                speakers=(identifier,),
                label=Label(content=block.content(0, len(block.text))) if is_label else None,
                parts=(),
                begin=block.begin if is_label else (),
                continues=goes_on,
                same=goes_on and self.interrupted,
                told=not goes_on and not is_label,
            )
            self.last, self.interrupted = (identifier,), False
        if not is_label:
            self._part(self._paragraph(block, judged=True), block)

    def _is_all_of_turn(self, direction: StageDirection) -> bool:
        """Whether a label stands right before, and what follows is how somebody speaks."""
        labelled = self.turn is not None and self.turn.label is not None and not self.said
        return labelled and direction.brackets != "none" and "delivery" in direction.types

    def _happened(self, block: Block) -> bool:
        """Whether a heading says in a known word what happened; then it is a stage direction."""
        direction = self.inline.directions.bare(block) if self.last_turn else None
        if direction is None or not is_heading(block.text):
            return False
        self._add_direction(direction, block)
        return True

    def _add_direction(self, direction: StageDirection, block: Block) -> None:
        self._end_turn()
        self.interrupted = bool(self.last_turn)
        self._groups_of(direction)
        behind = () if direction.brackets == "none" else block.behind(len(block.text) - 1)
        self.parts.append(LoneStageDirection(direction=direction, begin=block.begin, end=behind))

    def _labelled(self, block: Block, found: Candidate) -> None:
        speakers, label = self.speakers.speaker_of(found, block)
        self._end_turn()
        self.interrupted = False
        self.turn = Turn(speakers=speakers, label=label, begin=block.begin, parts=())
        self.last = speakers
        rest = block.after(found.length)
        if rest.text and not rest.text.strip():
            space = block.text[found.length : -len(rest.text)]
            behind = (space, *rest.begin, *rest.content(0, len(rest.text)))
            label = replace(label, closing=(*label.closing, *behind))
            self.turn = replace(self.turn, label=label)
        elif rest.text:
            self._part(self._paragraph(rest), rest)

    def _part(self, part: TurnPart, block: Block) -> None:
        """Add to the turn; where there is none, one goes on or the text precedes all turns."""
        if self.turn is None and not self.last and not self._begins_speech(block):
            self.parts.append(part)
            return
        if self.turn is None and self.interrupted and self.last == self.last_turn:
            goes_on = self.spoken
            self.turn = Turn(
                speakers=self.last, label=None, parts=(), continues=goes_on, same=goes_on
            )
        elif self.turn is None:
            speakers = self._inferred_speakers(block)
            continues = speakers == self.last_turn
            self.turn = Turn(speakers=speakers, label=None, parts=(), continues=continues)
        self.said.append(part)

    def _begins_speech(self, block: Block) -> bool:
        """Whether whoever speaks in the whole document begins here, as the editor confirms."""
        if not self.only_speaker or not is_prose(block.text):
            return False
        (speaker,) = self.only_speaker
        answer = self.decisions.decide(
            Decision(
                kind="speaker",
                line=block.line_at(0),
                text=block.text[:_LONGEST_SHOWN],
                question="Is all that follows the speech of one person?",
                taken=speaker,
                alternatives=(_NOBODY,),
                confidence=_LIKELY,
                reason="There are no labels, and the title names this person.",
            )
        )
        self.last = self.last_turn = () if answer == _NOBODY else self.only_speaker
        self.only_speaker, self.interrupted, self.goes_on = (), True, True
        return bool(self.last)

    def _insertion(self, inside: Sequence[Block]) -> None:
        """A document set apart: part of the turn before it, where there is one."""
        paragraphs = tuple(self._paragraph(block) for block in inside)
        if not any(isinstance(part, Paragraph) for part in paragraphs):
            for block, part in zip(inside, paragraphs, strict=True):
                self._part(part, block)
            return
        document = EmbeddedDocument(
            kind=_INSERTED, salutations=(), paragraphs=paragraphs, signatures=()
        )
        if self.turn is None:
            self.parts.append(document)
        else:
            self.said.append(document)

    def _inferred_speakers(self, block: Block) -> tuple[str, ...]:
        last = " ".join(self.last)
        others = tuple(s for s in islice(self.speakers.entries, _MOST_NAMED) if s != last)
        answer = self.decisions.decide(
            Decision(
                kind="speaker",
                line=block.line_at(0),
                text=block.text[:_LONGEST_SHOWN],
                question="Who speaks here? No label was typed.",
                taken=last,
                alternatives=others,
                confidence=_SETTLED if self.goes_on else _LIKELY,
                reason="The last speaker goes on after a heading or a stage direction; "
                "so, too, wherever that comes again.",
            )
        )
        self.goes_on = answer == last
        return tuple(answer.split())

    def _paragraph(self, block: Block, *, judged: bool = False) -> Paragraph | NoteParagraph:
        """A paragraph; ``judged`` if it was found to be no stage direction as a whole."""
        closing = self._closing_of_note(block)
        if closing and self.inline.is_note(block.text[1:]):
            note = self.inline.note(block, closing)
            behind = block.behind(len(block.text) - 1)
            return NoteParagraph(note=note, begin=block.begin, end=behind)
        spoken = bool(self.turn or self.last) or not self.has_turns
        lines = self.inline.lines(block, spoken=spoken, judged=judged)
        self._groups_in(lines)
        return Paragraph(lines=lines, source=block.line_at(0))

    def _closing_of_note(self, block: Block) -> str:
        """How a paragraph in square brackets ends; nothing for any other."""
        text = block.text
        opening, closing = self.inline.language.square_brackets[0]
        end = len(text) - (text[-1] in _AFTER_NOTE)
        whole = text.startswith(opening) and text.find(closing) == end - 1
        whole = whole and block.behind(end - 1) == block.behind(len(text) - 1)
        return text[end - 1 :] if whole and text.rfind(opening) == 0 else ""

    def _groups_in(self, lines: Sequence[Line]) -> None:
        for line in lines:
            for node in line.content:
                if isinstance(node, StageDirection):
                    self._groups_of(node)

    def _groups_of(self, direction: StageDirection) -> None:
        for identifier in direction.who:
            self.speakers.add_group(identifier)

    def _lone_direction(self, block: Block) -> StageDirection | None:
        below_heading = bool(self.headings) and self.turn is None and not self.parts
        part_of_it = below_heading and not ends_sentence(block.text.strip("()[] "))
        before_all = self.has_turns and not self.last_turn and self.turn is None
        return self.inline.direction(block, in_head=part_of_it, before_all=before_all)

    def _embedded(self, kind: str, inside: Sequence[Block]) -> EmbeddedDocument:
        begin, end = 0, len(inside)
        # At least one paragraph stands between salutations and signatures.
        while begin < end - 1 and _is_salutation(inside[begin].text):
            begin += 1
        while end - 1 > begin and looks_like_signature(inside[end - 1].text):
            end -= 1
        middle = [self._paragraph(block) for block in inside[begin:end]]
        if not any(isinstance(part, Paragraph) for part in middle):
            line = inside[0].line_at(0)
            raise DecisionError(f"The {kind} on line {line} has no words of its own, only notes")
        return EmbeddedDocument(
            kind=kind,
            salutations=tuple(self.inline.one_line(b) for b in inside[:begin]),
            paragraphs=tuple(middle),
            signatures=tuple(self.inline.one_line(b) for b in inside[end:]),
        )

    def _end_turn(self) -> None:
        if self.turn is None:
            return
        label = self.turn.label
        if label is not None and not self.said:
            self.parts.append(_as_paragraph(label, self.turn.begin))
        else:
            self.parts.append(replace(self.turn, parts=tuple(self.said)))
            self.last_turn, self.spoken = self.turn.speakers, True
        self.turn = None
        self.said = []

    def _end_section(self, end: tuple[Milestone, ...] = ()) -> None:
        self._end_turn()
        self.interrupted = False
        if self.headings or self.parts:
            section = Section(
                headings=tuple(self.headings),
                parts=tuple(self.parts),
                kind=self.part.value,
                end=end,
            )
            self.sections.append(section)
        self.headings, self.parts = [], []


def _end_of_insertion(blocks: Sequence[Classified], position: int) -> int:
    """The last of the blocks that are inserted together; the block itself if it is not."""
    last = position
    while (
        blocks[last].kind is Kind.INSERTED
        and last + 1 < len(blocks)
        and blocks[last + 1].kind is Kind.INSERTED
    ):
        last += 1
    return last


def _abstract(block: Block) -> Abstract:
    """A block of an abstract, its source lines marked where they begin."""
    return Abstract(content=block.content(0, len(block.text)), source=block.line_at(0))


def _as_paragraph(label: Label, begin: tuple[Milestone, ...]) -> Paragraph:
    """A label that nothing follows: no turn, but its words are kept."""
    typed = ("[", *label.content, "]") if label.bracketed else label.content
    return Paragraph(lines=(Line(content=joined((*typed, *label.closing)), begin=begin),))


def _is_salutation(text: str) -> bool:
    return len(text.split()) <= _LONGEST_SALUTATION and text.rstrip('”"').endswith(("!", ",", ":"))
