"""Reads of comments on a draft: whether it is open, what the public sees of it, what waits, the office's list."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from rembuk.core.money import Rupiah
from rembuk.core.workflow.plan_states import PlanState
from rembuk.deliberation.models import Meeting
from rembuk.plans.comment_labels import COMMENT_STATES
from rembuk.plans.labels import FIELDS
from rembuk.plans.models import CommentWindow, DraftComment, RkpdesItem, RkpdesVersion
from rembuk.plans.public_money import closed_items
from rembuk.plans.queries import cost_of, field_of, items_of
from rembuk.proposals.public_words import Cover, cover_of
from rembuk.proposals.receipts import digest_of, normal_code

WHOLE: Final = "plan"
PUBLIC_STATES: Final = ("shown", "answered")
OPEN_STATES: Final = frozenset({PlanState.HEAD_APPROVED, PlanState.ENACTED})
"""States in which the whole list of activities may be read; while it is worked on, only what was written about."""
MUSRENBANG: Final = {False: "MUSREN", True: "MUSREN_X"}
WITH_PLACE: Final = ("plan__cycle", "plan__village__district", "plan__village__regency")


def is_open(window: CommentWindow, at: datetime) -> bool:
    """Return whether residents may still write: not closed, last day not over, Musrenbang not held."""
    waits = window.plan.state == PlanState.HEAD_APPROVED
    return waits and window.closed_at is None and timezone.localtime(at).date() <= window.last_day


def window_of(plan_id: UUID) -> CommentWindow | None:
    """Return the window of a plan with its place. One query."""
    return CommentWindow.objects.select_related(*WITH_PLACE).filter(plan_id=plan_id).first()


def open_windows(village_ids: Sequence[str], at: datetime) -> "QuerySet[CommentWindow]":
    """Return the drafts of these villages that residents may comment on now, the newest first."""
    rows = CommentWindow.objects.filter(
        plan__village_id__in=village_ids,
        plan__state=PlanState.HEAD_APPROVED.value,
        closed_at__isnull=True,
        last_day__gte=timezone.localtime(at).date(),
    )
    return rows.select_related("plan__cycle").order_by("-opened_at", "id")


def coming_musrenbang(plan: RkpdesVersion) -> Meeting | None:
    """Return the Musrenbang that people are called to for this plan, None where no date is announced. One query."""
    rows = Meeting.objects.filter(cycle_id=plan.cycle_id, kind=MUSRENBANG[plan.is_amendment], state="invited")
    return rows.order_by("scheduled_at", "id").first()


def is_aid(item: RkpdesItem, cover: Cover, closed: AbstractSet[UUID]) -> bool:
    """Return whether the row of an activity would tell whom it helps. closed: see `public_money.closed_items`."""
    return item.id in closed or cover.few(item.name, item.location, count=item.volume, unit=item.unit)


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One activity as everybody reads it. title: name and place, which tell equal names apart.

    cost: None while the draft is worked on. item: None when its row is gone.
    """

    item: RkpdesItem | None
    title: str
    name: str
    location: str
    cost: Rupiah | None
    told: tuple[DraftComment, ...]


@dataclass(frozen=True, slots=True)
class PublicDraft:
    """The draft as everybody reads it. groups: (bidang, lines). whole: about all of it. aid: some are not told."""

    groups: tuple[tuple[str, tuple[PublicLine, ...]], ...]
    whole: tuple[DraftComment, ...]
    aid: bool

    @property
    def lines(self) -> tuple[PublicLine, ...]:
        return tuple(line for _title, lines in self.groups for line in lines)


def public_comments(window: CommentWindow) -> "QuerySet[DraftComment]":
    """Return what everybody may read: looked at or shown by time, never about help for one person or house."""
    rows = DraftComment.objects.filter(window=window, state__in=PUBLIC_STATES, closed=False)
    return rows.order_by("came_at", "id")


def public_draft(window: CommentWindow) -> PublicDraft:
    """Return the draft with its public comments, names covered. Nine queries, however many."""
    plan = window.plan
    cover = cover_of(plan.village)
    told = by_subject(fit_for_all(public_comments(window), cover))
    whole = PlanState(plan.state) in OPEN_STATES
    groups: dict[int, list[PublicLine]] = {}
    aid = False
    items = items_of(plan.id)
    closed = closed_items(item.id for item in items)
    for item in items:
        spoken = told.pop(str(item.id), ())
        if is_aid(item, cover, closed):
            aid = True
            continue
        title = title_of(item, cover)
        spoken = (*spoken, *told.pop(named(item.activity_code, title), ()))
        if whole or spoken:
            name, place = cover(item.name), cover(item.location)
            line = PublicLine(item, title, name, place, cost_of(item) if whole else None, spoken)
            groups.setdefault(field_of(item), []).append(line)
    everything = told.pop(WHOLE, ())
    for rows in told.values():
        first = rows[0]
        if not cover.few(first.item_name):
            line = PublicLine(None, first.item_name, first.item_name, "", None, rows)
            groups.setdefault(field_number(first.activity_code), []).append(line)
    ordered = sorted(groups, key=lambda number: number or 9)
    return PublicDraft(tuple((str(FIELDS[one]), tuple(groups[one])) for one in ordered), everything, aid)


