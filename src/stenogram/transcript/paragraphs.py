"""From lines to blocks: which lines make one paragraph."""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from stenogram.transcript.blocks import Block, merged, starts_of
from stenogram.transcript.hyphens import Ending, Hyphens
from stenogram.transcript.languages import particles, titles_in_any
from stenogram.transcript.layout.lines import TextLine
from stenogram.transcript.layout.pages import ends_sentence
from stenogram.transcript.layout.pages import goes_on as goes_on_below
from stenogram.transcript.model import (
    LineEndHyphen,
    Milestone,
    PageStart,
    PrintedLine,
    SourceBreak,
)

_WRAPPED = 110
"""Typists and programs break lines before this many characters; longer ones are paragraphs."""
_WIDEST = 200
"""No page has wider rows."""
_SHARE_OF_LONG_LINES = 0.1
_SHARE_OF_FULL_ROWS = 0.35
_SHARE_OF_DOUBLE_SPACES = 0.8
_FEWEST_DOUBLE_SPACED = 16
_SHARE_OF_SENTENCES_BROKEN = 0.3
"""How many of the rows that end no sentence have the rest of it below them."""
_SHARE_OF_INDENTS = 0.03
_NEARLY_FULL = 0.8
"""Share of the widest row that the first row of a hanging paragraph has; a label has less."""
_FEWEST_OF_A_PAGE = 4
_LONGEST_HEADING = 80
_FEW_WORDS = 2
_SHORTEST_BRACKET = 24
_SHARE_BETWEEN = 0.8
_OFTEN, _LONGEST_NAME, _MOST_WORDS_OF_NAME = 4, 60, 6
_DEEPER, _CENTRED = 4, 8
_FURTHEST_SHIFTED = 3
"""Columns by which the margin of a page may differ from that of others."""
_CLOSING = {"(": ")", "[": "]", "（": "）"}
_IN_BRACKETS = re.compile(r"(?: \([^()]+\)){1,3}$")
"""A place or a party after a name."""
_LONGEST_BRACKET = 12
"""Lines of a stage direction."""
_LONGEST_WORD = 60
# Chinese and Japanese signs, between which no white space stands.
_UNSPACED = re.compile("[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60]{2}")


