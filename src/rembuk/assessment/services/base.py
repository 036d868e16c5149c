"""What every service of this room does first: lock the assessment, ask permission, refuse what is delivered already."""

from datetime import date
from typing import TypeVar
from uuid import UUID

from rembuk.assessment.labels import FIELDS
from rembuk.assessment.models import Assessment, Part
from rembuk.assessment.queries import cycle_of
from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.services import evidence_changed
from rembuk.regions.models import Hamlet
from rembuk.shared.models import Versioned

DATA_STAGES, TOOL_STAGES, REPORT_STAGES = ("R3A",), ("R3B",), ("R3C",)
"""Stages of the medium-term cycle whose facts come from here."""

Row = TypeVar("Row", bound=Part)


def opened(assessment_id: UUID, actor: Hat, act: str) -> Assessment:
    """Return the assessment locked for this transaction. Raises: NotAllowedError, RefusedError once delivered."""
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("village")
    found = rows.get(pk=assessment_id)
    require(actor, f"assessment.{act}", found)
    if found.delivered:
        raise RefusedError("assessment-delivered")
    return found


def row_of(model: type[Row], key: UUID, actor: Hat, act: str) -> Row:
    """Return one row of an open assessment, which is locked. Raises: DoesNotExist, NotAllowedError, RefusedError."""
    found: Row = model._default_manager.select_related("assessment__village").get(pk=key)
    opened(found.assessment_id, actor, act)  # type: ignore[attr-defined]
    found.refresh_from_db()
    return found


def fresh(row: Versioned, version: int, wanted: dict[str, object]) -> bool:
    """Return whether *row* is to be written: False when it says so already.

    Raises: StaleError whose ``changes`` are (field, theirs, yours) when somebody saved in between.
    """
    different = [(name, getattr(row, name), value) for name, value in wanted.items() if getattr(row, name) != value]
    if different and row.version != version:
        raise StaleError("stale", changes=different, version=row.version)
    return bool(different)


def text_of(text: str, limit: int, field: str, *, needed: bool = False) -> str:
    """Return *text* with single blanks. Raises: BadInputError (empty though needed, too long)."""
    plain = " ".join(text.split())
    if needed and not plain:
        raise BadInputError("assessment-text")
    if len(plain) > limit:
        raise BadInputError("assessment-long", field=field, count=len(plain), limit=limit)
    return plain


def field_of(number: int | None) -> int | None:
    """Return a bidang that exists. Raises: BadInputError."""
    if number is not None and number not in FIELDS:
        raise BadInputError("assessment-field")
    return number


def hamlet_of(assessment: Assessment, hamlet_id: UUID | None) -> UUID | None:
    """Return a hamlet of this village. Raises: BadInputError for that of another."""
    if hamlet_id is not None and not Hamlet.objects.filter(pk=hamlet_id, village_id=assessment.village_id).exists():
        raise BadInputError("assessment-text")
    return hamlet_id


def past(day: date | None, at_day: date) -> date:
    """Return a day that is not in the future. Raises: BadInputError."""
    if day is None or day > at_day:
        raise BadInputError("assessment-date")
    return day


def touched(assessment: Assessment, stages: tuple[str, ...]) -> None:
    """Tell the gates of the cycle that what they rest on has changed."""
    cycle = cycle_of(assessment)
    if cycle is not None:
        evidence_changed(cycle.id, stages)
