"""Pieces of HTML: attributes that stand only where they have a value, and words again."""

import re
from html import escape, unescape

from stenogram.white_space import fold

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


def language_tag(language: str) -> str:
    """The language if it has the form of a tag like ``ru-Latn``, else nothing."""
    return language if _LANGUAGE.fullmatch(language) else ""


def plain(html: list[str]) -> str:
    """The words of a piece of HTML that this module wrote, a tag or a text to each item."""
    return fold(unescape("".join(part for part in html if not part.startswith("<"))))


def attribute(value: str) -> str:
    """A value as it stands between quotation marks; most have nothing to escape."""
    return value if value.isalnum() else escape(value)


def id_of(value: str) -> str:
    """The attribute ``id``."""
    return f' id="{attribute(value)}"' if value else ""


def data_of(name: str, value: str) -> str:
    """An attribute ``data-…``."""
    return f' data-{name}="{attribute(value)}"' if value else ""


def lang_of(language: str) -> str:
    """The attribute ``lang``, if the language has the form of a tag."""
    tag = language_tag(language)
    return f' lang="{tag}"' if tag else ""
