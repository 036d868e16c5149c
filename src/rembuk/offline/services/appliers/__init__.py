"""The service behind each kind of record, and what stands on the server where a record from the field wants to go."""

from collections.abc import Mapping
from typing import Final

from rembuk.offline.services.appliers.base import Applier, Job
from rembuk.offline.services.appliers.choosing import BALLOT, COUNT_CLOSE, LOT, SCORE, TABLE
from rembuk.offline.services.appliers.guidance import CHECKLIST, VISIT
from rembuk.offline.services.appliers.meetings import ATTENDANCE, ATTENDANCE_FIX, CLOSE, MEETING, START, TALLY
from rembuk.offline.services.appliers.photos import PHOTO
from rembuk.offline.services.appliers.proposals import PROPOSAL, SUPPORT
from rembuk.offline.services.appliers.recording import DECISION, MINUTES, NOTE

__all__ = ["APPLIERS", "Applier", "Job"]

APPLIERS: Final[Mapping[str, Applier]] = {
    "meeting": MEETING,
    "meeting-start": START,
    "meeting-close": CLOSE,
    "attendance": ATTENDANCE,
    "attendance-fix": ATTENDANCE_FIX,
    "tally": TALLY,
    "note": NOTE,
    "proposal": PROPOSAL,
    "support": SUPPORT,
    "table": TABLE,
    "lot": LOT,
    "score": SCORE,
    "ballot": BALLOT,
    "count-close": COUNT_CLOSE,
    "decision": DECISION,
    "minutes": MINUTES,
    "photo": PHOTO,
    "visit": VISIT,
    "checklist": CHECKLIST,
}
