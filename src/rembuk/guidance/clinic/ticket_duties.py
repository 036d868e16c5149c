"""What the clinic asks of a hat: questions to answer, and answers to read."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.hat import Hat
from rembuk.cycles.duties import Duty
from rembuk.guidance.clinic import queries
from rembuk.guidance.clinic.models import Ticket
from rembuk.regions.queries import place_q

MOST_LINES = 3


def rows_of(hat: Hat, _today: date) -> "QuerySet[Ticket]":
    """Return the questions that wait for the hat's answer; for who answers nothing, the answers to its own."""
    rows = queries.waiting(hat)
    if rows is not None:
        return rows
    own = Ticket.objects.filter(place_q(hat.place), asked_by=hat.person_id, state="answered")
    return own.order_by("answered_at", "id")


def of_hat(hat: Hat, today: date) -> list[Duty]:
    """Return at most one duty: the questions that wait, the nearest day first; or answers to one's own. One query."""
    rows = rows_of(hat, today)
    if queries.waiting(hat) is not None:
        return waiting_duty(list(rows), today)
    return answered_duty(list(rows[:MOST_LINES]))


def waiting_duty(tickets: list[Ticket], today: date) -> list[Duty]:
    if not tickets:
        return []
    clocks = [(queries.clock_of_ticket(ticket, today).due, ticket) for ticket in tickets]
    clocks.sort(key=lambda pair: (pair[0], str(pair[1].pk)))
    due = clocks[0][0]
    count = len(tickets)
    return [
        Duty(
            title=ngettext("%(count)d pertanyaan menunggu jawaban", "%(count)d pertanyaan menunggu jawaban", count)
            % {"count": count},
            link=reverse("clinic:list") + "?keadaan=menunggu",
            button=_("Jawab pertanyaan"),
            due=due,
            days_left=(due - today).days,
            state="late" if due < today else "due",
            missing=tuple(f"{ticket.village.name}: {ticket.question[:60]}" for _due, ticket in clocks[:MOST_LINES]),
            icon="help",
            key="clinic-waiting",
        )
    ]


def answered_duty(tickets: list[Ticket]) -> list[Duty]:
    if not tickets:
        return []
    return [
        Duty(
            title=_("Klinik Desa menjawab pertanyaan Anda"),
            link=reverse("clinic:ticket", args=[tickets[0].pk]),
            button=_("Baca jawaban"),
            missing=tuple(ticket.question[:60] for ticket in tickets),
            icon="help",
            key="clinic-answered",
        )
    ]
