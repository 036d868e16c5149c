"""What mentoring asks of a hat: sheets to acknowledge, promises, evidence to judge, visits, help to answer, reports."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.guidance.findings import ItemState
from rembuk.core.guidance.visit_states import VisitState
from rembuk.core.hat import Hat, Role
from rembuk.cycles.duties import Duty
from rembuk.guidance.mentoring import monthly_duties
from rembuk.guidance.mentoring.models import ActionItem, Visit
from rembuk.guidance.mentoring.permissions import JUDGES, SIGNERS, VISITORS
from rembuk.guidance.mentoring.queries import help_waiting_for, unreported, visits_waiting_for, waiting_for

MOST_LINES = 3
MOST_DUTIES = 20


def of_hat(hat: Hat, today: date) -> list[Duty]:
    """Return what waits for *hat*. Four queries at most, and four for who writes reports."""
    return [
        *signing(hat, today),
        *promises(hat, today),
        *visiting(hat, today),
        *monthly_duties.writing(hat, today),
    ]


def signing(hat: Hat, today: date) -> list[Duty]:
    rows = visits_waiting_for(hat) if hat.role in SIGNERS else None
    if rows is None:
        return []
    return [
        Duty(
            title=_("Baca lembar kunjungan %(team)s") % {"team": visit.team_text},
            link=reverse("mentoring:visit", args=[visit.pk]),
            button=_("Buka lembarnya"),
            state="due",
            missing=(_("Akui, atau tulis keberatan"),),
            key=f"mentoring:sign:{visit.pk}",
            icon="boat",
        )
        for visit in rows.order_by("visit_date", "id")[:MOST_LINES]
    ]


def promises(hat: Hat, today: date) -> list[Duty]:
    """Return the hat's own promises one by one, and the evidence it has to judge as one duty. One query."""
    rows = waiting_for(hat)
    if rows is None:
        return []
    found = list(rows.select_related("village").order_by(F("due_date").asc(nulls_last=True), "id")[: MOST_DUTIES * 5])
    to_judge = [item for item in found if item.state == ItemState.SUBMITTED]
    own = [item for item in found if item.state != ItemState.SUBMITTED]
    duties = [promise_duty(item, today) for item in own[:MOST_DUTIES]]
    return [*duties, *judging(to_judge)] if hat.role in JUDGES else duties


def promise_duty(item: ActionItem, today: date) -> Duty:
    left = (item.due_date - today).days if item.due_date is not None else None
    state = "next" if left is None else "late" if left < 0 else "due" if left <= 14 else "next"
    rejected = item.state == ItemState.REJECTED
    text = item.recommendation
    return Duty(
        title=text if len(text) <= 90 else f"{text[:87]}...",
        link=reverse("mentoring:item", args=[item.pk]),
        button=_("Serahkan bukti"),
        due=item.due_date,
        days_left=left,
        state=state,
        missing=(
            _("Bukti sebelumnya belum cukup") if rejected else _("Foto atau PDF yang menunjukkan sudah dikerjakan"),
        ),
        place_name=f"{item.village.name}, {item.get_severity_display()}",
        key=f"mentoring:item:{item.pk}",
        icon="check",
        weight=1 if item.severity == "critical" and left is not None and left <= 7 else 0,
    )


def judging(items: list[ActionItem]) -> Iterable[Duty]:
    if not items:
        return []
    words = ngettext("Periksa %(count)d bukti tindak lanjut", "Periksa %(count)d bukti tindak lanjut", len(items))
    lines = tuple(dict.fromkeys(f"{item.village.name}: {item.recommendation[:60]}" for item in items))
    return [
        Duty(
            title=words % {"count": len(items)},
            link=f"{reverse('mentoring:items')}?keadaan={ItemState.SUBMITTED.value}",
            button=_("Buka daftarnya"),
            state="due",
            missing=lines[:MOST_LINES],
            key="mentoring:judge",
            icon="check",
        )
    ]


def visiting(hat: Hat, today: date) -> list[Duty]:
    """Return the visits of today and those whose sheet is missing. One query."""
    if hat.role not in VISITORS:
        return []
    return [visit_duty(visit, today) for visit in unreported(hat, today).order_by("planned_date", "id")[:MOST_DUTIES]]


def visit_duty(visit: Visit, today: date) -> Duty:
    left = (visit.planned_date - today).days
    began = visit.state == VisitState.ON_SITE
    return Duty(
        title=(_("Selesaikan lembar kunjungan %(village)s") if began else _("Kunjungi %(village)s"))
        % {"village": visit.village.name},
        link=reverse("mentoring:visit", args=[visit.pk]),
        button=_("Isi lembarnya") if began else _("Buka kunjungan"),
        due=visit.planned_date,
        days_left=left,
        state="late" if left < 0 else "due",
        missing=() if left >= 0 else (_("Laporkan, jadwalkan ulang, atau batalkan"),),
        place_name=visit.village.name,
        key=f"mentoring:visit:{visit.pk}",
        icon="boat",
    )


def help_asked(hat: Hat, today: date) -> "QuerySet[Visit] | None":
    """Return the visits that `helping` is about; None for everybody but an agency."""
    return help_waiting_for(hat) if hat.role is Role.OPD else None


def helping(hat: Hat, today: date) -> list[Duty]:
    """Return the help that visits ask of an agency. One query."""
    waiting = help_asked(hat, today)
    if waiting is None:
        return []
    return [
        Duty(
            title=_("Jawab permintaan bantuan %(village)s") % {"village": visit.village.name},
            link=f"{reverse('mentoring:visit', args=[visit.pk])}#bantuan",
            button=_("Baca dan jawab"),
            state="due",
            missing=(visit.help_text[:90],) if visit.help_text else (),
            place_name=visit.village.full_name,
            key=f"mentoring:help:{visit.pk}",
            icon="help",
        )
        for visit in waiting.order_by("visit_date", "id")[:MOST_DUTIES]
    ]
