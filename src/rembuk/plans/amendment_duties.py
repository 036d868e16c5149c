"""What a moved ceiling asks of the office: look at the plan in force again."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.core.workflow.perdes_states import PerdesState
from rembuk.cycles.duties import Duty
from rembuk.funding.models import Ceiling
from rembuk.plans.amending import shift_of
from rembuk.plans.models import RkpdesVersion
from rembuk.regions.queries import place_q

MOST = 3


def rows_of(hat: Hat, _today: date) -> "QuerySet[RkpdesVersion] | None":
    """Return the plans in force of the hat's village; None for hats that amend nothing."""
    if not hat.place.village or hat.role not in TABLE.rows["plans.amend"].roles:
        return None
    return RkpdesVersion.objects.filter(place_q(hat.place), cycle__closed_at__isnull=True, enacted_at__isnull=False)


def of_hat(hat: Hat, today: date) -> list[Duty]:
    """Return one duty for each plan in force whose ceilings moved too far since it was set. A village's hats only.

    Two queries, and two more for each plan with a letter that came after it.
    """
    if not hat.place.village or hat.role not in TABLE.rows["plans.amend"].roles:
        return []
    rows = RkpdesVersion.objects.filter(place_q(hat.place), cycle__closed_at__isnull=True)
    versions = list(rows.select_related("village", "cycle").order_by("cycle_id", "version_no"))
    in_work = {plan.cycle_id for plan in versions if not plan.enacted}
    annulled = PerdesState.ANNULLED.value
    force = {plan.cycle_id: plan for plan in versions if plan.enacted and plan.perdes_state != annulled}
    plans = [plan for key, plan in force.items() if key not in in_work][-MOST:]
    if not plans:
        return []
    letters = Ceiling.objects.filter(place_q(hat.place), in_force=True, issued_at__isnull=False)
    newest = dict(letters.order_by("issued_at").values_list("budget_year", "issued_at"))
    later = [plan for plan in plans if newest.get(plan.cycle.budget_year, plan.enacted_at) != plan.enacted_at]
    return [duty for plan in later if (duty := duty_of(plan)) is not None]


def duty_of(plan: RkpdesVersion) -> Duty | None:
    shift = shift_of(plan)
    if not shift.replan:
        return None
    moved = ", ".join(change.source for change in shift.changes if change.replan)
    return Duty(
        title=_("Pagu berubah lebih dari 5 %%: periksa RKP Desa %(year)d") % {"year": plan.cycle.budget_year},
        link=reverse("plans:amendment", args=(plan.id,)),
        button=_("Lihat garis potong"),
        state="due",
        missing=(_("Sumber yang bergeser: %(sources)s") % {"sources": moved},),
        place_name=plan.village.full_name,
        icon="scales",
        key=f"plans:replan:{plan.id}",
        weight=1,  # a letter that moves a ceiling also sends old stages to be looked at again: this comes before them
    )
