"""Files of word processors: Word documents and OpenDocument texts as source lines.

``office.py`` makes them, and writes what is read with its signs in braces.
"""

import pytest
from office import docx, docx_parts, lines, note, odt, p, r, read, refers, style, zipped

SUPER = '<w:vertAlign w:val="superscript"/>'


def paragraph_style(name, more="", run="", **attributes):
    said = "".join(f' w:{key}="{value}"' for key, value in attributes.items())
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"{said}>{more}<w:rPr>{run}</w:rPr></w:style>'
    )


def of_style(name):
    return f'<w:pStyle w:val="{name}"/>'


# Lines


def test_each_paragraph_of_a_word_document_is_a_line_and_empty_ones_are_counted():
    found = read(docx("CHAIR.", "", "Yes.", p(r("A"), "<w:r><w:br/></w:r>", r("B"))))
    assert [(line.number, line.text) for line in found.lines] == [
        (1, "CHAIR."),
        (3, "Yes."),
        (4, "A"),
        (5, "B"),
    ]
    assert found.has_paragraphs
    assert (found.encoding, found.detection, found.left_out) == ("utf-8", None, ())


def test_each_paragraph_of_an_opendocument_text_is_a_line_and_empty_ones_are_counted():
    found = read(odt("CHAIR.", "", "Yes.", "<text:p>A<text:line-break/>B</text:p>"))
    assert [(line.number, line.text) for line in found.lines] == [
        (1, "CHAIR."),
        (3, "Yes."),
        (4, "A"),
        (5, "B"),
    ]
    assert found.has_paragraphs


@pytest.mark.parametrize("make", [docx, odt])
def test_printed_lines_that_were_put_into_a_file_are_no_paragraphs(make):
    broken = ["MR. ROWAN. The bridge over the", "river is closed, and will be", "so until May."]
    assert not read(make(*broken * 10)).has_paragraphs
    assert read(make(*broken * 9)).has_paragraphs
    assert read(make(*broken * 10, *["CHAIR. It is.", "MR. ROWAN. No."] * 40)).has_paragraphs


def test_white_space_is_folded_and_the_indent_of_a_line_is_kept():
    (line,) = read(docx(p("  12\t ", "<w:r><w:tab/></w:r>", "Yes.  No. "))).lines
    assert (line.text, line.indent, line.gap) == ("12 Yes. No.", 2, 3)
    (line,) = read(odt('<text:p>\n <text:s text:c="2"/>12<text:tab/>Yes.\n  No. </text:p>')).lines
    assert (line.text, line.indent, line.gap) == ("12 Yes. No.", 2, 1)


def test_words_without_white_space_kept_are_trimmed_as_word_does():
    assert lines(docx("<w:p><w:r><w:t> Yes </w:t></w:r><w:r><w:t> No.</w:t></w:r></w:p>")) == [
        "YesNo."
    ]


def test_cells_of_a_table_are_lines_in_reading_order():
    rows = "".join(
        f"<w:tr><w:tc>{p(a)}</w:tc><w:tc>{p(b)}{p('more')}</w:tc></w:tr>" for a, b in ("ab", "cd")
    )
    assert lines(docx("Before", f"<w:tbl>{rows}</w:tbl>", "After")) == (
        "Before a b more c d more After".split()
    )
    rows = "".join(
        f"<table:table-row><table:table-cell><text:p>{a}</text:p></table:table-cell>"
        f"<table:covered-table-cell><text:p/></table:covered-table-cell></table:table-row>"
        for a in "ab"
    )
    assert lines(odt("Before", f"<table:table>{rows}</table:table>", "After")) == (
        "Before a b After".split()
    )


