"""The faces of fonts: what tells their letters from others."""

import re

from pdfminer.pdffont import PDFFont, PDFType3Font

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_ITALIC = re.compile(
    r"italic|oblique|slant|kursiv|cursive|(?<=[-,])(?:[A-Z][a-z]*)?It(?:[A-Z]|$)"
    r"|^(?:cm|lm|ec|sf)(?:b?x?ti|sl|bxsl|mi|tt?it)\d",
    re.IGNORECASE,
)
_BOLD = re.compile(
    r"bold|black|heavy|fett|gras|(?<=[-,])(?:demi|semi|bd)|^(?:cm|lm|ec|sf)(?:bx|b\d|ssbx)",
    re.IGNORECASE,
)
_SMALL_CAPITALS = re.compile(
    r"(?i:small-?caps)|[-,][A-Za-z]*SC$|[a-z]SC(?:$|-)|^(?i:(?:cm|lm|ec|sf)c(?:sc|c)\d)"
)
_IS_ITALIC, _IS_BOLD = 1 << 6, 1 << 18


def faces_of(font: PDFFont) -> tuple[str, ...]:
    """The faces of a font, by its name or its description."""
    name = font.fontname if isinstance(font.fontname, str) else ""
    if name in ("", "unknown"):
        name = str(getattr(font, "basefont", ""))
    name = _SUBSET.sub("", name)
    faces = (
        ("bold", _BOLD.search(name) or font.flags & _IS_BOLD),
        ("italic", _ITALIC.search(name) or font.flags & _IS_ITALIC or font.italic_angle),
        ("smallcaps", _SMALL_CAPITALS.search(name)),
    )
    return tuple(face for face, is_so in faces if is_so)


def em_of(font: PDFFont) -> float:
    """How large a font is at size 1; one that is drawn may have any measure."""
    height = font.bbox[3] - font.bbox[1]
    if isinstance(font, PDFType3Font) and height:
        return abs(float(height * font.vscale))
    return 1.0
