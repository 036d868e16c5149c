"""What holds a choice back: ceilings used up and rows at their bounds, and what a million more would bring in."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from rembuk.budgeting.stored import Stored
from rembuk.core.allocation.explain import Binding, binding
from rembuk.funding.labels import source_name
from rembuk.hall.sides import Board, Side


def bound_lines(board: Board, side: Side, *, rerun: bool) -> list[str]:
    """Return a sentence for each bound that binds. rerun: also count what Rp1.000.000 more would bring in."""
    if side.stored is None:
        return []
    titles = {key: row.title for key, row in board.rows.items()}
    found = binding(side.stored.problem, side.stored.outcome, rerun=rerun)
    return [worded(bound, side.stored, titles) for bound in found if bound.binds]


def worded(bound: Binding, stored: Stored, titles: Mapping[str, str]) -> str:
    """Return one bound as a sentence, and what easing it by Rp1.000.000 changes where that was asked."""
    rows = {share.name: share.title or share.name for share in stored.problem.shares}
    name = source_name(bound.name) if bound.kind == "source" else rows.get(bound.name, bound.name)
    first = _("%(name)s mengikat.") % {"name": name}
    if bound.comes_in is None:
        return first
    if not bound.comes_in:
        return first + " " + _("Rp1.000.000 lagi belum memasukkan usulan lain.")
    entered = ", ".join(titles.get(key, key) for key in bound.comes_in)
    return first + " " + _("Rp1.000.000 lagi memasukkan %(entered)s.") % {"entered": entered}
