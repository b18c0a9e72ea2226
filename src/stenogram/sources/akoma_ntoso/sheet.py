"""The words of a debate, line by line, with what the file says of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from stenogram.sources.addresses import web_address
from stenogram.sources.akoma_ntoso import vocabulary
from stenogram.sources.akoma_ntoso.survey import Survey
from stenogram.sources.folding import LineBuilder, TypedLine, source_line
from stenogram.sources.model import (
    ANNEX,
    CONTENTS,
    HEADING,
    LABEL,
    NARRATIVE,
    SPEECH,
    STAGE,
    Annotation,
    Deletion,
    LineBreak,
    PageBreak,
    ParagraphStart,
    RemarkEdge,
    Sign,
    TypeChange,
)
from stenogram.sources.web_faces import typed_by_element, typed_by_style

_PLAIN = TypeChange()
_USED = frozenset({"by", "eId", "id", "marker", "number", "showAs"})
_LONGEST_LINE_NUMBER = 9


@dataclass(frozen=True, slots=True)
class _Around:
    """What holds for words, by the elements around them."""

    role: str = NARRATIVE
    turn: int = 0
    type: TypeChange = _PLAIN
    deleted: bool = False
    hidden: bool = False


@dataclass(slots=True)
class _Note:
    """A note that is being read."""

    sign: str
    name: str = ""
    """Its own, if it stands in the metadata."""
    depth: int = 0
    lines: defaultdict[int, LineBuilder] = field(default_factory=lambda: defaultdict(LineBuilder))


class Sheet:
    """Writes the words of a debate on its lines while a parser goes through it."""

    def __init__(self, survey: Survey) -> None:
        self.left_out: set[str] = set()
        self._survey = survey
        self._breaks = {
            name: iter(survey.numbers(name)) for name in (vocabulary.PAGE_END, vocabulary.LINE_END)
        }
        self._lines: defaultdict[int, LineBuilder] = defaultdict(LineBuilder)
        self._around = [_Around()]
        self._turns = 0
        self._begins = True
        """The next words begin a paragraph."""
        self._has_words = False
        """The paragraph has words that were not taken out."""
        self._number: list[tuple[int, str, TypeChange]] = []
        """The words of a number, which wait for those that it belongs to."""
        self._numbering = 0
        self._waiting: list[Sign] = []
        """Pages and lines that begin with the next words; notes without words before them."""
        self._remark = ""
        """``waits`` for its first word, or is ``begun``."""
        self._last: LineBuilder | None = None
        self._note: _Note | None = None
        self._notes: dict[str, Annotation] = {}
        """By name: those of the metadata."""
        self._counted = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if set(attributes) - _USED:
            self.left_out.add("attributes")
        around = self._around[-1]
        self._around.append(self._inside(around, name, attributes))
        if name == vocabulary.NOTE and self._note is None and not around.hidden:
            self._counted += 1
            self._note = _Note(attributes.get("marker", "") or str(self._counted))
        elif name == vocabulary.META_NOTE and around.hidden and self._note is None:
            self._start_note_of_metadata(attributes)
        elif self._note is not None:
            self._note.depth += 1
            if name not in vocabulary.INLINE or name in vocabulary.SPACED:
                self._space(self._note.lines)
        elif not around.hidden:
            self._start_among_words(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self._around.pop()
        if self._note is not None and self._note.depth:
            self._note.depth -= 1
        elif self._note is not None:
            self._end_note(self._note)
        elif name == vocabulary.NUMBER:
            self._numbering -= 1
        elif name == vocabulary.REMARK:
            if self._remark == "begun" and self._last is not None:
                self._last.mark(RemarkEdge(begins=False))
            self._remark = ""
        elif name not in vocabulary.INLINE:
            self._begins = True

    def data(self, text: str, line: int) -> None:
        """Some characters of a line."""
        around = self._around[-1]
        if self._note is not None:
            self._add(self._note.lines[line], text, around)
        elif around.hidden:
            self.left_out.update({"metadata"} if text.strip() else ())
        elif self._numbering:
            self._number.append((line, text, around.type))
        else:
            self._words(text, line, around)

    def other(self, kind: str) -> None:
        """Something that is no text."""
        self.left_out.add(kind)

    def lines(self, number: int) -> list[TypedLine]:
        """All lines, as many as the file has."""
        if self._number:
            self._begin(self._around[-1])
        if self._last is not None:
            for sign in self._waiting:
                self._last.sign(sign)
        empty = TypedLine(())
        return [self._lines[at].line() if at in self._lines else empty for at in range(number)]

    def _inside(self, around: _Around, name: str, attributes: Mapping[str, str]) -> _Around:
        """What holds inside an element."""
        change = typed_by_element(around.type, name)
        if "style" in attributes:
            change, _ = typed_by_style(change, attributes["style"])
        if name in ("a", "ref"):
            change = replace(change, target=web_address(attributes.get("href", "")))
        if name in vocabulary.TURNS and not around.hidden:
            self._turns += 1
            return replace(around, role=SPEECH, turn=self._turns, type=change)
        return replace(
            around,
            role=_role(name, around),
            type=change,
            deleted=around.deleted or name == "del",
            hidden=around.hidden or name == vocabulary.METADATA,
        )

    def _start_among_words(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == vocabulary.NUMBER:
            self._numbering += 1
        elif name == vocabulary.REMARK:
            self._remark = "waits"
        elif name in self._breaks:
            self._break(name)
        elif name == vocabulary.NOTE_CALL:
            note = self._notes.pop(attributes.get("href", "").removeprefix("#"), None)
            if note is not None:
                self._attach(replace(note, sign=attributes.get("marker") or note.sign))
        elif name in vocabulary.SPACED:
            self._space(self._lines)
        elif name in vocabulary.TITLES:
            self._around[-1] = replace(self._around[-1], role=HEADING)
        elif name not in vocabulary.INLINE:
            self._begins = True

    def _words(self, text: str, line: int, around: _Around) -> None:
        """Add characters to a line; the first word of a paragraph begins it."""
        if text.strip():
            if self._begins:
                self._begin(around, line)
            builder = self._lines[line]
            for sign in self._waiting:
                builder.sign(sign)
            self._waiting.clear()
            if self._remark == "waits":
                builder.mark(RemarkEdge(begins=True))
                self._remark = "begun"
            self._last = builder
            self._has_words = self._has_words or not around.deleted
        elif line not in self._lines:
            return
        elif self._begins or not self._has_words:
            text = " "  # a no-break space with no words beside it
        self._add(self._lines[line], text, around)

    def _begin(self, around: _Around, line: int = 0) -> None:
        """Begin a paragraph, with the number that waits for it."""
        held = [one for one in self._number if one[1].strip()]
        self._number = []
        builder = self._lines[held[0][0] if held else line]
        builder.add(" ", _PLAIN)
        builder.mark(ParagraphStart(role=around.role, turn=around.turn))
        for at, text, change in held:
            self._last = self._lines[at]
            self._last.add(f"{text} ", change)
        self._begins = False
        self._has_words = bool(held)

    def _add(self, builder: LineBuilder, text: str, around: _Around) -> None:
        if around.deleted and text.strip():
            builder.sign(Deletion(text))
        else:
            builder.add(text, around.type)

    def _space(self, lines: Mapping[int, LineBuilder]) -> None:
        if lines:
            lines[max(lines)].add(" ", _PLAIN)

    def _break(self, name: str) -> None:
        number = next(self._breaks[name])
        if name == vocabulary.PAGE_END:
            self._waiting.append(PageBreak(number))
        elif number.isdecimal() and number.isascii() and len(number) <= _LONGEST_LINE_NUMBER:
            self._waiting.append(LineBreak(int(number)))
        else:
            self.left_out.add("line breaks")

    def _start_note_of_metadata(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("eId") or attributes.get("id") or ""
        if name in self._survey.called and name not in self._notes:
            self._counted += 1
            sign = attributes.get("marker", "") or str(self._counted)
            self._note = _Note(sign, name)

    def _end_note(self, note: _Note) -> None:
        self._note = None
        lines = tuple(
            source_line(number + 1, builder.line())
            for number, builder in sorted(note.lines.items())
        )
        words = tuple(line for line in lines if line.typed)
        if not words:
            return
        annotation = Annotation(kind="footnote", sign=note.sign, lines=words)
        if note.name:
            self._notes[note.name] = annotation
        else:
            self._attach(annotation)

    def _attach(self, annotation: Annotation) -> None:
        """Let a note stand behind the last words, or before the first ones of a paragraph."""
        if self._begins or self._last is None:
            self._waiting.append(annotation)
        else:
            self._last.sign(annotation)


def _role(name: str, around: _Around) -> str:
    """What the words in an element are."""
    if around.role in (CONTENTS, ANNEX) or around.hidden:
        return around.role
    if name in vocabulary.HEADINGS:
        return HEADING
    if name == vocabulary.LABEL and around.turn:
        return LABEL
    if name in vocabulary.HAPPENED:
        return STAGE
    if name in ("narrative", "summary"):
        return NARRATIVE
    if name == vocabulary.CONTENTS:
        return CONTENTS
    return ANNEX if name in vocabulary.APPENDED else around.role
