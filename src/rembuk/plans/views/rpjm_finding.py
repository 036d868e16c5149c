"""Finders of the RPJM pages: from what stands in an address to the thing, with its place."""

from uuid import UUID

from rembuk.cycles.models import Cycle
from rembuk.plans.models import Rpjmdes, RpjmdesChange, RpjmdesItem
from rembuk.plans.rpjm_queries import PLACES, rpjm_item_by_id


def medium_term_of(cycle_id: UUID) -> Cycle:
    return Cycle.medium_term.select_related("village__district", "village__regency").get(pk=cycle_id)


def rpjm_of(cycle_id: UUID) -> Rpjmdes:
    return Rpjmdes.objects.select_related(*PLACES).get(cycle_id=cycle_id)


def rpjm_item_of(rpjm_item_id: UUID) -> RpjmdesItem:
    return rpjm_item_by_id(rpjm_item_id)


def rpjm_change_of(rpjm_change_id: UUID) -> RpjmdesChange:
    return RpjmdesChange.objects.select_related(*(f"rpjmdes__{name}" for name in PLACES)).get(pk=rpjm_change_id)
