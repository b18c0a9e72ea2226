"""Citations in the styles that people and programs ask for."""

from collections.abc import Callable, Mapping

from stenogram.lines.styles.bibtex import biblatex, bibtex
from stenogram.lines.styles.coins import coins
from stenogram.lines.styles.csl import csl_json
from stenogram.lines.styles.passage import as_json, url
from stenogram.lines.styles.prose import apa, chicago_author_date, chicago_note, mla
from stenogram.lines.styles.record import Cited, Locator, Record, record
from stenogram.lines.styles.ris import ris

__all__ = ["RECORD_STYLES", "STYLES", "Cited", "Locator", "Record", "cite", "record"]

RECORD_STYLES: Mapping[str, Callable[[Record], str]] = {
    "chicago-note": chicago_note,
    "chicago-author-date": chicago_author_date,
    "mla": mla,
    "apa": apa,
    "bibtex": bibtex,
    "biblatex": biblatex,
    "ris": ris,
    "csl-json": csl_json,
}
"""Styles that cite a document as a whole, too."""

_PASSAGE_STYLES: Mapping[str, Callable[[Cited], str]] = {
    "coins": lambda cited: coins(cited.record),
    "json": as_json,
    "url": url,
}

STYLES = (*RECORD_STYLES, *_PASSAGE_STYLES)
"""By name, as ``stenogram cite --style`` takes them."""


def cite(cited: Cited, style: str) -> str:
    """A passage in one of ``STYLES``."""
    if style in RECORD_STYLES:
        return RECORD_STYLES[style](cited.record)
    return _PASSAGE_STYLES[style](cited)
