"""What goes into the package of one village: everything that is needed without a network, and nothing else.

Names of invitees are personal; a package goes only to a hat that may see them, and lies sealed on the phone.
"""

import gzip
import json
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from uuid import UUID

from django.utils import translation

from rembuk.accounts.models import Assignment
from rembuk.core.guidance.forum_checklists import checklist
from rembuk.core.guidance.visit_form import checklist_for
from rembuk.core.guidance.visit_states import WAITING
from rembuk.core.hat import Hat
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.core.offline.envelope import write_time
from rembuk.core.offline.judging import SCHEMA
from rembuk.core.permissions import TABLE
from rembuk.core.scoring import CRITERIA
from rembuk.cycles.labels import STAGE_TITLES
from rembuk.cycles.models import Cycle, StageRecord
from rembuk.cycles.queries import current_cycle
from rembuk.deliberation.labels import BALLOT_GROUPS, SECTION_NAMES
from rembuk.deliberation.models import (
    BallotBundle,
    Meeting,
)
from rembuk.deliberation.values import ALL_ELEMENTS, OFFERED_KINDS, SECTIONS
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.queries import newest_answers
from rembuk.guidance.mentoring.labels import SEVERITY_WORDS
from rembuk.guidance.mentoring.models import PromiseCheck, Visit, VisitAnswer
from rembuk.guidance.mentoring.permissions import OWNERS
from rembuk.guidance.mentoring.queries import asked_on_visit
from rembuk.offline.models import Package, ServerKey
from rembuk.offline.packed_meetings import meetings_out
from rembuk.proposals.labels import GROUPS, PROPOSER_KINDS
from rembuk.proposals.models import Proposal
from rembuk.regions.models import AccessMode, Hamlet, Rt, Signal, Village
from rembuk.shared.roles import role_name

FORMAT = "rembuk-package/1"
LIMIT = 300_000
LIVE = ("planned", "invited", "running", "adjourned", "closed")
OPEN_PROPOSALS = ("draft", "sent", "checked", "discussed", "ranked")
SHORT_TEXT = 300
DOTS = BallotBundle.Method


def program_version() -> str:
    """Return the version of this program, which a package names."""
    try:
        return version("rembuk")
    except PackageNotFoundError:
        return "0"


def content_of(row: Package, assignment: Assignment, key: ServerKey, older: Iterable[str]) -> dict[str, Any]:
    """Return the package as it is sent, short enough to travel. About twenty queries, however large the village."""
    hat = assignment.hat()
    with translation.override("id"):
        made = head_of(row, assignment, key, older) | body_of(row.village, hat)
    return shortened(made)


def head_of(row: Package, assignment: Assignment, key: ServerKey, older: Iterable[str]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "id": str(row.pk),
        "issued_at": write_time(row.issued_at),
        "expires_at": write_time(row.expires_at),
        "rights_until": write_time(row.rights_until),
        "program": row.program,
        "schema": SCHEMA,
        "device": str(row.device_id),
        "person": {"id": str(row.person_id), "name": row.person.name},
        "assignment": assignment_of(assignment),
        "server_key": {"id": key.code, "spki": key.public},
        "previous_keys": list(older),
    }


def assignment_of(row: Assignment) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "role": row.role,
        "label": f"{role_name(row.role)}, {row.place_name}",
        "until": day_text(row.end_date),
    }


def body_of(village: Village, hat: Hat) -> dict[str, Any]:
    cycle = current_cycle(village)
    meetings = meetings_of(village, cycle)
    return {
        "village": village_of(village),
        "hamlets": hamlets_of(village),
        "cycle": cycle_of(cycle),
        "meetings": meetings_out(meetings, hat),
        "proposals": proposals_of(village, hat),
        "promises": promises_of(village),
        "visits": visits_of(village) if may(hat, "mentoring.report", village) else [],
        "forums": forums_of(village) if may(hat, "facilitation.fill", village) else [],
        "codes": codes_of(),
    }


def may(hat: Hat, act: str, village: Village) -> bool:
    """Return whether the role and place carry an act in this village; guards of single rows are judged later."""
    row = TABLE.rows[act]
    return hat.role in row.roles and hat.place.covers(village.place)


def village_of(village: Village) -> dict[str, Any]:
    return {
        "key": village.pk,
        "code": village.code,
        "name": village.full_name,
        "district": village.district.full_name,
        "regency": village.regency.name,
        "timezone": village.regency.time_zone,
    }


def hamlets_of(village: Village) -> list[dict[str, Any]]:
    rts: dict[UUID | None, list[dict[str, str]]] = {}
    for rt in Rt.objects.filter(village=village).order_by("number", "id"):
        rts.setdefault(rt.hamlet_id, []).append({"id": str(rt.pk), "name": str(rt)})
    rows = Hamlet.objects.filter(village=village, valid_to__isnull=True).order_by("order", "name", "id")
    found = [{"id": str(row.pk), "name": row.name, "rts": rts.get(row.pk, [])} for row in rows]
    return [*found, {"id": None, "name": "", "rts": rts[None]}] if rts.get(None) else found


