"""Vocabularies, one data file a language; ``docs/languages.md`` describes the files."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from stenogram.config import ImportConfig
from stenogram.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The words by which a transcript's phenomena are known in one language."""

    abbreviations: frozenset[str]
    """Words whose full stop ends no line, case as typed."""
    one_voice: frozenset[str]
    """Labels of one unidentified person."""
    many_voices: frozenset[str]
    """Labels of several unidentified persons."""
    note: tuple[str, ...]
    """First words of a bracketed note, casefolded, longest first."""
    misprint: frozenset[str]
    """What a bracket holds that marks a misprint of the original."""
    quotation_marks: tuple[tuple[str, str], ...]
    """Opening and closing marks."""
    reactions: Mapping[str, str]
    """Words of stage directions and the type of stage direction that each means."""
    grades: Mapping[str, str]
    """Words for the strength of a reaction."""
    places: Mapping[str, str]
    """Words for where a reaction comes from, and the id of that group."""
    plain: frozenset[str]
    """Words that may stand beside these in a stage direction."""
    whose: frozenset[str]
    """Words after which a stage direction names who reacts: no vocabulary has the names."""
    elisions: frozenset[str]
    """What may be joined to the front of a word with an apostrophe, such as ``l``."""
    sentence_ends: str = ""
    """Signs that end a line whatever follows; other than ``. ? !``, which need a capital."""
    ordinals: bool = False
    """A full stop after a number of two digits or in Roman letters makes it an ordinal."""
    spaced_marks: bool = False
    """White space stands between quotation marks and the words inside them."""
    spaced_words: bool = True
    """White space stands between words."""
    round_brackets: tuple[tuple[str, str], ...] = (("(", ")"),)
    """Those that may stand around stage directions; a document is typed in one pair."""
    square_brackets: tuple[tuple[str, str], ...] = (("[", "]"),)
    """Those that may stand around insertions and notes."""


def vocabulary(config: ImportConfig) -> Language:
    """The language's vocabulary with what the edition adds to it."""
    language = _load(config.language.split("-")[0])
    return replace(
        language,
        abbreviations=frozenset(config.abbreviations) or language.abbreviations,
        reactions={
            **language.reactions,
            **{word.casefold(): kind for word, kind in config.reactions.items()},
        },
    )


def known_languages() -> list[str]:
    """Codes of the languages that have a vocabulary."""
    folder = files(__package__)
    return sorted(item.name[:-5] for item in folder.iterdir() if item.name.endswith(".toml"))


def _pairs(marks: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((pair[0], pair[1]) for pair in marks)


@cache
def _load(code: str) -> Language:
    if code not in known_languages():
        raise ConfigError(
            f'stenogram.toml: there is no vocabulary for import.language = "{code}"; '
            f"there is one for: {', '.join(known_languages())}"
        )
    data = tomllib.loads((files(__package__) / f"{code}.toml").read_text(encoding="utf-8"))
    words = data["words"]
    typing = data.get("typing", {})
    return Language(
        abbreviations=frozenset(data["abbreviations"]),
        one_voice=frozenset(data["one_voice"]),
        many_voices=frozenset(data["many_voices"]),
        note=tuple(sorted(data["note"], key=len, reverse=True)),
        misprint=frozenset(data["misprint"]),
        quotation_marks=_pairs(data["quotation_marks"]),
        reactions=data["reactions"],
        grades=data["grades"],
        places=data["places"],
        plain=frozenset(words["plain"]),
        whose=frozenset(words["whose"]),
        elisions=frozenset(words["elisions"]),
        sentence_ends=typing.get("sentence_ends", ""),
        ordinals=typing.get("ordinals", False),
        spaced_marks=typing.get("spaced_marks", False),
        spaced_words=typing.get("spaced_words", True),
        round_brackets=_pairs(typing.get("round_brackets", ["()"])),
        square_brackets=_pairs(typing.get("square_brackets", ["[]"])),
    )
