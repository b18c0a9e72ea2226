"""What a PDF says of a font, as plain numbers and names.

A font comes from the file and may be anything. Only what is known of fonts is taken, and nothing
in it points elsewhere.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pdfminer.pdftypes import dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral

from stenogram.sources.pdf.streams import ExcessiveError, Stream

MOST_SIGNS = 300_000
"""Characters of one font; the largest have 65,536."""
_LAST = 65_535
_NAMES = ("FontName", "BaseFont", "Subtype", "CMapName")
_NUMBERS = ("Ascent", "Descent", "DW", "FirstChar", "Flags", "ItalicAngle", "MissingWidth")
_ARRAYS = ("DW2", "FontBBox", "FontMatrix", "Widths")
_LENGTHS = {"FontBBox": 4, "FontMatrix": 6, "DW2": 2}


def plain_description(spec: Mapping[str, object]) -> dict[str, Any]:
    """What is known of fonts, as plain numbers and names: nothing in it points elsewhere."""
    plain: dict[str, Any] = {}
    for key, found in ((key, resolve1(value)) for key, value in spec.items()):
        if (key in _NAMES and isinstance(found, PSLiteral)) or (
            key in _NUMBERS and isinstance(found, int | float)
        ):
            plain[key] = found
        elif key in _ARRAYS and isinstance(found, list):
            plain[key] = _numbers(found)
        elif key in ("W", "W2") and isinstance(found, list):
            plain[key] = _widths(found, 3 if key == "W" else 5)
        elif key == "Encoding":
            plain[key] = _encoding(found)
        elif key == "CIDSystemInfo":
            plain[key] = {k: v for k, v in dict_value(found).items() if isinstance(v, bytes)}
        elif key == "FontDescriptor" and isinstance(found, dict):
            described = (*_NAMES, *_NUMBERS, *_ARRAYS)
            plain[key] = plain_description({k: v for k, v in found.items() if k in described})
    for key, length in _LENGTHS.items():
        if key in plain and len(plain[key]) != length:
            del plain[key]
    return plain


def _encoding(found: object) -> object:
    if isinstance(found, Stream):
        return {"CMapName": resolve1(found.get("CMapName"))}
    if not isinstance(found, dict):
        return found if isinstance(found, PSLiteral) else PSLiteral("")
    differences = [resolve1(one) for one in list_value(found.get("Differences"))]
    base = resolve1(found.get("BaseEncoding"))
    return {
        "Differences": [one for one in differences if isinstance(one, int | PSLiteral)],
        **({"BaseEncoding": base} if isinstance(base, PSLiteral) else {}),
    }


def _numbers(found: Sequence[object]) -> list[float]:
    resolved = (resolve1(one) for one in found[: _LAST + 1])
    return [one if isinstance(one, int | float) else 0 for one in resolved]


def _widths(found: Sequence[object], length: int) -> list[Any]:
    """A table of widths: ``first last width`` for a stretch, ``first [widths]`` for a few."""
    plain: list[Any] = []
    waiting: list[float] = []
    left = MOST_SIGNS
    for one in map(resolve1, found):
        if isinstance(one, list) and waiting:
            plain += [_code(waiting[-1]), _numbers(one)]
            waiting = []
        elif isinstance(one, int | float):
            waiting.append(one)
        if len(waiting) == length:
            first, last = _code(waiting[0]), _code(waiting[1])
            left -= max(1, last - first + 1)
            if left < 0:
                raise ExcessiveError
            plain += [first, last, *waiting[2:]]
            waiting = []
    return plain


def _code(number: float) -> int:
    return min(max(0, int(number)), _LAST)


def name_of(found: object) -> str:
    """A name as text; nothing for what is no name."""
    found = resolve1(found)
    return str(found.name) if isinstance(found, PSLiteral) else ""
