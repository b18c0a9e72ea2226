"""What the TEI header says about a document, as plain text for pages and citations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from stenogram.tei.names import TRANSCRIBER, TRANSLATOR, XML_ID, XML_LANG, tei
from stenogram.tei.targets import safe_target
from stenogram.white_space import fold

_Element = etree._Element

_POLICY_HEADINGS = {
    "correction": "Correction",
    "normalization": "Normalisation",
    "quotation": "Quotation marks",
    "hyphenation": "Hyphenation",
    "segmentation": "Lines",
    "interpretation": "Interpretation",
    "punctuation": "Brackets and punctuation",
    "stdVals": "Standard values",
    "p": "Editorial policy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A heading with what is said under it."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Where the original is kept; what the header does not say is empty."""

    name: str = ""
    place: str = ""
    collection: str = ""
    shelfmark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The facts of a document's header."""

    id: str
    """``TEI/@xml:id``."""
    title: str
    language: str
    edition: str
    """``edition/@n``, e.g. ``1.0``; empty if the header does not say."""
    edition_statement: str
    status: str
    """``draft``, ``published`` …"""
    publisher: str
    published: str
    """Date of publication as written in the header."""
    issued: str
    """The same as ``YYYY-MM-DD``, where the header gives it so."""
    date: str
    """Of the meeting, ``YYYY-MM-DD`` where the header gives it so."""
    date_text: str
    place: str
    meeting: str
    event: str
    """The meeting without the place and date that are named after it."""
    archive: Archive
    subjects: tuple[str, ...]
    """What it is about, or of which kind it is (``keywords``)."""
    responsibilities: tuple[tuple[str, str], ...]
    """Task and name."""
    responsible: tuple[str, ...]
    """Web addresses of those who are named there, such as that of an ORCID."""
    identifiers: tuple[tuple[str, str], ...]
    """Type and value of what identifies the document beside its id."""
    licences: tuple[str, ...]
    """Web addresses of the licences."""
    speakers: frozenset[str]
    """Ids of those who are listed as speakers."""
    hand: str
    """Who put words in square brackets: ``translator`` or ``transcriber``."""
    availability: tuple[str, ...]
    sources: tuple[str, ...]
    evidence: tuple[str, ...]
    policy: tuple[Statement, ...]
    abstract: tuple[str, ...]
    abstract_by: str
    names: Mapping[str, str]
    """Standard names of persons, groups, places and organisations by id."""
    groups: frozenset[str]
    """Ids of several voices at once (``personGrp``)."""


def read_metadata(root: _Element) -> Metadata:
    """Read the header; what it does not say is empty."""
    header = next(root.iterchildren(tei("teiHeader")), None)
    if header is None:
        header = etree.Element(tei("teiHeader"))
    edition = _first(header, "editionStmt", "edition")
    created = _first(header, "creation", "date")
    if created is None:
        created = _first(header, "setting", "date")
    abstract = _first(header, "abstract")
    revision = _first(header, "revisionDesc")
    published = _first(header, "publicationStmt", "date")
    meeting = _first(header, "titleStmt", "meeting")
    responsibilities = tuple(_responsibilities(header))
    return Metadata(
        id=root.get(XML_ID, ""),
        title=_words(_first(header, "titleStmt", "title")),
        language=root.get(XML_LANG, ""),
        edition=edition.get("n", "") if edition is not None else "",
        edition_statement=_words(edition),
        status=revision.get("status", "") if revision is not None else "",
        publisher=_words(_first(header, "publicationStmt", "publisher"))
        or _words(_first(header, "publicationStmt", "authority")),
        published=_words(published),
        issued=published.get("when", "") if published is not None else "",
        date=created.get("when", "") if created is not None else "",
        date_text=_words(created),
        place=_words(_first(header, "creation", "placeName"))
        or _words(_first(header, "setting", "placeName")),
        meeting=_words(meeting),
        event=_event(meeting),
        archive=_archive(_first(header, "sourceDesc")),
        subjects=_each(_first(header, "textClass", "keywords"), "term"),
        responsibilities=responsibilities,
        responsible=tuple(_addresses(_first(header, "titleStmt"), "ref")),
        identifiers=tuple(_identifiers(_first(header, "publicationStmt"), root.get(XML_ID, ""))),
        licences=tuple(_addresses(_first(header, "availability"), "target")),
        speakers=frozenset(_speakers(header)),
        hand=_hand(header),
        availability=_each(_first(header, "availability"), "p", "licence"),
        sources=_each(_first(header, "listBibl"), "bibl"),
        evidence=_each(_first(header, "notesStmt"), "note"),
        policy=tuple(_policy(_first(header, "editorialDecl"))),
        abstract=_each(abstract, "p"),
        abstract_by=_answerable(header, abstract),
        names=dict(_names(root)),
        groups=frozenset(entry.get(XML_ID, "") for entry in root.iter(tei("personGrp"))),
    )


