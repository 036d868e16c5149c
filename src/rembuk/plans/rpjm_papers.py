"""The values of the papers of an RPJM Desa: its matrix (F17) and the programmes that enter the village (F06)."""

from datetime import date

from django.db.models import Count, Q

from rembuk.core.documents.frame import UNNAMED, Person
from rembuk.core.documents.perdes import PerdesValues
from rembuk.core.documents.programmes import ProgrammeLine, ProgrammesValues
from rembuk.core.documents.rkpdes import Beneficiaries
from rembuk.core.documents.rpjm_amendment import RpjmAmendmentLine, RpjmAmendmentValues
from rembuk.core.documents.rpjm_text import HamletLine, RpjmTextValues
from rembuk.core.documents.rpjmdes import RpjmdesLine, RpjmdesValues
from rembuk.core.documents.sdgs_roadmap import RoadmapValues
from rembuk.core.errors import RefusedError
from rembuk.core.law.amendments import ground_of
from rembuk.core.lists import sdgs
from rembuk.core.money import format_amount
from rembuk.plans.models import PolicyLine, Rpjmdes, RpjmdesItem
from rembuk.plans.paper_values import frame_of, signers_of
from rembuk.plans.queries import chairs_of
from rembuk.plans.rpjm_grid import sub_field_of
from rembuk.plans.rpjm_income import income_of
from rembuk.plans.rpjm_queries import bidang_of, rpjm_items
from rembuk.plans.rpjm_reviewing import reviewed
from rembuk.plans.rpjm_values import values_of
from rembuk.regions.models import Village

ACCESS_WORDS = {"road": "jalan darat", "river": "sungai", "lake": "danau", "sea": "laut", "mixed": "campuran"}
SIGNAL_WORDS = {"none": "tanpa sinyal", "weak": "lemah", "good": "baik"}
"""As papers say it, in Indonesian whatever language the reader chose."""
STAGES = {"enacted": "", "final": "Rancangan Akhir", "agreed": "Rancangan Akhir"}


def rpjmdes_values(rpjmdes: Rpjmdes, *, dated: date, variant_b: bool) -> RpjmdesValues:
    """Return F17: the annex of its Perdes once it is enacted, a draft before. Four queries."""
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
        income=income_of(rpjmdes),
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
        indicator=item.indicator,
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


def rpjm_perdes_values(rpjmdes: Rpjmdes, *, dated: date) -> PerdesValues:
    """Return F19 of an RPJM Desa, or of an amendment of one. One query."""
    day = rpjmdes.perdes_date or dated
    signers = signers_of(rpjmdes.village_id, day)
    base, agreed = rpjmdes.supersedes, rpjmdes.bpd_agreement_number
    ground = ground_of(rpjmdes.ground, "rpjmdes", rpjmdes.ground_date or day).value.title if base is not None else ""
    return PerdesValues(
        frame=frame_of(rpjmdes.village, day, number=rpjmdes.perdes_number),
        budget_year=rpjmdes.start_year,
        last_year=rpjmdes.end_year,
        head=signers.get("KAD", UNNAMED),
        secretary=signers.get("SDK", UNNAMED),
        bpd_chair=signers.get("BPD", UNNAMED),
        considerations=tuple(rpjmdes.perdes_data.get("considerations", ())),
        legal_basis=tuple(rpjmdes.perdes_data.get("legal_basis", ())),
        promulgated_date=rpjmdes.promulgated_date,
        gazette_number=rpjmdes.gazette_number,
        endorsed_date=rpjmdes.bpd_agreement_date,
        bpd_decision=f"Keputusan BPD Nomor {agreed}" if agreed else "",
        amends=base.perdes_number if base is not None else "",
        ground=ground,
        amended_last_year=base.end_year if base is not None else None,
    )


def roadmap_values(rpjmdes: Rpjmdes, *, dated: date) -> RoadmapValues:
    """Return F16 from the matrix. Four queries."""
    matrix = rpjmdes_values(rpjmdes, dated=dated, variant_b=False)
    return RoadmapValues(
        frame=matrix.frame,
        start_year=matrix.start_year,
        end_year=matrix.end_year,
        items=matrix.items,
        goal_names={number: goal.name for number, goal in sdgs().items()},
        head=matrix.head,
        team_chair=matrix.team_chair,
    )


def rpjm_text_values(rpjmdes: Rpjmdes, *, dated: date) -> RpjmTextValues:
    """Return F18 from the plan and the village's register, without what an assessment found. Six queries."""
    matrix = rpjmdes_values(rpjmdes, dated=dated, variant_b=False)
    return RpjmTextValues(
        frame=matrix.frame,
        plan=matrix,
        profile=profile_of(rpjmdes.village),
        hamlets=hamlets_of(rpjmdes.village, matrix.frame.dated),
        vision=rpjmdes.vision.strip(),
        mission=tuple(line.strip() for line in rpjmdes.mission.splitlines() if line.strip()),
        head=matrix.head,
        texts={key: tuple(paragraphs) for key, paragraphs in rpjmdes.text_data.items()},
    )


def profile_of(village: Village) -> tuple[tuple[str, str], ...]:
    """Return what the register says of a village; what nobody has told yet is left out."""
    known = (
        ("Kode wilayah", village.code),
        ("Kode pos", village.postal_code),
        ("Penduduk", f"{format_amount(village.population)} jiwa" if village.population is not None else ""),
        ("Jalan masuk", ACCESS_WORDS.get(village.access_mode, "")),
        ("Sinyal telepon", SIGNAL_WORDS.get(village.signal, "")),
    )
    return tuple((label, words) for label, words in known if words)


def hamlets_of(village: Village, on: date) -> tuple[HamletLine, ...]:
    """Return the hamlets of that day with the number of their RT. One query."""
    rows = village.hamlets.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on)).annotate(number_of_rts=Count("rts"))
    return tuple(
        HamletLine(row.name, row.population, row.poor_households, row.number_of_rts)
        for row in rows.order_by("order", "name", "id")
    )
