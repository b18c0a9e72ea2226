"""stenogram: from a typed transcript to a TEI edition in which every line can be cited."""

__version__ = "0.1.0"
