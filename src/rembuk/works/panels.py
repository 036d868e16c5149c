"""What works say of earlier things: of a plan item and a proposal what was built, of a village what was promised."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.core.money import format_rupiah
from rembuk.plans.models import ItemProposal
from rembuk.plans.typed import number_text
from rembuk.shared.panels import Panel
from rembuk.works.models import Work
from rembuk.works.public_works import told_works
from rembuk.works.queries import spent_of

ORDER = 80
MOST_SHOWN = 12


def panels_of_items(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return plan item -> its work. Two queries. What was built is public; names of people are not in it."""
    works = list(Work.objects.filter(item_id__in=ids).order_by("id"))
    spent = spent_of([work.pk for work in works])
    return {work.item_id: panel_of(work, spent.get(work.pk, 0), hat) for work in works if work.item_id is not None}


def panels_of_proposals(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return proposal -> the work that answers it. Three queries."""
    links = ItemProposal.objects.filter(proposal_id__in=ids, item__work__isnull=False)
    items = dict(links.order_by("item__plan__version_no", "id").values_list("proposal_id", "item_id"))
    found = panels_of_items(sorted(set(items.values())), hat)
    return {proposal: found[item] for proposal, item in items.items() if item in found}


def panels_of_villages(ids: Sequence[str], hat: Hat | None) -> Mapping[str, Panel]:
    """Return village -> what was promised and built in the newest year with works. Two queries, seven for visitors."""
    rows = Work.objects.filter(village_id__in=ids, physical=True).select_related("cycle")
    newest: dict[str, list[Work]] = {}
    for work in rows.order_by("cycle__budget_year", "activity_code", "name", "id"):
        there = newest.get(work.village_id, [])
        same_year = bool(there) and there[0].cycle.budget_year == work.cycle.budget_year
        newest[work.village_id] = [*there, work] if same_year else [work]
    spent = spent_of([work.pk for works in newest.values() for work in works])
    names = names_for([work for works in newest.values() for work in works], hat)
    return {village: village_panel(works, spent, names) for village, works in newest.items()}


def names_for(works: Sequence[Work], hat: Hat | None) -> Mapping[UUID, str]:
    """Return work -> its name; for visitors without the works that would tell whom they help."""
    if hat is not None:
        return {work.pk: work.name for work in works}
    return {key: told.name for key, told in told_works(works).items()}


def village_panel(works: Sequence[Work], spent: Mapping[UUID, int], names: Mapping[UUID, str]) -> Panel:
    done = sum(work.closed for work in works)
    rows = [(_("Selesai diserahkan"), _("%(done)s dari %(all)s") % {"done": done, "all": len(works)})]
    told = [work for work in works if work.pk in names][:MOST_SHOWN]
    rows += [(names[work.pk], built(work, spent.get(work.pk, 0))) for work in told]
    title = _("Yang dibangun tahun %(year)s") % {"year": works[0].cycle.budget_year}
    return Panel(title, tuple(rows), "", "ok" if done == len(works) else "due", ORDER)


def built(work: Work, spent: int) -> str:
    """Say in a few words what was promised and what is there."""
    promised = " ".join(part for part in (number_text(work.target_volume), work.unit) if part)
    state = _("diserahkan") if work.closed else _("%(percent)s %%") % {"percent": work.percent}
    return " · ".join(part for part in (promised, state, format_rupiah(spent)) if part)


def panel_of(work: Work, spent: int, hat: Hat | None) -> Panel:
    rows = [
        (_("Dijanjikan"), " ".join(part for part in (number_text(work.target_volume), work.unit) if part) or work.name),
        (_("Kemajuan"), f"{work.percent} %"),
        (_("Realisasi"), format_rupiah(spent)),
    ]
    if work.done_volume is not None:
        rows.append((_("Terpasang"), f"{number_text(work.done_volume)} {work.unit}".strip()))
    if work.closed and work.physical:
        rows.append((_("Diserahkan"), work.minutes_number))
    if work.stopped_reason:
        rows.append((_("Berhenti"), work.stopped_reason))
    link = reverse("works:work", args=(work.pk,)) if hat is not None else ""
    title = _("Pelaksanaan")
    return Panel(title, tuple(rows), link, "ok" if work.closed else "due", ORDER)
