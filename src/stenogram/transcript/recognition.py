"""Recognising a transcript: source lines in, sections, turns and citation lines out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from stenogram.config import ImportConfig
from stenogram.errors import DecisionError
from stenogram.sources import Source
from stenogram.transcript.blocks import Block, blocks, split_before
from stenogram.transcript.decisions import Decision, Decisions
from stenogram.transcript.inline import InlineReader
from stenogram.transcript.labels import Labels, is_heading
from stenogram.transcript.languages import vocabulary
from stenogram.transcript.marks import in_brackets_of
from stenogram.transcript.model import (
    Abstract,
    EmbeddedDocument,
    Label,
    Line,
    LoneStageDirection,
    NoteParagraph,
    Paragraph,
    Section,
    SectionPart,
    SourceBreak,
    StageDirection,
    Transcript,
    Turn,
    TurnPart,
)
from stenogram.transcript.passages import (
    Passage,
    answered_passages,
    ask_about_passages,
    looks_like_signature,
)
from stenogram.transcript.speakers import Found, Speakers

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_AFTER_NOTE = ".;:,!?"
_LONGEST_SALUTATION = 12


def recognise(source: Source, config: ImportConfig, decisions: Decisions) -> Transcript:
    """Recognise a transcript; what was not sure is recorded in ``decisions``.

    Raises ``DecisionError`` for an answer that cannot be followed.
    """
    all_blocks = blocks(source.lines)
    language = in_brackets_of([block.text for block in all_blocks], vocabulary(config))
    speakers = Speakers(language=language, decisions=decisions, configured=config.speakers)
    labels = Labels(language=language, decisions=decisions, speakers=speakers)
    all_blocks = [part for b in all_blocks for part in _split_at_labels(b, labels)]
    labels.survey(all_blocks)
    for block in all_blocks:
        if found := _label_of(block, labels):
            labels.speakers.speaker_of(found, block)
    inline = InlineReader(
        language=language, decisions=decisions, known_words=_words_outside_brackets(all_blocks)
    )
    reader = _Reader(labels=labels, inline=inline, decisions=decisions)
    passages = answered_passages(decisions, all_blocks)
    transcript = reader.read(all_blocks, passages)
    ask_about_passages(decisions, all_blocks, labels.speakers.counts)
    for number in source.form_feeds:
        decisions.decide(_form_feed(number))
    return transcript


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Goes through the blocks once and builds sections and turns."""

    labels: Labels
    inline: InlineReader
    decisions: Decisions
    sections: list[Section] = field(default_factory=list)
    headings: list[Line] = field(default_factory=list)
    parts: list[SectionPart] = field(default_factory=list)
    turn: Turn | None = None
    last_speaker: str = ""
    last_turn: str = ""
    """Whose the last turn was: not that of a label which nothing follows."""
    abstract: list[Abstract] = field(default_factory=list)

    def read(self, all_blocks: Sequence[Block], passages: Sequence[Passage]) -> Transcript:
        position = 0
        while position < len(all_blocks):
            passage = next((p for p in passages if p.first == position), None)
            if passage is None:
                self._block(all_blocks[position])
                position += 1
                continue
            inside = all_blocks[passage.first : passage.last + 1]
            if passage.kind == "abstract":
                self.abstract += [_abstract(block) for block in inside]
            else:
                self._part(self._embedded(passage.type, inside), inside[0])
            position = passage.last + 1
        self._end_section()
        return Transcript(
            sections=tuple(self.sections),
            speakers=tuple(self.labels.speakers.entries.values()),
            abstract=tuple(self.abstract),
            round_brackets=self.inline.language.round_brackets[0],
            square_brackets=self.inline.language.square_brackets[0],
        )

    def _block(self, block: Block) -> None:
        found = _label_of(block, self.labels)
        if found is None and is_heading(block.text):
            if self.parts or self.turn:
                self._end_section()
            self.headings.append(self.inline.one_line(block))
        elif found is not None:
            self._labelled(block, found)
        elif direction := self._lone_direction(block):
            self._end_turn()
            self._group_of(direction)
            self.parts.append(LoneStageDirection(direction=direction, source=block.line_at(0)))
        else:
            self._part(self._paragraph(block, begins_source_line=True), block)

    def _labelled(self, block: Block, found: Found) -> None:
        speaker, label = self.labels.speakers.speaker_of(found, block)
        self._end_turn()
        self.turn = Turn(speaker=speaker, label=label, source=block.line_at(0), parts=())
        self.last_speaker = speaker
        rest = block.after(found.length)
        if rest.text and not rest.text.strip():
            label = replace(label, closing=label.closing + block.text[found.length :])
            self.turn = replace(self.turn, label=label)
        elif rest.text:
            begins = block.begins_line(len(block.text) - len(rest.text))
            self._part(self._paragraph(rest, begins_source_line=begins), rest)

    def _part(self, part: TurnPart, block: Block) -> None:
        """Add to the turn; where there is none, one goes on or the text precedes all turns."""
        if self.turn is None and not self.last_speaker:
            self.parts.append(part)
            return
        if self.turn is None:
            speaker = self._inferred_speaker(block)
            continues = speaker == self.last_turn
            self.turn = Turn(speaker=speaker, label=None, parts=(), continues=continues)
        self.turn = replace(self.turn, parts=(*self.turn.parts, part))

    def _inferred_speaker(self, block: Block) -> str:
        others = tuple(s for s in self.labels.speakers.entries if s != self.last_speaker)
        return self.decisions.decide(
            Decision(
                kind="speaker",
                line=block.line_at(0),
                text=block.text[:60],
                question="Who speaks here? No label was typed.",
                taken=self.last_speaker,
                alternatives=others,
                confidence=0.8,
                reason="The last speaker goes on after a heading or a stage direction.",
            )
        )

    def _paragraph(self, block: Block, *, begins_source_line: bool) -> Paragraph | NoteParagraph:
        closing = self._closing_of_note(block.text)
        if closing and self.inline.is_note(block.text[1:]):
            source = block.line_at(0) if begins_source_line else 0
            return NoteParagraph(note=self.inline.note(block, closing), source=source)
        lines = self.inline.lines(block, begins_source_line=begins_source_line)
        for line in lines:
            for node in line.content:
                if isinstance(node, StageDirection):
                    self._group_of(node)
        return Paragraph(lines=lines)

    def _closing_of_note(self, text: str) -> str:
        """How a paragraph in square brackets ends; nothing for any other."""
        opening, closing = self.inline.language.square_brackets[0]
        end = len(text) - (text[-1] in _AFTER_NOTE)
        whole = text.startswith(opening) and text.find(closing) == end - 1
        return text[end - 1 :] if whole and text.rfind(opening) == 0 else ""

    def _group_of(self, direction: StageDirection) -> None:
        if direction.place:
            self.labels.speakers.add_group(direction.place)

    def _lone_direction(self, block: Block) -> StageDirection | None:
        text = block.text
        language = self.inline.language
        pairs = dict((language.round_brackets[0], language.square_brackets[0]))
        closing = pairs.get(text[0], "")
        if closing and text.find(closing) == len(text) - 1:
            return self.inline.direction(block)
        return None

    def _embedded(self, kind: str, inside: Sequence[Block]) -> EmbeddedDocument:
        begin, end = 0, len(inside)
        # At least one paragraph stands between salutations and signatures.
        while begin < end - 1 and _is_salutation(inside[begin].text):
            begin += 1
        while end - 1 > begin and looks_like_signature(inside[end - 1].text):
            end -= 1
        middle = [self._paragraph(block, begins_source_line=True) for block in inside[begin:end]]
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
        if label is not None and not self.turn.parts:
            self.parts.append(_as_paragraph(label, self.turn.source))
        else:
            self.parts.append(self.turn)
            self.last_turn = self.turn.speaker
        self.turn = None

    def _end_section(self) -> None:
        self._end_turn()
        if self.headings or self.parts:
            section = Section(headings=tuple(self.headings), parts=tuple(self.parts))
            self.sections.append(section)
        self.headings, self.parts = [], []


