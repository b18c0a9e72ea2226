"""In which language a passage is, where it is another than that of the record.

Two witnesses are heard who know nothing of each other: the commonest small words, which each
language has its own of, and ``chardet``, which knows how often letters follow each other. Only
where both name the same language, and the words of the record's are absent, is it sure.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import chardet

from stenogram.transcript.languages import languages_of_words, records_of

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?")
_JOINED = re.compile(
    r"([^\W\d_a-z]\w*\.? )(?:(?:de|del|della|der|des|di|do|da|du|la|le|van|von|zu) )+(?=[A-Z])"
)
"""Small words that join the parts of a name."""
_NAME = re.compile(r"(?<=[^\W_])(?P<space>,? )[A-Z][^\W_]*|\b[A-Z]{1,3}\b")
_UNKNOWN = r"\g<space>Name"
"""Capitals inside a sentence, and initials."""
_NOT_ASCII = " …"
"""Added so that letters are compared even where all are ASCII."""
_SAMPLE = 1_000
"""Characters of a passage that are enough to tell its language."""
_DISTINCT, _DISTINCT_IN_SCRIPT = 3, 2
"""Different common words that make a language sure, in the script of the record or another."""
_FEWEST_WORDS, _FEWEST_SIGNS = 3, 8
_SCRIPTS = {
    "Latn": "A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff",
    "Cyrl": "\u0400-\u052f",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hang": "\u1100-\u11ff\uac00-\ud7af",
    "Jpan": "\u3005\u3040-\u30ff\u3400-\u9fff",
    "Arab": "\u0600-\u06ff\u0750-\u077f",
    "Hebr": "\u0590-\u05ff",
    "Thai": "\u0e00-\u0e7f",
    "Geor": "\u10a0-\u10ff",
    "Armn": "\u0530-\u058f",
    "Deva": "\u0900-\u097f",
    "Cans": "\u1400-\u167f",
}
"""Letters of each script; Chinese and Japanese share theirs."""
_RUNS = {script: re.compile(f"[{signs}]+") for script, signs in _SCRIPTS.items()}
_KANA = re.compile("[\u3040-\u30ff]")
_ONE_LANGUAGE = {
    "Grek": "el",
    "Hang": "ko",
    "Hebr": "he",
    "Thai": "th",
    "Geor": "ka",
    "Armn": "hy",
    "Cans": "iu",
}
"""Scripts in which records of one language alone are written."""
_WRITTEN_IN = {
    **{language: script for script, language in _ONE_LANGUAGE.items()},
    **dict.fromkeys(("zh", "ja"), "Jpan"),
    **dict.fromkeys(("be", "bg", "kk", "mk", "ru", "sr", "tg", "uk"), "Cyrl"),
    **dict.fromkeys(("ar", "fa", "ur"), "Arab"),
}
"""Languages that are not written in Latin letters."""
_OWN_LETTERS = tuple(
    (language, re.compile(f"[{own}]"), re.compile(f"[{of_others}]"))
    for language, own, of_others in (
        ("ru", "ыэё", "іїєґўјљњћђѓќѕәғқңөұүһӣӯҳҷ"),
        ("uk", "їєґ", "ыэёўјљњћђѓќѕ"),
        ("sr", "ђћ", "ыэёіїєґўѓќѕ"),
    )
)
"""Cyrillic letters that tell languages apart, and those that speak against each."""
_UNSPACED = ("zh", "ja", "th")


@dataclass(frozen=True, slots=True)
class Guess:
    """The language of a passage."""

    language: str = ""
    """Its tag; empty where nothing speaks for another than that of the record."""
    sure: bool = False
    common_words: int = 0
    """How many different ones of the commonest words of that language are in it."""


_NOTHING = Guess()


def passage_language(text: str, record: str) -> Guess:
    """The language of some words, if it is another than ``record``, that of the words around."""
    script = _script(text)
    alone = _alone_in(script, text)
    if alone:
        return _by_script(text, alone, record)
    words = _words(text)
    hits = _hits(words)
    within = hits.pop(record, 0)
    if len(words) < _FEWEST_WORDS or within >= max(hits.values(), default=0):
        return _NOTHING
    least = _DISTINCT if script == _WRITTEN_IN.get(record, "Latn") else _DISTINCT_IN_SCRIPT
    return _by_words(text, words, hits, within, least)


def _by_words(
    text: str, words: Sequence[str], hits: Counter[str], within: int, least: int
) -> Guess:
    """The language whose common words are the most, and whether the letters say so too.

    ``within`` is how many words are among those of the record, ``least`` how many different
    ones of another language must be there.
    """
    (_, found), (_, second) = [*hits.most_common(2), ("", 0)][:2]
    letters = _by_letters(text)
    agreed = hits[letters] == found
    language = letters if agreed else min(code for code in hits if hits[code] == found)
    distinct = _distinct(words, language)
    if agreed:
        sure = (
            found > second
            and found - within >= least
            and within <= found / 2
            and found >= len(words) / 5
            and distinct >= least
        )
    else:
        sure = max(2 * second, 4 * within, len(words) / 3) <= found and distinct > _DISTINCT
    doubted = within <= found / 2 and (agreed or found > second)
    return Guess(language, sure, distinct) if sure or doubted else _NOTHING


def foreign_stretches(text: str, record: str) -> Iterator[tuple[int, int, Guess]]:
    """Where words in another script stand, and their language; names are left out."""
    script = _WRITTEN_IN.get(record, "Latn")
    if script == "Latn" and text.isascii():
        return
    for found in _other_scripts(script).finditer(text):
        guess = passage_language(found.group(), record)
        if guess.language and not found.group().istitle():
            yield found.start(), found.end(), guess


@cache
def _other_scripts(script: str) -> re.Pattern[str]:
    """Words in one script other than this, with what stands between them."""
    others = (signs for other, signs in _SCRIPTS.items() if other != script)
    return re.compile("|".join(f"[{signs}]+(?:[^\\w]{{1,4}}[{signs}]+)*" for signs in others))


def _script(text: str) -> str:
    """The script of most letters."""
    if text.isascii():
        return "Latn"
    counts = {script: sum(map(len, runs.findall(text))) for script, runs in _RUNS.items()}
    return max(counts, key=lambda script: counts[script])


def _alone_in(script: str, text: str) -> str:
    """The language that alone is written so, or nothing."""
    if script != "Jpan":
        return _ONE_LANGUAGE.get(script, "")
    kana, signs = len(_KANA.findall(text)), sum(map(len, _RUNS["Jpan"].findall(text)))
    return "ja" if kana * 10 > signs else "zh"


def _by_script(text: str, language: str, record: str) -> Guess:
    """A passage in a script that one language alone is written in."""
    if language == record or (language == "zh" and not _is_chinese(text, record)):
        return _NOTHING
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    unspaced = language in _UNSPACED
    enough = sum(map(str.isalpha, text)) if unspaced else len(words)
    named = not unspaced and all(word[:1].isupper() for word in words)
    sure = enough >= (_FEWEST_SIGNS if unspaced else _FEWEST_WORDS) and not named
    return Guess(language, sure=True) if sure else _NOTHING


def _is_chinese(text: str, record: str) -> bool:
    """Whether Chinese signs are Chinese words: other languages write some of theirs with them."""
    common = records_of("zh").function_words.intersection(text)
    return record != "ja" and len(common) >= _DISTINCT_IN_SCRIPT


def _words(text: str) -> list[str]:
    """The words of a passage, empty where they may be names: those tell no language."""
    table = languages_of_words()
    plain = text.replace("’", "'")
    if not plain.isupper():
        plain = _NAME.sub(_UNKNOWN, _JOINED.sub(r"\1", plain))
    words = (word.casefold() for word in _WORD.findall(plain))
    return [part for word in words for part in ([word] if word in table else word.split("'"))]


def _hits(words: Sequence[str]) -> Counter[str]:
    """How many words are among the commonest of each language."""
    table = languages_of_words()
    return Counter(code for word in words for code in table.get(word, ()))


def _distinct(words: Sequence[str], language: str) -> int:
    table = languages_of_words()
    return len({word for word in words if language in table.get(word, ())})


@lru_cache(maxsize=4_096)
def _by_letters(text: str) -> str:
    """What the letters say: those that one language alone has, or how they follow each other."""
    folded = text.casefold()
    for language, own, of_others in _OWN_LETTERS:
        if own.search(folded) and not of_others.search(folded):
            return language
    found = chardet.detect((text[:_SAMPLE] + _NOT_ASCII).encode())
    return found["language"] or ""
