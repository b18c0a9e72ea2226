"""Where a link in a received file leads, if it leads to a place outside the file."""

import re
from urllib.parse import quote

_AS_IT_IS = "!#$%&'()*+,-./:;=?@_~"
"""What may stand in an address beside letters and digits (RFC 3986, section 2)."""
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ADDRESS = re.compile(
    r"(?:https?://(?:[^/?#@]*@)?[^/?#@:]+(?::\d{0,5})?(?:/[^?#]*)?|(?:mailto|doi):[^?#]+)"
    r"(?:\?[^#]*)?(?:#[^#]*)?",
    re.IGNORECASE | re.ASCII,
)
_LONGEST = 10_000


def web_address(written: str) -> str:
    """An address of http, https, mailto or doi as TEI takes it, or nothing.

    Nothing also for a place in the file itself, and for a file beside it, which nobody received.
    """
    bare = re.sub(r"[\t\r\n\f]", "", written).strip(" ")
    quoted = quote(_STRAY_PERCENT.sub("%25", bare), safe=_AS_IT_IS, errors="replace")
    return quoted if len(quoted) <= _LONGEST and _ADDRESS.fullmatch(quoted) else ""
