"""Reads over the clinic, scoped by the hat, ordered by something unique."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from rembuk.accounts.models import Assignment
from rembuk.core.guidance.clinic import OPEN_STATES, REFERRALS, Clock, clock_of
from rembuk.core.hat import Hat, Place, Role
from rembuk.cycles.calendar import local_day
from rembuk.guidance.clinic.models import FaqEntry, Step, Ticket
from rembuk.guidance.clinic.permissions import CLERKS, CONSULTED, READERS
from rembuk.regions.queries import place_q

WITH_PLACE = ("village__district", "village__regency", "handler", "attachment")
OPEN = sorted(state.value for state in OPEN_STATES)


def ticket_by_id(ticket_id: UUID | str) -> Ticket:
    """Return one question with its place. Raises: Ticket.DoesNotExist."""
    return Ticket.objects.select_related(*WITH_PLACE).get(pk=ticket_id)


def faq_by_id(entry_id: UUID | str) -> FaqEntry:
    """Return one promoted answer. Raises: FaqEntry.DoesNotExist."""
    return FaqEntry.objects.select_related("regency").get(pk=entry_id)


def rows_of_ticket(ticket: Ticket) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose changes belong to the story of a question."""
    return [(Step, list(Step.objects.filter(ticket=ticket).values_list("pk", flat=True)))]


def tickets_seen_by(hat: Hat) -> "QuerySet[Ticket]":
    """Return the questions *hat* may read, newest first: of its place, sent on to it, or its own."""
    rows = Ticket.objects.filter(place_q(hat.place))
    if hat.role in CONSULTED:
        rows = rows.filter(referred_to__in=[code for code, roles in REFERRALS.items() if hat.role in roles])
    elif hat.role not in READERS:
        rows = rows.filter(asked_by=hat.person_id)
    return rows.select_related(*WITH_PLACE).order_by("-captured_at", "id")


def waiting(hat: Hat) -> "QuerySet[Ticket] | None":
    """Return the questions that wait for an answer of *hat*; None for roles that answer nothing."""
    if hat.role in CONSULTED:
        return tickets_seen_by(hat).filter(state="referred")
    if hat.role not in CLERKS:
        return None
    mine = ["DPMD"] if hat.role in REFERRALS["DPMD"] else []
    taken_by_me = Q(state__in=("new",)) | Q(state__in=("assigned", "reopened"), handler_id=hat.person_id)
    return tickets_seen_by(hat).filter(taken_by_me | Q(state="referred", referred_to__in=mine))


def steps_of(ticket_id: UUID) -> list[Step]:
    """Return everything that happened to a question, in order. One query."""
    return list(Step.objects.filter(ticket_id=ticket_id))


def clock_of_ticket(ticket: Ticket, today: date) -> Clock:
    """Return the running promise to the asker, in days of the village's regency."""
    regency = ticket.village.regency
    referred, first, answered = (
        local_day(regency, moment) if moment else None
        for moment in (ticket.referred_at, ticket.first_reply_at, ticket.answered_at)
    )
    return clock_of(local_day(regency, ticket.captured_at), referred, first, answered, today)


def published(regency: str = "") -> "QuerySet[FaqEntry]":
    """Return the answers that everybody may read, of one regency or of all, by topic."""
    rows = FaqEntry.objects.filter(withdrawn_at__isnull=True).select_related("regency")
    return rows.filter(regency_id=regency) if regency else rows


def names_near(ticket: Ticket) -> list[str]:
    """Return names that an answer for everybody may not hold: the asker's, and those of the village's people."""
    people = Assignment.objects.filter(village_id=ticket.village_id).values_list("person__name", flat=True)
    return sorted({name for name in (ticket.asker_name, *people) if name})


@dataclass(frozen=True, slots=True)
class Summary:
    """The clinic in numbers. kept, missed: first replies in and out of time; topics: most asked first."""

    asked: int
    open: int
    kept: int
    missed: int
    late_now: int
    topics: tuple[tuple[str, int], ...]
    channels: tuple[tuple[str, int], ...]

    @property
    def kept_percent(self) -> int | None:
        done = self.kept + self.missed
        return round(100 * self.kept / done) if done else None


def summary_of(place: Place, year: int, today: date) -> Summary:
    """Return the numbers of a place and a year (PP9: first replies within the service time / questions). One query."""
    rows = Ticket.objects.filter(place_q(place), captured_at__year=year).select_related("village__regency")
    tickets: Sequence[Ticket] = list(rows)
    regency_clock = [(ticket, first_reply_clock(ticket, today)) for ticket in tickets]
    return Summary(
        asked=len(tickets),
        open=sum(ticket.state in OPEN for ticket in tickets),
        kept=sum(clock.met is True for _ticket, clock in regency_clock),
        missed=sum(clock.met is False for _ticket, clock in regency_clock),
        late_now=sum(clock_of_ticket(ticket, today).late and ticket.state in OPEN for ticket in tickets),
        topics=tuple(Counter(ticket.topic for ticket in tickets).most_common()),
        channels=tuple(Counter(ticket.channel for ticket in tickets).most_common()),
    )


def first_reply_clock(ticket: Ticket, today: date) -> Clock:
    """Return the promise of the first reply alone, whether or not the question was sent on."""
    regency = ticket.village.regency
    first = local_day(regency, ticket.first_reply_at) if ticket.first_reply_at else None
    return clock_of(local_day(regency, ticket.captured_at), None, first, None, today)


def handled_by(person_id: UUID, first: date, last: date) -> "QuerySet[Ticket]":
    """Return the questions a person took, asked between two days, for the monthly report of a facilitator."""
    rows = Ticket.objects.filter(handler_id=person_id, captured_at__date__gte=first, captured_at__date__lte=last)
    return rows.select_related("village").order_by("captured_at", "id")


def question_days(place: Place, first: date, last: date) -> list[tuple[str, datetime, str]]:
    """Return (village, moment it was asked, state) of the questions of *place* in these days. One query.

    For counting what an annual plan set out to do.
    """
    rows = Ticket.objects.filter(place_q(place), captured_at__date__gte=first, captured_at__date__lte=last)
    return list(rows.order_by("captured_at", "id").values_list("village_id", "captured_at", "state"))


def answering_people(ticket: Ticket, on: date) -> list[UUID]:
    """Return the people of the roles that a question was sent on to, over its village."""
    roles: frozenset[Role] = REFERRALS.get(ticket.referred_to, frozenset())
    valid = Assignment.objects.valid_on(on).filter(role__in=[role.value for role in roles])
    over = valid.filter(Q(regency_id=ticket.village.regency_id), Q(district__isnull=True), Q(village__isnull=True))
    return sorted(over.values_list("person_id", flat=True).distinct())