def cycle_of(cycle: Cycle | None) -> dict[str, Any] | None:
    if cycle is None:
        return None
    done = set(StageRecord.objects.filter(cycle=cycle, state="done").values_list("stage", flat=True))
    stage = next((code for code in STAGE_TITLES if code.startswith("K") and code not in done), "")
    return {
        "id": str(cycle.pk),
        "title": cycle.title,
        "year": cycle.budget_year,
        "stage": stage,
        "stage_label": str(STAGE_TITLES.get(stage, "")),
        "closed": cycle.closed_at is not None,
    }


def meetings_of(village: Village, cycle: Cycle | None) -> list[Meeting]:
    """Return the meetings that may still be written at, the next first."""
    rows = Meeting.objects.filter(village=village, state__in=LIVE, cycle__closed_at__isnull=True)
    return list(rows.select_related("village__regency", "cycle").order_by("scheduled_at", "id"))


def proposals_of(village: Village, hat: Hat) -> list[dict[str, Any]]:
    rows = Proposal.objects.filter(village=village, state__in=OPEN_PROPOSALS).exclude(title="")
    rows = rows.select_related("village").order_by("number", "captured_at", "id")
    seen = [row for row in rows if TABLE.allows(hat, "proposals.view", row)]
    return [
        {
            "id": str(row.pk),
            "number": row.number or "",
            "title": row.title,
            "problem": row.problem,
            "hamlet": str(row.hamlet_id) if row.hamlet_id else None,
            "place": row.location_text,
            "state": row.state,
        }
        for row in seen
    ]


def promises_of(village: Village) -> list[dict[str, Any]]:
    return [
        {"id": str(row.pk), "text": row.recommendation, "due": day_text(row.due_date), "who": role_name(row.owner_role)}
        for row in asked_on_visit(village.pk)
    ]


def visits_of(village: Village) -> list[dict[str, Any]]:
    states = [*(state.value for state in WAITING), Visit.State.ON_SITE.value]
    rows = Visit.objects.filter(village=village, state__in=states).order_by("planned_date", "id")
    return [
        {
            "id": str(row.pk),
            "stage": row.stage,
            "date": day_text(row.planned_date),
            "version": row.version,
            "checklist": visit_list(row.stage),
        }
        for row in rows
    ]


def visit_list(stage: str) -> dict[str, Any]:
    try:
        found = checklist_for(stage)
    except KeyError:
        return {"stage": stage, "version": "", "items": []}
    items = [{"code": item.code, "text": item.text, "help": item.help, "must": item.must} for item in found.items]
    return {"stage": found.stage, "version": found.version, "items": items}


def forums_of(village: Village) -> list[dict[str, Any]]:
    rows = Facilitation.objects.filter(village=village, closed_at__isnull=True, cycle__closed_at__isnull=True)
    out = []
    for row in rows.order_by("day", "id"):
        answers = newest_answers(row.pk)
        items = [item for item in checklist(row.checklist).items if item.by_hand]
        out.append(
            {
                "id": str(row.pk),
                "state": row.state,
                "day": day_text(row.day),
                "version": row.checklist,
                "points": [
                    {"code": item.code, "phase": item.phase, "text": item.text, "must": item.must, "na": item.na}
                    for item in items
                ],
                "answers": {code: [answer.value, answer.note] for code, answer in answers.items()},
            }
        )
    return out


def codes_of() -> dict[str, Any]:
    return {
        "elements": pairs(ALL_ELEMENTS),
        "meeting_kinds": [[code, MEETING_KINDS[code].title] for code in OFFERED_KINDS],
        "minutes_sections": [[code, str(SECTION_NAMES.get(code, code))] for code in SECTIONS],
        "ballot_methods": [[value, str(label)] for value, label in DOTS.choices],
        "ballot_groups": pairs(BALLOT_GROUPS),
        "score_criteria": [[code.lower(), text] for code, text in CRITERIA.items()],
        "proposal_groups": pairs(GROUPS),
        "proposer_kinds": pairs(PROPOSER_KINDS),
        "visit_answers": [[value, str(label)] for value, label in VisitAnswer.Answer.choices],
        "promise_seen": [[value, str(label)] for value, label in PromiseCheck.Seen.choices],
        "severities": pairs(SEVERITY_WORDS),
        "owners": [[role.value, role_name(role)] for role in OWNERS],
        "access": [[value, str(label)] for value, label in AccessMode.choices],
        "signal": [[value, str(label)] for value, label in Signal.choices],
    }


def pairs(words: Mapping[str, Any]) -> list[list[str]]:
    return [[code, str(text)] for code, text in words.items()]


def shortened(made: dict[str, Any]) -> dict[str, Any]:
    """Return the package within its limit: first long texts go, then the last proposals; it says what it lacks."""
    left: dict[str, int] = {}
    if packed(made) > LIMIT:
        for each in made["proposals"]:
            if len(each["problem"]) > SHORT_TEXT:
                each["problem"] = each["problem"][:SHORT_TEXT] + "…"
                left["problems"] = left.get("problems", 0) + 1
    while packed({**made, "left_out": left}) > LIMIT and made["proposals"]:
        drop = max(1, len(made["proposals"]) // 4)
        made["proposals"] = made["proposals"][:-drop]
        left["proposals"] = left.get("proposals", 0) + drop
    return {**made, "left_out": left}


def packed(made: Mapping[str, Any]) -> int:
    """Return the bytes of the package as it travels."""
    return len(gzip.compress(as_json(made), 6))


def as_json(made: Mapping[str, Any]) -> bytes:
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def day_text(day: date | None) -> str | None:
    return day.isoformat() if day else None
