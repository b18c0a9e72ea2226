"""Received files: any encoding, stated or recognised but never guessed silently; marked-up files.

A folder of ``cases/sources`` is a web page, a text in Markdown or a debate, ``source.*``, with the
lines that are read from it, ``lines.txt``: number, indent and words, and below them the role of the
line, its marks and signs, each with its place. ``pytest --golden`` writes them anew.
"""

import gzip
import re
import time
from pathlib import Path

import pytest
from commands import new_edition, run, tree
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from office import zipped
from pages import blocks, page, section
from places import HEARING

from stenogram.errors import SourceError
from stenogram.sources import (
    Annotation,
    Deletion,
    LineBreak,
    PageBreak,
    ParagraphStart,
    RemarkEdge,
    TypeChange,
    known_encodings,
    read_source,
)
from stenogram.sources.encoding import decode
from stenogram.sources.html import NOT_TEXT
from stenogram.sources.names import codec_of
from stenogram.tei.load import load
from stenogram.tei.names import tei

CASES = sorted((Path(__file__).parent / "cases" / "sources").iterdir())

FRENCH = (
    "LE PRÉSIDENT. La séance est ouverte à dix heures. Messieurs, êtes-vous prêts ?\n\n"
    "M. LEGRAND. Oui, monsieur le président. Où sont passés les procès-verbaux de février ?\n\n"
    "LE PRÉSIDENT. Ils ont été distribués hier, après le dîner ; ça ne vous a pas échappé.\n"
)
GERMAN = (
    "VORSITZENDER. Die Sitzung ist eröffnet. Ich begrüße Sie herzlich zu später Stunde.\n\n"
    "FRAU MÜLLER. Wir müssen über die Straße sprechen, die größer werden soll als nötig.\n\n"
    "VORSITZENDER. Dafür ist natürlich Zeit. Möchte sonst jemand das Wort? (Unruhe)\n"
)
POLISH = (
    "PRZEWODNICZĄCY. Otwieram posiedzenie. Proszę o zabranie głosu w sprawie budżetu.\n\n"
    "POSEŁ. Dziękuję, panie marszałku. Chciałbym zgłosić wniosek, żeby głosować później.\n"
)
RUSSIAN = (
    "ПРЕДСЕДАТЕЛЬ. Товарищи, заседание объявляю открытым. Слово имеет товарищ Иванов.\n\n"
    "ИВАНОВ. Я хотел бы сказать несколько слов о положении дел на нашем заводе.\n\n"
    "ГОЛОС С МЕСТА. Правильно! (Аплодисменты)\n"
)
GREEK = "ΠΡΟΕΔΡΟΣ. Η συνεδρίαση αρχίζει. Παρακαλώ, κύριοι, να καθίσετε στις θέσεις σας.\n"
CHINESE = "主席:会议现在开始。请各位代表发言。\n\n代表:我们同意这个建议,没有别的意见。谢谢主席。\n"
JAPANESE = (
    "議長:ただいまから会議を開きます。ご意見のある方はどうぞ。\n\n委員:ありがとうございます。\n"
)

TYPED = (
    *((FRENCH, name) for name in ("windows-1252", "iso-8859-1", "iso-8859-15", "macintosh")),
    *((FRENCH, name) for name in ("ibm850", "utf-16le", "utf-16be", "utf-32le", "utf-32be")),
    *((GERMAN, name) for name in ("windows-1252", "iso-8859-1", "macintosh", "ibm850")),
    *((POLISH, name) for name in ("windows-1250", "iso-8859-2", "ibm852")),
    *((RUSSIAN, name) for name in ("windows-1251", "koi8-r", "ibm866", "iso-8859-5")),
    *((RUSSIAN, name) for name in ("mac-cyrillic", "utf-16le", "utf-16be", "utf-32be")),
    (GREEK, "windows-1253"),
    *((CHINESE, name) for name in ("gb18030", "hz", "utf-16le", "utf-16be")),
    *((JAPANESE, name) for name in ("shift_jis", "euc-jp", "iso-2022-jp", "utf-16le")),
)
NOT_XML = re.compile("[\0-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def words_of(source):
    return [line.text for line in source.lines]


def typed_words(text):
    lines = (" ".join(re.split("[ \t\f]+", line)).strip(" ") for line in re.split("\r\n?|\n", text))
    return [line for line in lines if line.strip()]


def rows_of(line):
    """A source line with what the file says of it, as the case folders show it."""
    yield f"{line.number:>3} {' ' * line.indent}{line.text}"
    if line.role:
        yield f"      = {line.role}"
    for at, mark in line.marks:
        match mark:
            case ParagraphStart(role=role, turn=turn):
                yield f"      @{at} {role}{f' of turn {turn}' if turn else ''}"
            case RemarkEdge(begins):
                yield f"      @{at} remark {'begins' if begins else 'ends'}"
    for at, sign in line.signs:
        match sign:
            case TypeChange(faces, added, target):
                said = [*faces, *(["added"] if added else []), *([target] if target else [])]
                yield f"      @{at} {' '.join(said) or 'plain'}"
            case Deletion(words):
                yield f"      @{at} taken out: {words!r}"
            case PageBreak(number):
                yield f"      @{at} page {number}"
            case LineBreak(number):
                yield f"      @{at} printed line {number}"
            case Annotation(kind=kind, sign=mark, lines=lines):
                yield f"      @{at} {kind} {mark}"
                yield from (f"        {row}" for below in lines for row in rows_of(below))


def refused(name, data, encoding=""):
    with pytest.raises(SourceError) as caught:
        read_source(name, data, encoding)
    return str(caught.value)


def read_or_refuse(data, encoding="", name="any.txt"):
    """What is read, and what is said of a file that is not."""
    try:
        return read_source(name, data, encoding), ""
    except SourceError as error:
        return None, str(error)


# Encodings


@pytest.mark.parametrize(("text", "encoding"), TYPED)
def test_a_transcript_in_an_old_encoding_is_recognised_and_said_to_be(text, encoding):
    found = read_source("old.txt", text.encode(encoding))
    assert words_of(found) == typed_words(text)
    assert found.detection.encoding == found.encoding
    assert 0.9 < found.detection.confidence < 1
    assert f"in {found.encoding}".casefold() in found.detection.reason.casefold()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [FRENCH, RUSSIAN, CHINESE, "CHAIR. Yes.\n"])
