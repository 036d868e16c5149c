"""What every act on visits and promises shares: locks, the tables of states, steps, files, digests."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Max

from rembuk.core.errors import StaleError
from rembuk.core.guidance.findings import ItemEvent, ItemState, next_state
from rembuk.core.guidance.visit_states import VisitEvent, VisitState
from rembuk.core.guidance.visit_states import next_state as next_visit_state
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.guidance.mentoring.models import ActionItem, ActionStep, Visit
from rembuk.shared import files
from rembuk.shared.models import StoredFile

CLOCK_TOLERANCE: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file as it was handed in."""

    source: files.Upload | bytes
    name: str


def locked_visit(visit_id: UUID, act: str, actor: Hat) -> Visit:
    """Return the visit with its places, locked until the transaction ends.

    Raises: Visit.DoesNotExist, NotAllowedError.
    """
    rows = Visit.objects.select_for_update(of=("self",)).select_related("village__district", "village__regency")
    visit = rows.get(pk=visit_id)
    require(actor, f"mentoring.{act}", visit)
    return visit


def move(visit: Visit, *events: VisitEvent) -> None:
    """Move the visit in memory by the table of states. Raises: IllegalTransitionError."""
    for event in events:
        visit.state = next_visit_state(VisitState(visit.state), event).value


def fresh(row: Visit | ActionItem, version: int | None) -> None:
    """Refuse a write that rests on an older version. Raises: StaleError."""
    if version is not None and version != row.version:
        raise StaleError("stale", changes=[], version=row.version)


def save(row: Visit | ActionItem) -> None:
    """Write the row and raise its version."""
    row.version += 1
    row.save()


def locked_item(item_id: UUID, act: str, actor: Hat) -> ActionItem:
    """Return the item with its places, locked until the transaction ends.

    Raises: ActionItem.DoesNotExist, NotAllowedError.
    """
    rows = ActionItem.objects.select_for_update(of=("self",))
    item = rows.select_related("village__district", "village__regency", "finding").get(pk=item_id)
    require(actor, f"mentoring.{act}", item)
    return item


def take_steps(item: ActionItem, events: Iterable[ItemEvent], *, by: UUID, at: datetime, note: str = "") -> None:
    """Move the item in memory and write a step for each move; the note stands with the last one.

    Raises: IllegalTransitionError. One query, and one for all steps.
    """
    events = list(events)
    last = ActionStep.objects.filter(item=item).aggregate(last=Max("order"))["last"] or 0
    steps = []
    for number, event in enumerate(events, 1):
        item.state = next_state(ItemState(item.state), event).value
        steps.append(
            ActionStep(
                item=item,
                order=last + number,
                event=event.value,
                state=item.state,
                note=note if number == len(events) else "",
                by=by,
                at=at,
            )
        )
    ActionStep.objects.bulk_create(steps)


def today_at(visit: Visit | ActionItem, at: datetime) -> date:
    """Return the day it is where the village lies."""
    return local_day(visit.village.regency, at)


def kept(given: Uploaded, village_id: str, actor: Hat, *, scan: bool = False) -> StoredFile:
    """Keep one file of a village. Raises: BadInputError of the file."""
    return files.store(given.source, name=given.name, village_id=village_id, hat=actor, scan=scan)


def digest_of(body: dict[str, Any]) -> str:
    """Return the SHA-256 of what was sent, so that a replay can be told from another body."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def clock_is_off(captured_at: datetime, at: datetime) -> bool:
    """Return whether the device's clock runs ahead by more than is forgiven."""
    return captured_at - at > CLOCK_TOLERANCE
