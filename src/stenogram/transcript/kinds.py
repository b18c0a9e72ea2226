"""What each block of a transcript is."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from stenogram.sources import HEADING, KnownSpeaker
from stenogram.transcript.blocks import Block
from stenogram.transcript.inserted import inserted, is_centred, width_of
from stenogram.transcript.labels import Candidate, Form, Labels, is_heading
from stenogram.transcript.labels.fields import fields_before
from stenogram.transcript.labels.quoted import quoted
from stenogram.transcript.languages import Language
from stenogram.transcript.layout.pages import ends_sentence
from stenogram.transcript.layout.templates import Template
from stenogram.transcript.sections import Part, is_narrated, parts

_MARKDOWN = re.compile(r"#{1,6} ")
_MOST_WORDS_OF_HEADING = 14
_LONGEST_HEADING = 120
_UNFINISHED = re.compile(r"[,\-–—”’»\"\u00ad]$")
_TWO_SENTENCES = re.compile(r"[^\W\d_]{4,}[.!?] [^\W\d_a-z]")


class Kind(Enum):
    """What a block is."""

    LABELLED = auto()
    """It begins with a speaker's label."""
    HEADING = auto()
    NARRATED = auto()
    """The reporter's words, which nobody says."""
    INSERTED = auto()
    """Part of a document that is set apart."""
    HAPPENED = auto()
    """A stage direction, by the word of the file."""
    LISTED = auto()
    """In the contents, a list of those present, an annex, an index."""
    TEXT = auto()
    """Anything else: somebody goes on speaking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """A block and what it is."""

    block: Block
    kind: Kind
    part: Part
    begins_part: bool = False
    label: Candidate | None = None
    """Its label; where that names no person, but others tell who is meant, with that name."""
    speaker: KnownSpeaker | None = None
    """Who says it, by the word of the file; of a label, whom it means."""
    begins_turn: bool = False
    """By the word of the file."""
    is_told: bool = False
    """The file says what it is."""


def classify(
    blocks: Sequence[Block],
    labels: Labels,
    language: Language,
    headings: Sequence[Template] = (),
) -> list[Classified]:
    """Tell what each block is; labels that are not sure are asked about.

    ``headings`` are templates of the headings that the convention of the document has.
    """
    in_quotation = quoted(blocks, language)
    fields = fields_before(blocks, labels, language)
    none = [a or b for a, b in zip(in_quotation, fields, strict=True)]
    sure = [not no and labels.is_sure_label(b) for b, no in zip(blocks, none, strict=True)]
    recurring = [label and labels.is_beyond_doubt(b) for b, label in zip(blocks, sure, strict=True)]
    of_part = parts(blocks, sure, recurring, language)
    spoken = [block for block, (part, _) in zip(blocks, of_part, strict=True) if not part]
    spoken_labels = [label for label, (part, _) in zip(sure, of_part, strict=True) if not part]
    apart = dict(zip(map(id, spoken), inserted(spoken, spoken_labels), strict=True))
    width = width_of(blocks)
    marked = any(_is_marked(block) for block in blocks)
    found: list[Classified] = []
    last_label: Candidate | None = None
    for place, (block, (part, begins)) in enumerate(zip(blocks, of_part, strict=True)):
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        next_labelled = place + 1 < len(blocks) and sure[place + 1]
        label = None
        if part or apart.get(id(block)):
            kind = Kind.HEADING if begins else Kind.LISTED if part else Kind.INSERTED
        elif (_is_marked(block) and not (block.role == HEADING and sure[place])) or any(
            one.pattern.fullmatch(block.text) for one in headings
        ):
            kind = Kind.HEADING
        elif label := _label(block, labels, found[-1:], last_label, quoted=none[place]):
            kind, last_label = Kind.LABELLED, label
        elif is_heading(block.text) or (
            not marked
            and _is_title(block, following, next_labelled, width, is_first=not place)
            and not _is_date(block.text, language)
        ):
            kind = Kind.HEADING
        elif is_narrated(block.text, language):
            kind = Kind.NARRATED
        else:
            kind = Kind.TEXT
        found.append(Classified(block=block, kind=kind, part=part, begins_part=begins, label=label))
    return _without_idle_labels(found)


def _without_idle_labels(found: Sequence[Classified]) -> list[Classified]:
    """The same with headings for what looks like the label of somebody who never says a word."""
    times = Counter(one.label.name for one in found if one.label)
    return [
        replace(one, kind=Kind.HEADING, label=None)
        if one.label
        and following.kind in (Kind.LABELLED, Kind.HEADING)
        and times[one.label.name] == 1
        and _is_label_alone(one)
        and not one.label.mark
        and is_heading(one.block.text)
        else one
        for one, following in pairwise([*found, *found[-1:]])
    ]


def _is_marked(block: Block) -> bool:
    """Whether the file itself says that a block is a heading."""
    return block.role == HEADING or _MARKDOWN.match(block.text) is not None


def _label(
    block: Block,
    labels: Labels,
    before: Sequence[Classified],
    last: Candidate | None,
    *,
    quoted: bool,
) -> Candidate | None:
    """The label of a block, but where nobody can begin to speak; ``last`` is the last label."""
    label = None if quoted else labels.find(block)
    if label is None and last is not None and last.name == "Q":
        label = labels.answer(block)
    bare = label and not label.mark and label.form in (Form.CAPITALS, Form.COLON)
    alone = label and label.length == len(block.text)
    if label and bare and alone and last and label.name == last.name:
        return None  # the head of a page says who is speaking
    if label and label.form is Form.STOP and before and _is_label_alone(before[0]):
        return None  # whoever was named has not said anything yet, and is addressing somebody
    return label


def _is_label_alone(one: Classified) -> bool:
    label = one.label
    return label is not None and label.mark != "." and label.length == len(one.block.text)


def _is_title(
    block: Block, following: Block | None, next_labelled: bool, width: int, *, is_first: bool
) -> bool:
    """Whether a short line that ends no sentence is a heading.

    It is centred, or stands between empty lines right before a turn; nothing stands above the
    ``is_first``.
    """
    text = block.text
    short = len(text) <= _LONGEST_HEADING and len(text.split()) <= _MOST_WORDS_OF_HEADING
    first = text[:1]
    begins = first.isupper() or first.isdigit() or (first.isalpha() and not first.islower())
    if not (short and begins) or ends_sentence(text) or _UNFINISHED.search(text):
        return False
    if _TWO_SENTENCES.search(text) or block.is_in_italics:  # italics: a stage direction
        return False
    if is_centred(block, width):
        return True
    apart = (block.empty_above or is_first) and following is not None and following.empty_above
    return bool(apart) and next_labelled


def _is_date(text: str, language: Language) -> bool:
    words = [word.strip(".,").casefold() for word in text.split()]
    months = language.records.month_names
    return any(word in months for word in words) and any(word.isdecimal() for word in words)
