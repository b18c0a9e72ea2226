"""Files of word processors that are damaged, or made to do harm: each gets a plain message."""

import io
import re
import struct
import time
import tracemalloc
import zipfile
from random import Random

import pytest
from office import docx, docx_parts, lines, note, odt, odt_parts, p, r, refers, zipped

from stenogram.errors import SourceError
from stenogram.sources import packages, read_source

WORD = docx(
    p(r("CHAIR.", "<w:b/>"), " Yes.", refers("footnote", 1)), footnotes=note("footnote", 1, "No.")
)
ODT = odt("CHAIR. Yes.", "<text:p>No.</text:p>")
BOTH = [("m.docx", WORD), ("m.odt", ODT)]


def refused(data, name="m.docx", encoding=""):
    """What is said of a file that is not read."""
    with pytest.raises(SourceError) as caught:
        read_source(name, data, encoding)
    return str(caught.value)


def said_or_words(name, data):
    """The words of a file, or the name of it that a refusal begins with."""
    try:
        return [line.text for line in read_source(name, data).all_lines]
    except SourceError as error:
        return str(error)[: len(name)]


def with_member(name, content=b"x", **attributes):
    """A Word document with one more member."""
    file = io.BytesIO(docx("CHAIR. Yes."))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        for attribute, value in attributes.items():
            setattr(info, attribute, value)
        archive.writestr(info, content, attributes.get("compress_type", zipfile.ZIP_DEFLATED))
    return file.getvalue()


# What is known, and by what


@pytest.mark.parametrize("name", ["m.docx", "m.docm", "m.dotx", "m.txt", "m.html", "m"])
def test_a_word_document_is_known_by_its_content(name):
    assert [line.text for line in read_source(name, WORD).lines] == ["CHAIR. Yes."]


@pytest.mark.parametrize("kind", ["", "-template", "-master", "-web"])
def test_an_opendocument_text_is_known_by_its_type(kind):
    parts = odt_parts("CHAIR. Yes.")
    parts["mimetype"] += kind
    assert lines(zipped(parts)) == ["CHAIR. Yes."]


def test_an_opendocument_text_without_its_type_is_known_by_what_is_in_it():
    parts = odt_parts("CHAIR. Yes.")
    del parts["mimetype"]
    assert lines(zipped(parts)) == ["CHAIR. Yes."]


def test_the_text_of_a_word_document_may_have_another_name():
    parts = docx_parts("CHAIR. Yes.")
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace("document.xml", "document2.xml")
    assert lines(zipped(parts)) == ["CHAIR. Yes."]


@pytest.mark.parametrize("data", [WORD, ODT])
def test_an_encoding_cannot_be_named_for_a_file_that_states_its_own(data):
    assert refused(data, encoding="windows-1252") == (
        "m.docx says itself how it is encoded; import it without --encoding"
    )


@pytest.mark.parametrize("data", [b"CHAIR. Yes.", b"<html>Yes", b"P", b"PK", b"PK\3"])
@pytest.mark.parametrize("name", ["m.docx", "m.DOCM", "m.odt"])
def test_a_file_that_only_has_the_name_of_a_document_is_refused(data, name):
    assert f"{name} is named like a document of a word processor, but is none" in refused(
        data, name
    )


@pytest.mark.parametrize(
    "data",
    [
        docx(""),
        docx(p("<w:r><w:drawing><pic:pic/></w:drawing></w:r>")),
        odt(""),
        odt("<text:p><draw:frame><draw:image/></draw:frame></text:p>"),
    ],
)
def test_a_document_without_words_is_refused(data):
    assert refused(data) == (
        "m.docx is empty; there is nothing to import. If it holds pictures of pages, have their "
        "words recognised (OCR)"
    )


@pytest.mark.parametrize(
    "data",
    [
        docx(p(f"<w:del>{r('Gone.')}</w:del>")),
        docx(p(refers("comment", 0)), comments=note("comment", 0, "Only a comment.")),
    ],
)
def test_a_document_with_no_words_of_its_own_is_refused(data):
    assert refused(data) == (
        "m.docx has no words but in notes, or such as are hidden or taken out by recorded changes; "
        "show them, or reject these changes, and save it again"
    )


# Damage


@pytest.mark.parametrize(("name", "data"), BOTH)
def test_a_file_that_ends_too_early_is_refused_wherever_it_ends(name, data):
    for size in range(len(data)):
        assert refused(data[:size], name).startswith(name)


