"""Received files that could do harm or are damaged: a clear message, and nothing has changed."""

import gzip
import io
import os
import resource
import subprocess
import sys
import textwrap
import zipfile

import pytest
from commands import new_edition, run, run_apart, tree
from test_cli import refused

from stenogram.check.fidelity import compare
from stenogram.sources import read_source
from stenogram.tei.load import load

MEGABYTE = 1_000_000
WORDS = "CHAIR: We begin.\n\nALDER: Yes, we do.\n\nCHAIR: So be it.\n"


@pytest.fixture
def edition(tmp_path):
    """An edition with one document, which no refusal may change."""
    return new_edition(tmp_path / "edition")


def _put(edition, data, name="bad.txt"):
    path = edition / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return name


def _imported(edition, data, name="bad.txt", *options):
    """The text of the TEI, after nothing was lost and the document was found sound."""
    answer = run(edition, "import", _put(edition, data, name), "--id", "bad", *options)
    assert answer.code == 0, answer
    assert run(edition, "check", "bad").code == 0
    return (edition / "tei/bad.xml").read_text(encoding="utf-8")


# 17: too large


def test_two_gigabytes_are_refused_before_they_are_read(edition):
    with (edition / "bad.txt").open("wb") as file:
        file.truncate(2_000 * MEGABYTE)
    answer = run_apart(edition, "import", "bad.txt", memory=1_500 * MEGABYTE)
    assert answer.code == 2
    assert "bad.txt is larger than 512 MB" in answer.err
    assert not (edition / "tei/bad.xml").exists()


# 18-21: archives, and what hides in them


def _zipped(members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


TYPES = "[Content_Types].xml", "<Types/>"
BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>CHAIR: Yes.</w:t></w:r></w:p></w:body></w:document>"
)
DOCTYPE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LINK = zipfile.ZipInfo("word/document.xml")
LINK.create_system, LINK.external_attr = 3, 0o120777 << 16
BOMB = b"CHAIR: Yes. " * MEGABYTE

ARCHIVES = {
    "18 compressed bomb": ("bad.xml", gzip.compress(BOMB)),
    "18 compressed text": ("bad.txt", gzip.compress(BOMB)),
    "19 bomb": ("bad.docx", _zipped([TYPES, ("word/document.xml", BOMB)])),
    "19 bomb in a book": ("bad.epub", _zipped([("mimetype", "application/epub+zip"), ("a", BOMB)])),
    "19 members": ("bad.docx", _zipped([TYPES, *((f"word/{n}", "x") for n in range(20_000))])),
    "20 outside": ("bad.zip", _zipped([("../../outside.txt", "x")])),
    "20 outside of a document": ("bad.docx", _zipped([TYPES, ("../../word/document.xml", BODY)])),
    "20 absolute": ("bad.docx", _zipped([TYPES, ("/word/document.xml", BODY)])),
    "20 drive": ("bad.docx", _zipped([TYPES, ("C:\\word\\document.xml", BODY)])),
    "20 link": ("bad.docx", _zipped([TYPES, (LINK, "/etc/passwd")])),
    "21 document type": ("bad.docx", _zipped([TYPES, ("word/document.xml", DOCTYPE + BODY)])),
    "cut off": ("bad.docx", _zipped([TYPES, ("word/document.xml", BODY)])[:200]),
}


@pytest.mark.parametrize("case", ARCHIVES)
def test_an_archive_that_could_harm_is_refused_and_nothing_is_written(edition, case):
    name, data = ARCHIVES[case]
    outside = tree(edition.parent)
    said = refused(edition, "import", _put(edition, data, name))
    assert name in said
    assert len(said) < 400
    assert set(tree(edition.parent)) == {*outside, f"edition/{name}"}


# 22: encodings


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16le", "utf-32be", "utf-8-sig"])
def test_wide_characters_are_read_as_what_they_are(edition, encoding):
    assert "Größe, 毛" in _imported(edition, f"{WORDS}CHAIR: Größe, 毛.\n".encode(encoding))


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"CHAIR: Yes.\nALDER: \xc0\xaf.\nCHAIR: \xd0\xbc\xd0\xb8\xd1\x80.\n", 2),
        (b"CHAIR: \xd0\xbc\xd0\xb8\xd1\x80.\nALDER: \xed\xa0\x80.\n", 2),
        (b"\xef\xbb\xbfCHAIR: Yes.\n\nALDER: \xff.\n", 3),
    ],
    ids=["overlong", "lone surrogate", "mark of another encoding"],
)
def test_damaged_characters_are_refused_with_their_line(edition, data, line):
    said = refused(edition, "import", _put(edition, data))
    assert f"line {line}, byte 0x" in said
    assert "mend it in a text editor" in said or "has to be received again" in said


