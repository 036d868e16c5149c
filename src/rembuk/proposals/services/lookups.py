"""Status by receipt code, with a brake on guessing."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from rembuk.core.errors import RembukError
from rembuk.proposals.models import MissedLookup, Proposal
from rembuk.proposals.queries import proposal_by_receipt

WINDOW = timedelta(minutes=15)
MOST_MISSES = 10


class TooManyError(RembukError):
    """Too many wrong codes from one address."""

    status = 429


def look_up(*, code: str, address: str, at: datetime) -> Proposal:
    """Return the proposal of a receipt code. Ten wrong codes in a quarter of an hour close the door for that address.

    A right code does not open a closed door. Raises: TooManyError ``receipt-wait``, RembukError ``receipt-unknown``.
    """
    key = salted_hmac("rembuk.proposals.lookup", address, algorithm="sha256").hexdigest()
    misses = MissedLookup.objects.filter(pk=key, window_start__gt=at - WINDOW).values_list("count", flat=True).first()
    if misses is not None and misses >= MOST_MISSES:
        raise TooManyError("receipt-wait")
    found = proposal_by_receipt(code)
    if found is None:
        count_miss(key, at)
        raise RembukError("receipt-unknown")
    return found


@transaction.atomic
def count_miss(key: str, at: datetime) -> None:
    """Count one wrong code; a window that has passed begins anew."""
    MissedLookup.objects.get_or_create(pk=key, defaults={"window_start": at})
    MissedLookup.objects.filter(pk=key, window_start__lte=at - WINDOW).update(window_start=at, count=0)
    MissedLookup.objects.filter(pk=key).update(count=F("count") + 1)
