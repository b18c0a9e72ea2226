"""The account of a document: a character that its reader misses is found out."""

import pytest
from office import docx, docx_parts, lines, odt, odt_parts, p, read, zipped

from stenogram.errors import SourceError
from stenogram.sources import Deletion, Hidden, SourceLine
from stenogram.sources.account import Account


def settle(account, held, *read):
    account.settle("minutes.docx", [held], [SourceLine(n, t, 0) for n, t in enumerate(read, 1)])


@pytest.mark.parametrize(
    ("read", "missing"),
    [("Yes is. It", "3 stand where no words are expected (, i t)"), ("", "11")],
)
def test_a_character_that_was_not_read_is_named(read, missing):
    with pytest.raises(SourceError) as caught:
        settle(Account(), "Yes, it is. It", read)
    assert f"minutes.docx cannot be read without loss: of its characters, {missing}" in str(
        caught.value
    )


def test_white_space_and_the_order_of_words_are_no_loss():
    settle(Account(), " Yes,\u00a0it\tis", "it is", "Yes,")


def test_words_that_were_set_aside_were_read():
    signs = (0, Deletion("it ")), (0, Hidden("was "))
    Account().settle("m", ["it was so"], [SourceLine(1, "so", 0, signs=signs)])


def test_a_number_that_the_program_shows_does_not_stand_in_for_one_that_is_lost():
    account = Account()
    account.make("1.")
    settle(account, "Yes", "1. Yes")
    with pytest.raises(SourceError, match=r"1 were read more than once \(\.\)"):
        settle(Account(), "1 Yes", "1. Yes")
    with pytest.raises(SourceError, match=r"1 stand where no words are expected \(1\)"):
        settle(account, "1 Yes", "1. Yes")


def test_what_was_left_out_is_named_with_its_size():
    account = Account()
    account.leave("images")
    account.leave("charts", "a b")
    account.leave("charts", "c")
    account.leave("diagrams", "d")
    settle(account, "a b c Yes d", "Yes")
    assert account.left_out == ["charts (3 characters)", "diagrams (1 character)", "images"]


@pytest.mark.parametrize(
    "data",
    [
        docx(p("Yes.", properties="<w:t>Not</w:t>")),
        docx("Yes.", "<w:sectPr><w:r><w:t>Not</w:t></w:r></w:sectPr>"),
        odt("Yes.", "<text:tracked-changes><text:p>Not</text:p></text:tracked-changes>"),
        odt("Yes.", styles="<text:p>Not</text:p>"),
    ],
)
def test_words_where_no_program_puts_any_are_found_by_looking_at_elements_alone(data):
    with pytest.raises(SourceError, match="of its characters, 3 stand where no words"):
        read(data)


def test_every_part_with_words_is_counted_whatever_leads_to_it():
    more = docx_parts("Other.")["word/document.xml"]
    found = zipped({**docx_parts("Yes."), "word/spare.xml": more, "elsewhere/x.xml": more})
    assert lines(found) == ["Yes.", "{hidden: Other.}", "{hidden: Other.}"]
    inner = odt_parts("Other.")["content.xml"]
    found = odt("Yes.", members={"Object 1/content.xml": inner})
    assert read(found).left_out == ("embedded objects (6 characters)",)
