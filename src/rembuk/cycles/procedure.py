"""The procedure profile of a regency: one of the known orders, its own targets, and meetings it leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from rembuk.core.hat import Place
from rembuk.core.workflow.rpjm_stages import RPJM_DEFAULT, RPJM_PROFILES
from rembuk.core.workflow.stages import DEFAULT_PROFILE, PROFILES, Profile
from rembuk.cycles.models import Cycle
from rembuk.regions.models import Regency

SETTING = "procedure"
Family = Literal["A", "B"]
"""Which annex the printed forms follow: A of Permendagri 114/2014, B of Permendesa PDTT 21/2020."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """What a regency has chosen. version: raised by every change, for two people who edit at once.

    family: the annex that forms with two layouts follow in print.
    """

    regency: Regency
    profile: Profile
    version: int
    family: Family = "A"

    @property
    def place(self) -> Place:
        return self.regency.place


def procedure_of(regency: Regency) -> Procedure:
    """Return the regency's procedure; without a choice the default order of the programme."""
    stored: Mapping[str, Any] = regency.settings.get(SETTING, {})
    profile = PROFILES.get(regency.profile, DEFAULT_PROFILE)
    targets = {code: (month, day) for code, (month, day) in stored.get("targets", {}).items()}
    chosen = replace(profile, targets={**profile.targets, **targets}, off=frozenset(stored.get("off", ())))
    return Procedure(regency, chosen, int(stored.get("version", 0)), family_of(regency))


def family_of(regency: Regency) -> Family:
    """Return the annex that the regency's forms follow; A until it has chosen."""
    return "B" if regency.settings.get(SETTING, {}).get("family") == "B" else "A"


def profile_of(cycle: Cycle, stages: frozenset[str]) -> Profile:
    """Return the order a cycle was opened with; stages it has no record of were switched off then."""
    profile = order_of(cycle)
    return replace(profile, off=frozenset(code for code in profile.order if code not in stages))


def order_of(cycle: Cycle) -> Profile:
    """Return the whole order of a cycle's kind and profile, nothing switched off."""
    if cycle.is_medium_term:
        return RPJM_PROFILES.get(cycle.profile, RPJM_DEFAULT)
    return PROFILES.get(cycle.profile, DEFAULT_PROFILE)
