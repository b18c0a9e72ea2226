"""Recognising a transcript: source lines in, sections, turns and citation lines out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from stenogram.config import ImportConfig
from stenogram.sources import Source
from stenogram.transcript.blocks import Block
from stenogram.transcript.conventions import convention_named
from stenogram.transcript.decisions import Decisions
from stenogram.transcript.directions import Directions
from stenogram.transcript.examination import with_examiners
from stenogram.transcript.initials import explained
from stenogram.transcript.inline import InlineReader
from stenogram.transcript.kinds import Classified, classify
from stenogram.transcript.labels import Labels
from stenogram.transcript.languages import Language, conjunctions, vocabulary
from stenogram.transcript.languages.detection import tell_language
from stenogram.transcript.layout import lay_out
from stenogram.transcript.marks import in_brackets_of
from stenogram.transcript.model import Transcript
from stenogram.transcript.offices import as_persons
from stenogram.transcript.one_speaker import only_speaker
from stenogram.transcript.paragraphs import paragraphs
from stenogram.transcript.passages import answered_passages, ask_about_passages
from stenogram.transcript.reader import Reader
from stenogram.transcript.speakers import Speakers
from stenogram.transcript.unbroken import split_unbroken

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FEW_BRACKETS = 3
_BRACKETED = re.compile(r"\[[^\[\]]*\]")


def recognise(source: Source, config: ImportConfig, decisions: Decisions) -> Transcript:
    """Recognise a transcript; what was not sure is recorded in ``decisions``.

    Raises ``DecisionError`` for an answer that cannot be followed.
    """
    layout = lay_out(source, convention_named("general"))
    blocks = paragraphs(layout.lines, conjunctions())
    told = tell_language([block.text for block in blocks], "en").code
    language = in_brackets_of([block.text for block in blocks], vocabulary(config, told))
    blocks = split_unbroken(blocks, language)
    known = [label for speaker in config.speakers for label in speaker.labels]
    labels = Labels.of(blocks, language, decisions, known)
    blocks = [part for block in blocks for part in labels.split(block)]
    classified = _with_persons(classify(blocks, labels, language), language)
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
        language=language, decisions=decisions, speakers=speakers, translated=translated
    )
    named = directions.survey(blocks)
    alone = only_speaker(classified, language)
    speakers.survey(found if alone is None else [alone], named)
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
        only_speaker=(speakers.interjector(alone),) if alone else (),
        has_turns=bool(found or alone),
    )
    passages = answered_passages(decisions, blocks)
    transcript = reader.read(classified, passages, layout.end)
    inline.report_lonely_marks()
    ask_about_passages(decisions, blocks, labels.typed_names())
    return replace(transcript, language=config.language or told)


def _with_persons(classified: Sequence[Classified], language: Language) -> list[Classified]:
    """The same with labels that say which person is meant, where the document tells."""
    examined = with_examiners(classified, language)
    labels = iter(as_persons([one.label for one in examined if one.label], language))
    return [replace(one, label=next(labels)) if one.label else one for one in examined]


def _speaks_of_translator(text: str, language: Language) -> bool:
    """Whether a note of the translator stands in a paragraph."""
    folded = text.casefold()
    return any(f"[{words}" in folded for words in language.note if "tr" in words or "пер" in words)


def _words_outside_brackets(blocks: Sequence[Block]) -> frozenset[str]:
    return frozenset(
        word.casefold()
        for block in blocks
        for word in _WORD.findall(_BRACKETED.sub(" ", block.text))
    )
