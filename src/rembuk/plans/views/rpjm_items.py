"""One activity of the RPJM Desa on its own page, and the proposals with what became of them."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.checks.rpjm import check_item
from rembuk.core.errors import RembukError
from rembuk.core.lists import funding_sources, kegiatan_codes
from rembuk.core.workflow.plan_states import EDITABLE, PlanState
from rembuk.plans.labels import MODES
from rembuk.plans.models import Rpjmdes, RpjmdesItem, RpjmdesOrigin
from rembuk.plans.permissions import allows
from rembuk.plans.rpjm_labels import cell_name, worded
from rembuk.plans.rpjm_queries import SPECIAL_GROUPS, group_counts, proposals_followed
from rembuk.plans.rpjm_values import RpjmValues, cell_names, facts_of, raw_text, read_item, values_of
from rembuk.plans.services.rpjm_items import remove_rpjm_item, save_rpjm_item, take_proposals
from rembuk.plans.views.rpjm_finding import rpjm_item_of, rpjm_of
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, refusal, worn
from rembuk.shared.wording import sentence

PAGE_SIZE = 50


def is_editable(request: HttpRequest, rpjmdes: Rpjmdes) -> bool:
    in_state = rpjmdes.in_work and rpjmdes.cycle_id is not None and PlanState(rpjmdes.state) in EDITABLE
    return in_state and allows(hat_of(request), "edit", rpjmdes)


def item_page(request: HttpRequest, rpjmdes: Rpjmdes, item: RpjmdesItem | None, **more: Any) -> HttpResponse:
    """Render the form of one activity; *typed* keeps what was typed."""
    status = more.pop("status", 200)
    typed = more.pop("typed", None)
    if typed is None:
        values = values_of(item) if item is not None else RpjmValues()
        typed = {name: raw_text(values, name) for name in cell_names(rpjmdes.period)}
    origins = RpjmdesOrigin.objects.filter(item=item).select_related("proposal") if item is not None else ()
    context = {
        "rpjmdes": rpjmdes,
        "cycle": rpjmdes.cycle,
        "village": rpjmdes.village,
        "item": item,
        "key": request.POST.get("kunci") or (item.id if item is not None else uuid4()),
        "texts": [
            (name, cell_name(name), typed.get(name, ""))
            for name in ("name", "location", "size", "target", "baseline", "indicator", "sdgs", "origin_text")
        ],
        "people": [
            (name, cell_name(name), typed.get(name, ""))
            for name in ("beneficiaries_male", "beneficiaries_female", "beneficiaries_poor")
        ],
        "years": [
            (year, typed.get(f"amount:{year}", ""), typed.get(f"target_year:{year}", "")) for year in rpjmdes.period
        ],
        "code": typed.get("activity_code", ""),
        "codes": [(code, row.name) for code, row in kegiatan_codes().items() if row.level == "kegiatan"],
        "source": typed.get("source", ""),
        "sources": ", ".join(funding_sources()),
        "mode": typed.get("delivery_mode", ""),
        "modes": MODES.items(),
        "total": typed.get("total", ""),
        "origins": [link.proposal for link in origins],
        "findings": check_item(facts_of(item), rpjmdes.period) if item is not None else [],
        "editable": is_editable(request, rpjmdes),
        **more,
    }
    return render(request, "plans/rpjm_item.html", context, status=status)


@page("plans.edit", of=rpjm_of, methods=("GET", "POST"))
def new(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """A new activity."""
    if request.method != "POST":
        return item_page(request, rpjmdes, None)
    return saved(request, rpjmdes, None)


@page("plans.read", of=rpjm_item_of)
def item(request: HttpRequest, item: RpjmdesItem) -> HttpResponse:
    """One activity with its years, its people, where it came from, and what the checks say."""
    return item_page(request, item.rpjmdes, item)


@page("plans.edit", of=rpjm_item_of, methods=("POST",))
def save(request: HttpRequest, item: RpjmdesItem) -> HttpResponse:
    """Change an activity as a whole."""
    return saved(request, item.rpjmdes, item)


def saved(request: HttpRequest, rpjmdes: Rpjmdes, item: RpjmdesItem | None) -> HttpResponse:
    names = cell_names(rpjmdes.period)
    typed = {name: request.POST.get(name, "")[:2000] for name in names}
    values, problems = read_item(typed, rpjmdes.period)
    if problems:
        told = [(0, worded(problem)) for problem in problems]
        return item_page(request, rpjmdes, item, typed=typed, status=400, problems=told)
    version = request.POST.get("versi", "")
    try:
        key = item.id if item is not None else UUID(request.POST.get("kunci", ""))
        save_rpjm_item(
            rpjmdes_id=rpjmdes.id,
            item_id=key,
            values=values,
            version=int(version) if version.isdigit() else 0,
            actor=worn(request),
            at=clock.now(),
        )
    except ValueError:
        return item_page(
            request, rpjmdes, item, typed=typed, status=400, error=_("Formulirnya sudah lama; muat ulang.")
        )
    except RembukError as error:
        if error.status == 403:
            return refusal(request, error)
        return item_page(request, rpjmdes, item, typed=typed, status=error.status, error=sentence(error))
    messages.success(request, _("Kegiatan RPJM Desa tersimpan."))
    return redirect("plans:rpjm_draft", rpjmdes.cycle_id)


@page("plans.edit", of=rpjm_item_of, methods=("POST",))
def remove(request: HttpRequest, item: RpjmdesItem) -> HttpResponse:
    """Take an activity out of the draft."""
    rpjmdes, version = item.rpjmdes, request.POST.get("versi", "")
    try:
        remove_rpjm_item(
            item_id=item.id, version=int(version) if version.isdigit() else 0, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        if error.status == 403:
            return refusal(request, error)
        return item_page(request, rpjmdes, item, status=error.status, error=sentence(error))
    messages.success(request, _("Kegiatan dikeluarkan dari rancangan. Usulannya tetap ada."))
    return redirect("plans:rpjm_draft", rpjmdes.cycle_id)


@page("plans.read", of=rpjm_of)
def origins(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Every proposal of the village with what became of it; what nothing became of comes first."""
    followed = proposals_followed(rpjmdes)
    group, text = request.GET.get("kelompok", ""), request.GET.get("cari", "").strip().lower()[:60]
    only = request.GET.get("keadaan", "")
    rows = [
        one
        for one in followed
        if (group not in SPECIAL_GROUPS or SPECIAL_GROUPS[group] in one.groups)
        and (not text or text in one.proposal.title.lower() or text in one.origin.lower())
        and (only != "belum" or not one.items)
        and (only != "masuk" or one.items)
    ]
    context = {
        "rpjmdes": rpjmdes,
        "cycle": rpjmdes.cycle,
        "village": rpjmdes.village,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("hal")),
        "counts": group_counts(followed),
        "total": len(followed),
        "became": sum(1 for one in followed if one.items),
        "groups": SPECIAL_GROUPS.items(),
        "group": group,
        "text": text,
        "only": only,
        "editable": is_editable(request, rpjmdes),
    }
    return render(request, "plans/rpjm_origins.html", context)


@page("plans.edit", of=rpjm_of, methods=("POST",))
def take(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Make activities of the chosen proposals."""
    keys = []
    for text in request.POST.getlist("usulan")[:1000]:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    try:
        made = take_proposals(rpjmdes_id=rpjmdes.id, proposal_ids=keys, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    words = ngettext("%(n)d kegiatan dibuat dari usulan.", "%(n)d kegiatan dibuat dari usulan.", len(made))
    messages.success(request, words % {"n": len(made)} if made else _("Tidak ada usulan baru yang dipilih."))
    return redirect("plans:rpjm_draft", rpjmdes.cycle_id)
