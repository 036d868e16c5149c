"""A work under way: who carries it out, what was paid, how far it is, what stands in its way."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.works.closing import MARKS
from rembuk.cycles.calendar import local_day
from rembuk.shared import files, trail
from rembuk.shared.models import StoredFile
from rembuk.works.models import Obstacle, Payment, Progress, Work
from rembuk.works.typed import (
    optional_count,
    optional_day,
    optional_money,
    optional_volume,
    read_day,
    read_money,
    read_percent,
    read_source,
    read_words,
)


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file as it was handed in."""

    source: files.Upload | bytes
    name: str


@dataclass(frozen=True, slots=True)
class ContractValues:
    """Who carries a work out, as typed. Money in rupiah, days as ISO text."""

    implementer: str = ""
    contract_number: str = ""
    contract_date: str = ""
    contract_amount: str = ""
    start_date: str = ""
    due_date: str = ""


@transaction.atomic
def edit_work(*, work_id: UUID, version: int, values: ContractValues, actor: Hat, at: datetime) -> Work:
    """Write down implementer, contract and days. Raises: NotAllowedError, BadInputError, StaleError, RefusedError."""
    work = locked_work(work_id, actor, "works.edit")
    if work.version != version:
        raise StaleError("stale", changes=[], version=work.version)
    start, due = optional_day(values.start_date), optional_day(values.due_date)
    if start is not None and due is not None and due < start:
        raise BadInputError("work-days-turned", due=due.isoformat(), start=start.isoformat())
    work.implementer = read_words("pelaksana", values.implementer, 150)
    work.contract_number = read_words("nomor kontrak", values.contract_number, 100)
    work.contract_date, work.contract_amount = (
        optional_day(values.contract_date),
        optional_money(values.contract_amount),
    )
    work.start_date, work.due_date = start, due
    work.version += 1
    with trail.acting(actor, "works.edit"):
        work.save()
    return work


@dataclass(frozen=True, slots=True)
class PaymentValues:
    """A payment as typed."""

    paid_date: str
    source: str
    amount: str
    note: str = ""
    receipt_number: str = ""
    file: Uploaded | None = None


def pay(*, work_id: UUID, payment_id: UUID, values: PaymentValues, actor: Hat, at: datetime) -> Payment:
    """Record money paid for a work. The same key again changes nothing; with another body it is refused.

    Raises: NotAllowedError, BadInputError, RefusedError (closed, key taken).
    """
    work = open_work(work_id, actor, "works.pay")
    day = read_day(values.paid_date, local_day(work.village.regency, at))
    source, amount = read_source(values.source), read_money(values.amount)
    note = read_words("keterangan", values.note, 200)
    receipt = read_words("nomor bukti", values.receipt_number, 100)
    file = kept(values.file, work, actor, scan=True)
    with transaction.atomic():
        work = locked_work(work_id, actor, "works.pay")
        there = Payment.objects.filter(pk=payment_id).first()
        if there is not None:
            if (there.work_id, there.paid_date, there.source, there.amount) != (work.pk, day, source, amount):
                raise RefusedError("work-key-taken")
            return there
        with trail.acting(actor, "works.pay"):
            return Payment.objects.create(
                id=payment_id,
                work=work,
                paid_date=day,
                source=source,
                amount=amount,
                note=note,
                receipt_number=receipt,
                file=file,
                recorded_by=actor.person_id,
                recorded_at=at,
            )


@transaction.atomic
def strike_payment(*, payment_id: UUID, reason: str, actor: Hat, at: datetime) -> Payment:
    """Strike a wrong payment with a reason; it stays readable and counts no more. Repeating changes nothing.

    Raises: NotAllowedError, BadInputError without a reason, RefusedError once the work is closed.
    """
    payment = Payment.objects.select_for_update(of=("self",)).select_related("work").get(pk=payment_id)
    locked_work(payment.work_id, actor, "works.pay")
    if payment.struck_at is not None:
        return payment
    words = read_words("alasan", reason, 300)
    if not words:
        raise BadInputError("work-strike-reason")
    with trail.acting(actor, "works.pay"):
        payment.struck_at, payment.struck_by, payment.struck_reason = at, actor.person_id, words
        payment.save(update_fields=["struck_at", "struck_by", "struck_reason"])
    return payment


@dataclass(frozen=True, slots=True)
class ProgressValues:
    """A report of progress as typed. done_volume: what is in place by now, empty to leave it."""

    seen_date: str
    percent: str
    note: str = ""
    done_volume: str = ""
    photo: Uploaded | None = None


