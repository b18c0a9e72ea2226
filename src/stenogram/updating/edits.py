"""Changes of a document, collected and then made at once, so that all else stays as written."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from stenogram.tei.pieces import Piece, with_attributes
from stenogram.updating.text import Text

_SPACES = " \t\r\n\f"


class Edits:
    """What is put in, taken out and rewritten, by the pieces of one document."""

    def __init__(self, text: Text) -> None:
        """Begin with nothing changed."""
        self._text = text
        self._before: dict[int, list[str]] = {}
        self._after: dict[int, list[str]] = {}
        self._removed: set[int] = set()
        self._attributes: dict[int, dict[str, str]] = {}
        self._cuts: dict[int, list[tuple[int, int, int, str]]] = {}

    def __bool__(self) -> bool:
        """Whether anything changes."""
        changes = self._before, self._after, self._removed, self._attributes, self._cuts
        return any(changes)

    def put_before(self, at: int, markup: str) -> None:
        """Put markup before a piece, after what was put there already."""
        self._before.setdefault(at, []).append(markup)

    def put_after(self, at: int, markup: str) -> None:
        """Put markup behind a piece, after what was put there already."""
        self._after.setdefault(at, []).append(markup)

    def cut(self, at: int, begin: int, end: int, markup: str = "") -> None:
        """Put markup in place of some characters of a text; ``begin`` may be ``end``."""
        cuts = self._cuts.setdefault(at, [])
        cuts.append((begin, end, len(cuts), markup))

    def remove(self, at: int) -> None:
        """Take a piece out."""
        self._removed.add(at)

    def remove_element(self, at: int) -> None:
        """Take an element out with all that is in it."""
        self._removed.update(range(at, self._text.row[at].partner + 1))

    def remove_line_of(self, at: int) -> None:
        """Take an element out, with the white space before it where it has a line of its own."""
        self.remove_element(at)
        before = self._text.row[at - 1]
        if before.kind == "text" and "\n" in before.raw and not before.raw.strip(_SPACES):
            self._removed.add(before.at)

    def remove_line_of_tag(self, at: int) -> None:
        """Take one tag out, with the white space before it where it has a line of its own."""
        self.remove(at)
        before = self._text.row[at - 1]
        if before.kind == "text" and not before.raw.strip(_SPACES):
            self._removed.add(before.at)

    def is_removed(self, at: int) -> bool:
        """Whether a piece is taken out."""
        return at in self._removed

    def set_attributes(self, at: int, values: Mapping[str, str]) -> None:
        """Give an element other values of attributes; an empty one takes the attribute out."""
        self._attributes.setdefault(at, {}).update(values)

    def attribute(self, at: int, name: str) -> str:
        """The value that an attribute will have."""
        changed = self._attributes.get(at, {})
        return changed.get(name, self._text.row[at].attributes.get(name, ""))

    def markup(self) -> str:
        """The document with all changes made."""
        parts: list[str] = []
        for piece in self._text.row:
            parts += self._before.get(piece.at, ())
            if piece.at not in self._removed:
                parts.append(self._written(piece))
            parts += self._after.get(piece.at, ())
        return "".join(parts)

    def _written(self, piece: Piece) -> str:
        if piece.at in self._cuts:
            return self._cut(piece)
        if piece.at in self._attributes:
            return with_attributes(piece, self._attributes[piece.at])
        return piece.raw

    def _cut(self, piece: Piece) -> str:
        cuts = sorted(self._cuts[piece.at])
        if piece.raw.startswith("<![CDATA["):
            piece = Piece("text", escape(piece.text), piece.at)
        raw, offsets = piece.raw, piece.raw_offsets()
        parts, done = [], 0
        for begin, end, _, markup in cuts:
            if begin > done:
                parts.append(raw[offsets[done] : offsets[begin]])
            parts.append(markup)
            done = max(done, end)
        return "".join(parts) + raw[offsets[done] :]


def indent_of(text: Text, at: int) -> str:
    """The white space that begins the line of an element that has one of its own, or nothing."""
    if at == 0:
        return ""
    before = text.row[at - 1]
    if before.kind != "text" or before.raw.strip(_SPACES) or "\n" not in before.raw:
        return ""
    return before.raw.rpartition("\n")[2]


def reindented(markup: str, old: str, new: str) -> str:
    """Markup over several lines, moved to another indent."""
    first, *others = markup.split("\n")
    moved = [new + line.removeprefix(old) for line in others]
    return "\n".join([first, *moved])
