"""What an amendment shows: how ceilings moved, where the cut line falls, what changed and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from rembuk.core.documents.rkpdes import RkpdesLine
from rembuk.core.errors import Finding
from rembuk.core.money import Rupiah
from rembuk.core.workflow.replan import CeilingChange, SourceCut, ceiling_changes, cuts_by_source
from rembuk.core.workflow.versions import Change, ChangeKind, compare, unexplained
from rembuk.deliberation.models import Meeting
from rembuk.funding.models import Ceiling
from rembuk.funding.queries import village_ceilings
from rembuk.plans.models import ChangeReason, RkpdesItem, RkpdesVersion
from rembuk.plans.paper_values import version_rows
from rembuk.plans.queries import items_of

SOURCE = "Permendagri 114/2014 Pasal 49-50"
LINK = "plans:amendment"
HELD = ("closed", "signed")
PlanChange = Change[RkpdesLine]


def ceilings_at(village_id: str, budget_year: int, moment: datetime) -> dict[str, Rupiah]:
    """Return what villagers could plan at that moment: source -> rupiah, earmarked money left out. One query."""
    rows = Ceiling.objects.filter(
        village_id=village_id, budget_year=budget_year, earmark="", issued_at__isnull=False, issued_at__lte=moment
    )
    last: dict[tuple[str, str], int] = {}
    for row in rows.order_by("issued_at", "created_at", "id"):
        last[row.source, row.programme] = row.amount
    found: dict[str, Rupiah] = {}
    for (source, _programme), amount in last.items():
        found[source] = Rupiah(found.get(source, 0) + amount)
    return found


@dataclass(frozen=True, slots=True)
class Shift:
    """How the ceilings moved since the plan in force was set. letter, day: of the newest ceiling that moved."""

    before: Mapping[str, Rupiah]
    after: Mapping[str, Rupiah]
    changes: tuple[CeilingChange, ...]
    letter_number: str = ""
    letter_date: date | None = None

    @property
    def replan(self) -> bool:
        """Whether a source moved by more than the threshold, so that the plan has to be looked at again."""
        return any(change.replan for change in self.changes)


def shift_of(base: RkpdesVersion) -> Shift:
    """Return how the ceilings moved since *base*, an enacted version, was set. Two queries."""
    assert base.enacted_at is not None
    year = base.cycle.budget_year
    before = ceilings_at(base.village_id, year, base.enacted_at)
    now = village_ceilings(base.village_id, year)
    changes = ceiling_changes(before, now.plannable)
    moved = {change.source for change in changes}
    letters = [row for row in now.rows if row.source in moved and not row.earmark and row.letter_number]
    newest = max(letters, key=lambda row: (row.letter_date or date.min, str(row.id)), default=None)
    if newest is None:
        return Shift(before, now.plannable, changes)
    return Shift(before, now.plannable, changes, newest.letter_number, newest.letter_date)


def by_priority(items: Iterable[RkpdesItem]) -> list[RkpdesItem]:
    """Return items the most wanted first: what no proposal asked for (the office's routine), then as agreed."""
    return sorted(
        items,
        key=lambda item: (bool(item.proposal_links.all()), item.order, item.activity_code, item.name, str(item.id)),
    )


def cuts_of(items: Iterable[RkpdesItem], shift: Shift) -> tuple[SourceCut, ...]:
    """Return the cut line of each source under the ceilings of now."""
    rows = [(str(item.id), {row.source: row.amount for row in item.fundings.all()}) for item in by_priority(items)]
    return cuts_by_source(rows, shift.before, shift.after)


@dataclass(frozen=True, slots=True)
class Compared:
    """An amendment beside the version it supersedes. reasons: subject (see `Change.subject`) -> sentence."""

    changes: tuple[PlanChange, ...]
    reasons: Mapping[str, str]

    @property
    def moved(self) -> tuple[PlanChange, ...]:
        """Everything that is not as before."""
        return tuple(change for change in self.changes if change.kind is not ChangeKind.KEPT)

    @property
    def without_reason(self) -> tuple[PlanChange, ...]:
        return unexplained(self.changes, self.reasons)


def compared(plan: RkpdesVersion, items: Sequence[RkpdesItem] | None = None) -> Compared:
    """Return what an amendment changes against the version it supersedes. About eleven queries for any size."""
    assert plan.supersedes_id is not None
    after = items_of(plan.id) if items is None else items
    changes = compare(version_rows(items_of(plan.supersedes_id)), version_rows(after))
    return Compared(changes, reasons_of(plan.id))


def reasons_of(plan_id: UUID) -> dict[str, str]:
    """Return subject -> reason of an amendment. One query."""
    rows = ChangeReason.objects.filter(plan_id=plan_id).values_list("previous_id", "item_id", "text")
    return {str(previous or item): text for previous, item, text in rows}


KINDS = {
    ChangeKind.CHANGED: _("berubah"),
    ChangeKind.DROPPED: _("dikeluarkan"),
    ChangeKind.ADDED: _("baru"),
}


def amendment_findings(plan: RkpdesVersion, act: str, items: Sequence[RkpdesItem] | None = None) -> list[Finding]:
    """Return what holds an amendment back before *act*: nothing changed, no reason, no special Musrenbang."""
    found = compared(plan, items)
    own = [
        block(_("%(name)s: %(kind)s tanpa alasan.") % {"name": name_of(change), "kind": KINDS[change.kind]}, change)
        for change in found.without_reason
    ]
    if not found.moved:
        own.append(block(_("Belum ada kegiatan yang berubah terhadap versi yang berlaku.")))
    if act != "approve" and not musrenbang_held(plan):
        own.append(block(_("Musrenbang Desa khusus perubahan belum selesai dicatat.")))
    return own


def block(message: str, change: PlanChange | None = None) -> Finding:
    subject = change.after.key if change is not None and change.after is not None else ""
    return Finding("G12", "block", message, SOURCE, subject, LINK)


def name_of(change: PlanChange) -> str:
    row = change.after or change.before
    return row.values.activity if row is not None else ""


def musrenbang_held(plan: RkpdesVersion) -> bool:
    """Return whether a special Musrenbang was held since the letter of the ground. Two queries."""
    assert plan.supersedes is not None and plan.supersedes.enacted_at is not None and plan.ground_date is not None
    letter = datetime.combine(plan.ground_date, time.min, ZoneInfo(plan.village.regency.time_zone))
    since = max(letter, plan.supersedes.enacted_at)
    return Meeting.objects.filter(
        cycle_id=plan.cycle_id, kind="MUSREN_X", state__in=HELD, started_at__gte=since
    ).exists()