@pytest.mark.parametrize(("name", "data"), BOTH)
def test_a_file_with_a_bit_turned_is_refused_or_has_the_same_words(name, data):
    random = Random(66)  # noqa: S311
    words = [line.text for line in read_source(name, data).all_lines]
    for _ in range(2_000):
        place, bit = random.randrange(len(data)), random.randrange(8)
        damaged = bytearray(data)
        damaged[place] ^= 1 << bit
        assert said_or_words(name, bytes(damaged)) in (name, words)


@pytest.mark.parametrize(("name", "data"), BOTH)
def test_any_bytes_after_the_first_four_are_refused(name, data):
    random = Random(67)  # noqa: S311
    for _ in range(300):
        damaged = data[:4] + random.randbytes(random.randrange(400))
        assert refused(damaged, name).startswith(name)


def test_a_part_with_a_wrong_checksum_is_refused_even_a_picture():
    data = with_member("word/media/image1.png", b"picture" * 9, compress_type=zipfile.ZIP_STORED)
    damaged = data.replace(b"picture", b"Picture", 1)
    assert refused(damaged) == ("m.docx is damaged: it cannot be unpacked; ask for the file again")


@pytest.mark.parametrize("part", ["word/footnotes.xml", "word/document.xml"])
def test_a_part_that_is_missing_is_named(part):
    parts = docx_parts(p("A", refers("footnote", 1)), footnotes=note("footnote", 1, "x"))
    del parts[part]
    assert refused(zipped({"word/": "", **parts})).startswith("m.docx is ")


@pytest.mark.parametrize(
    "broken", ["<w:p>", "&", "&#1;", "\x01", "<w:p/><w:p w:a='1' w:a='2'/>", ""]
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/_rels/document.xml.rels"])
def test_a_part_that_is_not_well_formed_is_named(part, broken):
    parts = docx_parts("A")
    parts[part] = broken and f"{parts[part]}{broken}"
    said = refused(zipped(parts))
    assert (
        said == f"m.docx is damaged: its part {part} is not well-formed XML; ask for the file again"
    )


# Made to do harm


@pytest.mark.parametrize(
    "name",
    ["../../x", "word/../../x", "/etc/passwd", "C:\\x", "c:x", "word\\x.xml", "..", "a\nb", "x/.."],
)
def test_a_part_with_a_name_that_leads_elsewhere_is_refused(name):
    assert "no word processor writes" in refused(with_member(name))


def test_a_part_that_is_a_link_is_refused():
    assert "no word processor writes" in refused(with_member("x", external_attr=0o120777 << 16))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["word/document.xml", "WORD/Document.xml"])
def test_two_parts_of_one_name_are_refused(name):
    assert f'm.docx holds two parts called "{name}"' in refused(with_member(name))


def test_a_file_with_a_password_is_refused():
    data = bytearray(WORD)
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        for found in re.finditer(re.escape(mark), WORD):
            data[found.start() + offset] |= 1
    assert refused(bytes(data)) == "m.docx is protected by a password; save it without one"
    parts = odt_parts("A", members={"META-INF/manifest.xml": "<manifest:encryption-data/>"})
    assert refused(zipped(parts), "m.odt") == (
        "m.odt is protected by a password; save it without one"
    )


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_no_word_processor_uses_are_refused(method):
    data = zipped({"word/x": "", **docx_parts("A")}, method)
    assert "is packed in a way that word processors do not use" in refused(data)


def test_a_file_that_unpacks_to_far_more_is_refused_before_it_is_unpacked():
    bomb = with_member("word/media/a.png", b"\0" * (packages.UNSUSPICIOUS + 1))
    tracemalloc.start()
    assert 'a part, "word/media/a.png", that unpacks to more than 100 times' in refused(bomb)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_a_small_part_may_be_packed_tightly():
    assert lines(with_member("word/media/a.bmp", b"\0" * 1_000_000)) == ["CHAIR. Yes."]


def test_too_much_in_one_file_is_refused(monkeypatch):
    monkeypatch.setattr(packages, "LARGEST", 1_000)
    assert "unpacks to more than" in refused(WORD)
    monkeypatch.undo()
    monkeypatch.setattr(packages, "LARGEST_PART", 100)
    assert 'its part "[Content_Types].xml" has more than' in refused(WORD)
    monkeypatch.undo()
    monkeypatch.setattr(packages, "MOST_PARTS", 3)
    assert "m.docx holds 5 parts, more than 3" in refused(WORD)


