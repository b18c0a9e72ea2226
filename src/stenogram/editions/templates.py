"""Templates and what lies beside them: an edition's own before those of the toolkit."""

from collections.abc import Sequence
from pathlib import Path

import jinja2
from markupsafe import escape

from stenogram import __version__
from stenogram.editions.interface import Interface


def templates(
    transforms: Sequence[Path], kind: str, interface: Interface | None = None
) -> jinja2.Environment:
    """Templates from the folder ``kind`` of each of ``transforms``; the first that has one wins.

    Everything is escaped, and a name that nobody has set is an error. With an ``interface``,
    ``_("…")`` and ``ngettext("…", "…", number)`` are its texts; what comes from a document goes
    through ``interface.gettext`` instead, since ``%`` means nothing in it.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder / kind for folder in transforms]),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["toolkit"] = __version__
    if interface:
        environment.globals["interface"] = interface
        environment.install_gettext_callables(  # type: ignore[attr-defined]
            lambda text: escape(interface.gettext(text)),
            lambda one, several, number: escape(interface.ngettext(one, several, number)),
            newstyle=True,
        )
    return environment


def asset(transforms: Sequence[Path], kind: str, name: str) -> bytes:
    """A file beside the templates, such as a style sheet, as it stands."""
    return next(
        path for folder in transforms if (path := folder / kind / name).is_file()
    ).read_bytes()
