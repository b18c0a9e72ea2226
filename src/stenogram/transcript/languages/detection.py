"""In which language a text is, by the commonest words of each."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from stenogram.transcript.languages import every_code, records_of, scripts

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CHINESE = re.compile("[\u3400-\u9fff]")
_SAMPLE = 200_000
"""Characters by which a language is told."""
_FEWEST, _AHEAD = 4, 3
"""Words of a language that there must be, and more of them than of any other."""
_SHARE, _SHARE_ALONE, _LEAD_ALONE = 0.15, 0.08, 4
"""Share of the words; less will do where hardly any are of another language."""
_LEAD, _LEAD_OF_ALIKE = 1.5, 1.05
_ALIKE = {"da", "no", "sv"}
"""Languages that share many of their commonest words."""
_SHARE_OF_SCRIPT = defaultdict(lambda: 0.5, {"ja": 0.1})
"""Japanese has Chinese signs between its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The language of a text."""

    code: str
    share: float
    """Share of the words that are among the commonest of the language."""
    second: str
    """The next likeliest."""
    second_share: float
    words: int
    """How many words there were to go by."""

    @property
    def is_sure(self) -> bool:
        """Whether another language is out of the question."""
        found, others = self.words * self.share, self.words * self.second_share
        share = _SHARE_ALONE if found >= _LEAD_ALONE * others else _SHARE
        enough = found >= _FEWEST and found - others >= _AHEAD and self.share >= share
        lead = _LEAD_OF_ALIKE if {self.code, self.second} <= _ALIKE else _LEAD
        return enough and found >= lead * others


def tell_language(texts: Sequence[str], otherwise: str) -> Told:
    """The likeliest language of some texts; ``otherwise`` where no word of any is in them."""
    sample = "\n".join(texts)[:_SAMPLE]
    signs = len(_CHINESE.findall(sample))
    words = Counter(word.casefold().replace("’", "'") for word in _WORD.findall(sample))
    total = words.total()
    if code := _by_script(sample):
        return Told(code=code, share=1.0, second="", second_share=0.0, words=total)
    if signs > total:
        return Told(code="zh", share=1.0, second="", second_share=0.0, words=signs)
    found = [
        (sum(times for word, times in words.items() if word in common) / max(1, total), code)
        for code, common in _common_words().items()
    ]
    (share, code), (second_share, second) = sorted(found, key=lambda row: (-row[0], row[1]))[:2]
    if not share:
        code = otherwise
    return Told(code=code, share=share, second=second, second_share=second_share, words=total)


def _by_script(sample: str) -> str:
    """The language in whose letters most of a text is typed, if they tell it."""
    letters = sum(map(str.isalpha, sample))
    for code, one in _letters().items():
        if len(one.findall(sample)) > _SHARE_OF_SCRIPT[code] * letters:
            return code
    return ""


@cache
def _letters() -> dict[str, re.Pattern[str]]:
    return {code: re.compile(f"[{letters}]") for code, letters in scripts().items()}


@cache
def _common_words() -> dict[str, frozenset[str]]:
    found = {code: records_of(code).function_words for code in every_code() if code != "zh"}
    return {code: words for code, words in found.items() if words}