def test_half_a_character_at_the_end_is_refused(edition):
    said = refused(edition, "import", _put(edition, WORDS.encode("utf-16") + b"x"))
    assert said.startswith("bad.txt ")


@pytest.mark.parametrize("named", [True, False])
def test_utf_7_is_read_whether_it_is_named_or_not(edition, named):
    data = f"{WORDS}CHAIR: é.\n".encode("utf-7")
    assert "é" in _imported(edition, data, "bad.txt", *(["--encoding", "utf-7"] if named else []))


# 23, 24: characters that XML has no place for, or a meaning for


@pytest.mark.parametrize("sign", ["\1", "\x1b", "\x7f\x08", "\ufffe", "\uffff"], ids=ascii)
def test_a_character_that_xml_cannot_hold_is_refused_with_its_place(edition, sign):
    said = refused(edition, "import", _put(edition, f"CHAIR: Yes.\nALDER: No{sign}.\n"))
    assert said.startswith("bad.txt:2:1")
    assert "delete or replace it" in said


def test_a_file_with_nul_bytes_is_refused_with_what_to_do(edition):
    said = refused(edition, "import", _put(edition, b"CHAIR: a\0b.\n"))
    assert "NUL" in said
    assert "save it as plain text" in said


@pytest.mark.parametrize(
    "typed", ["]]>", "-->", "<!--", "<?", "?>", "&", "&amp;", "&#0;", "<![CDATA["]
)
def test_markup_in_words_comes_back_as_typed(edition, typed):
    text = f"CHAIR: We {typed} begin {typed}.\n\nALDER: {typed}\n\nCHAIR: Yes.\n"
    _imported(edition, text)
    document = load((edition / "tei/bad.xml").read_bytes(), "bad.xml")
    fidelity = compare(document, read_source("bad.txt", text.encode()))
    assert fidelity.same_characters == fidelity.characters
    assert run(edition, "build").code == 0
    assert f"We {typed} begin {typed}." in (edition / "output/text/bad.txt").read_text("utf-8")


# 48: expressions on which a search might take for ever


@pytest.mark.parametrize(
    "name",
    ["<Name>:", "<any><Name>:", "<Name> (<any>) (<any>):", "<Name>, <any>. –", "(a+)+$ <Name>:"],
)
def test_a_template_takes_no_longer_for_a_line_without_an_end(edition, name):
    (edition / "conventions").mkdir()
    (edition / "conventions/ours.toml").write_text(
        f"title = 'Ours'\n[labels]\nbefore_words = ['{name}']\non_own_line = ['{name}']\n",
        encoding="utf-8",
    )
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    signs = ("a", "a ", "A.", "(", "(a) ", "a, ")
    _put(edition, "\n".join("A" + sign * 50_000 for sign in signs))
    answer = run_apart(edition, "import", "bad.txt", "--convention", "ours")
    assert answer.code in (0, 2), answer
    assert "Traceback" not in answer.err
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - spent < 10


# 60: names of files


@pytest.mark.parametrize(
    "name", ["a\nb.txt", "--help.txt", "-rf", "n\udcff.txt", "x;y$(z).txt", "é\u202e.txt"]
)
def test_a_name_of_a_file_is_data(edition, name):
    path = edition / name
    path.write_text(WORDS, encoding="utf-8")
    answer = run_apart(edition, "import", "--id", "odd", "--", os.fsdecode(os.fsencode(name)))
    assert answer.code == 0, answer
    assert (edition / "tei/sources").joinpath("odd.txt").read_text(encoding="utf-8") == WORDS
    assert run(edition, "check", "odd").code == 0


# 67: lines


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n", "\n\r"])
def test_lines_may_end_in_any_way_and_the_last_need_not(edition, end):
    text = WORDS.replace("\n", end).removesuffix(end)
    assert _imported(edition, text).count("<sp ") == 3


# 68: what looks like a label, brackets without an end


def test_words_that_imitate_a_label_are_kept(edition):
    tei = _imported(edition, f"{WORDS}\nALDER: I will say this.\n\nNote: he said it himself.\n")
    assert "Note:" in tei
    assert "he said it himself." in tei


@pytest.mark.parametrize(
    "typed", ["(never closed", "[never closed", "closed only)", "(" * 10_000, "[x" * 10_000]
)
def test_a_bracket_without_a_partner_is_kept_and_asked_about(edition, typed):
    tei = _imported(edition, f"CHAIR: We begin.\n\nALDER: Here {typed}\n\nCHAIR: Yes.\n")
    assert typed in tei
    assert 'kind = "mark"' in (edition / "tei/bad.decisions.toml").read_text(encoding="utf-8")


# Files that are none, and places where nothing can be written


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "is empty"), (b" \n\t\r\n\n", "is empty"), ("\ufeff".encode(), "is empty")],
    ids=["nothing", "white space", "mark of the encoding"],
)
def test_a_file_without_words_is_refused(edition, data, said):
    assert said in refused(edition, "import", _put(edition, data))