def test_utf_8_and_a_byte_order_mark_are_certain(text, encoding):
    found = read_source("sure.txt", text.encode(encoding))
    assert words_of(found) == typed_words(text)
    assert found.encoding == encoding.removesuffix("-sig")
    assert found.detection is None


@pytest.mark.parametrize("mark", ["\ufeff"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be"])
def test_a_mark_may_be_named_too(mark, encoding):
    data = (mark + RUSSIAN).encode(encoding)
    family = encoding[:6].rstrip("lb")
    for name in ("", family, encoding):
        assert words_of(read_source("marked.txt", data, name)) == typed_words(RUSSIAN)


CHARACTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
    | st.sampled_from("éßøłżőЯяїωλ中会あア。,“”–\n\n "),
    min_size=1,
    max_size=120,
)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.filter_too_much])
@given(CHARACTERS, st.sampled_from(known_encodings()))
def test_what_is_read_in_the_encoding_named_is_what_was_typed(text, encoding):
    codec = codec_of(encoding)
    data = text.encode(codec, "ignore")
    try:
        typed = data.decode(codec)
    except UnicodeError:
        assume(False)
    assume(typed.encode(codec) == data and typed_words(typed))
    assume(not NOT_XML.search(typed))
    found, said = read_or_refuse(data, encoding)
    if said:
        # Bytes that look like a mark, a picture, XML …, or that no typist's program writes.
        assert re.search("begins with the mark|cannot read|is XML|is no character", said)
        return
    assert words_of(found) == typed_words(typed.removeprefix("\ufeff"))
    assert found.detection is None


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.filter_too_much])
@given(
    st.lists(st.sampled_from((FRENCH + GERMAN + POLISH + RUSSIAN + GREEK).split()), min_size=1),
    st.sampled_from(("windows-1252", "windows-1250", "koi8-r", "windows-1253", "macintosh")),
)
@example(["Café."], "windows-1252")
def test_other_words_are_never_read_without_a_decision(words, encoding):
    """Right, or with a decision that offers what is right, or refused; never silently other."""
    data = " ".join(words).encode(encoding, "ignore")
    typed = data.decode(encoding)
    assume(typed.strip())
    found, said = read_or_refuse(data)
    assert not said or "--encoding" in said
    if not said and found.detection is None:
        assert words_of(found) == typed_words(typed)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=80))
@example(b"\xff\xfe\0\0")
@example(b"\xef\xbb\xbf\0")
@example(b"<html>\0")
@example(b"~{")
@example(b"+AAA-")
def test_any_bytes_are_read_or_refused(data):
    for name in ("any.txt", "any.html"):
        try:
            found = read_source(name, data)
        except SourceError:
            continue
        assert found.lines
        assert not any(NOT_XML.search(line.text) for line in found.lines)


def test_ascii_with_plus_signs_tildes_and_braces_is_ascii():
    text = (
        "CHAIR. It is a+b-c, C++ and 5+6-7; ~{x~} {y}; +1-800-555 and +44-20.\n"
        "CHAIR. Then +ENCODING, and +ELLIPSIS.\n"
    )
    found = read_source("plus.txt", text.encode())
    assert words_of(found) == typed_words(text)
    assert found.detection is None


def test_utf_7_is_read_and_said_to_be():
    found = read_source("seven.txt", "CHAIR. Café, thé.".encode("utf-7"))
    assert words_of(found) == ["CHAIR. Café, thé."]
    assert found.detection.alternatives == ("utf-8",)


def test_a_large_file_is_recognised_by_its_lines_beyond_ascii():
    text = "CHAIR. All this is plain.\n" * 20_000 + GERMAN
    found = read_source("large.txt", text.encode("windows-1252"))
    assert found.lines[-1].text == typed_words(GERMAN)[-1]
    assert (found.encoding, found.detection.line) == ("windows-1252", 20_001)


