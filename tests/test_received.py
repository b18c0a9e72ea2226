"""Real transcripts go the whole way with nothing set: TEI, check, editions."""

from pathlib import Path

import pytest
from accuracy import answered_styles, answered_transcripts
from commands import run
from lxml import etree

TITLE = "A transcript"


def _received() -> list[Path]:
    return [source for source, _ in (*answered_transcripts(), *answered_styles())]


@pytest.fixture(scope="module")
def tei_all(shared) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(shared("tei/tei_all.rng")))


@pytest.mark.parametrize("source", _received(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_transcript_becomes_tei_that_is_sound_complete_and_builds(source, tmp_path, tei_all):
    (tmp_path / "stenogram.toml").write_text('[edition]\ntitle = "Records"\n')
    imported = run(tmp_path, "import", str(source), "--id", "record", "--title", TITLE)
    assert imported.code == 0, imported.all
    checked = run(tmp_path, "check", "record")
    assert checked.code == 0, checked.all
    assert "fidelity 100 %" in checked.out.replace("\xa0", " ")
    built = run(tmp_path, "build")
    assert built.code == 0, built.all
    tei = etree.parse(tmp_path / "tei" / "record.xml")
    tei_all.validate(tei)
    assert [str(error) for error in tei_all.error_log][:3] == []
