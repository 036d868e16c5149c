"""What an adopted list says of a proposal: chosen or not, what pays, and why. Open to everybody."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from rembuk.budgeting.labels import code_name, remedy
from rembuk.budgeting.queries import adopted_runs
from rembuk.budgeting.stored import unpacked
from rembuk.core.allocation import Decision, sentence
from rembuk.core.hat import Hat
from rembuk.core.money import format_rupiah
from rembuk.proposals.models import Proposal
from rembuk.shared.panels import Panel

ORDER = 50


def panels_of_proposals(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return proposal -> what the adopted list of its cycle says of it. Two queries."""
    cycles = dict(Proposal.objects.filter(pk__in=ids, cycle__isnull=False).values_list("pk", "cycle_id"))
    runs = adopted_runs(sorted(set(cycles.values())))
    found: dict[UUID, Panel] = {}
    for cycle_id, run in runs.items():
        stored = unpacked(run.problem, run.outcome, run.digest)
        titles = {share.name: share.title for share in stored.problem.shares}
        decisions = {decision.id: decision for decision in stored.outcome.decisions}
        for key, of in cycles.items():
            if of == cycle_id and (decision := decisions.get(str(key))) is not None:
                found[key] = panel(decision, titles, run.adopted_at is not None)
    return found


def panel(decision: Decision, row_titles: Mapping[str, str], adopted: bool) -> Panel:
    rows = [(_("Hasil"), code_name(decision.code)), (_("Alasan"), sentence(decision, {}, row_titles))]
    rows += [(code, format_rupiah(amount)) for code, amount in decision.amounts]
    if not decision.chosen and (words := remedy(decision, row_titles)):
        rows.append((_("Yang mengubahnya"), words))
    state = "ok" if decision.chosen and adopted else "next"
    return Panel(_("Pembagian pagu"), tuple(rows), "", state, ORDER)
