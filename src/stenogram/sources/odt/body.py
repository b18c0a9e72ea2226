"""What stands in a part of an OpenDocument text: paragraphs, spans and what is in them."""

from collections.abc import Callable, Mapping
from typing import Protocol

from lxml import etree

from stenogram.sources.account import Account
from stenogram.sources.model import HEADING, Annotation, SourceLine
from stenogram.sources.odt.held import words_in
from stenogram.sources.odt.lists import Lists, OpenList
from stenogram.sources.odt.names import number, q
from stenogram.sources.odt.styles import BlockKind, Styles
from stenogram.sources.odt.words import Words, bare_words, signs, spaces
from stenogram.sources.story import Story

_Element = etree._Element
_PASSED_OVER = tuple(
    q(name)
    for name in (
        "text:table-of-content-source text:illustration-index-source "
        "text:table-index-source text:object-index-source text:user-index-source "
        "text:alphabetical-index-source text:bibliography-source text:number text:script "
        "office:forms office:event-listeners office:binary-data office:change-info "
        "svg:title svg:desc table:title table:desc"
    ).split()
)
_NAMED = {
    q("draw:image"): "images",
    q("draw:object-ole"): "embedded objects",
    q("draw:plugin"): "embedded objects",
    q("draw:applet"): "embedded objects",
    q("draw:floating-frame"): "embedded files",
    q("draw:control"): "form fields",
    q("text:script"): "scripts",
}
_SHAPES = tuple(
    q(f"draw:{name}")
    for name in (
        "caption circle connector custom-shape ellipse line measure path polygon polyline rect "
        "regular-polygon text-box"
    ).split()
)


class Document(Protocol):
    """What a reader asks of the document, and tells it."""

    account: Account
    comments: int
    """How many there have been."""

    def begin_pages(self, master: str) -> None:
        """Pages after another master page begin; the first time, those of the whole text."""

    def inserts(self, change: str) -> bool:
        """Whether a recorded change put words in."""

    def deleted(self, change: str) -> str:
        """The words that a recorded change took out."""

    def formula(self, address: str) -> str:
        """The signs of an embedded formula; nothing if something else is embedded."""


