"""The lot that settles ties, and the ballots that are counted after it is drawn."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.deliberation.facts import counts_of
from rembuk.deliberation.labels import BALLOT_GROUPS
from rembuk.deliberation.models import BallotBundle, Meeting
from rembuk.deliberation.queries.ballots import hamlets_at
from rembuk.deliberation.services.base import demand, locked, save, touched
from rembuk.deliberation.services.choosing import write_section
from rembuk.deliberation.services.scoring import SCORABLE
from rembuk.deliberation.services.tabling import fix_numbers
from rembuk.deliberation.values import MOST_PEOPLE, clean
from rembuk.shared import trail

DRAWABLE = frozenset({"running", "adjourned"})
LONGEST_SEED = 40
MOST_POINTS = 1_000_000
LOT = "lot"
Method = BallotBundle.Method
Marks = Sequence[tuple[int, Sequence[tuple[UUID, int]]]]
"""(how many equal ballots, (proposal, points) of each); a tick is one point, no marks are a blank ballot."""


@transaction.atomic
def draw_lot(*, meeting_id: UUID, seed: str, actor: Hat, at: datetime, corrects: str = "") -> Meeting:
    """Record the seed that was drawn aloud; the minutes say it and how anyone recomputes the lot.

    corrects: the seed as it stands, to mend a wrong digit before the first ballot; the trail keeps both. From here on
    the numbers on the table are fixed. The same seed again changes nothing.
    Raises: NotAllowedError, BadInputError (no seed, too long, a bar in it), RefusedError (meeting not running, drawn
    already, ballots were entered).
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.draw_lot", meeting)
    seed = checked_seed(seed)
    if meeting.lot_seed == seed:
        return meeting
    if meeting.state not in DRAWABLE:
        raise RefusedError("lot-not-running")
    if meeting.minutes.get(LOT, {}).get("fixed"):
        raise RefusedError("lot-after-ballots", seed=meeting.lot_seed)
    if meeting.lot_seed != clean(corrects, LONGEST_SEED):
        raise RefusedError("lot-drawn", seed=meeting.lot_seed)
    with trail.acting(actor, "deliberation.draw_lot"):
        meeting.lot_seed, meeting.lot_drawn_at = seed, at
        save(meeting, "lot_seed", "lot_drawn_at")
        write_section(meeting, LOT, lot_text(meeting))
        fix_numbers(meeting)
        touched(meeting)
    return meeting


def checked_seed(text: str) -> str:
    seed = clean(text, LONGEST_SEED + 1)
    if not seed:
        raise BadInputError("lot-seed-missing")
    if len(seed) > LONGEST_SEED or "|" in seed or not seed.isprintable():
        raise BadInputError("lot-seed-bad", limit=LONGEST_SEED)
    return seed


def lot_text(meeting: Meeting) -> str:
    """Return what the minutes say of the lot: the seed, and how anyone works it out again."""
    source = f"{meeting.village.code}|{meeting.cycle.budget_year}|{meeting.lot_seed}"
    return (
        f"Sebelum suara pertama dihitung, benih undian diundi di depan musyawarah dan dibacakan: {meeting.lot_seed}.\n"
        "Undian hanya dipakai bila dua usulan tetap seri sesudah biaya, banyak suara, dan pembagian antardusun "
        f"dibandingkan. Undian satu usulan adalah sidik SHA-256 dari teks {source}|nomor usulan, tanpa spasi di "
        "sekitar garis tegak; sidik yang lebih kecil didahulukan. Siapa pun bisa menghitungnya ulang."
    )


