"""Words on their way from a Word document into a story: how they are typed."""

from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from stenogram.sources.account import Account
from stenogram.sources.docx.fields import Fields
from stenogram.sources.docx.names import w
from stenogram.sources.docx.styles import ParagraphKind, Styles
from stenogram.sources.faces import Face
from stenogram.sources.model import TypeChange
from stenogram.sources.story import Story, is_safe_address
from stenogram.sources.symbols import as_seen, is_private, sign_at

_Element = etree._Element


class Words:
    """Puts words into a story, and remembers what they stand in."""

    def __init__(self, story: Story, styles: Styles, account: Account, fields: Fields) -> None:
        """``fields`` are those of the part."""
        self.fields = fields
        self._story = story
        self._styles = styles
        self._account = account
        self._kind = ParagraphKind()
        self._is_heading = False
        self._face = Face()
        self._added = self._deleted = self._above = 0
        self._links: list[str] = []

    @property
    def are_hidden(self) -> bool:
        """Whether no reader sees what stands here."""
        return self._face.is_hidden

    def begin_paragraph(self, kind: ParagraphKind, *, is_heading: bool) -> None:
        """Words of a paragraph follow."""
        self._kind, self._is_heading = kind, is_heading

    @contextmanager
    def run(self, properties: _Element | None) -> Iterator[None]:
        """Words with some properties follow."""
        outer = self._face
        self._face = self._styles.face(self._kind.style, properties, is_heading=self._is_heading)
        yield
        self._face = outer

    @contextmanager
    def change(self, change: _Element) -> Iterator[None]:
        """Words of a recorded change follow: put in, or taken out."""
        if change.get(w("author")) or change.get(w("date")):
            self._account.leave("authors and dates of changes")
        added = change.tag in (w("ins"), w("moveTo"))
        self._added += added
        self._deleted += not added
        yield
        self._added -= added
        self._deleted -= not added

    @contextmanager
    def link(self, target: str | None) -> Iterator[None]:
        """Words follow that lead somewhere: to a place in the document, if it is empty."""
        self.name_target(target)
        outer = self._links
        self._links = outer if target is None else [*outer, target]
        yield
        self._links = outer

    @contextmanager
    def above_others(self) -> Iterator[None]:
        """Words follow that stand above others; they become superior type."""
        self._above += 1
        yield
        self._above -= 1

    @contextmanager
    def apart(self, box: _Element) -> Iterator[None]:
        """Words of a text box follow, which is in nothing else."""
        kept = self.fields, self._added, self._deleted, self._links
        self.fields, self._added, self._deleted, self._links = Fields.of(box), 0, 0, []
        yield
        self.fields, self._added, self._deleted, self._links = kept

    def add(self, words: str) -> None:
        """Take some words."""
        words = self.seen(words)
        if words.strip() and (self.are_hidden or self.fields.hide_words):
            self._story.hide(words)
        elif self._deleted:
            self._story.delete(words)
        else:
            self._story.add(words, self._type())

    def end_line(self, *, page: bool) -> None:
        """A line ends within a paragraph, or a page; if that was taken out, it is a space."""
        if self._deleted:
            self._story.delete(" ")
        elif page:
            self._story.begin_page()
        else:
            self._story.end_line()

    def sign(self, symbol: _Element) -> str:
        """The character that ``w:sym`` means."""
        font = symbol.get(w("font"), "")
        held = sign_at(symbol.get(w("char"), ""))
        sign = self._as_seen(held, font)
        if not sign or is_private(sign):
            self._account.leave(f"the look of signs in the font {font}")
        return sign

    def seen(self, text: str) -> str:
        """Words as the font shows them."""
        return self._as_seen(text, self._face.font)

    def _as_seen(self, held: str, font: str) -> str:
        shown = as_seen(held, font)
        if shown != held:
            self._account.replace(held, shown)
        return shown

    def name_target(self, target: str | None) -> None:
        """Say it, if a link is one that no edition can have."""
        if target == "":
            self._account.leave("links to places in the document")
        elif target is not None and not is_safe_address(target):
            self._account.leave("addresses of links that no web page may have")

    def _type(self) -> TypeChange:
        target = self._links[-1] if self._links else self.fields.target
        return self._face.typed(added=bool(self._added), above=bool(self._above), target=target)