def test_a_file_without_any_label_is_imported_and_that_is_said(edition):
    answer = run(edition, "import", _put(edition, "Some words.\n\nAnd more of them.\n"))
    assert answer.code == 0
    assert "No speaker was recognised; name them in stenogram.toml" in answer.err


def test_what_is_no_file_is_refused_with_what_to_do(edition):
    (edition / "folder.txt").mkdir()
    os.mkfifo(edition / "pipe.txt")
    said = refused(edition, "import", "folder.txt")
    assert said == "folder.txt is a folder; give the name of a file"
    assert "does not exist; check the name" in refused(edition, "import", "missing.txt")
    assert "a device or a pipe" in refused(edition, "import", "pipe.txt")


LIMITED = textwrap.dedent(
    """
    import resource, signal, sys
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
    from stenogram.cli import main
    main()
    """
)


@pytest.mark.parametrize("bytes_free", [0, 30, 3_000])
def test_a_full_disk_leaves_the_edition_as_it_was(edition, bytes_free):
    _put(edition, WORDS)
    before = tree(edition)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(bytes_free), "import", "bad.txt"],
        cwd=edition,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2, done
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(edition) == before


@pytest.mark.parametrize("place", ["tei/bad.xml", "tei/bad.decisions.toml", "tei/sources/bad.txt"])
def test_a_place_that_cannot_be_written_leaves_the_edition_as_it_was(edition, place):
    _put(edition, WORDS)
    (edition / place).mkdir()
    (edition / place / "in-the-way").touch()
    said = refused(edition, "import", "bad.txt")
    assert place in said


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for this user")
def test_a_folder_that_is_read_only_leaves_the_edition_as_it_was(edition):
    _put(edition, WORDS)
    (edition / "tei").chmod(0o555)
    try:
        said = refused(edition, "import", "bad.txt")
    finally:
        (edition / "tei").chmod(0o755)
    assert "cannot be written" in said


# Decisions files that were damaged


DAMAGED = {
    "[import": (":1: this cannot be read", "write each entry on a line of its own"),
    "[import]\n\nanswer = no quotes\n": (":3: this cannot be read", 'answer = "text"'),
    b"[import]\n\xff\n": (":2: this is not UTF-8", "save the file as UTF-8"),
    "[import]\nsource = 3\n": ("[import] has something else", "words between quotation marks"),
    "[import]\nsauce = '3'\n": ('[import] has an entry "sauce"', "there are only: source"),
    "\n[[decision]]\nkind = 'label'\n": (":2: this [[decision]] needs", "kind, line and text"),
    "[[decision]]\nkind = 'label'\nline = 'x'\ntext = 'y'\n": (":1: this", "than a whole number"),
    "[[decision]]\nkind = 'label'\nline = true\ntext = 'y'\n": (":1: this", "than a whole number"),
    "[[decision]]\nkind = 'a'\nline = 1\ntext = 'y'\nconfidence = nan\n": (":1:", "from 0 to 1"),
    "[[decision]]\nkind = 'a'\nline = 1\ntext = 'y'\nanswr = 'z'\n": (":1: this", '"answr"'),
    "[decisions]\n": ("may only hold", "not [decisions]"),
    "[decision]\n": ("may only hold", "[[decision]]"),
    "".join(
        f"[[decision]]\nkind = 'label'\nline = 1\ntext = 'A'\nanswer = '{answer}'\n"
        for answer in ("text", "label")
    ): (":6: there are two answers about line 1", '"text" and "label"; delete one'),
}


@pytest.mark.parametrize("text", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_decisions_file_is_refused_with_the_line_and_what_to_do(edition, text):
    path = edition / "tei/hearing.decisions.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    for arguments in (("import", "tei/sources/hearing.txt"), ("decide", "hearing")):
        said = refused(edition, *arguments)
        assert said.startswith("tei/hearing.decisions.toml")
        for words in DAMAGED[text]:
            assert words in said


@pytest.mark.parametrize("empty", [True, False])
def test_a_lost_decisions_file_is_said_to_be_lost(edition, empty):
    path = edition / "tei/hearing.decisions.toml"
    path.write_text("") if empty else path.unlink()
    said = refused(edition, "import", "tei/sources/hearing.txt")
    assert "does not say that it was imported" in said
    assert "bring that file back" in said


def test_a_decision_may_be_added_where_nothing_was_asked(edition):
    _imported(edition, WORDS)
    path = edition / "tei/bad.decisions.toml"
    added = "[[decision]]\nkind = 'abstract'\nline = 5\ntext = 'CHAIR'\nanswer = '5'\n"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{added}", encoding="utf-8")
    assert "<abstract" in _imported(edition, WORDS)
