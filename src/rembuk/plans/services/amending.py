"""Amending an RKP Desa in force: a new version on a ground, drops and changes with their reasons, and back again.

Source: PP 43/2014 Pasal 120; Permendagri 114/2014 Pasal 49-50.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.law.amendments import ground_of
from rembuk.core.law.reasons import SET_BY_MEETING
from rembuk.core.permissions import require
from rembuk.plans.considerations import carried_texts
from rembuk.plans.models import ChangeReason, ItemProposal, RkpdesItem, RkpdesVersion, RpjmdesItem
from rembuk.plans.queries import items_of, version_in_force
from rembuk.plans.services.copying import copy_items
from rembuk.plans.services.steps import locked_plan, refuse_future, require_editable, today_at
from rembuk.plans.typed import InputError, Problem, read_text
from rembuk.proposals.services import Answer, drop_proposals
from rembuk.shared import trail
from rembuk.shared.models import StoredFile

LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class GroundValues:
    """Why a plan in force is changed: ground (core.law.amendments), its letter, what happened in a sentence."""

    code: str
    number: str
    on: date | None
    note: str = ""
    file: StoredFile | None = None


@transaction.atomic
def open_amendment(*, plan_id: UUID, ground: GroundValues, actor: Hat, at: datetime) -> RkpdesVersion:
    """Open the next version of a plan in force as a draft that begins with all its activities and texts.

    The version in force stays as it is. Raises: NotAllowedError; BadInputError (no ground, letter or day, a day to
    come); RefusedError ``amendment-open`` while another is in work, ``amendment-not-in-force`` for an older version.
    """
    base = locked_plan(plan_id)
    require(actor, "plans.amend", base)
    today = today_at(base, at)
    ground_of(ground.code, "rkpdes", today)
    if not ground.number.strip() or ground.on is None:
        raise BadInputError("amendment-letter-missing")
    refuse_future(ground.on, today)
    versions = list(RkpdesVersion.objects.filter(cycle_id=base.cycle_id).order_by("version_no"))
    if any(not one.enacted for one in versions):
        raise RefusedError("amendment-open", version=versions[-1].version_no)
    force = version_in_force(base.cycle_id)
    if force is None or force.id != base.id:
        raise RefusedError("amendment-not-in-force")
    with trail.acting(actor, "plans.amend"):
        made = RkpdesVersion(
            village=base.village,
            cycle=base.cycle,
            version_no=versions[-1].version_no + 1,
            kind="AMENDMENT",
            ground=ground.code,
            ground_number=read_text(ground.number, 100),
            ground_date=ground.on,
            ground_note=ground.note.strip()[:LONGEST],
            ground_file=ground.file,
            supersedes=base,
        )
        made.perdes_data = carried_texts(base, made)
        made.save(force_insert=True)
        copy_items(base, made)
    return made


@transaction.atomic
def save_changes(
    *, plan_id: UUID, reasons: Mapping[str, str], drops: AbstractSet[UUID], actor: Hat, at: datetime
) -> RkpdesVersion:
    """Take activities out of an amendment and write down why each one changed. The same again changes nothing.

    reasons: key of the earlier row (or of a new row) -> sentence; an empty one takes the reason away. drops: rows of
    this version that leave it; each needs its reason. Raises: NotAllowedError, RefusedError, BadInputError.
    """
    plan = locked_plan(plan_id)
    require_editable(actor, plan)
    refuse_original(plan)
    rows = {item.id: item for item in RkpdesItem.objects.select_for_update(of=("self",)).filter(plan=plan)}
    before = set(RkpdesItem.objects.filter(plan_id=plan.supersedes_id).values_list("id", flat=True))
    texts = read_reasons(reasons, {str(key) for key in {*before, *rows}})
    leaving = leaving_rows(rows, drops, texts)
    with trail.acting(actor, "plans.edit"):
        RkpdesItem.objects.filter(pk__in=leaving).delete()
        write_reasons(plan.change_reasons, texts, before, leaving, actor)
    return plan


def leaving_rows(
    rows: Mapping[UUID, RkpdesItem] | Mapping[UUID, RpjmdesItem], drops: AbstractSet[UUID], texts: Mapping[str, str]
) -> set[UUID]:
    """Return the rows of an amendment that leave it. Raises: BadInputError where one that was planned has no reason."""
    leaving: list[RkpdesItem | RpjmdesItem] = [rows[key] for key in sorted(rows.keys() & drops, key=str)]
    for item in leaving:
        if item.previous_id is not None and not texts.get(str(item.previous_id), ""):
            raise BadInputError("amendment-reason-missing", name=item.name)
    return {item.id for item in leaving}


def read_reasons(reasons: Mapping[str, str], known: AbstractSet[str]) -> dict[str, str]:
    """Return the sentences as understood. Raises: BadInputError with problems; RefusedError for a row of elsewhere."""
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for subject, text in reasons.items():
        if subject not in known:
            raise RefusedError("plan-item-key-taken")
        try:
            texts[subject] = read_text(text, LONGEST)
        except InputError as problem:
            problems.append(Problem("reason", problem.code, problem.values))
    if problems:
        raise BadInputError("plan-item-unreadable", problems=problems)
    return texts


def write_reasons(
    reasons: Any, texts: Mapping[str, str], earlier: AbstractSet[UUID], gone: AbstractSet[UUID], actor: Hat
) -> None:
    """Write the reasons of an amendment, take away those that are empty; the caller says who acts.

    reasons: those of one amendment (related manager of `ChangeReason` or `RpjmdesReason`). texts: as `read_reasons`
    gives them. earlier: rows of what is changed; any other subject is a row of the amendment. gone: rows that left it.
    """
    for subject, text in sorted(texts.items()):
        key = UUID(subject)
        if key in gone:
            continue
        own = {"previous_id": key} if key in earlier else {"item_id": key}
        row = reasons.filter(**own).first()
        if row is None and text:
            reasons.create(text=text, written_by=actor.person_id, **own)
        elif row is not None and not text:
            row.delete()
        elif row is not None and row.text != text:
            row.text, row.written_by = text, actor.person_id
            row.save(update_fields=["text", "written_by"])


@transaction.atomic
def restore_item(*, plan_id: UUID, previous_id: UUID, actor: Hat, at: datetime) -> RkpdesVersion:
    """Take an activity that was dropped back into the amendment, as it stands in the version in force.

    Repeating changes nothing. Raises: NotAllowedError, RefusedError.
    """
    plan = locked_plan(plan_id)
    require_editable(actor, plan)
    refuse_original(plan)
    assert plan.supersedes is not None
    wanted = [item for item in items_of(plan.supersedes.id) if item.id == previous_id]
    if not wanted:
        raise RefusedError("plan-item-key-taken")
    if RkpdesItem.objects.filter(plan=plan, previous_id=previous_id).exists():
        return plan
    with trail.acting(actor, "plans.edit"):
        copy_items(plan.supersedes, plan, wanted)
        ChangeReason.objects.filter(plan=plan, previous_id=previous_id).delete()
    return plan


def refuse_original(plan: RkpdesVersion) -> None:
    """Refuse what only an amendment has. Raises: RefusedError ``amendment-not``."""
    if not plan.is_amendment or plan.supersedes_id is None:
        raise RefusedError("amendment-not")


def answer_dropped(plan: RkpdesVersion, actor: Hat, at: datetime) -> None:
    """Tell the proposals of dropped activities why they left the plan; the caller has set the amendment in force."""
    kept = ItemProposal.objects.filter(item__plan=plan).values("proposal_id")
    links = ItemProposal.objects.filter(item__plan_id=plan.supersedes_id, proposal__state="planned")
    links = links.exclude(proposal_id__in=kept).order_by("proposal_id", "item_id")
    reasons = dict(ChangeReason.objects.filter(plan=plan, previous__isnull=False).values_list("previous_id", "text"))
    told: dict[UUID, str] = {}
    for proposal, item in links.values_list("proposal_id", "item_id"):
        told.setdefault(proposal, reasons.get(item, ""))
    answers = [Answer(key, SET_BY_MEETING, text) for key, text in told.items() if text]
    if answers:
        drop_proposals(answers=answers, actor=actor, at=at)
