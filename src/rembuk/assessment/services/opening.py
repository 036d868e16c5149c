"""Opening an assessment and filling its four lists of village data (F07)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction

from rembuk.assessment.models import Assessment, DataRow
from rembuk.assessment.services.base import DATA_STAGES, fresh, opened, past, text_of, touched
from rembuk.core.assessment.village_data import SECTIONS, USUAL_ROWS, changed_since
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.models import Cycle
from rembuk.regions.models import Village
from rembuk.shared import trail

SHORTEST, LONGEST = 6, 9
LARGEST: Final = Decimal("9999999999999.999")


@transaction.atomic
def open_assessment(
    *,
    assessment_id: UUID,
    village_id: str,
    start_year: int,
    end_year: int,
    actor: Hat,
    at: datetime,
    cycle_id: UUID | None = None,
) -> Assessment:
    """Open the assessment of a period with the usual rows of village data, empty, and last time's numbers beside them.

    The same key again changes nothing. Raises: NotAllowedError, BadInputError (years), RefusedError (period taken).
    """
    village = Village.objects.get(pk=village_id)
    require(actor, "assessment.open", village)
    known = Assessment.objects.filter(pk=assessment_id).first()
    if known is not None:
        return known
    allow_period(village_id, start_year, end_year)
    if cycle_id is not None:
        allow_cycle(cycle_id, village_id)
    previous = Assessment.objects.filter(village=village, start_year__lt=start_year).order_by("-start_year").first()
    cycle_id = cycle_id or waiting_cycle(village_id, start_year)
    made = Assessment(
        id=assessment_id,
        village=village,
        cycle_id=cycle_id,
        start_year=start_year,
        end_year=end_year,
        previous=previous,
        seasons=previous.seasons if previous else Assessment().seasons,
        opened_by=actor.person_id,
    )
    with trail.acting(actor, "assessment.open"):
        made.save(force_insert=True)
        DataRow.objects.bulk_create(first_rows(made))
    return made


def allow_period(village_id: str, start_year: int, end_year: int) -> None:
    """Refuse a period that no RPJM Desa has, or that this village has studied. Raises: BadInputError, RefusedError."""
    if not SHORTEST <= end_year - start_year + 1 <= LONGEST or not 2000 <= start_year <= 2100:
        raise BadInputError("assessment-years", start=start_year, end=end_year)
    if Assessment.objects.filter(village_id=village_id, start_year=start_year).exists():
        raise RefusedError("assessment-exists", year=start_year)


def waiting_cycle(village_id: str, start_year: int) -> UUID | None:
    """Return the village's medium-term cycle of that period, if it has no assessment yet."""
    rows = Cycle.medium_term.filter(village_id=village_id, start_year=start_year, village_assessment__isnull=True)
    return rows.values_list("pk", flat=True).first()


def allow_cycle(cycle_id: UUID, village_id: str) -> None:
    """Refuse a cycle of another village, or one that has its assessment. Raises: RefusedError."""
    own = Cycle.medium_term.filter(pk=cycle_id, village_id=village_id).exists()
    if not own or Assessment.objects.filter(cycle_id=cycle_id).exists():
        raise RefusedError("assessment-cycle")


def first_rows(assessment: Assessment) -> list[DataRow]:
    """Return the rows that an assessment begins with: last time's with its numbers as *before*, or the usual ones."""
    previous = assessment.previous
    if previous is not None and previous.data.exists():
        return [
            new_row(assessment, number, row.section, row.part, row.name, row.unit, row.volume)
            for number, row in enumerate(previous.data.all(), start=1)
        ]
    return [
        new_row(assessment, number, row.section, row.part, row.name, row.unit, None)
        for number, row in enumerate(USUAL_ROWS, start=1)
    ]


def new_row(
    assessment: Assessment, order: int, section: str, part: str, name: str, unit: str, before: Decimal | None
) -> DataRow:
    key = uuid5(assessment.id, f"data {order}")
    return DataRow(
        id=key, assessment=assessment, section=section, part=part, order=order, name=name, unit=unit, before=before
    )


