"""Activities out of a sheet, judged before; written in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from rembuk.core.hat import Hat
from rembuk.guidance.programme.models import PlanActivity
from rembuk.guidance.programme.services.activities import ActivityValues, new_activity, write_targets
from rembuk.guidance.programme.services.base import locked_plan, need_editable
from rembuk.shared import trail


@dataclass(frozen=True, slots=True)
class ImportedActivity:
    """One activity of a sheet. villages: codes of its targets; key_text: what makes the row the same row again."""

    values: ActivityValues
    villages: tuple[str, ...]
    key_text: str


@transaction.atomic
def keep_activities(*, plan_id: UUID, rows: Sequence[ImportedActivity], actor: Hat, at: datetime) -> tuple[int, int]:
    """Write the activities of a sheet. Returns (new, there already): the same sheet again adds nothing.

    Raises: NotAllowedError, RefusedError, BadInputError; then nothing is written.
    """
    need_editable(locked_plan(plan_id, actor, "edit"))
    fresh = 0
    for row in rows:
        key = uuid5(plan_id, row.key_text)
        if PlanActivity.objects.filter(pk=key).exists():
            continue
        activity = new_activity(activity_id=key, plan_id=plan_id, values=row.values, actor=actor, at=at)
        with trail.acting(actor, "programme.edit"):
            write_targets(activity, frozenset(row.villages))
        fresh += 1
    return fresh, len(rows) - fresh
