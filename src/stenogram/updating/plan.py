"""What is to be done with each line of a document: kept, changed, put in, withdrawn."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from stenogram.updating.pairing import Group, Pairing
from stenogram.updating.text import FURNITURE, LABEL, Text, Unit

_FRAMES = frozenset("TEI teiHeader profileDesc abstract text front body back".split())
"""Elements that stay, whatever they hold."""


@dataclass(slots=True, eq=False)
class Plan:
    """Which units of the document become which of the new file."""

    kept: list[Group] = field(default_factory=list)
    """Their words stand."""
    patched: list[Group] = field(default_factory=list)
    """Their words change, and they have been worked on by hand: only the words are exchanged."""
    renewed: list[tuple[Unit, Unit]] = field(default_factory=list)
    """Their words change, and they are as they were imported: the new content takes their place."""
    fresh: set[int] = field(default_factory=set)
    """Where units of the new text begin that the document does not have."""
    withdrawn: list[Unit] = field(default_factory=list)
    merged: dict[int, Unit] = field(default_factory=dict)
    """Where units begin that are withdrawn since their words belong to another now."""
    aims: dict[int, tuple[Unit, Unit]] = field(default_factory=dict)
    """By the beginning of a unit of the new text: the first and the last of its counterparts."""


@dataclass(frozen=True, slots=True)
class Tangle:
    """A line that was worked on by hand and that the new file has in several pieces."""

    unit: Unit
    new: tuple[Unit, ...]


def make_plan(
    old: Text,
    new: Text,
    pairing: Pairing,
    is_as_imported: Callable[[Unit], bool],
    takes_source: Callable[[Tangle], bool],
) -> Plan:
    """Decide what to do with each unit.

    ``takes_source`` is asked about what cannot be done word by word.
    """
    plan = Plan()
    place_of = {unit.at: place for place, unit in enumerate(new.units)}
    for group in pairing.groups:
        between = _between(new, group, place_of)
        tangled = any(unit.kind != FURNITURE for unit in between)
        if not (tangled or _is_changed(pairing, group)):
            plan.kept.append(group)
            continue
        _let_go_of_labels(group, pairing, is_as_imported)
        if not group.old:
            continue
        is_clean = all(map(is_as_imported, group.old))
        has_one_kind = len({unit.kind for unit in (*group.old, *group.new)}) == 1
        by_words = is_clean or not tangled
        if is_clean and has_one_kind:
            _renew(plan, pairing, group)
        elif by_words or not takes_source(Tangle(group.old[0], tuple(between))):
            group.new = sorted([*group.new, *between], key=lambda unit: unit.at)
            plan.patched.append(group)
        else:
            _renew(plan, pairing, group)
    _complete(plan, old, new, pairing)
    _let_lone_labels_go(plan, old, new, pairing)
    return plan


def _is_changed(pairing: Pairing, group: Group) -> bool:
    words = (p for unit in group.new for p in unit.words)
    return any(pairing.word[p] < 0 for p in words) or any(
        pairing.new_of[p] < 0 for unit in group.old for p in unit.words
    )


def _let_go_of_labels(
    group: Group, pairing: Pairing, is_as_imported: Callable[[Unit], bool]
) -> None:
    """Labels that the new file has amid the words of a line are none any more."""
    if any(unit.kind == LABEL for unit in group.new):
        return
    gone = [unit for unit in group.old if unit.kind == LABEL and is_as_imported(unit)]
    words = {place for unit in gone for place in unit.words}
    places = (place for unit in group.new for place in unit.words)
    pairing.forget([place for place in places if pairing.word[place] in words])
    group.old = [unit for unit in group.old if unit not in gone]


def _between(new: Text, group: Group, place_of: Mapping[int, int]) -> list[Unit]:
    """Units of the new text amid those of a group."""
    places = [place_of[unit.at] for unit in group.new]
    span = new.units[min(places) : max(places) + 1]
    members = {unit.at for unit in group.new}
    return [unit for unit in span if unit.at not in members]


def _renew(plan: Plan, pairing: Pairing, group: Group) -> None:
    """Each unit takes the content of the first that has words of it; others join that before."""
    taken: set[int] = set()
    before: Unit | None = None
    is_pair = len(group.old) == len(group.new) == 1
    for unit in group.old:
        mine = set(unit.words)
        for other in group.new:
            shared = is_pair or any(pairing.word[place] in mine for place in other.words)
            if shared and other.at not in taken and other.kind == unit.kind:
                plan.renewed.append((unit, other))
                taken.add(other.at)
                before = unit
                break
        else:
            plan.withdrawn.append(unit)
            if before is not None:
                plan.merged[unit.at] = before


def _complete(plan: Plan, old: Text, new: Text, pairing: Pairing) -> None:
    """What has no counterpart; and the counterparts of what has one."""
    standing: set[int] = set()
    for group in (*plan.kept, *plan.patched):
        standing.update(unit.at for unit in group.old)
        members = {unit.at for unit in group.old}
        for unit in group.new:
            found = [pairing.word[p] for p in unit.words if pairing.word[p] >= 0]
            units = sorted((old.unit_of[p] for p in found), key=lambda one: one.at)
            units = [one for one in units if one.at in members] or group.old[:1]
            plan.aims[unit.at] = units[0], units[-1]
    for theirs, mine in plan.renewed:
        standing.add(theirs.at)
        plan.aims[mine.at] = theirs, theirs
    known = {unit.at for unit in plan.withdrawn}
    plan.withdrawn += [u for u in old.units if u.at not in standing and u.at not in known]
    plan.withdrawn.sort(key=lambda unit: unit.at)
    plan.fresh = {unit.at for unit in new.units if unit.at not in plan.aims}


def whole_elements(text: Text, units: Iterable[int]) -> list[int]:
    """Where the largest elements begin of which all units are among these."""
    chosen = set(units)
    counts: dict[int, list[int]] = {}
    for unit in text.units:
        for at in (unit.at, *(outer.at for outer in text.ancestors(unit.at))):
            count = counts.setdefault(at, [0, 0])
            count[0] += 1
            count[1] += unit.at in chosen
    whole = {
        at
        for at, (inside, chosen_inside) in counts.items()
        if inside == chosen_inside and text.row[at].name not in _FRAMES
    }
    found: list[int] = []
    for at in sorted(whole):
        if not found or not text.within(at, found[-1]):
            found.append(at)
    return found


def _let_lone_labels_go(plan: Plan, old: Text, new: Text, pairing: Pairing) -> None:
    """A label that stands, but whose turn has lost all its words, is what the new file makes it."""
    leaving = {unit.at for unit in plan.withdrawn}
    for group in list(plan.kept):
        unit, mine = group.old[0], group.new[0]
        turn = old.around(unit.at, "sp")
        if unit.kind != LABEL or len(group.old) > 1 or len(group.new) > 1 or turn is None:
            continue
        others = [one for one in old.units_in(turn.at) if one is not unit]
        other = new.around(mine.at, "sp") if mine.kind == LABEL else None
        comes = other and any(one.at in plan.fresh for one in new.units_in(other.at))
        if others and all(one.at in leaving for one in others) and not comes:
            plan.kept.remove(group)
            plan.withdrawn.append(unit)
            plan.fresh.add(mine.at)
            plan.aims.pop(mine.at)
            pairing.forget(mine.words)
    plan.withdrawn.sort(key=lambda unit: unit.at)
