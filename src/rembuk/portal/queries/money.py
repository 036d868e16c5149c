"""What the money of a village is for: the plan in force and the budget in force, summed for pictures and tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rembuk.budgeting.models import ApbdesFunding, ApbdesIncome, ApbdesLine, ApbdesVersion
from rembuk.budgeting.queries import budgets_of
from rembuk.core.documents.frame import SHORT_FIELDS
from rembuk.core.lists import funding_sources
from rembuk.core.money import Rupiah
from rembuk.core.workflow.apb_evaluation import IN_FORCE
from rembuk.plans.models import ItemFunding, RkpdesItem
from rembuk.plans.typed import number_text

NAMED = 3
UNCODED = _("Belum berkode")
UNTOLD = _("beberapa sumber")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a sum: a field (bidang) or a source. names: its dearest activities."""

    code: str
    name: str
    amount: Rupiah
    count: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity of a plan or budget with its money by source."""

    code: str
    name: str
    location: str
    size: str
    amounts: tuple[tuple[str, Rupiah], ...]

    @property
    def amount(self) -> Rupiah:
        return Rupiah(sum(amount for _source, amount in self.amounts))

    @property
    def field(self) -> int:
        return int(self.code[:1]) if self.code[:1].isdigit() else 0


@dataclass(frozen=True, slots=True)
class Money:
    """Activities with their sums by field and by source."""

    activities: tuple[Activity, ...]
    fields: tuple[Part, ...]
    sources: tuple[Part, ...]
    total: Rupiah

    @property
    def groups(self) -> list[tuple[Part, list[Activity]]]:
        """The activities by field, for a table."""
        return [
            (part, [activity for activity in self.activities if str(activity.field) == part.code])
            for part in self.fields
            if part.count
        ]


def plan_money(plan_id: UUID) -> Money:
    """Return the activities and sums of one version of a plan. Two queries."""
    amounts: dict[UUID, list[tuple[str, Rupiah]]] = defaultdict(list)
    money = ItemFunding.objects.filter(item__plan_id=plan_id).order_by("source", "id")
    for item, source, amount in money.values_list("item_id", "source", "amount"):
        amounts[item].append((source, Rupiah(amount)))
    rows = RkpdesItem.objects.filter(plan_id=plan_id).order_by("activity_code", "order", "id")
    return summed(
        Activity(
            row.activity_code,
            row.name,
            row.location,
            f"{number_text(row.volume)} {row.unit}".strip(),
            tuple(amounts[row.pk]),
        )
        for row in rows.only("activity_code", "name", "location", "volume", "unit")
    )


def budget_in_force(cycle_id: UUID) -> ApbdesVersion | None:
    """Return the lines of the budget that is law; one on its way there is nobody's business yet. One query."""
    found = budgets_of([cycle_id]).get(cycle_id)
    return found.binding if found is not None and found.binding.apbdes.state in IN_FORCE else None


def budget_money(version_id: UUID) -> Money:
    """Return the activities and sums of one version of a budget. Two queries."""
    amounts: dict[UUID, list[tuple[str, Rupiah]]] = defaultdict(list)
    money = ApbdesFunding.objects.filter(line__version_id=version_id).order_by("source", "id")
    for line, source, amount in money.values_list("line_id", "source", "amount"):
        amounts[line].append((source, Rupiah(amount)))
    rows = ApbdesLine.objects.filter(version_id=version_id).order_by("order", "id")
    return summed(
        Activity(row.code or str(row.field or ""), row.name, row.location, row.volume_text, tuple(amounts[row.pk]))
        for row in rows.only("code", "field", "name", "location", "volume_text")
    )


def incomes_of(version_id: UUID) -> list[ApbdesIncome]:
    """Return the incomes of a version of a budget in the order of its sheet. One query."""
    return list(ApbdesIncome.objects.filter(version_id=version_id, kind="income").order_by("order", "id"))


def summed(activities: Iterable[Activity]) -> Money:
    kept = tuple(activities)
    by_source: dict[str, int] = defaultdict(int)
    for activity in kept:
        for source, amount in activity.amounts:
            by_source[source] += amount
    return Money(kept, fields_of(kept), sources_of(by_source), Rupiah(sum(by_source.values())))


def fields_of(activities: Iterable[Activity]) -> tuple[Part, ...]:
    """Return the five fields, empty ones too, as the law lists them; and what has no code, if anything."""
    inside: dict[int, list[Activity]] = defaultdict(list)
    for activity in activities:
        inside[activity.field].append(activity)
    names = SHORT_FIELDS | ({0: str(UNCODED)} if inside[0] else {})
    return tuple(field_part(number, name, inside[number]) for number, name in names.items())


def field_part(number: int, name: str, activities: list[Activity]) -> Part:
    dearest = sorted(activities, key=lambda activity: (-activity.amount, activity.name))
    amount = Rupiah(sum(activity.amount for activity in activities))
    return Part(str(number), name, amount, len(activities), tuple(each.name for each in dearest[:NAMED]))


def sources_of(amounts: Mapping[str, int]) -> tuple[Part, ...]:
    """Return the sources in the order of the code list."""
    known = funding_sources()
    order = {code: place for place, code in enumerate(known)}
    return tuple(
        Part(code, known[code].name if code in known else str(UNTOLD), Rupiah(amounts[code]))
        for code in sorted(amounts, key=lambda code: (order.get(code, 99), code))
    )
