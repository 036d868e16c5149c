"""On which ground an enacted plan may be changed, as dated rows with article and certainty.

The statute knows two grounds. What practice treats as one of them says so, and that nobody has confirmed it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from rembuk.core.errors import BadInputError
from rembuk.core.law.dated import Dated


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground. treated_as: the statute's ground under which practice puts it, empty for the two themselves.

    plans: kinds of plan it may change (``rkpdes``, ``rpjmdes``). note: what a reader has to know of its certainty.
    """

    code: str
    title: str
    plans: frozenset[str]
    treated_as: str = ""
    note: str = ""


BOTH: Final = frozenset({"rkpdes", "rpjmdes"})
SINCE: Final = date(2014, 12, 31)
_SOURCE: Final = "PP 43/2014 Pasal 120; Permendagri 114/2014 Pasal 28 dan 49"
_PRACTICE: Final = "Aturan hanya menyebut dua dasar; praktik memperlakukannya sebagai perubahan kebijakan."

GROUNDS: Final[tuple[Dated[Ground], ...]] = (
    Dated(
        SINCE,
        Ground(
            "SPECIAL_EVENT",
            "Peristiwa khusus: bencana alam, krisis politik, krisis ekonomi, atau kerusuhan sosial berkepanjangan",
            BOTH,
        ),
        _SOURCE,
        "known",
    ),
    Dated(
        SINCE,
        Ground(
            "POLICY_CHANGE",
            "Perubahan mendasar atas kebijakan Pemerintah, pemerintah provinsi, atau pemerintah kabupaten",
            BOTH,
        ),
        _SOURCE,
        "known",
    ),
    Dated(
        SINCE,
        Ground(
            "CEILING_CHANGE",
            "Pagu final berbeda dari pagu indikatif",
            frozenset({"rkpdes"}),
            "POLICY_CHANGE",
            _PRACTICE,
        ),
        _SOURCE,
        "uncertain",
    ),
    Dated(
        SINCE,
        Ground(
            "CLARIFICATION",
            "Hasil klarifikasi Bupati meminta perbaikan",
            BOTH,
            "POLICY_CHANGE",
            _PRACTICE,
        ),
        "PP 43/2014 Pasal 87; Permendagri 111/2014",
        "uncertain",
    ),
    Dated(
        date(2024, 4, 25),
        Ground(
            "TERM_EXTENSION",
            "Masa jabatan Kepala Desa menjadi delapan tahun",
            frozenset({"rpjmdes"}),
            "POLICY_CHANGE",
        ),
        "UU 3/2024 Pasal 39",
        "known",
    ),
)
"""Grounds in the order in which they are offered."""


def grounds_for(plan: str, on: date) -> tuple[Dated[Ground], ...]:
    """Return the grounds that may change a *plan* (``rkpdes`` | ``rpjmdes``) on that day."""
    return tuple(row for row in GROUNDS if row.holds(on) and plan in row.value.plans)


def ground_of(code: str, plan: str, on: date) -> Dated[Ground]:
    """Return the ground with this code. Raises: BadInputError ``amendment-ground`` when it may not change the plan."""
    found = next((row for row in grounds_for(plan, on) if row.value.code == code), None)
    if found is None:
        raise BadInputError("amendment-ground", read=code)
    return found
