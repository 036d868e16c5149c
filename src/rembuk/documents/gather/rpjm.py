"""F06, F16 to F19 and F33: the papers of an RPJM Desa in work or in force."""

from dataclasses import replace
from datetime import date

from rembuk.assessment.models import Assessment
from rembuk.assessment.queries import assessment_of_cycle, inventory, ranking_of
from rembuk.core.assessment.village_data import SECTIONS
from rembuk.core.documents.amendment import AmendmentValues, build_amendment
from rembuk.core.documents.frame import date_text
from rembuk.core.documents.model import Document
from rembuk.core.documents.perdes import PerdesValues
from rembuk.core.documents.programmes import ProgrammesValues
from rembuk.core.documents.rkpdes import volume_text
from rembuk.core.documents.rpjm_amendment import RpjmAmendmentValues, build_rpjm_amendment
from rembuk.core.documents.rpjm_text import DataLine, ProblemText, RpjmTextValues
from rembuk.core.documents.rpjmdes import RpjmdesValues
from rembuk.core.documents.sdgs_roadmap import RoadmapValues
from rembuk.cycles.procedure import family_of
from rembuk.documents.gather import plans
from rembuk.documents.gather.days import local_day
from rembuk.documents.gather.wording import changed_lines, common_values
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


def roadmap(key: str) -> RoadmapValues:
    """Return the values of F16. Raises: Rpjmdes.DoesNotExist."""
    plan = rpjm_by_id(key)
    return rpjm_papers.roadmap_values(plan, dated=day_of(plan))


def text(key: str) -> RpjmTextValues:
    """Return the values of F18 with what the assessment of its cycle found. Raises: Rpjmdes.DoesNotExist."""
    plan = rpjm_by_id(key)
    values = rpjm_papers.rpjm_text_values(plan, dated=day_of(plan))
    studied = assessment_of_cycle(plan.cycle_id) if plan.cycle_id is not None else None
    return values if studied is None else with_findings(values, studied)


def blank_texts(key: str) -> list[RpjmTextValues]:
    """Return F18 to fill by hand: without the matrix and what the register says. Raises: Rpjmdes.DoesNotExist."""
    values = text(key)
    return [replace(values, plan=replace(values.plan, items=(), income={}), profile=())]


def with_findings(values: RpjmTextValues, studied: Assessment) -> RpjmTextValues:
    """Return the values with the village's data, its problems as ranked and its potentials. Five queries."""
    places = {row.id: row for row in inventory(studied, "problem")}
    problems = [places[row.key] for row in ranking_of(studied, "problem")]
    return replace(
        values,
        data=tuple(
            DataLine(SECTIONS[row.section], row.name, volume_text(row.volume, ""), row.unit)
            for row in sorted(studied.data.order_by("order", "id"), key=lambda row: list(SECTIONS).index(row.section))
            if row.volume is not None
        ),
        problems=tuple(ProblemText(row.text, row.location, row.cause) for row in problems),
        potentials=tuple(row.text for row in inventory(studied, "potential")),
    )


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


def any_perdes(key: str) -> PerdesValues:
    """Return the values of F19 for a version of an RKP Desa or for an RPJM Desa. Raises: Rpjmdes.DoesNotExist."""
    return plans.perdes(key) if RkpdesVersion.objects.filter(pk=key).exists() else perdes(key)


def perdes(key: str) -> PerdesValues:
    """Return the values of F19 of an RPJM Desa: the village's own texts, else the wording of its regency.

    An amendment weighs its own ground where the village wrote nothing. Raises: Rpjmdes.DoesNotExist.
    """
    plan = rpjm_by_id(key)
    values = rpjm_papers.rpjm_perdes_values(plan, dated=day_of(plan))
    said = common_values(plan.village, values.years, kepala_desa=values.head.name, ketua_bpd=values.bpd_chair.name)
    said["tanggal"] = date_text(values.frame.dated)
    regency = plan.village.regency_id
    weighed = () if values.amends else changed_lines(regency, "perdes-rpjm-menimbang", said)
    return replace(
        values,
        considerations=values.considerations or weighed,
        legal_basis=values.legal_basis or changed_lines(regency, "perdes-rpjm-mengingat", said),
    )
