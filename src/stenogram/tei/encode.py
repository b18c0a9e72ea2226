"""A transcript as TEI, by ``encoding.md``: turns, lines, stage directions, brackets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import assert_never

from stenogram.sources import Annotation, Deletion, TypeChange
from stenogram.tei.header import HeaderFacts, header
from stenogram.tei.markup import annotation, block, element, escape, milestone, typed
from stenogram.tei.names import ENCODER, ROUND, SOURCE, TEI_NAMESPACE, TRANSCRIBER, TRANSLATOR
from stenogram.transcript.model import (
    EmbeddedDocument,
    Foreign,
    Inline,
    Insertion,
    Label,
    Line,
    LoneStageDirection,
    Milestone,
    Misprint,
    Note,
    NoteParagraph,
    Omission,
    Paragraph,
    Quotation,
    Section,
    SectionPart,
    SourceBreak,
    StageDirection,
    Transcript,
    Turn,
    TurnPart,
)

_PROLOGUE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<?xml-model href="../schema/stenogram.xsd" type="application/xml" '
    'schematypens="http://www.w3.org/2001/XMLSchema"?>\n'
)
_ANNOTATION_IDS = {"footnote": "FN", "endnote": "EN", "comment": "C"}


def encode(transcript: Transcript, facts: HeaderFacts) -> bytes:
    """The whole TEI document, UTF-8.

    Lines, paragraphs, turns, stage directions and notes are numbered in reading
    order; every series begins with 1.
    """
    turns = [p for section in transcript.sections for p in section.parts if isinstance(p, Turn)]
    hand = TRANSLATOR if transcript.translated else TRANSCRIBER
    body = _Encoder(turns=_numbered_turns(turns), hand=hand)
    sections = [body.section(section) for section in transcript.sections]
    text = block("text", {}, [block("body", {}, sections)])
    document = block(
        "TEI",
        {"xmlns": TEI_NAMESPACE, "xml:id": facts.document, "xml:lang": facts.language},
        [header(transcript, facts, lines=body.last_line), text],
    )
    return f"{_PROLOGUE}{document}\n".encode()


@dataclass(slots=True)
class _Encoder:
    """Writes the body and counts as it goes."""

    turns: Iterator[dict[str, str]]
    """What identifies each turn and links it to others, as attributes."""
    hand: str
    """Id of whoever put words in square brackets."""
    last_line: int = 0
    sections: Iterator[int] = field(default_factory=lambda: count(1))
    paragraphs: Iterator[int] = field(default_factory=lambda: count(1))
    directions: Iterator[int] = field(default_factory=lambda: count(1))
    notes: Iterator[int] = field(default_factory=lambda: count(1))
    embedded: Iterator[int] = field(default_factory=lambda: count(1))
    annotations: Mapping[str, Iterator[int]] = field(
        default_factory=lambda: {kind: count(1) for kind in _ANNOTATION_IDS}
    )
    type: TypeChange = field(default_factory=TypeChange)
    """How the words that follow are typed."""

    def section(self, section: Section) -> str:
        number = next(self.sections)
        kind = section.kind or ("section" if section.headings else "opening")
        children = [element("head", {}, self._line_with_break(h)) for h in section.headings]
        children += [self._section_part(part) for part in section.parts]
        children += [self._before(section.end)] if section.end else []
        return block("div", {"type": kind, "xml:id": f"D{number:02}", "n": str(number)}, children)

    def _section_part(self, part: SectionPart) -> str:
        match part:
            case Turn():
                return self._turn(part)
            case Paragraph() | NoteParagraph() | EmbeddedDocument():
                return self._turn_part(part)
            case LoneStageDirection():
                begin = self._before(part.begin)
                values = self._direction_attributes(part.direction)
                content = self._numbered(self._inline(part.direction.content))
                stage = element("stage", values, content)
                return _around(begin, stage, self._before(part.end))
            case _:
                assert_never(part)

    def _turn(self, turn: Turn) -> str:
        values = next(self.turns)
        children = [self._before(turn.begin)] if turn.begin else []
        if turn.label:
            children.append(element("speaker", {}, self._label(turn.label)))
        children += [self._turn_part(part) for part in turn.parts]
        return block("sp", values, children)

    def _label(self, label: Label) -> str:
        content = self._inline(label.content)
        closing = self._inline(label.closing)
        if label.bracketed:
            return element("supplied", {"resp": f"#{self.hand}"}, content) + closing
        if label.regular:
            values = {"resp": f"#{ENCODER}", "cert": "high"}
            regular = element("corr", values, escape(label.regular))
            return element("choice", {}, element("sic", {}, content) + regular) + closing
        return content + closing

    def _turn_part(self, part: TurnPart) -> str:
        match part:
            case Paragraph():
                return self._paragraph(part)
            case NoteParagraph():
                return self._note_paragraph(part)
            case EmbeddedDocument():
                return self._embedded(part)
            case _:
                assert_never(part)

    def _paragraph(self, paragraph: Paragraph) -> str:
        number = next(self.paragraphs)
        children: list[list[str]] = []
        for line in paragraph.lines:
            if line.joined:
                children[-1].append(self._line_with_break(line))
                continue
            begin = self._before(line.begin)
            taken_out = any(isinstance(one, Deletion) for one in line.begin)
            if begin and not taken_out:
                children.append([begin])
                begin = ""
            children.append([begin + self._line(line)])
        values = {"xml:id": f"P{number:03}", "n": str(number), "xml:lang": paragraph.language}
        return block("p", values, ["".join(pieces) for pieces in children])

    def _note_paragraph(self, paragraph: NoteParagraph) -> str:
        begin, note = self._before(paragraph.begin), self._note(paragraph.note)
        return _around(begin, note, self._before(paragraph.end))

    def _embedded(self, document: EmbeddedDocument) -> str:
        number = next(self.embedded)
        salutations = [
            element("salute", {}, self._line_with_break(line)) for line in document.salutations
        ]
        children = [block("opener", {}, salutations)] if salutations else []
        children += [self._turn_part(part) for part in document.paragraphs]
        signatures = [
            element("signed", {}, self._line_with_break(line)) for line in document.signatures
        ]
        children += [block("closer", {}, signatures)] if signatures else []
        values = {"type": document.kind, "xml:id": f"F{number:02}"}
        return block("floatingText", values, [block("body", {}, children)])

    def _line_with_break(self, line: Line) -> str:
        return self._before(line.begin) + self._line(line)

    def _before(self, some: Sequence[Milestone]) -> str:
        """What stands before words and outside every line."""
        return "".join(
            element("note", {"type": "deletion"}, escape(one.words))
            if isinstance(one, Deletion)
            else self._milestone(one)
            for one in some
        )

    def _milestone(self, one: Milestone) -> str:
        match one:
            case TypeChange():
                self.type = one
                return ""
            case SourceBreak():
                self.type = TypeChange()
                return milestone(one)
            case Annotation(kind=kind):
                number = next(self.annotations[kind])
                values = {"xml:id": f"{_ANNOTATION_IDS[kind]}{number:02}", "n": one.sign}
                return annotation(one, values)
            case _:
                return milestone(one)

    def _line(self, line: Line) -> str:
        return self._numbered(self._inline(line.content), line.language)

    def _numbered(self, content: str, language: str = "") -> str:
        self.last_line += 1
        values = {
            "type": "line",
            "xml:id": f"L{self.last_line:04}",
            "n": str(self.last_line),
            "xml:lang": language,
        }
        return element("seg", values, content)

    def _inline(self, content: Sequence[Inline]) -> str:
        return "".join(self._node(node) for node in content)

    def _node(self, node: Inline) -> str:
        match node:
            case str():
                return typed(node, self.type)
            case StageDirection():
                content = self._inline(node.content)
                return element("stage", self._direction_attributes(node), content)
            case Insertion():
                return self._insertion(node)
            case Omission():
                values = {"reason": node.reason, "rend": node.brackets}
                return element("gap", values, element("desc", {}, escape(node.words)))
            case Note():
                return self._note(node)
            case Misprint():
                rend = f"[{node.mark}]" if node.joined else node.mark
                values = {"resp": f"#{self.hand}", "rend": rend}
                return element("sic", values, escape(node.word))
            case Quotation():
                return self._quotation(node)
            case Foreign(words=words, language=language):
                return element("foreign", {"xml:lang": language}, typed(words, self.type))
            case _:
                return self._milestone(node)

    def _direction_attributes(self, direction: StageDirection) -> dict[str, str]:
        return {
            "xml:id": f"S{next(self.directions):02}",
            "type": " ".join(direction.types),
            "who": " ".join(f"#{identifier}" for identifier in direction.who),
            "ana": " ".join(f"#int.{grade}" for grade in direction.grades),
            "rend": "" if direction.brackets == ROUND else direction.brackets,
            "xml:lang": direction.language,
        }

    def _insertion(self, insertion: Insertion) -> str:
        content = self._inline(insertion.content)
        if insertion.kind == "supplied":
            return element("supplied", {"resp": f"#{self.hand}"}, content)
        values = {
            "type": insertion.kind,
            "xml:lang": insertion.language,
            "resp": f"#{self.hand}",
        }
        return element("gloss", values, content)

    def _note(self, note: Note) -> str:
        number = next(self.notes)
        values = {
            "xml:id": f"N{number:02}",
            "n": str(number),
            "type": self.hand,
            "resp": f"#{self.hand}",
            "rend": "" if note.closing == "]" else note.closing,
            "xml:lang": note.language,
        }
        return element("note", values, self._inline(note.content))

    def _quotation(self, quotation: Quotation) -> str:
        values = {"xml:lang": quotation.language}
        if quotation.chain:
            part = quotation.part
            values |= {
                "xml:id": _part_id(quotation.chain, part),
                "prev": f"#{_part_id(quotation.chain, part - 1)}" if part > 1 else "",
                "next": f"#{_part_id(quotation.chain, part + 1)}" if part < quotation.parts else "",
            }
        return element("q", values, self._inline(quotation.content))


def _part_id(chain: int, part: int) -> str:
    return f"Q{chain:02}.{part}"


def _numbered_turns(turns: Sequence[Turn]) -> Iterator[dict[str, str]]:
    """Id, number, speakers and links of each turn; parts of one turn share its number."""
    numbers: list[tuple[str, str]] = []
    last = part = 0
    for turn in turns:
        part = part + 1 if turn.same else 1
        last += not turn.same
        numbers.append((f"T{last:03}.{part}" if turn.same else f"T{last:03}", str(last)))
    for place, (turn, (identifier, number)) in enumerate(zip(turns, numbers, strict=True)):
        goes_on = place + 1 < len(turns) and turns[place + 1].continues
        yield {
            "xml:id": identifier,
            "n": number,
            "who": " ".join(f"#{speaker}" for speaker in turn.speakers),
            "source": f"#{SOURCE}" if turn.told else "",
            "prev": f"#{numbers[place - 1][0]}" if turn.continues else "",
            "next": f"#{numbers[place + 1][0]}" if goes_on else "",
        }


def _around(begin: str, markup: str, end: str) -> str:
    """An element on a line of its own, with what begins with it and stands behind it."""
    return "\n".join(part for part in (begin, markup, end) if part)
