"""What lies on the table, the lot, points of groups of scorers, counted ballots and the end of their count."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from rembuk.core.errors import BadInputError
from rembuk.cycles.calendar import local_day
from rembuk.deliberation import services
from rembuk.deliberation.models import BallotBundle, Meeting, ScoreSheet
from rembuk.deliberation.values import Marks
from rembuk.offline.services.appliers.base import Applier, Job, meeting_key, while_open

CRITERIA = ("c1", "c2", "c3", "c4", "c5")


def table(job: Job) -> UUID:
    """Put a proposal on the table; one that may not lie there is a person's decision."""

    def act(key: UUID) -> UUID:
        services.table_proposals(meeting_id=key, proposal_ids=[job["proposal"]], actor=job.hat, at=job.at)
        return key

    return while_open(job, act)  # type: ignore[no-any-return]


def lot(job: Job) -> UUID:
    """Record the seed that was drawn aloud, at the time when it was; another seed here is a person's decision."""

    def act(key: UUID) -> UUID:
        told = {"seed": job["seed"], "corrects": job["corrects"]}
        return services.draw_lot(meeting_id=key, actor=job.hat, at=job.made, **told).pk

    return while_open(job, act)  # type: ignore[no-any-return]


def lot_now(job: Job) -> Mapping[str, Any] | None:
    row = Meeting.objects.get(pk=meeting_key(job))
    return {"seed": row.lot_seed} if row.lot_seed else None


def close_count(job: Job) -> UUID:
    def act(key: UUID) -> UUID:
        return services.close_count(meeting_id=key, actor=job.hat, at=job.moment("at")).pk

    return while_open(job, act)  # type: ignore[no-any-return]


def count_closed_now(job: Job) -> Mapping[str, Any] | None:
    row = Meeting.objects.get(pk=meeting_key(job))
    return {"at": row.count_closed_at} if row.count_closed_at else None


def score(job: Job) -> UUID:
    """Enter the points of one group for one proposal; other points entered meanwhile are a person's decision."""
    points = tuple(job[name] for name in CRITERIA)
    base = tuple(job["base"]) if job["base"] else None

    def act(key: UUID) -> UUID:
        meeting = Meeting.objects.select_related("village__regency").get(pk=key)
        services.enter_scores(
            meeting_id=key,
            scorer_group=job["scorer_group"],
            marks=[Marks(job["proposal"], points)],
            score_date=local_day(meeting.village.regency, job.made),
            actor=job.hat,
            at=job.at,
            seen=None if job.force else {job["proposal"]: base},
        )
        return score_row(job, key).pk  # type: ignore[union-attr]

    return while_open(job, act)  # type: ignore[no-any-return]


def score_row(job: Job, key: UUID) -> ScoreSheet | None:
    rows = ScoreSheet.objects.filter(meeting_id=key, proposal_id=job["proposal"])
    return rows.filter(scorer_group=job["scorer_group"]).first()


def score_now(job: Job) -> Mapping[str, Any] | None:
    row = score_row(job, meeting_key(job))
    return {name: getattr(row, name) for name in CRITERIA} if row is not None else None


def ballot(job: Job) -> UUID:
    """Enter the ballots of one hamlet and group; a bundle entered meanwhile is a person's decision."""
    marks = read_marks(job["marks"])

    def act(key: UUID) -> UUID:
        return services.enter_ballots(
            meeting_id=key,
            hamlet_id=job["hamlet"],
            group=job["group"],
            method=job["method"],
            voters=job["voters"],
            per_voter=job["per_voter"] or 0,
            marks=marks,
            actor=job.hat,
            at=job.at,
            seen_version=None if job.force else job["base"] or 0,
        ).pk

    return while_open(job, act)  # type: ignore[no-any-return]


def read_marks(rows: Sequence[Any]) -> list[tuple[int, list[tuple[UUID, int]]]]:
    """Return [count, [[proposal, points], ...]] as the service wants it. Raises: BadInputError."""
    try:
        found = [(count, [(UUID(key), points) for key, points in given]) for count, given in rows]
    except (ValueError, TypeError, AttributeError) as error:
        raise BadInputError("offline-values") from error
    numbers = [number for count, given in found for number in (count, *(points for _key, points in given))]
    if any(not isinstance(number, int) or isinstance(number, bool) for number in numbers):
        raise BadInputError("offline-values")
    return found


def ballot_now(job: Job) -> Mapping[str, Any] | None:
    rows = BallotBundle.objects.filter(meeting_id=meeting_key(job), group=job["group"])
    row = (rows.filter(hamlet_id=job["hamlet"]) if job["hamlet"] else rows.filter(hamlet__isnull=True)).first()
    return {"method": row.method, "voters": row.voters, "per_voter": row.per_voter} if row is not None else None


TABLE = Applier(table)
LOT = Applier(lot, lot_now)
COUNT_CLOSE = Applier(close_count, count_closed_now)
SCORE = Applier(score, score_now)
BALLOT = Applier(ballot, ballot_now)
