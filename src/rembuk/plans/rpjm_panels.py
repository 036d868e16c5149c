"""What a medium-term cycle shows of its RPJM Desa, from the first row to the Perdes."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.core.money import Rupiah, format_rupiah
from rembuk.cycles.models import Cycle
from rembuk.plans.labels import STATE_CHIPS, state_name
from rembuk.plans.models import Rpjmdes
from rembuk.plans.permissions import READERS
from rembuk.shared.panels import Panel

ORDER = 55


def panels_of_cycles(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return medium-term cycle -> its RPJM Desa, or the way to begin it. Two queries, one where all are yearly."""
    if hat is None or hat.role not in READERS:
        return {}
    cycles = list(Cycle.medium_term.filter(pk__in=ids).select_related("village"))
    drafts = Rpjmdes.objects.filter(cycle_id__in=[cycle.pk for cycle in cycles])
    plans = {plan.cycle_id: plan for plan in drafts.annotate(n=Count("items"), total=Sum("items__cost"))}
    found: dict[UUID, Panel] = {}
    for cycle in cycles:
        if not hat.place.covers(cycle.place):
            continue
        link, plan = reverse("plans:rpjm_draft", args=(cycle.pk,)), plans.get(cycle.pk)
        if plan is None:
            found[cycle.pk] = Panel(_("RPJM Desa"), ((_("Keadaan"), _("rancangan belum dibuka")),), link, "next", ORDER)
            continue
        rows = [
            (_("Kegiatan"), str(plan.n)),
            (_("Jumlah"), format_rupiah(Rupiah(plan.total or 0))),
            (_("Keadaan"), state_name(plan.state)),
        ]
        rows += [(_("Perdes"), plan.perdes_number)] if plan.perdes_number else []
        found[cycle.pk] = Panel(_("RPJM Desa"), tuple(rows), link, STATE_CHIPS[plan.state], ORDER)
    return found


def panels_of_villages(ids: Sequence[str], hat: Hat | None) -> Mapping[str, Panel]:
    """Return village -> its RPJM Desa in force, for everybody; one registered by hand has no page. One query."""
    rows = Rpjmdes.objects.filter(village_id__in=ids, is_active=True)
    found: dict[str, Panel] = {}
    for plan in rows.annotate(n=Count("items"), total=Sum("items__cost")):
        link = reverse("plans:rpjm_public", args=(plan.pk,)) if plan.enacted else ""
        lines = (
            (_("Periode"), f"{plan.start_year}-{plan.end_year}"),
            (_("Perdes"), plan.perdes_number),
            (_("Kegiatan"), str(plan.n)),
            (_("Jumlah"), format_rupiah(Rupiah(plan.total or 0))),
        )
        found[plan.village_id] = Panel(_("RPJM Desa"), lines, link, STATE_CHIPS["enacted"], ORDER)
    return found
