"""A file in Markdown as lines of text: those of the file, without the signs of the markup.

``docs/received-files.md`` says what is markup, and what becomes of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from stenogram.sources.folding import TypedLine, source_line
from stenogram.sources.markdown.footnotes import Footnote, footnotes_apart
from stenogram.sources.markdown.parser import parse
from stenogram.sources.markdown.sheet import Sheet
from stenogram.sources.model import Annotation, SourceLine
from stenogram.sources.text import split_lines

_BEGIN_OF_MATTER = re.compile(r"---[ \t]*")
_END_OF_MATTER = re.compile(r"(?:---|\.\.\.)[ \t]*")
_MATTER = re.compile(r"(?:[^\s:][^:]*:(?:[ \t].*)?|-[ \t].*|#.*)?|[ \t]+.*")


def markdown_lines(text: str) -> tuple[list[TypedLine], tuple[str, ...]]:
    """The lines of a file in Markdown, and what there is in it that is not text.

    The signs of the markup are counted by what is missing from the lines, not by how they are read.
    """
    typed = split_lines(text)
    matter = _front_matter(typed)
    blocks, footnotes = footnotes_apart(parse("\n".join([*[""] * matter, *typed[matter:]])))
    notes = _sheets_of_notes(typed, footnotes)
    sheet = Sheet(typed, {label: words for label, (words, _) in notes.items()})
    sheet.markup |= {0, matter - 1} if matter else set()
    sheet.read(blocks)
    for label in sorted(sheet.signs):
        sheet.markup.update(footnotes[label].places)
        sheet.elsewhere += [label, *notes[label][1]]
    lines = list(sheet.lines(range(len(typed))))
    left_out = [*_signs_left_out(typed, lines, sheet.elsewhere), *sorted(sheet.left_out)]
    return lines, tuple(left_out)


def _signs_left_out(
    typed: Iterable[str], lines: Iterable[TypedLine], elsewhere: Iterable[str]
) -> Iterator[str]:
    """How many characters of a file are neither in its lines nor kept elsewhere."""
    kept = Counter("".join(elsewhere))
    for line in lines:
        kept.update(line.typed)
        for piece in line.pieces:
            if isinstance(piece, Annotation):
                kept.update("".join(note.typed for note in piece.lines))
    missing = Counter("".join(typed)) - kept
    number = sum(times for sign, times in missing.items() if sign.strip())
    if number:
        yield "1 sign of the markup" if number == 1 else f"{number} signs of the markup"


def _sheets_of_notes(
    typed: Sequence[str], footnotes: Mapping[str, Footnote]
) -> dict[str, tuple[tuple[SourceLine, ...], list[str]]]:
    """The lines of each footnote that has words, without its sign, and what is kept elsewhere."""
    without_signs = list(typed)
    for note in footnotes.values():
        without_signs[note.places.start] = note.without_sign(typed[note.places.start])
    found: dict[str, tuple[tuple[SourceLine, ...], list[str]]] = {}
    for label, note in footnotes.items():
        sheet = Sheet(without_signs)
        sheet.read(note.blocks)
        lines = zip(note.places, sheet.lines(note.places), strict=True)
        numbered = [source_line(place + 1, line) for place, line in lines]
        if words := tuple(line for line in numbered if line.text):
            found[label] = words, sheet.elsewhere
    return found


def _front_matter(typed: Sequence[str]) -> int:
    """How many lines at the beginning are data about the file (YAML), with those around it."""
    if not _BEGIN_OF_MATTER.fullmatch(typed[0]):
        return 0
    for number, line in enumerate(typed[1:], 1):
        if _END_OF_MATTER.fullmatch(line):
            return number + 1
        if not _MATTER.fullmatch(line):
            return 0
    return 0
