"""Which lines of a document are which lines of the new file, by the words that stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from stenogram.updating.alignment import align
from stenogram.updating.likeness import alike
from stenogram.updating.text import ABSTRACT, LINE, NOTE, STAGE, Text, Unit

_ENOUGH = 0.5
"""Share of the shorter of two units whose words must stand in the other."""


@dataclass(slots=True, eq=False)
class Group:
    """Units of the document and of the new file that have words in common."""

    old: list[Unit] = field(default_factory=list)
    new: list[Unit] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Pairing:
    """Which words and units of the new text are which of the old one."""

    word: list[int]
    """By place in the new text: the place in the old one, or -1."""
    new_of: list[int]
    """By place in the old text: the place in the new one, or -1."""
    groups: list[Group]
    """In the order of the document."""

    def forget(self, new_places: Iterable[int]) -> None:
        """Take some words of the new text for others than those they were paired with."""
        for place in new_places:
            if self.word[place] >= 0:
                self.new_of[self.word[place]] = -1
                self.word[place] = -1


def pair(old: Text, new: Text) -> Pairing:
    """Pair two texts word by word, then unit by unit."""
    word = _align_words(old, new)
    pairing = Pairing(word, [-1] * len(old.words), [])
    for place, found in enumerate(word):
        if found >= 0:
            pairing.new_of[found] = place
    _forget_chance_meetings(old, new, pairing)
    near = list(alike(old, new, pairing.word, pairing.new_of))
    for theirs, mine in near:
        _pair_words(old, new, theirs, mine, pairing)
    pairing.groups = _groups(old, new, word, near)
    for group in pairing.groups:
        if len(group.old) == len(group.new) == 1:
            _pair_words(old, new, group.old[0], group.new[0], pairing)
    return pairing


def _align_words(old: Text, new: Text) -> list[int]:
    """Word by word, but units that stand whole first."""
    theirs, mine = _whole_units(old), _whole_units(new)
    units = align([_text(old, u) for u in theirs], [_text(new, u) for u in mine])
    found = [-1] * len(new.words)
    a = b = 0
    for place, at in enumerate(units):
        if at < 0:
            continue
        begin, other = mine[place].words[0], theirs[at].words[0]
        _align_between(old, new, (a, other, b, begin), found)
        for step, word in enumerate(mine[place].words):
            found[word] = other + step
        a, b = theirs[at].words[-1] + 1, mine[place].words[-1] + 1
    _align_between(old, new, (a, len(old.words), b, len(new.words)), found)
    return found


def _whole_units(text: Text) -> list[Unit]:
    """Units whose words follow each other in the received file, in its order."""
    some = [u for u in text.units if u.words[-1] - u.words[0] == len(u.words) - 1]
    return sorted(some, key=lambda unit: unit.words[0])


def _text(text: Text, unit: Unit) -> str:
    return " ".join([unit.kind, *(text.words[place].key for place in unit.words)])


def _align_between(
    old: Text, new: Text, stretch: tuple[int, int, int, int], found: list[int]
) -> None:
    a, a_end, b, b_end = stretch
    keys = [w.key for w in old.words[a:a_end]], [w.key for w in new.words[b:b_end]]
    for place, at in enumerate(align(*keys)):
        found[b + place] = a + at if at >= 0 else -1


def _pair_words(old: Text, new: Text, theirs: Unit, mine: Unit, pairing: Pairing) -> None:
    """Pair what is the same in two units."""
    pairing.forget(mine.words)
    found = align([old.words[p].key for p in theirs.words], [new.words[p].key for p in mine.words])
    for place, at in enumerate(found):
        if at >= 0:
            pairing.word[mine.words[place]] = theirs.words[at]
            pairing.new_of[theirs.words[at]] = mine.words[place]


def _forget_chance_meetings(old: Text, new: Text, pairing: Pairing) -> None:
    """Words such as *the* that two units share by chance do not make them the same."""
    common: dict[tuple[int, int], list[int]] = {}
    for place, found in enumerate(pairing.word):
        if found >= 0:
            key = old.unit_of[found].at, new.unit_of[place].at
            common.setdefault(key, []).append(place)
    for places in common.values():
        mine, theirs = new.unit_of[places[0]], old.unit_of[pairing.word[places[0]]]
        if not _is_same(old, new, theirs, mine, places, pairing):
            pairing.forget(places)


def _is_same(
    old: Text, new: Text, theirs: Unit, mine: Unit, places: Sequence[int], pairing: Pairing
) -> bool:
    if mine.kind != theirs.kind:
        # What is a label in one of them only: its words must stand, all of them.
        strict = bool({STAGE, NOTE, ABSTRACT} & {mine.kind, theirs.kind})
        return ((mine.kind == LINE and not strict) or _stands(mine, pairing.word)) and (
            (theirs.kind == LINE and not strict) or _stands(theirs, pairing.new_of)
        )
    shorter = min(_weight(old, theirs.words), _weight(new, mine.words))
    return _weight(new, places) >= _ENOUGH * shorter


def _stands(unit: Unit, other: Sequence[int]) -> bool:
    """Whether all words of a unit are in the other text."""
    return all(other[place] >= 0 for place in unit.words)


def _weight(text: Text, places: Sequence[int]) -> float:
    """How much some words count: by their letters, marks hardly at all."""
    words = (text.words[place].text for place in places)
    return sum(len(word) if word[0].isalnum() else 0.1 for word in words)


def _groups(
    old: Text, new: Text, word: Sequence[int], near: Iterable[tuple[Unit, Unit]]
) -> list[Group]:
    """Units that have words in common, also through others, or that are alike."""
    pairs = {
        (old.unit_of[found].at, new.unit_of[place].at)
        for place, found in enumerate(word)
        if found >= 0
    }
    pairs |= {(theirs.at, mine.at) for theirs, mine in near}
    group_of: dict[tuple[str, int], Group] = {}
    members: dict[int, list[tuple[str, int]]] = {}
    for a, b in sorted(pairs):
        one = group_of.get(("old", a)) or Group()
        other = group_of.get(("new", b)) or one
        for key in (("old", a), ("new", b)):
            if key not in group_of:
                group_of[key] = one
                members.setdefault(id(one), []).append(key)
        if other is not one:
            for key in members.pop(id(other), []):
                group_of[key] = one
                members.setdefault(id(one), []).append(key)
    units = {("old", unit.at): unit for unit in old.units}
    units |= {("new", unit.at): unit for unit in new.units}
    for key, group in sorted(group_of.items()):
        (group.old if key[0] == "old" else group.new).append(units[key])
    found = {id(group): group for group in group_of.values()}
    return sorted(found.values(), key=lambda group: group.old[0].at)
