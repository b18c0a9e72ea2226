"""Footnotes in Markdown: ``[^1]`` where the sign stands, ``[^1]: words`` where the note does."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

SIGN = "footnote_sign"
"""Type of a token that stands for the sign of a footnote; ``meta["label"]`` has it."""

_BEGIN, _END = "footnote_open", "footnote_close"

_LABEL = r"\[\^([^\s\[\]]{1,40})\]"
_SIGN = re.compile(_LABEL)
_DEFINITION = re.compile(rf"{_LABEL}:[ \t]*")
_INDENT = 4
"""By how many columns the further paragraphs of a note are indented."""


def define_footnotes(parser: MarkdownIt) -> None:
    """Have a parser know footnotes."""
    parser.block.ruler.before(
        "reference", "footnote", _definition, {"alt": ["paragraph", "reference"]}
    )
    parser.inline.ruler.before("link", "footnote", _sign)


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote where it is defined."""

    places: range
    """Its lines, counted from 0."""
    blocks: list[Token]

    def without_sign(self, typed: str) -> str:
        """The first of its lines with blanks in place of its sign."""
        found = _DEFINITION.search(typed)
        end = found.end() if found else 0
        return " " * end + typed[end:]


def footnotes_apart(tokens: Iterable[Token]) -> tuple[list[Token], dict[str, Footnote]]:
    """The tokens of a document without its footnotes, and these by their labels."""
    rest: list[Token] = []
    found: dict[str, Footnote] = {}
    blocks = rest
    for token in tokens:
        if token.type == _BEGIN:
            blocks = []
            found[token.meta["label"]] = Footnote(range(*(token.map or (0, 0))), blocks)
        elif token.type == _END:
            blocks = rest
        else:
            blocks.append(token)
    return rest, found


def _sign(state: StateInline, silent: bool) -> bool:
    found = _SIGN.match(state.src, state.pos, state.posMax)
    if not found or found[1] not in state.env.get("footnotes", ()):
        return False
    if not silent:
        state.push(SIGN, "", 0).meta["label"] = found[1]
    state.pos = found.end()
    return True


def _definition(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[line] + state.tShift[line]
    found = _DEFINITION.match(state.src, begin, state.eMarks[line])
    known: set[str] = state.env.setdefault("footnotes", set())
    nested = state.level > 0 and state.sCount[line] >= state.blkIndent
    if not found or found[1] in known or nested or state.is_code_block(line):
        return False
    if silent:
        return True
    known.add(found[1])
    opening = state.push(_BEGIN, "", 1)
    opening.meta["label"] = found[1]
    _tokenize_note(state, line, end, found.end())
    opening.map = [line, state.line]
    state.push(_END, "", -1)
    return True


def _tokenize_note(state: StateBlock, line: int, end: int, words: int) -> None:
    """Read what follows the sign as the blocks of the note, as if it were indented like them."""
    before = state.bMarks[line], state.tShift[line], state.sCount[line], state.parentType
    state.bMarks[line], state.tShift[line] = words, 0
    state.blkIndent += _INDENT
    state.sCount[line] = state.blkIndent
    state.md.block.tokenize(state, line, end)
    state.blkIndent -= _INDENT
    state.bMarks[line], state.tShift[line], state.sCount[line], state.parentType = before
