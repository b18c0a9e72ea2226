"""What a document's page tells programs: reference managers, search engines, archives' harvesters.

Everything comes from the header; what it does not say is not there.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from stenogram.config import EditionConfig
from stenogram.lines.styles import record
from stenogram.lines.styles.coins import context_object
from stenogram.lines.styles.dates import date_parts
from stenogram.lines.styles.record import address
from stenogram.tei.metadata import Metadata
from stenogram.tei.targets import safe_target

_RESOLVERS = {
    "doi": "https://doi.org/",
    "ark": "https://n2t.net/",
    "handle": "https://hdl.handle.net/",
}
_SCHEMA = "https://schema.org"
_UNKNOWN = ("unknown", "n.n.", "anonymous")
Json = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A typed link, as in RFC 8288."""

    rel: str
    href: str
    type: str = ""
    """Media type of what it leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForMachines:
    """What the page of a document tells programs."""

    address: str
    """Of the page, in full; empty if the edition has none."""
    metas: Sequence[tuple[str, str]]
    """Names and contents, for reference managers."""
    properties: Sequence[tuple[str, str]]
    """Properties and contents, for previews of links (Open Graph)."""
    links: Sequence[Link]
    """To what belongs to the page: signposting."""
    data: Json
    """The same in the vocabulary of schema.org."""
    coins: str
    """A context object (COinS) for the document."""


def for_machines(
    metadata: Metadata, edition: EditionConfig, language: str, description: str
) -> ForMachines:
    """What the page of one document tells programs; ``language`` has the form of a tag, or none."""
    page = address(edition.url, f"{quote(metadata.id)}.html") if edition.url else ""
    return ForMachines(
        address=page,
        metas=[(n, c) for n, c in _metas(metadata, page, language) if c],
        properties=[(n, c) for n, c in _properties(metadata, edition, page, description) if c],
        links=list(_links(metadata, page)),
        data=_without_gaps(_data(metadata, edition, page, language)),
        coins=context_object(record(metadata, edition.url)),
    )


def linkset(metadata: Metadata, links: Sequence[Link]) -> bytes:
    """The links of a page as a set of their own (RFC 9264); its addresses are relative to it."""
    page = f"{quote(metadata.id)}.html"
    targets: dict[str, list[dict[str, str]]] = {}
    for link in links:
        if link.rel != "linkset":
            about = {"href": link.href, "type": link.type}
            targets.setdefault(link.rel, []).append({k: v for k, v in about.items() if v})
    contexts: list[Json] = [{"anchor": page, **targets}]
    contexts += [
        {"anchor": link.href, "collection": [{"href": page, "type": "text/html"}]}
        for link in links
        if link.rel == "item"
    ]
    return _json({"linkset": contexts})


def sitemap(edition: EditionConfig, documents: Sequence[Metadata], pages: Sequence[str]) -> bytes:
    """All pages of an edition that has an address, for search engines."""
    rows = [f"<url><loc>{_escaped(address(edition.url, page))}</loc></url>" for page in pages]
    for metadata in documents:
        place = _escaped(address(edition.url, f"{quote(metadata.id)}.html"))
        known = date_parts(metadata.issued)
        changed = f"<lastmod>{metadata.issued}</lastmod>" if known and known.day else ""
        rows.append(f"<url><loc>{place}</loc>{changed}</url>")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    start = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([f"{head}{start}", *rows, "</urlset>\n"]).encode()


def robots(edition: EditionConfig) -> bytes:
    """Robots are welcome, and are told of the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {address(edition.url, 'sitemap.xml')}\n".encode()


def edition_data(edition: EditionConfig, documents: Sequence[Metadata]) -> Json:
    """The edition as a whole in the vocabulary of schema.org."""
    return _without_gaps(
        {
            "@context": _SCHEMA,
            "@type": "Dataset",
            "@id": address(edition.url, "index.html") if edition.url else "",
            "name": edition.title,
            "description": f"{edition.title}: {len(documents)} "
            f"document{'' if len(documents) == 1 else 's'} in TEI, with lines that can be cited",
            "publisher": _organisation(edition.publisher),
            "url": edition.url,
            "license": _license(documents),
            "hasPart": [
                _without_gaps(
                    {
                        "@type": "CreativeWork",
                        "name": metadata.title or metadata.id,
                        "url": address(edition.url, f"{quote(metadata.id)}.html"),
                    }
                )
                for metadata in documents
            ],
        }
    )


def persistent(metadata: Metadata) -> str:
    """The address under which the document is to be cited for good; empty if it has none."""
    known = {kind.casefold(): value for kind, value in metadata.identifiers}
    for kind, resolver in _RESOLVERS.items():
        if value := known.get(kind):
            return value if value.startswith("http") else f"{resolver}{quote(value, safe=':/.')}"
    found = (value for value in known.values() if value.startswith(("http://", "https://")))
    return safe_target(next(found, ""))


