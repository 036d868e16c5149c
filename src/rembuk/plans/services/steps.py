"""What every service of this room does the same way: lock, refuse what is closed, tell the gates, remember drafters.

What Musrenbang agreed and the stages before a Perdes are weighed alike for the RKP Desa and the RPJM Desa.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, Finding, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.links import LINKS
from rembuk.core.workflow.plan_states import EDITABLE, PlanEvent, PlanState, next_state
from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.core.workflow.stages import prerequisites
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle, StageRecord
from rembuk.cycles.procedure import profile_of
from rembuk.cycles.services import evidence_changed
from rembuk.plans.labels import state_name
from rembuk.plans.models import AgreedChange, RkpdesItem, RkpdesVersion, Rpjmdes, RpjmdesChange

BEFORE_MUSRENBANG = ("K6", "K7", "K8")
AFTER_MUSRENBANG = ("K7", "K10", "K11", "K12")


def locked_plan(plan_id: UUID) -> RkpdesVersion:
    """Return the plan locked for this transaction, with village and cycle. Raises: RkpdesVersion.DoesNotExist."""
    rows = RkpdesVersion.objects.select_for_update(of=("self",))
    return rows.select_related("village__regency", "village__district", "cycle").get(pk=plan_id)


def locked_item(item_id: UUID) -> RkpdesItem:
    """Return the item locked, with its plan and fundings. Raises: RkpdesItem.DoesNotExist."""
    rows = RkpdesItem.objects.select_for_update(of=("self",))
    rows = rows.select_related("plan__village__regency", "plan__village__district", "plan__cycle")
    return rows.prefetch_related("fundings").get(pk=item_id)


def require_open(plan: RkpdesVersion) -> None:
    """Refuse what the law closed for good. Raises: RefusedError ``plan-enacted``."""
    if plan.enacted:
        raise RefusedError("plan-enacted", number=plan.perdes_number)


def require_editable(actor: Hat, plan: RkpdesVersion) -> None:
    """Refuse unless the hat may change items and the version is in a state in which items change.

    Raises: NotAllowedError, RefusedError ``plan-enacted`` or ``plan-not-editable``.
    """
    require(actor, "plans.edit", plan)
    refuse_closed(plan)


def refuse_closed(plan: RkpdesVersion) -> None:
    """Refuse a version whose items do not change now. Raises: RefusedError."""
    require_open(plan)
    if PlanState(plan.state) not in EDITABLE:
        raise RefusedError("plan-not-editable", state=state_name(plan.state))


def walk(plan: RkpdesVersion, event: PlanEvent) -> None:
    """Move the plan in memory. Raises: RefusedError when enacted, IllegalTransitionError."""
    require_open(plan)
    plan.state = next_state(PlanState(plan.state), event).value
    plan.version += 1


def refuse_blocks(findings: Iterable[Finding]) -> None:
    """Refuse with every finding when one of them blocks. Raises: RefusedError ``plan-blocked``."""
    found = list(findings)
    if any(finding.severity == "block" for finding in found):
        raise RefusedError("plan-blocked", [finding for finding in found if finding.severity == "block"])


def open_changes(plan: RkpdesVersion | Rpjmdes, stage: str, link: str) -> list[Finding]:
    """Return a finding for each change agreed in Musrenbang that nobody has answered. One query.

    link: name in `LINKS` of the page where it is answered.
    """
    rows = plan.agreed_changes.filter(answer="open").order_by("order", "id")
    words = _("Kesepakatan Musrenbang belum dimasukkan atau dijelaskan: %(text)s")
    source = ALL_STAGES[stage].source
    return [Finding("G03", "block", words % {"text": row.text}, source, "", LINKS[link]) for row in rows]


def write_answer(change: AgreedChange | RpjmdesChange, answer: str, explanation: str, actor: Hat, at: datetime) -> None:
    """Answer a change agreed in Musrenbang; the caller says who acts. Raises: BadInputError."""
    if answer not in change.Answer.values:
        raise BadInputError("change-text-missing")
    if answer == change.Answer.EXPLAINED and not explanation.strip():
        raise BadInputError("change-explanation-missing")
    change.answer, change.explanation = answer, explanation.strip()
    change.answered_by, change.answered_at = actor.person_id, at
    change.version += 1
    change.save()


def unmet_stages(cycle: Cycle, stage: str) -> list[Finding]:
    """Return a finding for each stage that must be done before *stage* and is not. One query."""
    records = {row.stage: row for row in StageRecord.objects.filter(cycle=cycle)}
    words = _("%(stage)s %(title)s belum selesai; selesaikan dahulu.")
    found = []
    for code in prerequisites(stage, profile_of(cycle, frozenset(records))):
        if code not in records or records[code].state != StageRecord.State.DONE:
            row = ALL_STAGES[code]
            text = words % {"stage": code, "title": row.title}
            found.append(Finding("G03", "block", text, row.source, code, LINKS["stage"]))
    return found


def today_at(plan: RkpdesVersion | Rpjmdes, at: datetime) -> date:
    """Return the day it is at the regency of a plan."""
    return local_day(plan.village.regency, at)


def refuse_future(day: date | None, today: date) -> None:
    """Refuse a day to come. Raises: BadInputError."""
    if day is not None and day > today:
        raise BadInputError("date-in-future", date=day.isoformat())


def touched(plan: RkpdesVersion) -> None:
    """Tell the gates that items, estimates or checks of the plan changed."""
    late = plan.state in (PlanState.MUSRENBANG, PlanState.FINAL, PlanState.AGREED)
    tell_gates(plan, AFTER_MUSRENBANG if late else BEFORE_MUSRENBANG)


def tell_gates(plan: RkpdesVersion, stages: str | Sequence[str]) -> None:
    """Tell the gates that *stages* rest on something new. An amendment in work undoes no stage of the plan in force."""
    if not plan.is_amendment:
        evidence_changed(plan.cycle_id, stages)


def add_drafter(item: RkpdesItem, actor: Hat) -> None:
    """Remember who has written the item or its estimate: none of them may check it."""
    person = str(actor.person_id)
    if person not in item.drafters:
        item.drafters = [*item.drafters, person]
    item.changed_by = actor.person_id
