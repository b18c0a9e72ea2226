"""Templates: how furniture is typed, written so that no program is needed to add one.

``[[Page <n>]]`` is that, with any page number for ``<n>``. The placeholders are ``<n>``, a
number in digits, perhaps with letters before it, or in Roman numerals; ``<time>``, a time of
day or of a recording, with colons or full stops; ``<hhmm>``, the same in four digits;
``<letter>``, a capital letter; ``<any>``, anything. A space stands for any white space or none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

_PLACEHOLDERS = {
    "n": r"(?P<n>[A-Z]{0,2}[0-9]{1,5}|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})",
    "time": (
        r"(?:[0-9]{1,3}[:.h][0-9]{2}(?:[:.][0-9]{2}){0,2}|[0-2][0-9][0-5][0-9]:[0-5][0-9])"
        r"(?:[.,][0-9]{1,3})?(?![0-9])(?: ?[AaPp]\.?[Mm]\.?)?"
    ),
    "hhmm": r"[0-2][0-9][0-5][0-9]",
    "letter": r"[A-Z]",
    "any": r".{1,80}?",
}
_PLACEHOLDER = re.compile(r"<(?P<name>n|time|hhmm|letter|any)>")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@dataclass(frozen=True, slots=True)
class Template:
    """One way to type a piece of furniture."""

    typed: str
    pattern: re.Pattern[str]

    @property
    def is_bare(self) -> bool:
        """Whether no word tells it from other numbers."""
        return not re.search(r"[^\W\d_]", _PLACEHOLDER.sub("", self.typed))

    @property
    def first(self) -> str:
        """The character that it begins with, or nothing if that is a placeholder."""
        return "" if _PLACEHOLDER.match(self.typed) else self.typed[:1]


@cache
def template(typed: str) -> Template:
    """A template from the words of a convention."""
    parts: list[str] = []
    position = 0
    seen: set[str] = set()
    for found in _PLACEHOLDER.finditer(typed):
        parts.append(_literal(typed[position : found.start()]))
        name = found["name"]
        pattern = _PLACEHOLDERS[name]
        parts.append(pattern if name not in seen else pattern.replace("?P<n>", "?:"))
        seen.add(name)
        position = found.end()
    parts.append(_literal(typed[position:]))
    return Template(typed, re.compile("".join(parts)))


def templates(typed: Iterable[str]) -> list[Template]:
    """Several of them."""
    return [template(words) for words in typed]


def by_first_sign(some: Sequence[Template]) -> dict[str, list[Template]]:
    """By first character of a line: the templates that may fit; under ``""`` for all others."""
    return {
        first: [one for one in some if one.first in ("", first)]
        for first in {"", *(one.first for one in some)}
    }


def number_in(found: re.Match[str]) -> tuple[int, str]:
    """The number that ``<n>`` stands for, as a count and as typed; 0 if it is none."""
    typed = found.groupdict().get("n") or ""
    digits = typed.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if digits.isdecimal():
        return int(digits), typed
    return _roman(typed.lower()), typed


def _literal(words: str) -> str:
    return re.sub(r"(?:\\ )+", " ?", re.escape(words))


def _roman(letters: str) -> int:
    values = [_ROMAN.get(letter, 0) for letter in letters]
    total = sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    return total if values and min(values) > 0 else 0
