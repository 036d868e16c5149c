"""The pages of a village, as its menu lists them."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.portal.queries.villages import ChosenYear
from rembuk.regions.models import Village

SECTIONS: tuple[tuple[str, str | Promise], ...] = (
    ("village", _("Ringkasan")),
    ("plan", _("Rencana & anggaran")),
    ("works", _("Janji & hasil")),
    ("meetings", _("Musyawarah")),
    ("proposals", _("Usulan")),
    ("documents", _("Dokumen")),
    ("years", _("Tahun ke tahun")),
)


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the menu. current: it is the page that is open."""

    title: str | Promise
    address: str
    current: bool


def sections_of(village: Village, chosen: ChosenYear, active: str) -> list[Section]:
    """Return the menu of a village; a year that was picked stays picked."""
    present = chosen.cycles[0].budget_year if chosen.cycles else 0
    asked = f"?tahun={chosen.year}" if chosen.year and chosen.year != present else ""
    return [
        Section(title, reverse(f"portal:{name}", args=(village.code,)) + asked, name == active)
        for name, title in SECTIONS
    ]


def proposing_address(village: Village) -> str:
    """Return where residents propose, or nothing while no room offers it."""
    try:
        return reverse("proposals:public-new", args=(village.code,))
    except NoReverseMatch:
        return ""
