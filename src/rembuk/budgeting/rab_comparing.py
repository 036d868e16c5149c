"""The estimates of the plan beside those that came with the budget, activity by activity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from rembuk.budgeting.comparing import amount_of, by_item
from rembuk.budgeting.lineage import present_keys
from rembuk.budgeting.models import ApbdesEstimate, ApbdesLine, ApbdesVersion
from rembuk.budgeting.queries import current_version, estimates_of, lines_of
from rembuk.core.budget import RabDifference
from rembuk.core.money import Rupiah
from rembuk.cycles.models import Cycle
from rembuk.plans.models import RkpdesItem, RkpdesVersion
from rembuk.plans.queries import items_of, rab_total_of, version_in_force


@dataclass(frozen=True, slots=True)
class RabComparison:
    """Plan in force and newest budget, estimate by estimate. lines: of the budget by the key of a row.

    estimates: line of the budget -> its estimates with their rows.
    """

    plan: RkpdesVersion
    version: ApbdesVersion
    rows: tuple[RabDifference, ...]
    lines: Mapping[str, tuple[ApbdesLine, ...]]
    estimates: Mapping[UUID, tuple[ApbdesEstimate, ...]]


def rab_comparison_of(cycle: Cycle) -> RabComparison | None:
    """Return the estimates side by side, the plan's activities first; None before both are there. About ten queries."""
    plan, version = version_in_force(cycle.pk), current_version(cycle.pk)
    if plan is None or version is None:
        return None
    lines = by_item(lines_of(version.pk), present_keys(plan))
    estimates = estimates_of(version.pk)
    items = {str(item.pk): item for item in items_of(plan.id)}
    rows = [rab_row(key, item, lines.get(key, ()), estimates) for key, item in items.items()]
    rows += [rab_row(key, None, own, estimates) for key, own in lines.items() if key not in items]
    return RabComparison(plan, version, tuple(rows), lines, estimates)


def rab_row(
    key: str,
    item: RkpdesItem | None,
    lines: Sequence[ApbdesLine],
    estimates: Mapping[UUID, Sequence[ApbdesEstimate]],
) -> RabDifference:
    """Return one activity of the plan, or one that only the budget has."""
    own = [estimate for line in lines for estimate in estimates.get(line.pk, ())]
    return RabDifference(
        key=key,
        code=item.activity_code if item is not None else lines[0].code,
        name=item.name if item is not None else lines[0].name,
        planned=rab_total_of(item) if item is not None and item.rab_lines.all() else None,
        estimated=Rupiah(sum(estimate.total for estimate in own)) if own else None,
        budgeted=Rupiah(sum(amount_of(line) for line in lines)),
    )