@dataclass(frozen=True, slots=True)
class DataLine:
    """One line of a list as it was typed. version: of the row that was shown, 0 for a new line."""

    id: UUID
    version: int
    name: str
    part: str = ""
    volume: Decimal | None = None
    unit: str = ""
    note: str = ""
    changed: bool | None = None


@transaction.atomic
def save_data(
    *,
    assessment_id: UUID,
    section: str,
    lines: Sequence[DataLine],
    removed: Sequence[UUID] = (),
    actor: Hat,
    at: datetime,
) -> int:
    """Store one list of village data, all lines or none. Returns how many lines changed.

    A line that nobody touched is left alone, so that several devices may fill one list at once.
    Raises: NotAllowedError, BadInputError, StaleError for a line that somebody else changed since.
    """
    assessment = opened(assessment_id, actor, "fill")
    if section not in SECTIONS:
        raise BadInputError("assessment-text")
    known = {row.id: row for row in assessment.data.filter(section=section)}
    last = max((row.order for row in assessment.data.all()), default=0)
    written: list[DataRow] = []
    for number, line in enumerate(lines, start=1):
        row = known.get(line.id) or DataRow(
            id=line.id, assessment=assessment, section=section, order=last + number, version=0
        )
        wanted = columns_of(line, number, row)
        if fresh(row, line.version, wanted):
            for name, value in wanted.items():
                setattr(row, name, value)
            row.version += 1
            written.append(row)
    gone = [row for key, row in known.items() if key in set(removed)]
    with trail.acting(actor, "assessment.fill"):
        for row in written:
            row.save(force_insert=row.id not in known)
        for row in gone:
            row.delete()
        if written or gone:
            touched(assessment, DATA_STAGES)
    return len(written) + len(gone)


def columns_of(line: DataLine, number: int, row: DataRow) -> dict[str, object]:
    """Return a typed line as columns. What changed follows from the numbers where the team says nothing."""
    name = text_of(line.name, 160, "uraian")
    if not name:
        raise BadInputError("assessment-name", row=number)
    if line.volume is not None and not 0 <= line.volume <= LARGEST:
        raise BadInputError("assessment-number", row=number, read=line.volume)
    changed = line.changed if line.changed is not None else changed_since(row.before, line.volume)
    return {
        "name": name,
        "part": text_of(line.part, 80, "bagian"),
        "volume": line.volume,
        "unit": text_of(line.unit, 40, "satuan"),
        "note": text_of(line.note, 200, "keterangan"),
        "changed": changed,
    }


@transaction.atomic
def copy_data(*, assessment_id: UUID, section: str, actor: Hat, at: datetime) -> int:
    """Take last time's numbers over into a list that is still empty. Returns how many lines were filled.

    Raises: NotAllowedError, RefusedError (no previous assessment, or the list has numbers already).
    """
    assessment = opened(assessment_id, actor, "fill")
    rows = list(assessment.data.filter(section=section))
    if not any(row.before is not None for row in rows):
        raise RefusedError("assessment-no-previous")
    if any(row.volume is not None for row in rows):
        raise RefusedError("assessment-copied")
    filled = [row for row in rows if row.before is not None]
    with trail.acting(actor, "assessment.fill"):
        for row in filled:
            row.volume, row.changed, row.version = row.before, False, row.version + 1
            row.save()
        touched(assessment, DATA_STAGES)
    return len(filled)


@transaction.atomic
def file_data(*, assessment_id: UUID, section: str, day: date | None, today: date, actor: Hat, at: datetime) -> None:
    """Let the team file one of the four lists on a day; no day takes the filing back.

    Raises: NotAllowedError, RefusedError when the list holds no number, BadInputError for a day to come.
    """
    assessment = opened(assessment_id, actor, "file")
    if section not in SECTIONS:
        raise BadInputError("assessment-text")
    filed = dict(assessment.filed)
    if day is None:
        filed.pop(section, None)
    else:
        if not assessment.data.filter(section=section, volume__isnull=False).exists():
            raise RefusedError("assessment-not-filed")
        filed[section] = past(day, today).isoformat()
    if filed == assessment.filed:
        return
    assessment.filed, assessment.version = filed, assessment.version + 1
    with trail.acting(actor, "assessment.file"):
        assessment.save(update_fields=["filed", "version", "changed_at"])
        touched(assessment, DATA_STAGES)
