"""Bytes to characters: in which encoding a file was received, stated or recognised.

UTF-8 and a byte order mark are certain. What neither the editor nor the file states is
recognised by chardet, which is asked about the encodings that transcripts are found in;
the figures by which it is believed are told in ``docs/received-files.md``.
"""

import re

from stenogram.errors import SourceError
from stenogram.sources.names import BY_ESCAPES, RECOGNISED, UNICODE, codec_of, encoding_named
from stenogram.sources.readings import (
    CONTROL,
    Decoded,
    Reading,
    attempt,
    blanks,
    decided,
    first_beyond_ascii,
    in_words,
    is_likely_utf_7,
    is_of_few_scripts,
    likeliest,
    line_of,
    shown,
)

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32", "utf-32le"),
    (b"\0\0\xfe\xff", "utf-32", "utf-32be"),
    (b"\xef\xbb\xbf", "utf-8", "utf-8"),
    (b"\xff\xfe", "utf-16", "utf-16le"),
    (b"\xfe\xff", "utf-16", "utf-16be"),
)
_WIDE = ("utf-32le", "utf-32be", "utf-16le", "utf-16be")
# Escape sequences of ISO 2022, of HZ and of UTF-7, which are ASCII to the eye.
_ESCAPES = re.compile(rb"\x1b[$(]|~\{|\+[A-Za-z0-9+/]{3}")
# Sequences built like those of UTF-8, be they overlong or halves of a surrogate pair.
_LIKE_UTF_8 = re.compile(
    rb"(?:[\x00-\x7f]|[\xc0-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf7][\x80-\xbf]{3})*+"
)
_LEAST = 0.1
"""Below this confidence of chardet's, one file in seven was recognised wrongly."""
_SHARE_RIGHT = ((0.4, 0.99), (0.2, 0.98), (_LEAST, 0.95))
"""From a confidence of chardet's on: how many were recognised rightly, rounded down."""
_CERTAINLY = 0.95
"""Where there is hardly another possibility, but the file does not say so itself."""


def decode(name: str, data: bytes, *, given: str = "", declared: str = "") -> Decoded:
    """Read bytes as characters.

    ``given`` is the encoding that the editor names, ``declared`` the one that the file
    itself claims. Raises ``SourceError`` if a byte cannot be read, if the file contradicts
    itself or the editor, or if nothing certain enough can be recognised.
    """
    encoding = encoding_named(given) if given else ""
    for mark, family, exactly in _MARKS:
        if data.startswith(mark):
            return _marked(name, data[len(mark) :], family, exactly, encoding)
    if encoding:
        return Decoded(text=_stated(name, data, encoding), encoding=encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf_8(name, data, error, declared)
    if "\0" in text:
        return _without_mark(name, data)
    if text.isascii():
        return _recognised_by_escapes(data, text)
    if declared and declared not in UNICODE:
        return _utf_8_though_declared(text, data, declared)
    return Decoded(text=text, encoding="utf-8")


def _marked(name: str, rest: bytes, family: str, exactly: str, given: str) -> Decoded:
    """A file with a byte order mark, which must agree with the editor and with the rest."""
    if given not in ("", family, exactly):
        raise SourceError(
            f"{name} begins with the mark of {family.upper()} and cannot be {given}; "
            "name that, or no encoding"
        )
    others = ("utf-8", *_WIDE) if family != "utf-8" else ()
    text = attempt(rest, exactly)
    for other in others:
        if other != exactly and blanks(attempt(rest, other)) > max(blanks(text), 0):
            raise SourceError(
                f"{name} begins with the mark of {exactly.upper()}, but the rest reads as "
                f"{other.upper()}; delete the mark, or save the file again as UTF-8"
            )
    if text is None:
        text = _strictly(name, rest, exactly, "it is damaged there, and has to be received again")
    return Decoded(text=text, encoding=family)


def _stated(name: str, data: bytes, encoding: str) -> str:
    advice = "name another encoding, or none to have it recognised"
    exactly = encoding
    if encoding in ("utf-16", "utf-32"):
        both = (f"{encoding}le", f"{encoding}be")
        exactly = max(both, key=lambda one: blanks(attempt(data, one)))
    text = _strictly(name, data, exactly, advice)
    control = CONTROL.search(text) if encoding.startswith("iso-8859") else None
    if control and control.group() >= "\x7f":
        line = len(_LINE_END.findall(text[: control.start()])) + 1
        raise SourceError(
            f"{name} is not {encoding} (line {line}, byte {ord(control.group()):#04x} is no "
            "character there); name another encoding, such as windows-1252, or none to have it "
            "recognised"
        )
    return text


def _strictly(name: str, data: bytes, encoding: str, advice: str) -> str:
    try:
        return data.decode(codec_of(encoding))
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name} is not {shown(encoding)} ({_place(data, error)}); {advice}"
        ) from error


