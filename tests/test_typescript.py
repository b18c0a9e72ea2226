"""The typescript's pages and printed lines."""

from commands import paged_edition, run


def test_a_word_divided_at_the_end_of_a_page_is_imported_whole(tmp_path):
    answer = run(paged_edition(tmp_path / "edition"), "show", "inspection#L0011", "--view=reading")
    assert "when the inspector's office burned." in answer.out
