"""Under which word of a name a register has a person."""

from collections.abc import Iterable
from dataclasses import dataclass

from stenogram.editions.collation import Alphabet
from stenogram.tei.registers import RegisterEntry

_SURNAME_FIRST = frozenset(("hu", "ja", "ko", "vi", "zh"))
_AFTER_SURNAMES = frozenset(("jr", "sr", "ii", "iii", "iv"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Headword:
    """The standard form, with the words by which it is sorted."""

    before: str
    surname: str
    """Empty where the name is sorted as it begins."""
    after: str
    sorted_as: str


def headword(
    entry: RegisterEntry, told: str, typed: Iterable[str], language: str, alphabet: Alphabet
) -> Headword:
    """How an entry stands in its register; ``told`` is a form for sorting, if there is one.

    What a document says counts: such a form, or a surname that is marked. Then a word that the
    text uses alone is the surname, and where there is none, the last word; in languages that have
    the surname first, the first.
    """
    name = entry.name
    if told:
        first = told.split(",")[0] if "," in told else told.split()[0]
        return _headed(name, first, told)
    if entry.register != "persons" or entry.group:
        return _plain(name, name)
    return _headed(name, entry.surname or _surname(name, typed, language, alphabet))


def _surname(name: str, typed: Iterable[str], language: str, alphabet: Alphabet) -> str:
    if "," in name:
        return name.split(",")[0]
    words = name.split("(")[0].split()
    while len(words) > 1 and words[-1].strip(".").casefold() in _AFTER_SURNAMES:
        words.pop()
    if len(words) < 2:
        return ""
    alone = {alphabet.key(form)[0] for form in typed if " " not in form}
    used = [word for word in words if alphabet.key(word)[0] in alone]
    if used:
        return used[-1]
    first = language.split("-")[0].lower() in _SURNAME_FIRST
    return words[0] if first else words[-1]


def _headed(name: str, surname: str, sorted_as: str = "") -> Headword:
    """The name parted around its surname; sorted as it begins if it has none."""
    begin = name.rfind(surname) if surname else -1
    if begin < 0:
        return _plain(name, sorted_as or name)
    before, after = name[:begin], name[begin + len(surname) :]
    rest = f"{before.strip()} {after.strip(' ,')}".strip()
    return Headword(
        before=before,
        surname=surname,
        after=after,
        sorted_as=sorted_as or f"{surname} {rest}",
    )


def _plain(name: str, sorted_as: str) -> Headword:
    return Headword(before="", surname="", after=name, sorted_as=sorted_as)
