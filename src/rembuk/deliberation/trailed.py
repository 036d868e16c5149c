"""Which tables of meetings the trail covers, and what in them is personal."""

from rembuk.deliberation import models, queries
from rembuk.shared.trail import audit, kinds


def register() -> None:
    """Name the audited tables; called once when the room is loaded."""
    people = ("chair_name", "note_taker_name", "resource_persons", "community_signers", "signers")
    audit(models.Meeting, personal=people)
    audit(models.Invitation, personal=("name", "position"))
    audit(models.Attendance, personal=("name", "address", "phone", "position"))
    audit(models.AttendanceTally)
    audit(models.SpokenNote, personal=("speaker",))
    audit(models.Decision)
    audit(models.Adjournment)
    audit(models.MeetingPhoto)
    audit(models.MeetingProposal)
    audit(models.ScoreSheet)
    # Successive versions of a small bundle would tell single papers apart, so the trail holds only its digest.
    audit(models.BallotBundle, ignore=("marks",))
    kinds.register(
        "musyawarah",
        models.Meeting,
        finder=queries.meeting_by_key,
        act="deliberation.see_names",
        also=queries.rows_of_meeting,
    )
