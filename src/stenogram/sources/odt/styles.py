"""The styles of an OpenDocument text: how words are typed, and what a paragraph is."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from stenogram.sources.faces import FACES, Face, chain
from stenogram.sources.odt.names import q

_Element = etree._Element
_Properties = Mapping[str, bool | str]

_HEADING = re.compile(r"heading(?:_20_| )?(?:[1-9]|10)", re.IGNORECASE)
_TITLE = re.compile(r"title|subtitle", re.IGNORECASE)
_BOLD = 600
_RAISED = re.compile(r"(super|sub|-?\d+(?:\.\d+)?%)")


@dataclass(frozen=True, slots=True)
class BlockKind:
    """What a paragraph or a table is, by its style."""

    is_heading: bool = False
    begins_page: bool = False
    ends_page: bool = False
    master: str = ""
    """The master page that begins with it, if any."""
    list: str | None = None
    """The list that the style belongs to; empty if to none, whatever its parent says."""


@dataclass(slots=True, eq=False)
class _Style:
    name: str
    parent: str
    text: _Properties
    element: _Element


@dataclass(slots=True)
class Styles:
    """The styles that a part of a document uses."""

    _styles: Mapping[tuple[str, str], _Style]
    _defaults: Mapping[str, _Properties]
    _merged: dict[tuple[str, str], _Properties] = field(default_factory=dict)

    @classmethod
    def of(cls, *roots: _Element | None) -> "Styles":
        """Read the styles of some parts; of two with the same name the later counts."""
        styles: dict[tuple[str, str], _Style] = {}
        defaults: dict[str, _Properties] = {}
        for holder in _holders(roots):
            for one in holder.iterchildren(q("style:style")):
                family, name = one.get(q("style:family"), ""), one.get(q("style:name"), "")
                parent = one.get(q("style:parent-style-name"), "")
                styles[family, name] = _Style(name, parent, _text_properties(one), one)
            for one in holder.iterchildren(q("style:default-style")):
                defaults[one.get(q("style:family"), "")] = _text_properties(one)
        return cls(styles, defaults)

    def kind(self, family: str, name: str) -> BlockKind:
        """What a block with some style is; ``family`` is ``paragraph`` or ``table``."""
        styles = self._chain(family, name)
        names = [style.name for style in styles] or [name]
        elements = [style.element for style in styles]
        properties = [
            one for style in elements for one in style.iter(q(f"style:{family}-properties"))
        ]
        lists = [one.get(q("style:list-style-name")) for one in elements]
        return BlockKind(
            is_heading=_is_heading(names),
            begins_page=_nearest(properties, "fo:break-before") == "page",
            ends_page=_nearest(properties, "fo:break-after") == "page",
            master=_nearest(elements, "style:master-page-name"),
            list=next((one for one in lists if one is not None), None),
        )

    def face(self, paragraph: str, spans: Sequence[str], *, is_heading: bool = False) -> Face:
        """How words are typed in a paragraph and some spans, by the names of their styles.

        Of a heading only what sets words apart from the rest of it is told.
        """
        usual = {**self._defaults.get("paragraph", {}), **self._properties("paragraph", paragraph)}
        found = dict(usual)
        for span in spans:
            found.update(self._properties("text", span))
        wears = [face for face in FACES if found.get(face)]
        if is_heading:
            wears = [face for face in wears if not usual.get(face)]
        return Face(tuple(wears), bool(found.get("hidden")), str(found.get("font", "")))

    def _chain(self, family: str, name: str) -> list[_Style]:
        """A style and those that it comes from, the nearest first."""
        return chain(self._styles, (family, name), lambda style: (family, style.parent))

    def _properties(self, family: str, name: str) -> _Properties:
        if (family, name) not in self._merged:
            merged: dict[str, bool | str] = {}
            for style in reversed(self._chain(family, name)):
                merged.update(style.text)
            self._merged[family, name] = merged
        return self._merged[family, name]


def _is_heading(names: Sequence[str]) -> bool:
    """Whether a style is that of headings, by its name and those that it comes from."""
    own = _TITLE.fullmatch(names[0]) is not None
    return own or any(map(_HEADING.fullmatch, names))


def _holders(roots: Sequence[_Element | None]) -> Iterator[_Element]:
    for root in roots:
        for name in ("office:styles", "office:automatic-styles"):
            yield from () if root is None else root.iterchildren(q(name))


def _nearest(elements: Sequence[_Element], attribute: str) -> str:
    found = (one.get(q(attribute)) for one in elements)
    return next((said for said in found if said is not None), "")


def _text_properties(style: _Element) -> _Properties:
    found: dict[str, bool | str] = {}
    for one in style.iterchildren(q("style:text-properties")):
        for name, said in one.items():
            found.update(_PROPERTIES.get(str(name), _nothing)(said))
    return found


def _nothing(_: str) -> _Properties:
    return {}


def _weight(said: str) -> _Properties:
    return {"bold": said == "bold" or (said.isdecimal() and int(said[:4]) >= _BOLD)}


def _position(said: str) -> _Properties:
    found = _RAISED.match(said)
    place = found[1] if found else ""
    raised = 0.0 if place in ("", "super", "sub") else float(place.rstrip("%"))
    return {
        "superscript": place == "super" or raised > 0,
        "subscript": place == "sub" or raised < 0,
    }


_PROPERTIES: Mapping[str, Callable[[str], _Properties]] = {
    q("fo:font-weight"): _weight,
    q("fo:font-style"): lambda said: {"italic": said in ("italic", "oblique")},
    q("fo:font-variant"): lambda said: {"smallcaps": said == "small-caps"},
    q("style:text-underline-style"): lambda said: {"underline": said != "none"},
    q("style:text-line-through-style"): lambda said: {"strikethrough": said != "none"},
    q("style:text-line-through-type"): lambda said: {"strikethrough": said != "none"},
    q("style:text-position"): _position,
    q("text:display"): lambda said: {"hidden": said == "none"},
    q("style:font-name"): lambda said: {"font": said},
    q("fo:font-family"): lambda said: {"font": said.strip("'\"")},
}
