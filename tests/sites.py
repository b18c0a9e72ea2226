"""Web editions in a folder, as a build writes them, for a browser to open."""

from collections.abc import Sequence
from pathlib import Path

from places import ROOT

from stenogram.config import read_config
from stenogram.editions import html
from stenogram.editions.document import Document, Settings


def settings(table: str = "", *own: Path) -> Settings:
    """Those of a ``stenogram.toml``; ``own`` are transforms of an edition's own."""
    return Settings(
        config=read_config(table.encode()),
        transforms=(*own, ROOT / "transforms"),
        schema=ROOT / "schema",
    )


def write_site(folder: Path, documents: Sequence[Document], table: str = "") -> Path:
    """Write the web edition of some documents into a folder, and return the folder."""
    for name, data in html.write(documents, settings(table)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
