"""Status by receipt code, with a brake on guessing."""

from datetime import datetime

from rembuk.core.errors import RembukError
from rembuk.proposals import tracking
from rembuk.proposals.models import Proposal
from rembuk.proposals.queries import proposal_by_receipt
from rembuk.proposals.services.limits import LOOKUPS, count_one, refuse_when_full

MOST_MISSES = LOOKUPS.most


def look_up(*, code: str, address: str | None, at: datetime) -> Proposal | tracking.Shown:
    """Return the proposal of a receipt code, or how the thing of a later room is shown.

    Ten wrong codes in a quarter of an hour close the door for that address. A right code does not open a closed door.
    Raises: TooManyError ``receipt-wait``, RembukError ``receipt-unknown``.
    """
    refuse_when_full(limit=LOOKUPS, address=address, at=at)
    found = proposal_by_receipt(code) or tracking.find(code)
    if found is None:
        count_one(limit=LOOKUPS, address=address, at=at)
        raise RembukError("receipt-unknown")
    return found
