"""What the desk says of a cycle: where each draft lies, and, once signed, what the village has to change."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.guidance.desk_states import DeskState
from rembuk.core.hat import Hat
from rembuk.guidance.evaluation.labels import DESK_NAMES, KINDS, RESULT_CHIPS, RESULTS, STATE_CHIPS, STATES
from rembuk.guidance.evaluation.models import Mark, Review
from rembuk.guidance.evaluation.permissions import READERS
from rembuk.guidance.evaluation.queries import reviews_of_cycles
from rembuk.shared.panels import Panel
from rembuk.shared.templatetags.rembuk import tanggal

ORDER = 65
MOST_NOTES = 5


def panels_of_cycles(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return cycle -> its drafts at the desk. Two queries. A visitor sees signed results alone, without notes."""
    reader = hat is not None and hat.role in READERS
    found = reviews_of_cycles(ids)
    shown = {key: kept for key, rows in found.items() if (kept := [row for row in rows if reader or row.signed])}
    signed = [row.pk for rows in shown.values() for row in rows if row.signed]
    notes: dict[UUID, list[Mark]] = {}
    if reader and signed:
        rows_of = Mark.objects.filter(review_id__in=signed, mark__in=("NOTE", "NOT_CONFORM"))
        for mark in rows_of.order_by("review", "number", "id"):
            notes.setdefault(mark.review_id, []).append(mark)
    return {key: panel_of(rows, notes, linked=reader) for key, rows in shown.items()}


def panel_of(rows: Sequence[Review], notes: Mapping[UUID, list[Mark]], *, linked: bool) -> Panel:
    """Return one panel for all drafts of a cycle; it leads to the only review, or to the list."""
    lines: list[tuple[str, str]] = []
    for row in rows:
        lines.append((f"{KINDS[row.checks]}, {DESK_NAMES[row.checks]}", state_words(row)))
        mine = notes.get(row.pk, [])
        lines += [(_("Butir %(number)s") % {"number": mark.number}, mark.fix) for mark in mine[:MOST_NOTES]]
        if len(mine) > MOST_NOTES:
            lines.append(("", _("dan %(count)s catatan lagi") % {"count": len(mine) - MOST_NOTES}))
    link = ""
    if linked:
        link = reverse("evaluation:review", args=(rows[0].pk,)) if len(rows) == 1 else reverse("evaluation:list")
    return Panel(_("Pemeriksaan Camat dan DPMD"), tuple(lines), link, chip_of(rows), ORDER)


def state_words(row: Review) -> str:
    """Say where a draft is, with round and day."""
    words = str(RESULTS[row.result] if row.signed else STATES[row.state])
    if row.signed and row.letter_date is not None:
        words = f"{words}, {tanggal(row.letter_date)}"
    if row.round > 1:
        words = _("%(state)s (putaran %(round)s)") % {"state": words, "round": row.round}
    if row.state == DeskState.INCOMPLETE:
        words = f"{words}: {row.incomplete_reason}"
    return words


def chip_of(rows: Sequence[Review]) -> str:
    """Return the state that asks most of the village."""
    order = ("late", "paused", "due", "next", "ok")
    chips = {RESULT_CHIPS[row.result] if row.signed else STATE_CHIPS[row.state] for row in rows}
    return next(chip for chip in order if chip in chips)
