"""The TEI header of an imported transcript: what is known, and no more.

An editor finishes it by hand: title, source description, participants, evidence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import assert_never

from stenogram.tei.markup import block, element, escape, milestone
from stenogram.tei.names import (
    ENCODER,
    EXEMPLAR,
    NONE,
    ROUND,
    SOURCE,
    SQUARE,
    TRANSCRIBER,
    TRANSLATOR,
)
from stenogram.transcript.model import (
    EmbeddedDocument,
    Inline,
    Insertion,
    Line,
    LoneStageDirection,
    Note,
    NoteParagraph,
    Omission,
    PageStart,
    Paragraph,
    PrintedLine,
    Quotation,
    SectionPart,
    Speaker,
    StageDirection,
    Transcript,
    Turn,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderFacts:
    """What the header says that is not in the transcript itself."""

    document: str
    """Id of the document: ``TEI/@xml:id`` and file name."""
    language: str
    source_name: str
    source_sha256: str
    title: str = ""
    date: str = ""
    """Of the meeting, as ``YYYY-MM-DD``."""
    source_encoding: str = "utf-8"
    left_out: tuple[str, ...] = ()
    """Kinds of things in the received file that are not text."""
    remarks: tuple[str, ...] = ()
    """What there is to know of how it was read, a sentence each."""
    publisher: str = ""


def header(transcript: Transcript, facts: HeaderFacts, *, lines: int) -> str:
    """The ``teiHeader`` as markup."""
    return block(
        "teiHeader",
        {},
        [
            _file_description(transcript, facts, lines),
            _encoding_description(transcript),
            _profile(transcript, facts),
            block(
                "revisionDesc",
                {"status": "draft"},
                [element("change", {"who": f"#{ENCODER}"}, "Imported from the received file.")],
            ),
        ],
    )


def _file_description(transcript: Transcript, facts: HeaderFacts, lines: int) -> str:
    turns = sum(
        isinstance(p, Turn) and not p.same for section in transcript.sections for p in section.parts
    )
    measures = [
        element("measure", {"unit": unit, "quantity": str(number)}, f"{number} {unit}")
        for unit, number in (("turns", turns), ("lines", lines))
    ]
    exemplar = [_exemplar()] if _has_pages(transcript) else []
    licence = element("p", {}, "The rights in the text have not been established.")
    return block(
        "fileDesc",
        {},
        [
            block(
                "titleStmt",
                {},
                [
                    element("title", {}, escape(facts.title or facts.document)),
                    _hand(transcript),
                    _responsibility(ENCODER, "encoding, corrections, notes", "the editors"),
                ],
            ),
            block("editionStmt", {}, [element("edition", {"n": "0.1"}, "Draft, edition 0.1")]),
            block("extent", {}, measures),
            block(
                "publicationStmt",
                {},
                [
                    element("publisher", {}, escape(facts.publisher or "the editors")),
                    element("idno", {}, facts.document),
                    block("availability", {"status": "unknown"}, [licence]),
                ],
            ),
            block("sourceDesc", {}, [block("listBibl", {}, [_received_file(facts), *exemplar])]),
        ],
    )


def _hand(transcript: Transcript) -> str:
    """Whoever answers for square brackets."""
    if transcript.translated:
        return _responsibility(TRANSLATOR, "translation; words in square brackets", "unknown")
    return _responsibility(TRANSCRIBER, "transcript; words in square brackets", "unknown")


def _responsibility(identifier: str, task: str, name: str) -> str:
    children = [element("resp", {}, task), element("name", {}, name)]
    return block("respStmt", {"xml:id": identifier}, children)


def _received_file(facts: HeaderFacts) -> str:
    children = [
        element("title", {}, "The file as received"),
        element("idno", {"type": "file"}, escape(f"sources/{facts.source_name}")),
        element("idno", {"type": "sha256"}, facts.source_sha256),
    ]
    if facts.source_encoding != "utf-8":
        children.append(element("idno", {"type": "encoding"}, facts.source_encoding))
    if facts.left_out:
        left_out = f"Left out, as no text: {', '.join(facts.left_out)}."
        children.append(element("note", {}, left_out))
    children += [element("note", {}, escape(remark)) for remark in facts.remarks]
    return block("bibl", {"xml:id": SOURCE}, children)


def _exemplar() -> str:
    words = "The typescript or print whose pages and lines the received file shows"
    return block("bibl", {"xml:id": EXEMPLAR}, [element("title", {}, words)])


def _has_pages(transcript: Transcript) -> bool:
    ends = (one for section in transcript.sections for one in section.end)
    everything = chain(_inline(transcript), ends)
    return any(isinstance(one, PageStart | PrintedLine) for one in everything)


_EDITORIAL_POLICY: tuple[tuple[str, dict[str, str], str], ...] = (
    (
        "correction",
        {},
        "The text is as typed. Misprints that we found stand in choice, with both readings.",
    ),
    ("quotation", {"marks": "all"}, "Quotation marks are kept as characters inside q."),
    (
        "segmentation",
        {},
        "A line is a sentence-like unit; it keeps its number from publication on. "
        "lb marks the beginning of each line of the file as received.",
    ),
    (
        "punctuation",
        {"marks": "all"},
        "Round brackets of stage directions and square brackets of insertions are markup; "
        "every edition restores them. All other punctuation is kept.",
    ),
    ("normalization", {}, "White space is folded; nothing else is normalised."),
)


def _restored(transcript: Transcript) -> list[tuple[str, str, str]]:
    """Selector, scope and mark of what every edition restores."""
    hand = TRANSLATOR if transcript.translated else TRANSCRIBER
    insertions = f"supplied, gloss, note[type={hand}]"
    around = [("stage", transcript.round_brackets), (insertions, transcript.square_brackets)]
    marks = {ROUND: transcript.round_brackets, SQUARE: transcript.square_brackets, NONE: ("", "")}
    directions = {direction.brackets for direction in _directions(transcript)}
    omissions = {node.brackets for node in _inline(transcript) if isinstance(node, Omission)}
    others = [
        *((f"stage[rend={kind}]", marks[kind]) for kind in (SQUARE, NONE) if kind in directions),
        *((f"gap[rend={kind}]", marks[kind]) for kind in (ROUND, SQUARE) if kind in omissions),
    ]
    return [
        *((s, scope, mark) for s, marks in around for scope, mark in _scoped(marks)),
        ("sic[rend]", "after", " [sic]"),
        *((s, scope, mark) for s, marks in others for scope, mark in _scoped(marks)),
    ]


def _scoped(marks: tuple[str, str]) -> list[tuple[str, str]]:
    return [("before", marks[0]), ("after", marks[1])]


def _encoding_description(transcript: Transcript) -> str:
    policy = [
        block(name, values, [element("p", {}, words)]) for name, values, words in _EDITORIAL_POLICY
    ]
    renditions = [
        element(
            "rendition",
            {"scheme": "css", "selector": selector, "scope": scope},
            f'content: "{mark}"',
        )
        for selector, scope, mark in _restored(transcript)
    ]
    scheme = element(
        "citeStructure",
        {"unit": "line", "match": "//seg[@type='line']", "use": "@n"},
    )
    children = [
        block("editorialDecl", {}, policy),
        block("tagsDecl", {}, renditions),
        block("refsDecl", {}, [scheme]),
    ]
    grades = sorted({grade for d in _directions(transcript) for grade in d.grades})
    if grades:
        categories = [
            block("category", {"xml:id": f"int.{grade}"}, [element("catDesc", {}, grade)])
            for grade in grades
        ]
        taxonomy = block("taxonomy", {"xml:id": "int"}, categories)
        children.append(block("classDecl", {}, [taxonomy]))
    return block("encodingDesc", {}, children)


def _profile(transcript: Transcript, facts: HeaderFacts) -> str:
    children = []
    if facts.date:
        day = element("date", {"when": facts.date}, facts.date)
        children.append(block("creation", {}, [day]))
    if transcript.abstract:
        paragraphs = [
            element(
                "p",
                {"n": str(part.source), "source": f"#{SOURCE}"},
                "".join(
                    escape(node) if isinstance(node, str) else milestone(node)
                    for node in part.content
                ),
            )
            for part in transcript.abstract
        ]
        children.append(block("abstract", {}, paragraphs))
    languages = [
        element("language", {"ident": tag}, tag)
        for tag in (facts.language, *transcript.other_languages)
    ]
    children.append(block("langUsage", {}, languages))
    if transcript.speakers:
        people = [_person(speaker) for speaker in transcript.speakers]
        speakers = block("listPerson", {"type": "speakers"}, people)
        children.append(block("particDesc", {}, [speakers]))
    return block("profileDesc", {}, children)


def _person(speaker: Speaker) -> str:
    names = [element("persName", {"type": "standard"}, escape(speaker.name))]
    names += [element("persName", {"type": "typed"}, escape(label)) for label in speaker.labels]
    name = "personGrp" if speaker.group else "person"
    return block(name, {"xml:id": speaker.id}, names)


def _directions(transcript: Transcript) -> list[StageDirection]:
    return [node for node in _inline(transcript) if isinstance(node, StageDirection)]


def _inline(transcript: Transcript) -> Iterator[Inline]:
    """What stands in the lines of a transcript, and the stage directions between them."""
    for section in transcript.sections:
        yield from _inline_of_lines(section.headings)
        for part in section.parts:
            yield from _inline_of(part)


def _inline_of(part: SectionPart) -> Iterator[Inline]:
    match part:
        case LoneStageDirection(direction=direction, begin=begin, end=end):
            yield from (*begin, direction, *end)
            yield from _nested(direction.content)
        case Turn(parts=parts, begin=begin, label=label):
            yield from begin
            yield from label.content if label else ()
            for inner in parts:
                yield from _inline_of(inner)
        case Paragraph(lines=lines):
            yield from _inline_of_lines(lines)
        case EmbeddedDocument(salutations=salutations, paragraphs=inside, signatures=signatures):
            yield from _inline_of_lines((*salutations, *signatures))
            for inner in inside:
                yield from _inline_of(inner)
        case NoteParagraph(note=note, begin=begin, end=end):
            yield from (*begin, *end)
            yield from _nested(note.content)
        case _:
            assert_never(part)


def _inline_of_lines(lines: Sequence[Line]) -> Iterator[Inline]:
    """What begins lines and stands in them, also inside quotations, insertions and notes."""
    for line in lines:
        yield from line.begin
        yield from _nested(line.content)


def _nested(content: Sequence[Inline]) -> Iterator[Inline]:
    for node in content:
        yield node
        if isinstance(node, Quotation | Insertion | Note | StageDirection):
            yield from _nested(node.content)
