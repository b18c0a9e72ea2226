"""An edition on disk: its folder, its configuration, its documents."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from stenogram.config import FILE_NAME, Config, read_config
from stenogram.errors import ConfigError, ProjectError
from stenogram.resources import SHIPPED, read_bytes

_DOCUMENT_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))}
_LONGEST_ID = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One edition: the folder that holds ``stenogram.toml``, and what the file says."""

    root: Path
    config: Config

    def tei_path(self, document: str) -> Path:
        """Where the TEI of a document stands."""
        return self.root / "tei" / f"{document}.xml"

    def decisions_path(self, document: str) -> Path:
        """Where the importer's decisions about a document stand."""
        return self.root / "tei" / f"{document}.decisions.toml"

    @property
    def sources(self) -> Path:
        """The folder of the files as received."""
        return self.root / "tei" / "sources"

    @property
    def conventions(self) -> Path:
        """The folder of conventions of the edition's own."""
        return self.root / "conventions"

    @property
    def output(self) -> Path:
        """The folder that ``build`` writes."""
        return self.root / "output"

    @property
    def transforms(self) -> tuple[Path, ...]:
        """Folders of templates and styles: the edition's own, then those of the toolkit."""
        return self.root / "transforms", SHIPPED / "transforms"

    def name_of(self, path: Path) -> str:
        """A path as the user knows it: relative to the edition where it lies inside."""
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return str(path)

    def documents(self) -> list[str]:
        """The ids of all documents, in order; files that macOS leaves beside others are none."""
        files = (self.root / "tei").glob("*.xml")
        found = sorted(path.stem for path in files if not path.name.startswith("._"))
        for document in found:
            check_document_id(document)
        return found

    def refuse_twin(self, document: str) -> None:
        """Refuse an id that some file systems take for that of another document."""
        for other in self.documents():
            if other != document and other.casefold() == document.casefold():
                raise ProjectError(
                    f'"{document}" differs from the document "{other}" in capitals only; '
                    "give another id with --id"
                )

    def choose(self, wanted: tuple[str, ...]) -> list[str]:
        """The documents that were asked for: all of them if none was named."""
        documents = self.documents()
        for document in wanted:
            if document not in documents:
                known = ", ".join(documents) or "none yet"
                raise ProjectError(f'There is no document "{document}" here; there are: {known}')
        if not documents:
            raise ProjectError(
                "This edition has no document yet; add one with: stenogram import FILE"
            )
        return list(dict.fromkeys(wanted)) or documents


def open_project(start: Path) -> Project:
    """The edition that ``start`` lies in: this folder or the nearest above it."""
    for folder in (start.resolve(), *start.resolve().parents):
        path = folder / FILE_NAME
        if path.is_file():
            return Project(root=folder, config=read_config(read_bytes(path, ConfigError)))
    raise ProjectError(
        f"No {FILE_NAME} here or in any folder above; start an edition with: stenogram init FOLDER"
    )


def check_document_id(name: str) -> None:
    """Refuse an id that is not safe as file name, XML id and web address everywhere."""
    stem = name.split(".")[0].casefold()
    if not _DOCUMENT_ID.fullmatch(name) or len(name) > _LONGEST_ID or stem in _DEVICES:
        shown = name if len(name) <= _LONGEST_ID else f"{name[:40]}…"
        shown = "".join(sign if sign.isprintable() else "�" for sign in shown)
        raise ProjectError(
            f'"{shown}" cannot be a document id; use a letter, then letters, digits and hyphens '
            f"(at most {_LONGEST_ID} signs, and no device such as con), e.g. council-1956-11-04"
        )


def document_id_from(file_name: str) -> str:
    """A document id made from the name of a received file.

    Raises ``ProjectError`` where nothing usable is left, asking for ``--id``.
    """
    plain = unicodedata.normalize("NFKD", file_name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
    if slug[:1].isdigit() or slug in _DEVICES:
        slug = f"doc-{slug}"
    if not slug or len(slug) > _LONGEST_ID:
        raise ProjectError(f'No id can be made from "{file_name}"; give one with --id')
    check_document_id(slug)
    return slug
