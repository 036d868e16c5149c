"""What this room says of earlier things: of a proposal what the adopted list says, of a cycle where its budget is."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.budgeting.apb_labels import STATE_CHIPS, STATES
from rembuk.budgeting.labels import code_name
from rembuk.budgeting.models import Apbdes, ApbdesLine
from rembuk.budgeting.permissions import READERS
from rembuk.budgeting.queries import BudgetLines, adopted_runs, budgets_of, version_totals
from rembuk.budgeting.stored import unpacked
from rembuk.budgeting.telling import reasons_of
from rembuk.core.allocation import Decision
from rembuk.core.hat import Hat
from rembuk.core.money import Rupiah, format_rupiah
from rembuk.core.workflow.apb_evaluation import IN_FORCE
from rembuk.plans.models import ItemProposal
from rembuk.proposals.models import Proposal
from rembuk.shared.panels import Panel

ORDER = 50
BUDGET_ORDER = 70


def panels_of_proposals(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return proposal -> what the adopted list of its cycle says of it. Two queries."""
    cycles = dict(Proposal.objects.filter(pk__in=ids, cycle__isnull=False).values_list("pk", "cycle_id"))
    runs = adopted_runs(sorted(set(cycles.values())))
    found: dict[UUID, Panel] = {}
    for cycle_id, run in runs.items():
        stored = unpacked(run.problem, run.outcome, run.digest)
        reasons = reasons_of(stored, {item.id: item.number or item.id for item in stored.problem.proposals})
        decisions = {decision.id: decision for decision in stored.outcome.decisions}
        for key, of in cycles.items():
            if of == cycle_id and (decision := decisions.get(str(key))) is not None:
                found[key] = panel(decision, reasons[decision.id])
    return found


def panel(decision: Decision, reason: str) -> Panel:
    rows = [(_("Hasil"), code_name(decision.code)), (_("Alasan"), reason)]
    rows += [(code, format_rupiah(amount)) for code, amount in decision.amounts]
    return Panel(_("Pembagian pagu"), tuple(rows), "", "ok" if decision.chosen else "next", ORDER)


def budget_panels_of_proposals(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return proposal -> what the budget that is law gives to the activity it became. Four queries.

    A budget on its way to law tells nothing yet.
    """
    links = ItemProposal.objects.filter(proposal_id__in=ids).order_by("item__plan__version_no", "id")
    items: dict[UUID, list[UUID]] = {}
    cycles: set[UUID] = set()
    for proposal, item, cycle in links.values_list("proposal_id", "item_id", "item__plan__cycle_id"):
        items.setdefault(proposal, []).append(item)
        cycles.add(cycle)
    laws = [each.binding for each in budgets_of(sorted(cycles)).values() if each.binding.apbdes.state in IN_FORCE]
    titles = {version.pk: version.apbdes for version in laws}
    wanted = {item for found in items.values() for item in found}
    rows = ApbdesLine.objects.filter(version_id__in=titles, item_id__in=wanted).prefetch_related("fundings")
    lines: dict[UUID | None, list[ApbdesLine]] = {}
    for row in rows.order_by("order", "id"):
        lines.setdefault(row.item_id, []).append(row)
    found = {key: [line for item in keys for line in lines.get(item, [])] for key, keys in items.items()}
    return {key: line_panel(kept, titles[kept[0].version_id]) for key, kept in found.items() if kept}


def line_panel(lines: Sequence[ApbdesLine], apbdes: Apbdes) -> Panel:
    rows = []
    for line in lines:
        amount = Rupiah(sum(funding.amount for funding in line.fundings.all()))
        sources = ", ".join(sorted(funding.source for funding in line.fundings.all() if funding.source))
        rows.append((f"{line.name} ({sources})" if sources else line.name, format_rupiah(amount)))
    title = _("APB Desa %(year)s") % {"year": apbdes.cycle.budget_year}
    return Panel(title, tuple(rows), "", "ok", BUDGET_ORDER)


def panels_of_cycles(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return cycle -> its budget as it came back, for those who may read it. Four queries."""
    if hat is None or hat.role not in READERS:
        return {}
    budgets = budgets_of(ids)
    totals = version_totals([each.binding.pk for each in budgets.values()])
    return {cycle: budget_panel(each, totals[each.binding.pk]) for cycle, each in budgets.items()}


def budget_panel(found: BudgetLines, total: tuple[int, Rupiah, Rupiah]) -> Panel:
    """Return the budget that binds; an amendment in work is only named."""
    apbdes = found.binding.apbdes
    rows = [
        (_("Baris"), str(total[0])),
        (_("Belanja"), format_rupiah(total[1])),
        (_("Keadaan"), str(STATES[apbdes.state])),
    ]
    if found.amendment is not None:
        words = {"number": found.amendment.apbdes.number, "state": STATES[found.amendment.apbdes.state]}
        rows.append((_("Perubahan"), _("ke-%(number)s: %(state)s") % words))
    title = _("APB Desa %(year)s") % {"year": apbdes.cycle.budget_year}
    link = reverse("budgeting:apbdes", args=(apbdes.cycle_id,))
    return Panel(title, tuple(rows), link, STATE_CHIPS[apbdes.state], BUDGET_ORDER)