def test_a_text_box_is_read_once_after_its_paragraph():
    words = f"<w:txbxContent>{p('in the box')}{p('below')}</w:txbxContent>"
    box = (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><wps:txbx>{words}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{words}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert lines(docx(p("Be", box, "fore"), "After")) == ["Before", "in the box", "below", "After"]
    frame = (
        "<draw:frame><draw:text-box><text:p>in the box</text:p></draw:text-box></draw:frame>"
        "<draw:custom-shape><text:p>below</text:p></draw:custom-shape>"
    )
    assert lines(odt(f"<text:p>Be{frame}fore</text:p>", "After")) == [
        "Before",
        "in the box",
        "below",
        "After",
    ]


def test_where_no_choice_has_words_the_fallback_is_read():
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="x"><wps:wsp/></mc:Choice><mc:Fallback>'
        f"<w:pict><v:textbox><w:txbxContent>{p('Yes.')}</w:txbxContent></v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(docx(p(box))) == ["Yes."]


def test_wrappers_of_all_kinds_are_read_through():
    for name in ("smartTag", "customXml", "dir", "bdo", "sdt", "unheard-of"):
        inside = p("A", f"<w:{name}><w:sdtPr/>{r('B')}</w:{name}>", "C")
        assert lines(docx(f"<w:{name}><w:sdtContent>{inside}</w:sdtContent></w:{name}>")) == ["ABC"]


def test_a_large_initial_is_part_of_the_paragraph_after_it():
    initial = p("T", properties='<w:framePr w:dropCap="drop"/>')
    assert lines(docx(initial, "he meeting is open.")) == ["The meeting is open."]


def test_strict_word_documents_are_read_too():
    strict = {
        name: content.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        for name, content in docx_parts(p(r("Yes", "<w:b/>"))).items()
    }
    assert lines(zipped(strict)) == ["{bold}Yes"]


# Type


@pytest.mark.parametrize(
    ("properties", "faces"),
    [
        ("<w:b/>", "bold"),
        ('<w:b w:val="true"/><w:i w:val="1"/>', "bold italic"),
        ('<w:b w:val="0"/><w:i w:val="off"/><w:strike w:val="false"/>', ""),
        ("<w:smallCaps/>", "smallcaps"),
        ("<w:caps/>", ""),
        ('<w:u w:val="single"/>', "underline"),
        ('<w:u w:val="none"/>', ""),
        ("<w:strike/>", "strikethrough"),
        ("<w:dstrike/>", "strikethrough"),
        (SUPER, "superscript"),
        ('<w:vertAlign w:val="subscript"/>', "subscript"),
        ("<w:rtl/><w:b/><w:iCs/>", "italic"),
        ('<w:rStyle w:val="Strong"/>', "bold"),
        ('<w:rStyle w:val="Child"/>', "bold italic"),
        ('<w:rStyle w:val="Strong"/><w:b w:val="0"/>', ""),
        ('<w:rStyle w:val="Round"/>', ""),
        ("<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>", ""),
    ],
)
def test_words_are_typed_as_their_properties_and_styles_say(properties, faces):
    styles = "".join(
        f'<w:style w:type="character" w:styleId="{name}"><w:basedOn w:val="{on}"/>'
        f"<w:rPr>{run}</w:rPr></w:style>"
        for name, on, run in (
            ("Strong", "", "<w:b/>"),
            ("Child", "Strong", "<w:i/>"),
            ("Round", "Round", ""),
        )
    )
    (line,) = lines(docx(p(r("Yes", properties)), styles=styles))
    assert line == (f"{{{faces}}}Yes" if faces else "Yes")


def test_a_style_of_words_turns_back_what_the_style_of_the_paragraph_does():
    styles = (
        paragraph_style("Aside", run="<w:i/>")
        + '<w:style w:type="character" w:styleId="Em"><w:rPr><w:i/></w:rPr></w:style>'
    )
    run = r("not", '<w:rStyle w:val="Em"/>')
    assert lines(docx(p("It is ", run, " so", properties=of_style("Aside")), styles=styles)) == [
        "{italic}It is{} not {italic}so"
    ]


def test_the_usual_paragraph_style_and_the_defaults_count():
    styles = (
        "<w:docDefaults><w:rPrDefault><w:rPr><w:b/></w:rPr></w:rPrDefault></w:docDefaults>"
        + paragraph_style("Normal", run="<w:i/>", default="1")
    )
    assert lines(docx("Yes", styles=styles)) == ["{bold italic}Yes"]


def test_white_space_is_typed_as_the_plainer_of_its_neighbours():
    bold, italic = "<w:b/>", "<w:b/><w:i/>"
    assert lines(
        docx(p(r("CHAIR. ", bold), r("We all ", italic), r("agree", bold), r(" so.")))
    ) == ["{bold}CHAIR. {bold italic}We all{bold} agree{} so."]
    assert lines(docx(p(r("one", bold), r(" "), r("two", bold)))) == ["{bold}one two"]


@pytest.mark.parametrize(
    ("text", "faces"),
    [
        ('fo:font-weight="bold"', "bold"),
        ('fo:font-weight="700" fo:font-style="italic"', "bold italic"),
        ('fo:font-weight="normal"', ""),
        ('fo:font-variant="small-caps"', "smallcaps"),
        ('fo:text-transform="uppercase"', ""),
        ('style:text-underline-style="solid"', "underline"),
        ('style:text-line-through-style="solid"', "strikethrough"),
        ('style:text-position="super 58%"', "superscript"),
        ('style:text-position="-33% 58%"', "subscript"),
        ('style:text-position="0% 100%"', ""),
    ],
)
def test_spans_are_typed_as_their_styles_say(text, faces):
    (line,) = lines(
        odt(
            '<text:p><text:span text:style-name="T1">Yes</text:span></text:p>',
            automatic=style("T1", text=text),
        )
    )
    assert line == (f"{{{faces}}}Yes" if faces else "Yes")


def test_styles_of_an_opendocument_text_come_from_each_other():
    styles = (
        '<style:default-style style:family="paragraph"><style:text-properties '
        'style:text-underline-style="solid"/></style:default-style>'
        + style("Aside", "paragraph", 'fo:font-style="italic"')
        + style("Strong", text='fo:font-weight="bold"')
    )
    automatic = style(
        "P1", "paragraph", 'style:text-underline-style="none"', parent_style_name="Aside"
    ) + style("T1", text='fo:font-style="normal"')
    span = '<text:span text:style-name="{}">{}</text:span>'
    inner = span.format("Strong", "b" + span.format("T1", "c"))
    assert lines(
        odt(
            "a",
            f'<text:p text:style-name="P1">a {inner}</text:p>',
            styles=styles,
            automatic=automatic,
        )
    ) == ["{underline}a", "{italic}a {bold italic}b{bold}c"]


# Headings


@pytest.mark.parametrize(
    ("styles", "properties"),
    [
        (paragraph_style("berschrift1", '<w:name w:val="heading 1"/>'), of_style("berschrift1")),
        (paragraph_style("Title", '<w:name w:val="Title"/>'), of_style("Title")),
        (
            paragraph_style("Part", '<w:basedOn w:val="H"/>')
            + paragraph_style("H", '<w:name w:val="heading 2"/>'),
            of_style("Part"),
        ),
        (paragraph_style("X", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'), of_style("X")),
        ("", '<w:outlineLvl w:val="3"/>'),
        ("", of_style("Heading1")),
    ],
)
def test_a_heading_is_known_by_its_style_or_its_level(styles, properties):
    assert lines(docx(p("The bridge", properties=properties), styles=styles)) == [
        "{heading} The bridge"
    ]


def test_what_only_looks_like_a_heading_is_none():
    level = '<w:basedOn w:val="H"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>'
    styles = paragraph_style("T", level) + paragraph_style("H", '<w:name w:val="heading 1"/>')
    assert lines(
        docx(p("Contents", properties=of_style("T")), p(r("BOLD", "<w:b/>")), styles=styles)
    ) == [
        "Contents",
        "{bold}BOLD",
    ]


def test_of_a_heading_only_what_differs_in_it_is_told():
    styles = paragraph_style("H", '<w:name w:val="heading 1"/>', run="<w:b/>")
    runs = r("The "), r("new", "<w:i/>"), r(" bridge", '<w:b w:val="0"/>')
    assert lines(docx(p(*runs, properties=of_style("H")), styles=styles)) == [
        "{heading} The {italic}new{} bridge"
    ]
    bold = style("P1", "paragraph", 'fo:font-weight="bold"') + style("Title", "paragraph")
    assert lines(
        odt(
            '<text:h text:style-name="P1" text:outline-level="1">The bridge</text:h>',
            '<text:p text:style-name="Title">Minutes</text:p>',
            automatic=bold,
        )
    ) == ["{heading} The bridge", "{heading} Minutes"]


# Notes


def test_footnotes_and_endnotes_stand_where_their_signs_are_and_are_counted_last():
    body = p("See", refers("footnote", 2), " there", refers("endnote", 5), "."), "Next."
    found = docx(
        *body,
        footnotes=note("footnote", -1, p(r("")), type="separator") + note("footnote", 2, "(2)", ""),
        endnotes=note("endnote", 5, p(r("Ibid", "<w:i/>"), ".")),
    )
    assert lines(found) == ["See{footnote 1: (2)} there{endnote i: {italic}Ibid{}.}.", "Next."]
    assert [line.number for line in read(found).all_lines] == [1, 3, 5, 2]


@pytest.mark.parametrize(
    ("settings", "signs"),
    [
        ("", "1 2"),
        ('<w:footnotePr><w:numFmt w:val="chicago"/></w:footnotePr>', "* †"),
        (
            '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="3"/></w:footnotePr>',
            "c d",
        ),
        ('<w:footnotePr><w:numFmt w:val="unheardOf"/></w:footnotePr>', "1 2"),
    ],
)
def test_notes_have_the_signs_that_word_shows(settings, signs):
    body = p("A", refers("footnote", 1)), p("B", refers("footnote", 2))
    notes = note("footnote", 1, "x") + note("footnote", 2, "y")
    a, b = signs.split()
    assert lines(docx(*body, footnotes=notes, settings=settings)) == [
        f"A{{footnote {a}: x}}",
        f"B{{footnote {b}: y}}",
    ]


def test_notes_may_begin_again_in_each_section():
    section = '<w:sectPr><w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
    body = p("A", refers("footnote", 1), properties=section), p("B", refers("footnote", 2))
    notes = note("footnote", 1, "x") + note("footnote", 2, "y")
    assert lines(docx(*body, section, footnotes=notes)) == [
        "A{footnote 1: x}",
        "{page}B{footnote 1: y}",
    ]


def test_a_note_may_have_a_sign_of_its_own_which_is_not_counted():
    custom = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>**</w:t></w:r>'
    notes = note("footnote", 1, "** x") + note("footnote", 2, "y")
    assert lines(docx(p("A", custom, " B", refers("footnote", 2)), footnotes=notes)) == [
        "A{footnote **: ** x} B{footnote 1: y}"
    ]


def test_a_note_with_a_space_on_both_sides_stands_behind_its_word():
    assert lines(
        docx(p("See ", refers("footnote", 1), " there."), footnotes=note("footnote", 1, "x"))
    ) == ["See{footnote 1: x} there."]


def test_notes_of_an_opendocument_text_have_the_signs_that_it_states():
    footnote = (
        '<text:note text:note-class="{}"><text:note-citation text:label="{}">{}'
        "</text:note-citation><text:note-body><text:p>{}</text:p><text:p>More.</text:p>"
        "</text:note-body></text:note>"
    )
    body = (
        "A" + footnote.format("footnote", "*", "*", "x") + footnote.format("endnote", "", "i", "y")
    )
    assert lines(odt(f"<text:p>{body} end</text:p>", "Next")) == [
        "A{footnote *: x / More.}{endnote i: y / More.} end",
        "Next",
    ]


def test_a_comment_stands_at_the_end_of_its_words_and_begins_with_its_author():
    body = p(
        '<w:commentRangeStart w:id="0"/>',
        "Is it",
        '<w:commentRangeEnd w:id="0"/>',
        refers("comment", 0),
        " so?",
    )
    comments = note(
        "comment", 0, "Is this", "right?", author="A. Field", initials="AF", date="2020"
    )
    found = docx(body, comments=comments)
    assert lines(found) == ["Is it{comment 1: A. Field: Is this / right?} so?"]
    assert read(found).left_out == ("dates of comments",)


def test_a_comment_without_a_reference_stands_where_its_range_ends():
    body = p("Is it", '<w:commentRangeEnd w:id="0"/>', " so?")
    assert lines(docx(body, comments=note("comment", 0, "No."))) == ["Is it{comment 1: No.} so?"]


def test_a_comment_of_an_opendocument_text_stands_at_the_end_of_its_words():
    comment = (
        "<office:annotation{}><dc:creator>A. Field</dc:creator><dc:date>2020</dc:date>"
        "<text:p>Right?</text:p></office:annotation>"
    )
    first = comment.format(' office:name="a"')
    ranged = f'{first}Is it<office:annotation-end office:name="a"/> so?'
    assert lines(odt(f"<text:p>{ranged} Yes{comment.format('')}</text:p>")) == [
        "Is it{comment 1: A. Field: Right?} so? Yes{comment 2: A. Field: Right?}"
    ]


def test_a_note_that_leads_to_itself_is_read_once():
    notes = note("footnote", 1, p("x", refers("footnote", 1)))
    assert lines(docx(p("A", refers("footnote", 1)), footnotes=notes)) == [
        "A{footnote 1: x{footnote 2: }}"
    ]


# Recorded changes


def test_words_put_in_and_taken_out_are_told_apart():
    change = 'w:id="1" w:author="A. Field" w:date="2020-01-01T00:00:00Z"'
    body = p(
        "It is ",
        f"<w:del {change}><w:r><w:delText>not</w:delText></w:r></w:del>",
        f"<w:ins {change}>{r('so ')}<w:del {change}>{r('very ')}</w:del></w:ins>",
        r("now."),
    )
    found = docx(body)
    assert lines(found) == ["It is {-not-}{added}so {-very -}{}now."]
    assert read(found).left_out == ("authors and dates of changes",)


def test_words_that_were_moved_are_taken_out_and_put_in():
    body = p("A ", f"<w:moveFrom>{r('B ')}</w:moveFrom>", "C", f"<w:moveTo>{r(' B')}</w:moveTo>")
    assert lines(docx(body)) == ["A {-B -}C{added} B"]


@pytest.mark.parametrize(
    ("before", "deleted", "after", "expected"),
    [
        ("A ", "B", " C", "A {-B -}C"),
        ("A", " B", " C", "A{- B-} C"),
        ("A ", "B ", "C", "A {-B -}C"),
        ("", "A", " B", "{-A -}B"),
        ("A ", "B", "", "A{- B-}"),
        ("", "A B", "", "{-A B-}"),
        ("A", " ", "B", "A{- -}B"),
        ("A ", " ", " B", "A B"),
    ],
)
def test_a_line_reads_right_with_words_taken_out_and_without(before, deleted, after, expected):
    found = docx(p(r(before), f"<w:del>{r(deleted)}</w:del>", r(after)), "Yes.")
    assert lines(found) == [expected, "Yes."]
    line, _ = read(found).lines
    assert line.typed == " ".join(f"{before}{deleted}{after}".split())
    assert line.text == " ".join(f"{before}{after}".split())


def test_a_note_in_words_taken_out_is_kept_with_its_words_taken_out():
    body = p("A ", f"<w:del>{r('B')}{refers('footnote', 1)}</w:del>")
    notes = note("footnote", 1, p(f"<w:del>{r('gone')}</w:del>"))
    assert lines(docx(body, footnotes=notes)) == ["A{- B-}{footnote 1: {-gone-}}"]


CHANGES = (
    "<text:tracked-changes>"
    '<text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>A'
    "</dc:creator></office:change-info><text:p>not </text:p></text:deletion></text:changed-region>"
    '<text:changed-region text:id="c2"><text:insertion><office:change-info><dc:creator>A'
    "</dc:creator></office:change-info></text:insertion></text:changed-region>"
    '<text:changed-region text:id="c3"><text:deletion><text:p>x</text:p><text:p>y</text:p>'
    "</text:deletion></text:changed-region>"
    "</text:tracked-changes>"
)


def test_recorded_changes_of_an_opendocument_text_are_told_apart():
    found = odt(
        CHANGES,
        '<text:p>It is <text:change text:change-id="c1"/>so'
        '<text:change-start text:change-id="c2"/> now</text:p>',
        '<text:p>and<text:change-end text:change-id="c2"/> here'
        '<text:change text:change-id="c3"/></text:p>',
    )
    assert lines(found) == ["It is {-not -}so{added} now", "{added}and{} here{-x y-}"]
    assert read(found).left_out == ("authors and dates of changes",)


# Pages


def test_a_page_break_stands_before_the_first_word_of_its_page():
    page = '<w:r><w:br w:type="page"/></w:r>'
    found = docx(
        "A",
        p(page),
        p("B", page),
        "C",
        p("D", page, "E"),
        p("F", properties="<w:pageBreakBefore/>"),
    )
    assert lines(found) == ["A", "{page}B", "{page}C", "D", "{page}E", "{page}F"]
    assert [line.number for line in read(found).lines] == [1, 3, 4, 5, 6, 7]


def test_a_break_that_word_has_worked_out_is_none():
    assert lines(docx(p(r("A"), "<w:r><w:lastRenderedPageBreak/><w:t>B</w:t></w:r>"))) == ["AB"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("", "{page}B"),
        ('<w:type w:val="nextPage"/>', "{page}B"),
        ('<w:type w:val="oddPage"/>', "{page}B"),
        ('<w:type w:val="continuous"/>', "B"),
    ],
)
def test_a_section_may_begin_a_page(kind, expected):
    first = p("A", properties="<w:sectPr/>")
    assert lines(docx(first, "B", f"<w:sectPr>{kind}</w:sectPr>")) == ["A", expected]


def test_pages_of_an_opendocument_text_begin_by_their_styles():
    before = '<style:paragraph-properties fo:break-before="page"/>'
    after = '<style:paragraph-properties fo:break-after="page"/>'
    automatic = (
        style("P1", "paragraph", more=before)
        + style("P2", "paragraph", more=after)
        + style("P3", "paragraph", master_page_name="Annex")
    )
    body = (
        f'<text:p text:style-name="{name}">{name}</text:p>'
        for name in ("P1", "P1", "P2", "P0", "P3")
    )
    assert lines(odt(*body, "<text:p>a<text:soft-page-break/>b</text:p>", automatic=automatic)) == [
        "P1",
        "{page}P1",
        "P2",
        "{page}P0",
        "{page}P3",
        "ab",
    ]


def test_running_heads_and_feet_stand_once_around_their_section():
    def section(*references):
        refer = "".join(
            f'<w:{name}Reference w:type="{kind}" r:id="{part}"/>' for name, kind, part in references
        )
        return f"<w:sectPr>{refer}</w:sectPr>"

    first = section(
        ("header", "default", "header1"),
        ("footer", "default", "footer1"),
        ("header", "first", "header2"),
        ("header", "even", "header3"),
    )
    body = (
        p("A", properties=first),
        p("B", properties=section()),
        "C",
        section(("header", "default", "header4")),
    )
    found = docx(
        *body,
        header1=p("Minutes"),
        header2=p("never shown"),
        header3=p("never shown"),
        header4=p("") + p("Annex", "<w:r><w:tab/></w:r>", r("p. 2", "<w:b/>")),
        footer1=p("Secret"),
    )
    assert lines(found) == [
        "{header} Minutes",
        "A",
        "{footer} Secret",
        "{page}B",
        "{header} {page}Annex {bold}p. 2",
        "C",
        "{hidden: never shown}",
        "{hidden: never shown}",
    ]


def test_heads_of_first_and_even_pages_stand_there_if_they_are_shown():
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        '<w:headerReference w:type="first" r:id="header2"/>'
        '<w:headerReference w:type="even" r:id="header3"/><w:titlePg/></w:sectPr>'
    )
    heads = {"header1": p("odd"), "header2": p("first"), "header3": p("even")}
    assert lines(docx("A", section, settings="<w:evenAndOddHeaders/>", **heads)) == [
        "{header} first",
        "{header} odd",
        "{header} even",
        "A",
    ]


def test_heads_and_feet_of_master_pages_stand_once_around_their_pages():
    masters = (
        '<style:master-page style:name="Standard" style:next-style-name="Inner"><style:header>'
        '<text:p text:style-name="P1">Minutes</text:p></style:header></style:master-page>'
        '<style:master-page style:name="Inner"><style:header><text:p>Minutes</text:p>'
        "</style:header><style:footer><text:p>Secret</text:p></style:footer></style:master-page>"
        '<style:master-page style:name="Annex"><style:header><text:p>Annex</text:p></style:header>'
        '<style:footer style:display="false"><text:p>hidden</text:p></style:footer>'
        "</style:master-page>"
    )
    body = "A", '<text:p text:style-name="P3">B</text:p>'
    automatic = style("P3", "paragraph", master_page_name="Annex")
    assert lines(odt(*body, automatic=automatic, masters=masters)) == [
        "{header} Minutes",
        "A",
        "{footer} Secret",
        "{header} {page}Annex",
        "B",
        "{hidden: hidden}",
    ]


# Numbers of paragraphs


def numbering(*levels, more=""):
    found = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
        for place, (form, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{found}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )


def item(words, level=0, of=1):
    return p(
        words, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>'
    )


def test_numbers_that_word_puts_before_paragraphs_are_characters():
    levels = numbering(("decimal", "%1."), ("lowerLetter", "%1.%2)"), ("bullet", "–"))
    body = item("a"), item("b"), item("c", 1), item("d", 1), item("e", 2), item("f"), item("g", 1)
    assert lines(
        docx(*body, "x", item("h"), item("i", of=2), item("j", of=2), numbering=levels)
    ) == [
        "1. a",
        "2. b",
        "2.a) c",
        "2.b) d",
        "– e",
        "3. f",
        "3.a) g",
        "x",
        "4. h",
        "7. i",
        "8. j",
    ]


@pytest.mark.parametrize(
    ("form", "second"),
    [
        ("decimal", "2"),
        ("decimalZero", "02"),
        ("upperRoman", "II"),
        ("lowerRoman", "ii"),
        ("upperLetter", "B"),
        ("ordinal", "2nd"),
        ("russianLower", "б"),
        ("none", ""),
        ("ideographTraditional", "2"),
    ],
)
def test_numbers_have_the_form_that_word_gives_them(form, second):
    found = docx(item("a"), item("b"), numbering=numbering((form, "(%1)")))
    assert lines(found)[1] == f"({second}) b"
    assert read(found).left_out == (
        ("the look of numbers, which are given in figures",) if form.startswith("ideo") else ()
    )


def test_a_style_may_number_its_paragraphs_and_a_paragraph_may_refuse_it():
    styles = paragraph_style("N", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    levels = numbering(("decimal", "%1."), ("decimal", "Art. %2:"), more="").replace(
        '<w:lvlText w:val="Art. %2:"/>',
        '<w:lvlText w:val="Art. %2:"/><w:pStyle w:val="N"/><w:suff w:val="nothing"/>',
    )
    without = p("c", properties=of_style("N") + '<w:numPr><w:numId w:val="0"/></w:numPr>')
    body = p("a", properties=of_style("N")), p("b", properties=of_style("N")), without
    assert lines(docx(*body, styles=styles, numbering=levels)) == ["Art. 1:a", "Art. 2:b", "c"]


def test_levels_begin_again_as_they_say():
    levels = numbering(("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%3."))
    never = levels.replace(
        '<w:lvlText w:val="%2."/>', '<w:lvlText w:val="%2."/><w:lvlRestart w:val="0"/>'
    )
    body = item("a"), item("b", 1), item("c"), item("d", 1)
    assert lines(docx(*body, numbering=levels)) == ["I. a", "1. b", "II. c", "1. d"]
    assert lines(docx(*body, numbering=never)) == ["I. a", "1. b", "II. c", "2. d"]


def test_a_list_may_be_made_after_a_style_or_write_all_numbers_in_figures():
    levels = numbering(("upperRoman", "%1."), ("decimal", "%1.%2"), more="<w:isLgl/>")
    levels += (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="5"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    body = item("a", of=9), item("b", 1, of=9)
    assert lines(docx(*body, styles=styles, numbering=levels)) == ["1. a", "1.1 b"]


def list_style(name, *levels):
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def level(place, form, suffix=".", more=""):
    return (
        f'<text:list-level-style-number text:level="{place}" style:num-format="{form}" '
        f'style:num-suffix="{suffix}" {more}/>'
    )


def odt_list(*items, name="L1", more=""):
    inside = "".join(f"<text:list-item>{one}</text:list-item>" for one in items)
    return f'<text:list text:style-name="{name}" {more}>{inside}</text:list>'


def test_numbers_that_an_opendocument_text_puts_before_paragraphs_are_characters():
    styles = list_style(
        "L1",
        level(1, "1"),
        level(2, "a", ")", 'text:display-levels="2"'),
        '<text:list-level-style-bullet text:level="3" text:bullet-char="–"/>',
    )
    a, b, c, d = (f"<text:p>{one}</text:p>" for one in "abcd")
    inner = odt_list(c + d, odt_list(a), name="L1")
    body = (
        odt_list(a, b + inner, c),
        "x",
        odt_list(d, more='text:continue-numbering="true"'),
        odt_list(a),
    )
    assert lines(odt(*body, automatic=styles)) == [
        "1. a",
        "2. b",
        "2.a) c",
        "d",
        "– a",
        "3. c",
        "x",
        "4. d",
        "1. a",
    ]


def test_a_list_may_go_on_with_one_of_another_place_and_begin_anywhere():
    styles = list_style(
        "L1", level(1, "I", "", 'loext:num-list-format="§ %1%:" text:start-value="3"')
    )
    a = "<text:p>a</text:p>"
    body = (
        odt_list(a, more='xml:id="one"'),
        odt_list(a),
        odt_list(a, more='text:continue-list="one"'),
        f'<text:list text:style-name="L1"><text:list-header>{a}</text:list-header>'
        f'<text:list-item text:start-value="9">{a}</text:list-item></text:list>',
        f'<text:numbered-paragraph text:list-id="z" text:style-name="L1" text:level="1">{a}'
        "</text:numbered-paragraph>",
    )
    assert lines(odt(*body, automatic=styles)) == [
        "§ III: a",
        "§ III: a",
        "§ IV: a",
        "a",
        "§ IX: a",
        "§ III: a",
    ]


def test_headings_of_an_opendocument_text_have_the_numbers_of_its_outline():
    styles = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" '
        'style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="" />'
        "</text:outline-style>"
    )
    body = (
        '<text:h text:outline-level="1">a</text:h>',
        '<text:h text:outline-level="2">b</text:h>',
        '<text:h text:outline-level="1" text:is-list-header="true">c</text:h>',
        '<text:h text:outline-level="1"><text:number>II</text:number>d</text:h>',
        '<text:h text:outline-level="1" text:restart-numbering="true" text:start-value="5">e'
        "</text:h>",
    )
    assert lines(odt(*body, styles=styles)) == [
        f"{{heading}} {words}" for words in ("1. a", "b", "c", "II d", "5. e")
    ]


# Links, fields, signs, and what is left out


def test_the_words_of_a_link_know_where_it_leads_and_are_not_underlined():
    styles = (
        '<w:style w:type="character" w:styleId="L"><w:rPr><w:u w:val="single"/></w:rPr></w:style>'
    )
    run = r("the minutes", '<w:rStyle w:val="L"/>')
    body = (
        p("See ", f'<w:hyperlink r:id="one">{run}</w:hyperlink>', "."),
        p(f'<w:hyperlink r:id="one" w:anchor="p2">{run}</w:hyperlink>'),
        p(f'<w:hyperlink w:anchor="_Toc1">{run}</w:hyperlink>'),
    )
    found = docx(*body, styles=styles, links={"one": "https://example.org/?a=1&b=2"})
    assert lines(found) == [
        "See {https://example.org/?a=1&b=2}the minutes{}.",
        "{https://example.org/?a=1&b=2#p2}the minutes",
        "the minutes",
    ]
    assert read(found).left_out == ("links to places in the document",)


def test_links_of_an_opendocument_text_know_where_they_lead():
    link = '<text:a xlink:href="{}">there</text:a>'
    found = odt(
        *(
            f"<text:p>See {link.format(url)}.</text:p>"
            for url in ("https://example.org/", "#x", "file:///c:/a")
        )
    )
    assert lines(found) == [
        "See {https://example.org/}there{}.",
        "See there.",
        "See {file:///c:/a}there{}.",
    ]
    assert read(found).left_out == (
        "addresses of links that no web page may have",
        "links to places in the document",
    )


def field(instruction, result, more=""):
    mark = '<w:r><w:fldChar w:fldCharType="{}">{}</w:fldChar></w:r>'
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return (
        mark.format("begin", more)
        + code
        + mark.format("separate", "")
        + result
        + mark.format("end", "")
    )


def test_of_a_field_the_result_is_read_and_the_instruction_left_out():
    inner = field(" PAGE ", r("3"))
    outer = field(
        f" IF </w:instrText></w:r>{inner}{r('hidden')}<w:r><w:instrText> = 1 ", r("first")
    )
    simple = f'<w:fldSimple w:instr=" DATE ">{r("today")}</w:fldSimple>'
    found = docx(p("Page ", outer, " of ", inner, ", ", simple))
    assert lines(found) == ["Page {hidden: 3hidden}first of 3, today"]
    assert read(found).left_out == ("instructions of fields",)


def test_a_field_may_be_a_link():
    body = p("See ", field(' HYPERLINK "https://example.org/" \\o "tip" ', r("there")), ".")
    assert lines(docx(body)) == ["See {https://example.org/}there{}."]


def test_a_field_that_never_ends_hides_nothing():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert lines(docx(p("A", begin, " B"), "C")) == ["A B", "C"]


def test_signs_of_symbol_fonts_are_given_as_they_are_seen():
    sign = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
    body = p(
        "A ",
        sign.format("Symbol", "F061"),
        sign.format("Wingdings", "E0"),
        sign.format("Wingdings 3", "F045"),
        r("\uf0b7", '<w:rFonts w:ascii="Symbol"/>'),
        sign.format("Arial", "FFFE"),
        sign.format("Arial", "nothing"),
        "<w:r><w:noBreakHyphen/><w:softHyphen/><w:ptab/><w:t>B</w:t><w:cr/><w:t>C</w:t></w:r>",
    )
    found = docx(body)
    assert lines(found) == ["A α→\uf045•\u2011\u00ad B", "C"]
    assert read(found).left_out == (
        "the look of signs in the font Arial",
        "the look of signs in the font Wingdings 3",
    )


def test_signs_above_words_follow_them():
    ruby = f"<w:rt>{r('かん')}</w:rt><w:rubyBase>{r('漢')}</w:rubyBase>"
    assert lines(docx(p(f"<w:r><w:ruby>{ruby}</w:ruby></w:r>", "x"))) == ["漢{superscript}かん{}x"]
    ruby = "<text:ruby-base>漢</text:ruby-base><text:ruby-text>かん</text:ruby-text>"
    assert lines(odt(f"<text:p><text:ruby>{ruby}</text:ruby>x</text:p>")) == [
        "漢{superscript}かん{}x"
    ]


def test_hidden_words_are_kept_where_they_stand():
    hidden = "<w:vanish/>"
    found = docx(
        p("A", r("B", hidden), r(" ", hidden), r("C", "<w:webHidden/>"), r(" D ", hidden), "E"),
        p(r("F ", hidden), r("G", hidden)),
        p("H", f"<w:r><w:rPr>{hidden}</w:rPr><w:footnoteReference w:id='1'/></w:r>"),
        footnotes=note("footnote", 1, p("note")),
    )
    assert lines(found) == ["A{hidden: B} C{hidden:  D }E", "{hidden: F G}", "H{hidden: note}"]
    assert [line.typed for line in read(found).lines] == ["AB C D E", "F G", "Hnote"]
    assert not read(found).left_out
    found = odt(
        '<text:p>A<text:span text:style-name="T1">B</text:span></text:p>',
        '<text:section text:display="none"><text:p>C</text:p></text:section>',
        automatic=style("T1", text='text:display="none"'),
    )
    assert lines(found) == ["A{hidden: B}", "{hidden: C}"]
    assert not read(found).left_out


def test_words_that_stand_nowhere_in_the_text_are_kept_hidden_after_it():
    found = docx(
        "A",
        '<w:sectPr><w:headerReference w:type="first" r:id="header1"/></w:sectPr>',
        header1=p("never shown"),
        footnotes=note("footnote", 1, p("B")) + note("footnote", 1, p("C")),
        members={"word/glossary/document.xml": docx_parts("E")["word/document.xml"]},
    )
    assert lines(found) == ["A", "{hidden: B}", "{hidden: C}", "{hidden: never shown}"]
    assert read(found).left_out == ("building blocks for other documents (1 character)",)
    region = "<text:deletion><text:p>B</text:p></text:deletion>"
    remark = "<text:insertion><office:change-info><text:p>C</text:p></office:change-info>"
    found = odt(
        f'<text:tracked-changes><text:changed-region text:id="d">{region}</text:changed-region>'
        f'<text:changed-region text:id="i">{remark}</text:insertion></text:changed-region>'
        "</text:tracked-changes>",
        "A",
        masters='<style:master-page style:name="X"><style:header><text:p>D</text:p></style:header>'
        '<style:footer style:display="false"><text:p>E</text:p></style:footer></style:master-page>',
    )
    assert lines(found) == ["{header} D", "A", "{hidden: B}", "{hidden: C}", "{hidden: E}"]


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<w:r><w:drawing><pic:pic/></w:drawing></w:r>", "images"),
        ("<w:r><w:pict><v:imagedata/></w:pict></w:r>", "images"),
        ("<w:r><w:drawing><c:chart/></w:drawing></w:r>", "charts"),
        ("<w:r><w:object><o:OLEObject/></w:object></w:r>", "embedded objects"),
        ('<w:r><w:pict><v:textpath string="DRAFT"/></w:pict></w:r>', "WordArt"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData/></w:fldChar>'
            '<w:fldChar w:fldCharType="end"/></w:r>',
            "form fields, instructions of fields",
        ),
        ("<w:r><w:rPr><w:rPrChange/></w:rPr></w:r>", "recorded changes of type and layout"),
    ],
)
def test_what_is_no_text_in_a_word_document_is_named(inside, named):
    found = docx(p("A", inside))
    assert lines(found) == ["A"]
    assert ", ".join(read(found).left_out) == named


