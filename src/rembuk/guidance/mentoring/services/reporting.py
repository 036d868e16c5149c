"""Handing in a visit sheet: findings with their promises, last promises looked at, photos, the signature."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.findings import OWED, ItemEvent, ItemState, Severity, due_date, way_to_submit
from rembuk.core.guidance.visit_form import Checklist, checklist_for
from rembuk.core.guidance.visit_states import (
    WRITTEN,
    VisitEvent,
    VisitState,
    days_report_late,
    report_due,
    state_as_of,
)
from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.cycles.queries import holidays
from rembuk.guidance.mentoring.models import (
    ActionEvidence,
    ActionItem,
    ActionStep,
    Finding,
    PromiseCheck,
    Visit,
    VisitAnswer,
    VisitContact,
    VisitPhoto,
)
from rembuk.guidance.mentoring.roster import Roster, people_of
from rembuk.guidance.mentoring.services.base import (
    clock_is_off,
    digest_of,
    kept,
    locked_visit,
    move,
    save,
    take_steps,
)
from rembuk.guidance.mentoring.services.moving import arrive
from rembuk.guidance.mentoring.services.sheet import SheetRead, SheetValues, read_sheet
from rembuk.guidance.mentoring.services.telling import tell_reported, tell_verifiers
from rembuk.guidance.mentoring.standards import grace_of, standards_of
from rembuk.shared import files, trail
from rembuk.shared.models import Origin, StoredFile

ASKED_STATES = [*(state.value for state in OWED), ItemState.VERIFIED.value]
"""Promises that part (a) asks about: what is owed, and what was accepted on paper but not seen yet."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How a sheet came: when it was written on the device, when that device was heard of again, through which door."""

    captured_at: datetime
    origin: Origin = Origin.ONLINE
    first_sync: date | None = None


def report_visit(*, visit_id: UUID, values: SheetValues, actor: Hat, at: datetime, sent: Sent | None = None) -> Visit:
    """Hand in the sheet of a visit. The same sheet again changes nothing; another one for the same visit is refused.

    A late report is marked, not refused. A sheet written before the clock called the visit missed is taken.
    Raises: NotAllowedError, BadInputError, RefusedError with every gap, IllegalTransitionError.
    """
    sent = sent or Sent(at)
    found = Visit.objects.select_related("village__district", "village__regency").get(pk=visit_id)
    require(actor, "mentoring.report", found)
    today = local_day(found.village.regency, min(sent.captured_at, at))
    checklist = checklist_of(found.stage or values.stage, values.list_version)
    # A sheet that is in already asks nothing of promises made since, the replay above all.
    promised = [] if found.body_digest else promised_before(found, sent.captured_at)
    sheet = read_sheet(values, found, checklist, promised, today)
    photos, signed = stored(values, found, actor)
    digest = digest_of({**sheet.body, "files": [photo.sha256 for photo in photos] + [signed.sha256 if signed else ""]})
    with transaction.atomic():
        visit = locked_visit(visit_id, "report", actor)
        if VisitState(visit.state) in WRITTEN:
            if visit.body_digest != digest:
                raise RefusedError("visit-key-taken")
            return visit
        land(visit, sheet.fields["visit_date"], actor, sent)
        with trail.acting(actor, "mentoring.report"):
            write_head(visit, sheet, checklist, digest, actor, at, sent)
            sign_on_paper_now(visit, signed, actor, at)
            save(visit)
            write_rows(visit, sheet, checklist, photos)
            items = write_findings(visit, sheet, checklist, actor, at, sent)
            look_at_promises(visit, sheet, actor, at, sent)
            tell_reported(visit, items, today)
    return visit


def checklist_of(stage: str, version: str) -> Checklist:
    """Return the list of a stage in the version that was on the screen. Raises: BadInputError."""
    try:
        return checklist_for(stage, version)
    except KeyError as error:
        raise BadInputError("visit-kind", read=version[:20]) from error


def promised_before(visit: Visit, moment: datetime) -> list[UUID]:
    """Return what the village owed when the sheet was written: later promises cannot be asked of it. One query."""
    rows = ActionItem.objects.filter(
        village_id=visit.village_id, state__in=ASKED_STATES, finding__received_at__lte=moment
    )
    return list(rows.order_by("due_date", "id").values_list("pk", flat=True))


