"""Whatever is imported: no character is lost, the TEI is valid, twice gives the same bytes."""

import html
import os
import re
import subprocess
import sys
from collections import Counter
from xml.sax.saxutils import escape

import pytest
from commands import run, tree
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from office import docx, note, odt, p, r, refers, style

from stenogram.check.fidelity import compare
from stenogram.check.rules import breaches
from stenogram.check.schema import Schema
from stenogram.config import ImportConfig
from stenogram.errors import SourceError
from stenogram.sources import (
    FOOTER,
    HEADER,
    HEADING,
    Annotation,
    Deletion,
    Hidden,
    PageBreak,
    Source,
    SourceLine,
    TypeChange,
    read_source,
)
from stenogram.tei.encode import encode
from stenogram.tei.header import HeaderFacts
from stenogram.tei.load import load
from stenogram.transcript.conventions import convention_named, known_conventions
from stenogram.transcript.decisions import Decision, Decisions
from stenogram.transcript.recognition import recognise
from stenogram.white_space import fold

PIECES = st.sampled_from(
    (
        "CHAIR. |CHAIR: |[CHAIR] |CHIAR. |VOICES. |VOICE FROM THE HALL: |Mr. Low: |Yes. |No! |"
        "Why? |They said so|It was 5 a.m. on 3 May. |Com. Low spoke|. |(Laughter) |(laughter.) |"
        "(Stormy applause).|(them) |(Applause|All rise) |[sic] |word [SIC] |word[sic] |[re]buried |"
        "[Translator's note: “odd”] |[Translator's note: all of it].|[their] |[|]|(|)|“|”|\"|"
        "“Go. Now.” |\n|\n|\n\n|\n    |\n\n\n|THE SPEECH|-\n|semi-\nofficial |\f|\t|\u00a0|"
        "<b>&amp;</b> |]]>|-->|é|мир |毛|😀"
    ).split("|")
)
TYPED = st.lists(PIECES, min_size=1, max_size=40).map("".join)
ANYTHING = st.text(max_size=300)
SCHEMA = Schema()
EXAMPLES = int(os.environ.get("STENOGRAM_LAW_EXAMPLES", "200"))
"""Texts for each law; more of them where somebody has the time."""
UNHURRIED = settings(
    deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.filter_too_much]
)


FACES = st.sampled_from([(), ("italic",), ("bold", "smallcaps")])
TARGETS = (
    "",
    "https://example.org/",
    "https://example.org/a b?q={1}|%zz#é^`",
    "file:///C:\\minutes.doc",
    "javascript:alert(1)",
    "//example.org",
    "http://[",
    "minutes 2.docx",
)
SIGNS = st.one_of(
    st.builds(TypeChange, FACES, st.booleans(), st.sampled_from(TARGETS)),
    st.builds(
        Deletion, st.sampled_from(["gone", "Two words.", "CHAIR:", " before", "after ", " "])
    ),
    st.builds(Hidden, st.sampled_from(["unseen", "Two words.", " before", "after "])),
    st.just(PageBreak()),
    st.sampled_from(["footnote", "endnote", "comment"]),
)


@st.composite
def rich_sources(draw):
    """A file of a word processor: typed lines with signs in them."""
    texts = [fold(line) for line in draw(TYPED).splitlines() if line.strip()] or ["Yes."]
    for at in draw(st.lists(st.integers(0, len(texts)), max_size=2)):
        texts.insert(at, "")  # on such a line stand signs alone
    lines, below = [], len(texts)
    for number, text in enumerate(texts, 1):
        signs = []
        for at in sorted(draw(st.lists(st.integers(0, len(text)), max_size=3))):
            sign = draw(SIGNS)
            if isinstance(sign, TypeChange) and not text:
                continue
            if isinstance(sign, str):
                below += 1
                inner = ((4, Deletion("not")),)
                if draw(st.booleans()):
                    lower = SourceLine(below + 500, "Is this right?", 0, signs=((3, PageBreak()),))
                    inner += ((11, Annotation(kind="comment", sign="1", lines=(lower,))),)
                words = (SourceLine(below, "See (them) above.", 0, signs=inner),)
                sign = Annotation(kind=sign, sign=str(below), lines=words)
            signs.append((at, sign))
        role = draw(st.sampled_from(["", "", "", HEADING, HEADER, FOOTER]))
        if text or signs:
            lines.append(SourceLine(number, text, 0, signs=tuple(signs), role=role))
    return Source(
        name="any.docx", sha256="", lines=tuple(lines), has_paragraphs=draw(st.booleans())
    )


