"""Which link targets an edition may carry."""

import re
from urllib.parse import quote

_SCHEMES = ("http:", "https:", "mailto:", "doi:")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0]")
_ALLOWED = "!#$%&'()*+,/:;=?@~"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SCHEME = r"(?:[A-Za-z]+:|(?![^/?#]*:))"
_HOST = r"//(?:[^/?#@]*@)?[^/?#:@]*(?::\d+)?(?=[/?#]|$)"
_ADDRESS = re.compile(rf"{_SCHEME}(?:{_HOST}|(?!//))[^?#]*(?:\?[^#]*)?(?:#[^#]*)?")


def as_pointer(target: str) -> str:
    """The address of a received file as TEI can hold it; nothing if it is not harmless.

    Signs that no address may have, such as spaces, are written with ``%``. Places in the file
    itself are left out, since the document has none of the same name.
    """
    quoted = quote(_LONE_PERCENT.sub("%25", target.strip()), safe=_ALLOWED)
    usable = not quoted.startswith("#") and _ADDRESS.fullmatch(quoted) is not None
    return quoted if usable and safe_target(quoted) == quoted else ""


def safe_target(target: str) -> str:
    """The target if it is harmless, else nothing.

    Harmless are http, https, mailto and doi addresses, places in the same document and
    relative paths; ``javascript:``, ``data:`` and ``//host`` are not.
    """
    bare = _CONTROL.sub("", target)
    if bare.casefold().startswith(_SCHEMES):
        return bare
    # Browsers read a backslash as a slash: /\host is another host too.
    other_host = bare.replace("\\", "/").startswith("//")
    if other_host or ":" in bare.split("#")[0].split("?")[0]:
        return ""
    return bare
