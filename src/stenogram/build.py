"""Building: every edition in memory first, then onto disk whole, or compared with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from stenogram.editions import FORMATS, Document, Settings
from stenogram.editions.document import document
from stenogram.errors import DifferenceError, OutputError, XmlError
from stenogram.project import Project
from stenogram.resources import SHIPPED, read_bytes, write_whole
from stenogram.tei.load import load


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build wrote."""

    formats: tuple[str, ...]
    documents: int
    files: int


def build(project: Project, formats: Sequence[str], *, check_only: bool = False) -> Built:
    """Write editions into ``output/``, or only compare them with what is there.

    Raises ``XmlError`` if a document cannot be read, ``OutputError`` if a file cannot be
    written, ``DifferenceError`` (with ``check_only``) if one differs; then nothing has
    been changed.
    """
    chosen = tuple(dict.fromkeys(formats)) or tuple(FORMATS)
    for name in chosen:
        if name not in FORMATS:
            raise OutputError(f'There is no format "{name}"; there are: {", ".join(FORMATS)}')
    documents = [load_document(project, name) for name in project.choose(())]
    if "html" in chosen:
        documents = [_certified(project, one) for one in documents]
    settings = Settings(
        config=project.config,
        transforms=project.transforms,
        schema=SHIPPED / "schema",
    )
    files = {
        project.output / name / path: data
        for name in chosen
        for path, data in FORMATS[name](documents, settings).items()
    }
    _refuse_alike(project, files)
    if check_only:
        _compare(project, files, chosen)
    else:
        write_whole(files)
    return Built(formats=chosen, documents=len(documents), files=len(files))


def _certified(project: Project, document: Document) -> Document:
    from stenogram.check.certificate import certificate

    return replace(document, certificate=certificate(project, document.tei))


def known_formats() -> list[str]:
    """The names of all formats."""
    return list(FORMATS)


def load_document(project: Project, name: str) -> Document:
    """Read a document for publication.

    Raises ``XmlError`` if it is not well-formed or its id is not its file name.
    """
    path = project.tei_path(name)
    loaded = document(load(read_bytes(path, XmlError), project.name_of(path)))
    if loaded.id != name:
        raise XmlError(
            f'{project.name_of(path)} has the id "{loaded.id}"; '
            "make TEI/@xml:id and the file name equal"
        )
    return loaded


def _refuse_alike(project: Project, files: Mapping[Path, bytes]) -> None:
    """Raise ``OutputError`` if two files are one where capitals do not count."""
    seen: dict[str, Path] = {}
    for path in sorted(files):
        other = seen.setdefault(str(path).casefold(), path)
        if other != path:
            raise OutputError(
                f"{project.name_of(other)} and {project.name_of(path)} would be the same file "
                "on many computers; rename one of the documents"
            )


def _compare(project: Project, files: dict[Path, bytes], formats: Sequence[str]) -> None:
    """Raise ``DifferenceError`` naming every file that differs, is missing or is left over."""
    wrong = [
        f"{project.name_of(path)} {'differs' if path.is_file() else 'is missing'}"
        for path, data in sorted(files.items())
        if not path.is_file() or path.read_bytes() != data
    ]
    for name in formats:
        for path in sorted((project.output / name).rglob("*")):
            if path.is_file() and path not in files:
                wrong.append(f"{project.name_of(path)} belongs to no document")
    if wrong:
        raise DifferenceError(
            "\n".join(["output/ is not what stenogram build would write:", *wrong])
        )
