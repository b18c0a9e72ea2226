"""Writing XML as text: elements, attributes, escaping, indentation outside mixed content.

The document is written, not serialised from a tree, so that white space stands only
where it means nothing (``lxml.etree.indent`` would change the text of lines).
"""

from xml.sax.saxutils import escape, quoteattr

from stenogram.tei.names import SOURCE

__all__ = ["attributes", "block", "element", "escape", "source_line"]


def attributes(values: dict[str, str]) -> str:
    """Attributes as they stand in a tag; those without a value are left out."""
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items() if value)


def element(name: str, values: dict[str, str], content: str = "") -> str:
    """An element in one piece; ``content`` is markup already."""
    start = f"<{name}{attributes(values)}"
    return f"{start}>{content}</{name}>" if content else f"{start}/>"


def block(name: str, values: dict[str, str], children: list[str]) -> str:
    """An element with its children on lines of their own, indented."""
    if not children:
        return element(name, values)
    inner = "\n".join(indented(child) for child in children)
    return f"<{name}{attributes(values)}>\n{inner}\n</{name}>"


def indented(markup: str) -> str:
    """Markup moved two columns to the right.

    Only structure is ever broken into lines, so no line of this markup begins in
    the middle of mixed content.
    """
    return "\n".join(f"  {line}" for line in markup.split("\n"))


def source_line(number: int, *, within_word: bool = False) -> str:
    """The ``lb`` that begins a line of the received file."""
    values = {"edRef": f"#{SOURCE}", "n": str(number), "break": "no" if within_word else ""}
    return element("lb", values)