class Reader:
    """Reads a part of a document into a story."""

    def __init__(
        self, story: Story, root: _Element, styles: Styles, lists: Lists, document: Document
    ) -> None:
        """``root`` is that of the part; ``styles`` and ``lists`` are those that it uses."""
        self.on_pages = False
        """Whether breaks of pages count: in the text, but not in notes and running heads."""
        self._story = story
        self._root = root
        self._styles = styles
        self._lists = lists
        self._document = document
        self._words = Words(story, styles, document.account)
        self._role = story.role
        self._begun = False
        self._open: list[OpenList] = []
        self._start: str | None = None
        self._label_due = False
        self._boxes: list[_Element] = []
        ends = root.iter(q("office:annotation-end"))
        self._ends = {one.get(q("office:name"), "") for one in ends}
        self._waiting: dict[str, Annotation] = {}
        self._readers: Mapping[object, Callable[[_Element], None]] = {
            **dict.fromkeys(_PASSED_OVER, self._hide),
            **dict.fromkeys((q("text:p"), q("text:h")), self._paragraph),
            **dict.fromkeys((q("text:span"), q("text:a"), q("text:ruby-text")), self._span),
            **dict.fromkeys((q("text:s"), q("text:tab")), lambda one: self._words.add(spaces(one))),
            **dict.fromkeys(_SHAPES, self._hang),
            q("text:line-break"): lambda _: self._story.end_line(),
            q("text:change-start"): self._insertion,
            q("text:change-end"): lambda one: self._words.added.discard(_change(one)),
            q("text:change"): self._deletion,
            q("text:note"): self._note,
            q("office:annotation"): self._comment,
            q("office:annotation-end"): self._comment_end,
            q("text:list"): self._list,
            q("text:list-item"): self._item,
            q("text:numbered-paragraph"): self._numbered,
            q("text:section"): self._section,
            q("text:tracked-changes"): lambda _: None,
            q("table:table"): self._table,
            q("table:covered-table-cell"): self._hidden,
            q("draw:frame"): self._frame,
        }

    def read(self, element: _Element) -> None:
        """Read what an element holds, and the text boxes that hang on it."""
        self._inside(element)
        self._read_boxes()

    def finish(self) -> list[SourceLine]:
        """End the story, and give its lines."""
        for annotation in self._waiting.values():
            self._story.annotate(annotation)
        self._story.close()
        return self._story.lines

    def _inside(self, element: _Element) -> None:
        self._words.typed(element.text)
        for child in element:
            if child.tag in _NAMED:
                self._document.account.leave(_NAMED[str(child.tag)])
            self._readers.get(child.tag, self._inside)(child)
            self._words.typed(child.tail)

    def _paragraph(self, paragraph: _Element) -> None:
        style = paragraph.get(q("text:style-name"), "")
        kind = self._styles.kind("paragraph", style)
        self._begin_block(kind)
        is_heading = (paragraph.tag == q("text:h") or kind.is_heading) and not self._role
        self._story.role = HEADING if is_heading else self._role
        label = self._label(paragraph, kind)
        self._document.account.make(label)
        self._story.add(label)
        self._words.begin_paragraph(style, is_heading=is_heading)
        self._inside(paragraph)
        self._words.end_paragraph()
        self._story.end_line()
        self._read_boxes()
        if kind.ends_page and self.on_pages:
            self._story.begin_page()

    def _begin_block(self, kind: BlockKind) -> None:
        if not self.on_pages:
            return
        if kind.master or not self._begun:
            self._document.begin_pages(kind.master)
        elif kind.begins_page:
            self._story.begin_page()
        self._begun = True

    def _label(self, paragraph: _Element, kind: BlockKind) -> str:
        """The number or bullet before a paragraph."""
        due, self._label_due = self._label_due, False
        start, self._start = self._start, None
        label = ""
        if self._open and due:
            label = self._lists.label(self._open[-1], len(self._open), start)
        elif not self._open and paragraph.tag == q("text:h") and kind.list != "":
            label = self._lists.of_heading(paragraph)
        typed = paragraph.find(q("text:number"))
        return label if typed is None else f"{typed.text or ''} "

    def _span(self, span: _Element) -> None:
        self._words.begin_span(span)
        self._inside(span)
        self._words.end_span(span)

    def _insertion(self, begin: _Element) -> None:
        if self._document.inserts(_change(begin)):
            self._words.added.add(_change(begin))

    def _deletion(self, change: _Element) -> None:
        self._story.delete(self._document.deleted(_change(change)))

    def _apart(self, element: _Element | None, author: str = "") -> tuple[SourceLine, ...]:
        """The lines of a note or a comment."""
        if element is None:
            return ()
        story = Story()
        if author:
            self._document.account.make(f"{author}:")
            story.add(f"{author}: ")
        reader = Reader(story, self._root, self._styles, self._lists, self._document)
        reader.read(element)
        return tuple(reader.finish())

    def _note(self, note: _Element) -> None:
        cited = note.find(q("text:note-citation"))
        sign = "" if cited is None else "".join(cited.itertext())
        lines = self._apart(note.find(q("text:note-body")))
        kind = note.get(q("text:note-class"), "footnote")
        self._story.annotate(Annotation(kind=kind, sign=sign.strip(), lines=lines))

    def _comment(self, comment: _Element) -> None:
        self._document.comments += 1
        self._document.account.leave("dates of comments")
        sign = str(self._document.comments)
        author = (comment.findtext(q("dc:creator")) or "").strip()
        author = author or (comment.findtext(q("meta:creator-initials")) or "").strip()
        annotation = Annotation(kind="comment", sign=sign, lines=self._apart(comment, author))
        name = comment.get(q("office:name"), "")
        if name in self._ends:
            self._waiting[name] = annotation
        else:
            self._story.annotate(annotation)

    def _comment_end(self, end: _Element) -> None:
        annotation = self._waiting.pop(end.get(q("office:name"), ""), None)
        if annotation is not None:
            self._story.annotate(annotation)

    def _list(self, element: _Element) -> None:
        outer = self._open
        style = element.get(q("text:style-name"), "")
        if outer:
            inner = OpenList(style or outer[-1].style, outer[-1].counters)
        else:
            inner = self._lists.begin(element, style)
        self._open = [*outer, inner]
        self._inside(element)
        self._open = outer

    def _item(self, item: _Element) -> None:
        self._start = item.get(q("text:start-value"))
        self._label_due = True
        self._inside(item)
        self._label_due = False

    def _numbered(self, paragraph: _Element) -> None:
        outer = self._open
        one = self._lists.numbered(paragraph)
        self._open = [one] * number(paragraph.get(q("text:level")), 1)
        self._item(paragraph)
        self._open = outer

    def _section(self, section: _Element) -> None:
        if section.get(q("text:display")) == "none":
            self._hidden(section)
        else:
            self._inside(section)

    def _hide(self, element: _Element) -> None:
        self._story.hide(words_in(element).strip())

    def _hidden(self, element: _Element) -> None:
        self._story.hide_line(bare_words(element))

    def _table(self, table: _Element) -> None:
        self._begin_block(self._styles.kind("table", table.get(q("table:style-name"), "")))
        self._inside(table)

    def _frame(self, frame: _Element) -> None:
        """Read one of several ways to show the same: a text, an object, or a picture of it."""
        objects = frame.findall(q("draw:object"))
        for child in frame if objects else ():
            if child is not objects[0]:
                self._story.hide(words_in(child).strip())
        for child in () if objects else frame:
            if child.tag in _NAMED:
                self._document.account.leave(_NAMED[str(child.tag)])
            self._readers.get(child.tag, self._inside)(child)
        for one in objects[:1]:
            within = one.find(q("math:math"))
            address = one.get(q("xlink:href"), "")
            self._words.add(self._document.formula(address) if within is None else signs(within))

    def _hang(self, box: _Element) -> None:
        """Leave a text box for the end of its paragraph."""
        self._boxes.append(box)

    def _read_boxes(self) -> None:
        boxes, self._boxes = self._boxes, []
        kept = self._label_due, self._start
        for box in boxes:
            self.read(box)
        self._label_due, self._start = kept


def _change(element: _Element) -> str:
    return element.get(q("text:change-id"), "")
