"""Hand in the RPJM Desa that villages have, read them, and let the village confirm its own into the register."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError, RembukError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.intake import messages
from rembuk.core.permissions import require
from rembuk.plans.models import ReceivedRpjmdes, Rpjmdes, RpjmdesItem
from rembuk.plans.received_board import received_by_id
from rembuk.plans.received_reading import (
    MOST_LINES,
    SHOWN_REFUSED,
    Found,
    line_values,
    read_file,
    values_from,
    village_named,
)
from rembuk.plans.services.register import register_rpjmdes
from rembuk.regions.models import Regency, Village
from rembuk.shared import files, trail

State = ReceivedRpjmdes.State
Progress = Callable[[int, int], None]
READABLE = (files.XLSX, files.DOCX)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What became of files handed in together. refused: (name, refusal)."""

    taken: tuple[ReceivedRpjmdes, ...]
    known: tuple[ReceivedRpjmdes, ...]
    refused: tuple[tuple[str, RembukError], ...]


def hand_in(
    *, regency_code: str, uploads: Sequence[tuple[str, bytes]], actor: Hat, at: datetime, village_id: str = ""
) -> HandedIn:
    """Keep files with RPJM Desa; each is guessed to be of the village that its name names. Nothing is read yet.

    One file that is no sheet does not hold up the others. Raises: NotAllowedError.
    """
    regency = Regency.objects.get(pk=regency_code)
    village = Village.objects.select_related("regency").get(pk=village_id) if village_id else None
    require(actor, "plans.hand_in_rpjmdes", village or regency)
    names, codes = villages_of(regency)
    taken: list[ReceivedRpjmdes] = []
    known: list[ReceivedRpjmdes] = []
    refused: list[tuple[str, RembukError]] = []
    for name, content in uploads:
        try:
            row, made = keep(regency, name, content, village_id or village_named([name], names, codes), actor)
        except RembukError as error:
            refused.append((name, error))
            continue
        (taken if made else known).append(row)
    return HandedIn(tuple(taken), tuple(known), tuple(refused))


def villages_of(regency: Regency) -> tuple[dict[str, str], dict[str, str]]:
    """Return key -> name and key -> official code of the villages of a regency. One query."""
    rows = list(Village.objects.filter(regency=regency).values_list("pk", "name", "code"))
    return {key: name for key, name, _code in rows}, {key: code for key, _name, code in rows}


def keep(regency: Regency, name: str, content: bytes, village_id: str, actor: Hat) -> tuple[ReceivedRpjmdes, bool]:
    """Keep one file and its row; the same file again gives the row that is there. Raises: BadInputError."""
    try:
        readable = files.kind_of(files.take(content)) in READABLE
    except BadInputError as refusal:
        if refusal.code != "file-kind":
            raise
        readable = False
    if not readable:
        raise BadInputError("rpjmdes-file-kind")
    stored = files.store(content, name=name, village_id=village_id, hat=actor)
    with transaction.atomic(), trail.acting(actor, "plans.hand_in_rpjmdes"):
        before = ReceivedRpjmdes.objects.filter(regency=regency, file__sha256=stored.sha256).exclude(
            state=State.DROPPED
        )
        if found := before.select_related("regency", "village").first():
            return found, False
        row = ReceivedRpjmdes(regency=regency, village_id=village_id or None, file=stored)
        row.handed_in_by = actor.person_id
        row.save()
    return row, True


def read_received(
    *,
    received_id: UUID,
    actor: Hat,
    at: datetime,
    sheet: str = "",
    period: tuple[int, int] | None = None,
) -> ReceivedRpjmdes:
    """Read a file, again if it was read before, and keep what it says until somebody confirms it.

    A file that cannot be read is kept with the reason. Raises: NotAllowedError, RefusedError when it was confirmed.
    """
    row = received_by_id(received_id)
    require(actor, "plans.hand_in_rpjmdes", row)
    refuse_over(row)
    try:
        found: Found | None = read_file(files.read(row.file), row.file.name, sheet, period)
        error = ""
    except BadInputError as refusal:
        found, error = None, messages.sentence_of(refusal)
    guessed = "" if row.village_id or found is None else village_named([found.title], *villages_of(row.regency))
    with transaction.atomic(), trail.acting(actor, "plans.hand_in_rpjmdes"):
        row = locked(received_id)
        refuse_over(row)
        row.village_id = row.village_id or guessed or None
        row.error, row.state, row.read_at = error, State.READ if found else State.FAILED, at
        if found is not None:
            write(row, found)
        row.version += 1
        row.save()
    return row


def write(row: ReceivedRpjmdes, found: Found) -> None:
    """Put what was read into the row."""
    reading = found.reading
    row.sheet, row.sheets, row.family = reading.sheet[:100], list(found.sheets)[:60], reading.family
    row.start_year, row.end_year = reading.period or (None, None)
    row.lines = [line_values(line) for line in reading.rows[:MOST_LINES]]
    row.refused = [{"row": note.row, "column": note.column, "text": note.message} for note in reading.refused]
    row.refused = row.refused[:SHOWN_REFUSED]
    row.notes = [{"row": note.row, "text": note.message} for note in reading.notes][:SHOWN_REFUSED]
    row.line_count, row.refused_count = len(row.lines), len(reading.refused)
    row.total = reading.total
    whole = [total.amount for total in reading.totals if total.amount is not None]
    row.printed = max(whole, default=None)


