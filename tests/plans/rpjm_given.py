"""A village with a new head, its RPJM Desa in work, and activities that fill every year."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from rembuk.cycles.models import Cycle
from rembuk.cycles.services import open_rpjm_cycle
from rembuk.plans.models import Rpjmdes
from rembuk.plans.rpjm_values import RpjmValues, read_item
from rembuk.plans.services.rpjm_items import ensure_rpjm_draft, save_rpjm_item

NOW = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
INAUGURATION = date(2026, 8, 3)
WHOLE = {
    "activity_code": "2.3.11",
    "name": "Titian ulin",
    "location": "Dusun Hilir",
    "size": "120 m",
    "target": "Warga Dusun Hilir",
    "source": "DDS",
    "delivery_mode": "S",
}


def opened(village, actor) -> Cycle:
    return open_rpjm_cycle(village=village, inauguration_date=INAUGURATION, actor=actor.hat(), at=NOW)


def drafted(village, actor) -> Rpjmdes:
    cycle = opened(village, actor)
    return ensure_rpjm_draft(cycle_id=cycle.pk, actor=actor.hat(), at=NOW)


def values(period: range, **cells: str) -> RpjmValues:
    """A whole activity in every year of *period*, with what *cells* say instead."""
    typed = WHOLE | {f"amount:{year}": "10000000" for year in period} | cells
    found, problems = read_item(typed, period)
    assert problems == []
    return found


def add(rpjmdes: Rpjmdes, actor, key: UUID | None = None, **cells: str):
    return save_rpjm_item(
        rpjmdes_id=rpjmdes.id,
        item_id=key or uuid4(),
        values=values(rpjmdes.period, **cells),
        version=0,
        actor=actor.hat(),
        at=NOW,
    )
