"""Importing a list of proposals: upload with guessed columns, dry run, save. Nothing is written before the save."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.intake.columns import guess_columns
from rembuk.core.intake.proposals import ProposalReading, ReadRow, RefusedRow
from rembuk.core.permissions import require
from rembuk.proposals.importing import MOST_ROWS, ROLE_OF_INPUT, columns_of, read_table, values_of
from rembuk.proposals.labels import input_name
from rembuk.proposals.models import ImportBatch, Proposal
from rembuk.proposals.services.lists import Line, create_many
from rembuk.proposals.services.submission import open_cycle_of
from rembuk.proposals.values import Problem, VillagePlaces, places_of
from rembuk.regions.models import Village
from rembuk.shared import blobs, files, trail
from rembuk.shared.models import Origin, StoredFile
from rembuk.shared.sheets import Workbook, open_sheets

CSV = "text/csv"
SHOWN_ROWS = 40
MOST_REFUSED = 1_000
DONE_STATES = ("saving", "saved")
Progress = Callable[[int, int], None]


@transaction.atomic
def upload_list(
    *, village_id: str, content: bytes, name: str, actor: Hat, at: datetime, sheet: str = ""
) -> ImportBatch:
    """Take a list in: check the file, guess its columns, keep it for a person to confirm. No proposal is made.

    Raises: NotAllowedError, BadInputError with a code of `core.intake.messages` when the file is no readable sheet,
    RefusedError ``import-duplicate`` when the same file came before for this village and year.
    """
    village = Village.objects.select_related("regency").get(pk=village_id)
    require(actor, "proposals.import", village)
    cycle = open_cycle_of(village_id)
    book = open_sheets(content, name)
    digest = blobs.put(content)
    before = ImportBatch.objects.filter(village=village, cycle=cycle, file__sha256=digest).exclude(state="dropped")
    if before.filter(sheet_name=sheet or book.names[0]).exists():
        raise RefusedError("import-duplicate")
    table = book.table(sheet)
    mapping = guess_columns(table)
    with trail.acting(actor, "proposals.import"):
        return ImportBatch.objects.create(
            village=village,
            cycle=cycle,
            file=keep_file(content, digest, book.file, village, actor),
            sheet_name=sheet or book.names[0],
            columns=columns_of(table, mapping),
            mapping={role: mapping.columns.get(role) for role in sorted(set(ROLE_OF_INPUT.values()))},
            made_by=actor.person_id,
        )


def keep_file(content: bytes, digest: str, name: str, village: Village, actor: Hat) -> StoredFile:
    """Keep the list as it came, sheet or text; the reader has already made sure what it is."""
    row, _made = StoredFile.objects.get_or_create(
        sha256=digest,
        name=name[-200:],
        village_id_text=village.id,
        uploaded_by=actor.person_id,
        defaults={
            "content_type": files.XLSX if content.startswith(b"PK") else CSV,
            "size": len(content),
            "origin": Origin.IMPORT,
            "regency_key": village.regency_id,
            "district_key": village.district_id,
        },
    )
    return row


def workbook_of(batch: ImportBatch) -> Workbook:
    """Open the stored file of a batch again."""
    return open_sheets(blobs.read(batch.file.sha256), batch.file.name)


@transaction.atomic
def check_list(*, batch_id: UUID, mapping: Mapping[str, int | None], actor: Hat, at: datetime) -> ImportBatch:
    """Read every row by the columns a person confirmed and keep what was refused and why. No proposal is made.

    Raises: NotAllowedError, RefusedError when it was saved before, has no row or too many, or no column of proposals.
    """
    batch = locked_batch(batch_id, actor)
    if batch.state in DONE_STATES:
        raise RefusedError("import-done")
    if mapping.get("text") is None:
        raise RefusedError("import-no-title")
    reading = read_table(workbook_of(batch).table(batch.sheet_name), mapping)
    total = len(reading.accepted) + len(reading.refused)
    if total == 0:
        raise RefusedError("import-empty")
    if total > MOST_ROWS:
        raise RefusedError("import-too-many", count=total, limit=MOST_ROWS)
    places = places_of(batch.village)
    read, refused = checked_rows(reading, places)
    batch.mapping, batch.state = dict(mapping), "checked"
    batch.rows = [*read[:SHOWN_ROWS], *refused[:MOST_REFUSED]]
    batch.read_count, batch.refused_count = len(read), len(refused)
    batch.version += 1
    with trail.acting(actor, "proposals.import"):
        batch.save()
    return batch


def checked_rows(reading: ProposalReading, places: VillagePlaces) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows that can be saved and those that cannot, as plain values, in the order of the file."""
    notes: dict[int, list[str]] = {}
    for note in reading.notes:
        notes.setdefault(note.row, []).append(note.message)
    read: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for row in reading.rows:
        if isinstance(row, RefusedRow):
            problem = {"column": row.column, "sentence": row.message}
            refused.append({"row": row.row, "state": "refused", "title": "", "problems": [problem]})
            continue
        _values, problems = values_of(row, places)
        if problems:
            refused.append(refused_row(row, problems, reading))
        else:
            read.append({"row": row.row, "state": "read", **shown(row), "notes": notes.get(row.row, [])})
    return read, refused