WORDS = st.one_of(
    PIECES,
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff")
    ),
)
PROPERTIES = {"bold": "<w:b/>", "italic": "<w:i/>", "hidden": "<w:vanish/>"}
RUNS = st.tuples(
    st.sampled_from(
        ["plain", "bold", "italic", "added", "deleted", "link", "break", "note", "box", "hidden"]
    ),
    WORDS.map(lambda words: re.sub("[\n\f\t]", " ", words)),
)
PARAGRAPHS = st.lists(st.lists(RUNS, max_size=6), min_size=1, max_size=8)


def _words_of(paragraphs):
    """All characters that a reader sees, as often as they stand there, white space left out."""
    return sorted("".join("".join(words for runs in paragraphs for _, words in runs).split()))


def _as_docx(paragraphs):
    notes = []

    def run(kind, words):
        match kind:
            case "added":
                return f"<w:ins>{r(words)}</w:ins>"
            case "deleted":
                return f"<w:del>{r(words)}</w:del>"
            case "link":
                return f'<w:hyperlink r:id="web">{r(words)}</w:hyperlink>'
            case "break":
                return f"<w:r><w:br/></w:r>{r(words)}"
            case "box":
                return f"<w:r><w:pict><w:txbxContent>{p(r(words))}</w:txbxContent></w:pict></w:r>"
            case "note":
                notes.append(note("footnote", len(notes), p(r(words))))
                return refers("footnote", len(notes) - 1)
            case _:
                return r(words, PROPERTIES.get(kind, ""))

    body = [p(*[run(*one) for one in runs]) for runs in paragraphs]
    links = {"web": "https://example.org/"}
    return docx(*body, footnotes="".join(notes), links=links)


def _as_odt(paragraphs):
    deleted = []

    def run(kind, words):
        words = escape(re.sub("(?<= ) | $|^ ", "<text:s/>", words)).replace(
            "&lt;text:s/&gt;", "<text:s/>"
        )
        match kind:
            case "added":
                begin, end = (
                    f'<text:change-{one} text:change-id="i"/>' for one in ("start", "end")
                )
                return f"{begin}{words}{end}"
            case "deleted":
                deleted.append(words)
                return f'<text:change text:change-id="d{len(deleted) - 1}"/>'
            case "link":
                return f'<text:a xlink:href="https://example.org/">{words}</text:a>'
            case "break":
                return f"<text:line-break/>{words}"
            case "box":
                box = f"<draw:text-box><text:p>{words}</text:p></draw:text-box>"
                return f"<draw:frame>{box}</draw:frame>"
            case "note":
                body = f"<text:note-body><text:p>{words}</text:p></text:note-body>"
                return f'<text:note text:note-class="endnote">{body}</text:note>'
            case _:
                return f'<text:span text:style-name="{kind}">{words}</text:span>'

    body = [f"<text:p>{''.join(run(*one) for one in runs)}</text:p>" for runs in paragraphs]
    regions = "".join(
        f'<text:changed-region text:id="d{place}"><text:deletion><text:p>{words}</text:p>'
        "</text:deletion></text:changed-region>"
        for place, words in enumerate(deleted)
    )
    inserted = '<text:changed-region text:id="i"><text:insertion/></text:changed-region>'
    styles = (
        style("bold", text='fo:font-weight="bold"')
        + style("italic", text='fo:font-style="italic"')
        + style("hidden", text='text:display="none"')
    )
    changes = f"<text:tracked-changes>{inserted}{regions}</text:tracked-changes>"
    return odt(changes, *body, automatic=styles)