# What is refused, and how it is said


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (
            b"CHAIR. Yes.\nCaf\xe9.\n",
            "",
            "f.txt is not UTF-8 (line 2, byte 0xe9), and its encoding cannot be recognised for "
            'certain; name it with --encoding: line 2 has "Café." in windows-1252, "CafΘ." in '
            'ibm437, "CafÚ." in ibm850, "CafÈ." in macintosh',
        ),
        (
            "Ça va. Où ça ?\r".encode() * 3 + b"\xe9",
            "",
            "f.txt is UTF-8, but damaged (line 4, byte 0xe9); ask for it again, mend it in a text "
            "editor, or name another encoding with --encoding",
        ),
        (
            b"CHAIR. \xc0\xaf",  # overlong
            "",
            "f.txt is UTF-8, but damaged (line 1, byte 0xc0); ask for it again, mend it in a text "
            "editor, or name another encoding with --encoding",
        ),
        (
            b"CHAIR.\r\n\xed\xa0\x80",  # half of a surrogate pair
            "",
            "f.txt is UTF-8, but damaged (line 2, byte 0xed); ask for it again, mend it in a text "
            "editor, or name another encoding with --encoding",
        ),
        (
            b"\xef\xbb\xbfCHAIR. Caf\xe9.",
            "",
            "f.txt is not UTF-8 (line 1, byte 0xe9); it is damaged there, and has to be received "
            "again",
        ),
        (
            b"\xff\xfe" + "CHAIR.\n".encode("utf-16le") + b"\x00\xd8A\0",
            "",
            "f.txt is not UTF-16LE (line 2, byte 0x00); it is damaged there, and has to be "
            "received again",
        ),
        (
            b"\xff\xfeC",
            "",
            "f.txt is not UTF-16LE (line 1, byte 0x43); it is damaged there, and has to be "
            "received again",
        ),
        (
            b"\xff\xfeCHAIR. Yes, it is.",
            "",
            "f.txt begins with the mark of UTF-16LE, but the rest reads as UTF-8; delete the mark, "
            "or save the file again as UTF-8",
        ),
        (
            b"\xfe\xff" + "CHAIR. Yes.".encode("utf-16le"),
            "",
            "f.txt begins with the mark of UTF-16BE, but the rest reads as UTF-16LE; delete the "
            "mark, or save the file again as UTF-8",
        ),
        (
            b"\xef\xbb\xbfCHAIR.",
            "cp1252",
            "f.txt begins with the mark of UTF-8 and cannot be windows-1252; name that, or "
            "no encoding",
        ),
        (
            b"CHAIR. \0\1\2",
            "",
            "f.txt is not a text file (it holds NUL bytes); open it in the program it was made "
            "with and save it as plain text (UTF-8)",
        ),
        (
            b"\x7fELF" + bytes(range(256)) * 9,
            "",
            "f.txt is not a text file (it holds NUL bytes); open it in the program it was made "
            "with and save it as plain text (UTF-8)",
        ),
        (
            b"CHAIR.\n\nYes, \x81.",
            "windows-1252",
            "f.txt is not windows-1252 (line 3, byte 0x81); name another encoding, or none to "
            "have it recognised",
        ),
        (
            b"CHAIR.\nYes, \x93so\x94.",
            "latin-1",
            "f.txt is not iso-8859-1 (line 2, byte 0x93 is no character there); name another "
            "encoding, such as windows-1252, or none to have it recognised",
        ),
        (
            b"CHAIR.",
            "windows1252",
            '"windows1252" is not an encoding that stenogram knows; did you mean "windows-1252"?',
        ),
        (
            b"CHAIR.",
            "rot13",
            '"rot13" is not an encoding that stenogram knows; names are e.g. windows-1252, koi8-r, '
            "utf-16",
        ),
        (
            b"CHAIR.",
            "../unicode_escape",
            '"../unicode_escape" is not an encoding that stenogram knows; names are e.g. '
            "windows-1252, koi8-r, utf-16",
        ),
        (
            b"\x1b[31mCHAIR.",
            "",
            "f.txt:1:1 holds the character U+001B, which XML cannot hold; delete or replace it",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(data, encoding, message):
    assert refused("f.txt", data, encoding) == message


def test_half_a_surrogate_pair_in_utf_7_is_refused():
    assert "f.txt:1:8 holds the character U+D800" in refused("f.txt", b"CHAIR. +2AA-", "utf-7")


@pytest.mark.parametrize("name", ["zip", "base64", "idna", "undefined", "mbcs", "x" * 5_000, "\0"])
def test_what_python_calls_an_encoding_but_is_none_of_text_is_not_known(name):
    assert "is not an encoding that stenogram knows" in refused("f.txt", b"CHAIR. Yes.", name)


SAVE = "save it as plain text (UTF-8)"
OFFICE = "open it in Word or LibreOffice, and save it as .docx or .odt"
PICTURE = "have its words recognised (OCR), correct them, and save them as plain text (UTF-8)"
PROGRAM = f"open it in the program it was made with and {SAVE}"
UNPACK = "unpack it, and import the files in it one by one"


@pytest.mark.parametrize(
    ("data", "kind", "advice"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "an old Word document (.doc)", OFFICE),
        (b"{\\rtf1 words}", "a rich-text document (.rtf)", OFFICE),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0" + "EncryptedPackage\0".encode("utf-16le"),
            "a document protected by a password",
            "open it in the program it was made with, take the password off, and save it again",
        ),
        (zipped({"xl/workbook.xml": "", "word/": ""}), "a spreadsheet", PROGRAM),
        (zipped({"xl/workbook.xml": ""}), "a spreadsheet", PROGRAM),
        (zipped({"ppt/presentation.xml": ""}), "a presentation", PROGRAM),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.graphics", "content.xml": ""}),
            "an OpenDocument file that is no text",
            PROGRAM,
        ),
        (
            zipped({"mimetype": "application/vnd.sun.xml.writer", "content.xml": ""}),
            "an old OpenOffice document (.sxw)",
            OFFICE,
        ),
        (zipped({"mimetype": "application/epub+zip"}), "an electronic book (.epub)", UNPACK),
        (zipped({"a.txt": "", "b.txt": ""}), "an archive (.zip)", UNPACK),
        (gzip.compress(b"CHAIR."), "a compressed file", UNPACK),
        (b"7z\xbc\xaf\x27\x1c", "an archive", UNPACK),
        (b"\x89PNG\r\n", "an image", PICTURE),
        (b"GIF89a", "an image", PICTURE),
        (
            b"ID3\x03\0",
            "a recording",
            "write down what is said, and save it as plain text (UTF-8)",
        ),
    ],
)
@pytest.mark.parametrize("name", ["f.txt", "f.html", "f"])
def test_a_file_that_is_no_text_is_known_by_its_content(name, data, kind, advice):
    assert refused(name, data) == f"{name} is {kind}, which stenogram cannot read; {advice}"


