"""Names that are labels elsewhere in a document, typed otherwise or without a mark."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from stenogram.transcript.labels.grammar import Candidate, Form, is_in_capitals
from stenogram.transcript.labels.names import core_of
from stenogram.transcript.languages import Language
from stenogram.transcript.likeness import Likeness, with_letters_swapped

_ALIKE, _SHORTEST_MISTYPED = 0.85, 5
_MOST_WORDS, _LONGEST_BRACKET = 8, 60
_BRACKETS = {"(": ")", "[": "]", "（": "）"}
_BEFORE_COLON = re.compile(r"([^\W\d_][^:.!?()]{3,60}?) ?[:：]")
_BEGINS_SPEECH = '¡¿"“„«(—–-…'


@dataclass(slots=True, kw_only=True)
class Known:
    """The names that stand as labels beyond doubt, and how they are mostly typed."""

    typed: dict[str, str] = field(default_factory=dict)
    """By name without regard to capitals: the same as typed."""
    recurring: frozenset[str] = frozenset()
    """Those that stand more than once."""
    _likeness: Likeness = field(default_factory=lambda: Likeness((), _ALIKE))
    """Of those that stand more than once."""
    _alike: dict[str, str] = field(default_factory=dict)
    _as_typed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str]) -> "Known":
        """Names as typed, one for each label."""
        typed: dict[str, Counter[str]] = defaultdict(Counter)
        for name in names:
            typed[core_of(name)][name] += 1
        recurring = frozenset(core for core, some in typed.items() if some.total() > 1)
        most_typed = {core: some.most_common(1)[0][0] for core, some in typed.items()}
        return cls(
            typed=most_typed,
            recurring=recurring,
            _likeness=Likeness(sorted(recurring), _ALIKE),
            _as_typed=frozenset(most_typed.values()),
        )

    def mistyped(self, name: str) -> str:
        """The name that stands several times and that another is very like, or nothing."""
        core = core_of(name)
        if core in self.typed or len(core) < _SHORTEST_MISTYPED:
            return ""
        if core not in self._alike:
            swapped = (other for other in with_letters_swapped(core) if other in self.recurring)
            best = (self._likeness.nearest(core), *swapped)
            same = (other for other in best if other and _digits(other) == _digits(core))
            self._alike[core] = next(same, "")
        return self._alike[core]

    def bare(self, line: str, rest: str, language: Language) -> tuple[Candidate, bool] | None:
        """A known name at the beginning of a line without a mark.

        ``rest`` is what follows in the lines after it. With the name, whether words in small
        letters follow, as in a sentence about somebody.
        """
        lead = len(line) - len(line.lstrip("\u3000"))
        words = line[lead : _MOST_WORDS * _LONGEST_BRACKET].split(" ")
        for number in range(min(len(words), _MOST_WORDS), 0, -1):
            name = " ".join(words[:number])
            if not language.spaced_words:
                name = name.split(";")[0].split("；")[0]
            if not self._is_typed(name, language):
                continue
            end = _past_bracket(line, lead + len(name))
            after = line[end:].strip(" ")
            following = f"{after} {rest}".strip(" ") if after else ""
            if _may_follow(name, following, language):
                form = Form.CAPITALS if name.isupper() else Form.COLON
                found = Candidate(form=form, name=name, lead=lead, length=end)
                return found, following[:1].islower()
        return None

    def told_of(self, text: str) -> Candidate | None:
        """A recurring name at the beginning of a paragraph that goes on as a sentence about it."""
        words = text[: _MOST_WORDS * _LONGEST_BRACKET].split(" ")[: _MOST_WORDS + 1]
        for number in range(min(len(words) - 1, _MOST_WORDS), 0, -1):
            name = " ".join(words[:number])
            bare = name.rstrip(",").rstrip(".") if "," in name else name
            if name == bare and not words[number][:1].islower():
                continue
            core = core_of(bare)
            known = core in self.recurring or (" " in core and core in self.typed)
            if known and self.typed[core].rstrip(".") == bare.rstrip("."):
                form = Form.CAPITALS if bare.isupper() else Form.COLON
                return Candidate(form=form, name=bare, length=len(bare))
        return None

    def _is_typed(self, name: str, language: Language) -> bool:
        if name in self._as_typed:
            return True
        return " " in name and language.voice_in(name) == name.casefold()

    def before_colon(self, text: str) -> Candidate | None:
        """What stands before a colon, if it is very like a known name though no label in form."""
        colon = _BEFORE_COLON.match(text)
        if colon is None or not self.mistyped(colon.group(1)):
            return None
        return Candidate(form=Form.COLON, name=colon.group(1), mark=":", length=colon.end())


def _digits(name: str) -> str:
    return "".join(filter(str.isdecimal, name))


def _past_bracket(text: str, end: int) -> int:
    """The end of what stands in brackets right after a name, or of the name."""
    closing = _BRACKETS.get(text[end : end + 2].strip()[:1])
    place = text.find(closing, end, end + _LONGEST_BRACKET) if closing else -1
    return place + 1 if place > 0 else end


def _may_follow(name: str, rest: str, language: Language) -> bool:
    """Whether what follows a name may be what somebody says, or nothing does."""
    several = " " in name
    if not rest:
        return several or name.isupper() or language.is_office(name)
    first = rest.split(" ")[0]
    if name.isupper():
        return first[0].isalpha() and not first.isupper()
    if not language.spaced_words:
        return first[0] in ";；" or first[0].isalpha()
    if not several or first.casefold().rstrip(".") in language.records.titles:
        return False
    begins = first[0].isupper() or first[0] in _BEGINS_SPEECH
    return begins and not is_in_capitals(first)
