"""Where a proposal lies: its point on a small drawn map of its district. No name of a person stands in it."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rembuk.proposals.models import Proposal
from rembuk.regions.boundaries import district_borders
from rembuk.regions.map import Dot, Line, draw, legend
from rembuk.regions.models import Village

PUBLIC_DECIMALS = 3
"""For everyone the point is told to about 110 m, so that it does not lead to one house."""
AROUND = 0.004
"""Degrees, about 440 m: the map shows at least so much on each side of the point."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A map for the page. here, centre, around: the signs of the legend. rounded: whether the point is told roughly.

    centre is empty where nobody knows the centre of the village.
    """

    svg: SafeString
    here: SafeString
    centre: SafeString
    around: SafeString
    rounded: bool


def spot_of(proposal: Proposal, *, rounded: bool) -> Spot | None:
    """Return the map of a proposal with a point; None without one, and where nothing lies around to tell it by.

    One query. The outline of district and village comes from the operator's file, if there is one.
    """
    if proposal.latitude is None or proposal.longitude is None:
        return None
    latitude, longitude = proposal.latitude, proposal.longitude
    if rounded:
        latitude, longitude = round(latitude, PUBLIC_DECIMALS), round(longitude, PUBLIC_DECIMALS)
    village = proposal.village
    places = Village.objects.filter(
        district_id=village.district_id, valid_to__isnull=True, latitude__isnull=False, longitude__isnull=False
    ).order_by("id")
    dots = [
        Dot(row.latitude, row.longitude, "paused" if row.pk == village.pk else "next", row.full_name)
        for row in places
        if row.latitude is not None and row.longitude is not None
    ]
    borders = district_borders(village.regency_id, {village.district_id, village.code})
    if not dots and not borders:
        return None
    dots.append(Dot(latitude, longitude, "ok", _("Titik usulan %(number)s") % {"number": proposal.number or ""}))
    spoken = _("Titik usulan %(number)s di %(village)s, di antara desa-desa %(district)s.") % {
        "number": proposal.number or "",
        "village": village.full_name,
        "district": village.district.full_name,
    }
    svg = draw(dots, spoken, [*borders, frame_around(latitude, longitude)])
    centre = legend("paused") if any(dot.state == "paused" for dot in dots) else ""
    # Made of numbers and escaped names by `draw` and `legend`.
    drawn, here, own, around = (mark_safe(part) for part in (svg, legend("ok"), centre, legend("next")))  # noqa: S308
    return Spot(drawn, here, own, around, rounded)


def frame_around(latitude: float, longitude: float) -> Line:
    """Return two corners around a point. A line of two points is not drawn, but it lies within the map."""
    return [(longitude - AROUND, latitude - AROUND), (longitude + AROUND, latitude + AROUND)]
