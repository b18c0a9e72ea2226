"""Conventions: how the transcripts of one house are typed, one data file each.

``docs/conventions.md`` describes the files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from importlib.resources import files

from stenogram.config import read_table
from stenogram.errors import ConfigError
from stenogram.transcript.conventions.labels import LabelTemplate, label_template

GENERAL = "general"
"""The convention that holds for all: its furniture may be typed in any transcript."""
STAGE_DIRECTION, INSERTION, WORDS = "stage direction", "insertion", "words"
"""What brackets of one kind may be said to hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRules:
    """``[labels]``: how the labels of speakers are typed."""

    before_words: tuple[str, ...] = ()
    """Templates of labels that words follow on the same line."""
    on_own_line: tuple[str, ...] = ()
    """Templates of those that have a line to themselves."""
    only: bool = False
    """Nothing else is a label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BracketRules:
    """``[brackets]``: what brackets hold; what is left empty is told from their words."""

    round: str = ""
    square: str = ""

    def of(self, kind: str) -> str:
        """The rule for round brackets, ``(``, or square ones, ``[``."""
        return {"(": self.round, "[": self.square}.get(kind, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutRules:
    """``[layout]``: what is typed around the record, as templates."""

    line_numbers: bool = True
    """Lines may have numbers in the margin."""
    pages: tuple[str, ...] = ()
    """Numbers of pages on lines of their own."""
    pages_between_words: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    times_before_words: tuple[str, ...] = ()
    tapes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def marks(self) -> Mapping[str, tuple[str, ...]]:
        """Templates of marks on lines of their own, by their kind."""
        return {"time": self.times, "tape": self.tapes, "column": self.columns}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingRules:
    """``[headings]``: how headings are typed, besides those in capitals."""

    templates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRules:
    """``[sections]``: first words of the headings of parts that nobody speaks."""

    contents: tuple[str, ...] = ()
    attendance: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """How the transcripts of one house are typed."""

    title: str
    name: str = ""
    languages: tuple[str, ...] = ()
    """Those in which it is used; none: any."""
    told: bool = True
    """An import may tell it from the labels; not where these are like those of others."""
    example: str = ""
    """A few lines that are typed so."""
    labels: LabelRules = field(default_factory=LabelRules)
    brackets: BracketRules = field(default_factory=BracketRules)
    headings: HeadingRules = field(default_factory=HeadingRules)
    layout: LayoutRules = field(default_factory=LayoutRules)
    sections: SectionRules = field(default_factory=SectionRules)

    @property
    def label_templates(self) -> tuple[LabelTemplate, ...]:
        """The templates of labels, ready for use."""
        return (
            *(label_template(typed, alone=False) for typed in self.labels.before_words),
            *(label_template(typed, alone=True) for typed in self.labels.on_own_line),
        )


def read_convention(data: bytes, name: str, path: str) -> Convention:
    """Read a convention called ``name`` from the bytes of its file.

    The furniture of the general convention is known to every other. Raises ``ConfigError``
    naming ``path`` for what is not TOML, for a key or placeholder that does not exist, and for
    a value of the wrong kind.
    """
    found = replace(read_table(data, Convention, path), name=name)
    for place, rule in (("round", found.brackets.round), ("square", found.brackets.square)):
        if rule not in ("", STAGE_DIRECTION, INSERTION, WORDS):
            raise ConfigError(
                f'{path}: brackets.{place} is "{rule}"; take "{STAGE_DIRECTION}", "{INSERTION}", '
                f'"{WORDS}", or leave it out'
            )
    try:
        _ = found.label_templates
    except ValueError as error:
        raise ConfigError(f"{path}: {error}") from error
    if name == GENERAL:
        return found
    return replace(found, layout=_together(convention_named(GENERAL).layout, found.layout))


def known_conventions() -> list[str]:
    """Names of the conventions that come with stenogram, but for the general one."""
    names = (item.name for item in files(__package__).iterdir())
    return sorted(
        name.removesuffix(".toml")
        for name in names
        if name.endswith(".toml") and name != f"{GENERAL}.toml"
    )


def convention_file(name: str) -> bytes:
    """The file of a convention that comes with stenogram.

    Raises ``ConfigError`` with the names that there are.
    """
    if name not in (*known_conventions(), GENERAL):
        raise ConfigError(
            f'There is no convention "{name}"; there are: {", ".join(known_conventions())}'
        )
    return (files(__package__) / f"{name}.toml").read_bytes()


@cache
def convention_named(name: str) -> Convention:
    """A convention that comes with stenogram; ``ConfigError`` if there is none of that name."""
    return read_convention(convention_file(name), name, f"{name}.toml")


def _together(general: LayoutRules, own: LayoutRules) -> LayoutRules:
    """Two sets of templates as one."""
    lists = {
        item.name: (*getattr(own, item.name), *getattr(general, item.name))
        for item in fields(LayoutRules)
        if item.name != "line_numbers"
    }
    return LayoutRules(line_numbers=own.line_numbers, **lists)
