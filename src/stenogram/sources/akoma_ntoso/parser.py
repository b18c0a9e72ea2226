"""XML as events that know their lines; nothing outside the file is read, nothing is expanded."""

from collections.abc import Mapping
from typing import Protocol
from xml.parsers import expat

from stenogram.errors import SourceError

DEEPEST = 250
"""Elements in elements."""


class Events(Protocol):
    """What is told of a file, in order; lines are counted from 0, names have no namespace."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str, line: int) -> None:
        """Some characters, none of them on another line."""

    def other(self, kind: str) -> None:
        """Something that is no text: ``comments`` or ``processing instructions``."""


def parse(name: str, xml: str, events: Events) -> None:
    """Tell ``events`` of XML.

    Raises ``SourceError`` if it is not well-formed, too deep, or has a document type declaration.
    """
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _refused(name, parser, f"elements are nested deeper than {DEEPEST}")
        events.start(_local(tag), {_local(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        events.end(_local(tag))

    def doctype(*_: object) -> None:
        raise _refused(
            name, parser, "a document type declaration is not allowed; delete <!DOCTYPE …>"
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: events.data(text, parser.CurrentLineNumber - 1)
    parser.CommentHandler = lambda _: events.other("comments")
    parser.ProcessingInstructionHandler = lambda *_: events.other("processing instructions")
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(xml.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        raise SourceError(
            f"{name}:{error.lineno}:{error.offset + 1} is not well-formed XML: {said}; "
            "mend it in an XML editor, or ask for the file again"
        ) from error


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refused(name: str, parser: expat.XMLParserType, why: str) -> SourceError:
    return SourceError(f"{name}:{parser.CurrentLineNumber}: {why}")
