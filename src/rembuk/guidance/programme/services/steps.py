"""Steps of a plan: handed in, returned, approved into a frozen version with its paper, started, revised, closed."""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.documents import frozen
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.programme import (
    ActivityEvent,
    PlanEvent,
    PlanState,
    next_activity_state,
    next_state,
)
from rembuk.core.guidance.programme_content import packed
from rembuk.core.hat import Hat, Role
from rembuk.cycles.calendar import local_day
from rembuk.guidance.programme import typed
from rembuk.guidance.programme.models import GuidancePlan, PlanActivity, PlanVersion
from rembuk.guidance.programme.papers import CODE, document_of
from rembuk.guidance.programme.queries.content import content_of, facts_of
from rembuk.guidance.programme.services.base import (
    locked_activity,
    locked_plan,
    need_running,
    need_turn,
    people_of,
    save,
    tell,
)
from rembuk.shared import papers, trail

LONGEST = 1000


@transaction.atomic
def submit(*, plan_id: UUID, actor: Hat, at: datetime) -> GuidancePlan:
    """Hand a plan or a revision in to the Kepala DPMD, or to who stands in, who is told.

    Raises: NotAllowedError, IllegalTransitionError, RefusedError with every activity and village that is not in order.
    """
    plan = locked_plan(plan_id, actor, "submit")
    need_turn(Role.KBD, plan, actor, at)
    if plan.submitted_at is not None:
        raise RefusedError("programme-moved")
    plan.state = next_state(plan.at, PlanEvent.SUBMIT, facts_of(plan)).value
    plan.submitted_by, plan.submitted_label, plan.submitted_at = actor.person_id, actor.label, at
    plan.return_note, plan.returned_at = "", None
    with trail.acting(actor, "programme.submit"):
        save(plan, "state", "submitted_by", "submitted_label", "submitted_at", "return_note", "returned_at")
    tell(
        people_of(Role.KDP, plan.place, local_day(plan.regency, at)),
        key=f"programme-submit:{plan.pk}:{plan.version}",
        title=_("Rencana pembinaan %(year)s menunggu persetujuan Anda") % {"year": plan.year},
        body=plan.revise_reason if plan.at is PlanState.DRAFT_REVISION else "",
        link=reverse("programme:plan", args=[plan.pk]),
    )
    return plan


@transaction.atomic
def return_plan(*, plan_id: UUID, note: str, actor: Hat, at: datetime) -> GuidancePlan:
    """Give what was handed in back with a note; the Kabid is told. Raises: NotAllowedError, RefusedError."""
    plan = locked_plan(plan_id, actor, "decide")
    need_turn(Role.KDP, plan, actor, at)
    if plan.at is PlanState.DRAFT_REVISION and plan.submitted_at is None:
        raise RefusedError("programme-revision-not-submitted")
    words = typed.lines("catatan", note, LONGEST)
    plan.state = next_state(plan.at, PlanEvent.RETURN, facts_of(plan), words).value
    sender = plan.submitted_by
    plan.submitted_by, plan.submitted_label, plan.submitted_at = None, "", None
    plan.return_note, plan.returned_at = words, at
    with trail.acting(actor, "programme.return"):
        save(plan, "state", "submitted_by", "submitted_label", "submitted_at", "return_note", "returned_at")
    told = {*people_of(Role.KBD, plan.place, local_day(plan.regency, at)), *([sender] if sender else [])}
    tell(
        sorted(told),
        key=f"programme-return:{plan.pk}:{plan.version}",
        title=_("Rencana pembinaan %(year)s dikembalikan") % {"year": plan.year},
        body=words,
        link=reverse("programme:plan", args=[plan.pk]),
    )
    return plan


@transaction.atomic
def approve(*, plan_id: UUID, actor: Hat, at: datetime) -> GuidancePlan:
    """Approve what was handed in: its content is frozen as a version and as a paper; a revision goes into force.

    Who handed it in does not approve it. Raises: NotAllowedError, IllegalTransitionError, RefusedError.
    """
    plan = locked_plan(plan_id, actor, "decide")
    need_turn(Role.KDP, plan, actor, at)
    sender = plan.submitted_by
    if sender == actor.person_id:
        raise RefusedError("programme-same-person")
    revising = plan.at is PlanState.DRAFT_REVISION
    plan.state = next_state(plan.at, PlanEvent.APPROVE, facts_of(plan)).value
    if sender is None:
        raise RefusedError("programme-moved")
    today = local_day(plan.regency, at)
    plan.version_no += 1
    if revising and plan.start_date is None:
        plan.start_date = today
    plan.submitted_by, plan.submitted_label, plan.submitted_at = None, "", None
    with trail.acting(actor, "programme.approve"):
        save(plan, "state", "version_no", "start_date", "submitted_by", "submitted_label", "submitted_at")
        keep_version(plan, sender, actor, at)
    tell(
        people_of(Role.KBD, plan.place, today),
        key=f"programme-approve:{plan.pk}:{plan.version_no}",
        title=_("Rencana pembinaan %(year)s disetujui, versi %(number)s")
        % {"year": plan.year, "number": plan.version_no},
        link=reverse("programme:plan", args=[plan.pk]),
    )
    return plan


