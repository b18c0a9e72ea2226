"""Source lines without the furniture of their page."""

from dataclasses import dataclass

from stenogram.transcript.model import Milestone, PrintedLine


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A source line with words of the record, and what stands before and between them."""

    number: int
    text: str
    """The words that are left, white space folded."""
    indent: int
    """White-space characters before the first word; a number in the margin counts as such."""
    begin: tuple[Milestone, ...] = ()
    """What stands before the words: furniture of the lines above, the source line itself."""
    inside: tuple[tuple[int, tuple[Milestone, ...]], ...] = ()
    """Furniture between the words, and where in ``text`` it stands."""
    empty_above: int = 0
    """How many empty lines stand above it, those around furniture left out."""
    page_above: bool = False
    """Furniture stands above it."""
    role: str = ""
    """What the file says that it is, e.g. ``heading``."""

    @property
    def is_numbered(self) -> bool:
        """Whether it has a number in the margin."""
        return any(isinstance(one, PrintedLine) for one in self.begin)
