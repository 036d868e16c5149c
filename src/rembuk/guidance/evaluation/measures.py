"""What the desk adds to level 4 of trainings: how much of a plan conformed when it was first looked at."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rembuk.guidance.evaluation.models import Mark
from rembuk.guidance.training.measures import Measure, Values, register


def conforming(cycles: Mapping[str, UUID], _today: date) -> Values:
    """Return village -> items of EV-RKP that conformed in the first round, of those that applied. One query.

    Only what was signed counts, and only the first round: it tells how the plan came, not how it was mended.
    """
    rows = Mark.objects.filter(
        review__cycle_id__in=cycles.values(),
        review__checks="EV-RKP",
        review__round=1,
        review__state="result_signed",
    ).exclude(mark="NA")
    found: dict[str, list[bool]] = defaultdict(list)
    for village, mark in rows.order_by().values_list("review__village_id", "mark"):
        found[village].append(mark == "CONFORM")
    return {village: Fraction(sum(marks), len(marks)) for village, marks in found.items()}


def register_measures() -> None:
    """Name the measure of this room; called once the rooms are loaded."""
    words = _("Butir evaluasi RKP yang sesuai pada putaran pertama")
    register(Measure("desk", "DK", words, _("Meja evaluasi"), conforming))
