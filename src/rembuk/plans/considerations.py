"""What the Perdes of a plan weighs: the usual wording of its kind, and what an amendment takes over."""

from typing import Any

from rembuk.core.documents.perdes_wording import (
    amending_considerations,
    carried_considerations,
    default_considerations,
)
from rembuk.core.documents.rpjm_perdes_wording import amending_rpjm_considerations, rpjm_considerations
from rembuk.core.law.amendments import ground_of
from rembuk.plans.models import RkpdesVersion, Rpjmdes
from rembuk.plans.paper_values import ground_title


def usual_considerations(plan: RkpdesVersion) -> tuple[str, ...]:
    """Return what the regulation weighs where the village wrote nothing of its own."""
    year = plan.cycle.budget_year
    if plan.is_amendment and plan.supersedes is not None:
        return amending_considerations(year, plan.supersedes.perdes_number, ground_title(plan))
    return default_considerations(year)


def usual_rpjm_considerations(rpjmdes: Rpjmdes) -> tuple[str, ...]:
    """Return the same for an RPJM Desa or an amendment of one."""
    years, base = f"{rpjmdes.start_year}-{rpjmdes.end_year}", rpjmdes.supersedes
    if base is None or rpjmdes.ground_date is None:
        return rpjm_considerations(years)
    ground = ground_of(rpjmdes.ground, "rpjmdes", rpjmdes.ground_date).value.title
    return amending_rpjm_considerations(years, f"{base.start_year}-{base.end_year}", base.perdes_number, ground)


def carried_texts(base: RkpdesVersion, made: RkpdesVersion) -> dict[str, Any]:
    """Return the texts with which the Perdes of the amendment *made* begins: those of *base* that still fit."""
    own = base.perdes_data.get("considerations")
    kept = carried_considerations(own, usual_considerations(base), usual_considerations(made)) if own else ()
    return with_considerations(base.perdes_data, kept)


def carried_rpjm_texts(base: Rpjmdes, made: Rpjmdes) -> dict[str, Any]:
    """Return the same for an amendment of an RPJM Desa."""
    own = base.perdes_data.get("considerations")
    kept = carried_considerations(own, usual_rpjm_considerations(base), usual_rpjm_considerations(made)) if own else ()
    return with_considerations(base.perdes_data, kept)


def with_considerations(data: dict[str, Any], own: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in {**data, "considerations": list(own)}.items() if value}
