"""A transcript as TEI, by ``encoding.md``: turns, lines, stage directions, brackets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import assert_never

from stenogram.tei.header import HeaderFacts, header
from stenogram.tei.markup import block, element, escape, milestone, milestones
from stenogram.tei.names import ENCODER, ROUND, TEI_NAMESPACE, TRANSLATOR
from stenogram.transcript.model import (
    EmbeddedDocument,
    Furniture,
    Inline,
    Insertion,
    Label,
    Line,
    LineEndHyphen,
    LoneStageDirection,
    Milestone,
    Misprint,
    Note,
    NoteParagraph,
    Omission,
    PageStart,
    Paragraph,
    PrintedLine,
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


def encode(transcript: Transcript, facts: HeaderFacts) -> bytes:
    """The whole TEI document, UTF-8.

    Lines, paragraphs, turns, stage directions and notes are numbered in reading
    order; every series begins with 1.
    """
    turns = [p for section in transcript.sections for p in section.parts if isinstance(p, Turn)]
    body = _Encoder(turns=_numbered_turns(turns))
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
    last_line: int = 0
    sections: Iterator[int] = field(default_factory=lambda: count(1))
    paragraphs: Iterator[int] = field(default_factory=lambda: count(1))
    directions: Iterator[int] = field(default_factory=lambda: count(1))
    notes: Iterator[int] = field(default_factory=lambda: count(1))
    embedded: Iterator[int] = field(default_factory=lambda: count(1))

    def section(self, section: Section) -> str:
        number = next(self.sections)
        kind = section.kind or ("section" if section.headings else "opening")
        children = [element("head", {}, self._line_with_break(h)) for h in section.headings]
        children += [self._section_part(part) for part in section.parts]
        children += [milestones(section.end)] if section.end else []
        return block("div", {"type": kind, "xml:id": f"D{number:02}", "n": str(number)}, children)

    def _section_part(self, part: SectionPart) -> str:
        match part:
            case Turn():
                return self._turn(part)
            case Paragraph() | NoteParagraph() | EmbeddedDocument():
                return self._turn_part(part)
            case LoneStageDirection():
                values = self._direction_attributes(part.direction)
                content = self._numbered(self._inline(part.direction.content))
                return _after(part.begin, element("stage", values, content))
            case _:
                assert_never(part)

    def _turn(self, turn: Turn) -> str:
        values = next(self.turns)
        children = [milestones(turn.begin)] if turn.begin else []
        if turn.label:
            children.append(element("speaker", {}, _label(turn.label)))
        children += [self._turn_part(part) for part in turn.parts]
        return block("sp", values, children)

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
        children: list[str] = []
        for line in paragraph.lines:
            if line.joined:
                children[-1] += self._line_with_break(line)
                continue
            children += [milestones(line.begin)] if line.begin else []
            children.append(self._line(line))
        return block("p", {"xml:id": f"P{number:03}", "n": str(number)}, children)

    def _note_paragraph(self, paragraph: NoteParagraph) -> str:
        return _after(paragraph.begin, self._note(paragraph.note))

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
        return milestones(line.begin) + self._line(line)

    def _line(self, line: Line) -> str:
        return self._numbered(self._inline(line.content))

    def _numbered(self, content: str) -> str:
        self.last_line += 1
        values = {"type": "line", "xml:id": f"L{self.last_line:04}", "n": str(self.last_line)}
        return element("seg", values, content)

    def _inline(self, content: Sequence[Inline]) -> str:
        return "".join(self._node(node) for node in content)

    def _node(self, node: Inline) -> str:
        match node:
            case str():
                return escape(node)
            case SourceBreak() | PageStart() | PrintedLine() | Furniture() | LineEndHyphen():
                return milestone(node)
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
                values = {"resp": f"#{TRANSLATOR}", "rend": rend}
                return element("sic", values, escape(node.word))
            case Quotation():
                return self._quotation(node)
            case _:
                assert_never(node)

    def _direction_attributes(self, direction: StageDirection) -> dict[str, str]:
        return {
            "xml:id": f"S{next(self.directions):02}",
            "type": " ".join(direction.types),
            "who": " ".join(f"#{identifier}" for identifier in direction.who),
            "ana": " ".join(f"#int.{grade}" for grade in direction.grades),
            "rend": "" if direction.brackets == ROUND else direction.brackets,
        }

    def _insertion(self, insertion: Insertion) -> str:
        content = self._inline(insertion.content)
        if insertion.kind == "supplied":
            return element("supplied", {"resp": f"#{TRANSLATOR}"}, content)
        values = {
            "type": insertion.kind,
            "xml:lang": insertion.language,
            "resp": f"#{TRANSLATOR}",
        }
        return element("gloss", values, content)

    def _note(self, note: Note) -> str:
        number = next(self.notes)
        values = {
            "xml:id": f"N{number:02}",
            "n": str(number),
            "type": "translator",
            "resp": f"#{TRANSLATOR}",
            "rend": "" if note.closing == "]" else note.closing,
        }
        return element("note", values, self._inline(note.content))

    def _quotation(self, quotation: Quotation) -> str:
        values: dict[str, str] = {}
        if quotation.chain:
            part = quotation.part
            values = {
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
            "prev": f"#{numbers[place - 1][0]}" if turn.continues else "",
            "next": f"#{numbers[place + 1][0]}" if goes_on else "",
        }


def _after(begin: Sequence[Milestone], markup: str) -> str:
    """An element on a line of its own, after what begins with it."""
    return f"{milestones(begin)}\n{markup}" if begin else markup


def _label(label: Label) -> str:
    typed = "".join(
        escape(part) if isinstance(part, str) else milestone(part) for part in label.content
    )
    if label.bracketed:
        return element("supplied", {"resp": f"#{TRANSLATOR}"}, typed) + escape(label.closing)
    if label.regular:
        regular = element("corr", {"resp": f"#{ENCODER}", "cert": "high"}, escape(label.regular))
        return element("choice", {}, element("sic", {}, typed) + regular) + escape(label.closing)
    return typed + escape(label.closing)
