"""The matrix of an RPJM Desa: every year planned for, every activity complete, every budget split over its years.

Source: Permendagri 114/2014 Pasal 23 and Lampiran F17; UU 3/2024 Pasal 79 ayat (2).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from rembuk.core.errors import Finding, Severity
from rembuk.core.workflow.links import LINKS

SOURCE: Final = "Permendagri 114/2014 Pasal 23"


@dataclass(frozen=True, slots=True)
class RpjmItemFacts:
    """One activity of the matrix. year_costs: year -> rupiah, nothing where only the year is set. cost: total typed.

    years: every year in which it is planned, those with a cost included.
    """

    key: str
    name: str
    activity_code: str = ""
    location: str = ""
    volume: Decimal | None = None
    unit: str = ""
    source: str = ""
    delivery_mode: str = ""
    years: tuple[int, ...] = ()
    year_costs: Mapping[int, int] = field(default_factory=dict)
    cost: int | None = None

    @property
    def split(self) -> int:
        return sum(self.year_costs.values())

    @property
    def total(self) -> int | None:
        """The cost that counts: the sum of the years, else the total typed."""
        return self.split if self.year_costs else self.cost


def lacking(item: RpjmItemFacts) -> tuple[str, ...]:
    """Return in words what the activity lacks before the matrix is complete."""
    asked = (
        ("bidang", item.activity_code),
        ("lokasi", item.location),
        ("volume", item.volume is not None and item.unit),
        ("tahun", item.years),
        ("biaya", item.total is not None),
        ("sumber", item.source),
        ("pola", item.delivery_mode),
    )
    return tuple(name for name, there in asked if not there)


def empty_years(items: Iterable[RpjmItemFacts], period: range) -> tuple[int, ...]:
    """Return the years of the period for which nothing is planned."""
    planned = {year for item in items for year in item.years}
    return tuple(year for year in period if year not in planned)


def check_item(item: RpjmItemFacts, period: range) -> list[Finding]:
    """Return what is wrong with one activity, the blocking ones first."""

    def found(code: str, severity: Severity, text: str) -> Finding:
        return Finding(code, severity, f"{item.name}: {text}", SOURCE, item.key, LINKS["rpjm_item"])

    result: list[Finding] = []
    outside = [year for year in item.years if year not in period]
    if outside:
        years = ", ".join(str(year) for year in outside)
        text = f"tahun {years} di luar periode {period[0]}-{period[-1]}; pindahkan ke dalam periode."
        result.append(found("RPJM-PERIODE", "block", text))
    priced = [year for year in item.years if year in item.year_costs]
    if len(item.years) > 1 and item.cost is not None and not priced:
        text = f"direncanakan {len(item.years)} tahun dengan satu jumlah biaya; bagi biayanya per tahun."
        result.append(found("RPJM-BAGI", "block", text))
    elif priced and len(priced) < len(item.years):
        years = ", ".join(str(year) for year in item.years if year not in item.year_costs)
        result.append(found("RPJM-BAGI", "block", f"tahun {years} belum berbiaya; isi biayanya per tahun."))
    if item.year_costs and item.cost is not None and item.cost != item.split:
        text = f"jumlah {_money(item.cost)} tidak sama dengan biaya per tahun {_money(item.split)}; samakan."
        result.append(found("RPJM-JUMLAH", "block", text))
    if missing := lacking(item):
        result.append(found("RPJM-LENGKAP", "block", f"belum ada {', '.join(missing)}; lengkapi."))
    if item.total == 0:
        result.append(found("RPJM-NOL", "warn", "biayanya nol; isi perkiraan biayanya."))
    return result


def check_rpjm(items: Sequence[RpjmItemFacts], period: range) -> list[Finding]:
    """Return what is wrong with the matrix, item by item in their order, then what is about no single one.

    Years of the period without an activity, and activities written twice, are named once each.
    """
    result = [finding for item in items for finding in check_item(item, period)]
    result += _twice(items)
    if items and (years := empty_years(items, period)):
        text = f"Belum ada kegiatan untuk tahun {', '.join(str(year) for year in years)}."
        result.append(Finding("RPJM-TAHUN", "block", text, SOURCE, "", LINKS["rpjm"]))
    return result


def _twice(items: Sequence[RpjmItemFacts]) -> list[Finding]:
    seen: dict[tuple[str, str], str] = {}
    result = []
    for item in items:
        mark = (" ".join(item.name.lower().split()), " ".join(item.location.lower().split()))
        if mark in seen:
            text = f"{item.name}: tertulis dua kali untuk lokasi yang sama; gabungkan atau bedakan."
            result.append(Finding("RPJM-GANDA", "warn", text, SOURCE, item.key, LINKS["rpjm_item"]))
        seen.setdefault(mark, item.key)
    return result


def _money(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")
