"""Promises: the list, one with its history, what a village owes, what waits for a hat."""

from datetime import date
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from rembuk.core.guidance.findings import OWED, TO_DO, ItemState
from rembuk.core.hat import VILLAGE_OFFICE_ROLES, Hat, Role
from rembuk.guidance.mentoring.models import ActionEvidence, ActionItem, ActionStep, PromiseCheck
from rembuk.guidance.mentoring.permissions import JUDGES
from rembuk.regions.queries import scope_q

TO_DO_STATES = [state.value for state in TO_DO]
OWED_STATES = [state.value for state in OWED]
ASKED_STATES = [*OWED_STATES, ItemState.VERIFIED.value]
OWN_ONLY = frozenset({Role.OPD, Role.TPK})


def items_seen_by(hat: Hat) -> "QuerySet[ActionItem]":
    """Return the promises at or below the hat's place, with finding, visit, village and district.

    An office outside the chain of guidance sees what it owes itself.
    """
    rows = ActionItem.objects.filter(scope_q(hat))
    if hat.role in OWN_ONLY:
        rows = rows.filter(agency_q(hat), owner_role=hat.role.value)
    return rows.select_related("finding", "village__district")


def agency_q(hat: Hat, field: str = "agency") -> Q:
    """Return the filter for what an agency's hat is meant by: its own and what names none; others see everything."""
    return Q(**{f"{field}__in": ("", hat.agency)}) if hat.role is Role.OPD and hat.agency else Q()


def item_by_id(item_id: UUID | str) -> ActionItem:
    """Return one promise with finding, visit and places. Raises: ActionItem.DoesNotExist."""
    rows = ActionItem.objects.select_related(
        "finding__visit__village", "village__district", "village__regency", "replaced_by", "replaces"
    )
    return rows.get(pk=item_id)


def steps_of(item: ActionItem) -> list[ActionStep]:
    """Return the whole history of a promise, oldest first."""
    return list(ActionStep.objects.filter(item=item).order_by("order"))


def evidence_of(item: ActionItem) -> list[ActionEvidence]:
    """Return what was handed in, rejected pieces too, oldest first, with file and visit."""
    rows = ActionEvidence.objects.filter(item=item).select_related("file", "visit")
    return list(rows.order_by("captured_at", "id"))


def open_promises(village_id: str) -> list[ActionItem]:
    """Return what a village still owes, the most pressing first: for briefings, panels and the next visit. One query.

    Promises in the hands of a verifier are among them; suggestions without a day stand last.
    """
    rows = ActionItem.objects.filter(village_id=village_id, state__in=OWED_STATES)
    found = list(rows.select_related("finding__visit"))
    return sorted(found, key=lambda item: (item.due_date or date.max, item.opened_date, str(item.pk)))


def asked_on_visit(village_id: str) -> list[ActionItem]:
    """Return what part (a) of the sheet asks about: what is owed, and what was accepted but not yet seen. One query."""
    rows = ActionItem.objects.filter(village_id=village_id, state__in=ASKED_STATES)
    found = list(rows.select_related("finding"))
    return sorted(found, key=lambda item: (item.due_date or date.max, item.opened_date, str(item.pk)))


def answerable(hat: Hat) -> Q:
    """Return the filter for promises that are the hat's own to carry out."""
    if hat.role in VILLAGE_OFFICE_ROLES:
        return Q(owner_role__in=[Role.KAD, Role.SDK, Role.KAU, Role.TIM, Role.BPD, Role.TPK])
    return Q(owner_role=hat.role.value) & agency_q(hat)


def waiting_for(hat: Hat) -> "QuerySet[ActionItem] | None":
    """Return the promises that wait for this hat: the owner's to do, the verifier's to judge; None for other roles."""
    rows = ActionItem.objects.filter(scope_q(hat))
    own = answerable(hat) & Q(state__in=TO_DO_STATES)
    if hat.role in JUDGES:
        barred = Q(recorded_by=hat.person_id) | Q(submitted_by=hat.person_id) | Q(owner_person=hat.person_id)
        return rows.filter(own | (Q(state=ItemState.SUBMITTED.value) & ~barred))
    if hat.role in VILLAGE_OFFICE_ROLES | {Role.BPD, Role.TPK, Role.OPD}:
        return rows.filter(own)
    return None


def rows_of_item(item: ActionItem) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose trail belongs to a promise: finding, evidence, steps, what visitors saw."""
    return [
        (type(item.finding), [item.finding_id]),
        (ActionEvidence, list(ActionEvidence.objects.filter(item=item).values_list("pk", flat=True))),
        (ActionStep, list(ActionStep.objects.filter(item=item).values_list("pk", flat=True))),
        (PromiseCheck, list(PromiseCheck.objects.filter(item=item).values_list("pk", flat=True))),
    ]
