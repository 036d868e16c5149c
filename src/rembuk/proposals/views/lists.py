"""The list of proposals, its export, and the shelf of earlier years."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.proposals.filters import ProposalFilter, apply_filter, read_filter
from rembuk.proposals.labels import AUTHORITIES, FIELDS, GROUPS, INPUTS, STATES
from rembuk.proposals.models import Proposal
from rembuk.proposals.queries import proposals_visible_to, shelf_of, with_places
from rembuk.proposals.resident_queries import waiting_intakes
from rembuk.proposals.services import carry_proposal
from rembuk.proposals.services.submission import open_cycle_of
from rembuk.proposals.views.finding import address, by_number, own_village
from rembuk.regions.models import Hamlet, Village
from rembuk.shared import clock
from rembuk.shared.sheets import csv_bytes, xlsx_bytes
from rembuk.shared.web import page, refusal, worn

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def filtered(request: HttpRequest) -> tuple[ProposalFilter, "QuerySet[Proposal]"]:
    asked = read_filter(request.GET)
    hat = worn(request)
    return asked, apply_filter(with_places(proposals_visible_to(hat)), asked, hat)


@page("proposals.list")
def index(request: HttpRequest) -> HttpResponse:
    """Show the hat's proposals: filters in the address, a count, pages of fifty. Seven queries at most."""
    asked, rows = filtered(request)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "asked": asked,
        "shown": shown,
        "count": shown.paginator.count,
        "export": request.GET.urlencode(),
        **choices(worn(request)),
    }
    return render(request, "proposals/list.html", context)


def choices(hat: Hat) -> dict[str, Any]:
    """Return what the filters offer, and which doors the hat may open. One query."""
    this_year = clock.today().year
    in_village = bool(hat.place.village)
    places: dict[str, Any] = {"hamlets": (), "villages": ()}
    if in_village:
        places["hamlets"] = list(Hamlet.objects.filter(village_id=hat.place.village).order_by("order", "name", "id"))
    else:
        wanted = {"regency_id": hat.place.regency, "district_id": hat.place.district}
        villages = Village.objects.filter(**{name: value for name, value in wanted.items() if value})
        places["villages"] = list(villages.order_by("name", "id").values_list("id", "name"))
    return {
        **places,
        "states": STATES.items(),
        "fields": FIELDS.items(),
        "groups": GROUPS.items(),
        "years": range(this_year + 1, this_year - 5, -1),
        "may_create": hat.role in TABLE.rows["proposals.create"].roles and in_village,
        "may_grid": hat.role in TABLE.rows["proposals.grid"].roles and in_village,
        "may_look": hat.role in TABLE.rows["proposals.look"].roles and in_village,
        "waiting_count": waiting_intakes(hat).count() if hat.role in TABLE.rows["proposals.look"].roles else 0,
        "may_import": hat.role in TABLE.rows["proposals.import"].roles and in_village,
        "may_carry": hat.role in TABLE.rows["proposals.carry"].roles and in_village,
    }


COLUMNS = (
    "number",
    "title",
    "problem",
    "village",
    "hamlet",
    "rt",
    "location_text",
    "volume",
    "unit",
    "cost",
    "beneficiaries_male",
    "beneficiaries_female",
    "beneficiaries_poor",
    "groups",
    "activity_code",
    "code_confirmed",
    "authority",
    "state",
    "reason_code",
    "reason_text",
    "year",
)
PERSONAL_COLUMNS = ("proposer_group", "proposer_name", "proposer_contact")


def header_of(name: str) -> str:
    own = {
        "number": _("nomor"),
        "village": _("desa"),
        "code_confirmed": _("kode dipastikan"),
        "state": _("keadaan"),
        "reason_code": _("kode alasan"),
        "reason_text": _("alasan"),
    }
    return own.get(name) or str(INPUTS[name])


def cells_of(row: Proposal, columns: Iterable[str]) -> list[str | int | None]:
    special: dict[str, str | int | None] = {
        "village": row.village.name,
        "hamlet": row.hamlet.name if row.hamlet else "",
        "rt": row.rt.number if row.rt else "",
        "volume": "" if row.volume is None else f"{row.volume.normalize():f}".replace(".", ","),
        "cost": row.cost if row.cost is not None else row.cost_text,
        "groups": ", ".join(str(GROUPS.get(code, code)) for code in row.groups),
        "code_confirmed": _("ya") if row.code_confirmed else _("belum"),
        "authority": str(AUTHORITIES[row.authority]),
        "state": str(STATES[row.state]),
        "year": row.cycle.budget_year if row.cycle else None,
    }
    return [special[name] if name in special else getattr(row, name) for name in columns]


@page("proposals.list")
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Write exactly the filtered rows as XLSX or CSV. Names of proposers only for the village office."""
    _asked, rows = filtered(request)
    personal = worn(request).role in TABLE.rows["proposals.see_proposer"].roles
    columns = (*COLUMNS, *PERSONAL_COLUMNS) if personal else COLUMNS
    header = [header_of(name) for name in columns]
    lines = (cells_of(row, columns) for row in rows.iterator(chunk_size=500))
    if kind == "csv":
        response = HttpResponse(csv_bytes(header, lines), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(xlsx_bytes([("Usulan", header, lines)]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="usulan-{clock.today():%Y%m%d}.{kind}"'
    return response


@page("proposals.carry")
def shelf(request: HttpRequest) -> HttpResponse:
    """Show what earlier years left unfunded, with a button to propose it again."""
    village = own_village(worn(request))
    if village is None:
        return redirect("proposals:list")
    try:
        cycle = open_cycle_of(village.id)
    except RembukError:
        cycle = None
    visible = proposals_visible_to(worn(request)).values("pk")
    rows = shelf_of(village.id, cycle).filter(pk__in=visible)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    return render(request, "proposals/shelf.html", {"shown": shown, "village": village, "cycle": cycle})


@page("proposals.carry", of=by_number, methods=("POST",))
def carry(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Propose one of the shelf again; the new draft opens for editing."""
    try:
        new_id = uuid.uuid5(proposal.id, "ajukan-lagi")
        made = carry_proposal(proposal_id=proposal.id, new_id=new_id, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(
        request, _("Draf baru dibuat dari %(number)s. Periksa isinya, lalu kirim.") % {"number": proposal.number}
    )
    return redirect(address(made))