# Lines


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "koi8-r"])
def test_lines_are_counted_whatever_ends_them(end, encoding):
    text = RUSSIAN.replace("\n", end)
    found = read_source("lines.txt", text.encode(encoding))
    assert [line.number for line in found.lines] == [1, 3, 5]
    assert words_of(found) == typed_words(RUSSIAN)


def test_line_ends_may_be_mixed_or_missing():
    found = read_source("mixed.txt", b"A\r\nB\rC\n\rD\n\n\r\nE")
    assert [(line.number, line.text) for line in found.lines] == [
        (1, "A"),
        (2, "B"),
        (3, "C"),
        (5, "D"),
        (8, "E"),
    ]


def test_other_separators_are_characters_and_form_feeds_are_reported():
    found = read_source("other.txt", "a\u0085b\u2028c\u2029d\x0ce\n\x0c\nf".encode())
    assert words_of(found) == ["a\u0085b\u2028c\u2029d e", "f"]
    assert found.form_feeds == (1, 2)


def test_the_signs_of_markdown_are_left_out_and_counted():
    text = "# Agenda\n\nWH: *Yes*, see [1](https://example.org/).\n- `code`\n"
    found = read_source("notes.md", text.encode())
    assert words_of(found) == ["Agenda", "WH: Yes, see 1.", "- code"]
    assert [line.number for line in found.lines] == [1, 3, 4]
    assert found.left_out == ("9 signs of the markup",)
    plain = read_source("notes.txt", text.encode())
    assert (words_of(plain), plain.left_out) == (typed_words(text), ())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_markdown_are_those_of_the_file(end):
    text = "AA: *one\n\n\ntwo*\n> - three\n>\n>   four\n\n```\n\nfive\n```\n".replace("\n", end)
    found = read_source("lines.md", text.encode())
    assert [(line.number, line.text) for line in found.lines] == [
        (1, "AA: *one"),
        (4, "two*"),
        (5, "- three"),
        (7, "four"),
        (9, "```"),
        (11, "five"),
        (12, "```"),
    ]


@pytest.mark.parametrize(
    "unit", ["[", "[a](", "*a*a_b**", "`", "> ", "- ", "[^1]", "|a|b|\n|-|-|\n", "<a", "![", "~~a"]
)
def test_the_time_to_read_markdown_is_in_proportion_to_its_size(unit):
    def seconds(times):
        begun = time.perf_counter()
        read_or_refuse((unit * times).encode(), name="any.md")
        return time.perf_counter() - begun

    seconds(100)
    assert seconds(16_000) < 10 * seconds(4_000) + 0.5


@pytest.mark.parametrize("prefix", ["any", "<html>"])
@pytest.mark.parametrize(
    "unit",
    [b"Yes. ", b"Yes.\n", b"Yes.\r", "Да. ".encode(), b"<p>", b"&", b"<", b"<!--x-->", b"<b><i>x"],
)
def test_the_time_to_read_a_file_is_in_proportion_to_its_size(unit, prefix):
    def seconds(times):
        data = prefix.encode() + unit * times + b"</b> end."
        begun = time.process_time()
        read_source("any.txt", data)
        return time.process_time() - begun

    few = min(seconds(50_000) for _ in range(3))
    assert seconds(200_000) < 4 * max(few, 0.02) * 3


# Web pages


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_marked_up_file_gives_the_lines_that_its_reader_sees(case, golden):
    (file,) = case.glob("source.*")
    found = read_source(file.name, file.read_bytes())
    lines = [row for line in found.lines for row in rows_of(line)]
    lines += [f"turn {turn}: {one.name}" for turn, one in enumerate(found.turns, 1)]
    lines.append(f"left out: {', '.join(found.left_out) or 'nothing'}")
    golden(case / "lines.txt", "".join(f"{line}\n" for line in lines).encode())


