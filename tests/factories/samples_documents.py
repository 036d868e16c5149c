"""Samples of papers for the walk over all routes."""

from cycles.given import stored_file
from factories.samples import sample
from factories.samples_plans import cycle_of, plan_of
from plans.given import NOW, hat_at
from rembuk.documents import services
from rembuk.documents.models import BundlePart, BundleRun, Letter, ScanUpload, SignedPage
from rembuk.documents.wishes import wish_of
from rembuk.plans.models import Team
from rembuk.regions.models import Village
from rembuk.shared.models import Paper


def paper_in(village: Village) -> Paper:
    """Return the archived matrix of the village's plan."""
    wish = wish_of("F26", f"plan:{plan_of(village).pk}")
    return services.freeze_paper(wish=wish, actor=hat_at(village.place, "SDK"), at=NOW)


@sample("paper_id", "documents:")
def paper(village: Village) -> object:
    return paper_in(village).pk


@sample("fmt", "documents:")
def fmt(_village: Village) -> object:
    """The quickest format to make."""
    return "xlsx"


@sample("code", "documents:paper")
def form(_village: Village) -> object:
    return "F26"


@sample("subject", "documents:paper")
def subject(village: Village) -> object:
    return f"plan:{plan_of(village).pk}"


@sample("code", "documents:verify")
def code(village: Village) -> object:
    return paper_in(village).verify_code


@sample("cycle_id", "documents:")
def cycle(village: Village) -> object:
    return cycle_of(village).pk


@sample("stage", "documents:")
def stage(_village: Village) -> object:
    return "K6"


@sample("run_id", "documents:")
def bundle_run(village: Village) -> object:
    """An order of the village's regency with one village that waits."""
    regency = village.regency
    made = BundleRun.objects.create(regency=regency, budget_year=2027, fmt="pdf", asked_at=NOW)
    BundlePart.objects.create(run=made, village=village, cycle=cycle_of(village))
    return made.pk


@sample("page_id", "documents:")
def signed_page(village: Village) -> object:
    """A page on the desk whose code nobody could read."""
    cycle = cycle_of(village)
    file = stored_file(village.id)
    upload, _new = ScanUpload.objects.get_or_create(cycle=cycle, file=file, name="foto.pdf", uploaded_at=NOW)
    page, _new = SignedPage.objects.get_or_create(upload=upload, page_no=1, file=file, problem="no-code")
    return page.pk


@sample("letter_kind", "documents:")
def letter_kind(_village: Village) -> object:
    return "bpd-panitia-musdes"


@sample("letter_id", "documents:")
def letter(village: Village) -> object:
    return Letter.objects.create(cycle=cycle_of(village), kind="tata-tertib", letter_date=NOW.date()).pk


@sample("team_id", "documents:")
def team(village: Village) -> object:
    """The drafting team of the village's cycle."""
    found, _new = Team.objects.get_or_create(cycle=cycle_of(village), village=village, kind="drafting")
    return found.pk


@sample("wording_kind", "documents:")
def wording_kind(_village: Village) -> object:
    return "perdes-menimbang"
