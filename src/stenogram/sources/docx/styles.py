"""The styles of a Word document: how words are typed, and what a paragraph is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from stenogram.sources.docx.names import is_on, number, value, w
from stenogram.sources.faces import Face, chain, in_order

_Element = etree._Element
_Properties = Mapping[str, bool | str]

# Toggle properties (ECMA-376, 17.7.3), as far as we keep them.
_TOGGLES = frozenset({"b", "bCs", "i", "iCs", "smallCaps", "strike", "vanish"})
_SWITCHES = frozenset({*_TOGGLES, "dstrike", "rtl", "cs"})
_HEADING = re.compile(r"heading ?[1-9]", re.IGNORECASE)
_TITLE = re.compile(r"title|subtitle", re.IGNORECASE)
_BODY_TEXT = 9
"""The level in the outline of what is no heading."""


@dataclass(frozen=True, slots=True)
class ParagraphKind:
    """What a paragraph is, by its style and its own properties."""

    style: str = ""
    """Id of its style, or of the one that paragraphs have without."""
    is_heading: bool = False
    begins_page: bool = False
    numbering: str = ""
    """Id of the list that it is numbered in, if any."""
    level: int | None = None
    """In that list; nothing if the list says which level has the style."""


@dataclass(slots=True, eq=False)
class _Style:
    name: str
    based_on: str
    run: _Properties
    paragraph: _Element | None


@dataclass(slots=True)
class Styles:
    """All styles of a document."""

    _styles: Mapping[str, _Style] = field(default_factory=dict)
    _usual: str = ""
    """Id of the style of paragraphs that name none."""
    _defaults: _Properties = field(default_factory=dict)
    _chains: dict[str, _Properties] = field(default_factory=dict)

    @classmethod
    def of(cls, root: _Element | None) -> "Styles":
        """Read the part that holds the styles."""
        if root is None:
            return cls()
        found, usual = {}, ""
        for style in root.iter(w("style")):
            identifier = style.get(w("styleId"), "")
            found[identifier] = _Style(
                name=value(style, "name"),
                based_on=value(style, "basedOn"),
                run=_own(style.find(w("rPr"))),
                paragraph=style.find(w("pPr")),
            )
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true"):
                usual = identifier
        return cls(
            found, usual, _own(root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"))
        )

    def kind(self, properties: _Element | None) -> ParagraphKind:
        """What a paragraph with these properties is."""
        style = value(properties, "pStyle") or self._usual
        levels = [properties, *(one.paragraph for one in self._chain(style))]
        outline = _first(value(one, "outlineLvl") for one in levels)
        names = [one.name for one in self._chain(style)] or [style]
        named = _TITLE.fullmatch(names[0]) or any(map(_HEADING.fullmatch, names))
        level = number(outline, _BODY_TEXT)
        lists = [None if one is None else one.find(w("numPr")) for one in levels]
        own_level = _first(value(one, "ilvl") for one in lists)
        numbering = _first(value(one, "numId") for one in lists)
        return ParagraphKind(
            style=style,
            is_heading=level < _BODY_TEXT or (bool(named) and not outline),
            begins_page=_switch(levels, "pageBreakBefore"),
            numbering="" if numbering == "0" else numbering,
            level=number(own_level, 0) if own_level else None,
        )

    def list_of(self, style: str) -> str:
        """Id of the list that a style is numbered in."""
        return _first(value(_numbered(one.paragraph), "numId") for one in self._chain(style))

    def face(self, paragraph: str, run: _Element | None, *, is_heading: bool = False) -> Face:
        """How a run with some properties is typed in a paragraph of some style.

        Of a heading only what sets words apart from the rest of it is told.
        """
        own = _own(run)
        by_style = self._properties(paragraph)
        by_run_style = self._properties(value(run, "rStyle"))
        faces = _faces(_Resolved(own, by_run_style, by_style, self._defaults))
        if is_heading:
            usual = _faces(_Resolved({}, {}, by_style, self._defaults)).faces
            kept = tuple(face for face in faces.faces if face not in usual)
            return Face(kept, faces.is_hidden, faces.font)
        return faces

    def _chain(self, identifier: str) -> list[_Style]:
        """A style and those that it is based on, the nearest first."""
        return chain(self._styles, identifier, lambda style: style.based_on)

    def _properties(self, identifier: str) -> _Properties:
        if identifier not in self._chains:
            merged: dict[str, bool | str] = {}
            for style in reversed(self._chain(identifier)):
                merged.update(style.run)
            self._chains[identifier] = merged
        return self._chains[identifier]


@dataclass(frozen=True, slots=True)
class _Resolved:
    """The properties of a run: its own, by its style, by that of its paragraph, by default."""

    own: _Properties
    by_run_style: _Properties
    by_style: _Properties
    defaults: _Properties

    def get(self, name: str) -> bool | str:
        if name in self.own:
            return self.own[name]
        if name not in _TOGGLES:
            for some in (self.by_run_style, self.by_style):
                if name in some:
                    return some[name]
            return self.defaults.get(name, "")
        turned = bool(self.by_style.get(name)) != bool(self.by_run_style.get(name))
        return bool(self.defaults.get(name)) or turned


def _faces(resolved: _Resolved) -> Face:
    complex_script = "Cs" if resolved.get("rtl") or resolved.get("cs") else ""
    raised = resolved.get("vertAlign")
    wanted = {
        "bold": resolved.get(f"b{complex_script}"),
        "italic": resolved.get(f"i{complex_script}"),
        "smallcaps": resolved.get("smallCaps"),
        "strikethrough": resolved.get("strike") or resolved.get("dstrike"),
        "subscript": raised == "subscript",
        "superscript": raised == "superscript",
        "underline": resolved.get("u"),
    }
    return Face(
        faces=in_order(face for face, wears in wanted.items() if wears),
        is_hidden=bool(resolved.get("vanish")),
        font=str(resolved.get("font")),
    )


def _own(properties: _Element | None) -> _Properties:
    """What some properties say themselves."""
    found: dict[str, bool | str] = {}
    for one in () if properties is None else properties:
        name = etree.QName(one).localname
        if one.tag != w(name):
            continue
        if name in _SWITCHES:
            found[name] = is_on(one)
        elif name == "u":
            found[name] = one.get(w("val"), "none") != "none"
        elif name == "vertAlign":
            found[name] = one.get(w("val"), "")
        elif name == "rFonts" and (font := one.get(w("ascii")) or one.get(w("hAnsi"))):
            found["font"] = font
    return found


def _numbered(properties: _Element | None) -> _Element | None:
    return None if properties is None else properties.find(w("numPr"))


def _switch(chain: list[_Element | None], name: str) -> bool:
    found = (None if one is None else one.find(w(name)) for one in chain)
    nearest = next((one for one in found if one is not None), None)
    return nearest is not None and is_on(nearest)


def _first(values: Iterable[str]) -> str:
    return next(filter(None, values), "")
