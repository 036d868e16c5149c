"""What the agency does with a request, and the village that takes the result."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.core.documents.frame import date_text
from rembuk.core.errors import BadInputError
from rembuk.core.hat import Hat, Role
from rembuk.core.support_requests import DECLINE_REASONS, RAB_CHECK, Event, State
from rembuk.cycles.calendar import local_day
from rembuk.sectors.models import SupportRequest
from rembuk.sectors.services.stepping import locked, step, tell
from rembuk.sectors.typed import read_coming_day, read_marks, read_words
from rembuk.shared import files, trail

VILLAGE = (Role.KAD, Role.SDK)


@transaction.atomic
def accept(*, request_id: UUID, officer: str, actor: Hat, at: datetime) -> SupportRequest:
    """Take a request on and name who will do it. Raises: NotAllowedError, BadInputError, IllegalTransitionError."""
    request = locked(request_id, actor, "sectors.answer")
    request.officer = read_words(_("nama petugas"), officer, 150, needed=True)
    with trail.acting(actor, "sectors.accept"):
        request.accepted_at = at
        step(request, Event.ACCEPT, words=request.officer, actor=actor, at=at)
        request.save()
        tell(request, VILLAGE, _("%s menerima permintaan Anda") % request.agency_name, at)
    return request


@transaction.atomic
def decline(*, request_id: UUID, code: str, reason: str, actor: Hat, at: datetime) -> SupportRequest:
    """Decline a request with a code and a sentence that the village reads. Raises: BadInputError without them."""
    request = locked(request_id, actor, "sectors.answer")
    if code not in DECLINE_REASONS:
        raise BadInputError("support-decline-code")
    request.decline_code = code
    request.decline_reason = read_words(_("alasan dalam satu kalimat"), reason, 500, needed=True)
    with trail.acting(actor, "sectors.decline"):
        step(request, Event.DECLINE, words=request.decline_reason, actor=actor, at=at)
        request.save()
        tell(request, VILLAGE, _("%s belum dapat membantu") % request.agency_name, at)
    return request


@transaction.atomic
def schedule(*, request_id: UUID, day: str, actor: Hat, at: datetime) -> SupportRequest:
    """Set the day of an accepted request, or move it. A request that moves leaves its clinic day."""
    request = locked(request_id, actor, "sectors.answer")
    chosen = read_coming_day(day, local_day(request.village.regency, at))
    event = Event.MOVE if request.state == State.SCHEDULED.value else Event.SCHEDULE
    with trail.acting(actor, "sectors.schedule"):
        request.scheduled_date, request.clinic_day = chosen, None
        step(request, event, words=date_text(chosen), actor=actor, at=at)
        request.save()
        tell(request, VILLAGE, _("Dukungan teknis dijadwalkan %s") % date_text(chosen), at)
    return request


@transaction.atomic
def finish(
    *,
    request_id: UUID,
    note: str,
    file: files.Upload | bytes | None,
    file_name: str,
    marks: dict[str, tuple[str, str]],
    actor: Hat,
    at: datetime,
) -> SupportRequest:
    """Hand the result over: a file or words, and for a RAB check every item marked.

    marks: item -> (ok | fix | na, note). Raises: NotAllowedError, BadInputError, IllegalTransitionError.
    """
    request = locked(request_id, actor, "sectors.answer")
    request.result_note = read_words(_("hasil"), note, 2000)
    if file is None and not request.result_note:
        raise BadInputError("support-result")
    if request.kind == RAB_CHECK:
        request.marks = read_marks(marks)
    if file is not None:
        request.result = files.store(file, name=file_name, village_id=request.village_id, hat=actor, scan=True)
    with trail.acting(actor, "sectors.finish"):
        request.done_at = at
        step(request, Event.FINISH, words=request.result_note, actor=actor, at=at)
        request.save()
        tell(request, VILLAGE, _("Hasil dukungan teknis sudah ada"), at)
    return request


@transaction.atomic
def take(*, request_id: UUID, actor: Hat, at: datetime) -> SupportRequest:
    """The village takes the result; nothing more is asked of anyone then, so the request is closed with it."""
    request = locked(request_id, actor, "sectors.take")
    with trail.acting(actor, "sectors.take"):
        step(request, Event.TAKE, actor=actor, at=at)
        step(request, Event.CLOSE, actor=actor, at=at)
        request.closed_at = at
        request.save()
    return request
