"""The schema: libxml2 gives the verdict, xmlschema explains it."""

import itertools
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lxml import etree

from stenogram.check.rules import Breach
from stenogram.resources import SHIPPED
from stenogram.tei.load import TeiDocument

if TYPE_CHECKING:
    from stenogram.check.explanation import Explainer

_Element = etree._Element

_SCHEMA = SHIPPED / "schema" / "stenogram.xsd"
_LARGEST_EXPLAINED = 2_000_000
"""Bytes; xmlschema is a hundred times slower than libxml2, which then speaks for itself."""
_MOST_EXPLAINED = 300
"""Mistakes; xmlschema writes the element out for each, which takes hours for some documents."""
_STEP = re.compile(r"(?P<name>[^\[]+)(?:\[(?P<place>\d+)\])?")
_CLARK = re.compile(r"\{[^{}]*\}")
# libxml2's types of error (xmlerror.h) and the kind of finding that each is; all others
# are S09, but for repeated ids, which are left to the rules, and what repeats another error.
_CODES: Mapping[str, str] = {
    "SCHEMAV_ELEMENT_CONTENT": "S01",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_1": "S05",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "S05",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "S04",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": "S04",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "S06",
    "SCHEMAV_CVC_ENUMERATION_VALID": "S03",
    "SCHEMAV_CVC_PATTERN_VALID": "S03",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": "S03",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_3": "S03",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_2": "S01",
    "SCHEMAV_CVC_TYPE_3_1_1": "S04",
    "SCHEMAV_CVC_MINLENGTH_VALID": "S03",
}
_REPEATING = ("SCHEMAV_CVC_IDC", "SCHEMAV_CVC_DATATYPE_VALID_1_2_2")


class Schema:
    """The schema of the toolkit, loaded once for many documents."""

    def __init__(self) -> None:
        """Compile the schema for libxml2; xmlschema's is made when it is first needed."""
        self._verdict = etree.XMLSchema(etree.parse(_SCHEMA))
        self._explainer: Explainer | None = None

    def breaches(self, document: TeiDocument) -> list[Breach]:
        """Where a document does not follow the schema; repeated ids are left to the rules."""
        said = self.unexplained(document)
        too_much = len(document.data) > _LARGEST_EXPLAINED or len(said) > _MOST_EXPLAINED
        if too_much or not said:
            return said
        if self._explainer is None:
            # Loading xmlschema takes longer than checking most documents.
            from stenogram.check.explanation import Explainer

            self._explainer = Explainer(_SCHEMA)
        return list(self._explainer.breaches(document.root)) or said

    def unexplained(self, document: TeiDocument) -> list[Breach]:
        """The same in libxml2's own words."""
        if self._verdict.validate(document.root):
            return []
        return [
            Breach(
                code=_CODES.get(entry.type_name, "S09"),
                element=_at(entry.path, document.root),
                message=_CLARK.sub("", entry.message),
            )
            for entry in self._verdict.error_log
            if entry.type_name not in _REPEATING
        ]


def _at(path: str | None, root: _Element) -> _Element:
    """The element that a path of libxml2's means: ``/*/*[2]/h:script[1]``.

    Not asked of XPath, which does not know what the prefixes stand for.
    """
    element = root
    for step in (path or "").split("/")[2:]:
        parts = _STEP.fullmatch(step)
        if parts is None:
            break
        place = int(parts["place"] or 1) - 1
        named = (c for c in element.iterchildren(etree.Element) if _is_named(c, parts["name"]))
        found = next(itertools.islice(named, place, None), None)
        if found is None:
            break
        element = found
    return element


def _is_named(element: _Element, name: str) -> bool:
    if name == "*":
        return True
    prefix = f"{element.prefix}:" if element.prefix else ""
    return f"{prefix}{etree.QName(element).localname}" == name