@transaction.atomic
def enter_ballots(
    *,
    meeting_id: UUID,
    hamlet_id: UUID | None,
    group: str,
    method: str,
    voters: int,
    marks: Marks,
    actor: Hat,
    at: datetime,
    per_voter: int = 0,
    seen_version: int | None = None,
) -> BallotBundle:
    """Store the ballots of one hamlet and group, all or nothing, in place of what stood there.

    method: dots (one line of marks: the dots of all together) | papers (ticks) | points. voters: people counted.
    per_voter: dots, ticks or points one voter may give, 0 without a limit. seen_version: of the bundle the page
    showed, 0 for none. Equal ballots are merged and sorted, so their order says nothing. The same again changes
    nothing. Raises: NotAllowedError, BadInputError (counts, points), RefusedError (no seed, count closed, not on the
    table, more papers than voters, more voters than present), StaleError.
    """
    meeting = opened(meeting_id, actor)
    if not meeting.lot_seed:
        raise RefusedError("lot-first")
    check_bundle(meeting, hamlet_id, group, method, voters, per_voter)
    stored = merged(marks)
    check_marks(meeting, method, voters, per_voter, stored)
    row = bundle_at(meeting, hamlet_id, group)
    if row is not None and (row.method, row.voters, row.per_voter, row.marks) == (method, voters, per_voter, stored):
        return row
    check_version(row, seen_version)
    check_present(meeting, row, voters)
    with trail.acting(actor, "deliberation.ballot"):
        row = row or BallotBundle(meeting=meeting, hamlet_id=hamlet_id, group=group, version=0)
        row.method, row.voters, row.per_voter, row.marks = method, voters, per_voter, stored
        row.digest = digest_of(stored)
        row.entered_by, row.version = actor.person_id, row.version + 1
        row.save()
        fix_seed(meeting)
        touched(meeting)
    return row


@transaction.atomic
def clear_ballots(
    *, meeting_id: UUID, hamlet_id: UUID | None, group: str, actor: Hat, at: datetime, seen_version: int | None = None
) -> None:
    """Take the ballots of one hamlet and group back; the seed stays. Without any nothing changes.

    Raises: NotAllowedError, RefusedError, StaleError.
    """
    meeting = opened(meeting_id, actor)
    row = bundle_at(meeting, hamlet_id, group)
    if row is None:
        return
    check_version(row, seen_version)
    with trail.acting(actor, "deliberation.ballot"):
        row.delete()
        touched(meeting)


