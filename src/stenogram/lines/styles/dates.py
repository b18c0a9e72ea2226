"""Dates as the styles write them, from the forms of ISO 8601 that a header has."""

from typing import NamedTuple

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_SHORT = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
_LENGTHS = (len("1956"), len("11"), len("04"))


class DateParts(NamedTuple):
    """A day, a month or a year; what is not given is 0."""

    year: int
    month: int = 0
    day: int = 0


def date_parts(date: str) -> DateParts | None:
    """The parts of ``1956-11-04``, ``1956-11`` or ``1956``; nothing for anything else."""
    parts = date.split("-")
    if len(parts) > len(_LENGTHS) or not all(
        len(part) == length and part.isascii() and part.isdecimal()
        for part, length in zip(parts, _LENGTHS, strict=False)
    ):
        return None
    found = DateParts(*map(int, parts))
    in_year = 1 <= found.month <= len(_MONTHS) or len(parts) == 1
    return found if in_year and 0 <= found.day <= 31 else None


def year(date: str) -> str:
    """``1956``; a date of another form unchanged."""
    parts = date_parts(date)
    return f"{parts.year:04}" if parts else date


def british(date: str) -> str:
    """``4 November 1956``; a date of another form unchanged."""
    return _day_first(date, _MONTHS)


def abbreviated(date: str) -> str:
    """``4 Nov. 1956``; a date of another form unchanged."""
    return _day_first(date, _SHORT)


def american(date: str) -> str:
    """``November 4, 1956``; a date of another form unchanged."""
    day = month_and_day(date)
    return f"{day}{', ' if day[-1].isdigit() else ' '}{year(date)}" if day else year(date)


def year_first(date: str) -> str:
    """``1956, November 4``; a date of another form unchanged."""
    return ", ".join(filter(None, (year(date), month_and_day(date))))


def month_and_day(date: str) -> str:
    """``November 4``; empty for a year, or a date of another form."""
    parts = date_parts(date)
    if not parts or not parts.month:
        return ""
    return f"{_MONTHS[parts.month - 1]} {parts.day}" if parts.day else _MONTHS[parts.month - 1]


def _day_first(date: str, months: list[str]) -> str:
    parts = date_parts(date)
    if not parts or not parts.month:
        return year(date)
    day = f"{parts.day} " if parts.day else ""
    return f"{day}{months[parts.month - 1]} {parts.year:04}"
