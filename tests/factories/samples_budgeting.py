"""Samples of allocation runs for the walk over all routes."""

from uuid import UUID

from factories.samples import sample
from factories.samples_plans import cycle_of, plan_of
from plans.given import NOW, ceiling, hat_at, ranked_proposal
from rembuk.budgeting import services
from rembuk.budgeting.models import AllocationRun, Apbdes, ApbdesImport, ApbdesLine, ApbdesVersion
from rembuk.funding.models import Ceiling
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Village
from rembuk.shared.models import StoredFile
from rembuk.shared.trail.testing import setting_up


def run_in(village: Village) -> AllocationRun:
    """Return a run of the village over two proposals of 100 million and a ceiling that pays for one."""
    cycle = cycle_of(village)
    with setting_up():
        if not Ceiling.objects.filter(village=village, source="DDS").exists():
            ceiling(village, "DDS", 150_000_000)
        if not Proposal.objects.filter(cycle=cycle, number=f"{village.number_prefix}-27-0701").exists():
            for number in (1, 2):
                made = ranked_proposal(cycle, number, "checked")
                Proposal.objects.filter(pk=made.pk).update(number=f"{village.number_prefix}-27-{number + 700:04d}")
    return services.run_allocation(cycle_id=cycle.pk, meeting_id=None, actor=hat_at(village.place, "SDK"), at=NOW)


@sample("run_id", "budgeting:")
def run(village: Village) -> object:
    return run_in(village).pk


@sample("cycle_id", "budgeting:")
def cycle(village: Village) -> object:
    """A cycle with a run, so that its page has something to show."""
    return run_in(village).cycle_id


@sample("import_id", "budgeting:")
def budget_import(village: Village) -> object:
    """A budget file of the village that is kept and not yet stored; its plan need not be there to look at it."""
    with setting_up():
        file = StoredFile.objects.create(
            village_id_text=village.id, sha256="0" * 64, name="apb.csv", content_type="text/csv", size=1
        )
        return ApbdesImport.objects.create(
            village=village, cycle=cycle_of(village), file=file, sheet_name="apb", made_by=UUID(int=1)
        ).pk


@sample("apbdes_id", "budgeting:")
def budget(village: Village) -> object:
    with setting_up():
        return Apbdes.objects.get_or_create(village=village, cycle=cycle_of(village), number=0)[0].pk


@sample("line_id", "budgeting:")
def line(village: Village) -> object:
    """A line of an emergency, which needs no item of the plan."""
    with setting_up():
        made = Apbdes.objects.get_or_create(village=village, cycle=cycle_of(village), number=0)[0]
        file = StoredFile.objects.create(
            village_id_text=village.id, sha256="1" * 64, name="apb.csv", content_type="text/csv", size=1
        )
        version = ApbdesVersion.objects.create(
            apbdes=made,
            version_no=made.versions.count() + 1,
            plan=plan_of(village),
            file=file,
            sheet_name="apb",
            digest="1" * 64,
            made_by=UUID(int=1),
            made_at=NOW,
        )
        return ApbdesLine.objects.create(
            version=version, order=1, row=5, name="BLT Desa", field=5, emergency_reason="Mendesak"
        ).pk
