"""The estimates (RAB) of a budget file: which line each explains, and their rows stored with the budget."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from rembuk.budgeting.estimating import NOT_OURS, EstimateChoice, estimates_beside, findings_of
from rembuk.budgeting.incoming import reading_of, workbook_of
from rembuk.budgeting.models import ApbdesEstimate, ApbdesEstimateLine, ApbdesImport, ApbdesLine
from rembuk.budgeting.services.locking import locked_import
from rembuk.core.errors import BadInputError
from rembuk.core.hat import Hat
from rembuk.core.intake.apb import BudgetReading
from rembuk.shared import trail


@transaction.atomic
def choose_estimates(*, import_id: UUID, choices: Mapping[str, str], actor: Hat, at: datetime) -> ApbdesImport:
    """Keep which budget line each RAB sheet explains; no row is stored. The same again changes nothing.

    choices: name of a sheet -> row of the budget, ``bukan`` for none of it, empty to leave it open.
    Raises: NotAllowedError, RefusedError, BadInputError for a sheet or a row that the file does not have.
    """
    batch = locked_import(import_id, actor)
    book = workbook_of(batch)
    sheets = {each.sheet for each in estimates_beside(book, batch.sheet_name)}
    rows = {str(line.row) for line in reading_of(batch).lines}
    for sheet, said in choices.items():
        if sheet not in sheets or (said and said != NOT_OURS and said not in rows):
            raise BadInputError("apb-estimate-unknown", sheet=sheet, row=said)
    kept = {sheet: said for sheet, said in {**batch.estimates, **choices}.items() if said}
    if kept == batch.estimates:
        return batch
    batch.estimates = kept
    batch.version += 1
    with trail.acting(actor, "budgeting.import_apbdes"):
        batch.save(update_fields=["estimates", "version", "changed_at"])
    return batch


def estimates_content(choices: Sequence[EstimateChoice], reading: BudgetReading) -> list[Any]:
    """Return what would be stored of the estimates, for the digest; rows of the sheets left out."""
    places = {line.row: number for number, line in enumerate(reading.lines)}
    return [
        [
            places[each.line.row],
            each.sheet,
            each.reading.activity,
            each.reading.printed,
            [[row.description, row.volume, row.unit, row.price, row.amount] for row in each.reading.lines],
        ]
        for each in choices
        if each.stored and each.line is not None
    ]


def store_estimates(stored: Sequence[ApbdesLine], choices: Sequence[EstimateChoice], reading: BudgetReading) -> None:
    """Store the estimates that are tied to a line, with their rows and findings. The caller says who acts."""
    lines = {line.row: line for line in stored}
    findings = findings_of(choices, reading)
    made, rows = [], []
    for order, each in enumerate(choices, 1):
        if not each.stored or each.line is None:
            continue
        estimate = ApbdesEstimate(
            line=lines[each.line.row],
            order=order,
            sheet_name=each.sheet[:120],
            activity=each.reading.activity[:300],
            linked_by=each.how,
            total=each.reading.total,
            printed=each.reading.printed,
            findings=[asdict(finding) for finding in findings[each.sheet]],
        )
        made.append(estimate)
        rows += rows_of(estimate, each)
    ApbdesEstimate.objects.bulk_create(made, batch_size=200)
    ApbdesEstimateLine.objects.bulk_create(rows, batch_size=400)


def rows_of(estimate: ApbdesEstimate, each: EstimateChoice) -> list[ApbdesEstimateLine]:
    return [
        ApbdesEstimateLine(
            estimate=estimate,
            order=number,
            row=row.row,
            description=row.description[:300],
            volume_text=row.volume[:40],
            unit=row.unit[:40],
            price_text=row.price[:40],
            amount=row.amount,
        )
        for number, row in enumerate(each.reading.lines, 1)
    ]
