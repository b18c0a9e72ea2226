"""Brackets, parentheses and quotation marks of a paragraph as properly nested spans."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from stenogram.transcript.languages import Language
from stenogram.transcript.reactions import reaction
from stenogram.transcript.segmentation import Stretch

_COUNTS = re.compile(r"(?:^|[\s(])(?:[^\W\d_]|[0-9]{1,3}|[ivxIVX]{1,4})\.?$")
"""Before a closing bracket that counts the items of a list: *a)*, *12)*."""
_LONGEST_COUNT = 6
_DEEPEST = 8
"""Quotations in quotations beyond this are left as characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of text between a pair of marks, marks included."""

    kind: str
    """``(``, ``[`` or ``quotation``, whatever marks the language has for them; or ``*`` for a
    reaction in emphasis or in other brackets than the document's, which are characters."""
    start: int
    end: int

    @property
    def stretch(self) -> Stretch:
        """Start and end."""
        return self.start, self.end

    def holds(self, other: "Span") -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end and self != other

    def crosses(self, other: "Span") -> bool:
        """Whether the two overlap without one holding the other."""
        overlap = self.start < other.end and other.start < self.end
        return overlap and not self.holds(other) and not other.holds(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What was found in a paragraph."""

    brackets: tuple[Span, ...]
    """Outermost round and square brackets, in order, with reactions that are typed otherwise."""
    quotations: tuple[Span, ...]
    """Balanced quotations outside or inside brackets, in order of their beginning."""
    lonely: tuple[int, ...]
    """Places of marks that have no partner."""


def find_marks(text: str, language: Language) -> Marks:
    """Pair the marks of a paragraph; those without a partner stay characters."""
    round_brackets, square_brackets = language.round_brackets[0], language.square_brackets[0]
    kinds = {round_brackets[0]: "(", square_brackets[0]: "["}
    brackets, lonely_brackets = _brackets(text, dict((round_brackets, square_brackets)), kinds)
    brackets = sorted([*brackets, *_typed_otherwise(text, brackets, language)], key=_start)
    quotations, lonely_quotes = _quotations(text, language.quotation_marks)
    crossing = {q for q in quotations if _crosses_one_of(q, brackets)}
    return Marks(
        brackets=tuple(brackets),
        quotations=tuple(q for q in quotations if q not in crossing),
        lonely=tuple(sorted([*lonely_brackets, *lonely_quotes, *(q.start for q in crossing)])),
    )


def _start(span: Span) -> int:
    return span.start


def _typed_otherwise(text: str, brackets: Sequence[Span], language: Language) -> list[Span]:
    """Reactions in emphasis, or in brackets of another kind than the document's."""
    found: list[Span] = []
    for pattern in _other_patterns(language.round_brackets[1:]):
        for match in pattern.finditer(text):
            said = reaction(match.group(), language)
            if said.types and not said.unknown:
                found.append(Span(kind="*", start=match.start(), end=match.end()))
    found.sort(key=_start)
    apart: list[Span] = []
    for span in found:
        free = not apart or span.start >= apart[-1].end
        after = bisect_right(brackets, span.start, key=_start)
        before = not after or brackets[after - 1].end <= span.start
        if free and before and (after == len(brackets) or brackets[after].start >= span.end):
            apart.append(span)
    return apart


@cache
def _other_patterns(pairs: tuple[tuple[str, str], ...]) -> list[re.Pattern[str]]:
    """Emphasis, and brackets of each of some kinds."""
    return [
        re.compile(r"(?<![\w*_])([*_]{1,2})[^*_]{2,60}\1(?![\w*_])"),
        *(
            re.compile(f"{re.escape(a)}[^{re.escape(a + b)}]{{1,60}}{re.escape(b)}")
            for a, b in pairs
        ),
    ]


def in_brackets_of(texts: Sequence[str], language: Language) -> Language:
    """The language with those brackets first in which a document is typed."""
    return replace(
        language,
        round_brackets=_commonest_first(texts, language.round_brackets),
        square_brackets=_commonest_first(texts, language.square_brackets),
    )


def _commonest_first(
    texts: Sequence[str], pairs: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    if len(pairs) == 1:
        return pairs
    return tuple(sorted(pairs, key=lambda pair: -sum(text.count(pair[0]) for text in texts)))


def _crosses_one_of(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span crosses one of several that are in order and apart from each other."""
    first = bisect_right(others, span.start, key=lambda other: other.end)
    last = bisect_right(others, span.end - 1, key=lambda other: other.end)
    return any(
        span.crosses(other) for other in (*others[first : first + 1], *others[last : last + 1])
    )


def _brackets(
    text: str, pairs: Mapping[str, str], kinds: Mapping[str, str]
) -> tuple[list[Span], list[int]]:
    """Outermost brackets; ``pairs`` has the closing ones, ``kinds`` what each pair is."""
    found: list[Span] = []
    lonely: list[int] = []
    open_at: list[int] = []
    for position, sign in _signs(text, "".join([*pairs, *pairs.values()])):
        if sign in pairs:
            open_at.append(position)
        elif open_at and pairs[text[open_at[-1]]] == sign:
            start = open_at.pop()
            found.append(Span(kind=kinds[text[start]], start=start, end=position + 1))
        elif not _COUNTS.search(text, max(0, position - _LONGEST_COUNT), position):
            lonely.append(position)
    outermost: list[Span] = []
    for span in sorted(found, key=lambda s: s.start):
        if not outermost or span.start >= outermost[-1].end:
            outermost.append(span)
    return outermost, lonely + open_at


def _quotations(text: str, pairs: Sequence[tuple[str, str]]) -> tuple[list[Span], list[int]]:
    """Quotations in the marks of a language.

    Pairs that share a mark, such as »« and «», exclude each other: the paragraph has those
    of which most have a partner.
    """
    paired = [(set(pair), *_paired(text, *pair)) for pair in pairs]
    paired.sort(key=lambda marks: len(marks[2]) - 2 * len(marks[1]))
    found: list[Span] = []
    lonely: list[int] = []
    used: set[str] = set()
    for marks, spans, alone in paired:
        if not used & marks:
            used |= marks
            found += spans
            lonely += alone
    found.sort(key=lambda s: (s.start, -s.end))
    return _nested(found, lonely), lonely


def _paired(text: str, opening: str, closing: str) -> tuple[list[Span], list[int]]:
    """Quotations in one pair of marks, and the places of those without a partner."""
    found: list[Span] = []
    lonely: list[int] = []
    open_at: list[int] = []
    for position, sign in _signs(text, opening + closing):
        closes = sign == closing and (opening != closing or bool(open_at))
        if not closes:
            open_at.append(position)
        elif open_at:
            start = open_at.pop()
            found.append(Span(kind="quotation", start=start, end=position + 1))
        else:
            lonely.append(position)
    return found, lonely + open_at


def _nested(spans: list[Span], lonely: list[int]) -> list[Span]:
    """Those spans that nest properly; the marks of the others are added to ``lonely``."""
    kept: list[Span] = []
    around: list[Span] = []
    for span in spans:
        while around and around[-1].end <= span.start:
            around.pop()
        if len(around) == _DEEPEST or (around and around[-1].crosses(span)):
            lonely.append(span.start)
            continue
        around.append(span)
        kept.append(span)
    return kept


def _signs(text: str, signs: str) -> Iterator[tuple[int, str]]:
    return ((found.start(), found.group()) for found in _any_of(signs).finditer(text))


@cache
def _any_of(signs: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(signs)}]")
