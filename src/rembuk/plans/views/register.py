"""The RPJM Desa register of a village: particulars, lines by year, and a sheet read before it is stored."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError, StaleError
from rembuk.core.money import format_amount
from rembuk.plans import services, sheets
from rembuk.plans.labels import problem_sentence
from rembuk.plans.models import Rpjmdes
from rembuk.plans.permissions import allows
from rembuk.plans.queries import active_rpjmdes
from rembuk.plans.services import RpjmLine
from rembuk.plans.typed import InputError, read_code, read_day, read_money, read_text
from rembuk.plans.views.finding import village_of
from rembuk.plans.views.grid import XLSX
from rembuk.plans.views.items import typed_rows
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, refusal, worn

LINE_FIELDS = ("key", "activity_code", "name", "location", "volume_text", "target", "years", "cost", "source")
BLANK_LINES = 4


@page("plans.read", of=village_of)
def rpjmdes(request: HttpRequest, village: Village) -> HttpResponse:
    """The RPJM Desa in force of a village, and the earlier ones."""
    return register_page(request, village)


def register_page(request: HttpRequest, village: Village, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    active = active_rpjmdes(village.id)
    rows = more.pop("rows", None)
    if rows is None:
        rows = stored_rows(active) if active is not None else []
    drafted_here = active is not None and active.cycle_id is not None
    may_edit = allows(hat_of(request), "edit_rpjmdes", village)
    if may_edit and active is not None and not drafted_here:
        rows = rows + [{} for _number in range(BLANK_LINES)]
    context = {
        "village": village,
        "active": active,
        "rows": rows,
        "earlier": Rpjmdes.objects.filter(village=village, is_active=False, state="enacted").order_by(
            "-start_year", "id"
        ),
        "may_edit": may_edit and not drafted_here,
        "may_end": may_edit,
        "drafted_here": drafted_here,
        "year": clock.today().year,
        "typed": request.POST if "nomor" in request.POST else particulars(active),
        **more,
    }
    return render(request, "plans/rpjmdes.html", context, status=status)


def particulars(active: Rpjmdes | None) -> dict[str, str]:
    """Return the stored particulars as the form types them."""
    if active is None:
        return {}
    return {
        "nomor": active.perdes_number,
        "tanggal": active.perdes_date.isoformat() if active.perdes_date else "",
        "awal": str(active.start_year),
        "akhir": str(active.end_year),
        "visi": active.vision,
    }


def stored_rows(active: Rpjmdes) -> list[dict[str, str]]:
    return [
        {
            "key": str(row.id),
            "activity_code": row.activity_code,
            "name": row.name,
            "location": row.location,
            "volume_text": row.volume_text,
            "target": row.target,
            "years": ", ".join(str(year) for year in row.years),
            "cost": "" if row.cost is None else format_amount(row.cost),
            "source": row.source,
        }
        for row in active.items.all()
    ]


def whole(text: str) -> int:
    return int(text) if text.strip().isdigit() else 0


@page("plans.edit_rpjmdes", of=village_of, methods=("POST",))
def register(request: HttpRequest, village: Village) -> HttpResponse:
    """Register the RPJM Desa in force, or correct its particulars."""
    post, active = request.POST, active_rpjmdes(village.id)
    try:
        values: dict[str, Any] = {
            "number": post.get("nomor", ""),
            "on": read_day(post.get("tanggal", ""), "perdes_date"),
            "start_year": whole(post.get("awal", "")),
            "end_year": whole(post.get("akhir", "")),
            "vision": post.get("visi", ""),
            "actor": worn(request),
            "at": clock.now(),
        }
        if active is None:
            services.register_rpjmdes(village_id=village.id, **values)
        else:
            services.change_rpjmdes(rpjmdes_id=active.id, version=whole(post.get("versi", "")), **values)
    except InputError:
        return register_page(request, village, status=400, error=_("Tanggal Perdes tidak terbaca."))
    except RembukError as error:
        return failed(request, village, error)
    messages.success(request, _("RPJM Desa terdaftar."))
    return redirect("plans:rpjmdes", village.id)


def failed(request: HttpRequest, village: Village, error: RembukError, **more: Any) -> HttpResponse:
    if error.status == 403:
        return refusal(request, error)
    return register_page(request, village, status=error.status, error=sheets.worded(error), **more)


@page("plans.edit_rpjmdes", of=village_of, methods=("POST",))
def end(request: HttpRequest, village: Village) -> HttpResponse:
    """Take the RPJM Desa out of force."""
    active = active_rpjmdes(village.id)
    if active is not None:
        try:
            services.end_rpjmdes(
                rpjmdes_id=active.id,
                version=whole(request.POST.get("versi", "")),
                actor=worn(request),
                at=clock.now(),
            )
        except RembukError as error:
            return failed(request, village, error)
        messages.success(request, _("RPJM Desa tidak berlaku lagi. Isinya tetap bisa dibaca."))
    return redirect("plans:rpjmdes", village.id)


@page("plans.edit_rpjmdes", of=village_of, methods=("POST",))
def save_lines(request: HttpRequest, village: Village) -> HttpResponse:
    """Save the lines typed by hand."""
    active = active_rpjmdes(village.id)
    if active is None:
        return redirect("plans:rpjmdes", village.id)
    typed = [row for row in typed_rows(request.POST, LINE_FIELDS) if any(row[name].strip() for name in LINE_FIELDS[1:])]
    lines: list[RpjmLine] = []
    said: list[tuple[int, str]] = []
    for number, row in enumerate(typed, 1):
        try:
            lines.append(read_line(row, active))
        except sheets.RefusedCell as refused:
            said.append((number, refused.message))
    if said:
        return register_page(request, village, status=400, rows=typed, problems=said)
    try:
        services.save_rpjmdes_items(
            rpjmdes_id=active.id,
            lines=lines,
            version=whole(request.POST.get("versi", "")),
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return failed(request, village, error, rows=None if isinstance(error, StaleError) else typed)
    messages.success(request, _("%(count)s baris RPJM Desa tersimpan.") % {"count": len(lines)})
    return redirect("plans:rpjmdes", village.id)


def read_line(row: dict[str, str], active: Rpjmdes) -> RpjmLine:
    """Read one typed line. Raises: RefusedCell."""
    try:
        name = read_text(row["name"], 300)
        if not name:
            raise InputError("required")
        return RpjmLine(
            name=name,
            years=sheets.years_of(row["years"], active),
            activity_code=read_code(row["activity_code"]),
            location=read_text(row["location"], 200),
            volume_text=read_text(row["volume_text"], 80),
            target=read_text(row["target"], 200),
            cost=read_money(row["cost"]) if row["cost"].strip() else None,
            source=read_text(row["source"], 60),
            key=UUID(row["key"]) if row["key"].strip() else None,
        )
    except InputError as error:
        words = problem_sentence(error.code, "name" if error.code == "required" else "note", error.values)
        raise sheets.RefusedCell("", "", words) from error
    except ValueError as error:
        if isinstance(error, sheets.RefusedCell):
            raise
        raise sheets.RefusedCell("", row["key"], problem_sentence("unknown-rpjm", "name", {})) from error


@page("plans.edit_rpjmdes", of=village_of, methods=("POST",))
def read_sheet(request: HttpRequest, village: Village) -> HttpResponse:
    """Read a sheet of lines and show what it would store; nothing is stored yet."""
    active, upload = active_rpjmdes(village.id), request.FILES.get("berkas")
    if active is None or upload is None:
        return register_page(request, village, status=400, error=_("Pilih berkas XLSX, CSV, atau DOCX dulu."))
    try:
        offer = sheets.rpjmdes_offer(upload.read(), upload.name or "", active, worn(request))
    except RembukError as error:
        return failed(request, village, error)
    return register_page(request, village, offer=offer)


@page("plans.edit_rpjmdes", of=village_of, methods=("POST",))
def store_sheet(request: HttpRequest, village: Village) -> HttpResponse:
    """Store the lines that were shown, beside those already there."""
    active = active_rpjmdes(village.id)
    if active is None:
        return redirect("plans:rpjmdes", village.id)
    try:
        lines = sheets.unpack("rpjmdes", request.POST.get("isi", ""), worn(request), RpjmLine)
        services.save_rpjmdes_items(
            rpjmdes_id=active.id,
            lines=lines,
            version=active.version,
            actor=worn(request),
            at=clock.now(),
            replace=False,
        )
    except RembukError as error:
        return failed(request, village, error)
    messages.success(request, _("%(count)s baris RPJM Desa tersimpan.") % {"count": len(lines)})
    return redirect("plans:rpjmdes", village.id)


@page("plans.read", of=village_of)
def template(request: HttpRequest, village: Village) -> HttpResponse:
    """An empty sheet with the columns that are understood."""
    active = active_rpjmdes(village.id) or Rpjmdes(start_year=clock.today().year, end_year=clock.today().year + 7)
    name = {"Content-Disposition": 'attachment; filename="rpjm-desa.xlsx"'}
    return HttpResponse(sheets.rpjmdes_template(active), content_type=XLSX, headers=name)
