"""What comments on a draft ask of the office: the secretary looks, the team answers before Musrenbang."""

from datetime import date

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.cycles.duties import Duty
from rembuk.plans.comment_board import UNLOOKED, WITH_PLACE, coming_musrenbang
from rembuk.plans.models import CommentWindow, DraftComment
from rembuk.regions.queries import place_q

MOST = 3
LOOK, ANSWER = Q(looked_at__isnull=True), Q(state="shown")


def rows_of(hat: Hat, _today: date) -> "QuerySet[DraftComment] | None":
    """Return the comments that wait for the hat; None for roles that neither look nor answer."""
    looks, answers = may(hat, "plans.look_comment"), may(hat, "plans.answer_comment")
    if not hat.place.village or not (looks or answers):
        return None
    waits = (LOOK if looks else Q()) | (ANSWER if answers else Q())
    return DraftComment.objects.filter(
        waits, place_q(hat.place, "window__plan__village"), window__plan__cycle__closed_at__isnull=True
    )


def may(hat: Hat, act: str) -> bool:
    return hat.role in TABLE.rows[act].roles


def of_hat(hat: Hat, today: date) -> list[Duty]:
    """Return one duty for the look and one for the answers of each draft. Two queries, two more for each draft."""
    rows = rows_of(hat, today)
    if rows is None:
        return []
    found: list[Duty] = []
    for window in CommentWindow.objects.filter(comments__in=rows).distinct().select_related(*WITH_PLACE)[:MOST]:
        if may(hat, "plans.look_comment"):
            found += look_duty(window, rows.filter(LOOK, window=window), today)
        if may(hat, "plans.answer_comment"):
            found += answer_duty(window, rows.filter(ANSWER, window=window).count(), today)
    return found


def look_duty(window: CommentWindow, rows: "QuerySet[DraftComment]", today: date) -> list[Duty]:
    found = rows.order_by().aggregate(count=Count("id"), first=Min("look_due"))
    count, first = found["count"], found["first"]
    if first is None:
        return []
    words = ngettext("Lihat %(count)d tanggapan warga", "Lihat %(count)d tanggapan warga", count) % {"count": count}
    return [duty(window, words, UNLOOKED, _("Lihat tanggapan"), first, today)]


def answer_duty(window: CommentWindow, count: int, today: date) -> list[Duty]:
    """The answers are due when Musrenbang meets, which reads them; until its day is known, when the window ends."""
    if not count:
        return []
    meeting = coming_musrenbang(window.plan)
    due = timezone.localtime(meeting.scheduled_at).date() if meeting is not None else window.last_day
    words = ngettext("Jawab %(count)d tanggapan warga", "Jawab %(count)d tanggapan warga", count) % {"count": count}
    return [duty(window, words, "shown", _("Jawab tanggapan"), due, today)]


def duty(window: CommentWindow, title: str, state: str, button: str, due: date, today: date) -> Duty:
    left = (due - today).days
    plan = window.plan
    return Duty(
        title=title,
        link=f"{reverse('plans:comments', args=(plan.id,))}?keadaan={state}",
        button=button,
        due=due,
        days_left=left,
        state="late" if left < 0 else "due",
        missing=(_("Rancangan RKP Desa %(year)d") % {"year": plan.cycle.budget_year},),
        place_name=plan.village.full_name,
        icon="people",
        key=f"plans:comments:{state}:{plan.id}",
        weight=1 if left < 0 else 0,
    )
