"""Names of elements and attributes in the parts of a Word document (ECMA-376, ISO 29500)."""

from lxml import etree

_OFFICE = "http://schemas.openxmlformats.org"
WORD = f"{_OFFICE}/wordprocessingml/2006/main"
MATHS = f"{_OFFICE}/officeDocument/2006/math"
DRAWING = f"{_OFFICE}/drawingml/2006/main"
CHART = f"{_OFFICE}/drawingml/2006/chart"
DIAGRAM = f"{_OFFICE}/drawingml/2006/diagram"
PICTURE = f"{_OFFICE}/drawingml/2006/picture"
IN_OFFICE = f"{_OFFICE}/officeDocument/2006/relationships"
IN_PACKAGE = f"{_OFFICE}/package/2006/relationships"
COMPATIBILITY = f"{_OFFICE}/markup-compatibility/2006"
VML, VML_OFFICE = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"

_STRICT = "http://purl.oclc.org/ooxml"
# ISO 29500 Strict gives the same elements other names.
_SAME = {
    f"{_STRICT}/wordprocessingml/main": WORD,
    f"{_STRICT}/officeDocument/math": MATHS,
    f"{_STRICT}/drawingml/main": DRAWING,
    f"{_STRICT}/drawingml/chart": CHART,
    f"{_STRICT}/drawingml/diagram": DIAGRAM,
    f"{_STRICT}/drawingml/picture": PICTURE,
    f"{_STRICT}/officeDocument/relationships": IN_OFFICE,
}


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{WORD}}}{name}"


def r(name: str) -> str:
    """The full name of an attribute that leads to another part."""
    return f"{{{IN_OFFICE}}}{name}"


def value(element: etree._Element | None, child: str, attribute: str = "val") -> str:
    """What a child says, e.g. ``<w:pStyle w:val="…"/>``; nothing if it is not there."""
    found = None if element is None else element.find(w(child))
    return "" if found is None else found.get(w(attribute), "")


def number(said: str, otherwise: int) -> int:
    """A whole number of a sensible size, or else another."""
    bare = said.strip().removeprefix("-")
    return int(said) if bare.isascii() and bare.isdecimal() and len(bare) < 10 else otherwise


def is_on(element: etree._Element) -> bool:
    """Whether a property that is on or off is on (ECMA-376, ST_OnOff)."""
    return element.get(w("val"), "1") not in ("0", "false", "off")


def as_transitional(root: etree._Element) -> etree._Element:
    """A part of the strict kind under the names of the usual kind."""
    if not any(one in _SAME for one in root.nsmap.values()):
        return root
    for element in root.iter(etree.Element):
        element.tag = _same(str(element.tag))
        for name, said in element.items():
            if _same(str(name)) != name:
                del element.attrib[name]
                element.set(_same(str(name)), said)
    return root


def _same(name: str) -> str:
    space, _, local = name[1:].rpartition("}")
    return f"{{{_SAME[space]}}}{local}" if space in _SAME else name
