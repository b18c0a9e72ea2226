"""The words of the interface, in the language that the edition's editor has chosen.

Templates and code have them in English. A catalogue ``interface/LANGUAGE.po`` beside the templates
(GNU gettext, which every translator's tool reads) has them in another language; an edition's own
catalogue may hold as few of them as it likes.
"""

import gettext
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal, format_percent

from stenogram.errors import ConfigError

ENGLISH = "en"
_DATE = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?", re.ASCII)
_ORDER = {ENGLISH: "en-GB"}
"""Where a language writes dates in several orders, the one that we take."""
_CAPITAL_NOUNS = frozenset({"de", "gsw", "lb"})
"""Languages that write every noun with a capital."""


def interface_text(text: str) -> str:
    """Mark a text for the catalogues that is looked up elsewhere; it stays as it is."""
    return text


WORDS_OF_DOCUMENTS = (
    # Headings of the editorial declaration
    interface_text("Correction"),
    interface_text("Normalisation"),
    interface_text("Quotation marks"),
    interface_text("Hyphenation"),
    interface_text("Lines"),
    interface_text("Interpretation"),
    interface_text("Brackets and punctuation"),
    interface_text("Standard values"),
    interface_text("Editorial policy"),
    # States of a document
    interface_text("draft"),
    interface_text("published"),
    interface_text("withdrawn"),
    # Roles in a meeting
    interface_text("speaker"),
    interface_text("chair"),
    interface_text("guest"),
    # Certainty of a correction or of who is meant
    interface_text("high"),
    interface_text("medium"),
    interface_text("low"),
    interface_text("unknown"),
)
"""Words that documents bring and that the interface shows in its language."""


class Interface:
    """Texts, dates and numbers as the interface of an edition has them."""

    def __init__(self, transforms: Sequence[Path], kind: str, language: str = ENGLISH) -> None:
        """Read the catalogues from the folder ``kind`` of each of ``transforms``.

        Raises ``ConfigError`` if there is none in this language, or one that cannot be read.
        """
        self.language = language
        self._texts: gettext.NullTranslations = gettext.NullTranslations()
        try:
            self._locale = Locale.parse(_ORDER.get(language, language), sep="-")
        except (ValueError, UnknownLocaleError) as error:
            raise ConfigError(_no_catalogue(transforms, kind, language)) from error
        found = [p for folder in transforms for p in [_catalogue(folder, kind, language)] if p]
        if not found and language != ENGLISH:
            raise ConfigError(_no_catalogue(transforms, kind, language))
        for path in reversed(found):
            texts = _read(path, self._locale)
            texts.add_fallback(self._texts)
            self._texts = texts

    def gettext(self, text: str) -> str:
        """A text of the interface."""
        return self._texts.gettext(text) if text else text

    def ngettext(self, one: str, several: str, number: int) -> str:
        """A text that depends on a number."""
        return self._texts.ngettext(one, several, number)

    def amid(self, heading: str) -> str:
        """A heading as it stands amid other words: without capitals, unless nouns have them."""
        return heading if self._locale.language in _CAPITAL_NOUNS else heading.lower()

    def date(self, written: str) -> str:
        """``1956-11-04``, or ``1956-11``, as the language writes it; anything else unchanged."""
        parts = _DATE.fullmatch(written)
        if not parts:
            return written
        try:
            day = date(int(parts[1]), int(parts[2]), int(parts[3] or 1))
        except ValueError:  # there is no such day
            return written
        if parts[3]:
            return format_date(day, "long", locale=self._locale)
        return format_skeleton("yMMMM", day, locale=self._locale)

    def number(self, number: int) -> str:
        """A whole number with the language's marks between thousands."""
        return format_decimal(number, locale=self._locale)

    def percent(self, percent: str) -> str:
        """``12.5`` as ``12.5%``, with the language's signs, to a tenth."""
        style = self._locale.percent_formats[None].pattern.replace("0", "0.0", 1)
        return format_percent(Decimal(percent) / 100, style, locale=self._locale)

    def named(self, who: Iterable[str], names: Mapping[str, str]) -> str:
        """Those who speak, by their standard names."""
        return ", ".join(names.get(one, one) for one in who) or self.gettext("Unnamed")


def _catalogue(folder: Path, kind: str, language: str) -> Path | None:
    path = folder / kind / "interface" / f"{language}.po"
    return path if path.is_file() else None


def _read(path: Path, locale: Locale) -> gettext.GNUTranslations:
    compiled = io.BytesIO()
    try:
        catalogue = read_po(io.BytesIO(path.read_bytes()), locale=locale, abort_invalid=True)
    except (PoFileError, ValueError, OSError) as error:
        raise ConfigError(f"{path} is not a catalogue of texts (gettext .po): {error}") from error
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _no_catalogue(transforms: Sequence[Path], kind: str, language: str) -> str:
    known = {p.stem for t in transforms for p in (t / kind / "interface").glob("*.po")}
    names = ", ".join(sorted({ENGLISH, *known}))
    return (
        f'web.language is "{language}", and the interface is in: {names}; take one of these, or '
        f"translate transforms/{kind}/interface/{language}.po"
    )
