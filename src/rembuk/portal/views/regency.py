"""A regency for everybody: its villages in a list and on a map, with filters in the address."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rembuk.portal.cached import regency_page
from rembuk.portal.queries.regency import NAMES, SIGNS, Standing, counted, standings, years_of
from rembuk.regions.boundaries import district_borders
from rembuk.regions.map import Dot, draw, legend
from rembuk.regions.models import District, Regency
from rembuk.shared.sheets import csv_bytes

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; an unknown value is left out, as if it were not there. missed: a year nobody has."""

    text: str
    district: str
    step: str
    year: int
    missed: str = ""

    @classmethod
    def read(cls, query: QueryDict, years: list[int]) -> "Asked":
        step, wanted = query.get("keadaan", ""), query.get("tahun", "").strip()[:10]
        known = next((year for year in years if str(year) == wanted), 0)
        return cls(
            text=query.get("cari", "").replace("\x00", "").strip()[:60],
            district=query.get("kecamatan", "")[:8],
            step=step if step in NAMES else "",
            year=known or (years[0] if years else 0),
            missed="" if known or not years else wanted,
        )

    def fits(self, row: Standing) -> bool:
        words = f"{row.village.name} {row.village.district.name} {row.village.code}".lower()
        return (
            self.text.lower() in words
            and self.district in ("", row.village.district_id)
            and self.step in ("", row.step)
        )

    @property
    def any(self) -> bool:
        return bool(self.text or self.district or self.step)


@regency_page()
def regency(request: HttpRequest, target: Regency) -> HttpResponse:
    """The villages of a regency: where each one's plan stands, on a map and as a list. Six queries."""
    years = list(years_of(target))
    asked = Asked.read(request.GET, years)
    rows = standings(target, asked.year)
    found = [row for row in rows if asked.fits(row)]
    context = {
        "regency": target,
        "asked": asked,
        "years": years,
        "shown": Paginator(found, PER_PAGE).get_page(request.GET.get("hal")),
        "steps": counted(rows),
        "total": len(rows),
        "names": NAMES.items(),
        "districts": District.objects.filter(regency=target, villages__valid_to__isnull=True).distinct(),
        "map": map_of(target, found, asked.year),
        "signs": [(key, words, sign_of(key)) for key, words in NAMES.items()],
        "export": request.GET.urlencode(),
    }
    return render(request, "portal/regency.html", context)


@regency_page()
def regency_file(request: HttpRequest, target: Regency) -> HttpResponse:
    """Write exactly the filtered villages as CSV."""
    asked = Asked.read(request.GET, list(years_of(target)))
    rows = [row for row in standings(target, asked.year) if asked.fits(row)]
    header = ("kode", "desa", "kecamatan", "tahun", "keadaan")
    lines = [
        (row.village.code, row.village.name, row.village.district.name, asked.year, str(row.words)) for row in rows
    ]
    response = HttpResponse(csv_bytes(header, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="desa-{target.pk}-{asked.year}.csv"'
    return response


def map_of(target: Regency, rows: list[Standing], year: int) -> SafeString:
    """Draw the villages that are shown; a press opens their page."""
    dots = [
        Dot(
            row.village.latitude,
            row.village.longitude,
            row.sign,
            f"{row.village.full_name}: {row.words}",
            reverse("portal:village", args=(row.village.code,)),
        )
        for row in rows
        if row.village.latitude is not None and row.village.longitude is not None
    ]
    spoken = _("Desa-desa %(place)s menurut sampai di mana rencana %(year)s.") % {"place": target.name, "year": year}
    borders = district_borders(target.pk) if dots else []
    return mark_safe(draw(dots, spoken, borders))  # noqa: S308 -- draw() escapes every name


def sign_of(step: str) -> SafeString:
    return mark_safe(legend(SIGNS[step]))  # noqa: S308 -- made of numbers alone
