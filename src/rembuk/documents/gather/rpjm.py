"""F06 and F17: the papers of an RPJM Desa in work or in force."""

from datetime import date

from rembuk.core.documents.programmes import ProgrammesValues
from rembuk.core.documents.rpjmdes import RpjmdesValues
from rembuk.cycles.procedure import family_of
from rembuk.documents.gather.days import local_day
from rembuk.plans import rpjm_papers
from rembuk.plans.models import Rpjmdes
from rembuk.plans.rpjm_queries import rpjm_by_id


def day_of(rpjmdes: Rpjmdes) -> date:
    """Return the day of its last change, for a paper that has no day of its own."""
    return local_day(rpjmdes.village, rpjmdes.changed_at)


def rpjmdes(key: str) -> RpjmdesValues:
    """Return the values of F17 in the regency's family. Raises: Rpjmdes.DoesNotExist."""
    plan = rpjm_by_id(key)
    variant_b = family_of(plan.village.regency) == "B"
    return rpjm_papers.rpjmdes_values(plan, dated=day_of(plan), variant_b=variant_b)


def programmes(key: str) -> ProgrammesValues:
    """Return the values of F06 in the regency's family. Raises: Rpjmdes.DoesNotExist."""
    plan = rpjm_by_id(key)
    variant_b = family_of(plan.village.regency) == "B"
    return rpjm_papers.programmes_values(plan, dated=day_of(plan), variant_b=variant_b)
