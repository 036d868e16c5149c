"""What the checks of a plan look at, as frozen values; from the plan's rows or from a draft that has only money."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rembuk.core.errors import Severity
from rembuk.core.law.dana_desa import TAG_CASH_AID, TAG_OPERATIONS

ALL_KNOWN: frozenset[str] = frozenset({"rpjmdes", "rab", "technical", "authority", "implementer", "hamlets", "du_rkp"})
"""Kinds of facts a plan may not have yet. What is not known is not checked, and the check says so."""


@dataclass(frozen=True, slots=True)
class ImplementerFacts:
    """Who is to carry an item out: which places are filled, how many women."""

    chair: bool = False
    secretary: bool = False
    treasurer: bool = False
    members: int = 0
    women: int = 0


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One activity of the plan.

    funding: source -> rupiah; the cost is its sum. rab_total: rupiah of the estimate, nothing if there is none.
    verdict: feasible or not by the newest technical sheet, nothing if there is none. authority: a person's word on
    whether the village may do it. in_rpjmdes: traceable to the RPJM slice of the budget year. focus: tag of the Dana
    Desa rules. programme: tag such as RTKU. aid_family_months: families times months of cash aid.
    """

    id: str
    name: str
    activity_code: str = ""
    location: str = ""
    volume: str = ""
    funding: Mapping[str, int] = field(default_factory=dict)
    rab_total: int | None = None
    is_physical: bool = False
    has_design: bool = False
    verdict: bool | None = None
    authority: bool | None = None
    in_rpjmdes: bool = False
    outside_reason: str = ""
    focus: str = ""
    programme: str = ""
    aid_family_months: int | None = None
    implementer: ImplementerFacts | None = None

    @property
    def cost(self) -> int:
        """Rupiah of all sources together."""
        return sum(self.funding.values())

    @property
    def tags(self) -> frozenset[str]:
        """Tags the Dana Desa rows count by: the focus, and what the activity code says beyond doubt."""
        found = {self.focus} if self.focus else set()
        if self.activity_code == "1.1.08":
            found.add(TAG_OPERATIONS)
        if self.activity_code.startswith("5.3") and self.aid_family_months:
            found.add(TAG_CASH_AID)
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class DuItemFacts:
    """One row of the DU-RKP of the same year."""

    id: str
    name: str
    activity_code: str = ""
    location: str = ""
    volume: str = ""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan as the checks see it.

    ceilings: source -> rupiah the village may plan; earmarked: rupiah on top of it. known: kinds of facts that are
    there (see ALL_KNOWN). active_rpjmdes: how many active RPJM Desa are registered. hamlets: the village's units;
    hamlets_heard: those with a proposal. rt_count: number of RT. changed_after_enactment: no longer as enacted.
    """

    village: str
    budget_year: int
    items: tuple[ItemFacts, ...] = ()
    ceilings: Mapping[str, int] = field(default_factory=dict)
    earmarked: Mapping[str, int] = field(default_factory=dict)
    known: frozenset[str] = ALL_KNOWN
    active_rpjmdes: int = 0
    du_items: tuple[DuItemFacts, ...] = ()
    hamlets: frozenset[str] = frozenset()
    hamlets_heard: frozenset[str] = frozenset()
    regency: str = ""
    rt_count: int | None = None
    ceilings_provisional: bool = False
    enacted: bool = False
    changed_after_enactment: bool = False
    public_copy: bool = False


def reached(stage: str | None, gate: str) -> bool:
    """Return whether *stage* (``K11``) is *gate* or comes after it; no stage is a draft and comes before all."""
    return stage is not None and int(stage[1:]) >= int(gate[1:])


def grows(stage: str | None, *, block_at: str) -> Severity:
    """Return "warn" while drafting, "block" from *block_at* on."""
    return "block" if reached(stage, block_at) else "warn"
