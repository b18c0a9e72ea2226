"""The lines of a document in Markdown, or of one footnote in it, as they are read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from markdown_it.token import Token

from stenogram.sources.folding import LineBuilder, TypedLine
from stenogram.sources.markdown.phrases import NoteSign, PhraseReader, Words
from stenogram.sources.model import HEADING, Annotation, SourceLine, TypeChange

_SIGNS = "!\"#&'()*-:;<=>[\\]^_`|~"
"""Signs that may be markup; no other character of a file is ever left out."""

_UNDERLINES = ("-", "=")
_NO_WORDS = dict.fromkeys(map(ord, f"{_SIGNS} \t\f"))
_PLAIN = TypeChange()


@dataclass(slots=True)
class Sheet:
    """Reads blocks, and gives each line of the file its words; lines are counted from 0.

    A block that would lose more than signs of markup leaves its lines as they were typed.
    """

    typed: Sequence[str]
    """The lines of the file."""
    notes: Mapping[str, tuple[SourceLine, ...]] = field(default_factory=dict)
    """The lines of each footnote; a sign that has none stays as typed."""
    markup: set[int] = field(default_factory=set)
    """Lines that hold nothing but markup."""
    left_out: set[str] = field(default_factory=set)
    signs: set[str] = field(default_factory=set)
    """Footnotes whose signs have been found."""
    elsewhere: list[str] = field(default_factory=list)
    """What is kept without being among the words, such as addresses."""
    _lines: dict[int, LineBuilder] = field(default_factory=dict)
    _headings: set[int] = field(default_factory=set)
    _linked: set[str] = field(default_factory=set)
    """Definitions that links use."""

    def read(self, tokens: Sequence[Token]) -> None:
        """Read the blocks of a document or a note."""
        cells: list[PhraseReader] | None = None
        row = range(0)
        for token in tokens:
            places = range(*(token.map or (0, 0)))
            if token.type == "inline" and cells is None:
                self._paragraph(token, places)
            elif token.type == "inline" and cells is not None:
                cells.append(_cell(token, row.start, first=not cells))
            elif token.type == "tr_open":
                cells, row = [], places
            elif token.type == "tr_close":
                self._row(row, cells or ())
                cells = None
            elif token.type == "heading_open":
                self._headings.update(places)
                self._leave_out(places[-1:] if token.markup in _UNDERLINES else ())
            elif token.type == "table_open":
                self._leave_out(places[1:2])
            elif token.type == "hr":
                self._leave_out(places)
        self._leave_out_definitions(tokens)

    def lines(self, places: Iterable[int]) -> Iterator[TypedLine]:
        """Some of the lines, in order; those without words are empty."""
        for place in places:
            role = HEADING if place in self._headings else ""
            if place in self._lines:
                yield self._lines[place].line(role)
            elif place in self.markup or _is_empty(self.typed[place]):
                yield TypedLine(())
            else:
                yield TypedLine((self.typed[place],), role)

    def _row(self, places: range, cells: Sequence[PhraseReader]) -> None:
        typed = self.typed[places.start]
        indent = len(typed) - len(typed.lstrip(" \t>"))
        self._write(places, cells, {places.start: (typed[:indent].replace(">", " "), "")})

    def _paragraph(self, token: Token, places: range) -> None:
        rows = token.content.split("\n")
        blank = takewhile(lambda place: _is_empty(self.typed[place]), places)
        surplus = max(0, len(places) - len(rows))
        places_of_rows = places[min(sum(1 for _ in blank), surplus) :]
        reader = PhraseReader(places_of_rows.start)
        reader.read(token.content, token.children or ())
        around = {
            place: _around(self.typed[place], words)
            for place, words in zip(places_of_rows, rows, strict=False)
        }
        self._write(places, [reader], around)

    def _write(
        self,
        places: range,
        readers: Iterable[PhraseReader],
        around: Mapping[int, tuple[str, str]],
    ) -> None:
        """Give a block its words, unless any of its characters would be lost that is no sign."""
        lines: dict[int, LineBuilder] = defaultdict(LineBuilder)
        signs: set[str] = set()
        for place, (before, _) in around.items():
            lines[place].add(before, _PLAIN)
        for reader in readers:
            for phrase in reader.phrases:
                match phrase:
                    case Words(line, text, change):
                        lines[line].add(text, change)
                    case NoteSign(line, label) if self._is_first(label, signs):
                        lines[line].sign(_annotation(label, self.notes[label]))
                        signs.add(label)
                    case NoteSign(line, label):
                        lines[line].add(f"[^{label}]", _PLAIN)
        for place, (_, after) in around.items():
            lines[place].add(after, _PLAIN)
        kept = [builder.line().typed for builder in lines.values()]
        elsewhere = [words for reader in readers for words in reader.elsewhere]
        if _words_of(self.typed[place] for place in places) - _words_of([*kept, *elsewhere]):
            return
        self.elsewhere += elsewhere
        self._lines.update(lines)
        self.markup.update(places)
        self.signs |= signs
        for reader in readers:
            self._linked |= reader.definitions

    def _is_first(self, label: str, signs: set[str]) -> bool:
        """Whether a note stands where this sign is: at the first of several."""
        return label in self.notes and label not in self.signs and label not in signs

    def _leave_out(self, places: Iterable[int]) -> None:
        """Leave out lines that are drawn, such as that below a heading."""
        self.markup.update(place for place in places if not _words_of([self.typed[place]]))

    def _leave_out_definitions(self, tokens: Sequence[Token]) -> None:
        """Leave out the definitions that say nothing but where links lead."""
        known: set[str] = set()
        for token in tokens:
            name = token.meta.get("id", "")
            if token.type != "definition" or name in known:
                continue
            known.add(name)
            places = range(*(token.map or (0, 0)))
            words = _words_of(self.typed[place] for place in places)
            if name in self._linked and not words - _words_of([name, token.meta["url"]]):
                self.markup.update(places)
                self.elsewhere += self.typed[places.start : places.stop]
                self.left_out.add("link definitions")


def _cell(token: Token, place: int, *, first: bool) -> PhraseReader:
    """The words of a cell, parted from those of the cell before."""
    reader = PhraseReader(place)
    reader.phrases += [] if first else [Words(place, " ", _PLAIN)]
    reader.read(token.content, token.children or ())
    return reader


def _annotation(label: str, lines: tuple[SourceLine, ...]) -> Annotation:
    return Annotation(kind="footnote", sign=label, lines=lines)


def _around(typed: str, words: str) -> tuple[str, str]:
    """What stands before the words of a line, such as the sign of a list, and behind them."""
    words = words.lstrip(" \t")
    begin = typed.rfind(words) if words else -1
    if begin < 0:
        return "", ""
    before, heading, _ = typed[:begin].partition("#")
    after = "" if heading else typed[begin + len(words) :]
    return before.replace(">", " "), after


def _is_empty(typed: str) -> bool:
    return not "".join(typed.split()).strip(">")


def _words_of(texts: Iterable[str]) -> Counter[str]:
    """All characters, capitals or not, but for white space and signs that may be markup."""
    return Counter("".join(texts).casefold().translate(_NO_WORDS))
