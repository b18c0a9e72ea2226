"""White space as XML means it; other spaces, such as U+00A0, are characters to be kept."""

import re

_TO_FOLD = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
"""White space that is not one space already: most is, and finding it takes most of the time."""


def fold(text: str) -> str:
    """One space for every run of white space, none at the ends."""
    return _TO_FOLD.sub(" ", text).strip(" ")
