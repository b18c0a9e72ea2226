"""The pages in docs/ say what is so: keys, codes, kinds, commands, grammar, examples, links.

Some parts of them are generated. After a change that is meant to change them:
``.venv/bin/python tests/test_docs.py`` writes them anew.
"""

import ast
import dataclasses
import json
import re
import textwrap
import typing
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from places import ROOT
from test_layers import LAYERS

from stenogram.check.catalogue import CATALOGUE
from stenogram.check.schema import Schema
from stenogram.cli import main
from stenogram.config import Config, read_config
from stenogram.errors import CitationError, StenogramError
from stenogram.findings import has_errors
from stenogram.lines.citation import parse_citation
from stenogram.lines.styles import STYLES
from stenogram.passages import find_passage, formatted
from stenogram.project import open_project
from stenogram.sources import read_source
from stenogram.tei.load import load
from stenogram.tei.views import View
from stenogram.transcript.decisions import Decision, Decisions, ImportRecord, read_decisions
from stenogram.transcript.languages import vocabulary
from stenogram.transcript.recognition import recognise

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
DOCUMENT = "cpsu-1956-11-04"
WIDTH = 80
SCHEMA = etree.parse(ROOT / "schema/stenogram.xsd")
XS = "{http://www.w3.org/2001/XMLSchema}"

LINK = re.compile(r"\]\((?!https?:)(?P<file>[^)#\s]*)(?:#(?P<place>[^)\s]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FENCED = re.compile(
    r"^ *(?:<!-- (?P<note>[^>]+) -->\n *)?```(?P<kind>\w+)\n(?P<text>.*?)^ *```$",
    re.DOTALL | re.MULTILINE,
)
GENERATED = re.compile(
    r"(?P<begin><!-- generated: (?P<name>[\w-]+) -->\n)(?P<text>.*?)(?P<end> *<!-- end -->)",
    re.DOTALL,
)
ROW = re.compile(r"^\| `(?P<first>[^`]+)` \|(?P<rest>.*)\|$", re.MULTILINE)


# Parts that are generated


def _findings() -> str:
    entries = [
        f"### {code}\n\n{entry.title}.\n\n- How bad: {entry.severity}\n"
        f"- Why it matters: {_prose(entry.why)}\n- What to do: {_prose(entry.fix)}\n"
        for code, entry in CATALOGUE.items()
    ]
    return "\n".join(["", *entries, ""])


def _prose(words: str) -> str:
    """Words in which markup would be taken for HTML, as Markdown."""
    return re.sub(r"</?[a-z][^>]*>|&\w+;", lambda found: f"`{found.group()}`", words)


def _commands() -> str:
    calls: list[list[str]] = [[], *([name] for name in main.commands)]
    helps = [(" ".join(["stenogram", *call]), _help(call)) for call in calls]
    return "\n" + "\n".join(f"## {name}\n\n```text\n{text}```\n" for name, text in helps) + "\n"


def _help(call: list[str]) -> str:
    answer = CliRunner().invoke(
        main, [*call, "--help"], prog_name="stenogram", terminal_width=WIDTH, color=False
    )
    return answer.output


def _abbreviations() -> str:
    words = ", ".join(f"`{word}`" for word in sorted(vocabulary(Config().imports).abbreviations))
    return f"\n{textwrap.fill(words, 100)}\n\n"


def _cite_json() -> str:
    cited = find_passage(open_project(ROOT), f"{DOCUMENT}#L0384", View.SOURCE)
    return f"\n```json\n{formatted(cited, 'json')}\n```\n\n"


GENERATORS: Mapping[str, Callable[[], str]] = {
    "abbreviations": _abbreviations,
    "cite-json": _cite_json,
    "commands": _commands,
    "findings": _findings,
}


def write_generated_parts() -> None:
    """Write every generated part of the pages anew."""
    for page in PAGES:
        page.write_text(_with_generated_parts(_text(page)), encoding="utf-8")


