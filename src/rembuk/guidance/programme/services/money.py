"""Payments of an activity, and which records of other rooms count for it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.programme import ActivityState
from rembuk.core.hat import Hat
from rembuk.cycles.calendar import local_day
from rembuk.guidance.programme import typed
from rembuk.guidance.programme.labels import LINK_KINDS
from rembuk.guidance.programme.models import ActivityLink, ActivityTarget, PlanActivity, Realisation
from rembuk.guidance.programme.queries.linked import KEYED, exists
from rembuk.guidance.programme.services.base import locked_activity, need_running
from rembuk.regions.models import District
from rembuk.shared import files, trail
from rembuk.shared.models import StoredFile


@dataclass(frozen=True, slots=True)
class PaymentValues:
    """A payment as typed. district: code of one kecamatan, or empty; file: the document."""

    day: str
    amount: str
    source: str
    number: str
    note: str = ""
    district: str = ""
    file: files.Upload | bytes | None = None
    file_name: str = ""


def pay(*, payment_id: UUID, activity_id: UUID, values: PaymentValues, actor: Hat, at: datetime) -> Realisation:
    """Write a payment down; the same key again changes nothing.

    Raises: NotAllowedError, RefusedError (plan not running, activity cancelled), BadInputError (day before the plan
    started or to come, nothing paid, no document).
    """
    kept = stored(values, activity_id, actor)
    with transaction.atomic():
        activity = locked_activity(activity_id, actor, "pay")
        there = Realisation.objects.filter(pk=payment_id).first()
        if there is not None:
            if there.activity_id != activity.pk:
                raise RefusedError("programme-key-taken")
            return there
        payment = read_payment(Realisation(pk=payment_id, activity=activity), values, at)
        payment.file = kept
        payment.entered_by, payment.entered_label, payment.entered_at = actor.person_id, actor.label, at
        with trail.acting(actor, "programme.pay"):
            payment.save(force_insert=True)
    return payment


def stored(values: PaymentValues, activity_id: UUID, actor: Hat) -> StoredFile | None:
    """Return the file of a payment that can be written; shrinking a scan never happens inside the transaction."""
    if values.file is None:
        return None
    with transaction.atomic():
        need_running(locked_activity(activity_id, actor, "pay").plan)
    return files.store(values.file, name=values.file_name or "bukti.pdf", village_id="", hat=actor, scan=True)


def read_payment(payment: Realisation, values: PaymentValues, at: datetime) -> Realisation:
    """Fill a payment from what was typed. Raises: RefusedError, BadInputError."""
    activity = payment.activity
    plan = activity.plan
    need_running(plan)
    if activity.at is ActivityState.CANCELLED:
        raise RefusedError("programme-activity-cancelled")
    day = typed.day(values.day, "programme-day-missing")
    if plan.start_date is not None and day < plan.start_date:
        raise BadInputError("programme-paid-early", day=day.isoformat(), start=plan.start_date.isoformat())
    if day > local_day(plan.regency, at):
        raise BadInputError("programme-paid-future", day=day.isoformat())
    payment.paid_date = day
    payment.amount = typed.amount(values.amount)
    if not payment.amount:
        raise BadInputError("programme-paid-zero", read=values.amount[:40])
    payment.source = typed.source(values.source)
    payment.document_number = typed.needed("nomor dokumen", values.number, "programme-document-missing", 100)
    payment.note = typed.words("keterangan", values.note, 300)
    payment.district = read_district(values.district, activity)
    return payment


def read_district(code: str, activity: PlanActivity) -> District | None:
    """Return the kecamatan a payment was for; it must hold a village of the activity. Raises: BadInputError."""
    if not code.strip():
        return None
    if not ActivityTarget.objects.filter(activity=activity, village__district_id=code).exists():
        raise BadInputError("programme-district")
    return District.objects.get(pk=code)


@transaction.atomic
def withdraw_payment(*, payment_id: UUID, reason: str, actor: Hat, at: datetime) -> Realisation:
    """Take back a payment entered by mistake; it stays readable and counts no more. Raises: RefusedError."""
    payment = Realisation.objects.select_for_update(of=("self",)).select_related("activity").get(pk=payment_id)
    activity = locked_activity(payment.activity_id, actor, "pay")
    need_running(activity.plan)
    if payment.withdrawn_at is not None:
        raise RefusedError("programme-withdrawn")
    payment.withdrawn_reason = typed.needed("alasan", reason, "programme-withdraw-words", 300)
    payment.withdrawn_at, payment.withdrawn_by = at, actor.person_id
    with trail.acting(actor, "programme.withdraw_payment"):
        payment.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return payment


@transaction.atomic
def link(*, activity_id: UUID, value: str, actor: Hat, at: datetime) -> ActivityLink:
    """Let a record of another room count for an activity; the same one again changes nothing.

    value: ``batch:<key>``, ``season:<key>``, ``clinic_day:<key>``, or ``visits:``, ``questions:``, ``reviews:`` for
    what lies in the activity's period and villages. A record counts for one activity of a plan. Raises:
    NotAllowedError, BadInputError, RefusedError.
    """
    activity = locked_activity(activity_id, actor, "pay")
    kind, _colon, key = value.strip().partition(":")
    if kind not in LINK_KINDS:
        raise BadInputError("programme-link-kind")
    if not exists(activity.plan, kind, key):
        raise BadInputError("programme-link-missing")
    if kind in KEYED:
        other = ActivityLink.objects.filter(activity__plan=activity.plan, kind=kind, key=key).exclude(activity=activity)
        if (taken := other.select_related("activity").first()) is not None:
            raise RefusedError("programme-link-taken", title=taken.activity.title)
    with trail.acting(actor, "programme.link"):
        return ActivityLink.objects.get_or_create(activity=activity, kind=kind, key=key)[0]


@transaction.atomic
def unlink(*, activity_id: UUID, link_id: UUID, actor: Hat, at: datetime) -> None:
    """Let a record count no more for an activity."""
    activity = locked_activity(activity_id, actor, "pay")
    with trail.acting(actor, "programme.unlink"):
        ActivityLink.objects.filter(activity=activity, pk=link_id).delete()
