"""What everybody may read: the RPJM Desa once its Perdes is promulgated, with a filter by year. No names of people."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.core.money import Rupiah
from rembuk.plans.models import Rpjmdes
from rembuk.plans.public_money import aid_name
from rembuk.plans.queries import active_rpjmdes
from rembuk.plans.rpjm_grid import RpjmAsked, RpjmGrid, make_rpjm_grid
from rembuk.plans.rpjm_queries import PLACES
from rembuk.proposals.public_words import Cover, cover_of
from rembuk.shared.web import page


def public_rpjm_of(rpjmdes_id: UUID) -> Rpjmdes:
    return Rpjmdes.objects.select_related(*PLACES).get(pk=rpjmdes_id, enacted_at__isnull=False)


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One activity as everybody may read it; help for a person or a few houses has no years and no place."""

    name: str
    location: str
    years: tuple[int, ...]
    cost: Rupiah | None
    source: str


@dataclass(frozen=True, slots=True)
class PublicGroup:
    """One bidang with its rows and its whole sum."""

    title: str
    rows: tuple[PublicRow, ...]
    total: Rupiah


def public_groups(grid: RpjmGrid, asked: RpjmAsked, cover: Cover) -> list[PublicGroup]:
    """Return the groups of the matrix without anybody in them; the sums stay whole."""
    groups = []
    for group in grid.groups:
        rows, aid = [], []
        for row in group.rows:
            item = row.item
            if cover.few(item.name, item.location, count=item.volume, unit=item.unit):
                aid.append(row.values.cost or 0)
                continue
            values = row.values
            rows.append(PublicRow(cover(item.name), cover(item.location), values.years, values.cost, values.source))
        if aid:
            rows.append(PublicRow(aid_name(), "", (), Rupiah(sum(aid)), ""))
        words = asked.text.lower()
        shown = tuple(row for row in rows if words in row.name.lower() or words in row.location.lower())
        groups.append(PublicGroup(group.title, shown, group.total))
    return groups


@page("plans.public", of=public_rpjm_of)
def public(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """The enacted RPJM Desa of a village: activities by bidang with their years and cost, the cost by year."""
    asked = RpjmAsked.read(request.GET)
    # What is looked for is looked for in the words that are shown: nobody finds out a name by trying.
    grid = make_rpjm_grid(rpjmdes, None, replace(asked, text=""))
    context = {
        "rpjmdes": rpjmdes,
        "village": rpjmdes.village,
        "grid": grid,
        "groups": public_groups(grid, asked, cover_of(rpjmdes.village)),
        "asked": asked,
        "force": None if rpjmdes.is_active else active_rpjmdes(rpjmdes.village_id),
    }
    return render(request, "plans/rpjm_public.html", context)
