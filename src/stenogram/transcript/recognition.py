"""Recognising a transcript: source lines in, sections, turns and citation lines out."""

import re
from collections.abc import Collection, Sequence
from dataclasses import fields, replace

from stenogram.config import ImportConfig
from stenogram.sources import Source
from stenogram.transcript.blocks import Block
from stenogram.transcript.conventions import (
    GENERAL,
    Convention,
    SectionRules,
    convention_named,
)
from stenogram.transcript.conventions.detection import tell_convention
from stenogram.transcript.decisions import Decisions
from stenogram.transcript.directions import Directions
from stenogram.transcript.examination import with_examiners
from stenogram.transcript.foreign import mark_languages
from stenogram.transcript.initials import explained
from stenogram.transcript.inline import InlineReader
from stenogram.transcript.kinds import Classified, classify
from stenogram.transcript.labels import House, Labels
from stenogram.transcript.labels.evidence import LIKELY, SURE
from stenogram.transcript.languages import (
    Language,
    conjunctions,
    vocabulary,
    voices_in_any,
)
from stenogram.transcript.layout import lay_out
from stenogram.transcript.layout.templates import templates
from stenogram.transcript.marks import in_brackets_of
from stenogram.transcript.model import Transcript, Typing
from stenogram.transcript.offices import as_persons
from stenogram.transcript.one_speaker import only_speaker
from stenogram.transcript.paragraphs import paragraphs
from stenogram.transcript.passages import answered_passages, ask_about_passages
from stenogram.transcript.reader import Reader
from stenogram.transcript.record_language import language_of_record
from stenogram.transcript.speakers import Speakers
from stenogram.transcript.structured import structured_blocks
from stenogram.transcript.unbroken import split_answers, split_unbroken

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FEW_BRACKETS = 3
_BRACKETED = re.compile(r"\[[^\[\]]*\]")


def recognise(
    source: Source,
    config: ImportConfig,
    decisions: Decisions,
    convention: Convention | None = None,
) -> Transcript:
    """Recognise a transcript; what was not sure is recorded in ``decisions``.

    Without a ``convention`` the one by which it is typed is told from its labels. Raises
    ``DecisionError`` for an answer that cannot be followed.
    """
    if source.is_structured:
        return _read_structured(source, config, decisions)
    rules = convention or convention_named(GENERAL)
    layout = lay_out(source, rules)
    alone = [template for template in rules.label_templates if template.alone]
    voices = voices_in_any()
    blocks = paragraphs(
        layout.lines,
        conjunctions(),
        as_they_are=source.has_paragraphs,
        stands_apart=lambda words: (
            words.casefold() in voices or any(template.match(words) for template in alone)
        ),
    )
    told = config.language or language_of_record(blocks, decisions)
    language = in_brackets_of([block.text for block in blocks], vocabulary(config, told))
    if convention is not None:
        language = _with_sections(language, convention.sections)
    blocks = split_answers(split_unbroken(blocks, language))
    known = [label for speaker in config.speakers for label in speaker.labels]
    labels, told_convention = _labels(blocks, language, decisions, known, convention)
    blocks = [part for block in blocks for part in labels.split(block)]
    headings = templates(rules.headings.templates)
    classified = _with_persons(classify(blocks, labels, language, headings), language)
    found = [one.label for one in classified if one.label is not None]
    speakers = Speakers(
        language=language,
        decisions=decisions,
        configured=config.speakers,
        full_names=explained(found, (block.text for block in blocks), language),
        text_words=labels.evidence.words,
    )
    translated = any(_speaks_of_translator(block.text, language) for block in blocks)
    directions = Directions(
        language=language,
        decisions=decisions,
        speakers=speakers,
        rules=rules.brackets,
        translated=translated,
    )
    named = directions.survey(blocks)
    sole = only_speaker(classified, language)
    speakers.survey(found if sole is None else [sole], named)
    for one in classified:
        if one.label is not None:
            speakers.speaker_of(one.label, one.block)  # so that a question can name them all
    inline = InlineReader(
        language=language,
        decisions=decisions,
        directions=directions,
        known_words=_words_outside_brackets(blocks),
        asks_each=directions.in_square_brackets <= _FEW_BRACKETS or translated,
    )
    reader = Reader(
        speakers=speakers,
        inline=inline,
        decisions=decisions,
        only_speaker=(speakers.interjector(sole),) if sole else (),
        has_turns=bool(found or sole),
    )
    passages = answered_passages(decisions, blocks)
    transcript = reader.read(classified, passages, layout.end)
    inline.report_lonely_marks()
    ask_about_passages(decisions, blocks, labels.typed_names())
    transcript = replace(
        transcript,
        language=told,
        typing=told_convention,
        translated=translated or inline.has_translations,
    )
    return mark_languages(transcript, decisions)


