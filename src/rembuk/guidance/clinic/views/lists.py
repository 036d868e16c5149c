"""The list of questions with its filters and export, and the clinic in numbers."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from rembuk.accounts.standing_in import standing_in
from rembuk.core.guidance.clinic import CLINIC_TOPICS, Clock
from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import Somewhere
from rembuk.guidance.clinic import queries
from rembuk.guidance.clinic.labels import REFERRAL_NAMES, STATE_CHIPS, STATES
from rembuk.guidance.clinic.models import Ticket
from rembuk.guidance.clinic.permissions import allows
from rembuk.shared import clock
from rembuk.shared.files import XLSX
from rembuk.shared.sheets import xlsx_bytes
from rembuk.shared.web import page, worn

PER_PAGE = 50
WAITING = "menunggu"
MOST_YEARS = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the address."""

    search: str
    state: str
    topic: str
    channel: str

    def keep(self, rows: "QuerySet[Ticket]", hat: Hat) -> "QuerySet[Ticket]":
        """Return the rows that are shown."""
        if self.search:
            words = Q(question__icontains=self.search) | Q(village__name__icontains=self.search)
            rows = rows.filter(words | Q(answer__icontains=self.search))
        if self.state == WAITING:
            mine = queries.waiting(hat)
            rows = rows.filter(pk__in=mine.values("pk")) if mine is not None else rows.filter(state__in=queries.OPEN)
        elif self.state:
            rows = rows.filter(state=self.state)
        if self.topic:
            rows = rows.filter(topic=self.topic)
        return rows.filter(channel=self.channel) if self.channel else rows


def wanted_of(request: HttpRequest) -> Wanted:
    get = request.GET
    state, topic, channel = get.get("keadaan", ""), get.get("topik", ""), get.get("cara", "")
    return Wanted(
        get.get("cari", "").strip()[:80],
        state if state in STATES or state == WAITING else "",
        topic if topic in CLINIC_TOPICS else "",
        channel if channel in Ticket.Channel.values else "",
    )


@page("clinic.list")
def index(request: HttpRequest) -> HttpResponse:
    """The questions that the hat may read, newest first."""
    hat, today = worn(request), clock.today()
    wanted = wanted_of(request)
    rows = wanted.keep(queries.tickets_seen_by(hat), hat)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    here = Somewhere(hat.place)
    context = {
        "page": shown,
        "count": shown.paginator.count,
        "rows": [row_of(ticket, queries.clock_of_ticket(ticket, today)) for ticket in shown.object_list],
        "wanted": wanted,
        "waiting": WAITING,
        "states": STATES.items(),
        "topics": CLINIC_TOPICS.items(),
        "channels": Ticket.Channel.choices,
        "may_ask": allows(hat, "ask", here),
        "may_log": allows(hat, "log", here),
        "may_summary": allows(hat, "summary", here),
        "team": standing_in(Role.PTP, hat.place, today) if hat.place.district else None,
        "filtered": any((wanted.search, wanted.state, wanted.topic, wanted.channel)),
        "today": today,
    }
    return render(request, "clinic/list.html", context)


def row_of(ticket: Ticket, promise: Clock) -> dict[str, object]:
    """Return what a line of the list shows; a promise stands there only while an answer is owed."""
    owed = ticket.state in queries.OPEN
    return {
        "ticket": ticket,
        "topic": CLINIC_TOPICS[ticket.topic],
        "state": STATES[ticket.state],
        "chip": "late" if owed and promise.late else STATE_CHIPS[ticket.state],
        "due": promise.due if owed else None,
        "to": REFERRAL_NAMES.get(ticket.referred_to, ""),
    }


@page("clinic.list")
def export(request: HttpRequest) -> HttpResponse:
    """The shown questions as a sheet; the asker's name stays in the program."""
    hat = worn(request)
    rows = wanted_of(request).keep(queries.tickets_seen_by(hat), hat)
    head = [
        _("Waktu"),
        _("Desa"),
        _("Kecamatan"),
        _("Cara"),
        _("Topik"),
        _("Pertanyaan"),
        _("Keadaan"),
        _("Diteruskan ke"),
        _("Jawaban"),
        _("Waktu dijawab"),
    ]
    lines = [
        (
            stamp(ticket.captured_at),
            ticket.village.name,
            ticket.village.district.name,
            ticket.get_channel_display(),
            CLINIC_TOPICS[ticket.topic],
            ticket.question,
            str(STATES[ticket.state]),
            str(REFERRAL_NAMES.get(ticket.referred_to, "")),
            ticket.answer,
            stamp(ticket.answered_at),
        )
        for ticket in rows.iterator(chunk_size=500)
    ]
    response = HttpResponse(xlsx_bytes([("Klinik Desa", head, lines)]), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="klinik-desa.xlsx"'
    return response


def stamp(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


@page("clinic.summary")
def summary(request: HttpRequest) -> HttpResponse:
    """The clinic in numbers for a place and a year; no single question is shown."""
    hat, today = worn(request), clock.today()
    text = request.GET.get("tahun", "")
    years = [today.year - back for back in range(MOST_YEARS)]
    year = int(text) if text.isascii() and text.isdigit() and int(text) in years else today.year
    found = queries.summary_of(hat.place, year, today)
    channels = dict(Ticket.Channel.choices)
    context = {
        "summary": found,
        "year": year,
        "years": years,
        "topics": [(code, CLINIC_TOPICS[code], count) for code, count in found.topics],
        "channels": [(channels[code], count) for code, count in found.channels],
        "may_list": allows(hat, "list", Somewhere(hat.place)),
    }
    return render(request, "clinic/summary.html", context)
