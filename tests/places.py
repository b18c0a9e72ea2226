"""Where the tests find things, and what they say when something is not there."""

import os
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[1]
"""The repository, which is itself an edition."""

SHARED = ROOT.parent / "shared"
"""Texts and schemas of other people, kept beside the repository and never inside it."""

HEARING = ROOT / "tests/data/hearing.txt"
"""A short transcript of our own invention."""

INSPECTION = ROOT / "tests/data/inspection.txt"
"""Another, typed on numbered pages with numbered lines."""


def shared(name: str) -> Path:
    """Return a file or folder beside the repository, or skip the test where it is missing."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"../shared/{name} is not here")
    return path


def tool_missing(what: str, how: str) -> NoReturn:
    """Skip a test that needs a tool; in continuous integration, fail it instead."""
    message = f"{what} is not here: {how}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
