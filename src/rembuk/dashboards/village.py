"""What the work home of a village shows below the three duties."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from rembuk.core.errors import Finding
from rembuk.core.hat import Hat
from rembuk.core.lists import funding_sources
from rembuk.core.permissions import TABLE
from rembuk.cycles import queries as cycles
from rembuk.cycles.models import Cycle, StageRecord
from rembuk.cycles.shown import ShownStage, shown_stage
from rembuk.funding.queries import CeilingsInForce, village_ceilings
from rembuk.plans.findings import STAGES, findings_for
from rembuk.plans.labels import state_name
from rembuk.plans.models import RkpdesVersion
from rembuk.plans.queries import plans_that_count, sums_by_source
from rembuk.regions.models import Village
from rembuk.shared.models import Job
from rembuk.shared.trail.reading import Line, trail_of

SEVERITY_ORDER = {"block": 0, "warn": 1, "note": 2}
FINDINGS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """A ceiling against what is planned, whole rupiah. earmarked: shown hatched, never planned by the village."""

    name: str
    planned: int
    ceiling: int
    earmarked: int

    @property
    def left(self) -> int:
        return self.ceiling - self.planned

    @property
    def over(self) -> int:
        return max(0, -self.left)


def village_home(hat: Hat, day: date) -> dict[str, object]:
    """Return the village's cycle, money, findings and trail. A constant number of queries."""
    village = Village.objects.select_related("district", "regency").get(pk=hat.place.village)
    cycle = cycles.current_cycle(village)
    context: dict[str, object] = {
        "village": village,
        "cycle": cycle,
        "today": day,
        "rpjm": rpjm_standing(village, day),
        "may_open_rpjm": TABLE.allows(hat, "cycles.open_rpjm", village),
    }
    if cycle is None:
        return context
    stages = [shown_stage(state, ()) for state in cycles.states_of(cycle, day)]
    current = next((stage for stage in stages if not stage.state.done), None)
    ceilings = village_ceilings(village.id, cycle.budget_year)
    found = plans_that_count([cycle.pk]).get(cycle.pk)
    plan, amendment = (found.counts, found.amendment) if found is not None else (None, None)
    planned = sums_by_source(plan.pk) if plan else {}
    findings = sorted_findings(plan) if plan else []
    bars = bars_of(ceilings, planned)
    return {
        **context,
        "stages": stages,
        "current": current,
        "position": stages.index(current) + 1 if current else len(stages),
        "deadline": deadline_of(stages),
        "bars": bars,
        "planned_total": sum(bar.planned for bar in bars),
        "ceiling_total": sum(bar.ceiling for bar in bars),
        "plan": plan,
        "plan_url": reverse("plans:grid", args=[plan.pk]) if plan else "",
        "amendment": amendment,
        "amendment_state": state_name(amendment.state) if amendment else "",
        "amendment_url": reverse("plans:amendment", args=[amendment.pk]) if amendment else "",
        "findings": findings[:FINDINGS_SHOWN],
        "finding_count": len(findings),
        "blocking_count": sum(finding.severity == "block" for finding in findings),
        "jobs": Job.objects.filter(village_key=village.id, state__in=("waiting", "running"))[:3],
        "lines": recent(cycle, hat),
    }


@dataclass(frozen=True, slots=True)
class RpjmStanding:
    """How the RPJM Desa in work stands. current: the first stage that is not done; due: the legal day of its Perdes."""

    cycle: Cycle
    current: ShownStage
    due: date | None
    enacted: date | None
    days_late: int


def rpjm_standing(village: Village, day: date) -> RpjmStanding | None:
    """Return the village's RPJM Desa while it is being made, else None. Three queries at most."""
    cycle = cycles.current_rpjm_cycle(village)
    if cycle is None:
        return None
    states = cycles.states_of(cycle, day)
    waiting = [state for state in states if not state.done]
    if not waiting:
        return None
    law = next((state for state in states if state.code == "R10"), None)
    return RpjmStanding(
        cycle=cycle,
        current=shown_stage(waiting[0], ()),
        due=law.due if law is not None else None,
        enacted=law.done_date if law is not None else None,
        days_late=max(state.days_late for state in waiting),
    )


def sorted_findings(plan: RkpdesVersion) -> list[Finding]:
    """Return what the gate before the plan says, as its grid shows it: what blocks first."""
    found = findings_for(plan.pk, STAGES[plan.state])
    return sorted(found, key=lambda finding: (SEVERITY_ORDER[finding.severity], finding.code, finding.message))


def bars_of(ceilings: CeilingsInForce, planned: Mapping[str, int]) -> list[Bar]:
    """Return one bar a source that has a ceiling or planned money, in the order of the code list."""
    names = {code: source.name for code, source in funding_sources().items()}
    codes = [code for code in names if code in ceilings.plannable or code in ceilings.earmarked or planned.get(code)]
    return [
        Bar(
            names[code],
            planned.get(code, 0),
            ceilings.plannable.get(code, 0),
            sum(ceilings.earmarked.get(code, {}).values()),
        )
        for code in codes
    ]


def deadline_of(stages: list[ShownStage]) -> date | None:
    return next((stage.state.due for stage in stages if stage.code == "K12"), None)


def recent(cycle: Cycle, hat: Hat) -> list[Line]:
    """Return the last things that happened to the cycle, for those who may see it."""
    keys = list(cycle.stages.values_list("pk", flat=True))
    return trail_of({Cycle: [cycle.pk], StageRecord: keys}, hat=hat, limit=5)
