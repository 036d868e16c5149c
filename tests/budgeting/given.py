"""Fixed values and makers of the tests of allocation runs."""

from datetime import timedelta

from plans.given import NOW, ranked_proposal
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import setting_up

__all__ = ["LATER", "NOW", "hall", "proposal"]
LATER = NOW + timedelta(hours=1)


def proposal(cycle: Cycle, number: int, state: str = "checked", **more: object) -> Proposal:
    return ranked_proposal(cycle, number, state, **more)


def hall(cycle: Cycle, kind: str = "MUSREN", **more: object) -> Meeting:
    """A running meeting of the cycle."""
    own = {"title": "Musrenbang Desa", "state": "running", "started_at": NOW, "location": "Balai desa", **more}
    with setting_up():
        return Meeting.objects.create(village=cycle.village, cycle=cycle, kind=kind, scheduled_at=NOW, **own)
