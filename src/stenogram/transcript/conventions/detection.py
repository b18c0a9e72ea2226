"""By which convention a transcript is typed, told from its labels."""

from collections.abc import Sequence
from dataclasses import dataclass

from stenogram.transcript.conventions import Convention, convention_named, known_conventions

_FEWEST = 8
"""Labels that show a convention."""
_SHARE = 0.8
"""How many of the labels have to be typed by it."""
_MOST_READ = 2_000
_OF_LANGUAGE, _USED = 0.1, 0.1
"""What it weighs that a convention is of one language, and that its templates are used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A convention, and what speaks for it."""

    convention: Convention
    labels: int
    """How many labels were looked at."""
    typed_so: int
    sample: str
    """One of these, as typed."""
    weight: float
    """How much speaks for it: the share of labels, and how little room it has beside them."""

    @property
    def reason(self) -> str:
        """What speaks for it, in words."""
        return f"{self.typed_so} of {self.labels} labels are typed like “{self.sample}”"


def tell_convention(texts: Sequence[str], language: str) -> Told | None:
    """The convention by which paragraphs that begin with labels are typed.

    ``texts`` are such paragraphs, in the ``language`` of the document. Of several conventions
    that have room for the labels, the one is taken that leaves least room for others.
    """
    texts = texts[:_MOST_READ]
    if len(texts) < _FEWEST:
        return None
    code = language.split("-")[0]
    told = [
        _told(convention, texts)
        for convention in map(convention_named, known_conventions())
        if convention.told and code in (convention.languages or (code,))
    ]
    enough = [one for one in told if one.typed_so >= _SHARE * len(texts)]
    return max(enough, key=lambda one: one.weight, default=None)


def _told(convention: Convention, texts: Sequence[str]) -> Told:
    """How far labels are typed by a convention."""
    templates = convention.label_templates
    samples: list[str] = []
    literal = 0
    used: set[str] = set()
    for text in texts:
        fitting = [(one, match) for one in templates if (match := one.match(text))]
        if not fitting:
            continue
        template, match = max(fitting, key=lambda one: one[0].literal)
        samples.append(match.group())
        literal += template.literal
        used.add(template.typed)
    return Told(
        convention=convention,
        labels=len(texts),
        typed_so=len(samples),
        sample=max(samples[:_FEWEST], key=len, default=""),
        weight=(
            len(samples) / len(texts)
            + literal / len(texts)
            + _OF_LANGUAGE * bool(convention.languages)
            + _USED * len(used) / max(1, len(templates))
        ),
    )
