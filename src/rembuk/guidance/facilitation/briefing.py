"""The one page that a facilitator reads before the forum; everything on it is read where it is kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Avg, QuerySet

from rembuk.core.law.elements import ELEMENTS
from rembuk.core.money import Rupiah
from rembuk.core.workflow.privacy import shown_elements
from rembuk.cycles.models import Cycle
from rembuk.deliberation.facts import counts_of
from rembuk.deliberation.models import Meeting
from rembuk.funding.queries import CeilingsInForce, village_ceilings
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.mentoring.models import ActionItem
from rembuk.guidance.mentoring.queries import open_promises
from rembuk.plans.models import EvaluationRow
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Village, VillageScore
from rembuk.works.models import Work

MOST_LEFT = 8
ON_THE_TABLE = ("draft", "withdrawn", "merged")
INDEX_NAMES: Mapping[str, str] = {"IDM": "IDM", "indeks-desa": "Indeks Desa"}


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """The newest score of one index, with what came before and the means around it; gap: to the regency's mean."""

    index: str
    year: int
    score: Decimal
    status: str
    before: Decimal | None
    district: Decimal
    regency: Decimal

    @property
    def gap(self) -> Decimal:
        return self.score - self.regency

    @property
    def change(self) -> Decimal | None:
        return None if self.before is None else self.score - self.before


@dataclass(frozen=True, slots=True)
class LastPlan:
    """Whether last year's plan was kept. left: names of what is not done. source: where it is known from."""

    year: int
    total: int = 0
    done: int = 0
    left: tuple[str, ...] = ()
    left_more: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Briefing:
    """Everything the page shows. promises: what the village still owes from visits, the most pressing first.

    groups: (name, number of proposals for them) as it may be shown; merged: some are not. Sheltered groups stand only
    as "terwakili".
    """

    forum: Facilitation
    scores: tuple[ScoreLine, ...]
    last: LastPlan
    ceilings: CeilingsInForce
    proposals: int
    cost: Rupiah
    groups: tuple[tuple[str, int | str], ...]
    merged: bool
    last_women_percent: int | None
    promises: tuple[ActionItem, ...]
    promises_more: int


def briefing_of(forum: Facilitation) -> Briefing:
    """Gather the page. About fifteen queries, whatever the size of the village."""
    cycle, village = forum.cycle, forum.village
    rows = list(proposals_of(cycle).values_list("groups", "cost"))
    owed = open_promises(village.pk)
    shown = shown_elements(group_counts(row[0] for row in rows), "meeting")
    return Briefing(
        forum=forum,
        scores=tuple(scores_of(village)),
        last=last_plan(cycle),
        ceilings=village_ceilings(village.pk, cycle.budget_year),
        proposals=len(rows),
        cost=Rupiah(sum(cost or 0 for _groups, cost in rows)),
        groups=tuple((ELEMENTS.get(code, code), count) for code, count in shown.items() if count is not None),
        merged=any(count is None for count in shown.values()),
        last_women_percent=women_last_year(cycle),
        promises=tuple(owed[:MOST_LEFT]),
        promises_more=max(0, len(owed) - MOST_LEFT),
    )


def proposals_of(cycle: Cycle) -> "QuerySet[Proposal]":
    return Proposal.objects.filter(cycle=cycle).exclude(state__in=ON_THE_TABLE).order_by("number", "id")


def group_counts(every: Iterable[Sequence[str]]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for groups in every:
        for code in groups:
            found[code] += 1
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def scores_of(village: Village) -> list[ScoreLine]:
    """Return the newest score of each index, by name of the index. Five queries at most."""
    own: dict[str, list[VillageScore]] = defaultdict(list)
    for row in VillageScore.objects.filter(village=village).order_by("index", "-year"):
        own[row.index].append(row)
    found = []
    for index, rows in own.items():
        newest = rows[0]
        same = VillageScore.objects.filter(index=index, year=newest.year).order_by()
        around = same.filter(village__regency=village.regency).aggregate(mean=Avg("score"))["mean"]
        near = same.filter(village__district=village.district).aggregate(mean=Avg("score"))["mean"]
        before = rows[1].score if len(rows) > 1 else None
        name = INDEX_NAMES.get(index, index)
        found.append(ScoreLine(name, newest.year, newest.score, newest.status, before, rounded(near), rounded(around)))
    return found


def rounded(value: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.0001"))


def last_plan(cycle: Cycle) -> LastPlan:
    """Return what became of last year's plan: by its evaluation where it is written, else by the works. Two queries."""
    judged = list(EvaluationRow.objects.filter(cycle=cycle).order_by("order", "id"))
    if judged:
        left = [row.name for row in judged if row.realised is not True]
        return told(cycle.plan_year, len(judged), left, "evaluation")
    works = list(
        Work.objects.filter(village=cycle.village, cycle__budget_year=cycle.plan_year).order_by("activity_code", "id")
    )
    left = [work.name for work in works if not (work.closed and not work.stopped_reason)]
    return told(cycle.plan_year, len(works), left, "works" if works else "")


def told(year: int, total: int, left: Sequence[str], source: str) -> LastPlan:
    return LastPlan(year, total, total - len(left), tuple(left[:MOST_LEFT]), max(0, len(left) - MOST_LEFT), source)


def women_last_year(cycle: Cycle) -> int | None:
    """Return the share of women at the last Musrenbang in whole percent, None where it is not known."""
    rows = Meeting.objects.filter(
        village=cycle.village, kind="MUSREN", cycle__budget_year=cycle.plan_year, state__in=("closed", "signed")
    )
    meeting = rows.order_by("-scheduled_at", "id").first()
    if meeting is None:
        return None
    counts = counts_of([meeting])[meeting.pk]
    return counts.women * 100 // counts.present if counts.present >= 5 else None
