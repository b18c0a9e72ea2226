"""The fonts of a PDF: which characters their signs are, how wide, and of which face."""

import contextlib
import io
import struct
from collections.abc import Iterator, Mapping
from typing import Any

from pdfminer.cmapdb import CMap, CMapParser, FileUnicodeMap, IdentityUnicodeMap, UnicodeMap
from pdfminer.encodingdb import name2unicode
from pdfminer.pdffont import (
    PDFCIDFont,
    PDFFont,
    PDFSimpleFont,
    PDFTrueTypeFont,
    PDFType1Font,
    PDFType3Font,
    PDFUnicodeNotDefined,
    TrueTypeFont,
)
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import dict_value, list_value, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral

from stenogram.sources.pdf.characters import as_typed
from stenogram.sources.pdf.descriptions import MOST_SIGNS, name_of, plain_description
from stenogram.sources.pdf.faces import em_of, faces_of
from stenogram.sources.pdf.streams import DamagedError, ExcessiveError, Stream
from stenogram.sources.text import NOT_XML

DAMAGED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    DamagedError,
    EOFError,
    LookupError,
    NotImplementedError,
    PSException,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
"""What reading a damaged file may raise in the library: it trusts what it reads."""

_DRAWN = {"FontBBox": [0, 0, 0, 0], "FontMatrix": [0.001, 0, 0, 0.001, 0, 0]}


class Letters:
    """What the signs of one font mean."""

    def __init__(self, font: PDFFont) -> None:
        self.font = font
        self.faces = faces_of(font)
        self.em = em_of(font)
        """Size of the font at size 1."""
        self._known: dict[int, tuple[str, float]] = {}

    def sign(self, code: int) -> tuple[str, float]:
        """The character of a code, or nothing if no table says which, and its width."""
        if code not in self._known:
            try:
                text = self.font.to_unichr(code)
            except (PDFUnicodeNotDefined, ValueError):
                text = ""
            text = as_typed(text)
            if NOT_XML.search(text):
                text = ""
            self._known[code] = (text, self.font.char_width(code))
        return self._known[code]

    def codes(self, string: bytes) -> Iterator[int]:
        """The codes of a string; -1 for what is none."""
        cmap = getattr(self.font, "cmap", None)
        if not isinstance(cmap, CMap):
            yield from self.font.decode(string)
            return
        table: Any = cmap.code2cid
        for byte in string:
            table = table.get(byte, -1)
            if isinstance(table, int):
                yield table
                table = cmap.code2cid


