"""Samples of meetings for the walk over all routes."""

from deliberation import given
from factories import people
from factories.samples import sample
from factories.samples_cycles import cycle_in
from rembuk.core.hat import Role
from rembuk.deliberation.models import Meeting
from rembuk.regions.models import Village


def meeting_in(village: Village) -> Meeting:
    """Return a running group meeting of the village with somebody present."""
    found = Meeting.objects.filter(village=village).first()
    if found is not None:
        return found
    secretary = people.holder(Role.SDK, village, username=f"rapat.{village.id}").hat()
    meeting = given.running(cycle_in(village), secretary, "MUSKEL", group_name="Nelayan")
    given.come(meeting, secretary, 2)
    return meeting


@sample("meeting_id")
def meeting(village: Village) -> object:
    return meeting_in(village).id


@sample("row_id", "deliberation:")
def row(village: Village) -> object:
    """A line of the attendance list; the other lists answer 404 for it, which the walk takes as seen."""
    return meeting_in(village).attendance.first().id  # type: ignore[union-attr]


@sample("row_id", "deliberation:uninvite")
def invitation(village: Village) -> object:
    return meeting_in(village).invitations.first().id  # type: ignore[union-attr]


@sample("village", "deliberation:")
def village_code(village: Village) -> object:
    return village.id
