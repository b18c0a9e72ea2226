"""What is installed from the wheel works outside the checkout, with nothing of it in reach."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from places import HEARING, ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, made from the sdist, so that both are known to be complete."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    _run(build, folder)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A new virtual environment with the wheel in it; its folder of programs is returned."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    python = str(folder / "bin/python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet"]
    _run([*pip, "--no-deps", "--no-index", str(wheel)], folder)
    # The dependencies are borrowed from the environment of the tests: it is quicker, and
    # needs no network. Its own, editable stenogram does not come with them, since that is a
    # .pth file, and those are read in the environment's own folder only.
    (site_packages,) = folder.glob("lib/python*/site-packages")
    borrowed = sysconfig.get_path("purelib")
    (site_packages / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    return folder / "bin"


def test_the_wheel_holds_the_toolkit_its_schema_and_its_transforms_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = [name.split("/") for name in archive.namelist()]
    assert {parts[0] for parts in names if not parts[0].endswith(".dist-info")} == {"stenogram"}
    inside = {parts[1] for parts in names if parts[0] == "stenogram"}
    assert {"schema", "transforms", "cli.py"} <= inside
    assert inside & {"tests", "output"} == set()


def test_the_installed_toolkit_is_not_the_checkout(installed, tmp_path):
    place = _run(
        [installed / "python", "-c", "import stenogram; print(stenogram.__file__)"], tmp_path
    )
    assert Path(place.strip()).is_relative_to(installed.parent)


def test_the_installed_command_says_what_it_can_do(installed, tmp_path):
    text = _run([installed / "stenogram", "--help"], tmp_path)
    for command in ("init", "import", "check", "build"):
        assert command in text


def test_an_edition_is_made_from_nothing_outside_the_checkout(installed, tmp_path):
    shutil.copy(HEARING, tmp_path)
    edition = tmp_path / "bridge"

    _run([installed / "stenogram", "init", "bridge"], tmp_path)
    _run([installed / "stenogram", "import", "../hearing.txt", "--id", "hearing"], edition)
    _run([installed / "stenogram", "check"], edition)
    _run([installed / "stenogram", "build"], edition)

    for name in (
        "stenogram.toml",
        "tei/hearing.xml",
        "output/html/hearing.html",
        "output/html/index.html",
        "output/text/hearing.txt",
    ):
        assert (edition / name).is_file(), name
    received = (edition / "tei/sources/hearing.txt").read_bytes()
    assert received == HEARING.read_bytes()
    page = (edition / "output/html/hearing.html").read_text(encoding="utf-8")
    assert "will not carry another winter" in page


def test_building_the_installed_way_leaves_nothing_to_rebuild(installed, tmp_path):
    shutil.copy(HEARING, tmp_path)
    _run([installed / "stenogram", "init", "bridge"], tmp_path)
    edition = tmp_path / "bridge"
    _run([installed / "stenogram", "import", "../hearing.txt"], edition)
    _run([installed / "stenogram", "build"], edition)

    _run([installed / "stenogram", "build", "--check"], edition)


def _run(command: list[str | Path], folder: Path) -> str:
    """Run a command as on a machine that knows nothing of the checkout; return what it prints."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    shown = " ".join(map(str, command))
    assert done.returncode == 0, f"{shown}\n{done.stdout}{done.stderr}"
    return done.stdout
