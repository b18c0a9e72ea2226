"""Fidelity: whether the source view of the TEI gives every character of the received file."""

import difflib
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from stenogram.sources import Annotation, Deletion, Hidden, Source
from stenogram.sources import SourceLine as Line
from stenogram.tei.events import (
    Anchor,
    End,
    Event,
    Furniture,
    Gap,
    LineEndHyphen,
    PageBreak,
    SourceLine,
    StartBlock,
    StartHeading,
    StartLabel,
    StartLine,
    StartNote,
    StartParagraph,
    StartSalutation,
    StartSection,
    StartSignature,
    StartStageDirection,
    StartTurn,
)
from stenogram.tei.load import TeiDocument
from stenogram.tei.names import SOURCE, XML_ID, tei
from stenogram.tei.read import reading_events
from stenogram.tei.views import View, in_view
from stenogram.white_space import fold

_Element = etree._Element
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_CONTEXT = 24
_MAYBE_SPACE = "\x00"
"""Stands where blocks or furniture meet: white space may have been typed there, or not."""
_NO_WORDS = f" \n\t\r\f{_MAYBE_SPACE}"
_MOST_COMPARED = 5_000
"""Characters between the first and the last difference; beyond that they count as lost."""
_BLOCKS = (
    StartBlock,
    StartHeading,
    StartLabel,
    StartParagraph,
    StartSalutation,
    StartSection,
    StartSignature,
    StartTurn,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One way in which the TEI does not give the received file."""

    code: str
    message: str
    element: _Element | None
    """Where in the TEI, if anywhere."""
    source_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fidelity:
    """How much of a received file stands in the TEI."""

    lines: int
    """Source lines that are not empty."""
    same_lines: int
    characters: int
    """Characters of the received file, white space not counted."""
    same_characters: int
    differences: tuple[Difference, ...]

    @property
    def percent(self) -> float:
        """Share of the characters that stand in the TEI as typed, rounded down to 0.01.

        100 only if nothing differs: neither white space nor words too many.
        """
        if not self.differences:
            return 100.0
        hundredths = 10_000 * self.same_characters // max(1, self.characters)
        return min(hundredths, 9_999) / 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedFile:
    """What the header says of the received file."""

    path: str
    """Relative to the folder of the TEI."""
    sha256: str
    encoding: str
    """Empty if the header does not say."""
    element: _Element


def received_file(root: _Element) -> ReceivedFile | None:
    """The file that the header names as source of the ``lb`` numbers, if it names one."""
    for entry in root.iter(tei("bibl")):
        if entry.get(XML_ID) == SOURCE:
            numbers = {i.get("type"): (i.text or "").strip() for i in entry.iter(tei("idno"))}
            if numbers.get("file"):
                return ReceivedFile(
                    path=numbers["file"],
                    sha256=numbers.get("sha256", ""),
                    encoding=numbers.get("encoding", ""),
                    element=entry,
                )
    return None


def compare(document: TeiDocument, source: Source) -> Fidelity:
    """Compare the source view of a document with the received file, line by line."""
    encoded = _encoded(document)
    typed = _typed(source)
    found = _by_number(encoded, typed)
    places = _Places(document.root)
    differences = [
        *_differences(typed, found, encoded, places),
        *_surplus(typed, found, places),
    ]
    return Fidelity(
        lines=len(typed),
        same_lines=sum(found.get(str(number)) == text for number, text in typed.items()),
        characters=sum(map(_size, typed.values())),
        same_characters=sum(_same(text, found.get(str(n), "")) for n, text in typed.items()),
        differences=tuple(differences),
    )


def source_view(document: TeiDocument, source: Source) -> dict[str, str]:
    """What the TEI gives as typed, white space folded, by number of the source line."""
    return _by_number(_encoded(document), _typed(source))


def _typed(source: Source) -> dict[int, str]:
    """What was typed on each line; where a note shares it with the text, both in their order."""
    typed: defaultdict[int, list[str]] = defaultdict(list)
    for line in source.lines:
        _add_typed(line, typed)
    return {number: fold("".join(words)) for number, words in typed.items()}


def _add_typed(line: Line, typed: defaultdict[int, list[str]]) -> None:
    """Add what was typed on a line, and in the notes whose signs stand there."""
    words, done = typed[line.number], 0
    words.append(" ")
    for at, sign in line.signs:
        words.append(line.text[done:at])
        done = at
        if isinstance(sign, Deletion | Hidden):
            words.append(sign.words)
        for note in sign.lines if isinstance(sign, Annotation) else ():
            if note.number != line.number or note.text or note.signs:
                _add_typed(note, typed)
                typed[note.number].append(" ")
    words.append(line.text[done:])


def abstract_lines(document: TeiDocument) -> list[tuple[str, str]]:
    """Numbers and words of the source lines that stand in the header, as an abstract."""
    return list(_abstract_lines(document.root))


class _Words(NamedTuple):
    """Words of the TEI, with the id of the citation line in which they stand."""

    text: str
    line: str


def _encoded(document: TeiDocument) -> dict[str, list[_Words]]:
    encoded = _source_lines(in_view(reading_events(document.root), View.SOURCE))
    for number, words in _abstract_lines(document.root):
        encoded.setdefault(number, []).append(_Words(f" {words}", ""))
    return encoded


def _by_number(encoded: Mapping[str, Sequence[_Words]], typed: Mapping[int, str]) -> dict[str, str]:
    found = {}
    for number, parts in encoded.items():
        words = fold("".join(part.text for part in parts))
        as_typed = typed.get(int(number), "") if _COUNT.fullmatch(number) else ""
        spaced = fold(words.replace(_MAYBE_SPACE, " "))
        if spaced != as_typed and _MAYBE_SPACE in words:
            close = fold(_spaced_as(as_typed, words))
            spaced = max(spaced, close, key=lambda one: _first_difference(one, as_typed))
        found[number] = spaced
    return found


def _spaced_as(typed: str, words: str) -> str:
    """Words with white space beside their furniture where it was typed, and only there."""
    spaced = ""
    place = 0
    for part in words.split(_MAYBE_SPACE):
        for _ in range(_size(part)):
            while typed[place : place + 1] == " ":
                place += 1
            place += 1
        spaced += part.strip(" ") + (" " if typed[place : place + 1] == " " else "")
    return spaced


class _Places:
    """Finds the elements of a document that a difference is about."""

    def __init__(self, root: _Element) -> None:
        self._root = root

    @cached_property
    def _breaks(self) -> dict[str, _Element]:
        return {lb.get("n", ""): lb for lb in _source_breaks(self._root)}

    @cached_property
    def _lines(self) -> dict[str, _Element]:
        return {line.get(XML_ID, ""): line for line in self._root.iter(tei("seg"))}

    @cached_property
    def _begun(self) -> list[tuple[int, _Element]]:
        begun = ((int(n), lb) for n, lb in self._breaks.items() if _COUNT.fullmatch(n))
        return sorted(begun, key=_number)

    def at(self, number: str, line: str = "") -> _Element | None:
        """The citation line, or else the beginning of the source line."""
        found = self._lines.get(line)
        return self._breaks.get(number) if found is None else found

    def before(self, number: int) -> _Element | None:
        """The beginning of the last source line before the one with this number."""
        earlier = bisect_right(self._begun, number, key=_number)
        return self._begun[earlier - 1][1] if earlier else None


def _number(found: tuple[int, _Element]) -> int:
    return found[0]


def _source_breaks(root: _Element) -> Iterator[_Element]:
    for text in root.iterchildren(tei("text")):
        for element in text.iter(tei("lb")):
            if element.get("edRef", "").removeprefix("#") in (SOURCE, ""):
                yield element


def _source_lines(events: Iterable[Event]) -> dict[str, list[_Words]]:
    """The words of the source view by number of the source line on which they stand."""
    parts: dict[str, list[_Words]] = {}
    number = line = ""
    stack: list[Event] = []
    left: list[tuple[str, int]] = []
    """The source lines in which annotations stand that are open, and how much each has so far."""
    for event in events:
        match event:
            case str():
                parts.setdefault(number, []).append(_Words(event, line))
            case SourceLine(number=begun, edition=edition) if edition in (SOURCE, ""):
                number = begun
                parts.setdefault(number, []).append(_Words(" ", line))
            case End():
                ended = stack.pop()
                line = "" if isinstance(ended, StartLine) else line
                if isinstance(ended, StartNote) and ended.is_annotation:
                    before, words_before = left.pop()
                    if number == before and len(parts.get(number, ())) > words_before:
                        parts[number].append(_Words(" ", line))
                    number = before
            case SourceLine(typed=text) | Furniture(text=text):
                words = f"{_MAYBE_SPACE}{text}{_MAYBE_SPACE}" if text else ""
                parts.setdefault(number, []).append(_Words(words, line))
            case LineEndHyphen(sign=sign):
                parts.setdefault(number, []).append(_Words(sign, line))
            case PageBreak() | Gap() | Anchor():
                pass
            case _:
                stack.append(event)
                if isinstance(event, StartLine):
                    line = event.id
                elif isinstance(event, StartNote) and event.is_annotation:
                    left.append((number, len(parts.get(number, ()))))
                elif isinstance(event, _BLOCKS) or _stands_alone(event):
                    parts.setdefault(number, []).append(_Words(_MAYBE_SPACE, line))
    return {
        n: words for n, words in parts.items() if n or any(w.text.strip(_NO_WORDS) for w in words)
    }


def _stands_alone(event: Event) -> bool:
    return isinstance(event, StartNote | StartStageDirection) and event.alone


def _text(element: _Element) -> Iterator[str]:
    """The words of an element; a comment has none."""
    return element.itertext(etree.Element) if isinstance(element.tag, str) else iter(())


def _abstract_lines(root: _Element) -> Iterator[tuple[str, str]]:
    """Paragraphs of the abstract, which stand in the header with their source line."""
    for abstract in root.iter(tei("abstract")):
        for paragraph in abstract.iterchildren(tei("p")):
            number, words = paragraph.get("n", ""), paragraph.text or ""
            for child in paragraph:
                if child.tag == tei("lb"):
                    yield number, words
                    number, words = child.get("n", ""), child.tail or ""
                else:
                    words += "".join(_text(child)) + (child.tail or "")
            if number:
                yield number, words


def _differences(
    typed: Mapping[int, str],
    found: Mapping[str, str],
    encoded: Mapping[str, Sequence[_Words]],
    places: _Places,
) -> Iterator[Difference]:
    for number, text in typed.items():
        read = found.get(str(number))
        if read == text:
            continue
        if read is None:
            code, element = "F02", places.before(number)
            message = f'Source line {number} is missing: "{_shown(text, 0)}"'
        else:
            place = _first_difference(text, read)
            line = _line_at(encoded[str(number)], _size(read[:place]))
            code, element = "F01", places.at(str(number), line)
            message = (
                f'Source line {number} has "{_shown(text, place)}", '
                f'the TEI has "{_shown(read, place)}"'
            )
        yield Difference(code=code, message=message, element=element, source_line=number)


def _line_at(words: Sequence[_Words], characters: int) -> str:
    """The citation line in which so many characters of a source line have been read."""
    line = ""
    for part in words:
        size = _size("".join(part.text.replace(_MAYBE_SPACE, "").split()))
        if size:
            line = part.line
        if characters < size:
            break
        characters -= size
    return line


def _surplus(
    typed: Mapping[int, str], found: Mapping[str, str], places: _Places
) -> Iterator[Difference]:
    known = {str(number) for number in typed}
    for number, text in found.items():
        if number in known:
            continue
        where = f'<lb n="{number}"/>' if number else "Before the first <lb/>"
        message = f'{where}: the received file has no such line; the TEI has "{_shown(text, 0)}"'
        yield Difference(code="F03", message=message, element=places.at(number), source_line=0)


def _first_difference(a: str, b: str) -> int:
    if a == b:
        return len(a)
    for place, (one, other) in enumerate(zip(a, b, strict=False)):
        if one != other:
            return place
    return min(len(a), len(b))


def _shown(text: str, place: int) -> str:
    """Some words around a place."""
    begin = max(0, place - _CONTEXT)
    end = min(len(text), place + _CONTEXT)
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"


def _size(text: str) -> int:
    return len(text.replace(" ", ""))


def _same(typed: str, encoded: str) -> int:
    """How many characters of ``typed`` stand in ``encoded`` in the same order."""
    if typed == encoded:
        return _size(typed)
    first = _first_difference(typed, encoded)
    rest, other = typed[first:], encoded[first:]
    last = len(rest) - _first_difference(rest[::-1], other[::-1])
    middle, between = rest[:last], other[: len(other) - (len(rest) - last)]
    same = _size(typed[:first]) + _size(rest[last:])
    if max(len(middle), len(between)) > _MOST_COMPARED:
        return same
    matcher = difflib.SequenceMatcher(None, middle, between, autojunk=False)
    return same + sum(_size(middle[b.a : b.a + b.size]) for b in matcher.get_matching_blocks())
