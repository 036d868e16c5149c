"""Planning a meeting: made, changed, called off; and the village's own thresholds."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from rembuk.accounts.models import Assignment
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.meeting_states import MeetingEvent
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.rules import SETTING, VillageRules, read_rules
from rembuk.deliberation.services.base import demand, fresh, locked, move, save, touched
from rembuk.deliberation.values import ALL_ELEMENTS, MeetingValues, clean, clean_lines, kind_of
from rembuk.regions.models import Hamlet, Village
from rembuk.shared import trail
from rembuk.shared.models import Origin

COLUMNS = (
    "kind", "hamlet", "group_name", "title", "scheduled_at", "location", "agenda", "chair_name", "chair_element",
    "note_taker_name", "note_taker_element", "resource_persons", "community_signers", "signers",
)  # fmt: skip


@transaction.atomic
def plan_meeting(
    *,
    cycle_id: UUID,
    values: MeetingValues,
    actor: Hat,
    at: datetime,
    meeting_id: UUID | None = None,
    origin: str = Origin.ONLINE,
) -> Meeting:
    """Plan a meeting of a cycle. The thresholds of the village are frozen into it; signers are filled from the offices.

    meeting_id: key made by the device; the same key with the same kind, time and place changes nothing.
    Raises: NotAllowedError, BadInputError (kind, hamlet, group, place or agenda missing), RefusedError (cycle closed,
    key taken).
    """
    cycle = Cycle.every.select_related("village__district", "village__regency").get(pk=cycle_id)
    kind_of(values.kind)
    meeting = Meeting(
        id=meeting_id or uuid4(), village=cycle.village, cycle=cycle, kind=values.kind, origin=origin, captured_at=at
    )
    require(actor, "deliberation.create", meeting)
    if cycle.closed_at is not None:
        raise RefusedError("meeting-cycle-closed")
    if (known := Meeting.objects.filter(pk=meeting.pk).first()) is not None:
        return same(known, meeting, values)
    fill(meeting, values)
    meeting.signers = {**office_holders(cycle.village, at), **meeting.signers}
    meeting.rules = village_rules(cycle.village).as_json()
    with trail.acting(actor, "deliberation.create"):
        meeting.save(force_insert=True)
        touched(meeting)
    return meeting


def same(known: Meeting, wanted: Meeting, values: MeetingValues) -> Meeting:
    mine = (wanted.cycle_id, values.kind, values.scheduled_at, clean(values.location, 200))
    if (known.cycle_id, known.kind, known.scheduled_at, known.location) != mine:
        raise RefusedError("meeting-key-taken")
    return known


@transaction.atomic
def edit_meeting(*, meeting_id: UUID, values: MeetingValues, version: int | None, actor: Hat, at: datetime) -> Meeting:
    """Change the plan of a meeting that is not signed. The kind stays once people were invited.

    Raises: NotAllowedError, BadInputError, RefusedError (signed, cancelled, kind fixed), StaleError.
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.edit", meeting)
    demand(meeting, ("planned", "invited", "running", "adjourned", "closed"))
    fresh(meeting, version)
    if values.kind != meeting.kind and meeting.state != "planned":
        raise RefusedError("meeting-kind-fixed")
    meeting.kind = kind_of(values.kind).code
    require(actor, "deliberation.edit", meeting)
    fill(meeting, values)
    with trail.acting(actor, "deliberation.edit"):
        save(meeting, *COLUMNS)
        touched(meeting)
    return meeting


def fill(meeting: Meeting, values: MeetingValues) -> None:
    """Put clean values into the meeting. Raises: BadInputError naming what is missing."""
    agenda = clean_lines(values.agenda)
    location = clean(values.location, 200)
    if not agenda:
        raise BadInputError("meeting-agenda-missing")
    if not location:
        raise BadInputError("meeting-location-missing")
    if values.scheduled_at.tzinfo is None:
        raise BadInputError("meeting-time-missing")
    for code in (values.chair_element, values.note_taker_element):
        if code and code not in ALL_ELEMENTS:
            raise BadInputError("meeting-element", element=code)
    meeting.hamlet = hamlet_for(meeting, values)
    meeting.group_name = clean(values.group_name, 120) if values.kind == "MUSKEL" else ""
    if values.kind == "MUSKEL" and not meeting.group_name:
        raise BadInputError("meeting-group-missing")
    meeting.title = clean(values.title, 200) or usual_title(meeting)
    meeting.scheduled_at, meeting.location, meeting.agenda = values.scheduled_at, location, list(agenda)
    meeting.chair_name, meeting.chair_element = clean(values.chair_name, 150), values.chair_element
    meeting.note_taker_name = clean(values.note_taker_name, 150)
    meeting.note_taker_element = values.note_taker_element
    meeting.resource_persons = [
        {"name": clean(name, 150), "element": clean(element, 80)}
        for name, element in values.resource_persons
        if name.strip()
    ]
    meeting.community_signers = list(clean_lines(values.community_signers, 150))
    meeting.signers = {key: clean(values.signers.get(key, ""), 150) for key in ("head", "bpd", "team")}
    meeting.signers = {key: name for key, name in meeting.signers.items() if name}


