"""A debate in Akoma Ntoso (OASIS LegalDocML 1.0, and its forerunners): a structured source.

``docs/received-files.md`` says what its elements become. The lines are those of the XML file.
"""

from stenogram.errors import SourceError
from stenogram.sources.akoma_ntoso.parser import parse
from stenogram.sources.akoma_ntoso.sheet import Sheet
from stenogram.sources.akoma_ntoso.survey import Survey
from stenogram.sources.folding import TypedLine
from stenogram.sources.model import KnownSpeaker
from stenogram.sources.text import split_lines

LARGEST = 100 * 1024 * 1024
"""Characters of a debate."""


def debate_lines(
    name: str, text: str
) -> tuple[list[TypedLine], tuple[KnownSpeaker, ...], tuple[str, ...]]:
    """The lines of a debate, who speaks each of its turns, and what in it is no text.

    Raises ``SourceError`` for XML that is no debate, not well-formed or beyond the limits, and for
    a document type declaration.
    """
    if len(text) > LARGEST:
        raise SourceError(f"{name} is larger than {LARGEST >> 20} MB; split it into parts")
    typed = split_lines(text)
    xml = "\n".join(typed)
    survey = Survey(name)
    parse(name, xml, survey)
    sheet = Sheet(survey)
    parse(name, xml, sheet)
    return sheet.lines(len(typed)), tuple(survey.turns), tuple(sorted(sheet.left_out))
