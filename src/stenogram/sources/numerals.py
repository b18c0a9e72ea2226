"""Numbers as word processors write them: figures, letters, Roman numerals, signs of notes."""

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_NOTE_SIGNS = "*†‡§"
_MOST = 4_000
"""Beyond this Roman numerals and rows of letters are given as figures."""


def roman(number: int) -> str:
    """A number in small Roman numerals."""
    if not 0 < number < _MOST:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def repeated(number: int, signs: str = _LATIN) -> str:
    """``a`` to ``z``, then ``aa``, ``bb`` and so on."""
    if not 0 < number < _MOST:
        return str(number)
    return signs[(number - 1) % len(signs)] * ((number - 1) // len(signs) + 1)


def spreadsheet(number: int) -> str:
    """``a`` to ``z``, then ``aa``, ``ab`` and so on."""
    if not 0 < number < _MOST:
        return str(number)
    written = ""
    while number > 0:
        number, place = divmod(number - 1, len(_LATIN))
        written = _LATIN[place] + written
    return written


def russian(number: int) -> str:
    """The small letters of the Russian alphabet that lists are counted with."""
    return repeated(number, _RUSSIAN)


def note_sign(number: int) -> str:
    """``*``, ``†``, ``‡``, ``§``, then each of them twice."""
    return repeated(number, _NOTE_SIGNS)


def ordinal(number: int) -> str:
    """``1st``, ``2nd``, ``3rd``."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 <= number % 100 <= 20 else ending}"
