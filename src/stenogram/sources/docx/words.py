"""Words on their way from a Word document into a story: how they are typed."""

from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from stenogram.sources.docx.fields import Fields
from stenogram.sources.docx.names import w
from stenogram.sources.docx.styles import Face, ParagraphKind, Styles
from stenogram.sources.model import TypeChange
from stenogram.sources.story import Story, is_safe_address
from stenogram.sources.symbols import as_seen, is_private, sign_at

_Element = etree._Element


class Words:
    """Puts words into a story, and remembers what they stand in."""

    def __init__(self, story: Story, styles: Styles, left_out: set[str], fields: Fields) -> None:
        """``left_out`` takes what is no text; ``fields`` are those of the part."""
        self.fields = fields
        self._story = story
        self._styles = styles
        self._left_out = left_out
        self._kind = ParagraphKind()
        self._is_heading = False
        self._face = Face()
        self._added = self._deleted = self._above = 0
        self._links: list[str] = []

    @property
    def are_hidden(self) -> bool:
        """Whether what stands here is hidden; then that is said."""
        if self._face.is_hidden:
            self._left_out.add("hidden text")
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
            self._left_out.add("authors and dates of changes")
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
        if not words or self.fields.hide_words or (words.strip() and self.are_hidden):
            return
        words = as_seen(words, self._face.font)
        if self._deleted:
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
        sign = as_seen(sign_at(symbol.get(w("char"), "")), font)
        if not sign or is_private(sign):
            self._left_out.add(f"the look of signs in the font {font}")
        return sign

    def seen(self, text: str) -> str:
        """Words as the font shows them."""
        return as_seen(text, self._face.font)

    def name_target(self, target: str | None) -> None:
        """Say it, if a link is one that no edition can have."""
        if target == "":
            self._left_out.add("links to places in the document")
        elif target is not None and not is_safe_address(target):
            self._left_out.add("addresses of links that no web page may have")

    def _type(self) -> TypeChange:
        faces = self._face.faces
        target = self._links[-1] if self._links else self.fields.target
        if target is not None:
            faces = tuple(face for face in faces if face != "underline")
        if self._above and "superscript" not in faces:
            faces = tuple(sorted((*faces, "superscript")))
        return TypeChange(faces, bool(self._added), target or "")
