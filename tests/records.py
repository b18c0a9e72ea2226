"""Invented records of meetings, printed as a convention has them.

A record is drawn by Hypothesis: who speaks, what is said and what happens. It is printed by the
templates of the convention itself, so that a new convention is printed without a word of code. What
a reader of the page would tell (``Told``) is what an import must find.
"""

import re
import textwrap
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from hypothesis import strategies as st

from stenogram.config import ImportConfig
from stenogram.transcript.conventions import Convention
from stenogram.transcript.conventions.labels import LabelTemplate
from stenogram.transcript.languages import Language, records_of, vocabulary
from stenogram.transcript.model import (
    EmbeddedDocument,
    Insertion,
    Line,
    LoneStageDirection,
    NoteParagraph,
    PageStart,
    Paragraph,
    PrintedLine,
    Quotation,
    StageDirection,
    Transcript,
    Turn,
)

WORDS = tomllib.loads((Path(__file__).parent / "data/words.toml").read_text(encoding="utf-8"))
"""By code of a language: the words of its records."""

_PLACEHOLDER = re.compile(r"<(\w+)>")
_MARK = re.compile(r" ?[.:：]?(?: [–—])?$")
_PAGES = ("- <n> -", "– <n> –", "Page <n>", "[Page <n>]", "[[Page <n>]]", "(Page <n>)", "[p. <n>]")
"""Numbers of pages that nobody takes for words, whatever the language."""
_FEWEST_PAGES = 3
"""One number of a page alone may be anything."""
_ROWS_OF_PAGE = (15, 30)
_NEAR = 8
"""Rows beside the end of a page among which importers look for running heads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who speaks, with the labels that are typed for them."""

    labels: tuple[str, ...]
    """With their marks: the first time, and later."""
    called: str = ""
    """The name alone, for calls in brackets; empty where none is typed so."""
    alone: bool = False
    """The label has a line to itself."""

    def label(self, times: int) -> str:
        """The label, after so many others of this person."""
        return self.labels[min(times, len(self.labels) - 1)]


@dataclass(frozen=True, slots=True)
class Direction:
    """What happened, or who called out what."""

    words: str
    who: int = -1
    """Place of a person who called out."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading."""

    words: str


