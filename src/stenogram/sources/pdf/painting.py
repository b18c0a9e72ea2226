"""The instructions of a page carried out, as far as they have to do with text."""

from collections.abc import Mapping, Sequence
from typing import Any

from pdfminer.casting import safe_matrix
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, int_value, list_value, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import (
    MATRIX_IDENTITY,
    Matrix,
    Rect,
    apply_matrix_rect,
    mult_matrix,
)

from stenogram.sources.pdf.fonts import Fonts
from stenogram.sources.pdf.glyphs import DEEPEST, Device, Painted
from stenogram.sources.pdf.instructions import instructions
from stenogram.sources.pdf.streams import Effort, ExcessiveError, Stream

_DEEPEST_FIGURE = 50
_NOT_SHOWN = 1 << 1 | 1 << 5
"""Flags of an annotation that nobody sees (ISO 32000-1, table 165)."""


class Reader:
    """Reads the pages of one file."""

    def __init__(self, effort: Effort) -> None:
        self._fonts = Fonts()
        self._effort = effort

    def read(self, page: PDFPage) -> Painted:
        """What a page has on it."""
        self._effort.begin_page()
        device = Device(self._fonts, page)
        _Interpreter(self._fonts, device).process_page(page)
        for annotation in list_value(page.annots):
            self._read_annotation(dict_value(annotation), device)
        return device.painted

    def _read_annotation(self, annotation: Mapping[str, Any], device: Device) -> None:
        """Read what an annotation shows on the page, such as what a form was filled in with."""
        shown = resolve1(dict_value(annotation.get("AP", {})).get("N"))
        state = resolve1(annotation.get("AS"))
        if isinstance(shown, dict) and isinstance(state, PSLiteral):
            shown = resolve1(shown.get(state.name))
        if not isinstance(shown, Stream) or int_value(annotation.get("F", 0)) & _NOT_SHOWN:
            return
        box, place = _rectangle(shown.get("BBox")), _rectangle(annotation.get("Rect"))
        matrix = _matrix(shown.get("Matrix"))
        x0, y0, x1, y1 = apply_matrix_rect(matrix, box)
        wide = (place[2] - place[0]) / (x1 - x0) if x1 > x0 else 1.0
        high = (place[3] - place[1]) / (y1 - y0) if y1 > y0 else 1.0
        fitted = (wide, 0, 0, high, place[0] - x0 * wide, place[1] - y0 * high)
        _Interpreter(self._fonts, device).render_contents(
            dict_value(shown.get("Resources", {})),
            [shown],
            ctm=mult_matrix(matrix, mult_matrix(fitted, device.page_matrix)),
        )


class _Interpreter(PDFPageInterpreter):
    """Carries out the instructions of a page that have to do with text."""

    device: Device

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out the instructions of some streams, none inside itself."""
        contents = [resolve1(stream) for stream in streams]
        numbers = {stream.objid for stream in contents if isinstance(stream, Stream)}
        if not contents or numbers & self.parent_stream_ids:
            return
        self.stream_ids = {number for number in numbers if number is not None}
        for word, operands in instructions(b"\n".join(one.get_data() for one in contents)):
            if word in _METHODS:
                name, count = _METHODS[word]
                if len(operands) >= count:
                    getattr(self, name)(*operands[len(operands) - count :])

    def do_q(self) -> None:
        """Remember how things are painted."""
        if len(self.gstack) >= DEEPEST:
            raise ExcessiveError
        super().do_q()

    def show(self, seq: Any) -> None:
        """Show text."""
        if self.textstate.font is not None and isinstance(seq, list):
            self.device.show(self.textstate, seq)

    def show_string(self, string: Any) -> None:
        """Show text in one piece."""
        self.show([string])

    def show_below(self, string: Any) -> None:
        """Go to the next line and show text."""
        self.do_T_a()
        self.show([string])

    def show_spaced_below(self, words: Any, letters: Any, string: Any) -> None:
        """Space words and letters, go to the next line and show text."""
        self.do_Tw(words)
        self.do_Tc(letters)
        self.show_below(string)

    def paint(self, named: Any) -> None:
        """Paint a picture, or what is kept to be painted in several places."""
        name = named.name if isinstance(named, PSLiteral) else ""
        figure = resolve1(self.xobjmap.get(name))
        if not isinstance(figure, Stream):
            return
        kind = resolve1(figure.get("Subtype"))
        if not isinstance(kind, PSLiteral) or kind.name != "Form":
            self.device.painted.pictures += 1
            return
        if len(self.parent_stream_ids) > _DEEPEST_FIGURE:
            raise ExcessiveError
        resources = resolve1(figure.get("Resources"))
        self.subinterp().render_contents(
            resources if isinstance(resources, dict) else self.resources,
            [figure],
            ctm=mult_matrix(_matrix(figure.get("Matrix")), self.ctm),
        )
        self.device.set_ctm(self.ctm)

    def end_picture(self) -> None:
        """Count a picture between the instructions."""
        self.device.painted.pictures += 1

    def begin_described_part(self, tag: Any, props: Any) -> None:
        """Begin a part of the text of which the file says something."""
        if isinstance(props, PSLiteral):
            named = dict_value(dict_value(self.resources).get("Properties", {}))
            props = resolve1(named.get(props.name))
        self.device.begin_part(tag, props if isinstance(props, dict) else {})

    def begin_part(self, tag: Any) -> None:
        """Begin a part of the text that has a name."""
        self.device.begin_part(tag, {})

    def end_part(self) -> None:
        """End such a part."""
        self.device.end_part()


# Lines, colours and clipping say nothing of the text.
_OPERATORS = {
    **{word: f"do_{word}" for word in "q Q cm BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm".split()},
    "T*": "do_T_a",
    "TJ": "show",
    "Tj": "show_string",
    "'": "show_below",
    '"': "show_spaced_below",
    "Do": "paint",
    "EI": "end_picture",
    "BDC": "begin_described_part",
    "BMC": "begin_part",
    "EMC": "end_part",
}
_METHODS = {
    word: (name, getattr(_Interpreter, name).__code__.co_argcount - 1)
    for word, name in _OPERATORS.items()
}


def _matrix(stated: object) -> Matrix:
    numbers = [resolve1(one) for one in list_value(stated)]
    return (safe_matrix(*numbers) if len(numbers) == 6 else None) or MATRIX_IDENTITY


def _rectangle(stated: object) -> Rect:
    x0, y0, x1, y1 = (float(resolve1(one)) for one in list_value(stated))
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
