"""The command line: each command is one call of the library.

Nothing heavy is imported before a command needs it, so that ``--help`` answers at once.
"""

import errno
import io
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from stenogram import __version__
from stenogram.errors import StenogramError

if TYPE_CHECKING:
    from stenogram.check import Checked
    from stenogram.project import Project

# Line separators, and signs that change the direction of the words after them.
_HARMFUL = frozenset("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class _Commands(click.Group):
    """Shows what stenogram raises as one message, with its exit code."""

    def invoke(self, ctx: click.Context) -> Any:  # as click declares it
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except StenogramError as error:
            _fail(str(error), error.exit_code)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # whoever read our output has stopped; click leaves quietly
            _fail(f"{error.filename or 'A file'} cannot be used: {error.strerror}", 2)
        except MemoryError:
            _fail("There is not enough memory for this; divide the document", 2)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="stenogram")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what was asked for.")
@click.pass_context
def main(ctx: click.Context, quiet: bool) -> None:
    """From a typed transcript to a TEI edition in which every line can be cited."""
    ctx.obj = quiet


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Begin a new edition in FOLDER."""
    from stenogram.beginning import begin_edition

    begin_edition(folder)
    _say(f"{folder} is ready. Next: put a transcript there, then: stenogram import FILE")


@main.command("import")
@click.argument("file")
@click.option("--id", "document", default="", help="Id of the document; made from the file name.")
@click.option("--title", default="", help="Title for the TEI header.")
@click.option("--date", default="", help="Date of the meeting, e.g. 1956-11-04.")
@click.option("--encoding", default="", help="Of FILE, e.g. windows-1252; else recognised.")
@click.option("--convention", default="", help="How FILE is typed, e.g. us-congress; else told.")
@click.option("--language", default="", help="Of the record, e.g. en or de-CH; else told.")
@click.option("--update", is_flag=True, help="FILE is corrected; take it into its document.")
@click.option("--dry-run", is_flag=True, help="With --update: tell, but write nothing.")
@click.option("--keep-tei", multiple=True, metavar="LINE", help="With --update: hand work stays.")
@click.option("--take-source", multiple=True, metavar="LINE", help="With --update: FILE counts.")
def import_(
    file: str,
    document: str,
    title: str,
    date: str,
    encoding: str,
    convention: str,
    language: str,
    update: bool,
    dry_run: bool,
    keep_tei: tuple[str, ...],
    take_source: tuple[str, ...],
) -> None:
    """Turn a transcript, FILE, into TEI (- reads standard input).

    What was not certain is written to tei/DOC.decisions.toml; answer there and import
    again. TEI that was edited by hand is never overwritten: with --update only what is
    corrected in FILE changes.
    """
    if update:
        if title or date or language:
            raise click.UsageError("--title, --date and --language cannot go with --update.")
        given = {"document": document, "encoding": encoding, "convention": convention}
        _update(file, given, keep_tei, take_source, dry_run=dry_run)
        return
    if dry_run or keep_tei or take_source:
        raise click.UsageError("--dry-run, --keep-tei and --take-source need --update.")
    from stenogram.importing import import_file

    name, data = _received(file)
    done = import_file(
        _project(),
        name,
        data,
        document=document,
        title=title,
        date=date,
        encoding=encoding,
        convention=convention,
        language=language,
    )
    _say(f"tei/{done.document}.xml is written: {done.counted}.")
    others = f", with passages in {', '.join(done.other_languages)}" if done.other_languages else ""
    _say(f"Language: {done.language}{others}. {done.typing}")
    if done.detection:
        _say(f"The encoding is probably {done.encoding}. {done.detection.reason}")
    if done.left_out:
        _say(f"Left out, as no text: {', '.join(done.left_out)}.")
    for remark in done.remarks:
        _say(remark)
    if not done.turns:
        _say("No speaker was recognised; name them in stenogram.toml, as [[import.speakers]].")
    if done.open_decisions:
        _say(f"Decisions to look at in tei/{done.document}.decisions.toml: {done.open_decisions}")
    for unused in done.unused:
        _say(f'The answer on line {unused.line} ({unused.kind}) fits nothing: "{unused.text}"')


def _update(
    file: str,
    given: dict[str, str],
    keep: tuple[str, ...],
    take: tuple[str, ...],
    *,
    dry_run: bool,
) -> None:
    from stenogram.updating import Answers, update_file

    name, data = _received(file)
    answers = Answers(keep, take)
    done = update_file(_project(), name, data, answers=answers, dry_run=dry_run, **given)
    if done.is_same:
        _say(f"{name} is the file that was received; nothing changes.")
        return
    _print(done.report.rows(done.path))
    for unused in done.unused:
        _say(f'The answer on line {unused.line} ({unused.kind}) fits nothing: "{unused.text}"')
    if done.report.questions:
        _say(f"Nothing is written: {len(done.report.questions)} to be answered.")
        raise SystemExit(1)
    if not done.is_written:
        _say("Nothing is written, since this was asked with --dry-run.")
        return
    _say(f"{done.path} is updated, the file is kept as {done.source}.")


@main.command()
@click.argument("name", required=False)
def conventions(name: str | None) -> None:
    """List the known conventions, or print the file of the one called NAME.

    A convention says how the transcripts of one house are typed. A file printed in this way may
    be changed and put into conventions/.
    """
    from stenogram.transcript.conventions import (
        convention_file,
        convention_named,
        known_conventions,
    )

    if name:
        _print(convention_file(name).decode("utf-8").splitlines())
        return
    _print(f"{known:24} {convention_named(known).title}" for known in known_conventions())


@main.command()
@click.argument("document")
@click.argument("number", type=int, required=False)
@click.argument("answer", required=False)
@click.option("--remark", default="", help="Why you decide so.")
@click.option("--all", "everything", is_flag=True, help="List the answered ones too.")
def decide(
    document: str, number: int | None, answer: str | None, remark: str, everything: bool
) -> None:
    """List what the import of DOCUMENT was not sure of, or give decision NUMBER an ANSWER.

    The answer takes effect when the file is imported again. An empty one ("") takes an
    earlier answer back.
    """
    from stenogram.deciding import answer_decision, listed, read_document_decisions

    project = _project()
    if number is not None and answer is not None:
        done = answer_decision(project, document, number, answer, remark)
        _say(f'Line {done.line}, {done.kind}: "{done.answer}". Import the file again.')
        return
    if number is not None:
        raise click.UsageError(f"Give the answer to decision {number} after its number.")
    _print(listed(read_document_decisions(project, document)[1], everything=everything))


@main.command()
@click.argument("documents", nargs=-1)
@click.option(
    "--report",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="Form of the report; html is a page that shows received file and edition side by side.",
)
@click.option("--output", type=click.Path(path_type=Path), help="Write the report to this file.")
def check(documents: tuple[str, ...], report: str, output: Path | None) -> None:
    """Check DOCUMENTS, or all: schema, rules, fidelity to the received file."""
    from stenogram.check import check_documents
    from stenogram.check.reports import json_report, text_report
    from stenogram.findings import has_errors

    project = _project()
    checked = check_documents(project, project.choose(documents))
    if output is not None:
        _write(_report(project, checked, report), output)
    elif report == "html":
        click.echo(_report(project, checked, report), nl=False)
    elif report == "json":
        _print([json_report(checked)])
    else:
        _print_findings(text_report(checked))
    if any(has_errors(document.findings) for document in checked):
        raise SystemExit(1)


@main.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what a finding's CODE means, why it matters and how to mend it."""
    from stenogram.check.catalogue import explanation

    _print([explanation(code)])


