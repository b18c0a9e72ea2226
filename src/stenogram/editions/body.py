"""The body of a web page, from reading events.

Every element carries its TEI name as a class and its TEI type as ``data-type``, so that a
style sheet alone can change most of what a reader sees. The markup is described in
``docs/html.md``. Ids that are not of the TEI have a colon, which no ``xml:id`` can have.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import assert_never

from stenogram.editions.collected import NO_LINE, Body, Correction, Heading, PageNote
from stenogram.editions.tags import (
    attribute,
    data_of,
    id_of,
    lang_of,
    language_tag,
    plain,
)
from stenogram.tei.events import (
    Anchor,
    Empty,
    End,
    Event,
    Furniture,
    Gap,
    LineEndHyphen,
    PageBreak,
    SourceLine,
    StartAdded,
    StartBlock,
    StartChoice,
    StartCorrected,
    StartDate,
    StartDeleted,
    StartEmbedded,
    StartForeign,
    StartGloss,
    StartHeading,
    StartHighlight,
    StartInline,
    StartLabel,
    StartLine,
    StartLink,
    StartMisprint,
    StartName,
    StartNote,
    StartParagraph,
    StartQuotation,
    StartSalutation,
    StartSection,
    StartSignature,
    StartStageDirection,
    StartSupplied,
    StartTurn,
    StartTyped,
    StartUnclear,
)
from stenogram.tei.names import EXEMPLAR

_FIFTH = frozenset("05")
"""Last digits of the numbers that stand in the margin."""
_ROW = 90
"""Characters of a printed row, at most: two numbers closer than this could collide."""
_SHORT = 320
"""A turn of one paragraph with fewer characters runs in after its label."""
_DEEPEST = 6
"""HTML has no heading below ``h6``."""
_AFTER_MARK = (" ", "\n", "</", *".,;:?!)]”’")


def body(
    events: Iterable[Event],
    names: Mapping[str, str] | None = None,
    gettext: Callable[[str], str] = str,
) -> Body:
    """Write the body of a page; both readings of every passage are in it.

    ``names`` are standard names by id: a turn without a label is announced by them.
    ``gettext`` gives a text of the interface in its language.
    """
    return _Writer(names or {}, gettext).write(events)


_Close = str | Callable[[], None]
_Block = (
    StartSection
    | StartHeading
    | StartTurn
    | StartLabel
    | StartParagraph
    | StartEmbedded
    | StartSalutation
    | StartSignature
    | StartBlock
)
_Editorial = (
    StartSupplied
    | StartGloss
    | StartMisprint
    | StartChoice
    | StartTyped
    | StartCorrected
    | StartDeleted
    | StartAdded
    | StartUnclear
    | StartNote
)
_Words = (
    StartQuotation
    | StartStageDirection
    | StartDate
    | StartForeign
    | StartHighlight
    | StartLink
    | StartInline
)
_CORRECTED = '<ins class="corr">'
_END_OF_PHRASES = frozenset(("</p>\n", "</span>", "</i>", "</a>", "</del>", "</ins>"))
"""What closes an element that may hold words and marks but no block; see ``_in_phrase``."""


@dataclass(slots=True)
class _Turn:
    """The turn that is being written."""

    number: int = 0
    """Counted through the document, in order of beginning; 0 outside all turns."""
    who: tuple[str, ...] = ()
    written_before: int = 0
    """Characters written before it began."""
    parts: int = 0
    """Paragraphs, and more for what is too large to run in after the label."""
    label: str = ""
    """Id of the label, if there is one."""
    id: str = ""


class _Writer:
    """Writes events one after the other; what is open is on a stack."""

    def __init__(self, names: Mapping[str, str], gettext: Callable[[str], str]) -> None:
        self._names = names
        self._note_name = escape(gettext("Note {mark}"))
        self._correction_name = escape(gettext("Correction"))
        self._body = Body()
        self._out = self._body.html
        self._open: list[_Close] = []
        self._written = 0
        self._written_at_number = -_ROW
        self._line = NO_LINE
        self._lines = 0
        self._number_next = True
        self._turn = _Turn()
        self._turns = 0
        self._levels = [1]
        self._links = 0
        self._phrases = 0
        """Headings, labels and names in the register that are open."""
        self._readings: dict[str, str] = {}
        self._marks: list[int] = []
        """Places of the note marks in the body."""

    def write(self, events: Iterable[Event]) -> Body:
        """Write all events; the most frequent come first, since they are tried in order."""
        opened = self._open
        for event in events:
            match event:
                case str():
                    self._written += len(event)
                    if "&" in event or "<" in event:
                        event = escape(event, quote=False)
                    self._out.append(event)
                case End():
                    close = opened.pop()
                    if isinstance(close, str):
                        self._out.append(close)
                    else:
                        close()
                case StartLine():
                    self._start_line(event)
                case StartName(kind=kind, refs=refs):
                    opened.append(self._named(refs, "</span>") if refs else "</span>")
                    self._out.append(f'<span class="{kind}"{data_of("ref", " ".join(refs))}>')
                case SourceLine() | PageBreak() | Furniture() | LineEndHyphen() | Gap() | Anchor():
                    self._empty(event)
                case StartParagraph():
                    self._block(event)
                case (
                    StartSupplied()
                    | StartGloss()
                    | StartMisprint()
                    | StartChoice()
                    | StartTyped()
                    | StartCorrected()
                    | StartDeleted()
                    | StartAdded()
                    | StartUnclear()
                    | StartNote()
                ):
                    self._editorial(event)
                case (
                    StartQuotation()
                    | StartStageDirection()
                    | StartDate()
                    | StartForeign()
                    | StartHighlight()
                    | StartLink()
                    | StartInline()
                ):
                    self._words(event)
                case _:
                    self._block(event)
        self._close_up()
        self._body.lines, self._body.last_line = self._lines, self._line
        return self._body

    def _close_up(self) -> None:
        """Take away the space before a mark where one follows it: a note was in brackets."""
        html = self._body.html
        for place in self._marks:
            if not 0 < place < len(html) - 1:
                continue
            before, after = html[place - 1], html[place + 1]
            if not before.startswith("<") and after.startswith(_AFTER_MARK):
                html[place - 1] = before.rstrip()

    def _start(self, tag: str, close: _Close) -> None:
        self._out.append(tag)
        self._open.append(close)

    def _start_line(self, line: StartLine) -> None:
        self._line, self._body.last_speakers = line, self._turn.who
        self._lines += 1
        kind = "n"
        if self._number_next or (line.n[-1:] in _FIFTH and line.n.isdecimal()):
            near = self._written - self._written_at_number < _ROW
            kind = "n raised" if near and not self._number_next else "n margin"
            self._written_at_number = self._written
            if self._number_next:
                self._first_of_block()
        identifier = attribute(line.id)
        language = lang_of(line.language)
        self._start(
            f'<span class="line" id="{identifier}"{language}><a class="{kind}" '
            f'href="#{identifier}" data-n="{attribute(line.n)}" aria-hidden="true" tabindex="-1">'
            "</a>"
            if identifier
            else f'<span class="line"{language}>',
            "</span>",
        )

    def _first_of_block(self) -> None:
        """Give the corrections in a label the number of the line that follows it."""
        self._number_next = False
        body = self._body
        if self._lines == 1:
            body.first_line = self._line
        for place in range(len(body.corrections) - 1, -1, -1):
            if body.corrections[place].line:
                break
            body.corrections[place] = replace(body.corrections[place], line=self._line.n)

    def _empty(self, event: Empty) -> None:
        match event:
            case SourceLine(number=number, edition=edition):
                kind = "lb exemplar" if edition == EXEMPLAR else "lb"
                if number and edition == EXEMPLAR:
                    self._body.signs.add("lb")
                self._out.append(f'<span class="{kind}"{data_of("n", number)}></span>')
            case PageBreak(n=n):
                self._body.signs.add("pb")
                self._out.append(f'<span class="pb"{data_of("n", n)}></span>')
            case Furniture(kind=kind, text=text):
                words = escape(text, quote=False)
                self._out.append(f'<span class="fw"{data_of("type", kind)} hidden>{words}</span>')
            case LineEndHyphen(sign=sign):
                self._out.append(f'<span class="pc" hidden>{escape(sign, quote=False)}</span>')
            case Gap(reason=reason):
                self._body.signs.add("gap")
                words = escape(event.sign, quote=False)
                self._out += (
                    f'<span class="gap"{data_of("reason", reason)}>',
                    words,
                    "</span>",
                )
            case Anchor(id=identifier, type=kind):
                self._out.append(
                    f'<span class="anchor"{id_of(identifier)}{data_of("type", kind)}></span>'
                )
            case _:
                assert_never(event)

    def _words(self, event: _Words) -> None:
        match event:
            case StartQuotation(type=kind, who=who, language=language):
                about = f"{data_of('type', kind)}{data_of('who', ' '.join(who))}{lang_of(language)}"
                self._start(f'<span class="q"{about}>', "</span>")
            case StartStageDirection():
                self._stage_direction(event)
            case StartDate(when=when):
                self._start(f'<span class="date"{data_of("when", when)}>', "</span>")
            case StartForeign(kind=kind, language=language, refs=refs):
                about = f"{data_of('ref', ' '.join(refs))}{lang_of(language)}"
                close = self._named(refs, "</i>") if refs else "</i>"
                self._start(f'<i class="{kind}"{about}>', close)
            case StartHighlight(faces=faces):
                self._start(f'<span class="{escape(" ".join(("hi", *faces)))}">', "</span>")
            case StartLink(target=target):
                self._link(target)
            case StartInline(name=name, id=identifier, type=kind):
                about = f"{id_of(identifier)}{data_of('type', kind)}"
                self._start(f'<span class="{escape(name)}"{about}>', "</span>")
            case _:
                assert_never(event)

    def _named(self, refs: tuple[str, ...], tag: str) -> _Close:
        """Take down what a name points to, and how it is typed once it ends."""
        place = (self._line.id, self._line.n) if self._line.id else (self._turn.id, "")
        found = [self._body.names[ref] for ref in refs]
        for named in found:
            named.places.setdefault(*place)
        begin = len(self._out)
        self._phrases += 1

        def end() -> None:
            self._phrases -= 1
            form = plain(_as_typed(self._out[begin:]))
            for named in found if form else ():
                named.forms.setdefault(form)
            self._out.append(tag)

        return end

    def _editorial(self, event: _Editorial) -> None:
        match event:
            case StartSupplied(uncertain=uncertain):
                kind = "supplied uncertain" if uncertain else "supplied"
                self._mark(kind, "")
            case StartGloss(type=kind, language=language):
                self._mark("gloss", f"{data_of('type', kind)}{lang_of(language)}")
            case StartMisprint():
                self._mark("sic", "")
            case StartUnclear(reason=reason):
                self._mark("unclear", data_of("reason", reason))
            case StartChoice():
                self._choice()
            case StartTyped():
                self._reading("typed", '<del class="sic">', "</del>")
            case StartCorrected(certainty=certainty):
                self._readings["certainty"] = certainty
                self._reading("corrected", _CORRECTED, "</ins>")
            case StartDeleted():
                self._body.signs.add("deleted")
                self._start('<del class="deleted">', "</del>")
            case StartAdded():
                self._body.signs.add("added")
                self._start('<ins class="added">', "</ins>")
            case StartNote():
                self._note(event)
            case _:
                assert_never(event)

    def _mark(self, kind: str, about: str) -> None:
        self._body.signs.add(kind)
        self._start(f'<span class="{kind}"{about}>', "</span>")

    def _block(self, event: _Block) -> None:
        match event:
            case StartParagraph(id=identifier, language=language):
                self._turn.parts += 1
                self._written_at_number -= _ROW
                self._start_block("p", "", f"{id_of(identifier)}{lang_of(language)}")
            case StartTurn():
                self._start_turn(event)
            case StartLabel():
                self._label()
            case StartSection(id=identifier, type=kind, language=language):
                self._section(f"{id_of(identifier)}{data_of('type', kind)}{lang_of(language)}")
            case StartHeading():
                self._heading()
            case StartEmbedded(id=identifier, type=kind, language=language):
                self._turn.parts += 2
                about = f"{id_of(identifier)}{data_of('type', kind)}{lang_of(language)}"
                self._start_block("div", "floatingText", about)
            case StartSalutation():
                self._start_block("p", "salute", "")
            case StartSignature():
                self._start_block("p", "signed", "")
            case StartBlock(name=name, id=identifier, type=kind):
                self._turn.parts += 1
                about = f"{id_of(identifier)}{data_of('type', kind)}"
                self._start_block("div", escape(name), about)
            case _:
                assert_never(event)

    def _start_block(self, tag: str, kind: str, about: str) -> None:
        """Begin a block; where HTML allows none, a ``span`` that is shown as one."""
        if self._in_phrase():
            self._start(f'<span class="{kind or tag} block"{about}>', "</span>")
        else:
            named = f' class="{kind}"' if kind else ""
            self._start(f"<{tag}{named}{about}>", f"</{tag}>\n")

    def _in_phrase(self) -> bool:
        return self._phrases > 0 or not _END_OF_PHRASES.isdisjoint(self._open)

    def _section(self, about: str) -> None:
        self._levels.append(self._levels[-1])

        def end() -> None:
            self._levels.pop()
            self._out.append("</div>\n")

        self._start(f'<div class="div"{about}>\n', end)

    def _heading(self) -> None:
        if self._in_phrase():
            self._start('<span class="head block">', "</span>")
            return
        outer = self._levels[-2] if len(self._levels) > 1 else 1
        level = self._levels[-1] = min(outer + 1, _DEEPEST)
        begin = len(self._out)
        line_before = self._line

        def end() -> None:
            self._phrases -= 1
            self._out.append(f"</h{level}>\n")
            line = self._line
            if line is line_before:
                line = StartLine(f"heading:{len(self._body.headings) + 1}", "")
                self._out[begin] = f'<h{level} id="{line.id}">'
            words = plain(self._out[begin:])
            self._body.headings.append(Heading(id=line.id, n=line.n, words=words, level=level))

        self._phrases += 1
        self._number_next = True
        self._start(f"<h{level}>", end)

    def _start_turn(self, turn: StartTurn) -> None:
        self._turns += 1
        identifier = turn.id or f"turn:{self._turns}"
        self._body.speakers.setdefault(turn.who, identifier)
        begin = len(self._out)
        outer, self._turn = self._turn, _Turn(self._turns, turn.who, self._written, id=identifier)
        tag, block = ("span", " block") if self._in_phrase() else ("div", "")
        self._number_next = True

        def end() -> None:
            ended, self._turn = self._turn, outer
            runs_in = ended.label and ended.parts <= 1
            size = self._written - ended.written_before
            short = " short" if runs_in and size < _SHORT else ""
            about = (
                f"{id_of(identifier)}{data_of('who', ' '.join(turn.who))}{lang_of(turn.language)}"
            )
            about += " data-continues" if turn.is_part else ""
            name = self._name(turn, ended.label)
            self._out[begin] = f'<{tag} class="sp{short}{block}"{about} role="group"{name}>\n'
            self._out.append(f"</{tag}>\n")

        self._start("", end)

    def _name(self, turn: StartTurn, label: str) -> str:
        """How a screen reader announces a turn: by its label, else by the speaker."""
        if label:
            return f' aria-labelledby="{escape(label)}"'
        names = ", ".join(self._names.get(person, person) for person in turn.who)
        if not names:
            return ""
        self._body.signs.add("unlabelled")
        return f' aria-label="{escape(names)}"'

    def _label(self) -> None:
        identifier = "" if self._turn.label else f"label:{self._turn.number}"
        self._turn.label = self._turn.label or identifier
        line, self._line = self._line, NO_LINE
        tag, block = ("span", " block") if self._in_phrase() else ("p", "")
        self._phrases += 1

        def end() -> None:
            self._phrases -= 1
            self._line = line
            self._out.append(f"</{tag}>\n")

        self._start(f'<{tag} class="speaker{block}"{id_of(identifier)}>', end)

    def _stage_direction(self, event: StartStageDirection) -> None:
        self._body.signs.add("stage")
        about = (
            f"{id_of(event.id)}{data_of('type', ' '.join(event.types))}"
            f"{data_of('ana', ' '.join(event.grades))}{data_of('who', ' '.join(event.who))}"
            f"{lang_of(event.language)}"
        )
        if event.alone:
            self._turn.parts += 1
            self._number_next = True
            self._start_block("p", "stage alone", about)
        else:
            self._start(f'<i class="stage"{about}>', "</i>")

    def _link(self, target: str) -> None:
        if not target or self._links:
            self._start('<span class="ref">', "</span>")
            return
        self._links += 1

        def end() -> None:
            self._links -= 1
            self._out.append("</a>")

        self._start(f'<a class="ref" href="{escape(target)}">', end)

    def _note(self, note: StartNote) -> None:
        kind, mark = escape(note.type), escape(note.mark)
        name = self._note_name.replace("{mark}", mark)
        collected = PageNote(
            id=note.id or f"note:{note.type}:{note.mark}",
            type=note.type,
            mark=note.mark,
            line=self._line.n,
            html="",
            language=language_tag(note.language),
        )
        identifier = escape(collected.id)
        if note.alone:
            self._turn.parts += 1
            self._body.notes.append(collected)
            self._start(
                f'<div class="note alone {kind}" id="{identifier}"{lang_of(note.language)} '
                f'role="note" aria-label="{name}"><sup class="mark">{mark}</sup> ',
                "</div>\n",
            )
            return
        reference = (
            mark
            if self._links
            else f'<a href="#{identifier}" role="doc-noteref" aria-label="{name}">{mark}</a>'
        )
        if self._out is self._body.html:
            self._marks.append(len(self._out))
        self._out.append(f'<sup class="noteref {kind}" id="{identifier}:ref">{reference}</sup>')
        self._collect(collected)

    def _collect(self, note: PageNote) -> None:
        """Keep what follows, until the note ends, for the end of the page."""
        outer, self._out = self._out, []
        links, self._links = self._links, 0
        written = self._written

        def end() -> None:
            html = "".join(self._out)
            self._out, self._links, self._written = outer, links, written
            self._body.notes.append(replace(note, html=html))

        self._open.append(end)

    def _choice(self) -> None:
        number = len(self._body.corrections) + 1
        entry = Correction(
            id=f"correction:{number}", line=self._line.n, typed="", corrected="", certainty=""
        )
        self._body.corrections.append(entry)
        outer, self._readings = self._readings, {"typed": "", "corrected": "", "certainty": ""}
        begin = len(self._out)
        tag = "span" if self._links else "a"
        href = "" if self._links else f' href="#{entry.id}"'
        self._links += 1

        def end() -> None:
            read = self._body.corrections[number - 1] = replace(entry, **self._readings)
            self._readings = outer
            kind = "" if read.typed else " omission"
            kind += "" if read.corrected else " surplus"
            # In one of the views it has no words; a title is its name then.
            title = f' title="{self._correction_name}"' if kind else ""
            self._out[begin] = f'<{tag} class="choice{kind}" id="{entry.id}:ref"{href}{title}>'
            self._out.append(f"</{tag}>")
            self._links -= 1

        self._start("", end)

    def _reading(self, which: str, tag: str, close: str) -> None:
        begin = len(self._out)

        def end() -> None:
            self._readings[which] = plain(self._out[begin:])
            self._out.append(close)

        self._start(tag, end)


def _as_typed(html: list[str]) -> list[str]:
    """Pieces of HTML without the words that are corrections."""
    if _CORRECTED not in html:
        return html
    kept, corrected = [], 0
    for piece in html:
        corrected += (piece == _CORRECTED) - (corrected > 0 and piece == "</ins>")
        if not corrected:
            kept.append(piece)
    return kept
