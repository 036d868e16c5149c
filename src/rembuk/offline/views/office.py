"""What an office sees of the field: what came in, who is out with which package, the devices, the file by cable."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.permissions import TABLE
from rembuk.offline import queries, services
from rembuk.offline.filters import (
    HELD,
    EnvelopeFilter,
    apply_device_filter,
    apply_filter,
    apply_package_filter,
    read_filter,
    words,
)
from rembuk.offline.labels import FLAGS, KIND_NAMES, STATE_CHIPS
from rembuk.offline.models import Device, Envelope
from rembuk.offline.views.finding import device_of
from rembuk.shared import clock
from rembuk.shared.files import XLSX
from rembuk.shared.sheets import xlsx_bytes
from rembuk.shared.web import page, worn
from rembuk.shared.wording import sentence

PER_PAGE = 50
MOST_EXPORTED = 20_000


def may(request: HttpRequest, act: str) -> bool:
    return worn(request).role in TABLE.rows[f"offline.{act}"].roles


def tabs(request: HttpRequest, tab: str) -> dict[str, Any]:
    return {
        "tab": tab,
        "may_bring": may(request, "bring"),
        "may_devices": may(request, "devices"),
        "may_rotate": may(request, "rotate"),
    }


@page("offline.list")
def index(request: HttpRequest) -> HttpResponse:
    """What came in from the field, the newest first."""
    hat, asked = worn(request), read_filter(request.GET)
    everything = queries.envelopes_seen_by(hat)
    counts = queries.counts_of(everything)
    shown = Paginator(apply_filter(everything, asked), PER_PAGE).get_page(request.GET.get("hal"))
    query = request.GET.copy()
    query.pop("hal", None)
    context = {
        **tabs(request, "kiriman"),
        "asked": asked,
        "page": shown,
        "count": shown.paginator.count,
        "lines": [line_of(row) for row in shown.object_list],
        "held": counts["review"] + counts["quarantine"] + counts["waiting"],
        "held_word": HELD,
        "states": [(code, label, counts[code]) for code, label in Envelope.State.choices],
        "kinds": KIND_NAMES.items(),
        "flags": FLAGS.items(),
        "export": query.urlencode(),
    }
    return render(request, "offline/office.html", context)


def line_of(row: Envelope) -> dict[str, Any]:
    return {
        "row": row,
        "kind": KIND_NAMES.get(row.kind, row.kind or _("tidak terbaca")),
        "state": row.get_state_display(),
        "chip": STATE_CHIPS[row.state],
        "flags": [FLAGS[flag] for flag in row.flags if flag in FLAGS],
    }


@page("offline.list")
def export(request: HttpRequest) -> HttpResponse:
    """Write exactly the filtered rows as XLSX, without what is in them."""
    asked: EnvelopeFilter = read_filter(request.GET)
    rows = apply_filter(queries.envelopes_seen_by(worn(request)), asked)[:MOST_EXPORTED]
    header = (
        *(_("diterima"), _("dibuat"), _("jenis"), _("desa"), _("pengirim"), _("perangkat"), _("keadaan")),
        *(_("keterangan"), _("tanda"), _("nomor catatan")),
    )
    content = xlsx_bytes([(_("Kiriman lapangan"), header, [cells_of(row) for row in rows])])
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="kiriman-lapangan.xlsx"'
    return response


def cells_of(row: Envelope) -> list[str | int | None]:
    return [
        row.received_at.isoformat(timespec="minutes"),
        row.captured_at.isoformat(timespec="minutes") if row.captured_at else "",
        str(KIND_NAMES.get(row.kind, row.kind)),
        row.village.name if row.village else "",
        row.person.name if row.person else "",
        row.device.name if row.device else "",
        str(row.get_state_display()),
        row.message.splitlines()[0] if row.message else "",
        ", ".join(str(FLAGS[flag]) for flag in row.flags if flag in FLAGS),
        str(row.envelope_id),
    ]


@page("offline.list")
def packages(request: HttpRequest) -> HttpResponse:
    """Who is out with which package and until when."""
    search, at = words(request.GET), clock.now()
    out = request.GET.get("semua") != "ya"
    rows = apply_package_filter(queries.packages_seen_by(worn(request)), search, out, at)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        **tabs(request, "paket"),
        "page": shown,
        "count": shown.paginator.count,
        "search": search,
        "out": out,
        "at": at,
    }
    return render(request, "offline/packages.html", context)


@page("offline.devices")
def devices(request: HttpRequest) -> HttpResponse:
    """The devices and who holds them."""
    search, state = words(request.GET), request.GET.get("keadaan", "")
    rows = apply_device_filter(queries.devices_seen_by(worn(request)), search, state)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        **tabs(request, "perangkat"),
        "page": shown,
        "count": shown.paginator.count,
        "search": search,
        "state": state,
    }
    return render(request, "offline/devices.html", context)


@page("offline.revoke", of=device_of, methods=("GET", "POST"))
def revoke(request: HttpRequest, device: Device) -> HttpResponse:
    """Say that a device is lost, with a reason."""
    context: dict[str, Any] = {**tabs(request, "perangkat"), "device": device, "reason": ""}
    if request.method != "POST":
        return render(request, "offline/revoke.html", context)
    context["reason"] = request.POST.get("alasan", "")
    try:
        services.revoke_device(device_id=device.pk, reason=context["reason"], actor=worn(request), at=clock.now())
    except RembukError as error:
        return render(request, "offline/revoke.html", {**context, "error": sentence(error)}, status=error.status)
    messages.success(request, _("Perangkat dicabut. Yang dikirim darinya mulai sekarang dikarantina."))
    return redirect("offline:devices")


@page("offline.rotate", methods=("POST",))
def rotate(request: HttpRequest) -> HttpResponse:
    """Replace the key that phones seal for."""
    services.rotate_key(actor=worn(request), at=clock.now())
    messages.success(request, _("Kunci penerima diganti. Paket lama tetap bisa dikirim."))
    return redirect("offline:devices")


@page("offline.bring", methods=("GET", "POST"))
def bring(request: HttpRequest) -> HttpResponse:
    """Take in the file that came by cable."""
    context = tabs(request, "berkas")
    if request.method != "POST":
        return render(request, "offline/bring.html", context)
    try:
        if (file := request.FILES.get("berkas")) is None:
            raise BadInputError("offline-file")
        told = services.bring_file(source=file, actor=worn(request), at=clock.now())
    except RembukError as error:
        return render(request, "offline/bring.html", {**context, "error": sentence(error)}, status=error.status)
    states = [
        {"code": code, "label": label, "chip": STATE_CHIPS[code], "count": told.states[code]}
        for code, label in Envelope.State.choices
        if told.states.get(code)
    ]
    headline = ngettext(
        "%(count)d catatan dari berkas tersimpan.", "%(count)d catatan dari berkas tersimpan.", told.records
    ) % {"count": told.records}
    return render(request, "offline/bring.html", {**context, "told": told, "states": states, "headline": headline})
