"""Packages: the ZIP files that word processors save, read in memory and trusted in nothing.

Nothing is ever written to disk, and no address in a package is followed.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from posixpath import normpath

from lxml import etree

from stenogram.errors import SourceError
from stenogram.safe_xml import safe_parser

FIRST_BYTES = b"PK\x03\x04"
LARGEST_PART = 100 * 1024 * 1024
"""Bytes of a part that is XML; the parser takes several times as much memory."""
LARGEST = 512 * 1024 * 1024
"""Bytes of all parts together."""
MOST_PARTS = 10_000
HIGHEST_RATIO = 100
"""To how many bytes one byte of a large part may unpack."""
UNSUSPICIOUS = 10 * 1024 * 1024
"""Bytes up to which a part may be packed as tightly as it likes."""
DEEPEST = 200

_KEPT = (".xml", ".rels", "mimetype")
_IN_ZIP64 = 0xFFFF
_END = b"PK\x05\x06"
_CHUNK = 1024 * 1024
_FORBIDDEN = re.compile(r"^/|^[A-Za-z]:|\\|(?:^|/)\.\.(?:/|$)|[\x00-\x1f]")
_LINK, _KIND_OF_FILE = 0o120000, 0o170000
_LOCKED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile raises for bytes that are no ZIP file after all, or a damaged one.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)
_TOO_DEEP = etree.XPath("(" + "/*" * (DEEPEST + 1) + ")[1]")
_AGAIN = "ask for the file again"


@dataclass(frozen=True, slots=True)
class Package:
    """A file that holds parts, unpacked."""

    name: str
    """File name, for messages."""
    names: frozenset[str]
    """Of all parts."""
    parts: Mapping[str, bytes]
    """Those that are XML."""

    @property
    def kind(self) -> bytes:
        """What shows of which kind it is: the names of its parts, and the type it states."""
        return self.parts.get("mimetype", b"") + "\n".join(sorted(self.names)).encode()

    def xml(self, part: str) -> etree._Element:
        """A part as XML; raises ``SourceError`` if it is missing, damaged or beyond the limits."""
        if part not in self.parts:
            raise SourceError(f"{self.name} is damaged: it lacks its part {part}; {_AGAIN}")
        return _parsed(self.parts[part], f"{self.name} is damaged: its part {part}", self.name)

    def optional_xml(self, part: str) -> etree._Element | None:
        """The same for a part that need not be there."""
        return self.xml(part) if part in self.parts else None


def path_from(folder: str, target: str) -> str:
    """The name of the part that an address within a package means."""
    return normpath(target if target.startswith("/") else f"{folder}/{target}").lstrip("/")


def open_package(name: str, data: bytes) -> Package:
    """Unpack a file called ``name``, every part of it checked.

    Raises ``SourceError`` if it is damaged, protected by a password, or beyond the limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if _counted(data) not in (len(members), _IN_ZIP64):
                raise zipfile.BadZipFile("parts are missing from the directory")
            _refuse_hostile(name, members)
            parts = {
                info.filename: content
                for info in members
                if (content := _unpacked(archive, info)) is not None
            }
    except _DAMAGED as error:
        raise SourceError(f"{name} is damaged: it cannot be unpacked; {_AGAIN}") from error
    return Package(name, frozenset(info.filename for info in members), parts)


def _counted(data: bytes) -> int:
    """How many parts a package says it has; Python's reader does not compare (PKZIP, 4.3.16)."""
    end = data.rfind(_END)
    return int.from_bytes(data[end + 10 : end + 12], "little")


def _refuse_hostile(name: str, members: Sequence[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_PARTS:
        raise SourceError(
            f"{name} holds {len(members)} parts, more than {MOST_PARTS}; split it into parts"
        )
    if sum(info.file_size for info in members) > LARGEST:
        raise SourceError(
            f"{name} unpacks to more than {LARGEST >> 20} MB; take the pictures out of it, or "
            "split it into parts"
        )
    seen: set[str] = set()
    for info in members:
        _refuse_hostile_part(name, info)
        if info.filename.casefold() in seen:
            raise SourceError(f'{name} holds two parts called "{info.filename}"; {_AGAIN}')
        seen.add(info.filename.casefold())


def _refuse_hostile_part(name: str, info: zipfile.ZipInfo) -> None:
    part = info.filename.encode("unicode_escape").decode("ascii")[:100]
    if info.flag_bits & _LOCKED:
        raise SourceError(f"{name} is protected by a password; save it without one")
    if _FORBIDDEN.search(info.orig_filename) or (info.external_attr >> 16) & _KIND_OF_FILE == _LINK:
        raise SourceError(
            f'{name} holds a part called "{part}", which no word processor writes; do not open '
            f"it, and {_AGAIN}"
        )
    if info.compress_type not in _METHODS:
        raise SourceError(
            f'{name} is packed in a way that word processors do not use (part "{part}"); open it '
            "in Word or LibreOffice, and save it again"
        )
    if _is_kept(info) and info.file_size > LARGEST_PART:
        raise SourceError(
            f'{name} is too large: its part "{part}" has more than {LARGEST_PART >> 20} MB; split '
            "it into parts"
        )
    if info.file_size > max(UNSUSPICIOUS, HIGHEST_RATIO * info.compress_size):
        raise SourceError(
            f'{name} holds a part, "{part}", that unpacks to more than {HIGHEST_RATIO} times its '
            "size, as only files made to do harm do; open it with care, and save it as plain text "
            "(UTF-8)"
        )


def _is_kept(info: zipfile.ZipInfo) -> bool:
    return info.filename.lower().endswith(_KEPT)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    """The content of a part that is XML; of any other nothing, but it is checked all the same."""
    kept = []
    with archive.open(info) as part:
        while chunk := part.read(_CHUNK):
            if _is_kept(info):
                kept.append(chunk)
    return b"".join(kept) if _is_kept(info) else None


def _parsed(data: bytes, part: str, name: str) -> etree._Element:
    if b"<!DOCTYPE" in data.replace(b"\0", b""):  # in UTF-16 too, before anything is expanded
        raise _doctype(name)
    try:
        root = etree.fromstring(data, safe_parser(elements_only=True))
    except etree.XMLSyntaxError as error:
        if "Excessive depth" in str(error):
            raise _too_deep(name) from error
        raise SourceError(f"{part} is not well-formed XML; {_AGAIN}") from error
    if root.getroottree().docinfo.doctype:
        raise _doctype(name)
    if _TOO_DEEP(root):
        raise _too_deep(name)
    return root


def _doctype(name: str) -> SourceError:
    return SourceError(
        f"{name} declares a document type (DOCTYPE), which no word processor writes; open it in "
        "Word or LibreOffice, and save it again"
    )


def _too_deep(name: str) -> SourceError:
    return SourceError(
        f"{name} has elements nested more than {DEEPEST} deep; take tables out of tables, and "
        "text boxes out of text boxes"
    )