@main.command()
@click.option("--format", "formats", multiple=True, metavar="NAME", help="Only this edition.")
@click.option("--check", "check_only", is_flag=True, help="Compare only; write nothing.")
@click.option("--list", "list_only", is_flag=True, help="List the editions that can be built.")
def build(formats: tuple[str, ...], check_only: bool, list_only: bool) -> None:
    """Write the editions of all documents into output/."""
    from stenogram.build import build as build_editions
    from stenogram.build import known_formats

    if list_only:
        _print(known_formats())
        return
    done = build_editions(_project(), formats, check_only=check_only)
    what = "is as it should be" if check_only else "is written"
    _say(f"output/ {what}: {', '.join(done.formats)}, {done.files} files.")


@main.command()
@click.argument("citation")
@click.option(
    "--view",
    type=click.Choice(["source", "reading"]),
    default="source",
    show_default=True,
    help="As typed, or corrected.",
)
def show(citation: str, view: str) -> None:
    """Show the lines of a CITATION such as DOC#L0120-L0125.

    It may name a place in the typescript, if that has pages: "DOC, p. 38, l. 11".
    """
    from stenogram.passages import find_passage, numbered_rows
    from stenogram.tei.views import View

    _print(numbered_rows(find_passage(_project(), citation, View(view))))


