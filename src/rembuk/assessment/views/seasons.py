"""F09: the season calendar. One press raises the mark of a month; digits do it from the keyboard."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from rembuk.assessment import services
from rembuk.assessment.labels import KINDS, MARK_WORDS, SEASONS
from rembuk.assessment.models import Assessment, Entry
from rembuk.assessment.views.common import address, assessment_of, done, entry_of, show, whole
from rembuk.core.assessment.seasons import MARKS, MONTHS, NO_MARKS, grouped, next_mark, peak_months
from rembuk.shared import clock
from rembuk.shared.web import page, worn


@dataclass(frozen=True, slots=True)
class Cell:
    """One month of one row: what stands there, and what a press makes of it."""

    month: int
    mark: int
    after: int
    sign: str
    label: str


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One row of the calendar with its cells in the order of the seasons."""

    entry: Entry
    kind: str
    cells: tuple[Cell, ...]
    peak: str


def row_of(entry: Entry, order: list[int]) -> CalendarRow:
    marks = entry.marks or list(NO_MARKS)
    cells = tuple(
        Cell(
            month,
            marks[month],
            next_mark(marks[month]),
            MARKS[marks[month]],
            f"{entry.text}, {MONTHS[month]}: {MARK_WORDS[marks[month]]}",
        )
        for month in order
    )
    return CalendarRow(entry, str(KINDS[entry.kind]), cells, peak_months(marks))


@page("assessment.read", of=assessment_of)
def index(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """The calendar with its months grouped by season, and the form for another row."""
    groups = grouped(assessment.seasons)
    order = [month for _season, months in groups for month in months]
    rows = list(assessment.entries.filter(tool="seasons").order_by("created_at", "id"))
    context = {
        "groups": [(SEASONS[season], len(months)) for season, months in groups],
        "months": [MONTHS[month] for month in order],
        "rows": [row_of(row, order) for row in rows if row.kind != "potential"],
        "potentials": [row for row in rows if row.kind == "potential"],
        "kinds": KINDS.items(),
        "legend": list(zip(MARKS, MARK_WORDS, strict=True)),
        "signs": "|".join(MARKS),
        "sign_words": "|".join(str(word) for word in MARK_WORDS),
        "setting": [
            (month, name, [(code, words, assessment.seasons[month] == code) for code, words in SEASONS.items()])
            for month, name in enumerate(MONTHS)
        ],
    }
    return show(request, "seasons.html", assessment, context)


@page("assessment.fill", of=entry_of, methods=("POST",))
def mark(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Write the mark of one month: ``bulan`` 0 to 11 and ``tanda`` 0 to 3, or both in one button as ``3:2``."""
    both = request.POST.get("tanda", "").partition(":")
    month = whole(both[0] if both[1] else request.POST.get("bulan", ""), -1)
    wanted = whole(both[2] if both[1] else both[0], -1)
    hat, at = worn(request), clock.now()
    return done(
        request,
        lambda: services.set_mark(entry_id=entry.id, month=month, mark=wanted, actor=hat, at=at),
        "",
        address(request, "seasons", entry.assessment_id, part=f"b-{entry.id}"),
    )


@page("assessment.fill", of=assessment_of, methods=("POST",))
def months(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Say which season each month belongs to."""
    wanted = [request.POST.get(f"musim-{month}", "") for month in range(len(MONTHS))]
    hat, at = worn(request), clock.now()
    return done(
        request,
        lambda: services.set_seasons(assessment_id=assessment.id, seasons=wanted, actor=hat, at=at),
        _("Musim tersimpan."),
        address(request, "seasons", assessment.id),
    )
