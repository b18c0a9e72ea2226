"""A web page as lines of text: what a reader of the page sees, top to bottom.

``docs/received-files.md`` says what becomes a line, and how lines are counted.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath

from lxml import etree

from stenogram.errors import SourceError
from stenogram.sources.addresses import web_address
from stenogram.sources.folding import LineBuilder, Piece, TypedLine, source_line
from stenogram.sources.model import HEADING, Annotation, Deletion, TypeChange
from stenogram.sources.note_calls import Notes, find_notes
from stenogram.sources.text import split_lines
from stenogram.sources.web_faces import typed_by_element, typed_by_style

LARGEST = 100 * 1024 * 1024
"""Characters of a page; the parser takes several times as much memory."""

_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li
    listing main menu nav ol optgroup option p plaintext pre search section select summary table
    tbody textarea tfoot thead tr ul xmp
    """.split()
)
_TYPED = frozenset("listing plaintext pre textarea xmp".split())
_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
NOT_TEXT = frozenset("iframe noembed noframes noscript script style template title".split())
"""Elements whose content no reader of the page sees."""

_PAGE = re.compile(
    r"\s*+(?:<\?xml[^>]*+>)?(?:\s*+<!--(?>.*?-->))*+\s*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_ENDINGS = frozenset({".htm", ".html", ".xhtml"})
_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(
    rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)"""
    rb"""|^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9_.:-]+)""",
    re.IGNORECASE,
)
_HEAD = 4096
# In some time parsers take on many attributes, which no page of a transcript has.
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{20000,}+")
_MOST_ATTRIBUTES = 5_000
# As all browsers take them.
_MEANT: Mapping[str, str] = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii"), "windows-1252"),
    "iso-8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-sjis": "windows-31j",
    "shift_jis": "windows-31j",
    "x-mac-cyrillic": "mac-cyrillic",
}


def is_page(text: str) -> bool:
    """Whether a file is a web page, by its first tag."""
    return bool(_PAGE.match(text[:_HEAD]))


def is_named_as_page(name: str) -> bool:
    """Whether a file is a web page, by its name."""
    return PurePath(name).suffix.lower() in _ENDINGS


def declared_encoding(data: bytes) -> str:
    """The encoding that a page claims to be in, as browsers understand it."""
    found = _CHARSET.search(data[:_HEAD])
    claimed = (found[1] or found[2]).decode("ascii").lower() if found else ""
    return _MEANT.get(claimed, claimed)


def page_lines(name: str, text: str) -> tuple[list[TypedLine], tuple[str, ...]]:
    """The lines of a page, and the kinds of things in it that are not text.

    Raises ``SourceError`` if the page ends within a tag or what is no text, or is beyond
    the limits.
    """
    _refuse_unfinished(name, text)
    _refuse_huge(name, text)
    typed = "\n".join(split_lines(text))
    page = _Page(find_notes(typed))
    parser = etree.HTMLParser(  # type: ignore[call-overload]  # the stubs ask for every event
        target=page, encoding="utf-8", no_network=True, huge_tree=True, recover=True
    )
    parser.feed(typed)
    lines: list[TypedLine] = parser.close()
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.feed_error_log):
        raise SourceError(
            f"{name} goes beyond what can be read as a web page; open it in a browser and save it "
            "as text"
        )
    if sum(line.typed.count("\ufffd") for line in lines) > text.count("\ufffd"):
        raise SourceError(
            f"{name} holds a character reference such as &#0; that stands for no character; "
            "delete or replace it"
        )
    return lines, tuple(sorted(page.left_out))


def _refuse_unfinished(name: str, text: str) -> None:
    """Refuse what a browser would swallow to the end of the file."""
    lower = text.lower()
    for kind in sorted(NOT_TEXT):
        begun = lower.rfind(f"<{kind}")
        after = lower[begun + len(kind) + 1 :][:1]
        if begun >= 0 and after in " \t\n\r\f/>" and lower.find(f"</{kind}", begun) < 0:
            raise _unfinished(name, text, begun, f"<{kind}> has no </{kind}>")
    begun = text.rfind("<!--")
    if begun >= 0 and text.find("-->", begun) < 0:
        raise _unfinished(name, text, begun, "a comment has no -->")
    begun = text.rfind("<")
    if begun > text.rfind(">") and re.match(r"</?[A-Za-z]", text[begun : begun + 3]):
        raise _unfinished(name, text, begun, "a tag has no >")


def _unfinished(name: str, text: str, position: int, what: str) -> SourceError:
    line = len(split_lines(text[:position]))
    return SourceError(
        f"{name}:{line}: {what} after it, so that the rest of the file would be lost; "
        "put it where it belongs, or ask for the file again"
    )


def _refuse_huge(name: str, text: str) -> None:
    if len(text) > LARGEST:
        raise SourceError(f"{name} is larger than {LARGEST >> 20} MB; split it into parts")
    for tag in _LONG_TAG.finditer(text):
        if len(tag.group().split()) > _MOST_ATTRIBUTES:
            line = len(split_lines(text[: tag.start()]))
            raise SourceError(
                f"{name}:{line}: a tag has more than {_MOST_ATTRIBUTES} attributes; delete them"
            )


class _Page:
    """Collects lines while the parser goes through a page; depth costs it nothing."""

    def __init__(self, notes: Notes) -> None:
        self.left_out: set[str] = set()
        self._notes = notes
        self._number = -1
        """How many elements began before the last one."""
        self._note_lines: dict[int, range] = {}
        """Which lines each note has."""
        self._open_notes: list[tuple[int, int, int]] = []
        """Of notes that are open: which, at what depth, and its first line."""
        self._calls: dict[int, tuple[Annotation, int]] = {}
        """By identity: the sign of a note, and which note it is."""
        self._lines: list[TypedLine] = []
        self._line = LineBuilder()
        self._role = ""
        self._after_empty = True
        """The last line is empty, or there is none."""
        self._typed = 0
        self._just_begun = False
        self._hidden = 0
        self._headings = 0
        self._deletions = 0
        self._around: list[TypeChange] = []
        """How words are typed around each of the elements that are open."""
        self._type = TypeChange()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        self._number += 1
        if self._hidden or tag in NOT_TEXT:
            self._hidden += 1
            self.left_out.update(NOT_TEXT & {tag}, {"attributes"} if attributes else ())
            return
        if self._number in self._notes.links_back and self._open_notes:
            self._hidden += 1
            self.left_out.add("links from notes to their signs")
            return
        if self._number in self._notes.signs and not self._deletions and not self._open_notes:
            self._hidden += 1
            self._call_note(*self._notes.signs[self._number])
            return
        if tag == "br":
            self._end_line()
        elif tag in _CELLS:
            self._words(" ")
        elif tag in _BLOCKS:
            self._end_block()
            self._typed += tag in _TYPED
            self._just_begun = tag in _TYPED
        if self._number in self._notes.blocks:
            self._open_notes.append((self._number, len(self._around), len(self._lines)))
        self._headings += tag in _HEADINGS
        self._deletions += tag == "del"
        self._around.append(self._type)
        self._start_type(tag, attributes)

    def end(self, tag: str) -> None:
        """End an element."""
        if self._hidden:
            self._hidden -= 1
            return
        if tag in _BLOCKS:
            self._end_block()
            self._typed -= tag in _TYPED
        self._headings -= tag in _HEADINGS
        self._deletions -= tag == "del"
        self._type = self._around.pop()
        if self._open_notes and self._open_notes[-1][1] == len(self._around):
            note, _, begin = self._open_notes.pop()
            self._note_lines[note] = range(begin, len(self._lines))

    def data(self, text: str) -> None:
        """Take some text, of which an element may have several pieces."""
        if self._hidden:
            return
        if not self._typed:
            self._words(_WHITE_SPACE.sub(" ", text))
            return
        # The line end right after the tag is not part of the text (HTML, section 13.2.6.4.7).
        first, *others = split_lines(text.removeprefix("\n") if self._just_begun else text)
        self._just_begun = False
        self._add(first)
        for line in others:
            self._end_line()
            self._add(line)

    def comment(self, text: str) -> None:
        """Pass over a comment."""
        self.left_out.update({"comments"} if text else ())

    def close(self) -> list[TypedLine]:
        """End the page."""
        self._end_block()
        lines = self._lines
        places = [place for place, line in enumerate(lines) if line.has_notes]
        for place in places:
            pieces = tuple(map(self._with_note, lines[place].pieces))
            lines[place] = TypedLine(pieces, lines[place].role)
        for _, note in self._calls.values():
            for place in self._note_lines.get(note, ()):
                lines[place] = TypedLine(())
        return lines

    def _call_note(self, sign: str, note: int) -> None:
        """Let the sign of a note stand here; its lines come later."""
        annotation = Annotation(kind="footnote", sign=sign, lines=())
        self._calls[id(annotation)] = annotation, note
        self._line.sign(annotation)

    def _with_note(self, piece: Piece) -> Piece:
        """The sign of a note with the lines of that note, or as characters if it has none."""
        if id(piece) not in self._calls:
            return piece
        annotation, note = self._calls[id(piece)]
        lines = [(place, self._lines[place]) for place in self._note_lines.get(note, ())]
        words = tuple(source_line(place + 1, line) for place, line in lines if line.typed.strip())
        return replace(annotation, lines=words) if words else annotation.sign

    def _start_type(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take from an element how its words are typed; ``left_out`` has what else it says."""
        self._type = typed_by_element(self._type, tag)
        for name, value in attributes.items():
            kept = False
            if name == "style":
                self._type, kept = typed_by_style(self._type, value)
            elif name == "href" and tag == "a":
                target = web_address(value)
                self._type = replace(self._type, target=target)
                kept = bool(target)
            if not kept:
                self.left_out.add("attributes")

    def _words(self, text: str) -> None:
        """Add words, but no blank at the beginning of a line."""
        text = text if self._line.is_begun else text.lstrip(" ")
        if text:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._deletions:
            self._line.sign(Deletion(text))
        else:
            self._line.add(text, self._type)
        self._role = HEADING if self._headings else self._role

    def _end_line(self) -> None:
        self._lines.append(self._line.line(self._role))
        self._after_empty = not self._lines[-1].typed.strip()
        self._begin_line()

    def _begin_line(self) -> None:
        self._line = LineBuilder()
        self._role = ""

    def _end_block(self) -> None:
        line = self._line.line()
        if line.typed.strip() or line.has_notes:
            self._end_line()
        self._begin_line()
        if not self._after_empty:
            self._lines.append(TypedLine(()))
            self._after_empty = True