@pytest.mark.parametrize(
    "page",
    [
        "<p>Yes<sup><a href='#n'>1</a></sup>. <p>See 1.",
        "<p>Yes<sup><a href='#n'>1</a></sup>. <p id='n'>The next paragraph.",
        "<p>Yes<sup><a href='#n'>1</a></sup>. <p id='n'>1 See.<p id='n'>1 Again.",
        "<p id='n'>1 See above.<p>Yes<sup><a href='#n'>1</a></sup>.",
        "<p>Yes<a href='#n'>1</a>. <p id='n'>1 See.",
        "<p>Yes<sup><a href='#n'>more of this</a></sup>. <p id='n'>more See.",
        "<p>Yes<del><sup><a href='#n'>1</a></sup></del>. <p id='n'>1 See.",
    ],
    ids=["no target", "other words", "two", "before", "in the line", "long", "deleted"],
)
def test_what_may_be_no_note_stays_where_it_is(page):
    found = read_source("page.html", page.encode())
    assert "".join("".join(line.typed.split()) for line in found.lines) == "".join(
        re.sub("<[^>]*>", "", page).split()
    )
    assert list(found.all_lines) == list(found.lines)


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html>", "<!-- saved -->\n<HTML>", '<?xml version="1.0"?><html>', " <body>"]
)
def test_a_page_is_known_by_its_first_tag_whatever_its_name_is(start):
    found = read_source("page.txt", f"{start}<p>CHAIR. <b>Yes</b>.</p>".encode())
    assert words_of(found) == ["CHAIR. Yes."]


@pytest.mark.parametrize("start", ["<?xml version='1.0'?>", "<TEI>", "<!DOCTYPE TEI>"])
@pytest.mark.parametrize("name", ["f.txt", "f.html", "f.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_is_refused_whatever_its_name_and_encoding_are(start, name, encoding):
    assert refused(name, f"{start}<!-- a -->\n<text/>".encode(encoding)) == (
        f"{name} is XML, but no debate in Akoma Ntoso; put TEI into tei/ as it is, or save the "
        "words alone as plain text (UTF-8)"
    )


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (
            '<?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="x">',
            "a Word document",
        ),
        ('<pkg:package xmlns:pkg="x">', "a Word document"),
        ("<office:document>", "a flat OpenDocument file (.fodt)"),
    ],
)
def test_a_document_saved_as_one_piece_of_xml_is_refused_with_the_way_out(start, kind):
    said = refused("f.xml", f'<?xml version="1.0"?>\n{start}'.encode())
    assert said.startswith(f"f.xml is {kind}")
    assert said.endswith(f", which stenogram cannot read; {OFFICE}")


@pytest.mark.parametrize(
    ("claim", "encoding", "read_as"),
    [
        ('<meta charset="windows-1251">', "windows-1251", "windows-1251"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=KOI8-R">',
            "koi8-r",
            "koi8-r",
        ),
        ("<?xml version='1.0' encoding='iso-8859-5'?><html>", "iso-8859-5", "iso-8859-5"),
        ('<meta charset="koi8-r">', "utf-16", "utf-16"),  # the mark counts for more
        ('<meta charset="utf-16">', "utf-8", "utf-8"),  # as browsers do: it can be read
    ],
)
def test_the_encoding_that_a_page_declares_is_taken(claim, encoding, read_as):
    found = read_source("page.html", f"{claim}<p>Товарищи!</p>".encode(encoding))
    assert words_of(found) == ["Товарищи!"]
    assert (found.encoding, found.detection) == (read_as, None)


def test_latin_1_is_windows_1252_on_the_web():
    found = read_source("page.html", b"<meta charset=iso-8859-1><p>\x93Caf\xe9\x94")
    assert (words_of(found), found.encoding) == (["“Café”"], "windows-1252")


def test_a_page_that_declares_another_encoding_than_it_has_gives_a_decision():
    found = read_source("page.html", f"<meta charset=iso-8859-1><p>{GERMAN}".encode())
    assert (found.encoding, found.detection.alternatives) == ("utf-8", ("windows-1252",))
    assert found.detection.reason.startswith(
        "The file says that it is windows-1252, but is UTF-8 throughout. Line 1 has "
    )
    sure = read_source("page.html", f"<meta charset=iso-8859-1><p>{RUSSIAN}".encode())
    assert sure.detection is None  # the other encoding lacks some of the bytes
    unread = read_source("page.html", f"<meta charset=utf-8><p>{RUSSIAN}".encode("koi8-r"))
    assert unread.detection.encoding == "koi8-r"


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (
            "<p>Yes\n<p>No<script>x",
            "p.html:2: <script> has no </script> after it, so that the rest of the file would be "
            "lost; put it where it belongs, or ask for the file again",
        ),
        (
            "<p>Yes<!-- No.",
            "p.html:1: a comment has no --> after it, so that the rest of the file would be lost; "
            "put it where it belongs, or ask for the file again",
        ),
        (
            "<p>Yes\n<b class='x",
            "p.html:2: a tag has no > after it, so that the rest of the file would be lost; put it "
            "where it belongs, or ask for the file again",
        ),
        (
            "<p>Yes&#0;",
            "p.html holds a character reference such as &#0; that stands for no character; delete "
            "or replace it",
        ),
        (
            "<p>Yes&#xD800;",
            "p.html holds a character reference such as &#0; that stands for no character; delete "
            "or replace it",
        ),
        (
            "<pre>Yes\nNo&#1;",
            "p.html:2:3 holds the character U+0001, which XML cannot hold; delete or replace it",
        ),
        (
            "<p " + "a=1 " * 10_000 + ">Yes",
            "p.html:1: a tag has more than 5000 attributes; delete them",
        ),
        ("<script></script><p>\n\n&nbsp;", "p.html is empty; there is nothing to import"),
        ("", "p.html is empty; there is nothing to import"),
    ],
)
def test_a_page_of_which_something_would_be_lost_is_refused(page, message):
    assert refused("p.html", page.encode()) == message


