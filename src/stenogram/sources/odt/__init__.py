"""An OpenDocument text as source lines: what a reader of it sees, top to bottom.

``docs/received-files.md`` says what becomes a line, how lines are counted, and what is left out.
"""

from collections.abc import Mapping
from posixpath import basename

from lxml import etree

from stenogram.errors import SourceError
from stenogram.sources.account import Account
from stenogram.sources.model import FOOTER, HEADER, Source, SourceLine
from stenogram.sources.odt.body import Reader
from stenogram.sources.odt.held import words_by_part, words_in
from stenogram.sources.odt.lists import Lists
from stenogram.sources.odt.names import q
from stenogram.sources.odt.styles import Styles
from stenogram.sources.odt.words import bare_words, signs
from stenogram.sources.packages import Package, path_from
from stenogram.sources.running import RunningHeads
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
    held = words_by_part(package)
    document = _Document(package, held)
    lines = document.lines()
    document.account.settle(package.name, held.values(), lines)
    return as_source(package.name, data, lines, document.account.left_out)


class _Document:
    """An OpenDocument text while it is being read."""

    def __init__(self, package: Package, held: Mapping[str, str]) -> None:
        self.account = Account()
        self._held = held
        self.comments = 0
        self._package = package
        self._root = package.xml(_TEXT)
        self._common = package.optional_xml(_STYLES)
        self._lists = Lists(self._common, self._root)
        regions = list(self._root.iter(q("text:changed-region")))
        self._inserting = {_id(one) for one in regions if _has(one, "text:insertion")}
        self._deleting = {_id(one): one for one in regions if _has(one, "text:deletion")}
        if any(_has(one, "text:format-change") for one in regions):
            self.account.leave("recorded changes of type and layout")
        masters = [] if self._common is None else self._common.iter(q("style:master-page"))
        self._masters = {one.get(q("style:name"), ""): one for one in masters}
        self._master = ""
        self._heads_read: set[_Element] = set()
        self._formulas: set[str] = set()
        self._story = Story()
        self._running = RunningHeads(self._story, self.account)

    def lines(self) -> list[SourceLine]:
        """The lines of the text, with those that stand above and below it."""
        styles = Styles.of(self._common, self._root)
        reader = Reader(self._story, self._root, styles, self._lists, self)
        reader.on_pages = True
        for body in self._root.iterchildren(q("office:body")):
            reader.read(body)
        self._run_along(FOOTER)
        if self._lists.unknown:
            self.account.leave("the look of numbers, which are given in figures")
        if any(map(_is_macro, self._package.names)):
            self.account.leave("macros")
        reader.finish()
        self._keep_unread()
        return self._story.lines

    def _keep_unread(self) -> None:
        """Keep the words that stand in the file, but nowhere in the text."""
        for region in self._deleting.values():
            self._story.hide_line(bare_words(region))
        for told in self._root.iter(q("office:change-info")):
            self._story.hide_line(words_in(told))
        for head in (head for master in self._masters.values() for head in master):
            if head not in self._heads_read:
                self._story.hide_line(words_in(head))
        for name, words in self._held.items():
            if name not in (_TEXT, _STYLES, *self._formulas):
                self.account.leave("embedded objects", words)

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
            self.account.leave("authors and dates of changes")
        return change in self._inserting

    def deleted(self, change: str) -> str:
        """The words that a recorded change took out."""
        region = self._deleting.pop(change, None)
        if region is None:
            return ""
        self.account.leave("authors and dates of changes")
        return bare_words(region)

    def formula(self, address: str) -> str:
        """The signs of an embedded formula; nothing if something else is embedded."""
        name = path_from("", f"{address}/{_TEXT}")
        root = self._package.optional_xml(name)
        if root is not None and root.tag == q("math:math"):
            self.account.leave("the layout of formulas")
            shown = signs(root)
            self.account.make(shown if name in self._formulas else "")
            self._formulas.add(name)
            return shown
        is_chart = root is not None and next(root.iter(q("chart:chart")), None) is not None
        self.account.leave("charts" if is_chart else "embedded objects")
        return ""

    def _run_along(self, role: str) -> None:
        """Set the running heads, or feet, of the pages that follow, each wording once."""
        if self._common is None:
            return
        styles, lists = Styles.of(self._common), Lists(self._common)
        for one in self._heads(role):
            if one in self._heads_read:
                continue
            self._heads_read.add(one)
            reader = Reader(Story(role), one, styles, lists, self)
            reader.read(one)
            self._running.set(role, reader.finish())

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
