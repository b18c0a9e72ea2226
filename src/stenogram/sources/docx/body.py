"""What stands in a part of a Word document: paragraphs, runs and what is in them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from lxml import etree

from stenogram.sources.account import Account, characters, words_of
from stenogram.sources.docx.fields import Fields, link_in
from stenogram.sources.docx.held import words_in
from stenogram.sources.docx.names import (
    CHART,
    COMPATIBILITY,
    DIAGRAM,
    DRAWING,
    MATHS,
    PICTURE,
    VML,
    VML_OFFICE,
    r,
    value,
    w,
)
from stenogram.sources.docx.numbering import Numbering
from stenogram.sources.docx.parts import Part
from stenogram.sources.docx.styles import Styles
from stenogram.sources.docx.words import Words
from stenogram.sources.model import HEADING, Annotation
from stenogram.sources.story import Story

_Element = etree._Element
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TYPED = (w("t"), w("delText"))
_TEXT = (f"{{{MATHS}}}t", f"{{{DRAWING}}}t")
_CHANGES = tuple(map(w, ("ins", "moveTo", "del", "moveFrom")))
_PROPERTIES = tuple(
    w(name)
    for name in (
        "pPr rPr sectPr tblPr tblPrEx tblGrid trPr tcPr sdtPr sdtEndPr customXmlPr smartTagPr "
        "rubyPr delInstrText footnoteRef endnoteRef annotationRef separator "
        "continuationSeparator fldData"
    ).split()
)
_NAMED = {
    f"{{{PICTURE}}}pic": "images",
    f"{{{VML}}}imagedata": "images",
    f"{{{CHART}}}chart": "charts",
    f"{{{DIAGRAM}}}relIds": "diagrams",
    f"{{{VML_OFFICE}}}OLEObject": "embedded objects",
    f"{{{VML}}}textpath": "WordArt",
    f"{{{MATHS}}}oMath": "the layout of formulas",
    w("control"): "form fields",
    w("ffData"): "form fields",
    w("contentPart"): "drawings",
    w("altChunk"): "embedded files",
    w("subDoc"): "subdocuments",
    w("pgNum"): "page numbers",
}


class Annotations(Protocol):
    """Where a reader finds the notes that a text refers to."""

    account: Account

    def note(self, kind: str, identifier: str, sign: str) -> Annotation | None:
        """A note; ``sign`` is its own, or nothing if it is counted."""

    def end_section(self) -> None:
        """A section of the text ends here."""


class Reader:
    """Reads parts of one document into a story."""

    def __init__(
        self,
        story: Story,
        part: Part,
        styles: Styles,
        numbering: Numbering,
        annotations: Annotations,
    ) -> None:
        """``part`` is the one whose elements will be read."""
        self._story = story
        self._part = part
        self._styles = styles
        self._numbering = numbering
        self._annotations = annotations
        self._account = annotations.account
        self._words = Words(story, styles, self._account, Fields.of(part.root))
        self._role = story.role
        self._boxes: list[_Element] = []
        self._begun = False
        self._referred = {one.get(w("id")) for one in part.root.iter(w("commentReference"))}
        self._readers: Mapping[object, Callable[[_Element], None]] = {
            **dict.fromkeys(_PROPERTIES, _pass_over),
            **dict.fromkeys((*_TYPED, *_TEXT), self._text),
            **dict.fromkeys(_CHANGES, self._change),
            **dict.fromkeys((w("footnoteReference"), w("endnoteReference")), self._note),
            **dict.fromkeys((w("tab"), w("ptab")), lambda _: self._words.add("\t")),
            **dict.fromkeys((w("br"), w("cr")), self._break),
            **dict.fromkeys((w("txbxContent"), f"{{{DRAWING}}}p"), self._hang),
            w("p"): self._paragraph,
            w("r"): self._run,
            w("sym"): lambda symbol: self._words.add(self._words.sign(symbol)),
            w("noBreakHyphen"): lambda _: self._words.add("\u2011"),
            w("softHyphen"): lambda _: self._words.add("\u00ad"),
            w("fldChar"): self._field,
            w("instrText"): lambda code: self._words.fields.instruct(code.text or ""),
            w("fldSimple"): self._simple_field,
            w("hyperlink"): self._link,
            w("ruby"): self._over_words,
            w("commentReference"): self._comment,
            w("commentRangeEnd"): self._comment_range,
            f"{{{COMPATIBILITY}}}AlternateContent": self._one_of,
        }

    def read(self, element: _Element) -> None:
        """Read what an element holds, and the text boxes that hang on it."""
        self._inside(element)
        self._read_boxes()

    def _inside(self, element: _Element) -> None:
        for child in element:
            if child.tag in _NAMED:
                self._account.leave(_NAMED[str(child.tag)])
            self._readers.get(child.tag, self._inside)(child)

    def _paragraph(self, paragraph: _Element) -> None:
        properties = paragraph.find(w("pPr"))
        kind = self._styles.kind(properties)
        if kind.begins_page and self._begun:
            self._story.begin_page()
        self._begun = True
        is_heading = kind.is_heading and not self._role
        self._story.role = HEADING if is_heading else self._role
        if kind.numbering:
            label = self._numbering.label(kind.numbering, kind.level, kind.style)
            self._account.make(label)
            self._story.add(label)
        self._words.begin_paragraph(kind, is_heading=is_heading)
        self._inside(paragraph)
        if value(properties, "framePr", "dropCap") not in ("drop", "margin"):  # a large initial
            self._story.end_line()
        self._read_boxes()
        if properties is not None and properties.find(w("sectPr")) is not None:
            self._annotations.end_section()

    def _hang(self, box: _Element) -> None:
        """Leave a text box for the end of its paragraph."""
        self._boxes.append(box)

    def _read_boxes(self) -> None:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._end_line_with_words()
            with self._words.apart(box):
                self.read(box)
            self._end_line_with_words()

    def _end_line_with_words(self) -> None:
        if self._story.line_has_words:
            self._story.end_line()

    def _run(self, run: _Element) -> None:
        with self._words.run(run.find(w("rPr"))):
            self._inside(run)

    def _text(self, text: _Element) -> None:
        kept = text.tag in _TEXT or "preserve" in (text.get(_SPACE), self._part.root.get(_SPACE))
        words = text.text or ""
        self._words.add(words if kept else words.strip(" \t\r\n"))

    def _break(self, one: _Element) -> None:
        self._words.end_line(page=one.get(w("type")) == "page")

    def _change(self, change: _Element) -> None:
        with self._words.change(change):
            self._inside(change)

    def _note(self, reference: _Element) -> None:
        sign = "*" if self._words.are_hidden else ""  # Word does not count it
        if reference.get(w("customMarkFollows"), "0") not in ("0", "false", "off"):
            sign = self._mark_after(reference) or "*"
        kind = etree.QName(reference).localname.removesuffix("Reference")
        self._annotate(kind, reference.get(w("id"), ""), sign)

    def _mark_after(self, reference: _Element) -> str:
        """Take the words of a run after a reference, which are the sign of the note."""
        mark = ""
        for one in list(reference.itersiblings(w("t"), w("sym"))):
            mark += self._words.sign(one) if one.tag == w("sym") else (one.text or "")
            one.tag = w("delInstrText")  # so that it is not read again
        self._account.pass_over(mark := self._words.seen(mark))
        return mark.strip()

    def _comment(self, reference: _Element) -> None:
        self._annotate("comment", reference.get(w("id"), ""), "")

    def _comment_range(self, end: _Element) -> None:
        if end.get(w("id")) not in self._referred:
            self._comment(end)

    def _annotate(self, kind: str, identifier: str, sign: str) -> None:
        annotation = self._annotations.note(kind, identifier, sign)
        if annotation is not None and self._words.are_hidden:
            self._story.hide(words_of(annotation.lines))
        elif annotation is not None:
            self._story.annotate(annotation)

    def _field(self, mark: _Element) -> None:
        self._account.leave("instructions of fields")
        self._words.fields.take(mark.get(w("fldCharType"), ""))
        self._words.name_target(self._words.fields.target)
        self._inside(mark)

    def _simple_field(self, field: _Element) -> None:
        self._account.leave("instructions of fields")
        with self._words.link(link_in(field.get(w("instr"), ""))):
            self._inside(field)

    def _link(self, link: _Element) -> None:
        leads_to = self._part.leads_to.get(link.get(r("id"), ""))
        place = link.get(w("anchor"), "")
        target = leads_to.target if leads_to is not None and leads_to.is_outside else ""
        with self._words.link(f"{target}#{place}" if target and place else target):
            self._inside(link)

    def _over_words(self, ruby: _Element) -> None:
        for part in ruby.findall(w("rubyBase")):
            self._inside(part)
        with self._words.above_others():
            for part in ruby.findall(w("rt")):
                self._inside(part)

    def _one_of(self, alternatives: _Element) -> None:
        """Read the first of several ways to say the same that has words, or else the first."""
        found = list(alternatives.iterchildren(etree.Element))
        with_words = (one for one in found if next(one.iter(*_TYPED, *_TEXT), None) is not None)
        for first in found[:1]:
            read = next(with_words, first)
            self._inside(read)
            self._leave_others(read, (one for one in found if one is not read))

    def _leave_others(self, read: _Element, others: Iterable[_Element]) -> None:
        words = characters(words_in(read))
        for other in map(words_in, others):
            if characters(other) == words:
                self._account.pass_over(other)
            else:
                self._story.hide(other)


def _pass_over(_: _Element) -> None:
    """Read nothing."""