def refused_row(row: ReadRow, problems: list[Problem], reading: ProposalReading) -> dict[str, Any]:
    told = []
    for problem in problems:
        role = ROLE_OF_INPUT.get(problem.field)
        letter = reading.mapping.letter(role) if role is not None else ""
        place = f"{letter}, {input_name(problem.field)}" if letter else input_name(problem.field)
        told.append({"column": place, "sentence": problem.sentence})
    return {"row": row.row, "state": "refused", "title": row.text[:120], "problems": told}


def shown(row: ReadRow) -> dict[str, Any]:
    return {
        "title": row.text[:160],
        "place": "; ".join(part for part in (row.hamlet, row.location) if part),
        "size": f"{row.volume} {row.unit}".strip(),
        "cost": row.cost,
        "cost_text": row.cost_text,
        "code": row.kegiatan,
        "sources": list(row.sources),
    }


def locked_batch(batch_id: UUID, actor: Hat) -> ImportBatch:
    rows = ImportBatch.objects.select_for_update(of=("self",)).select_related("village__regency", "cycle", "file")
    batch = rows.get(pk=batch_id)
    require(actor, "proposals.import", batch)
    return batch


def no_progress(_done: int, _total: int) -> None:
    """Nobody watches a short import."""


def save_list(*, batch_id: UUID, actor: Hat, at: datetime, progress: Progress = no_progress) -> list[Proposal]:
    """Store the readable rows of a checked list as sent proposals: all of them in one transaction.

    Safe to repeat: the key of a proposal comes from batch and row, so a second run doubles nothing.
    Raises: NotAllowedError, RefusedError when nothing is readable or it was saved before.
    """
    batch = ImportBatch.objects.select_related("village__regency", "cycle", "file").get(pk=batch_id)
    require(actor, "proposals.import", batch)
    lines = lines_of(batch, progress)
    if not lines:
        raise RefusedError("import-nothing-to-save")
    with transaction.atomic():
        batch = locked_batch(batch_id, actor)
        if batch.state not in ("checked", "saving"):
            raise RefusedError("import-done" if batch.state == "saved" else "import-empty")
        made = create_many(
            village_id=batch.village_id,
            lines=lines,
            origin=Origin.IMPORT.value,
            act="proposals.import",
            actor=actor,
            at=at,
            cycle=batch.cycle,
            batch=batch,
        )
        batch.state, batch.saved_count = "saved", len(lines)
        batch.rows = [row for row in batch.rows if row["state"] == "refused"]
        batch.version += 1
        with trail.acting(actor, "proposals.import"):
            batch.save()
    progress(len(lines), len(lines))
    return made


def lines_of(batch: ImportBatch, progress: Progress) -> list[Line]:
    """Read the file again, by the confirmed columns, into lines to store."""
    reading = read_table(workbook_of(batch).table(batch.sheet_name), batch.mapping)
    places = places_of(batch.village)
    lines = []
    for count, row in enumerate(reading.accepted):
        values, problems = values_of(row, places)
        if not problems:
            lines.append(Line(uuid.uuid5(batch.id, str(row.row)), values, row.row))
        if count % 500 == 0:
            progress(count, len(reading.accepted))
    return lines


@transaction.atomic
def start_saving(*, batch_id: UUID, actor: Hat, at: datetime) -> ImportBatch:
    """Mark a checked list as being saved by a job, so that nobody changes its columns meanwhile.

    Raises: NotAllowedError, RefusedError.
    """
    batch = locked_batch(batch_id, actor)
    if batch.state == "saved":
        raise RefusedError("import-done")
    if batch.state == "read" or batch.read_count == 0:
        raise RefusedError("import-nothing-to-save")
    batch.state = "saving"
    with trail.acting(actor, "proposals.import"):
        batch.save(update_fields=["state", "changed_at"])
    return batch


@transaction.atomic
def drop_list(*, batch_id: UUID, actor: Hat, at: datetime) -> ImportBatch:
    """Put an unsaved list away; the same file may be uploaded again. Raises: NotAllowedError, RefusedError."""
    batch = locked_batch(batch_id, actor)
    if batch.state in DONE_STATES:
        raise RefusedError("import-done")
    batch.state, batch.rows = "dropped", []
    with trail.acting(actor, "proposals.import"):
        batch.save(update_fields=["state", "rows", "changed_at"])
    return batch


def refuse_large(size: int, limit: int) -> None:
    """Refuse an upload by its announced size, before it is read. Raises: BadInputError."""
    if size > limit:
        megabyte = 1024 * 1024
        raise BadInputError("berkas-besar", file="", read=-(-size // megabyte), accepted=limit // megabyte)
