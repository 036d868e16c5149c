"""What the hall says on a meeting's page: that its records are out, who has them, and what can be done about it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.deliberation.models import Meeting
from rembuk.hall.models import Taking
from rembuk.hall.permissions import allows
from rembuk.hall.services.taking import TAKEABLE, uninvited
from rembuk.shared import clock
from rembuk.shared.panels import Panel
from rembuk.shared.templatetags.rembuk import waktu


def panels_of_meetings(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return for each meeting its state at the hall and the doors this hat may open. Two queries."""
    meetings = Meeting.objects.filter(pk__in=ids).select_related("village")
    newest: dict[UUID, Taking] = {}
    for row in Taking.objects.filter(meeting_id__in=ids).order_by("taken_at", "id"):
        newest[row.meeting_id] = row
    found = {meeting.pk: panel_of(meeting, newest.get(meeting.pk), hat) for meeting in meetings}
    return {key: panel for key, panel in found.items() if panel is not None}


def panel_of(meeting: Meeting, taking: Taking | None, hat: Hat | None) -> Panel | None:
    if settings.HALL:
        return Panel(
            title=_("Balai"),
            rows=((_("Laptop ini"), _("catatan tersimpan di sini; yang tidak ikut pulang disebut saat diserahkan")),),
            state="ok",
            more=((_("HP, slip, dan hitungan"), reverse("hall:desk", args=[meeting.pk])),),
        )
    out = taking is not None and taking.released_at is None and taking.returned_at is None
    over = taking is not None and taking.until <= clock.now()
    more: list[tuple[str, str]] = []
    if meeting.state in TAKEABLE and not uninvited(meeting) and (not out or over) and allows(hat, "take", meeting):
        more.append((_("Bawa ke balai"), reverse("hall:take", args=[meeting.pk])))
    if out and taking is not None and not over:
        if hat is not None and hat.person_id == taking.person_key and allows(hat, "take", meeting):
            more.append((_("Unduh paket lagi"), reverse("hall:take", args=[meeting.pk])))
        if allows(hat, "release", meeting):
            more.append((_("Lepas kunci"), reverse("hall:release", args=[meeting.pk])))
    rows = state_rows(taking, out=out, over=over) if taking is not None else ()
    if not rows and not more:
        return None
    if not rows:
        rows = ((_("Tanpa internet"), _("musyawarah bisa dijalankan dari laptop di balai")),)
    return Panel(title=_("Balai"), rows=rows, state="paused" if out and not over else "next", more=tuple(more))


def state_rows(taking: Taking, *, out: bool, over: bool) -> tuple[tuple[str, str], ...]:
    rows = [(_("Dibawa oleh"), taking.taken_by), (_("Sejak"), waktu(taking.taken_at))]
    if out and not over:
        rows.append((_("Terkunci sampai"), waktu(taking.until)))
    elif out:
        rows.append((_("Kunci berakhir"), waktu(taking.until)))
    elif taking.returned_at is not None:
        rows.append((_("Pulang"), waktu(taking.returned_at)))
    elif taking.released_at is not None:
        rows.append((_("Kunci dilepas"), f"{waktu(taking.released_at)}: {taking.released_reason}"))
    return tuple(rows)