def paragraphs(
    lines: Sequence[TextLine],
    conjunctions: Iterable[str],
    *,
    as_they_are: bool = False,
    stands_apart: Callable[[str], object] = lambda _: False,
) -> list[Block]:
    """Join the lines of each paragraph.

    In a file with long lines every line is a paragraph. Where lines are wrapped, an empty line
    (more than one, if lines are typed double-spaced), or a deeper indent, begins a paragraph;
    where paragraphs hang, a shallower one. Furniture between lines begins none.
    ``conjunctions`` are words before which a hyphen joins nothing, as in *pre- and post-war*.
    ``as_they_are`` if each line is a paragraph by the word of the file. ``stands_apart`` says of
    the words of a line that they are one in any case.
    """
    numbered = [line for line in lines if line.is_numbered]
    others = [line for line in lines if not line.is_numbered]
    in_margin, elsewhere = _Typing.of(numbered), _Typing.of(others)
    groups: list[list[TextLine]] = []
    indents: list[int] = []
    last_indent = 0
    recurring = _recurring(lines)
    for line, indent in zip(lines, _indents(lines), strict=True):
        typed = in_margin if line.is_numbered else elsewhere
        joins = not as_they_are and groups and typed.goes_on(groups[-1], line, indent, last_indent)
        pair = (line, *groups[-1][-1:]) if groups else (line,)
        apart = any(_bare_name(one.text) in recurring or stands_apart(one.text) for one in pair)
        if joins and (not apart or _is_open(groups[-1])):
            groups[-1].append(line)
        else:
            groups.append([line])
            indents.append(indent)
        last_indent = indent
    hyphens = Hyphens([line.text for line in lines], conjunctions)
    return [_block(group, indent, hyphens) for group, indent in zip(groups, indents, strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typing:
    """How the paragraphs of one file are told apart."""

    unwrapped: bool
    spacing: int
    """Empty lines between the rows of a paragraph."""
    indented: bool
    """The first row of a paragraph is indented."""
    hanging: bool
    """All other rows are."""
    usual: int
    """The indent that is commonest."""

    @classmethod
    def of(cls, lines: Sequence[TextLine]) -> "_Typing":
        """Find out from the lines."""
        pairs = list(itertools.pairwise(lines))
        spacing = _spacing(lines)
        deeper = [
            (_ends_paragraph(one.text), other.indent)
            for one, other in pairs
            if other.indent > one.indent
            and other.empty_above <= spacing
            and not _is_in_capitals(one.text)
        ]
        full = _NEARLY_FULL * max((len(line.text) for line in lines), default=0)
        broken = sum(
            not _ends_paragraph(one.text) and len(one.text) > full
            for one, other in pairs
            if other.indent > one.indent and other.empty_above <= spacing
        )
        ends = sum(end for end, _ in deeper)
        indented = len(deeper) > _SHARE_OF_INDENTS * len(lines)
        return cls(
            unwrapped=_is_unwrapped(lines),
            spacing=spacing,
            indented=indented,
            hanging=indented and ends < broken,
            usual=Counter(indent for _, indent in deeper).most_common(1)[0][0] if deeper else 0,
        )

    def goes_on(
        self, group: Sequence[TextLine], line: TextLine, indent: int, last_indent: int
    ) -> bool:
        """Whether a line belongs to the paragraph of the lines before it."""
        if line.role != group[-1].role:
            return False
        if self.unwrapped:
            return _closes(group, line)
        if _is_open(group):
            return True
        if _is_bracket_by_itself(group[-1], line):
            return False
        if line.page_above and group[-1].text.count("(") > group[-1].text.count(")"):
            return True
        if line.empty_above > self.spacing:
            return False
        if _ends_in_title(group[-1].text):
            return True
        if _is_in_capitals(line.text) != _is_in_capitals(group[-1].text):
            return False  # a heading, or a label on its own line
        if line.is_numbered != group[-1].is_numbered:
            return False
        if self.hanging and (self._is_centred(line) or self._is_centred(group[-1])):
            return False
        if self.hanging:
            return indent >= last_indent if len(group) > 1 else indent > last_indent
        if line.page_above and not self.indented:
            return not _ends_paragraph(group[-1].text)
        title = len(group) == 1 and group[0].indent > self.usual + _DEEPER
        if title and self.indented and line.indent <= self.usual + 1:
            return False  # a centred line
        if indent == last_indent > 0 and self.indented and len(group) == 1:
            return not _ends_paragraph(group[-1].text)  # the rest of a paragraph is not indented
        return indent <= last_indent

    def _is_centred(self, line: TextLine) -> bool:
        """Whether a short line stands far to the right of where rows begin."""
        return line.indent > self.usual + _CENTRED and len(line.text) <= _LONGEST_HEADING


def _is_open(group: Sequence[TextLine]) -> bool:
    """Whether a paragraph begins with a bracket, and it is not closed yet."""
    first = group[0].text[:1]
    closing = _CLOSING.get(first)
    if closing is None or len(group) > _LONGEST_BRACKET:
        return False
    return sum(line.text.count(first) - line.text.count(closing) for line in group) > 0


def _recurring(lines: Sequence[TextLine]) -> frozenset[str]:
    """Names that come again and again on lines of their own, between speeches."""
    times: Counter[str] = Counter()
    between: Counter[str] = Counter()
    names = [_bare_name(line.text) if len(line.text) <= _LONGEST_NAME else "" for line in lines]
    names = [name if _is_name(name) else "" for name in names]
    for place, name in enumerate(names):
        if name:
            times[name] += 1
            after = place + 1 < len(lines) and not names[place + 1]
            above = lines[place - 1].text
            before = not place or lines[place].empty_above or _ends_paragraph(above)
            between[name] += bool(after and before)
    return frozenset(
        name for name, n in times.items() if n >= _OFTEN and between[name] >= _SHARE_BETWEEN * n
    )


def _bare_name(text: str) -> str:
    """A line without what may follow a name: a place or a party, an office, a colon."""
    before, _, office = text.partition(", ")
    if before.isupper() and not office.isupper():
        return before
    return _IN_BRACKETS.sub("", text.rstrip(": ")) if text[-1:] in "):" else text


def _is_name(text: str) -> bool:
    words = text.split(" ")
    return (
        text != ""
        and len(words) <= _MOST_WORDS_OF_NAME
        and text[-1].isalnum()
        and text[0].isupper()
        and all(w[0].isupper() or w[0].isdecimal() or w.casefold() in particles() for w in words)
    )


def _ends_in_title(text: str) -> bool:
    """Whether a line ends inside a name: after a title, or in capitals after a particle."""
    *before, last = text.rsplit(" ", _FEW_WORDS)
    last = last.lstrip("([")
    word = last.casefold()
    if word.rstrip(".") in titles_in_any():
        return (last.endswith(".") and last[0].isupper()) or not before
    return text.isupper() and word in particles() and bool(before)


def _closes(group: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line closes the bracket with which the line above begins."""
    first = group[0].text[:1]
    closing = _CLOSING.get(first, "")
    open_above = len(group) == 1 and group[0].text.count(first) > group[0].text.count(closing)
    return bool(closing) and open_above and not line.empty_above and line.text.endswith(closing)


def _is_bracket_by_itself(above: TextLine, line: TextLine) -> bool:
    """Whether a line begins with a bracket that takes all of it, after a sentence."""
    closing = _CLOSING.get(line.text[:1])
    if closing is None or not ends_sentence(above.text) or len(line.text) <= _SHORTEST_BRACKET:
        return False
    return closing not in line.text[:-1] and line.text[1:2].isupper()


def _ends_paragraph(text: str) -> bool:
    return ends_sentence(text) or text.endswith(("—", "–", "--"))


def _is_in_capitals(text: str) -> bool:
    return text.isupper() and len(text) <= _LONGEST_HEADING


def _is_unwrapped(lines: Sequence[TextLine]) -> bool:
    lengths = sorted(len(line.text) for line in lines)
    if not lengths:
        return False
    widest = lengths[int(0.95 * (len(lengths) - 1))]
    full = sum(length >= 0.8 * widest for length in lengths)
    if widest <= _WIDEST and full > _SHARE_OF_FULL_ROWS * len(lines):
        return False
    return sum(length > _WRAPPED for length in lengths) > _SHARE_OF_LONG_LINES * len(lines)


def _spacing(lines: Sequence[TextLine]) -> int:
    """How many empty lines stand between the rows of one paragraph: mostly none."""
    gaps = Counter(line.empty_above for line in lines[1:] if not line.page_above)
    gap, times = gaps.most_common(1)[0] if gaps else (0, 0)
    unfinished = sum(not _ends_paragraph(line.text) for line in lines)
    goes_on = sum(goes_on_below(a.text, b.text) for a, b in itertools.pairwise(lines))
    enough = len(lines) >= _FEWEST_DOUBLE_SPACED
    is_spaced = (
        enough
        and times >= _SHARE_OF_DOUBLE_SPACES * gaps.total()
        and 2 * unfinished > len(lines)
        and goes_on > _SHARE_OF_SENTENCES_BROKEN * unfinished
    )
    return gap if is_spaced else 0


def _indents(lines: Sequence[TextLine]) -> list[int]:
    """The indent of each line beyond that of its page, where pages do not stand quite alike."""
    begins = [place for place, line in enumerate(lines) if place == 0 or line.page_above]
    usual = min((line.indent for line in lines), default=0)
    found: list[int] = []
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        page = [line.indent for line in lines[begin:end]]
        shifted = len(page) >= _FEWEST_OF_A_PAGE and min(page) <= usual + _FURTHEST_SHIFTED
        margin = min(page) if shifted else usual
        found += [indent - margin for indent in page]
    return found


def _block(lines: Sequence[TextLine], indent: int, hyphens: Hyphens) -> Block:
    parts: list[str] = []
    length = 0
    end = ""  # of the characters so far
    breaks: list[tuple[int, tuple[Milestone, ...]]] = []
    for line in lines:
        begin = line.begin
        if end and not _UNSPACED.fullmatch(end[-1] + line.text[0]):
            ending = hyphens.ending(end, line.text)
            if ending is Ending.BETWEEN_WORDS:
                parts.append(" ")
                length += 1
                end += " "
            else:
                begin = _within_word(begin)
            if ending is Ending.DIVIDED:
                begin = (LineEndHyphen(end[-1]), *begin)
                parts[-1] = parts[-1][:-1]
                length -= 1
                end = end[:-1]
        elif end:
            begin = _within_word(begin)
        breaks.append((length, begin))
        breaks += [(length + at, some) for at, some in line.inside]
        parts.append(line.text)
        length += len(line.text)
        end = end[-_LONGEST_WORD:] + line.text
    found = merged(breaks)
    return Block(
        text="".join(parts),
        breaks=found,
        starts=starts_of(found, lines[0].number),
        indent=indent,
        empty_above=lines[0].empty_above,
        role=lines[0].role,
    )


def _within_word(begin: Sequence[Milestone]) -> tuple[Milestone, ...]:
    return tuple(
        replace(one, within_word=True)
        if isinstance(one, SourceBreak | PageStart | PrintedLine)
        else one
        for one in begin
    )
