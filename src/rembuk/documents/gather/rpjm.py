"""F06, F17 and F33: the papers of an RPJM Desa in work or in force."""

from datetime import date

from rembuk.core.documents.amendment import AmendmentValues, build_amendment
from rembuk.core.documents.model import Document
from rembuk.core.documents.programmes import ProgrammesValues
from rembuk.core.documents.rpjm_amendment import RpjmAmendmentValues, build_rpjm_amendment
from rembuk.core.documents.rpjmdes import RpjmdesValues
from rembuk.cycles.procedure import family_of
from rembuk.documents.gather import plans
from rembuk.documents.gather.days import local_day
from rembuk.plans import rpjm_papers
from rembuk.plans.models import RkpdesVersion, Rpjmdes
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


def any_amendment(key: str) -> AmendmentValues | RpjmAmendmentValues:
    """Return the values of F33 for a version of an RKP Desa or an amendment of an RPJM Desa.

    Raises: Rpjmdes.DoesNotExist, RefusedError for a plan that amends nothing.
    """
    if RkpdesVersion.objects.filter(pk=key).exists():
        return plans.amendment(key)
    plan = rpjm_by_id(key)
    return rpjm_papers.rpjm_amendment_values(plan, dated=day_of(plan))


def build_any_amendment(values: AmendmentValues | RpjmAmendmentValues) -> Document:
    """Build F33 of either plan."""
    return build_rpjm_amendment(values) if isinstance(values, RpjmAmendmentValues) else build_amendment(values)
