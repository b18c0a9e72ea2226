"""From a TEI tree to reading events: one walk, nothing dropped."""

import string
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from stenogram.tei.delimiters import declared_delimiters
from stenogram.tei.events import (
    END,
    Anchor,
    Bracket,
    Event,
    Furniture,
    Gap,
    LineEndHyphen,
    PageBreak,
    SourceLine,
    StartAdded,
    StartBlock,
    StartChoice,
    StartCorrected,
    StartDate,
    StartDeleted,
    StartEmbedded,
    StartForeign,
    StartGloss,
    StartHeading,
    StartHighlight,
    StartInline,
    StartLabel,
    StartLine,
    StartLink,
    StartMisprint,
    StartName,
    StartNote,
    StartParagraph,
    StartQuotation,
    StartSalutation,
    StartSection,
    StartSignature,
    StartStageDirection,
    StartSupplied,
    StartTurn,
    StartTyped,
    StartUnclear,
)
from stenogram.tei.names import (
    EXEMPLAR,
    HANDS,
    NONE,
    TEI_NAMESPACE,
    XML_ID,
    XML_LANG,
    local_name,
    tei,
)
from stenogram.tei.targets import safe_target
from stenogram.white_space import fold

_Element = etree._Element

# Elements whose own white space means nothing: they hold other elements only.
_MARKS = {"footnote": "fn", "endnote": "en", "comment": "c", "deletion": "del"}
"""What goes before the number of a note that the received file has apart from its text."""

_STRUCTURE = frozenset(
    """text front body back group div div1 div2 div3 sp u spGrp floatingText opener closer list
    table row lg listPerson listPlace listOrg castList castGroup choice""".split()
)
# Elements without an event of their own that begin a new block on the page.
_BLOCKS = frozenset(
    """ab argument bibl body back byline castGroup castItem castList cell cit closer dateline
    docTitle titlePage docAuthor docDate docImprint div1 div2 div3 epigraph figure figDesc
    front group imprimatur item l label lg list listBibl opener postscript quote row set
    spGrp table text titlePart trailer""".split()
)


def reading_events(root: _Element) -> Iterator[Event]:
    """The reading events of a document's text, in reading order.

    The header and ``standOff`` are not read: they are metadata.
    """
    reader = _Reader(root)
    for text in root.iterchildren(tei("text"), tei("TEI"), tei("teiCorpus")):
        for part in reader.parts(text):
            yield from part


