"""F14: the proposals of a cycle in one list."""

from decimal import Decimal

from django.db.models import Max

from rembuk.core.documents.frame import UNNAMED, Person
from rembuk.core.documents.proposal_recap import RecapLine, RecapValues
from rembuk.core.documents.rkpdes import Beneficiaries
from rembuk.cycles.models import Cycle
from rembuk.documents.gather.days import local_day
from rembuk.plans.paper_values import frame_of, signers_of
from rembuk.plans.queries import chairs_of
from rembuk.proposals.models import Proposal
from rembuk.proposals.queries import RecapRow, recap_for_cycle


def proposal_recap(key: str) -> RecapValues:
    """Return the values of F14 for a cycle, dated by its newest change. Raises: Cycle.DoesNotExist."""
    cycle = Cycle.objects.select_related("village__district", "village__regency").get(pk=key)
    village = cycle.village
    newest = Proposal.objects.filter(cycle=cycle).exclude(state="draft").aggregate(at=Max("changed_at"))["at"]
    dated = local_day(village, newest or cycle.created_at)
    recap = recap_for_cycle(cycle.pk)
    lines = tuple(line_of(row, group.field) for group in recap.groups for row in group.rows)
    return RecapValues(
        frame=frame_of(village, dated),
        year_label=f"Tahun {cycle.budget_year}",
        lines=lines,
        head=signers_of(village.id, dated).get("KAD", UNNAMED),
        team_chair=Person(chairs_of(cycle.pk).drafting),
        team="Ketua Tim Penyusun RKP Desa",
    )


def line_of(row: RecapRow, field: int) -> RecapLine:
    return RecapLine(
        field=field or None,
        proposal=row.title,
        location=row.location,
        quantity=Decimal(row.volume.replace(",", ".")) if row.volume else None,
        unit=row.unit,
        beneficiaries=Beneficiaries(row.men, row.women, row.poor),
        origin=row.origin,
    )