TAGS = (
    "b|i|u|s|ins|del|sup|sub|h2|p|pre|br|div|td|span style='font-variant:small-caps'|"
    "a href='https://example.org/%zz a'|a href='mailto:low@example.org'|a href='#place'|"
    "a href='javascript:alert(1)'|a href='http://[::1]/'|a href='#note'|p id='note'|li id='note'|"
    "a id='call' href='#note'"
).split("|")
TAGGED = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS]),
    st.sampled_from([f"</{tag.split()[0]}>" for tag in TAGS]),
    st.sampled_from(["<sup><a id='call' href='#note'>1</a></sup>", "<p id='note'>1. See above."]),
    PIECES,
)
WEB_PAGES = st.lists(TAGGED, min_size=1, max_size=25).map("".join)

SPOKEN = PIECES.filter(lambda words: not set("<>&\f") & set(words))
EMPTY = st.sampled_from(
    [
        *("<eop/>", "<eop number='3'/>", "<eol number='7'/>", "<eol/>", "<br/>", "&amp;", "&#10;"),
        *("<noteRef href='#n1'/>", "<!-- comment -->", "<?program x?>", "<img src='x'/>"),
    ]
)
PHRASES = (
    "b|i|sup|ins|del|remark|authorialNote marker='*'|person|recordedTime|num|from|docTitle|"
    "a href='https://example.org/'"
).split("|")
PARTS = (
    "p|heading|num|from|narrative|scene|summary|li|table|tr|td|toc|rollCall|debateSection|"
    "speechGroup|speech by='#low'|speech by='#members'|question by='#low2'|answer|speech"
).split("|")


def _within(names, content):
    return st.builds(
        lambda name, inside: f"<{name}>{''.join(inside)}</{name.split()[0]}>",
        st.sampled_from(names),
        st.lists(content, max_size=4),
    )


PHRASE = st.recursive(SPOKEN | EMPTY, lambda inside: _within(PHRASES, inside), max_leaves=8)
PART = st.recursive(
    _within(["p"], PHRASE) | PHRASE | SPOKEN,
    lambda inside: _within(PARTS, inside),
    max_leaves=14,
)
DEBATE = """<akomaNtoso><debate><meta><references>
<TLCPerson eId="low" href="/low" showAs="Ann Low"/><TLCPerson id="low2" href="/low" showAs="Low"/>
<TLCOrganization eId="members" showAs="The members"/></references>
<notes><note eId="n1"><p>Printed
late.</p></note></notes></meta><debateBody>{}</debateBody><attachments>{}</attachments></debate>
</akomaNtoso>"""
DEBATES = st.builds(
    lambda body, attached: DEBATE.format("".join(body), "".join(attached)),
    st.lists(PART, min_size=1, max_size=5),
    st.lists(PART, max_size=1),
)

SIGNS_OF_MARKDOWN = "!\"#&'()*-:;<=>[\\]^_`|~"
WRITTEN = st.lists(
    st.one_of(
        st.sampled_from(SIGNS_OF_MARKDOWN),
        st.sampled_from(
            [
                *(
                    "\n",
                    "\n\n",
                    "  \n",
                    "\\\n",
                    "\t",
                    "    ",
                    "**",
                    "~~",
                    "```\n",
                    "---\n",
                    "===\n",
                ),
                *(
                    "[^1]",
                    "[^1]: ",
                    "[r]",
                    "[a][r]",
                    "[r]: https://example.org/r\n",
                    "1. ",
                    "- ",
                    "> ",
                ),
                *(
                    "|---|---|\n",
                    "| a | b |\n",
                    "](https://example.org/a_b)",
                    "](x.md)",
                    "![alt](x)",
                ),
                *("&amp;", "&#65;", "&nosuch;", "<b>", "</b>", "<!--", "<https://example.org/x>"),
                *('[t](https://example.org/t "T")', "AA: ", "# "),
            ]
        ),
        PIECES,
    ),
    min_size=1,
    max_size=30,
).map("".join)


def _imported(text, answers=(), convention=""):
    return _encoded(read_source("any.txt", text.encode()), answers, convention)