def test_macros_are_named_and_never_looked_at():
    found = docx("A", members={"word/vbaProject.bin": b"\0" * 9})
    assert read(found).left_out == ("macros",)
    found = odt("A", members={"Basic/Standard/Module1.xml": "<!DOCTYPE x>"})
    assert read(found).left_out == ("macros",)


def test_the_signs_of_a_formula_are_read_and_its_layout_left_out():
    a, b = (f"<m:r><m:t>{one}</m:t></m:r>" for one in "ab")
    formula = f"<m:oMath><m:f><m:num>{a}</m:num><m:den>{b}</m:den></m:f></m:oMath>"
    found = docx(p("x = ", formula))
    assert lines(found) == ["x = ab"]
    assert read(found).left_out == ("the layout of formulas",)
    maths = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>a</mi>'
        "<annotation>a over b</annotation></math>"
    )
    frame = '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image/></draw:frame>'
    found = odt(f"<text:p>x = {frame}</text:p>", members={"Object 1/content.xml": maths})
    assert lines(found) == ["x = a"]
    assert read(found).left_out == ("the layout of formulas",)


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<draw:frame><draw:image/></draw:frame>", "images"),
        (
            '<draw:frame><draw:object xlink:href="./O"/><draw:image/></draw:frame>',
            "embedded objects",
        ),
        ("<draw:frame><draw:object-ole/></draw:frame>", "embedded objects"),
        ("<draw:control/>", "form fields"),
        ("<text:script>alert(1)</text:script>", "scripts"),
    ],
)
def test_what_is_no_text_in_an_opendocument_text_is_named(inside, named):
    found = odt(f"<text:p>A{inside}</text:p>")
    assert lines(found) == ["A"]
    assert ", ".join(read(found).left_out) == named


def test_the_pattern_of_an_index_is_no_text_of_it_and_kept_hidden():
    source = "<text:table-of-content-source><text:p>B</text:p></text:table-of-content-source>"
    index = "<text:index-body><text:p>C</text:p></text:index-body>"
    found = odt(f"<text:table-of-content>{source}{index}</text:table-of-content>")
    assert lines(found) == ["{hidden: B}C"]
