"""Proposals on the table, the points each group of scorers gave, and the ranking that the meeting adopts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.law.reasons import FEASIBLE
from rembuk.core.permissions import require
from rembuk.core.scoring import CRITERIA, check_sheet
from rembuk.core.scoring import ScoreSheet as Sheet
from rembuk.cycles.calendar import local_day
from rembuk.deliberation.models import Meeting, MeetingProposal, ScoreSheet
from rembuk.deliberation.queries import ranking_of_meeting, total_text
from rembuk.deliberation.services.base import demand, locked, save, touched
from rembuk.deliberation.services.session import told
from rembuk.deliberation.services.tabling import put_on_table
from rembuk.deliberation.values import Marks, clean
from rembuk.proposals.models import FieldCheck, Proposal
from rembuk.proposals.services import Answer, discuss_proposals, rank_proposals
from rembuk.shared import trail

OPEN = ("planned", "invited", "running", "adjourned", "closed")
SCORABLE = ("running", "adjourned", "closed")
TABLED_STATES = ("checked", "discussed", "ranked")
HALL_KINDS = ("MUSREN", "MUSREN_X")
"""Meetings where only proposals that passed the field check take part. Source: procedure, who scores and chooses."""


def candidates(meeting: Meeting) -> "QuerySet[Proposal]":
    """Return the proposals that may be put on this table, in the order of their numbers.

    Seen by the secretary and not answered yet, of this cycle; at a hamlet's meeting those of the hamlet and of the
    whole village; at a Musrenbang no physical one without a passed field check and none that failed it.
    """
    rows = Proposal.objects.filter(cycle_id=meeting.cycle_id, state__in=TABLED_STATES)
    if meeting.kind == "MUSDUS" and meeting.hamlet_id is not None:
        rows = rows.filter(Q(hamlet_id=meeting.hamlet_id) | Q(hamlet__isnull=True))
    if meeting.kind in HALL_KINDS:
        last = FieldCheck.objects.filter(proposal=OuterRef("pk")).order_by("-check_date", "-created_at", "id")
        rows = rows.annotate(verdict=Subquery(last.values("verdict_code")[:1]))
        passed = Q(verdict=FEASIBLE) | (~Q(is_physical=True) & Q(verdict__isnull=True))
        rows = rows.filter(passed)
    return rows.select_related("hamlet").order_by("number", "id")


@transaction.atomic
def table_proposals(
    *, meeting_id: UUID, proposal_ids: Sequence[UUID], actor: Hat, at: datetime
) -> list[MeetingProposal]:
    """Put proposals on the table of a meeting; those already there stay, with their numbers. Returns the new ones.

    Raises: NotAllowedError, RefusedError (meeting signed or cancelled; a proposal that may not be tabled, by number).
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.table", meeting)
    demand(meeting, OPEN)
    wanted = set(proposal_ids) - set(meeting.tabled.values_list("proposal_id", flat=True))
    allowed = set(candidates(meeting).filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - allowed:
        numbers = Proposal.objects.filter(pk__in=wanted - allowed, village_id=meeting.village_id)
        named = sorted(number or "?" for number in numbers.values_list("number", flat=True))
        raise RefusedError("proposal-not-for-table", numbers=", ".join(named) or "?")
    with trail.acting(actor, "deliberation.table"):
        made = put_on_table(meeting, wanted)
        touched(meeting)
    return made


@transaction.atomic
def untable_proposal(*, meeting_id: UUID, proposal_id: UUID, actor: Hat, at: datetime) -> None:
    """Take a proposal off the table before anybody scored it or voted. Raises: NotAllowedError, RefusedError."""
    meeting = locked(meeting_id)
    require(actor, "deliberation.table", meeting)
    demand(meeting, OPEN)
    if meeting.scores.filter(proposal_id=proposal_id).exists():
        raise RefusedError("proposal-scored")
    if meeting.ballots.exists():
        # Also one without a mark: people had it before them and passed it over.
        raise RefusedError("proposal-voted")
    with trail.acting(actor, "deliberation.table"):
        meeting.tabled.filter(proposal_id=proposal_id).delete()
        touched(meeting)


@transaction.atomic
def enter_scores(
    *,
    meeting_id: UUID,
    scorer_group: str,
    marks: Sequence[Marks],
    score_date: date | None,
    actor: Hat,
    at: datetime,
    cleared: Sequence[UUID] = (),
    seen: Mapping[UUID, tuple[int, ...] | None] | None = None,
) -> int:
    """Store the points (C1 to C5, 1 to 5) that one group gave proposals on the table; returns how many changed.

    cleared: proposals whose points of this group are taken back. seen: what the page showed before, so that nothing
    that somebody else entered meanwhile is overwritten. Scores of a signed meeting stay as they are.
    Raises: NotAllowedError, BadInputError (group, date), ScoreError (scale), RefusedError (not tabled), StaleError.
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.score", meeting)
    demand(meeting, SCORABLE)
    group = clean(scorer_group, 80)
    if not group:
        raise BadInputError("score-group-missing")
    day = checked_day(meeting, score_date, at)
    for mark in marks:
        check_sheet(Sheet(str(mark.proposal_id), group, dict(zip(CRITERIA, mark.points, strict=True))))
    tabled = set(meeting.tabled.values_list("proposal_id", flat=True))
    if {mark.proposal_id for mark in marks} - tabled:
        raise RefusedError("score-not-tabled")
    known = {row.proposal_id: row for row in meeting.scores.select_for_update().filter(scorer_group=group)}
    check_seen(known, marks, cleared, seen)
    new, changed = [], []
    for mark in marks:
        row = known.get(mark.proposal_id)
        if row is None:
            new.append(sheet_row(meeting, group, mark, day, actor))
        elif points_of(row) != mark.points:
            row.c1, row.c2, row.c3, row.c4, row.c5 = mark.points
            row.score_date, row.entered_by = day, actor.person_id
            changed.append(row)
    gone = [known[key].pk for key in cleared if key in known]
    with trail.acting(actor, "deliberation.score"):
        ScoreSheet.objects.bulk_create(new, batch_size=200)
        columns = ["c1", "c2", "c3", "c4", "c5", "score_date", "entered_by"]
        ScoreSheet.objects.bulk_update(changed, columns, batch_size=200)
        ScoreSheet.objects.filter(pk__in=gone).delete()
        if new or changed or gone:
            forget_ranking(meeting)
            touched(meeting)
    return len(new) + len(changed) + len(gone)


def checked_day(meeting: Meeting, score_date: date | None, at: datetime) -> date:
    if score_date is None or score_date > local_day(meeting.village.regency, at):
        raise BadInputError("score-date")
    return score_date


def check_seen(
    known: Mapping[UUID, ScoreSheet],
    marks: Sequence[Marks],
    cleared: Sequence[UUID],
    seen: Mapping[UUID, tuple[int, ...] | None] | None,
) -> None:
    """Refuse to overwrite what somebody else entered since. Raises: StaleError."""
    if seen is None:
        return
    wanted: dict[UUID, tuple[int, ...] | None] = {mark.proposal_id: mark.points for mark in marks}
    wanted |= dict.fromkeys(cleared)
    for key, points in wanted.items():
        now = points_of(known[key]) if key in known else None
        if now != seen.get(key) and now != points:
            raise StaleError("stale", proposal=str(key))


def sheet_row(meeting: Meeting, group: str, mark: Marks, score_date: date, actor: Hat) -> ScoreSheet:
    c1, c2, c3, c4, c5 = mark.points
    return ScoreSheet(
        meeting=meeting,
        proposal_id=mark.proposal_id,
        scorer_group=group,
        c1=c1,
        c2=c2,
        c3=c3,
        c4=c4,
        c5=c5,
        score_date=score_date,
        entered_by=actor.person_id,
    )


def points_of(row: ScoreSheet) -> tuple[int, int, int, int, int]:
    return row.c1, row.c2, row.c3, row.c4, row.c5


def forget_ranking(meeting: Meeting) -> None:
    """Points changed, so the adopted order no longer follows from them: the meeting adopts again."""
    if meeting.ranked_at is not None:
        meeting.ranking, meeting.ranked_at = [], None
        save(meeting, "ranking", "ranked_at")


@transaction.atomic
def adopt_ranking(*, meeting_id: UUID, actor: Hat, at: datetime) -> Meeting:
    """Adopt the ranking in the name of the meeting: it is stored, and every scored proposal is told its place.

    Proposals that were answered meanwhile keep their answer. Repeating it with the same points changes nothing.
    Raises: NotAllowedError, RefusedError (nobody has scored yet, meeting not open).
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.adopt", meeting)
    demand(meeting, SCORABLE)
    rows = ranking_of_meeting(meeting)
    stored = [{"proposal": str(row.proposal.id), "rank": row.rank, "total": total_text(row.total)} for row in rows]
    scored = [row for row in rows if row.total is not None]
    if not scored:
        raise RefusedError("score-nobody-yet")
    if meeting.ranked_at is not None and meeting.ranking == stored:
        return meeting
    with trail.acting(actor, "deliberation.adopt"):
        meeting.ranking, meeting.ranked_at = stored, at
        save(meeting, "ranking", "ranked_at")
        touched(meeting)
    fresh = [row.proposal.id for row in scored if row.proposal.state == "checked"]
    if fresh:
        discuss_proposals(proposal_ids=fresh, actor=actor, at=at, text=told(meeting))
    live = [row for row in scored if row.proposal.state in TABLED_STATES]
    if live:
        rank_proposals(
            answers=[
                Answer(
                    row.proposal.id,
                    "",
                    f"Peringkat {row.rank} dari {len(rows)}, nilai {row.total_shown}. {told(meeting)}",
                )
                for row in live
            ],
            actor=actor,
            at=at,
        )
    return meeting