def _encoded(source, answers=(), convention=""):
    decisions = Decisions(answers)
    named = convention_named(convention) if convention else None
    transcript = recognise(source, ImportConfig(), decisions, named)
    facts = HeaderFacts(
        document="any", language="en", source_name="any.txt", source_sha256=source.sha256
    )
    return source, encode(transcript, facts)


def _is_kept_whole(text, answers=(), convention=""):
    try:
        source, tei = _imported(text, answers, convention)
    except SourceError:
        return  # refused with a message; nothing is written
    _gives(source, tei)


def _not_white(text):
    return "".join(sign for sign in text if sign.strip())


def _kept(source):
    """The words of a source, with where its links lead and the signs of its notes."""
    for line in source.all_lines:
        yield from _not_white(line.typed)
        for _, sign in line.signs:
            if isinstance(sign, TypeChange):
                yield from sign.target
            elif isinstance(sign, Annotation):
                yield from sign.sign * 2


def _gives(source, tei):
    document = load(tei, "any.xml")
    fidelity = compare(document, source)
    assert fidelity.differences == ()
    assert fidelity.same_characters == fidelity.characters
    assert [b.message for b in SCHEMA.breaches(document)] == []
    assert [b.message for b in breaches(document, "any")] == []


@UNHURRIED
@given(TYPED)
def test_nothing_of_a_typed_transcript_is_lost(text):
    _is_kept_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "CHAIR. “We agreed. [We all.] (Laughter) Then we left.”",
        "CHAIR. It says [ ] here and [ “Yes” ] there.",
        "CHAIR. Yes.\n\nTHE SPEECH (PROLONGED APPLAUSE)\n\nCHAIR. No.",
    ],
    ids=["quotation of one bracket", "spaces inside brackets", "reaction in a heading"],
)
def test_nothing_of_odd_brackets_is_lost(text):
    _is_kept_whole(text)


PAGES = " ".join(f"[[Page {number}]] HEAD 7 The bridge must stay." for number in range(1, 40))


@pytest.mark.parametrize(
    "text",
    [
        PAGES,
        f"CHAIR: Open.\n{PAGES}\nCHAIR: Closed.",
        f"CHAIR: Open.\n{''.join(f'[[Page {number}]] ' for number in range(1, 99))}\nCHAIR: So?",
        f"{'so it is ' * 7}a b c deep in the winter",
    ],
    ids=["page first", "page first below", "pages only", "letters apart"],
)
def test_nothing_of_odd_lines_is_lost(text):
    source, tei = _imported(text)
    assert compare(load(tei, "any.xml"), source).differences == ()


def test_labels_in_one_long_line_begin_turns_however_they_are_typed():
    said = "The bridge must stay, he said, and the winter was long. " * 5
    turns = ("SMITH: ", "Jones: ", "Jones: ") * 3
    _, tei = _imported(" ".join(label + said for label in turns))
    labels = [speaker.text for speaker in load(tei, "any.xml").root.iter("{*}speaker")]
    assert labels == [label.strip() for label in turns]


@pytest.mark.parametrize("place", range(4))
def test_a_note_may_stand_anywhere_in_a_letter(place):
    typed = ["“Dear friends!", "The bridge must stay.", "Ann Alder", "John Rowan"]
    typed.insert(place, "[Translator's note: not legible]")
    letter = Decision(kind="embedded document", line=3, text="", answer="letter 3-11")
    _is_kept_whole("\n\n".join(["CHAIR. A letter:", *typed]), [letter])


@UNHURRIED
@given(ANYTHING)
def test_nothing_of_any_text_is_lost(text):
    _is_kept_whole(text)


@UNHURRIED
@given(rich_sources())
def test_nothing_that_a_word_processor_holds_is_lost(source):
    _gives(*_encoded(source))


@UNHURRIED
@given(PARAGRAPHS, st.sampled_from([_as_docx, _as_odt]))
def test_nothing_of_any_document_of_a_word_processor_is_lost(paragraphs, made):
    kinds = {kind for runs in paragraphs for kind, words in runs if words.strip()}
    assume(kinds - {"note", "deleted", "hidden"})
    source = read_source("any.docx", made(paragraphs))
    read = "".join("".join(line.typed for line in source.all_lines).split())
    assert sorted(read) == _words_of(paragraphs)
    _gives(*_encoded(source))


