"""How often one address may use a public door. Counted in the database, so that every process knows.

Only a keyed digest of the address is kept, and no longer than its window counts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from rembuk.core.errors import RembukError
from rembuk.proposals.models import AddressCount

UNKNOWN_ADDRESS = "-"
KEPT = timedelta(days=2)


class TooManyError(RembukError):
    """Too much from one address in a short time; nothing was written."""

    status = 429


@dataclass(frozen=True, slots=True)
class Limit:
    """At most *most* uses in *window* from one address; *code* names the sentence of the refusal."""

    name: str
    most: int
    window: timedelta
    code: str


# Numbers of our own: a whole hamlet meeting may sit behind one address of the village's Wi-Fi.
LOOKUPS = Limit("lookup", 10, timedelta(minutes=15), "receipt-wait")
PROPOSALS = Limit("propose", 40, timedelta(hours=1), "door-busy")
SUPPORTS = Limit("support", 60, timedelta(hours=1), "door-busy")
COMMENTS = Limit("comment", 60, timedelta(hours=1), "door-busy")


def key_of(limit: Limit, address: str | None) -> str:
    return salted_hmac(f"rembuk.proposals.{limit.name}", address or UNKNOWN_ADDRESS, algorithm="sha256").hexdigest()


def refuse_when_full(*, limit: Limit, address: str | None, at: datetime) -> None:
    """Refuse an address that has used up its turns. Raises: TooManyError with the limit's code."""
    rows = AddressCount.objects.filter(pk=key_of(limit, address), window_start__gt=at - limit.window)
    used = rows.values_list("count", flat=True).first()
    if used is not None and used >= limit.most:
        raise TooManyError(limit.code, minutes=round(limit.window.total_seconds() / 60))


@transaction.atomic
def count_one(*, limit: Limit, address: str | None, at: datetime) -> None:
    """Count one use; a window that has passed begins anew."""
    key = key_of(limit, address)
    AddressCount.objects.get_or_create(pk=key, defaults={"window_start": at})
    AddressCount.objects.filter(pk=key, window_start__lte=at - limit.window).update(window_start=at, count=0)
    AddressCount.objects.filter(pk=key).update(count=F("count") + 1)


def pass_door(*, limit: Limit, address: str | None, at: datetime) -> None:
    """Let one through and count it. Raises: TooManyError."""
    refuse_when_full(limit=limit, address=address, at=at)
    count_one(limit=limit, address=address, at=at)


def forget_addresses(*, at: datetime) -> int:
    """Delete counts whose window is long over; returns how many."""
    return AddressCount.objects.filter(window_start__lt=at - KEPT).delete()[0]