class _Reader:
    """Knows how each element is read; counts the notes."""

    def __init__(self, root: _Element) -> None:
        self._restored = declared_delimiters(root)
        self._out: list[Event] = []
        self._notes_by_type: dict[str, int] = {}
        self._turn_numbers: set[str] = set()
        self._readers: dict[object, Callable[[_Element], None]] = {
            tei(name): getattr(self, f"_{name}") for name in _NAMES
        }
        for name, same in _LIKE.items():
            self._readers[tei(name)] = self._readers[tei(same)]

    def parts(self, element: _Element) -> Iterator[list[Event]]:
        """Events of a large element, those of a turn or a paragraph at a time.

        Lists, since every generator that an event passes through takes its time.
        """
        if element.tag not in _LARGE:
            self._read(element)
            yield self._flush()
            return
        self._start_large(element)
        if (element.text or "").strip():
            self._out.append(element.text or "")
        for child in element:
            yield self._flush()
            yield from self.parts(child)
            if (child.tail or "").strip():
                self._out.append(child.tail or "")
        self._out.append(END)
        yield self._flush()

    def _flush(self) -> list[Event]:
        events, self._out = self._out, []
        return events

    def _start_large(self, element: _Element) -> None:
        if element.tag == tei("div"):
            self._out.append(_section(element))
        else:
            self._out.append(StartBlock(*_generic(element)))

    def _read(self, element: _Element) -> None:
        reader = self._readers.get(element.tag)
        if reader is not None:
            reader(element)
        elif isinstance(element.tag, str):
            self._other(element)

    def _inside(self, element: _Element) -> None:
        """The content of an element: its text, its children, what follows each."""
        out = self._out
        text = element.text
        if text:
            out.append(text)
        if not len(element):
            return
        readers = self._readers
        for child in element:
            # As _read does: written out here, since every element passes this way.
            reader = readers.get(child.tag)
            if reader is not None:
                reader(child)
            elif isinstance(child.tag, str):
                self._other(child)
            tail = child.tail
            if tail:
                out.append(tail)

    def _children(self, element: _Element) -> None:
        """The content of an element in which white space means nothing."""
        if element.text and not element.text.isspace():
            self._out.append(element.text)
        for child in element:
            self._read(child)
            if child.tail and not child.tail.isspace():
                self._out.append(child.tail)

    def _bracketed(self, element: _Element, *, closing: str = "", alone: bool = False) -> None:
        """The content with the brackets that the header declares for it.

        ``closing`` replaces the closing bracket. Where the element stands alone, they
        stand inside a line that fills it, and after source lines that begin with it;
        inside running text the bracket may have ended the source line before.
        """
        before, after = self._brackets(element)
        begin = len(self._out)
        self._inside(element)
        if not before and not after:
            return
        inner = self._out[begin:]
        first, last = _after_breaks(inner) if alone else 0, len(inner)
        if first < last and isinstance(inner[first], StartLine):
            first += 1
            last = max(place for place, event in enumerate(inner) if event is END)
        self._out[begin:] = [
            *inner[:first],
            Bracket(before),
            *inner[first:last],
            Bracket(closing or after),
            *inner[last:],
        ]

    def _brackets(self, element: _Element) -> tuple[str, str]:
        for delimiters in self._restored.get(local_name(element), ()):
            if delimiters.fit(element):
                return delimiters.before, delimiters.after
        return "", ""

    def _seg(self, element: _Element) -> None:
        if element.get("type") != "line":
            self._other(element)
            return
        self._out.append(StartLine(*_numbered(element)))
        self._inside(element)
        self._out.append(END)

    def _p(self, element: _Element) -> None:
        self._out.append(StartParagraph(*_numbered(element)))
        self._inside(element)
        self._out.append(END)

    def _div(self, element: _Element) -> None:
        self._out.append(_section(element))
        self._children(element)
        self._out.append(END)

    def _head(self, element: _Element) -> None:
        self._out.append(StartHeading())
        self._inside(element)
        self._out.append(END)

    def _sp(self, element: _Element) -> None:
        who = _pointers(element, "who")
        continues = bool(element.get("prev"))
        identifier, n, language = _numbered(element)
        is_part = continues and n in self._turn_numbers
        self._turn_numbers.add(n)
        self._out.append(StartTurn(identifier, n, who, continues, language, is_part))
        self._children(element)
        self._out.append(END)

    def _speaker(self, element: _Element) -> None:
        self._out.append(StartLabel())
        self._inside(element)
        self._out.append(END)

    def _stage(self, element: _Element) -> None:
        alone = _stands_alone(element)
        self._out.append(
            StartStageDirection(
                element.get(XML_ID, ""),
                tuple(element.get("type", "").split()),
                _pointers(element, "ana"),
                _pointers(element, "who"),
                alone,
                element.get(XML_LANG, ""),
            )
        )
        self._bracketed(element, alone=alone)
        self._out.append(END)

    def _note(self, element: _Element) -> None:
        kind = element.get("type", "")
        series = HANDS[0] if kind in HANDS else kind
        number = self._notes_by_type.get(series, 0) + 1
        self._notes_by_type[series] = number
        mark = letters(number) if kind in HANDS else f"{_MARKS.get(kind, '')}{number}"
        alone = _stands_alone(element)
        language = element.get(XML_LANG, "")
        self._out.append(StartNote(element.get(XML_ID, ""), kind, mark, alone, language))
        self._bracketed(element, closing=element.get("rend", ""), alone=alone)
        self._out.append(END)

    def _supplied(self, element: _Element) -> None:
        uncertain = "uncertain" in element.get("reason", "") or element.get("cert") == "low"
        self._out.append(StartSupplied(uncertain))
        self._bracketed(element)
        self._out.append(END)

    def _gloss(self, element: _Element) -> None:
        self._out.append(StartGloss(element.get("type", ""), element.get(XML_LANG, "")))
        self._bracketed(element)
        self._out.append(END)

    def _sic(self, element: _Element) -> None:
        self._out.append(StartMisprint())
        self._inside(element)
        mark = element.get("rend", "")
        if mark and self._brackets(element)[1]:
            # A mark with its own brackets was typed right after the word.
            self._out.append(Bracket(mark if mark.startswith("[") else f" [{mark}]"))
        self._out.append(END)

    def _choice(self, element: _Element) -> None:
        self._out.append(StartChoice())
        for child in element.iterchildren(etree.Element):
            corrected = local_name(child) in ("corr", "reg", "expan")
            self._out.append(StartCorrected(child.get("cert", "")) if corrected else StartTyped())
            self._inside(child)
            self._out.append(END)
        self._out.append(END)

    def _del(self, element: _Element) -> None:
        self._out.append(StartDeleted())
        self._inside(element)
        self._out.append(END)

    def _add(self, element: _Element) -> None:
        self._out.append(StartAdded())
        self._inside(element)
        self._out.append(END)

    def _hi(self, element: _Element) -> None:
        self._out.append(StartHighlight(tuple(element.get("rend", "").split())))
        self._inside(element)
        self._out.append(END)

    def _q(self, element: _Element) -> None:
        kind, language = element.get("type", ""), element.get(XML_LANG, "")
        self._out.append(StartQuotation(kind, _pointers(element, "who"), language))
        self._inside(element)
        self._out.append(END)

    def _persName(self, element: _Element) -> None:  # noqa: N802
        self._out.append(StartName(_KINDS_OF_NAME[element.tag], _pointers(element, "ref")))
        self._inside(element)
        self._out.append(END)

    def _date(self, element: _Element) -> None:
        self._out.append(StartDate(element.get("when", "")))
        self._inside(element)
        self._out.append(END)

    def _foreign(self, element: _Element) -> None:
        kind = local_name(element)
        self._out.append(StartForeign(kind, element.get(XML_LANG, ""), _pointers(element, "ref")))
        self._inside(element)
        self._out.append(END)

    def _unclear(self, element: _Element) -> None:
        self._out.append(StartUnclear(element.get("reason", "")))
        self._inside(element)
        self._out.append(END)

    def _ref(self, element: _Element) -> None:
        self._out.append(StartLink(safe_target(element.get("target", ""))))
        self._inside(element)
        self._out.append(END)

    def _floatingText(self, element: _Element) -> None:  # noqa: N802
        identifier, kind = element.get(XML_ID, ""), element.get("type", "")
        self._out.append(StartEmbedded(identifier, kind, element.get(XML_LANG, "")))
        self._children(element)
        self._out.append(END)

    def _salute(self, element: _Element) -> None:
        self._out.append(StartSalutation())
        self._inside(element)
        self._out.append(END)

    def _signed(self, element: _Element) -> None:
        self._out.append(StartSignature())
        self._inside(element)
        self._out.append(END)

    def _lb(self, element: _Element) -> None:
        within_word = element.get("break") == "no"
        edition = element.get("edRef", "").removeprefix("#")
        number = element.get("n", "")
        typed = element.get("rend", number) if edition == EXEMPLAR else ""
        typed = "" if typed == NONE else typed
        self._out.append(SourceLine(number, within_word, edition, typed))

    def _pb(self, element: _Element) -> None:
        edition = element.get("edRef", "").removeprefix("#")
        self._out.append(PageBreak(element.get("n", ""), element.get("break") == "no", edition))

    def _fw(self, element: _Element) -> None:
        words = "".join(element.itertext(etree.Element))
        self._out.append(Furniture(element.get("type", ""), fold(words)))

    def _pc(self, element: _Element) -> None:
        if element.get("force") == "weak" and not len(element):
            self._out.append(LineEndHyphen(element.text or ""))
        else:
            self._other(element)

    def _gap(self, element: _Element) -> None:
        description = fold("".join(element.itertext(etree.Element)))
        before, after = self._brackets(element)
        typed = f"{before}{description}{after}" if before or after else ""
        self._out.append(Gap(element.get("reason", ""), description, typed))

    def _anchor(self, element: _Element) -> None:
        self._out.append(Anchor(element.get(XML_ID, ""), element.get("type", "")))

    def _other(self, element: _Element) -> None:
        name = local_name(element)
        start = StartBlock if name in _BLOCKS else StartInline
        self._out.append(start(*_generic(element)))
        if name in _STRUCTURE:
            self._children(element)
        else:
            self._inside(element)
        self._out.append(END)


