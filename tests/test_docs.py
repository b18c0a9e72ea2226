"""The pages in docs/ say what is so: keys, codes, kinds, commands, grammar, examples, links."""

import ast
import dataclasses
import json
import os
import re
import subprocess
import sys
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from commands import paged_edition
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from pages import (
    DOCUMENT,
    GENERATORS,
    PAGES,
    anchors,
    blocks,
    folded,
    generated_parts,
    page,
    rows,
    section,
    text_of,
    with_generated_parts,
)
from places import ROOT
from test_layers import LAYERS
from test_readme import COMMAND

from stenogram.check import Checked, check_documents
from stenogram.check.catalogue import CATALOGUE, finding
from stenogram.check.reports import json_report
from stenogram.check.schema import Schema
from stenogram.cli import main
from stenogram.config import Config, read_config
from stenogram.errors import CitationError, StenogramError
from stenogram.findings import Place
from stenogram.lines.citation import parse_citation
from stenogram.lines.styles import STYLES
from stenogram.passages import find_passage, formatted
from stenogram.project import open_project
from stenogram.sources import read_source
from stenogram.tei.load import load
from stenogram.tei.views import View
from stenogram.transcript.decisions import Decision, Decisions, ImportRecord, read_decisions
from stenogram.transcript.recognition import recognise

SOURCE = ROOT / "src/stenogram"
TEI = ROOT / f"tei/{DOCUMENT}.xml"
SCHEMA = ROOT / "schema/stenogram.xsd"
XS = "{http://www.w3.org/2001/XMLSchema}"
LINK = re.compile(r"\]\((?!https?:)(?P<file>[^)#\s]*)(?:#(?P<place>[^)\s]+))?\)")
NO_CITATION = "not a citation"
PLACE = ("path", "line", "column")
EVERY_PAGE = pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)


# Every page


@EVERY_PAGE
def test_the_generated_parts_of_a_page_are_up_to_date(file):
    text = text_of(file)
    assert text == with_generated_parts(text), "run: .venv/bin/python tests/pages.py"


def test_every_generated_part_has_its_place():
    assert sorted(generated_parts()) == sorted(GENERATORS)


@EVERY_PAGE
def test_the_links_of_a_page_lead_somewhere(file):
    wrong = []
    for link in LINK.finditer(text_of(file)):
        target = (file.parent / link["file"]).resolve() if link["file"] else file
        if not target.exists() or (link["place"] and link["place"] not in anchors(target)):
            wrong.append(link.group())
    assert wrong == []


@EVERY_PAGE
def test_the_commands_that_a_page_mentions_exist(file):
    assert set(COMMAND.findall(text_of(file))) - set(main.commands) == set()


# text.md


