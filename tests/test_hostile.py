"""Documents made to do harm: each gets a clear answer, reads nothing, changes nothing.

The numbers are those of the list of hostile inputs that the project was designed against. Files
and servers that a document could make us read hold a canary, words which must never be seen again.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
import unicodedata
from random import Random

import pytest
from commands import PROGRAM, new_edition, run, run_apart, tree
from lxml import etree
from office import docx, docx_parts, odt, p, r, zipped
from places import ROOT
from test_schema import edited, read

from benchmarks.shapes import SHAPES, shaped
from benchmarks.stages import import_text
from stenogram.check.fidelity import compare
from stenogram.errors import StenogramError, XmlError
from stenogram.project import check_document_id
from stenogram.sources import read_source
from stenogram.tei.load import load
from stenogram.tei.names import TEI_NAMESPACE, XML_ID
from stenogram.tei.targets import safe_target

CANARY = "canary-7f3a"
MEMORY = 1_500_000_000
"""Bytes of address space for a command, most of it the libraries' own."""


@pytest.fixture
def edition(tmp_path):
    """An edition with one good document, imported and built."""
    return new_edition(tmp_path / "edition")


@pytest.fixture
def secret(tmp_path):
    """A file outside the edition that no document may make us read."""
    path = tmp_path / "secret.txt"
    path.write_text(CANARY, encoding="utf-8")
    return path


