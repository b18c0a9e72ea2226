"""The certificate of fidelity: what the comparison with the received file came to."""

from dataclasses import dataclass

from stenogram.check import received_source
from stenogram.check.fidelity import Fidelity, compare, received_file
from stenogram.errors import SourceError
from stenogram.project import Project
from stenogram.tei.load import TeiDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """How a document stands to the file that it was made from."""

    file: str = ""
    """The file, as the header names it; empty if it names none."""
    sha256: str = ""
    """Checksum of the file as it was read; empty if it was not."""
    stated: str = ""
    """Checksum that the header states."""
    fidelity: Fidelity | None = None
    """What the comparison found; nothing if there was none."""
    hindrance: str = ""
    """Why there was none, although the header names a file."""

    @property
    def is_other_file(self) -> bool:
        """The file has another checksum than the header says."""
        return bool(self.stated and self.sha256) and self.stated != self.sha256


def certificate(project: Project, document: TeiDocument) -> Certificate:
    """Compare a document with its received file, if that can be done."""
    received = received_file(document.root)
    if received is None:
        return Certificate()
    try:
        source = received_source(project, received)
    except SourceError as error:
        return Certificate(file=received.path, stated=received.sha256, hindrance=str(error))
    return Certificate(
        file=received.path,
        sha256=source.sha256,
        stated=received.sha256,
        fidelity=compare(document, source),
    )
