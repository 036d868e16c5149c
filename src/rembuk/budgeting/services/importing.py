"""Bringing the budget lines back: upload, choose the plan item of each row, store all of it or nothing."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from rembuk.budgeting.apb_labels import EMERGENCY, STATES
from rembuk.budgeting.estimating import EstimateChoice, estimate_choices, estimates_beside, left_out
from rembuk.budgeting.incoming import Choice, choices_of, incomes_beside, reading_of, sheet_of, workbook_of
from rembuk.budgeting.lineage import present_keys
from rembuk.budgeting.models import (
    Apbdes,
    ApbdesAccount,
    ApbdesFunding,
    ApbdesImport,
    ApbdesIncome,
    ApbdesLine,
    ApbdesVersion,
)
from rembuk.budgeting.queries import current_apbdes, current_version, cycle_by_id
from rembuk.budgeting.services.estimates import estimates_content, store_estimates
from rembuk.budgeting.services.locking import locked_import
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.intake.apb import BudgetReading
from rembuk.core.intake.apb.lines import IncomeLine
from rembuk.core.permissions import require
from rembuk.core.workflow.apb_evaluation import IN_FORCE, ApbState
from rembuk.cycles.models import Cycle
from rembuk.plans.models import RkpdesVersion
from rembuk.plans.queries import items_of, version_in_force
from rembuk.regions.models import Village
from rembuk.shared import blobs, files, trail
from rembuk.shared.models import Origin, StoredFile
from rembuk.shared.sheets import open_sheets

CSV = "text/csv"
REPLACEABLE = frozenset(
    {
        ApbState.DRAFT.value,
        ApbState.REFUSED.value,
        ApbState.NOT_CONFORM.value,
        ApbState.CONFORM_WITH_NOTES.value,
        ApbState.CORRECTION.value,
    }
)
"""States in which the lines of a budget may still be replaced by another file."""
LONGEST_REASON = 1_000


def upload_apbdes(
    *, cycle_id: UUID, content: bytes, name: str, actor: Hat, at: datetime, sheet: str = ""
) -> ApbdesImport:
    """Take a budget file in and keep it for a person to look at. No line is stored.

    The same file again gives the import that is there, unless another budget or another plan has come since.
    Raises: NotAllowedError, RefusedError without an enacted plan, BadInputError with a code of
    `core.intake.messages` when the file is no readable sheet.
    """
    cycle = cycle_by_id(cycle_id)
    require(actor, "budgeting.import_apbdes", cycle)
    plan = version_in_force(cycle_id)
    if plan is None:
        raise RefusedError("apb-no-plan", year=cycle.budget_year)
    book = open_sheets(content, name)
    wanted = sheet or sheet_of(book)
    book.table(wanted)
    digest = blobs.put(content)
    with transaction.atomic(), trail.acting(actor, "budgeting.import_apbdes"):
        before = ApbdesImport.objects.filter(cycle=cycle, file__sha256=digest, sheet_name=wanted)
        there = before.exclude(state=ApbdesImport.State.DROPPED).select_related("file", "result").first()
        if there is not None and still_holds(there, plan):
            return there
        return ApbdesImport.objects.create(
            village=cycle.village,
            cycle=cycle,
            file=keep_file(content, digest, book.file, cycle.village, actor),
            sheet_name=wanted,
            made_by=actor.person_id,
        )


def still_holds(batch: ApbdesImport, plan: RkpdesVersion) -> bool:
    """Return whether an import of the same file still stands: unsaved, or saved as the budget and plan of today."""
    if batch.state == ApbdesImport.State.READ or batch.result is None:
        return True
    return batch.result == current_version(batch.cycle_id) and batch.result.plan_id == plan.pk


def keep_file(content: bytes, digest: str, name: str, village: Village, actor: Hat) -> StoredFile:
    """Keep the budget as it came, sheet or text; the reader has already made sure what it is."""
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


@transaction.atomic
def choose_items(
    *, import_id: UUID, choices: Mapping[str, str], reasons: Mapping[str, str], actor: Hat, at: datetime
) -> ApbdesImport:
    """Keep which plan item each row is; ``darurat`` with a reason for an emergency of bidang 5. No line is stored.

    choices: {row: key of an item, ``darurat`` or empty}. Raises: NotAllowedError, RefusedError, BadInputError for an
    item that the plan in force does not have.
    """
    batch = locked_import(import_id, actor)
    plan = plan_of(batch)
    known = {str(key) for key in plan.items.values_list("pk", flat=True)}
    kept = {row: said for row, said in choices.items() if said}
    for row, said in kept.items():
        if said != EMERGENCY and said not in known:
            raise BadInputError("apb-import-unknown-item", row=row)
    batch.choices = {**batch.choices, **kept}
    for row in choices.keys() - kept.keys():
        batch.choices.pop(row, None)
    batch.reasons = {**batch.reasons, **{row: text.strip()[:LONGEST_REASON] for row, text in reasons.items()}}
    batch.version += 1
    with trail.acting(actor, "budgeting.import_apbdes"):
        batch.save(update_fields=["choices", "reasons", "version", "changed_at"])
    return batch


def save_apbdes(*, import_id: UUID, actor: Hat, at: datetime) -> ApbdesVersion:
    """Store the lines of an import with their links, accounts, estimates and incomes: all of them in one transaction.

    The same content as the newest version stores nothing and returns that version. A budget in force is left as it is
    and an amendment is opened beside it. Raises: NotAllowedError, RefusedError (rows that cannot be read, rows without
    a plan item, a budget under evaluation, nothing to store), BadInputError of the file.
    """
    batch = ApbdesImport.objects.select_related("village__regency", "cycle", "file").get(pk=import_id)
    require(actor, "budgeting.import_apbdes", batch)
    plan = plan_of(batch)
    content = content_of(batch, plan)
    refuse_unfit(content.reading, content.choices)
    digest = content_digest(plan, content)
    with transaction.atomic():
        batch = locked_import(import_id, actor)
        Cycle.objects.select_for_update(of=("self",)).get(pk=batch.cycle_id)
        newest = current_version(batch.cycle_id)
        if newest is None or newest.digest != digest:
            apbdes = open_apbdes(batch, actor)
            newest = store(apbdes, batch, plan, content, digest, actor, at)
        batch.state, batch.result = ApbdesImport.State.SAVED, newest
        batch.version += 1
        with trail.acting(actor, "budgeting.import_apbdes"):
            batch.save()
    return newest


@dataclass(frozen=True, slots=True)
class Content:
    """What a file brings: its sheet as read, what each row and each estimate is, the incomes."""

    reading: BudgetReading
    choices: Sequence[Choice]
    incomes: Sequence[IncomeLine]
    estimates: Sequence[EstimateChoice]


def content_of(batch: ApbdesImport, plan: RkpdesVersion) -> Content:
    """Read the file of an import with what people chose. Raises: BadInputError of the file."""
    book, reading = workbook_of(batch), reading_of(batch)
    return Content(
        reading,
        choices_of(batch, reading, items_of(plan.id), present_keys(plan)),
        reading.incomes or incomes_beside(book, batch.sheet_name),
        estimate_choices(batch, reading, estimates_beside(book, batch.sheet_name)),
    )


def plan_of(batch: ApbdesImport) -> RkpdesVersion:
    plan = version_in_force(batch.cycle_id)
    if plan is None:
        raise RefusedError("apb-no-plan", year=batch.cycle.budget_year)
    return plan


def refuse_unfit(reading: BudgetReading, found: Sequence[Choice]) -> None:
    """Refuse a file that cannot be stored whole: a budget read in part is none."""
    if not reading.lines:
        raise RefusedError("apb-empty", sheet=reading.sheet)
    if reading.blocks:
        raise RefusedError("apb-import-blocked", count=len({each.row for each in reading.blocks}))
    for each in found:
        if each.emergency and not each.may_be_emergency:
            raise BadInputError("apb-import-not-emergency", row=each.line.row)
        if each.emergency and not each.reason:
            raise BadInputError("apb-import-reason", row=each.line.row)
    loose = [each for each in found if not each.settled]
    if loose:
        raise RefusedError("apb-import-unlinked", count=len(loose))


def content_digest(plan: RkpdesVersion, content: Content) -> str:
    """Return the SHA-256 of what would be stored, rows of the sheet left out.

    A file without estimates has the digest that it had before estimates were stored.
    """
    value: list[Any] = [str(plan.pk)]
    for each in content.choices:
        line = each.line
        value.append(
            [
                str(each.item.pk) if each.item is not None else "",
                each.reason,
                [line.code, line.package, line.name, line.location, line.volume, line.unit],
                sorted(line.funding),
                [[row.account, row.description, row.amount, row.source] for row in line.accounts],
            ]
        )
    value.append([[row.code, row.name, row.amount, row.source, row.kind] for row in content.incomes])
    if estimates := estimates_content(content.estimates, content.reading):
        value.append(estimates)
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def open_apbdes(batch: ApbdesImport, actor: Hat) -> Apbdes:
    """Return the budget whose lines may be replaced; one in force gets an amendment. Raises: RefusedError."""
    newest = current_apbdes(batch.cycle_id)
    if newest is not None and newest.state in REPLACEABLE:
        return newest
    if newest is not None and newest.state not in IN_FORCE and newest.state != ApbState.REVOKED:
        raise RefusedError("apb-in-evaluation", state=str(STATES[newest.state]))
    with trail.acting(actor, "budgeting.import_apbdes"):
        number = 0 if newest is None else newest.number + 1
        return Apbdes.objects.create(village=batch.village, cycle=batch.cycle, number=number)


def store(
    apbdes: Apbdes,
    batch: ApbdesImport,
    plan: RkpdesVersion,
    content: Content,
    digest: str,
    actor: Hat,
    at: datetime,
) -> ApbdesVersion:
    reading = content.reading
    number = apbdes.versions.count() + 1
    with trail.acting(actor, "budgeting.import_apbdes"):
        version = ApbdesVersion.objects.create(
            apbdes=apbdes,
            version_no=number,
            plan=plan,
            file=batch.file,
            sheet_name=batch.sheet_name,
            digest=digest,
            disagreements=[*(each.message for each in reading.disagreements), *left_out(content.estimates)],
            made_by=actor.person_id,
            made_at=at,
        )
        lines = [line_of(version, order, each) for order, each in enumerate(content.choices, 1)]
        ApbdesLine.objects.bulk_create(lines, batch_size=200)
        fundings, accounts = below(lines, content.choices)
        ApbdesFunding.objects.bulk_create(fundings, batch_size=400)
        ApbdesAccount.objects.bulk_create(accounts, batch_size=400)
        ApbdesIncome.objects.bulk_create(incomes_of(version, content.incomes), batch_size=400)
        store_estimates(lines, content.estimates, reading)
    return version


def incomes_of(version: ApbdesVersion, rows: Sequence[IncomeLine]) -> list[ApbdesIncome]:
    return [
        ApbdesIncome(
            version=version,
            order=order,
            code=row.code[:14],
            name=row.name[:300],
            source=row.source,
            amount=row.amount,
            kind=row.kind,
        )
        for order, row in enumerate(rows, 1)
    ]


def line_of(version: ApbdesVersion, order: int, each: Choice) -> ApbdesLine:
    line = each.line
    return ApbdesLine(
        version=version,
        order=order,
        row=line.row,
        code=line.code,
        package=line.package,
        name=line.name[:300],
        location=line.location[:200],
        volume_text=" ".join(part for part in (line.volume, line.unit) if part)[:80],
        field=line.field,
        item=each.item,
        linked_by=each.how if each.item is not None else "",
        emergency_reason=each.reason if each.item is None else "",
    )


def below(lines: Sequence[ApbdesLine], found: Sequence[Choice]) -> tuple[list[ApbdesFunding], list[ApbdesAccount]]:
    """Return the money and the accounts of the lines."""
    fundings, accounts = [], []
    for line, each in zip(lines, found, strict=True):
        fundings += [ApbdesFunding(line=line, source=source, amount=amount) for source, amount in each.line.funding]
        accounts += [
            ApbdesAccount(
                line=line,
                order=order,
                account_code=row.account[:14],
                description=row.description[:300],
                volume_text=" ".join(part for part in (row.volume, row.unit) if part)[:80],
                source=row.source,
                amount=row.amount,
            )
            for order, row in enumerate(each.line.accounts, 1)
        ]
    return fundings, accounts


@transaction.atomic
def drop_apbdes(*, import_id: UUID, actor: Hat, at: datetime) -> ApbdesImport:
    """Put an unsaved file away; the same file may be uploaded again. Raises: NotAllowedError, RefusedError."""
    batch = locked_import(import_id, actor)
    batch.state = ApbdesImport.State.DROPPED
    with trail.acting(actor, "budgeting.import_apbdes"):
        batch.save(update_fields=["state", "changed_at"])
    return batch
