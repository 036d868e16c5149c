"""Why each proposal is in or out, who paid, and what would have to be otherwise."""

from rembuk.core.allocation.explain.binding import Binding, binding
from rembuk.core.allocation.explain.explaining import explain, explanations
from rembuk.core.allocation.explain.leaving import as_values
from rembuk.core.allocation.explain.telling import Point, points, tell
from rembuk.core.allocation.explain.values import Chance, Explanation, Payer, Relief

__all__ = [
    "Binding",
    "Chance",
    "Explanation",
    "Payer",
    "Point",
    "Relief",
    "as_values",
    "binding",
    "explain",
    "explanations",
    "points",
    "tell",
]
