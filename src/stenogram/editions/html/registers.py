"""The registers of the whole edition: who and what is named in which line of which document.

Two documents mean the same person (place, organisation, term) where their entries share an
identifier of a reference work, or have the same id and the same standard name. Everything else is
two entries: people of one name are not made one, and one who goes by two names is not guessed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
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
_Found = TypeVar("_Found")
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


@dataclass(slots=True, kw_only=True)
class Entry:
    """An entry of a register of the edition."""

    id: str
    """On its page; that of the TEI, as long as no other entry has it."""
    register: Register
    described: list[RegisterEntry] = field(default_factory=list)
    """As each of the documents describes it."""
    languages: list[str] = field(default_factory=list)
    found: list[InDocument] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)
    """As typed in the text."""

    @property
    def name(self) -> str:
        """The standard form."""
        return self.described[0].name

    @property
    def address(self) -> str:
        """Where its entry can be read."""
        return f"{self.register}.html#{quote(self.id)}"

    @property
    def certainty(self) -> str:
        """How sure the standard form is, if a document says it."""
        return next((one.certainty for one in self.described if one.certainty), "")

    @property
    def roles(self) -> tuple[str, ...]:
        """The parts played in the meetings."""
        return _distinct(one.role for one in self.described)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Birth, death, occupations, country, by the names of the TEI elements."""
        return _distinct(fact for one in self.described for fact in one.facts)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the documents say of it."""
        return _distinct(note for one in self.described for note in one.notes)

    @property
    def other(self) -> tuple[str, ...]:
        """Other forms of the name, not typed in the text."""
        forms = [form for one in self.described for form in (one.name, *one.other)]
        return tuple(form for form in _distinct(forms) if form != self.name)

    @property
    def typed(self) -> tuple[str, ...]:
        """The forms as typed, each once: those of the register and any others in the text.

        A form that differs from another in brackets alone is not another form.
        """
        listed = _distinct(form for one in self.described for form in one.typed)
        known = {_without_brackets(form) for form in listed}
        return (*listed, *(form for form in self.forms if _without_brackets(form) not in known))

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """In reference works."""
        return _distinct(i for one in self.described for i in one.identifiers)


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
        self._keys: dict[int, tuple[Key, Headword]] = {}

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
        known = self._by_document[metadata.id]
        ids: dict[int, tuple[Entry, list[str]]] = {}
        for identifier, entry in known.items():
            ids.setdefault(id(entry), (entry, []))[1].append(identifier)
        for entry, pointers in ids.values():
            named = [body.names[pointer] for pointer in pointers if pointer in body.names]
            spoken = [who for who in body.speakers if not set(who).isdisjoint(pointers)]
            for one in named:
                entry.forms.update(one.forms)
            if named or spoken:
                entry.found.append(
                    InDocument(
                        document=metadata,
                        date=date,
                        language=language,
                        lines=_lines(named),
                        first=body.speakers[spoken[0]].first if spoken else "",
                        turns=sum(shares[who].turns for who in spoken),
                        words=sum(shares[who].words for who in spoken),
                    )
                )

    def names_in(self, document: str, body: Body) -> tuple[NamesOfDocument, ...]:
        """The entries that a document names, or whose turns it has, in their order."""
        spoken = {person for who in body.speakers for person in who}
        pointers: dict[int, list[str]] = {}
        found: dict[int, Entry] = {}
        for identifier, entry in self._by_document[document].items():
            if identifier in body.names or identifier in spoken:
                found[id(entry)] = entry
                pointers.setdefault(id(entry), []).append(identifier)
        in_order = sorted(found.values(), key=self._key)
        lists = [
            NamesOfDocument(
                link=self._link(register),
                names=tuple(
                    (" ".join(pointers[id(entry)]), entry)
                    for entry in in_order
                    if entry.register == register
                ),
            )
            for register in REGISTERS
        ]
        return tuple(one for one in lists if one.names)

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
        found = self._keys.get(id(entry))
        if found is None:
            heading = headword(entry.described, entry.languages, self._alphabet)
            found = self._keys[id(entry)] = (self._alphabet.key(heading.sorted_as), heading)
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
        identified = [(one.register, *identifier) for identifier in _keys_of([one])]
        entry = next((e for key in identified if (e := self._by_identifier.get(key))), None)
        entry = entry or next(
            (e for e in self._by_name.get(named, ()) if not _contradicts(e, one)), None
        )
        if entry is None:
            entry = Entry(id=self._id(one, metadata), register=one.register)
            self._entries[one.register].append(entry)
        entry.described.append(one)
        entry.languages.append(metadata.language)
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


def _keys_of(described: Iterable[RegisterEntry]) -> set[tuple[str, str]]:
    return {(i.kind.casefold(), i.value) for one in described for i in one.identifiers}


def _contradicts(entry: Entry, one: RegisterEntry) -> bool:
    """Whether a reference work that both name calls them differently."""
    theirs, ours = _keys_of(entry.described), _keys_of([one])
    kinds = {kind for kind, _ in theirs} & {kind for kind, _ in ours}
    return bool(kinds) and theirs.isdisjoint(ours)


def _lines(named: Sequence[Named]) -> tuple[tuple[str, str], ...]:
    return _distinct(place for one in named for place in one.places.items())


def _order(metadata: Metadata) -> tuple[bool, str, str]:
    """Oldest first, those without a date last."""
    return not metadata.date, metadata.date, metadata.id


def _language(documents: Sequence[Document]) -> str:
    """The language that most documents are in; of several the first by its tag."""
    tags = Counter(document.metadata.language for document in documents)
    return min(tags, key=lambda tag: (not tag, -tags[tag], tag)) if tags else ""


def _without_brackets(form: str) -> str:
    return form.translate({ord("["): None, ord("]"): None})


def _distinct(found: Iterable[_Found]) -> tuple[_Found, ...]:
    return tuple(one for one in dict.fromkeys(found) if one)
