"""A village asks: drafted in the office, sent with the head's letter, checked by the Camat."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat, Role
from rembuk.core.lists import regional_agencies
from rembuk.core.permissions import require
from rembuk.core.support_requests import KINDS, Event, State
from rembuk.cycles.calendar import local_day
from rembuk.plans.models import RkpdesItem
from rembuk.regions.models import Village
from rembuk.sectors.models import SupportRequest
from rembuk.sectors.services.stepping import locked, step, tell
from rembuk.sectors.typed import read_day, read_words
from rembuk.shared import files, steps, trail


@dataclass(frozen=True, slots=True)
class RequestValues:
    """A request as typed. item: key of the plan's activity, or empty. file: what the agency must see."""

    kind: str
    agency: str
    title: str
    need: str
    item: str = ""
    file: files.Upload | bytes | None = None
    file_name: str = ""
    captured_at: datetime | None = None


def draft(*, request_id: UUID, village: Village, values: RequestValues, actor: Hat, at: datetime) -> SupportRequest:
    """Write a request down. The same key again changes nothing; with another body it is refused.

    Raises: NotAllowedError, BadInputError, RefusedError.
    """
    require(actor, "sectors.draft", village)
    there = SupportRequest.objects.filter(pk=request_id).select_related("village").first()
    if there is not None:
        same = (there.village_id, there.kind, there.agency, there.title, there.need)
        if same != (village.pk, values.kind, values.agency, values.title.strip(), values.need.strip()):
            raise RefusedError("support-key-taken")
        return there
    request = SupportRequest(pk=request_id, village=village, made_by=actor.person_id, received_at=at)
    request.captured_at = values.captured_at or at
    fill(request, values, actor)
    with transaction.atomic(), trail.acting(actor, "sectors.draft"):
        request.save(force_insert=True)
        steps.note(request, "draft", request.need, actor, at)
    return request


@transaction.atomic
def edit(*, request_id: UUID, version: int, values: RequestValues, actor: Hat, at: datetime) -> SupportRequest:
    """Change a draft. Raises: NotAllowedError, BadInputError, StaleError, RefusedError once it was sent."""
    request = locked(request_id, actor, "sectors.draft")
    if request.state != State.DRAFT.value:
        raise RefusedError("support-sent")
    if request.version != version:
        raise StaleError("stale", changes=[], version=request.version)
    fill(request, values, actor)
    request.version += 1
    with trail.acting(actor, "sectors.edit"):
        request.save()
    return request


def fill(request: SupportRequest, values: RequestValues, actor: Hat) -> None:
    """Put typed values into a request. Raises: BadInputError."""
    if values.kind not in KINDS:
        raise BadInputError("support-kind")
    if values.agency not in regional_agencies():
        raise BadInputError("support-agency")
    request.kind, request.agency = values.kind, values.agency
    request.title = read_words(_("judul"), values.title, 200, needed=True)
    request.need = read_words(_("yang diminta"), values.need, 2000, needed=True)
    request.item = item_of(request.village, values.item)
    if values.file is not None:
        request.attachment = files.store(
            values.file, name=values.file_name, village_id=request.village_id, hat=actor, scan=True
        )


def item_of(village: Village, text: str) -> RkpdesItem | None:
    """Return the chosen activity of the village's own plans. Raises: BadInputError."""
    if not text:
        return None
    try:
        found = RkpdesItem.objects.filter(pk=UUID(text), plan__cycle__village=village).first()
    except ValueError:
        found = None
    if found is None:
        raise BadInputError("support-item")
    return found


@transaction.atomic
def send(*, request_id: UUID, number: str, letter_date: str, actor: Hat, at: datetime) -> SupportRequest:
    """Send a request with the head's letter to the Camat. Raises: NotAllowedError, BadInputError, IllegalTransition."""
    request = locked(request_id, actor, "sectors.send")
    request.letter_number = read_words(_("nomor surat"), number, 100, needed=True)
    request.letter_date = read_day(letter_date)
    if request.letter_date > local_day(request.village.regency, at):
        raise BadInputError("support-day-future", date=request.letter_date.isoformat())
    with trail.acting(actor, "sectors.send"):
        request.sent_at = at
        step(request, Event.SEND, words=request.letter_number, actor=actor, at=at)
        request.save()
        tell(request, (Role.CAM,), _("Permintaan dukungan teknis dari %s") % request.village.name, at)
    return request


@transaction.atomic
def check(*, request_id: UUID, words: str, actor: Hat, at: datetime) -> SupportRequest:
    """The Camat found the request whole and hands it to the agency."""
    request = locked(request_id, actor, "sectors.check")
    said = read_words(_("catatan"), words, 2000)
    with trail.acting(actor, "sectors.check"):
        request.checked_at = at
        step(request, Event.CHECK, words=said, actor=actor, at=at)
        request.save()
        tell(request, (Role.OPD,), _("Permintaan dukungan teknis dari %s") % request.village.name, at)
    return request


@transaction.atomic
def give_back(*, request_id: UUID, words: str, actor: Hat, at: datetime) -> SupportRequest:
    """The Camat gives a request back to be completed. Raises: BadInputError without a reason."""
    request = locked(request_id, actor, "sectors.check")
    said = read_words(_("apa yang perlu dilengkapi"), words, 2000, needed=True)
    with trail.acting(actor, "sectors.give_back"):
        step(request, Event.RETURN, words=said, actor=actor, at=at)
        request.save()
        tell(request, (Role.KAD, Role.SDK), _("Camat mengembalikan permintaan dukungan teknis"), at)
    return request
