"""The order of words in the alphabet of a language, for registers.

What ``alphabets.toml`` says of a language is all that is known of it; a language that it lacks is
ordered as most are: marks count only among words that are otherwise the same, and so does case.
"""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

_DIGITS = 1
_OTHER = 1_000_000
"""Where the signs begin that ``[letters]`` lacks."""
_AFTER_OTHER = 3_000_000
_SCRIPT = 10_000
"""Places between the first letters of two scripts."""
_BETWEEN = 100
"""Places between two letters of ``[letters]``: room for a language's own."""
_KATAKANA = range(0x30A1, 0x30F7)
_HIRAGANA_BEFORE = 0x60
_SYLLABLES = range(0xAC00, 0xD7A4)
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_SYLLABLES_OF_AN_INITIAL = 588
NO_LETTER = "#"
"""The heading of what begins with no letter."""

Key = tuple[tuple[int, ...], tuple[str, ...], tuple[bool, ...], str]


class Alphabet:
    """Orders words as one language does."""

    def __init__(self, language: str) -> None:
        """Take the rules of a language, given by a tag such as ``cs`` or ``sr-Latn``."""
        data = tomllib.loads((files(__package__) / "alphabets.toml").read_text(encoding="utf-8"))
        self._language = language.split("-")[0].lower()
        first = data["first"].get(self._language, "latin")
        own = _of(data["own"], language, self._language)
        if language == "sr-Latn":
            first = "latin"
        self._written: Mapping[str, str] = data["written"]
        self._stands_for: Mapping[str, str] = data["stands_for"].get(self._language, {})
        self._places = _shared(data["letters"], first)
        self._headings = {place: letter for letter, place in self._places.items()}
        self._add(own)
        self._longest = max(map(len, self._places))

    def key(self, words: str) -> Key:
        """What words are sorted by: letters, then marks, then case, then all there is."""
        found = list(self._weighed(words))
        return (
            tuple(place for place, _, _ in found),
            tuple(mark for _, mark, _ in found),
            tuple(capital for _, _, capital in found),
            words,
        )

    def letter(self, words: str) -> str:
        """The letter under which words stand in a register."""
        place = next((place for place, _, _ in self._weighed(words) if place), 0)
        if place in self._headings:
            letter = self._headings[place]
            return "İ" if letter == "i" and self._language in _DOTTED else letter.capitalize()
        if not place or _DIGITS <= place <= _DIGITS + 10:
            return NO_LETTER
        sign = chr(place - _OTHER)
        if ord(sign) in _SYLLABLES:
            return _INITIALS[(ord(sign) - _SYLLABLES.start) // _SYLLABLES_OF_AN_INITIAL]
        return sign.title()

    def _add(self, rules: str) -> None:
        """Give a language's own letters their places among the shared ones."""
        for group in filter(None, map(str.strip, rules.split(","))):
            before = "<" in group
            names = group.replace("<", "").split()
            known = names[-1] if before else names[0]
            place = self._places[known.split("=")[0]]
            for number, name in enumerate(names):
                here = place - len(names) + 1 + number if before else place + number
                for letter in name.split("="):
                    self._places[unicodedata.normalize("NFC", letter)] = here
                self._headings[here] = name.split("=")[0]

    def _weighed(self, words: str) -> Iterator[tuple[int, str, bool]]:
        """For each letter its place in the alphabet, its marks, and whether it is a capital."""
        text = unicodedata.normalize("NFC", words)
        small = self._small(text)
        for short, whole in sorted(self._stands_for.items(), key=lambda rule: -len(rule[0])):
            if short in small:
                small, text = small.replace(short, whole), small.replace(short, whole)
        at, gap = 0, True
        while at < len(small):
            length = self._own_at(small, at)
            if length:
                yield self._places[small[at : at + length]], "", _capital(text, at)
                gap = False
            elif _is_gap(small[at]):
                if not gap:
                    yield 0, "", False
                gap = True
            else:
                for place, mark in self._sign(small[at]):
                    yield place, mark, _capital(text, at)
                    gap = False
            at += length or 1

    def _small(self, text: str) -> str:
        """In small letters, one for each: what would become two stays as it is."""
        if self._language in _DOTTED:
            text = text.replace("I", "ı").replace("İ", "i")
        return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)

    def _own_at(self, small: str, at: int) -> int:
        """How many signs the letter at a place has; 0 if the alphabet does not name it."""
        for length in range(min(self._longest, len(small) - at), 0, -1):
            if small[at : at + length] in self._places:
                return length
        return 0

    def _sign(self, sign: str) -> Iterator[tuple[int, str]]:
        """A sign that the alphabet does not name: as the letters that it is written with."""
        if sign in self._places:
            yield self._places[sign], ""
            return
        if sign in self._written:
            for letter in self._written[sign]:
                yield from ((place, sign) for place, _ in self._sign(letter))
            return
        parts = "" if ord(sign) in _SYLLABLES else unicodedata.normalize("NFKD", sign)
        if len(parts) > 1 or (parts and parts != sign):
            yield from self._composed(sign, parts)
        elif sign.isdigit():
            yield _DIGITS + unicodedata.digit(sign), ""
        elif sign.isalnum():
            kana = _HIRAGANA_BEFORE if ord(sign) in _KATAKANA else 0
            yield _OTHER + ord(sign) - kana, sign if kana else ""

    def _composed(self, sign: str, parts: str) -> Iterator[tuple[int, str]]:
        """A letter with marks, of which one may make it another letter; or a ligature."""
        marks = parts[1:]
        if not all(map(unicodedata.combining, marks)):
            for part in parts:
                yield from self._sign(part) if part != sign else ()
            return
        letter = parts[0]
        for mark in marks:
            if (own := unicodedata.normalize("NFC", letter + mark)) in self._places:
                yield self._places[own], marks.replace(mark, "", 1)
                return
        yield from ((place, inner + marks) for place, inner in self._sign(letter))


_DOTTED = frozenset(("az", "tr"))
"""Languages in which the capital of i has a dot."""


def _of(rules: Mapping[str, str], *languages: str) -> str:
    return next((rules[language] for language in languages if language in rules), "")


def _shared(scripts: Mapping[str, Any], first: str) -> dict[str, int]:
    order: Sequence[str] = sorted(scripts, key=lambda name: (name != first, name != "latin"))
    begin = _AFTER_OTHER if first == "other" else 0
    return {
        letter: begin + (script + 1) * _SCRIPT + number * _BETWEEN
        for script, name in enumerate(order)
        for number, letter in enumerate(scripts[name].split())
    }


def _capital(text: str, at: int) -> bool:
    return at < len(text) and text[at].isupper()


def _is_gap(sign: str) -> bool:
    """Whether a sign parts two words; all other punctuation counts for nothing."""
    return sign.isspace() or unicodedata.category(sign) == "Pd"
