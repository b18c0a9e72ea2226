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
_NUMBERED = re.compile(r"(?i:\b(?:nos?|nr|art|sec|n)\.?|[§№č]\.?) ?\d")
_BEFORE_NUMBER = re.compile(r"[^\W\d_]+\.? (?=\d)")
_ADDRESS = re.compile(r"[a-z]+:\S|www\.|https?:")


def is_apart(text: str, start: int) -> bool:
    """Whether a bracket stands after a sentence, or at the beginning."""
    before = text[max(0, start - 2) : start].rstrip(" ")[-1:]
    return not before or before in _ENDS_SENTENCE


def is_sentence(words: str, text: str, end: int) -> bool:
    """Whether words are like a sentence, and another begins after their bracket or none does."""
    rest = text[end:].lstrip(" ;,")
    goes_on = rest.startswith(("...", "…"))
    rest = rest.lstrip(" .")
    begins = goes_on or not rest or not rest[0].islower()
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
    """Whether words are a number, an abbreviation, a pointer to another place or an address."""
    some = _WORD.findall(words)
    folded = {word.casefold() for word in some}
    if not some or folded & language.records.references or _ADDRESS.match(words):
        return True
    ends = words.rstrip().endswith((".", "!", "?"))
    if _DIGIT.search(words) and len(some) < _FEWEST_WORDS_OF_SENTENCE and not ends:
        return True
    return words.isupper() and len(some) == 1 and len(words) <= _FEWEST_WORDS_OF_SENTENCE


def is_numbered(words: str) -> bool:
    """Whether words give the number of something, as of a rule or a document."""
    return _NUMBERED.search(words) is not None


def is_spoken(words: str, language: Language) -> bool:
    """Whether words are the speaker's own, as an aside is."""
    before_call = re.split('[:：«„“"]', _BEFORE_NUMBER.sub(" ", words), maxsplit=1)[0]
    folded = {word.casefold() for word in _WORD.findall(before_call)}
    return bool(folded & language.records.first_person)


def tells_of_somebody(words: str, language: Language) -> bool:
    """Whether words begin with somebody and go on in small letters, as a sentence about them."""
    first = words.split(" ")[0]
    if not first[:1].isupper() or not has_small_words(words, language):
        return False
    return language.without_title(words) != words or language.office_at(words) != ""


def has_small_words(words: str, language: Language) -> bool:
    """Whether a word in small letters stands in them that no name or title has."""
    small = particles() | language.records.function_words
    return any(word.islower() and word not in small for word in _WORD.findall(words))
