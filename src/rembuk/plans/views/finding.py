"""Finders of the pages: from what stands in an address to the thing, with its place."""

from uuid import UUID

from rembuk.cycles.models import Cycle
from rembuk.plans.models import DuRkpdesItem, DuTransmittal, ReceivedRpjmdes, RkpdesItem, RkpdesVersion, Team
from rembuk.plans.queries import enacted_plan, item_by_id, plan_by_id, team_by_id
from rembuk.plans.received_board import received_by_id
from rembuk.regions.models import Regency, Village


def plan_of(plan_id: UUID) -> RkpdesVersion:
    return plan_by_id(plan_id)


def public_plan_of(plan_id: UUID) -> RkpdesVersion:
    return enacted_plan(plan_id)


def item_of(item_id: UUID) -> RkpdesItem:
    return item_by_id(item_id)


def team_of(team_id: UUID) -> Team:
    return team_by_id(team_id)


def cycle_of(cycle_id: UUID) -> Cycle:
    return Cycle.every.select_related("village__district", "village__regency").get(pk=cycle_id)


def village_of(village_id: str) -> Village:
    return Village.objects.select_related("district", "regency").get(pk=village_id)


def transmittal_of(transmittal_id: UUID) -> DuTransmittal:
    rows = DuTransmittal.objects.select_related("cycle__village__district", "cycle__village__regency")
    return rows.get(pk=transmittal_id)


def du_item_of(du_item_id: UUID) -> DuRkpdesItem:
    rows = DuRkpdesItem.objects.select_related("cycle__village__district", "cycle__village__regency")
    return rows.get(pk=du_item_id)


def received_of(received_id: UUID) -> ReceivedRpjmdes:
    return received_by_id(received_id)


def regency_of(regency: str) -> Regency:
    return Regency.objects.get(pk=regency)