@UNHURRIED
@given(WEB_PAGES)
def test_nothing_that_a_web_page_holds_is_lost(page):
    try:
        source = read_source("any.html", page.encode())
    except SourceError:
        return
    _gives(*_encoded(source))


@UNHURRIED
@given(DEBATES)
def test_nothing_that_a_debate_in_akoma_ntoso_holds_is_lost(debate):
    try:
        source = read_source("any.xml", debate.encode())
    except SourceError:
        return
    body = re.sub(r".*<debateBody>|<!--.*?-->|<[^>]*>", "", debate, flags=re.DOTALL)
    words = Counter("".join(html.unescape(body).split()))
    assert words - Counter(_not_white("".join(line.typed for line in source.all_lines))) == {}
    _gives(*_encoded(source))


@UNHURRIED
@given(WRITTEN)
def test_nothing_that_a_text_in_markdown_holds_is_lost(text):
    try:
        source = read_source("any.md", text.encode())
    except SourceError:
        return
    _gives(*_encoded(source))
    if "&" not in text:  # an entity is kept as the character that it stands for
        assert set(_not_white(text)) <= {
            *SIGNS_OF_MARKDOWN,
            *_kept(source),
            "r",
        }  # its definition is named


@UNHURRIED
@given(st.text("ab *_`[]()#>~\\", max_size=40))
def test_the_signs_of_markdown_that_are_missing_are_counted(text):
    try:
        source = read_source("any.md", f"AA: {text}".encode())
    except SourceError:
        return
    missing = Counter(_not_white(f"AA: {text}")) - Counter(_kept(source))
    said = sum(int(words.split()[0]) for words in source.left_out)
    assert (missing.total(), set(missing) - set(SIGNS_OF_MARKDOWN)) == (said, set())


CONVENTIONS = st.sampled_from(known_conventions())


@UNHURRIED
@given(st.one_of(TYPED, ANYTHING), CONVENTIONS)
def test_nothing_is_lost_whatever_convention_is_named(text, name):
    _is_kept_whole(text, convention=name)


@UNHURRIED
@given(st.lists(st.one_of(PIECES, st.text(max_size=9)), min_size=1, max_size=9), st.data())
def test_nothing_of_a_long_line_is_lost(pieces, data):
    line = "".join(pieces).replace("\n", " ") * data.draw(st.integers(1, 300))
    name = data.draw(st.one_of(st.just(""), CONVENTIONS))
    _is_kept_whole(f"CHAIR: Yes.\n{line}\nCHAIR: No.\n", convention=name)


ELSEWHERE = """
import hashlib, sys
from stenogram.importing import import_file
from stenogram.project import open_project
from stenogram.transcript.conventions import convention_named, known_conventions
from pathlib import Path

project = open_project(Path.cwd())
for name in known_conventions():
    for named in ("", name):
        text = convention_named(name).example.encode() * 3
        document = f"{name}-{named and 'named'}".strip("-")
        import_file(project, "any.txt", text, document=document, convention=named)
"""


def test_the_same_bytes_come_from_another_process_in_another_place_and_time(tmp_path):
    made = []
    for seed, zone, language in (("1", "UTC", "C"), ("2", "Asia/Tokyo", "tr_TR.UTF-8")):
        folder = tmp_path / f"edition {seed}"
        assert run(tmp_path, "init", folder.name).code == 0
        surroundings = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "LANG": language}
        subprocess.run(
            [sys.executable, "-c", ELSEWHERE],
            cwd=folder,
            env={**os.environ, **surroundings},
            check=True,
            timeout=120,
        )
        made.append(tree(folder / "tei"))
    assert len(made[0]) > 4 * len(known_conventions())
    assert made[0] == made[1]


@UNHURRIED
@given(TYPED)
def test_the_same_file_gives_the_same_bytes(text):
    try:
        first = _imported(text)[1]
    except SourceError:
        return
    assert first == _imported(text)[1]
