"""What plans say of the things of earlier rooms: a proposal's plan item, a village's and a cycle's plan."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import F
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.core.money import format_rupiah
from rembuk.plans.labels import STATE_CHIPS, state_name
from rembuk.plans.models import ChangeReason, ItemProposal, RkpdesVersion
from rembuk.plans.permissions import READERS
from rembuk.plans.queries import plan_totals
from rembuk.shared.panels import Panel

ORDER = 60


def address(name: str, key: object) -> str:
    try:
        return reverse(name, args=(key,))
    except NoReverseMatch:
        return ""


def panels_of_proposals(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return proposal -> the plan item that answers it. Three queries. A visitor sees only what is enacted."""
    links = ItemProposal.objects.filter(proposal_id__in=ids).select_related("item__plan__village", "item__plan__cycle")
    links = links.prefetch_related("item__fundings").order_by("item__plan__version_no", "id")
    found: dict[UUID, Panel] = {}
    dropped = dropped_items([link.item_id for link in links])
    for link in links:
        item, plan = link.item, link.item.plan
        inside = hat is not None and hat.role in READERS and hat.place.covers(plan.place)
        if not (plan.enacted or inside):
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
        title = _("RKP Desa %(year)s") % {"year": plan.cycle.budget_year}
        found[link.proposal_id] = Panel(title, tuple(rows), link_to, STATE_CHIPS[plan.state], ORDER)
    return found


def dropped_items(item_ids: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return item -> (number of the Perdes that took it out of the plan, why). One query."""
    rows = ChangeReason.objects.filter(previous_id__in=item_ids, plan__enacted_at__isnull=False)
    rows = rows.exclude(previous__successors__plan=F("plan")).order_by("plan__version_no")
    return {key: (number, text) for key, number, text in rows.values_list("previous_id", "plan__perdes_number", "text")}


def plan_panel(plan: RkpdesVersion, total: tuple[int, int], hat: Hat | None) -> Panel:
    inside = hat is not None and hat.role in READERS and hat.place.covers(plan.place)
    count, amount = total
    rows = [(_("Kegiatan"), str(count)), (_("Jumlah"), format_rupiah(amount)), (_("Keadaan"), state_name(plan.state))]
    if plan.enacted:
        rows.append((_("Perdes"), plan.perdes_number))
    link = address("plans:grid", plan.id) if inside else address("plans:public", plan.id)
    title = _("RKP Desa %(year)s") % {"year": plan.cycle.budget_year}
    return Panel(title, tuple(rows), link, STATE_CHIPS[plan.state], ORDER)


def shown(plans: Sequence[RkpdesVersion], hat: Hat | None) -> list[RkpdesVersion]:
    return [
        plan
        for plan in plans
        if plan.enacted or (hat is not None and hat.role in READERS and hat.place.covers(plan.place))
    ]


def panels_of_cycles(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return cycle -> its newest plan. Three queries."""
    rows = RkpdesVersion.objects.filter(cycle_id__in=ids).select_related("village", "cycle").order_by("version_no")
    plans = shown(list(rows), hat)
    totals = plan_totals([plan.id for plan in plans])
    return {plan.cycle_id: plan_panel(plan, totals[plan.id], hat) for plan in plans}


def panels_of_villages(ids: Sequence[str], hat: Hat | None) -> Mapping[str, Panel]:
    """Return village -> its newest plan that may be shown. Three queries."""
    rows = RkpdesVersion.objects.filter(village_id__in=ids).select_related("village", "cycle")
    plans = shown(list(rows.order_by("cycle__budget_year", "version_no")), hat)
    newest = {plan.village_id: plan for plan in plans}
    totals = plan_totals([plan.id for plan in newest.values()])
    return {village: plan_panel(plan, totals[plan.id], hat) for village, plan in newest.items()}