def _metas(metadata: Metadata, page: str, language: str) -> Iterator[tuple[str, str]]:
    title = metadata.title or metadata.id
    issued = metadata.issued or metadata.published
    yield "citation_title", title
    yield "citation_publication_date", issued.replace("-", "/") if metadata.issued else issued
    yield "citation_publisher", metadata.publisher
    yield "citation_language", language
    yield "citation_doi", next((v for k, v in metadata.identifiers if k.casefold() == "doi"), "")
    yield "citation_public_url", page
    yield "DC.title", title
    yield "DC.identifier", metadata.id
    yield "DC.identifier", persistent(metadata) or page
    yield "DC.type", "Text"
    yield "DC.format", "text/html"
    yield "DC.date", issued
    yield "DC.publisher", metadata.publisher
    for name in _names(metadata):
        yield "DC.contributor", name
    yield "DC.language", language
    yield "DC.coverage", metadata.place
    yield "DC.coverage", metadata.date or metadata.date_text
    for source in metadata.sources:
        yield "DC.source", source
    for words in metadata.availability:
        yield "DC.rights", words
    for licence in metadata.licences:
        yield "DC.rights", licence


def _properties(
    metadata: Metadata, edition: EditionConfig, page: str, description: str
) -> Iterator[tuple[str, str]]:
    yield "og:title", metadata.title or metadata.id
    yield "og:type", "article"
    yield "og:description", description
    yield "og:site_name", edition.title
    yield "og:url", page


def _links(metadata: Metadata, page: str) -> Iterator[Link]:
    name = quote(metadata.id)
    cited_as = persistent(metadata) or page
    if cited_as:
        yield Link(rel="cite-as", href=cited_as)
    yield Link(rel="type", href=f"{_SCHEMA}/AboutPage")
    yield Link(rel="type", href=f"{_SCHEMA}/CreativeWork")
    for licence in metadata.licences:
        yield Link(rel="license", href=licence)
    for author in metadata.responsible:
        yield Link(rel="author", href=author)
    yield Link(rel="describedby", href=f"tei/{name}.xml", type="application/tei+xml")
    yield Link(rel="item", href=f"tei/{name}.xml", type="application/tei+xml")
    yield Link(rel="item", href=f"{name}.txt", type="text/plain")
    yield Link(rel="collection", href="index.html", type="text/html")
    yield Link(rel="linkset", href=f"{name}.linkset.json", type="application/linkset+json")


def _data(metadata: Metadata, edition: EditionConfig, page: str, language: str) -> Json:
    name = quote(metadata.id)
    archive = metadata.archive
    kept = any((archive.name, archive.collection, archive.shelfmark))
    return {
        "@context": _SCHEMA,
        "@type": ["CreativeWork", "ArchiveComponent"] if kept else "CreativeWork",
        "@id": persistent(metadata) or page,
        "name": metadata.title or metadata.id,
        "url": page,
        "identifier": [metadata.id, *(value for _, value in metadata.identifiers)],
        "inLanguage": language,
        "version": metadata.edition,
        "datePublished": metadata.issued,
        "creativeWorkStatus": metadata.status,
        "publisher": _organisation(metadata.publisher),
        "contributor": [
            {"@type": "Role", "roleName": task, "contributor": {"name": who}}
            for task, who in metadata.responsibilities
            if who.casefold() not in _UNKNOWN
        ],
        "license": list(metadata.licences),
        "about": _event(metadata),
        "holdingArchive": {"@type": "ArchiveOrganization", "name": archive.name}
        if archive.name
        else "",
        "itemLocation": ", ".join(filter(None, (archive.collection, archive.shelfmark))),
        "isPartOf": {
            "@type": "Dataset",
            "name": edition.title,
            "url": address(edition.url, "index.html"),
        },
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": address(edition.url, path),
                "encodingFormat": kind,
            }
            for path, kind in (
                (f"tei/{name}.xml", "application/tei+xml"),
                (f"{name}.txt", "text/plain"),
            )
        ],
    }


def _event(metadata: Metadata) -> Json:
    """The meeting; those who speak have been there."""
    return _without_gaps(
        {
            "@type": "Event",
            "name": metadata.event or metadata.meeting or metadata.title or metadata.id,
            "startDate": metadata.date,
            "location": {"@type": "Place", "name": metadata.place} if metadata.place else "",
            "attendee": [
                {"@type": "Person", "name": name}
                for person, name in metadata.names.items()
                if person in metadata.speakers and person not in metadata.groups
            ],
        }
    )


def _organisation(name: str) -> Json:
    return {"@type": "Organization", "name": name} if name else {}


def _license(documents: Sequence[Metadata]) -> str:
    """The licence of the edition, if all of its documents have the same."""
    licences = {metadata.licences for metadata in documents}
    return " ".join(licences.pop()[:1]) if len(licences) == 1 else ""


def _names(metadata: Metadata) -> list[str]:
    names = (name for _, name in metadata.responsibilities)
    return [name for name in dict.fromkeys(names) if name.casefold() not in _UNKNOWN]


def _without_gaps(data: Json) -> Json:
    return {name: value for name, value in data.items() if value}


def _json(data: Json) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")
