"""What stenogram raises when it cannot go on.

A *wrong document* is never an exception: it gives findings (see ``findings``).

    StenogramError            exit code 2
    ├── ConfigError           stenogram.toml cannot be used as it is
    ├── ProjectError          no edition here, or a document that it does not have
    ├── SourceError           a received file that cannot be read as a transcript
    ├── DecisionError         a decisions file, or an answer in it, that cannot be used
    ├── XmlError              XML that cannot be read, or that we refuse to read
    ├── HandEditedError       an import would overwrite what an editor did
    ├── UpdateError           a corrected file cannot be taken into its document
    ├── CitationError         a citation that is none, or that points nowhere
    └── OutputError           an edition cannot be written
        └── DifferenceError   what is on disk is not what would be written: exit code 1
"""


class StenogramError(Exception):
    """One sentence saying what is wrong and what to do; shown as it is."""

    exit_code = 2


class ConfigError(StenogramError):
    """``stenogram.toml`` cannot be used as it is."""


class ProjectError(StenogramError):
    """There is no edition here, or it has no such document."""


class SourceError(StenogramError):
    """A received file cannot be read as a transcript."""


class DecisionError(StenogramError):
    """A decisions file, or an answer in it, cannot be used."""


class XmlError(StenogramError):
    """XML that cannot be read, or that stenogram refuses to read."""

    def __init__(self, message: str, *, line: int = 0, column: int = 0, code: str = "X01") -> None:
        """Keep the place, so that ``check`` can report it as a finding."""
        super().__init__(message)
        self.line = line
        self.column = column
        self.code = code


class HandEditedError(StenogramError):
    """An import would overwrite what an editor did by hand."""


class UpdateError(StenogramError):
    """A corrected received file cannot be taken into its document."""


class CitationError(StenogramError):
    """A citation that is none, or that points to nothing."""


class OutputError(StenogramError):
    """An edition cannot be written."""


class DifferenceError(OutputError):
    """What is on disk is not what would be written; exit code 1."""

    exit_code = 1
