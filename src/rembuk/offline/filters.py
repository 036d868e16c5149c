"""The filters of the lists of the field, read from the address: what is shown is what the export writes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict

from rembuk.offline.labels import FLAGS, KIND_NAMES
from rembuk.offline.models import Device, Envelope, Package
from rembuk.offline.queries.office import STUCK

LONGEST, PLACE_KEY = 60, 13
HELD = "tertahan"


@dataclass(frozen=True, slots=True)
class EnvelopeFilter:
    """What the address asks for; an unknown value is left out. state: a state, or ``tertahan`` for all that stands."""

    search: str = ""
    state: str = ""
    kind: str = ""
    flag: str = ""
    village: str = ""

    @property
    def any(self) -> bool:
        return any((self.search, self.state, self.kind, self.flag, self.village))


def words(query: QueryDict) -> str:
    return " ".join(query.get("cari", "").replace("\x00", " ").split())[:LONGEST]


def read_filter(query: QueryDict) -> EnvelopeFilter:
    """Read the filters of the list of envelopes."""
    state = query.get("keadaan", "")
    return EnvelopeFilter(
        search=words(query),
        state=state if state in (*Envelope.State.values, HELD) else "",
        kind=query.get("jenis", "") if query.get("jenis") in KIND_NAMES else "",
        flag=query.get("tanda", "") if query.get("tanda") in FLAGS else "",
        village=query.get("desa", "")[:PLACE_KEY].replace("\x00", ""),
    )


def apply_filter(rows: "QuerySet[Envelope]", asked: EnvelopeFilter) -> "QuerySet[Envelope]":
    """Narrow *rows*; a word may be a person, a device, a village, or the number of a record."""
    for word in asked.search.split():
        wanted = Q(person__name__icontains=word) | Q(device__name__icontains=word) | Q(village__name__icontains=word)
        rows = rows.filter(wanted | Q(envelope_id=UUID(word)) if is_key(word) else wanted)
    if asked.state == HELD:
        rows = rows.filter(state__in=(*STUCK, Envelope.State.WAITING))
    elif asked.state:
        rows = rows.filter(state=asked.state)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.village:
        rows = rows.filter(village_id=asked.village)
    if asked.flag:
        # Flags are a short list of known words, none of which is part of another.
        rows = rows.filter(flags__icontains=f'"{asked.flag}"')
    return rows


def is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def apply_package_filter(rows: "QuerySet[Package]", search: str, out: bool, at: datetime) -> "QuerySet[Package]":
    """Narrow packages by words, and to those that are still valid."""
    for word in search.split():
        rows = rows.filter(
            Q(person__name__icontains=word) | Q(village__name__icontains=word) | Q(device__name__icontains=word)
        )
    return rows.filter(expires_at__gt=at, device__revoked_at__isnull=True) if out else rows


def apply_device_filter(rows: "QuerySet[Device]", search: str, state: str) -> "QuerySet[Device]":
    """Narrow devices by words, and to those in use or revoked."""
    for word in search.split():
        rows = rows.filter(Q(person__name__icontains=word) | Q(name__icontains=word))
    return rows.filter(revoked_at__isnull=state == "dipakai") if state in ("dipakai", "dicabut") else rows