def _abstract(block: Block) -> Abstract:
    """A block of an abstract, its source lines marked where they begin."""
    later = block.breaks[1:]
    ends = [*(at for at, _ in later), len(block.text)]
    content: list[str | SourceBreak] = [block.text[: ends[0]]]
    for (begin, source_break), end in zip(later, ends[1:], strict=True):
        content += [source_break, block.text[begin:end]]
    return Abstract(content=tuple(content), source=block.line_at(0))


def _as_paragraph(label: Label, source: int) -> Paragraph:
    """A label that nothing follows: no turn, but its words are kept."""
    typed = f"[{label.text}]" if label.bracketed else label.text
    return Paragraph(lines=(Line(content=(typed + label.closing,), source=source),))


def _is_salutation(text: str) -> bool:
    return len(text.split()) <= _LONGEST_SALUTATION and text.rstrip('”"').endswith(("!", ",", ":"))


def _label_of(block: Block, labels: Labels) -> Found | None:
    """The label at the beginning of a block that is not a heading."""
    found = labels.find(block)
    if found and is_heading(block.text) and not labels.is_sure(found, block):
        return None
    return found


def _split_at_labels(block: Block, labels: Labels) -> list[Block]:
    """Where lines are wrapped without empty lines, a label still begins a paragraph."""
    starts = [at for at, _ in block.breaks[1:] if labels.stands_at(block.text, at)]
    return split_before(block, starts)


def _words_outside_brackets(all_blocks: Sequence[Block]) -> frozenset[str]:
    return frozenset(
        word.casefold()
        for block in all_blocks
        for word in _WORD.findall(_BRACKETED.sub(" ", block.text))
    )


def _form_feed(number: int) -> Decision:
    return Decision(
        kind="form feed",
        line=number,
        text="U+000C",
        question="Does a new page of the typescript begin here?",
        taken="read as white space",
        confidence=0.5,
        reason="The file holds a form feed; no page break is encoded.",
    )
