"""Reads of the assessment: progress, inventories, studies, rankings; plain values for gates and later rooms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet

from rembuk.assessment.models import (
    Action,
    Assessment,
    DataRow,
    Entry,
    Institution,
    ProblemTree,
    Score,
    Sketch,
)
from rembuk.core.assessment.progress import TOOLS, Progress
from rembuk.core.assessment.village_data import SECTIONS
from rembuk.core.hat import Hat
from rembuk.core.scoring import CRITERIA, Ranked, Scored, ScoreSheet, rank
from rembuk.cycles.models import Cycle
from rembuk.regions.queries import place_q

PARTS: tuple[type[Model], ...] = (DataRow, Sketch, Institution, Entry, ProblemTree, Action, Score)


def with_places(rows: "QuerySet[Assessment]") -> "QuerySet[Assessment]":
    return rows.select_related("village__district", "village__regency", "previous")


def assessments_visible_to(hat: Hat | None) -> "QuerySet[Assessment]":
    """Return the assessments of the hat's place, of its whole village for a hat below the village."""
    if hat is None:
        return Assessment.objects.none()
    return with_places(Assessment.objects.filter(place_q(hat.place)))


def assessment_by_key(key: UUID | str) -> Assessment:
    """Return one assessment with its places. Raises: DoesNotExist, ValidationError."""
    return with_places(Assessment.objects.all()).get(pk=key)


def rows_of_assessment(assessment: Assessment) -> list[tuple[type[Model], Sequence[UUID]]]:
    """Return what belongs to an assessment, for its trail."""
    return [
        (model, list(model._default_manager.filter(assessment=assessment).values_list("pk", flat=True)))
        for model in PARTS
    ]


def assessment_of_cycle(cycle_id: UUID) -> Assessment | None:
    """Return the assessment that a planning cycle rests on, if there is one. Two queries."""
    return by_cycle([cycle_id]).get(cycle_id)


def by_cycle(cycle_ids: Sequence[UUID]) -> dict[UUID, Assessment]:
    """Return the assessment of each medium-term cycle: the one tied to it, else that of its village and period.

    An assessment may be older than the cycle, since a village studies itself before a head is inaugurated. Two queries.
    """
    cycles = list(Cycle.medium_term.filter(pk__in=cycle_ids))
    rows = list(with_places(Assessment.objects.filter(village_id__in={cycle.village_id for cycle in cycles})))
    tied = {row.cycle_id: row for row in rows if row.cycle_id is not None}
    loose = {(row.village_id, row.start_year): row for row in rows if row.cycle_id is None}
    found = {cycle.id: tied.get(cycle.id) or loose.get((cycle.village_id, cycle.start_year or 0)) for cycle in cycles}
    return {key: row for key, row in found.items() if row is not None}


def cycle_of(assessment: Assessment) -> Cycle | None:
    """Return the medium-term cycle that an assessment is made for, as `by_cycle` has it. One query."""
    if assessment.cycle_id is not None:
        return assessment.cycle
    return Cycle.medium_term.filter(
        village_id=assessment.village_id, start_year=assessment.start_year, village_assessment__isnull=True
    ).first()


def latest_assessment(village_id: str) -> Assessment | None:
    """Return the newest assessment of a village, if there is one."""
    return with_places(Assessment.objects.filter(village_id=village_id)).order_by("-start_year").first()


def facts_of(assessments: Sequence[Assessment]) -> dict[UUID, Progress]:
    """Return how far each assessment is. Six queries, however many there are."""
    keys = [row.id for row in assessments]
    tools = _counts(
        Entry.objects.filter(assessment_id__in=keys).values("assessment_id", "tool").annotate(number=Count("id")),
        "tool",
    )
    kinds = _counts(
        Entry.objects.filter(assessment_id__in=keys).values("assessment_id", "kind").annotate(number=Count("id")),
        "kind",
    )
    trees = _number(ProblemTree.objects.filter(assessment_id__in=keys))
    bodies = _number(Institution.objects.filter(assessment_id__in=keys))
    actions = _number(Action.objects.filter(assessment_id__in=keys, feasible=True))
    ranked = _number(Score.objects.filter(assessment_id__in=keys, action__feasible=True), "action_id")
    return {
        row.id: Progress(
            filed={section: _day(row.filed.get(section)) for section in SECTIONS},
            counts={
                **{tool: tools.get((row.id, tool), 0) for tool in TOOLS},
                "institutions": bodies.get(row.id, 0),
                "tree": trees.get(row.id, 0),
            },
            problems=kinds.get((row.id, "problem"), 0),
            potentials=kinds.get((row.id, "potential"), 0),
            feasible=actions.get(row.id, 0),
            ranked=ranked.get(row.id, 0),
            head_date=row.head_date,
            bpd_date=row.bpd_date,
        )
        for row in assessments
    }


