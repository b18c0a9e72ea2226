"""The signs of footnotes and endnotes: which number or letter Word shows."""

from collections.abc import Callable

from lxml import etree

from stenogram.sources.docx.names import number, value, w
from stenogram.sources.docx.numbering import FORMATS

_Element = etree._Element
_USUAL = {"footnote": "decimal", "endnote": "lowerRoman"}


class NoteSigns:
    """Counts the notes of one kind.

    Notes that begin again on each page are counted through: where Word will break its pages
    is not in the file.
    """

    def __init__(self, kind: str, settings: _Element | None) -> None:
        """``kind`` is ``footnote`` or ``endnote``."""
        self._kind = kind
        self._settings = None if settings is None else settings.find(w(f"{kind}Pr"))
        self._section: _Element | None = None
        self._last: int | None = None

    def begin_section(self, properties: _Element | None) -> None:
        """Go by what a section says of its notes."""
        self._section = None if properties is None else properties.find(w(f"{self._kind}Pr"))
        if self._said("numRestart") == "eachSect":
            self._last = None

    def next(self) -> str:
        """The sign of the next note."""
        if self._last is None:
            self._last = number(self._said("numStart"), 1)
        else:
            self._last += 1
        return self._format()(self._last)

    def _format(self) -> Callable[[int], str]:
        name = self._said("numFmt")
        return FORMATS.get(name if name in FORMATS else _USUAL[self._kind], str)

    def _said(self, name: str) -> str:
        return value(self._section, name) or value(self._settings, name)
