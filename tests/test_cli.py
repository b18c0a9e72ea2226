"""Bad input gets one clear message and changes nothing; good input does what --help says."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from commands import PROGRAM, new_edition, run, run_apart, tree
from places import HEARING

from stenogram.cli import main
from stenogram.lines.styles import STYLES

ESCAPE = "\x1b"


@pytest.fixture
def edition(tmp_path):
    """An edition with one document, ``hearing``, imported and built."""
    return new_edition(tmp_path / "edition")


def refused(folder, *arguments, stdin=b"", code=2):
    """The one message of a command that could not be done; nothing has changed."""
    before = tree(folder)
    answer = run(folder, *arguments, stdin=stdin)
    assert answer.code == code, answer
    assert answer.out == ""
    assert answer.err.startswith("stenogram: ")
    assert answer.err.endswith("\n")
    assert tree(folder) == before
    return answer.err.removeprefix("stenogram: ").removesuffix("\n")


def misused(folder, *arguments):
    """The message of a command that was not called as it must be."""
    before = tree(folder)
    answer = run(folder, *arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith(("Usage: ", "Error: "))
    assert tree(folder) == before
    return answer.err


# Received files


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "empty.txt is empty; there is nothing to import"),
        ("blank.txt", b" \n\t\n\n", "blank.txt is empty; there is nothing to import"),
        ("bom.txt", b"\xef\xbb\xbf", "bom.txt is empty; there is nothing to import"),
        ("binary.txt", b"CHAIR. \0\1\2", "is not a text file (it holds NUL bytes)"),
        ("latin.txt", b"CHAIR. Yes.\nCaf\xe9.\n", "latin.txt is not UTF-8 (line 2, byte 0xe9)"),
        ("bell.txt", b"CHAIR. Yes.\n\nNo\x07.\n", "bell.txt:3:3 holds the character U+0007"),
        ("half.txt", b"CHAIR. \xed\xa0\x80", "is UTF-8, but damaged (line 1, byte 0xed)"),
        ("none.txt", "CHAIR. \uffff".encode(), "holds the character U+FFFF"),
        (
            "old.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,
            "an old Word document (.doc)",
        ),
        ("new.docx", b"PK\x03\x04" + b"\0" * 99, "an archive (.zip), which stenogram cannot read"),
        ("scan.pdf", b"%PDF-1.7\n", "scan.pdf is damaged; ask for it again"),
        ("rich.rtf", b"{\\rtf1 words}", "a rich-text document (.rtf)"),
        ("scan.png", b"\x89PNG\r\n", "is an image"),
        ("packed.gz", b"\x1f\x8b\x08", "a compressed file"),
        ("tei.xml", b'<?xml version="1.0"?>\n<TEI/>', "put TEI into tei/ as it is"),
        ("doc.xml", b"<!DOCTYPE TEI>\n<TEI/>", "is XML, but no debate"),
    ],
)
def test_a_file_that_is_no_transcript_is_refused(edition, name, data, message):
    path = edition.parent / name
    path.write_bytes(data)
    said = refused(edition, "import", str(path))
    assert message in said
    assert name in said
    assert "; " in said
    assert refused(edition, "import", "-", "--id", "x", stdin=data)


def test_a_file_that_does_not_exist_is_refused(edition):
    said = refused(edition, "import", "nothing.txt")
    assert said == "nothing.txt does not exist; check the name and the folder you are in"


def test_a_folder_a_pipe_and_an_impossible_name_are_refused(edition):
    assert refused(edition, "import", "tei") == "tei is a folder; give the name of a file"
    os.mkfifo(edition.parent / "pipe")
    assert "is a device or a pipe" in refused(edition, "import", "../pipe")
    assert "is a device or a pipe" in refused(edition, "import", "/dev/zero")
    assert "cannot be read: File name too long" in refused(edition, "import", "x" * 5_000)
    assert "does not exist" in refused(edition, "import", "hearing.txt/x")


def test_a_name_that_gives_no_id_is_refused_asking_for_one(edition):
    path = edition.parent / "会议.txt"
    shutil.copy(HEARING, path)
    said = refused(edition, "import", str(path))
    assert said == 'No id can be made from "会议"; give one with --id'
    assert run(edition, "import", str(path), "--id", "meeting").code == 0


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (
            "--date=4 November 1956",
            'The date "4 November 1956" cannot be used; give e.g. 1956-11-04',
        ),
        ("--date=1956-13-01", "cannot be used"),
        ("--date=04.11.1956", "cannot be used"),
        ("--date=1956-11-04\n", "cannot be used"),
        ("--title=one\ntwo", "The title"),
        ("--title=\x01", "The title"),
    ],
)
def test_an_option_that_would_spoil_the_header_is_refused(edition, option, message):
    assert message in refused(edition, "import", str(HEARING), "--id=x", option)


def test_a_title_in_the_decisions_file_is_held_to_the_same(edition):
    decided(edition, 'title = ""', 'title = "one\\ntwo"')
    assert "The title" in refused(edition, "import", str(HEARING))
    decided(edition, 'title = "one\\ntwo"', 'title = ""', 'date = ""', 'date = "today"')
    assert 'The date "today" cannot be used' in refused(edition, "import", str(HEARING))


@pytest.mark.parametrize("date", ["1956-11-04", "1956-11", "1956"])
def test_the_header_gets_the_title_and_the_date(edition, date):
    answer = run(edition, "import", str(HEARING), "--id=x", f"--date={date}", "--title=A & <B>")
    assert answer.code == 0
    assert run(edition, "check", "x").code == 0
    assert "A & <B>" in run(edition, "cite", "x#L0001").out


# Importing again


def test_importing_twice_gives_the_same_bytes(edition):
    before = tree(edition)
    assert run(edition, "import", str(HEARING)).code == 0
    assert tree(edition) == before


def test_an_edited_document_is_never_overwritten(edition):
    path = edition / "tei/hearing.xml"
    path.write_bytes(path.read_bytes().replace(b"winter", b"Winter"))
    said = refused(edition, "import", str(HEARING))
    assert said.startswith("tei/hearing.xml was edited since it was imported")
    assert "--id hearing-2" in said
    (edition / "tei/hearing.decisions.toml").unlink()
    assert "does not say that it was imported" in refused(edition, "import", str(HEARING))


def test_another_file_of_the_same_name_is_refused(edition):
    path = edition.parent / "other" / "hearing.txt"
    path.parent.mkdir()
    path.write_text("CHAIR. Something else.\n", encoding="utf-8")
    said = refused(edition, "import", str(path))
    assert said == (
        "tei/sources/hearing.txt is another file than hearing.txt: what was received is never "
        "replaced; give this one an id of its own with --id"
    )


def test_where_no_speaker_is_recognised_it_is_said_how_to_name_them(edition):
    (edition / "court.txt").write_text("Q. Where were you?\n\nA. At home.\n", encoding="utf-8")
    assert "name them in stenogram.toml" in run(edition, "import", "court.txt").err
    (edition / "stenogram.toml").write_text(
        "[[import.speakers]]\nid = 'asks'\nname = 'Counsel'\nlabels = ['Q']\n"
        "[[import.speakers]]\nid = 'answers'\nname = 'Witness'\nlabels = ['A']\n",
        encoding="utf-8",
    )
    assert "name them in stenogram.toml" not in run(edition, "import", "court.txt").err
    tei = (edition / "tei/court.xml").read_text(encoding="utf-8")
    assert re.findall(r'<sp .*who="#(\w+)"', tei) == ["asks", "answers"]


def test_standard_input_is_imported(edition):
    data = HEARING.read_bytes()
    answer = run(edition, "import", "-", "--id", "piped", stdin=data)
    assert answer.code == 0
    assert (edition / "tei/sources/piped.txt").read_bytes() == data
    assert run(edition, "check", "piped").code == 0


# Decisions


def decided(edition, *changes):
    """Change the decisions file of the document."""
    path = edition / "tei/hearing.decisions.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def test_an_answer_is_followed_and_kept(edition):
    bracket = decision(edition, "bracket")
    assert bracket["taken"] == "supplied"
    answer_with(edition, bracket, "gloss explanation", remark="Nobody needs it.")
    assert run(edition, "import", str(HEARING)).code == 0
    tei = (edition / "tei/hearing.xml").read_text(encoding="utf-8")
    assert '<gloss type="explanation" resp="#transcriber">of floods</gloss>' in tei
    kept = decision(edition, "bracket")
    assert kept["answer"] == "gloss explanation"
    assert kept["remark"] == "Nobody needs it."
    before = tree(edition)
    assert run(edition, "import", str(HEARING)).code == 0
    assert tree(edition) == before
    assert run(edition, "check").code == 0


def test_an_answer_that_is_none_of_the_alternatives_is_refused_naming_them(edition):
    bracket = decision(edition, "bracket")
    answer_with(edition, bracket, "perhaps")
    said = refused(edition, "import", str(HEARING))
    assert said.startswith("Decision on line 13 (bracket")
    assert 'the answer "perhaps" is none of "supplied", "gloss original"' in said


def test_an_answer_that_fits_nothing_is_reported_and_kept(edition):
    path = edition / "tei/hearing.decisions.toml"
    with path.open("a", encoding="utf-8") as file:
        file.write(
            '\n[[decision]]\nkind = "bracket"\nline = 99\ntext = "[gone]"\nanswer = "supplied"\n'
        )
    for _ in range(2):
        answer = run(edition, "import", str(HEARING))
        assert answer.code == 0
        assert 'The answer on line 99 (bracket) fits nothing: "[gone]"' in answer.err
    assert '"[gone]"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        "[import]\nsource = 3\n",
        "[[decision]]\nkind = 'x'\n",
        "[[decision]]\nkind = 'x'\nline = 'one'\ntext = 'y'\n",
        "[[decision]]\nkind = 'x'\nline = 1\ntext = 'y'\nanser = 'z'\n",
        "decision = 3\n",
        "import = 3\n",
        "[other]\n",
        "a = " + "[" * 100_000,
        "[[decision]]\nkind = 'x'\nline = " + "9" * 5_000 + "\ntext = 'y'\n",
        "\xff",
    ],
    ids=range(11),
)
def test_a_broken_decisions_file_is_refused(edition, text):
    path = edition / "tei/hearing.decisions.toml"
    path.write_bytes(text.encode("latin-1"))
    assert "tei/hearing.decisions.toml" in refused(edition, "import", str(HEARING))


def decision(edition, kind):
    """The first decision of a kind in the decisions file."""
    text = (edition / "tei/hearing.decisions.toml").read_text(encoding="utf-8")
    return next(found for found in tomllib.loads(text)["decision"] if found["kind"] == kind)


def answer_with(edition, asked, answer, remark=""):
    """Write an answer, and why, where the decisions file asks."""
    path = edition / "tei/hearing.decisions.toml"
    head, question, rest = path.read_text(encoding="utf-8").partition(
        f'question = "{asked["question"]}"'
    )
    assert question
    rest = rest.replace('answer = ""', f'answer = "{answer}"', 1)
    rest = rest.replace('remark = ""', f'remark = "{remark}"', 1)
    path.write_text(head + question + rest, encoding="utf-8")


@pytest.mark.parametrize(
    "label",
    ["TRANSLATOR", "ENCODER", "SRC", "HALL", "INT", "VOICES", "VOICE", "L0001", "T001", "CON"],
)
def test_a_speaker_whose_name_we_use_for_something_else_is_a_speaker(edition, label):
    path = edition.parent / "second.txt"
    typed = f"{label}: Yes. (Applause)\n\nMR. LOW: No [sic] and [why].\n\n{label}: Oh.\n"
    path.write_text(typed, encoding="utf-8")
    assert run(edition, "import", str(path)).code == 0
    checked = run(edition, "check", "second")
    assert checked.code == 0, checked.out


def test_a_document_cannot_have_the_id_of_a_speaker_in_it(edition):
    path = edition.parent / "alder.txt"
    shutil.copy(HEARING, path)
    assert refused(edition, "import", str(path)) == (
        'The document cannot be called "alder", which is the id of a speaker in it (Alder); '
        "give another id with --id"
    )


@pytest.mark.parametrize("name", ["L0001", "src", "translator", "t001", "int"])
def test_a_document_cannot_have_an_id_that_stands_inside_documents(edition, name):
    said = refused(edition, "import", str(HEARING), f"--id={name}")
    assert f'cannot be called "{name}", which is an id inside documents' in said


# The edition and its configuration


@pytest.mark.parametrize(
    "arguments",
    [("check",), ("build",), ("show", "a#L0001"), ("cite", "a#L0001"), ("import", str(HEARING))],
)
def test_where_there_is_no_edition_the_way_to_one_is_told(tmp_path, arguments):
    said = refused(tmp_path, *arguments)
    assert said == (
        "No stenogram.toml here or in any folder above; "
        "start an edition with: stenogram init FOLDER"
    )


def test_an_edition_is_found_from_below(edition):
    assert run(edition / "tei/sources", "check").code == 0


def test_an_edition_without_documents_says_how_to_add_one(tmp_path):
    assert run(tmp_path, "init", "new").code == 0
    for command in ("check", "build"):
        said = refused(tmp_path / "new", command)
        assert said == "This edition has no document yet; add one with: stenogram import FILE"


def test_init_leaves_an_edition_and_a_file_alone(edition):
    assert "is an edition already" in refused(edition, "init", ".")
    (edition / "file").touch()
    assert refused(edition, "init", "file") == "file is a file; give the name of a folder"
    refused(edition, "init", "file/below")
    refused(edition, "init", "x" * 5_000)


def test_init_keeps_what_is_in_the_folder(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert run(tmp_path, "init", ".").code == 0
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[edtion]\n", '"edtion" is not a setting; did you mean "edition"?'),
        (
            "[edition]\ntitel = 'x'\n",
            '"edition.titel" is not a setting; did you mean "edition.title"?',
        ),
        ("[text]\nwidht = 80\n", 'did you mean "text.width"?'),
        ("[import]\nabbreviation = []\n", 'did you mean "import.abbreviations"?'),
        ("[zzz]\n", '"zzz" is not a setting; known are: edition, import, text'),
        ("[edition]\ntitle = 3\n", "edition.title must be text in quotation marks"),
        ("[text]\nwidth = 'wide'\n", "text.width must be a whole number"),
        ("[text]\nwidth = true\n", "text.width must be a whole number"),
        ("[text]\nwidth = 7\n", "text.width is 7; give a number from 40 to 400"),
        ("[import]\nabbreviations = 'Mr'\n", "import.abbreviations must be a list"),
        ("[import]\nabbreviations = [3]\n", "must be text in quotation marks"),
        ("[import]\nreactions = []\n", "import.reactions must be a table"),
        ("[[import.speakers]]\nname = 'x'\n", "import.speakers needs a value for id"),
        ("[[import.speakers]]\nid = 'x'\nnam = 'x'\n", 'did you mean "import.speakers.name"?'),
        ("edition = 3\n", "edition must be a table: [edition]"),
        ("[edition\n", "stenogram.toml is not valid TOML"),
        ("[edition]\n[edition]\n", "stenogram.toml is not valid TOML"),
        ("a = " + "[" * 100_000, "stenogram.toml is not valid TOML"),
        ("a = " + "9" * 5_000, "stenogram.toml is not valid TOML"),
    ],
)
def test_a_wrong_setting_is_refused_with_the_right_one(edition, text, message):
    (edition / "stenogram.toml").write_text(text, encoding="utf-8")
    for arguments in (("check",), ("build",), ("import", str(HEARING)), ("show", "hearing#L0001")):
        said = refused(edition, *arguments)
        assert said.startswith("stenogram.toml")
        assert message in said


def test_a_byte_order_mark_is_no_part_of_the_settings_or_the_answers(edition):
    mark = b"\xef\xbb\xbf"
    for name in ("stenogram.toml", "tei/hearing.decisions.toml"):
        (edition / name).write_bytes(mark + (edition / name).read_bytes())
    assert run(edition, "import", str(HEARING)).code == 0


def test_a_configuration_that_is_not_utf8_or_no_file_is_refused(edition):
    path = edition / "stenogram.toml"
    path.write_bytes(b"[edition]\ntitle = '\xe9'\n")
    assert "stenogram.toml is not UTF-8" in refused(edition, "check")
    path.unlink()
    path.mkdir()
    assert "No stenogram.toml here" in refused(edition, "check")


@pytest.mark.parametrize(
    "text",
    [
        "[import]\nlanguage = 'Old English'\n",
        "[import.reactions]\nhubbub = 'noisy'\n",
        "[[import.speakers]]\nid = 'the chair'\nname = 'x'\nlabels = ['CHAIR']\n",
        "[[import.speakers]]\nid = 'L0001'\nname = 'x'\nlabels = ['CHAIR']\n",
        "[[import.speakers]]\nid = 'chair'\nname = \"\\u0001\"\nlabels = ['CHAIR']\n",
        '[edition]\npublisher = "\\u0007"\n',
    ],
    ids=range(6),
)
def test_a_setting_can_not_make_import_write_tei_that_is_wrong(edition, text):
    (edition / "stenogram.toml").write_text(text, encoding="utf-8")
    path = edition.parent / "second.txt"
    path.write_text("CHAIR. Yes. (Hubbub) No.\n", encoding="utf-8")
    before = tree(edition)
    answer = run(edition, "import", str(path))
    if answer.code == 2:
        assert "stenogram.toml" in answer.err
        assert tree(edition) == before
    else:
        assert run(edition, "check", "second").code == 0


# Documents, formats, styles


def test_a_document_that_does_not_exist_is_answered_with_those_that_do(edition):
    said = 'There is no document "haering" here; there are: hearing'
    assert refused(edition, "check", "haering") == said
    assert refused(edition, "check", "hearing", "haering") == said
    assert refused(edition, "show", "haering#L0001") == said
    assert refused(edition, "cite", "haering, l. 1") == said
    assert "../hearing" in refused(edition, "check", "../hearing")


def test_a_format_that_does_not_exist_is_answered_with_those_that_do(edition):
    said = refused(edition, "build", "--format", "pdf")
    assert said == 'There is no format "pdf"; there are: html, text'
    assert run(edition, "build", "--list").out == "html\ntext\n"


def test_a_style_that_does_not_exist_is_answered_with_those_that_do(edition):
    said = refused(edition, "cite", "hearing#L0001", "--style", "oxford")
    assert said == f'There is no style "oxford"; there are: {", ".join(STYLES)}'


@pytest.mark.parametrize(
    "arguments",
    [
        ("chekc",),
        ("check", "--reprot", "json"),
        ("check", "--report", "pdf"),
        ("show",),
        ("show", "hearing#L0001", "--view", "upside-down"),
        ("show", "hearing#L0001", "hearing#L0002"),
        ("import",),
        ("explain",),
        ("init",),
        ("build", "--format"),
    ],
    ids=" ".join,
)
def test_a_command_called_wrongly_shows_how_it_is_called(edition, arguments):
    assert "Error: " in misused(edition, *arguments)


@pytest.mark.parametrize("data", [b"", b"\0\1", b"<TEI>", b"<!DOCTYPE TEI><TEI/>", b"words"])
def test_tei_that_cannot_be_read_leaves_the_edition_as_it_was(edition, data):
    (edition / "tei/hearing.xml").write_bytes(data)
    for arguments in (("build",), ("show", "hearing#L0001"), ("cite", "hearing#L0001")):
        assert refused(edition, *arguments).startswith("tei/hearing.xml")
    before = tree(edition)
    assert run(edition, "check").code == 1
    assert tree(edition) == before


def test_the_check_of_a_build_names_every_file_that_differs(edition):
    assert run(edition, "build", "--check").code == 0
    (edition / "output/text/hearing.txt").write_bytes(b"other")
    (edition / "output/html/hearing.html").unlink()
    (edition / "output/html/old.html").touch()
    assert refused(edition, "build", "--check", code=1).splitlines() == [
        "output/ is not what stenogram build would write:",
        "output/html/hearing.html is missing",
        "output/text/hearing.txt differs",
        "output/html/old.html belongs to no document",
    ]


# How things are said


def test_every_command_has_help(tmp_path):
    listed = run(tmp_path, "--help")
    assert listed.code == 0
    for name, command in main.commands.items():
        assert name in listed.out
        for option in ("--help", "-h"):
            helped = run(tmp_path, name, option)
            assert helped.code == 0
            assert helped.err == ""
            assert helped.out.startswith(f"Usage: main {name} ")
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert parameter.opts[0] in helped.out
                assert parameter.help, parameter.name
    assert listed.out == run(tmp_path, "-h").out


def test_help_loads_nothing_heavy(tmp_path):
    seen = "import sys; from stenogram.cli import main; main(['--help'], standalone_mode=False);"
    heavy = "{'lxml', 'jinja2', 'xmlschema', 'rich', 'hashlib', 'tempfile'}"
    done = subprocess.run(
        [sys.executable, "-c", f"{seen} print('LOADED', sorted({heavy} & set(sys.modules)))"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = re.search(r"LOADED (.*)", done.stdout)[1]
    assert "lxml" not in loaded
    assert "jinja2" not in loaded
    assert "xmlschema" not in loaded
    assert "rich" not in loaded


def test_the_version_is_told(tmp_path):
    assert re.fullmatch(r"stenogram, version \d+\.\d+\S*\n", run(tmp_path, "--version").out)


def test_quiet_says_nothing_but_what_was_asked_for(edition, tmp_path):
    assert run(tmp_path, "--quiet", "init", "other").all == ""
    assert run(edition, "-q", "import", str(HEARING), "--id=again").all == ""
    assert run(edition, "-q", "build").all == ""
    assert run(edition, "-q", "build", "--check").all == ""
    assert run(edition, "-q", "show", "hearing#L0001").out == "1  MEETING OF THE BRIDGE COMMITTEE\n"
    assert run(edition, "-q", "check", "nothing").err != ""
    assert run(edition, "-q", "check").out != ""


def test_what_was_asked_for_and_what_is_told_are_kept_apart(edition):
    built = run(edition, "build")
    assert built.out == ""
    assert built.err.startswith("output/ is written: html, text, ")
    shown = run(edition, "show", "hearing#L0001")
    assert shown.err == ""


def test_no_escape_codes_are_printed_without_a_terminal(edition):
    (edition / "tei/bad.xml").write_text("<x/>", encoding="utf-8")
    for arguments in (("check",), ("build",), ("--help",), ("explain", "X01"), ("nonsense",)):
        environment = {**os.environ, "TERM": "xterm-256color"}
        answer = run_apart(edition, *arguments, environment=environment)
        assert ESCAPE not in answer.all


@pytest.mark.parametrize("settings", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {}], ids=str)
def test_on_a_terminal_colour_is_shown_unless_it_is_refused(edition, settings):
    (edition / "tei/bad.xml").write_text("<x/>", encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", **settings}
    parent, child = os.openpty()
    process = subprocess.Popen(
        [PROGRAM, "check"], cwd=edition, env=environment, stdout=child, stderr=child, stdin=child
    )
    os.close(child)
    shown = b""
    try:
        while chunk := os.read(parent, 4096):
            shown += chunk
    except OSError:
        pass  # the other end is closed
    finally:
        os.close(parent)
    assert process.wait(timeout=30) == 1
    assert b"error S09" in re.sub(rb"\x1b\[[\d;]*m", b"", shown)
    coloured = re.search(rb"\x1b\[[\d;]*3\dm", shown) is not None
    assert coloured is (not settings)


HOSTILE_WORDS = "a\x1b]8;;http://evil.example\x1b\\b\x9b31m\u202ec\u2066d\re\x07"


def test_control_characters_never_reach_the_terminal(edition):
    words = HOSTILE_WORDS.replace("\x1b", "").replace("\r", "&#13;").replace("\x07", "")
    path = edition / "tei/hearing.xml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("another winter", f"another {words} winter").replace(
        'who="#alder"', f'who="#{words}"'
    )
    path.write_text(text.replace("<title>hearing", f"<title>{words}"), encoding="utf-8")
    for arguments in (
        ("check",),
        ("check", "--report", "json"),
        ("show", "hearing#L0007"),
        ("cite", "hearing#L0007"),
        ("cite", "hearing#L0007", "--style", "json"),
        ("show", HOSTILE_WORDS),
        ("check", HOSTILE_WORDS),
        ("explain", HOSTILE_WORDS),
        ("import", HOSTILE_WORDS),
        ("build", "--format", HOSTILE_WORDS),
    ):
        said = run(edition, *arguments).all
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066]", said), arguments


def test_characters_that_harm_nobody_are_shown_as_they_are(edition):
    words = "a\u00a0b\u202fc\u00add\u200de é 毛 😀 «x» — …"
    path = edition / "tei/hearing.xml"
    text = path.read_text(encoding="utf-8").replace("another winter", words)
    path.write_text(text, encoding="utf-8")
    assert words in run(edition, "show", "hearing#L0007").out
    assert words in run(edition, "cite", "hearing#L0007", "--style", "json").out


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_terminal_that_cannot_show_a_character_gets_its_number(edition, encoding):
    path = edition / "tei/hearing.xml"
    text = path.read_text(encoding="utf-8").replace("another winter", "another мир")
    path.write_text(text, encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": encoding}
    answer = run_apart(edition, "show", "hearing#L0007", environment=environment)
    assert answer.code == 0, answer
    assert r"another \u043c\u0438\u0440" in answer.out


def test_names_in_bytes_that_are_not_utf8_are_only_names(edition):
    name = os.fsdecode(b"hear\xffing.txt")
    shutil.copy(HEARING, edition.parent / name)
    done = subprocess.run(
        [PROGRAM, "import", f"../{name}"], cwd=edition, capture_output=True, check=False
    )
    assert done.returncode == 0, done
    assert (edition / "tei/hear-ing.xml").is_file() or (edition / "tei/hearing.xml").is_file()
    missing = subprocess.run(
        [PROGRAM, "import", os.fsdecode(b"\xff"), "--title", os.fsdecode(b"\xfe")],
        cwd=edition,
        capture_output=True,
        check=False,
    )
    assert missing.returncode == 2
    assert b"Traceback" not in missing.stderr
    titled = subprocess.run(
        [PROGRAM, "import", f"../{name}", "--id=t", "--title", os.fsdecode(b"\xfe")],
        cwd=edition,
        capture_output=True,
        check=False,
    )
    assert titled.returncode == 2
    assert b"The title" in titled.stderr


@pytest.mark.parametrize("arguments", [("show", "hearing#L0001-L0011"), ("check",), ("--help",)])
def test_a_reader_that_stops_reading_gives_no_traceback(edition, arguments):
    path = edition / "tei/hearing.xml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("another winter", "another " * 100_000), encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [PROGRAM, *arguments],
            cwd=edition,
            stdout=closed,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.stderr == b""


def test_a_folder_that_has_been_deleted_is_no_traceback(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    code = (
        f"import os, shutil; shutil.rmtree({str(gone)!r}); from stenogram.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check"], cwd=gone, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_no_output_names_a_place_on_this_computer(edition):
    (edition / "tei/sources/hearing.txt").unlink()
    answer = run(edition, "check")
    assert "tei/sources/hearing.txt does not exist" in answer.out
    assert str(Path.home()) not in answer.all
    assert str(edition) not in answer.all


def test_documents_that_differ_only_in_capitals_are_not_built(edition):
    """Many computers would write one over the other."""
    tei = (edition / "tei" / "hearing.xml").read_text(encoding="utf-8")
    twin = tei.replace('xml:id="hearing"', 'xml:id="Hearing"')
    (edition / "tei" / "Hearing.xml").write_text(twin, encoding="utf-8")
    assert "output/html/Hearing.html and output/html/hearing.html" in refused(edition, "build")
