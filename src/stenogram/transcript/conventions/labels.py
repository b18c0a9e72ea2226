"""Templates of labels: ``<Name> (<any>):``, written so that no program is needed to add one.

``<NAME>`` is a name of which at least the surname is in capitals, ``<Name>`` any other, with
titles and offices; ``<L>`` one capital letter; ``<any>`` anything; ``<n>`` and ``<time>`` a
number and a time. All else stands for itself, and a space for any white space, or none where
it does not part two words. Brackets
may follow the name in any case, unless the template says which.
"""

import re
from dataclasses import dataclass
from functools import cache

from stenogram.transcript.languages import is_of_any_office

_LONGEST = 240
_MARKS = ".:：–—- "
# No sentence ends in a name: a full stop in it has few letters before it.
_IN_NAME = r"(?:[^.,;?!:：()\[\]（）<>]|(?<![^\W\d_]{5})\.)"
_NAME = rf"[^\W\d_]{_IN_NAME}{{0,80}}?(?<!\s)(?<![^\W\d_]{{3}}\.)"
_PLACEHOLDERS = {
    "NAME": _NAME,
    "Name": _NAME,
    "L": r"[^\W\d_]",
    "any": r"(?:[^()\[\]（）\n.!?]|(?<![^\W\d_]{4})\.){1,120}?",
    "n": r"\d{1,5}",
    "time": r"\d{1,3}[:.]\d{2}(?:[:.]\d{2}){0,2}",
}
_BRACKETS = r"(?:\s{0,3}[(\[（][^()\[\]（）\n]{1,120}[)\]）]){0,3}"
"""A party, an office, a place, a time may follow every name."""
_NOT_OF_INITIAL = (
    r"(?!(?<=[\s.][^\W\d_])\.\s?(?:[^\W\d_]\.|[(\[（][^()\[\]（）\n]{1,120}[)\]）][.:]))"
)
"""The full stop after a name is not that of an initial before another, or before a bracket."""
_LEAD = r"[\s\u3000]{0,4}"
_UNSPACED = ("：", "︰")
"""Marks after which no white space need stand."""
_COUNTED = frozenset(("n", "time"))
_NAMES = ("NAME", "Name", "L")
_UNMARKED = ("<NAME>", "<Name>", "<any>")
"""How templates end that have no mark: all kinds of lines might fit those."""
_SHORT = 3
"""Letters of words that may stand in small letters inside a name."""
_PLACEHOLDER = re.compile(r"<([A-Za-z]+)>")


@dataclass(frozen=True, slots=True)
class LabelTemplate:
    """One way to type a label."""

    typed: str
    alone: bool
    """The label has a line to itself."""
    kind: str
    """The placeholder of the name: ``NAME``, ``Name`` or ``L``; empty if all is literal."""
    pattern: re.Pattern[str]

    @property
    def is_telling(self) -> bool:
        """Whether it has words, numbers or signs that no other beginning of a line has."""
        signs = _PLACEHOLDER.sub("", self.typed).strip(_MARKS + ",()")
        return bool(signs) or not _COUNTED.isdisjoint(_PLACEHOLDER.findall(self.typed))

    @property
    def literal(self) -> int:
        """How many letters and brackets stand for themselves."""
        return sum(sign.isalpha() or sign in "()" for sign in _PLACEHOLDER.sub("", self.typed))

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """The label at a place in a text, if it is typed so; ``name`` is a group of it."""
        head = text[at : at + _LONGEST]
        found = self.pattern.fullmatch(head) if self.alone else self.pattern.match(head)
        if found is None or not _has_case(found["name"], self.kind):
            return None
        if self.alone and self.typed.endswith(_UNMARKED) and not _is_like_name(found["name"]):
            return None
        return found


@cache
def label_template(typed: str, *, alone: bool) -> LabelTemplate:
    """A template from the words of a convention.

    Without a placeholder of a name its first words are that. Raises ``ValueError``, with what is
    wrong, for a placeholder that does not exist, and for a template without words, or with
    several names.
    """
    for name in _PLACEHOLDER.findall(typed):
        if name not in _PLACEHOLDERS:
            known = ", ".join(f"<{one}>" for one in _PLACEHOLDERS)
            raise ValueError(f'"{typed}" has <{name}>; the placeholders of labels are {known}')
    kinds = [name for name in _PLACEHOLDER.findall(typed) if name in _NAMES]
    words = "" if kinds else re.split(r"[(（\[<]", typed)[0].rstrip(_MARKS)
    if len(kinds) > 1 or not (kinds or words):
        raise ValueError(f'"{typed}" must hold one of <NAME>, <Name> and <L>, or words')
    pattern = f"(?P<name>{_literal(words)})" if words else ""
    pattern += _BRACKETS if words and "(" not in typed else ""
    position = len(words)
    for found in _PLACEHOLDER.finditer(typed):
        name = found.group(1)
        pattern += _literal(typed[position : found.start()])
        pattern += f"(?P<name>{_PLACEHOLDERS[name]})" if name in _NAMES else _PLACEHOLDERS[name]
        pattern += _BRACKETS if name in _NAMES and "(" not in typed else ""
        pattern += _NOT_OF_INITIAL if typed[found.end() : found.end() + 1] == "." else ""
        position = found.end()
    last = typed[-1:]
    end = r"\s*" if alone else "" if last in _UNSPACED else r"(?=\s|$)"
    pattern = f"{_LEAD}{pattern}{_literal(typed[position:])}{end}"
    return LabelTemplate(typed, alone, "".join(kinds), re.compile(pattern))


def _literal(words: str) -> str:
    between_words = re.sub(r"(?<=[^\W_])(?:\\ )+(?=\w|$)", r"\\s{1,3}", re.escape(words))
    return re.sub(r"(?:\\ )+", r"\\s{0,3}", between_words)


def _is_like_name(words: str) -> bool:
    """Whether words begin with capitals, as in a name, or are those of an office."""
    return all(
        len(word) <= _SHORT or not word[0].islower() or is_of_any_office(word)
        for word in words.split()
    )


def _has_case(name: str, kind: str) -> bool:
    if not kind:
        return True
    words = [word for word in re.findall(r"[^\W\d_]{2,}", name) if word.upper() != word.lower()]
    if kind == "L":
        return name.isupper()
    if not words:
        return kind == "Name" or name.isupper()
    return any(map(str.isupper, words)) if kind == "NAME" else not all(map(str.isupper, words))
