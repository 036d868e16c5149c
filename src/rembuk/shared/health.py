"""What the health page tells: whether the program can read, write its trail, and do its jobs."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from rembuk.shared import leases
from rembuk.shared.models import Job, TrailSeal
from rembuk.shared.trail.install import missing

SAFE_SQLITE = (3, 51, 3)


@dataclass(frozen=True, slots=True)
class Health:
    """database: it answers. worker: one is alive. waiting: jobs in the queue. warnings: sentences for people."""

    database: bool
    worker: bool = False
    waiting: int = 0
    sealed_at: datetime | None = None
    warnings: tuple[str, ...] = ()


def look() -> Health:
    """Look at the parts of the program; never raises."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        last = TrailSeal.objects.order_by("-id").first()
        worker = leases.alive().exists()
        waiting = Job.objects.filter(state=Job.State.WAITING).count()
        lost = sorted({trigger.table for trigger in missing(connection)})
    except DatabaseError:
        return Health(database=False, warnings=(_("Basis data tidak menjawab."),))
    warnings = []
    if lost:
        warnings.append(_("Tabel tanpa pemicu jejak: %(tables)s.") % {"tables": ", ".join(lost)})
    if not worker:
        warnings.append(_("Tidak ada pekerja latar: dokumen dan impor menunggu. Jalankan ./rembuk worker."))
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < SAFE_SQLITE:
        words = _("SQLite %(version)s punya cacat yang langka; pasang pysqlite3 atau versi yang lebih baru.")
        warnings.append(words % {"version": sqlite3.sqlite_version})
    return Health(True, worker, waiting, last.at if last else None, tuple(warnings))
