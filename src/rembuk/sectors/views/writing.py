"""The form of a request; what was typed stays when it is refused."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.lists import regional_agencies
from rembuk.core.support_requests import KINDS, agency_for
from rembuk.regions.models import Village
from rembuk.regions.queries import villages_seen_by
from rembuk.sectors import queries, services
from rembuk.sectors.models import SupportRequest
from rembuk.sectors.services import RequestValues
from rembuk.sectors.views.finding import request_of
from rembuk.shared import clock
from rembuk.shared.web import page, worn
from rembuk.shared.wording import sentence


def values_of(request: HttpRequest) -> RequestValues:
    post, file = request.POST, request.FILES.get("berkas")
    return RequestValues(
        kind=post.get("jenis", ""),
        agency=post.get("opd", ""),
        title=post.get("judul", ""),
        need=post.get("isi", ""),
        item=post.get("kegiatan", ""),
        file=file,
        file_name=file.name or "" if file else "",
    )


@page("sectors.draft", methods=("GET", "POST"))
def draft(request: HttpRequest) -> HttpResponse:
    """A new request; an activity in the address brings its name and the agency that usually helps."""
    hat = worn(request)
    village = villages_seen_by(hat).get(pk=hat.place.village)
    if request.method == "GET":
        return form(request, village, begun(village, request.GET.get("kegiatan", "")))
    try:
        key = UUID(request.POST.get("kunci", ""))
        made = services.draft(request_id=key, village=village, values=values_of(request), actor=hat, at=clock.now())
    except ValueError:
        return form(request, village, request.POST.dict(), BadInputError("support-key-taken"))
    except RembukError as error:
        return form(request, village, request.POST.dict(), error)
    messages.success(request, _("Rancangan tersimpan. Kepala desa mengirimnya dengan surat."))
    return redirect("sectors:request", request_id=made.pk)


def begun(village: Village, item: str) -> dict[str, Any]:
    """Return what the form begins with: for an activity its name, and who usually helps."""
    chosen = next((found for found in queries.items_to_choose(village) if str(found.pk) == item), None)
    if chosen is None:
        return {}
    return {"kegiatan": item, "judul": chosen.name[:200], "opd": agency_for(chosen.activity_code)}


@page("sectors.draft", of=request_of, methods=("GET", "POST"))
def edit(request: HttpRequest, found: SupportRequest) -> HttpResponse:
    """Change a draft."""
    hat = worn(request)
    if request.method == "GET":
        stored = {"jenis": found.kind, "opd": found.agency, "judul": found.title, "isi": found.need}
        item = str(found.item_id or "")
        return form(request, found.village, {**stored, "kegiatan": item, "versi": found.version}, existing=found)
    version = request.POST.get("versi", "")
    try:
        number = int(version) if version.isascii() and version.isdigit() else 0
        services.edit(request_id=found.pk, version=number, values=values_of(request), actor=hat, at=clock.now())
    except RembukError as error:
        return form(request, found.village, request.POST.dict(), error, existing=found)
    messages.success(request, _("Rancangan tersimpan."))
    return redirect("sectors:request", request_id=found.pk)


def form(
    request: HttpRequest,
    village: Village,
    typed: dict[str, Any],
    error: RembukError | None = None,
    existing: SupportRequest | None = None,
) -> HttpResponse:
    context = {
        "village": village,
        "existing": existing,
        "typed": typed,
        "key": typed.get("kunci") or str(uuid4()),
        "kinds": KINDS.items(),
        "agencies": regional_agencies().values(),
        "items": [(str(item.pk), item) for item in queries.items_to_choose(village)],
        "error": sentence(error) if error else "",
    }
    return render(request, "sectors/form.html", context, status=error.status if error else 200)
