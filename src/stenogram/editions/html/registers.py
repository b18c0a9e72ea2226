"""The registers of the whole edition: who and what is named in which line of which document.

Two documents mean the same person (place, organisation, term) where their entries share an
identifier of a reference work, or have the same id and the same standard name. Everything else is
two entries: people of one name are not made one, and one who goes by two names is not guessed.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from stenogram.editions.collation import Alphabet, Key
from stenogram.editions.collected import Body, Named
from stenogram.editions.document import Document
from stenogram.editions.html.glance import Share
from stenogram.editions.html.surnames import Headword, headword
from stenogram.editions.interface import interface_text
from stenogram.tei.metadata import Metadata
from stenogram.tei.registers import (
    REGISTERS,
    Identifier,
    Register,
    RegisterEntry,
    read_registers,
)

_TITLES: dict[Register, str] = {
    "persons": interface_text("Persons"),
    "places": interface_text("Places"),
    "organisations": interface_text("Organisations"),
    "terms": interface_text("Terms"),
}
_MANY = 24
"""Entries from which a page has a field to find them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InDocument:
    """What one document has of an entry."""

    document: Metadata
    date: str
    language: str
    lines: tuple[tuple[str, str], ...]
    """Ids of the lines that name it, each with its number; without one where it is no line."""
    first: str
    """Id of the place where a person speaks first; empty if they do not."""
    turns: int
    words: int


