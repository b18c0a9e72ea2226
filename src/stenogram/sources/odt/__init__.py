"""An OpenDocument text as source lines: what a reader of it sees, top to bottom.

``docs/received-files.md`` says what becomes a line, how lines are counted, and what is left out.
"""

from posixpath import basename

from lxml import etree

from stenogram.errors import SourceError
from stenogram.sources.model import FOOTER, HEADER, Source, SourceLine
from stenogram.sources.odt.body import Reader, signs
from stenogram.sources.odt.lists import Lists
from stenogram.sources.odt.names import q
from stenogram.sources.odt.styles import Styles
from stenogram.sources.odt.words import bare_words
from stenogram.sources.packages import Package, path_from
from stenogram.sources.story import Story, as_source

_Element = etree._Element
_TYPE = b"application/vnd.oasis.opendocument.text"
_TEXT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_BESIDE_MACROS = ("script-lb.xml", "script-lc.xml")
_RUNNING = {
    HEADER: ("style:header", "style:header-left", "style:header-first", "loext:header-first"),
    FOOTER: ("style:footer", "style:footer-left", "style:footer-first", "loext:footer-first"),
}
_USUAL = "Standard"


def is_text_document(package: Package) -> bool:
    """Whether a package is an OpenDocument text, by its type or by what is in it."""
    stated = package.parts.get("mimetype")
    if stated is not None:
        return stated.startswith(_TYPE)
    return b"<office:text" in package.parts.get(_TEXT, b"")


def read_odt(package: Package, data: bytes) -> Source:
    """Read an OpenDocument text.

    Raises ``SourceError`` if it is damaged, protected by a password, or has no words.
    """
    if b"encryption-data" in package.parts.get(_MANIFEST, b""):
        raise SourceError(f"{package.name} is protected by a password; save it without one")
    document = _Document(package)
    lines = document.lines()
    return as_source(package.name, data, lines, document.left_out)


class _Document:
    """An OpenDocument text while it is being read."""

    def __init__(self, package: Package) -> None:
        self.left_out: set[str] = set()
        self.comments = 0
        self._package = package
        self._root = package.xml(_TEXT)
        self._common = package.optional_xml(_STYLES)
        self._lists = Lists(self._common, self._root)
        regions = list(self._root.iter(q("text:changed-region")))
        self._inserting = {_id(one) for one in regions if _has(one, "text:insertion")}
        self._deleting = {_id(one): one for one in regions if _has(one, "text:deletion")}
        if any(_has(one, "text:format-change") for one in regions):
            self.left_out.add("recorded changes of type and layout")
        masters = [] if self._common is None else self._common.iter(q("style:master-page"))
        self._masters = {one.get(q("style:name"), ""): one for one in masters}
        self._master = ""
        self._running: set[tuple[str, ...]] = set()
        self._story = Story()

    def lines(self) -> list[SourceLine]:
        """The lines of the text, with those that stand above and below it."""
        styles = Styles.of(self._common, self._root)
        reader = Reader(self._story, self._root, styles, self._lists, self)
        reader.on_pages = True
        for body in self._root.iterchildren(q("office:body")):
            reader.read(body)
        self._run_along(FOOTER)
        if self._lists.unknown:
            self.left_out.add("the look of numbers, which are given in figures")
        if any(map(_is_macro, self._package.names)):
            self.left_out.add("macros")
        return reader.finish()

    def begin_pages(self, master: str) -> None:
        """Set the feet of the pages before, begin a page, and set its running heads."""
        first = not self._master
        usual = _USUAL if _USUAL in self._masters else next(iter(self._masters), _USUAL)
        if not first:
            self._run_along(FOOTER)
            self._story.begin_page()
        self._master = master or usual
        self._run_along(HEADER)

    def inserts(self, change: str) -> bool:
        """Whether a recorded change put words in."""
        if change in self._inserting:
            self.left_out.add("authors and dates of changes")
        return change in self._inserting

    def deleted(self, change: str) -> str:
        """The words that a recorded change took out."""
        region = self._deleting.get(change)
        if region is None:
            return ""
        self.left_out.add("authors and dates of changes")
        if next(region.iter(q("text:note"), q("office:annotation")), None) is not None:
            self.left_out.add("notes in words that were taken out")
        return bare_words(region)

    def formula(self, address: str) -> str:
        """The signs of an embedded formula; nothing if something else is embedded."""
        name = path_from("", f"{address}/{_TEXT}")
        root = self._package.optional_xml(name)
        if root is not None and root.tag == q("math:math"):
            self.left_out.add("the layout of formulas")
            return signs(root)
        is_chart = root is not None and next(root.iter(q("chart:chart")), None) is not None
        self.left_out.add("charts" if is_chart else "embedded objects")
        return ""

    def _run_along(self, role: str) -> None:
        """Set the running heads, or feet, of the pages that follow, each wording once."""
        if self._common is None:
            return
        styles, lists = Styles.of(self._common), Lists(self._common)
        for one in self._heads(role):
            reader = Reader(Story(role), one, styles, lists, self)
            reader.read(one)
            lines = [line for line in reader.finish() if line.text or line.signs]
            wording = (role, *(line.typed for line in lines))
            if wording not in self._running:
                self._running.add(wording)
                self._story.insert(lines)

    def _heads(self, role: str) -> list[_Element]:
        """The running heads, or feet, of the master page and of those that follow after it."""
        found: list[_Element] = []
        seen: set[str] = set()
        name = self._master
        while name in self._masters and name not in seen:
            seen.add(name)
            master = self._masters[name]
            found += [one for kind in _RUNNING[role] for one in master.findall(q(kind))]
            name = master.get(q("style:next-style-name"), "")
        return [one for one in found if one.get(q("style:display")) != "false"]


def _id(region: _Element) -> str:
    return region.get(q("text:id")) or region.get(q("xml:id")) or ""


def _has(region: _Element, name: str) -> bool:
    return region.find(q(name)) is not None


def _is_macro(name: str) -> bool:
    folder, _, file = name.partition("/")
    return folder in ("Basic", "Scripts") and bool(file) and basename(name) not in _BESIDE_MACROS
