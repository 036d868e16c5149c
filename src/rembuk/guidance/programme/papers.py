"""The paper of a plan: its values gathered for the pure builder; kept in the archive when a version is approved."""

from datetime import datetime

from django.utils.text import capfirst

from rembuk.core.documents.frame import Frame, Person, VillageHeading
from rembuk.core.documents.model import Document
from rembuk.core.documents.programme import CODE, ProgrammeValues, build_programme
from rembuk.core.guidance.programme import Kind, coverage
from rembuk.core.guidance.programme_content import PlanContent
from rembuk.core.hat import Hat
from rembuk.cycles.calendar import local_day
from rembuk.guidance.programme.labels import KINDS
from rembuk.guidance.programme.models import GuidancePlan
from rembuk.guidance.programme.queries.content import facts_of
from rembuk.plans.paper_values import bare
from rembuk.shared.roles import role_name

__all__ = ["CODE", "document_of"]


def document_of(plan: GuidancePlan, content: PlanContent, *, approver: Hat, at: datetime) -> Document:
    """Return the paper of the version that is being approved. Five queries."""
    regency = plan.regency
    name = bare(regency.name, "Kabupaten ", "Kota ")
    day = local_day(regency, at)
    frame = Frame(
        village=VillageHeading("", "", name, regency.province_name),
        dated=day,
        place=str(regency.settings.get("seat", name)),
        version=str(plan.version_no),
        sample=regency.sample,
    )
    values = ProgrammeValues(
        frame=frame,
        content=content,
        number=plan.version_no,
        coverage=coverage(facts_of(plan)),
        kinds=tuple((kind, capfirst(str(KINDS[kind.value]))) for kind in Kind),
        approver=Person(approver.name),
        approver_office=role_name(approver.role),
        approved=day,
        letterhead=(f"Pemerintah {regency.name}", "Dinas Pemberdayaan Masyarakat dan Desa"),
        reason=plan.revise_reason,
    )
    return build_programme(values)
