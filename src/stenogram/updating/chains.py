"""Parts of turns and quotations: what ``next`` and ``prev`` say of each other must agree."""

from collections.abc import Mapping, Sequence

from stenogram.tei.pieces import Piece, with_attributes

_BACK = {"next": "prev", "prev": "next"}


def mend_chains(row: Sequence[Piece], before: Sequence[Piece]) -> None:
    """Mend the links that an update has left open; those that were so before stay.

    A part that is new is linked in between; other links that are not returned are taken out,
    unless the other part has none.
    """
    known = {(p.id, name, p.attributes[name]) for p, name in _loose(before)}
    old_ids = {piece.id for piece in before if piece.opens}
    by_id = {piece.id: piece for piece in row if piece.opens and piece.id}
    for piece, name in sorted(_loose(row), key=lambda link: link[0].id in old_ids):
        aim = piece.attributes.get(name, "")
        if not aim or (piece.id, name, aim) in known:
            continue
        other = by_id.get(aim.removeprefix("#"))
        back = _BACK[name]
        if other is not None and other.attributes.get(back) == f"#{piece.id}":
            continue
        is_new = piece.id not in old_ids
        if piece.id and other is not None and (is_new or back not in other.attributes):
            _set(other, {back: f"#{piece.id}"})
        else:
            _set(piece, {name: ""})
    for piece, name in _loose(row):
        if (piece.id, name, piece.attributes[name]) not in known:
            _set(piece, {name: ""})


def _set(piece: Piece, values: Mapping[str, str]) -> None:
    piece.raw = with_attributes(piece, values)
    kept = {**piece.attributes, **values}
    piece.attributes = {name: value for name, value in kept.items() if value}


def _loose(row: Sequence[Piece]) -> list[tuple[Piece, str]]:
    """Links that lead nowhere, or that are not returned."""
    linked = [p for p in row if p.opens and p.name in ("sp", "q")]
    by_id = {piece.id: piece for piece in linked if piece.id}
    found = []
    for piece in linked:
        for name, back in _BACK.items():
            if name in piece.attributes:
                other = by_id.get(piece.attributes[name].removeprefix("#"))
                if other is None or other.attributes.get(back) != f"#{piece.id}":
                    found.append((piece, name))
    return found
