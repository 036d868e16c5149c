"""What other rooms have done for an activity, counted by them: batches, visits, forums, clinics, reviews."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.documents.frame import date_text
from rembuk.core.guidance.visit_states import VisitState
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.guidance.clinic import queries as clinic
from rembuk.guidance.evaluation import queries as evaluation
from rembuk.guidance.facilitation import queries as facilitation
from rembuk.guidance.mentoring.queries import planned as mentoring
from rembuk.guidance.programme.labels import LINK_KINDS
from rembuk.guidance.programme.models import ActivityLink, GuidancePlan, PlanActivity
from rembuk.guidance.programme.queries.content import targets_by_activity
from rembuk.guidance.season.models import Season
from rembuk.guidance.training import queries as training
from rembuk.guidance.training.models import TrainingBatch
from rembuk.sectors import queries as sectors
from rembuk.sectors.models import ClinicDay

KEYED = ("batch", "season", "clinic_day")
"""Kinds that name one record; the others count what lies in the period and villages of the activity."""
MOST_CHOICES = 200
ANSWERED = ("answered", "confirmed", "closed")
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Count:
    """What one link counts: done of planned, in words of its kind. address: where it can be looked at."""

    link: UUID
    kind: str
    title: str
    done: int
    planned: int
    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A record that can be linked. value: ``kind:key``."""

    value: str
    words: str


def choices_for(plan: GuidancePlan) -> list[tuple[str, list[Choice]]]:
    """Return what can be linked to an activity of the plan, by kind. Three queries."""
    year, regency = plan.year, plan.regency_id
    batches = TrainingBatch.objects.filter(regency_id=regency).order_by("-start_date", "title", "id")
    days = ClinicDay.objects.filter(regency_id=regency, day__year=year).order_by("day", "agency", "id")
    seasons = Season.objects.filter(regency_id=regency, plan_year=year).order_by("start_date", "id")
    return [
        ("batch", [Choice(f"batch:{row.pk}", _dated(row.title, row.start_date)) for row in batches[:MOST_CHOICES]]),
        ("season", [Choice(f"season:{row.pk}", row.name) for row in seasons[:MOST_CHOICES]]),
        (
            "clinic_day",
            [Choice(f"clinic_day:{row.pk}", _dated(row.agency_name, row.day)) for row in days[:MOST_CHOICES]],
        ),
        ("period", [Choice(f"{kind}:", str(LINK_KINDS[kind])) for kind in LINK_KINDS if kind not in KEYED]),
    ]


def _dated(title: str, day: date | None) -> str:
    return f"{title}, {date_text(day)}" if day else title


def exists(plan: GuidancePlan, kind: str, key: str) -> bool:
    """Return whether a record of *kind* with *key* lies in the plan's regency. At most one query."""
    if kind not in KEYED:
        return kind in LINK_KINDS and not key
    try:
        wanted = {"pk": UUID(key), "regency_id": plan.regency_id}
    except ValueError:
        return False
    if kind == "batch":
        return TrainingBatch.objects.filter(**wanted).exists()
    if kind == "season":
        return Season.objects.filter(**wanted).exists()
    return ClinicDay.objects.filter(**wanted).exists()


def counts_of(plan: GuidancePlan, activities: Sequence[PlanActivity]) -> dict[UUID, list[Count]]:
    """Return activity -> what its links count. At most twelve queries, however many activities; none without links."""
    rows = list(
        ActivityLink.objects.filter(activity__in=activities).select_related("activity").order_by("created_at", "id")
    )
    found: dict[UUID, list[Count]] = {activity.pk: [] for activity in activities}
    if not rows:
        return found
    by_key = {activity.pk: activity for activity in activities}
    kinds = {row.kind for row in rows}
    targets = targets_by_activity(plan) if kinds - set(KEYED) else {}
    counters = {kind: COUNTERS[kind](plan, [row for row in rows if row.kind == kind]) for kind in sorted(kinds)}
    for row in rows:
        activity = by_key[row.activity_id]
        counted = counters[row.kind](row, activity, targets.get(str(activity.pk), frozenset()))
        if counted is not None:
            found[activity.pk].append(counted)
    return found


Counter = Callable[[ActivityLink, PlanActivity, frozenset[str]], Count | None]


def _keys(rows: Sequence[ActivityLink]) -> list[UUID]:
    return [UUID(row.key) for row in rows]


