"""The language of a record: told from its words, asked where they leave it open."""

from collections.abc import Sequence

from stenogram.config import ImportConfig
from stenogram.transcript.blocks import Block
from stenogram.transcript.decisions import Decision, Decisions
from stenogram.transcript.languages import every_code, vocabulary
from stenogram.transcript.languages.detection import Told, tell_language
from stenogram.transcript.reactions import reaction

_FEWEST_WORDS = 5
"""Words without which there is nothing to ask about."""
_FEWEST_DIRECTIONS, _LEAD = 3, 2
_NEAR = 0.5
_LONGEST_SHOWN = 60
_LIKELY, _GUESSED, _SURE = 0.8, 0.6, 0.99


def language_of_record(blocks: Sequence[Block], decisions: Decisions) -> str:
    """The language in which a transcript is made, as the editor says or its words tell.

    Where people speak several, it is that in which the record says what happened.
    """
    texts = [block.text for block in blocks]
    told = tell_language(texts, "en")
    if told.words < _FEWEST_WORDS:
        return told.code
    code, confidence, reason = _by_directions(texts, told) or (told.code, _GUESSED, _why(told))
    if told.is_sure:
        code, confidence = told.code, _SURE
    near = [told.code, told.second] if told.second else [told.code]
    others = dict.fromkeys([*near, *every_code()])
    return decisions.decide(
        Decision(
            kind="language",
            line=blocks[0].line_at(0),
            text=blocks[0].text[:_LONGEST_SHOWN],
            question="In which language is the record?",
            taken=code,
            alternatives=tuple(other for other in others if other != code),
            confidence=confidence,
            reason=reason,
        )
    )


def _by_directions(texts: Sequence[str], told: Told) -> tuple[str, float, str] | None:
    """The one of two likely languages in which the stage directions are, and how sure that is."""
    if told.second_share < _NEAR * told.share:
        return None
    directions = [text[1:-1] for text in texts if text[:1] == "(" and text[-1:] == ")"]
    found = {}
    for code in (told.code, told.second):
        language = vocabulary(ImportConfig(language=code))
        found[code] = sum(bool(reaction(words, language).types) for words in directions)
    first, second = sorted(found, key=lambda code: -found[code])
    if found[first] < max(_FEWEST_DIRECTIONS, _LEAD * found[second]):
        return None
    reason = f"{found[first]} stage directions are in {first}, {found[second]} in {second}"
    return first, _LIKELY, f"{_why(told)}; {reason}"


def _why(told: Told) -> str:
    shares = [(told.share, told.code), (told.second_share, told.second)]
    said = ", ".join(f"{share:.0%} of {code}" for share, code in shares if share)
    return f"Of {told.words} words, so many are among the commonest of a language: {said}"
