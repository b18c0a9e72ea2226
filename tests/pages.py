"""The pages in docs/: reading them, and writing those parts of them that are generated.

After a change that is meant to change the pages: ``.venv/bin/python tests/pages.py``
"""

import re
import tempfile
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from accuracy import answered_styles, answered_transcripts, measured, table
from click.testing import CliRunner
from commands import paged_edition, run
from places import HEARING, ROOT

from stenogram.beginning import begin_edition
from stenogram.check import check_documents
from stenogram.check.catalogue import CATALOGUE
from stenogram.check.reports import text_report
from stenogram.cli import main
from stenogram.config import Config, ImportConfig
from stenogram.importing import import_file
from stenogram.passages import find_passage, formatted
from stenogram.project import open_project
from stenogram.tei.views import View
from stenogram.transcript.conventions import convention_named, known_conventions
from stenogram.transcript.languages import known_languages, scripts, short_languages, vocabulary

DOCS = ROOT / "docs"
VOCABULARIES = ROOT / "src/stenogram/transcript/languages"
PAGES = sorted(DOCS.glob("*.md"))
DOCUMENT = "cpsu-1956-11-04"
_WIDTH = 80
"""Columns of the help texts, whatever terminal the pages are written on."""

_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_ROW = re.compile(r"^\| `([^`]+)` \|(.*)\|$", re.MULTILINE)
# A comment before a block, unseen by readers, may say something about it.
_BLOCK = re.compile(
    r"^ *(?:<!-- (?P<note>[^>]+) -->\n *)?```(?P<kind>\w+)\n(?P<text>.*?)^ *```$",
    re.DOTALL | re.MULTILINE,
)
_GENERATED = re.compile(
    r"(?P<begin><!-- generated: (?P<name>[\w-]+) -->\n)(?P<text>.*?)(?P<end> *<!-- end -->)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """Something set apart on a page, such as an example."""

    kind: str
    text: str
    note: str


def page(name: str) -> str:
    """Return the text of a page."""
    return text_of(DOCS / f"{name}.md")


def text_of(file: Path) -> str:
    """Return the text of a file."""
    return file.read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """Return what stands on a page under one heading of the second level."""
    parts = re.split(r"^## (.+)$", page(name), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[heading]


def rows(text: str) -> dict[str, list[str]]:
    """Return the rows of all tables that begin with code, by that code, as their other cells."""
    found = {}
    for first, rest in _ROW.findall(text):
        found[first] = [cell.strip().strip("`") for cell in rest.split(" | ")]
    return found


def blocks(name: str, kind: str) -> list[Block]:
    """Return the blocks of one kind on a page."""
    found = (Block(b["kind"], b["text"], b["note"] or "") for b in _BLOCK.finditer(page(name)))
    return [block for block in found if block.kind == kind]


def anchors(file: Path) -> set[str]:
    """Return the places of a page that a link may name, as sites that show it make them."""
    headings = _HEADING.findall(text_of(file))
    return {re.sub(r"[^\w\- ]", "", h).strip().lower().replace(" ", "-") for h in headings}


def folded(text: str) -> str:
    """Return a text with its white space folded."""
    return " ".join(text.split())


def generated_parts() -> Iterator[str]:
    """Yield the names of the generated parts, as the pages have them."""
    for file in PAGES:
        yield from (part["name"] for part in _GENERATED.finditer(text_of(file)))


def with_generated_parts(text: str) -> str:
    """Return a page with its generated parts written anew."""
    return _GENERATED.sub(lambda p: f"{p['begin']}{GENERATORS[p['name']]()}{p['end']}", text)


def write_generated_parts() -> None:
    """Write every generated part of the pages anew."""
    for file in PAGES:
        file.write_text(with_generated_parts(text_of(file)), encoding="utf-8")


def _findings() -> str:
    entries = [
        f"### {code}\n\n{entry.title}.\n\n- How bad: {entry.severity}\n"
        f"- Why it matters: {_prose(entry.why)}\n- What to do: {_prose(entry.fix)}\n"
        for code, entry in CATALOGUE.items()
    ]
    return "\n".join(["", *entries, ""])


def _prose(words: str) -> str:
    """Words as Markdown, in which tags and entities would be taken for HTML."""
    return re.sub(r"</?[a-z][^>]*>|&\w+;", lambda found: f"`{found.group()}`", words)


def _commands() -> str:
    calls: list[list[str]] = [[], *([name] for name in main.commands)]
    helps = [(" ".join(["stenogram", *call]), _help(call)) for call in calls]
    return "\n" + "\n".join(f"## {name}\n\n```text\n{text}```\n" for name, text in helps) + "\n"


def _help(call: list[str]) -> str:
    call = [*call, "--help"]
    return CliRunner().invoke(main, call, prog_name="stenogram", terminal_width=_WIDTH).output


def _abbreviations() -> str:
    words = ", ".join(f"`{word}`" for word in sorted(vocabulary(Config().imports).abbreviations))
    return f"\n{textwrap.fill(words, 100)}\n\n"


def _cite_json() -> str:
    cited = find_passage(open_project(ROOT), f"{DOCUMENT}#L0384", View.SOURCE)
    return f"\n```json\n{formatted(cited, 'json')}\n```\n\n"


def _show_typescript() -> str:
    """A printed line of the inspection, asked for on the command line."""
    cited = "inspection, p. 5, l. 8"
    with tempfile.TemporaryDirectory() as folder:
        shown = run(paged_edition(Path(folder) / "edition"), "show", cited).out
    return f"\n```text\n$ stenogram show '{cited}'\n{shown}```\n\n"


def _conventions() -> str:
    lines = ["| convention | for | languages | told |", "|---|---|---|---|"]
    for name in known_conventions():
        one = convention_named(name)
        languages = ", ".join(f"`{code}`" for code in one.languages) or "any"
        lines.append(f"| `{name}` | {one.title} | {languages} | {'yes' if one.told else 'no'} |")
    return "\n" + "\n".join(lines) + "\n\n"


def _languages() -> str:
    """A table of the vocabularies: the first comment of each file has the language's name."""
    lines = ["| code | language | words of stage directions | abbreviations |", "|---|---|---|---|"]
    for code in known_languages():
        words = vocabulary(ImportConfig(language=code))
        name = text_of(VOCABULARIES / f"{code}.toml").partition(":")[0].removeprefix("# ")
        known = len(words.reactions) + len(words.grades) + len(words.places)
        lines.append(f"| `{code}` | {name} | {known} | {len(words.abbreviations)} |")
    return "\n" + "\n".join(lines) + "\n\n"


def _short_languages() -> str:
    """A table of the short vocabularies."""
    lines = ["| code | language | words of stage directions | told by |", "|---|---|---|---|"]
    for code in short_languages():
        words = vocabulary(ImportConfig(language=code))
        name = text_of(VOCABULARIES / "short" / f"{code}.toml").partition(":")[0].removeprefix("# ")
        told = "script" if code in scripts() else "common words"
        lines.append(f"| `{code}` | {name} | {len(words.reactions)} | its {told} |")
    return "\n" + "\n".join(lines) + "\n\n"


def _accuracy_styles() -> str:
    rows = [(source.parent.name, measured(source, found)) for source, found in answered_styles()]
    return f"\n{table(rows)}\n\n"


def _accuracy_transcripts() -> str:
    """The figures on real transcripts; where these are not here, those that the page has."""
    cases = answered_transcripts()
    if not cases:
        (part,) = (
            part["text"]
            for part in _GENERATED.finditer(page("accuracy"))
            if part["name"] == "accuracy-transcripts"
        )
        return part
    rows = [(source.name, measured(source, found)) for source, found in cases]
    return f"\n{table(rows)}\n\n"


def _report() -> str:
    """The report on an edition of the hearing, in which one pointer has been made wrong."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "edition"
        begin_edition(place)
        project = open_project(place)
        import_file(project, HEARING.name, HEARING.read_bytes())
        tei = project.tei_path("hearing")
        wrong = text_of(tei).replace('who="#alder"', 'who="#adler"', 1)
        tei.write_text(wrong, encoding="utf-8")
        report = "\n".join(text_report(check_documents(project, ["hearing"])))
    return f"\n```text\n{report}\n```\n\n"


GENERATORS: Mapping[str, Callable[[], str]] = {
    "abbreviations": _abbreviations,
    "accuracy-styles": _accuracy_styles,
    "accuracy-transcripts": _accuracy_transcripts,
    "cite-json": _cite_json,
    "commands": _commands,
    "conventions": _conventions,
    "findings": _findings,
    "languages": _languages,
    "report": _report,
    "short-languages": _short_languages,
    "show-typescript": _show_typescript,
}
"""What writes each generated part, by its name."""

if __name__ == "__main__":
    write_generated_parts()
