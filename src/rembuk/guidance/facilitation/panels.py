"""What a facilitated forum says of its cycle, for the pages of earlier rooms."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rembuk.core.guidance.facilitation import evidence_missing
from rembuk.core.guidance.forum_states import AFTER
from rembuk.core.hat import Hat
from rembuk.guidance.facilitation.labels import STATE_CHIPS, STATES
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.queries import Seen, records_of
from rembuk.shared.panels import Panel

ORDER = 32


def panels_of_cycles(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return for each cycle the state of its facilitated forum. Six queries."""
    forums = list(Facilitation.objects.filter(cycle_id__in=ids).order_by("id"))
    seen = records_of(forums) if forums else {}
    return {forum.cycle_id: panel_of(seen[forum.pk], hat) for forum in forums}


def panel_of(seen: Seen, hat: Hat | None) -> Panel:
    forum, state = seen.forum, seen.state
    rows = [(_("Keadaan"), str(STATES[state]))]
    if forum.day is not None:
        rows.append((_("Hari"), date_format(forum.day, "j F Y")))
    if state in AFTER and (missing := evidence_missing(seen.record)):
        rows.append((_("Bukti kurang"), str(len(missing))))
    return Panel(
        title=_("Musrenbang terfasilitasi"),
        rows=tuple(rows),
        link=reverse("facilitation:forum", args=[forum.pk]) if hat is not None else "",
        state=STATE_CHIPS[state],
        order=ORDER,
    )
