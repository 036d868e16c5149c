"""What happens by itself once a day: what was stored and not applied is tried again."""

from datetime import date

from rembuk.offline.services import apply_waiting, keys_came_back
from rembuk.shared import clock


def try_again(_today: date) -> int:
    """Try what waits, and what lacked a key. Idempotent. Returns how many records moved."""
    at = clock.now()
    return keys_came_back(at=at) + apply_waiting(at=at)
