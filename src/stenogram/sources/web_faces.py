"""How the elements and styles of a web page, and of markup like it, say that words are typed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from stenogram.sources.model import TypeChange

_OF_ELEMENT: Mapping[str, str] = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "monospace"),
    **dict.fromkeys(("cite", "dfn", "em", "i", "var"), "italic"),
    **dict.fromkeys(("s", "strike"), "strikethrough"),
    "sub": "subscript",
    "sup": "superscript",
    "u": "underline",
}
_OF_STYLE: Mapping[tuple[str, str], str] = {
    **{("font-weight", value): "bold" for value in "bold bolder 600 700 800 900".split()},
    **{("font-weight", value): "-bold" for value in "normal lighter 100 200 300 400 500".split()},
    **{("font-style", value): "italic" for value in ("italic", "oblique")},
    ("font-style", "normal"): "-italic",
    **{(name, "small-caps"): "smallcaps" for name in ("font-variant", "font-variant-caps")},
    **{(name, "normal"): "-smallcaps" for name in ("font-variant", "font-variant-caps")},
    **{(name, "underline"): "underline" for name in ("text-decoration", "text-decoration-line")},
    **{
        (name, "line-through"): "strikethrough"
        for name in ("text-decoration", "text-decoration-line")
    },
    ("vertical-align", "sub"): "subscript",
    ("vertical-align", "super"): "superscript",
}
"""By property and value: the face that words get, or lose."""


def typed_by_element(change: TypeChange, name: str) -> TypeChange:
    """How words are typed in an element, where those around it are typed as ``change`` says."""
    if name == "ins":
        return replace(change, added=True)
    return _with_faces(change, [_OF_ELEMENT[name]]) if name in _OF_ELEMENT else change


def typed_by_style(change: TypeChange, style: str) -> tuple[TypeChange, bool]:
    """How words are typed in an element with a ``style``, and whether it says nothing else."""
    declared = list(_declarations(style))
    known = [_OF_STYLE[one] for one in declared if one in _OF_STYLE]
    return _with_faces(change, known), len(known) == len(declared)


def _with_faces(change: TypeChange, faces: Iterable[str]) -> TypeChange:
    found = set(change.faces)
    for face in faces:
        if face.startswith("-"):
            found.discard(face[1:])
        else:
            found.add(face)
    return replace(change, faces=tuple(sorted(found)))


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    """Property and value of each declaration that has both."""
    for declaration in style.casefold().split(";"):
        name, _, value = declaration.replace("!important", "").partition(":")
        if name.strip():
            yield name.strip(), value.strip()
