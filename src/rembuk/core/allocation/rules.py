"""From a year's Dana Desa pack to the rows an allocation keeps to."""

from collections.abc import Iterable
from fractions import Fraction

from rembuk.core.allocation.model import Share
from rembuk.core.law.dana_desa import RulePack, RuleRow

DANA_DESA = "DDS"


def shares_of(pack: RulePack | None, *, regular: int, earmarked: int = 0) -> tuple[Share, ...]:
    """Return the rows of *pack* that bind money; none for a year that is not loaded.

    regular: rupiah of Dana Desa the village may plan. earmarked: rupiah on top of it (KDMP). A percentage is taken of
    the base its row names. Rows that are not enforced come back soft: reported, never blocking. Notes and limits per
    family are no money rows and are left to the checks.
    """
    if pack is None:
        return ()
    bases = {"DD_TOTAL": regular + earmarked, "DD_REGULAR": regular}
    return tuple(share for row in pack.rows for share in _shares(row, bases))


def _shares(row: RuleRow, bases: dict[str, int]) -> Iterable[Share]:
    if row.kind == "MUST_TAG":
        yield Share(
            name=row.code,
            of=DANA_DESA,
            tags=row.tags,
            match="none",
            max=Fraction(0),
            hard=row.enforced,
            legal_basis=row.source,
            title=row.title,
        )
    elif row.kind in {"MIN_PCT", "MAX_PCT"} and row.share is not None and row.base in bases:
        yield Share(
            name=row.code,
            of=DANA_DESA,
            tags=row.tags,
            min=row.share if row.kind == "MIN_PCT" else None,
            max=row.share if row.kind == "MAX_PCT" else None,
            base=bases[row.base],
            hard=row.enforced,
            legal_basis=row.source,
            title=row.title,
        )
