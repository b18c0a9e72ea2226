"""Under which word of a name a register has a person."""

from collections.abc import Sequence
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
    described: Sequence[RegisterEntry], languages: Sequence[str], alphabet: Alphabet
) -> Headword:
    """How an entry stands in its register.

    What a document says counts: a form for sorting, a surname that is marked. Then a word that the
    text uses alone is the surname, and where there is none, the last word; in languages that have
    the surname first, the first.
    """
    name = described[0].name
    told = next((one.sorted_as for one in described if one.sorted_as), "")
    if told:
        first = told.split(",")[0] if "," in told else told.split()[0]
        return _headed(name, first, told)
    if described[0].register != "persons" or described[0].group:
        return _plain(name, name)
    return _headed(name, described[0].surname or _surname(described, languages, alphabet))


def _surname(
    described: Sequence[RegisterEntry], languages: Sequence[str], alphabet: Alphabet
) -> str:
    name = described[0].name
    if "," in name:
        return name.split(",")[0]
    words = name.split("(")[0].split()
    while len(words) > 1 and words[-1].strip(".").casefold() in _AFTER_SURNAMES:
        words.pop()
    if len(words) < 2:
        return ""
    alone = {alphabet.key(form)[0] for one in described for form in one.typed if " " not in form}
    used = [word for word in words if alphabet.key(word)[0] in alone]
    if used:
        return used[-1]
    first = languages[0].split("-")[0].lower() in _SURNAME_FIRST
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
