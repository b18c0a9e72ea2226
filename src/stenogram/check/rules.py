"""The rules of ``docs/encoding.md`` that no schema can say."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from stenogram.tei.load import TeiDocument
from stenogram.tei.names import ENCODER, HANDS, SOURCE, XML_ID, tei
from stenogram.tei.targets import safe_target

_Element = etree._Element

_XINCLUDE = "{http://www.w3.org/2001/XInclude}include"
_POINTING = ("who", "ref", "resp", "ana", "next", "prev", "edRef", "corresp", "source", "target")
_LINKING = ("target", "ref")
_KINDS = {
    "who": ("person", "personGrp", "org"),
    "resp": ("respStmt",),
    "ana": ("category",),
    "edRef": ("bibl",),
    "next": ("sp", "q"),
    "prev": ("sp", "q"),
}
_NUMBER = re.compile(r"\d+[a-z]*")
_MOST_COMPARED = 2_000
"""Ids among which one like a mistyped one is looked for."""
_LINE_ID = re.compile(r"L0*(?P<number>\d+[a-z]*)")
_BREAKS = frozenset(map(tei, ("lb", "pb", "anchor")))
_OUTSIDE_LINES = frozenset(map(tei, ("speaker", "note", "fw", "pc")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A rule broken at an element."""

    code: str
    element: _Element
    message: str


def breaches(document: TeiDocument, expected_id: str) -> Iterator[Breach]:
    """All rules that a document breaks; ``expected_id`` is its file name without ending."""
    root = document.root
    by_id = {identifier: e for e in root.iter(etree.Element) if (identifier := e.get(XML_ID))}
    yield from _document_id(root, expected_id)
    yield from _ids(document)
    yield from _pointers(root, by_id)
    yield from _chains(root, by_id)
    yield from _lines(root)
    yield from _responsibilities(root)
    yield from _turns(root)
    yield from _extent(root)
    for element in root.iter(_XINCLUDE):
        message = f'XInclude of "{element.get("href", "")}" is ignored'
        yield Breach(code="X04", element=element, message=message)


def _document_id(root: _Element, expected: str) -> Iterator[Breach]:
    found = root.get(XML_ID, "")
    if found != expected:
        message = f'TEI/@xml:id is "{found}", but the file is called {expected}.xml'
        yield Breach(code="I03", element=root, message=message)


def _ids(document: TeiDocument) -> Iterator[Breach]:
    first_use: dict[str, _Element] = {}
    first_alike: dict[str, str] = {}
    for element in document.root.iter(etree.Element):
        identifier = element.get(XML_ID)
        if identifier is None:
            continue
        if identifier in first_use:
            line = document.position(first_use[identifier])[0]
            message = f'The id "{identifier}" is used before, on line {line}'
            yield Breach(code="I01", element=element, message=message)
            continue
        first_use[identifier] = element
        alike = unicodedata.normalize("NFKC", identifier).casefold()
        if alike in first_alike:
            message = f'The ids "{first_alike[alike]}" and "{identifier}" look the same'
            yield Breach(code="I02", element=element, message=message)
        first_alike.setdefault(alike, identifier)


def _pointers(root: _Element, by_id: dict[str, _Element]) -> Iterator[Breach]:
    for element in root.iter(etree.Element):
        for attribute in _POINTING:
            value = element.get(attribute)
            if value is None:
                continue
            pointers = value.split()
            for pointer in pointers:
                yield from _pointer(element, attribute, pointer, by_id)
            # Browsers take the white space out, and what is left may be another address.
            several = attribute in _LINKING and len(pointers) > 1
            if several and all(map(safe_target, pointers)) and not safe_target(value):
                message = f'{attribute}="{value}" is not a safe address'
                yield Breach(code="P03", element=element, message=message)


def _pointer(
    element: _Element, attribute: str, pointer: str, by_id: dict[str, _Element]
) -> Iterator[Breach]:
    where = f'{attribute}="{pointer}"'
    if not pointer.startswith("#"):
        if attribute in _LINKING and not safe_target(pointer):
            yield Breach(code="P03", element=element, message=f"{where} is not a safe address")
        return
    aim = by_id.get(pointer[1:])
    if aim is None:
        message = f"{where} leads to nothing here{_did_you_mean(pointer[1:], by_id)}"
        yield Breach(code="P01", element=element, message=message)
        return
    kinds = ("respStmt",) if element.tag == tei("change") else _KINDS.get(attribute)
    found = etree.QName(aim).localname
    if kinds and found not in kinds:
        message = f"{where} leads to <{found}>; it must lead to <{'> or <'.join(kinds)}>"
        yield Breach(code="P02", element=element, message=message)


def _did_you_mean(identifier: str, by_id: Iterable[str]) -> str:
    alike = (known for known in by_id if known[:1] == identifier[:1])
    near = difflib.get_close_matches(identifier[:100], islice(alike, _MOST_COMPARED), n=1)
    return f'; did you mean "#{near[0]}"?' if near else ""


