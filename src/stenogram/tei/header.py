"""The TEI header of an imported transcript: what is known, and no more.

An editor finishes it by hand: title, source description, participants, evidence.
"""

from dataclasses import dataclass

from stenogram.tei.markup import block, element, escape
from stenogram.tei.names import ENCODER, SOURCE, SQUARE, TRANSLATOR
from stenogram.transcript.model import (
    EmbeddedDocument,
    Line,
    LoneStageDirection,
    Paragraph,
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
    return block(
        "bibl",
        {"xml:id": SOURCE},
        [
            element("title", {}, "The file as received"),
            element("idno", {"type": "file"}, escape(f"sources/{facts.source_name}")),
            element("idno", {"type": "sha256"}, facts.source_sha256),
        ],
    )


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

_RESTORED = (
    ("stage", "before", "("),
    ("stage", "after", ")"),
    ("supplied, gloss, note[type=translator]", "before", "["),
    ("supplied, gloss, note[type=translator]", "after", "]"),
    ("sic[rend]", "after", " [sic]"),
)

_RESTORED_SQUARE = (
    (f"stage[rend={SQUARE}]", "before", "["),
    (f"stage[rend={SQUARE}]", "after", "]"),
)


def _encoding_description(transcript: Transcript) -> str:
    policy = [
        block(name, values, [element("p", {}, words)]) for name, values, words in _EDITORIAL_POLICY
    ]
    square = any(direction.square for direction in _directions(transcript))
    renditions = [
        element(
            "rendition",
            {"scheme": "css", "selector": selector, "scope": scope},
            f'content: "{mark}"',
        )
        for selector, scope, mark in _RESTORED + (_RESTORED_SQUARE if square else ())
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
            element("p", {"n": str(part.source), "source": f"#{SOURCE}"}, escape(part.text))
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
        for part in section.parts:
            if isinstance(part, LoneStageDirection):
                found.append(part.direction)
            elif isinstance(part, Turn):
                for inner in part.parts:
                    found += _directions_in(inner)
            elif isinstance(part, Paragraph):
                found += _directions_in(part)
    return found


def _directions_in(part: object) -> list[StageDirection]:
    match part:
        case Paragraph(lines=lines):
            return [n for line in lines for n in _nodes(line) if isinstance(n, StageDirection)]
        case EmbeddedDocument(paragraphs=paragraphs):
            return [direction for p in paragraphs for direction in _directions_in(p)]
        case _:
            return []


def _nodes(line: Line) -> list[object]:
    return list(line.content)
