"""Works become next year's evaluation (F25): money, volumes, obstacles and follow-ups as recorded, none typed twice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from rembuk.core.errors import RefusedError
from rembuk.core.hat import Hat
from rembuk.core.money import Rupiah
from rembuk.core.permissions import require
from rembuk.core.works import WorkFacts, evaluated
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.plans.models import EvaluationRow
from rembuk.plans.services import EvaluationValues, save_evaluation
from rembuk.works.models import Obstacle, Work
from rembuk.works.queries import WorkRow, board_of

LONGEST = 300


def bring_evaluation(*, cycle_id: UUID, actor: Hat, at: datetime) -> list[EvaluationRow]:
    """Write the evaluation of last year's plan in cycle *cycle_id* from the works of the year before.

    Activities of the budget that were never opened come as not realised. Rows that people typed and that no work
    stands for stay behind the others; what people wrote beside a row (note, follow-up) stays. Repeating changes
    nothing. Raises: NotAllowedError, RefusedError when there is no budget or work of that year.
    """
    cycle = Cycle.objects.select_related("village__regency").get(pk=cycle_id)
    require(actor, "works.evaluate", cycle)
    before = Cycle.objects.select_related("village__regency").filter(
        village_id=cycle.village_id, budget_year=cycle.budget_year - 1
    )
    last = before.first()
    rows = board_of(last, local_day(cycle.village.regency, at)) if last is not None else []
    if not rows:
        raise RefusedError("work-nothing-to-evaluate", year=cycle.budget_year - 1)
    kept = {
        (row.activity_code, row.name, row.location): row
        for row in EvaluationRow.objects.filter(cycle=cycle).order_by("order", "id")
    }
    obstacles = obstacles_by_work([row.work.pk for row in rows if row.work is not None])
    made = [merged(values_of(row, obstacles), kept) for row in rows]
    known = {(row.activity_code, row.name, row.location) for row in made}
    made += [typed(row) for key, row in kept.items() if key not in known]
    return save_evaluation(cycle_id=cycle_id, rows=made, actor=actor, at=at)


def obstacles_by_work(work_ids: Sequence[UUID]) -> dict[UUID, list[Obstacle]]:
    """Return work -> its obstacles by day. One query."""
    found: dict[UUID, list[Obstacle]] = {key: [] for key in work_ids}
    for row in Obstacle.objects.filter(work_id__in=work_ids).order_by("noted_date", "created_at", "id"):
        found[row.work_id].append(row)
    return found


def values_of(row: WorkRow, obstacles: Mapping[UUID, list[Obstacle]]) -> EvaluationValues:
    """Return the line of the evaluation that an activity gives."""
    base = EvaluationValues(
        name=row.name, activity_code=row.code, location=row.location, amount=row.budget, realised_amount=row.spent
    )
    if row.work is None:
        return replace(base, realised=False, realised_amount=0, obstacle=_("Tidak dilaksanakan."))
    told = evaluated(facts_of(row, row.work, obstacles[row.work.pk]))
    return replace(
        base,
        realised=told.realised,
        target_volume=told.target_volume[:80],
        realised_volume=told.realised_volume[:80],
        obstacle=told.obstacle[:LONGEST],
        follow_up=told.follow_up[:LONGEST],
        note=note_of(row.work.percent),
    )


def facts_of(row: WorkRow, work: Work, obstacles: Sequence[Obstacle]) -> WorkFacts:
    return WorkFacts(
        planned=row.budget,
        spent=Rupiah(row.spent),
        percent=work.percent,
        closed=work.closed,
        target=work.target_volume,
        done=work.done_volume,
        unit=work.unit,
        stopped_reason=work.stopped_reason,
        obstacles=[each.text for each in obstacles],
        follow_ups=[each.follow_up for each in obstacles if each.follow_up and each.solved_date is None],
    )


def note_of(percent: int) -> str:
    return _("Kemajuan fisik %(percent)s %%.") % {"percent": percent}


def merged(values: EvaluationValues, kept: Mapping[tuple[str, str, str], EvaluationRow]) -> EvaluationValues:
    """Keep what people wrote beside a row that a work now fills."""
    there = kept.get((values.activity_code, values.name, values.location))
    if there is None:
        return values
    return replace(
        values,
        obstacle=values.obstacle or there.obstacle,
        follow_up=there.follow_up if there.follow_up and not values.follow_up else values.follow_up,
        note=there.note if there.note and not there.note.startswith(_("Kemajuan fisik")) else values.note,
    )


def typed(row: EvaluationRow) -> EvaluationValues:
    return EvaluationValues(**{name: getattr(row, name) for name in EvaluationValues.__dataclass_fields__})