def report(*, work_id: UUID, progress_id: UUID, values: ProgressValues, actor: Hat, at: datetime) -> Progress:
    """Record how far a work is, with its photo; 0, 40, 80 and 100 percent of a physical work need one.

    The photo is shrunk and loses its hidden data. Going back needs a note. The same key again changes nothing.
    Raises: NotAllowedError, BadInputError, RefusedError.
    """
    work = open_work(work_id, actor, "works.report")
    day = read_day(values.seen_date, local_day(work.village.regency, at))
    percent, note = read_percent(values.percent), read_words("catatan", values.note, 300)
    volume = optional_volume(values.done_volume)
    there = Progress.objects.filter(pk=progress_id).first()
    if there is not None:
        if (there.work_id, there.percent, there.seen_date) != (work.pk, percent, day):
            raise RefusedError("work-key-taken")
        return there
    if work.physical and percent in MARKS and values.photo is None:
        raise BadInputError("work-photo-missing", percent=percent)
    if percent < work.percent and not note:
        raise BadInputError("work-percent-back", percent=percent, known=work.percent)
    photo = kept(values.photo, work, actor)
    if photo is not None and photo.content_type != files.JPEG:
        raise BadInputError("work-photo-kind")
    with transaction.atomic():
        work = locked_work(work_id, actor, "works.report")
        with trail.acting(actor, "works.report"):
            made = Progress.objects.create(
                id=progress_id,
                work=work,
                seen_date=day,
                percent=percent,
                note=note,
                photo=photo,
                recorded_by=actor.person_id,
                recorded_at=at,
            )
            follow_newest(work, volume)
    return made


def follow_newest(work: Work, volume: Decimal | None) -> None:
    """Let the report of the newest day say how far the work is."""
    newest = Progress.objects.filter(work=work).order_by("-seen_date", "-recorded_at", "-percent").first()
    work.percent = newest.percent if newest is not None else 0
    if volume is not None:
        work.done_volume = volume
    work.version += 1
    work.save(update_fields=["percent", "done_volume", "version", "changed_at"])


@dataclass(frozen=True, slots=True)
class ObstacleValues:
    """An obstacle as typed."""

    noted_date: str
    kind: str
    text: str
    delay_days: str = ""
    follow_up: str = ""
    solved_date: str = ""


@transaction.atomic
def note_obstacle(*, work_id: UUID, obstacle_id: UUID, values: ObstacleValues, actor: Hat, at: datetime) -> Obstacle:
    """Write down what stands in a work's way, or change it under the same key.

    Raises: NotAllowedError, BadInputError, RefusedError.
    """
    work = locked_work(work_id, actor, "works.obstacle")
    today = local_day(work.village.regency, at)
    there = Obstacle.objects.select_for_update(of=("self",)).filter(pk=obstacle_id).first()
    if there is not None and there.work_id != work.pk:
        raise RefusedError("work-key-taken")
    text = read_words("kendala", values.text, 300)
    if not text:
        raise BadInputError("work-obstacle-missing")
    row = there or Obstacle(id=obstacle_id, work=work, recorded_by=actor.person_id)
    row.noted_date = read_day(values.noted_date, today)
    row.kind = values.kind if values.kind in Obstacle.Kind.values else Obstacle.Kind.OTHER
    row.text, row.delay_days = text, optional_count(values.delay_days)
    row.follow_up = read_words("tindak lanjut", values.follow_up, 300)
    row.solved_date = read_day(values.solved_date, today) if values.solved_date.strip() else None
    row.version += 1 if there is not None else 0
    with trail.acting(actor, "works.obstacle"):
        row.save()
    return row


def open_work(work_id: UUID, actor: Hat, act: str) -> Work:
    """Return a work that may still be changed. Raises: RefusedError once it is closed, NotAllowedError."""
    work = Work.objects.select_related("village__regency", "cycle").get(pk=work_id)
    return allowed(work, actor, act)


def locked_work(work_id: UUID, actor: Hat, act: str) -> Work:
    """The same, locked until the transaction ends."""
    rows = Work.objects.select_for_update(of=("self",)).select_related("village__regency", "cycle")
    return allowed(rows.get(pk=work_id), actor, act)


def allowed(work: Work, actor: Hat, act: str) -> Work:
    if work.closed:
        raise RefusedError("work-closed")
    require(actor, act, work)
    return work


def kept(given: Uploaded | None, work: Work, actor: Hat, *, scan: bool = False) -> StoredFile | None:
    """Keep a file of a work. Raises: BadInputError of the file."""
    if given is None:
        return None
    return files.store(given.source, name=given.name, village_id=work.village_id, hat=actor, scan=scan)
