"""Markdown as tokens that know their places; nothing that cannot be kept is taken for markup."""

from collections.abc import Callable

from markdown_it import MarkdownIt, rules_inline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from stenogram.sources.addresses import web_address
from stenogram.sources.markdown.footnotes import define_footnotes

PLACE = "place"
"""In ``Token.meta``: where a token inside a paragraph begins and ends in its text."""
LABEL = "label"
"""In ``Token.meta``: the name of the definition that a link uses, or of a footnote."""

_Rule = Callable[[StateInline, bool], bool]


def parse(text: str) -> list[Token]:
    """The tokens of a document whose lines end with a line feed.

    CommonMark with tables, strikethrough and footnotes. HTML is no markup, nor is a link to
    anywhere but the web: their signs stay characters.
    """
    parser = _Parser("commonmark", {"html": False, "inline_definitions": True})
    parser.enable(["table", "strikethrough"])
    parser.options["store_labels"] = True
    parser.disable("text_join")  # so that an entity is known from the character it stands for
    define_footnotes(parser)
    for name, rule in _WITH_PLACES.items():
        parser.inline.ruler.at(name, _placed(rule))
    return parser.parse(text)


class _Parser(MarkdownIt):
    """Takes addresses as they are typed, and only those that can be kept."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return bool(web_address(url))

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


_WITH_PLACES: dict[str, _Rule] = {
    "backticks": rules_inline.backtick,
    "escape": rules_inline.escape,
    "image": rules_inline.image,
    "link": rules_inline.link,
    "newline": rules_inline.newline,
}


def _placed(rule: _Rule) -> _Rule:
    """A rule that also tells where in the text its tokens begin and end."""

    def with_place(state: StateInline, silent: bool) -> bool:
        first, begin = len(state.tokens), state.pos
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[first:]:
                token.meta.setdefault(PLACE, (begin, state.pos))
        return True

    return with_place
