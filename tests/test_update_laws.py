"""Whatever is corrected: nothing is lost, ids stay with their words, hand work stays."""

import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_import_laws import PIECES, SCHEMA

from stenogram.check.fidelity import compare
from stenogram.check.rules import breaches
from stenogram.config import ImportConfig
from stenogram.errors import SourceError, UpdateError
from stenogram.sources import read_source
from stenogram.tei.encode import encode
from stenogram.tei.header import HeaderFacts
from stenogram.tei.load import load
from stenogram.transcript.decisions import Decisions
from stenogram.transcript.recognition import recognise
from stenogram.updating.document import Received, updated
from stenogram.updating.proof import prove
from stenogram.updating.questions import Answers

LABELS = ("CHAIR. ", "ALDER. ", "BIRCH: ", "MARY ROWAN. ", "")
NOUNS = ("bridge", "mill", "report", "council", "river", "road", "harbour", "school")
OTHERS = ("hospital", "forest", "castle")
"""Spoken of in the correction alone, so that what comes and what stands are not mixed up."""
VERBS = ("closed", "open", "late", "lost", "paid for", "read", "found")
REACTIONS = ("", "", "", " (Laughter)", " (Stormy applause).")


def paragraphs(nouns):
    sentences = st.builds(
        "The {} of the {} is {}{}.{}".format,
        st.sampled_from(nouns),
        st.sampled_from(nouns),
        st.sampled_from(VERBS),
        st.sampled_from(("", " and gone too", " [again]", ", he said: “Go. Now.”")),
        st.sampled_from(REACTIONS),
    )
    return st.builds(
        lambda label, some: label + " ".join(some),
        st.sampled_from(LABELS),
        st.lists(sentences, min_size=1, max_size=3),
    )


EDITS = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 4), paragraphs(OTHERS)), max_size=4
)
HAND_WORK = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 2)), max_size=4)
UNHURRIED = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def corrected(draw):
    """A transcript in paragraphs, and the same after some corrections."""
    spoken = [
        "CHAIR. The meeting is open.",
        *draw(st.lists(paragraphs(NOUNS), min_size=2, max_size=9)),
    ]
    later = list(spoken)
    for place, kind, other in draw(EDITS):
        at = place % len(later)
        words = later[at].split(" ")
        word = place % len(words)
        if kind == 0:
            later[at] = " ".join([*words[:word], "corrected", *words[word + 1 :]])
        elif kind == 1:
            later[at] = " ".join([*words[:word], "some", "more", *words[word:]])
        elif kind == 2:
            later.insert(at, other)
        elif kind == 3 and len(later) > 1:
            del later[at]
        else:
            later[at] = " ".join([*words[:word], *words[word + 1 :]]) or "Nothing."
    return "\n\n".join(spoken) + "\n", "\n\n".join(later) + "\n"


def imported(text):
    source = read_source("any.txt", text.encode())
    transcript = recognise(source, ImportConfig(), Decisions())
    facts = HeaderFacts(
        document="any", language="en", source_name="any.txt", source_sha256=source.sha256
    )
    return source, encode(transcript, facts)


def worked_on(tei, hand_work):
    """A document with names, notes and corrections put in by hand."""
    head, body = tei.decode().split("<text>")
    for number, (place, kind) in enumerate(hand_work, 1):
        words = [
            (line.start(1) + word.start(), word[0])
            for line in re.finditer(r"<seg [^>]*>([^<>&]+)</seg>", body)
            for word in re.finditer(r"\w+", line[1])
        ]
        if not words:
            break
        at, word = words[place % len(words)]
        markup = (
            f"<placeName>{word}</placeName>",
            f'{word}<note xml:id="E{number:02}" type="editorial" resp="#encoder">Note {number}.'
            "</note>",
            f'<choice><sic>{word}</sic><corr resp="#encoder">right</corr></choice>',
        )[kind]
        body = body[:at] + markup + body[at + len(word) :]
    return f"{head}<text>{body}".encode()


def update(old_text, tei, new_text, answers=None):
    """The document brought up to date, with the report."""
    old, known = imported(old_text)
    new, fresh = imported(new_text)
    done = updated(
        Received(tei=tei, imported=known, fresh=fresh, name="any.xml"),
        source_path="sources/any.2.txt",
        source=new,
        silent=(),
        old_lines={line.number: line.typed for line in old.all_lines},
        answers=answers or Answers(keep=("all",)),
    )
    assert done.report.questions == []
    return new, done.tei


