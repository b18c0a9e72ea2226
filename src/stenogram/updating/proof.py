"""The proof of an update: nothing is lost, and nothing is wrong that was right before."""

from collections import Counter
from collections.abc import Iterator

from stenogram.check.fidelity import compare
from stenogram.check.rules import breaches
from stenogram.check.schema import Schema
from stenogram.errors import UpdateError
from stenogram.sources import Source
from stenogram.tei.load import TeiDocument, load


def prove(
    before: bytes, after: bytes, source: Source, document: str, name: str, *, whole: bool
) -> None:
    """Refuse an updated document that does not give the new file, or breaks a rule anew.

    If not ``whole``, words that an editor had changed before may differ still.
    """
    tei = load(after, name)
    differences = compare(tei, source).differences
    if differences and whole:
        raise UpdateError(
            f"{name} cannot be updated by itself: {differences[0].message}; correct this place "
            "by hand, so that it is as in the file received before, then update again"
        )
    known = Counter(code for code, _ in _wrong(load(before, name), document))
    for code, message in _wrong(tei, document):
        known[code] -= 1
        if known[code] < 0:
            raise UpdateError(
                f"{name} cannot be updated by itself, since it would break a rule ({code}): "
                f"{message}; make this change by hand"
            )


def _wrong(tei: TeiDocument, document: str) -> Iterator[tuple[str, str]]:
    for breach in (*Schema().breaches(tei), *breaches(tei, document)):
        yield breach.code, breach.message
