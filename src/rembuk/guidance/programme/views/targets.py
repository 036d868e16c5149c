"""The villages of an activity: whole regency, whole kecamatan, single ones, or pasted codes and names."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.guidance.programme import REACHING, VillageName
from rembuk.guidance.programme import queries, services
from rembuk.guidance.programme.labels import KINDS
from rembuk.guidance.programme.models import PlanActivity
from rembuk.guidance.programme.views.finding import activity_of, number_of, told
from rembuk.shared import clock
from rembuk.shared.web import page, worn


@page("programme.edit", of=activity_of, methods=("GET", "POST"))
def targets(request: HttpRequest, found: PlanActivity) -> HttpResponse:
    """Choose for which villages an activity is."""
    if request.method == "GET":
        chosen = set(found.targets.values_list("village_id", flat=True)) | set(request.GET.getlist("tambah"))
        return form_page(request, found, chosen)
    post = request.POST
    try:
        saved = services.set_targets(
            activity_id=found.pk,
            version=number_of(request),
            villages=post.getlist("desa"),
            text=post.get("tempel", ""),
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return form_page(request, found, set(post.getlist("desa")), error)
    messages.success(request, _("%(count)s desa sasaran tersimpan.") % {"count": saved.target_count})
    return redirect("programme:activity", found.pk)


def form_page(
    request: HttpRequest, found: PlanActivity, chosen: set[str], error: RembukError | None = None
) -> HttpResponse:
    villages = queries.villages_of(found.plan.regency_id)
    groups: dict[str, list[tuple[VillageName, bool]]] = {}
    for village in villages:
        groups.setdefault(village.district_code, []).append((village, village.code in chosen))
    context: dict[str, Any] = {
        "activity": found,
        "plan": found.plan,
        "kind": KINDS[found.kind],
        "reaching": found.what in REACHING,
        "groups": [
            (code, rows[0][0].district, rows, sum(ticked for _village, ticked in rows), f"kec:{code}" in chosen)
            for code, rows in groups.items()
        ],
        "all": "semua" in chosen,
        "total": len(villages),
        "text": request.POST.get("tempel", "") if error is not None else "",
        "version": request.POST.get("versi", "") if error is not None else found.version,
        **told(error),
    }
    return render(request, "programme/targets.html", context, status=error.status if error is not None else 200)