def speakers(tei):
    """Each label, and who speaks."""
    turns = load(tei, "any.xml").root.iter("{http://www.tei-c.org/ns/1.0}sp")
    labels = ((turn, turn.find("{http://www.tei-c.org/ns/1.0}speaker")) for turn in turns)
    return [
        ("".join(label.itertext()), turn.get("who")) for turn, label in labels if label is not None
    ]


def lines(tei):
    """The words of each line, by its id."""
    return {
        line.get("{http://www.w3.org/XML/1998/namespace}id"): _words(line)
        for line in load(tei, "any.xml").root.iter("{http://www.tei-c.org/ns/1.0}seg")
    }


def _words(line):
    """The words of a line as the received file has them."""
    notes = [*line.iter("{http://www.tei-c.org/ns/1.0}note", "{http://www.tei-c.org/ns/1.0}corr")]
    left_out = {text for note in notes for text in [*note.itertext()]}
    return " ".join("".join(t for t in line.itertext() if t not in left_out).split())


@UNHURRIED
@given(corrected(), HAND_WORK)
def test_an_updated_document_gives_the_new_file_and_breaks_no_rule(texts, hand_work):
    old_text, new_text = texts
    source, tei = update(old_text, worked_on(imported(old_text)[1], hand_work), new_text)
    document = load(tei, "any.xml")
    assert [d.message for d in compare(document, source).differences] == []
    assert [b.message for b in SCHEMA.breaches(document)] == []
    assert [b.message for b in breaches(document, "any")] == []


@UNHURRIED
@given(corrected(), HAND_WORK)
def test_every_turn_is_spoken_by_whom_its_label_names(texts, hand_work):
    old_text, new_text = texts
    _, tei = update(old_text, worked_on(imported(old_text)[1], hand_work), new_text)
    assert speakers(tei) == speakers(imported(new_text)[1])


@UNHURRIED
@given(corrected(), HAND_WORK)
def test_a_line_whose_words_stand_keeps_its_id(texts, hand_work):
    old_text, new_text = texts
    before = worked_on(imported(old_text)[1], hand_work)
    _, after = update(old_text, before, new_text)
    old, new = lines(before), lines(after)
    once = [text for text, times in Counter(old.values()).items() if times == 1]
    again = Counter(new.values())
    for identifier, text in old.items():
        if text in once and again[text] == 1:
            assert new.get(identifier, text) == text
    assert set(old) <= set(re.findall(r'xml:id="(L\w+)"', after.decode()))


@UNHURRIED
@given(corrected(), HAND_WORK)
def test_notes_of_the_editors_stay(texts, hand_work):
    old_text, new_text = texts
    before = worked_on(imported(old_text)[1], hand_work)
    _, after = update(old_text, before, new_text)
    note = re.compile(r"Note \d\.")
    assert sorted(note.findall(after.decode())) == sorted(note.findall(before.decode()))


@UNHURRIED
@given(corrected())
def test_lines_that_stand_have_their_ids_after_a_correction_is_taken_back(texts):
    old_text, new_text = texts
    _, first = imported(old_text)
    _, second = update(old_text, first, new_text)
    _, third = update(new_text, second, old_text)
    before, between, after = lines(first), lines(second), lines(third)
    for identifier, text in before.items():
        if between.get(identifier) == text:
            assert after[identifier] == text


@UNHURRIED
@given(corrected())
def test_a_file_that_says_the_same_on_other_lines_changes_no_line(texts):
    text, _ = texts
    _, before = imported(text)
    _, after = update(text, before, "\n" + text.replace("\n\n", "\n\n\n"))
    assert lines(after) == lines(before)


@UNHURRIED
@given(st.lists(PIECES, min_size=1, max_size=25), st.lists(PIECES, max_size=4), st.integers(0, 25))
def test_whatever_is_typed_is_taken_in_whole_or_refused(pieces, others, place):
    """A refusal says where, and leaves the document as it is."""
    later = [*pieces[:place], *others, *pieces[place + len(others) // 2 :]]
    old_text, new_text = "".join(pieces), "".join(later)
    try:
        _, before = imported(old_text)
        source, after = update(old_text, before, new_text)
    except SourceError:
        return
    try:
        prove(before, after, source, "any", "any.xml", whole=True)
    except UpdateError as refusal:
        pytest.fail(str(refusal))
