"""From problems to actions: trees (F11), the study of a problem (F12a), points (F12b, F12c)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from rembuk.assessment.models import Action, Assessment, Entry, ProblemTree, Score, stored_points
from rembuk.assessment.services.base import (
    REPORT_STAGES,
    TOOL_STAGES,
    field_of,
    fresh,
    opened,
    past,
    row_of,
    text_of,
    touched,
)
from rembuk.core.assessment.outline import as_rows, first_causes, from_rows, read_outline
from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.scoring import CRITERIA, SCHEME_A, ScoreSheet, check_sheet
from rembuk.shared import trail

Points = tuple[int, int, int, int, int]
LONGEST_CAUSE = 500


@transaction.atomic
def put_tree(
    *,
    tree_id: UUID,
    assessment_id: UUID,
    effects: str,
    causes: str,
    actor: Hat,
    at: datetime,
    problem_id: UUID | None = None,
    core: str = "",
    version: int = 0,
) -> ProblemTree:
    """Write the tree of one core problem from its two outlines.

    problem_id: a problem that a tool found already; otherwise *core* becomes a problem of its own. The causes next to
    the core become the cause of the problem in F12 while nobody has written another there.
    Raises: NotAllowedError, BadInputError, RefusedError, StaleError.
    """
    assessment = opened(assessment_id, actor, "fill")
    found = ProblemTree.objects.select_related("problem").filter(pk=tree_id).first()
    if found is not None and found.assessment_id != assessment_id:
        raise RefusedError("assessment-key")
    lines = read_outline(causes)
    wanted: dict[str, object] = {"effects": as_rows(read_outline(effects)), "causes": as_rows(lines)}
    with trail.acting(actor, "assessment.fill"):
        problem = found.problem if found else problem_of_tree(assessment, tree_id, problem_id, core, actor)
        row = found or ProblemTree(id=tree_id, assessment=assessment, problem=problem, version=0)
        renamed = found is not None and problem.tool == "tree" and rename(problem, core)
        if found is None or fresh(row, version, wanted):
            before = first_causes(from_rows(row.causes))
            row.effects, row.causes = wanted["effects"], wanted["causes"]
            row.version += 1
            row.save(force_insert=found is None)
            carry_cause(problem, before, first_causes(lines))
        if renamed:
            problem.save(update_fields=["text", "version", "changed_at"])
        touched(assessment, TOOL_STAGES)
    return row


def problem_of_tree(assessment: Assessment, tree_id: UUID, problem_id: UUID | None, core: str, actor: Hat) -> Entry:
    """Return the problem that the tree stands on, made if it is new. Raises: BadInputError, RefusedError."""
    if problem_id is None:
        made = Entry(
            id=tree_id,
            assessment=assessment,
            tool="tree",
            kind="problem",
            text=text_of(core, 300, "masalah inti", needed=True),
            made_by=actor.person_id,
        )
        made.save(force_insert=True)
        return made
    problem = assessment.entries.filter(pk=problem_id, kind="problem").first()
    if problem is None:
        raise BadInputError("assessment-not-problem")
    if ProblemTree.objects.filter(problem=problem).exists():
        raise RefusedError("assessment-tree-twice")
    return problem


def rename(problem: Entry, core: str) -> bool:
    words = text_of(core, 300, "masalah inti")
    if not words or words == problem.text:
        return False
    problem.text, problem.version = words, problem.version + 1
    return True


def carry_cause(problem: Entry, before: str, now: str) -> None:
    """Let the cause follow the tree as long as it is what the tree said, or empty."""
    if problem.cause in ("", before) and problem.cause != now and len(now) <= LONGEST_CAUSE:
        problem.cause, problem.version = now, problem.version + 1
        problem.save(update_fields=["cause", "version", "changed_at"])


@transaction.atomic
def remove_tree(*, tree_id: UUID, actor: Hat, at: datetime) -> Assessment:
    """Take a tree away; its problem stays in the inventory. Raises: NotAllowedError, RefusedError."""
    row = row_of(ProblemTree, tree_id, actor, "fill")
    with trail.acting(actor, "assessment.fill"):
        row.delete()
        touched(row.assessment, TOOL_STAGES)
    return row.assessment


@transaction.atomic
def study_problem(
    *,
    entry_id: UUID,
    version: int,
    cause: str,
    potentials: Collection[UUID],
    field: int | None,
    actor: Hat,
    at: datetime,
) -> Entry:
    """Write down what causes a problem and which potentials help.

    Raises: NotAllowedError, BadInputError, StaleError.
    """
    row = row_of(Entry, entry_id, actor, "study")
    if row.kind != "problem":
        raise BadInputError("assessment-not-problem")
    own = {str(key) for key in row.assessment.entries.filter(kind="potential").values_list("pk", flat=True)}
    keys = sorted(str(key) for key in potentials)
    if not set(keys) <= own:
        raise BadInputError("assessment-potential")
    wanted: dict[str, object] = {
        "cause": text_of(cause, LONGEST_CAUSE, "penyebab"),
        "potentials": keys,
        "field": field_of(field),
    }
    if fresh(row, version, wanted):
        row.cause, row.potentials, row.field = str(wanted["cause"]), keys, field_of(field)
        row.version += 1
        with trail.acting(actor, "assessment.study"):
            row.save(update_fields=["cause", "potentials", "field", "version", "changed_at"])
    return row


@transaction.atomic
def put_action(
    *,
    action_id: UUID,
    problem_id: UUID,
    text: str,
    actor: Hat,
    at: datetime,
    feasible: bool | None = None,
    reason: str = "",
    version: int = 0,
) -> Action:
    """Write one way to meet a problem, and whether the hall holds it feasible.

    Raises: NotAllowedError, BadInputError, RefusedError, StaleError.
    """
    problem = row_of(Entry, problem_id, actor, "study")
    if problem.kind != "problem":
        raise BadInputError("assessment-not-problem")
    found = Action.objects.filter(pk=action_id).first()
    if found is not None and found.problem_id != problem_id:
        raise RefusedError("assessment-key")
    wanted: dict[str, object] = {
        "text": text_of(text, 300, "tindakan", needed=True),
        "feasible": feasible,
        "reason": text_of(reason, 300, "alasan"),
    }
    row = found or Action(id=action_id, assessment_id=problem.assessment_id, problem=problem, version=0)
    if found is not None and not fresh(row, version, wanted):
        return found
    for name, value in wanted.items():
        setattr(row, name, value)
    row.version += 1
    with trail.acting(actor, "assessment.study"):
        row.save(force_insert=found is None)
        touched(problem.assessment, REPORT_STAGES)
    return row


@transaction.atomic
def remove_action(*, action_id: UUID, actor: Hat, at: datetime) -> Entry:
    """Take a way out. Raises: NotAllowedError, RefusedError once it became a proposal (`blocks_removal`)."""
    row = row_of(Action, action_id, actor, "study")
    if any(blocks(row.id) for blocks in blocks_removal):
        raise RefusedError("assessment-proposed")
    problem = row.problem
    with trail.acting(actor, "assessment.study"):
        row.delete()
        touched(row.assessment, REPORT_STAGES)
    return problem


blocks_removal: list[Callable[[UUID], bool]] = []
"""Later rooms name here what keeps an action: called with its key, returns whether it is in use."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The points of one group for one problem or action; nothing takes them back. seen: what was shown before."""

    key: UUID
    points: Points | None
    seen: Points | None = None