def test_a_page_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("stenogram.sources.html.LARGEST", 1 << 20)
    page = f"<p>{'x' * (1 << 20)}".encode()
    assert refused("p.html", page) == "p.html is larger than 1 MB; split it into parts"


def test_no_depth_of_a_page_loses_a_word():
    found = read_source("deep.html", b"<div>x<b>y" * 20_000)
    assert words_of(found) == ["xy"] * 20_000


WORDS = st.text(st.sampled_from("abcé <>&\"'\u00a0"), max_size=12)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.tuples(st.sampled_from(["p", "b", "div", "td", "pre", "foo", "br"]), WORDS)),
    st.booleans(),
)
def test_every_word_of_a_page_is_read_however_odd_its_tags_are(pieces, closed):
    def escaped(text):
        return text.replace("&", "&amp;").replace("<", "&lt;")

    page = "<html>" + "".join(
        f"<{tag}>{escaped(text)}" + (f"</{tag}>" if closed else "") for tag, text in pieces
    )
    words = "".join("".join(text.split()) for _, text in pieces)
    found, said = read_or_refuse(page.encode())
    if not words:
        assert "is empty" in said
        return
    assert not said
    assert "".join("".join(line.text.split()) for line in found.lines) == words


# docs/received-files.md


def test_the_page_for_archivists_lists_all_encodings():
    listed = [
        name
        for row in section("received-files", "Names of encodings").splitlines()
        for name in re.findall("`([^`]+)`", row)
        if row.startswith("| `")
    ]
    assert sorted(listed) == known_encodings()


def test_the_page_for_archivists_counts_lines_as_they_are_counted():
    (html,) = blocks("received-files", "html")
    _, _, after = page("received-files").partition(html.text)
    typed = next(one.text for one in blocks("received-files", "text") if one.text in after)
    found = read_source("page.html", html.text.encode())
    shown = {int(row.split()[0]): row[3:] for row in typed.splitlines() if row[1:].strip()}
    assert {line.number: " " * line.indent + line.text for line in found.lines} == shown


def test_the_page_for_archivists_names_what_is_left_out():
    listed = section("received-files", "Web pages").split("Left out, as no text")[1]
    assert set(re.findall("`([a-z]+)`", listed.split("which a browser")[0])) == set(NOT_TEXT)


# Debates in Akoma Ntoso


AKN = '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">{}</akomaNtoso>'
SPEECH = '<debate><meta/><debateBody><speech by="#a"><p>Yes.</p></speech></debateBody></debate>'


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (
            '<!DOCTYPE akomaNtoso SYSTEM "http://example.org/a.dtd">' + AKN.format(SPEECH),
            "f.xml:1:",
        ),
        (
            '<?xml version="1.0"?>\n<!DOCTYPE akomaNtoso [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'
            + AKN.format(SPEECH.replace("Yes", "&a;")),
            "f.xml:2: a document type declaration is not allowed",
        ),
        (AKN.format(SPEECH.replace("Yes", "&a;")), "undefined entity"),
        (AKN.format(SPEECH.replace("</p>", "")), "f.xml:1:"),
        (AKN.format("<act><body><p>Yes.</p></body></act>"), "it holds <act>"),
        (AKN.format("<debate><meta/><debateBody/></debate>"), "f.xml is empty"),
        (
            AKN.format(SPEECH.replace("<p>", "<div>" * 300 + "<p>")),
            "elements are nested deeper than 250",
        ),
        ("<TEI>" + AKN.format(SPEECH) + "</TEI>", "no debate in Akoma Ntoso; put TEI into tei/"),
        ('<?xml version="1.0"?><minutes><p>Yes.</p></minutes>', "save the words alone as plain"),
    ],
    ids=["DTD", "entity", "no entity", "not well-formed", "act", "empty", "deep", "TEI", "other"],
)
def test_xml_that_is_no_debate_is_refused_with_the_way_out(xml, said):
    assert said in refused("f.xml", xml.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_a_debate_may_be_in_any_encoding(encoding):
    xml = f'<?xml version="1.0" encoding="{encoding}"?>\n' + AKN.format(SPEECH.replace("Y", "É"))
    found = read_source("f.txt", xml.encode(encoding))
    known = "windows-1252" if encoding == "iso-8859-1" else encoding
    assert (words_of(found), found.encoding) == (["Ées."], known)


def test_each_person_of_a_debate_is_one_whatever_refers_to_them():
    references = (
        '<TLCPerson eId="a" href="/ann" showAs="Ann Low"/>'
        '<TLCPerson id="b" href="/ann" showAs="Low"/>'
        '<TLCOrganization eId="c" href="/all" showAs="Members"/>'
    )
    turns = "".join(
        f"<speech {by}><from>{label}</from><p>Yes.</p></speech>"
        for by, label in [
            ('by="#a"', "Ms LOW:"),
            ('by="#b"', "The CHAIR:"),
            ('by="/ann"', ""),
            ('by="#c"', "MEMBERS."),
            ('by="#nobody"', "Mr Birch –"),
            ("", "Mr  Cedar:"),
            ("", "Mr\nCedar."),
            ("", 'The Chair (<person refersTo="#a">Low</person>)'),
            ("", ""),
        ]
    )
    meta = f"<meta><references>{references}</references></meta>"
    xml = f"<debate>{meta}<debateBody>{turns}</debateBody></debate>"
    found = read_source("f.xml", AKN.format(xml).encode())
    assert [(one.name, one.group) for one in found.turns] == [
        ("Ann Low", False),
        ("Low", False),
        ("Ann Low", False),
        ("Members", True),
        ("Mr Birch", False),
        ("Mr Cedar", False),
        ("Mr Cedar", False),
        ("Ann Low", False),
        ("Unknown speaker", False),
    ]
    keys = [one.key for one in found.turns]
    assert keys[0] == keys[1] == keys[2] == keys[7]
    assert keys[5] == keys[6]
    assert len(set(keys)) == 5


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ('<eop number="4"/>Yes.<eop number="5"/> No.', ["4", "5"]),
        ('Yes.<eop number="4"/> No.<eop number="5"/> Why?', ["5", ""]),
    ],
    ids=["what begins", "what ends"],
)
def test_the_number_at_a_page_end_is_that_of_the_page_that_ends_unless_none_does(words, pages):
    found = read_source("f.xml", AKN.format(SPEECH.replace("Yes.", words)).encode())
    signs = [sign for line in found.lines for _, sign in line.signs]
    assert signs == [PageBreak(number) for number in pages]


