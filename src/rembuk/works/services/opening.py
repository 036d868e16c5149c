"""Opening works from the budget that came back; what was promised is copied, never typed again."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from rembuk.budgeting.queries import binding_version
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.cycles.services import evidence_changed
from rembuk.plans.models import RkpdesItem
from rembuk.shared import trail
from rembuk.works.gate_facts import STAGE
from rembuk.works.models import Work
from rembuk.works.queries import WorkRow, board_of


@transaction.atomic
def open_works(*, cycle_id: UUID, keys: list[str] | None, actor: Hat, at: datetime) -> list[Work]:
    """Open the works of these activities of the budget, or of all that wait (*keys* None). Repeating opens nothing new.

    keys: as `queries.board_of` gives them. Raises: NotAllowedError, RefusedError without a budget, BadInputError for an
    activity that the budget does not have.
    """
    found = Cycle.objects.select_for_update(of=("self",)).select_related("village__regency")
    cycle = found.get(pk=cycle_id)
    require(actor, "works.open", cycle)
    if binding_version(cycle_id) is None:
        raise RefusedError("work-no-budget", year=cycle.budget_year)
    rows = {row.key: row for row in board_of(cycle, local_day(cycle.village.regency, at))}
    wanted = list(rows) if keys is None else keys
    for key in wanted:
        if key not in rows:
            raise BadInputError("work-unknown-line")
    made = [work_of(cycle, rows[key], actor) for key in wanted if rows[key].work is None]
    with trail.acting(actor, "works.open"):
        Work.objects.bulk_create(made)
        if made:
            evidence_changed(cycle_id, STAGE)
    return made


def work_of(cycle: Cycle, row: WorkRow, actor: Hat) -> Work:
    item = next((line.item for line in row.lines if line.item is not None), None)
    work = Work(
        id=uuid5(cycle.pk, f"work:{row.key}"),
        village=cycle.village,
        cycle=cycle,
        item=item,
        line=None if item is not None else row.lines[0],
        activity_code=row.code,
        name=row.name,
        location=row.location,
        opened_by=actor.person_id,
    )
    if item is not None:
        promise(work, item)
    return work


def promise(work: Work, item: RkpdesItem) -> None:
    """Copy what the plan promised into a new work."""
    work.target_volume, work.unit = item.volume, item.unit
    work.physical = item.is_physical
    work.implementer = item.planned_implementer or item.partner
