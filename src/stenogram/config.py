"""``stenogram.toml``: what an edition's editor has settled, as frozen dataclasses."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from stenogram.errors import ConfigError

_Table = TypeVar("_Table")
FILE_NAME = "stenogram.toml"
REACTION_TYPES = (
    "laughter applause ovation cheers noise interjection pause entrance exit business delivery "
    "setting"
).split()
"""Types of stage directions, as ``stage/@type`` takes them."""

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
TAKEN_IDS = re.compile(
    r"L\d{4,}|T\d{3,}(\.\d+)?|P\d{3,}|(?:[SNEDFC]|FN|EN)\d{2,}|Q\d{2,}\.\d+"
    r"|src|exemplar|translator|transcriber|encoder|int(\..*)?",
    re.ASCII | re.IGNORECASE,
)
"""Ids that an import gives to lines, turns and so on, and no speaker or document may have."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionConfig:
    """``[edition]``: the edition as a whole."""

    title: str = "Untitled edition"
    """Stands at the head of the index page."""
    publisher: str = ""
    """Who answers for the edition."""
    url: str = ""
    """Where the web edition will stand; citations then carry the full address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerConfig:
    """``[[import.speakers]]``: somebody known to speak, with the labels that mean them."""

    id: str
    """The ``xml:id`` that ``who`` points to."""
    name: str
    """The standard form of the name."""
    labels: tuple[str, ...] = ()
    """Labels as typed, without their full stop or colon."""
    group: bool = False
    """Several voices at once (``personGrp``), not one person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportConfig:
    """``[import]``: how transcripts of this edition are read."""

    language: str = ""
    """Language of the transcripts; empty: told from the words of each."""
    convention: str = ""
    """Name of the convention by which they are typed; empty: told from the labels of each."""
    abbreviations: tuple[str, ...] = ()
    """Words whose full stop does not end a line; empty: those of the language."""
    reactions: Mapping[str, str] = field(default_factory=dict)
    """More words of stage directions, each with its type, e.g. ``hubbub = "noise"``."""
    speakers: tuple[SpeakerConfig, ...] = ()
    """Speakers known beforehand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebConfig:
    """``[web]``: the web edition."""

    language: str = "en"
    """Language of the interface."""
    logo: str = ""
    """File in ``transforms/html/`` that stands at the head of every page."""
    imprint: str = ""
    """Who answers for the pages; stands at the foot of every one."""
    colours: Mapping[str, str] = field(default_factory=dict)
    """Colours of the style sheet to be exchanged, e.g. ``accent = "#8c1d18"``."""
    dark_colours: Mapping[str, str] = field(default_factory=dict)
    """The same for a dark screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextConfig:
    """``[text]``: the plain-text edition."""

    width: int = 80
    """Columns of a row, line numbers included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The whole of ``stenogram.toml``."""

    edition: EditionConfig = field(default_factory=EditionConfig)
    imports: ImportConfig = field(default_factory=ImportConfig)
    web: WebConfig = field(default_factory=WebConfig)
    text: TextConfig = field(default_factory=TextConfig)


_TABLES = {"edition": "edition", "import": "imports", "web": "web", "text": "text"}


def read_config(data: bytes, path: str = FILE_NAME) -> Config:
    """Read the configuration.

    Raises ``ConfigError`` for anything that is not TOML, for a key that does not
    exist (naming the nearest that does) and for a value of the wrong kind.
    """
    tables = _toml(data, path)
    known = get_type_hints(Config)
    values = {}
    for name, table in tables.items():
        if name not in _TABLES:
            raise _unknown(path, name, _TABLES)
        values[_TABLES[name]] = _value(table, known[_TABLES[name]], path, name)
    config = Config(**values)
    _check(config, path)
    return config


def read_table(data: bytes, kind: type[_Table], path: str) -> _Table:
    """Read a file whose keys are the fields of a dataclass; raises ``ConfigError`` likewise."""
    found: _Table = _table(_toml(data, path), kind, path, "")
    return found


def _toml(data: bytes, path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not UTF-8; save it again as UTF-8") from error
    except (ValueError, RecursionError) as error:  # TOML's own errors, huge numbers, deep lists
        raise ConfigError(f"{path} is not valid TOML: {error}") from error


def _check(config: Config, path: str) -> None:
    """What the types cannot say."""
    if not 40 <= config.text.width <= 400:
        raise ConfigError(
            f"{path}: text.width is {config.text.width}; give a number from 40 to 400"
        )
    for word, kind in config.imports.reactions.items():
        if kind not in REACTION_TYPES:
            raise ConfigError(
                f'{path}: import.reactions.{word} is "{kind}"; '
                f"the types are: {', '.join(REACTION_TYPES)}"
            )
    for speaker in config.imports.speakers:
        if not _ID.fullmatch(speaker.id):
            raise ConfigError(
                f'{path}: import.speakers.id is "{speaker.id}"; '
                "use a letter, then letters, digits and hyphens"
            )
        if TAKEN_IDS.fullmatch(speaker.id):
            raise ConfigError(
                f'{path}: import.speakers.id is "{speaker.id}", which stenogram gives to something '
                "else; take another"
            )


def _value(value: Any, kind: Any, path: str, key: str) -> Any:
    """One value of the file as the type that the dataclass declares."""
    if is_dataclass(kind):
        return _table(value, kind, path, key)
    origin = get_origin(kind)
    if origin is tuple:
        if not isinstance(value, list):
            raise ConfigError(f"{path}: {key} must be a list, e.g. {key} = [ … ]")
        return tuple(_value(item, get_args(kind)[0], path, key) for item in value)
    if origin is not None:
        if not isinstance(value, dict):
            raise ConfigError(f'{path}: {key} must be a table, e.g. {{ word = "value" }}')
        return {name: _value(item, str, path, f"{key}.{name}") for name, item in value.items()}
    if type(value) is not kind:
        expected = {str: "text in quotation marks", int: "a whole number", bool: "true or false"}
        raise ConfigError(f"{path}: {key} must be {expected[kind]}")
    if isinstance(value, str) and _UNPRINTABLE.search(value):
        raise ConfigError(f"{path}: {key} holds a control character; delete it")
    return value


def _table(value: Any, kind: Any, path: str, key: str) -> Any:
    if not isinstance(value, dict):
        raise ConfigError(f"{path}: {key} must be a table: [{key}]")
    hints = get_type_hints(kind)
    inside = f"{key}." if key else ""
    for name in value:
        if name not in hints:
            raise _unknown(path, f"{inside}{name}", [f"{inside}{known}" for known in hints])
    for item in fields(kind):
        required = item.default is MISSING and item.default_factory is MISSING
        if required and item.name not in value:
            raise ConfigError(f"{path}: {key or 'it'} needs a value for {item.name}")
    return kind(
        **{name: _value(item, hints[name], path, inside + name) for name, item in value.items()}
    )


def _unknown(path: str, name: str, known: Iterable[str]) -> ConfigError:
    choices = sorted(known)
    near = difflib.get_close_matches(name, choices, n=1, cutoff=0.5)
    hint = f'did you mean "{near[0]}"?' if near else f"known are: {', '.join(choices)}"
    return ConfigError(f'{path}: "{name}" is not a setting; {hint}')
