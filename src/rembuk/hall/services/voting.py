"""The quiet vote: slips go out, ballots come in, and the result becomes ordinary ballots of the meeting.

No row, stamp or trail tells which slip went to whom, which slip cast which ballot, or when a ballot came: a box is one
row of sorted digests and merged ballots (`core.hall.slips`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hall.slips import FEW, merged, new_slip, read_slip, with_ballot, with_digest
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.deliberation import queries
from rembuk.deliberation.models import Attendance, BallotBundle, Meeting
from rembuk.deliberation.services import enter_ballots
from rembuk.deliberation.values import MOST_PEOPLE, clean
from rembuk.hall.models import BallotBox, DotCount, SlipGiven
from rembuk.shared import trail
from rembuk.shared.trail.record import record

MOST_SLIPS = 500
MOST_PER_VOTER = 20
Method = BallotBundle.Method


def meeting_for(meeting_id: UUID, actor: Hat) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",))
    meeting = rows.select_related("village__district", "village__regency", "cycle").get(pk=meeting_id)
    require(actor, "hall.officer", meeting)
    return meeting


def digest_of(meeting: Meeting, code: str) -> str:
    """Return what is kept of a slip: keyed by this installation and meeting, so that a copied table gives no slips."""
    return salted_hmac(f"rembuk.hall.slip.{meeting.pk}", code, algorithm="sha256").hexdigest()


@transaction.atomic
def open_boxes(
    *, meeting_id: UUID, hamlets: Sequence[UUID | None], per_voter: int, actor: Hat, at: datetime
) -> list[BallotBox]:
    """Open a box for each hamlet named (None: for everybody together); those that are there stay as they are.

    per_voter: ticks one voter may give. Raises: NotAllowedError, BadInputError, RefusedError (nothing on the table).
    """
    meeting = meeting_for(meeting_id, actor)
    if not 1 <= per_voter <= MOST_PER_VOTER:
        raise BadInputError("hall-too-many-marks", given=per_voter, most=MOST_PER_VOTER)
    if not meeting.tabled.exists():
        raise RefusedError("hall-box-nothing")
    known = set(queries.hamlets_at(meeting).values_list("pk", flat=True)) | {None}
    if set(hamlets) - known:
        raise BadInputError("ballot-hamlet")
    with trail.acting(actor, "hall.officer"):
        for key in hamlets:
            if not boxes_at(meeting, key).exists():
                BallotBox.objects.create(meeting=meeting, hamlet_id=key, per_voter=per_voter)
        noted(meeting, "opened", boxes=len(hamlets))
    return list(BallotBox.objects.filter(meeting=meeting).order_by("pk"))


def noted(meeting: Meeting, what: str, **more: object) -> None:
    """Leave a line in the trail that says what was done with the boxes, never with one slip."""
    record(table=Meeting._meta.db_table, object_id=str(meeting.pk), note={"quiet_vote": what, **more})


def boxes_at(meeting: Meeting, hamlet_id: UUID | None) -> QuerySet[BallotBox]:
    rows = BallotBox.objects.filter(meeting=meeting)
    return rows.filter(hamlet_id=hamlet_id) if hamlet_id is not None else rows.filter(hamlet__isnull=True)


def first_counts(meeting: Meeting, hamlet_id: UUID | None) -> QuerySet[DotCount]:
    rows = DotCount.objects.filter(meeting=meeting)
    return rows.filter(hamlet_id=hamlet_id) if hamlet_id is not None else rows.filter(hamlet__isnull=True)


def box_of(meeting: Meeting, hamlet_id: UUID | None) -> BallotBox:
    box = boxes_at(meeting, hamlet_id).select_for_update(of=("self",)).first()
    if box is None:
        raise RefusedError("hall-box-missing")
    if not box.open:
        raise RefusedError("hall-box-closed")
    return box


@transaction.atomic
def give_slip(*, attendance_id: UUID, hamlet_id: UUID | None, actor: Hat, at: datetime) -> str:
    """Draw the one slip of a person who is present and return its code, which is kept nowhere.

    Raises: NotAllowedError, RefusedError (no vote, has one already, box missing or closed).
    """
    person = Attendance.objects.get(pk=attendance_id)
    meeting = meeting_for(person.meeting_id, actor)
    if not (person.has_voting_right and person.signed):
        raise RefusedError("hall-no-vote-right", name=person.name)
    if SlipGiven.objects.filter(attendance=person).exists():
        raise RefusedError("hall-slip-given", name=person.name)
    box = box_of(meeting, hamlet_id)
    SlipGiven.objects.create(attendance=person)
    return drawn(meeting, box, 1)[0]


@transaction.atomic
def make_slips(*, meeting_id: UUID, hamlet_id: UUID | None, count: int, actor: Hat, at: datetime) -> list[str]:
    """Draw slips for a sheet to print and cut: handed out face down to those who are present, one each.

    Raises: NotAllowedError, BadInputError, RefusedError (box missing, closed, more slips than people with a vote).
    """
    meeting = meeting_for(meeting_id, actor)
    box = box_of(meeting, hamlet_id)
    if not 1 <= count <= MOST_SLIPS:
        raise BadInputError("ballot-voters", voters=count, limit=MOST_SLIPS)
    with trail.acting(actor, "hall.officer"):
        noted(meeting, "printed", count=count)
    return drawn(meeting, box, count)


def drawn(meeting: Meeting, box: BallotBox, count: int) -> list[str]:
    """Draw codes that no box of the meeting knows and put their digests into *box*."""
    taken = {each for other in BallotBox.objects.filter(meeting=meeting) for each in other.handed}
    codes: list[str] = []
    while len(codes) < count:
        code = new_slip()
        digest = digest_of(meeting, code)
        if digest not in taken:
            taken.add(digest)
            codes.append(code)
            box.handed = with_digest(box.handed, digest)
    box.save(update_fields=["handed"])
    return codes


@transaction.atomic
def cast(*, meeting_id: UUID, code: str, chosen: Sequence[UUID]) -> None:
    """Put a ballot into the box of the slip. Nobody is signed in, nothing is stamped, the trail is silent.

    chosen: proposals on the table; none is a blank ballot. Raises: RefusedError (slip unknown, used, box closed, too
    many, not on the table); the ballot is then not in the box.
    """
    meeting = Meeting.objects.get(pk=meeting_id)
    slip = read_slip(code)
    digest = digest_of(meeting, slip) if slip else ""
    boxes = list(BallotBox.objects.select_for_update(of=("self",)).filter(meeting=meeting).order_by("pk"))
    box = next((each for each in boxes if digest in each.handed), None)
    if box is None:
        raise RefusedError("hall-slip-unknown")
    if digest in box.used:
        raise RefusedError("hall-slip-used")
    if not box.open:
        raise RefusedError("hall-box-closed")
    keys = {str(key) for key in chosen}
    if len(keys) > box.per_voter:
        raise RefusedError("hall-too-many-marks", given=len(keys), most=box.per_voter)
    if keys - {str(key) for key in meeting.tabled.values_list("proposal_id", flat=True)}:
        raise RefusedError("hall-mark-unknown")
    box.used = with_digest(box.used, digest)
    box.ballots = with_ballot(box.ballots, sorted(keys))
    box.save(update_fields=["used", "ballots"])


@transaction.atomic
def close_boxes(*, meeting_id: UUID, actor: Hat, at: datetime) -> int:
    """Take no more slips, in every box of the meeting. Returns how many ballots lie in them."""
    meeting = meeting_for(meeting_id, actor)
    boxes = list(BallotBox.objects.select_for_update(of=("self",)).filter(meeting=meeting))
    with trail.acting(actor, "hall.officer"):
        for box in boxes:
            box.open = False
            box.save(update_fields=["open"])
        noted(meeting, "closed", ballots=sum(len(box.used) for box in boxes))
    return sum(len(box.used) for box in boxes)


@transaction.atomic
def count_boxes(*, meeting_id: UUID, actor: Hat, at: datetime) -> int:
    """Enter what lies in the boxes as ordinary ballots of the meeting, hamlet by hamlet. Again changes nothing.

    A box with fewer than five ballots is counted with those of no hamlet. Returns how many ballots were entered.
    Raises: NotAllowedError, RefusedError (still open, empty, no lot drawn, and what the service of ballots refuses).
    """
    meeting = meeting_for(meeting_id, actor)
    boxes = list(BallotBox.objects.filter(meeting=meeting).order_by("pk"))
    if any(box.open for box in boxes):
        raise RefusedError("hall-box-open")
    filled = [box for box in boxes if box.used]
    if not filled:
        raise RefusedError("hall-box-empty")
    apart = [box for box in filled if box.hamlet_id is not None and len(box.used) >= FEW]
    together = [box for box in filled if box not in apart]
    if together and sum(len(box.used) for box in together) < FEW and apart:
        # What would stand alone goes with the smallest of the others, so that no paper stands out.
        apart.sort(key=lambda box: (len(box.used), box.pk))
        together.append(apart.pop(0))
    groups: list[tuple[UUID | None, list[BallotBox]]] = [(box.hamlet_id, [box]) for box in apart]
    if together:
        groups.append((None, together))
    for hamlet_id, inside in groups:
        enter_ballots(
            meeting_id=meeting.pk,
            hamlet_id=hamlet_id,
            group="",
            method=Method.PAPERS,
            voters=sum(len(box.used) for box in inside),
            per_voter=max(box.per_voter for box in inside),
            marks=[
                (int(str(count)), [(UUID(str(key)), 1) for key in marked])  # type: ignore[attr-defined]
                for count, marked in merged([box.ballots for box in inside])
            ],
            actor=actor,
            at=at,
        )
    return sum(len(box.used) for box in filled)


@transaction.atomic
def count_dots(
    *,
    meeting_id: UUID,
    hamlet_id: UUID | None,
    counter: str,
    voters: int,
    totals: Mapping[UUID, int],
    actor: Hat,
    at: datetime,
) -> Literal["first", "entered", "differs"]:
    """Keep the first count of paper dots, or compare the second with it and enter the dots.

    counter: who counted; the second is somebody else and does not see the first count. Two counts that differ are both
    dropped. Raises: NotAllowedError, BadInputError, RefusedError ``hall-counter-same``, and what ballots refuse.
    """
    meeting = meeting_for(meeting_id, actor)
    name = clean(counter, 150)
    if not name:
        raise BadInputError("hall-counter")
    if not 1 <= voters <= MOST_PEOPLE:
        raise BadInputError("ballot-voters", voters=voters, limit=MOST_PEOPLE)
    counted = {str(key): number for key, number in sorted(totals.items(), key=str) if number}
    first = first_counts(meeting, hamlet_id).select_for_update(of=("self",)).first()
    if first is None:
        with trail.acting(actor, "hall.officer"):
            DotCount.objects.create(meeting=meeting, hamlet_id=hamlet_id, counter=name, voters=voters, totals=counted)
        return "first"
    if first.counter.casefold() == name.casefold():
        raise RefusedError("hall-counter-same", name=first.counter)
    same = (first.voters, first.totals) == (voters, counted)
    with trail.acting(actor, "hall.officer"):
        first.delete()
    if not same:
        return "differs"
    enter_ballots(
        meeting_id=meeting.pk,
        hamlet_id=hamlet_id,
        group="",
        method=Method.DOTS,
        voters=voters,
        marks=[(1, [(UUID(key), number) for key, number in counted.items()])],
        actor=actor,
        at=at,
    )
    return "entered"
