"""RKP Desa against APB Desa, activity by activity and source by source, and the budget against its ceilings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rembuk.core.errors import Finding
from rembuk.core.money import Rupiah, format_rupiah

Kind = Literal["same", "changed", "moved", "missing", "added"]
Amounts = Mapping[str, Rupiah]


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """An activity of the plan, or what the budget gives to one. amounts: source -> rupiah, "" for mixed sources."""

    key: str
    name: str
    code: str
    amounts: Amounts

    @property
    def total(self) -> Rupiah:
        return Rupiah(sum(self.amounts.values()))


@dataclass(frozen=True, slots=True)
class SourceDifference:
    """One source: planned, budgeted, and what was added."""

    source: str
    planned: Rupiah
    budgeted: Rupiah

    @property
    def change(self) -> Rupiah:
        return Rupiah(self.budgeted - self.planned)


@dataclass(frozen=True, slots=True)
class Difference:
    """One activity in plan and budget.

    kind: ``same`` to the rupiah and by source; ``moved`` the same sum from other sources; ``changed`` another sum;
    ``missing`` planned and not budgeted; ``added`` budgeted without a plan.
    """

    key: str
    name: str
    code: str
    kind: Kind
    planned: Rupiah
    budgeted: Rupiah
    sources: tuple[SourceDifference, ...]

    @property
    def change(self) -> Rupiah:
        return Rupiah(self.budgeted - self.planned)


def differences(planned: Sequence[PlannedItem], budgeted: Sequence[PlannedItem]) -> list[Difference]:
    """Return every activity of the plan in its order, then what the budget has beside it.

    budgeted: one per activity, under the key of the activity it is linked to; other keys are additions.
    """
    budget = {item.key: item for item in budgeted}
    known = {item.key for item in planned}
    found = [_difference(item, budget.get(item.key)) for item in planned]
    found += [
        Difference(
            item.key,
            item.name,
            item.code,
            "added",
            Rupiah(0),
            item.total,
            difference_of_sources({}, item.amounts),
        )
        for item in budgeted
        if item.key not in known
    ]
    return found


def difference_of_sources(planned: Amounts, budgeted: Amounts) -> tuple[SourceDifference, ...]:
    """Return each source that either side uses, those of the plan first."""
    sources = [*planned, *(source for source in budgeted if source not in planned)]
    return tuple(
        SourceDifference(source, planned.get(source, Rupiah(0)), budgeted.get(source, Rupiah(0))) for source in sources
    )


def over_ceilings(sums: Amounts, ceilings: Amounts, carried: Amounts | None = None) -> list[Finding]:
    """Return a finding for every source of which the budget takes more than there is.

    ceilings: source -> ceiling, earmarked money included; a source without one is not judged. carried: SiLPA of the
    source, which the budget may spend beside its ceiling. Source: Permendagri 20/2018 Pasal 31 [recalled]; the
    hand-off rule "APB by source <= final ceiling".
    """
    found = []
    for source, amount in sums.items():
        if source not in ceilings:
            continue
        limit = ceilings[source] + (carried or {}).get(source, Rupiah(0))
        if amount > limit:
            text = (
                f"{source}: APB Desa memakai {format_rupiah(amount)}, yang ada {format_rupiah(limit)}; "
                f"lebih {format_rupiah(amount - limit)}. Kurangi kegiatan dari sumber ini atau catat pagu finalnya."
            )
            found.append(Finding("G06", "block", text, "Permendagri 20/2018 Pasal 31", source))
    return found


def _difference(item: PlannedItem, budget: PlannedItem | None) -> Difference:
    amounts: Amounts = budget.amounts if budget is not None else {}
    sources = difference_of_sources(item.amounts, amounts)
    total = budget.total if budget is not None else Rupiah(0)
    return Difference(item.key, item.name, item.code, _kind(item, budget, sources), item.total, total, sources)


def _kind(item: PlannedItem, budget: PlannedItem | None, sources: Iterable[SourceDifference]) -> Kind:
    if budget is None:
        return "missing"
    if item.total != budget.total:
        return "changed"
    return "same" if all(each.change == 0 for each in sources) else "moved"
