"""An edition on disk: its folder, the names of its documents, files written whole."""

import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stenogram.errors import OutputError, ProjectError, SourceError
from stenogram.project import check_document_id, document_id_from, open_project
from stenogram.resources import read_bytes, write_whole


@pytest.fixture
def project(tmp_path):
    (tmp_path / "stenogram.toml").touch()
    (tmp_path / "tei").mkdir()
    return open_project(tmp_path)


@given(st.text(max_size=150))
def test_an_id_made_from_a_file_name_is_safe_or_asked_for(name):
    try:
        made = document_id_from(name)
    except ProjectError:
        return
    check_document_id(made)
    assert made == made.casefold()
    assert made.isascii()
    assert document_id_from(made) == made


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("hearing", "hearing"),
        ("Hearing of 4 May", "hearing-of-4-may"),
        ("1956-11-04", "doc-1956-11-04"),
        ("Sitzung (Köln)", "sitzung-koln"),
        ("../../x", "x"),
        ("a.b.c", "a-b-c"),
        ("%2e%2e", "doc-2e-2e"),
        ("L1", "l1"),
        ("CON", "doc-con"),
        ("Com1", "doc-com1"),
    ],
)
def test_an_id_made_from_a_file_name_is_like_it(name, made):
    assert document_id_from(name) == made


@pytest.mark.parametrize("name", ["мир", "", "...", "x" * 101])
def test_where_a_name_gives_no_usable_id_one_is_asked_for(name):
    with pytest.raises(ProjectError, match="--id"):
        document_id_from(name)


@given(st.text(max_size=120))
def test_what_is_allowed_as_id_stays_inside_its_folder(name):
    try:
        check_document_id(name)
    except ProjectError:
        return
    assert "/" not in name
    assert "\\" not in name
    assert name not in (".", "..")
    assert name.isascii()
    assert not name.startswith(("-", "."))
    assert not name.endswith(".")


def test_documents_are_listed_in_order_and_other_files_are_not_documents(project):
    for name in ("b.xml", "a.xml", "a.decisions.toml", "notes.txt", "c.xml.bak", "._a.xml"):
        (project.root / "tei" / name).touch()
    (project.root / "tei/sources").mkdir()
    (project.root / "tei/sources/d.xml").touch()
    assert project.documents() == ["a", "b"]
    assert project.choose(()) == ["a", "b"]
    assert project.choose(("b", "a", "b")) == ["b", "a"]


def test_a_path_is_named_as_the_user_knows_it(project, tmp_path):
    assert project.name_of(project.tei_path("a")) == "tei/a.xml"
    assert project.name_of(tmp_path.parent) == str(tmp_path.parent)


def test_the_nearest_edition_is_the_one(project):
    inner = project.root / "inner"
    inner.mkdir()
    assert open_project(inner).root == project.root
    (inner / "stenogram.toml").touch()
    assert open_project(inner / "tei" / "deep").root == inner


def test_files_are_written_whole_and_can_be_read_by_all(tmp_path):
    write_whole({tmp_path / "a/b/c.txt": b"new", tmp_path / "d.txt": b""})
    assert (tmp_path / "a/b/c.txt").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "d.txt").stat().st_mode) == 0o644
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b", "c.txt", "d.txt"]


def test_a_file_that_holds_these_bytes_already_is_left_alone(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"same")
    os.utime(path, (1, 1))
    write_whole({path: b"same"})
    assert path.stat().st_mtime == 1


def test_what_a_killed_run_left_behind_is_removed_and_nothing_else(tmp_path):
    (tmp_path / ".a.txt.x7.unfinished").write_bytes(b"half")
    (tmp_path / ".hidden").write_bytes(b"mine")
    write_whole({tmp_path / "a.txt": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [".hidden", "a.txt"]


def test_if_one_file_cannot_be_written_none_is(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"old")
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(OutputError, match=r"b\.txt is a folder"):
        write_whole({tmp_path / "a.txt": b"new", tmp_path / "b.txt": b"new"})
    with pytest.raises(OutputError, match=r"c\.txt cannot be written"):
        write_whole({tmp_path / "a.txt": b"new", tmp_path / "a.txt/c.txt": b"new"})
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_a_link_is_replaced_not_followed(tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"mine")
    (tmp_path / "output").mkdir()
    (tmp_path / "output/page.html").symlink_to(outside)
    write_whole({tmp_path / "output/page.html": b"new"})
    assert outside.read_bytes() == b"mine"
    assert (tmp_path / "output/page.html").read_bytes() == b"new"


def test_a_file_is_read_up_to_the_limit_and_not_beyond(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 10)
    assert read_bytes(path, SourceError, limit=10) == b"x" * 10
    with pytest.raises(SourceError, match="is larger than"):
        read_bytes(path, SourceError, limit=9)
