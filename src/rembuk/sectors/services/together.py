"""Many requests on one day in one place: the klinik RAB."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.core.documents.frame import date_text
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.lists import regional_agencies
from rembuk.core.permissions import require
from rembuk.core.support_requests import Event
from rembuk.cycles.calendar import local_day
from rembuk.regions.models import Regency
from rembuk.sectors.models import ClinicDay, SupportRequest
from rembuk.sectors.services.doing import VILLAGE
from rembuk.sectors.services.stepping import step, tell
from rembuk.sectors.typed import read_coming_day, read_quota, read_words
from rembuk.shared import trail


@dataclass(frozen=True, slots=True)
class DayValues:
    """A clinic day as typed."""

    agency: str
    day: str
    venue: str
    officer: str
    quota: str


def hold_clinic(*, day_id: UUID, regency: Regency, values: DayValues, actor: Hat, at: datetime) -> ClinicDay:
    """Set a day on which an agency sees many requests. The same key again changes nothing.

    Raises: NotAllowedError, BadInputError.
    """
    require(actor, "sectors.hold_clinic", regency)
    there = ClinicDay.objects.filter(pk=day_id).first()
    if there is not None:
        return there
    agency = actor.agency or values.agency
    if agency not in regional_agencies():
        raise BadInputError("support-agency")
    made = ClinicDay(
        pk=day_id,
        regency=regency,
        agency=agency,
        day=read_coming_day(values.day, local_day(regency, at)),
        venue=read_words(_("tempat"), values.venue, 200, needed=True),
        officer=read_words(_("nama petugas"), values.officer, 150, needed=True),
        quota=read_quota(values.quota),
        made_by=actor.person_id,
    )
    with transaction.atomic(), trail.acting(actor, "sectors.hold_clinic"):
        made.save(force_insert=True)
    return made


@transaction.atomic
def put_on_day(*, day_id: UUID, request_ids: Sequence[UUID], actor: Hat, at: datetime) -> int:
    """Put accepted requests on a clinic day, all or none; returns how many.

    Raises: NotAllowedError, BadInputError, RefusedError (more than there is room for, of another agency),
    IllegalTransitionError (one that is not accepted).
    """
    day = ClinicDay.objects.select_for_update(of=("self",)).select_related("regency").get(pk=day_id)
    require(actor, "sectors.hold_clinic", day)
    wanted = sorted(set(request_ids))
    if not wanted:
        raise BadInputError("support-clinic-none")
    if day.requests.count() + len(wanted) > day.quota:
        raise RefusedError("support-clinic-full", quota=day.quota, count=day.requests.count() + len(wanted))
    rows = SupportRequest.objects.select_for_update(of=("self",)).filter(pk__in=wanted, village__regency=day.regency)
    with trail.acting(actor, "sectors.put_on_day"):
        for request in rows.select_related("village__regency", "village__district").order_by("pk"):
            require(actor, "sectors.answer", request)
            if request.agency != day.agency:
                raise RefusedError("support-clinic-other", title=request.title)
            request.clinic_day, request.scheduled_date = day, day.day
            request.officer = day.officer
            words = {"day": date_text(day.day), "venue": day.venue}
            step(request, Event.SCHEDULE, words="{day}, {venue}".format(**words), actor=actor, at=at)
            request.save()
            tell(request, VILLAGE, _("Klinik RAB %(day)s di %(venue)s") % words, at)
    return len(wanted)
