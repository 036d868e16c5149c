"""F20: the indicative ceilings of a cycle, with what the plan takes of them."""

from collections.abc import Iterable, Mapping, Sequence

from rembuk.core.documents.frame import Person
from rembuk.core.documents.indicative_ceiling import CEILING_SOURCES, CeilingEntry, CeilingLine, CeilingValues
from rembuk.core.law.dana_desa import NOT_LOADED, rule_pack
from rembuk.core.lists import funding_sources
from rembuk.core.money import Rupiah
from rembuk.cycles.models import Cycle
from rembuk.documents.gather.codes import activity_of, subfield_of
from rembuk.documents.gather.days import local_day
from rembuk.funding.models import Ceiling
from rembuk.funding.queries import village_ceilings
from rembuk.plans.models import RkpdesItem
from rembuk.plans.paper_values import frame_of
from rembuk.plans.queries import chairs_of, field_of, items_of, plan_that_counts

PROVISIONAL_NOTE = "Pagu sementara menurut angka akhir tahun sebelumnya; diganti setelah surat pagu terbit."


def indicative_ceilings(key: str) -> CeilingValues:
    """Return the values of F20 for a cycle, dated by its newest letter. Raises: Cycle.DoesNotExist."""
    cycle = Cycle.objects.select_related("village__district", "village__regency").get(pk=key)
    village = cycle.village
    found = village_ceilings(village.id, cycle.budget_year)
    plan = plan_that_counts(cycle.pk)
    items = items_of(plan.pk) if plan is not None else []
    days = [row.letter_date for row in found.rows if row.letter_date]
    issued = [local_day(village, row.issued_at) for row in found.rows if row.issued_at]
    notes = [PROVISIONAL_NOTE] if found.stage == Ceiling.Stage.PROVISIONAL else []
    if rule_pack(cycle.budget_year) is None:
        notes.append(f"Aturan Dana Desa tahun {cycle.budget_year} {NOT_LOADED}.")
    if without := sum(not field_of(item) for item in items):
        notes.append(f"{without} kegiatan belum berkode, jadi belum punya tempat dalam tabel per kegiatan.")
    return CeilingValues(
        frame=frame_of(village, max(days or issued, default=local_day(village, cycle.created_at))),
        budget_year=cycle.budget_year,
        lines=tuple(lines_of(items)),
        register=register_of(found.rows, planned_by_source(items)),
        team_chair=Person(chairs_of(cycle.pk).drafting),
        notes=tuple(notes),
    )


def lines_of(items: Sequence[RkpdesItem]) -> Iterable[CeilingLine]:
    """Yield the items that a source of F20 pays for, under sub field and activity; without a code there is no place."""
    for item in items:
        amounts = {row.source: Rupiah(row.amount) for row in item.fundings.all() if row.source in CEILING_SOURCES}
        if not amounts or not field_of(item):
            continue
        activity = activity_of(item.activity_code)
        yield CeilingLine(
            field=field_of(item),
            activity=activity or item.name,
            amounts=amounts,
            package=item.name if activity else "",
            subfield=subfield_of(item.activity_code),
        )


def planned_by_source(items: Sequence[RkpdesItem]) -> dict[str, Rupiah]:
    sums: dict[str, Rupiah] = {}
    for item in items:
        for row in item.fundings.all():
            sums[row.source] = Rupiah(sums.get(row.source, 0) + row.amount)
    return sums


def register_of(rows: Sequence[Ceiling], planned: Mapping[str, Rupiah]) -> tuple[CeilingEntry, ...]:
    """Return the register; what the plan takes of a source stands once, beside its first row that may be planned."""
    names, shown, entries = funding_sources(), set[str](), []
    for row in rows:
        final = row.stage == Ceiling.Stage.FINAL
        first = not row.earmark and row.source not in shown
        if first:
            shown.add(row.source)
        entries.append(
            CeilingEntry(
                source=row.source,
                source_name=names[row.source].name if row.source in names else row.source,
                indicative=None if final else Rupiah(row.amount),
                final=Rupiah(row.amount) if final else None,
                earmark=row.earmark or row.programme,
                letter_number=row.letter_number or row.basis,
                letter_date=row.letter_date,
                planned=planned.get(row.source, Rupiah(0)) if first and planned else None,
            )
        )
    return tuple(entries)
