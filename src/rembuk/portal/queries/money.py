"""The budget of a village in force, summed for pictures and tables; nobody in it. See `plans.public_money`."""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from uuid import UUID

from rembuk.budgeting.models import ApbdesFunding, ApbdesIncome, ApbdesLine, ApbdesVersion
from rembuk.budgeting.queries import budgets_of
from rembuk.core.money import Rupiah
from rembuk.core.workflow.apb_evaluation import IN_FORCE
from rembuk.plans.models import ItemProposal
from rembuk.plans.public_money import Activity, Money, closed_items, pooled, summed
from rembuk.proposals.models import Proposal
from rembuk.proposals.public_words import Cover


def budget_in_force(cycle_id: UUID) -> ApbdesVersion | None:
    """Return the lines of the budget that is law; one on its way there is nobody's business yet. One query."""
    found = budgets_of([cycle_id]).get(cycle_id)
    return found.binding if found is not None and found.binding.apbdes.state in IN_FORCE else None


def budget_money(version_id: UUID, cover: Cover) -> Money:
    """Return the activities and sums of one version of a budget for everybody. Three queries."""
    amounts: dict[UUID, list[tuple[str, Rupiah]]] = defaultdict(list)
    money = ApbdesFunding.objects.filter(line__version_id=version_id).order_by("source", "id")
    for line, source, amount in money.values_list("line_id", "source", "amount"):
        amounts[line].append((source, Rupiah(amount)))
    rows = ApbdesLine.objects.filter(version_id=version_id).select_related("item").order_by("order", "id")
    lines = list(rows)
    closed = closed_items(row.item_id for row in lines if row.item_id is not None)
    told: list[Activity] = []
    apart: list[Activity] = []
    for row in lines:
        code = row.code or str(row.field or "")
        one = Activity(code, cover(row.name), cover(row.location), row.volume_text, tuple(amounts[row.pk]))
        (apart if row.item_id in closed or line_helps_few(row, cover) else told).append(one)
    return summed([*told, *pooled(apart)])


def closed_items_of_lines(version_ids: Sequence[UUID]) -> AbstractSet[UUID]:
    """Return the plan items behind these budgets that come from a proposal never shown by itself. One query."""
    lines = ApbdesLine.objects.filter(version_id__in=version_ids, item__isnull=False).values("item_id")
    rows = ItemProposal.objects.filter(item_id__in=lines, proposal__showing=Proposal.Showing.CLOSED)
    return set(rows.values_list("item_id", flat=True))


def line_helps_few(row: ApbdesLine, cover: Cover) -> bool:
    """Return whether a line of the budget would tell whom it helps; the plan's item says how much of it there is."""
    count, unit = (row.item.volume, row.item.unit) if row.item is not None else (None, "")
    return cover.few(row.name, row.location, count=count, unit=unit)


def incomes_of(version_id: UUID) -> list[ApbdesIncome]:
    """Return the incomes of a version of a budget in the order of its sheet. One query."""
    return list(ApbdesIncome.objects.filter(version_id=version_id, kind="income").order_by("order", "id"))
