"""The Perdes of a plan: its texts, and its state with the days of its steps in memory."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.perdes_states import PerdesEvent, PerdesState, stepped
from rembuk.plans.models import RkpdesVersion
from rembuk.plans.perdes_numbers import refuse_taken_number
from rembuk.plans.queries import days_of
from rembuk.plans.services.steps import locked_plan, require_open, today_at
from rembuk.plans.typed import InputError, Problem, read_text
from rembuk.shared import trail

TEXT_LISTS = ("considerations", "legal_basis")
NARRATIVE = ("introduction", "finance", "evaluation", "programmes", "closing")
LONGEST = 4_000
MOST_LINES = 40


def step_perdes(plan: RkpdesVersion, event: PerdesEvent, day: date) -> None:
    """Move the regulation in memory and note the day.

    Raises: IllegalTransitionError, BadInputError for a day before one that is recorded.
    """
    after, dates = stepped(PerdesState(plan.perdes_state), days_of(plan), event, day)
    plan.perdes_state = after.value
    plan.perdes_dates = {name: on.isoformat() for name, on in dates.items()}


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
    if number.strip():
        refuse_taken_number(plan, number, plan.perdes_date or today_at(plan, at))
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
