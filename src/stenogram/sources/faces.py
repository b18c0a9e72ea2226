"""How words are typed, by the properties and styles of a word processor's file."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from stenogram.sources.model import TypeChange

FACES = ("bold", "italic", "smallcaps", "strikethrough", "subscript", "superscript", "underline")
_LONGEST_CHAIN = 100
_Key = TypeVar("_Key", bound=Hashable)
_Style = TypeVar("_Style")


@dataclass(frozen=True, slots=True)
class Face:
    """How some words are typed."""

    faces: tuple[str, ...] = ()
    """As ``TypeChange`` has them."""
    is_hidden: bool = False
    font: str = ""

    def typed(self, *, added: bool, above: bool, target: str | None) -> TypeChange:
        """The type of words in this face.

        ``added`` are those that a recorded change put in, ``above`` those that stand above others.
        Words that lead to a ``target`` are not underlined, even if it is empty.
        """
        wears = {*self.faces, *(["superscript"] if above else [])}
        wears -= set() if target is None else {"underline"}
        return TypeChange(in_order(wears), added, target or "")


def in_order(wears: Iterable[str]) -> tuple[str, ...]:
    """Faces in the order in which they are always named."""
    wears = set(wears)
    return tuple(face for face in FACES if face in wears)


def chain(
    styles: Mapping[_Key, _Style], first: _Key, above: Callable[[_Style], _Key]
) -> list[_Style]:
    """A style and those that it comes from, the nearest first; a circle is gone round once."""
    found: dict[_Key, _Style] = {}
    key = first
    while key in styles and key not in found and len(found) < _LONGEST_CHAIN:
        found[key] = styles[key]
        key = above(styles[key])
    return list(found.values())