def stored(values: SheetValues, visit: Visit, actor: Hat) -> tuple[list[StoredFile], StoredFile | None]:
    """Keep photos and the signed page, outside any transaction. Raises: BadInputError."""
    photos = [kept(photo, visit.village_id, actor) for photo in values.photos]
    if any(photo.content_type != files.JPEG for photo in photos):
        raise BadInputError("visit-photo-kind")
    signed = kept(values.signed, visit.village_id, actor, scan=True) if values.signed is not None else None
    if signed is not None and signed.content_type not in (files.JPEG, files.PDF):
        raise BadInputError("item-evidence-kind")
    return list({photo.pk: photo for photo in photos}.values()), signed


def land(visit: Visit, day: date, actor: Hat, sent: Sent) -> None:
    """Move the visit in memory to where its sheet is in, from wherever it stood on the day it was written."""
    missed_after = standards_of(visit.village.regency).missed_after
    visit.state = state_as_of(VisitState(visit.state), visit.planned_date, day, missed_after).value
    if visit.state == VisitState.MISSED:
        raise RefusedError("visit-missed")
    if visit.state != VisitState.ON_SITE:
        arrive(visit, actor, sent.captured_at)
    move(visit, VisitEvent.REPORT)


def write_head(
    visit: Visit, sheet: SheetRead, checklist: Checklist, digest: str, actor: Hat, at: datetime, sent: Sent
) -> None:
    for name, value in sheet.fields.items():
        setattr(visit, name, value)
    regency = visit.village.regency
    standards, free_days = standards_of(regency), holidays(regency)
    returned = visit.returned_date or visit.day
    written = local_day(regency, min(sent.captured_at, at))
    visit.report_due = report_due(returned, free_days, standards.report_days)
    visit.days_late = days_report_late(
        returned, written, free_days, first_sync=sent.first_sync, working_days=standards.report_days
    )
    visit.stage = visit.stage or ("" if checklist.stage == "UMUM" else checklist.stage)
    visit.reported_by, visit.captured_at, visit.received_at = actor.person_id, sent.captured_at, at
    visit.origin, visit.body_digest = sent.origin, digest
    visit.clock_flag = clock_is_off(sent.captured_at, at)


def sign_on_paper_now(visit: Visit, signed: StoredFile | None, actor: Hat, at: datetime) -> None:
    """Take the signed page that came with the sheet; somebody else looks at it before the visit is closed."""
    if signed is None or not visit.signer_name:
        return
    move(visit, VisitEvent.ACKNOWLEDGE)
    visit.signed_how, visit.signed_file = Visit.Signed.PAPER, signed
    visit.acknowledged_by, visit.acknowledged_at = actor.person_id, at


def write_rows(visit: Visit, sheet: SheetRead, checklist: Checklist, photos: Iterable[StoredFile]) -> None:
    VisitContact.objects.bulk_create(
        VisitContact(visit=visit, order=number, name=row.name, role=row.role, sex=row.sex)
        for number, row in enumerate(sheet.contacts, 1)
    )
    VisitAnswer.objects.bulk_create(
        VisitAnswer(
            visit=visit,
            stage=checklist.stage,
            list_version=checklist.version,
            code=row.code,
            answer=row.answer,
            evidence=row.evidence,
        )
        for row in {row.code: row for row in sheet.answers}.values()
    )
    VisitPhoto.objects.bulk_create(VisitPhoto(visit=visit, file=photo) for photo in photos)