@transaction.atomic
def enter_scores(
    *,
    assessment_id: UUID,
    what: str,
    scorer_group: str,
    marks: Sequence[Marks],
    day: date | None,
    today: date,
    actor: Hat,
    at: datetime,
) -> int:
    """Store the points that a group gave at a meeting. Returns how many rows changed.

    what: ``problem`` or ``action``. Raises: NotAllowedError, BadInputError, RefusedError, StaleError.
    """
    assessment = opened(assessment_id, actor, "score")
    group = text_of(scorer_group, 80, "kelompok penilai")
    if not group:
        raise BadInputError("assessment-group")
    on = past(day, today)
    keys = scorable(assessment, what)
    known = {getattr(row, f"{what}_id"): row for row in assessment.scores.filter(scorer_group=group) if of(row, what)}
    changed = 0
    with trail.acting(actor, "assessment.score"):
        for mark in marks:
            if mark.key not in keys:
                raise BadInputError("assessment-not-problem")
            changed += store_marks(assessment, what, group, mark, known.get(mark.key), on, actor)
        if changed:
            touched(assessment, REPORT_STAGES)
    return changed


def of(row: Score, what: str) -> bool:
    return getattr(row, f"{what}_id") is not None


def scorable(assessment: Assessment, what: str) -> set[UUID]:
    """Return the keys that may be scored: problems, or actions that the hall holds feasible."""
    if what == "problem":
        return set(assessment.entries.filter(kind="problem").values_list("pk", flat=True))
    if what == "action":
        return set(assessment.actions.filter(feasible=True).values_list("pk", flat=True))
    raise BadInputError("assessment-kind")


def store_marks(
    assessment: Assessment, what: str, group: str, mark: Marks, row: Score | None, on: date, actor: Hat
) -> int:
    stored = row.points if row is not None else None
    if stored == mark.points:
        return 0
    if stored != mark.seen:
        raise StaleError("stale", changes=[(group, stored, mark.points)], version=0)
    if mark.points is None:
        if row is not None:
            row.delete()
        return 1
    scores = dict(zip(CRITERIA, mark.points, strict=True))
    check_sheet(ScoreSheet(str(mark.key), group, scores), SCHEME_A)
    columns: dict[str, Any] = {
        **stored_points(mark.points),
        "score_date": on,
        "entered_by": actor.person_id,
    }
    if row is None:
        Score.objects.create(assessment=assessment, scorer_group=group, **{f"{what}_id": mark.key}, **columns)
        return 1
    for name, value in columns.items():
        setattr(row, name, value)
    row.save()
    return 1
