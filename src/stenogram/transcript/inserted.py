"""Documents that a record sets apart by their indent, such as a bill between two speeches."""

from collections import Counter
from collections.abc import Sequence

from stenogram.transcript.blocks import Block

_DEEPER = 3
"""Columns by which an inserted document is indented more than speeches."""
_FEWEST_LABELS = 10
_SHARE_OF_LABELS = 0.9
_SHARE_OF_PARAGRAPHS = 0.15
_LONGEST_LABEL = 40
_CENTRED = 4
_FULL = 0.9


def inserted(blocks: Sequence[Block], labelled: Sequence[bool]) -> list[bool]:
    """Which blocks belong to a document that is set apart by its indent.

    ``labelled`` says which begin with a speaker's label. Nothing does, unless labels and the
    other paragraphs of speeches stand at one margin throughout.
    """
    margin = _margin(blocks, labelled)
    if margin is None:
        return [False] * len(blocks)
    width = _width(blocks)
    return [block.indent >= margin + _DEEPER and not is_centred(block, width) for block in blocks]


def _margin(blocks: Sequence[Block], labelled: Sequence[bool]) -> int | None:
    """The indent of speeches, if they have one."""
    pairs = list(zip(blocks, labelled, strict=True))
    labels = Counter(_indent(place, blocks) for place, label in enumerate(labelled) if label)
    if labels.total() < _FEWEST_LABELS:
        return None
    margin, _ = labels.most_common(1)[0]
    near = sum(times for indent, times in labels.items() if abs(indent - margin) <= 1)
    others = [block.indent for block, label in pairs if not label]
    at_margin = sum(abs(indent - margin) <= 1 for indent in others)
    fits = near >= _SHARE_OF_LABELS * labels.total()
    return margin if fits and at_margin >= _SHARE_OF_PARAGRAPHS * len(others) else None


def _indent(place: int, blocks: Sequence[Block]) -> int:
    """The indent of what is said after a label: that of the next block if it stands alone."""
    alone = len(blocks[place].text) <= _LONGEST_LABEL and place + 1 < len(blocks)
    return blocks[place + alone].indent


def _width(blocks: Sequence[Block]) -> int:
    """Columns of a row."""
    rows = sorted(_row(block) for block in blocks if len(block.starts) > 1)
    return rows[int(_FULL * (len(rows) - 1))] if rows else 0


def _row(block: Block) -> int:
    return block.indent + _first_row(block)


def _first_row(block: Block) -> int:
    return block.starts[1][0] if len(block.starts) > 1 else len(block.text)


def is_centred(block: Block, width: int) -> bool:
    """Whether a line stands in the middle of a row of so many columns."""
    right = width - block.indent - _first_row(block)
    return (
        width > 0
        and block.indent >= _CENTRED
        and right >= _CENTRED
        and abs(block.indent - right) <= _CENTRED
    )


def width_of(blocks: Sequence[Block]) -> int:
    """Columns of a row of these blocks; 0 if none is wrapped."""
    return _width(blocks)
