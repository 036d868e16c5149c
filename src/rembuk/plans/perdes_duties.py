"""What the Perdes of plans asks of a hat: hand over, sign, promulgate, send, and write down the regent's answer."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.core.workflow.perdes_states import PerdesState, running_clock
from rembuk.cycles.duties import Duty
from rembuk.plans.labels import PERDES_BUTTONS, PERDES_MISSING
from rembuk.plans.models import RkpdesVersion
from rembuk.plans.perdes_way import missing_of
from rembuk.plans.queries import days_of
from rembuk.regions.queries import place_q

_S = PerdesState
WAITING: Final[Mapping[str, tuple[str, str]]] = {
    _S.AGREED: ("plans.deliver", "deliver"),
    _S.DELIVERED_TO_HEAD: ("plans.sign", "sign"),
    _S.SIGNED: ("plans.enact", "promulgate"),
    _S.PROMULGATED: ("plans.send", "send"),
    _S.SENT_TO_REGENT: ("plans.clarify", "clear"),
    _S.REVISE: ("plans.send", "resend"),
}
"""State -> the act that is awaited, and the button that does it."""
MOST: Final = 20


def rows_of(hat: Hat, _today: date) -> "QuerySet[RkpdesVersion] | None":
    """Return the plans whose Perdes waits for the hat; None for roles that do nothing with a Perdes."""
    states = [state for state, (act, _button) in WAITING.items() if hat.role in TABLE.rows[act].roles]
    if not states:
        return None
    rows = RkpdesVersion.objects.filter(place_q(hat.place), perdes_state__in=states, cycle__closed_at__isnull=True)
    return rows.exclude(state="returned").select_related("village", "cycle").order_by("perdes_state", "id")


def of_hat(hat: Hat, today: date) -> list[Duty]:
    """Return what plans of the hat's village wait for, or one line for all that wait at a regency. One query."""
    rows = rows_of(hat, today)
    if rows is None:
        return []
    if hat.place.village:
        return [duty_of(plan, today) for plan in rows[:MOST]]
    plans = list(rows.only("perdes_state", "perdes_dates", "village", "cycle"))
    return [of_many(plans, today)] if plans else []


def duty_of(plan: RkpdesVersion, today: date) -> Duty:
    state, days = PerdesState(plan.perdes_state), days_of(plan)
    clock = running_clock(state, days, today)
    left = clock.days_left if clock is not None else None
    title = _("Perdes RKP Desa %(year)d: %(act)s") % {
        "year": plan.cycle.budget_year,
        "act": str(PERDES_BUTTONS[WAITING[state][1]]).lower(),
    }
    return Duty(
        title=title,
        link=reverse("plans:perdes", args=(plan.id,)),
        button=_("Buka langkah Perdes"),
        due=clock.due if clock is not None else None,
        days_left=left,
        state="late" if left is not None and left < 0 else "due",
        missing=(missing_of(state, days) or str(PERDES_MISSING[state]),),
        place_name=plan.village.full_name,
        key=f"plans:perdes:{plan.id}",
        weight=1 if left is not None and left < 0 else 0,
    )


def of_many(plans: list[RkpdesVersion], today: date) -> Duty:
    """Say once how many Perdes wait for an answer, with the day of the first."""
    clocks = [running_clock(PerdesState(plan.perdes_state), days_of(plan), today) for plan in plans]
    dues = sorted(clock.due for clock in clocks if clock is not None)
    first = dues[0] if dues else None
    left = (first - today).days if first is not None else None
    late = sum(due < today for due in dues)
    return Duty(
        title=_("Perdes yang menunggu klarifikasi"),
        link=f"{reverse('plans:list')}?perdes={_S.SENT_TO_REGENT.value}",
        button=_("Buka daftar"),
        due=first,
        days_left=left,
        state="late" if late else "due",
        missing=(_("%(count)d Perdes menunggu, %(late)d lewat 30 hari") % {"count": len(plans), "late": late},),
        key="plans:clarify",
        weight=1 if late else 0,
    )
