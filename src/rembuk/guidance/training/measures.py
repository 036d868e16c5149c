"""What level 4 looks at in the villages: measures by name, each answered for many cycles at once.

A later room that knows more (the desk, an index) registers its own; the page shows whatever is registered, and says of
a dimension without any that it waits.

measures.register(Measure("desk", "DK", _("Butir sesuai"), provider))    # provider: (village -> cycle, day) -> values
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.utils.functional import Promise

from rembuk.core.guidance.kirkpatrick import DIMENSIONS

Values = Mapping[str, Fraction]
"""Village -> 0 to 1; a village of which nothing is known yet is left out."""
Provider = Callable[[Mapping[str, UUID], date], Values]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. dimension: one of DIMENSIONS. source: where its values come from, in words."""

    key: str
    dimension: str
    title: str | Promise
    source: str | Promise
    provider: Provider


_measures: dict[str, Measure] = {}


def register(measure: Measure) -> None:
    """Let a room answer for a measure; the same key again replaces it."""
    _measures[measure.key] = measure


def of_dimension(dimension: str) -> list[Measure]:
    """Return the measures of a dimension in the order of their registration."""
    return [measure for measure in _measures.values() if measure.dimension == dimension]


def known() -> tuple[str, ...]:
    """Return the keys of all measures, by dimension."""
    return tuple(measure.key for dimension in DIMENSIONS for measure in of_dimension(dimension))
