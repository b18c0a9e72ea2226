"""Writing XML as text: elements, attributes, escaping, indentation outside mixed content.

The document is written, not serialised from a tree, so that white space stands only
where it means nothing (``lxml.etree.indent`` would change the text of lines).
"""

import re
from collections.abc import Iterable
from typing import assert_never
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import quoteattr

from stenogram.sources import Annotation, Deletion, Hidden, LineBreak, PageBreak, TypeChange
from stenogram.tei.names import EXEMPLAR, NONE, SOURCE
from stenogram.tei.targets import as_pointer
from stenogram.transcript.model import (
    HIDDEN,
    Furniture,
    LineEndHyphen,
    Milestone,
    PageStart,
    PrintedLine,
    SourceBreak,
)

__all__ = [
    "annotation",
    "attributes",
    "block",
    "element",
    "escape",
    "indented",
    "milestone",
    "milestones",
    "typed",
]

_MARKUP = re.compile(r"[&<>\"\n\r\t]")
"""What cannot stand in XML, in text or in an attribute, as it is."""


def escape(text: str) -> str:
    """Text as it stands in XML; most of it as it is."""
    return xml_escape(text) if _MARKUP.search(text) else text


def attributes(values: dict[str, str]) -> str:
    """Attributes as they stand in a tag; those without a value are left out."""
    return "".join(f" {name}={_quoted(value)}" for name, value in values.items() if value)


def _quoted(value: str) -> str:
    return quoteattr(value) if _MARKUP.search(value) else f'"{value}"'


def element(name: str, values: dict[str, str], content: str = "") -> str:
    """An element in one piece; ``content`` is markup already."""
    start = f"<{name}{attributes(values)}"
    return f"{start}>{content}</{name}>" if content else f"{start}/>"


def block(name: str, values: dict[str, str], children: list[str]) -> str:
    """An element with its children on lines of their own, indented."""
    if not children:
        return element(name, values)
    inner = "\n".join(indented(child) for child in children)
    return f"<{name}{attributes(values)}>\n{inner}\n</{name}>"


def indented(markup: str) -> str:
    """Markup moved two columns to the right.

    Only structure is ever broken into lines, so no line of this markup begins in
    the middle of mixed content.
    """
    return "  " + markup.replace("\n", "\n  ")


def milestones(some: Iterable[Milestone]) -> str:
    """Several milestones, one after the other."""
    return "".join(map(milestone, some))


def typed(text: str, change: TypeChange) -> str:
    """Words in the type that they have: ``hi``, ``add`` and ``ref`` around them."""
    words = escape(text)
    target = as_pointer(change.target)
    if change.faces:
        words = element("hi", {"rend": " ".join(change.faces)}, words)
    if change.added:
        words = element("add", {}, words)
    return element("ref", {"target": target}, words) if target else words


def annotation(one: Annotation, values: dict[str, str]) -> str:
    """A footnote, endnote or comment, each of its lines with its number in the file."""
    words = ""
    for line in one.lines:
        words += (" " if words else "") + milestone(SourceBreak(line.number))
        change, done = TypeChange(), 0
        for at, sign in line.signs:
            words += typed(line.text[done:at], change)
            done = at
            match sign:
                case TypeChange():
                    change = sign
                case PageBreak() | LineBreak():
                    pass
                case Hidden(hidden):
                    words += milestone(Furniture(HIDDEN, hidden))
                case Deletion() | Annotation():
                    words += milestone(sign)
                case _:
                    assert_never(sign)
        words += typed(line.text[done:], change)
    return element("note", {**values, "type": one.kind}, words)


def milestone(one: Milestone) -> str:
    """What stands between words: ``lb``, ``pb``, ``fw``, ``pc``, ``del``, ``note``.

    A change of type is nothing by itself: it shows in the words.
    """
    match one:
        case SourceBreak(number, within_word):
            return element("lb", _place(SOURCE, str(number), within_word=within_word))
        case PageStart(number, within_word):
            return element("pb", _place(EXEMPLAR, number, within_word=within_word))
        case PrintedLine(number, typed, within_word):
            values = _place(EXEMPLAR, str(number), within_word=within_word)
            rend = "" if typed == str(number) else typed or NONE
            return element("lb", {**values, "rend": rend})
        case Furniture(kind, text):
            return element("fw", {"type": kind}, escape(text))
        case LineEndHyphen(sign):
            return element("pc", {"force": "weak"}, escape(sign))
        case TypeChange():
            return ""
        case Deletion(words):
            return element("del", {}, escape(words))
        case Annotation():
            return annotation(one, {"n": one.sign})
        case _:
            assert_never(one)


def _place(edition: str, number: str, *, within_word: bool) -> dict[str, str]:
    return {"edRef": f"#{edition}", "n": number, "break": "no" if within_word else ""}