@main.command()
@click.argument("citation")
@click.option(
    "--style",
    default="chicago-note",
    show_default=True,
    metavar="NAME",
    help="A style named above.",
)
def cite(citation: str, style: str) -> None:
    """Cite the lines of a CITATION in a style.

    For readers: chicago-note, chicago-author-date, mla, apa. For programs: bibtex,
    biblatex, ris, csl-json, coins, json. The address alone: url.
    """
    from stenogram.passages import find_passage, formatted
    from stenogram.tei.views import View

    _print([formatted(find_passage(_project(), citation, View.SOURCE), style)])


def _project() -> "Project":
    from stenogram.project import open_project

    return open_project(Path.cwd())


def _received(file: str) -> tuple[str, bytes]:
    """Name and bytes of a received file, or of standard input."""
    from stenogram.errors import SourceError
    from stenogram.resources import MAX_BYTES, read_bytes

    if file != "-":
        return Path(file).name, read_bytes(Path(file), SourceError)
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SourceError("Standard input is too large; split it into parts")
    return "standard-input.txt", data


def _printable(text: str) -> str:
    """Text without control characters, which could drive a terminal or turn words round."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("�" if sign in _HARMFUL or _is_control(sign) else sign for sign in text)


def _is_control(sign: str) -> bool:
    return sign != "\n" and unicodedata.category(sign) in ("Cc", "Cs")


def _print(lines: Iterable[str]) -> None:
    """What was asked for, to standard output."""
    for line in lines:
        click.echo(_printable(line))


def _report(project: "Project", checked: Sequence["Checked"], kind: str) -> bytes:
    """A report as it stands in a file."""
    from stenogram.check.reports import json_report, text_report

    if kind == "html":
        from stenogram.reporting import html_report

        return html_report(project, checked)
    lines = [json_report(checked)] if kind == "json" else text_report(checked)
    return "".join(f"{line}\n" for line in lines).encode()


def _write(data: bytes, output: Path) -> None:
    """What was asked for, to a file."""
    from stenogram.resources import write_whole

    write_whole({output: data})
    _say(f"{output} is written.")


def _say(message: str) -> None:
    """What happened, to standard error, unless --quiet."""
    if not click.get_current_context().find_root().obj:
        click.echo(_printable(message), err=True)


def _print_findings(lines: Iterable[str]) -> None:
    """A report, in colour on a terminal."""
    if not sys.stdout.isatty():
        _print(lines)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=True)
    for line in lines:
        text = Text(_printable(line))
        text.highlight_words([": error "], style="bold red")
        text.highlight_words([": warning "], style="yellow")
        console.print(text)


def _fail(message: str, code: int) -> NoReturn:
    click.echo(_printable(f"stenogram: {message}"), err=True)
    raise SystemExit(code)
