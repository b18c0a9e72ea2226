"""From the text of a paragraph in Markdown to words, each with its line and how it is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from stenogram.sources.addresses import web_address
from stenogram.sources.markdown.footnotes import SIGN
from stenogram.sources.markdown.parser import LABEL, PLACE
from stenogram.sources.model import TypeChange

_FACES: Mapping[str, str] = {"em": "italic", "s": "strikethrough", "strong": "bold"}
_NO_CHARACTER = "\ufffd"


@dataclass(frozen=True, slots=True)
class Words:
    """Some characters of a paragraph."""

    line: int
    text: str
    type: TypeChange


@dataclass(frozen=True, slots=True)
class NoteSign:
    """Here stands the sign of a footnote."""

    line: int
    label: str


@dataclass(slots=True)
class PhraseReader:
    """Reads the tokens of one paragraph."""

    line: int
    """The line that is being read; before, the first one."""
    phrases: list[Words | NoteSign] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    """What is kept without being among the words: addresses, names of definitions, signs of
    notes, and the entities that characters stand for."""
    definitions: set[str] = field(default_factory=set)
    """Names of the definitions that its links use."""
    _type: TypeChange = field(default_factory=TypeChange)
    _around: list[TypeChange] = field(default_factory=list)
    _links: list[tuple[Token, int]] = field(default_factory=list)
    """The links that are open, and how many phrases stand before each."""

    def read(self, text: str, tokens: Sequence[Token]) -> None:
        """Read ``tokens``, which were made of ``text``."""
        place = 0
        for token in tokens:
            begin, end = token.meta.get(PLACE, (place, place))
            place = self._advance(text, place, begin)
            self._read(token, text[begin:end])
            if token.type not in ("link_open", "text"):
                place = self._advance(text, place, end)

    def _advance(self, text: str, place: int, to: int) -> int:
        self.line += text.count("\n", place, to)
        return max(place, to)

    def _read(self, token: Token, raw: str) -> None:
        kind, _, part = token.type.rpartition("_")
        if token.type in ("softbreak", "hardbreak"):
            return
        if token.type == SIGN:
            self.phrases.append(NoteSign(self.line, token.meta["label"]))
            self.elsewhere.append(token.meta["label"])
        elif token.type == "text_special":
            self._character(token)
        elif token.type == "code_inline":
            self._code(raw[len(token.markup) : -len(token.markup)])
        elif token.type == "image":
            self._image(token, raw)
        elif part == "open":
            self._start(kind, token)
        elif part == "close":
            self._end(kind, raw)
        else:
            self._words(token.content)

    def _words(self, text: str) -> None:
        self.phrases.append(Words(self.line, text, self._type))

    def _character(self, token: Token) -> None:
        """A sign typed with a backslash before it, or as an entity."""
        if token.content == _NO_CHARACTER:
            self._words(token.markup)
            return
        self._words(token.content)
        if token.info == "entity":
            self.elsewhere.append(token.markup)

    def _code(self, raw: str) -> None:
        """Code, less one blank on either side (CommonMark 0.31, section 6.1)."""
        if raw.strip(" \n") and raw[0] == raw[-1] == " ":
            raw = raw[1:-1]
        code = replace(self._type, faces=tuple(sorted({*self._type.faces, "monospace"})))
        for number, text in enumerate(raw.split("\n")):
            self.phrases.append(Words(self.line + number, text, code))

    def _image(self, token: Token, raw: str) -> None:
        """The words that stand for an image, with its address."""
        begin = self.line
        self._start("link", token)
        self.read(token.content, token.children or [])
        self.line = begin
        self._end("link", raw)

    def _start(self, kind: str, token: Token) -> None:
        self._around.append(self._type)
        if kind == "link":
            self._links.append((token, len(self.phrases)))
            self._type = replace(self._type, target=web_address(_address(token)))
        elif kind in _FACES:
            faces = tuple(sorted({*self._type.faces, _FACES[kind]}))
            self._type = replace(self._type, faces=faces)

    def _end(self, kind: str, raw: str) -> None:
        if kind == "link":
            token, before = self._links.pop()
            words = [phrase for phrase in self.phrases[before:] if isinstance(phrase, Words)]
            if any(one.text.strip() and one.type.target == self._type.target for one in words):
                self.elsewhere.append(_address(token))
            else:
                self._words(_address(token))
            self._name(token, raw)
        self._type = self._around.pop()

    def _name(self, token: Token, raw: str) -> None:
        """The definition that a link uses, or the title that it has itself."""
        if label := token.meta.get(LABEL):
            self.definitions.add(label)
            _, named, name = raw.rpartition("][")
            self.elsewhere += [name] if named else []
        elif title := token.attrGet("title"):
            self.phrases.append(Words(self.line, f' "{title}"', self._around[-1]))


def _address(token: Token) -> str:
    return str(token.attrGet("href") or token.attrGet("src") or "")
