"""How words are compared in a search: case and accents do not count, nor signs between words.

The web edition's ``words.js`` does the same in the browser, and ``tests/data/search.json`` has the
cases for both. A letter counts as it is typed on a keyboard: ``й`` is a letter of its own, ``ё`` is
an ``е`` with dots that most people leave out.
"""

import re
import unicodedata
from collections.abc import Iterator

_PLAIN = re.compile("[a-z0-9]+")
_JOINERS = "\u00ad\u0640\u200b-\u200d\u2060\ufeff"
"""Signs inside words that nobody hears: soft hyphens, lengthened strokes and their like."""
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Scripts without spaces between words: each letter counts as a word. Thai and Lao, Burmese, Khmer,
Chinese and Japanese."""
_APOSTROPHES = "\u02b9-\u02bf"
"""Letters to Unicode, and to those who type them the same as ``'``."""
_ACCENTS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
"""Of Latin, Greek, Cyrillic, Hebrew and Arabic letters; in other scripts marks are vowels."""
_LEFT_OUT = re.compile(f"(и\u0306)|[{_ACCENTS}{_JOINERS}]")
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        "ς": "σ",
    }
)
_JOINER = re.compile(f"[{_JOINERS}]")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_ALONE = re.compile(f"[{UNSPACED}]")


def word_forms(text: str) -> list[str]:
    """The words of a text in the form in which they are compared."""
    if text.isascii():
        return _PLAIN.findall(text.lower())
    return [form for word in _words(text) for form in _words(_folded(word))]


def _folded(word: str) -> str:
    lower = unicodedata.normalize("NFKD", word).lower()
    bare = _LEFT_OUT.sub(lambda found: found[1] or "", lower)
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))


def _words(text: str) -> Iterator[str]:
    """Runs of letters, digits and their marks; a letter of an unspaced script with its marks."""
    word, alone = "", False
    for char in text:
        kind = _kind(char)
        if word and (kind == "" or kind == "A" or (alone and kind != "M")):
            yield word
            word = ""
        if kind and (word or kind != "M"):
            word, alone = word + char, alone if word else kind == "A"
    if word:
        yield word


def _kind(char: str) -> str:
    """``M`` for a mark or joiner, ``A`` for what is a word alone, ``L`` for the rest of words."""
    if _JOINER.match(char):
        return "M"
    category = unicodedata.category(char)[0]
    if category == "M":
        return "M"
    if category not in "LN" or _APOSTROPHE.match(char):
        return ""
    return "A" if _ALONE.match(char) else "L"