@dataclass(slots=True, kw_only=True, eq=False)
class Entry:
    """An entry of a register of the edition; dictionaries hold each thing once, in order."""

    id: str
    """On its page; that of the TEI, as long as no other entry has it."""
    first: RegisterEntry
    """As the first document describes it."""
    language: str
    """Of that document."""
    sorted_as: str = ""
    certainty: str = ""
    roles: dict[str, None] = field(default_factory=dict)
    facts: dict[tuple[str, str], None] = field(default_factory=dict)
    """Birth, death, occupations, country, by the names of the TEI elements."""
    notes: dict[str, None] = field(default_factory=dict)
    other: dict[str, None] = field(default_factory=dict)
    """Other forms of the name, not typed in the text."""
    listed: dict[str, None] = field(default_factory=dict)
    """Forms as typed, of the registers."""
    forms: dict[str, None] = field(default_factory=dict)
    """Forms as typed, of the texts."""
    identifiers: dict[Identifier, None] = field(default_factory=dict)
    found: list[InDocument] = field(default_factory=list)

    @property
    def register(self) -> Register:
        """The register that it is in."""
        return self.first.register

    @property
    def name(self) -> str:
        """The standard form."""
        return self.first.name

    @property
    def address(self) -> str:
        """Where its entry can be read."""
        return f"{self.register}.html#{quote(self.id)}"

    @property
    def typed(self) -> tuple[str, ...]:
        """The forms as typed, each once; one that differs in brackets alone is not another."""
        known = {_without_brackets(form) for form in self.listed}
        return (
            *self.listed,
            *(form for form in self.forms if _without_brackets(form) not in known),
        )

    def add(self, one: RegisterEntry) -> None:
        """Take in how another document describes it."""
        self.sorted_as = self.sorted_as or one.sorted_as
        self.certainty = self.certainty or one.certainty
        self.roles.update(dict.fromkeys([one.role] if one.role else []))
        self.facts.update(dict.fromkeys(one.facts))
        self.notes.update(dict.fromkeys(one.notes))
        others = (form for form in (one.name, *one.other) if form != self.name)
        self.other.update(dict.fromkeys(others))
        self.listed.update(dict.fromkeys(one.typed))
        self.identifiers.update(dict.fromkeys(one.identifiers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """An entry where it stands on its page."""

    entry: Entry
    heading: Headword


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The entries under one letter."""

    letter: str
    entries: tuple[Filed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    """What the template of a register is given, apart from the edition."""

    register: Register
    title: str
    letters: tuple[Letter, ...]
    entries: int
    several: bool
    """Whether the edition has more than one document."""
    language: str

    @property
    def many(self) -> bool:
        """Whether one needs a field to find an entry."""
        return self.entries >= _MANY


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLink:
    """A register as pages link to it."""

    register: Register
    title: str
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesOfDocument:
    """The entries of one register that a document names, for its page."""

    link: RegisterLink
    names: tuple[tuple[str, Entry], ...]
    """With the ids, parted by spaces, that the names in the text point to."""


class Registers:
    """The registers of an edition, put together document by document."""

    def __init__(self, documents: Sequence[Document], gettext: Callable[[str], str]) -> None:
        """Read the entries of all documents; what the texts name is added as they are written."""
        self._gettext = gettext
        self._entries: dict[Register, list[Entry]] = {register: [] for register in REGISTERS}
        self._by_document: dict[str, dict[str, Entry]] = {}
        self._several = len(documents) > 1
        self._language = _language(documents)
        self._alphabet = Alphabet(self._language)
        merging = _Merging(self._entries)
        for document in sorted(documents, key=lambda one: _order(one.metadata)):
            metadata = document.metadata
            self._by_document[document.id] = {
                found.id: merging.entry_of(found, metadata)
                for found in read_registers(document.tei.root)
            }
        self._keys: dict[Entry, tuple[Key, Headword]] = {}

    @property
    def links(self) -> tuple[RegisterLink, ...]:
        """The registers that have entries."""
        return tuple(self._link(register) for register in REGISTERS if self._entries[register])

    def add(
        self,
        metadata: Metadata,
        date: str,
        language: str,
        body: Body,
        shares: Mapping[tuple[str, ...], Share],
    ) -> None:
        """Take in what a document's text names, and who speaks in it."""
        speaking = self._speaking(metadata.id, body)
        for entry, pointers in self._pointers(metadata.id, body).items():
            named = [body.names[pointer] for pointer in pointers if pointer in body.names]
            spoken = speaking.get(entry, [])
            for one in named:
                entry.forms.update(one.forms)
            entry.found.append(
                InDocument(
                    document=metadata,
                    date=date,
                    language=language,
                    lines=_lines(named),
                    first=body.speakers[spoken[0]] if spoken else "",
                    turns=sum(shares[who].turns for who in spoken),
                    words=sum(shares[who].words for who in spoken),
                )
            )

    def names_in(self, document: str, body: Body) -> tuple[NamesOfDocument, ...]:
        """The entries that a document names, or whose turns it has, in their order."""
        pointers = self._pointers(document, body)
        in_order = sorted(pointers, key=self._key)
        lists = [
            NamesOfDocument(
                link=self._link(register),
                names=tuple(
                    (" ".join(pointers[entry]), entry)
                    for entry in in_order
                    if entry.register == register
                ),
            )
            for register in REGISTERS
        ]
        return tuple(one for one in lists if one.names)

    def _pointers(self, document: str, body: Body) -> dict[Entry, list[str]]:
        """The entries that a text names, or whose turns it has, with the ids that it uses."""
        entries = self._by_document[document]
        used = dict.fromkeys([*body.names, *(person for who in body.speakers for person in who)])
        pointers: dict[Entry, list[str]] = {}
        for identifier in used:
            if identifier in entries:
                pointers.setdefault(entries[identifier], []).append(identifier)
        return pointers

    def _speaking(self, document: str, body: Body) -> dict[Entry, list[tuple[str, ...]]]:
        """For each entry those, alone or together with others, as whom they speak."""
        entries = self._by_document[document]
        speaking: dict[Entry, list[tuple[str, ...]]] = {}
        for who in body.speakers:
            for entry in dict.fromkeys(entries[one] for one in who if one in entries):
                speaking.setdefault(entry, []).append(who)
        return speaking

    def pages(self) -> Iterator[RegisterPage]:
        """The pages, once all documents have been added."""
        for register in REGISTERS:
            entries = sorted(self._entries[register], key=self._key)
            if not entries:
                continue
            letters: dict[str, list[Filed]] = {}
            for entry in entries:
                _, heading = self._sorting(entry)
                filed = letters.setdefault(self._alphabet.letter(heading.sorted_as), [])
                entry.found.sort(key=lambda one: _order(one.document))
                filed.append(Filed(entry=entry, heading=heading))
            yield RegisterPage(
                register=register,
                title=self._gettext(_TITLES[register]),
                letters=tuple(
                    Letter(letter=letter, entries=tuple(filed)) for letter, filed in letters.items()
                ),
                entries=len(entries),
                several=self._several,
                language=self._language,
            )

    def _link(self, register: Register) -> RegisterLink:
        title = self._gettext(_TITLES[register])
        return RegisterLink(register=register, title=title, entries=len(self._entries[register]))

    def _key(self, entry: Entry) -> tuple[Key, str]:
        return self._sorting(entry)[0], entry.id

    def _sorting(self, entry: Entry) -> tuple[Key, Headword]:
        found = self._keys.get(entry)
        if found is None:
            heading = headword(
                entry.first, entry.sorted_as, entry.listed, entry.language, self._alphabet
            )
            found = self._keys[entry] = (self._alphabet.key(heading.sorted_as), heading)
        return found


class _Merging:
    """Finds the entry of the edition that an entry of a document belongs to."""

    def __init__(self, entries: dict[Register, list[Entry]]) -> None:
        self._entries = entries
        self._by_name: dict[tuple[str, str, str], list[Entry]] = {}
        self._by_identifier: dict[tuple[str, str, str], Entry] = {}
        self._taken: set[tuple[str, str]] = set()

    def entry_of(self, one: RegisterEntry, metadata: Metadata) -> Entry:
        """The entry; a new one if there is none yet."""
        named = (one.register, one.id, one.name)
        identified = [(one.register, i.kind.casefold(), i.value) for i in one.identifiers]
        entry = next((e for key in identified if (e := self._by_identifier.get(key))), None)
        entry = entry or next(
            (e for e in self._by_name.get(named, ()) if not _contradicts(e, one)), None
        )
        if entry is None:
            entry = Entry(id=self._id(one, metadata), first=one, language=metadata.language)
            self._entries[one.register].append(entry)
        entry.add(one)
        same_name = self._by_name.setdefault(named, [])
        if entry not in same_name:
            same_name.append(entry)
        for key in identified:
            self._by_identifier.setdefault(key, entry)
        return entry

    def _id(self, one: RegisterEntry, metadata: Metadata) -> str:
        """The id of the TEI; with that of the document if another entry has it."""
        own = one.id if (one.register, one.id) not in self._taken else f"{one.id}:{metadata.id}"
        self._taken.add((one.register, own))
        return own


def _contradicts(entry: Entry, one: RegisterEntry) -> bool:
    """Whether a reference work that both name calls them differently."""
    theirs = {(i.kind.casefold(), i.value) for i in entry.identifiers}
    ours = {(i.kind.casefold(), i.value) for i in one.identifiers}
    kinds = {kind for kind, _ in theirs} & {kind for kind, _ in ours}
    return bool(kinds) and theirs.isdisjoint(ours)


def _lines(named: Sequence[Named]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(place for one in named for place in one.places.items()))


def _order(metadata: Metadata) -> tuple[bool, str, str]:
    """Oldest first, those without a date last."""
    return not metadata.date, metadata.date, metadata.id


def _language(documents: Sequence[Document]) -> str:
    """The language that most documents are in; of several the first by its tag."""
    tags = Counter(document.metadata.language for document in documents)
    return min(tags, key=lambda tag: (not tag, -tags[tag], tag)) if tags else ""


def _without_brackets(form: str) -> str:
    return form.translate({ord("["): None, ord("]"): None})
