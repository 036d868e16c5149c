"""The DU-RKP on its way: agreed by the village, sent through the Camat, received, answered by a letter from above.

Source: Permendagri 114/2014 Pasal 51.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.du_states import ANSWERS, DuEvent, DuState, next_state
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.cycles.services import evidence_changed
from rembuk.plans.du_list import completeness
from rembuk.plans.models import DuRkpdesItem, DuTransmittal
from rembuk.plans.services.steps import refuse_future
from rembuk.plans.typed import read_text
from rembuk.shared import trail
from rembuk.shared.models import StoredFile


@dataclass(frozen=True, slots=True)
class DuLetter:
    """A letter or the minutes: number, day, the scanned paper."""

    number: str
    on: date | None
    file: StoredFile | None = None


@dataclass(frozen=True, slots=True)
class DuAnswer:
    """What a letter from above says of one need.

    event: take_up | defer | reject | return. code, text: why, for every answer that is not "taken up". amount: what
    was granted, whole rupiah. year: to which it is deferred.
    """

    event: str
    letter: DuLetter
    code: str = ""
    text: str = ""
    amount: int | None = None
    year: int | None = None


@transaction.atomic
def agree_du(*, cycle_id: UUID, minutes: DuLetter, actor: Hat, at: datetime) -> list[DuRkpdesItem]:
    """Record that the village agreed to send the drafted needs, by which minutes. Returns those that moved.

    Raises: NotAllowedError, BadInputError (no number or day, a day to come), RefusedError with nothing to agree on.
    """
    cycle, day = opened(cycle_id, "plans.agree_du", minutes, actor, at)
    rows = in_state(cycle, DuState.DRAFT)
    if not rows:
        raise RefusedError("du-nothing-to-agree")
    with trail.acting(actor, "plans.agree_du"):
        for row in rows:
            move(row, DuEvent.AGREE)
            row.agreed_number, row.agreed_date = read_text(minutes.number, 100), day
            row.save()
        evidence_changed(cycle.id, ("K6", "K15"))
    return rows


@transaction.atomic
def reopen_du(*, cycle_id: UUID, actor: Hat, at: datetime) -> list[DuRkpdesItem]:
    """Take agreed needs back into the draft before they are sent. Raises: NotAllowedError."""
    cycle = locked_cycle(cycle_id)
    require(actor, "plans.agree_du", cycle)
    rows = in_state(cycle, DuState.AGREED_VILLAGE)
    with trail.acting(actor, "plans.agree_du"):
        for row in rows:
            move(row, DuEvent.REOPEN)
            row.agreed_number, row.agreed_date = "", None
            row.save()
        evidence_changed(cycle.id, ("K6", "K15"))
    return rows


@transaction.atomic
def submit_du(*, cycle_id: UUID, letter: DuLetter, actor: Hat, at: datetime) -> DuTransmittal:
    """Send what is agreed, and what came back corrected, to the regency through the Camat under one letter.

    Raises: NotAllowedError; BadInputError (no number or day, a day to come, a number used before); RefusedError
    ``du-nothing-to-send`` or ``du-incomplete`` naming what each need lacks.
    """
    cycle, day = opened(cycle_id, "plans.submit_du", letter, actor, at)
    number = read_text(letter.number, 100)
    if DuTransmittal.objects.filter(cycle=cycle, number__iexact=number).exists():
        raise BadInputError("du-letter-number-taken", number=number)
    rows = in_state(cycle, DuState.AGREED_VILLAGE, DuState.RETURNED)
    if not rows:
        raise RefusedError("du-nothing-to-send")
    lacking = [(row.name, found.blocking) for row in rows if (found := completeness(row)).blocking]
    if lacking:
        told = "; ".join(f"{name}: {', '.join(words)}" for name, words in lacking)
        raise RefusedError("du-incomplete", told=told)
    last = max((row.agreed_date for row in rows if row.agreed_date is not None), default=day)
    if day < last:
        raise BadInputError("du-letter-before-minutes")
    with trail.acting(actor, "plans.submit_du"):
        made = DuTransmittal.objects.create(
            cycle=cycle, number=number, letter_date=day, file=letter.file, sent_by=actor.person_id, sent_at=at
        )
        for row in rows:
            move(row, DuEvent.SUBMIT)
            row.transmittal = made
            row.save()
        evidence_changed(cycle.id, "K15")
    return made


@transaction.atomic
def receive_du(*, transmittal_id: UUID, on: date | None, actor: Hat, at: datetime) -> DuTransmittal:
    """Record the day on the Camat's receipt. Raises: NotAllowedError, BadInputError."""
    row = DuTransmittal.objects.select_for_update(of=("self",)).select_related("cycle__village__regency")
    letter = row.get(pk=transmittal_id)
    require(actor, "plans.submit_du", letter)
    if on is None:
        raise BadInputError("du-day-missing")
    refuse_future(on, local_day(letter.cycle.village.regency, at))
    if on < letter.letter_date:
        raise BadInputError("du-received-before-sent")
    with trail.acting(actor, "plans.submit_du"):
        letter.received_date = on
        letter.save(update_fields=["received_date"])
        evidence_changed(letter.cycle_id, "K15")
    return letter


