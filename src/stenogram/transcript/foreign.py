"""Passages in another language than that of the record: paragraphs, lines, quotations, words.

What is sure is marked. The rest is asked about, in one question for all; names, numbers, lists
and words that stand alone are left as they are.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from stenogram.transcript.decisions import Decision, Decisions, shorten
from stenogram.transcript.languages.passages import (
    Guess,
    foreign_stretches,
    passage_language,
)
from stenogram.transcript.model import (
    EmbeddedDocument,
    Foreign,
    Inline,
    Insertion,
    Line,
    LoneStageDirection,
    Note,
    NoteParagraph,
    Paragraph,
    Quotation,
    Section,
    SectionPart,
    StageDirection,
    Transcript,
    Turn,
    TurnPart,
)
from stenogram.transcript.sections import Part

_UNSPOKEN = (Part.CONTENTS, Part.ATTENDANCE, Part.INDEX)
_MANY = 3
"""Common words of a passage that is asked about even if no other is in its language."""
_SHOWN, _MOST_SHOWN = 40, 20
_YES, _NO = "yes", "no"
_JUDGED = Guess()


def mark_languages(transcript: Transcript, decisions: Decisions) -> Transcript:
    """The same transcript with the language of each passage that is not in its own."""
    marker = _Marker(transcript.language)
    sections = marker.sections(transcript.sections)
    spoken = marker.found
    if marker.doubts and spoken:
        marker = _Marker(transcript.language, spoken=spoken)
        sections = marker.sections(transcript.sections)
    asked = marker.worth_asking()
    if asked and _ask(asked, decisions) == _YES:
        marker = _Marker(transcript.language, spoken=spoken, accepted=frozenset(asked))
        sections = marker.sections(transcript.sections)
    return replace(transcript, sections=sections, other_languages=tuple(marker.used))


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A passage that may be in another language."""

    source: int
    words: str
    guess: Guess


