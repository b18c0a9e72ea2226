"""The bibliographic record of a document, from which every style is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from stenogram.lines.citation import Passage
from stenogram.lines.rows import LineRow
from stenogram.tei.metadata import Archive, Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """The lines that are cited, in the forms that styles have for them."""

    spelled: str
    """``line 120`` or ``lines 120–125``."""
    numbers: str
    """``120`` or ``120–125``."""
    first: str
    """Number of the first line."""
    last: str
    """Number of the last line."""
    speaker: str = ""
    """Who speaks all of them, if it is the same in each."""
    typescript: str = ""
    """Where they stand in the typescript, if that is known."""

    @property
    def capital(self) -> str:
        """``Line 120`` or ``Lines 120–125``; a gap ``{lines}`` becomes ``{Lines}``."""
        at = next((at for at, sign in enumerate(self.spelled) if sign.isalpha()), 0)
        return self.spelled[:at] + self.spelled[at : at + 1].upper() + self.spelled[at + 1 :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A document, or lines of it, as a list of references has it; what is unknown is empty."""

    key: str
    """``DOC``, or ``DOC#L0120-L0125``."""
    title: str
    event: str
    """The meeting, where the title does not name it already."""
    event_date: str
    """``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY`` where the header gives it so."""
    event_place: str
    publisher: str
    issued: str
    """When the edition was published, in the same forms."""
    version: str
    """Number of the edition."""
    language: str
    archive: Archive
    """Where the original is kept."""
    address: str
    """The full web address; empty if the edition has none."""
    locator: Locator | None = None
    """Nothing if the whole document is cited."""

    @property
    def where(self) -> str:
        """What leads a reader there: the address, or else the form for machines."""
        return self.address or self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A passage with what is needed to cite it."""

    passage: Passage
    metadata: Metadata
    base_url: str = ""
    """Where the web edition stands; empty: the address is relative."""

    @property
    def address(self) -> str:
        """The web address of the passage."""
        citation = self.passage.citation
        return address(self.base_url, f"{citation.document}.html#{citation.fragment}")

    @property
    def record(self) -> Record:
        """The record of the passage."""
        passage = self.passage
        first, last = passage.lines[0].n, passage.lines[-1].n
        numbers = first if first == last else f"{first}–{last}"
        locator = Locator(
            spelled=f"{'line' if first == last else 'lines'} {numbers}",
            numbers=numbers,
            first=first,
            last=last,
            speaker=_speaker(passage.lines, self.metadata),
            typescript=passage.typescript,
        )
        return record(self.metadata, self.base_url, passage.citation.fragment, locator)


def record(
    metadata: Metadata, base_url: str, fragment: str = "", locator: Locator | None = None
) -> Record:
    """The record of a document or, with ``fragment`` and ``locator``, of lines of it."""
    mark = f"#{fragment}" if fragment else ""
    title = metadata.title or metadata.id
    return Record(
        key=f"{metadata.id}{mark}",
        title=title,
        event="" if metadata.event.casefold() in title.casefold() else metadata.event,
        event_date=metadata.date or metadata.date_text,
        event_place=metadata.place,
        publisher=metadata.publisher,
        issued=metadata.issued or metadata.published,
        version=metadata.edition,
        language=metadata.language,
        archive=metadata.archive,
        address=address(base_url, f"{metadata.id}.html{mark}") if base_url else "",
        locator=locator,
    )


def address(base_url: str, path: str) -> str:
    """A path of the web edition as an address; relative if the edition has none of its own."""
    return f"{base_url.rstrip('/')}/{path}" if base_url else path


def _speaker(lines: Sequence[LineRow], metadata: Metadata) -> str:
    spoken = {line.who for line in lines}
    return ", ".join(metadata.names.get(p, p) for p in spoken.pop()) if len(spoken) == 1 else ""
