"""Measures that earlier rooms know already: days kept, women at the Musrenbang Desa, activities that trace to the RPJM.

Each provider answers for all villages at once in a constant number of queries.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from rembuk.cycles.models import Excuse, StageRecord
from rembuk.deliberation.facts import counts_of
from rembuk.deliberation.models import Meeting
from rembuk.guidance.training.measures import Measure, Values, register
from rembuk.plans.models import RkpdesItem
from rembuk.plans.queries import plans_that_count

ENACTED = "K12"
FORUM = "MUSREN"


def kept_days(cycles: Mapping[str, UUID], today: date) -> dict[tuple[UUID, str], bool]:
    """Return (cycle, stage) -> whether its day was kept, for stages whose day has come or that are done.

    A stage with a granted excuse is left out: what the village could not help is not held against it. Two queries.
    """
    keys = list(cycles.values())
    excused = set(
        Excuse.objects.filter(cycle_id__in=keys, state=Excuse.State.GRANTED).order_by().values_list("cycle_id", "stage")
    )
    rows = StageRecord.objects.filter(cycle_id__in=keys).order_by()
    found: dict[tuple[UUID, str], bool] = {}
    for cycle, stage, done, legal, target in rows.values_list(
        "cycle_id", "stage", "done_date", "legal_deadline", "target_date"
    ):
        due = legal or target
        if due is None or (cycle, stage) in excused or (done is None and due >= today):
            continue
        found[cycle, stage] = done is not None and done <= due
    return found


def stages_in_time(cycles: Mapping[str, UUID], today: date) -> Values:
    """Return village -> stages whose day was kept, of those whose day has come."""
    kept: dict[UUID, list[bool]] = defaultdict(list)
    for (cycle, _stage), good in kept_days(cycles, today).items():
        kept[cycle].append(good)
    return {village: Fraction(sum(kept[cycle]), len(kept[cycle])) for village, cycle in cycles.items() if cycle in kept}


def plan_in_time(cycles: Mapping[str, UUID], today: date) -> Values:
    """Return village -> 1 when its RKP Desa was set by its day, 0 when not."""
    kept = kept_days(cycles, today)
    return {
        village: Fraction(int(kept[cycle, ENACTED])) for village, cycle in cycles.items() if (cycle, ENACTED) in kept
    }


def women_share(cycles: Mapping[str, UUID], _today: date) -> Values:
    """Return village -> women among those present at its Musrenbang Desa. Five queries."""
    rows = Meeting.objects.filter(cycle_id__in=cycles.values(), kind=FORUM, started_at__isnull=False)
    meetings = list(rows.exclude(state="cancelled").order_by("started_at", "id"))
    counts = counts_of(meetings)
    last = {meeting.village_id: counts[meeting.pk] for meeting in meetings}
    return {village: Fraction(found.women, found.present) for village, found in last.items() if found.present}


def traced_items(cycles: Mapping[str, UUID], _today: date) -> Values:
    """Return village -> activities of its plan that name a line of the RPJM Desa, of all. Two queries."""
    plans = {found.counts.pk: found.counts.village_id for found in plans_that_count(list(cycles.values())).values()}
    rows = RkpdesItem.objects.filter(plan_id__in=plans).order_by().values_list("plan_id")
    counted = rows.annotate(whole=Count("id"), traced=Count("id", filter=Q(rpjmdes_item__isnull=False)))
    return {plans[plan]: Fraction(traced, whole) for plan, whole, traced in counted if whole}


def register_measures() -> None:
    """Name the measures of this room; called once the rooms are loaded."""
    stages, forum = _("Tahapan siklus"), _("Daftar hadir Musrenbang Desa")
    register(Measure("stages", "TW", _("Tahap selesai tepat waktu"), stages, stages_in_time))
    register(Measure("plan", "TW", _("RKP Desa ditetapkan tepat waktu"), stages, plan_in_time))
    register(Measure("women", "PI", _("Perempuan di antara yang hadir"), forum, women_share))
    register(Measure("traced", "IN", _("Kegiatan RKP yang berasal dari RPJM Desa"), _("RKP Desa"), traced_items))
