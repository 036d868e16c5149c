"""What plans say of the things of earlier rooms: a proposal's plan item, a village's and a cycle's plan."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import F
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.core.money import format_rupiah
from rembuk.core.workflow.perdes_states import PerdesState
from rembuk.plans.labels import STATE_CHIPS, state_name
from rembuk.plans.models import ChangeReason, ItemProposal, RkpdesVersion
from rembuk.plans.permissions import READERS
from rembuk.plans.queries import CyclePlans, binds, counting, plan_totals, plans_that_count
from rembuk.shared.panels import Panel

ORDER = 60


def address(name: str, key: object) -> str:
    try:
        return reverse(name, args=(key,))
    except NoReverseMatch:
        return ""


def panels_of_proposals(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return proposal -> the plan item that answers it. Three queries. A visitor sees only what binds.

    A draft answers only a proposal that no plan in force answers.
    """
    links = ItemProposal.objects.filter(proposal_id__in=ids).select_related("item__plan__village", "item__plan__cycle")
    links = links.prefetch_related("item__fundings").order_by("item__plan__version_no", "id")
    found: dict[UUID, Panel] = {}
    dropped = dropped_items([link.item_id for link in links])
    for link in sorted(links, key=lambda link: binds(link.item.plan)):
        item, plan = link.item, link.item.plan
        inside = is_inside(plan, hat)
        if not (binds(plan) or inside):
            continue
        money = [(row.source, format_rupiah(row.amount)) for row in item.fundings.all()]
        rows = [(_("Kegiatan"), f"{item.activity_code} {item.name}".strip()), *money]
        gone = dropped.get(item.id)
        if gone is not None:
            rows.append((_("Dikeluarkan"), _("Perdes Nomor %(number)s") % {"number": gone[0]}))
            rows.append((_("Alasan"), gone[1]))
        elif plan.enacted:
            rows.append((_("Ditetapkan"), _("Perdes Nomor %(number)s") % {"number": plan.perdes_number}))
        else:
            rows.append((_("Keadaan rencana"), state_name(plan.state)))
        link_to = address("plans:item", item.id) if inside else address("plans:public", plan.id)
        title = title_of(plan)
        found[link.proposal_id] = Panel(title, tuple(rows), link_to, STATE_CHIPS[plan.state], ORDER)
    return found


def dropped_items(item_ids: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return item -> (number of the Perdes that took it out of the plan, why). One query."""
    rows = ChangeReason.objects.filter(previous_id__in=item_ids, plan__enacted_at__isnull=False)
    rows = rows.exclude(plan__perdes_state=PerdesState.ANNULLED.value)
    rows = rows.exclude(previous__successors__plan=F("plan")).order_by("plan__version_no")
    return {key: (number, text) for key, number, text in rows.values_list("previous_id", "plan__perdes_number", "text")}


def title_of(plan: RkpdesVersion) -> str:
    """Name a plan; an amendment that does not bind yet is called what it is."""
    words = {"year": plan.cycle.budget_year}
    if plan.is_amendment and not plan.enacted:
        return _("Rancangan RKP Perubahan %(year)s") % words
    return _("RKP Desa %(year)s") % words


def plan_panel(found: CyclePlans, total: tuple[int, int], hat: Hat | None) -> Panel:
    plan, count, amount = found.counts, *total
    inside = is_inside(plan, hat)
    rows = [(_("Kegiatan"), str(count)), (_("Jumlah"), format_rupiah(amount)), (_("Keadaan"), state_name(plan.state))]
    if plan.enacted:
        rows.append((_("Perdes"), plan.perdes_number))
    if inside and found.amendment is not None:
        rows.append((_("Perubahan"), _("sedang dikerjakan: %(state)s") % {"state": state_name(found.amendment.state)}))
    link = address("plans:grid", plan.id) if inside else address("plans:public", plan.id)
    return Panel(title_of(plan), tuple(rows), link, STATE_CHIPS[plan.state], ORDER)


def is_inside(plan: RkpdesVersion, hat: Hat | None) -> bool:
    return hat is not None and hat.role in READERS and hat.place.covers(plan.place)


def shown(plans: Iterable[CyclePlans], hat: Hat | None) -> list[CyclePlans]:
    """Return the plans that may be shown: those that bind to everybody, drafts inside their place."""
    return [found for found in plans if binds(found.counts) or is_inside(found.counts, hat)]


def panels_of_cycles(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return cycle -> its plan that counts; an amendment in work is only named. Three queries."""
    plans = shown(plans_that_count(ids).values(), hat)
    totals = plan_totals([found.counts.id for found in plans])
    return {found.counts.cycle_id: plan_panel(found, totals[found.counts.id], hat) for found in plans}


def panels_of_villages(ids: Sequence[str], hat: Hat | None) -> Mapping[str, Panel]:
    """Return village -> the plan that counts of its newest year that may be shown. Three queries."""
    rows = RkpdesVersion.objects.filter(village_id__in=ids).select_related("village", "cycle")
    plans = shown(counting(rows.order_by("cycle__budget_year", "version_no")).values(), hat)
    newest = {found.counts.village_id: found for found in plans}
    totals = plan_totals([found.counts.id for found in newest.values()])
    return {village: plan_panel(found, totals[found.counts.id], hat) for village, found in newest.items()}
