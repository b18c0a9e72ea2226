"""The streams of a PDF unpacked, within limits: a few bytes of one can stand for gigabytes."""

import io
import zlib
from collections.abc import Mapping
from typing import Any

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import LZWDecoder
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import apply_png_predictor, apply_tiff_predictor

LARGEST = 64 * 1024 * 1024
"""Bytes of one stream, unpacked."""
MOST_OF_A_PAGE = 32 * 1024 * 1024
MOST_OF_A_FILE = 512 * 1024 * 1024
"""Bytes gone through, each as often as it is asked for."""
_ASKING = 200
"""What it costs to ask for a stream at all, in bytes."""
_FLUSHED = b"\0\0\xff\xff"
"""How a stream ends that was to go on, but is whole so far (RFC 1951, section 3.2.4)."""
_LONGEST_ROW = 1 << 20
_FLATE, _LZW = ("FlateDecode", "Fl"), ("LZWDecode", "LZW")
_RUNS = ("RunLengthDecode", "RL")
_ASCII_85, _ASCII_HEX = ("ASCII85Decode", "A85"), ("ASCIIHexDecode", "AHx")


class DamagedError(Exception):
    """The file does not hold what it says that it holds."""


class ExcessiveError(Exception):
    """The file asks for more work than any transcript needs."""


class Effort:
    """How many bytes may still be gone through."""

    def __init__(self) -> None:
        self._file = MOST_OF_A_FILE
        self._page = MOST_OF_A_PAGE

    def begin_page(self) -> None:
        """Give the next page its own share."""
        self._page = MOST_OF_A_PAGE

    def spend(self, size: int) -> None:
        """Go through so many bytes; raise ``ExcessiveError`` if they are too many."""
        self._page -= size
        self._file -= size
        if self._page < 0 or self._file < 0:
            raise ExcessiveError


class Stream(PDFStream):
    """A stream that is unpacked within the limits, or not at all."""

    def __init__(self, attrs: dict[str, Any], rawdata: bytes, decipher: Any, effort: Effort):
        super().__init__(attrs, rawdata, decipher)
        self._effort = effort

    def get_data(self) -> bytes:
        """The bytes, unpacked."""
        if self.data is None:
            self.data = self._unpacked()
            self.rawdata = None
        self._effort.spend(len(self.data) + _ASKING)
        return self.data

    def _unpacked(self) -> bytes:
        data = self.rawdata or b""
        if self.decipher:
            if self.objid is None or self.genno is None:
                raise DamagedError
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        for name, parameters in self.get_filters():
            data = _unfiltered(name.name if isinstance(name, PSLiteral) else "", data)
            data = _unpredicted(parameters, data) if isinstance(parameters, dict) else data
        return data


def _unfiltered(name: object, data: bytes) -> bytes:
    if name in _FLATE:
        return _inflated(data)
    if name in _LZW:
        return _joined(LZWDecoder(io.BytesIO(data)).run())
    if name in _RUNS:
        return _joined(_runs(data))
    if name in _ASCII_85:
        return ascii85decode(data)
    if name in _ASCII_HEX:
        return asciihexdecode(data)
    raise DamagedError  # pictures alone are packed in other ways


def _inflated(data: bytes) -> bytes:
    """Unpack without asking for the checksum at the end, which many files have wrong."""
    data = data if _is_zlib(data) else data.lstrip(b"\r\n")
    if not data:
        return b""
    if not _is_zlib(data):
        raise DamagedError
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        unpacked = unpacking.decompress(data[2:], LARGEST)
    except zlib.error as error:
        raise DamagedError from error
    if unpacking.unconsumed_tail:
        raise ExcessiveError
    if not unpacking.eof and not data.endswith(_FLUSHED):
        raise DamagedError
    return unpacked


def _is_zlib(data: bytes) -> bool:
    return len(data) > 2 and data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0


def _joined(pieces: Any) -> bytes:
    joined = bytearray()
    for piece in pieces:
        joined += piece
        if len(joined) > LARGEST:
            raise ExcessiveError
    return bytes(joined)


def _runs(data: bytes) -> Any:
    place = 0
    while place < len(data) and data[place] != 128:
        length = data[place]
        if length < 128:
            yield data[place + 1 : place + length + 2]
            place += length + 2
        else:
            yield data[place + 1 : place + 2] * (257 - length)
            place += 2


def _unpredicted(parameters: Mapping[str, object], data: bytes) -> bytes:
    def number(name: str, usual: int) -> int:
        found = resolve1(parameters.get(name, usual))
        if not isinstance(found, int) or not 0 < found <= _LONGEST_ROW:
            raise DamagedError
        return found

    predictor = number("Predictor", 1)
    if predictor == 1:
        return data
    row = (number("Colors", 1), number("Columns", 1), number("BitsPerComponent", 8), data)
    return apply_tiff_predictor(*row) if predictor == 2 else apply_png_predictor(predictor, *row)
