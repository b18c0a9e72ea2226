"""The pages of the edition itself: about it, its downloads, its fidelity to the received files."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from stenogram.config import EditionConfig
from stenogram.editions.document import Document, Files
from stenogram.lines.styles import RECORD_STYLES, Record
from stenogram.lines.styles.record import address
from stenogram.tei.metadata import Archive, Metadata, Statement

if TYPE_CHECKING:
    from stenogram.check.certificate import Certificate

_Said = TypeVar("_Said")
_CITED_IN = {"chicago-note": "Chicago", "mla": "MLA", "apa": "APA"}
_KILOBYTE = 1000
_MOST_DIFFERENCES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file of the edition, to be taken and checked."""

    path: str
    title: str
    """Of the document; empty for a file that belongs to all of them."""
    kind: str
    """``TEI``, ``text`` or ``schema``."""
    bytes: int
    sha256: str

    @property
    def size(self) -> str:
        """As people read it."""
        return f"{-(-self.bytes // _KILOBYTE)} kB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Something that several documents may say in the same words."""

    said: tuple[str, ...]
    documents: tuple[Metadata, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One editorial policy, with the documents that follow it."""

    statements: tuple[Statement, ...]
    documents: tuple[Metadata, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One document on the page on fidelity."""

    document: Metadata
    certificate: "Certificate"
    differences: tuple[str, ...]
    """The first of them, in words."""
    more: int
    """How many others there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the pages of the edition say."""

    citations: Sequence[tuple[str, str]]
    """Name of the style, and the edition cited."""
    responsible: Sequence[Stated]
    """Task and name."""
    policies: Sequence[Policy]
    rights: Sequence[Stated]
    documents: int
    downloads: Sequence[Download]
    compared: Sequence[Compared]
    """Empty if no document was to be compared."""


def about(edition: EditionConfig, documents: Sequence[Document], files: Files) -> About:
    """What there is to say of an edition with these documents, whose files have been written."""
    headers = [document.metadata for document in documents]
    record = _record(edition, headers)
    return About(
        citations=[(label, RECORD_STYLES[n](record).strip()) for n, label in _CITED_IN.items()],
        responsible=_stated((pair, one) for one in headers for pair in one.responsibilities),
        policies=[
            Policy(statements=policy, documents=tuple(found))
            for policy, found in _grouped((one.policy, one) for one in headers if one.policy)
        ],
        rights=_stated((one.availability, one) for one in headers if one.availability),
        documents=len(headers),
        downloads=[*_downloads(headers, files)],
        compared=[
            _compared(document.metadata, document.certificate)
            for document in documents
            if document.certificate
        ],
    )


def checksums(downloads: Sequence[Download]) -> bytes:
    """The checksums as ``sha256sum -c`` reads them."""
    rows = sorted((download.path, download.sha256) for download in downloads)
    return "".join(f"{digest}  {path}\n" for path, digest in rows).encode()


def _record(edition: EditionConfig, headers: Sequence[Metadata]) -> Record:
    """The edition as a whole; it is as old as its newest document."""
    return Record(
        key="",
        title=edition.title,
        event="",
        event_date="",
        event_place="",
        publisher=edition.publisher,
        issued=max((header.issued for header in headers), default=""),
        version="",
        language="",
        archive=Archive(),
        address=address(edition.url, "index.html") if edition.url else "",
    )


def _grouped(said: Iterable[tuple[_Said, Metadata]]) -> Iterable[tuple[_Said, list[Metadata]]]:
    groups: dict[_Said, list[Metadata]] = {}
    for words, header in said:
        groups.setdefault(words, []).append(header)
    return groups.items()


def _stated(said: Iterable[tuple[tuple[str, ...], Metadata]]) -> list[Stated]:
    return [Stated(said=words, documents=tuple(found)) for words, found in _grouped(said)]


def _downloads(headers: Sequence[Metadata], files: Mapping[str, bytes]) -> Iterable[Download]:
    for header in headers:
        for path, kind in ((f"tei/{header.id}.xml", "TEI"), (f"{header.id}.txt", "text")):
            yield _download(path, header.title or header.id, kind, files[path])
    for path, data in files.items():
        if path.startswith("schema/"):
            yield _download(path, "", "schema", data)


def _download(path: str, title: str, kind: str, data: bytes) -> Download:
    digest = hashlib.sha256(data).hexdigest()
    return Download(path=path, title=title, kind=kind, bytes=len(data), sha256=digest)


def _compared(header: Metadata, found: "Certificate") -> Compared:
    differences = found.fidelity.differences if found.fidelity else ()
    return Compared(
        document=header,
        certificate=found,
        differences=tuple(one.message for one in differences[:_MOST_DIFFERENCES]),
        more=max(0, len(differences) - _MOST_DIFFERENCES),
    )