def write_findings(
    visit: Visit, sheet: SheetRead, checklist: Checklist, actor: Hat, at: datetime, sent: Sent
) -> list[ActionItem]:
    """Write findings and what was promised about them. Raises: RefusedError when the recorder would be the owner."""
    standards = standards_of(visit.village.regency)
    grace = grace_of(visit.village, standards)
    roster = Roster({Role(row.owner_role) for row in sheet.findings}, visit.day)
    findings, items = [], []
    for number, row in enumerate(sheet.findings, 1):
        owners = people_of(roster.who(Role(row.owner_role), visit.place, row.agency))
        if actor.person_id in owners:
            raise RefusedError("item-owner-is-recorder", text=row.text[:120])
        finding = Finding(
            id=uuid5(visit.pk, f"temuan:{number}"),
            visit=visit,
            village=visit.village,
            order=number,
            checklist_code=row.code,
            list_version=checklist.version if row.code else "",
            severity=row.severity.value,
            text=row.text,
            recorded_by=actor.person_id,
            captured_at=sent.captured_at,
            received_at=at,
            origin=sent.origin,
        )
        findings.append(finding)
        items.append(
            ActionItem(
                id=uuid5(finding.pk, "tindak-lanjut"),
                finding=finding,
                village=visit.village,
                severity=row.severity.value,
                recommendation=row.recommendation,
                mandatory=row.mandatory,
                owner_role=row.owner_role,
                agency=row.agency,
                owner_person=owners[0] if owners else None,
                recorded_by=actor.person_id,
                opened_date=visit.day,
                due_date=row.due or due_date(row.severity, visit.day, grace, standards.due),
                grace_days=0 if row.due else grace,
            )
        )
    Finding.objects.bulk_create(findings)
    ActionItem.objects.bulk_create(items)
    ActionStep.objects.bulk_create(
        ActionStep(item=item, order=1, event="open", state=item.state, by=actor.person_id, at=sent.captured_at)
        for item in items
    )
    return items


def look_at_promises(visit: Visit, sheet: SheetRead, actor: Hat, at: datetime, sent: Sent) -> None:
    """Store what was seen of each promise, and move those that this moves; one that went on meanwhile stays."""
    rows = ActionItem.objects.select_for_update(of=("self",)).select_related("village__regency", "village__district")
    known = {str(item.pk): item for item in rows.filter(village=visit.village, pk__in=list(sheet.promises))}
    checks = []
    for key, (seen, note) in sorted(sheet.promises.items()):
        item = known.get(key)
        if item is None:
            continue
        checks.append(PromiseCheck(visit=visit, item=item, seen=seen, note=note))
        if seen_moves(item, visit, seen, note, actor, at, sent):
            save(item)
            if item.state == ItemState.SUBMITTED:
                tell_verifiers(item, local_day(visit.village.regency, at))
    PromiseCheck.objects.bulk_create(checks)


def seen_moves(item: ActionItem, visit: Visit, seen: str, note: str, actor: Hat, at: datetime, sent: Sent) -> bool:
    """Move an item in memory by what a visitor saw; returns whether it moved."""
    state = ItemState(item.state)
    if seen == PromiseCheck.Seen.DONE and state is ItemState.VERIFIED:
        take_steps(item, [ItemEvent.CLOSE], by=actor.person_id, at=sent.captured_at, note=note)
        item.ended_at = at
    elif seen == PromiseCheck.Seen.DONE and state in OWED and state is not ItemState.SUBMITTED:
        ActionEvidence.objects.create(
            item=item,
            visit=visit,
            note=note,
            added_by=actor.person_id,
            captured_at=sent.captured_at,
            received_at=at,
            origin=sent.origin,
            body_digest=digest_of({"visit": visit.pk, "note": note}),
        )
        take_steps(item, way_to_submit(state), by=actor.person_id, at=sent.captured_at, note=note)
        item.submitted_by, item.evidence_at = actor.person_id, sent.captured_at
    elif seen == PromiseCheck.Seen.WORKING and state is ItemState.OPEN:
        take_steps(item, [ItemEvent.BEGIN], by=actor.person_id, at=sent.captured_at, note=note)
    elif seen == PromiseCheck.Seen.WORKING and state is ItemState.REJECTED:
        take_steps(item, [ItemEvent.RESUME], by=actor.person_id, at=sent.captured_at, note=note)
    elif seen == PromiseCheck.Seen.OPEN and state is ItemState.VERIFIED:
        reopen(item, visit.day, by=actor.person_id, at=sent.captured_at, note=note)
    else:
        return False
    return True


def reopen(item: ActionItem, day: date, *, by: UUID, at: datetime, note: str) -> None:
    """Move a kept promise back in memory, with new days from *day*; its steps and evidence stay."""
    take_steps(item, [ItemEvent.REOPEN], by=by, at=at, note=note)
    standards = standards_of(item.village.regency)
    item.grace_days = grace_of(item.village, standards)
    item.due_date = due_date(Severity(item.severity), day, item.grace_days, standards.due)
    item.verified_by = item.verified_at = item.met_date = item.ended_at = None
