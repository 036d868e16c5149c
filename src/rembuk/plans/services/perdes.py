"""The Perdes of a plan: its texts, its steps with their days, and what happens to it after promulgation."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.perdes_states import PerdesEvent, PerdesState, next_state
from rembuk.plans.models import RkpdesVersion
from rembuk.plans.services.steps import locked_plan, refuse_future, require_open, today_at
from rembuk.plans.typed import InputError, Problem, read_text
from rembuk.shared import trail

TEXT_LISTS = ("considerations", "legal_basis")
NARRATIVE = ("introduction", "finance", "evaluation", "programmes", "closing")
LONGEST = 4_000
MOST_LINES = 40
AFTERWARDS = frozenset(
    {PerdesEvent.SEND, PerdesEvent.CLEAR, PerdesEvent.ASK_REVISION, PerdesEvent.ANNUL, PerdesEvent.RESEND}
)


def step_perdes(plan: RkpdesVersion, event: PerdesEvent, day: date) -> None:
    """Move the regulation in memory and note the day. Raises: IllegalTransitionError."""
    after = next_state(PerdesState(plan.perdes_state), event)
    plan.perdes_state = after.value
    plan.perdes_dates = {**plan.perdes_dates, after.value: day.isoformat()}


def restart_perdes(plan: RkpdesVersion) -> None:
    """Put the regulation back to its draft in memory, as a returned plan is."""
    plan.perdes_state, plan.perdes_dates = PerdesState.DRAFT.value, {}


@transaction.atomic
def save_perdes(
    *,
    plan_id: UUID,
    lists: Mapping[str, Sequence[str]],
    narrative: Mapping[str, str],
    number: str,
    version: int,
    actor: Hat,
    at: datetime,
) -> RkpdesVersion:
    """Keep the texts of F19: considerations, legal basis, chapters of the plan's text; an empty list is the usual one.

    number: the number meant for the Perdes, if it is known. Raises: NotAllowedError, RefusedError, StaleError,
    BadInputError with problems.
    """
    plan = locked_plan(plan_id)
    require(actor, "plans.edit_perdes", plan)
    require_open(plan)
    if plan.version != version:
        raise StaleError("stale", changes=[], version=plan.version)
    problems: list[Problem] = []
    data: dict[str, object] = {}
    for name in TEXT_LISTS:
        lines = [text for line in lists.get(name, ()) if (text := checked(name, line, problems))]
        data[name] = lines[:MOST_LINES]
    for name in NARRATIVE:
        paragraphs = narrative.get(name, "").split("\n\n")
        data[name] = [text for part in paragraphs if (text := checked(name, part, problems))]
    if problems:
        raise BadInputError("plan-item-unreadable", problems=problems)
    with trail.acting(actor, "plans.edit_perdes"):
        plan.perdes_data, plan.perdes_number = data, read_text(number, 60)
        plan.version += 1
        plan.save()
    return plan


def checked(name: str, text: str, problems: list[Problem]) -> str:
    try:
        return read_text(text, LONGEST)
    except InputError as problem:
        problems.append(Problem(name, problem.code, problem.values))
        return ""


@transaction.atomic
def move_perdes(*, plan_id: UUID, event: str, on: date | None, actor: Hat, at: datetime) -> RkpdesVersion:
    """Record what happens to an enacted Perdes: sent to the regent, clarified, to be revised, annulled.

    Raises: NotAllowedError, BadInputError (no day, a day to come), IllegalTransitionError.
    """
    plan = locked_plan(plan_id)
    require(actor, "plans.send", plan)
    if on is None:
        raise BadInputError("perdes-dates-missing")
    refuse_future(on, today_at(plan, at))
    step = PerdesEvent(event)
    if step not in AFTERWARDS:
        raise BadInputError("perdes-dates-missing")
    with trail.acting(actor, "plans.send"):
        step_perdes(plan, step, on)
        plan.save(update_fields=["perdes_state", "perdes_dates"])
    return plan
