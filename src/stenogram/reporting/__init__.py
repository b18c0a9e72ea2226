"""The report for reading: received file and edition side by side, on one page of HTML."""

import base64
import hashlib
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from stenogram.check import Checked
from stenogram.editions.templates import asset, templates
from stenogram.project import Project
from stenogram.reporting.page import document_report
from stenogram.sources.text import split_lines

__all__ = ["html_report"]

_UNSEEN: Mapping[int, str] = {
    **{number: chr(0x2400 + number) for number in range(0x20) if chr(number) not in "\t\n"},
    0x7F: "\u2421",
    **dict.fromkeys((*range(0x80, 0xA0), 0xFFFE, 0xFFFF), "\ufffd"),
    **{number: f"&#x{number:X};" for number in (*range(0x2028, 0x202F), *range(0x2066, 0x206A))},
}
"""Control characters, which HTML may not hold, as signs that can be seen; what divides lines
or turns words round as references, since the page may be printed to a terminal."""


def html_report(project: Project, checked: Sequence[Checked]) -> bytes:
    """One page that needs nothing beside it: UTF-8, style inside, no script, no request."""
    # Browsers compute the hash of a style with its line ends as line feeds.
    style = "\n".join(split_lines(asset(project.transforms, "report", "report.css").decode()))
    page = (
        templates(project.transforms, "report")
        .get_template("report.html")
        .render(
            edition=project.config.edition,
            documents=[document_report(project, document) for document in checked],
            style=Markup(style),  # noqa: S704  # a file of the edition or of the toolkit
            style_hash=_hash(style),
        )
    )
    return page.lstrip().translate(_UNSEEN).encode("utf-8", "backslashreplace")


def _hash(style: str) -> str:
    """What the page's policy knows its style by."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
