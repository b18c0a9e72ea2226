"""The catalogues of the interface's texts: ``python tests/catalogues.py`` brings them up to date.

Texts that are new in templates, scripts or code are added without a translation, those that are
gone go. What is translated stays as it is.
"""

import io
from collections.abc import Iterator

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from places import ROOT

FOLDER = ROOT / "transforms/html/interface"
METHODS = [("**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
PLACES = (ROOT / "transforms/html", ROOT / "src/stenogram/editions")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "interface_text": None}


def texts() -> Catalog:
    """All texts of the interface, in the order of the alphabet."""
    found = Catalog(fuzzy=False)
    for message in sorted(_messages(), key=lambda one: one[0]):
        singular, plural = message
        found.add((singular, plural) if plural else singular)
    return found


def _messages() -> Iterator[tuple[str, str]]:
    plurals: dict[str, str] = {}
    for place in PLACES:
        options = {"**.html": {"newstyle_gettext": "true", "trimmed": "false"}}
        for _, _, message, _, _ in extract_from_dir(place, METHODS, options, KEYWORDS):
            singular, plural = message if isinstance(message, tuple) else (message, "")
            if singular:
                plurals[singular] = plurals.get(singular) or plural
    yield from plurals.items()


def catalogue(language: str) -> Catalog:
    """What the repository has in a language."""
    data = (FOLDER / f"{language}.po").read_bytes()
    return read_po(io.BytesIO(data), locale=Locale.parse(language, sep="-"))


def languages() -> list[str]:
    """Languages that have a catalogue."""
    return sorted(path.stem for path in FOLDER.glob("*.po"))


def written(language: str) -> bytes:
    """The catalogue of a language as it should be: every text, with what is translated of them."""
    found = catalogue(language)
    wanted = texts()
    updated = Catalog(locale=Locale.parse(language, sep="-"), fuzzy=False)
    for message in wanted:
        if message.id:
            known = found.get(message.id[0] if message.pluralizable else message.id)
            string = known.string if known and known.pluralizable == message.pluralizable else ""
            updated.add(message.id, string)
    body = io.BytesIO()
    write_po(body, updated, width=98, omit_header=True, no_location=True, include_previous=False)
    header = (
        'msgid ""\nmsgstr ""\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Language: {language}\\n"\n'
        f'"Plural-Forms: {updated.plural_forms}\\n"\n\n'
    )
    return (header + body.getvalue().decode().lstrip("\n")).encode()


def main() -> None:
    """Write them all anew."""
    for language in languages():
        path = FOLDER / f"{language}.po"
        path.write_bytes(written(language))
        open_texts = [m.id for m in catalogue(language) if m.id and not _is_done(m.string)]
        print(f"{path.relative_to(ROOT)}: {len(open_texts)} without a translation")


def _is_done(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


if __name__ == "__main__":
    main()
