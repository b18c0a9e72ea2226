"""What every format is written from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stenogram.config import Config
from stenogram.tei.events import Event
from stenogram.tei.load import TeiDocument
from stenogram.tei.metadata import Metadata, read_metadata
from stenogram.tei.read import reading_events

if TYPE_CHECKING:  # The check takes long to load, and only a build asks for it.
    from stenogram.check.certificate import Certificate

Files = Mapping[str, bytes]
"""Contents by path below the format's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of the edition, ready to be written."""

    tei: TeiDocument
    metadata: Metadata
    certificate: "Certificate | None" = None
    """How it stands to the file that it was made from; nothing if nobody has asked."""

    @property
    def id(self) -> str:
        """Its id, which is also the name of its files."""
        return self.metadata.id

    def events(self) -> Iterator[Event]:
        """Its text as reading events, both readings of every passage."""
        return reading_events(self.tei.root)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the formats need to know of the edition."""

    config: Config
    transforms: tuple[Path, ...]
    """Folders with templates and styles; a file in an earlier one hides that in a later."""
    schema: Path
    """Folder of the schema, which travels with the TEI."""


def document(tei: TeiDocument) -> Document:
    """A parsed document with the facts of its header."""
    return Document(tei=tei, metadata=read_metadata(tei.root))