def listed_for_paper(rows: "QuerySet[DraftComment]") -> "QuerySet[DraftComment]":
    """Return what may stand on a paper: what everybody may read, the whole draft first, then by activity."""
    rows = rows.filter(state__in=PUBLIC_STATES, closed=False)
    return rows.order_by("activity_code", "item_name", "came_at", "id")


def fit_for_all(rows: Iterable[DraftComment], cover: Cover) -> list[DraftComment]:
    """Return comments with answers as everybody may read them; the rows must not be saved."""
    found = list(rows)
    for row in found:
        row.answer = cover(row.answer)
    return found


def by_subject(rows: Iterable[DraftComment]) -> dict[str, tuple[DraftComment, ...]]:
    """Return comments by what they are about; where the row of the plan is gone, by code and name of the activity."""
    found: dict[str, list[DraftComment]] = {}
    for row in rows:
        gone = row.item_id is None and row.subject != WHOLE
        found.setdefault(named(row.activity_code, row.item_name) if gone else row.subject, []).append(row)
    return {key: tuple(told) for key, told in found.items()}


def title_of(item: RkpdesItem, cover: Cover) -> str:
    """Return name and place of an activity, names of people covered, as a comment keeps them."""
    return ", ".join(cover(part) for part in (item.name, item.location) if part)[:300]


def named(code: str, name: str) -> str:
    return f"{code} {name}".strip().lower()


def field_number(code: str) -> int:
    return int(code[0]) if code[:1].isdigit() and int(code[0]) in FIELDS else 0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many comments came, wait for the look, wait for an answer, are answered. look_due: the first that waits."""

    total: int = 0
    to_look: int = 0
    to_answer: int = 0
    answered: int = 0


def counts_of(window: CommentWindow) -> Counts:
    """Return the counts of one window. One query."""
    rows = DraftComment.objects.filter(window=window).order_by()
    found = rows.aggregate(
        total=Count("id"),
        to_look=Count("id", filter=Q(looked_at__isnull=True)),
        to_answer=Count("id", filter=Q(state="shown")),
        answered=Count("id", filter=Q(state="answered")),
    )
    return Counts(**found)


def comment_by_id(comment_id: UUID | str) -> DraftComment:
    """Return one comment with plan and place. Raises: DraftComment.DoesNotExist."""
    rows = DraftComment.objects.select_related(*(f"window__{way}" for way in WITH_PLACE))
    return rows.get(pk=comment_id)


def comment_by_receipt(code: str) -> DraftComment | None:
    """Return the comment of a receipt code as a person typed it, or None. One query."""
    normal = normal_code(code)
    if not normal:
        return None
    rows = DraftComment.objects.select_related(*(f"window__{way}" for way in WITH_PLACE))
    return rows.filter(receipt_digest=digest_of(normal)).first()


UNLOOKED, LATE = "belum-dilihat", "terlambat"


@dataclass(frozen=True, slots=True)
class CommentFilter:
    """What the address of the office's list asks for. item: key of an activity, or "plan" for the whole draft."""

    search: str = ""
    state: str = ""
    field: int | None = None
    item: str = ""

    @property
    def any(self) -> bool:
        return bool(self.search or self.state or self.field is not None or self.item)


def read_filter(query: QueryDict) -> CommentFilter:
    """Read the filters; an unknown value is left out."""
    state, field, item = query.get("keadaan", ""), query.get("bidang", ""), query.get("kegiatan", "")
    return CommentFilter(
        search=" ".join(query.get("cari", "").replace("\x00", " ").split())[:60],
        state=state if state in (*COMMENT_STATES, UNLOOKED) else "",
        field=int(field) if field.isascii() and field.isdigit() and int(field) in FIELDS and int(field) else None,
        item=item if item == WHOLE or is_key(item) else "",
    )


def is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def listed(plan: RkpdesVersion, asked: CommentFilter) -> "QuerySet[DraftComment]":
    """Return the comments on a plan that the office asked for: the whole draft first, then by code and activity."""
    rows = DraftComment.objects.filter(window__plan=plan)
    for word in asked.search.split():
        rows = rows.filter(Q(text__icontains=word) | Q(answer__icontains=word) | Q(item_name__icontains=word))
    if asked.state == UNLOOKED:
        rows = rows.filter(looked_at__isnull=True)
    elif asked.state:
        rows = rows.filter(state=asked.state)
    if asked.field is not None:
        rows = rows.filter(activity_code__startswith=f"{asked.field}.")
    if asked.item:
        rows = rows.filter(subject=asked.item)
    return rows.order_by("activity_code", "item_name", "came_at", "id")


def subjects_of(plan: RkpdesVersion) -> list[tuple[str, str]]:
    """Return (subject, activity) of everything that was written about, in the order of the list. One query."""
    rows = DraftComment.objects.filter(window__plan=plan).order_by("activity_code", "item_name", "subject")
    return list(dict.fromkeys(rows.exclude(subject=WHOLE).values_list("subject", "item_name")))
