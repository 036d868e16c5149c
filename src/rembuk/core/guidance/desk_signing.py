"""Who signs the result: the Camat where a Perbup has delegated it, else the regency; nobody signs what they drafted.

Source: Permendagri 20/2018 Pasal 35 and Pasal 37 ayat (6) for the APB Desa. RPJM and RKP Desa are advised on, not
approved: the Camat or the head of DPMD signs the advice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from rembuk.core.hat import Role

REGENT_SIGNERS: Final = frozenset({Role.BUP, Role.SEK, Role.KDP})
"""For the regent's decision; the Sekda and the head of DPMD record the letter that he signed."""


@dataclass(frozen=True, slots=True)
class Delegated:
    """A Perbup that delegates the evaluation of the APB Desa. districts: codes, empty for all of the regency."""

    decree: str
    start: date
    end: date | None = None
    districts: tuple[str, ...] = ()

    def holds(self, district: str, on: date) -> bool:
        """Return whether it holds for a district on a day; both days are included."""
        in_time = self.start <= on and (self.end is None or on <= self.end)
        return in_time and (not self.districts or district in self.districts)


def delegation_on(rows: Iterable[Delegated], district: str, on: date) -> Delegated | None:
    """Return the delegation that holds; the one that began last where several do."""
    return max((row for row in rows if row.holds(district, on)), key=lambda row: (row.start, row.decree), default=None)


def signers_of(checks: str, *, delegated: bool) -> frozenset[Role]:
    """Return the roles that may sign the result of a list."""
    if checks == "EV-APB":
        return frozenset({Role.CAM}) if delegated else REGENT_SIGNERS
    return frozenset({Role.CAM, Role.KDP})


def may_forward(checks: str, *, delegated: bool) -> bool:
    """Return whether the Camat hands the draft on to the regency: always where he does not sign it himself."""
    return checks != "EV-APB" or not delegated
