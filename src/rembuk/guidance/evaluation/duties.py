"""What the desk asks of a hat: take in, evaluate, sign; of the village: complete, correct and hand in again."""

from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.guidance.desk_states import DeskState
from rembuk.core.hat import Hat
from rembuk.cycles.duties import Duty
from rembuk.guidance.evaluation.labels import KINDS, RESULTS, STATES
from rembuk.guidance.evaluation.models import Review
from rembuk.guidance.evaluation.permissions import SIGNERS, SUBMITTERS
from rembuk.guidance.evaluation.queries import HEAVY, waiting
from rembuk.guidance.evaluation.standards import Clocks

MOST: Final = 20


def of_hat(hat: Hat, today: date) -> list[Duty]:
    """Return what waits for the hat: one line each for a village, one for a desk with many. Two queries."""
    rows = waiting(hat)
    if rows is None:
        return []
    found = list(
        rows.select_related("village__regency", "village__district", "cycle").defer(*HEAVY).order_by("id")[:200]
    )
    if not found:
        return []
    clocks = Clocks(today)
    if hat.role in SUBMITTERS:
        return [of_village(row) for row in found[:MOST]]
    return [of_desk(hat, found, clocks)]


def of_village(row: Review) -> Duty:
    """Return what the village does next with a draft that came back."""
    incomplete = row.state == DeskState.INCOMPLETE
    title = _("Lengkapi lalu ajukan lagi %(kind)s") if incomplete else _("Perbaiki lalu ajukan lagi %(kind)s")
    return Duty(
        title=title % {"kind": KINDS[row.checks]},
        link=reverse("evaluation:review", args=(row.pk,)),
        button=_("Lihat catatannya"),
        state="due",
        missing=(row.incomplete_reason,) if incomplete else (str(RESULTS[row.result]),),
        place_name=row.village.full_name,
        key=f"evaluation:village:{row.pk}",
    )


def of_desk(hat: Hat, rows: list[Review], clocks: Clocks) -> Duty:
    """Say once how much waits, with the day of the first."""
    running = sorted((clock.due, clock.days_left, clock.over) for row in rows if (clock := clocks.of(row)) is not None)
    late = sum(over for _due, _left, over in running)
    first = running[0] if running else None
    signs = hat.role in SIGNERS
    title = _("Hasil pemeriksaan yang menunggu tanda tangan") if signs else _("Dokumen desa yang menunggu diperiksa")
    states = (DeskState.SUBMITTED, DeskState.UNDER_REVIEW, DeskState.RESULT_DRAFT)
    counted = [(state, sum(row.state == state for row in rows)) for state in states]
    missing = tuple(f"{number} {STATES[state]}" for state, number in counted if number)
    return Duty(
        title=title,
        link=f"{reverse('evaluation:list')}?keadaan=menunggu",
        button=_("Buka antrean"),
        due=first[0] if first else None,
        days_left=(first[0] - clocks.today).days if first else None,
        state="late" if late else "due",
        missing=missing[:3],
        key="evaluation:desk",
        weight=1 if late else 0,
    )
