"""What the pages of this room are about, found from the address."""

from dataclasses import dataclass
from uuid import UUID

from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle, Evidence, Excuse, Holiday, StageRecord
from rembuk.cycles.queries import cycle_by_id, stage_record
from rembuk.regions.models import Regency, Village


def cycle_of(cycle_id: UUID) -> Cycle:
    return cycle_by_id(cycle_id)


def stage_of(cycle_id: UUID, stage: str) -> StageRecord:
    return stage_record(cycle_id, stage)


def evidence_of(evidence_id: UUID) -> Evidence:
    found = Evidence.objects.select_related("cycle__village__district", "cycle__village__regency", "file", "paper")
    return found.defer("paper__data").get(pk=evidence_id)


def village_of(village_id: str) -> Village:
    return Village.objects.select_related("district", "regency").get(pk=village_id)


def excuse_of(excuse_id: UUID) -> Excuse:
    return Excuse.objects.select_related("cycle__village__district", "cycle__village__regency").get(pk=excuse_id)


def holiday_of(holiday_id: UUID) -> Holiday:
    return Holiday.objects.select_related("regency").get(pk=holiday_id)


@dataclass(frozen=True, slots=True)
class RegencyPage:
    """A page of a regency's settings."""

    regency: Regency

    @property
    def place(self) -> Place:
        return self.regency.place


def regency_of(regency: str) -> RegencyPage:
    return RegencyPage(Regency.objects.get(pk=regency))
