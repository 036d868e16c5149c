"""What becomes of a promise: begun, evidence handed in, judged by another, waived by rank, replaced, opened again."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.standing_in import standing_in
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.guidance.findings import ItemEvent, ItemState, Severity, due_date, may_verify, may_waive, way_to_submit
from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.guidance.mentoring.models import ActionEvidence, ActionItem, ActionStep
from rembuk.guidance.mentoring.queries import item_by_id
from rembuk.guidance.mentoring.roster import Roster, people_of
from rembuk.guidance.mentoring.services.base import (
    Uploaded,
    digest_of,
    fresh,
    kept,
    locked_item,
    save,
    take_steps,
    today_at,
)
from rembuk.guidance.mentoring.services.reporting import Sent
from rembuk.guidance.mentoring.services.reporting import reopen as opened_again
from rembuk.guidance.mentoring.services.sheet import owner_agency
from rembuk.guidance.mentoring.services.telling import item_title, tell_owner, tell_verifiers
from rembuk.guidance.mentoring.standards import grace_of, standards_of
from rembuk.guidance.mentoring.typed import LONGEST_TEXT, lines, needed, words
from rembuk.shared import files, trail
from rembuk.shared.notices.services import notify


@transaction.atomic
def begin_item(*, item_id: UUID, note: str = "", actor: Hat, at: datetime) -> ActionItem:
    """Say that the work has begun, or goes on after evidence was not enough. Repeating changes nothing.

    Raises: NotAllowedError, BadInputError, IllegalTransitionError.
    """
    item = locked_item(item_id, "work", actor)
    if item.state == ItemState.IN_PROGRESS:
        return item
    event = ItemEvent.RESUME if item.state == ItemState.REJECTED else ItemEvent.BEGIN
    with trail.acting(actor, "mentoring.work"):
        take_steps(item, [event], by=actor.person_id, at=at, note=words(_("catatan"), note))
        save(item)
    return item


def submit_evidence(
    *,
    item_id: UUID,
    evidence_id: UUID,
    file: Uploaded | None,
    note: str = "",
    actor: Hat,
    at: datetime,
    sent: Sent | None = None,
) -> ActionItem:
    """Hand in a photo or PDF that shows a promise kept; somebody else judges it. The same key again changes nothing.

    The day of *sent* decides whether it came in time. Raises: NotAllowedError, BadInputError, RefusedError,
    IllegalTransitionError.
    """
    sent = sent or Sent(at)
    found = item_by_id(item_id)
    require(actor, "mentoring.work", found)
    text = words(_("catatan"), note, 500)
    if file is None:
        raise BadInputError("item-evidence-missing")
    kept_file = kept(file, found.village_id, actor, scan=True)
    if kept_file.content_type not in (files.JPEG, files.PDF):
        raise BadInputError("item-evidence-kind")
    digest = digest_of({"item": item_id, "file": kept_file.sha256, "note": text})
    with transaction.atomic():
        item = locked_item(item_id, "work", actor)
        there = ActionEvidence.objects.filter(pk=evidence_id).first()
        if there is not None:
            if there.body_digest != digest:
                raise RefusedError("item-key-taken")
            return item
        events = way_to_submit(ItemState(item.state))
        with trail.acting(actor, "mentoring.work"):
            ActionEvidence.objects.create(
                id=evidence_id,
                item=item,
                file=kept_file,
                note=text,
                added_by=actor.person_id,
                captured_at=sent.captured_at,
                received_at=at,
                origin=sent.origin,
                body_digest=digest,
            )
            take_steps(item, events, by=actor.person_id, at=sent.captured_at, note=text)
            item.submitted_by, item.evidence_at = actor.person_id, sent.captured_at
            save(item)
            tell_verifiers(item, today_at(item, at))
    return item


@transaction.atomic
def verify_item(
    *, item_id: UUID, note: str = "", look_again: bool = False, version: int | None = None, actor: Hat, at: datetime
) -> ActionItem:
    """Accept the evidence. It ends the promise, unless *look_again*: then the next visit looks at it in the village.

    Raises: NotAllowedError (owner, recorder or who handed it in, too), StaleError, IllegalTransitionError.
    """
    item = judged(item_id, version, actor, at)
    events = [ItemEvent.VERIFY] if look_again else [ItemEvent.VERIFY, ItemEvent.CLOSE]
    text = lines(_("catatan"), note)
    handed_in = item.evidence_at or at
    with trail.acting(actor, "mentoring.verify"):
        take_steps(item, events, by=actor.person_id, at=at, note=text)
        item.verified_by, item.verified_at = actor.person_id, at
        item.met_date = local_day(item.village.regency, handed_in)
        item.ended_at = None if look_again else at
        save(item)
        tell_owner(item, _("Bukti diterima: %(title)s") % {"title": item_title(item)}, text, today_at(item, at))
    return item


@transaction.atomic
def reject_item(*, item_id: UUID, note: str, version: int | None = None, actor: Hat, at: datetime) -> ActionItem:
    """Say what the evidence lacks; the last day stays. Raises as `verify_item`, and BadInputError without a note."""
    item = judged(item_id, version, actor, at)
    text = needed(_("catatan"), note, "item-note", LONGEST_TEXT)
    with trail.acting(actor, "mentoring.verify"):
        take_steps(item, [ItemEvent.REJECT], by=actor.person_id, at=at, note=text)
        item.rejected_count += 1
        save(item)
        tell_owner(item, _("Bukti belum cukup: %(title)s") % {"title": item_title(item)}, text, today_at(item, at))
    return item


def judged(item_id: UUID, version: int | None, actor: Hat, at: datetime) -> ActionItem:
    """Return the locked item if *actor* is a second person to it, those who hold the owner's role today included."""
    item = locked_item(item_id, "verify", actor)
    fresh(item, version)
    day = today_at(item, at)
    role = Role(item.owner_role)
    holders = people_of(Roster([role], day).who(role, item.place, item.agency))
    owners = {*holders, *([item.owner_person] if item.owner_person else [])}
    if not may_verify(actor.person_id, owners=owners, recorder=item.recorded_by, submitter=item.submitted_by):
        raise NotAllowedError("item-own")
    return item


