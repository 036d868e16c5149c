"""What a matrix of an RPJM Desa says, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made

from rembuk.core.intake.proposals import RefusedRow, RowNote, TotalsRow
from rembuk.core.money import Rupiah


@dataclass(frozen=True, slots=True)
class RpjmRow:
    """One activity. row: as the sheet counts it. years: calendar years it runs in, at least one.

    yearly: year -> rupiah where the sheet splits its money by year. cost: rupiah over the whole period, None where the
    sheet gives none. field: bidang 1 to 5 or None. mode: self_managed | inter_village | third_party, or "".
    """

    row: int
    name: str
    years: tuple[int, ...]
    field: int | None = None
    subfield: str = ""
    activity_code: str = ""
    location: str = ""
    volume_text: str = ""
    target: str = ""
    cost: Rupiah | None = None
    yearly: Mapping[int, Rupiah] = made(default_factory=dict)
    source: str = ""
    mode: str = ""
    sdgs: tuple[int, ...] = ()
    baseline: str = ""
    targets: Mapping[int, str] = made(default_factory=dict)
    men: int | None = None
    women: int | None = None
    poor: int | None = None


@dataclass(frozen=True, slots=True)
class RpjmReading:
    """What one sheet gave. period: (first, last) year, None where nothing says it. family: A or B.

    notes: what is odd but taken. totals: the sums that the sheet itself prints.
    """

    sheet: str
    family: str
    period: tuple[int, int] | None
    rows: tuple[RpjmRow, ...]
    refused: tuple[RefusedRow, ...]
    notes: tuple[RowNote, ...]
    totals: tuple[TotalsRow, ...]

    @property
    def total(self) -> Rupiah:
        """The sum of what the activities cost, in rupiah."""
        return Rupiah(sum(row.cost or 0 for row in self.rows))

    @property
    def empty_years(self) -> tuple[int, ...]:
        """The years of the period in which nothing runs: a gap that a person must look at."""
        if self.period is None:
            return ()
        used = {year for row in self.rows for year in row.years}
        return tuple(year for year in range(self.period[0], self.period[1] + 1) if year not in used)
