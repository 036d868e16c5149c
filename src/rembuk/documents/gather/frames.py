"""What every paper shares: the village's heading, its own day, the sample mark, and who holds the offices that sign."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rembuk.accounts.models import Assignment
from rembuk.core.documents.frame import UNNAMED, Frame, Person, VillageHeading
from rembuk.core.hat import Role
from rembuk.regions.models import Regency, Village

ZONE_NAMES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}
KINDS_OF_REGENCY = ("Kabupaten ", "Kota ")


@dataclass(frozen=True, slots=True)
class Officials:
    """Who holds the offices of a village on a day; dots where nobody is known."""

    head: Person = UNNAMED
    secretary: Person = UNNAMED
    bpd_chair: Person = UNNAMED


def officials_of(village_id: str, on: date) -> Officials:
    """Return head, secretary and BPD chair of the village on the day *on*; the latest to begin wins. One query."""
    roles = (Role.KAD.value, Role.SDK.value, Role.BPD.value)
    rows = Assignment.objects.valid_on(on).filter(village_id=village_id, role__in=roles)
    found = {row.role: Person(row.person.name) for row in rows.select_related("person").order_by("start_date", "id")}
    return Officials(*(found.get(role, UNNAMED) for role in roles))


def heading_of(village: Village) -> VillageHeading:
    """Return the village as papers name it. village: with district and regency."""
    return VillageHeading(
        village=village.name,
        district=village.district.name,
        regency=plain_regency(village.regency),
        province=village.regency.province_name,
        address=str(village.settings.get("office_address", "")),
    )


def plain_regency(regency: Regency) -> str:
    """Return the name without "Kabupaten" or "Kota", which the forms print themselves."""
    for kind in KINDS_OF_REGENCY:
        if regency.name.startswith(kind):
            return regency.name.removeprefix(kind)
    return regency.name


def frame_of(village: Village, dated: date, number: str = "") -> Frame:
    """Return the frame of a paper of *village* with its own day and number."""
    return Frame(
        village=heading_of(village),
        dated=dated,
        place=village.name,
        number=number,
        sample=village.regency.sample,
    )


def local(village: Village, moment: datetime) -> datetime:
    """Return *moment* by the clock of the village's regency."""
    return moment.astimezone(ZoneInfo(village.regency.time_zone))


def local_day(village: Village, moment: datetime) -> date:
    """Return the day that *moment* was in the village."""
    return local(village, moment).date()


def zone_name(village: Village) -> str:
    """Return WIB, WITA or WIT."""
    return ZONE_NAMES.get(village.regency.time_zone, "")
