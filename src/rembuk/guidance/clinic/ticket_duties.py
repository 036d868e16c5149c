"""What the clinic asks of a hat: questions to answer, and answers to read."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.hat import Hat
from rembuk.cycles.duties import Duty
from rembuk.guidance.clinic import queries
from rembuk.guidance.clinic.models import Ticket
from rembuk.regions.queries import place_q

MOST_LINES = 3


def of_hat(hat: Hat, today: date) -> list[Duty]:
    """Return at most one duty: the questions that wait, the nearest day first; or answers to one's own. One query."""
    rows = queries.waiting(hat)
    return waiting_duty(list(rows), today) if rows is not None else answered_duty(hat)


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


def answered_duty(hat: Hat) -> list[Duty]:
    rows = Ticket.objects.filter(place_q(hat.place), asked_by=hat.person_id, state="answered").order_by("answered_at")
    tickets = list(rows[:MOST_LINES])
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
