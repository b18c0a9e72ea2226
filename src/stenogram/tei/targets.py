"""Which link targets an edition may carry."""

import re

_SCHEMES = ("http:", "https:", "mailto:", "doi:")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0]")


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
