"""A file read in several encodings: which is likeliest, and how its words differ."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from stenogram.sources.model import Detection
from stenogram.sources.names import UNICODE, codec_of, name_of

_LINE_END = re.compile(r"\r\n|\r|\n")
# No typist's character, save U+0085; a reading that has one is wrong.
CONTROL = re.compile("[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_BLANKS = " \n\r\u3000\u3001\u3002\uff0c"
_SAMPLE = 200_000
"""Bytes by which an encoding is recognised."""
_READINGS = 4
_SHOWN = 12
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_MORE_USUAL = {
    "big5-hkscs": "big5",
    "euc-jis-2004": "euc-jp",
    "iso-2022-jp-2": "iso-2022-jp",
    "iso-8859-15": "windows-1252",
    "iso-8859-16": "windows-1252",
    "iso-8859-9": "windows-1252",
    "koi8-u": "koi8-r",
    "windows-1254": "windows-1252",
    "windows-31j": "shift_jis",
}
"""How an encoding is called where another one gives the same words."""


class Reading(NamedTuple):
    """A file as it reads in one encoding."""

    encoding: str
    text: str
    confidence: float = 0.0
    """As chardet puts it; no probability."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The characters of a received file."""

    text: str
    encoding: str
    detection: Detection | None = None
    """How the encoding was recognised, if it was not stated."""


def attempt(data: bytes, encoding: str) -> str | None:
    """The text in an encoding, if it can be read so."""
    try:
        text = data.decode(codec_of(encoding))
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def blanks(text: str | None) -> int:
    """How many spaces, line ends and the like a text has; it has many if it is read rightly."""
    return -1 if text is None else sum(map(text.count, _BLANKS))


def shown(encoding: str) -> str:
    """The name of an encoding as people write it."""
    return encoding.upper() if encoding in UNICODE else encoding


def likeliest(data: bytes, among: frozenset[str]) -> Iterator[Reading]:
    """The likeliest readings that differ, at most four, the first of them first."""
    from chardet import detect_all  # a tenth of a second that UTF-8 need not wait for

    found = detect_all(
        _sample(data),
        ignore_threshold=True,
        max_bytes=_SAMPLE,
        prefer_superset=False,
        compat_names=False,
        include_encodings=among,
        no_match_encoding="utf-8",  # which it is not, so that no answer is invented
    )
    seen: set[str] = set()
    for row in found:
        encoding = name_of(row["encoding"] or "")
        text = attempt(data, encoding) if encoding else None
        if text is None or text in seen or CONTROL.search(text):
            continue
        seen.add(text)
        usual = _MORE_USUAL.get(encoding)
        if usual and attempt(data, usual) == text:
            encoding = usual
        yield Reading(encoding, text, row["confidence"])
        if len(seen) == _READINGS:
            return


def _sample(data: bytes) -> bytes:
    """The lines beyond ASCII, where a file is large; from the first such byte in a line."""
    if len(data) <= _SAMPLE:
        return data
    chosen, size = [], 0
    for line in data.splitlines(keepends=True):
        if line.isascii():
            continue
        begin = max(0, first_beyond_ascii(line) - _SAMPLE // 100)
        chosen.append(line[begin : begin + _SAMPLE])
        size += len(chosen[-1])
        if size >= _SAMPLE:
            break
    return b"".join(chosen) or data[:_SAMPLE]


def first_beyond_ascii(data: bytes) -> int:
    """Where the first byte stands that is not ASCII; 0 if there is none."""
    found = _BEYOND_ASCII.search(data)
    return found.start() if found else 0


def line_of(data: bytes, position: int) -> int:
    """The line on which a byte stands that has only ASCII before it."""
    return len(_LINE_END.findall(data[:position].decode("ascii", "replace"))) + 1


def decided(
    readings: Sequence[Reading], confidence: float, line: int, found: str, why: str = ""
) -> Decoded:
    """The first of these readings, with what has to be said about its encoding."""
    encoding, text, _ = readings[0]
    words = in_words(readings).removeprefix(": ")
    detection = Detection(
        encoding=encoding,
        confidence=confidence,
        alternatives=tuple(reading.encoding for reading in readings[1:]),
        line=line,
        bytes=found,
        reason=f"{why}{words[:1].upper()}{words[1:]}.",
    )
    return Decoded(text=text, encoding=encoding, detection=detection)


def in_words(readings: Sequence[Reading]) -> str:
    """How the same place would read in each encoding."""
    if not readings:
        return ""
    first = readings[0].text
    other = readings[1].text if len(readings) > 1 else first.encode("ascii", "replace").decode()
    place = _first_difference(first, other)
    line = len(_LINE_END.findall(first[:place])) + 1
    begin = max(first.rfind("\n", 0, place) + 1, place - _SHOWN)
    words = [
        f'"{_printable(text[begin : place + _SHOWN])}" in {shown(encoding)}'
        for encoding, text, _ in readings
    ]
    return f": line {line} has {', '.join(words)}"


def _printable(text: str) -> str:
    words = " ".join(text.split())
    return "".join(sign if sign.isprintable() else "�" for sign in words)


def _first_difference(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def is_of_few_scripts(text: str) -> bool:
    """Whether these can be words: what is read with the wrong width is of every script."""
    scripts = Counter(_script(sign) for sign in text[:_SAMPLE])
    return sum(times for _, times in scripts.most_common(3)) >= 0.9 * scripts.total()


def _script(sign: str) -> int:
    """Something that the characters of a script have in common."""
    page = ord(sign) >> 8
    if 0x30 <= page <= 0x33 or 0x4E <= page <= 0x9F or page == 0xFF:
        return 0x4E
    return 0xAC if 0xAC <= page <= 0xD7 else page


def is_likely_utf_7(text: str) -> bool:
    """Whether a few signs are of alphabets, or many of any script: ``+ENCODING`` is neither."""
    scripts = Counter(_script(sign) for sign in text if not sign.isascii())
    alphabets = sum(scripts[page] for page in (*range(7), 0x1E, 0x20))
    return alphabets >= 0.8 * scripts.total() or scripts.total() > 20 >= 10 * len(scripts)