@dataclass(slots=True)
class _Marker:
    """Goes through a transcript and says of each passage in which language it is."""

    record: str
    """Tag of the language of the record."""
    spoken: Mapping[tuple[str, ...], set[str]] = field(default_factory=dict)
    """Other languages that somebody is known to speak."""
    accepted: frozenset[_Doubt] = frozenset()
    """Doubtful passages that an editor has confirmed."""
    found: defaultdict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    """The same as found on the way."""
    doubts: dict[_Doubt, None] = field(default_factory=dict)
    used: dict[str, None] = field(default_factory=dict)
    """Languages that were marked."""
    speaker: tuple[str, ...] = ()
    source: int = 0
    """Number of the source line on which the paragraph begins."""

    @property
    def base(self) -> str:
        """The language of the record without its variety."""
        return self.record.split("-")[0]

    def worth_asking(self) -> list[_Doubt]:
        """The doubtful passages that say much, or are in a language that others are in."""
        return [
            doubt
            for doubt in self.doubts
            if doubt.guess.language in self.used or doubt.guess.common_words >= _MANY
        ]

    def sections(self, sections: Sequence[Section]) -> tuple[Section, ...]:
        return tuple(
            section if section.kind in _UNSPOKEN else self._section(section) for section in sections
        )

    def _section(self, section: Section) -> Section:
        return replace(
            section,
            headings=tuple(self._line(line, self.base) for line in section.headings),
            parts=tuple(self._section_part(part) for part in section.parts),
        )

    def _section_part(self, part: SectionPart) -> SectionPart:
        match part:
            case Turn(parts=parts, speakers=speakers):
                self.speaker = speakers
                marked = tuple(self._turn_part(one) for one in parts)
                self.speaker = ()
                return replace(part, parts=marked)
            case LoneStageDirection():
                return part
            case Paragraph() | NoteParagraph() | EmbeddedDocument():
                return self._turn_part(part)
            case _:
                assert_never(part)

    def _turn_part(self, part: TurnPart) -> TurnPart:
        match part:
            case Paragraph():
                return self._paragraph(part)
            case NoteParagraph():
                return part
            case EmbeddedDocument(salutations=salutations, signatures=signatures):
                return replace(
                    part,
                    salutations=tuple(self._line(line, self.base) for line in salutations),
                    paragraphs=tuple(self._inside(one) for one in part.paragraphs),
                    signatures=tuple(self._line(line, self.base) for line in signatures),
                )
            case _:
                assert_never(part)

    def _inside(self, part: Paragraph | NoteParagraph) -> Paragraph | NoteParagraph:
        return self._paragraph(part) if isinstance(part, Paragraph) else part

    def _paragraph(self, paragraph: Paragraph) -> Paragraph:
        self.source = paragraph.source
        words = " ".join(_words(line.content) for line in paragraph.lines)
        language = self._settled(words, passage_language(words, self.base))
        around = language or self.base
        is_one = len(paragraph.lines) == 1 and not _quotes(paragraph.lines[0])
        lines = tuple(self._line(one, around, judged=is_one) for one in paragraph.lines)
        tags = {line.language for line in lines}
        if not language and len(tags) == 1 and "" not in tags:
            language = tags.pop()
            lines = tuple(replace(line, language="") for line in lines)
        if not language and lines == paragraph.lines:
            return paragraph
        return replace(paragraph, lines=lines, language=language)

    def _settled(self, words: str, guess: Guess) -> str:
        """The language of a paragraph, where it is sure or the speaker is known to speak it."""
        if not guess.language:
            return ""
        doubt = _Doubt(self.source, words, guess)
        known = guess.language in self.spoken.get(self.speaker, ())
        if guess.sure and self.speaker:
            self.found[self.speaker].add(guess.language)
        if guess.sure or known or doubt in self.accepted:
            self.used[guess.language] = None
            return guess.language
        self.doubts[doubt] = None
        return ""

    def _line(self, line: Line, around: str, *, judged: bool = False) -> Line:
        """A line in a paragraph, or by itself, whose words around are in a language.

        ``judged`` if its language is known already.
        """
        guess = _JUDGED
        if not judged:
            guess = passage_language(_words(line.content, quoted=False), around)
        own = guess.language if guess.sure else ""
        language = own or around
        if own and own != self.base:
            self.used[own] = None
        content = tuple(self._nodes(line.content, language))
        if not own and content == line.content:
            return line
        return replace(line, content=content, language=self._tag(own))

    def _tag(self, language: str) -> str:
        return self.record if language == self.base else language

    def _nodes(self, content: Sequence[Inline], around: str) -> Iterator[Inline]:
        for node in content:
            match node:
                case str():
                    yield from self._pieces(node, around)
                case Quotation():
                    yield self._quotation(node, around)
                case StageDirection() | Note() if around != self.base:
                    yield replace(node, language=self.record)
                case _:
                    yield node

    def _quotation(self, quotation: Quotation, around: str) -> Quotation:
        guess = passage_language(_words(quotation.content), around)
        own = guess.language if guess.sure else ""
        if own and own != self.base:
            self.used[own] = None
        content = tuple(self._nodes(quotation.content, own or around))
        if not own and content == quotation.content:
            return quotation
        return replace(quotation, content=content, language=self._tag(own))

    def _pieces(self, words: str, around: str) -> Iterator[Inline]:
        """Words with those in another script apart."""
        done = 0
        for begin, end, guess in foreign_stretches(words, around):
            stretch = words[begin:end]
            doubt = _Doubt(self.source, stretch, guess)
            if not guess.sure and doubt not in self.accepted:
                self.doubts[doubt] = None
                continue
            if begin > done:
                yield words[done:begin]
            yield Foreign(words=stretch, language=guess.language)
            self.used[guess.language] = None
            done = end
        if done < len(words):
            yield words[done:]


def _quotes(line: Line) -> bool:
    return any(isinstance(node, Quotation) for node in line.content)


def _words(content: Sequence[Inline], *, quoted: bool = True) -> str:
    """What is said, with or without what it quotes; not what happened meanwhile or was noted."""
    parts: list[str] = []
    for node in content:
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Insertion) or (quoted and isinstance(node, Quotation)):
            parts.append(_words(node.content, quoted=quoted))
    return "".join(parts)


def _ask(doubts: Sequence[_Doubt], decisions: Decisions) -> str:
    """Ask about all doubtful passages at once."""
    shown = (
        f"line {doubt.source}: {doubt.guess.language}, “{shorten(doubt.words, _SHOWN)}”"
        for doubt in doubts[:_MOST_SHOWN]
    )
    more = f"; and {len(doubts) - _MOST_SHOWN} more" if len(doubts) > _MOST_SHOWN else ""
    return decisions.decide(
        Decision(
            kind="other language",
            line=doubts[0].source,
            text=doubts[0].words[:60],
            question="Are these passages in another language than the record?",
            taken=_NO,
            alternatives=(_YES,),
            confidence=0.5,
            reason=f"They are short, or have words of several languages: {'; '.join(shown)}{more}",
        )
    )
