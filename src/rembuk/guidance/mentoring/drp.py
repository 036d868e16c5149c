"""A month as lines of a daily report: day, time, place, text, so that nobody types twice what the program knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.core.guidance.clinic import CLINIC_TOPICS
from rembuk.core.guidance.monthly_figures import ForumLine, MonthFigures, TicketLine, VisitLine
from rembuk.cycles.labels import STAGE_SHORT
from rembuk.guidance.mentoring.labels import duration
from rembuk.guidance.mentoring.models import Visit
from rembuk.regions.models import AccessMode

POSITIONS = {
    "guide": gettext_lazy("pemandu"),
    "speaker": gettext_lazy("narasumber"),
    "note_taker": gettext_lazy("notulis"),
}


@dataclass(frozen=True, slots=True)
class DrpLine:
    """One line. time: ``09.00`` or empty where nobody recorded one."""

    day: date
    time: str
    place: str
    text: str


def drp_lines(figures: MonthFigures) -> list[DrpLine]:
    """Return everything that was done in a month, by day and time."""
    found = [*visits(figures), *forums(figures), *tickets(figures)]
    return sorted(found, key=lambda line: (line.day, line.time, line.place, line.text))


def visits(figures: MonthFigures) -> Iterator[DrpLine]:
    problems = figures.problems
    for line in figures.visits:
        found = [
            one.text for one in problems if (one.day, one.village, one.kind) == (line.day, line.village, "finding")
        ]
        yield DrpLine(line.day, line.time, place_of(line), visit_text(line, found))


def place_of(line: VisitLine | ForumLine) -> str:
    return _("%(village)s, Kec. %(district)s") % {"village": line.village, "district": line.district}


def visit_text(line: VisitLine, findings: list[str]) -> str:
    """Return the text of a visit: why, how, how long, what was found."""
    purpose = Visit.Purpose(line.purpose).label
    stage = f" {line.stage} {STAGE_SHORT.get(line.stage, '')}".rstrip() if line.stage else ""
    parts = [_("Kunjungan pendampingan: %(purpose)s%(stage)s") % {"purpose": purpose, "stage": stage}]
    if line.travel_minutes:
        way = f" ({AccessMode(line.access).label})" if line.access else ""
        parts.append(_("perjalanan %(time)s%(way)s") % {"time": duration(line.travel_minutes), "way": way})
    if line.work_minutes:
        parts.append(_("di desa %(time)s") % {"time": duration(line.work_minutes)})
    parts.append(_("temuan: %(found)s") % {"found": "; ".join(findings)} if findings else _("tidak ada temuan"))
    return ". ".join(part[0].upper() + part[1:] for part in parts) + "."


def forums(figures: MonthFigures) -> Iterator[DrpLine]:
    for line in figures.forums:
        position = POSITIONS.get(line.position, line.position)
        length = _(" Selama %(time)s.") % {"time": duration(line.minutes)} if line.minutes else ""
        text = _("Memfasilitasi Musrenbangdes sebagai %(position)s.") % {"position": position}
        yield DrpLine(line.day, line.time, place_of(line), text + length)


def tickets(figures: MonthFigures) -> Iterator[DrpLine]:
    for line in figures.tickets:
        yield DrpLine(
            line.day, line.time, _("Klinik Desa, untuk %(village)s") % {"village": line.village}, ticket_text(line)
        )


def ticket_text(line: TicketLine) -> str:
    return _("Konsultasi Klinik Desa: %(topic)s.") % {"topic": CLINIC_TOPICS.get(line.topic, line.topic)}
