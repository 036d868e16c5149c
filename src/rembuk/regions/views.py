"""Pages of places: the list of villages, and what a village says of itself."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.permissions import TABLE
from rembuk.regions import services
from rembuk.regions.boundaries import boundary_file
from rembuk.regions.filters import VillageFilter
from rembuk.regions.forms import HamletForm, RtForm, VillageForm
from rembuk.regions.map import Dot, draw
from rembuk.regions.models import AccessMode, District, Hamlet, Rt, Signal, Village
from rembuk.regions.queries import hamlets_of, rts_of, village_by_id, village_list
from rembuk.shared import clock, panels
from rembuk.shared.sheets import csv_bytes
from rembuk.shared.web import page, refusal, worn

PAGE_SIZE = 50


def village_of_url(village_id: str) -> Village:
    return village_by_id(village_id)


def hamlet_of_url(hamlet_id: UUID) -> Hamlet:
    return Hamlet.objects.select_related("village__district", "village__regency").get(pk=hamlet_id)


def rt_of_url(rt_id: UUID) -> Rt:
    return Rt.objects.select_related("village__district", "village__regency", "hamlet").get(pk=rt_id)


@page("regions.list_villages")
def villages(request: HttpRequest) -> HttpResponse:
    hat = worn(request)
    asked = VillageFilter.of(request.GET)
    found = asked.apply(village_list(hat))
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("hal"))
    districts = (
        District.objects.filter(regency_id=hat.place.regency) if not hat.place.district else District.objects.none()
    )
    context = {
        "page": shown,
        "asked": asked,
        "districts": districts,
        "access_modes": AccessMode.choices,
        "signals": Signal.choices,
        "has_borders": bool(hat.place.regency) and boundary_file(hat.place.regency).is_file(),
    }
    return render(request, "regions/villages.html", context)


@page("regions.export_villages")
def export(request: HttpRequest) -> HttpResponse:
    """Give exactly the filtered rows."""
    found = VillageFilter.of(request.GET).apply(village_list(worn(request)))
    header = ("kode", "desa", "kecamatan", "awalan", "akses", "sinyal", "dusun", "rt", "lintang", "bujur", "kode_pos")
    rows = [
        (
            *(row.code, row.name, row.district.name, row.number_prefix, row.get_access_mode_display()),
            *(row.get_signal_display(), row.hamlet_count, row.rt_count),
            *(_degrees(row.latitude), _degrees(row.longitude), row.postal_code),
        )
        for row in found
    ]
    response = HttpResponse(csv_bytes(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="desa.csv"'
    return response


def _degrees(value: float | None) -> str:
    """Write degrees with a comma, as Indonesian spreadsheets read them."""
    return "" if value is None else f"{value:.5f}".replace(".", ",")


@page("regions.boundaries")
def boundaries(request: HttpRequest) -> HttpResponse:
    """Hand out the operator's GeoJSON of the hat's regency; without one a collection of nothing."""
    file = boundary_file(worn(request).place.regency)
    content = file.read_bytes() if file.is_file() else b'{"type":"FeatureCollection","features":[]}'
    return HttpResponse(content, content_type="application/geo+json")


@page("regions.see_village", of=village_of_url)
def village(request: HttpRequest, target: Village) -> HttpResponse:
    hat = worn(request)
    dot = None
    if target.latitude is not None and target.longitude is not None:
        dot = Dot(target.latitude, target.longitude, "ok", target.full_name)
    around = [
        Dot(row.latitude, row.longitude, "next", row.full_name)
        for row in Village.objects.filter(district_id=target.district_id).exclude(pk=target.pk).order_by("id")
        if row.latitude is not None and row.longitude is not None
    ]
    spoken = _("Letak %(village)s di antara desa-desa %(district)s.") % {
        "village": target.full_name,
        "district": target.district.full_name,
    }
    context = {
        "village": target,
        "hamlets": hamlets_of(target),
        "rts": rts_of(target),
        "scores": target.scores.order_by("-year", "index"),
        "may_edit": TABLE.allows(hat, "regions.edit_village", target),
        "panels": panels.for_many("village", [target.id], hat)[target.id],  # type: ignore[list-item, index]
        # Made of numbers and escaped names by `draw`.
        "map": mark_safe(draw([*around, dot], spoken)) if dot else "",  # noqa: S308
    }
    return render(request, "regions/village.html", context)


@page("regions.edit_village", of=village_of_url, methods=("GET", "POST"))
def edit_village(request: HttpRequest, target: Village) -> HttpResponse:
    form = VillageForm(request.POST) if request.method == "POST" else VillageForm.showing(target)
    if form.is_bound and form.is_valid():
        try:
            services.edit_village(hat=worn(request), village_id=target.id, facts=form.facts())
        except RembukError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Data desa tersimpan."))
            return redirect("regions:village", village_id=target.id)
    return _form(request, form, target, _("Ubah data desa"))


def _form(
    request: HttpRequest, form: VillageForm | HamletForm | RtForm, village: Village, title: str, **thing: Hamlet | Rt
) -> HttpResponse:
    context = {"form": form, "village": village, "title": title, **thing}
    return render(request, "regions/form.html", context, status=400 if form.is_bound else 200)


@page("regions.add_hamlet", of=village_of_url, methods=("GET", "POST"))
def add_hamlet(request: HttpRequest, target: Village) -> HttpResponse:
    form = HamletForm(request.POST or None, initial={"order": target.hamlets.count() + 1})
    if form.is_bound and form.is_valid():
        try:
            services.add_hamlet(hat=worn(request), village_id=target.id, facts=form.facts())
        except RembukError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Dusun tersimpan."))
            return redirect("regions:village", village_id=target.id)
    return _form(request, form, target, _("Tambah dusun"))


@page("regions.edit_hamlet", of=hamlet_of_url, methods=("GET", "POST"))
def edit_hamlet(request: HttpRequest, target: Hamlet) -> HttpResponse:
    form = HamletForm(request.POST) if request.method == "POST" else HamletForm.showing(target)
    if form.is_bound and form.is_valid():
        try:
            services.edit_hamlet(hat=worn(request), hamlet_id=target.id, facts=form.facts())
        except RembukError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Dusun tersimpan."))
            return redirect("regions:village", village_id=target.village_id)
    return _form(request, form, target.village, _("Ubah dusun"), hamlet=target)


@page("regions.edit_hamlet", of=hamlet_of_url, methods=("POST",))
def end_hamlet(request: HttpRequest, target: Hamlet) -> HttpResponse:
    try:
        services.end_hamlet(hat=worn(request), hamlet_id=target.id, on=clock.today())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Dusun diakhiri. Usulan dan musyawarahnya tetap tersimpan."))
    return redirect("regions:village", village_id=target.village_id)


@page("regions.add_rt", of=village_of_url, methods=("GET", "POST"))
def add_rt(request: HttpRequest, target: Village) -> HttpResponse:
    form = RtForm(request.POST or None, village=target)
    if form.is_bound and form.is_valid():
        try:
            services.add_rt(hat=worn(request), village_id=target.id, facts=form.facts())
        except RembukError as error:
            form.refuse(error)
        else:
            messages.success(request, _("RT tersimpan."))
            return redirect("regions:village", village_id=target.id)
    return _form(request, form, target, _("Tambah RT"))


@page("regions.edit_rt", of=rt_of_url, methods=("GET", "POST"))
def edit_rt(request: HttpRequest, target: Rt) -> HttpResponse:
    start = {"number": target.number, "hamlet_id": target.hamlet_id, "household_count": target.household_count}
    form = RtForm(request.POST or None, initial=start, village=target.village)
    if form.is_bound and form.is_valid():
        try:
            services.edit_rt(hat=worn(request), rt_id=target.id, facts=form.facts())
        except RembukError as error:
            form.refuse(error)
        else:
            messages.success(request, _("RT tersimpan."))
            return redirect("regions:village", village_id=target.village_id)
    return _form(request, form, target.village, _("Ubah RT"), rt=target)


@page("regions.edit_rt", of=rt_of_url, methods=("POST",))
def remove_rt(request: HttpRequest, target: Rt) -> HttpResponse:
    try:
        services.remove_rt(hat=worn(request), rt_id=target.id)
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("RT dihapus."))
    return redirect("regions:village", village_id=target.village_id)
