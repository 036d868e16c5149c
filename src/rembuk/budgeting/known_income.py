"""What the budgets of a village say of its income, for the projection of its RPJM Desa."""

from collections import defaultdict

from rembuk.budgeting.models import ApbdesIncome
from rembuk.budgeting.queries import budgets_of
from rembuk.cycles.models import Cycle


def incomes_of_budgets(village_id: str) -> dict[tuple[int, str], int]:
    """Return (year, source) -> rupiah of the budget of each year; income of untold source is left out.

    Three queries.
    """
    cycles = list(Cycle.objects.filter(village_id=village_id).values_list("id", flat=True))
    years = {each.binding.pk: each.binding.apbdes.cycle.budget_year for each in budgets_of(cycles).values()}
    found: dict[tuple[int, str], int] = defaultdict(int)
    rows = ApbdesIncome.objects.filter(version_id__in=years, kind=ApbdesIncome.Kind.INCOME).exclude(source="")
    for version, source, amount in rows.order_by().values_list("version_id", "source", "amount"):
        found[years[version], source] += amount
    return dict(found)
