"""What everybody may read: the RPJM Desa once its Perdes is promulgated, with a filter by year. No names of people."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.plans.models import Rpjmdes
from rembuk.plans.queries import active_rpjmdes
from rembuk.plans.rpjm_grid import RpjmAsked, make_rpjm_grid
from rembuk.plans.rpjm_queries import PLACES
from rembuk.shared.web import page


def public_rpjm_of(rpjmdes_id: UUID) -> Rpjmdes:
    return Rpjmdes.objects.select_related(*PLACES).get(pk=rpjmdes_id, enacted_at__isnull=False)


@page("plans.public", of=public_rpjm_of)
def public(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """The enacted RPJM Desa of a village: activities by bidang with their years and cost, the cost by year."""
    asked = RpjmAsked.read(request.GET)
    context = {
        "rpjmdes": rpjmdes,
        "village": rpjmdes.village,
        "grid": make_rpjm_grid(rpjmdes, None, asked),
        "asked": asked,
        "force": None if rpjmdes.is_active else active_rpjmdes(rpjmdes.village_id),
    }
    return render(request, "plans/rpjm_public.html", context)
