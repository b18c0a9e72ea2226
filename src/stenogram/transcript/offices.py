"""Labels that name an office, and who has it: by their brackets, by other labels, by the floor."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from stenogram.transcript.labels.grammar import Candidate, candidates, is_group, person_at_end
from stenogram.transcript.labels.names import core_of, name_of, sex_of
from stenogram.transcript.languages import (
    Language,
    deputies,
    is_chair_in_any,
    is_of_any_office,
    particles,
)

_FEWEST, _SHARE = 3, 0.8
"""Labels of a chair with the same name in brackets, and their share of those between them."""
_RARER = 4
_MOST_WORDS = 6
_DIGIT = re.compile(r"\d")


def as_persons(found: Sequence[Candidate], language: Language) -> list[Candidate]:
    """Labels in order, those of offices changed into those of persons where others tell whose."""
    typed = _as_mostly_typed(found)
    one_chair = _in_one_word(typed, language)
    return _with_holders(_with_floor(one_chair, language), language)


def _as_mostly_typed(found: Sequence[Candidate]) -> list[Candidate]:
    """The same name typed everywhere as it is typed mostly."""
    times: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        times[_letters(one.name)][one.name] += 1
    mostly = {core: some.most_common(1)[0][0] for core, some in times.items()}
    return [replace(one, name=mostly[_letters(one.name)]) for one in found]


def _letters(name: str) -> str:
    """A name as one word if it consists of initials, which may have full stops or none."""
    words = core_of(name).split(" ")
    return "".join(words) if all(len(word) == 1 for word in words) else " ".join(words)


def _with_holders(found: Sequence[Candidate], language: Language) -> list[Candidate]:
    """Labels of offices with the names that stand in their brackets."""
    holders = [_holder(one, language) for one in found]
    places: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(found):
        if language.office_at(one.name):
            places[core_of(one.name)].append(place)
    changed = list(found)
    for some in places.values():
        of_office = {place: holders[place] for place in some}
        for place, holder in _told(of_office, found).items():
            changed[place] = _renamed(found[place], holder)
    return changed


def _told(
    holders: Mapping[int, Candidate | None], found: Sequence[Candidate]
) -> dict[int, Candidate]:
    """By place: who has an office there, if its labels tell.

    A chair changes hands, and its holder is named when that happens; so the name counts only
    where it stands in nearly all labels from the first to the last that have it, and those before
    it mean somebody else.
    """
    names = [core_of(one.name) if one else "" for one in holders.values()]
    is_chair = any(is_chair_in_any(found[place].name) for place in holders)
    told = {
        place: one
        for place, one in holders.items()
        if one and (not is_chair or _is_always_named(names, core_of(one.name)))
    }
    persons = {core_of(one.name): one for one in told.values()}
    if len(persons) != 1:
        return told
    first = min(told) if is_chair else 0
    return {place: told[min(told)] for place in holders if place >= first}


def _is_always_named(names: Sequence[str], name: str) -> bool:
    first = names.index(name)
    last = len(names) - 1 - names[::-1].index(name)
    times = names.count(name)
    return times >= _FEWEST and times >= _SHARE * (last + 1 - first)


def _holder(label: Candidate, language: Language) -> Candidate | None:
    """The person in the brackets after an office."""
    if not language.office_at(label.name):
        return None
    titled = [words for words in label.qualifiers if language.title_in(words)]
    others = [words for words in label.qualifiers if words not in titled]
    persons = (
        _person(person_at_end(words, language) or words, language) for words in titled + others
    )
    return next(filter(None, persons), None)


def _person(words: str, language: Language) -> Candidate | None:
    """Words as the name of a person, if they look like one."""
    if _DIGIT.search(words) or words.casefold() in language.records.languages_named:
        return None
    whole = [one for one in candidates(f"{words}:", language) if one.length == len(words) + 1]
    if not whole:
        return None
    bare = language.without_title(whole[0].name)
    name = bare.split()
    titled = bare != whole[0].name
    if not name or len(name) > _MOST_WORDS or (len(name) == 1 and not titled):
        return None
    if any(is_group(word) or is_of_any_office(word) for word in name):
        return None
    small = (word for word in name if not word[0].isupper())
    return whole[0] if all(word in particles() for word in small) else None


def _renamed(label: Candidate, holder: Candidate) -> Candidate:
    return replace(label, name=holder.name, qualifiers=holder.qualifiers)


def _in_one_word(found: Sequence[Candidate], language: Language) -> list[Candidate]:
    """The chair called by one word where it is called by several."""
    times = Counter(one.name for one in found if _is_bare_chair(one, language))
    if len(times) < 2:
        return list(found)
    commonest, most = times.most_common(1)[0]
    beside = {
        pair
        for one, other in pairwise(found)
        for pair in ((one.name, other.name), (other.name, one.name))
    }
    others = {
        name
        for name, few in times.items()
        if name != commonest
        and _rank(name) == _rank(commonest)
        and (
            _is_foreign(name, language)
            or (
                _RARER * few <= most
                and (name, commonest) not in beside
                and not _differ_in_sex(name, commonest)
            )
        )
    }
    return [replace(one, name=commonest) if one.name in others else one for one in found]


def _is_bare_chair(label: Candidate, language: Language) -> bool:
    name = name_of(replace(label, qualifiers=()), language)
    return is_chair_in_any(label.name) and (not name.words or _is_foreign(label.name, language))


def _is_foreign(name: str, language: Language) -> bool:
    """Whether words are an office in another language than that of the document."""
    return not language.office_at(name)


def _rank(name: str) -> bool:
    """Whether an office is that of a deputy."""
    return any(word.startswith(tuple(deputies())) for word in core_of(name).split(" "))


def _differ_in_sex(one: str, other: str) -> bool:
    sexes = sex_of(one), sex_of(other)
    return all(sexes) and sexes[0] != sexes[1]


def _with_floor(found: Sequence[Candidate], language: Language) -> list[Candidate]:
    """Labels such as *O Orador* with the name of whom the chair has called."""
    changed: list[Candidate] = []
    floor: Candidate | None = None
    after_chair = True
    for one in found:
        name = one.name.casefold()
        if name in language.records.floor:
            changed.append(_renamed(one, floor) if floor else one)
            continue
        changed.append(one)
        if is_chair_in_any(name):
            after_chair = True
        elif not language.is_voice(name):
            floor = one if after_chair else floor
            after_chair = False
    return changed
