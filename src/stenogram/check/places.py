"""From a place in the TEI to the line in which it is read."""

from collections.abc import Callable

from lxml import etree

from stenogram.tei.load import TeiDocument
from stenogram.tei.names import SOURCE, XML_ID, tei

_Element = etree._Element
_Position = tuple[int, int]


def source_line_places(document: TeiDocument) -> dict[_Position, str]:
    """For the place of each element of the text, the number of its source line."""
    return _places(document, _begins_source_line)


def citation_line_places(document: TeiDocument) -> dict[_Position, str]:
    """For the place of each element of the text, the id of its citation line."""
    return _places(document, _begins_citation_line)


def _places(
    document: TeiDocument, begins: Callable[[_Element], str | None]
) -> dict[_Position, str]:
    """An element stands in the line of its first words; a line itself in that which it begins."""
    found: dict[_Position, str] = {}
    waiting: list[_Element] = []
    current = ""

    def settle() -> None:
        for element in waiting:
            found[document.position(element)] = current
        waiting.clear()

    for text in document.root.iterchildren(tei("text")):
        for event, element in etree.iterwalk(text, events=("start", "end")):
            if not isinstance(element.tag, str):
                continue
            if event == "start":
                waiting.append(element)
                line = begins(element)
                current = current if line is None else line
                if line is not None or (element.text or "").strip():
                    settle()
            elif (element.tail or "").strip():
                settle()
        settle()
    return found


def _begins_source_line(element: _Element) -> str | None:
    named = element.tag == tei("lb") and element.get("edRef", "").removeprefix("#")
    return element.get("n", "") if named in (SOURCE, "") else None


def _begins_citation_line(element: _Element) -> str | None:
    line = element.tag == tei("seg") and element.get("type") == "line"
    return element.get(XML_ID, "") if line else None
