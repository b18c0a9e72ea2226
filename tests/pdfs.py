"""A small writer of PDFs: words at places, in the fonts that every program knows."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import new

FONTS = {
    "roman": "Times-Roman",
    "italic": "Times-Italic",
    "bold": "Times-Bold",
    "typed": "Courier",
}
_md5 = partial(new, "md5", usedforsecurity=False)
PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


@dataclass(slots=True)
class Page:
    """A page of 612 by 792 points: what is painted on it, from top to bottom."""

    content: list[bytes] = field(default_factory=list)
    extra: str = ""
    """More of its dictionary, e.g. ``/Rotate 90``."""
    fonts: str = ""
    """More of its fonts, e.g. ``/drawn 100 0 R``."""
    figures: str = ""
    """More of what is painted by ``Do``."""
    resources: str = ""
    """More of its resources."""

    def words(
        self,
        x: float,
        down: float,
        words: str,
        font: str = "roman",
        size: float = 10,
        before: str = "",
    ) -> "Page":
        """Put words at so many points from the left and from the top."""
        place = f"1 0 0 1 {x} {792 - down} Tm"
        return self.paint(f"BT /{font} {size} Tf {before} {place} {string(words)} Tj ET")

    def rows(
        self,
        x: float,
        down: float,
        rows: Iterable[str],
        font: str = "roman",
        size: float = 10,
        pitch: float = 12,
    ) -> "Page":
        """Put rows of words one below the other; an empty one leaves its place free."""
        for number, row in enumerate(rows):
            if row:
                self.words(x, down + number * pitch, row, font, size)
        return self

    def paint(self, instructions: str | bytes) -> "Page":
        """Paint by instructions of PDF itself."""
        data = instructions if isinstance(instructions, bytes) else instructions.encode("latin-1")
        self.content.append(data)
        return self

    def picture(self) -> "Page":
        """Fill the page with a picture of one grey point."""
        return self.paint("q 612 0 0 792 0 0 cm /picture Do Q")


def string(words: str) -> str:
    """Words as a string of PDF, in windows-1252."""
    typed = words.encode("cp1252").decode("latin-1")
    for sign in "\\()":
        typed = typed.replace(sign, f"\\{sign}")
    return f"({typed})"


def pdf(
    *pages: Page,
    catalog: str = "",
    objects: Mapping[int, bytes] | None = None,
    packed: bool = False,
    encrypted: bool = False,
    count: int = 0,
) -> bytes:
    """A file with some pages.

    ``catalog`` is more of its first dictionary, ``objects`` are more objects, with numbers
    from 100 on; ``packed`` has its streams compressed, ``encrypted`` has no password but
    does not allow copying, ``count`` is how many pages it claims to have.
    """
    numbers = [10 + 2 * place for place in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    fonts = " ".join(f"/{name} {3 + place} 0 R" for place, name in enumerate(FONTS))
    made = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        2: f"<< /Type /Pages /Kids [{kids}] /Count {count or len(pages)} >>".encode(),
        7: stream(
            b"\x80",
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace"
            " /DeviceGray /BitsPerComponent 8",
        ),
    }
    for place, name in enumerate(FONTS.values()):
        described = f"/BaseFont /{name} /Encoding /WinAnsiEncoding"
        made[3 + place] = f"<< /Type /Font /Subtype /Type1 {described} >>".encode()
    for number, page in zip(numbers, pages, strict=True):
        painted = f"/XObject << /picture 7 0 R {page.figures} >>"
        resources = f"/Font << {fonts} {page.fonts} >> {painted} {page.resources}"
        box = "" if "/MediaBox" in page.extra else "/MediaBox [0 0 612 792]"
        made[number] = (
            f"<< /Type /Page /Parent 2 0 R {box} /Resources << {resources} >> "
            f"/Contents {number + 1} 0 R {page.extra} >>"
        ).encode()
        made[number + 1] = stream(b"\n".join(page.content), packed=packed)
    return file_of(made | dict(objects or {}), encrypted=encrypted)


def stream(data: bytes, attributes: str = "", *, packed: bool = False) -> bytes:
    """An object that is a stream."""
    if packed:
        data, attributes = zlib.compress(data), f"{attributes} /Filter /FlateDecode"
    return f"<< /Length {len(data)} {attributes} >>\nstream\n".encode() + data + b"\nendstream"


def file_of(objects: Mapping[int, bytes], *, encrypted: bool = False, trailer: str = "") -> bytes:
    """A file of objects, by their numbers; the first is the catalog."""
    made = dict(objects)
    if encrypted:
        made, trailer = _encrypted(made)
    data = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number in sorted(made):
        places[number] = len(data)
        data += b"%d 0 obj\n" % number + made[number] + b"\nendobj\n"
    begin, last = len(data), max(made)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1)
    for number in range(1, last + 1):
        used = number in places
        data += b"%010d %05d %s \n" % (places.get(number, 0), 0, b"n" if used else b"f")
    data += f"trailer\n<< /Size {last + 1} /Root 1 0 R {trailer} >>\n".encode()
    return bytes(data + b"startxref\n%d\n%%%%EOF\n" % begin)


def _encrypted(objects: Mapping[int, bytes]) -> tuple[dict[int, bytes], str]:
    """Objects encrypted for the empty password (ISO 32000-1, 7.6.3), and their trailer."""
    owner, identity, rights = bytes(32), b"0123456789abcdef", -64
    hashed = _md5(PADDING + owner + rights.to_bytes(4, "little", signed=True) + identity)
    key = hashed.digest()[:5]
    made = {}
    for number, content in objects.items():
        head, begun, rest = content.partition(b"stream\n")
        data, ended, _ = rest.partition(b"\nendstream")
        salted = _md5(key + number.to_bytes(3, "little") + bytes(2)).digest()[:10]
        made[number] = head + begun + _rc4(salted, data) + ended if begun else content
    made[max(made) + 1] = (
        f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{_rc4(key, PADDING).hex()}> "
        f"/P {rights} >>"
    ).encode()
    return made, f"/Encrypt {max(made)} 0 R /ID [<{identity.hex()}> <{identity.hex()}>]"


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    result = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        result.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(result)


def column(words: Sequence[str], rows: int, width: int, start: int = 0) -> list[str]:
    """Rows of about ``width`` characters, of words taken in turn."""
    found, place = [], start
    for _ in range(rows):
        row = ""
        while len(row) < width - 6:
            row += (" " if row else "") + words[place % len(words)]
            place += 1
        found.append(row)
    return found
