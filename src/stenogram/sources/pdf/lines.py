"""The rows of all pages as numbered lines, with the indents and empty lines that a typist sees."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from types import MappingProxyType

from stenogram.sources.model import Annotation, Sign, SourceLine, TypeChange
from stenogram.sources.pdf.columns import columns_of
from stenogram.sources.pdf.notes import Note, is_raised, take_notes
from stenogram.sources.pdf.rows import Row, rows_of
from stenogram.sources.pdf.words import Word, usual_size

_SHARE_OF_DISTANCES = 0.15
"""Of the distances between rows, what makes one of them usual."""
_CLOSEST, _ALIKE = 0.7, 1.2
_FEWEST_DISTANCES = 8
_EMPTY = 1.3
"""How much more than usual a distance is where an empty line stands."""
_MOST_EMPTY = 20
_PLAIN = 0.6
"""A face that more of the letters have is no distinction."""
_SMALLER, _LOWERED = 0.85, 0.08
_FEWEST_PAGES = 2
_COARSE = 3
"""Points by which gutters differ from page to page."""
_FEWEST_ROWS = 5
_SHARE_OF_LEFT = 0.1


@dataclass(slots=True)
class _Block:
    """The rows of a column."""

    kind: tuple[int, int, int]
    """Which of how many columns it is, on a left or a right page."""
    rows: list[Row]
    left: float
    """Where most of its rows begin."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of all pages."""

    lines: tuple[SourceLine, ...]
    starts: tuple[int, ...]
    """The number of the first line of each page."""


def lines_of(pages: Sequence[Sequence[list[Word]]]) -> Lines:
    """Number the lines of pages, of each of which the words are given by direction.

    The lines of footnotes are counted after all others.
    """
    blocks = _blocks(pages)
    typing = _Typing.of([block for page in blocks for block in page])
    notes: dict[int, Note] = {}
    for page in blocks:
        columns = [block.rows for block in page if block.kind[0] >= 0]
        notes |= take_notes(columns, typing.size)
    placed: list[tuple[int, Row, float]] = []
    starts: list[int] = []
    number = 0
    for page in blocks:
        starts.append(number + 1)
        usual = _usual_distance(page) or typing.distance
        last: Row | None = None
        for block in page:
            left = typing.left(block)
            for row in block.rows:
                number += 1 + (_empty_lines(last, row, usual) if last else 0)
                placed.append((number, row, left))
                last = row
        number += not any(block.rows for block in page)
    annotations: dict[int, Annotation] = {}
    for word, note in notes.items():
        left = _left(note.rows)
        lines = [typing.line(number + n, row, left) for n, row in enumerate(note.rows, 1)]
        annotations[word] = Annotation(kind="footnote", sign=note.sign, lines=tuple(lines))
        number += len(lines)
    return Lines(tuple(typing.line(*one, annotations) for one in placed), tuple(starts))


def _blocks(pages: Sequence[Sequence[list[Word]]]) -> list[list[_Block]]:
    columns = [columns_of(page[0]) if page else [] for page in pages]
    gutters = Counter(
        rounded
        for page in columns
        for rounded in {tuple(round(x / _COARSE) * _COARSE for x in c.gutters) for c in page}
        if rounded
    )
    known = [tuple(map(float, some)) for some, times in gutters.items() if times >= _FEWEST_PAGES]
    if known:
        columns = [columns_of(page[0], known) if page else [] for page in pages]
    found: list[list[_Block]] = []
    for number, (page, words) in enumerate(zip(columns, pages, strict=True)):
        of_page = [(len(c.gutters), c.place, rows_of(c.words)) for c in page]
        of_page += [(-1, place, rows_of(some)) for place, some in enumerate(words[1:])]
        found.append([_Block((a, b, number % 2), rows, _left(rows)) for a, b, rows in of_page])
    return found