@pytest.mark.parametrize(
    "unit",
    [
        "<speech><p>Yes.</p></speech>",
        "<p/>",
        "Yes. ",
        "Yes.\n",
        "<num>1</num>",
        "<p><remark>(A)</remark>b</p>",
        "<p>x<authorialNote><p>y</p></authorialNote></p>",
        "<speech><from>Mr A</from></speech>",
    ],
)
def test_the_time_to_read_a_debate_is_in_proportion_to_its_size(unit):
    def seconds(times):
        begun = time.perf_counter()
        xml = f"<debate><meta/><debateBody>{unit * times}</debateBody></debate>"
        read_or_refuse(AKN.format(xml).encode())
        return time.perf_counter() - begun

    seconds(100)
    assert seconds(16_000) < 10 * seconds(4_000) + 0.5


# From the file to the check, and again


@pytest.fixture
def edition(tmp_path):
    """An edition with one document, ``hearing``."""
    return new_edition(tmp_path / "edition")


def received(edition, name, data):
    path = edition.parent / name
    path.write_bytes(data)
    return str(path)


def checked(edition, document):
    answer = run(edition, "check", document)
    assert answer.code == 0, answer.out
    return answer.out


PAGE = (
    b"<html><head><title>T</title></head><body><h1>COUNCIL</h1><p>CHAIR. The meeting is open. "
    b"(Laughter)<p>MEMBERS.<br>Yes &amp; no.</p><pre>\nCHAIR. As typed,\n   set in.\n</pre>"
    b"<p>CHAIR. The end.</body></html>"
)

DEBATE = (Path(__file__).parent / "cases/import/akoma-ntoso/source.xml").read_bytes()
MARKDOWN = (
    b"# The bridge\n\nAA: The *meeting* is [open](https://example.org/open).[^1]\n\n*Laughter*\n\n"
    b"> BB: Not **yet**.\n\nAA: `x = 1`, and 2 * 3.\n\n*Applause*\n\n[^1]: At ten _sharp_.\n"
)


@pytest.mark.parametrize(
    ("name", "data", "encoding"),
    [
        ("old.txt", FRENCH.encode("windows-1252"), "windows-1252"),
        ("old.txt", RUSSIAN.encode("koi8-r"), "koi8-r"),
        ("old.txt", RUSSIAN.replace("\n", "\r\n").encode("utf-16"), "utf-16"),
        ("old.txt", RUSSIAN.replace("\n", "\r").encode("utf-16be"), "utf-16be"),
        ("old.html", PAGE, ""),
        ("old.md", MARKDOWN, ""),
        ("old.xml", DEBATE, ""),
        ("old.xml", DEBATE.replace(b"\n", b" "), ""),
        ("old.htm", f"<meta charset=koi8-r><p>{RUSSIAN}".encode("koi8-r"), "koi8-r"),
    ],
)
def test_what_was_imported_is_found_again_whole_and_twice_gives_the_same_bytes(
    edition, name, data, encoding
):
    path = received(edition, name, data)
    assert run(edition, "import", path).code == 0
    assert "100 %" in checked(edition, "old")
    first = tree(edition)
    assert run(edition, "import", path).code == 0
    assert tree(edition) == first
    header = load((edition / "tei/old.xml").read_bytes(), "old.xml").root
    stated = [i.text for i in header.iter(tei("idno")) if i.get("type") == "encoding"]
    assert stated == ([encoding] if encoding else [])
    assert (edition / "tei/sources" / name).read_bytes() == data


def test_an_import_says_which_encoding_it_took_and_where_to_answer(edition):
    said = run(edition, "import", received(edition, "old.txt", RUSSIAN.encode("koi8-r"))).err
    assert said.startswith("tei/old.xml is written: 3 turns, 3 speakers.\nLanguage: ru. ")
    assert '\nThe encoding is probably koi8-r. Line 1 has "ПРЕДСЕДАТЕЛЬ" in koi8-r, ' in said
    assert "Decisions to look at in tei/old.decisions.toml: " in said
    page = run(edition, "import", received(edition, "page.html", PAGE)).err
    assert "\nLeft out, as no text: title.\n" in page
    plain = run(edition, "import", str(HEARING), "--id", "plain").err
    assert "encoding" not in plain
    assert "Left out" not in plain


