"""The sections of a Word document, and the running heads and feet of their pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from stenogram.sources.docx.names import is_on, r, value, w
from stenogram.sources.model import FOOTER, HEADER

_Element = etree._Element
_REFERENCES = ((HEADER, "headerReference"), (FOOTER, "footerReference"))
_ON_THE_SAME_PAGE = frozenset({"continuous", "nextColumn"})


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that are set alike."""

    properties: _Element | None
    begins_page: bool
    running: Sequence[tuple[str, str]]
    """What stands above and below its pages: role, and the id of the part."""

    def parts(self, role: str) -> Iterator[str]:
        """Ids of the parts that are its running heads, or feet."""
        return (part for of, part in self.running if of == role)


def sections(body: _Element, settings: _Element | None) -> list[Section]:
    """The sections of a text, in order: at least one."""
    left_and_right = None if settings is None else settings.find(w("evenAndOddHeaders"))
    kinds = ["default"]
    if left_and_right is not None and is_on(left_and_right):
        kinds.append("even")
    found: list[Section] = []
    running: dict[tuple[str, str], str] = {}
    for properties in body.iter(w("sectPr")):
        parent = properties.getparent()
        if parent is not None and parent.tag == w("sectPrChange"):
            continue
        running = {**running, **_own(properties)}
        first = properties.find(w("titlePg"))
        shown = ["first", *kinds] if first is not None and is_on(first) else kinds
        wanted = [(of, kind) for of, _ in _REFERENCES for kind in shown]
        ids = [(of, running[of, kind]) for of, kind in wanted if (of, kind) in running]
        same_page = value(properties, "type") in _ON_THE_SAME_PAGE
        found.append(Section(properties, bool(found) and not same_page, ids))
    return found or [Section(None, False, ())]


def _own(properties: _Element) -> dict[tuple[str, str], str]:
    return {
        (of, one.get(w("type"), "default")): one.get(r("id"), "")
        for of, name in _REFERENCES
        for one in properties.findall(w(name))
    }
