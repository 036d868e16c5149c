"""What the annual plan and its commitments ask of a hat."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.documents.frame import date_text
from rembuk.core.hat import Hat, Role
from rembuk.cycles.duties import Duty
from rembuk.guidance.programme import queries
from rembuk.guidance.programme.models import Commitment, GuidancePlan, PlanActivity
from rembuk.guidance.programme.queries.commitments import OWED_STATES

MOST_LINES = 3
SOON = timedelta(days=14)
JUDGES = frozenset({Role.KDP})
OWNERS_OF_PLAN = frozenset({Role.KBD})
FOLLOWERS = frozenset({Role.KBD, Role.KDP, Role.BUP, Role.OPD})
"""Roles to whom a late commitment is a duty: the owner's, the Kabid's, the Kepala DPMD's."""


def plans_asking(hat: Hat, _today: date) -> "QuerySet[GuidancePlan] | None":
    """Return the plans that wait for *hat*: to be decided, or given back."""
    if hat.role in OWNERS_OF_PLAN:
        return returned_plans(hat)
    return queries.waiting(hat)


def of_plans(hat: Hat, _today: date) -> list[Duty]:
    """Return a duty per plan that waits for a decision, or was given back. One query."""
    return returned(hat) if hat.role in OWNERS_OF_PLAN else to_decide(hat)


def promises_asking(hat: Hat, today: date) -> "QuerySet[Commitment] | None":
    """Return the commitments that ask something of *hat*: late or due soon, or with evidence to judge."""
    if hat.role not in FOLLOWERS:
        return None
    asked = Q(pk__in=owed_rows(hat, today).values("pk"))
    if hat.role in JUDGES:
        asked |= Q(pk__in=queries.to_judge(hat).values("pk"))
    return Commitment.objects.filter(asked)


def of_promises(hat: Hat, today: date) -> list[Duty]:
    """Return at most one duty for late commitments and one for evidence to judge. Two queries."""
    return [*(to_judge(hat) if hat.role in JUDGES else ()), *owed(hat, today)]


def activities_asking(hat: Hat, today: date) -> "QuerySet[PlanActivity] | None":
    """Return the activities of this person that should have ended and are not closed."""
    if hat.place.village:
        return None
    return PlanActivity.objects.filter(
        owner_person_id=hat.person_id, state="open", end_date__lt=today, plan__state__in=("running", "draft_revision")
    )


def to_decide(hat: Hat) -> list[Duty]:
    rows = queries.waiting(hat)
    return [
        Duty(
            title=_("Rencana pembinaan %(year)s menunggu persetujuan") % {"year": plan.year},
            link=reverse("programme:plan", args=[plan.pk]),
            button=_("Periksa rencana"),
            state="due",
            missing=(plan.submitted_label,),
            icon="list",
            key=f"programme-decide-{plan.pk}",
        )
        for plan in (rows[:MOST_LINES] if rows is not None else ())
    ]


def to_judge(hat: Hat) -> list[Duty]:
    rows = list(queries.to_judge(hat)[: MOST_LINES + 1])
    if not rows:
        return []
    return [
        Duty(
            title=_("Bukti komitmen menunggu penilaian"),
            link=reverse("programme:promises") + "?keadaan=menunggu",
            button=_("Nilai komitmen"),
            state="due",
            missing=tuple(f"{row.promiser_name}: {row.text[:60]}" for row in rows[:MOST_LINES]),
            icon="voice",
            key="commitment-judge",
        )
    ]


def returned(hat: Hat) -> list[Duty]:
    return [
        Duty(
            title=_("Rencana pembinaan %(year)s dikembalikan") % {"year": plan.year},
            link=reverse("programme:plan", args=[plan.pk]),
            button=_("Perbaiki rencana"),
            state="due",
            missing=(plan.return_note[:80],),
            icon="list",
            key=f"programme-returned-{plan.pk}",
        )
        for plan in returned_plans(hat)[:MOST_LINES]
    ]


def returned_plans(hat: Hat) -> "QuerySet[GuidancePlan]":
    rows = queries.plans_seen_by(hat).filter(returned_at__isnull=False, submitted_at__isnull=True)
    return rows.filter(state__in=("draft", "draft_revision"))


def owed(hat: Hat, today: date) -> list[Duty]:
    """Return the commitments that are late or due soon; the first due gives the day."""
    found: list[Commitment] = list(owed_rows(hat, today))
    if not found:
        return []
    first, count = found[0], len(found)
    late = first.due_date < today
    title = ngettext("%(count)d komitmen terlambat", "%(count)d komitmen terlambat", count)
    if not late:
        title = ngettext("%(count)d komitmen segera jatuh tempo", "%(count)d komitmen segera jatuh tempo", count)
    return [
        Duty(
            title=title % {"count": count},
            link=reverse("programme:promises") + ("?keadaan=terlambat" if late else ""),
            button=_("Buka komitmen"),
            due=first.due_date,
            days_left=(first.due_date - today).days,
            state="late" if late else "due",
            missing=tuple(f"{row.promiser_name}: {row.text[:60]}" for row in found[:MOST_LINES]),
            icon="voice",
            key="commitment-owed",
        )
    ]


def owed_rows(hat: Hat, today: date) -> "QuerySet[Commitment]":
    """Return what is late; for who promised also what is due within two weeks."""
    last = today if hat.role in (Role.KBD, Role.KDP) else today + SOON
    rows = queries.commitments_seen_by(hat).filter(state__in=OWED_STATES, due_date__lt=last)
    if hat.role in (Role.BUP, Role.OPD):
        rows = rows.filter(promiser="bupati" if hat.role is Role.BUP else "agency")
    return rows


def own_activities(hat: Hat, today: date) -> list[Duty]:
    """Return at most one duty: own activities past their end. One query."""
    rows = activities_asking(hat, today)
    found = list(rows.order_by("end_date", "id")[: MOST_LINES + 1]) if rows is not None else []
    if not found:
        return []
    first = found[0]
    return [
        Duty(
            title=_("Kegiatan pembinaan lewat waktunya"),
            link=reverse("programme:activity", args=[first.pk]),
            button=_("Lihat kegiatan"),
            due=first.end_date,
            days_left=(first.end_date - today).days,
            state="late",
            missing=tuple(f"{row.title[:60]}, {date_text(row.end_date)}" for row in found[:MOST_LINES]),
            icon="list",
            key="programme-activity",
        )
    ]
