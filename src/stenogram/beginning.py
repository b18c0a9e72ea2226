"""Beginning an edition: its folders, its configuration, its schema."""

from pathlib import Path

from stenogram.config import FILE_NAME
from stenogram.errors import ProjectError
from stenogram.resources import SHIPPED, read_bytes, write_whole

_CONFIGURATION = """\
# This file marks the folder as an edition made with stenogram.
# Every setting is described in docs/configuration.md of the toolkit.

[edition]
# Stands at the head of the index page.
title = "Untitled edition"
# Who answers for the edition; part of every citation.
publisher = ""
# Where the web edition will stand, e.g. "https://www.example.org/records".
url = ""

[import]
# Language of the transcripts, e.g. "fr"; without this setting it is told from the words.
# language = ""
# Words whose full stop does not end a line; without this setting, those of the language.
# abbreviations = ["Mr", "Mrs", "Dr", "No"]
# More words of stage directions, each with its type.
# reactions = { hubbub = "noise" }

# Speakers known beforehand, with the labels that mean them.
# [[import.speakers]]
# id = "chair"
# name = "The chair"
# labels = ["CHAIR", "THE CHAIRMAN"]

[text]
# Columns of a row of the plain-text edition, line numbers included.
width = 80
"""
_TRANSFORMS = """\
A file here replaces the file of the same name that comes with stenogram, for example
html/stenogram.css or html/document.html.
"""


def begin_edition(folder: Path) -> None:
    """Make the folders of a new edition.

    Raises ``ProjectError`` if the folder is an edition already or is no folder.
    """
    if (folder / FILE_NAME).exists():
        raise ProjectError(f"{folder} is an edition already; it has a {FILE_NAME}")
    if folder.exists() and not folder.is_dir():
        raise ProjectError(f"{folder} is a file; give the name of a folder")
    schema = SHIPPED / "schema"
    files = {
        folder / FILE_NAME: _CONFIGURATION.encode(),
        folder / "transforms" / "README.txt": _TRANSFORMS.encode(),
    }
    for path in sorted(schema.iterdir()):
        if path.is_file():
            files[folder / "schema" / path.name] = read_bytes(path, ProjectError)
    write_whole(files)
    (folder / "tei" / "sources").mkdir(parents=True, exist_ok=True)
