"""F32: the needs that the village hands upward."""

from django.db.models import Max

from rembuk.core.documents.du_rkpdes import DuLine, DuValues
from rembuk.core.documents.frame import UNNAMED, Person
from rembuk.core.documents.rkpdes import UNCOUNTED
from rembuk.core.money import Rupiah
from rembuk.cycles.procedure import family_of
from rembuk.documents.gather.codes import short_subfield_of
from rembuk.documents.gather.days import local_day
from rembuk.documents.gather.financing import cycle_of
from rembuk.documents.gather.priorities import counted
from rembuk.plans.models import DuRkpdesItem
from rembuk.plans.paper_values import frame_of, signers_of
from rembuk.plans.queries import chairs_of


def du_rkpdes(key: str) -> DuValues:
    """Return the values of F32 for a cycle, in the family of the regency. Raises: Cycle.DoesNotExist."""
    cycle = cycle_of(key)
    rows = DuRkpdesItem.objects.filter(cycle=cycle).select_related("proposal")
    newest = rows.order_by().aggregate(at=Max("changed_at"))["at"]
    dated = local_day(cycle.village, newest or cycle.created_at)
    listed = list(rows)
    costless = sum(row.cost is None for row in listed)
    return DuValues(
        frame=frame_of(cycle.village, dated),
        budget_year=cycle.budget_year,
        lines=tuple(du_line(row) for row in listed),
        head=signers_of(cycle.village_id, dated).get("KAD", UNNAMED),
        team_chair=Person(chairs_of(cycle.pk).drafting),
        notes=(f"{costless} kegiatan belum punya prakiraan biaya dan tidak ikut dijumlahkan.",) if costless else (),
        family=family_of(cycle.village.regency),
    )


def du_line(row: DuRkpdesItem) -> DuLine:
    """Return one need; goals and beneficiaries are those of the proposal it came from."""
    proposal, code = row.proposal, row.activity_code
    return DuLine(
        field=int(code.split(".")[0]) if code else 0,
        activity=row.name,
        location=row.location,
        volume=row.volume_text,
        beneficiaries=counted(proposal) if proposal is not None else UNCOUNTED,
        schedule=row.schedule,
        cost=None if row.cost is None else Rupiah(row.cost),
        source=row.proposed_source,
        subfield=short_subfield_of(code),
        sdgs=tuple(proposal.sdgs) if proposal is not None else (),
    )
