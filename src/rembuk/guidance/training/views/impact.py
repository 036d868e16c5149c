"""Level 4 on one page: trained and not yet trained villages side by side, with how many there are, without a cause."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError
from rembuk.guidance.training import queries, typed
from rembuk.guidance.training.queries import Impact
from rembuk.guidance.training.templatetags.training import persen, poin
from rembuk.guidance.training.views.finding import sheet, told
from rembuk.shared import clock
from rembuk.shared.web import page, worn


@page("training.impact")
def impact(request: HttpRequest) -> HttpResponse:
    """The measures of one budget year; as XLSX or CSV with ``?bentuk=``."""
    regency, today = worn(request).place.regency, clock.today()
    years = queries.budget_years(regency)
    text = request.GET.get("tahun", "")
    year = int(text) if text.isdecimal() and len(text) < 5 and int(text) in years else next(iter(years), today.year + 1)
    until, error = day_of(request, min(today, date(year - 1, 12, 31)))
    found = queries.impact_of(regency, year, until, today) if years else None
    if found is not None and request.GET.get("bentuk"):
        return exported(request, found)
    context: dict[str, Any] = {"impact": found, "years": years, "year": year, "until": until, **told(error)}
    return render(request, "training/impact.html", context, status=error.status if error else 200)


def day_of(request: HttpRequest, usual: date) -> tuple[date, BadInputError | None]:
    """Return until when a class counts as training, and the refusal of a day that cannot be read."""
    try:
        return typed.optional_day(request.GET.get("sampai", "")) or usual, None
    except BadInputError as error:
        return usual, error


def exported(request: HttpRequest, found: Impact) -> HttpResponse:
    lines: list[list[Any]] = []
    for dimension in found.dimensions:
        for row in dimension.rows:
            for words, side in ((_("terlatih"), row.result.trained), (_("belum terlatih"), row.result.others)):
                numbers = (side.count, persen(side.mean), side.compared, poin(side.change))
                lines.append([dimension.title, str(row.measure.title), words, *numbers])
    header = [
        *(_("dimensi"), _("ukuran"), _("desa"), _("jumlah desa"), _("rata-rata (%)")),
        *(_("jumlah desa dengan tahun lalu"), _("perubahan (poin)")),
    ]
    return sheet(request, f"dampak-{found.budget_year}", header, lines)
