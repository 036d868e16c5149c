"""The income projection of an RPJM Desa: what is written, what is known from elsewhere and may be offered.

Later rooms that know incomes register them here, so that nobody types a figure twice that the program holds.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from rembuk.core.documents.rpjm_income import INCOME_SOURCES
from rembuk.funding.models import Ceiling
from rembuk.plans.models import Rpjmdes, RpjmdesIncome

Amounts = Mapping[tuple[int, str], int]
"""(year, source) -> whole rupiah."""
Provider = Callable[[str], Amounts]
_providers: dict[str, tuple[str | Promise, Provider]] = {}


@dataclass(frozen=True, slots=True)
class KnownIncome:
    """An income that the program holds. origin: where from, in words; year: of which year it is told."""

    amount: int
    year: int
    origin: str


def register(room: str, words: str | Promise, provider: Provider) -> None:
    """Let *room* tell the incomes of a village; the same room again replaces its provider.

    words: what its figures are called (``APB Desa``). A room that registers later is believed before an earlier one.
    """
    _providers[room] = (words, provider)


def ceilings_as_income(village_id: str) -> dict[tuple[int, str], int]:
    """Return the ceilings in force of a village, money bound to a purpose included. One query."""
    found: dict[tuple[int, str], int] = defaultdict(int)
    rows = Ceiling.objects.filter(village_id=village_id, in_force=True).order_by()
    for year, source, amount in rows.values_list("budget_year", "source", "amount"):
        found[year, source] += amount
    return dict(found)


def income_of(rpjmdes: Rpjmdes) -> dict[int, dict[str, int]]:
    """Return year -> source -> rupiah as the team wrote it. One query."""
    found: dict[int, dict[str, int]] = {}
    rows = RpjmdesIncome.objects.filter(rpjmdes=rpjmdes).order_by("year", "source")
    for year, source, amount in rows.values_list("year", "source", "amount"):
        found.setdefault(year, {})[source] = amount
    return found


def known_incomes(village_id: str) -> dict[tuple[int, str], KnownIncome]:
    """Return (year, source) -> what the program holds of it. One query for ceilings, what each room needs besides."""
    found: dict[tuple[int, str], KnownIncome] = {}
    told: tuple[tuple[str | Promise, Provider], ...] = ((_("pagu"), ceilings_as_income), *_providers.values())
    for words, provider in told:
        for (year, source), amount in provider(village_id).items():
            if source in INCOME_SOURCES:
                found[year, source] = KnownIncome(amount, year, str(words))
    return found


def offered(known: Mapping[tuple[int, str], KnownIncome], period: range) -> dict[tuple[int, str], KnownIncome]:
    """Return what may be offered for each year of *period*: the income of that year, else that of the last one known.

    A source of which nothing is known before or in a year has no offer.
    """
    found: dict[tuple[int, str], KnownIncome] = {}
    for source in INCOME_SOURCES:
        told = sorted((row for (_year, code), row in known.items() if code == source), key=lambda row: row.year)
        for year in period:
            before = [row for row in told if row.year <= year]
            if before:
                found[year, source] = before[-1]
    return found
