"""Encodings: the names under which they are stated and kept, and Python's codecs for them."""

import codecs
import difflib
import re
from collections.abc import Mapping

from stenogram.errors import SourceError

UNICODE = frozenset("utf-8 utf-7 utf-16 utf-16le utf-16be utf-32 utf-32le utf-32be".split())
_SINGLE = "ascii koi8-r koi8-u mac-cyrillic mac-greek mac-latin2 mac-turkish tis-620"
_DOUBLE = "big5 euc-jp euc-kr gb18030 gb2312 gbk hz iso-2022-jp iso-2022-jp-2 iso-2022-kr"
_IBM = "437 850 852 855 857 858 860 861 862 863 864 865 866 869"
_CODECS: Mapping[str, str] = {
    **{name: name for name in (*UNICODE, *_SINGLE.split(), *_DOUBLE.split())},
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in range(1, 17) if part != 12},
    **{f"windows-{page}": f"cp{page}" for page in (874, 949, *range(1250, 1259))},
    **{f"ibm{page}": f"cp{page}" for page in _IBM.split()},
    "big5-hkscs": "big5hkscs",
    "euc-jis-2004": "euc_jis_2004",
    "macintosh": "mac-roman",
    "shift_jis": "shift_jis",
    "windows-31j": "cp932",
}
_NAMES = {codecs.lookup(codec).name: name for name, codec in _CODECS.items()}
_PLAUSIBLE = re.compile(r"[A-Za-z0-9_. -]{1,40}", re.ASCII)

# By chardet's names: those in which transcripts were typed, on DOS, Windows, Unix, the Macintosh.
RECOGNISED = frozenset(
    """
    cp437 cp850 cp852 cp855 cp866 cp874 cp932 cp949 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255
    cp1256 cp1257 iso8859-2 iso8859-5 iso8859-7 iso8859-9 iso8859-13 iso8859-15 iso8859-16
    koi8-r koi8-u mac-roman mac-latin2 mac-cyrillic big5hkscs gb18030 euc_jis_2004 utf-16-le
    utf-16-be utf-8
    """.split()
)
BY_ESCAPES = frozenset("utf-7 hz iso2022_jp_2 iso2022_kr utf-8".split())


def encoding_named(name: str) -> str:
    """The name under which an encoding is kept, from any of its names.

    Raises ``SourceError`` if stenogram knows none of that name.
    """
    known = name_of(name)
    if known:
        return known
    near = difflib.get_close_matches(name[:40].lower(), _CODECS, n=1)
    hint = f'did you mean "{near[0]}"?' if near else "names are e.g. windows-1252, koi8-r, utf-16"
    raise SourceError(f'"{name[:40]}" is not an encoding that stenogram knows; {hint}')


def name_of(name: str) -> str:
    """The name under which an encoding is kept; empty if stenogram does not know it."""
    plain = name.strip().lower()
    if plain in _CODECS:
        return plain
    try:
        return _NAMES.get(codecs.lookup(plain).name, "") if _PLAUSIBLE.fullmatch(plain) else ""
    except LookupError:
        return ""


def codec_of(encoding: str) -> str:
    """Python's codec for an encoding that stenogram knows."""
    return _CODECS[encoding]


def known_encodings() -> list[str]:
    """The names of all encodings that can be stated."""
    return sorted(_CODECS)
