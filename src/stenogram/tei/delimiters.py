"""Which brackets are markup in a document, by the ``rendition`` elements of its header.

``<rendition scheme="css" selector="stage" scope="before">content: "("</rendition>`` says
that every ``stage`` began with a round bracket in the source. Only the selectors ``name``,
``name[attribute]`` and ``name[attribute=value]``, joined by commas, are understood.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from lxml import etree

from stenogram.tei.names import tei

_SELECTOR = re.compile(r"(?P<name>\w+)(?:\[(?P<attribute>\w+)(?:=[\"']?(?P<value>\w+)[\"']?)?\])?")
_CONTENT = re.compile(r"content:\s*[\"'](?P<text>[^\"']*)[\"']")


class _Attributes(Protocol):
    """An element, or its attributes alone."""

    def get(self, key: str, /) -> str | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Delimiters:
    """The brackets around one kind of element."""

    attribute: str = ""
    """The element must have this attribute …"""
    value: str = ""
    """… with this value, unless empty."""
    before: str = ""
    after: str = ""

    def fit(self, element: _Attributes) -> bool:
        """Whether the element is one of those that had these brackets."""
        if not self.attribute:
            return True
        found = element.get(self.attribute)
        return found is not None and self.value in ("", found)


def declared_delimiters(root: etree._Element) -> Mapping[str, tuple[Delimiters, ...]]:
    """By element name: the brackets that the header says were there."""
    pairs: dict[tuple[str, str, str], dict[str, str]] = {}
    for rendition in _renditions(root):
        content = _CONTENT.search(rendition.text or "")
        scope = rendition.get("scope", "")
        if content is None or scope not in ("before", "after"):
            continue
        for selector in rendition.get("selector", "").split(","):
            parts = _SELECTOR.fullmatch(selector.strip())
            if parts:
                key = parts["name"], parts["attribute"] or "", parts["value"] or ""
                pairs.setdefault(key, {})[scope] = content["text"]
    found: dict[str, tuple[Delimiters, ...]] = {}
    for (name, attribute, value), texts in pairs.items():
        delimiters = Delimiters(attribute=attribute, value=value, **texts)
        found[name] = (*found.get(name, ()), delimiters)
    # The more a selector asks for, the earlier it is tried.
    return {
        name: tuple(sorted(some, key=lambda d: (not d.value, not d.attribute)))
        for name, some in found.items()
    }


def _renditions(root: etree._Element) -> Iterator[etree._Element]:
    """Those of the header, or of all headers of a corpus."""
    for child in root.iterchildren(tei("teiHeader"), tei("TEI"), tei("teiCorpus")):
        if child.tag == tei("teiHeader"):
            yield from child.iter(tei("rendition"))
        else:
            yield from _renditions(child)
