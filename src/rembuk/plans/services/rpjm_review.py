"""Review an RPJM Desa in force: a new version on a ground, the rows that change with their reasons, and back again.

Source: PP 43/2014 Pasal 120; Permendagri 114/2014 Pasal 28; UU 3/2024 Pasal 39 for the longer term.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.law.amendments import ground_of
from rembuk.core.permissions import require
from rembuk.core.workflow.plan_states import PlanState
from rembuk.cycles.calendar import local_day
from rembuk.cycles.services import open_rpjm_review
from rembuk.plans.considerations import carried_rpjm_texts
from rembuk.plans.models import RkpdesItem, Rpjmdes, RpjmdesItem, RpjmdesOrigin, RpjmdesReason
from rembuk.plans.rpjm_queries import rpjm_items
from rembuk.plans.services.amending import GroundValues, leaving_rows, read_reasons, write_reasons
from rembuk.plans.services.copying import BATCH, copied
from rembuk.plans.services.items import CellEdit
from rembuk.plans.services.rpjm_items import edit_rpjm_cells, locked_rpjm, require_rpjm_editable, touched_rpjm
from rembuk.plans.services.rpjm_text import copy_income
from rembuk.plans.services.steps import refuse_future
from rembuk.plans.typed import read_text
from rembuk.shared import trail

LONGEST = 1_000


@transaction.atomic
def open_review(
    *, rpjmdes_id: UUID, ground: GroundValues, on: date | None, end_year: int, actor: Hat, at: datetime
) -> Rpjmdes:
    """Open the amendment of the RPJM Desa in force as a draft that begins with all its activities, texts and income.

    on: the day the review began. end_year: the last year of the changed plan, the same or a later one. The plan in
    force stays as it is until the Perdes of the amendment is promulgated.
    Raises: NotAllowedError; BadInputError (no ground, letter or day, a day to come, a shorter or odd period);
    RefusedError for a plan that is not in force, or while another review is open.
    """
    base = locked_rpjm(rpjmdes_id)
    require(actor, "plans.amend", base)
    if not base.is_active:
        raise RefusedError("amendment-not-in-force")
    today = local_day(base.village.regency, at)
    ground_of(ground.code, "rpjmdes", today)
    if not ground.number.strip() or ground.on is None:
        raise BadInputError("amendment-letter-missing")
    refuse_future(ground.on, today)
    if end_year < base.end_year:
        raise BadInputError("review-period-odd", start=base.start_year, end=end_year)
    cycle = open_rpjm_review(
        village=base.village, on=on, start_year=base.start_year, end_year=end_year, actor=actor, at=at
    )
    with trail.acting(actor, "plans.amend"):
        made = Rpjmdes(
            village=base.village,
            cycle=cycle,
            supersedes=base,
            ground=ground.code,
            ground_number=read_text(ground.number, 100),
            ground_date=ground.on,
            ground_note=ground.note.strip()[:LONGEST],
            state=PlanState.DRAFT.value,
            start_year=base.start_year,
            end_year=end_year,
            vision=base.vision,
            mission=base.mission,
            text_data=base.text_data,
            is_active=False,
        )
        made.perdes_data = carried_rpjm_texts(base, made)
        made.save(force_insert=True)
        copy_lines(made, rpjm_items(base.id))
        copy_income(base, made)
    return made


def copy_lines(target: Rpjmdes, items: Sequence[RpjmdesItem]) -> None:
    """Copy activities with where they came from; each keeps the one it continues. The caller says who acts."""
    made = {item.id: copied(item, rpjmdes=target, previous=item) for item in items}
    RpjmdesItem.objects.bulk_create(made.values(), batch_size=BATCH)
    origins = RpjmdesOrigin.objects.filter(item__in=list(made)).order_by("id")
    links = [RpjmdesOrigin(item=made[row.item_id], proposal_id=row.proposal_id) for row in origins]
    RpjmdesOrigin.objects.bulk_create(links, batch_size=BATCH)


@transaction.atomic
def decide_lines(
    *,
    rpjmdes_id: UUID,
    edits: Sequence[CellEdit],
    reasons: Mapping[str, str],
    drops: AbstractSet[UUID],
    actor: Hat,
    at: datetime,
) -> Rpjmdes:
    """Change cells, take activities out and say why, all or nothing. The same again changes nothing.

    reasons: key of the earlier row (or of a new row) -> sentence; an empty one takes the reason away. drops: rows of
    the amendment that leave it; each needs its reason.
    Raises: NotAllowedError, RefusedError, BadInputError, StaleError with ``conflicts``.
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    require_rpjm_editable(actor, rpjmdes)
    base_id = changed_by(rpjmdes)
    rows = {item.id: item for item in RpjmdesItem.objects.select_for_update(of=("self",)).filter(rpjmdes=rpjmdes)}
    before = set(RpjmdesItem.objects.filter(rpjmdes_id=base_id).values_list("id", flat=True))
    texts = read_reasons(reasons, {str(key) for key in {*before, *rows}})
    leaving = leaving_rows(rows, drops, texts)
    kept = [edit for edit in edits if edit.item_id not in drops]
    if kept:
        edit_rpjm_cells(rpjmdes_id=rpjmdes_id, edits=kept, actor=actor, at=at)
    with trail.acting(actor, "plans.edit"):
        RpjmdesItem.objects.filter(pk__in=leaving).delete()
        write_reasons(rpjmdes.reasons, texts, before, leaving, actor)
        touched_rpjm(rpjmdes)
    return rpjmdes