class Fonts(PDFResourceManager):
    """The fonts of one file."""

    def __init__(self) -> None:
        super().__init__()
        self._letters: dict[int, Letters] = {}

    def letters(self, font: PDFFont) -> Letters:
        """What the signs of a font mean."""
        if id(font) not in self._letters:
            self._letters[id(font)] = Letters(font)
        return self._letters[id(font)]

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Read a font, or take it as read before."""
        known = self._cached_fonts.get(objid) if objid else None
        if known is not None:
            return known
        try:
            font = self._read(spec)
        except DAMAGED:
            font = _Unread(self, {})
        self._cached_fonts[objid or id(font)] = font
        return font

    def _read(self, spec: Mapping[str, object]) -> PDFFont:
        kind = name_of(spec.get("Subtype"))
        if kind == "Type0":
            descendants = list_value(spec.get("DescendantFonts"))
            below = dict_value(descendants[0]) if descendants else {}
            spec = {**below, **{k: spec[k] for k in ("Encoding", "ToUnicode") if k in spec}}
        plain = plain_description(spec)
        if kind in ("Type0", "CIDFontType0", "CIDFontType2"):
            font: PDFFont = PDFCIDFont(self, plain)
        elif kind == "Type3":
            font = PDFType3Font(self, _DRAWN | plain)
        elif kind == "TrueType":
            font = PDFTrueTypeFont(self, plain)
        else:
            font = _type_1(self, plain, spec)
        if isinstance(font, PDFSimpleFont):
            _forget_unknown(font, plain.get("Encoding"))
        if isinstance(font, PDFCIDFont | PDFSimpleFont):
            font.unicode_map = _unicode_map(spec, font)
        return font


class _Unread(PDFType1Font):
    """A font that cannot be read: nobody knows what its signs are."""

    def to_unichr(self, cid: int) -> str:
        """Say so."""
        raise PDFUnicodeNotDefined(None, cid)


class _Map(FileUnicodeMap):
    """A table of characters that cannot grow without end."""

    def __init__(self, other: UnicodeMap | None) -> None:
        super().__init__()
        self._other = other
        self._added = 0

    def add_cid2unichr(self, cid: int, code: PSLiteral | bytes | int) -> None:
        """Add one."""
        self._added += 1
        if self._added > MOST_SIGNS:
            raise ExcessiveError
        super().add_cid2unichr(cid, code)

    def get_unichr(self, cid: int) -> str:
        """Look one up, here and then where the signs of a script are listed."""
        if cid in self.cid2unichr or self._other is None:
            return self.cid2unichr[cid]
        return self._other.get_unichr(cid)


class _TrueType(TrueTypeFont):
    """A font file of which the table of characters is read, within limits."""

    _left = MOST_SIGNS

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise ExcessiveError

    def parse_cmap_format_2(self, fp: Any, char2gid: dict[int, int]) -> None:
        """Pass over it: no Unicode table has this form."""

    def parse_cmap_format_4(self, fp: Any, char2gid: dict[int, int]) -> None:
        """Read a table of stretches of characters."""
        begin = fp.tell()
        (double,) = struct.unpack(">4xH", fp.read(6))
        lasts = struct.unpack(f">6x{double // 2}H", fp.read(6 + double // 2 * 2))
        firsts = struct.unpack(f">2x{double // 2}H", fp.read(2 + double // 2 * 2))
        for first, last in zip(firsts, lasts, strict=True):
            self._spend(max(1, last - first + 1))
        fp.seek(begin)
        super().parse_cmap_format_4(fp, char2gid)

    def parse_cmap_format_12(self, fp: Any, char2gid: dict[int, int]) -> None:
        """Read a table of long stretches of characters."""
        begin = fp.tell()
        (groups,) = struct.unpack(">10xI", fp.read(14))
        for _ in range(groups):
            first, last, _glyph = struct.unpack(">III", fp.read(12))
            self._spend(max(1, last - first + 1))
        fp.seek(begin)
        super().parse_cmap_format_12(fp, char2gid)


def _unicode_map(spec: Mapping[str, object], font: PDFCIDFont | PDFSimpleFont) -> UnicodeMap | None:
    """The table of the characters of a font: the file's own, or that of a script."""
    stated = resolve1(spec.get("ToUnicode"))
    if isinstance(stated, Stream):
        table = _Map(font.unicode_map)
        with contextlib.suppress(*DAMAGED):
            CMapParser(table, io.BytesIO(stated.get_data())).run()
        return table
    if isinstance(font, PDFSimpleFont) or font.unicode_map is not None:
        return font.unicode_map
    if isinstance(stated, PSLiteral) and "Identity" in name_of(stated):
        return IdentityUnicodeMap()
    program = resolve1(dict_value(spec.get("FontDescriptor", {})).get("FontFile2"))
    if isinstance(program, Stream):
        with contextlib.suppress(*DAMAGED):
            return _TrueType("", io.BytesIO(program.get_data())).create_unicode_map()
    return None


def _type_1(fonts: Fonts, plain: dict[str, Any], spec: Mapping[str, object]) -> PDFFont:
    """A font that may say only in its program which characters it has."""
    program = resolve1(dict_value(spec.get("FontDescriptor", {})).get("FontFile"))
    if "Encoding" not in plain and isinstance(program, Stream):
        descriptor = {**plain.get("FontDescriptor", {}), "FontFile": program}
        with contextlib.suppress(*DAMAGED):
            return PDFType1Font(fonts, {**plain, "FontDescriptor": descriptor})
    return PDFType1Font(fonts, plain)


def _forget_unknown(font: PDFSimpleFont, encoding: object) -> None:
    """Take out of a font's table the codes that it gives to signs of which nobody knows more."""
    code = 0
    for one in encoding.get("Differences", ()) if isinstance(encoding, dict) else ():
        if isinstance(one, int):
            code = one
            continue
        try:
            name2unicode(str(one.name))
        except (KeyError, ValueError):
            font.cid2unicode.pop(code, None)
        code += 1
