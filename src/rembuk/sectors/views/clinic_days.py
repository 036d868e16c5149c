"""Clinic days on which an agency looks at the papers of many villages."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.lists import regional_agencies
from rembuk.core.permissions import Somewhere
from rembuk.regions.models import Regency
from rembuk.sectors import queries, services
from rembuk.sectors.models import ClinicDay
from rembuk.sectors.permissions import allows, of_the_agency
from rembuk.sectors.services import DayValues
from rembuk.sectors.views.finding import day_of
from rembuk.shared import clock
from rembuk.shared.files import XLSX
from rembuk.shared.sheets import xlsx_bytes
from rembuk.shared.web import hat_of, page, worn
from rembuk.shared.wording import sentence

PER_PAGE = 50


@page("sectors.clinic_days")
def index(request: HttpRequest) -> HttpResponse:
    """The clinic days of the regency, newest first."""
    hat = worn(request)
    rows, search = found_days(request)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "page": shown,
        "count": shown.paginator.count,
        "rows": shown.object_list,
        "search": search,
        "may_hold": allows(hat, "hold_clinic", Somewhere(hat.place)),
    }
    return render(request, "sectors/clinic_days.html", context)


def found_days(request: HttpRequest) -> "tuple[QuerySet[ClinicDay], str]":
    """Return the clinic days that the address asks for, and the words it searches."""
    rows = queries.clinic_days_seen_by(worn(request))
    search = request.GET.get("cari", "").strip()[:80]
    return (rows.filter(venue__icontains=search) if search else rows), search


@page("sectors.clinic_days")
def export(request: HttpRequest) -> HttpResponse:
    """The shown clinic days as a sheet."""
    head = [_("Hari"), _("Tempat"), _("Perangkat daerah"), _("Petugas"), _("Permintaan"), _("Tempat tersedia")]
    lines = [
        (day.day.isoformat(), day.venue, day.agency_name, day.officer, day.count, day.quota)  # type: ignore[attr-defined]
        for day in found_days(request)[0]
    ]
    response = HttpResponse(xlsx_bytes([("Klinik RAB", head, lines)]), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="klinik-rab.xlsx"'
    return response


@page("sectors.hold_clinic", methods=("GET", "POST"))
def hold(request: HttpRequest) -> HttpResponse:
    """Set a clinic day."""
    hat, post = worn(request), request.POST
    if request.method == "GET":
        return form(request, {})
    values = DayValues(*(post.get(name, "") for name in ("opd", "hari", "tempat", "petugas", "jumlah")))
    try:
        made = services.hold_clinic(
            day_id=UUID(post.get("kunci", "")),
            regency=Regency.objects.get(pk=hat.place.regency),
            values=values,
            actor=hat,
            at=clock.now(),
        )
    except ValueError:
        return form(request, post.dict(), BadInputError("support-key-taken"))
    except RembukError as error:
        return form(request, post.dict(), error)
    messages.success(request, _("Hari klinik tersimpan. Pilih permintaan yang dilayani."))
    return redirect("sectors:clinic_day", day_id=made.pk)


def form(request: HttpRequest, typed: dict[str, Any], error: RembukError | None = None) -> HttpResponse:
    hat = worn(request)
    context = {
        "typed": typed,
        "key": typed.get("kunci") or str(uuid4()),
        "agencies": [] if hat.agency else regional_agencies().values(),
        "error": sentence(error) if error else "",
    }
    return render(request, "sectors/hold_clinic.html", context, status=error.status if error else 200)


@page("sectors.clinic_days", of=day_of)
def day(request: HttpRequest, found: ClinicDay) -> HttpResponse:
    """A clinic day with its queue, to print and hang at the door."""
    return show(request, found)


def show(request: HttpRequest, found: ClinicDay, error: RembukError | None = None) -> HttpResponse:
    hat = hat_of(request)
    may_fill = allows(hat, "hold_clinic", found) and hat is not None and of_the_agency(hat, found)
    queue = [row for row in queries.queue_of(found) if hat is not None and hat.place.covers(row.place)]
    context = {
        "day": found,
        "queue": queue,
        "taken": found.requests.count(),
        "fitting": list(queries.fitting(found)) if may_fill else [],
        "chosen": request.POST.getlist("pilih"),
        "may_fill": may_fill,
        "error": sentence(error) if error else "",
    }
    return render(request, "sectors/clinic_day.html", context, status=error.status if error else 200)


@page("sectors.hold_clinic", of=day_of, methods=("POST",))
def put(request: HttpRequest, found: ClinicDay) -> HttpResponse:
    """Put the chosen requests on the day."""
    try:
        keys = [UUID(text) for text in request.POST.getlist("pilih")]
        count = services.put_on_day(day_id=found.pk, request_ids=keys, actor=worn(request), at=clock.now())
    except ValueError:
        return show(request, found, BadInputError("support-clinic-none"))
    except RembukError as error:
        return show(request, found, error)
    messages.success(request, _("%d permintaan masuk antrean; desanya diberi tahu.") % count)
    return redirect("sectors:clinic_day", day_id=found.pk)
