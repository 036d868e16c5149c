"""Why each proposal of a counted list is in or not, in sentences: for the page, the proposer and the minutes.

Nothing in them opens a ballot: the engine's words keep the small-group rule.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from rembuk.budgeting.stored import Stored
from rembuk.core.allocation import Decision, sentence
from rembuk.core.allocation.explain import Point, explain, explanations, points, tell
from rembuk.core.law.reasons import CEILING_USED_UP
from rembuk.core.money import format_rupiah

Titles = Mapping[str, str]


def row_titles(found: Stored) -> dict[str, str]:
    """Return name of a rule row -> what it says."""
    return {share.name: share.title or share.name for share in found.problem.shares}


def reasons_of(found: Stored, titles: Titles) -> dict[str, str]:
    """Return key -> one sentence for every proposal of a list; titles: key -> its name."""
    rows = row_titles(found)
    told = explanations(found.problem, found.outcome, voters=found.context.get("voters") or None)
    return {key: tell(one, titles, rows) for key, one in told.items()}


def reason_points(found: Stored, key: str, titles: Titles) -> list[Point]:
    """Return what stands behind one decision and what would change it; the rule runs again for what would fall out."""
    voters = found.context.get("voters") or None
    one = explain(found.problem, found.outcome, key, deep=True, voters=voters)
    return points(one, titles, row_titles(found))


def short_reason(decision: Decision, titles: Titles, rows: Titles) -> str:
    """Return why a proposal is not in, from its decision alone: quick enough for a list under a moving slider."""
    if decision.code != CEILING_USED_UP:
        return sentence(decision, titles, rows)
    if not decision.missing:
        return _("Pendukungnya belum cukup.")
    values = {"sources": ", ".join(decision.blocked_sources), "missing": format_rupiah(decision.missing)}
    if not decision.blocked_sources:
        return _("Uangnya sudah terpakai; kurang %(missing)s.") % values
    return _("Pagu %(sources)s sudah terpakai; kurang %(missing)s.") % values