def test_a_size_that_is_a_lie_is_found_out():
    data = bytearray(with_member("word/media/a.png", b"\0" * 5_000_000))
    at = data.rindex(b"PK\1\2")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    assert "it cannot be unpacked" in refused(bytes(data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
    ],
)
def test_a_document_type_is_refused_in_every_part(prologue, encoding):
    for name, parts in (("m.docx", docx_parts("A")), ("m.odt", odt_parts("A"))):
        for part in ("word/document.xml", "_rels/.rels", "content.xml", "styles.xml"):
            if part in parts:
                xml = re.sub(r"<\?xml.*?\?>", "", parts[part])
                hostile = f'<?xml version="1.0" encoding="{encoding}"?>{prologue}{xml}'
                said = refused(zipped({**parts, part: hostile.encode(encoding)}), name)
                assert said.startswith(f"{name} declares a document type (DOCTYPE)")


def test_an_entity_without_a_declaration_is_refused():
    parts = docx_parts("A")
    parts["word/document.xml"] = parts["word/document.xml"].replace(">A<", ">A&x;<")
    assert "is not well-formed XML" in refused(zipped(parts))


@pytest.mark.parametrize("depth", [210, 300, 100_000])
def test_what_is_nested_too_deeply_is_refused(depth):
    inside = "<w:tbl>" * depth + p("A") + "</w:tbl>" * depth
    assert "nested more than 200 deep" in refused(docx(inside))
    inside = "<text:span>" * depth + "A" + "</text:span>" * depth
    assert "nested more than 200 deep" in refused(odt(f"<text:p>{inside}</text:p>"))


def test_what_is_nested_deeply_but_not_too_deeply_is_read():
    inside = "<w:sdt>" * 190 + p("A") + "</w:sdt>" * 190
    assert lines(docx(inside)) == ["A"]
    inside = "<text:span>" * 190 + "A" + "</text:span>" * 190
    assert lines(odt(f"<text:p>{inside}</text:p>")) == ["A"]


def test_notes_that_lead_to_each_other_are_read_in_time():
    kinds = [refers("footnote", place) * 2 for place in range(1, 61)]
    notes = "".join(note("footnote", place, p("x", kind)) for place, kind in enumerate(kinds))
    assert lines(docx(p("A", refers("footnote", 0)), footnotes=notes))


def test_styles_that_come_from_each_other_are_read_in_time():
    styles = "".join(
        f'<w:style w:styleId="s{place}"><w:basedOn w:val="s{place - 1}"/></w:style>'
        for place in range(5_000)
    )
    body = (p("A", properties=f'<w:pStyle w:val="s{place}"/>') for place in range(2_000))
    begun = time.process_time()
    assert len(lines(docx(*body, styles=styles))) == 2_000
    assert time.process_time() - begun < 20


@pytest.mark.parametrize(
    "make",
    [
        lambda times: docx(*[p(r("CHAIR. ", "<w:b/>"), "Yes, it is.")] * times),
        lambda times: docx(p(*[r("Yes. ", "<w:i/>"), r("No. ")] * times)),
        lambda times: docx(p(*[r("a  b"), f"<w:del>{r(' c ')}</w:del>"] * times)),
        lambda times: docx(p(*["<w:r><w:br/></w:r>"] * times, "A")),
        lambda times: odt(*["<text:p>Yes, <text:span>it is</text:span>.</text:p>"] * times),
        lambda times: odt(
            "<text:p>" + "Yes, <text:s/><text:span>it</text:span>" * times + "</text:p>"
        ),
        lambda times: odt(
            "<text:list>" * 50 + "<text:list-item>A</text:list-item>" * times + "</text:list>" * 50,
            "A",
        ),
    ],
    ids=["paragraphs", "runs", "changes", "breaks", "odt paragraphs", "odt spans", "odt lists"],
)
def test_the_time_to_read_a_file_is_in_proportion_to_its_size(make):
    def seconds(data):
        begun = time.process_time()
        read_source("m", data)
        return time.process_time() - begun

    few, many = make(2_000), make(8_000)
    assert seconds(many) < 4 * max(min(seconds(few) for _ in range(3)), 0.02) * 3