def _chains(root: _Element, by_id: dict[str, _Element]) -> Iterator[Breach]:
    for element in root.iter(tei("sp"), tei("q")):
        for attribute, back in (("next", "prev"), ("prev", "next")):
            pointer = element.get(attribute, "").removeprefix("#")
            other = by_id.get(pointer)
            if other is not None and other.get(back, "") != f"#{element.get(XML_ID)}":
                message = (
                    f'{attribute}="#{pointer}", but that element has no '
                    f'{back}="#{element.get(XML_ID, "")}"'
                )
                yield Breach(code="P04", element=element, message=message)


def _lines(root: _Element) -> Iterator[Breach]:
    for text in root.iterchildren(tei("text")):
        yield from _tiling(text, inside=None)
    for line in root.iter(tei("seg")):
        if line.get("type") != "line":
            continue
        identifier, n = line.get(XML_ID, ""), line.get("n", "")
        number = _LINE_ID.fullmatch(identifier)
        if number and _NUMBER.fullmatch(n) and number["number"] != n:
            message = f'xml:id="{identifier}" and n="{n}" do not agree'
            yield Breach(code="L03", element=line, message=message)
        if not "".join(line.itertext()).strip():
            yield Breach(code="L04", element=line, message=f"Line {n} has no words")


def _tiling(element: _Element, inside: str | None) -> Iterator[Breach]:
    """Words outside lines, lines inside lines; ``inside`` is the id of the line around."""
    is_line = element.tag == tei("seg") and element.get("type") == "line"
    if is_line and inside is not None:
        message = f"Line {element.get('n')} stands inside line {inside}"
        yield Breach(code="L02", element=element, message=message)
    here = element.get("n", "") if is_line else inside
    if element.tag in _OUTSIDE_LINES:
        return
    if here is None and (element.text or "").strip():
        yield _outside(element, element.text or "")
    for child in element.iterchildren(etree.Element):
        yield from _tiling(child, here)
    if here is None:
        for child in element:
            if (child.tail or "").strip():
                yield _outside(element, child.tail or "")


def _outside(element: _Element, words: str) -> Breach:
    shown = " ".join(words.split())[:60]
    message = f'"{shown}" stands in <{etree.QName(element).localname}> but in no line'
    return Breach(code="L01", element=element, message=message)


def _responsibilities(root: _Element) -> Iterator[Breach]:
    rules = (
        ("supplied", HANDS, "R01"),
        ("gloss", HANDS, "R01"),
        ("corr", (ENCODER,), "R02"),
    )
    for name, persons, code in rules:
        for element in root.iter(tei(name)):
            yield from _answerable(element, persons, code)
    for text in root.iterchildren(tei("text")):
        for sic in text.iter(tei("sic")):
            parent = sic.getparent()
            if parent is None or parent.tag != tei("choice"):
                yield from _answerable(sic, HANDS, "R01")
        for note in text.iter(tei("note")):
            kind = note.get("type", "")
            if kind == "editorial":
                yield from _answerable(note, (ENCODER,), "R02")
            elif kind in HANDS:
                yield from _answerable(note, (kind,), "R01")


def _answerable(element: _Element, persons: Sequence[str], code: str) -> Iterator[Breach]:
    if element.get("resp") not in [f"#{person}" for person in persons]:
        name = etree.QName(element).localname
        found = element.get("resp")
        said = f'resp="{found}"' if found else "no resp"
        wanted = " or ".join(f'resp="#{person}"' for person in persons)
        message = f"<{name}> has {said}; it must have {wanted}"
        yield Breach(code=code, element=element, message=message)


def _turns(root: _Element) -> Iterator[Breach]:
    for turn in root.iter(tei("sp")):
        has_label = next(turn.iterchildren(tei("speaker")), None) is not None
        if has_label or turn.get("prev") or turn.get("next"):
            continue
        before = [
            sibling.tag
            for sibling in turn.itersiblings(etree.Element, preceding=True)
            if sibling.tag not in _BREAKS
        ]
        inferred = before[:1] in ([tei("head")], [tei("stage")]) or tei("sp") not in before
        told = turn.get("source") == f"#{SOURCE}"
        if not (inferred or told):
            message = f"Turn {turn.get('n', '')} has no label and is linked to no other turn"
            yield Breach(code="T01", element=turn, message=message)


_COUNT = re.compile(r"\d{1,18}", re.ASCII)
_COUNTED = {
    "lines": ("seg", "line"),
    "turns": ("sp", ""),
    "paragraphs": ("p", ""),
}


def _extent(root: _Element) -> Iterator[Breach]:
    for measure in root.iter(tei("measure")):
        unit, said = measure.get("unit", ""), measure.get("quantity", "")
        if unit not in _COUNTED or not _COUNT.fullmatch(said):
            continue
        name, kind = _COUNTED[unit]
        texts = root.iterchildren(tei("text"))
        found = [e for t in texts for e in t.iter(tei(name)) if kind in ("", e.get("type"))]
        # Parts of a turn that a stage direction interrupts share its number.
        counted = len({e.get("n") or e for e in found}) if name == "sp" else len(found)
        if int(said) != counted:
            message = f"extent says {said} {unit}; there are {counted}"
            yield Breach(code="H01", element=measure, message=message)
