"""What xmlschema says of a document that does not follow the schema, in an editor's words."""

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import xmlschema
from lxml import etree
from xmlschema.validators import XMLSchemaChildrenValidationError, XMLSchemaValidationError

from stenogram.check.rules import Breach
from stenogram.tei.names import TEI_NAMESPACE, XML_NAMESPACE

_Element = etree._Element

_MOST_NAMED = 12
_CLARK = re.compile(r"\{[^{}]*\}")
_ATTRIBUTE = re.compile(
    r"attribute (?P<name>\S+?)=(?P<value>'.*?'|\".*?\"): (?P<why>.*)", re.DOTALL
)
_VALUES = re.compile(r"value must be one of \[(?P<values>.*)\]")
_MISSING = re.compile(r"missing required attribute '(?P<name>[^']+)'")
_SURPLUS = re.compile(r"'(?P<name>[^']+)' attribute not allowed")
_USUAL_FORMS = {
    "xml:id": "an id is a letter, then letters, digits, hyphens or full stops",
    "xml:lang": "it must be a language tag as in en or ru-Latn",
    "when": "it must be a date as in 1956-11-04, or a time as in 18:00:00, that exists",
    "quantity": "it must be a whole number",
    "type": "it must be one word",
    "n": "it must be one word or number",
}
_ALIKE = 0.75
_VAGUE = "it is not of the right form"
_FORMS = (
    ("localPointer", "it must be # and an id, as in #T001"),
    ("#[", "it must be # and an id, as in #T001"),
    ("L[0-9]", "it must be L and at least four digits, as in L0001"),
    ("[0-9]{4}", "it must be a date as in 1956-11-04, or a time as in 18:00:00"),
    ("[0-9]+", "it must be a number, as in 12 or 12a"),
)


class Explainer:
    """Explains why documents do not follow a schema."""

    def __init__(self, schema: Path) -> None:
        """Load the schema; nothing outside its folder is read."""
        self._schema = xmlschema.XMLSchema(
            str(schema), base_url=str(schema.parent), defuse="always", allow="sandbox"
        )
        self._names = _element_names(self._schema)

    def breaches(self, root: _Element) -> Iterator[Breach]:
        """Where the document does not follow the schema; repeated ids are left to the rules."""
        document: Any = root  # lxml elements serve, though the types do not say so
        explained = (_explain(e, root, self._names) for e in self._schema.iter_errors(document))
        # A value that may be of several kinds is refused once for each kind.
        found: dict[tuple[_Element, str, str], Breach] = {}
        for breach in filter(None, explained):
            key = breach.element, breach.code, breach.message.partition("; ")[0]
            if key not in found or _VAGUE in found[key].message:
                found[key] = breach
        yield from found.values()


def _element(found: object, root: _Element) -> _Element:
    return found if isinstance(found, _Element) else root


def _element_names(schema: xmlschema.XMLSchema) -> list[str]:
    found = schema.iter_components()
    names = (getattr(component, "local_name", None) for component in found)
    return sorted({name for name in names if name})


def _explain(
    error: XMLSchemaValidationError, root: _Element, names: Iterable[str]
) -> Breach | None:
    """One error in an editor's words; nothing for what the rules report."""
    element = _element(error.elem, root)
    name = _local(element)
    reason = error.reason or ""
    if isinstance(error, XMLSchemaChildrenValidationError):
        return _explain_children(error, element, names)
    if missing := _MISSING.search(reason):
        message = f"<{name}> has no attribute {_prefixed(missing['name'])}"
        return Breach(code="S06", element=element, message=message)
    if surplus := _SURPLUS.search(reason):
        message = f"<{name}> may not have the attribute {_prefixed(surplus['name'])}"
        return Breach(code="S04", element=element, message=message)
    if value := _ATTRIBUTE.match(reason):
        message = (
            f'{_prefixed(value["name"])}="{value["value"][1:-1]}" on <{name}> is not allowed; '
            f"{_allowed(_prefixed(value['name']), value['value'][1:-1], value['why'])}"
        )
        return Breach(code="S03", element=element, message=message)
    if "character data" in reason:
        words = " ".join("".join(t for t in _own_text(element)).split())[:60]
        message = f'"{words}" stands directly in <{name}>, where no words may stand'
        return Breach(code="S05", element=element, message=message)
    if "can't have child elements" in reason:
        message = f"<{name}> may hold words only, no elements"
        return Breach(code="S01", element=element, message=message)
    if "duplicated value" in reason:
        return None
    if "is not an element of the schema" in reason:
        begin = f'<TEI xmlns="{TEI_NAMESPACE}">'
        message = f"The document begins with <{name}>; it must begin with {begin}"
        return Breach(code="S09", element=element, message=message)
    return Breach(code="S09", element=element, message=f"<{name}>: {_CLARK.sub('', reason)}")


def _explain_children(
    error: XMLSchemaChildrenValidationError, element: _Element, names: Iterable[str]
) -> Breach:
    name = _local(element)
    expected = _expected(error)
    allowed = f"; allowed here: {_listed(expected)}" if expected else ""
    if error.invalid_tag is None:
        wanted = ("one of " if len(expected) > 1 else "") + (_listed(expected) or "more")
        message = f"<{name}> is not complete: it still needs {wanted}"
        return Breach(code="S02", element=element, message=message)
    child = _element(error.invalid_child, element)
    found = _local(child)
    if child.tag != f"{{{TEI_NAMESPACE}}}{found}":
        allowed = "; it is not in the TEI namespace"
    elif found not in names:
        near = difflib.get_close_matches(found, names, n=1, cutoff=_ALIKE)
        allowed = f"; did you mean <{near[0]}>?" if near else "; the schema has no such element"
    message = f"<{found}> is not allowed here inside <{name}>{allowed}"
    return Breach(code="S01", element=child, message=message)


def _expected(error: XMLSchemaChildrenValidationError) -> list[str]:
    found: list[str] = []
    for particle in error.expected or ():
        name = getattr(particle, "local_name", None) or getattr(particle, "name", None)
        if name:
            found.append(_CLARK.sub("", name))
    return list(dict.fromkeys(found))


def _listed(names: list[str]) -> str:
    shown = [f"<{name}>" for name in names[:_MOST_NAMED]]
    return ", ".join(shown) + (" …" if len(names) > _MOST_NAMED else "")


def _allowed(attribute: str, value: str, why: str) -> str:
    if not value.strip():
        return "it must not be empty"
    values = _VALUES.search(why)
    if values:
        choices = re.findall(r"'([^']*)'", values["values"])
        near = difflib.get_close_matches(value, choices, n=1)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        return f"allowed: {', '.join(choices)}{hint}"
    form = next((words for sign, words in _FORMS if sign in why), "")
    return form or _USUAL_FORMS.get(attribute, _VAGUE)


def _own_text(element: _Element) -> list[str]:
    return [element.text or "", *(child.tail or "" for child in element)]


def _local(element: _Element) -> str:
    return etree.QName(element).localname


def _prefixed(name: str) -> str:
    """An attribute's name as an editor writes it."""
    return _CLARK.sub("", name.replace(f"{{{XML_NAMESPACE}}}", "xml:"))
