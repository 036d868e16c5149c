"""Money spent on a work, by source, held against its budget."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rembuk.core.errors import Finding
from rembuk.core.money import Rupiah, format_rupiah


@dataclass(frozen=True, slots=True)
class Spent:
    """One payment that stands (a struck one is left out by the caller)."""

    source: str
    amount: Rupiah


def spent_by_source(payments: Iterable[Spent]) -> dict[str, Rupiah]:
    """Return source -> rupiah, in the order of first use."""
    found: dict[str, Rupiah] = {}
    for payment in payments:
        found[payment.source] = Rupiah(found.get(payment.source, 0) + payment.amount)
    return found


def over_budget(spent: Mapping[str, Rupiah], budget: Mapping[str, Rupiah]) -> list[Finding]:
    """Return a warning for each source of which more was spent than budgeted.

    budget: source -> rupiah; the empty source holds money whose sources the budget does not tell apart, and then only
    the sum is judged. Recording stays possible: what was paid was paid.
    """
    if "" in budget:
        total, limit = sum(spent.values()), sum(budget.values())
        return [_over("Seluruhnya", total, limit)] if total > limit else []
    return [
        _over(source, amount, budget.get(source, Rupiah(0)))
        for source, amount in spent.items()
        if amount > budget.get(source, Rupiah(0))
    ]


def _over(source: str, amount: int, limit: int) -> Finding:
    text = (
        f"{source}: dibayar {format_rupiah(amount)}, dianggarkan {format_rupiah(limit)}; "
        f"lebih {format_rupiah(amount - limit)}. Periksa kuitansinya atau ubah APB Desa."
    )
    return Finding("W06", "warn", text, subject=source)
