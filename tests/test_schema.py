"""The schema accepts what it should, refuses what it should, and never leaves TEI."""

import copy
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import xmlschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from xmlschema.validators import XsdElement

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "schema" / "stenogram.xsd"
TEI_ALL = ROOT.parent / "shared" / "tei" / "tei_all.rng"
CASES = Path(__file__).parent / "schema"
GOOD = sorted((CASES / "good").glob("*.xml"))
BROKEN = sorted((CASES / "broken").glob("*.xml"))

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XSD = "{http://www.w3.org/2001/XMLSchema}"

# Valid values of each type, usual and odd; and values that are valid nowhere or almost nowhere.
SAMPLES = {
    "keyword": ["main", "a", "x-1.b_c", "Typed"],
    "word": ["].", "SIC", "two", "é", "§1"],
    "label": ["1", "12a", "p. 3", "–"],
    "delimiter": [" ", ", l. ", "#"],
    "localPointer": ["#a", "#T001", "#é"],
    "localPointers": ["#a", "#a #b", " #a\t#b "],
    "pointer": ["https://example.org/a?b=c#d", "#a", "../x.xml", "urn:x:y", "a%20b"],
    "pointers": ["https://example.org/", "#a #b", "#a https://example.org/é"],
    "day": ["1931-05-04", "1931-05", "1931", "1931-05-04T18:00:00", "1931-05-04Z"],
    "hour": ["18:00:00", "18:00:00.5", "18:00:00+01:00", "1931-05-04T18:00:00Z", "24:00:00"],
    "reactions": ["laughter", "applause ovation", "applause applause"],
    "faces": ["italic", "bold smallcaps", "underline underline"],
    "language": ["en", "ru-Latn", "x-y", "cy-GB-1901"],
    "nonNegativeInteger": ["0", "17", "+3", "007", "-0", "99999999999999999999"],
    "Name": ["seg", "xml:id", "_a", "ä", " seg "],
    "NCName": ["seg", "_a", "x.1"],
    "string": ["Words, more words.", "", " ", "ж “é” <&>"],
}
ODD = ["", "two words", "-0044-03-15", "\N{NO-BREAK SPACE}", "#", "%", "1e3", "L0001"]

REPEATABLE = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def libxml2() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


@pytest.fixture(scope="module")
def python_xmlschema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMA)


@pytest.fixture(scope="module")
def tei_all() -> etree.RelaxNG:
    if not TEI_ALL.exists():
        pytest.skip("needs TEI All: put tei_all.rng into ../shared/tei beside this repository")
    return etree.RelaxNG(etree.parse(TEI_ALL))


def read(path: Path) -> etree._ElementTree:
    # Left to itself, the parser refuses a repeated xml:id before any schema sees it.
    return etree.parse(path, etree.XMLParser(collect_ids=False, resolve_entities=False))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_document_is_accepted_by_both_validators(path, libxml2, python_xmlschema):
    document = read(path)

    assert libxml2.validate(document), libxml2.error_log
    assert [error.reason for error in python_xmlschema.iter_errors(document)] == []


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_document_is_tei(path, tei_all):
    assert tei_all.validate(read(path)), tei_all.error_log


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_document_is_refused_by_both_validators(path, libxml2, python_xmlschema):
    document = read(path)

    assert not libxml2.validate(document)
    assert not python_xmlschema.is_valid(document)


def test_the_full_document_uses_every_element_and_attribute(python_xmlschema):
    declared = {
        (element.name, attribute)
        for element in python_xmlschema.iter_components(XsdElement)
        for attribute in [None, *element.attributes]
    }

    used = {
        (element.tag, attribute)
        for element in read(CASES / "good" / "full.xml").iter("{*}*")
        for attribute in [None, *element.attrib]
    }

    assert declared - used == set()


def test_the_full_document_uses_every_listed_value():
    listed = {value.get("value") for value in etree.parse(SCHEMA).iter(f"{XSD}enumeration")}

    document = read(CASES / "good" / "full.xml")
    used = {word for value in document.xpath("//@*") for word in value.split()}

    # "all", "some", "none" and the like: one of each short list is enough.
    assert listed - used <= {"a", "m", "s", "css", "hard", "restricted", "unknown"}


def test_every_element_and_attribute_is_explained_in_the_schema():
    unexplained = [
        (declaration.sourceline, declaration.get("name"))
        for file in (SCHEMA, SCHEMA.with_name("xml.xsd"))
        for declaration in etree.parse(file).iter(f"{XSD}element", f"{XSD}attribute")
        if declaration.get("name") and not declaration.findtext(f"{XSD}annotation/*")
    ]

    assert unexplained == []


