"""Reads over technical support, scoped by the hat, ordered by something unique."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet

from rembuk.core.hat import Hat, Place, Role
from rembuk.core.support_requests import Moments, Owed, State, owed
from rembuk.cycles.calendar import local_day
from rembuk.plans.models import RkpdesItem
from rembuk.regions.models import Village
from rembuk.regions.queries import place_q
from rembuk.sectors.models import ClinicDay, SupportRequest, SupportStep

WITH_PLACE = ("village__district", "village__regency", "item", "attachment", "result", "clinic_day")


def request_by_id(request_id: UUID | str) -> SupportRequest:
    """Return one request with its place. Raises: SupportRequest.DoesNotExist."""
    return SupportRequest.objects.select_related(*WITH_PLACE).get(pk=request_id)


def clinic_day_by_id(day_id: UUID | str) -> ClinicDay:
    """Return one clinic day. Raises: ClinicDay.DoesNotExist."""
    return ClinicDay.objects.select_related("regency").get(pk=day_id)


def rows_of_request(request: SupportRequest) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose changes belong to the story of a request."""
    return [(SupportStep, list(SupportStep.objects.filter(request=request).values_list("pk", flat=True)))]


def requests_seen_by(hat: Hat) -> "QuerySet[SupportRequest]":
    """Return the requests *hat* may read, newest first; an agency sees what was asked of it."""
    rows = SupportRequest.objects.filter(place_q(hat.place)).select_related(*WITH_PLACE)
    if hat.role is Role.OPD and hat.agency:
        rows = rows.filter(agency=hat.agency)
    return rows.order_by("-captured_at", "id")


WAITING_STATES = {
    Role.KAD: ("draft", "done"),
    Role.SDK: ("done",),
    Role.CAM: ("sent",),
    Role.OPD: ("camat_checked", "accepted_opd", "scheduled"),
}


def waiting(hat: Hat) -> "QuerySet[SupportRequest] | None":
    """Return the requests that wait for *hat*; None for roles that do nothing with them."""
    states = WAITING_STATES.get(hat.role)
    return requests_seen_by(hat).filter(state__in=states) if states else None


def steps_of(request_id: UUID) -> list[SupportStep]:
    """Return everything that happened to a request, in order. One query."""
    return list(SupportStep.objects.filter(request_id=request_id))


def owed_of(request: SupportRequest, today: date) -> Owed | None:
    """Return whose turn it is with a request and until when."""
    regency = request.village.regency
    sent, checked, accepted = (
        local_day(regency, moment) if moment else None
        for moment in (request.sent_at, request.checked_at, request.accepted_at)
    )
    moments = Moments(sent, checked, accepted, request.scheduled_date)
    return owed(State(request.state), request.kind, moments, today)


def items_to_choose(village: Village, limit: int = 200) -> list[RkpdesItem]:
    """Return the activities of the village's newest plans, for the list of a form."""
    rows = RkpdesItem.objects.filter(plan__cycle__village=village).select_related("plan__cycle")
    return list(rows.order_by("-plan__cycle__budget_year", "-plan__version_no", "activity_code", "name", "id")[:limit])


def clinic_days_seen_by(hat: Hat) -> "QuerySet[ClinicDay]":
    """Return the clinic days of the hat's regency with how many requests each holds, newest first."""
    rows = ClinicDay.objects.select_related("regency").annotate(count=Count("requests"))
    if hat.place.regency:
        rows = rows.filter(regency_id=hat.place.regency)
    return rows.order_by("-day", "agency", "id")


@dataclass(frozen=True, slots=True)
class ClinicDayTally:
    """What an annual plan counts of a clinic day. done: requests whose papers were seen to."""

    day: date
    agency_name: str
    requests: int
    done: int


DONE_STATES = ("done", "accepted_by_village", "closed")


def clinic_day_tallies(day_ids: Sequence[UUID]) -> dict[UUID, ClinicDayTally]:
    """Return clinic day -> how many requests it holds and how many are done; an unknown key is left out. One query."""
    rows = ClinicDay.objects.filter(pk__in=day_ids).annotate(
        held=Count("requests"), done=Count("requests", filter=Q(requests__state__in=DONE_STATES))
    )
    return {row.pk: ClinicDayTally(row.day, row.agency_name, row.held, row.done) for row in rows.order_by("id")}


def fitting(day: ClinicDay) -> "QuerySet[SupportRequest]":
    """Return the requests that can be seen on a clinic day: accepted by its agency and not yet scheduled."""
    rows = SupportRequest.objects.filter(village__regency=day.regency, agency=day.agency, state="accepted_opd")
    return rows.select_related("village__district", "village__regency").order_by(
        "village__district_id", "village__name", "title", "id"
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """How many requests were made, done, and done within their time (PP13)."""

    requested: int
    done: int
    in_time: int


def kept_in(place: Place, year: int, today: date) -> Kept:
    """Return PP13 of a place and a year: done <= due / requested. One query."""
    rows = SupportRequest.objects.filter(place_q(place), sent_at__year=year).select_related("village__regency")
    requests: Sequence[SupportRequest] = list(rows)
    done = [request for request in requests if request.done_at is not None]
    in_time = sum(_in_time(request) for request in done)
    return Kept(len(requests), len(done), in_time)


def _in_time(request: SupportRequest) -> bool:
    """Return whether the result came by the day on which it was owed when it was delivered."""
    if request.done_at is None or request.accepted_at is None:
        return False
    regency = request.village.regency
    moments = Moments(accepted=local_day(regency, request.accepted_at), scheduled=request.scheduled_date)
    until = owed(State.SCHEDULED, request.kind, moments, local_day(regency, request.done_at))
    return until is not None and not until.late


def queue_of(day: ClinicDay) -> "QuerySet[SupportRequest]":
    """Return the requests of a clinic day by district and village, as they are called in."""
    rows = day.requests.select_related("village__district", "village__regency")
    return rows.order_by("village__district_id", "village__name", "title", "id")
