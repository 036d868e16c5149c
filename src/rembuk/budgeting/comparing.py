"""The plan in force beside the newest budget: by activity, by source, against ceilings, and how much is linked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from rembuk.budgeting.lineage import present_keys
from rembuk.budgeting.models import ApbdesIncome, ApbdesLine, ApbdesVersion
from rembuk.budgeting.queries import current_version, lines_of
from rembuk.core.budget import (
    Consistency,
    Difference,
    PlannedItem,
    SourceDifference,
    Traced,
    consistency,
    difference_of_sources,
    differences,
    over_ceilings,
)
from rembuk.core.errors import Finding
from rembuk.core.money import Rupiah
from rembuk.cycles.models import Cycle
from rembuk.funding.models import Ceiling
from rembuk.funding.queries import CeilingsInForce, village_ceilings
from rembuk.plans.models import RkpdesItem, RkpdesVersion
from rembuk.plans.queries import cost_of, items_of, version_in_force


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that the page of differences shows. version None: no budget has come back yet."""

    plan: RkpdesVersion
    version: ApbdesVersion | None
    rows: tuple[Difference, ...]
    sources: tuple[SourceDifference, ...]
    lines: Mapping[str, tuple[ApbdesLine, ...]]
    from_rpjm: Consistency
    from_plan: Consistency
    into_budget: Consistency
    over: tuple[Finding, ...]
    ceilings: Mapping[str, Rupiah]
    carried: Mapping[str, Rupiah]
    ceiling_stage: str
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def final(self) -> bool:
        """Whether the ceilings are the final ones, against which a budget is judged."""
        return self.ceiling_stage == Ceiling.Stage.FINAL


def comparison_of(cycle: Cycle) -> Comparison | None:
    """Return plan and budget side by side; None before a plan is enacted. About a dozen queries."""
    plan = version_in_force(cycle.pk)
    if plan is None:
        return None
    items = items_of(plan.id)
    version = current_version(cycle.pk)
    lines = lines_of(version.pk) if version is not None else []
    present = present_keys(plan)
    linked = by_item(lines, present)
    carried = carried_by_source(version)
    ceilings = village_ceilings(cycle.village_id, cycle.budget_year)
    limits = limits_of(ceilings)
    planned = [planned_item(item) for item in items]
    budgeted = [budgeted_item(key, rows) for key, rows in linked.items()]
    wholes = (summed(planned), summed(budgeted))
    return Comparison(
        plan=plan,
        version=version,
        rows=tuple(differences(planned, budgeted)) if version is not None else (),
        sources=difference_of_sources(*wholes),
        lines=linked,
        from_rpjm=consistency(traced_items(items)),
        from_plan=consistency(traced_lines(lines, present)),
        into_budget=consistency(budgeted_items(items, linked)),
        over=tuple(over_ceilings(wholes[1], limits, carried)),
        ceilings=limits,
        carried=carried,
        ceiling_stage=ceilings.stage,
        reasons={str(line.pk): line.emergency_reason for line in lines if line.item_id is None},
    )


def by_item(lines: Iterable[ApbdesLine], present: Mapping[str, str]) -> dict[str, tuple[ApbdesLine, ...]]:
    """Return item of the plan in force -> its lines; a line that has none there stands under its own key."""
    found: dict[str, tuple[ApbdesLine, ...]] = {}
    for line in lines:
        key = present.get(str(line.item_id), str(line.pk))
        found[key] = (*found.get(key, ()), line)
    return found


def amount_of(line: ApbdesLine) -> Rupiah:
    return Rupiah(sum(each.amount for each in line.fundings.all()))


def planned_item(item: RkpdesItem) -> PlannedItem:
    amounts = {each.source: Rupiah(each.amount) for each in item.fundings.all()}
    return PlannedItem(str(item.pk), item.name, item.activity_code, amounts)


def budgeted_item(key: str, lines: Sequence[ApbdesLine]) -> PlannedItem:
    amounts: dict[str, Rupiah] = {}
    for line in lines:
        for each in line.fundings.all():
            amounts[each.source] = Rupiah(amounts.get(each.source, 0) + each.amount)
    return PlannedItem(key, lines[0].name, lines[0].code, amounts)


def summed(items: Iterable[PlannedItem]) -> dict[str, Rupiah]:
    found: dict[str, Rupiah] = {}
    for item in items:
        for source, amount in item.amounts.items():
            found[source] = Rupiah(found.get(source, 0) + amount)
    return dict(sorted(found.items(), key=lambda pair: (pair[0] == "", pair[0])))


def traced_items(items: Iterable[RkpdesItem]) -> list[Traced]:
    """Return the plan's items with the RPJM line each comes from."""
    return [Traced(str(item.pk), cost_of(item), str(item.rpjmdes_item_id or "")) for item in items]


def traced_lines(lines: Iterable[ApbdesLine], present: Mapping[str, str]) -> list[Traced]:
    """Return the budget's lines with the item of the plan in force each comes from."""
    return [Traced(str(line.pk), amount_of(line), present.get(str(line.item_id), "")) for line in lines]


def budgeted_items(items: Iterable[RkpdesItem], linked: Mapping[str, Sequence[ApbdesLine]]) -> list[Traced]:
    """Return the plan's items with a budget line of each, the other way round."""
    return [
        Traced(str(item.pk), cost_of(item), str(linked[str(item.pk)][0].pk) if str(item.pk) in linked else "")
        for item in items
    ]


def carried_by_source(version: ApbdesVersion | None) -> dict[str, Rupiah]:
    """Return what was left over of each source last year, as the budget's financing says."""
    found: dict[str, Rupiah] = {}
    if version is None:
        return found
    rows = ApbdesIncome.objects.filter(version=version, kind=ApbdesIncome.Kind.FINANCING_IN).exclude(source="")
    for row in rows.order_by("order"):
        found[row.source] = Rupiah(found.get(row.source, 0) + row.amount)
    return found


def limits_of(ceilings: CeilingsInForce) -> dict[str, Rupiah]:
    """Return what each source may spend: plannable and earmarked money, which both stand in the budget."""
    found = dict(ceilings.plannable)
    for source, marks in ceilings.earmarked.items():
        found[source] = Rupiah(found.get(source, 0) + sum(marks.values()))
    return found


def line_keys(comparison: Comparison) -> list[UUID]:
    """Return the keys of every line compared."""
    return [line.pk for lines in comparison.lines.values() for line in lines]