@transaction.atomic
def close_count(*, meeting_id: UUID, actor: Hat, at: datetime) -> Meeting:
    """Close the count: from now on the totals are shown and no ballot changes. Again changes nothing.

    Raises: NotAllowedError, RefusedError (nobody counted yet, meeting not open).
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.ballot", meeting)
    demand(meeting, SCORABLE)
    if meeting.count_closed_at is not None:
        return meeting
    if not meeting.ballots.exists():
        raise RefusedError("ballot-nobody-yet")
    return set_closed(meeting, at, actor)


@transaction.atomic
def open_count(*, meeting_id: UUID, actor: Hat, at: datetime) -> Meeting:
    """Open the count again to mend it; the totals disappear from the screen. Raises: NotAllowedError, RefusedError."""
    meeting = locked(meeting_id)
    require(actor, "deliberation.ballot", meeting)
    demand(meeting, SCORABLE)
    return meeting if meeting.count_closed_at is None else set_closed(meeting, None, actor)


def set_closed(meeting: Meeting, at: datetime | None, actor: Hat) -> Meeting:
    with trail.acting(actor, "deliberation.ballot"):
        meeting.count_closed_at = at
        save(meeting, "count_closed_at")
        touched(meeting)
    return meeting


def opened(meeting_id: UUID, actor: Hat) -> Meeting:
    """Return the locked meeting if its ballots may change. Raises: NotAllowedError, RefusedError."""
    meeting = locked(meeting_id)
    require(actor, "deliberation.ballot", meeting)
    if meeting.state == "signed":
        raise RefusedError("minutes-signed")
    demand(meeting, SCORABLE)
    if meeting.count_closed_at is not None:
        raise RefusedError("ballot-count-closed")
    return meeting


def bundle_at(meeting: Meeting, hamlet_id: UUID | None, group: str) -> BallotBundle | None:
    """Return the bundle of a hamlet and group, locked."""
    rows = meeting.ballots.select_for_update(of=("self",)).filter(group=group)
    return (rows.filter(hamlet_id=hamlet_id) if hamlet_id else rows.filter(hamlet__isnull=True)).first()


def fix_seed(meeting: Meeting) -> None:
    """From the first ballot on the seed stays, also when every ballot is taken back."""
    section = meeting.minutes.get(LOT, {})
    if not section.get("fixed"):
        meeting.minutes = {**meeting.minutes, LOT: {**section, "fixed": True}}
        meeting.save(update_fields=["minutes", "changed_at"])


def check_bundle(
    meeting: Meeting, hamlet_id: UUID | None, group: str, method: str, voters: int, per_voter: int
) -> None:
    if hamlet_id is not None and not hamlets_at(meeting).filter(pk=hamlet_id).exists():
        raise BadInputError("ballot-hamlet")
    if group not in BALLOT_GROUPS:
        raise BadInputError("ballot-group", group=group[:20])
    if method not in Method.values:
        raise BadInputError("ballot-method", method=method[:20])
    if not 1 <= voters <= MOST_PEOPLE:
        raise BadInputError("ballot-voters", voters=voters, limit=MOST_PEOPLE)
    if not 0 <= per_voter <= MOST_PEOPLE:
        raise BadInputError("ballot-per-voter", read=per_voter)


def merged(marks: Marks) -> list[list[object]]:
    """Return the marks as they are stored: equal ballots once, sorted, so that no order of entry is left.

    Raises: BadInputError for a negative count or points, and for a proposal that stands twice on one ballot.
    """
    sums: Counter[tuple[tuple[str, int], ...]] = Counter()
    for count, given in marks:
        keys = [key for key, _points in given]
        if len(set(keys)) != len(keys):
            raise BadInputError("ballot-twice")
        if count < 0 or any(not 0 <= points <= MOST_POINTS for _key, points in given):
            raise BadInputError("ballot-negative")
        sums[tuple(sorted((str(key), points) for key, points in given if points))] += count
    return [[count, [list(pair) for pair in pairs]] for pairs, count in sorted(sums.items()) if count]


def check_marks(meeting: Meeting, method: str, voters: int, per_voter: int, stored: list[list[object]]) -> None:
    """Refuse what the voters cannot have handed in. Raises: BadInputError, RefusedError."""
    lines: list[tuple[int, list[tuple[str, int]]]] = [(count, pairs) for count, pairs in stored]  # type: ignore[misc]
    tabled = {str(key) for key in meeting.tabled.values_list("proposal_id", flat=True)}
    if any(key not in tabled for _count, pairs in lines for key, _points in pairs):
        raise RefusedError("ballot-not-tabled")
    if method == Method.PAPERS and any(points != 1 for _count, pairs in lines for _key, points in pairs):
        raise BadInputError("ballot-tick")
    papers = sum(count for count, _pairs in lines)
    if method == Method.DOTS and papers > 1:
        raise BadInputError("ballot-dots-together")
    if papers > voters:
        raise RefusedError("ballot-more-papers", papers=papers, voters=voters)
    most = per_voter * (voters if method == Method.DOTS else 1)
    given = max((sum(points for _key, points in pairs) for _count, pairs in lines), default=0)
    if per_voter and given > most:
        code = "ballot-more-dots" if method == Method.DOTS else "ballot-more-marks"
        raise RefusedError(code, given=given, most=most)


def check_version(row: BallotBundle | None, seen: int | None) -> None:
    """Refuse to overwrite what somebody else entered since. Raises: StaleError."""
    now = row.version if row is not None else 0
    if seen is not None and seen != now:
        raise StaleError("ballot-stale", seen=seen, now=now)


def check_present(meeting: Meeting, row: BallotBundle | None, voters: int) -> None:
    """Refuse more voters than people with a vote are present. Raises: RefusedError with both numbers."""
    others = meeting.ballots.exclude(pk=row.pk) if row is not None else meeting.ballots.all()
    total = sum(others.values_list("voters", flat=True)) + voters
    present = counts_of([meeting])[meeting.id].voters
    if total > present:
        raise RefusedError("ballot-more-than-present", total=total, present=present)


def digest_of(stored: list[list[object]]) -> str:
    return hashlib.sha256(json.dumps(stored, separators=(",", ":")).encode()).hexdigest()
