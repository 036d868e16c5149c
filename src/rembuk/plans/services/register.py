"""The RPJM Desa in force, registered by hand or from a sheet, so that an RKP can be cut from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.cycles.services import evidence_changed
from rembuk.plans.models import RkpdesItem, Rpjmdes, RpjmdesItem
from rembuk.plans.services.steps import refuse_future
from rembuk.plans.typed import InputError, read_text
from rembuk.regions.models import Village
from rembuk.shared import trail
from rembuk.shared.models import StoredFile

STAGES = ("K1", "K5")
COLUMNS = ("order", "activity_code", "name", "location", "volume_text", "target", "years", "cost", "source")


@dataclass(frozen=True, slots=True)
class RpjmLine:
    """One activity of the RPJM matrix. years: calendar years; cost: rupiah or None. key: of a line already there."""

    name: str
    years: tuple[int, ...]
    activity_code: str = ""
    location: str = ""
    volume_text: str = ""
    target: str = ""
    cost: int | None = None
    source: str = ""
    key: UUID | None = None


@transaction.atomic
def register_rpjmdes(
    *,
    village_id: str,
    number: str,
    on: date | None,
    start_year: int,
    end_year: int,
    actor: Hat,
    at: datetime,
    vision: str = "",
    file: StoredFile | None = None,
    rpjmdes_id: UUID | None = None,
) -> Rpjmdes:
    """Register the RPJM Desa in force: Perdes number and day, period. One is active per village (G01).

    The same key again returns what is there. Raises: NotAllowedError, BadInputError, RefusedError ``rpjmdes-overlap``.
    """
    village = Village.objects.select_related("regency").get(pk=village_id)
    require(actor, "plans.edit_rpjmdes", village)
    if rpjmdes_id is not None and (known := Rpjmdes.objects.filter(pk=rpjmdes_id, village=village).first()):
        return known
    day = check_particulars(village, number, on, start_year, end_year, at)
    active = Rpjmdes.objects.select_for_update(of=("self",)).filter(village=village, is_active=True).first()
    if active is not None:
        raise RefusedError("rpjmdes-overlap", start=active.start_year, end=active.end_year)
    with trail.acting(actor, "plans.edit_rpjmdes"):
        made = Rpjmdes.objects.create(
            id=rpjmdes_id or uuid4(),
            village=village,
            perdes_number=number.strip()[:60],
            perdes_date=day,
            start_year=start_year,
            end_year=end_year,
            vision=vision.strip()[:4000],
            file=file,
        )
        tell_gates(village_id)
    return made


def check_particulars(
    village: Village, number: str, on: date | None, start_year: int, end_year: int, at: datetime
) -> date:
    """Return the day of the Perdes; refuse missing or odd particulars. Raises: BadInputError."""
    if not number.strip() or on is None:
        raise BadInputError("rpjmdes-number-missing")
    refuse_future(on, local_day(village.regency, at))
    if not 2000 <= start_year <= end_year <= 2100 or end_year - start_year > 9:
        raise BadInputError("rpjmdes-period", start=start_year, end=end_year)
    return on


@transaction.atomic
def change_rpjmdes(
    *,
    rpjmdes_id: UUID,
    number: str,
    on: date | None,
    start_year: int,
    end_year: int,
    version: int,
    actor: Hat,
    at: datetime,
    vision: str = "",
) -> Rpjmdes:
    """Correct the particulars of a registered RPJM Desa. Raises: NotAllowedError, BadInputError, StaleError."""
    rpjmdes = locked(rpjmdes_id)
    require(actor, "plans.edit_rpjmdes", rpjmdes)
    refuse_enacted(rpjmdes)
    day = check_particulars(rpjmdes.village, number, on, start_year, end_year, at)
    if rpjmdes.version != version:
        raise StaleError("stale", changes=[], version=rpjmdes.version)
    with trail.acting(actor, "plans.edit_rpjmdes"):
        rpjmdes.perdes_number, rpjmdes.perdes_date = number.strip()[:60], day
        rpjmdes.start_year, rpjmdes.end_year, rpjmdes.vision = start_year, end_year, vision.strip()[:4000]
        rpjmdes.version += 1
        rpjmdes.save()
        tell_gates(rpjmdes.village_id)
    return rpjmdes


@transaction.atomic
def end_rpjmdes(*, rpjmdes_id: UUID, version: int, actor: Hat, at: datetime) -> Rpjmdes:
    """Take an RPJM Desa out of force, such as when a new one replaces it. Raises: NotAllowedError, StaleError."""
    rpjmdes = locked(rpjmdes_id)
    require(actor, "plans.edit_rpjmdes", rpjmdes)
    if rpjmdes.version != version:
        raise StaleError("stale", changes=[], version=rpjmdes.version)
    with trail.acting(actor, "plans.edit_rpjmdes"):
        rpjmdes.is_active = False
        rpjmdes.version += 1
        rpjmdes.save()
        tell_gates(rpjmdes.village_id)
    return rpjmdes


@transaction.atomic
def save_rpjmdes_items(
    *, rpjmdes_id: UUID, lines: Sequence[RpjmLine], version: int, actor: Hat, at: datetime, replace: bool = True
) -> list[RpjmdesItem]:
    """Store the lines of the RPJM matrix. Lines with a known key change in place; *replace* removes those not given.

    Raises: NotAllowedError, StaleError, BadInputError (a year outside the period, no name), RefusedError when a line
    that an RKP rests on would vanish.
    """
    rpjmdes = locked(rpjmdes_id)
    require(actor, "plans.edit_rpjmdes", rpjmdes)
    refuse_enacted(rpjmdes)
    if rpjmdes.version != version:
        raise StaleError("stale", changes=[], version=rpjmdes.version)
    known = {row.id: row for row in RpjmdesItem.objects.select_for_update().filter(rpjmdes=rpjmdes)}
    made = [item_row(rpjmdes, line, known.get(line.key) if line.key else None) for line in lines]
    last = max((row.order for row in known.values()), default=0)
    kept = {row.id for row in made}
    gone = [key for key in known if key not in kept] if replace else []
    used = RkpdesItem.objects.filter(rpjmdes_item_id__in=gone).values_list("rpjmdes_item__name", flat=True)
    if names := sorted(set(used)):
        raise RefusedError("rpjmdes-item-in-use", names=", ".join(names[:5]))
    for order, row in enumerate(made, 1 if replace else last + 1):
        if row.id not in known or replace:
            row.order = order
    with trail.acting(actor, "plans.edit_rpjmdes"):
        RpjmdesItem.objects.filter(pk__in=gone).delete()
        RpjmdesItem.objects.bulk_update([row for row in made if row.id in known], COLUMNS, batch_size=200)
        RpjmdesItem.objects.bulk_create([row for row in made if row.id not in known], batch_size=500)
        rpjmdes.version += 1
        rpjmdes.save()
        tell_gates(rpjmdes.village_id)
    return made


def item_row(rpjmdes: Rpjmdes, line: RpjmLine, row: RpjmdesItem | None) -> RpjmdesItem:
    """Return the unsaved row of one line. Raises: BadInputError."""
    outside = [year for year in line.years if not rpjmdes.start_year <= year <= rpjmdes.end_year]
    if outside:
        raise BadInputError("rpjmdes-period", start=min(outside), end=max(outside))
    try:
        name = read_text(line.name, 300)
    except InputError as problem:
        raise BadInputError("plan-item-unreadable", problems=[problem]) from problem
    if not name:
        raise BadInputError("plan-item-unreadable", problems=[])
    row = row or RpjmdesItem(rpjmdes=rpjmdes)
    row.activity_code, row.name, row.location = line.activity_code, name, line.location[:200]
    row.volume_text, row.target, row.years = line.volume_text[:80], line.target[:200], sorted(set(line.years))
    row.cost, row.source = line.cost, line.source[:60]
    return row


def locked(rpjmdes_id: UUID) -> Rpjmdes:
    rows = Rpjmdes.objects.select_for_update(of=("self",)).select_related("village__regency")
    return rows.get(pk=rpjmdes_id)


def refuse_enacted(rpjmdes: Rpjmdes) -> None:
    """Refuse to change by hand what was drafted here. Raises: RefusedError ``rpjm-not-in-work``."""
    if rpjmdes.cycle_id is not None:
        raise RefusedError("rpjm-not-in-work")


def tell_gates(village_id: str) -> None:
    """Tell the open cycles of the village that their RPJM Desa changed."""
    cycles = Cycle.objects.filter(village_id=village_id, closed_at__isnull=True).values_list("id", flat=True)
    evidence_changed(list(cycles), STAGES)
