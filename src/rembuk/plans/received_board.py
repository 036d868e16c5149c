"""How far the existing RPJM Desa of each village is in: no file, received, read, unreadable, in the register."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from rembuk.core.hat import Place
from rembuk.plans.models import ReceivedRpjmdes, Rpjmdes
from rembuk.regions.models import Village, VillageKind

NONE, RECEIVED, FAILED, READ, REGISTERED = "none", "received", "failed", "read", "registered"
State = ReceivedRpjmdes.State
STEP_OF_STATE = {State.RECEIVED: RECEIVED, State.FAILED: FAILED, State.READ: READ}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One village. file: key of its newest file that waits, or None; a registered one may have a newer one.

    total: rupiah, None where nothing was read.
    """

    village: Village
    step: str
    file: UUID | None = None
    lines: int = 0
    refused: int = 0
    total: int | None = None
    period: tuple[int, int] | None = None


def board_rows(place: Place) -> list[BoardRow]:
    """Return a row for each village at or below a place, by district and name. Three queries."""
    villages = Village.objects.filter(regency_id=place.regency, valid_to__isnull=True)
    villages = villages.exclude(kind=VillageKind.KELURAHAN)
    if place.village:
        villages = villages.filter(pk=place.village)
    elif place.district:
        villages = villages.filter(district_id=place.district)
    found = list(villages.select_related("district", "regency").order_by("district__name", "name", "id"))
    keys = [village.pk for village in found]
    active = {row.village_id: row for row in Rpjmdes.objects.filter(village_id__in=keys, is_active=True)}
    waiting: dict[str, ReceivedRpjmdes] = {}
    files = ReceivedRpjmdes.objects.filter(village_id__in=keys, state__in=tuple(STEP_OF_STATE))
    for row in files.defer("lines", "refused", "notes").order_by("created_at", "id"):
        waiting[row.village_id or ""] = row
    return [row_of(village, waiting.get(village.pk), active.get(village.pk)) for village in found]


def row_of(village: Village, file: ReceivedRpjmdes | None, active: Rpjmdes | None) -> BoardRow:
    if active is not None:
        waiting = file.pk if file is not None else None
        return BoardRow(village, REGISTERED, waiting, period=(active.start_year, active.end_year))
    if file is None:
        return BoardRow(village, NONE)
    period = (file.start_year, file.end_year) if file.start_year and file.end_year else None
    step = STEP_OF_STATE[State(file.state)]
    return BoardRow(village, step, file.pk, file.line_count, file.refused_count, file.total, period)


def counts_of(rows: Sequence[BoardRow]) -> Counter[str]:
    """Return step -> how many villages."""
    return Counter(row.step for row in rows)


def received_by_id(received_id: UUID | str) -> ReceivedRpjmdes:
    """Return one file with its places. Raises: ReceivedRpjmdes.DoesNotExist."""
    rows = ReceivedRpjmdes.objects.select_related("file", "regency", "village__district", "village__regency")
    return rows.get(pk=received_id)
