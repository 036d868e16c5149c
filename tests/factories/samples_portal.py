"""Samples of the portal's addresses."""

from factories.samples import sample
from factories.samples_works import work_in
from rembuk.regions.models import Village
from rembuk.shared import files
from rembuk.shared.trail.testing import setting_up
from rembuk.works.models import Progress


@sample("code", "portal:")
def code(at: Village) -> object:
    return at.code


@sample("kind", "portal:")
def kind(_at: Village) -> object:
    return "csv"


@sample("table", "portal:")
def table(_at: Village) -> object:
    return "desa"


@sample("year", "portal:")
def year(at: Village) -> object:
    """A year that the village plans: others have no data."""
    return work_in(at).cycle.budget_year


@sample("progress_id", "portal:")
def progress(at: Village) -> object:
    from works.given import photo

    with setting_up():
        work = work_in(at)
        stored = files.store(photo(), name="titian.jpg", village_id=at.id, hat=office(at))
        day = "2026-09-01"
        return Progress.objects.create(
            work=work,
            seen_date=day,
            percent=40,
            photo=stored,
            photo_verdict="nobody",
            recorded_by=work.opened_by,
            recorded_at=work.created_at,
        ).pk


def office(at: Village):
    from plans.given import hat_at

    return hat_at(at.place, "SDK")
