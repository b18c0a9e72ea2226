"""Passages of an edition: from a citation as somebody wrote it to the lines themselves."""

from stenogram.build import load_document
from stenogram.errors import CitationError
from stenogram.lines.citation import parse_citation, resolve
from stenogram.lines.printed import PrintedPlace
from stenogram.lines.rows import line_rows
from stenogram.lines.styles import STYLES, Cited, cite
from stenogram.project import Project
from stenogram.tei.views import CORRECTED, View, in_view


def find_passage(project: Project, citation: str, view: View) -> Cited:
    """The lines that a citation names, with what is needed to cite them.

    Raises ``CitationError`` if it is no citation or names lines that are not there,
    ``ProjectError`` if there is no such document.
    """
    parsed = parse_citation(citation)
    document = load_document(project, project.choose((parsed.document,))[0])
    return Cited(
        passage=resolve(parsed, list(line_rows(in_view(document.events(), view)))),
        metadata=document.metadata,
        base_url=project.config.edition.url,
    )


def numbered_rows(cited: Cited) -> list[str]:
    """A passage as plain text: a row for each line, with its number.

    The label stands where it was typed; where the passage begins inside a turn, or no
    label was typed, the speaker's name stands in the editor's signs. Below stands where in the
    typescript the lines are, and what words stand on the printed lines that were cited.
    """
    lines = cited.passage.lines
    width = max(len(line.n) for line in lines)
    rows = []
    for place, line in enumerate(lines):
        typed = line.label if line.begins_turn else ""
        names = ", ".join(cited.metadata.names.get(person, person) for person in line.who)
        inferred = names and not typed and (place == 0 or line.begins_turn)
        speaker = f"{CORRECTED[0]}{names}{CORRECTED[1]}" if inferred else typed
        rows.append(" ".join(filter(None, (f"{line.n.rjust(width)} ", speaker, line.words))))
    if cited.passage.span:
        rows += ["", f"typescript {cited.passage.span}"]
    places = [_short(printed.place) for printed in cited.passage.printed]
    width = max(map(len, places), default=0)
    for where, printed in zip(places, cited.passage.printed, strict=True):
        rows.append(f"{where.rjust(width)}  {printed.words}")
    return rows


def _short(place: PrintedPlace) -> str:
    return f"{place.page}:{place.line}" if place.page and place.line else str(place)


def formatted(cited: Cited, style: str) -> str:
    """A citation in a style.

    Raises ``CitationError`` for a style that is not known, naming those that are.
    """
    if style not in STYLES:
        raise CitationError(f'There is no style "{style}"; there are: {", ".join(STYLES)}')
    return cite(cited, style)
