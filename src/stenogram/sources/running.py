"""Running heads and feet, which a file may hold many times over."""

from collections.abc import Iterable

from stenogram.sources.account import Account, words_of
from stenogram.sources.model import SourceLine
from stenogram.sources.story import Story


class RunningHeads:
    """Sets running heads and feet between the lines of a story, each wording once."""

    def __init__(self, story: Story, account: Account) -> None:
        """``account`` is told of those that are not set again."""
        self._story = story
        self._account = account
        self._set: set[tuple[str, ...]] = set()

    def set(self, role: str, lines: Iterable[SourceLine]) -> None:
        """Set the lines of a running head, or of a foot, without those that are empty."""
        lines = [line for line in lines if line.text or line.signs]
        wording = (role, *(line.typed for line in lines))
        if wording in self._set:
            self._account.pass_over(words_of(lines))
            return
        self._set.add(wording)
        self._story.insert(lines)