def of_batches(_plan: GuidancePlan, rows: Sequence[ActivityLink]) -> Counter:
    tallies = training.batch_tallies(_keys(rows))

    def count(row: ActivityLink, _activity: PlanActivity, _villages: frozenset[str]) -> Count | None:
        tally = tallies.get(UUID(row.key))
        if tally is None:
            return None
        words = _("angkatan terlaksana; %(people)d peserta dari %(villages)d desa") % {
            "people": tally.people,
            "villages": len(tally.villages),
        }
        address = reverse("training:batch", args=[row.key])
        return Count(row.pk, row.kind, tally.title, int(tally.taught), 1, words, address)

    return count


def of_clinic_days(_plan: GuidancePlan, rows: Sequence[ActivityLink]) -> Counter:
    tallies = sectors.clinic_day_tallies(_keys(rows))

    def count(row: ActivityLink, _activity: PlanActivity, _villages: frozenset[str]) -> Count | None:
        tally = tallies.get(UUID(row.key))
        if tally is None:
            return None
        title = _dated(tally.agency_name, tally.day)
        return Count(row.pk, row.kind, title, tally.done, tally.requests, _("permintaan selesai"))

    return count


def of_seasons(_plan: GuidancePlan, rows: Sequence[ActivityLink]) -> Counter:
    seasons = {row.pk: row for row in Season.objects.filter(pk__in=_keys(rows)).prefetch_related("wishes")}
    villages = {key: frozenset(wish.village_id for wish in season.wishes.all()) for key, season in seasons.items()}
    every = frozenset().union(*villages.values())
    cycles: dict[tuple[str, int], UUID] = {}
    years = {season.plan_year + 1 for season in seasons.values()}
    found = Cycle.objects.filter(village_id__in=every, budget_year__in=years).order_by("id")
    for key, village, year in found.values_list("pk", "village_id", "budget_year"):
        cycles[village, year] = key
    verified = facilitation.verified_cycles(list(cycles.values()))

    def count(row: ActivityLink, _activity: PlanActivity, _villages: frozenset[str]) -> Count | None:
        season = seasons.get(UUID(row.key))
        if season is None:
            return None
        mine = villages[season.pk]
        done = sum(cycles.get((village, season.plan_year + 1)) in verified for village in mine)
        address = reverse("season:season", args=[row.key])
        return Count(
            row.pk, row.kind, season.name, done, len(mine), _("musyawarah dengan bukti terverifikasi"), address
        )

    return count


def of_visits(plan: GuidancePlan, rows: Sequence[ActivityLink]) -> Counter:
    seen = mentoring.visit_days(plan.place, _days(rows))

    def count(row: ActivityLink, activity: PlanActivity, villages: frozenset[str]) -> Count | None:
        mine = [state for village, day, state in seen if village in villages and _within(activity, day)]
        missed = mine.count(VisitState.MISSED.value)
        words = _("kunjungan selesai; %(missed)d terlewat") % {"missed": missed}
        done = mine.count(VisitState.CLOSED.value)
        return Count(row.pk, row.kind, str(LINK_KINDS[row.kind]), done, len(mine), words, reverse("mentoring:list"))

    return count


def of_questions(plan: GuidancePlan, rows: Sequence[ActivityLink]) -> Counter:
    seen = [
        (village, local_day(plan.regency, at), state in ANSWERED)
        for village, at, state in clinic.question_days(plan.place, *_days(rows))
    ]
    return _of_period(seen, _("pertanyaan terjawab"), reverse("clinic:list"))


def of_reviews(plan: GuidancePlan, rows: Sequence[ActivityLink]) -> Counter:
    seen = [
        (village, local_day(plan.regency, at), state == "result_signed")
        for village, at, state in evaluation.review_days(plan.place, *_days(rows))
    ]
    return _of_period(seen, _("hasil evaluasi ditandatangani"), reverse("evaluation:list"))


def _of_period(seen: Sequence[tuple[str, date, bool]], words: str, address: str) -> Counter:
    def count(row: ActivityLink, activity: PlanActivity, villages: frozenset[str]) -> Count | None:
        mine = [done for village, day, done in seen if village in villages and _within(activity, day)]
        return Count(row.pk, row.kind, str(LINK_KINDS[row.kind]), sum(mine), len(mine), words, address)

    return count


def _days(rows: Sequence[ActivityLink]) -> Days:
    activities = [row.activity for row in rows]
    return min(one.start_date for one in activities), max(one.end_date for one in activities)


def _within(activity: PlanActivity, day: date) -> bool:
    return activity.start_date <= day <= activity.end_date


COUNTERS: Mapping[str, Callable[[GuidancePlan, Sequence[ActivityLink]], Counter]] = {
    "batch": of_batches,
    "visits": of_visits,
    "season": of_seasons,
    "clinic_day": of_clinic_days,
    "questions": of_questions,
    "reviews": of_reviews,
}
