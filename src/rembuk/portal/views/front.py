"""The front page: find one's village, follow a proposal, check a paper."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.portal import versions
from rembuk.portal.cached import answered
from rembuk.portal.queries.villages import found_villages
from rembuk.regions.models import Regency
from rembuk.shared.web import page


@page("portal.front")
def front(request: HttpRequest) -> HttpResponse:
    """Find one's village by part of its name, its code or its district."""
    return answered(request, versions.of_all(), lambda: made(request))


def made(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("cari", "").replace("\x00", "").strip()[:60]
    villages = list(found_villages(text))
    groups = [(district, list(rows)) for district, rows in groupby(villages, key=lambda row: row.district)]
    context = {
        "regencies": list(Regency.objects.order_by("code")),
        "groups": groups,
        "count": len(villages),
        "text": text,
    }
    return render(request, "portal/front.html", context)
