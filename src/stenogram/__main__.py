"""``python -m stenogram`` is the command ``stenogram``."""

from stenogram.cli import main

main()
