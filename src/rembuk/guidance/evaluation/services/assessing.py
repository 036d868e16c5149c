"""Working through the items: each note says what to change; from the marks comes the draft of the result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, IllegalTransitionError, RefusedError
from rembuk.core.guidance.desk_checklists import list_version
from rembuk.core.guidance.desk_signing import signers_of
from rembuk.core.guidance.desk_states import (
    NEEDS_FIX,
    DeskEvent,
    DeskState,
    ItemMark,
    next_state,
    result_of,
    unmarked,
)
from rembuk.core.hat import Hat
from rembuk.cycles.calendar import local_day
from rembuk.guidance.evaluation.labels import KINDS
from rembuk.guidance.evaluation.models import Mark, Review
from rembuk.guidance.evaluation.services.base import locked_review, refuse_own_village, save, tell
from rembuk.guidance.evaluation.standards import delegation_of
from rembuk.shared import trail

LONGEST = 500
LONGEST_CLOSING = 2_000


@dataclass(frozen=True, slots=True)
class MarkValues:
    """One item as typed. due: ISO day until when it is to be mended. mended: of the note of the round before."""

    number: int
    mark: str = ""
    found: str = ""
    fix: str = ""
    due: str = ""
    mended: str = ""

    @property
    def empty(self) -> bool:
        return not (self.mark or self.found.strip() or self.fix.strip() or self.mended)


class MarksRefusedError(BadInputError):
    """Items that cannot be kept: number -> code of what is wrong with it. Nothing was written."""

    def __init__(self, problems: Mapping[int, str]) -> None:
        super().__init__("desk-marks-refused", count=len(problems))
        self.problems = dict(problems)


@dataclass
class Read:
    """What was read of the typed items."""

    rows: dict[int, dict[str, object]] = field(default_factory=dict)
    problems: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def save_marks(*, review_id: UUID, marks: Sequence[MarkValues], version: int, actor: Hat, at: datetime) -> Review:
    """Keep what was found of the items; an item left empty stays as it is. All of them are kept, or none.

    Raises: NotAllowedError, IllegalTransitionError, StaleError, RefusedError, MarksRefusedError with every item.
    """
    review = locked_review(review_id, actor, "assess", version)
    if review.state != DeskState.UNDER_REVIEW:
        raise IllegalTransitionError("illegal-transition", state=review.state, event="assess")
    refuse_own_village(review, actor, at)
    numbers = {item.number for item in list_version(review.checks, review.list_version).items}
    read = read_marks([one for one in marks if one.number in numbers and not one.empty])
    if read.problems:
        raise MarksRefusedError(read.problems)
    with trail.acting(actor, "evaluation.assess"):
        known = {row.number: row for row in Mark.objects.filter(review=review)}
        for number, values in read.rows.items():
            keep(review, number, values, known.get(number), actor)
        if review.evaluator is None:
            review.evaluator, review.evaluator_name = actor.person_id, actor.name
        save(review, "evaluator", "evaluator_name")
    return review


def read_marks(marks: Sequence[MarkValues]) -> Read:
    """Read every item before any is written."""
    read = Read()
    for one in marks:
        found, fix = " ".join(one.found.split()), " ".join(one.fix.split())
        problem = problem_of(one, found, fix)
        due: date | None = None
        if one.due.strip():
            try:
                due = date.fromisoformat(one.due.strip())
            except ValueError:
                problem = problem or "day"
        if problem:
            read.problems[one.number] = problem
            continue
        mended = one.mended if one.mended in Mark.Mended.values else ""
        read.rows[one.number] = {"mark": one.mark, "found": found, "fix": fix, "due_date": due, "mended": mended}
    return read


def problem_of(one: MarkValues, found: str, fix: str) -> str:
    """Return what is wrong with one item: no mark, a note that does not say what to change, too long."""
    if one.mark not in set(ItemMark):
        return "mark"
    if ItemMark(one.mark) in NEEDS_FIX and not fix:
        return "fix"
    return "long" if max(len(found), len(fix)) > LONGEST else ""


def keep(review: Review, number: int, values: Mapping[str, object], known: Mark | None, actor: Hat) -> None:
    """Write one item, if it changed."""
    if known is None:
        Mark.objects.create(review=review, number=number, marked_by=actor.person_id, **values)
        return
    if all(getattr(known, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(known, name, value)
    known.marked_by = actor.person_id
    known.version += 1
    known.save()


@transaction.atomic
def draft_result(*, review_id: UUID, closing: str, version: int, actor: Hat, at: datetime) -> Review:
    """Close the marking: the result follows from the marks, and the letter waits for a signature.

    closing: sentences that the letter ends with, empty for the usual ones. Raises: NotAllowedError,
    IllegalTransitionError, StaleError, RefusedError while items are unmarked.
    """
    review = locked_review(review_id, actor, "assess", version)
    after = next_state(DeskState(review.state), DeskEvent.DRAFT_RESULT)
    refuse_own_village(review, actor, at)
    marks = dict(Mark.objects.filter(review=review).values_list("number", "mark"))
    items = list_version(review.checks, review.list_version).items
    if left := unmarked([item.number for item in items], marks):
        raise RefusedError("desk-unmarked", items=", ".join(str(number) for number in left))
    text = closing.strip()
    if len(text) > LONGEST_CLOSING:
        raise BadInputError("desk-text-long", field=_("penutup surat"), count=len(text), limit=LONGEST_CLOSING)
    review.state, review.result = after.value, result_of(marks).value
    review.closing_words, review.drafted_by, review.drafted_at = text, actor.person_id, at
    with trail.acting(actor, "evaluation.draft_result"):
        save(review, "state", "result", "closing_words", "drafted_by", "drafted_at")
    delegated = delegation_of(review, local_day(review.village.regency, at)) is not None
    values = {"kind": KINDS[review.checks], "village": review.village.full_name}
    title = _("Hasil %(kind)s %(village)s menunggu tanda tangan") % values
    tell(review, signers_of(review.checks, delegated=delegated), at, key=f"sign-{review.version}", title=title)
    return review


@transaction.atomic
def reopen(*, review_id: UUID, version: int, actor: Hat, at: datetime) -> Review:
    """Take a drafted result back to the items, because something is to be looked at again; the clock runs on.

    Raises: NotAllowedError, IllegalTransitionError, StaleError.
    """
    review = locked_review(review_id, actor, "assess", version)
    review.state = next_state(DeskState(review.state), DeskEvent.REOPEN).value
    review.result, review.drafted_by, review.drafted_at = "", None, None
    with trail.acting(actor, "evaluation.reopen"):
        save(review, "state", "result", "drafted_by", "drafted_at")
    return review