def read_waiting(*, regency_code: str, actor: Hat, at: datetime, progress: Progress | None = None) -> tuple[int, int]:
    """Read every file that waits; one that was read before a crash is not read again. Returns (read, not readable)."""
    waiting = ReceivedRpjmdes.objects.filter(regency_id=regency_code, state=State.RECEIVED).order_by("created_at", "id")
    keys = list(waiting.values_list("pk", flat=True))
    good = bad = 0
    for done, key in enumerate(keys, 1):
        row = read_received(received_id=key, actor=actor, at=at)
        good, bad = good + (row.state == State.READ), bad + (row.state == State.FAILED)
        if progress is not None:
            progress(done, len(keys))
    return good, bad


@transaction.atomic
def assign_village(*, received_id: UUID, village_id: str, version: int, actor: Hat, at: datetime) -> ReceivedRpjmdes:
    """Say whose RPJM Desa a file is. Raises: NotAllowedError, StaleError, RefusedError, Village.DoesNotExist."""
    row = locked(received_id)
    require(actor, "plans.sort_rpjmdes", row)
    refuse_over(row)
    refuse_stale(row, version)
    row.village = Village.objects.get(pk=village_id, regency=row.regency)
    row.version += 1
    with trail.acting(actor, "plans.sort_rpjmdes"):
        row.save()
    return row


@transaction.atomic
def drop_received(*, received_id: UUID, version: int, actor: Hat, at: datetime) -> ReceivedRpjmdes:
    """Set a file aside; it can be handed in again. Raises: NotAllowedError, StaleError, RefusedError."""
    row = locked(received_id)
    require(actor, "plans.hand_in_rpjmdes", row)
    refuse_over(row)
    refuse_stale(row, version)
    row.state = State.DROPPED
    row.version += 1
    with trail.acting(actor, "plans.hand_in_rpjmdes"):
        row.save()
    return row


@transaction.atomic
def confirm_received(
    *,
    received_id: UUID,
    number: str,
    on: date | None,
    start_year: int,
    end_year: int,
    version: int,
    actor: Hat,
    at: datetime,
    vision: str = "",
) -> ReceivedRpjmdes:
    """Make what was read the registered RPJM Desa of the village, all of it or nothing.

    Raises: NotAllowedError, StaleError, BadInputError (particulars, a year outside the period), RefusedError (no
    village yet, nothing read, an RPJM Desa already in force).
    """
    row = locked(received_id)
    if row.village is None:
        raise RefusedError("rpjmdes-file-no-village")
    require(actor, "plans.edit_rpjmdes", row.village)
    refuse_over(row)
    refuse_stale(row, version)
    if row.state != State.READ or not row.lines:
        raise RefusedError("rpjmdes-file-unread")
    made = register_rpjmdes(
        village_id=row.village.pk,
        number=number,
        on=on,
        start_year=start_year,
        end_year=end_year,
        vision=vision,
        file=row.file,
        actor=actor,
        at=at,
    )
    with trail.acting(actor, "plans.edit_rpjmdes"):
        RpjmdesItem.objects.bulk_create(items_from(row.lines, made), batch_size=200)
        row.state, row.rpjmdes = State.CONFIRMED, made
        row.confirmed_by, row.confirmed_at = actor.person_id, at
        row.version += 1
        row.save()
    return row


def items_from(lines: Sequence[Mapping[str, Any]], rpjmdes: Rpjmdes) -> list[RpjmdesItem]:
    """Return the unsaved activities of what was read. Raises: BadInputError for a year outside the period."""
    made = []
    for order, line in enumerate(lines, 1):
        outside = [year for year in line["years"] if year not in rpjmdes.period]
        if outside:
            raise BadInputError("rpjmdes-period", start=min(outside), end=max(outside))
        values = values_from(line)
        words = "" if values.volume is not None else line["volume_text"]
        made.append(RpjmdesItem(rpjmdes=rpjmdes, order=order, volume_text=words, **values.columns))
    return made


def village_meant(*, regency_code: str, text: str) -> str:
    """Return the key of the village that a person typed, by name or official code, or an empty text."""
    regency = Regency.objects.get(pk=regency_code)
    return village_named([text], *villages_of(regency))


def locked(received_id: UUID) -> ReceivedRpjmdes:
    rows = ReceivedRpjmdes.objects.select_for_update(of=("self",))
    return rows.select_related("file", "regency", "village__district", "village__regency").get(pk=received_id)


def refuse_over(row: ReceivedRpjmdes) -> None:
    if row.state in (State.CONFIRMED, State.DROPPED):
        raise RefusedError("rpjmdes-file-over", state=row.get_state_display())


def refuse_stale(row: ReceivedRpjmdes, version: int) -> None:
    if row.version != version:
        raise StaleError("stale", changes=[], version=row.version)
