"""The budget on its way to law: each step with its day and letter.

Receipt and result of the evaluation come from the desk of evaluations; the village enters those made on paper outside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from rembuk.budgeting.apb_labels import FIELD_NAMES
from rembuk.budgeting.comparing import comparison_of
from rembuk.budgeting.models import Apbdes, ApbdesStep
from rembuk.budgeting.queries import current_version
from rembuk.core.errors import BadInputError, IllegalTransitionError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE, require
from rembuk.core.workflow.apb_evaluation import ApbEvent, ApbState, may_lapse, needs, next_state
from rembuk.core.workflow.clocks import RECEIVED
from rembuk.cycles.calendar import local_day
from rembuk.cycles.queries import holidays
from rembuk.cycles.services import evidence_changed
from rembuk.shared import files, trail
from rembuk.shared.models import StoredFile

LONGEST_NOTE: Final = 2_000
CARRIED_OUT: Final = "K17"
"""The stage that rests on the budget in force."""
BY_THE_DESK: Final = frozenset(
    {ApbEvent.RECEIVE, ApbEvent.FIND_CONFORM, ApbEvent.FIND_CONFORM_WITH_NOTES, ApbEvent.FIND_NOT_CONFORM}
)
"""What the evaluating office records itself."""


@dataclass(frozen=True, slots=True)
class StepValues:
    """What was typed of a step. day: ISO text; file: the letter as uploaded, if any, with its name."""

    event: str
    day: str = ""
    number: str = ""
    note: str = ""
    file: files.Upload | None = None
    file_name: str = ""


def days_of(apbdes: Apbdes) -> dict[str, date]:
    """Return state -> day it was entered, and the day of receipt."""
    return {state: date.fromisoformat(text) for state, text in apbdes.dates.items()}


def record_step(*, apbdes_id: UUID, values: StepValues, actor: Hat, at: datetime) -> Apbdes:
    """Record one step of the budget's law with the day and the number on its letter.

    Agreement needs lines, and, once the final ceilings are known, a budget within them. Source: Permendagri 20/2018
    Pasal 32-38. Raises: NotAllowedError, BadInputError (something missing, a day to come or before the last step),
    IllegalTransitionError, RefusedError.
    """
    apbdes = Apbdes.objects.select_related("village__regency", "cycle").get(pk=apbdes_id)
    require_step(actor, values.event, apbdes)
    event = event_of(values.event, ApbState(apbdes.state))
    day = checked_day(values, event, apbdes, local_day(apbdes.village.regency, at))
    if event is ApbEvent.AGREE:
        refuse_unfit(apbdes)
    file = stored_letter(values, apbdes, actor)
    with transaction.atomic(), trail.acting(actor, "budgeting.step_apbdes"):
        apbdes = Apbdes.objects.select_for_update(of=("self",)).select_related("village", "cycle").get(pk=apbdes_id)
        after = next_state(ApbState(apbdes.state), event)
        name = RECEIVED if event is ApbEvent.RECEIVE else after.value
        apbdes.dates = {**apbdes.dates, name: day.isoformat()}
        apbdes.state = after.value
        apbdes.version += 1
        apbdes.save(update_fields=["dates", "state", "version", "changed_at"])
        ApbdesStep.objects.create(
            apbdes=apbdes,
            event=event.value,
            day=day,
            number=values.number.strip()[:100],
            note=values.note.strip()[:LONGEST_NOTE],
            file=file,
            recorded_by=actor.person_id,
            recorded_at=at,
        )
        evidence_changed(apbdes.cycle_id, CARRIED_OUT)
    return apbdes


def require_step(actor: Hat, event: str, apbdes: Apbdes) -> None:
    """Refuse a step that neither the village nor, for receipt and result, the desk may record."""
    if event in BY_THE_DESK and TABLE.allows(actor, "budgeting.evaluate_apbdes", apbdes):
        return
    require(actor, "budgeting.step_apbdes", apbdes)


def event_of(text: str, state: ApbState) -> ApbEvent:
    """Return the event that *text* names. Raises: IllegalTransitionError when it cannot happen in *state*."""
    if text not in set(ApbEvent):
        raise IllegalTransitionError("illegal-transition", state=state, event=text)
    event = ApbEvent(text)
    next_state(state, event)
    return event


def checked_day(values: StepValues, event: ApbEvent, apbdes: Apbdes, today: date) -> date:
    """Return the day of a step. Raises: BadInputError, RefusedError for a silence that is none yet."""
    said: Mapping[str, str] = {"number": values.number, "date": values.day, "note": values.note}
    missing = [str(FIELD_NAMES[name]) for name in needs(event) if not said[name].strip()]
    if missing:
        raise BadInputError("apb-step-missing", fields=", ".join(missing))
    try:
        day = date.fromisoformat(values.day.strip())
    except ValueError as error:
        raise BadInputError("apb-step-day", read=values.day) from error
    if day > today:
        raise BadInputError("apb-step-future", date=day.isoformat())
    days = days_of(apbdes)
    latest = max(days.values(), default=None)
    if latest is not None and day < latest:
        raise BadInputError("apb-step-before", date=day.isoformat(), other=latest.isoformat())
    if event is ApbEvent.LAPSE and not may_lapse(days, day, holidays(apbdes.village.regency)):
        raise RefusedError("apb-not-lapsed")
    return day


def refuse_unfit(apbdes: Apbdes) -> None:
    """Refuse to agree on a budget without lines, or above ceilings that are final."""
    if current_version(apbdes.cycle_id) is None:
        raise RefusedError("apb-no-lines")
    found = comparison_of(apbdes.cycle)
    if found is not None and found.final and found.over:
        raise RefusedError("apb-over-ceiling", found.over)


def stored_letter(values: StepValues, apbdes: Apbdes, actor: Hat) -> StoredFile | None:
    """Keep the letter of a step, sharper than a photo. Raises: BadInputError of the file."""
    if values.file is None:
        return None
    name = values.file_name or "surat.pdf"
    return files.store(values.file, name=name, village_id=apbdes.village_id, hat=actor, scan=True)