def _left(rows: Sequence[Row]) -> float:
    """The edge at which rows begin: the leftmost that several of them have."""
    lefts = sorted(row.left for row in rows)
    enough = max(1, _SHARE_OF_LEFT * len(lefts))
    for left in lefts:
        if sum(left <= other <= left + rows[0].size / 2 for other in lefts) > enough:
            return left
    return lefts[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typing:
    """How a file is typed."""

    size: float
    """Of most letters."""
    width: float
    """Of a letter."""
    distance: float
    """Between rows, as a share of their size."""
    plain: frozenset[str]
    """Faces that most of its letters have."""
    lefts: Mapping[tuple[int, int, int], float]
    """Where the columns of each kind begin on most pages."""

    @classmethod
    def of(cls, blocks: Sequence[_Block]) -> "_Typing":
        """Find out from the columns."""
        words = [word for block in blocks for row in block.rows for word in row.words]
        widths = [(w.right - w.left) / len(w.text) for w in words if w.right > w.left]
        faces: Counter[str] = Counter()
        for word in words:
            for length, some in _lengths(word):
                faces.update(dict.fromkeys(some, length))
        letters = sum(len(word.text) for word in words)
        lefts: dict[tuple[int, int, int], list[float]] = defaultdict(list)
        for block in blocks:
            if len(block.rows) >= _FEWEST_ROWS:
                lefts[block.kind].append(block.left)
        return cls(
            size=usual_size(words),
            width=median(widths) if widths else 1.0,
            distance=_usual_distance(blocks) or 1.2,
            plain=frozenset(face for face, times in faces.items() if times > _PLAIN * letters),
            lefts={kind: median(some) for kind, some in lefts.items()},
        )

    def left(self, block: _Block) -> float:
        """Where the lines of a column begin that are not indented."""
        return min(block.left, self.lefts.get(block.kind, block.left))

    def line(
        self,
        number: int,
        row: Row,
        left: float,
        notes: Mapping[int, Annotation] = MappingProxyType({}),
    ) -> SourceLine:
        """A row as a line, with the notes whose signs stand in it, by the identity of these."""
        text, signs = "", list[tuple[int, Sign]]()
        faces: tuple[str, ...] = ()
        for is_space, word in row.spaced_words():
            if id(word) in notes:
                signs.append((len(text), notes[id(word)]))
                continue
            if is_space and text:
                if faces and not self._faces(word, row, word.faces[0][1]):
                    faces = ()
                    signs.append((len(text), TypeChange()))
                text += " "
            for place, some in word.faces:
                some = self._faces(word, row, some)
                if some != faces:
                    signs.append((len(text) + place, TypeChange(some)))
                    faces = some
            text += word.text
        roles = {word.role for word in row.words}
        return SourceLine(
            number=number,
            text=text,
            indent=self._column(row.left, left),
            gap=self._gap(row, left),
            signs=tuple(signs),
            role=roles.pop() if len(roles) == 1 else "",
        )

    def _gap(self, row: Row, left: float) -> int:
        """How many characters wide the gap after the first word is."""
        end, typed = row.left, ""
        for is_space, word in row.spaced_words():
            if is_space:
                gap = round((word.left - end) / self.width)
                if typed.isdecimal():  # as in a margin: what follows begins where others do
                    gap = self._column(word.left, left) - self._column(row.left, left) - len(typed)
                return max(1, gap)
            end, typed = word.right, typed + word.text
        return 0

    def _column(self, x: float, left: float) -> int:
        return max(0, round((x - left) / self.width))

    def _faces(self, word: Word, row: Row, faces: tuple[str, ...]) -> tuple[str, ...]:
        """The faces of a word that tell it from others."""
        found = [face for face in faces if face not in self.plain]
        if is_raised(word, row):
            found.append("superscript")
        elif word.size < _SMALLER * row.size and word.base - row.base > _LOWERED * row.size:
            found.append("subscript")
        return tuple(found)


def _lengths(word: Word) -> Iterator[tuple[int, tuple[str, ...]]]:
    """How many letters of a word have which faces."""
    ends = [place for place, _ in word.faces[1:]] + [len(word.text)]
    for (place, faces), end in zip(word.faces, ends, strict=True):
        yield end - place, faces


def _usual_distance(blocks: Iterable[_Block]) -> float:
    """The distance between rows that most have, or a much smaller one that many have.

    As a share of their size; 0 if there are too few to tell.
    """
    distances = sorted(
        (below.base - above.base) / max(above.size, below.size)
        for block in blocks
        for above, below in pairwise(block.rows)
    )
    distances = [distance for distance in distances if distance >= _CLOSEST]
    if len(distances) < _FEWEST_DISTANCES:
        return 0.0
    ends = [bisect_right(distances, _ALIKE * distance) for distance in distances]
    alike = [end - begin for begin, end in enumerate(ends)]
    most = max(range(len(distances)), key=lambda place: alike[place])
    least = _SHARE_OF_DISTANCES * len(distances)
    for place, distance in enumerate(distances):
        if alike[place] >= least and _ALIKE * distance * _EMPTY < distances[most]:
            most = place
            break
    return distances[(most + ends[most]) // 2]


def _empty_lines(above: Row, below: Row, usual: float) -> int:
    """How many empty lines stand between two rows; none where a new column begins."""
    distance = (below.base - above.base) / (usual * max(above.size, below.size))
    return min(max(1, round(distance) - 1), _MOST_EMPTY) if distance >= _EMPTY else 0
