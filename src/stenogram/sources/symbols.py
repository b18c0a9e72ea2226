"""Signs of the fonts Symbol and Wingdings, which have no characters of their own in a file."""

import re

from stenogram.sources.text import NOT_XML

_SYMBOL_FROM_20 = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_SYMBOL_FROM_A0 = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
_SYMBOL_FROM_F1 = "⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
_WINGDINGS = {
    0x20: " ",
    0x21: "✏",
    0x22: "✂",
    0x28: "☎",
    0x2A: "✉",
    0x41: "✌",
    0x45: "☜",
    0x46: "☞",
    0x4A: "☺",
    0x4B: "😐",
    0x4C: "☹",
    0x58: "✠",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x72: "❒",
    0x75: "◆",
    0x76: "❖",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "◻",
    0xAB: "★",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE7: "⬅",
    0xE8: "➡",
    0xEF: "⇦",
    0xF0: "⇨",
    0xF3: "⬄",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_PRIVATE, _LAST = 0xF000, 0x10FFFF
_CODE = re.compile(r"[0-9A-Fa-f]{1,6}")
_SIGNS = {
    "symbol": {
        **dict(enumerate(_SYMBOL_FROM_20, 0x20)),
        **dict(enumerate(_SYMBOL_FROM_A0, 0xA0)),
        **dict(enumerate(_SYMBOL_FROM_F1, 0xF1)),
    },
    "wingdings": _WINGDINGS,
}


def is_private(sign: str) -> bool:
    """Whether a character means nothing but by its font."""
    return _PRIVATE <= ord(sign) <= _PRIVATE + 0xFF


def as_seen(text: str, font: str) -> str:
    """Text with the characters that its font shows, as far as they are known."""
    if not any(map(is_private, text)):
        return text
    signs = _SIGNS.get(font.casefold(), {})
    return "".join(
        signs.get(ord(sign) - _PRIVATE, sign) if is_private(sign) else sign for sign in text
    )


def sign_at(code: str) -> str:
    """The character that a font has at some place, in hexadecimal; nothing if it has none."""
    place = int(code, 16) if _CODE.fullmatch(code) else 0
    sign = chr(place + _PRIVATE if place <= 0xFF else place) if place <= _LAST else ""
    return "" if not place or NOT_XML.search(sign) else sign