@transaction.atomic
def answer_du(*, item_id: UUID, answer: DuAnswer, actor: Hat, at: datetime) -> DuRkpdesItem:
    """Record what the letter from above says of one need.

    Raises: NotAllowedError, BadInputError (no letter, a day to come, an unknown answer), RefusedError without reason
    or year, IllegalTransitionError.
    """
    rows = DuRkpdesItem.objects.select_for_update(of=("self",)).select_related("cycle__village__regency", "transmittal")
    row = rows.get(pk=item_id)
    require(actor, "plans.answer_du", row)
    event = next((one for one in ANSWERS if one.value == answer.event), None)
    if event is None:
        raise BadInputError("du-answer-unknown")
    if not answer.letter.number.strip() or answer.letter.on is None:
        raise BadInputError("du-letter-missing")
    refuse_future(answer.letter.on, local_day(row.cycle.village.regency, at))
    after = next_state(DuState(row.state), event, code=answer.code, text=answer.text, year=answer.year)
    if row.transmittal is not None and answer.letter.on < row.transmittal.letter_date:
        raise BadInputError("du-answer-before-sent")
    with trail.acting(actor, "plans.answer_du"):
        row.state = after.value
        row.answer_code = answer.code if event is not DuEvent.TAKE_UP else ""
        row.answer_text = read_text(answer.text, 1000)
        row.answer_number, row.answer_date = read_text(answer.letter.number, 100), answer.letter.on
        row.answer_amount = answer.amount if event is DuEvent.TAKE_UP else None
        row.answer_year = answer.year if event is DuEvent.DEFER else None
        row.version += 1
        row.save()
    return row


def opened(cycle_id: UUID, act: str, letter: DuLetter, actor: Hat, at: datetime) -> tuple[Cycle, date]:
    """Return the locked cycle and the letter's day. Raises: NotAllowedError, BadInputError."""
    cycle = locked_cycle(cycle_id)
    require(actor, act, cycle)
    if not letter.number.strip() or letter.on is None:
        raise BadInputError("du-letter-missing")
    refuse_future(letter.on, local_day(cycle.village.regency, at))
    return cycle, letter.on


def locked_cycle(cycle_id: UUID) -> Cycle:
    rows = Cycle.objects.select_for_update(of=("self",)).select_related("village__regency", "village__district")
    return rows.get(pk=cycle_id)


def in_state(cycle: Cycle, *states: DuState) -> list[DuRkpdesItem]:
    rows = DuRkpdesItem.objects.select_for_update(of=("self",)).filter(cycle=cycle, state__in=states)
    return list(rows.select_related("proposal").order_by("order", "id"))


def move(row: DuRkpdesItem, event: DuEvent) -> None:
    row.state = next_state(DuState(row.state), event).value
    row.version += 1