@transaction.atomic
def waive_item(*, item_id: UUID, reason: str, version: int | None = None, actor: Hat, at: datetime) -> ActionItem:
    """Let a promise go with a reason: DPMD, a critical one its head alone (or Sekda while that seat is empty).

    Raises: NotAllowedError, RefusedError (Sekda though the head is there), BadInputError, StaleError,
    IllegalTransitionError.
    """
    item = locked_item(item_id, "waive", actor)
    fresh(item, version)
    stand_in = None
    if actor.role is Role.SEK:
        head = standing_in(Role.KDP, item.place, today_at(item, at))
        stand_in = head.role if head is not None else None
    if not may_waive(actor.role, Severity(item.severity), head_stand_in=stand_in):
        raise RefusedError("item-head-there")
    text = needed(_("alasan"), reason, "visit-reason", LONGEST_TEXT)
    end(item, ItemEvent.WAIVE, text, "mentoring.waive", actor, at)
    tell_owner(item, _("Dibebaskan: %(title)s") % {"title": item_title(item)}, text, today_at(item, at))
    return item


def end(item: ActionItem, event: ItemEvent, reason: str, act: str, actor: Hat, at: datetime) -> None:
    with trail.acting(actor, act):
        take_steps(item, [event], by=actor.person_id, at=at, note=reason)
        item.ended_at, item.ended_reason = at, reason
        save(item)


@transaction.atomic
def reopen_item(*, item_id: UUID, note: str, version: int | None = None, actor: Hat, at: datetime) -> ActionItem:
    """Open a kept promise again because it was not so; it gets new days and keeps its history.

    Raises: NotAllowedError, BadInputError, StaleError, IllegalTransitionError.
    """
    item = locked_item(item_id, "reopen", actor)
    fresh(item, version)
    text = needed(_("alasan"), note, "item-note", LONGEST_TEXT)
    day = today_at(item, at)
    with trail.acting(actor, "mentoring.reopen"):
        opened_again(item, day, by=actor.person_id, at=at, note=text)
        save(item)
        tell_owner(item, _("Dibuka lagi: %(title)s") % {"title": item_title(item)}, text, day)
    return item


@transaction.atomic
def supersede_item(
    *,
    item_id: UUID,
    recommendation: str,
    owner_role: str,
    agency: str = "",
    reason: str,
    version: int | None = None,
    actor: Hat,
    at: datetime,
) -> ActionItem:
    """Replace a promise by one that fits better; returns the new one, which starts its days today.

    Raises: NotAllowedError, BadInputError, StaleError, IllegalTransitionError, RefusedError if the actor would owe it.
    """
    item = locked_item(item_id, "supersede", actor)
    fresh(item, version)
    text = needed(_("rekomendasi"), recommendation, "item-note", LONGEST_TEXT)
    why = needed(_("alasan"), reason, "visit-reason", LONGEST_TEXT)
    meant = owner_agency(owner_role, agency)
    day = today_at(item, at)
    owners = people_of(Roster([Role(owner_role)], day).who(Role(owner_role), item.place, meant))
    if actor.person_id in owners:
        raise RefusedError("item-owner-is-recorder", text=text[:120])
    made = replacement(item, text, (owner_role, meant), owners[0] if owners else None, actor, at)
    with trail.acting(actor, "mentoring.supersede"):
        made.save(force_insert=True)
        ActionStep.objects.create(item=made, order=1, event="open", state=made.state, by=actor.person_id, at=at)
        item.replaced_by = made
        end(item, ItemEvent.SUPERSEDE, why, "mentoring.supersede", actor, at)
        notify(
            person_ids=owners,
            key=f"item:{made.pk}:new",
            title=item_title(made),
            body=item.finding.text[:300],
            link=reverse("mentoring:item", args=[made.pk]),
            due_date=made.due_date,
        )
    return made


def replacement(
    item: ActionItem, text: str, owing: tuple[str, str], owner: UUID | None, actor: Hat, at: datetime
) -> ActionItem:
    standards, day = standards_of(item.village.regency), today_at(item, at)
    grace = grace_of(item.village, standards)
    return ActionItem(
        id=uuid5(item.pk, f"pengganti:{item.version}"),
        finding=item.finding,
        village=item.village,
        severity=item.severity,
        recommendation=text,
        mandatory=item.mandatory,
        owner_role=owing[0],
        agency=owing[1],
        owner_person=owner,
        recorded_by=actor.person_id,
        opened_date=day,
        due_date=due_date(Severity(item.severity), day, grace, standards.due),
        grace_days=grace,
    )