def _read_structured(source: Source, config: ImportConfig, decisions: Decisions) -> Transcript:
    """The transcript of a file that says itself what its parts are and who speaks."""
    classified = structured_blocks(source)
    blocks = [one.block for one in classified]
    told = config.language or language_of_record(blocks, decisions)
    language = in_brackets_of([block.text for block in blocks], vocabulary(config, told))
    speakers = Speakers(language=language, decisions=decisions, configured=config.speakers)
    directions = Directions(language=language, decisions=decisions, speakers=speakers)
    speakers.survey_told(source.turns)
    speakers.survey([], directions.survey(blocks))
    inline = InlineReader(
        language=language,
        decisions=decisions,
        directions=directions,
        known_words=_words_outside_brackets(blocks),
    )
    reader = Reader(speakers=speakers, inline=inline, decisions=decisions)
    transcript = reader.read(classified, answered_passages(decisions, blocks), ())
    inline.report_lonely_marks()
    typing = Typing("none", "the file says what its parts are")
    translated = any(_speaks_of_translator(block.text, language) for block in blocks)
    transcript = replace(
        transcript,
        language=told,
        typing=typing,
        translated=translated or inline.has_translations,
    )
    return mark_languages(transcript, decisions)


def _labels(
    blocks: Sequence[Block],
    language: Language,
    decisions: Decisions,
    known: Collection[str],
    convention: Convention | None,
) -> tuple[Labels, Typing]:
    """The labels of a document, and the convention by which they are typed."""
    if convention is not None:
        house = House(
            templates=convention.label_templates,
            trust=SURE,
            only=convention.labels.only,
            is_named=True,
        )
        return Labels.of(blocks, language, decisions, known, house), Typing(convention.name)
    labels = Labels.of(blocks, language, decisions, known)
    told = tell_convention([b.text for b in blocks if labels.is_sure_label(b)], language.code)
    if told is None:
        return labels, Typing(GENERAL)
    telling = [one for one in told.convention.label_templates if one.is_telling]
    house = House(templates=telling, trust=LIKELY)
    typing = Typing(told.convention.name, told.reason)
    return Labels.of(blocks, language, decisions, known, house), typing


def _with_sections(language: Language, rules: SectionRules) -> Language:
    """A language with the headings that a convention adds to its own."""
    records = language.records
    more = {
        item.name: frozenset(word.casefold() for word in getattr(rules, item.name))
        for item in fields(rules)
    }
    added = {name: getattr(records, name) | words for name, words in more.items()}
    return replace(language, records=replace(records, **added))


def _with_persons(classified: Sequence[Classified], language: Language) -> list[Classified]:
    """The same with labels that say which person is meant, where the document tells."""
    examined = with_examiners(classified, language)
    labels = iter(as_persons([one.label for one in examined if one.label], language))
    return [replace(one, label=next(labels)) if one.label else one for one in examined]


def _speaks_of_translator(text: str, language: Language) -> bool:
    """Whether a note of the translator stands in a paragraph."""
    folded = text.casefold()
    opening = language.square_brackets[0][0]
    return any(f"{opening}{words}" in folded for words in language.translator)


def _words_outside_brackets(blocks: Sequence[Block]) -> frozenset[str]:
    return frozenset(
        word.casefold()
        for block in blocks
        for word in _WORD.findall(_BRACKETED.sub(" ", block.text))
    )
