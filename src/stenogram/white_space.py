"""White space as XML means it; other spaces, such as U+00A0, are characters to be kept."""

import re

_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")


def fold(text: str) -> str:
    """One space for every run of white space, none at the ends."""
    return _WHITE_SPACE.sub(" ", text).strip(" ")
