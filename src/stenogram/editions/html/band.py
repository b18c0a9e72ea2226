"""The band under the title of a meeting: reactions at their place, and who is speaking."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stenogram.editions.html.glance import KINDS, Glance, Reaction
from stenogram.editions.interface import Interface, interface_text

_PLACES = 120
"""Reactions nearer to each other than one part of so many stand as one."""
_SLICES = 400
"""Of these parts of the meeting each is given to who speaks most of it."""
_LANES = 4
"""So many of those who speak most have a lane of their own; all others share one."""
_NAMES = {
    "laughter": interface_text("Laughter"),
    "applause": interface_text("Applause"),
    "ovation": interface_text("Ovation"),
    "cheers": interface_text("Cheers"),
    "noise": interface_text("Commotion"),
    "interjection": interface_text("Interjection"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A sign on the band: one reaction, or several that are near to each other."""

    x: str
    """From the left, in per cent."""
    kinds: tuple[str, ...]
    level: int
    line: str
    """Id of the line that it leads to."""
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stretch of the meeting in which one speaker, or one of all others, is heard."""

    x: str
    width: str
    lane: int
    """From 1; the last is that of all others."""
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """A speaker in the table of shares."""

    name: str
    lane: int
    turns: int
    words: int
    share: str
    """Of all words, in per cent."""
    counts: tuple[int, ...]
    """Reactions to their words, by kind, in the order of ``Band.kinds``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionRow:
    """A reaction in the list of all."""

    line: str
    n: str
    words: str
    names: str
    """Of its kinds."""
    to: str
    by: str
    """Whose interjection it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Everything that a page shows of the meeting at a glance."""

    marks: Sequence[Mark]
    bars: Sequence[Bar]
    kinds: Sequence[str]
    """Kinds that occur."""
    kind_names: Sequence[str]
    shares: Sequence[ShareRow]
    totals: Sequence[int]
    reactions: Sequence[ReactionRow]
    words: int
    lanes: int
    """How many lanes are used."""


def band(glance: Glance, names: Mapping[str, str], interface: Interface) -> Band:
    """What a page shows of a meeting; ``names`` are standard names by id."""

    def named(who: Sequence[str]) -> str:
        return interface.named(who, names)

    reactions = glance.reactions
    kinds = [kind for kind in KINDS if any(kind in one.kinds for one in reactions)]
    lanes = _lanes(glance)
    return Band(
        marks=[
            _mark(group, glance.words, named, interface) for group in _groups(reactions, glance)
        ],
        bars=list(_bars(glance, lanes, named, interface)),
        kinds=kinds,
        kind_names=[interface.gettext(_NAMES[kind]) for kind in kinds],
        shares=list(_shares(glance, kinds, lanes, named)),
        totals=[sum(kind in one.kinds for one in reactions) for kind in kinds],
        reactions=[_row(one, named, interface) for one in reactions],
        words=glance.words,
        lanes=len(set(lanes.values())),
    )


_Named = Callable[[Sequence[str]], str]


def _percent(part: float, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.2f}".rstrip("0").rstrip(".")


def _groups(reactions: Sequence[Reaction], glance: Glance) -> Iterator[list[Reaction]]:
    """Reactions, in one group where they would lie upon each other."""
    group: list[Reaction] = []
    for one in reactions:
        if group and (one.begins - group[0].begins) * _PLACES >= glance.words:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _mark(group: Sequence[Reaction], words: int, named: _Named, interface: Interface) -> Mark:
    kinds = {kind for one in group for kind in one.kinds}
    strongest = max(group, key=lambda one: one.level)
    if len(group) == 1:
        title = _title(strongest, named, interface)
    else:
        title = "; ".join(_title(one, named, interface) for one in group[:3])
        title += " …" if len(group) > len(group[:3]) else ""
    return Mark(
        x=_percent(group[0].begins, words),
        kinds=tuple(kind for kind in KINDS if kind in kinds),
        level=strongest.level,
        line=strongest.line.id,
        title=title,
    )


def _title(one: Reaction, named: _Named, interface: Interface) -> str:
    place = interface.gettext("l. %(n)s") % {"n": one.line.n} if one.line.n else ""
    return ", ".join(filter(None, (one.words, place, named(one.to) if one.to else "")))


def _lanes(glance: Glance) -> dict[tuple[str, ...], int]:
    """The lane of each speaker: those who speak most have one each."""
    most = sorted(glance.shares, key=lambda who: -glance.shares[who].words)
    return {who: min(place, _LANES) + 1 for place, who in enumerate(most)}


def _bars(
    glance: Glance,
    lanes: Mapping[tuple[str, ...], int],
    named: _Named,
    interface: Interface,
) -> Iterator[Bar]:
    others = interface.gettext("Others")
    begin, lane, who = 0, 0, ""
    for place, speaker in enumerate([*_slices(glance), None]):
        now = lanes[speaker] if speaker is not None else 0
        if now != lane:
            if lane:
                yield Bar(
                    x=_percent(begin, _SLICES),
                    width=_percent(place - begin, _SLICES),
                    lane=lane,
                    title=who,
                )
            begin, lane = place, now
            who = named(speaker) if speaker is not None and now <= _LANES else others


def _slices(glance: Glance) -> Iterator[tuple[str, ...] | None]:
    """For each part of the meeting who speaks most of it."""
    size = max(glance.words / _SLICES, 1e-9)
    spoken: list[Counter[tuple[str, ...]]] = [Counter() for _ in range(_SLICES)]
    for stretch in glance.stretches:
        at, end = float(stretch.begins), stretch.begins + stretch.words
        while at < end:
            place = min(int(at / size), _SLICES - 1)
            until = end if place == _SLICES - 1 else min(end, max((place + 1) * size, at + 1e-6))
            spoken[place][stretch.who] += until - at  # type: ignore[assignment]
            at = until
    for counter in spoken:
        yield counter.most_common(1)[0][0] if counter else None


def _shares(
    glance: Glance, kinds: Sequence[str], lanes: Mapping[tuple[str, ...], int], named: _Named
) -> Iterator[ShareRow]:
    met: Counter[tuple[tuple[str, ...], str]] = Counter()
    for reaction in glance.reactions:
        met.update((reaction.to, kind) for kind in reaction.kinds)
    for who, share in sorted(glance.shares.items(), key=lambda item: -item[1].words):
        yield ShareRow(
            name=named(who),
            lane=lanes[who],
            turns=share.turns,
            words=share.words,
            share=_percent(share.words, glance.words),
            counts=tuple(met[who, kind] for kind in kinds),
        )


def _row(one: Reaction, named: _Named, interface: Interface) -> ReactionRow:
    return ReactionRow(
        line=one.line.id,
        n=one.line.n,
        words=one.words,
        names=", ".join(interface.gettext(_NAMES[kind]) for kind in one.kinds),
        to=named(one.to) if one.to else "",
        by=named(one.by) if one.by and "interjection" in one.kinds else "",
    )
