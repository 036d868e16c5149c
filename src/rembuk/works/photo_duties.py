"""What the secretary has to do about photos of works: look at them before everybody does."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.hat import Hat, Role
from rembuk.cycles import duties
from rembuk.works.models import Progress
from rembuk.works.queries import photos_to_look_at


def register() -> None:
    """Let this room name its duty; called once from ``ready()``."""
    duties.register("works.photos", photo_duties, waiting)


def waiting(hat: Hat, _today: date) -> "QuerySet[Progress] | None":
    """Return the photos that wait for the secretary's look; None for everybody else."""
    return photos_to_look_at(hat) if hat.role == Role.SDK and hat.place.village else None


def photo_duties(hat: Hat, today: date) -> list[duties.Duty]:
    """Return one duty for all photos that wait. One query."""
    rows = waiting(hat, today)
    count = rows.count() if rows is not None else 0
    if not count:
        return []
    title = ngettext(
        "%(count)s foto pekerjaan menunggu dilihat", "%(count)s foto pekerjaan menunggu dilihat", count
    ) % {"count": count}
    line = _("Tanpa keputusan Anda foto tidak tampil di halaman desa.")
    return [
        duties.Duty(
            title, reverse("works:photos"), _("Lihat foto"), missing=(line,), icon="photo", key="foto-pekerjaan"
        )
    ]
