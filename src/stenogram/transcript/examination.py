"""Questions and answers of an examination: whose ``Q`` and ``A`` are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stenogram.transcript.kinds import Classified, Kind
from stenogram.transcript.labels.grammar import CAPITAL, Candidate, Form, candidates
from stenogram.transcript.languages import Language, examinations

_LONGEST, _LONGEST_HEADING = 240, 80
_CONTINUED = re.compile(r"(?: ?\([^()]*\))? ?[:.]?(?: ?\[[^\[\]]*\])?$")
_BRACKETED = re.compile(r" ?[(\[]([^()\[\]]{3,60})[)\]]")
_NAME_BEFORE_COMMA = re.compile(r"([^,.:;()\[\]]{3,60})(?:,(?: (.*)|$)| \((.*)\)$)", re.DOTALL)
_NAME_AFTER = rf" ((?:[{CAPITAL}][\w'’-]+ ?){{1,4}})"
_NAMED_IN_CAPITALS = rf":? ((?:[{CAPITAL}][{CAPITAL}'’-]+ ?){{2,4}})(?:[(\[].*)?$"
_EMPHASIS = re.compile(r"[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}")
_SPACED = re.compile(r"(?<!\w)\w(?: \w)+(?!\w)")


@dataclass(slots=True)
class _Stand:
    """Who examines, and who is on the witness stand."""

    examiner: Candidate | None = None
    witness: Candidate | None = None


def with_examiners(classified: Sequence[Classified], language: Language) -> list[Classified]:
    """The same, with the names of those who ask and answer in place of ``Q`` and ``A``.

    Who asks stands in a heading such as *BY MR. SMITH:*, who answers before the first question.
    Where neither is told, the letters stay.
    """
    if not language.records.examined_by:
        return list(classified)
    called = _called_witness(classified, language)
    stand = _Stand()
    found: list[Classified] = []
    for place, one in enumerate(classified):
        following = classified[place + 1] if place + 1 < len(classified) else None
        stand.witness = _witness(one, following, language) or stand.witness
        stand.examiner = _examiner(one, language) or stand.examiner
        meant = _meant(one.label, stand, called) if one.label else None
        found.append(_with_label(one, meant) if meant else one)
    return found


def _meant(label: Candidate, stand: _Stand, called: str) -> Candidate | None:
    """Whom a letter means, or the label of a witness who is not called by name."""
    if label.form is Form.LETTER and label.name == "Q":
        return stand.examiner
    if label.name.casefold() == called or (label.form is Form.LETTER and label.name == "A"):
        return stand.witness
    return None


def _with_label(one: Classified, meant: Candidate) -> Classified:
    label = one.label
    if label is None:
        return one
    return replace(one, label=replace(label, name=meant.name, qualifiers=meant.qualifiers))


def _called_witness(classified: Sequence[Classified], language: Language) -> str:
    """The words of the label by which a witness is called who is not called by name."""
    names = [one.label.name.casefold() for one in classified if one.label]
    return next((name for name in names if name in language.records.witness), "")


def _examiner(one: Classified, language: Language) -> Candidate | None:
    """The name after *BY*, in a heading or in brackets after ``Q``."""
    text, label = one.block.text, one.label
    if label and label.form is Form.LETTER:
        inside = _BRACKETED.match(text, label.length)
        return _after_by(inside.group(1), language) if inside else None
    text = _EMPHASIS.sub("", text[: label.length] if label else text)
    if one.kind is Kind.LISTED or len(text) > _LONGEST_HEADING:
        return None
    words = _CONTINUED.sub("", text.strip(" "))
    told = words.casefold().startswith(tuple(examinations()))
    typed_so = text.rstrip().endswith(":") or words.isupper() or told
    return _after_by(words, language) if typed_so else None


def _after_by(words: str, language: Language) -> Candidate | None:
    parts = words.split(" ")
    by = [at for at, word in enumerate(parts) if word.casefold() in language.records.examined_by]
    return _name(" ".join(parts[by[-1] + 1 :]), language) if by else None


def _witness(one: Classified, following: Classified | None, language: Language) -> Candidate | None:
    """Who is sworn or called as a witness, if a block that is no speech says so."""
    text = _EMPHASIS.sub("", one.block.text)
    if (
        one.kind is Kind.LISTED
        or len(text) > _LONGEST
        or (one.label and one.label.form is Form.LETTER)
    ):
        return None
    if text.endswith(",") and following is not None:
        text = f"{text} {following.block.text}"
    sworn = language.records.sworn
    closed_up = _SPACED.sub(lambda found: found.group().replace(" ", ""), text)
    parts = _NAME_BEFORE_COMMA.match(closed_up)
    told = (parts.group(2) or parts.group(3) or "").casefold() if parts else ""
    if parts and any(words in told for words in sworn):
        return _name(parts.group(1).strip(), language)
    for words in sorted(language.records.witness):
        if after := re.search(rf"(?i:\b{re.escape(words)}\b){_NAME_AFTER}", text):
            return _name(after.group(1).strip(), language)
        if named := re.match(rf"(?i:{re.escape(words)}){_NAMED_IN_CAPITALS}", text):
            return _name(named.group(1).strip(), language)
    return None


def _name(words: str, language: Language) -> Candidate | None:
    """Words as the name of a person, if they are one and nothing more."""
    found = candidates(f"{words}:", language)
    whole = [one for one in found if one.length == len(words) + 1]
    return whole[0] if whole and whole[0].form is not Form.LETTER else None