def _place(data: bytes, error: UnicodeDecodeError) -> str:
    before = data[: error.start].decode(error.encoding, "ignore")
    byte = f"byte {data[error.start]:#04x}" if error.start < len(data) else "the end"
    return f"line {len(_LINE_END.findall(before)) + 1}, {byte}"


def _without_mark(name: str, data: bytes) -> Decoded:
    """NUL bytes: UTF-16 or UTF-32 without a mark, or no text at all."""
    readings = []
    for encoding in _WIDE:
        text = attempt(data, encoding)
        if text and not CONTROL.search(text) and is_of_few_scripts(text):
            readings.append(Reading(encoding, text))
    if not readings:
        raise SourceError(
            f"{name} is not a text file (it holds NUL bytes); open it in the program it was "
            "made with and save it as plain text (UTF-8)"
        )
    readings.sort(key=lambda reading: -blanks(reading.text))
    sure = len(readings) == 1 or blanks(readings[0].text) > 2 * blanks(readings[1].text)
    return decided(readings, _CERTAINLY if sure else 0.6, 1, "NUL bytes")


def _recognised_by_escapes(data: bytes, text: str) -> Decoded:
    """ASCII, unless it has the escape sequences of an encoding of seven bits."""
    escape = _ESCAPES.search(data)
    if escape:
        plain = Reading("utf-8", text)
        for reading in likeliest(data, BY_ESCAPES):
            odd = reading.encoding == "utf-7" and not is_likely_utf_7(reading.text)
            if reading.text != text and reading.confidence >= _LEAST and not odd:
                line = line_of(data, escape.start())
                return decided([reading, plain], _CERTAINLY, line, "escape sequence")
    return Decoded(text=text, encoding="utf-8")


def _utf_8_though_declared(text: str, data: bytes, declared: str) -> Decoded:
    other = attempt(data, declared)
    if other is None or CONTROL.search(other):
        return Decoded(text=text, encoding="utf-8")
    first = first_beyond_ascii(data)
    return decided(
        [Reading("utf-8", text), Reading(declared, other)],
        _CERTAINLY,
        line_of(data, first),
        f"byte 0x{data[first]:02X}",
        f"The file says that it is {declared}, but is UTF-8 throughout. ",
    )


def _not_utf_8(name: str, data: bytes, error: UnicodeDecodeError, declared: str) -> Decoded:
    if b"\0" in data:
        return _without_mark(name, data)
    if declared and declared not in UNICODE:
        text = attempt(data, declared)
        if text is not None and not CONTROL.search(text):
            return Decoded(text=text, encoding=declared)
    if _is_damaged_utf_8(data):
        raise SourceError(
            f"{name} is UTF-8, but damaged ({_place(data, error)}); ask for it again, mend it in "
            "a text editor, or name another encoding with --encoding"
        )
    readings = list(likeliest(data, RECOGNISED))
    if not readings or readings[0].confidence < _LEAST:
        raise SourceError(
            f"{name} is not UTF-8 ({_place(data, error)}), and its encoding cannot be recognised "
            f"for certain; name it with --encoding{in_words(readings)}"
        )
    share = next(right for least, right in _SHARE_RIGHT if readings[0].confidence >= least)
    first = first_beyond_ascii(data)
    return decided(readings, share, line_of(data, first), f"byte 0x{data[first]:02X}")


def _is_damaged_utf_8(data: bytes) -> bool:
    if _LIKE_UTF_8.fullmatch(data):
        return True
    loose = data.decode("utf-8", "replace")
    beyond = len(loose) - len(loose.encode("ascii", "ignore"))
    wrong = loose.count("\ufffd") - data.count("\ufffd".encode())
    return beyond - wrong > 4 * wrong
