"""Transcripts of odd shapes and of any size: on them time might grow faster than the file."""

import random
from collections.abc import Callable, Iterator
from itertools import chain, count, repeat

Pieces = Callable[[random.Random], Iterator[str]]
"""Pieces of a text, one after the other without end."""

_WORDS = (
    "the bridge must stay and nobody in town has any bread left this winter so we go on "
    "with the work until somebody comes to help"
).split()
_SEED = 1956


def shaped(name: str, size: int) -> bytes:
    """A text of a shape, of so many characters or a few more; the same in every run."""
    pieces = SHAPES[name](random.Random(_SEED))  # noqa: S311  # nothing secret
    parts, length = [], 0
    while length < size:
        parts.append(next(pieces))
        length += len(parts[-1])
    return "".join(parts).encode()


def _always(piece: str) -> Pieces:
    return lambda _: repeat(piece)


def _each(piece: Callable[[random.Random, int], str], first: str = "") -> Pieces:
    """Pieces made one by one, with the number of each, after a first one."""
    return lambda chance: chain([first], (piece(chance, number) for number in count(1)))


def _words(chance: random.Random, number: int = 6) -> str:
    return " ".join(chance.choices(_WORDS, k=number))


def _sentence(chance: random.Random) -> str:
    return f"{_words(chance, chance.randint(3, 16)).capitalize()}."


def _name(chance: random.Random) -> str:
    letters = chance.choices("abdefgiklmnoprstuvw", k=chance.randint(4, 9))
    return "".join(letters).capitalize()


def _turn(chance: random.Random, _: int) -> str:
    """A turn as in a record of a spacecraft's radio: 8,000 of them are some 875 kB."""
    speaker = chance.choice(("SMITH", "JONES", "ANN LOW", "CHAIR", "VOICE"))
    reaction = chance.choice(("", "", "", " (Laughter)", " (Applause)"))
    return f"{speaker}: {' '.join(_sentence(chance) for _ in range(2))}{reaction}\n\n"


def _mistyped(chance: random.Random, number: int) -> str:
    """Labels that stand twice, and each once more with two letters that changed places."""
    same = random.Random(number // 3)  # noqa: S311  # nothing secret
    name = _name(same).upper()
    typed = name if number % 3 else f"{name[:2]}{name[3]}{name[2]}{name[4:]}"
    return f"{typed}: {_words(chance)}.\n"


SHAPES: dict[str, Pieces] = {
    "turns": _each(_turn),
    "one line of sentences": _each(lambda chance, _: f"{_sentence(chance)} "),
    "one line without spaces": _each(lambda chance, _: chance.choice("abcdefghijklmnop")),
    "one line with labels": _each(
        lambda chance, _: f"{chance.choice(('SMITH:', 'Ann Low:', 'CHAIR.'))} {_sentence(chance)} "
    ),
    "one line with pages": _each(
        lambda chance, number: f"[[Page {number}]] RECORD 7 {_sentence(chance)} "
    ),
    "short lines": _each(lambda chance, _: chance.choice(("Yes.\n", "So it is\n", "a\n", "no\n"))),
    "short paragraphs": _each(lambda chance, _: chance.choice(("Yes.\n\n", "So it is\n\n"))),
    "empty lines": _always("\n \n"),
    "round brackets": _always("("),
    "square brackets": _always("["),
    "brackets in turn": _always("(["),
    "brackets that cross": _always("([)]"),
    "quotation marks never closed": _each(lambda chance, _: f"“{_words(chance, 2)} "),
    "one quotation with reactions": _each(
        lambda chance, _: f"{_sentence(chance)} (Laughter) ", first="CHAIR. “"
    ),
    "insertions": _each(lambda chance, _: f"{_words(chance, 2)} [{_name(chance)}] "),
    "the same label on every line": _each(lambda chance, _: f"SMITH: {_words(chance)}.\n"),
    "another label on every line": _each(
        lambda chance, _: f"{_name(chance).upper()}: {_words(chance)}.\n"
    ),
    "labels that may be mis-typed": _each(_mistyped),
    "labels with numbers": _each(lambda chance, number: f"WITNESS {number}: {_words(chance)}.\n"),
    "namesakes by first name": _each(
        lambda chance, _: f"{_name(chance)} Smith: {_words(chance)}.\n"
    ),
    "namesakes by place": _each(lambda chance, _: f"Smith ({_name(chance)}): {_words(chance)}.\n"),
    "questions and answers": _each(lambda chance, _: f"{chance.choice('QA')}. {_words(chance)}.\n"),
    "numbered lines": _each(lambda chance, number: f"{number % 25 + 1} {_words(chance)}\n"),
    "pages": _each(lambda chance, number: f"Page {number}\n{_words(chance)}\n{_words(chance)}\n"),
    "pages without words": _each(lambda _, number: f"Page {number}\n"),
    "form feeds": _always("so it is\f\n"),
    "times before lines": _each(
        lambda chance, number: f"[{number // 60:02}:{number % 60:02}] {_words(chance)}\n"
    ),
    "names in stage directions": _each(
        lambda chance, _: f"SMITH: Yes. ({_name(chance)} [Lab]: No! – {_name(chance)}: Yes!)\n\n"
    ),
    "one stage direction with names": _each(
        lambda chance, _: f"{_name(chance)}: Shame! – ", first="SMITH: Yes. ("
    ),
    "one long turn": _each(lambda chance, _: f"{_sentence(chance)}\n\n", first="SMITH: Yes.\n\n"),
    "headings": _each(
        lambda chance, _: f"THE {_name(chance).upper()}\n\n{_words(chance)}.\n\n", "SMITH: Yes.\n\n"
    ),
    "signatures": _each(lambda chance, _: f"{_name(chance)} {_name(chance)}\n\n"),
    "an index": _each(
        lambda chance, number: f"{_name(chance)} {number}:3, {number}:7\n\n", "SMITH: Yes.\n\n"
    ),
    "divided words": _each(lambda chance, _: f"{_words(chance, 2)}-\n"),
    "one letter and a hyphen on every line": _always("a-\n"),
    "one letter": _always("a"),
    "one letter apart": _always("a "),
    "digits": _always("7"),
    "full stops": _always("."),
    "hyphens": _always("- "),
    "capitals and hyphens": _always("A-"),
    "initials": _always("A."),
    "dots for a name": _always("…:\n"),
    "numbers of paragraphs": _always("1. "),
    "asterisks": _always("*"),
    "no-break spaces": _always("\u00a0. "),
    "Chinese lines": _each(
        lambda chance, _: f"主席：{''.join(chance.choices('我们的人民共和国开会了。', k=20))}\n"
    ),
    "a web page": _each(lambda chance, _: f"<p>{_sentence(chance)}</p>\n", first="<html><body>"),
    "a web page of nested elements": _each(lambda _, __: "<div>a", first="<html><body>"),
}
