"""What the monthly report asks: of its writer the months that are over, of those above the reports that came in."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.accounts.models import Assignment
from rembuk.core.guidance.monthly import OWED, Month, Standing, month_of
from rembuk.core.hat import Hat
from rembuk.cycles.duties import Duty
from rembuk.guidance.mentoring.labels import month_words
from rembuk.guidance.mentoring.models import MonthlyReport
from rembuk.guidance.mentoring.monthly_rules import ReportRules, report_rules_of
from rembuk.guidance.mentoring.permissions import REPORTERS
from rembuk.guidance.mentoring.queries import MonthRow, own_months, reports_waiting, since_of
from rembuk.guidance.mentoring.queries.monthly import valid_in
from rembuk.regions.models import Regency
from rembuk.shared.notices.reminders import Deadline

MOST_MONTHS = 3
REMIND_BEFORE = (3, 0)
NAMED = 3


def writing(hat: Hat, today: date) -> list[Duty]:
    """Return the months that the hat's person still owes. Four queries, none for who writes no reports."""
    regency = Regency.objects.filter(pk=hat.place.regency).first() if hat.role in REPORTERS else None
    if regency is None:
        return []
    rows = [row for row in own_months(hat, report_rules_of(regency), today) if row.standing in OWED]
    return [duty_of(row, today) for row in rows[:MOST_MONTHS]]


def duty_of(row: MonthRow, today: date) -> Duty:
    back = row.standing is Standing.RETURNED
    title = _("Benahi laporan bulan %(month)s") if back else _("Laporan bulan %(month)s belum dikirim")
    note = row.report.judge_note if row.report is not None and back else ""
    left = (row.due - today).days
    return Duty(
        title=title % {"month": month_words(row.month)},
        link=reverse("mentoring:month", args=[row.month.code]),
        button=_("Baca catatannya") if back else _("Periksa dan kirim"),
        due=row.due,
        days_left=left,
        state="late" if left < 0 else "due",
        missing=(note[:90],) if note else (_("Angkanya sudah terkumpul; tambahkan kendala dan pelajaran"),),
        key=f"mentoring:month:{row.month.code}",
        icon="doc",
    )


def to_check(hat: Hat, today: date) -> "QuerySet[MonthlyReport] | None":
    """Return the reports that `checking` is about; None for roles that check none."""
    return reports_waiting(hat)


def checking(hat: Hat, today: date) -> list[Duty]:
    """Return the reports that wait for this hat as one duty. One query."""
    waiting = to_check(hat, today)
    rows = list(waiting.order_by("submitted_at", "id")[:100]) if waiting is not None else []
    if not rows:
        return []
    words = ngettext("Periksa %(count)d laporan bulanan", "Periksa %(count)d laporan bulanan", len(rows))
    month = f"&bulan={min(row.of for row in rows).code}"
    return [
        Duty(
            title=words % {"count": len(rows)},
            link=f"{reverse('mentoring:handed_in')}?saya=ya{month}",
            button=_("Buka daftarnya"),
            state="due",
            missing=tuple(f"{row.person.name}, {month_words(row.of)}" for row in rows[:NAMED]),
            key="mentoring:check-months",
            icon="doc",
        )
    ]


def report_deadlines(today: date) -> Iterator[Deadline]:
    """Yield the last day of last month's reports with those who have not handed theirs in. Three queries a regency."""
    for regency in Regency.objects.filter(villages__visits__isnull=False).distinct().order_by("code"):
        rules, month = report_rules_of(regency), month_of(today).plus(-1)
        due, since = rules.due(month), since_of(rules)
        if since is None or month < since or today < due - timedelta(days=max(REMIND_BEFORE)):
            continue
        for person in owing(rules, month):
            yield Deadline(
                code="month",
                subject=f"{month.code}:{person}",
                title=_("Laporan bulan %(month)s belum dikirim") % {"month": month_words(month)},
                due_date=due,
                person_ids=(person,),
                link=reverse("mentoring:month", args=[month.code]),
                before=REMIND_BEFORE,
            )


def owing(rules: ReportRules, month: Month) -> list[UUID]:
    """Return who has a task that obliges to a report of this month and has not handed one in. One query."""
    given = MonthlyReport.objects.filter(month=month.first, submitted_at__isnull=False).values("person_id")
    roles = [role.value for role in rules.roles]
    tasks = Assignment.objects.approved().filter(valid_in(month), regency=rules.regency, role__in=roles)
    return sorted(tasks.exclude(person_id__in=given).values_list("person_id", flat=True).distinct())
