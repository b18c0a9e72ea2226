"""The plain-text edition, and the rule that it drops no word."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from places import ROOT

from stenogram.config import TextConfig
from stenogram.editions.document import document
from stenogram.editions.text import plain_text
from stenogram.lines.citation import parse_citation, resolve
from stenogram.lines.rows import line_rows
from stenogram.tei.load import load
from stenogram.tei.views import View, in_view

CASES = Path(__file__).parent / "cases" / "text"
FULL = Path(__file__).parent / "schema" / "good" / "full.xml"
OURS = ROOT / "tei" / "cpsu-1956-11-04.xml"


def _text(path, view, width=80):
    loaded = document(load(path.read_bytes(), path.name))
    return plain_text(loaded, view, TextConfig(width=width))


@pytest.mark.parametrize("view", View, ids=str)
def test_a_document_with_every_element_is_written_as_expected(view, golden):
    golden(CASES / f"full.{view}.txt", _text(FULL, view))


def test_a_line_is_found_by_its_number():
    text = _text(OURS, View.READING).decode()
    assert re.findall(r"^ *367  .*$", text, re.MULTILINE) == [
        "  367  We ministers and former members of the government of Imre Nagy, Antal"
    ]


@pytest.mark.parametrize("path", [FULL, OURS], ids=["full", "ours"])
def test_the_head_cites_lines_that_the_document_has(path):
    loaded = document(load(path.read_bytes(), path.name))
    head = plain_text(loaded, View.READING, TextConfig()).decode().split("\n--------\n")[0]
    (example,) = re.findall(r"To cite: +(.*)", head)
    rows = list(line_rows(in_view(loaded.events(), View.READING)))
    for form in example.split(", or "):
        assert resolve(parse_citation(form), rows).lines[-1] == rows[-1]


def test_the_reading_profile_corrects_and_the_source_profile_does_not():
    reading, source = _text(OURS, View.READING).decode(), _text(OURS, View.SOURCE).decode()
    assert "⟨Istvàn⟩ Kossa, and Ferenc" in " ".join(reading.split())
    assert "Istàn Kossa, and Ferenc" in " ".join(source.split())
    assert "\nl. 367  typed “Istàn”, read ⟨Istvàn⟩ (certainty high)\n" in reading


def test_the_source_profile_has_the_translators_notes_in_place_and_none_of_ours():
    source = " ".join(_text(OURS, View.SOURCE).decode().split())
    assert "meeting with them [Translator's note: nimi (them); probably nami (us)" in source
    ours = [
        "".join(note.itertext())
        for note in etree.parse(OURS).iter("{http://www.tei-c.org/ns/1.0}note")
        if note.get("type") == "editorial"
    ]
    assert ours
    assert [note for note in ours if " ".join(note.split()) in source] == []


def test_every_mark_of_the_reading_profile_has_its_note_and_the_reverse():
    head, body, notes, _ = _text(OURS, View.READING).decode().split("\n--------\n")
    assert "{a} marks a translator's note" in " ".join(head.split())
    marks = re.findall(r"\{(\w+)\}", body)
    assert sorted(marks) == sorted(set(marks))
    in_place = re.findall(r"^ +\{(\w+)\} \[", body, re.MULTILINE)
    assert set(marks) == {*re.findall(r"^\{(\w+)\}", notes, re.MULTILINE), *in_place}


@pytest.mark.parametrize("width", [40, 80, 400])
def test_no_row_is_wider_than_asked_unless_a_word_is(width):
    rows = _text(OURS, View.READING, width).decode().splitlines()
    assert [row for row in rows if len(row) > width and len(row.split()) > 2] == []


WORDS = st.lists(st.text("ab-–“”[](){}\u00a0毛", min_size=1, max_size=90), min_size=1)


@given(WORDS)
def test_whatever_the_words_of_a_line_none_is_lost(words):
    tei = etree.parse(FULL)
    (line, *_) = tei.iter("{http://www.tei-c.org/ns/1.0}seg")
    line.clear(keep_tail=True)
    line.set("type", "line")
    line.set("n", "1")
    line.text = " ".join(words)
    loaded = document(load(etree.tostring(tei), "any"))
    loaded = replace(loaded, metadata=replace(loaded.metadata, title="", availability=()))
    text = plain_text(loaded, View.SOURCE, TextConfig())
    joined = " ".join(words)
    assert re.sub(r"[ \n]+", " ", joined) in re.sub(r"[ \n]+", " ", text.decode())
