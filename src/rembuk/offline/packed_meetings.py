"""The meetings of a package: what they are, whom they invited, what is written of them so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rembuk.core.hat import Hat
from rembuk.core.law.elements import ALWAYS_EXPECTED, DISABLED
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.core.offline.envelope import write_time
from rembuk.core.permissions import TABLE
from rembuk.core.workflow.meetings import MeetingFacts
from rembuk.deliberation.facts import Counts, counts_of, facts_of, rules_of
from rembuk.deliberation.models import (
    Attendance,
    AttendanceTally,
    BallotBundle,
    Invitation,
    Meeting,
    MeetingProposal,
    ScoreSheet,
)
from rembuk.deliberation.values import SECTIONS


def by_meeting(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.meeting_id, []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class Written:
    """What is written of some meetings so far: rows by the key of their meeting."""

    invited: dict[UUID, list[Any]]
    present: dict[UUID, list[Any]]
    tallies: dict[UUID, list[Any]]
    tabled: dict[UUID, list[Any]]
    scores: dict[UUID, list[Any]]
    ballots: dict[UUID, list[Any]]


def written_of(meetings: Sequence[Meeting]) -> Written:
    """Return what is written of the meetings. Six queries, however many."""

    def of(model: type[Any], *order: str) -> dict[UUID, list[Any]]:
        return by_meeting(model.objects.filter(meeting__in=meetings).order_by(*order, "id"))

    return Written(
        of(Invitation, "name"),
        of(Attendance, "captured_at"),
        of(AttendanceTally, "element"),
        of(MeetingProposal, "table_number"),
        of(ScoreSheet, "scorer_group"),
        of(BallotBundle, "group"),
    )


def meetings_out(meetings: Sequence[Meeting], hat: Hat) -> list[dict[str, Any]]:
    """Return the meetings with whom they invited and what is written so far. Seven queries."""
    counts = counts_of(meetings) if meetings else {}
    written = written_of(meetings)
    return [{**plan_out(row, counts[row.pk], hat), **rows_out(row, written, hat)} for row in meetings]


def plan_out(row: Meeting, counts: Counts, hat: Hat) -> dict[str, Any]:
    """Return what a meeting is, and what the hat may do there."""
    kind, rules = MEETING_KINDS[row.kind], rules_of(row).rules
    return {
        "id": str(row.pk),
        "kind": row.kind,
        "kind_label": kind.title,
        "title": row.title,
        "state": row.state,
        "scheduled_at": write_time(row.scheduled_at),
        "location": row.location,
        "hamlet": str(row.hamlet_id) if row.hamlet_id else None,
        "group": row.group_name,
        "agenda": row.agenda,
        "records": TABLE.allows(hat, "deliberation.attendance", row),
        "formal": kind.formal,
        "quorum": {
            "invited": counts.invited,
            "share": [rules.quorum.numerator, rules.quorum.denominator],
            "elements": expected_at(facts_of(row, counts)),
        },
        "lot_seed": row.lot_seed,
        "count_closed": row.count_closed_at is not None,
    }


def rows_out(row: Meeting, written: Written, hat: Hat) -> dict[str, Any]:
    """Return what is written of a meeting; names only for who may see them."""
    names, key = TABLE.allows(hat, "deliberation.see_names", row), row.pk
    return {
        "invitees": [invitee_of(each) for each in written.invited.get(key, [])] if names else [],
        "attendance": [present_of(each) for each in written.present.get(key, [])] if names else [],
        "tallies": [
            {"element": each.element, "invited": each.invited, "male": each.male, "female": each.female}
            for each in written.tallies.get(key, [])
        ],
        "minutes": {name: row.minutes.get(name, {"text": "", "version": 0}) for name in SECTIONS},
        "tabled": [{"id": str(each.proposal_id), "number": each.table_number} for each in written.tabled.get(key, [])],
        "scores": [score_of(each) for each in written.scores.get(key, [])],
        "ballots": [
            {"hamlet": str(each.hamlet_id) if each.hamlet_id else None, "group": each.group, "version": each.version}
            for each in written.ballots.get(key, [])
        ],
    }


def expected_at(facts: MeetingFacts) -> list[str]:
    """Return the elements whose absence the office would name at this meeting."""
    return [*ALWAYS_EXPECTED, *([DISABLED] if facts.has_disabled else []), *sorted(facts.locally_expected)]


def invitee_of(row: Invitation) -> dict[str, Any]:
    return {"id": str(row.pk), "name": row.name, "element": row.kind, "position": row.position}


def present_of(row: Attendance) -> dict[str, Any]:
    """A line of the list; phone numbers stay in the office."""
    return {
        "id": str(row.pk),
        "name": row.name,
        "sex": row.sex,
        "element": row.element,
        "position": row.position,
        "invited": row.invited,
        "votes": row.has_voting_right,
        "signed": row.signed,
    }


def score_of(row: ScoreSheet) -> dict[str, Any]:
    points = [row.c1, row.c2, row.c3, row.c4, row.c5]
    return {"proposal": str(row.proposal_id), "scorer_group": row.scorer_group, "points": points}
