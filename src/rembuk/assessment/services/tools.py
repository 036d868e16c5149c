"""The participatory tools: sketches and their points, the calendar, institutions, and what the hall says of each."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from PIL import Image

from rembuk.assessment.labels import KINDS, TOOLS
from rembuk.assessment.models import Assessment, Entry, Institution, Sketch
from rembuk.assessment.services.base import TOOL_STAGES, fresh, hamlet_of, opened, row_of, text_of, touched
from rembuk.core.assessment.seasons import NO_MARKS, check_marks, check_seasons
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.shared import files, trail
from rembuk.shared.files import PICTURES, Upload
from rembuk.shared.models import StoredFile

CALENDAR_KINDS = tuple(KINDS)
PLAIN_KINDS = ("problem", "potential")
SHEET = (1000, 700)


@dataclass(frozen=True, slots=True)
class EntryValues:
    """What the hall says: one problem or potential, where, and on which tool it stands."""

    tool: str
    kind: str
    text: str
    location: str = ""
    hamlet_id: UUID | None = None
    sketch_id: UUID | None = None
    x: int | None = None
    y: int | None = None
    institution_id: UUID | None = None
    marks: tuple[int, ...] = field(default=())


@transaction.atomic
def put_entry(
    *, entry_id: UUID, assessment_id: UUID, values: EntryValues, actor: Hat, at: datetime, version: int = 0
) -> Entry:
    """Write one entry under the key that the device chose; version: of the row that was shown, 0 for a new one.

    The same key with the same body changes nothing. Raises: NotAllowedError, BadInputError, RefusedError, StaleError.
    """
    assessment = opened(assessment_id, actor, "fill")
    wanted = entry_columns(assessment, values)
    found = Entry.objects.filter(pk=entry_id).first()
    if found is not None and found.assessment_id != assessment_id:
        raise RefusedError("assessment-key")
    row = found or Entry(id=entry_id, assessment=assessment, made_by=actor.person_id, version=0)
    if found is not None and not fresh(row, version, wanted):
        return found
    for name, value in wanted.items():
        setattr(row, name, value)
    row.version += 1
    with trail.acting(actor, "assessment.fill"):
        row.save(force_insert=found is None)
        touched(assessment, TOOL_STAGES)
    return row


def entry_columns(assessment: Assessment, values: EntryValues) -> dict[str, object]:
    """Return the values as columns. Raises: BadInputError for anything that this assessment does not have."""
    if values.tool not in TOOLS:
        raise BadInputError("assessment-kind")
    if values.kind not in (CALENDAR_KINDS if values.tool == "seasons" else PLAIN_KINDS):
        raise BadInputError("assessment-kind")
    return {
        "tool": values.tool,
        "kind": values.kind,
        "text": text_of(values.text, 300, "isi", needed=True),
        "location": text_of(values.location, 160, "lokasi"),
        "hamlet_id": hamlet_of(assessment, values.hamlet_id),
        **point_columns(assessment, values),
        "institution_id": own_institution(assessment, values.institution_id),
        "marks": marks_of(values),
    }


def marks_of(values: EntryValues) -> list[int]:
    """Return the marks of a calendar row; of a problem or potential that merely stands beside it none."""
    return list(check_marks(values.marks)) if values.tool == "seasons" and values.marks else []


def point_columns(assessment: Assessment, values: EntryValues) -> dict[str, object]:
    """Return the place on the sketch. Raises: BadInputError for a number missing or outside the sheet."""
    point = (values.x, values.y)
    if values.sketch_id is not None and not assessment.sketches.filter(pk=values.sketch_id).exists():
        raise BadInputError("assessment-point")
    if point != (None, None) and (values.sketch_id is None or not all(p is not None and 0 <= p <= 1000 for p in point)):
        raise BadInputError("assessment-point")
    return {"sketch_id": values.sketch_id, "x": values.x, "y": values.y}


def own_institution(assessment: Assessment, key: UUID | None) -> UUID | None:
    if key is not None and not assessment.institutions.filter(pk=key).exists():
        raise BadInputError("assessment-circle")
    return key


@transaction.atomic
def remove_entry(*, entry_id: UUID, actor: Hat, at: datetime) -> Assessment:
    """Take an entry away, with its tree and its points. Raises: NotAllowedError, RefusedError when it was studied."""
    row = row_of(Entry, entry_id, actor, "fill")
    if row.actions.exists():
        raise RefusedError("assessment-has-actions")
    with trail.acting(actor, "assessment.fill"):
        for problem in row.assessment.entries.exclude(potentials=[]):
            if str(row.id) in problem.potentials:
                problem.potentials = [key for key in problem.potentials if key != str(row.id)]
                problem.version += 1
                problem.save(update_fields=["potentials", "version", "changed_at"])
        row.delete()
        touched(row.assessment, TOOL_STAGES)
    return row.assessment


@transaction.atomic
def set_marks(*, entry_id: UUID, marks: Sequence[int], actor: Hat, at: datetime) -> Entry:
    """Write the twelve marks of one row of the calendar; the last hand wins, since the hall sees every press.

    Raises: NotAllowedError, BadInputError, RefusedError.
    """
    row = row_of(Entry, entry_id, actor, "fill")
    if row.tool != "seasons":
        raise BadInputError("assessment-marks")
    wanted = list(check_marks(tuple(marks)))
    if row.marks != wanted:
        row.marks, row.version = wanted, row.version + 1
        with trail.acting(actor, "assessment.fill"):
            row.save(update_fields=["marks", "version", "changed_at"])
    return row


@transaction.atomic
def set_mark(*, entry_id: UUID, month: int, mark: int, actor: Hat, at: datetime) -> Entry:
    """Write the mark of one month. Raises: NotAllowedError, BadInputError, RefusedError."""
    row = row_of(Entry, entry_id, actor, "fill")
    marks = list(row.marks or NO_MARKS)
    if not 0 <= month < len(marks):
        raise BadInputError("assessment-marks")
    marks[month] = mark
    return set_marks(entry_id=entry_id, marks=marks, actor=actor, at=at)


@transaction.atomic
def set_seasons(*, assessment_id: UUID, seasons: Sequence[str], actor: Hat, at: datetime) -> None:
    """Say which months are wet, dry or between. Raises: NotAllowedError, BadInputError, RefusedError."""
    assessment = opened(assessment_id, actor, "fill")
    wanted = list(check_seasons(seasons))
    if assessment.seasons != wanted:
        assessment.seasons, assessment.version = wanted, assessment.version + 1
        with trail.acting(actor, "assessment.fill"):
            assessment.save(update_fields=["seasons", "version", "changed_at"])


def put_sketch(
    *,
    sketch_id: UUID,
    assessment_id: UUID,
    title: str,
    ground: str,
    actor: Hat,
    at: datetime,
    picture: Upload | bytes | None = None,
    name: str = "",
) -> Sketch:
    """Begin a sketch on a picture, the village's border, or an empty sheet; the same key changes its title and ground.

    The picture is read and shrunk before anything is locked. Raises: NotAllowedError, BadInputError, RefusedError.
    """
    if ground not in Sketch.Ground.values:
        raise BadInputError("assessment-kind")
    assessment = Assessment.objects.select_related("village").get(pk=assessment_id)
    stored = None
    if ground == Sketch.Ground.PICTURE and picture is not None:
        data = files.take(picture)
        if files.kind_of(data) not in PICTURES:
            raise BadInputError("assessment-picture")
        stored = files.store(data, name=name or "sketsa", village_id=assessment.village_id, hat=actor, scan=True)
    return write_sketch(sketch_id, assessment_id, text_of(title, 120, "judul", needed=True), ground, stored, actor)


@transaction.atomic
def write_sketch(
    sketch_id: UUID, assessment_id: UUID, title: str, ground: str, stored: StoredFile | None, actor: Hat
) -> Sketch:
    assessment = opened(assessment_id, actor, "fill")
    found = Sketch.objects.filter(pk=sketch_id).first()
    if found is not None and found.assessment_id != assessment_id:
        raise RefusedError("assessment-key")
    row = found or Sketch(id=sketch_id, assessment=assessment, version=0)
    row.title, row.ground = title, ground
    if ground == Sketch.Ground.PICTURE:
        row.file = stored or row.file
        if row.file is None:
            raise BadInputError("assessment-picture")
        with Image.open(io.BytesIO(files.read(row.file))) as picture:
            row.width, row.height = picture.size
    else:
        row.file, (row.width, row.height) = None, SHEET
    row.version += 1
    with trail.acting(actor, "assessment.fill"):
        row.save(force_insert=found is None)
    return row


@transaction.atomic
def remove_sketch(*, sketch_id: UUID, actor: Hat, at: datetime) -> Assessment:
    """Take an empty sketch away. Raises: NotAllowedError, RefusedError while points stand on it."""
    row = row_of(Sketch, sketch_id, actor, "fill")
    count = row.points.count()
    if count:
        raise RefusedError("assessment-in-use", count=count)
    with trail.acting(actor, "assessment.fill"):
        row.delete()
    return row.assessment


@transaction.atomic
def put_institution(
    *,
    institution_id: UUID,
    assessment_id: UUID,
    name: str,
    role: str,
    closeness: int,
    size: int,
    actor: Hat,
    at: datetime,
    version: int = 0,
) -> Institution:
    """Put an institution into the circles, or move it.

    Raises: NotAllowedError, BadInputError, RefusedError, StaleError.
    """
    assessment = opened(assessment_id, actor, "fill")
    found = Institution.objects.filter(pk=institution_id).first()
    if found is not None and found.assessment_id != assessment_id:
        raise RefusedError("assessment-key")
    wanted = {
        **circle_columns(assessment, institution_id, name, closeness, size),
        "role": text_of(role, 300, "peran"),
    }
    row = found or Institution(id=institution_id, assessment=assessment, version=0)
    if found is not None and not fresh(row, version, wanted):
        return found
    for column, value in wanted.items():
        setattr(row, column, value)
    row.version += 1
    with trail.acting(actor, "assessment.fill"):
        row.save(force_insert=found is None)
        touched(assessment, TOOL_STAGES)
    return row


def circle_columns(assessment: Assessment, key: UUID, name: str, closeness: int, size: int) -> dict[str, object]:
    """Return name, closeness and size as columns. Raises: BadInputError, RefusedError for a name that is there."""
    if not (1 <= closeness <= 5 and 1 <= size <= 3):
        raise BadInputError("assessment-circle")
    words = text_of(name, 120, "lembaga", needed=True)
    if assessment.institutions.filter(name__iexact=words).exclude(pk=key).exists():
        raise RefusedError("assessment-institution-twice", name=words)
    return {"name": words, "closeness": closeness, "size": size}


@transaction.atomic
def remove_institution(*, institution_id: UUID, actor: Hat, at: datetime) -> Assessment:
    """Take an institution out. Raises: NotAllowedError, RefusedError while problems or potentials name it."""
    row = row_of(Institution, institution_id, actor, "fill")
    count = row.entries.count()
    if count:
        raise RefusedError("assessment-in-use", count=count)
    with trail.acting(actor, "assessment.fill"):
        row.delete()
        touched(row.assessment, TOOL_STAGES)
    return row.assessment
