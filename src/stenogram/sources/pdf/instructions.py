"""The instructions that paint a page: each a word with its operands before it."""

import re
from collections.abc import Iterator
from typing import Any

from pdfminer.psparser import PSLiteral

from stenogram.sources.pdf.streams import DamagedError, ExcessiveError

_TOKEN = re.compile(
    rb"[\0\t\n\f\r ]+|%[^\r\n]*"
    rb"|(?P<number>[-+.0-9]+)"
    rb"|/(?P<name>[^\0\t\n\f\r ()<>\[\]{}/%]*)"
    rb"|\((?P<string>[^()\\\r]*)\)"
    rb"|(?P<long>\()"
    rb"|(?P<mark><<|>>|[\[\]])"
    rb"|<(?P<hex>[0-9A-Fa-f\0\t\n\f\r ]*)>"
    rb"|(?P<word>[^\0\t\n\f\r ()<>\[\]{}/%]+)"
    rb"|(?P<other>.)",
    re.DOTALL,
)
_SPACE = re.compile(rb"[\0\t\n\f\r ]+")
_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_IN_STRING = re.compile(rb"[()]|\\(?:([0-7]{1,3})|\r\n|.)|\r\n?", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
# After a picture come other instructions, which are in ASCII.
_END_OF_PICTURE = re.compile(rb"(?:\A|[\0\t\n\f\r ])EI(?=[\0\t\n\f\r ][\0\t\n\f\r -~]{0,12}|\Z)")
_MOST_OPERANDS, _DEEPEST = 100_000, 100


def instructions(data: bytes) -> Iterator[tuple[str, list[Any]]]:
    """The instructions in some data: the word, and its operands.

    Numbers are that, names are ``PSLiteral``, strings bytes, lists and dictionaries as in
    Python. Of a picture between the instructions only its end, ``EI``, is given.
    """
    operands: list[Any] = []
    outer: list[list[Any]] = []
    place = 0
    while found := _TOKEN.match(data, place):
        place = found.end()
        match found.lastgroup:
            case "number":
                operands.append(_number(found["number"]))
            case "name":
                operands.append(PSLiteral(_name(found["name"])))
            case "string":
                operands.append(found["string"])
            case "hex":
                operands.append(_from_hex(found["hex"]))
            case "long":
                string, place = _string(data, place)
                operands.append(string)
            case "mark":
                operands = _nested(found["mark"], operands, outer)
            case "word":
                word = found["word"].decode("latin-1")
                if outer or word in ("true", "false", "null"):
                    operands.append(None)
                    continue
                if word == "ID":
                    word, place = "EI", _after_picture(data, place)
                yield word, operands
                operands = []
        if len(operands) > _MOST_OPERANDS:
            raise ExcessiveError


def _number(typed: bytes) -> float:
    """A number; what is none counts as nothing, as in most programs that show pages."""
    try:
        return int(typed) if typed.isdigit() and len(typed) < 20 else float(typed)
    except ValueError:
        return 0


def _name(typed: bytes) -> str:
    if b"#" in typed:
        typed = _IN_NAME.sub(lambda found: bytes([int(found[1], 16)]), typed)
    return typed.decode("utf-8", "replace")


def _from_hex(typed: bytes) -> bytes:
    digits = _SPACE.sub(b"", typed)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _string(data: bytes, begin: int) -> tuple[bytes, int]:
    """A string with brackets or other signs in it, and where it ends (ISO 32000-1, 7.3.4.2)."""
    pieces: list[bytes] = []
    depth, place = 1, begin
    for found in _IN_STRING.finditer(data, begin):
        sign = found.group()
        pieces.append(data[place : found.start()])
        place = found.end()
        depth += (sign == b"(") - (sign == b")")
        if not depth:
            return b"".join(pieces), place
        if found[1]:
            pieces.append(bytes([int(found[1], 8) & 255]))
        elif sign[:1] == b"\\":
            pieces.append(_ESCAPED.get(sign[1:], b"" if sign[1:2] in b"\r\n" else sign[1:]))
        else:
            pieces.append(b"\n" if sign[:1] == b"\r" else sign)
    raise DamagedError


def _nested(mark: bytes, operands: list[Any], outer: list[list[Any]]) -> list[Any]:
    """Begin or end a list or a dictionary; the operands to go on with."""
    if mark in (b"[", b"<<"):
        if len(outer) >= _DEEPEST:
            raise ExcessiveError
        outer.append(operands)
        return []
    if not outer:
        return operands
    whole: Any = operands
    if mark == b">>":
        whole = {
            key.name: value
            for key, value in zip(operands[::2], operands[1::2], strict=False)
            if isinstance(key, PSLiteral)
        }
    operands = outer.pop()
    operands.append(whole)
    return operands


def _after_picture(data: bytes, begin: int) -> int:
    found = _END_OF_PICTURE.search(data, begin)
    if found is None:
        raise DamagedError
    return found.end()
