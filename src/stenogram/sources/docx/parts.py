"""The parts of a Word document, and how they lead to each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import basename, dirname

from lxml import etree

from stenogram.errors import SourceError
from stenogram.sources.docx.names import IN_PACKAGE, as_transitional
from stenogram.sources.packages import Package, path_from

_Element = etree._Element
_RELATIONSHIP = f"{{{IN_PACKAGE}}}Relationship"


@dataclass(frozen=True, slots=True)
class Relationship:
    """How a part leads to another, or to somewhere else."""

    kind: str
    """The last word of its type, e.g. ``footnotes`` or ``hyperlink``."""
    target: str
    """The name of a part, or an address."""
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document, parsed."""

    name: str
    root: _Element
    leads_to: Mapping[str, Relationship]
    """By id."""


@dataclass(frozen=True, slots=True)
class Parts:
    """All parts of a document."""

    package: Package
    main: str
    """Name of the part that holds the text."""
    leads_to: Mapping[str, Relationship]

    @classmethod
    def of(cls, package: Package) -> "Parts":
        """Find the text of a document; raises ``SourceError`` if it is not there."""
        main = main_part(package)
        if not main:
            raise SourceError(
                f"{package.name} is damaged: it holds no text; open it in Word, and save it again"
            )
        return cls(package, main, _relationships(package, main))

    def named(self, kind: str) -> Part | None:
        """The part of some kind that the text leads to, if there is one."""
        found = [one for one in self.leads_to.values() if one.kind == kind and not one.is_outside]
        return self.at(found[0].target) if found else None

    def root_of(self, kind: str) -> _Element | None:
        """The same, without how it leads to others."""
        part = self.named(kind)
        return None if part is None else part.root

    def at(self, name: str) -> Part:
        """The part of that name."""
        root = as_transitional(self.package.xml(name))
        return Part(name, root, _relationships(self.package, name))


def main_part(package: Package) -> str:
    """Name of the part that holds the text; nothing if this is no Word document."""
    found = _relationships(package, "")
    names = [one.target for one in found.values() if one.kind == "officeDocument"]
    names = [name for name in names if name.startswith("word/") or "document" in basename(name)]
    return next((name for name in [*names, "word/document.xml"] if name in package.parts), "")


def _relationships(package: Package, part: str) -> dict[str, Relationship]:
    folder = dirname(part)
    root = package.optional_xml(path_from(folder, f"_rels/{basename(part)}.rels"))
    found = {}
    for one in [] if root is None else root.iter(_RELATIONSHIP):
        target, outside = one.get("Target", ""), one.get("TargetMode") == "External"
        found[one.get("Id", "")] = Relationship(
            kind=basename(one.get("Type", "")),
            target=target if outside else path_from(folder, target),
            is_outside=outside,
        )
    return found
