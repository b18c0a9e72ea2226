"""Editions: the formats in which documents are published, one module each."""

from collections.abc import Callable, Mapping, Sequence

from stenogram.editions import html, text
from stenogram.editions.document import Document, Files, Settings

__all__ = ["FORMATS", "Document", "Files", "Settings"]

FORMATS: Mapping[str, Callable[[Sequence[Document], Settings], Files]] = {
    "html": html.write,
    "text": text.write,
}
"""By name: what writes the format's files, given the documents of the edition."""