_NAMES = """seg p div head sp speaker stage note supplied gloss sic choice del add hi q persName
    date foreign    unclear ref floatingText salute signed lb pb fw pc gap anchor""".split()
_KINDS_OF_NAME: dict[object, str] = {
    tei(name): name for name in ("persName", "placeName", "orgName", "name", "rs")
}
_LIKE = {
    "u": "sp",
    "said": "q",
    "placeName": "persName",
    "orgName": "persName",
    "name": "persName",
    "rs": "persName",
    "time": "date",
    "mentioned": "foreign",
    "term": "foreign",
}
_LARGE = frozenset(map(tei, """text body front back group div teiCorpus TEI""".split()))
_STRUCTURE_TAGS = frozenset(map(tei, _STRUCTURE))


def _stands_alone(element: _Element) -> bool:
    """Whether an element stands between paragraphs or turns, not in running text."""
    parent = element.getparent()
    return parent is not None and parent.tag in _STRUCTURE_TAGS


def _after_breaks(events: Sequence[Event]) -> int:
    """Where the words begin after source lines and pages, or the line that holds the words.

    White space that no break or line follows is of the words.
    """
    begin = 0
    for place, event in enumerate(events):
        if isinstance(event, StartLine):
            return place
        if isinstance(event, SourceLine | PageBreak | Furniture):
            begin = place + 1
        elif not (isinstance(event, str) and (not event or event.isspace())):
            break
    return begin


def letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa: the marks of notes in square brackets."""
    mark = ""
    while number:
        number, rest = divmod(number - 1, 26)
        mark = string.ascii_lowercase[rest] + mark
    return mark


def _pointers(element: _Element, attribute: str) -> tuple[str, ...]:
    value = element.get(attribute)
    if value is None:
        return ()
    if " " not in value:
        return (value.removeprefix("#"),)
    return tuple(pointer.removeprefix("#") for pointer in value.split())


def _section(element: _Element) -> StartSection:
    identifier, kind = element.get(XML_ID, ""), element.get("type", "")
    return StartSection(identifier, kind, element.get(XML_LANG, ""))


def _numbered(element: _Element) -> tuple[str, str, str]:
    """Id, number and language."""
    return element.get(XML_ID, ""), element.get("n", ""), element.get(XML_LANG, "")


def _generic(element: _Element) -> tuple[str, str, str]:
    name = etree.QName(element)
    shown = name.localname if name.namespace == TEI_NAMESPACE else f"x-{name.localname}"
    return shown, element.get(XML_ID, ""), element.get("type", "")