@dataclass(frozen=True, slots=True)
class Speech:
    """A turn: paragraphs of sentences and stage directions, and directions between them."""

    who: int
    parts: tuple["tuple[str | Direction, ...] | Direction", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """How the page is typed."""

    width: int = 0
    """Of a row; 0 if each paragraph is one."""
    indent: int = 0
    """Of the first row of a paragraph; else an empty line stands between paragraphs."""
    spaced: bool = True
    """An empty line stands between paragraphs."""
    mark: str = ""
    """The template by which pages are numbered, or nothing."""
    marks_apart: bool = False
    """Empty lines stand around the marks of pages."""
    rows: int = 12
    """On a page."""
    numbered: bool = False
    """Rows have numbers in the margin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record and how it is typed."""

    convention: Convention
    language: Language
    persons: tuple[Person, ...]
    parts: tuple[Heading | Speech, ...]
    page: Page = field(default_factory=Page)


Told = tuple[str, ...]
"""``turn``, ``words``, ``stage`` or ``heading``, and who or what."""


@st.composite
def records(
    draw: st.DrawFn, convention: Convention, *, times: int = 1, most: int = 12, letters: bool = True
) -> Record:
    """A record as a house types it: everybody speaks so many times, and at ``most`` turns more.

    ``letters`` if somebody may be called by one letter.
    """
    code = draw(st.sampled_from(languages_of(convention)))
    words = WORDS[code]
    language = vocabulary(ImportConfig(language=code))
    persons = draw(_persons(convention, language, letters=letters))
    order: list[int] = []
    for _ in range(times):
        some = draw(st.permutations(range(len(persons))))
        order += [*some[1:], some[0]] if order[-1:] == some[:1] else some
    order += draw(st.lists(st.integers(0, len(persons) - 1), max_size=most))
    parts: list[Heading | Speech] = []
    sentences = _Sentences(draw, words["said"])
    unused = draw(st.permutations(words["headings"]))
    last = -1
    for who in order:
        if who == last:
            continue
        if draw(st.integers(0, 7)) == 0:
            parts += [Heading(words) for words in unused[:1]]
            del unused[:1]
        parts.append(Speech(who, draw(_said(sentences, words, persons, who))))
        last = who
    page = draw(_page(convention, language))
    return Record(
        convention=convention, language=language, persons=persons, parts=tuple(parts), page=page
    )


def languages_of(convention: Convention) -> list[str]:
    """The languages in which records are typed by a convention."""
    if convention.languages:
        return [code for code in convention.languages if code in WORDS]
    letters = any(
        re.search(r"[^\W\d_]{2}", _PLACEHOLDER.sub("", one.typed))
        for one in convention.label_templates
    )
    return ["en"] if letters else sorted(code for code in WORDS if code != "zh")


def typed(record: Record) -> str:
    """The record as a typist has it."""
    rows = [row for part in _printed(record) for row in part]
    while rows and not rows[0]:
        del rows[0]
    full = [row for row in rows if row]
    paged = _with_pages(full, record.page) if record.page.numbered else full
    if paged == full:
        paged = _with_pages(rows, replace(record.page, numbered=False))
    return "\n".join(paged) + "\n"


def page_numbers(record: Record) -> list[str]:
    """The numbers of the pages on which it is typed, as printed."""
    mark = re.escape(record.page.mark).replace("<n>", r"(\d+)")
    found = (re.fullmatch(mark, line) for line in typed(record).splitlines())
    return [match[1] for match in found if match and match[0]]


def printed_lines(record: Record) -> list[int]:
    """The numbers in the margin of its lines."""
    lines = typed(record).splitlines()
    numbers = [re.match(r" ?(\d{1,2})  ", line) for line in lines]
    none = not record.page.numbered or not any(numbers)
    return [] if none else [int(one[1]) for one in numbers if one]


def told(record: Record) -> list[Told]:
    """What a reader of the page tells from it."""
    found: list[Told] = []
    for part in record.parts:
        if isinstance(part, Heading):
            found.append(("heading", part.words))
            continue
        found.append(("turn", str(part.who)))
        for inner in part.parts:
            for item in (inner,) if isinstance(inner, Direction) else inner:
                found.append(
                    ("words", item)
                    if isinstance(item, str)
                    else ("stage", item.words, str(item.who) if item.who >= 0 else "")
                )
    return _together(found)


def imported(transcript: Transcript) -> list[Told]:
    """The same from what was recognised, persons by their ids."""
    found: list[Told] = []
    last: tuple[str, ...] = ()
    for section in transcript.sections:
        found += [("heading", _words(line)) for line in section.headings]
        for part in section.parts:
            if isinstance(part, Turn):
                if not (part.same and part.speakers == last):
                    found.append(("turn", " ".join(part.speakers)))
                last = part.speakers
                for inner in part.parts:
                    found += _of_part(inner)
            else:
                found += _of_part(part)
    return _together(found)


def pages(transcript: Transcript) -> tuple[list[str], list[int]]:
    """The numbers of pages and of printed lines, in order."""
    found: list[object] = []
    _milestones(transcript.sections, found)
    numbers = [one.number for one in found if isinstance(one, PageStart)]
    return numbers, [one.number for one in found if isinstance(one, PrintedLine)]


# Who speaks


@st.composite
def _persons(
    draw: st.DrawFn, convention: Convention, language: Language, *, letters: bool
) -> tuple[Person, ...]:
    groups: dict[tuple[bool, str], list[LabelTemplate]] = {}
    everywhere = []
    for template in convention.label_templates:
        if template.typed.count('"') % 2 or _is_of_group(template, language):
            continue
        mark = _MARK.search(template.typed).group()
        if "fr" in convention.languages[1:] and (mark[:1] == " ") != (language.code == "fr"):
            continue  # of the two languages of a house, each has marks of its own
        single = not mark and not template.alone
        if single and (template.kind == "L" or not template.kind):
            everywhere.append(template)
        elif not single or template.typed.startswith("<"):
            groups.setdefault((template.alone, mark), []).append(template)
    usable = [some for some in groups.values() if any(_is_of_person(one, language) for one in some)]
    group = draw(st.sampled_from(usable))
    of_persons = [one for one in group if _is_of_person(one, language)]
    of_chair = [one for one in group if _is_of_chair(one, language)]
    chosen = draw(st.lists(st.sampled_from(of_persons), min_size=1, max_size=3, unique=True))
    house = _House(draw, language, WORDS[language.code])
    persons = [house.person(draw(st.sampled_from(chosen))) for _ in range(draw(st.integers(2, 5)))]
    if of_chair and draw(st.booleans()):
        persons.insert(0, house.chair(draw(st.sampled_from(of_chair))))
    single = [one for one in (*group, *everywhere) if one.kind == "L"]
    if single and letters:
        letter = draw(st.sampled_from(single))
        marked = _MARK.search(letter.typed).group()
        persons += [house.letter(letter, one) for one in ("QA" if marked else "Q")]
    elif everywhere and letters and draw(st.booleans()):
        typed = {label.rstrip(":") for person in persons for label in person.labels}
        persons += [house.literal(one) for one in everywhere if one.typed not in typed]
    return tuple(persons)


class _House:
    """Draws persons whose labels are typed alike."""

    def __init__(self, draw: Callable, language: Language, words: dict[str, list[str]]) -> None:
        self.draw, self.language, self.words = draw, language, words
        self.surnames = iter(draw(st.permutations(words["surnames"])))
        self.given = iter(draw(st.permutations(words["given"])))
        self.offices = count(draw(st.integers(0, 5)))
        self.full = draw(st.booleans())
        self.bracket = draw(st.sampled_from(["never", "first", "always"]))
        self.initials = (
            iter(words["initials"]) if "initials" in words and draw(st.booleans()) else None
        )

    def person(self, template: LabelTemplate) -> Person:
        name = self._name(template)
        place = f" ({self._place()})"
        bare = "(" not in template.typed and "," not in template.typed and template.kind
        bracketed = bare and self.bracket != "never" and self.language.code != "zh"
        with_place = self._fill(template, name + place if bracketed else name)
        without = self._fill(template, name) if bracketed else with_place
        later = with_place if self.bracket == "always" else without
        called = re.sub(r"[(（]<any>[)）]|,.*", "", _MARK.sub("", template.typed))
        called = _PLACEHOLDER.sub(name, called).strip(" >*")
        titled = re.fullmatch(r"[^<]*<N\w+>.*", template.typed) and "<n>" not in template.typed
        return Person(
            labels=(with_place, later),
            called=called if titled and "<time>" not in template.typed else "",
            alone=template.alone,
        )

    def chair(self, template: LabelTemplate) -> Person:
        if not template.kind:
            return self.literal(template)
        office = self.draw(st.sampled_from(self.words["chair"]))
        if template.kind == "NAME":
            office = office.upper()
        return Person(labels=(self._fill(template, office),), alone=template.alone)

    def literal(self, template: LabelTemplate) -> Person:
        return Person(labels=(template.typed,), alone=template.alone)

    def letter(self, template: LabelTemplate, letter: str) -> Person:
        return Person(labels=(self._fill(template, letter),), alone=template.alone)

    def _name(self, template: LabelTemplate) -> str:
        surname = next(self.surnames)
        code = self.language.code
        before = template.typed.partition("<N")[0]
        titled = bool(re.search(r"[^\W\d_]", before))
        if code == "zh":
            return surname + next(self.given) + "議員"
        if template.kind == "NAME":
            surname = surname.upper()
        plain = template.kind == "Name" and not titled
        if self.initials is not None:
            return f"{surname} {next(self.initials)}"
        if not (self.full or plain) or (titled and not self.full):
            return surname
        given = next(self.given)
        if template.kind == "NAME" and not titled:
            given = given.upper()
        return f"{surname} {given}" if code == "hu" else f"{given} {surname}"

    def _place(self) -> str:
        return self.words["places"][next(self.offices) % len(self.words["places"])]

    def _office(self) -> str:
        return self.words["offices"][next(self.offices) % len(self.words["offices"])]

    def _fill(self, template: LabelTemplate, name: str) -> str:
        """A template with its placeholders filled in."""

        def filled(found: re.Match[str]) -> str:
            match found.group(1):
                case "NAME" | "Name" | "L":
                    return name
                case "n" | "time":
                    return found.group()  # differs in every label
                case _:
                    bracketed = template.typed[found.start() - 1] in "(（"
                    return self._place() if bracketed else self._office()

        return _PLACEHOLDER.sub(filled, template.typed).replace("..", ".")


def _is_of_group(template: LabelTemplate, language: Language) -> bool:
    """Whether a template is for voices, or its name is that of something else than a person."""
    before, _, after = template.typed.partition("<N")
    bare = _MARK.sub("", template.typed).casefold()
    if before.strip().casefold() in language.records.chair | language.records.floor:
        return True  # joined with whoever is in the chair
    if any(bare.endswith(words) for words in language.records.floor):
        return True  # whoever has the floor
    if not template.kind or not after:
        return language.is_voice(_MARK.sub("", template.typed)) or "deput" in before
    words = [word.casefold() for word in before.split()]
    function_words = language.records.function_words
    return bool(
        language.is_voice(before.strip())
        or (len(words) > 1 and words[-1] in function_words and language.is_office(before.strip()))
        or words[:1] in (["un"], ["varios"], ["plusieurs"], ["vozes"], ["oral"])
    )


def _ends_in_article(before: str, language: Language) -> bool:
    words = before.casefold().split()
    both = language.records.function_words | records_of("en").function_words
    return bool(words) and words[-1] in both


def _is_of_person(template: LabelTemplate, language: Language) -> bool:
    before = template.typed.partition("<N")[0]
    return template.kind in ("NAME", "Name") and not _ends_in_article(before, language)


def _is_of_chair(template: LabelTemplate, language: Language) -> bool:
    if not template.kind:
        return True
    before, _, after = template.typed.partition("<N")
    bare = not re.search(r"[^\W\d_]", before) or _ends_in_article(before, language)
    bare = bare and not before.endswith("la ")  # the words have offices as men have them
    return template.kind in ("NAME", "Name") and bare and "<any>" not in after


# What is said


class _Sentences:
    """Draws what is said; a sentence comes again when all others have been said."""

    def __init__(self, draw: Callable, known: Sequence[str]) -> None:
        self.draw, self.known = draw, known
        self.left: list[str] = []

    def next(self, most: int) -> list[str]:
        if len(self.left) < most:
            self.left += self.draw(st.permutations(self.known))
        found = self.left[: self.draw(st.integers(1, most))]
        del self.left[: len(found)]
        return found


@st.composite
def _said(
    draw: st.DrawFn,
    sentences: _Sentences,
    words: dict[str, list[str]],
    persons: Sequence[Person],
    who: int,
) -> tuple[tuple[str | Direction, ...] | Direction, ...]:
    parts: list[tuple[str | Direction, ...] | Direction] = []
    for place in range(draw(st.sampled_from([1, 1, 1, 2, 3]))):
        if place and draw(st.integers(0, 3)) == 0:
            parts.append(draw(_direction(words, persons, who)))
        items: list[str | Direction] = []
        for sentence in sentences.next(4):
            items.append(sentence)
            if draw(st.integers(0, 7)) == 0:
                items.append(draw(_direction(words, persons, who)))
        parts.append(tuple(items))
    return tuple(parts)


@st.composite
def _direction(
    draw: st.DrawFn, words: dict[str, list[str]], persons: Sequence[Person], who: int
) -> Direction:
    callers = [p for p, person in enumerate(persons) if person.called and p != who]
    stop = draw(st.sampled_from(["", "."])) if "。" not in words["said"][0] else ""
    if callers and draw(st.integers(0, 2)) == 0:
        caller = draw(st.sampled_from(callers))
        colon = "：" if "。" in words["said"][0] else ": "
        call = draw(st.sampled_from(words["calls"]))
        return Direction(f"{persons[caller].called}{colon}{call}", caller)
    return Direction(draw(st.sampled_from(words["directions"])) + stop)


# How it is typed


@st.composite
def _page(draw: st.DrawFn, convention: Convention, language: Language) -> Page:
    if draw(st.booleans()):
        return Page(spaced=draw(st.booleans()))
    width = draw(st.integers(56, 84)) if language.spaced_words else draw(st.integers(24, 40))
    indented = draw(st.booleans())
    marks = [one for one in convention.layout.pages if one in _PAGES]
    numbered = (
        indented
        and language.spaced_words
        and convention.layout.line_numbers
        and draw(st.integers(0, 3)) == 0
    )
    return Page(
        width=width,
        indent=4 if indented else 0,
        spaced=not indented,
        mark=draw(st.sampled_from(marks)) if numbered or draw(st.booleans()) else "",
        marks_apart=draw(st.booleans()),
        rows=draw(st.integers(*_ROWS_OF_PAGE)),
        numbered=numbered,
    )


def _printed(record: Record) -> Iterator[list[str]]:
    """The rows of each part."""
    times = [0] * len(record.persons)
    gap = [""] if record.page.spaced else []
    for part in record.parts:
        if isinstance(part, Heading):
            yield ["", *_wrapped(part.words, record, 0), ""]
            continue
        person = record.persons[part.who]
        label = _counted(person.label(times[part.who]), sum(times) + 1)
        times[part.who] += 1
        for place, inner in enumerate(part.parts):
            items = (inner,) if isinstance(inner, Direction) else inner
            text = _join([_typed_item(item, record.language) for item in items], record.language)
            if place or person.alone:
                rows = _wrapped(text, record, record.page.indent)
            else:
                unspaced = label[-1:] == "："
                rows = _wrapped(label + ("" if unspaced else " ") + text, record)
            own_line = [*gap, label] if person.alone and not place else gap
            yield [*own_line, *rows]


def _counted(label: str, turn: int) -> str:
    """A label with the number or the time of its turn."""
    return label.replace("<time>", f"00:{turn:02d}:07").replace("<n>", f"{turn:02d}")


def _typed_item(item: str | Direction, language: Language) -> str:
    if isinstance(item, str):
        return item
    opening, closing = ("（", "）") if language.code == "zh" else ("(", ")")
    return f"{opening}{item.words}{closing}"


def _join(parts: Sequence[str], language: Language) -> str:
    return (" " if language.spaced_words else "").join(parts)


def _wrapped(text: str, record: Record, indent: int | None = None) -> list[str]:
    page = record.page
    indent = page.indent if indent is None else indent
    if not page.width:
        return [text]
    if record.language.spaced_words:
        return textwrap.wrap(
            text,
            page.width,
            initial_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    rows = [text[at : at + page.width] for at in range(0, len(text), page.width)]
    return [" " * indent + rows[0], *rows[1:]]


def _with_pages(rows: Sequence[str], page: Page) -> list[str]:
    """The rows with the numbers of their pages, if there are some, and of themselves."""
    begins = [0] if page.numbered else []
    near: set[str] = set()
    for place in range(page.rows, len(rows)):
        full = place - (begins[-1] if begins else 0) >= page.rows
        beside = [row.strip() for row in rows[place - _NEAR : place + _NEAR] if row]
        label = rows[place - 1].strip() == rows[place - 1] and len(rows[place - 1]) < page.width / 2
        if full and near.isdisjoint(beside) and not label:
            begins.append(place)
            near.update(beside)  # what stands again there is the head of a page
    uneven = page.numbered and begins != list(range(0, len(rows), page.rows))
    if not page.mark or uneven or len(begins) < _FEWEST_PAGES:
        return list(rows)
    numbers = count(7)
    gap = [""] if page.marks_apart and not page.numbered else []
    found: list[str] = []
    line = 0
    for place, row in enumerate(rows):
        if place in begins:
            found += [*gap, page.mark.replace("<n>", str(next(numbers))), *gap]
            line = 0
        line += 1
        found.append(f"{line:>2}  {row}" if page.numbered else row)
    return found


# What was recognised


def _of_part(part: object) -> list[Told]:
    match part:
        case Paragraph():
            return [told for line in part.lines for told in _of_content(line.content)]
        case LoneStageDirection():
            return [_of_direction(part.direction)]
        case NoteParagraph():
            return [("note", _plain(part.note.content))]
        case EmbeddedDocument():
            return [("document", part.kind)]
    return []


def _of_content(content: Sequence[object]) -> list[Told]:
    found: list[Told] = []
    for node in content:
        match node:
            case str():
                found.append(("words", node))
            case StageDirection():
                found.append(_of_direction(node))
            case Quotation():
                found += _of_content(node.content)
            case Insertion():
                found.append(("insertion", _plain(node.content)))
    return found


def _of_direction(node: StageDirection) -> Told:
    called = "interjection" in node.types and "：" in _plain(node.content).replace(":", "：")
    return ("stage", _plain(node.content), " ".join(node.who) if called else "")


def _words(line: Line) -> str:
    return _plain(line.content)


def _plain(content: Sequence[object]) -> str:
    words = ""
    for node in content:
        words += node if isinstance(node, str) else _plain(getattr(node, "content", ()))
    return " ".join(words.split())


def _together(found: Sequence[Told]) -> list[Told]:
    """The same with words that follow each other as one, without their white space."""
    joined: list[Told] = []
    for one in found:
        if one[0] in ("words", "heading", "stage"):
            one = (one[0], "".join(one[1].split()), *one[2:])
        if one[0] == "words" and not one[1]:
            continue
        if one[0] == "words" and joined and joined[-1][0] == "words":
            joined[-1] = ("words", joined[-1][1] + one[1])
        else:
            joined.append(one)
    return joined


def _milestones(node: object, found: list[object]) -> None:
    """Every page and printed line in a part of a transcript."""
    if isinstance(node, PageStart | PrintedLine):
        found.append(node)
    elif isinstance(node, tuple):
        for one in node:
            _milestones(one, found)
    elif hasattr(node, "__slots__"):
        for name in _ORDER.get(type(node).__name__, node.__slots__):
            _milestones(getattr(node, name), found)


_ORDER = {
    "Section": ("headings", "parts", "end"),
    "Turn": ("begin", "label", "parts"),
    "Line": ("begin", "content"),
    "NoteParagraph": ("begin", "note", "end"),
    "LoneStageDirection": ("begin", "direction", "end"),
}
"""In which order a reader meets what these hold."""
