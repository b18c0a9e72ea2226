"""BibTeX, and BibLaTeX, which knows more of dates and meetings."""

from collections.abc import Mapping

from stenogram.lines.styles.dates import DateParts, british, date_parts, year
from stenogram.lines.styles.notes import remark
from stenogram.lines.styles.record import Record
from stenogram.white_space import fold

TEX_SIGNS: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
"""Signs that TeX would take for commands, and how they are typed."""
_TABLE = str.maketrans(dict(TEX_SIGNS))
_IN_ADDRESSES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def bibtex(record: Record) -> str:
    """An entry that every version of BibTeX reads."""
    parts = date_parts(record.issued) or DateParts(0)
    event = _listed(record.event, british(record.event_date), record.event_place)
    fields = {
        "title": f"{{{tex(record.title)}}}",
        "howpublished": tex(record.publisher),
        "year": tex(year(record.issued)),
        "month": _MONTHS[parts.month - 1] if parts.month else "",
        "edition": tex(record.version),
        "note": tex(". ".join(filter(None, (remark(record), event, _library(record))))),
        "url": record.address.translate(_IN_ADDRESSES),
        "language": tex(record.language),
    }
    return _entry(record, fields, bare=("month",))


def biblatex(record: Record) -> str:
    """An entry for BibLaTeX."""
    fields = {
        "title": f"{{{tex(record.title)}}}",
        "eventtitle": tex(record.event),
        "eventdate": record.event_date if date_parts(record.event_date) else "",
        "venue": tex(record.event_place),
        "organization": tex(record.publisher),
        "date": record.issued if date_parts(record.issued) else tex(record.issued),
        "version": tex(record.version),
        "note": tex(remark(record)),
        "library": tex(_library(record)),
        "url": record.address.translate(_IN_ADDRESSES),
    }
    return _entry(record, fields)


def tex(words: str) -> str:
    """Words as TeX prints them: none of their signs is a command."""
    return fold(words).translate(_TABLE)


def _entry(record: Record, fields: Mapping[str, str], bare: tuple[str, ...] = ()) -> str:
    written = "".join(
        f",\n  {name} = {value if name in bare else f'{{{value}}}'}"
        for name, value in fields.items()
        if value
    )
    return f"@misc{{{record.key.replace('#', ':')}{written}\n}}"


def _library(record: Record) -> str:
    archive = record.archive
    return _listed(archive.name, archive.place, archive.collection, archive.shelfmark)


def _listed(*parts: str) -> str:
    return ", ".join(filter(None, parts))
