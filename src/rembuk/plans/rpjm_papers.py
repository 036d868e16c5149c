"""The values of the papers of an RPJM Desa: its matrix (F17) and the programmes that enter the village (F06)."""

from datetime import date

from rembuk.core.documents.frame import UNNAMED, Person
from rembuk.core.documents.programmes import ProgrammeLine, ProgrammesValues
from rembuk.core.documents.rkpdes import Beneficiaries
from rembuk.core.documents.rpjm_amendment import RpjmAmendmentLine, RpjmAmendmentValues
from rembuk.core.documents.rpjmdes import RpjmdesLine, RpjmdesValues
from rembuk.core.errors import RefusedError
from rembuk.core.law.amendments import ground_of
from rembuk.plans.models import PolicyLine, Rpjmdes, RpjmdesItem
from rembuk.plans.paper_values import frame_of, signers_of
from rembuk.plans.queries import chairs_of
from rembuk.plans.rpjm_grid import sub_field_of
from rembuk.plans.rpjm_queries import bidang_of, rpjm_items
from rembuk.plans.rpjm_reviewing import reviewed
from rembuk.plans.rpjm_values import values_of

STAGES = {"enacted": "", "final": "Rancangan Akhir", "agreed": "Rancangan Akhir"}


def rpjmdes_values(rpjmdes: Rpjmdes, *, dated: date, variant_b: bool) -> RpjmdesValues:
    """Return F17: the annex of its Perdes once it is enacted, a draft before. Three queries."""
    day = rpjmdes.perdes_date or dated
    signers = signers_of(rpjmdes.village_id, day)
    items = rpjm_items(rpjmdes.id)
    return RpjmdesValues(
        frame=frame_of(rpjmdes.village, day, number=rpjmdes.perdes_number),
        start_year=rpjmdes.start_year,
        end_year=rpjmdes.end_year,
        items=tuple(line_of(item) for item in items),
        head=signers.get("KAD", UNNAMED),
        team_chair=chair_of(rpjmdes),
        variant_b=variant_b,
        stage=STAGES.get(rpjmdes.state, "Rancangan"),
    )


def chair_of(rpjmdes: Rpjmdes) -> Person:
    return Person(chairs_of(rpjmdes.cycle_id).drafting) if rpjmdes.cycle_id is not None else UNNAMED


def line_of(item: RpjmdesItem) -> RpjmdesLine:
    """Return one activity as a row of F17; a volume that was registered as words is printed as it stands."""
    values = values_of(item)
    cost = values.cost
    return RpjmdesLine(
        field=bidang_of(item),
        activity=values.name,
        sub_field=sub_field_of(item.activity_code),
        location=values.location,
        quantity=values.volume,
        unit=values.unit or ("" if values.volume is not None else item.volume_text),
        target=values.target,
        years=values.years,
        year_costs=values.year_costs,
        total=int(cost) if cost is not None else None,
        source=values.source,
        mode=values.delivery_mode or None,  # type: ignore[arg-type]
        sdgs=values.sdgs,
        baseline=values.baseline,
        targets=dict(values.targets),
        beneficiaries=Beneficiaries(values.beneficiaries_male, values.beneficiaries_female, values.beneficiaries_poor),
    )


def programmes_values(rpjmdes: Rpjmdes, *, dated: date, variant_b: bool) -> ProgrammesValues:
    """Return F06 as the team lists it. Three queries."""
    signers = signers_of(rpjmdes.village_id, dated)
    return ProgrammesValues(
        frame=frame_of(rpjmdes.village, dated),
        period=f"{rpjmdes.start_year}-{rpjmdes.end_year}",
        lines=tuple(
            ProgrammeLine(
                origin=row.origin,
                field=row.field,
                name=row.name,
                agency=row.agency,
                year=row.year,
                location=row.location,
                volume=row.volume_text,
                amount=row.amount,
                sdgs=tuple(row.sdgs),
            )
            for row in PolicyLine.objects.filter(rpjmdes=rpjmdes)
        ),
        reason=rpjmdes.policy_note,
        head=signers.get("KAD", UNNAMED),
        team_chair=chair_of(rpjmdes),
        variant_b=variant_b,
    )


def rpjm_amendment_values(rpjmdes: Rpjmdes, *, dated: date) -> RpjmAmendmentValues:
    """Return F33 of an amendment against the plan that it supersedes. Raises: RefusedError ``amendment-not``."""
    base = rpjmdes.supersedes
    if base is None:
        raise RefusedError("amendment-not")
    found = reviewed(rpjmdes)
    day = rpjmdes.perdes_date or dated
    signers = signers_of(rpjmdes.village_id, day)
    old = {str(item.id): line_of(item) for item in rpjm_items(base.id)}
    new = {key: line_of(item) for key, item in found.items.items()}
    ground = ground_of(rpjmdes.ground, "rpjmdes", rpjmdes.ground_date or day)
    return RpjmAmendmentValues(
        frame=frame_of(rpjmdes.village, day, number=rpjmdes.perdes_number),
        start_year=rpjmdes.start_year,
        before=base.end_year,
        after=rpjmdes.end_year,
        superseded=base.perdes_number,
        ground=ground.value.title,
        letter_number=rpjmdes.ground_number,
        letter_date=rpjmdes.ground_date,
        lines=tuple(
            RpjmAmendmentLine(
                old.get(change.before.key) if change.before is not None else None,
                new.get(change.after.key) if change.after is not None else None,
                found.reasons.get(change.subject, ""),
            )
            for change in found.changes
        ),
        head=signers.get("KAD", UNNAMED),
        team_chair=chair_of(rpjmdes),
        stage=STAGES.get(rpjmdes.state, "Rancangan"),
    )
