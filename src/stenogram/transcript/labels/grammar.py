"""What may be a speaker's label: the words at the beginning of a line that have its form."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from stenogram.transcript.languages import (
    Language,
    before_addressees,
    groups,
    is_chair_in_any,
    is_of_any_office,
    noble,
    particles,
)

_LONGEST = 240
_READ = 2 * _LONGEST
"""Characters that tell whether a label of this length stands alone."""
_LONGEST_NAME, _LONGEST_OFFICE = 70, 160
_MOST_WORDS, _MOST_WORDS_OF_VOICE = 8, 14
_LONGEST_UNSPACED = 14
_LONGEST_SHORTENED = 5
"""Letters of a title that no vocabulary has, before its full stop."""
_ANYTHING = "–"
_MOST_WORDS_OF_PERSON = 6
_MOST_SMALL_WORDS = 2
_BEFORE_OFFICE = 4
"""Words of an apposition among which an office is named, if it is one."""
COLONS = (":", "：", "︰")
_DASHES = "–—"
_DASHES_ALONE = ("–", "—", "-", "--")
_POSITIONS = re.compile(r" (?:--|[–—-]) ")
_MOST_WORDS_OF_POSITION, _LONGEST_SMALL = 10, 3
_LAST_OF_DASH = ("–", "—", "-")
_ENDS_SEARCH = '?!;"“”„«»…'
_CIRCLES = "○◯●"
_BETWEEN_WORDS = re.compile(" ")
_MOST_WORDS_AFTER_CIRCLE = 4
_QUOTES = '"“”„«»'
_OPENING, _CLOSING = "([（〔［【", ")]）〕］】"
_SIGNS = re.compile(
    f"[{re.escape(''.join(COLONS) + _DASHES + _ENDS_SEARCH + _OPENING + _CLOSING)}.,，-]"
)
"""What ends a name, or tells whether something else may."""
_LEAD = re.compile(
    r"(?:[*_\u3000\u00a0]{1,3}|[–—§○◯●] ?|>> ?|\[\d+\] (?=[^\W\d_])"
    r"|\[\d{1,2}(?::\d\d){1,2}\] (?=[^\W\d_])|\([A-D]\) (?=[^\W\d_])"
    r"|[^\W\d_]{2,6}\. \d{1,3} (?=[^\W\d_])"
    r"|[QT]?\d{1,3}(?:\.\d{1,2})*\.? (?=[^\W\d_]|\[))*"
)
"""What may stand before a name: signs, a time, a column of the page, the number of a speech."""
_NUMBERED_LETTER = re.compile(r"([QAFR])\.? ?\d{1,3}(?: ?\(\w{1,4}\))?[.:](?= (?!\[\d))")
"""A question or an answer with its number."""
_VOICE_TAG = re.compile(r"<v(?:\.[\w.]+)? ([^<>]{1,60})>")
"""The name of who speaks in a caption."""
_LETTERS = r"[^\W\d_]"
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0955-\u0963\u0e31-\u0e4e"
)
"""Vowels and accents that are characters of their own, inside a class of a regular expression."""
_NEXT_WORD = re.compile(r" ?(\w+)")
_WORD = re.compile(
    rf"['’‘]?{_LETTERS}(?:[^\W_]|[{_MARKS}]|\.(?=[‐‑-])|['’‘\"״ª.·/&‐‑—–-](?=[^\W_])|[ªº])*"
    r"(?:\.{0,3}|-)|\d{1,4}|&|/"
)
_TELEPHONE = re.compile(r"\+?\d{7,15}")
"""Whoever takes part by telephone has its number for a name."""
CAPITAL = "A-ZÀ-ÖØ-ÞŁŚŻŹĆŃĘĄŐŰČŘŠŽĎŤŇĚŮŐŰĞİŞА-ЯЁІЇЄҐΑ-Ω"
"""Capital letters, inside a class of a regular expression."""
_SPACED_OUT = re.compile(r"(?<![^\W\d_])[^\W\d_](?: [^\W\d_]){3,}(?![^\W\d_])")
_SENTENCE_ENDS = re.compile(rf"([^\W\d_]{{5,}})\. [{CAPITAL}]")
_DEGREE = re.compile(rf"[{CAPITAL}][{CAPITAL}a-z.]{{0,3}}[{CAPITAL}.][a-z]?\.?|[JS]r\.?|Esq\.?")
"""What may follow a name after a comma: *MA*, *BSc*, *Q.C.*, *Jr.*"""
_INSIDE = re.compile(r"\(([^()]*)\)")
_SLASHED = re.compile(r" ?/ ?([^/]{2,40})/$| /([^\W\d_]{1,8})$")
"""What stands between slashes instead of brackets, or after one: *Lahti /kesk*."""
_BRACKET_INSIDE = re.compile(r"(?<=\.) \([^\W\d_]{2,12}\.?\)(?= [^\W\d_])")
"""*Dr. (Mrs.) Alder*: another title in brackets before the name."""
_JOINED = re.compile(r"- ([^\W\d_]{1,4}) (?=[^\W\d_])")
_UNKNOWN = re.compile(r"([.…?]{1,4}) ?[:：]")
"""Nobody knows who."""
_ELIDED = re.compile(rf"[^\W\d_]?['’‘][{CAPITAL}]|['’‘]t$")
"""*d’Estrac*, *’t Veld*."""
_INITIAL = re.compile(r"(?:^|[ .])[^\W\d_]\. ?[^\W\d_]\.")
"""Before the full stop of an initial: that, and the next."""
_INITIAL_WITH_BRACKET = re.compile(r"[ .][^\W\d_]\. ?\([^()]{1,60}\)[.:]")
"""An initial inside a label: a party or a place follows, and the mark of the label."""
_BOLD_END = re.compile(r"\.[*_]{1,3} ?[:：]")
"""The stop of an initial at the end of a name in bold type, and the mark of the label."""
_TIME = re.compile(r"\d:\d")
_IS_INITIAL = re.compile(r"[^\W\d_]\.")
_CAPITALS = re.compile(
    rf"(?:Mc|Mac|De|Di|Da|La|Le|Van|Von|O['’]|D['’]|L['’])?[{CAPITAL}][{CAPITAL}'’.\-‐‑]+"
)


class Form(Enum):
    """How a label is typed. The name says it: ``CAPITALS`` or ``Name``, and what follows."""

    CAPITALS = "NAME:"
    """In capitals, at least the surname, with a full stop, a colon or a dash."""
    CAPITALS_ALONE = "NAME/"
    """The same on a line of its own, with or without a mark."""
    COLON = "Name:"
    COLON_ALONE = "Name:/"
    STOP = "Name."
    DASH = "Name –"
    ALONE = "Name/"
    """On a line of its own, without any mark."""
    LETTER = "Q."
    """A single letter, as for questions and answers."""
    BULLET = "○Name"
    """After a circle, and before white space; a document without such labels has none."""
    HOUSE = "house"
    """As a convention has it, and no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Words that may be a label."""

    form: Form
    name: str
    """Without brackets, without what follows a comma, and without the mark."""
    qualifiers: tuple[str, ...] = ()
    """What stands in brackets after the name, or after a comma: party, office, place."""
    mark: str = ""
    lead: int = 0
    """Characters before the name that are none of it, such as the number of a question."""
    length: int
    """Characters that the label takes, with lead, brackets and mark."""
    bracketed: bool = False
    """All of it stands in square brackets."""
    before_number: bool = False
    """A number follows its full stop, as in *SEC. 12*."""
    spaced_out: bool = False
    """White space stands between the letters of its words, as for emphasis on a typewriter."""
    of_house: bool = False
    """It is typed as the convention of the document says that labels are."""


def candidates(text: str, language: Language, at: int = 0) -> list[Candidate]:
    """What may be a label at the beginning of a text, or at a place in it, shortest first."""
    text = text[at : at + _READ]
    head = text[:_LONGEST]
    if spaced := _spaced_words(head, language):
        closed = _closed_up(head, spaced)
        return [_spaced_out(one, spaced, language) for one in candidates(closed, language)]
    if unknown := _UNKNOWN.match(head):
        name = unknown.group(1)
        return [Candidate(form=Form.COLON, name=name, mark=":", length=unknown.end())]
    if letter := _NUMBERED_LETTER.match(head):
        name = letter.group(1)
        return [Candidate(form=Form.LETTER, name=name, mark=":", length=letter.end())]
    if voice := _VOICE_TAG.match(head):
        name = voice.group(1).strip()
        return [Candidate(form=Form.COLON, name=name, mark=">", lead=3, length=voice.end())]
    lead = _LEAD.match(head)
    begin = lead.end() if lead else 0
    if any(sign in _CIRCLES for sign in head[:begin]) and not _has_colon(head, begin):
        return list(_after_circle(head, begin, language))
    found = [
        candidate
        for end, mark, after in _ends(head, begin)
        if (candidate := _candidate(text, begin, end, mark, after, language)) is not None
    ]
    bracketed = _bracketed(head, language)
    return [bracketed] if bracketed else found


def _has_colon(head: str, begin: int) -> bool:
    return any(sign in head[begin : begin + _LONGEST_NAME] for sign in COLONS)


def _after_circle(head: str, begin: int, language: Language) -> Iterator[Candidate]:
    """What may be a label after a circle: up to a wide space, or the first words."""
    end = head.find("\u3000", begin, begin + _LONGEST_NAME)
    if end > 0:
        name, qualifiers = _parted(head[begin:end])
        ends = [(name, qualifiers, "\u3000", end + 1)]
    else:
        found = _BETWEEN_WORDS.finditer(head, begin, begin + _LONGEST_NAME)
        places = [match.start() for match in found][:_MOST_WORDS_AFTER_CIRCLE]
        ends = [(head[begin:place], (), "", place) for place in places]
    for name, qualifiers, mark, length in ends:
        if shape(name, language) in ("name", "capitals"):
            yield Candidate(
                form=Form.BULLET,
                name=name,
                qualifiers=qualifiers,
                mark=mark,
                lead=begin,
                length=length,
            )


def _spaced_words(head: str, language: Language) -> list[tuple[int, int]]:
    """Where words are typed with white space between their letters, if a text begins with some."""
    found = [match.span() for match in _SPACED_OUT.finditer(head)]
    if not found or found[0][0] >= _LONGEST_NAME:
        return []
    return [(start, _without_title(head, start, end, language)) for start, end in found]


def _without_title(head: str, start: int, end: int, language: Language) -> int:
    """The end of a word typed so, without the one letter of a title that follows an office."""
    letter, word = head[end - 1], head[start : end - 2].replace(" ", "").casefold()
    is_title = head[end : end + 1] == "." and letter in language.records.titles
    return end - 2 if is_title and word in language.records.offices else end


def _closed_up(head: str, spaced: Sequence[tuple[int, int]]) -> str:
    """A text in which words typed with white space between their letters are words again."""
    parts, place = [], 0
    for start, end in spaced:
        parts += [head[place:start], head[start:end].replace(" ", "")]
        place = end
    return "".join([*parts, head[place:]])


def _spaced_out(one: Candidate, spaced: Sequence[tuple[int, int]], language: Language) -> Candidate:
    """A candidate with its lengths as they are in the text as typed."""
    phrase = language.without_spaces(one.name)
    return replace(
        one,
        name=phrase.capitalize() or one.name,
        lead=_length_in(spaced, one.lead),
        length=_length_in(spaced, one.length),
        spaced_out=True,
    )


def _length_in(spaced: Sequence[tuple[int, int]], length: int) -> int:
    """How long a part of a text is as typed, if so many characters are left of it closed up."""
    closed = place = 0
    for start, end in spaced:
        before = start - place
        if closed + before >= length:
            break
        inner = (end - start + 1) // 2
        if closed + before + inner >= length:
            letters = length - closed - before
            return start + 2 * letters - 1
        closed += before + inner
        place = end
    return place + length - closed


def _ends(head: str, begin: int) -> Iterator[tuple[int, str, int]]:
    """Where a name may end: its end, the mark, and the end of the mark."""
    depth = 0
    after_comma = False
    for found in _SIGNS.finditer(head, begin):
        sign, position = found.group(), found.start()
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0:
            if sign in COLONS and _TIME.match(head, max(0, position - 1)):
                continue
            if sign in COLONS:
                after = _after_dash(head, position + 1)
                yield position, sign, after
                return
            after_comma = after_comma or sign in ",，"
            if sign in _QUOTES and _is_within_word(head, position):
                continue
            if sign in _ENDS_SEARCH and not (after_comma and sign in _QUOTES):
                return
            if sign == ".":
                after = _after_dash(head, position + 1)
                if _INITIAL.match(head, max(0, position - 2)):
                    pass  # another initial follows
                elif after > position + 1 or _may_end_here(head, position):
                    yield position, head[position:after].strip(), after
            elif sign in _DASHES and head[position - 1 : position] == " ":
                yield position - 1, sign, position + 1
                return
            elif head[position - 1 : position + 2] == " - ":
                yield position - 1, sign, position + 1
            elif head[position - 1 : position + 3] == " -- ":
                yield position - 1, "--", position + 2
    if len(head) < _LONGEST and head[-1:] not in (".", " "):
        yield len(head), "", len(head)


def _is_within_word(head: str, position: int) -> bool:
    """Whether a mark stands inside a word, as in Hebrew abbreviations."""
    return head[position - 1 : position].isalpha() and head[position + 1 : position + 2].isalpha()


def _may_end_here(head: str, position: int) -> bool:
    following = head[position + 1 : position + 2]
    if _INITIAL_WITH_BRACKET.match(head, position - 2) or _BOLD_END.match(head, position):
        return False
    return not following or following == " " or following in "*_" or following.isupper()


def _after_dash(head: str, position: int) -> int:
    """Past a dash that belongs to the mark: ``. –``, ``: —`` or ``. -``."""
    dash = position + (head[position : position + 1] == " ")
    if head[dash : dash + 1] in ("–", "—") or head[position : position + 3] == " - ":
        return dash + 1
    return position


def _candidate(
    text: str, begin: int, end: int, mark: str, after: int, language: Language
) -> Candidate | None:
    words = text[begin:end].rstrip("*_ ")
    if words.endswith((",", "，")):
        return None
    whole = words
    if mark[:1] in COLONS:
        words = _without_addressee(words)
    name, qualifiers = _parted(words)
    if mark in _DASHES_ALONE and (of_line := _with_position(text, begin, name, after, language)):
        return of_line
    if mark == "." and _ends_in_title(name, text[after:], language):
        return None  # the stop of a title ends no label
    if mark == "." and _goes_on_after_initial(name, text[after:]):
        return None
    if qualifiers and "," in words and _is_form_of_address(name, language):
        return None
    dashed = mark[:1] != mark[-1:] and mark.endswith(_LAST_OF_DASH)  # nothing else is typed so
    if qualifiers and not dashed:
        of_office = language.office_at(name) != ""
        if not _is_apposition(words[len(name) :], language, of_office=of_office):
            return None  # a sentence that begins with a form of address
    while text[after : after + 1] and text[after] in "*_":
        after += 1
    alone = not text[after:].strip(" ") and words == whole
    form = _form(name, mark, alone, bool(qualifiers), language)
    if form is None:
        return None
    return Candidate(
        form=form,
        name=name,
        qualifiers=qualifiers,
        mark=mark,
        before_number=mark == "." and text[after : after + 2].strip()[:1].isdigit(),
        lead=begin,
        length=after,
    )


def _without_addressee(words: str) -> str:
    """A label without those whom it says to be asked: *Tom Alder (Lab) to the Minister*."""
    end = max(words.rfind(sign) for sign in ")]") + 1
    rest = words[end:].strip().casefold()
    told = end and any(rest == one or rest.startswith(f"{one} ") for one in before_addressees())
    told = told or (end and words[end:].strip().isalpha() and words[end:].islower())
    return words[:end] if told else words


def _with_position(
    text: str, begin: int, name: str, after: int, language: Language
) -> Candidate | None:
    """A name on a line of its own with an office or a firm after a dash."""
    position = text[after:].strip(" ")
    words = position.split(" ")
    if not position or len(words) > _MOST_WORDS_OF_POSITION or not position[-1].isalnum():
        return None
    if len(text) == _READ or ":" in position or " " not in name or not _are_capital(words):
        return None
    form = _form(name, "", alone=True, qualified=True, language=language)
    if form not in (Form.ALONE, Form.CAPITALS_ALONE):
        return None
    parts = tuple(part.strip() for part in _POSITIONS.split(position))
    return Candidate(form=form, name=name, qualifiers=parts, lead=begin, length=len(text))


def _are_capital(words: Sequence[str]) -> bool:
    """Whether words are written as in a title: capitals but for small words."""
    return all(word[:1].isupper() or len(word) <= _LONGEST_SMALL for word in words)


def _goes_on_after_initial(name: str, following: str) -> bool:
    """Whether a name in capitals ends in an initial, and more of it follows."""
    next_word = _NEXT_WORD.match(following)
    initial = len(name.rpartition(" ")[2]) == 1
    return initial and next_word is not None and is_in_capitals(next_word.group(1))


def _ends_in_title(name: str, following: str, language: Language) -> bool:
    """Whether words end in a title, whose full stop then ends nothing."""
    words = name.split(" ")
    titles = language.records.titles
    if not following.strip() or (len(words[-1]) == 1 and _IS_INITIAL.fullmatch(words[-2:][0])):
        return False
    if (
        name.casefold().rstrip(".") in language.records.offices
        or words[-1].casefold() not in titles
    ):
        return False
    next_word = _NEXT_WORD.match(following)
    return (
        not is_in_capitals(words[-1])
        or all(
            word.casefold().rstrip(".") in titles | language.records.function_words
            for word in words
        )
        or (next_word is not None and is_in_capitals(next_word.group(1)))
    )


def _bracketed(head: str, language: Language) -> Candidate | None:
    """A label that stands in square brackets as a whole."""
    opening, closing = language.square_brackets[0]
    end = head.find(closing)
    if not head.startswith(opening) or opening != "[" or end < 0:
        return None
    name = head[1:end]
    mark = head[end + 1 : end + 2] if head[end + 1 : end + 2] in (".", ":") else ""
    after = end + 1 + len(mark)
    if head[after : after + 1] not in ("", " ") or shape(name, language) != "capitals":
        return None
    return Candidate(form=Form.CAPITALS, name=name, mark=mark, length=after, bracketed=True)


def _parted(words: str) -> tuple[str, tuple[str, ...]]:
    """The name, and what stands in brackets after it or after a comma."""
    words = _BRACKET_INSIDE.sub("", words)
    words, after = _without_brackets(words)
    place = _outside_brackets(words, ",，")
    if place > 0:
        after.insert(0, words[place + 1 :].strip())
        words, before = _without_brackets(words[:place])
        after[:0] = before
    return words.strip(" *_"), tuple(after)


def _without_brackets(words: str) -> tuple[str, list[str]]:
    """Words without the brackets at their end, and what stands in these."""
    inside: list[str] = []
    while words and (words[-1] in _CLOSING or (slashed := _SLASHED.search(words))):
        if words[-1] not in _CLOSING and slashed:
            inside.insert(0, slashed.group(1) or slashed.group(2))
            words = words[: slashed.start()]
            continue
        opening = _opening_of(words)
        if opening < 0:
            break
        inside.insert(0, words[opening + 1 : -1].strip())
        words = words[:opening].rstrip(" *_")
    return words, inside


def _is_form_of_address(name: str, language: Language) -> bool:
    """Whether words are like *Mr. Chairman*, a title and an office."""
    first, _, rest = name.partition(" ")
    is_title = first.casefold().rstrip(".") in language.records.titles
    return is_title and rest.casefold() in language.records.offices


def _is_apposition(words: str, language: Language, *, of_office: bool) -> bool:
    """Whether what follows a name is in brackets, or after a comma an office or a group.

    After the name of an office it may be who has it: ``of_office``.
    """
    place = _outside_brackets(words, ",，")
    after = words[place + 1 :].split() if place >= 0 else []
    if not after:
        return True
    if any(phrase in words.casefold() for phrase in language.records.sworn):
        return False
    last = _INSIDE.findall(words) if words.endswith(")") else [words]
    if of_office and any(person_at_end(f"{_ANYTHING} {one}", language) for one in last):
        return True
    ends = _SENTENCE_ENDS.finditer(words)
    if any(found.group(1) not in language.abbreviations for found in ends):
        return False
    is_title = after[0].casefold().rstrip(".") in language.records.titles
    is_title = is_title and not (is_of_any_office(after[0]) and len(after) <= _BEFORE_OFFICE)
    if is_title and after[1:2] and after[1][0].isupper():
        return of_office and len(after) <= _BEFORE_OFFICE  # else it is somebody else
    if _DEGREE.fullmatch(after[0]):
        return True
    offices = (*map(is_of_any_office, after[:_BEFORE_OFFICE]), language.is_of_office(after[0]))
    return any(offices) or any(map(is_group, after[:_MOST_WORDS]))


def person_at_end(words: str, language: Language) -> str:
    """The title and name with which words end, or nothing."""
    parts = words.split(" ")
    for place in range(max(1, len(parts) - _MOST_WORDS_OF_PERSON), len(parts) - 1):
        title = language.title_in(" ".join(parts[place:]))
        name = parts[place + len(title.split()) :] if title else []
        if name and all(word[0].isupper() or word in particles() for word in name if word):
            return " ".join(parts[place:])
    return ""


def is_group(word: str) -> bool:
    """Whether a word means a party or a group in a parliament."""
    bare = word.casefold().strip(' .,"«»“”')
    return bare in groups() or bare.rpartition("-")[2] in groups()


def _outside_brackets(words: str, signs: str) -> int:
    if not any(sign in words for sign in signs):
        return -1
    depth = 0
    for place, sign in enumerate(words):
        if sign in signs and depth == 0:
            return place
        depth += (sign in _OPENING) - (sign in _CLOSING)
    return -1


def _opening_of(words: str) -> int:
    depth = 0
    for place in range(len(words) - 1, -1, -1):
        depth += (words[place] in _CLOSING) - (words[place] in _OPENING)
        if depth == 0:
            return place
    return -1


def _form(name: str, mark: str, alone: bool, qualified: bool, language: Language) -> Form | None:
    kind = shape(name, language)
    if not kind:
        return None
    if kind == "letter":
        return Form.LETTER if mark and not alone else None
    if kind == "described" and mark[:1] not in COLONS:
        return None
    if kind == "capitals" and (alone or mark not in _LAST_OF_DASH):
        if alone:
            return Form.CAPITALS_ALONE
        return Form.CAPITALS if mark else None
    if mark[:1] in COLONS and mark:
        return Form.COLON_ALONE if alone else Form.COLON
    if mark.endswith(_LAST_OF_DASH):
        return None if alone else Form.DASH
    if mark == ".":
        return Form.STOP if not alone or qualified else None
    return Form.ALONE if alone and not mark else None


@lru_cache(maxsize=65_536)
def _words_of(name: str) -> tuple[str, ...] | None:
    """The words of a name, or nothing if it has signs that no name has."""
    words = joined(name.replace(" - ", "-")).split(" ")
    return tuple(words) if all(_WORD.fullmatch(word) for word in words) else None


def joined(name: str) -> str:
    """A name in which *Finanz- und Wirtschaftsminister* is one word."""
    return _JOINED.sub(r"-\1-", name)


def shape(name: str, language: Language) -> str:
    """What a name looks like: ``capitals``, ``name``, ``letter``, or nothing like one."""
    if not name.isupper() and is_voice(name, language):
        return "name"
    if not name or len(name) > _LONGEST_NAME:
        return _shape_of_long_office(name, language)
    unknown = name.removesuffix("(?)")
    if _TELEPHONE.fullmatch(unknown):
        return "name"
    words = _words_of(unknown)
    if words is None or len(words) > _MOST_WORDS:
        return _shape_of_long_office(name, language)
    pairs = pairwise(words)
    if any(one[-1] == "." and not _is_shortened(one, other, language) for one, other in pairs):
        return ""
    if len(unknown.rstrip(".")) == 1:
        caseless = unknown.isalpha() and unknown.upper() == unknown.lower()
        return "letter" if unknown[0].isupper() else "name" if caseless else ""
    letters = "".join(filter(str.isalpha, unknown))
    if letters.upper() == letters.lower():
        return "name" if _is_caseless_name(unknown, words, language) else ""
    if not unknown[0].isupper() and not _begins_small(words, language):
        return "name" if language.is_office(unknown) or is_voice(unknown, language) else ""
    if any(map(is_in_capitals, words)) and _is_name_in_capitals(words, language):
        return "capitals"
    if all(_is_of_a_name(word, language) for word in words):
        return "name"
    known = language.is_office(unknown) or is_voice(unknown, language)
    if known or is_chair_in_any(unknown):
        return "name"
    return "described" if _is_described(words, language) else ""


def _is_caseless_name(name: str, words: Sequence[str], language: Language) -> bool:
    """Whether a name has the form of one in a script without capitals."""
    if language.spaced_words and " " in name:
        return len(words) <= _MOST_WORDS_OF_PERSON and words[0][0].isalpha()
    return len(name) <= _LONGEST_UNSPACED and words[0][0].isalpha()


def _begins_small(words: Sequence[str], language: Language) -> bool:
    """Whether a name begins with a title or a particle in small letters: *von Alder*."""
    first = words[0].rstrip(".")
    known = first in noble() or (first in language.records.titles and words[0][-1] == ".")
    return known and len(words) > 1 and words[1][0].isupper()


def _is_described(words: Sequence[str], language: Language) -> bool:
    """Whether words may be an office that no vocabulary has, and a name: *Pääsihteeri … Lahti*."""
    small = [word for word in words if word[0].islower()]
    common = language.records.function_words
    return (
        1 <= len(small) <= _MOST_SMALL_WORDS
        and len(words) - len(small) > 1
        and words[-1][0].isupper()
        and words[-2][0].isupper()
        and not any(word in common for word in small)
    )


def _shape_of_long_office(name: str, language: Language) -> str:
    """The same of an office whose name is long, such as that of a minister of several things."""
    is_office = (
        len(name) <= _LONGEST_OFFICE
        and not any(word.endswith(".") for word in name.split(" "))
        and language.office_at(name) != ""
        and _words_of(name) is not None
    )
    return "" if not is_office else "capitals" if name.isupper() else "name"


def is_voice(name: str, language: Language) -> bool:
    """Whether words mean unidentified persons, as *Several members of the Liberal group* does."""
    words = name.split(" ")
    known = language.voice_in(name.removesuffix("(?)"))
    if not known or len(words) > _MOST_WORDS_OF_VOICE:
        return False
    rest = words[len(known.split()) :]
    if not rest:
        return True
    begins = rest[0].casefold() in language.records.function_words or not rest[0].islower()
    return begins and all(map(_WORD.fullmatch, rest))


def _is_name_in_capitals(words: Sequence[str], language: Language) -> bool:
    """Whether what stands beside words in capitals may: titles, *of New Jersey*, an office."""
    places = [place for place, word in enumerate(words) if is_in_capitals(word)]
    tail = words[places[-1] + 1 :]
    beside = len(words) - len(places)
    of_name = (
        not tail
        or tail[0] in particles()
        or tail[0].isdecimal()
        or _are_initials_after(words[places[-1]], tail, language)
        or any(map(language.is_of_office, tail))
    )
    return of_name and beside <= _MOST_WORDS - 3


def _are_initials_after(surname: str, tail: Sequence[str], language: Language) -> bool:
    """Whether initials stand after a surname, not between a title and one."""
    is_title = surname.casefold().rstrip(".") in language.records.titles
    return not is_title and all(len(word.rstrip(".")) == 1 for word in tail)


def _is_shortened(word: str, following: str, language: Language) -> bool:
    """Whether the full stop of a word inside a name is that of an initial or of a title."""
    bare = word.rstrip(".")
    return (
        len(bare) == 1
        or (len(bare) <= _LONGEST_SHORTENED and bare[0].isupper() and following[0].isupper())
        or "." in bare
        or bare.casefold() in language.records.titles
        or bare in language.abbreviations
        or bare.casefold() in language.records.offices
    )


def is_in_capitals(word: str) -> bool:
    """Whether a word is in capitals, but for a beginning such as *Mc*."""
    bare = word.rstrip(".")
    letters = "".join(filter(str.isalpha, bare))
    if any(map(str.isdecimal, bare)):
        return False
    return len(letters) > 1 and (letters.isupper() or _CAPITALS.fullmatch(bare) is not None)


def _is_of_a_name(word: str, language: Language) -> bool:
    """Whether a word of a name begins with a capital, or is one that may stand inside it."""
    first = word[0]
    return (
        first.isupper()
        or word[1:2].isupper()
        or _ELIDED.match(word) is not None
        or first.isdigit()
        or first.upper() == first.lower()
        or word.rstrip(".").casefold() in particles()
        or word.rstrip(".").casefold() in language.records.titles
    )
