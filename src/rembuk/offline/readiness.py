"""Whether this server can open what phones seal for it: asked at the start, by the health of the room, by each door."""

from django.core.checks import CheckMessage, Critical
from django.db import DatabaseError
from django.db.models import QuerySet

from rembuk.core.errors import RembukError
from rembuk.offline.models import Envelope, Package, ServerKey
from rembuk.offline.services.keys import private_of

OPENED = (Envelope.State.APPLIED, Envelope.State.WAITING, Envelope.State.REVIEW)


def keys_lost() -> bool:
    """Return whether a package names a key that is not here, or the key at work does not open. Two queries."""
    if Package.objects.exclude(key_code__in=codes()).exists():
        return True
    row = ServerKey.objects.filter(at_work=True).first()
    return row is not None and not opens(row)


def codes() -> "QuerySet[ServerKey, str]":
    return ServerKey.objects.values_list("code", flat=True)


def opens(row: ServerKey) -> bool:
    try:
        private_of(row)
    except (RembukError, ValueError):
        return False
    return True


def check_keys(app_configs: object = None, databases: object = None, **_: object) -> list[CheckMessage]:
    """Say at the start which keys are missing: packages and records in keeping name them (``check --database``)."""
    if not databases:
        return []
    try:
        missing = set(Package.objects.exclude(key_code__in=codes()).values_list("key_code", flat=True).distinct())
        held = Envelope.objects.filter(verified=True, state__in=OPENED).exclude(key_code__in=codes())
        missing |= set(held.values_list("key_code", flat=True).distinct())
        shut = [row.code for row in ServerKey.objects.order_by("code") if not opens(row)]
    except DatabaseError:
        return []  # the tables are not there yet
    found: list[CheckMessage] = []
    if missing:
        text = f"Kunci penerima hilang: {', '.join(sorted(missing))}. Pulihkan basis data beserta kuncinya."
        found.append(Critical(text, id="offline.E001"))
    if shut:
        text = f"Kunci penerima tidak terbuka dengan rahasia ini: {', '.join(shut)}. Pulihkan berkas rahasianya."
        found.append(Critical(text, id="offline.E002"))
    return found
