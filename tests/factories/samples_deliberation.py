"""Samples of meetings for the walk over all routes."""

from cycles.given import stored_file
from deliberation import given
from factories import people
from factories.samples import sample
from factories.samples_cycles import cycle_in
from rembuk.core.hat import Role
from rembuk.deliberation.models import Decision, Meeting, MeetingPhoto, MeetingProposal, SpokenNote
from rembuk.proposals.models import Proposal
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
def attendee(village: Village) -> object:
    return meeting_in(village).attendance.order_by("captured_at", "id").values_list("pk", flat=True)[0]


@sample("row_id", "deliberation:uninvite")
def invitation(village: Village) -> object:
    return meeting_in(village).invitations.order_by("name", "id").values_list("pk", flat=True)[0]


def note(village: Village) -> object:
    return SpokenNote.objects.create(meeting=meeting_in(village), point="Air bersih").pk


sample("row_id", "deliberation:edit_note")(note)
sample("row_id", "deliberation:remove_note")(note)


@sample("row_id", "deliberation:remove_decision")
def decision(village: Village) -> object:
    meeting = meeting_in(village)
    return Decision.objects.create(meeting=meeting, number=meeting.decisions.count() + 1, text="Sepakat").pk


@sample("row_id", "deliberation:remove_photo")
def photo(village: Village) -> object:
    return MeetingPhoto.objects.create(meeting=meeting_in(village), file=stored_file(village.id)).pk


@sample("row_id", "deliberation:untable")
def tabled(village: Village) -> object:
    meeting = meeting_in(village)
    proposal = Proposal.objects.create(village=village, cycle=meeting.cycle, captured_at=given.NOW)
    return MeetingProposal.objects.create(meeting=meeting, proposal=proposal).proposal_id


@sample("village", "deliberation:")
def village_code(village: Village) -> object:
    return village.id
