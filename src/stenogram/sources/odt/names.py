"""Names of elements and attributes in the parts of an OpenDocument text (ISO 26300)."""

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = {
    "office": f"{_OASIS}:office:1.0",
    "text": f"{_OASIS}:text:1.0",
    "style": f"{_OASIS}:style:1.0",
    "table": f"{_OASIS}:table:1.0",
    "draw": f"{_OASIS}:drawing:1.0",
    "chart": f"{_OASIS}:chart:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}:svg-compatible:1.0",
    "meta": f"{_OASIS}:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "math": "http://www.w3.org/1998/Math/MathML",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def q(name: str) -> str:
    """The full name of ``text:p`` and the like."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def number(said: str | None, otherwise: int) -> int:
    """A whole number of a sensible size, or else another."""
    sensible = said is not None and said.isascii() and said.isdecimal() and len(said) < 10
    return int(said or "") if sensible else otherwise