@transaction.atomic
def restore_line(*, rpjmdes_id: UUID, previous_id: UUID, actor: Hat, at: datetime) -> Rpjmdes:
    """Take an activity that was dropped back into the amendment, as it stands in the plan in force.

    Repeating changes nothing. Raises: NotAllowedError, RefusedError.
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    require_rpjm_editable(actor, rpjmdes)
    base_id = changed_by(rpjmdes)
    wanted = list(RpjmdesItem.objects.filter(rpjmdes_id=base_id, pk=previous_id))
    if not wanted:
        raise RefusedError("plan-item-key-taken")
    if RpjmdesItem.objects.filter(rpjmdes=rpjmdes, previous_id=previous_id).exists():
        return rpjmdes
    with trail.acting(actor, "plans.edit"):
        copy_lines(rpjmdes, wanted)
        RpjmdesReason.objects.filter(rpjmdes=rpjmdes, previous_id=previous_id).delete()
        touched_rpjm(rpjmdes)
    return rpjmdes


def changed_by(rpjmdes: Rpjmdes) -> UUID:
    """Return the key of the plan that this one changes. Raises: RefusedError ``amendment-not``."""
    if rpjmdes.supersedes_id is None:
        raise RefusedError("amendment-not")
    return rpjmdes.supersedes_id


def restore_superseded(rpjmdes: Rpjmdes) -> None:
    """Put the plan that an annulled amendment had changed back in force, with the plans in work resting on it again.

    The caller has taken the amendment out of force and says who acts.
    """
    base = locked_rpjm(changed_by(rpjmdes))
    base.is_active = True
    base.version += 1
    base.save(update_fields=["is_active", "version", "changed_at"])
    rows = RkpdesItem.objects.filter(plan__enacted_at__isnull=True, rpjmdes_item__rpjmdes=rpjmdes)
    for item in rows.select_related("rpjmdes_item").select_for_update(of=("self",)).order_by("id"):
        assert item.rpjmdes_item is not None
        item.rpjmdes_item_id = item.rpjmdes_item.previous_id
        item.version += 1
        item.save(update_fields=["rpjmdes_item", "version", "changed_at"])


def follow_amendment(rpjmdes: Rpjmdes) -> None:
    """Let the plans in work rest on the amendment's rows where they rested on those it continues.

    The caller has set the amendment in force and says who acts.
    """
    rows = RkpdesItem.objects.filter(plan__enacted_at__isnull=True, rpjmdes_item__rpjmdes_id=changed_by(rpjmdes))
    after = dict(RpjmdesItem.objects.filter(rpjmdes=rpjmdes, previous__isnull=False).values_list("previous_id", "id"))
    for item in rows.select_for_update(of=("self",)).order_by("id"):
        if item.rpjmdes_item_id in after:
            item.rpjmdes_item_id = after[item.rpjmdes_item_id]
            item.version += 1
            item.save(update_fields=["rpjmdes_item", "version", "changed_at"])