@pytest.fixture
def server():
    """A server that nobody may call: its address; it is asked at the end who did."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        listening.setblocking(False)
        with pytest.raises(BlockingIOError):
            listening.accept()


def document(*, prologue="", root="", before="", words="The meeting is open.", name="hostile"):
    """A small document with hostile things in it, on line 3 and after."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
{prologue}
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{name}"{root}>
<teiHeader><fileDesc>
<titleStmt><title>Hostile</title></titleStmt>
<publicationStmt><publisher>Nobody</publisher></publicationStmt>
<sourceDesc><listBibl><bibl xml:id="src">None</bibl></listBibl></sourceDesc>
</fileDesc></teiHeader>
<text><body><div>{before}
<sp who="#chair"><speaker>CHAIR.</speaker>
<p><seg type="line" xml:id="L0001" n="1">{words}</seg></p></sp>
</div></body></text>
</TEI>
"""


def put(edition, tei, name="hostile"):
    """Put a document into the edition; return the state of everything."""
    data = tei.encode() if isinstance(tei, str) else tei
    (edition / f"tei/{name}.xml").write_bytes(data)
    return tree(edition)


def is_refused(edition, tei, code, *words, line=0, apart=False):
    """Check, build, show and cite refuse the document, say why and where, and change nothing."""
    before = put(edition, tei)
    place = f"tei/hostile.xml:{line}" if line else "tei/hostile.xml"

    def answer(*arguments):
        return run_apart(edition, *arguments, memory=MEMORY) if apart else run(edition, *arguments)

    checked = answer("check")
    assert checked.code == 1, checked
    assert f"error {code}" in checked.out
    assert place in checked.out
    assert checked.err == ""
    for arguments in (("build",), ("show", "hostile#L0001"), ("cite", "hostile#L0001")):
        refused = answer(*arguments)
        assert refused.code == 2, refused
        assert refused.out == ""
        assert place in refused.err
        for word in words:
            assert word in refused.err
    for said in (checked, refused):
        assert CANARY not in said.all
        assert "Traceback" not in said.all
    assert tree(edition) == before
    return checked


# 1-7: document types and entities


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE TEI [<!ENTITY x SYSTEM "{file}">]>',
        '<!DOCTYPE TEI [<!ENTITY x SYSTEM "http://{server}/x">]>',
        '<!DOCTYPE TEI [<!ENTITY x SYSTEM "ftp://{server}/x">]>',
        '<!DOCTYPE TEI [<!ENTITY x SYSTEM "\\\\\\\\{server}\\share\\x">]>',
        '<!DOCTYPE TEI SYSTEM "http://{server}/x.dtd">',
        '<!DOCTYPE TEI SYSTEM "{file}">',
        '<!DOCTYPE TEI PUBLIC "-//TEI//DTD//EN" "{file}" [<!ENTITY % p SYSTEM "{file}"> %p;]>',
        '<!DOCTYPE TEI [<!ENTITY % p SYSTEM "http://{server}/p"> %p; <!ENTITY x "y">]>',
        '<!DOCTYPE TEI [<!ENTITY x "harmless">]>',
        "<!DOCTYPE TEI>",
    ],
)
def test_a_document_type_is_refused_and_nothing_in_it_is_fetched(edition, secret, server, prologue):
    declared = prologue.replace("{file}", secret.as_uri()).replace("{server}", server)
    words = "Open &x;." if "ENTITY x" in declared else "Open."
    is_refused(edition, document(prologue=declared, words=words), "X02", "DOCTYPE", line=2)


def test_an_entity_in_an_attribute_is_refused(edition, secret):
    for value in ("x", f'x" SYSTEM "{secret.as_uri()}'):
        declared = f'<!DOCTYPE TEI [<!ENTITY x "{value}">]>'
        if "SYSTEM" in value:
            declared = f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        is_refused(edition, document(prologue=declared, root=' n="&x;"'), "X02", line=2)


def test_attributes_that_a_document_type_would_add_never_appear(edition):
    declared = '<!DOCTYPE TEI [<!ATTLIST p onclick CDATA "canary-7f3a">]>'
    is_refused(edition, document(prologue=declared), "X02", "DOCTYPE", line=2)
    assert not any(CANARY.encode() in data for name, data in tree(edition / "output").items())


@pytest.mark.parametrize(
    "before",
    [
        "<!-- a comment -->\n",
        "<?a b?>\n\n",
        '<!-- <!DOCTYPE no> -->\n<?xml-model href="x"?>\n',
        "\n" * 50,
        "<!-- " + "long " * 20_000 + "-->\n",
    ],
)
def test_a_document_type_is_found_wherever_it_hides(edition, before):
    declared = f"{before}<!DOCTYPE TEI [<!ENTITY x 'y'>]>"
    is_refused(edition, document(prologue=declared), "X02", line=2 + before.count("\n"))


@pytest.mark.parametrize(
    "encoding", ["UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1252", "UTF-8-SIG"]
)
def test_a_document_type_is_found_in_any_encoding(edition, secret, encoding):
    declared = f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    text = document(prologue=declared, words="&x;")
    name = encoding.removesuffix("-SIG").removesuffix("LE").removesuffix("BE")
    data = text.replace("UTF-8", name, 1).encode(encoding)
    if encoding in ("UTF-16LE", "UTF-16BE"):
        data = "\ufeff".encode(encoding) + data
    is_refused(edition, data, "X02", line=2)


@pytest.mark.parametrize("encoding", ["UTF-32", "Shift_JIS", "EBCDIC-CP-US", "nonsense", "UTF-7"])
def test_a_document_type_is_refused_in_encodings_that_few_programs_know(edition, secret, encoding):
    declared = f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    text = document(prologue=declared, words="&x;").replace("UTF-8", encoding, 1)
    known = {"EBCDIC-CP-US": "cp037", "nonsense": "utf-8"}
    is_refused(edition, text.encode(known.get(encoding, encoding)), "X0")


@pytest.mark.parametrize("encoding", ["UTF-16", "ISO-8859-1", "Shift_JIS", "UTF-32", "KOI8-R"])
def test_without_a_document_type_another_encoding_is_read_or_refused_never_misread(
    edition, encoding
):
    words = "Открыто." if encoding == "KOI8-R" else "Open, no more."
    text = document(words=words).replace("UTF-8", encoding, 1)
    put(edition, text.encode(encoding))
    checked = run(edition, "check")
    assert checked.code == 1, checked
    shown = run(edition, "show", "hostile#L0001")
    assert shown.code == 2 or words in shown.out


def test_entities_that_grow_are_refused_within_little_memory(edition):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    billion = f'<!DOCTYPE TEI [<!ENTITY l0 "ha">{laughs}]>'
    is_refused(edition, document(prologue=billion, words="&l11;"), "X02", apart=True)
    quadratic = f'<!DOCTYPE TEI [<!ENTITY q "{"q" * 100_000}">]>'
    is_refused(edition, document(prologue=quadratic, words="&q;" * 3_000), "X02", apart=True)


def test_entities_that_grow_are_refused_in_an_encoding_that_expat_does_not_know(edition):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    billion = f'<!DOCTYPE TEI [<!ENTITY l0 "ha">{laughs}]>'
    for place in ({"words": "&l11;"}, {"root": ' n="&l11;"'}):
        text = document(prologue=billion, **place).replace("UTF-8", "Shift_JIS", 1)
        is_refused(edition, text, "X0", apart=True)


def test_an_entity_without_a_declaration_is_refused_with_its_name(edition):
    checked = is_refused(edition, document(words="a&nbsp;b"), "X03", "&nbsp;", line=11)
    assert "tei/hostile.xml:11:" in checked.out


# 8-10: inclusions


@pytest.mark.parametrize("parse", ["text", "xml"])
def test_an_inclusion_is_reported_and_not_followed(edition, secret, server, parse):
    include = (
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{}" parse="{}">'
        "<xi:fallback>nothing</xi:fallback></xi:include>"
    )
    for address in (secret.as_uri(), "../../secret.txt", f"http://{server}/x"):
        put(edition, document(words=f"Open {include.format(address, parse)}."))
        checked = run(edition, "check")
        assert checked.code == 1
        assert "tei/hostile.xml:11:" in checked.out
        assert "warning X04" in checked.out
        built = run(edition, "build")
        assert built.code == 0
        shown = run(edition, "show", "hostile#L0001")
        for answer in (checked, built, shown):
            assert CANARY not in answer.all
        assert not any(CANARY.encode() in data for data in tree(edition / "output").values())


# 13-16: too deep, too large


@pytest.mark.parametrize(
    ("name", "depth"),
    [("q", 101), ("supplied", 101), ("div", 240), ("note", 101), ("q", 1_000), ("q", 100_000)],
)
def test_what_is_nested_too_deeply_is_refused(edition, name, depth):
    words = f"<{name}>" * depth + "x" + f"</{name}>" * depth
    is_refused(edition, document(words=words), "X01", "nested", line=11, apart=depth > 1_000)


@pytest.mark.parametrize("name", ["q", "supplied", "div", "note", "choice", "floatingText", "hi"])
def test_what_is_nested_as_deeply_as_allowed_is_read(edition, name):
    words = f"<{name}>" * 90 + "x" + f"</{name}>" * 90
    put(edition, document(words=words))
    assert run(edition, "check").code == 1
    assert run(edition, "build").code == 0


@pytest.mark.parametrize(
    "large",
    [
        {"words": "word " * 2_200_000},
        {"root": f' n="{"x" * 11_000_000}"'},
        {"before": "<p " + " ".join(f'a{n}="x"' for n in range(100_000)) + "/>"},
        {"before": f"<{'x' * 60_000}/>"},
        {"prologue": f"<!--{'x' * 11_000_000}-->"},
        {"prologue": f"<?a {'x' * 11_000_000}?>"},
    ],
    ids=["text", "attribute", "attributes", "name", "comment", "instruction"],
)
def test_what_is_too_large_is_refused_or_done_within_little_memory(edition, large):
    put(edition, document(**large))
    checked = run_apart(edition, "check", "hostile", memory=MEMORY)
    built = run_apart(edition, "build", memory=MEMORY)
    assert checked.code == 1, checked.err
    assert "tei/hostile.xml" in checked.out
    assert built.code in (0, 2), built.err
    for answer in (checked, built):
        assert "Traceback" not in answer.all


def test_a_file_beyond_the_limit_is_refused_before_it_is_parsed(edition):
    path = edition / "tei/hostile.xml"
    with path.open("wb") as file:
        file.truncate(600 * 1024 * 1024)
    for arguments in (("build",), ("check",), ("import", "tei/hostile.xml")):
        answer = run_apart(edition, *arguments)
        assert answer.code in (1, 2)
        assert "larger than 512 MB" in answer.all
        assert len(answer.all) < 1_000


def test_standard_input_without_end_is_refused(edition):
    before = tree(edition)
    endless = subprocess.Popen(["yes", "word"], stdout=subprocess.PIPE)
    try:
        done = subprocess.run(
            [PROGRAM, "import", "-", "--id", "endless"],
            cwd=edition,
            stdin=endless.stdout,
            capture_output=True,
            timeout=60,
            check=False,
        )
    finally:
        endless.stdout.close()
        endless.kill()
        endless.wait()
    assert done.returncode == 2
    assert b"too large" in done.stderr
    assert tree(edition) == before


# 17-21: documents of word processors; test_packages.py has what is refused


def _docx_that_leads_outside(place):
    """A Word document with everything in it that a program might follow to ``place``."""
    quoted = place.replace("&", "&amp;")
    outside = "".join(
        f'<Relationship Id="x{kind}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{quoted}" TargetMode="External"/>'
        for kind in (
            "image",
            "attachedTemplate",
            "header",
            "footnotes",
            "styles",
            "aFChunk",
            "frame",
        )
    )
    code = f'<w:instrText> INCLUDETEXT "{quoted}" </w:instrText>'
    marks = [f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end")]
    parts = docx_parts(
        p("CHAIR. Yes.", f'<w:hyperlink r:id="link">{r("there")}</w:hyperlink>'),
        p(f"<w:r>{marks[0]}{code}{marks[1]}{marks[2]}</w:r>"),
        '<w:altChunk r:id="xaFChunk"/>',
        '<w:sectPr><w:headerReference w:type="default" r:id="xheader"/></w:sectPr>',
        links={"link": place},
    )
    relations = "word/_rels/document.xml.rels"
    parts[relations] = parts[relations].replace("</Relationships>", f"{outside}</Relationships>")
    return zipped(parts)


def _odt_that_leads_outside(place):
    quoted = place.replace("&", "&amp;")
    return odt(
        "CHAIR. Yes.",
        f'<text:section text:name="s"><text:section-source xlink:href="{quoted}"/></text:section>',
        f'<text:p><draw:frame><draw:image xlink:href="{quoted}"/></draw:frame>'
        f'<draw:frame><draw:object xlink:href="{quoted}"/></draw:frame>'
        f'<text:a xlink:href="{quoted}">there</text:a></text:p>',
    )


@pytest.mark.parametrize("make", [_docx_that_leads_outside, _odt_that_leads_outside])
@pytest.mark.parametrize(
    "place", ["{file}", "file://{file}", "../../secret.txt", "http://{server}/x", "\\\\{server}\\x"]
)
def test_nothing_is_fetched_for_a_document_of_a_word_processor(
    edition, secret, server, place, make
):
    data = make(place.format(file=secret, server=server))
    (edition.parent / "outside.docx").write_bytes(data)
    answer = run_apart(edition, "import", "../outside.docx", memory=MEMORY)
    assert answer.code == 0, answer
    checked = run_apart(edition, "check", "outside", memory=MEMORY)
    assert "100 %" in checked.out
    assert "error" not in checked.out.replace("0 errors", "")
    assert run_apart(edition, "build", memory=MEMORY).code == 0
    data = b"".join(content for name, content in tree(edition).items() if "sources" not in name)
    assert CANARY.encode() not in data
    assert not re.search(rb"\bfile:", data)


@pytest.mark.parametrize("make", [docx, odt])
def test_a_bomb_is_refused_and_nothing_is_written(edition, make):
    bomb = b"\0" * 50_000_000
    (edition.parent / "bomb.docx").write_bytes(make("Yes.", members={"word/media/a.png": bomb}))
    before = tree(edition)
    answer = run_apart(edition, "import", "../bomb.docx", memory=MEMORY)
    assert answer.code == 2
    assert "unpacks to more than 100 times its size" in answer.err
    assert "Traceback" not in answer.all
    assert tree(edition) == before


# 25, 29-36: what is written into pages


@pytest.mark.parametrize("typed", ["[" * 9_000 + "x" + "]" * 9_000, "“" * 95 + "x" + "”" * 95])
def test_what_is_imported_can_be_read_again_however_it_is_nested(edition, typed):
    (edition / "nested.txt").write_text(f"CHAIR. {typed}\n", encoding="utf-8")
    before = tree(edition)
    answer = run(edition, "import", "nested.txt")
    if answer.code:
        assert answer.code == 2
        assert answer.err.startswith("stenogram: nested.txt cannot be imported")
        assert tree(edition) == before
    else:
        assert run(edition, "check", "nested").code == 0


def test_markup_in_words_stays_words(edition):
    script = "<script>alert(1)</script>"
    (edition / "markup.txt").write_text(
        f"CHAIR. Say {script} & ]]> --> <?php ?> \"x\" onmouseover='y'.\n", encoding="utf-8"
    )
    assert run(edition, "import", "markup.txt").code == 0
    assert run(edition, "check").code == 0
    assert run(edition, "build").code == 0
    page = (edition / "output/html/markup.html").read_text(encoding="utf-8")
    assert script not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; ]]&gt; --&gt; &lt;?php ?&gt;" in page
    assert script in (edition / "output/text/markup.txt").read_text(encoding="utf-8")
    assert script in run(edition, "show", "markup#L0001").out


def test_html_and_svg_in_a_document_are_not_html_and_svg_in_its_page(edition):
    put(
        edition,
        document(
            words='<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>'
            '<s:svg xmlns:s="http://www.w3.org/2000/svg" onload="alert(1)"/>'
            '<script>alert(2)</script><iframe src="http://evil.example"/>'
            '<seg rend="expression(alert(1))" style="background:url(//evil)">x</seg>'
        ),
    )
    assert run(edition, "check").code == 1
    assert run(edition, "build").code == 0
    page = etree.HTML((edition / "output/html/hostile.html").read_bytes())
    ours = page.xpath("//script[not(@src)][contains(., 'alert')]")
    assert ours == []
    assert page.xpath("//main/div[@id='page:text']//svg | //iframe | //@onload | //@style") == []


BAD_TARGETS = [
    "javascript:alert(1)",
    "JaVa&#9;script:alert(1)",
    "&#10; javascript:alert(1)",
    "\u00a0javascript:alert(1)",
    "&#x7f;javascript:alert(1)",
    "java&#10;script&#13;:alert(1)",
    "data:text/html,&lt;script>alert(1)&lt;/script>",
    "vbscript:x",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/&#9;/evil.example",
    "file:///etc/passwd",
    "ftp://evil.example/",
    "blob:x",
    "view-source:x",
]


@pytest.mark.parametrize("target", BAD_TARGETS)
def test_a_link_that_could_harm_is_reported_and_not_made(edition, target):
    put(edition, document(words=f'See <ref target="{target}">here</ref>.'))
    checked = run(edition, "check")
    assert checked.code == 1
    assert "P03" in checked.out
    assert run(edition, "build").code == 0
    page = etree.HTML((edition / "output/html/hostile.html").read_bytes())
    for link in page.xpath("//*[.='here']/@href | //a[contains(., 'here')]/@href"):
        assert link == ""
    assert page.xpath("//@href[contains(., 'evil') or contains(., 'alert')]") == []


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/a?b=c#d",
        "http://example.org/",
        "mailto:a@example.org",
        "doi:10.1/2",
        "#L0001",
        "other.html#L0001",
        "../a%20b.html",
        "#a:b",
        "?q=a:b",
    ],
)
def test_a_link_that_harms_nobody_is_kept(target):
    assert safe_target(target) == target


@pytest.mark.parametrize("value", ['x" onmouseover="alert(1)', "x` onmouseover=alert(1)", "a\nb'c"])
def test_quotation_marks_in_attributes_stay_in_their_attribute(edition, value):
    escaped = value.replace("&", "&amp;").replace('"', "&quot;").replace("\n", "&#10;")
    words = f'<q type="{escaped}" who="{escaped}"><foreign xml:lang="{escaped}">x</foreign></q>'
    put(edition, document(words=words, before=f'<head type="{escaped}">y</head>'))
    run(edition, "check")
    assert run(edition, "build").code == 0
    page = etree.HTML((edition / "output/html/hostile.html").read_bytes())
    assert page.xpath("//@onmouseover") == []


def test_templates_in_a_document_are_words(edition):
    put(edition, document(words="{{ page }} {% include 'x' %} {{ 7 * 7 }}"))
    assert run(edition, "build").code == 0
    page = (edition / "output/html/hostile.html").read_text(encoding="utf-8")
    assert "{{ page }} {% include" in page


# 40-43: identifiers

BAD_IDS = [
    "../../x",
    "con",
    "CON",
    "Aux.xml",
    "com1",
    "a/b",
    "a\\b",
    "%2e%2e",
    "..",
    ".",
    ".hidden",
    "trailing.",
    "a" * 5_000,
    "a b",
    "a\nb",
    "-rf",
    "1956",
    "é",
    "e\u0301",
    "a#b",
    "a?b",
    "a:b",
    "x' or '1'='1",
    "\u202eabc",
    "a\x01b",
]


@pytest.mark.parametrize("name", BAD_IDS, ids=ascii)
def test_an_id_that_is_no_safe_file_name_is_refused_by_import(edition, name):
    before = tree(edition)
    answer = run(edition, "import", "tei/sources/hearing.txt", f"--id={name}")
    assert answer.code == 2
    assert "cannot be a document id" in answer.err
    assert len(answer.err) < 300
    assert tree(edition) == before


@pytest.mark.parametrize(
    "name", ["con", "a b", "%2e%2e", "-rf", "é", "a:b", "x' or '1'='1", "a\nb", "..x"]
)
def test_a_tei_file_whose_name_is_no_safe_id_is_refused(edition, name):
    before = put(edition, document(name="x"), name=name)
    for arguments in (("check",), ("build",), ("show", f"{name}#L0001")):
        answer = run(edition, *arguments)
        assert answer.code == 2
        assert answer.out == ""
        assert "\n" not in answer.err.strip("\n") or "show" in arguments
    assert "cannot be a document id" in run(edition, "check").err
    assert tree(edition) == before


@pytest.mark.parametrize("name", ["../../x", "a/b", "%2e%2e", "con", "a" * 5_000, "L1"])
def test_an_id_inside_a_document_never_becomes_a_file_name(edition, name):
    before = put(edition, document(name=name))
    assert "I03" in run(edition, "check").out
    answer = run(edition, "build")
    assert answer.code == 2
    assert "make TEI/@xml:id and the file name equal" in answer.err
    assert tree(edition) == before


def test_received_files_with_odd_names_are_kept_under_safe_names(edition, tmp_path):
    data = (edition / "tei/sources/hearing.txt").read_bytes()
    for number, name in enumerate(["-rf.txt", "a\nb.t\nxt", "..txt", "x.%2e", "y." + "z" * 200]):
        path = tmp_path / name
        path.write_bytes(data)
        answer = run(edition, "import", f"--id=odd{number}", "--", str(path))
        assert answer.code == 0, answer
    names = {path.name for path in (edition / "tei/sources").iterdir()}
    assert names == {"hearing.txt", *(f"odd{number}.txt" for number in range(5))}
    assert run(edition, "check").code == 0


def test_documents_that_differ_in_capitals_only_are_refused_or_reported(edition):
    before = tree(edition)
    answer = run(edition, "import", "tei/sources/hearing.txt", "--id", "Hearing")
    assert answer.code == 2
    assert 'differs from the document "hearing" in capitals only' in answer.err
    assert tree(edition) == before
    text = (edition / "tei/hearing.xml").read_text(encoding="utf-8")
    put(edition, text.replace('xml:id="hearing"', 'xml:id="Hearing"'), name="Hearing")
    checked = run(edition, "check")
    assert checked.code == 1
    assert "error I04" in checked.out


def test_ids_that_look_the_same_are_reported(edition):
    composed = unicodedata.normalize("NFC", "é")
    apart = unicodedata.normalize("NFD", "é")
    names = [("x1", "X1"), (f"caf{composed}", f"caf{apart}"), ("\ufb01n", "fin")]
    words = "".join(f'<q xml:id="{a}">a</q><q xml:id="{b}">b</q>' for a, b in names)
    put(edition, document(words=words))
    checked = run(edition, "check")
    assert checked.out.count("error I02") == len(names)
    assert run(edition, "build").code == 0


def test_every_id_used_twice_is_reported_with_both_lines(edition):
    words = '<q xml:id="a">1</q>\n<q xml:id="a">2</q>\n<q xml:id="a">3</q>\n<q xml:id="L0001">4</q>'
    put(edition, document(words=words))
    checked = run(edition, "check")
    assert checked.out.count("error I01") == 3
    for line, first, name in ((12, 11, "a"), (13, 11, "a"), (14, 11, "L0001")):
        assert f"tei/hostile.xml:{line}:1: error I01" in checked.out
        assert f'The id "{name}" is used before, on line {first}' in checked.out


def test_an_id_of_two_documents_is_reported(edition):
    put(edition, (edition / "tei/hearing.xml").read_bytes())
    checked = run(edition, "check")
    assert checked.code == 1
    assert 'TEI/@xml:id is "hearing", but the file is called hostile.xml' in checked.out
    assert "tei/hostile.xml:3:1: error I03" in checked.out
    refused = run(edition, "build")
    assert refused.code == 2


@pytest.mark.parametrize("who", ["#x' or '1'='1", "#x'] | //*[", "#*", "#", "#')or(1", "#../text"])
def test_a_pointer_is_looked_up_as_it_stands(edition, who):
    put(edition, document().replace('who="#chair"', f'who="{who}"', 1))
    checked = run(edition, "check")
    assert checked.code == 1
    assert "error P01" in checked.out
    assert "leads to nothing here" in checked.out
    assert run(edition, "build").code == 0


@pytest.mark.parametrize(
    "cited", ["hostile#L0001' or '1'='1", "hostile#*", "../hearing#L0001", "hostile#L0001-*", "#"]
)
def test_a_citation_is_looked_up_as_it_stands(edition, cited):
    put(edition, document())
    answer = run(edition, "show", cited)
    assert answer.code == 2
    assert answer.out == ""


def test_a_received_file_outside_the_edition_is_not_read(edition, secret):
    text = (edition / "tei/hearing.xml").read_text(encoding="utf-8")
    (edition / "tei/sources/link.txt").symlink_to(secret)
    for path in ("../../secret.txt", str(secret), "sources/link.txt", "sources", "x" * 5_000):
        put(edition, text.replace("sources/hearing.txt", path), name="hearing")
        checked = run(edition, "check")
        assert checked.code == 1
        assert "error F04" in checked.out
        assert CANARY not in checked.all


# 66: damaged files


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    edition = new_edition(tmp_path_factory.mktemp("damaged") / "edition")
    put(edition, document(words='A <q>b</q> <!-- c --><?d e?> &amp; <ref target="#L0001">f</ref>'))
    assert run(edition, "build").code == 0
    return edition


def test_a_document_cut_off_at_any_byte_is_an_xml_error(sample):
    data = (sample / "tei/hostile.xml").read_bytes()
    assert load(data, "x.xml").root is not None
    for length in range(len(data.rstrip())):
        with pytest.raises(XmlError):
            load(data[:length], "x.xml")


def test_a_document_cut_off_anywhere_is_a_finding_and_no_edition(sample):
    data = (sample / "tei/hostile.xml").read_bytes()
    for length in range(0, len(data.rstrip()), 29):
        (sample / "tei/hostile.xml").write_bytes(data[:length])
        checked = run(sample, "check", "hostile")
        assert checked.code == 1
        assert "tei/hostile.xml" in checked.out
        assert run(sample, "build", "--check").code == 2
    (sample / "tei/hostile.xml").write_bytes(data)


@pytest.mark.parametrize("seed", range(10))
def test_a_document_with_wrong_bits_is_never_more_than_a_message(sample, seed):
    data = (sample / "tei/hostile.xml").read_bytes()
    random = Random(seed)  # noqa: S311  # the same damage in every run
    for _ in range(20):
        damaged = bytearray(data)
        for _ in range(random.choice([1, 1, 3])):
            damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
        (sample / "tei/hostile.xml").write_bytes(damaged)
        for arguments in (("check", "hostile"), ("build",), ("show", "hostile#L0001")):
            answer = run(sample, *arguments)
            assert answer.code in (0, 1, 2)
            assert len(answer.err.splitlines()) <= 1
    (sample / "tei/hostile.xml").write_bytes(data)


def test_a_document_with_anything_anywhere_is_read_or_refused(sample):
    random = Random(7)  # noqa: S311  # the same disorder in every run
    good = ROOT / "tests/schema/good/full.xml"
    names = (
        "seg p sp u stage note choice sic q div head speaker gloss lb pb list cell lg xyz".split()
    )
    for number in range(30):
        tree = read(good)
        for _ in range(random.choice([1, 2, 4])):
            tree = edited(tree, random)
        element = random.choice(list(tree.getroot().iterdescendants("{*}*")))
        element.tag = f"{{{TEI_NAMESPACE}}}{random.choice(names)}"
        tree.getroot().set(XML_ID, "hostile")
        (sample / "tei/hostile.xml").write_bytes(etree.tostring(tree))
        assert run(sample, "build").code == 0
        assert run(sample, "show", "hostile#L0001").code in (0, 2)
        if number % 6 == 0:
            assert run(sample, "check", "hostile").code in (0, 1)


# 64: interrupted writing


def test_a_write_that_fails_in_the_middle_leaves_the_old_output(edition):
    text = (edition / "tei/hearing.xml").read_text(encoding="utf-8")
    put(edition, text.replace("another winter", "another summer"), name="hearing")
    page = edition / "output/text/hearing.txt"
    page.unlink()
    page.mkdir()
    (page / "in-the-way").touch()
    before = tree(edition)
    answer = run(edition, "build")
    assert answer.code == 2
    assert "output/text/hearing.txt" in answer.err
    assert tree(edition) == before


def test_a_full_disk_leaves_the_old_output(edition):
    text = (edition / "tei/hearing.xml").read_text(encoding="utf-8")
    put(edition, text.replace("another winter", "another summer"), name="hearing")
    before = tree(edition)
    # A file may not grow beyond this; the signal that says so is ignored, as Python does.
    limited = textwrap.dedent(
        """
        import resource, signal, sys
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
        from stenogram.cli import main
        main()
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "build"],
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


