"""The words of the received file as a TEI file has them, each with its place in the XML.

This is the source view again (misprints as typed, brackets restored, nothing of the editor's),
but word by word, so that what has changed in the received file can be changed in the TEI.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stenogram.tei.delimiters import Delimiters
from stenogram.tei.names import ANNOTATIONS, EXEMPLAR, SOURCE
from stenogram.tei.pieces import Piece
from stenogram.white_space import fold

STRUCTURE = frozenset(
    """text front body back group div div1 div2 div3 sp u spGrp floatingText opener closer list
    table row lg listPerson listPlace listOrg castList castGroup choice""".split()
)
"""Elements that hold other elements only; white space between these means nothing."""
_BLOCKS = frozenset(
    """p head sp speaker salute signed div ab argument bibl body back byline cell cit closer
    dateline docTitle titlePage epigraph figure front item l label lg list opener postscript quote
    row table text trailer u""".split()
)
_CORRECTED = frozenset(("corr", "reg", "expan"))
_WORD = re.compile(r"[^\W\u2e80-\uffff]+|[^ \t\r\n\f]")
"""A word, a mark, or one character of a script that is written without spaces."""
_SPACES = " \t\r\n\f"


@dataclass(slots=True, eq=False)
class Word:
    """A word or mark of the received file."""

    text: str
    key: str
    """What it is compared by: its text, or for furniture its kind as well."""
    line: str
    """Number of the source line."""
    unit: int
    """Where the element begins that holds it as a whole: a line, a label, a note …"""
    spans: tuple[tuple[int, int, int], ...]
    """Text pieces that hold its characters, with the first of these and the one after."""
    of: int = -1
    """For a restored bracket, or furniture: where the element begins that stands for it."""
    at: int = -1
    """For a restored bracket, or furniture: the piece before, in or after which it stands."""
    white: bool = False
    """White space stands before it."""
    loose: bool = False
    """It does not matter whether white space stands before it."""
    begins: tuple[int, ...] = ()
    """The ``lb`` of source lines that begin with it (or the ``p`` of an abstract)."""
    pages: tuple[int, ...] = ()
    """The ``pb`` of pages that begin with it."""

    @property
    def first(self) -> int:
        """The first piece that it stands in."""
        return self.spans[0][0] if self.spans else self.at

    @property
    def last(self) -> int:
        """The last piece that it stands in."""
        return self.spans[-1][0] if self.spans else self.at


def typed_words(row: Sequence[Piece], brackets: Mapping[str, tuple[Delimiters, ...]]) -> list[Word]:
    """The words of a TEI file, in the order of the received file.

    ``brackets`` are those that its header declares (``declared_delimiters``).
    """
    reader = _Reader(row, brackets)
    for begin in _read_elements(row):
        reader.read(begin, row[begin].partner)
    return sorted(reader.words, key=lambda word: _place(word.line))


def _place(number: str) -> int:
    return int(number) if number.isascii() and number.isdecimal() else 0


def _read_elements(row: Sequence[Piece]) -> Iterator[int]:
    """Where what is compared with the received file begins: the abstract and the text."""
    end = -1
    for piece in row:
        if piece.at > end and piece.opens and piece.name in ("abstract", "text", "standOff"):
            end = piece.partner
            if piece.name != "standOff":
                yield piece.at


class _Reader:
    """Goes through the pieces and keeps what has been read of them."""

    def __init__(
        self, row: Sequence[Piece], brackets: Mapping[str, tuple[Delimiters, ...]]
    ) -> None:
        self.words: list[Word] = []
        self._row = row
        self._brackets = brackets
        self._line = ""
        self._left: list[str] = []
        self._unit = -1
        self._units: list[int] = []
        self._white = self._loose = False
        self._begins: list[int] = []
        self._pages: list[int] = []
        self._run: list[tuple[int, int, str]] = []
        """Characters that follow each other with no white space between: piece, offset, text."""
        self._waiting: list[tuple[int, str, str]] = []
        """Elements that stand alone, whose opening bracket is still to come, and the closing."""
        self._closing: dict[int, str] = {}

    def read(self, begin: int, end: int) -> None:
        """Read one element with all that is in it."""
        at = begin
        self._line = ""
        while at <= end:
            piece = self._row[at]
            if piece.kind == "text":
                self._text(piece)
            elif piece.opens:
                skipped = self._start(piece)
                if skipped or piece.kind == "empty":
                    at = piece.partner
                    self._end(piece, skipped=skipped)
            elif piece.kind == "end":
                self._end(self._row[piece.partner])
            at += 1
        self._flush()

    def _text(self, piece: Piece) -> None:
        text = piece.text
        parent = self._row[piece.parent]
        if parent.name in STRUCTURE and not text.strip(_SPACES):
            return
        start = 0
        for place, sign in enumerate(text):
            if sign in _SPACES:
                if place > start:
                    self._characters(piece.at, start, text[start:place])
                self._space()
                start = place + 1
        if start < len(text):
            self._characters(piece.at, start, text[start:])

    def _characters(self, piece: int, offset: int, text: str) -> None:
        self._open_brackets()
        self._run.append((piece, offset, text))

    def _space(self) -> None:
        self._flush()
        self._white = True

    def _maybe(self) -> None:
        self._flush()
        self._loose = True

    def _flush(self) -> None:
        """Words from the characters that were read."""
        run, self._run = self._run, []
        if not run:
            return
        if len(run) == 1:
            piece, offset, text = run[0]
            for found in _WORD.finditer(text):
                span = (piece, offset + found.start(), offset + found.end())
                self._add(found[0], found[0], (span,))
            return
        ends, whole = [], ""
        for piece, offset, text in run:
            ends.append((len(whole), piece, offset, len(text)))
            whole += text
        for found in _WORD.finditer(whole):
            spans = tuple(
                (p, o + max(found.start() - b, 0), o + min(found.end() - b, n))
                for b, p, o, n in ends
                if b < found.end() and found.start() < b + n
            )
            self._add(found[0], found[0], spans)

    def _add(
        self,
        text: str,
        key: str,
        spans: tuple[tuple[int, int, int], ...],
        of: int = -1,
        at: int = -1,
    ) -> None:
        place = spans[0][0] if spans else of
        inner = self._row[place] if not spans else self._row[self._row[place].parent]
        if inner.name == "pc":
            key = f"\0pc {text}"
        unit = self._unit if self._unit >= 0 else inner.at
        self.words.append(
            Word(
                text=text,
                key=key,
                line=self._line,
                unit=unit,
                spans=spans,
                of=of,
                at=of if at < 0 else at,
                white=self._white,
                loose=self._loose,
                begins=tuple(self._begins),
                pages=tuple(self._pages),
            )
        )
        self._white = self._loose = False
        self._begins, self._pages = [], []

    def _restored(self, marks: str, piece: int, at: int = -1) -> None:
        """Brackets, or other words that stand for an element."""
        self._flush()
        for found in re.finditer(rf"(?P<space>[{_SPACES}]*)(?P<word>{_WORD.pattern})", marks):
            self._white = self._white or bool(found["space"])
            self._add(found["word"], found["word"], (), piece, at)
        self._white = self._white or marks[-1:] in (*_SPACES,)

    def _open_brackets(self, at: int = -1) -> None:
        waiting, self._waiting = self._waiting, []
        for piece, opening, closing in waiting:
            self._restored(opening, piece, at)
            self._closing[piece] = closing

    def _start(self, piece: Piece) -> bool:
        """Begin an element; whether what is in it is not to be read."""
        name = piece.name
        if name in _CORRECTED and self._row[piece.parent].name == "choice":
            return True
        if name == "note" and piece.attributes.get("type") == "editorial":
            return True
        if name in ("lb", "pb", "fw", "gap"):
            self._milestone(piece)
            return True
        alone = self._row[piece.parent].name in STRUCTURE
        annotation = name == "note" and piece.attributes.get("type") in ANNOTATIONS
        if annotation:
            self._flush()
            self._left.append(self._line)
        elif name in _BLOCKS or (name in ("note", "stage") and alone):
            self._maybe()
        is_line = name == "seg" and piece.attributes.get("type") == "line"
        if self._is_abstract(piece):
            self._break(piece, piece.attributes.get("n", ""))
        if is_line or name == "speaker" or (name == "note" and alone) or self._is_abstract(piece):
            self._flush()
            self._units.append(piece.at)
            self._unit = self._units[0]
        if is_line:
            self._open_brackets(piece.at)
        before, after = self._marks(piece)
        if (before or after) and name != "sic":
            self._bracket(piece, before, after, alone=alone)
        return False

    def _is_abstract(self, piece: Piece) -> bool:
        return piece.name == "p" and self._row[piece.parent].name == "abstract"

    def _bracket(self, piece: Piece, before: str, after: str, *, alone: bool) -> None:
        if piece.name == "note":
            after = piece.attributes.get("rend") or after
        if alone:
            self._waiting.append((piece.at, before, after))
        else:
            self._restored(before, piece.at)
            self._closing[piece.at] = after

    def _milestone(self, piece: Piece) -> None:
        edition = piece.attributes.get("edRef", "").removeprefix("#")
        words = fold("".join(one.text for one in self._inside(piece) if one.kind == "text"))
        if piece.name == "pb":
            self._pages.append(piece.at)
        elif piece.name == "gap":
            before, after = self._marks(piece)
            if before or after:
                self._restored(f"{before}{words}{after}", piece.at)
        elif piece.name == "fw":
            self._furniture(piece, words, f"\0fw {piece.attributes.get('type', '')} {words}")
        elif edition in (SOURCE, ""):
            self._break(piece, piece.attributes.get("n", ""))
        elif edition == EXEMPLAR:
            typed = piece.attributes.get("rend", piece.attributes.get("n", ""))
            self._furniture(piece, typed, f"\0lb {typed}")

    def _furniture(self, piece: Piece, words: str, key: str) -> None:
        if words:
            self._maybe()
            self._add(words, key, (), piece.at)
            self._loose = True

    def _break(self, piece: Piece, number: str) -> None:
        self._flush()
        self._line = number
        self._begins.append(piece.at)

    def _inside(self, piece: Piece) -> Sequence[Piece]:
        return self._row[piece.at + 1 : piece.partner]

    def _marks(self, piece: Piece) -> tuple[str, str]:
        for delimiters in self._brackets.get(piece.name, ()):
            if delimiters.fit(piece.attributes):
                return delimiters.before, delimiters.after
        return "", ""

    def _end(self, piece: Piece, *, skipped: bool = False) -> None:
        if skipped:
            return
        is_line = piece.name == "seg" and piece.attributes.get("type") == "line"
        if piece.name == "sic":
            self._confirmed(piece)
        parent = self._row[piece.parent] if piece.parent >= 0 else piece
        if is_line and parent.at in self._closing:
            self._restored(self._closing.pop(parent.at), parent.at, piece.partner)
        if self._waiting and self._waiting[-1][0] == piece.at:
            self._open_brackets()
        if piece.at in self._closing:
            self._restored(self._closing.pop(piece.at), piece.at, piece.partner)
        if self._units and self._units[-1] == piece.at:
            self._flush()
            self._units.pop()
            self._unit = self._units[0] if self._units else -1
        if piece.name == "note" and piece.attributes.get("type") in ANNOTATIONS:
            self._flush()
            self._line = self._left.pop()

    def _confirmed(self, piece: Piece) -> None:
        mark = piece.attributes.get("rend", "")
        if mark and self._marks(piece)[1]:
            marks = mark if mark.startswith("[") else f" [{mark}]"
            self._restored(marks, piece.at, piece.partner)


def settle_spaces(words: Sequence[Word], lines: Mapping[str, str]) -> None:
    """Say of each word whether white space stands before it in the lines of the file.

    ``lines`` are those of the received file by number, white space folded.
    """
    places: dict[str, int] = {}
    for word in words:
        line, at = lines.get(word.line, ""), places.get(word.line, 0)
        is_white = line[at : at + 1] == " "
        at += is_white
        if line.startswith(word.text, at):
            if at > is_white:
                word.white = is_white
            places[word.line] = at + len(word.text)
        else:
            places[word.line] = len(line)


def words_in(text: str) -> list[str]:
    """The words and marks of some text."""
    return _WORD.findall(text)