def facts_of_cycles(cycle_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, Progress]]:
    """Return the key and progress of the assessment of each cycle that has one. Eight queries."""
    found = by_cycle(cycle_ids)
    facts = facts_of(list(found.values()))
    return {key: (row.id, facts[row.id]) for key, row in found.items()}


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None


def _counts(rows: Iterable[Mapping[str, object]], name: str) -> dict[tuple[object, object], int]:
    return {(row["assessment_id"], row[name]): int(str(row["number"])) for row in rows}


def _number(rows: "QuerySet[Any]", what: str = "pk") -> dict[object, int]:
    counted = rows.order_by().values("assessment_id").annotate(number=Count(what, distinct=True))
    return {row["assessment_id"]: row["number"] for row in counted}


def inventory(assessment: Assessment, kind: str, *, tool: str = "", words: str = "") -> "QuerySet[Entry]":
    """Return what all tools found of one kind, in the order in which the hall found it."""
    rows = assessment.entries.filter(kind=kind).select_related("institution", "hamlet", "sketch")
    if tool in TOOLS:
        rows = rows.filter(tool=tool)
    if words:
        rows = rows.filter(
            Q(text__icontains=words)
            | Q(location__icontains=words)
            | Q(cause__icontains=words)
            | Q(institution__name__icontains=words)
        )
    return rows.order_by("created_at", "id")


@dataclass(frozen=True, slots=True)
class Study:
    """A problem on its way to an action. potentials: what helps, in words. rank: place of the problem, if scored."""

    problem: Entry
    potentials: tuple[str, ...]
    actions: tuple[Action, ...]
    rank: int | None = None

    @property
    def alternatives(self) -> tuple[str, ...]:
        return tuple(action.text for action in self.actions)

    @property
    def feasible(self) -> tuple[Action, ...]:
        return tuple(action for action in self.actions if action.feasible)

    @property
    def studied(self) -> bool:
        return bool(self.problem.cause and self.actions)


def studies_of(assessment: Assessment) -> list[Study]:
    """Return every problem with its cause, potentials and actions; once scored, the worst first. Five queries."""
    problems = list(inventory(assessment, "problem"))
    words = dict(assessment.entries.filter(kind="potential").values_list("pk", "text"))
    actions: dict[UUID, list[Action]] = {}
    for action in assessment.actions.order_by("created_at", "id"):
        actions.setdefault(action.problem_id, []).append(action)
    places = {row.key: row.rank for row in ranking_of(assessment, "problem") if row.total is not None}
    studies = [
        Study(
            problem,
            tuple(words[UUID(key)] for key in problem.potentials if UUID(key) in words),
            tuple(actions.get(problem.id, ())),
            places.get(problem.id),
        )
        for problem in problems
    ]
    return sorted(studies, key=lambda study: study.rank if study.rank is not None else len(studies) + 1)


@dataclass(frozen=True, slots=True)
class RankRow:
    """One problem or action in its place. total: nothing while nobody scored it; averages by criterion."""

    key: UUID
    rank: int
    text: str
    detail: str
    total: Fraction | None
    averages: Mapping[str, Fraction]
    groups: tuple[str, ...]


def ranking_of(assessment: Assessment, what: str) -> list[RankRow]:
    """Return the ranking of the problems (F12b) or of the feasible actions (F12c). Two queries."""
    things: dict[UUID, tuple[str, str]] = {}
    if what == "problem":
        for entry in assessment.entries.filter(kind="problem").order_by("created_at", "id"):
            things[entry.id] = (entry.text, entry.location)
    else:
        rows = assessment.actions.filter(feasible=True).select_related("problem").order_by("created_at", "id")
        for action in rows:
            things[action.id] = (action.text, action.problem.text)
    sheets = [
        ScoreSheet(str(getattr(row, f"{what}_id")), row.scorer_group, dict(zip(CRITERIA, row.points, strict=True)))
        for row in assessment.scores.filter(**{f"{what}_id__in": list(things)})
    ]
    scored = [Scored(str(key), position=number) for number, key in enumerate(things)]
    return [row_of(placed, things) for placed in rank(scored, sheets)]


def row_of(placed: Ranked, things: Mapping[UUID, tuple[str, str]]) -> RankRow:
    key = UUID(placed.id)
    text, detail = things[key]
    return RankRow(key, placed.rank, text, detail, placed.total, placed.averages, placed.groups)


def score_days(assessment: Assessment, what: str) -> list[tuple[str, date]]:
    """Return who scored and when, in the order of the days."""
    rows = assessment.scores.filter(**{f"{what}__isnull": False}).order_by("score_date", "scorer_group")
    return list(rows.values_list("scorer_group", "score_date").distinct())


def waiting(hat: Hat) -> "QuerySet[Assessment] | None":
    """Return the assessments that the drafting team still has to deliver; for others nothing waits."""
    if hat.role.value != "TIM":
        return None
    return assessments_visible_to(hat).filter(bpd_date__isnull=True)
