"""The TEI header of an imported transcript: what is known, and no more.

An editor finishes it by hand: title, source description, participants, evidence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from stenogram.tei.markup import block, element, escape, source_line
from stenogram.tei.names import ENCODER, SOURCE, SQUARE, TRANSLATOR
from stenogram.transcript.model import (
    EmbeddedDocument,
    Line,
    LoneStageDirection,
    NoteParagraph,
    Paragraph,
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
    turns = sum(isinstance(p, Turn) for section in transcript.sections for p in section.parts)
    measures = [
        element("measure", {"unit": unit, "quantity": str(number)}, f"{number} {unit}")
        for unit, number in (("turns", turns), ("lines", lines))
    ]
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
                    _responsibility(TRANSLATOR, "translation; words in square brackets", "unknown"),
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
            block("sourceDesc", {}, [block("listBibl", {}, [_received_file(facts)])]),
        ],
    )


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
        left_out = f"Left out of the page, as no text: {', '.join(facts.left_out)}."
        children.append(element("note", {}, left_out))
    return block("bibl", {"xml:id": SOURCE}, children)


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
    insertions = "supplied, gloss, note[type=translator]"
    around = [("stage", transcript.round_brackets), (insertions, transcript.square_brackets)]
    in_square = []
    if any(direction.square for direction in _directions(transcript)):
        in_square = [(f"stage[rend={SQUARE}]", transcript.square_brackets)]
    return [
        *((s, scope, mark) for s, marks in around for scope, mark in _scoped(marks)),
        ("sic[rend]", "after", " [sic]"),
        *((s, scope, mark) for s, marks in in_square for scope, mark in _scoped(marks)),
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
                    escape(node)
                    if isinstance(node, str)
                    else source_line(node.number, within_word=node.within_word)
                    for node in part.content
                ),
            )
            for part in transcript.abstract
        ]
        children.append(block("abstract", {}, paragraphs))
    language = element("language", {"ident": facts.language}, facts.language)
    children.append(block("langUsage", {}, [language]))
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
    found: list[StageDirection] = []
    for section in transcript.sections:
        found += _directions_in_lines(section.headings)
        for part in section.parts:
            found += _directions_in(part)
    return found


def _directions_in(part: SectionPart) -> list[StageDirection]:
    match part:
        case LoneStageDirection(direction=direction):
            return [direction]
        case Turn(parts=parts):
            return [direction for inner in parts for direction in _directions_in(inner)]
        case Paragraph(lines=lines):
            return _directions_in_lines(lines)
        case EmbeddedDocument(salutations=salutations, paragraphs=inside, signatures=signatures):
            middle = [direction for inner in inside for direction in _directions_in(inner)]
            return [*_directions_in_lines((*salutations, *signatures)), *middle]
        case NoteParagraph():
            return []
        case _:
            assert_never(part)


def _directions_in_lines(lines: Iterable[Line]) -> list[StageDirection]:
    return [node for line in lines for node in line.content if isinstance(node, StageDirection)]