def test_an_answer_about_the_encoding_is_taken_again(edition):
    path = received(edition, "old.txt", RUSSIAN.encode("koi8-r"))
    assert run(edition, "import", path).code == 0
    decisions = edition / "tei/old.decisions.toml"
    text = decisions.read_text(encoding="utf-8")
    assert text.count('kind = "encoding"') == 1
    answered = text.replace('answer = ""\nremark = ""', 'answer = "ibm866"\nremark = "A test."', 1)
    decisions.write_text(answered, encoding="utf-8")
    for _ in range(2):
        said = run(edition, "import", path).err
        assert "probably" not in said
        assert "fits nothing" not in said
        tei_text = (edition / "tei/old.xml").read_text(encoding="utf-8")
        assert '<idno type="encoding">ibm866</idno>' in tei_text
        assert RUSSIAN.encode("koi8-r").decode("ibm866").split()[0].rstrip(".") in tei_text
        assert 'answer = "ibm866"\nremark = "A test."' in decisions.read_text(encoding="utf-8")
        assert "100 %" in checked(edition, "old")


def test_an_answer_that_is_no_encoding_is_refused(edition):
    path = received(edition, "old.txt", RUSSIAN.encode("koi8-r"))
    assert run(edition, "import", path).code == 0
    decisions = edition / "tei/old.decisions.toml"
    text = decisions.read_text(encoding="utf-8").replace('answer = ""', 'answer = "koi9"', 1)
    decisions.write_text(text, encoding="utf-8")
    said = run(edition, "import", path)
    assert said.code == 2
    assert said.err == (
        'stenogram: "koi9" is not an encoding that stenogram knows; did you mean "koi8-u"?\n'
    )


def test_an_encoding_that_was_named_is_kept_and_not_asked_about(edition):
    path = received(edition, "old.txt", b"CHAIR. Yes.\n\nMEMBERS. Caf\xe9.\n")
    assert run(edition, "import", path).code == 2
    assert run(edition, "import", path, "--encoding", "CP1252").code == 0
    assert "100 %" in checked(edition, "old")
    first = tree(edition)
    decisions = (edition / "tei/old.decisions.toml").read_text(encoding="utf-8")
    assert 'encoding = "windows-1252"' in decisions
    assert 'kind = "encoding"' not in decisions
    assert run(edition, "import", path).code == 0
    assert tree(edition) == first


def test_a_check_reads_the_file_in_the_encoding_that_the_header_states(edition):
    path = received(edition, "old.txt", RUSSIAN.encode("koi8-r"))
    assert run(edition, "import", path).code == 0
    tei_file = edition / "tei/old.xml"
    text = tei_file.read_text(encoding="utf-8")
    tei_file.write_text(text.replace(">koi8-r<", ">ibm866<"), encoding="utf-8")
    answer = run(edition, "check", "old")
    assert answer.code == 1
    assert "F01" in answer.out
    tei_file.write_text(text.replace(">koi8-r<", ">rot13<"), encoding="utf-8")
    answer = run(edition, "check", "old")
    assert answer.code == 1
    assert '"rot13" is not an encoding that stenogram knows' in answer.out


def test_a_header_with_an_encoding_is_valid_by_tei_s_own_schema(edition, shared):
    from lxml import etree

    schema = etree.RelaxNG(etree.parse(shared("tei/tei_all.rng")))
    for name, data in (("old.txt", RUSSIAN.encode("koi8-r")), ("page.html", PAGE)):
        assert run(edition, "import", received(edition, name, data)).code == 0
        document = etree.parse(edition / f"tei/{name.split('.')[0]}.xml")
        schema.assertValid(document)


# Transcripts of other people


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16le", "utf-16be", "utf-32", "windows-1252", "macintosh"]
)
def test_a_real_transcript_reads_the_same_in_every_encoding(shared, encoding):
    data = shared("transcripts/de-bundestag-17033.cp1252.txt").read_bytes()
    codec = codec_of(encoding)
    text = data.decode("cp1252").encode(codec, "ignore").decode(codec)
    assert decode("de.txt", text.encode(codec)).text == text


@pytest.mark.parametrize("encoding", ["gb18030", "big5-hkscs", "utf-16le"])
def test_a_real_chinese_transcript_reads_the_same_in_every_encoding(shared, encoding):
    text = shared("transcripts/zh-hk-legco-2013-02-21.txt").read_bytes().decode()
    typed = text.encode(encoding, "ignore").decode(encoding)
    assert decode("zh.txt", typed.encode(encoding)).text == typed


def test_a_real_web_page_gives_the_lines_of_its_text(shared):
    data = shared("transcripts/en-crec-2005-07-20-H6117.html").read_bytes()
    found = read_source("crec.html", data)
    inside = data.decode().partition("<pre>")[2].partition("</pre>")[0]
    plain = re.sub("<[^<>]*>", "", inside).replace("&lt;", "<").replace("&gt;", ">")
    assert words_of(found) == typed_words(plain.replace("&amp;", "&"))
