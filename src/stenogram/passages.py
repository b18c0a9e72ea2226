"""Passages of an edition: from a citation as somebody wrote it to the lines themselves."""

from stenogram.build import load_document
from stenogram.editions import Document
from stenogram.errors import CitationError
from stenogram.lines.citation import Passage, parse_citation, resolve
from stenogram.lines.rows import line_rows
from stenogram.lines.styles import STYLES, Cited
from stenogram.project import Project
from stenogram.tei.views import View, in_view


def find_passage(project: Project, citation: str, view: View) -> Cited:
    """The lines that a citation names, with what is needed to cite them.

    Raises ``CitationError`` if it is no citation or names lines that are not there,
    ``ProjectError`` if there is no such document.
    """
    parsed = parse_citation(citation)
    document = load_document(project, project.choose((parsed.document,))[0])
    return Cited(
        passage=_passage(document, citation, view),
        metadata=document.metadata,
        base_url=project.config.edition.url,
    )


def numbered_rows(passage: Passage) -> list[str]:
    """A passage as plain text: a row for each line, with its number and label."""
    width = max(len(line.n) for line in passage.lines)
    rows = []
    turn = ""
    for line in passage.lines:
        label = f"{line.label} " if line.label and line.turn != turn else ""
        turn = line.turn
        rows.append(f"{line.n.rjust(width)}  {label}{line.words}")
    return rows


def formatted(cited: Cited, style: str) -> str:
    """A citation in a style.

    Raises ``CitationError`` for a style that is not known, naming those that are.
    """
    if style not in STYLES:
        raise CitationError(f'There is no style "{style}"; there are: {", ".join(STYLES)}')
    return STYLES[style](cited)


def _passage(document: Document, citation: str, view: View) -> Passage:
    rows = list(line_rows(in_view(document.events(), view)))
    return resolve(parse_citation(citation), rows)
