"""The registers of a document: who and what its names, by ``ref`` and ``who``, point to.

An entry may stand in the header (``particDesc``), in ``standOff`` or, in TEI made elsewhere, in a
list in the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from lxml import etree

from stenogram.tei.names import XML_ID, local_name, tei
from stenogram.tei.targets import safe_target
from stenogram.white_space import fold

_Element = etree._Element

Register = Literal["persons", "places", "organisations", "terms"]
REGISTERS: tuple[Register, ...] = get_args(Register)

_ENTRIES: dict[str, Register] = {
    "person": "persons",
    "personGrp": "persons",
    "place": "places",
    "org": "organisations",
    "item": "terms",
}
_NAMES: dict[Register, tuple[str, ...]] = {
    "persons": ("persName", "name", "orgName"),
    "places": ("placeName", "geogName", "settlement", "name"),
    "organisations": ("orgName", "name"),
    "terms": ("term",),
}
_GLOSSARIES = frozenset(("terms", "gloss", "glossary"))
_FACTS = ("sex", "birth", "death", "occupation", "country")
_SPOKEN_OF = frozenset(("note", "desc", "gloss", "p"))
_AUTHORITIES = {
    "gnd": "https://d-nb.info/gnd/",
    "viaf": "https://viaf.org/viaf/",
    "wikidata": "https://www.wikidata.org/wiki/",
    "geonames": "https://www.geonames.org/",
    "isni": "https://isni.org/isni/",
    "orcid": "https://orcid.org/",
    "lccn": "https://id.loc.gov/authorities/names/",
}
_PLAIN_VALUE = re.compile(r"[\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """What a reference work calls a person, place, organisation or term."""

    kind: str
    """``GND``, ``wikidata`` … as the document writes it; empty if it does not say."""
    value: str
    address: str
    """Where it can be looked up; empty if that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """A person, group, place, organisation or term as one document describes it."""

    id: str
    register: Register
    name: str
    """The standard form; where there is none, the first."""
    sorted_as: str
    """The words by which it is sorted, where the document gives them."""
    surname: str
    """Where the standard form marks one."""
    typed: tuple[str, ...]
    """Forms as typed."""
    other: tuple[str, ...]
    """Forms neither standard nor typed: a full name, a pseudonym, a name in another language."""
    group: bool
    """Several persons who speak or act as one."""
    certainty: str
    """How sure the standard form is, if the document says it: ``high``, ``medium``, ``low``."""
    role: str
    facts: tuple[tuple[str, str], ...]
    """Names of TEI elements (``birth``, ``occupation``, ``country`` …), each with its words."""
    notes: tuple[str, ...]
    identifiers: tuple[Identifier, ...]


def read_registers(root: etree._Element) -> tuple[RegisterEntry, ...]:
    """All entries of a document that have an id and a name, in its order."""
    return tuple(_entries(root))


def _entries(root: _Element) -> Iterator[RegisterEntry]:
    for element in root.iter(*map(tei, _ENTRIES)):
        identifier = element.get(XML_ID)
        if not identifier:
            continue
        register = _ENTRIES[local_name(element)]
        if register == "terms" and not _is_glossary(element.getparent()):
            continue
        forms = [child for child in _forms(element, register) if _words(child)]
        if forms:
            yield _entry(element, register, forms)


def _is_glossary(parent: _Element | None) -> bool:
    return parent is not None and parent.get("type") in _GLOSSARIES


def _forms(element: _Element, register: Register) -> list[_Element]:
    return list(element.iterchildren(*map(tei, _NAMES[register])))


def _entry(element: _Element, register: Register, forms: list[_Element]) -> RegisterEntry:
    standard = next((form for form in forms if form.get("type") == "standard"), forms[0])
    others = [form for form in forms if form is not standard]
    surname = " ".join(map(_words, standard.iterchildren(tei("surname"))))
    return RegisterEntry(
        id=element.get(XML_ID, ""),
        register=register,
        name=_words(standard),
        sorted_as=next((_words(f) for f in others if f.get("type") == "sort"), ""),
        surname=surname,
        typed=_distinct(_words(f) for f in forms if f.get("type") == "typed"),
        other=_distinct(_words(f) for f in others if f.get("type") not in ("typed", "sort")),
        group=local_name(element) == "personGrp",
        certainty=standard.get("cert", ""),
        role=fold(element.get("role", "")),
        facts=tuple(_facts(element)),
        notes=tuple(
            words
            for child in element.iterchildren(etree.Element)
            if local_name(child) in _SPOKEN_OF and (words := _words(child))
        ),
        identifiers=tuple(_identifiers(element)),
    )


def _facts(element: _Element) -> Iterator[tuple[str, str]]:
    for name in _FACTS:
        for child in element.iterchildren(tei(name)):
            words = _words(child) or child.get("when", "") or child.get("value", "")
            if words:
                yield name, words


def _identifiers(element: _Element) -> Iterator[Identifier]:
    for child in element.iterchildren(tei("idno")):
        value, kind = _words(child), fold(child.get("type", ""))
        if value:
            yield Identifier(kind=kind, value=value, address=_address(kind, value))


def _address(kind: str, value: str) -> str:
    if value.casefold().startswith(("http://", "https://")):
        return safe_target(value)
    known = _AUTHORITIES.get(kind.casefold(), "")
    return known + value if known and _PLAIN_VALUE.fullmatch(value) else ""


def _words(element: _Element) -> str:
    return fold("".join(element.itertext(etree.Element)))


def _distinct(words: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