def _with_generated_parts(text: str) -> str:
    return GENERATED.sub(
        lambda part: part["begin"] + GENERATORS[part["name"]]() + part["end"], text
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_generated_parts_of_a_page_are_up_to_date(page):
    text = _text(page)
    assert text == _with_generated_parts(text), "run: .venv/bin/python tests/test_docs.py"


def test_every_generated_part_has_its_place():
    placed = [part["name"] for page in PAGES for part in GENERATED.finditer(_text(page))]
    assert sorted(placed) == sorted(GENERATORS)


# Links and names


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_links_of_a_page_lead_somewhere(page):
    wrong = []
    for link in LINK.finditer(_text(page)):
        target = (page.parent / link["file"]).resolve() if link["file"] else page
        if not target.exists() or (link["place"] and link["place"] not in _anchors(target)):
            wrong.append(link.group())
    assert wrong == []


def test_the_essay_names_every_module():
    named = set(re.findall(r"^\| `([\w.]+)` \|", _page("design"), re.MULTILINE))
    files = (ROOT / "src/stenogram").rglob("*.py")
    there = {_module(file) for file in files} - {""}
    assert named == there


def test_the_essay_names_the_layers_in_their_order():
    named = re.findall(r"^\| `(\w+)` \|", _page("design"), re.MULTILINE)
    assert named == list(LAYERS)


# The configuration


def test_every_setting_is_described_with_its_default_and_none_besides():
    described = {
        row["first"]: row["rest"].split("|")[1].strip(" `")
        for row in ROW.finditer(_page("configuration"))
    }
    assert described == dict(_settings("", Config))


@pytest.mark.parametrize("text", [b["text"] for b in FENCED.finditer((DOCS / "configuration.md").read_text(encoding="utf-8")) if b["kind"] == "toml"])  # fmt: skip  # noqa: E501
def test_the_examples_of_a_configuration_are_valid(text):
    read_config(text.encode())


def _settings(prefix: str, kind: type) -> Iterator[tuple[str, str]]:
    """Names and defaults of all settings, as the page writes them."""
    hints = typing.get_type_hints(kind)
    for item in dataclasses.fields(kind):
        name = f"{prefix}{item.name.replace('imports', 'import')}"
        hint = hints[item.name]
        inner = next(iter(typing.get_args(hint)), None)
        if dataclasses.is_dataclass(hint):
            yield from _settings(f"{name}.", hint)
            continue
        yield name, _default(item)
        if dataclasses.is_dataclass(inner):
            yield from _settings(f"{name}.", inner)


def _default(item: dataclasses.Field) -> str:
    if item.default_factory is not dataclasses.MISSING:
        return json.dumps(item.default_factory())
    return "required" if item.default is dataclasses.MISSING else json.dumps(item.default)


# Findings, decisions, styles


def test_every_code_is_described_in_the_words_of_the_catalogue():
    page = " ".join(_page("findings").replace("`", "").split())
    for code, entry in CATALOGUE.items():
        for words in (entry.title, entry.why, entry.fix):
            assert " ".join(words.split()) in page, code


def test_every_letter_of_the_codes_is_described():
    described = re.findall(r"^\| ([A-Z]) \|", _page("findings"), re.MULTILINE)
    assert described == list(dict.fromkeys(code[0] for code in CATALOGUE))


def test_the_json_report_has_the_keys_that_are_described():
    answer = CliRunner().invoke(main, ["check", "--report", "json"])
    described = {row["first"] for row in ROW.finditer(_page("findings"))}
    found = set(_keys("", json.loads(answer.output)))
    finding = {f"documents.findings.{key}" for key in _one_finding_as_json()}
    assert {key for key in described if key.startswith("documents")} == found | finding


def test_the_json_of_a_citation_has_the_keys_that_are_described():
    cited = find_passage(open_project(ROOT), f"{DOCUMENT}#L0001", View.SOURCE)
    described = {row["first"] for row in ROW.finditer(_section("citing", "The shape of the JSON"))}
    assert described == set(_keys("", json.loads(formatted(cited, "json"))))


def test_every_style_of_citation_is_described():
    described = [row["first"] for row in ROW.finditer(_section("citing", "Styles"))]
    assert sorted(described) == sorted(STYLES)


def test_every_kind_of_decision_in_the_code_is_described_and_none_besides():
    described = re.findall(r"^### (.+)$", _page("decisions"), re.MULTILINE)
    assert sorted(described) == sorted(_kinds_of_decision())


def test_every_key_of_the_decisions_file_is_described():
    described = {row["first"] for row in ROW.finditer(_section("decisions", "The keys"))}
    keys = {item.name for row in (ImportRecord, Decision) for item in dataclasses.fields(row)}
    assert described == keys


def test_the_examples_of_decisions_are_taken_by_an_import():
    data = (ROOT / f"tei/sources/{DOCUMENT}.txt").read_bytes()
    for text in _blocks("decisions", "toml"):
        _, answered = read_decisions(text.encode(), "docs/decisions.md")
        decisions = Decisions(answered=answered)
        recognise(read_source("any.txt", data), open_project(ROOT).config.imports, decisions)
        assert answered
        assert decisions.unused() == []


def _kinds_of_decision() -> set[str]:
    """All that is given as ``kind`` to a decision; constants are looked up in their module."""
    found = set()
    for file in (ROOT / "src/stenogram/transcript").rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
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


def _one_finding_as_json() -> Mapping[str, object]:
    from stenogram.check import Checked
    from stenogram.check.catalogue import finding
    from stenogram.check.reports import json_report
    from stenogram.findings import Place

    wrong = finding("X01", "wrong", Place(path="a.xml"))
    assert has_errors([wrong])
    checked = Checked(document="a", findings=(wrong,), fidelity=None)
    return json.loads(json_report([checked]))["documents"][0]["findings"][0]


# Citations


def test_the_examples_of_citations_are_read_as_the_page_says():
    rows = dict(
        re.findall(r"^\| `([^`]+)` \| `?([^`|]+?)`? \|$", _section("citing", "Grammar"), re.M)
    )
    assert len(rows) > 15
    assert {written: _read(written) for written in rows} == rows


def test_wrong_citations_are_answered_as_the_page_says():
    rows = re.findall(r"^\| `([^`]+)` \| `(.+)` \|$", _section("citing", "What resolving answers"), re.M)  # fmt: skip  # noqa: E501
    assert rows
    for asked, answer in rows:
        with pytest.raises(StenogramError) as error:
            find_passage(open_project(ROOT), asked, View.SOURCE)
        assert str(error.value) == answer


PARTS = st.sampled_from(
    ["hearing", "a,b", "#", "L", "L0007", "L07", "l.", "ll.", ",", " ", "-", "–", "7", "12a", "é", "\n"]
)  # fmt: skip


@given(st.lists(PARTS, max_size=9).map("".join))
@example("a#L0007-L0009b")
@example("a, ll. 7–9")
@example("a,b l.7")
def test_the_grammar_and_the_program_read_the_same_citations(text):
    assert bool(GRAMMAR.fullmatch(text.strip())) == (_read(text) != "not a citation")


def _read(text: str) -> str:
    try:
        return str(parse_citation(text))
    except CitationError:
        return "not a citation"


def _grammar() -> re.Pattern[str]:
    """The grammar of the page as one regular expression: it has no rule that holds itself."""
    text = next(iter(_blocks("citing", "ebnf")))
    rules = dict(re.findall(r"^(\w+) *= (.+?) ;$", text, re.MULTILINE | re.DOTALL))
    return re.compile(_expression("citation", rules))


def _expression(rule: str, rules: Mapping[str, str]) -> str:
    special = {
        "any character but white space and #": r"[^\s#]",
        "any character but white space, # and the comma": r"[^\s#,]",
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


# The encoding


def test_every_element_of_the_record_is_described():
    page = _page("encoding")
    elements = {e.get("name") for e in _schema_of_the_record() if e.tag == f"{XS}element"}
    assert [name for name in sorted(elements) if f"`{name}" not in page] == []


def test_every_listed_value_of_the_record_is_described():
    page = _page("encoding")
    values = {e.get("value") for e in _schema_of_the_record() if e.tag == f"{XS}enumeration"}
    missing = [v for v in sorted(values) if f"`{v}`" not in page and f'="{v}"' not in page]
    assert missing == []


def test_the_examples_of_the_encoding_stand_in_our_document():
    document = _folded((ROOT / f"tei/{DOCUMENT}.xml").read_text(encoding="utf-8"))
    for block in FENCED.finditer(_page("encoding")):
        if not block["note"]:
            place = 0
            for part in block["text"].split("…"):
                found = document.find(_folded(part), place)
                assert found >= 0, part
                place = found


def test_the_invented_examples_of_the_encoding_follow_the_schema():
    invented = [b["text"] for b in FENCED.finditer(_page("encoding")) if b["note"]]
    assert invented
    line = "That is the purpose of the meeting."
    typed = (ROOT / f"tei/{DOCUMENT}.xml").read_text(encoding="utf-8")
    for example_text in invented:
        changed = typed.replace(line, example_text.strip()).replace('xml:id="L0124" n', 'xml:id="L9999" n')  # fmt: skip  # noqa: E501
        assert [b.message for b in Schema().breaches(load(changed.encode(), "any.xml"))] == []


def _schema_of_the_record() -> list[etree._Element]:
    """Everything of the schema that can stand in ``text``."""
    named = {(e.tag.removeprefix(XS), e.get("name")): e for e in SCHEMA.getroot()}
    found: dict[tuple[str, str], etree._Element] = {}
    waiting = [("complexType", "text")]
    while waiting:
        key = waiting.pop()
        if key not in named or key in found:
            continue
        found[key] = named[key]
        for element in named[key].iter(etree.Element):
            kind = element.tag.removeprefix(XS)
            types = (element.get("type", ""), element.get("base", ""), element.get("itemType", ""))
            waiting += [(k, name) for name in types for k in ("complexType", "simpleType")]
            waiting.append((kind, element.get("ref", "")))
    return [element for part in found.values() for element in part.iter(etree.Element)]


# Reading the pages


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _page(name: str) -> str:
    return _text(DOCS / f"{name}.md")


def _section(page: str, heading: str) -> str:
    """What stands on a page under one heading of the second level."""
    parts = re.split(r"^## (.+)$", _page(page), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[heading]


def _blocks(page: str, kind: str) -> list[str]:
    return [b["text"] for b in FENCED.finditer(_page(page)) if b["kind"] == kind]


def _anchors(page: Path) -> set[str]:
    """The places of a page that a link may name, as code-hosting sites make them."""
    headings = HEADING.findall(_text(page))
    return {re.sub(r"[^\w\- ]", "", h).strip().lower().replace(" ", "-") for h in headings}


def _module(file: Path) -> str:
    parts = file.relative_to(ROOT / "src/stenogram").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def _keys(prefix: str, value: object) -> Iterator[str]:
    """All keys of an object and of the objects in it, joined by full stops."""
    if isinstance(value, list):
        for item in value:
            yield from _keys(prefix, item)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield f"{prefix}{key}"
            yield from _keys(f"{prefix}{key}.", inner)


def _folded(text: str) -> str:
    return " ".join(text.split())


GRAMMAR = _grammar()

if __name__ == "__main__":
    write_generated_parts()
