"""Samples of announcements for the walk over all routes."""

from datetime import timedelta
from uuid import UUID

from factories.samples import sample
from rembuk.announcements.models import Announcement
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up


@sample("announcement_id", "announcements:")
def announcement(village: Village) -> object:
    """One that runs for a week."""
    with setting_up():
        return Announcement.objects.create(
            village=village,
            title="Posyandu pindah",
            text="Mulai Selasa di balai desa.",
            from_date=clock.today(),
            until_date=clock.today() + timedelta(days=7),
            published_at=clock.now(),
            made_by=UUID(int=1),
            made_by_role="SDK",
        ).pk
