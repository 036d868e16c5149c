"""Activities of a plan: what, who, when, for which villages, with which money; and the villages left out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.programme import REACHING, Kind
from rembuk.core.guidance.programme_targets import read_targets, words_of
from rembuk.core.hat import Hat
from rembuk.guidance.programme import typed
from rembuk.guidance.programme.labels import KINDS, SOURCES
from rembuk.guidance.programme.models import (
    ActivityTarget,
    BudgetLine,
    Commitment,
    GuidancePlan,
    LeftOut,
    PlanActivity,
)
from rembuk.guidance.programme.queries.plans import villages_of
from rembuk.guidance.programme.services.base import locked_activity, locked_plan, need_editable, read_owner, save
from rembuk.shared import trail

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class MoneyValues:
    """One budget line as typed."""

    source: str = ""
    amount: str = ""
    note: str = ""

    @property
    def empty(self) -> bool:
        return not (self.source.strip() or self.amount.strip() or self.note.strip())


@dataclass(frozen=True, slots=True)
class ActivityValues:
    """An activity as typed. owner: ``role:KBD`` or ``person:<key>``; commitment: its key, or empty."""

    kind: str
    title: str
    purpose: str = ""
    owner: str = ""
    start: str = ""
    end: str = ""
    commitment: str = ""
    money: tuple[MoneyValues, ...] = ()


@transaction.atomic
def new_activity(*, activity_id: UUID, plan_id: UUID, values: ActivityValues, actor: Hat, at: datetime) -> PlanActivity:
    """Add an activity; the same key again changes nothing. Its villages are chosen next.

    Raises: NotAllowedError, RefusedError (plan not open for changes, key of another plan), BadInputError.
    """
    plan = locked_plan(plan_id, actor, "edit")
    there = PlanActivity.objects.filter(pk=activity_id).select_related("plan").first()
    if there is not None:
        if there.plan_id != plan.pk:
            raise RefusedError("programme-key-taken")
        return there
    need_editable(plan)
    last = PlanActivity.objects.filter(plan=plan).aggregate(last=Max("position"))["last"] or 0
    activity = PlanActivity(pk=activity_id, plan=plan, position=last + 1)
    money = fill(activity, values)
    with trail.acting(actor, "programme.edit"):
        activity.save(force_insert=True)
        write_money(activity, money)
    return activity


@transaction.atomic
def edit_activity(*, activity_id: UUID, version: int, values: ActivityValues, actor: Hat, at: datetime) -> PlanActivity:
    """Change an activity. Raises: NotAllowedError, StaleError, RefusedError, BadInputError."""
    activity = locked_activity(activity_id, actor, "edit", version)
    need_editable(activity.plan)
    money = fill(activity, values)
    with trail.acting(actor, "programme.edit"):
        save(
            activity,
            *("kind", "title", "purpose", "owner_role", "owner_person", "start_date", "end_date", "commitment"),
        )
        if [(line.source, line.amount, line.note) for line in activity.money.all()] != money:
            activity.money.all().delete()
            write_money(activity, money)
    return activity


def fill(activity: PlanActivity, values: ActivityValues) -> list[tuple[str, int, str]]:
    """Write what was typed into *activity*; return its budget lines. Raises: BadInputError for the first fault."""
    if values.kind not in KINDS:
        raise BadInputError("programme-kind", read=values.kind[:40])
    activity.kind = values.kind
    activity.title = typed.needed("judul", values.title, "programme-title-missing", 200)
    activity.purpose = typed.words("uraian", values.purpose, 1000)
    activity.owner_role, activity.owner_person = read_owner(values.owner, activity.plan.place)
    if not activity.owner_role and activity.owner_person is None:
        raise BadInputError("programme-owner-missing")
    start, end = typed.day(values.start), typed.day(values.end)
    if end < start:
        raise BadInputError("programme-days-turned", start=start.isoformat(), end=end.isoformat())
    if not start.year <= activity.plan.year <= end.year:
        values_of = {"year": activity.plan.year, "start": start.isoformat(), "end": end.isoformat()}
        raise BadInputError("programme-outside-year", **values_of)
    activity.start_date, activity.end_date = start, end
    activity.commitment = read_commitment(values.commitment, activity.plan)
    return read_money(values.money)


def read_commitment(text: str, plan: GuidancePlan) -> Commitment | None:
    """Return the commitment behind an activity, if one was chosen. Raises: BadInputError."""
    if not text.strip():
        return None
    try:
        return Commitment.objects.get(pk=UUID(text), regency_id=plan.regency_id)
    except (ValueError, Commitment.DoesNotExist) as error:
        raise BadInputError("programme-link-missing") from error


def read_money(lines: Sequence[MoneyValues]) -> list[tuple[str, int, str]]:
    """Return (source, amount, note) of the filled lines. Raises: BadInputError."""
    found: list[tuple[str, int, str]] = []
    for line in lines:
        if line.empty:
            continue
        source = typed.source(line.source)
        amount = 0 if source == typed.NO_COST and not line.amount.strip() else typed.amount(line.amount)
        note = typed.words("uraian anggaran", line.note, 200)
        if (source, note) in {(known, words) for known, _amount, words in found}:
            raise BadInputError("programme-money-twice", source=str(SOURCES[source]))
        found.append((source, amount, note))
    return found


def write_money(activity: PlanActivity, money: Sequence[tuple[str, int, str]]) -> None:
    for source, amount, note in money:
        BudgetLine.objects.create(activity=activity, source=source, amount=amount, note=note)


@transaction.atomic
def remove_activity(*, activity_id: UUID, actor: Hat, at: datetime) -> GuidancePlan:
    """Take an activity out of a plan being written; one with payments is cancelled instead. Raises: RefusedError."""
    activity = locked_activity(activity_id, actor, "edit")
    need_editable(activity.plan)
    if activity.payments.exists():
        raise RefusedError("programme-has-money")
    with trail.acting(actor, "programme.edit"):
        activity.delete()
    return activity.plan


@transaction.atomic
def set_targets(
    *, activity_id: UUID, version: int, villages: Collection[str], text: str, actor: Hat, at: datetime
) -> PlanActivity:
    """Say for which villages an activity is: the codes given together with those that *text* names.

    villages: codes, also ``kec:<code>`` for a whole kecamatan and ``semua``. Nothing is stored while a part of *text*
    is not understood. Raises: NotAllowedError, StaleError, RefusedError, BadInputError.
    """
    activity = locked_activity(activity_id, actor, "edit", version)
    need_editable(activity.plan)
    known = villages_of(activity.plan.regency_id)
    named, unknown = read_targets(text, known)
    if unknown:
        shown = "; ".join(
            f"“{one.read}”" + (f" (maksudnya {', '.join(one.near)}?)" if one.near else "")
            for one in unknown[:MOST_SHOWN]
        )
        raise BadInputError("programme-targets", names=shown)
    chosen = named | {
        village.code
        for village in known
        if "semua" in villages or village.code in villages or f"kec:{village.district_code}" in villages
    }
    with trail.acting(actor, "programme.edit"):
        write_targets(activity, frozenset(chosen))
    return activity


def write_targets(activity: PlanActivity, chosen: frozenset[str]) -> None:
    """Store the villages of an activity and say them in words; villages now reached are no longer left out."""
    was = set(activity.targets.values_list("village_id", flat=True))
    activity.targets.exclude(village_id__in=chosen).delete()
    ActivityTarget.objects.bulk_create(
        ActivityTarget(activity=activity, village_id=code) for code in sorted(chosen - was)
    )
    if Kind(activity.kind) in REACHING:
        LeftOut.objects.filter(plan=activity.plan, village_id__in=chosen).delete()
    known = villages_of(activity.plan.regency_id)
    activity.targets_text, activity.target_count = words_of(chosen, known)[:500], len(chosen)
    save(activity, "targets_text", "target_count")


@transaction.atomic
def add_villages(*, activity_id: UUID, villages: Collection[str], actor: Hat, at: datetime) -> PlanActivity:
    """Add villages to a training or visit, from the list of those that nobody reaches.

    Raises: NotAllowedError, RefusedError, BadInputError for another kind of activity or no village.
    """
    activity = locked_activity(activity_id, actor, "edit")
    need_editable(activity.plan)
    if activity.what not in REACHING:
        raise BadInputError("programme-add-to")
    wanted = real(villages, activity.plan)
    was = frozenset(activity.targets.values_list("village_id", flat=True))
    with trail.acting(actor, "programme.edit"):
        write_targets(activity, was | wanted)
    return activity


@transaction.atomic
def leave_out(*, plan_id: UUID, villages: Collection[str], reason: str, actor: Hat, at: datetime) -> int:
    """Name villages that nothing reaches this year, with the reason typed for them. Returns how many.

    Raises: NotAllowedError, RefusedError, BadInputError without reason or village.
    """
    plan = locked_plan(plan_id, actor, "edit")
    need_editable(plan)
    words = typed.needed("alasan", reason, "programme-reason-missing", 500)
    wanted = real(villages, plan)
    with trail.acting(actor, "programme.edit"):
        for code in sorted(wanted):
            LeftOut.objects.update_or_create(plan=plan, village_id=code, defaults={"reason": words})
        save(plan)
    return len(wanted)


@transaction.atomic
def take_back(*, plan_id: UUID, villages: Collection[str], actor: Hat, at: datetime) -> int:
    """Take villages off the list of those left out. Returns how many. Raises: NotAllowedError, RefusedError."""
    plan = locked_plan(plan_id, actor, "edit")
    need_editable(plan)
    with trail.acting(actor, "programme.edit"):
        count, _rows = LeftOut.objects.filter(plan=plan, village_id__in=villages).delete()
        save(plan)
    return count


def real(villages: Collection[str], plan: GuidancePlan) -> frozenset[str]:
    """Return those codes that are villages of the plan's regency. Raises: BadInputError when none is."""
    found = frozenset(village.code for village in villages_of(plan.regency_id) if village.code in villages)
    if not found:
        raise BadInputError("programme-villages-missing")
    return found
