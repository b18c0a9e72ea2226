"""Fields of a Word document: places whose words Word works out, such as a page number."""

import re
from dataclasses import dataclass, field

from lxml import etree

from stenogram.sources.docx.names import w

_LINK = re.compile(r'\s*HYPERLINK\b\s*(?:"([^"]*)"|([^\\"\s]\S*))?', re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_code: bool = True
    target: str | None = None


@dataclass(slots=True)
class Fields:
    """The fields that are open where a part is being read, the outermost first."""

    never_end: bool = False
    """A field is damaged: all words are taken for those of the text, so that none are lost."""
    _open: list[_Field] = field(default_factory=list)

    @classmethod
    def of(cls, root: etree._Element) -> "Fields":
        """Those of a part: none is open yet."""
        kinds = [one.get(w("fldCharType")) for one in root.iter(w("fldChar"))]
        return cls(never_end=kinds.count("begin") != kinds.count("end"))

    @property
    def hide_words(self) -> bool:
        """Whether words are part of an instruction."""
        return not self.never_end and any(one.in_code for one in self._open)

    @property
    def target(self) -> str | None:
        """Where words lead that a field makes a link; nothing if none does."""
        links = [one.target for one in self._open if one.target is not None]
        return links[-1] if links else None

    def take(self, mark: str) -> None:
        """Follow a mark of a field: ``begin``, ``separate`` or ``end``."""
        if mark == "begin":
            self._open.append(_Field())
        elif self._open and mark == "separate":
            self._open[-1].in_code = False
            self._open[-1].target = link_in(self._open[-1].code)
        elif self._open and mark == "end":
            self._open.pop()

    def instruct(self, code: str) -> None:
        """Take part of an instruction."""
        if self._open:
            self._open[-1].code += code


def link_in(code: str) -> str | None:
    """Where the instruction of a link leads; nothing if it is another instruction."""
    found = _LINK.match(code)
    return None if found is None else found[1] or found[2] or ""