def test_a_build_that_is_killed_leaves_every_file_old_or_new(edition):
    text = (edition / "tei/hearing.xml").read_text(encoding="utf-8")
    for number in range(30):
        put(edition, text.replace('"hearing"', f'"copy{number}"'), name=f"copy{number}")
    assert run(edition, "build").code == 0
    old = tree(edition / "output")
    for path in (edition / "tei").glob("*.xml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("another winter", "another summer"), encoding="utf-8")
    reference = edition.parent / "reference"
    shutil.copytree(edition, reference)
    assert run(reference, "build").code == 0
    new = tree(reference / "output")
    assert new != old
    for delay in (0.02, 0.1, 0.15, 0.2, 0.22, 0.25, 0.3):
        building = subprocess.Popen(
            [PROGRAM, "build"], cwd=edition, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(delay)
        building.send_signal(signal.SIGKILL)
        building.wait()
        for name, data in tree(edition / "output").items():
            assert name.endswith(".unfinished") or data in (old[name], new[name]), name
    assert run(edition, "build").code == 0
    assert tree(edition / "output") == new


# shapes on which time might grow faster than the file


@pytest.mark.parametrize("shape", SHAPES)
def test_a_transcript_of_an_odd_shape_is_imported_whole_or_refused(shape):
    text = shaped(shape, 5_000)
    try:
        document = load(import_text(text, b""), "shape.xml")
    except StenogramError:
        return  # refused with a message; nothing is written
    assert compare(document, read_source("bench.txt", text)).differences == ()


# 65: elsewhere


def test_the_same_bytes_are_written_whatever_the_surroundings(tmp_path):
    first, second = tmp_path / "first", tmp_path / "somewhere else" / "é"
    usual = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TZ": "UTC", "LANG": "C.UTF-8"}
    odd = {
        "PATH": os.environ["PATH"],
        "TZ": "Pacific/Kiritimati",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "COLUMNS": "20",
    }
    for folder, environment in ((first, usual), (second, odd)):
        folder.mkdir(parents=True)
        data = (ROOT / "tests/data/hearing.txt").read_bytes() + "É İ ı ß.\n".encode()
        (folder / "hearing.txt").write_bytes(data)
        below = folder / "edition" / "tei"
        for place, *arguments in (
            (folder, "init", "edition"),
            (folder / "edition", "import", str(folder / "hearing.txt")),
            (below, "check"),
            (below, "build"),
        ):
            answer = run_apart(place, *arguments, environment=environment)
            assert answer.code == 0, answer
    assert tree(first / "edition") == tree(second / "edition")
    place = str(tmp_path).encode()
    assert not any(place in data for data in tree(first / "edition").values())


def test_a_check_reports_the_same_whatever_the_surroundings(edition):
    words = '<q xml:id="a"/><q xml:id="a"/><q who="#b #c" zzz="1" yyy="2"/>'
    put(edition, document(words=words, before="<x/>"))
    reports = {
        run_apart(edition, "check", environment={"PYTHONHASHSEED": seed, **extra}).out
        for seed, extra in (("1", {"TZ": "UTC"}), ("2", {"LANG": "C"}), ("3", {"LC_ALL": "POSIX"}))
    }
    assert len(reports) == 1


def test_every_good_document_id_is_allowed():
    for name in ("hearing", "cpsu-1956-11-04", "a", "_a", "A.b.c", "a" * 100, "console", "com"):
        check_document_id(name)


def test_no_message_names_a_place_in_our_own_source(edition):
    put(edition, document(before="<x/>"))
    for arguments in (("check",), ("build",), ("show", "x#L1"), ("explain", "zzz")):
        assert not re.search(r"\.py\b|line \d+, in", run(edition, *arguments).all)