def _addresses(part: _Element | None, attribute: str) -> Iterator[str]:
    """The web addresses in an attribute of all elements, each once."""
    elements = part.iter(etree.Element) if part is not None else ()
    values = (value for element in elements for value in element.get(attribute, "").split())
    for value in dict.fromkeys(values):
        if value.startswith(("http://", "https://")) and safe_target(value):
            yield value


def _identifiers(statement: _Element | None, document: str) -> Iterator[tuple[str, str]]:
    if statement is not None:
        for number in statement.iterchildren(tei("idno")):
            if (value := _words(number)) and value != document:
                yield number.get("type", ""), value


def _speakers(header: _Element) -> Iterator[str]:
    for people in header.iter(tei("particDesc")):
        for person in people.iter(tei("person"), tei("personGrp")):
            yield person.get(XML_ID, "")


def _hand(header: _Element) -> str:
    """Of the two who may have put words in brackets the one that the header names."""
    named = {statement.get(XML_ID) for statement in header.iter(tei("respStmt"))}
    return TRANSCRIBER if TRANSCRIBER in named and TRANSLATOR not in named else TRANSLATOR


def _event(meeting: _Element | None) -> str:
    """The name of a meeting, without the places and dates at its end."""
    if meeting is None:
        return ""
    facts = (tei("date"), tei("time"), tei("placeName"))
    pieces = [(meeting.text or "", False)]
    for child in meeting.iterchildren(etree.Element):
        pieces += [(_words(child), child.tag in facts), (child.tail or "", False)]
    while pieces and (pieces[-1][1] or not pieces[-1][0].strip(" ,;\t\r\n")):
        pieces.pop()
    return fold("".join(words for words, _ in pieces)).rstrip(" ,;")


def _archive(sources: _Element | None) -> Archive:
    """The archive of the first source that has a shelf mark."""
    if sources is None:
        return Archive()
    for kept in sources.iter(tei("msIdentifier")):
        return Archive(
            name=_words(_first(kept, "repository")) or _words(_first(kept, "institution")),
            place=_words(_first(kept, "settlement")),
            collection=_words(_first(kept, "collection")),
            shelfmark=_words(_first(kept, "idno")),
        )
    for source in sources.iter(tei("bibl")):
        marks = (mark for mark in source.iter(tei("idno")) if mark.get("type") == "shelfmark")
        mark = next(marks, None)
        if mark is not None:
            name, place = _first(source, "orgName"), _first(source, "placeName")
            return Archive(name=_words(name), place=_words(place), shelfmark=_words(mark))
    return Archive()


def _first(element: _Element, *path: str) -> _Element | None:
    """The first descendant of a name, then its first descendant of the next name …."""
    found: _Element | None = element
    for name in path:
        if found is None:
            return None
        found = next(found.iter(tei(name)), None)
    return found


def _words(element: _Element | None) -> str:
    """The text of an element on one line."""
    if element is None:
        return ""
    return " ".join("".join(element.itertext(etree.Element)).split())


def _each(parent: _Element | None, *names: str) -> tuple[str, ...]:
    if parent is None:
        return ()
    wanted = {tei(name) for name in names}
    return tuple(words for child in parent if child.tag in wanted and (words := _prose(child)))


def _prose(element: _Element) -> str:
    """The text of an element whose parts need not have spaces between them."""
    if (element.text or "").strip() or not len(element):
        return _words(element)
    parts = [part for child in element.iterchildren(etree.Element) if (part := _words(child))]
    return _words(element) if _has_words_between(element) else ", ".join(parts)


def _has_words_between(element: _Element) -> bool:
    return any((child.tail or "").strip() for child in element)


def _responsibilities(header: _Element) -> Iterator[tuple[str, str]]:
    statement = _first(header, "titleStmt")
    if statement is None:
        return
    for entry in statement.iterchildren(tei("respStmt")):
        task = _words(_first(entry, "resp"))
        names = [
            _words(child)
            for child in entry.iterchildren(tei("persName"), tei("orgName"), tei("name"))
        ]
        yield task, ", ".join(names)


def _policy(declaration: _Element | None) -> Iterator[Statement]:
    if declaration is None:
        return
    for child in declaration.iterchildren(etree.Element):
        name = etree.QName(child).localname
        paragraphs = (_words(child),) if name == "p" else _each(child, "p")
        if paragraphs:
            yield Statement(heading=_POLICY_HEADINGS.get(name, name), paragraphs=paragraphs)


def _answerable(header: _Element, element: _Element | None) -> str:
    """The name behind an element's ``resp``."""
    pointer = element.get("resp", "").removeprefix("#") if element is not None else ""
    for entry in header.iter(tei("respStmt")):
        if pointer and entry.get(XML_ID) == pointer:
            names = entry.iterchildren(tei("orgName"), tei("persName"), tei("name"))
            return _words(next(names, None))
    return ""


def _names(root: _Element) -> Iterator[tuple[str, str]]:
    entries = ("person", "personGrp", "place", "org")
    for entry in root.iter(*map(tei, entries)):
        identifier = entry.get(XML_ID)
        name = next(entry.iterchildren(tei("persName"), tei("placeName"), tei("orgName")), None)
        if identifier and name is not None:
            yield identifier, _words(name)
