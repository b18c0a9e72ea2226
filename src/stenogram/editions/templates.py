"""Templates and what lies beside them: an edition's own before those of the toolkit."""

from collections.abc import Sequence
from pathlib import Path

import jinja2


def templates(transforms: Sequence[Path], kind: str) -> jinja2.Environment:
    """Templates from the folder ``kind`` of each of ``transforms``; the first that has one wins.

    Everything is escaped, and a name that nobody has set is an error.
    """
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder / kind for folder in transforms]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def asset(transforms: Sequence[Path], kind: str, name: str) -> bytes:
    """A file beside the templates, such as a style sheet, as it stands."""
    return next(
        path for folder in transforms if (path := folder / kind / name).is_file()
    ).read_bytes()