def hamlet_for(meeting: Meeting, values: MeetingValues) -> Hamlet | None:
    """Return the hamlet of the meeting, its own village's. Raises: BadInputError."""
    if values.hamlet_id is None:
        if values.kind == "MUSDUS":
            raise BadInputError("meeting-hamlet-missing")
        return None
    found = Hamlet.objects.filter(pk=values.hamlet_id, village_id=meeting.village_id).first()
    if found is None:
        raise BadInputError("meeting-hamlet-missing")
    return found


def usual_title(meeting: Meeting) -> str:
    """Name a meeting as its minutes will: ``Musyawarah Dusun Hilir``, ``Musrenbang Desa RKP 2027``."""
    if meeting.kind == "MUSDUS" and meeting.hamlet is not None:
        name = meeting.hamlet.name
        return f"Musyawarah {name if name.lower().startswith('dusun') else f'Dusun {name}'}"
    if meeting.kind == "MUSKEL":
        return f"Musyawarah Kelompok {meeting.group_name.removeprefix('Kelompok ')}"[:200]
    return f"{kind_of(meeting.kind).title} {meeting.cycle.title}"


def office_holders(village: Village, at: datetime) -> dict[str, str]:
    """Return the names of the village head and of the BPD where one account alone holds the office. One query."""
    rows = Assignment.objects.valid_on(local_day(village.regency, at)).filter(
        village=village, hamlet__isnull=True, rt__isnull=True, role__in=("KAD", "BPD")
    )
    names: dict[str, set[str]] = {"KAD": set(), "BPD": set()}
    for role, name in rows.order_by().values_list("role", "person__name"):
        names[role].add(name)
    keys = {"head": names["KAD"], "bpd": names["BPD"]}
    return {key: next(iter(found)) for key, found in keys.items() if len(found) == 1}


def village_rules(village: Village) -> VillageRules:
    """Return the thresholds of a village, the defaults where it has set none."""
    stored = village.settings.get(SETTING)
    return read_rules(stored if isinstance(stored, dict) else {})


@transaction.atomic
def cancel_meeting(*, meeting_id: UUID, reason: str, actor: Hat, at: datetime) -> Meeting:
    """Call a meeting off with a reason; what was written stays readable.

    Raises: NotAllowedError, IllegalTransitionError, BadInputError without a reason.
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.cancel", meeting)
    reason = clean(reason, 300)
    if not reason:
        raise BadInputError("meeting-reason-missing")
    move(meeting, MeetingEvent.CANCEL)
    with trail.acting(actor, "deliberation.cancel"):
        meeting.cancelled_reason = reason
        save(meeting, "state", "cancelled_reason")
        touched(meeting)
    return meeting


@transaction.atomic
def set_meeting_rules(*, village_id: str, rules: Mapping[str, Any], actor: Hat, at: datetime) -> VillageRules:
    """Store the village's own thresholds; meetings already planned keep theirs.

    Numbers that differ from the defaults need the number of the Perdes Tata Tertib they come from.
    Raises: NotAllowedError, BadInputError.
    """
    village = Village.objects.select_for_update().get(pk=village_id)
    require(actor, "deliberation.set_rules", village)
    read = read_rules(rules)
    if not read.rules.house_rules and read.rules != VillageRules().rules:
        raise BadInputError("meeting-rules-source")
    with trail.acting(actor, "deliberation.set_rules"):
        village.settings = {**village.settings, SETTING: read.as_json()}
        village.save(update_fields=["settings"])
    return read
