"""A hall with hamlets, people present, proposals on the table and a drawn seed."""

from deliberation import given
from deliberation.given import NOW
from rembuk.core.hat import Hat
from rembuk.deliberation import services
from rembuk.deliberation.models import AttendanceTally, Meeting
from rembuk.deliberation.queries import table_of
from rembuk.regions.models import Hamlet, Village
from rembuk.shared.trail.testing import setting_up

SEED = "407193"


def hamlets(village: Village, *names: str) -> list[Hamlet]:
    with setting_up():
        return [Hamlet.objects.create(village=village, name=name, order=place) for place, name in enumerate(names, 1)]


def hall(cycle, actor: Hat, proposals, *, present: int = 60, seed: str = SEED) -> Meeting:
    """A running Musrenbang with its table laid; without a seed the lot is not drawn."""
    meeting = given.running(cycle, actor, "MUSREN")
    services.set_tally(
        meeting_id=meeting.id, element="TOMAS", male=present - present // 2, female=present // 2, actor=actor, at=NOW
    )
    keys = [proposal.id for proposal in proposals]
    services.table_proposals(meeting_id=meeting.id, proposal_ids=keys, actor=actor, at=NOW)
    if seed:
        services.draw_lot(meeting_id=meeting.id, seed=seed, actor=actor, at=NOW)
    return Meeting.objects.get(pk=meeting.id)


def enter(meeting: Meeting, actor: Hat, hamlet: Hamlet | None, method: str = "papers", **fields):
    """Enter ballots; marks are given by the numbers of the table."""
    keys = {row.number: row.proposal.id for row in table_of(meeting)}
    marks = [(count, [(keys[number], points) for number, points in given]) for count, given in fields.pop("papers", [])]
    base = {"group": "", "voters": 12, "marks": marks, "actor": actor, "at": NOW}
    return services.enter_ballots(
        meeting_id=meeting.id, hamlet_id=hamlet and hamlet.id, method=method, **(base | fields)
    )


def present(meeting: Meeting) -> int:
    return sum(row.male + row.female for row in AttendanceTally.objects.filter(meeting=meeting))
