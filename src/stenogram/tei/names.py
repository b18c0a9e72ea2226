"""Names that TEI documents are made of."""

from lxml import etree

TEI_NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
XML_ID = f"{{{XML_NAMESPACE}}}id"
XML_LANG = f"{{{XML_NAMESPACE}}}lang"

SOURCE = "src"
"""Id of the received file's ``bibl`` in the header; ``lb/@edRef`` points to it."""
EXEMPLAR = "exemplar"
"""Id of the ``bibl`` of the paged text, typescript or print, whose pages and lines were typed."""
TRANSLATOR = "translator"
"""Id of the ``respStmt`` that answers for square brackets, where there was a translator."""
TRANSCRIBER = "transcriber"
"""The same where none is known: whoever took the record down or typed it."""
HANDS = (TRANSLATOR, TRANSCRIBER)
ENCODER = "encoder"
"""Id of the ``respStmt`` that answers for our own corrections and notes."""
ROUND = "round"
"""``gap/@rend``: the words for what is missing were typed in round brackets."""
NONE = "none"
"""``stage/@rend``: no brackets were typed around the stage direction; ``lb/@rend``: nor was the
number of the line."""
SQUARE = "square"
"""``stage/@rend``: the stage direction was typed in square brackets."""

ANNOTATIONS = frozenset({"footnote", "endnote", "comment"})
"""``note/@type``: the received file has it apart from its text."""


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def tei(name: str) -> str:
    """A TEI element's name as lxml writes it."""
    return f"{{{TEI_NAMESPACE}}}{name}"
