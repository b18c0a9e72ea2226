"""The colours of an edition's own, as an addition to the style sheet."""

import re
from collections.abc import Iterator, Mapping

from stenogram.config import WebConfig
from stenogram.errors import ConfigError

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LIGHT = {
    "paper": "#fbfaf6",
    "tint": "#f1eee4",
    "mark": "#f4e8c8",
    "rule": "#d9d3c5",
    "ink": "#1c1a17",
    "faint": "#67625a",
    "accent": "#8c1d18",
    "editor": "#3d5a73",
    "translator": "#56632b",
}
_DARK = {
    "paper": "#171614",
    "tint": "#211f1c",
    "mark": "#3a301c",
    "rule": "#3a3732",
    "ink": "#e6e1d6",
    "faint": "#a29b8e",
    "accent": "#e2796b",
    "editor": "#94b2cc",
    "translator": "#b3bf7e",
}
"""As the style sheet has them."""
_WORDS = ("ink", "faint", "accent", "editor", "translator")
"""Colours in which words stand, on paper."""
_LEAST = 4.5
"""Contrast that words need: WCAG 2.2, success criterion 1.4.3."""


def own_colours(web: WebConfig) -> str:
    """Rules that give the colours of ``[web]`` to every page; empty if there are none.

    Raises ``ConfigError`` for a colour that does not exist, or that makes words hard to read.
    """
    light, dark = web.colours, web.dark_colours
    for setting, chosen, usual in (
        ("colours", light, _LIGHT),
        ("dark_colours", dark, _DARK),
    ):
        for problem in _problems(chosen, usual):
            raise ConfigError(f"stenogram.toml: web.{setting}.{problem}")
    rules = ""
    if light:
        rules += f"\n@media screen {{\n  :root {{\n{_properties(light)}  }}\n}}\n"
    if dark or light:
        # A dark theme that names no colours of its own keeps those of the style sheet.
        properties = _properties({name: _DARK[name] for name in light} | dict(dark))
        screen = "screen and (prefers-color-scheme: dark)"
        rules += f"\n@media {screen} {{\n  :root {{\n{properties}  }}\n}}\n"
    return f"\n/* --- Colours of this edition --- */\n{rules}" if rules else ""


def _problems(chosen: Mapping[str, str], usual: Mapping[str, str]) -> Iterator[str]:
    for name, value in chosen.items():
        if name not in usual:
            yield f"{name} is not a colour of the edition; there are: {', '.join(usual)}"
        elif not _COLOUR.fullmatch(value):
            yield f'{name} is "{value}"; write a colour as #8c1d18'
    colours = {**usual, **chosen}
    for name in _WORDS:
        contrast = _contrast(colours[name], colours["paper"])
        if contrast < _LEAST:
            yield (
                f"{name} is {colours[name]}, hard to read on paper that is {colours['paper']}: "
                f"contrast {contrast:.1f}, and words need {_LEAST}"
            )


def _properties(colours: Mapping[str, str]) -> str:
    return "".join(f"    --{name}: {value};\n" for name, value in colours.items())


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