@pytest.mark.parametrize("block", blocks("text", "sh"))
def test_a_command_that_finds_a_line_finds_it(block):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(
        ["sh", "-c", block.text], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    (wanted,) = find_passage(open_project(ROOT), f"{DOCUMENT}#L0123", View.READING).passage.lines
    (row,) = (row for row in done.stdout.splitlines() if row.strip().startswith("123  "))
    assert row.endswith(wanted.words)


# design.md


def test_the_essay_names_every_module_and_none_besides():
    there = {_module(file) for file in SOURCE.rglob("*.py")} - {""}
    assert set(rows(section("design", "The layers"))) == there


def test_the_essay_names_the_layers_in_their_order():
    named = [name for name in rows(section("design", "The layers")) if "." not in name]
    assert named == list(LAYERS)


# configuration.md


def test_every_setting_is_described_with_its_default_and_none_besides():
    described = {name: default for name, (_, default, *_) in rows(page("configuration")).items()}
    assert described == dict(_settings("", Config))


@pytest.mark.parametrize("block", blocks("configuration", "toml"))
def test_an_example_of_a_configuration_is_valid(block):
    read_config(block.text.encode())


# findings.md


def test_every_code_is_described_in_the_words_of_the_catalogue():
    words = folded(page("findings").replace("`", ""))
    for code, entry in CATALOGUE.items():
        assert f"### {code} {entry.title}." in words
        assert f"Why it matters: {entry.why}" in words
        assert f"What to do: {entry.fix}" in words


def test_every_letter_of_the_codes_is_described():
    described = re.findall(r"^\| ([A-Z]) \|", page("findings"), re.MULTILINE)
    assert described == list(dict.fromkeys(code[0] for code in CATALOGUE))


def test_the_json_report_has_the_keys_that_are_described():
    compared = check_documents(open_project(ROOT), [DOCUMENT])
    wrong = finding("F01", "wrong", Place(path="a.xml"), source=Place(path="a.txt"))
    other = Checked(document="a", findings=(wrong,), fidelity=None)
    keys = set(_keys("", json.loads(json_report([*compared, other]))))
    described = set(rows(section("findings", "As JSON")))
    places = {f"documents.findings.{p}.{k}" for p in ("place", "source") for k in PLACE}
    assert keys == described | places


# decisions.md


def test_every_kind_of_decision_in_the_code_is_described_and_none_besides():
    described = re.findall(r"^### (.+)$", page("decisions"), re.MULTILINE)
    assert sorted(described) == sorted(_kinds_of_decision())


def test_every_key_of_the_decisions_file_is_described_and_none_besides():
    keys = {item.name for row in (ImportRecord, Decision) for item in dataclasses.fields(row)}
    assert set(rows(section("decisions", "The keys"))) == keys


@pytest.mark.parametrize("block", blocks("decisions", "toml"))
def test_an_example_of_a_decision_is_taken_by_an_import(block):
    _, answered = read_decisions(block.text.encode(), "docs/decisions.md")
    decisions = Decisions(answered=answered)
    data = (ROOT / f"tei/sources/{DOCUMENT}.txt").read_bytes()
    recognise(read_source("any.txt", data), open_project(ROOT).config.imports, decisions)
    assert answered
    assert decisions.unused() == []


# citing.md


def test_the_examples_of_citations_are_read_as_the_page_says():
    described = {written: read for written, (read,) in rows(section("citing", "Grammar")).items()}
    assert {written: _read(written) for written in described} == described


@pytest.fixture(scope="module")
def inspection(tmp_path_factory):
    """An edition of a document with pages and printed lines."""
    return open_project(paged_edition(tmp_path_factory.mktemp("paged") / "edition"))


def test_wrong_citations_are_answered_as_the_page_says(inspection):
    for asked, (answer,) in rows(section("citing", "What resolving answers")).items():
        project = inspection if asked.startswith("inspection") else open_project(ROOT)
        with pytest.raises(StenogramError) as error:
            find_passage(project, asked, View.SOURCE)
        assert str(error.value) == answer


def test_every_style_of_citation_is_described():
    assert sorted(rows(section("citing", "Styles"))) == sorted(STYLES)


def test_the_json_of_a_citation_has_the_keys_that_are_described(inspection):
    cited = find_passage(open_project(ROOT), f"{DOCUMENT}#L0001", View.SOURCE)
    paged = find_passage(inspection, "inspection#L0001", View.SOURCE)
    keys = {key for one in (cited, paged) for key in _keys("", json.loads(formatted(one, "json")))}
    assert set(rows(section("citing", "The shape of the JSON"))) == keys


def _grammar() -> re.Pattern[str]:
    """The grammar of the page as one regular expression: it has no rule that holds itself."""
    (block,) = blocks("citing", "ebnf")
    rules = dict(re.findall(r"^(\w+) *= (.+?) ;$", block.text, re.MULTILINE))
    return re.compile(_expression("citation", rules))


def _expression(rule: str, rules: Mapping[str, str]) -> str:
    special = {
        "any character but white space and #": r"[^\s#]",
        "any character but white space, # and the comma": r"[^\s#,]",
        "any letter or digit": r"[^\W_]",
        "any letter": r"[^\W\d_]",
        "0 to 9": "[0-9]",
        "a to z": "[a-z]",
    }
    signs = {"[": "(?:", "]": ")?", "{": "(?:", "}": ")*", "(": "(?:", ")": ")", "|": "|", ",": ""}
    written = ""
    for part in re.findall(r'"[^"]*"|\?[^?]*\?|\w+|[\[\]{}()|,]', rules[rule]):
        if part.startswith('"'):
            written += re.escape(part[1:-1])
        elif part.startswith("?"):
            written += special[part.strip("? ")]
        else:
            written += signs[part] if part in signs else f"(?:{_expression(part, rules)})"
    return written


GRAMMAR = _grammar()
LINE_PARTS = ["#", "L", "L0007", "L07", "l.", "ll.", "7", "12a", ",", " ", "-", "–"]
PAGE_PARTS = ["p.", "pp.", " p. 7", ", p. 7", ", l. 7", "xii", "A-3", ":", " 7:7", "_"]
PARTS = ["hearing", "a,b", *LINE_PARTS, *PAGE_PARTS]


@given(st.lists(st.sampled_from([*PARTS, "é", "\n"]), max_size=9).map("".join))
@example("a#L0007-L0009b")
@example("a, ll. 7–9")
@example("a,b l.7")
@example("a, p. 7, l. 7 – p. xii")
@example("a, pp. A-3-A-3")
@example("a A-3:7-7:7a")
@example("a, p. 7, l. 7-xii")
def test_the_grammar_and_the_program_read_the_same_citations(text):
    assert bool(GRAMMAR.fullmatch(text.strip())) == (_read(text) != NO_CITATION)


# encoding.md


def test_every_element_of_the_record_is_described():
    elements = {e.get("name") for e in _schema_of_the_record() if e.tag == f"{XS}element"}
    assert [name for name in sorted(elements) if f"`{name}" not in page("encoding")] == []


def test_every_listed_value_of_the_record_is_described():
    text = page("encoding")
    values = {e.get("value") for e in _schema_of_the_record() if e.tag == f"{XS}enumeration"}
    assert [v for v in sorted(values) if f"`{v}`" not in text and f'="{v}"' not in text] == []


@pytest.mark.parametrize("block", [b for b in blocks("encoding", "xml") if not b.note])
def test_an_example_of_the_encoding_stands_in_our_document(block):
    document = folded(text_of(TEI))
    place = 0
    for part in block.text.split("…"):
        found = document.find(folded(part), place)
        assert found >= 0, part
        place = found + len(folded(part))


@pytest.mark.parametrize("block", [b for b in blocks("encoding", "xml") if b.note])
def test_an_invented_example_of_the_encoding_follows_the_schema(block):
    assert block.note == "not in our document"
    words = '<seg type="line" xml:id="L0002" n="2">'
    without_line_124 = text_of(TEI).replace('xml:id="L0124"', 'xml:id="L9999"')
    typed = without_line_124.replace(words, words + block.text.strip()).encode()
    assert [breach.message for breach in Schema().breaches(load(typed, "any.xml"))] == []


def _module(file: Path) -> str:
    parts = file.relative_to(SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def _settings(prefix: str, kind: type) -> Iterator[tuple[str, str]]:
    """Names and defaults of all settings, as the page writes them."""
    hints = typing.get_type_hints(kind)
    for item in dataclasses.fields(kind):
        name = f"{prefix}{item.name.replace('imports', 'import')}"
        if dataclasses.is_dataclass(hints[item.name]):
            yield from _settings(f"{name}.", hints[item.name])
            continue
        yield name, _default(item)
        for inner in filter(dataclasses.is_dataclass, typing.get_args(hints[item.name])):
            yield from _settings(f"{name}.", inner)


def _default(item: dataclasses.Field) -> str:
    if item.default_factory is not dataclasses.MISSING:
        return json.dumps(item.default_factory())
    return "required" if item.default is dataclasses.MISSING else json.dumps(item.default)


def _kinds_of_decision() -> set[str]:
    """All that is given as ``kind`` to a decision; constants are looked up in their module."""
    found = set()
    for file in (*(SOURCE / "transcript").rglob("*.py"), SOURCE / "importing.py"):
        tree = ast.parse(text_of(file))
        constants = {
            node.targets[0].id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Decision":
                kind = next(k.value for k in node.keywords if k.arg == "kind")
                found.add(kind.value if isinstance(kind, ast.Constant) else constants[kind.id])
    return found


def _read(text: str) -> str:
    try:
        return str(parse_citation(text))
    except CitationError:
        return NO_CITATION


def _keys(prefix: str, value: object) -> Iterator[str]:
    """All keys of an object and of the objects in it, joined by full stops."""
    if isinstance(value, list):
        for item in value:
            yield from _keys(prefix, item)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield f"{prefix}{key}"
            yield from _keys(f"{prefix}{key}.", inner)


def _schema_of_the_record() -> list[etree._Element]:
    """Everything of the schema that can stand in ``text``."""
    top = etree.parse(SCHEMA).getroot().iterchildren(etree.Element)
    named = {(e.tag.removeprefix(XS), e.get("name")): e for e in top}
    found: dict[tuple[str, str], etree._Element] = {}
    waiting = [("complexType", "text")]
    while waiting:
        key = waiting.pop()
        if key not in named or key in found:
            continue
        found[key] = named[key]
        for element in named[key].iter(etree.Element):
            waiting.append((element.tag.removeprefix(XS), element.get("ref", "")))
            for attribute in ("type", "base", "itemType"):
                name = element.get(attribute, "")
                waiting += [("complexType", name), ("simpleType", name)]
    return [element for part in found.values() for element in part.iter(etree.Element)]