@settings(REPEATABLE, max_examples=4000)
@given(random=st.randoms(use_true_random=True), path=st.sampled_from(GOOD))
def test_whatever_is_still_accepted_after_an_edit_is_tei(random, path, libxml2, tei_all):
    document = edited(read(path), random)

    if libxml2.validate(document):
        assert tei_all.validate(document), tei_all.error_log


@settings(REPEATABLE, max_examples=500)
@given(random=st.randoms(use_true_random=True))
def test_whatever_the_schema_describes_is_tei(random, libxml2, python_xmlschema, tei_all):
    document = etree.ElementTree(grown(python_xmlschema.elements["TEI"], random))

    assert libxml2.validate(document), libxml2.error_log
    assert tei_all.validate(document), tei_all.error_log


def edited(document: etree._ElementTree, random: Random) -> etree._ElementTree:
    """The document after one small mistake (or two) at a random place."""
    for _ in range(random.choice([1, 1, 1, 2])):
        elements = list(document.getroot().iterdescendants("{*}*"))
        element, other = random.choice(elements), random.choice(elements)
        random.choice([delete, duplicate, move, rename, retype, unset, change, insert])(
            element, other, random
        )
    return document


def delete(element, _other, _random):
    element.getparent().remove(element)


def duplicate(element, _other, random):
    twin = copy.deepcopy(element)
    for number, part in enumerate(twin.iter("{*}*")):
        if XML_ID in part.attrib and random.random() < 0.9:
            part.set(XML_ID, f"L9{number:04}" if part.get("type") == "line" else f"z{number}")
    element.addnext(twin)


def move(element, other, random):
    if element not in other.iterancestors() and element is not other:
        random.choice([other.append, other.addnext, other.addprevious])(element)


def rename(element, other, _random):
    element.tag = other.tag


def retype(element, other, random):
    for name, value in other.attrib.items():
        if name != XML_ID and random.random() < 0.5:
            element.set(name, value)


def unset(element, _other, random):
    if element.attrib:
        del element.attrib[random.choice(sorted(element.attrib))]


def change(element, _other, random):
    if element.attrib:
        value = random.choice(random.choice([ODD, *SAMPLES.values()]))
        element.set(random.choice(sorted(element.attrib)), value)


def insert(element, _other, random):
    text = random.choice(["words", " ", "\N{NO-BREAK SPACE}", ""])
    if random.random() < 0.5:
        element.text = text
    else:
        element.tail = text


def grown(declaration: XsdElement, random: Random, depth: int = 0) -> etree._Element:
    """An element with random content and attributes, as its declaration allows."""
    element = etree.Element(declaration.name)
    for name, attribute in declaration.attributes.items():
        if attribute.use == "required" or random.random() < 0.3:
            element.set(name, value_of(name, attribute.type, element, random))
    if declaration.type.has_simple_content():
        element.text = value_of("", declaration.type, element, random)
        return element
    if declaration.type.mixed:
        element.text = "Words "
    for child in chosen(declaration.type.content, random, depth):
        element.append(grown(child, random, depth + 1))
        if declaration.type.mixed:
            element[-1].tail = random.choice(["", " more words "])
    return element


def chosen(particle, random: Random, depth: int) -> Iterator[XsdElement]:
    """The children of one element: any branch of a choice, any number of times."""
    deep = depth > 8
    most = particle.min_occurs + (0 if deep else random.choice([0, 1, 1, 2]))
    for _ in range(min(most, most if particle.max_occurs is None else particle.max_occurs)):
        if isinstance(particle, XsdElement):
            yield particle
        elif particle.model == "choice":
            yield from chosen(particle[0] if deep else random.choice(particle), random, depth)
        else:
            for part in particle:
                yield from chosen(part, random, depth)


def value_of(name: str, kind, element: etree._Element, random: Random) -> str:
    """A valid value of the type."""
    is_line = element.tag.endswith("}seg")
    if name == XML_ID:
        return f"{'L' if is_line else 'i'}{random.randrange(1000, 10**15)}"
    if name == "n" and is_line:
        return str(random.randrange(10**9))
    kind = kind.content if kind.is_complex() else kind
    if kind.enumeration:
        return random.choice(kind.enumeration)
    while kind is not None and kind.local_name not in SAMPLES:
        kind = kind.base_type
    return random.choice(SAMPLES[kind.local_name if kind is not None else "string"])
