"""Documents of any size, made by repeating the repository's own with new numbers."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = "cpsu-1956-11-04"

_NUMBERED = re.compile(r'(?P<before>(?:xml:id=|next=|prev=|target=)"#?[LTPSNEQDF])(?P<number>\d+)')
_SOURCE_LINE = re.compile(r'(?P<before><lb edRef="#src" n=")(?P<number>\d+)')
_N = re.compile(r'(?P<before><(?:seg type="line"|sp|p) xml:id="[LTP](?P<number>\d+)" n=")\d+')
_BODY = re.compile(r"(?P<head>.*?<body>)(?P<body>.*)(?P<tail></body>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthetic:
    """A document and the received file that it could have come from."""

    tei: bytes
    text: bytes


def synthetic(size: int) -> Synthetic:
    """Our document repeated until its TEI has about ``size`` bytes; 0 gives it as it is."""
    tei = (ROOT / "tei" / f"{DOCUMENT}.xml").read_text(encoding="utf-8")
    text = (ROOT / "tei" / "sources" / f"{DOCUMENT}.txt").read_text(encoding="utf-8")
    parts = _BODY.fullmatch(tei)
    if parts is None:
        raise ValueError("the document has no body")
    copies = max(1, (size - len(tei)) // len(parts["body"]) + 1)
    lines = len(text.split("\n")) + 1
    bodies = (_renumbered(parts["body"], copy, lines) for copy in range(copies))
    # The abstract, which is not part of the body, stands on the last line but one.
    record = text[: text.rindex("\n", 0, text.rindex("\n"))]
    texts = [text, *(record + "\n\n" for _ in range(copies - 1))]
    return Synthetic(
        tei=(parts["head"] + "".join(bodies) + parts["tail"]).encode(),
        text="\n\n".join(texts).encode(),
    )


def _renumbered(body: str, copy: int, lines: int) -> str:
    """A copy of the body in which no number of an earlier copy is used again."""
    if copy == 0:
        return body

    def later(found: re.Match[str]) -> str:
        number = int(found["number"]) + 1_000 * copy
        return f"{found['before']}{str(number).rjust(len(found['number']), '0')}"

    def later_line(found: re.Match[str]) -> str:
        return f"{found['before']}{int(found['number']) + lines * copy}"

    def same_number(found: re.Match[str]) -> str:
        return f"{found['before']}{int(found['number'])}"

    body = _SOURCE_LINE.sub(later_line, _NUMBERED.sub(later, body))
    return _N.sub(same_number, body)