def keep_version(plan: GuidancePlan, sender: UUID, actor: Hat, at: datetime) -> PlanVersion:
    """Freeze the content and the paper of the version just approved."""
    content = content_of(plan)
    data = packed(content)
    document = document_of(plan, content, approver=actor, at=at)
    paper = papers.keep(
        CODE,
        document.title,
        f"guidance_plan:{plan.pk}",
        data=json.loads(frozen.to_json(document)),
        village_key=plan.regency_id,
        hat=actor,
        sample=plan.regency.sample,
        paper_date=document.dated,
    )
    return PlanVersion.objects.create(
        plan=plan,
        number=plan.version_no,
        content=data,
        digest=papers.digest_of(data),
        reason=plan.revise_reason,
        submitted_by=sender,
        approved_by=actor.person_id,
        approved_label=f"{actor.name}, {actor.label}"[:200],
        approved_at=at,
        paper=paper,
    )


@transaction.atomic
def start(*, plan_id: UUID, day: str, actor: Hat, at: datetime) -> GuidancePlan:
    """Let an approved plan run from a day of its year that is not to come (today when empty); money counts from it.

    Raises: NotAllowedError, IllegalTransitionError, BadInputError.
    """
    plan = locked_plan(plan_id, actor, "run")
    today = local_day(plan.regency, at)
    plan.state = next_state(plan.at, PlanEvent.START, facts_of(plan)).value
    begin = typed.optional_day(day) or today
    if begin > today or begin.year != plan.year:
        raise BadInputError("programme-start-day", year=plan.year)
    plan.start_date = begin
    with trail.acting(actor, "programme.start"):
        save(plan, "state", "start_date")
    return plan


@transaction.atomic
def revise(*, plan_id: UUID, reason: str, actor: Hat, at: datetime) -> GuidancePlan:
    """Open a revision; the version in force binds until the revision is approved. Raises: RefusedError without why."""
    plan = locked_plan(plan_id, actor, "run")
    words = typed.words("alasan", reason, 500)
    plan.state = next_state(plan.at, PlanEvent.REVISE, facts_of(plan), words).value
    plan.revise_reason, plan.return_note, plan.returned_at = words, "", None
    with trail.acting(actor, "programme.revise"):
        save(plan, "state", "revise_reason", "return_note", "returned_at")
    return plan


@transaction.atomic
def close_plan(*, plan_id: UUID, note: str, actor: Hat, at: datetime) -> GuidancePlan:
    """Close a plan whose activities are all closed, or cancelled with why. Raises: RefusedError with the others."""
    plan = locked_plan(plan_id, actor, "run")
    plan.state = next_state(plan.at, PlanEvent.CLOSE, facts_of(plan)).value
    plan.closed_at, plan.closing_note = at, typed.lines("catatan", note, LONGEST)
    with trail.acting(actor, "programme.close"):
        save(plan, "state", "closed_at", "closing_note")
    return plan


@transaction.atomic
def step_activity(*, activity_id: UUID, event: ActivityEvent, words: str, actor: Hat, at: datetime) -> PlanActivity:
    """Close, cancel (with why) or open an activity again while its plan runs.

    Raises: NotAllowedError, IllegalTransitionError, RefusedError.
    """
    activity = locked_activity(activity_id, actor, "run")
    need_running(activity.plan)
    said = typed.words("alasan", words, 500)
    activity.state = next_activity_state(activity.at, event, said).value
    activity.reason = "" if event is ActivityEvent.REOPEN else said
    activity.closed_at = None if event is ActivityEvent.REOPEN else at
    with trail.acting(actor, f"programme.activity_{event.value}"):
        save(activity, "state", "reason", "closed_at")
    return activity
