"""What words in brackets look like: a sentence, a title, a reference, a call."""

import re

from stenogram.transcript.languages import Language, particles

_ENDS_SENTENCE = '.?!”’")]。！？」』…—–-:：'
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DIGIT = re.compile(r"\d")
_CALL = re.compile(r"([^:：]{2,90})[:：] ?(\S.*)", re.DOTALL)
_ENDS_CALL = '.!?…。！？”"’»'
_MOST_WORDS_BEFORE_COLON, _MOST_WORDS_OF_TITLE = 10, 9
_FEWEST_WORDS_OF_SENTENCE = 4
_BEGINS = "«„“\"'([—–-¡¿*_"


def is_apart(text: str, start: int) -> bool:
    """Whether a bracket stands after a sentence, or at the beginning."""
    before = text[max(0, start - 2) : start].rstrip(" ")[-1:]
    return not before or before in _ENDS_SENTENCE


def is_sentence(words: str, text: str, end: int) -> bool:
    """Whether words are like a sentence, and another begins after their bracket or none does."""
    rest = text[end:].lstrip(" .;,")
    begins = not rest or not rest[0].islower()
    return begins and not words[:1].isdigit() and len(words.strip()) > 1


def is_call(words: str) -> bool:
    """Whether words are what somebody called, after a colon that says who did."""
    parts = _CALL.fullmatch(words.strip())
    if parts is None:
        return False
    who, said = parts.groups()
    few = len(who.split()) <= _MOST_WORDS_BEFORE_COLON
    return few and not who[0].islower() and not _DIGIT.search(who) and said[-1] in _ENDS_CALL


def is_title(words: str, language: Language) -> bool:
    """Whether words are typed like a title or a name, or are a date or a number."""
    some = _WORD.findall(words)
    if not some or words.rstrip().endswith((".", "!", "?", "…", "。")):
        return not some
    small = particles() | language.records.function_words
    capital = all(not word[0].islower() or word.casefold() in small for word in some)
    caseless = all(word.lower() == word.upper() for word in some)
    return capital and not caseless and len(some) <= _MOST_WORDS_OF_TITLE


def is_reference(words: str, language: Language) -> bool:
    """Whether words are a number, an abbreviation or a pointer to another place."""
    some = _WORD.findall(words)
    folded = {word.casefold() for word in some}
    if not some or folded & language.records.references:
        return True
    digits = _DIGIT.search(words) is not None
    if digits and len(some) < _FEWEST_WORDS_OF_SENTENCE:
        return True
    return words.isupper() and len(some) == 1 and len(words) <= _FEWEST_WORDS_OF_SENTENCE


def tells_of_somebody(words: str, language: Language) -> bool:
    """Whether words begin with somebody and go on in small letters, as a sentence about them."""
    parts = words.split(" ")
    if len(parts) < _FEWEST_WORDS_OF_SENTENCE - 1 or not parts[0][:1].isupper():
        return False
    named = language.without_title(words) != words or language.office_at(words) != ""
    return named and any(word[:1].islower() and len(word) > 1 for word in parts[1:])
