"""What must be known of a debate before its words are read: who speaks, where its pages begin."""

from collections.abc import Mapping, Sequence

from stenogram.errors import SourceError
from stenogram.sources.akoma_ntoso import vocabulary
from stenogram.sources.kinds import refusal_of_xml
from stenogram.sources.model import KnownSpeaker

_AROUND_NAME = " \t\n:：.,;–—-"
_LONGEST_NAME = 200
_OTHER_DOCUMENT = (
    "{name} is Akoma Ntoso, but no debate: it holds <{found}>; save its words as plain text (UTF-8)"
)


class Survey:
    """Collects references, turns, pages and called notes while a parser goes through a debate."""

    def __init__(self, name: str) -> None:
        self.turns: list[KnownSpeaker] = []
        """Who speaks each turn."""
        self.called: set[str] = set()
        """Notes of the metadata whose sign stands in the text."""
        self._name = name
        self._references: dict[str, tuple[str, Mapping[str, str]]] = {}
        """By id and by address: the element and what it says."""
        self._open: list[str] = []
        self._open_turns: list[int] = []
        self._labels: list[str] = []
        self._by: list[str] = []
        self._said = False
        self._breaks: dict[str, _Breaks] = {
            vocabulary.PAGE_END: _Breaks(),
            vocabulary.LINE_END: _Breaks(),
        }

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._refuse_other(name)
        self._open.append(name)
        if name in vocabulary.PERSON_LIKE:
            for key in _keys(attributes):
                self._references.setdefault(key, (name, attributes))
        elif name in vocabulary.TURNS:
            self._open_turns.append(len(self._by))
            self._by.append(attributes.get("by", ""))
            self._labels.append("")
        elif name == "person" and self._in_label() and self._open_turns:
            turn = self._open_turns[-1]
            self._by[turn] = self._by[turn] or attributes.get("refersTo", "")
        elif name in self._breaks:
            self._breaks[name].add(attributes.get("number", ""), after_words=self._said)
        elif name == vocabulary.NOTE_CALL:
            self.called.add(attributes.get("href", "").removeprefix("#"))

    def end(self, name: str) -> None:
        """An element ends."""
        self._open.pop()
        if name in vocabulary.TURNS:
            self._open_turns.pop()
        if not self._open:
            self.turns = list(map(self._speaker, self._by, self._labels))

    def data(self, text: str, line: int) -> None:  # noqa: ARG002
        """Some characters."""
        if vocabulary.METADATA in self._open:
            return
        self._said = self._said or bool(text.strip())
        if self._open_turns and self._in_label() and vocabulary.NOTE not in self._open:
            self._labels[self._open_turns[-1]] += text

    def other(self, kind: str) -> None:
        """Something that is no text."""

    def numbers(self, name: str) -> Sequence[str]:
        """By end of a page or a line: the number of the one that begins there."""
        return self._breaks[name].beginning()

    def _in_label(self) -> bool:
        return vocabulary.LABEL in self._open

    def _refuse_other(self, name: str) -> None:
        if not self._open and name != "akomaNtoso":
            raise refusal_of_xml(self._name, "")
        if len(self._open) == 1 and name not in vocabulary.DEBATES | vocabulary.APPENDED:
            raise SourceError(_OTHER_DOCUMENT.format(name=self._name, found=name))

    def _speaker(self, by: str, label: str) -> KnownSpeaker:
        """Whom a turn is by, as the references of the file or else its label name them."""
        typed = " ".join(label.split()).strip(_AROUND_NAME)[:_LONGEST_NAME]
        key = by.removeprefix("#")
        if key not in self._references:
            name = typed or key or "Unknown speaker"
            return KnownSpeaker(key=key or f" {name.casefold()}", name=name)
        element, attributes = self._references[key]
        name = " ".join(attributes.get("showAs", "").split()) or typed or key
        return KnownSpeaker(
            key=attributes.get("href") or key,
            name=name,
            group=element == vocabulary.ORGANISATION,
        )


class _Breaks:
    """The ends of pages, or of lines, with their numbers."""

    def __init__(self) -> None:
        self._numbers: list[str] = []
        self._first_after_words = False

    def add(self, number: str, *, after_words: bool) -> None:
        if not self._numbers:
            self._first_after_words = after_words
        self._numbers.append(number.strip())

    def beginning(self) -> Sequence[str]:
        """The number that begins at each; that of an end is the one of what ends there.

        Where an end stands before all words, nothing ends there, and the numbers are meant for
        what begins.
        """
        return [*self._numbers[1:], ""] if self._first_after_words else self._numbers


def _keys(attributes: Mapping[str, str]) -> list[str]:
    """What a reference may be called by: ``eId`` (``id`` of old), ``href``."""
    return [value for key in ("eId", "id", "wId", "href") if (value := attributes.get(key))]
