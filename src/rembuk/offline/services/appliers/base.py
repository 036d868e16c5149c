"""What every applier gets, and what it gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rembuk.core.errors import RembukError, StaleError
from rembuk.core.hat import Hat
from rembuk.deliberation.models import Meeting
from rembuk.offline.models import Envelope
from rembuk.offline.services.base import HeldError, Opened, shifted

PENDING = (Envelope.State.RECEIVED, Envelope.State.WAITING, Envelope.State.REVIEW)
NOT_OPEN = frozenset({"meeting-state", "illegal-transition"})


@dataclass(frozen=True, slots=True)
class Job:
    """One envelope about to be applied. hat: under which it is; at: now. force: a person chose the field's version."""

    opened: Opened
    hat: Hat
    at: datetime
    force: bool = False

    @property
    def row(self) -> Envelope:
        return self.opened.row

    @property
    def kind(self) -> Any:
        return self.opened.kind

    @property
    def key(self) -> UUID:
        """The primary key of the record: made on the phone."""
        return self.row.envelope_id

    @property
    def made(self) -> datetime:
        return self.opened.made

    @property
    def village_id(self) -> str:
        return self.opened.village_id

    def __getitem__(self, name: str) -> Any:
        return self.opened.body.values[name]

    def moment(self, name: str) -> datetime:
        """Return a moment of the body, put right by the clock of its device."""
        return shifted(self[name], self.row)


Apply = Callable[[Job], UUID]
Stands = Callable[[Job], Mapping[str, Any] | None]


def nothing(_job: Job) -> None:
    """An added record meets nothing on the server."""
    return


@dataclass(frozen=True, slots=True)
class Applier:
    """apply: calls the service and returns the key of the record. stands: what is there now, field by field."""

    apply: Apply
    stands: Stands = nothing


def meeting_key(job: Job, key: UUID | None = None) -> UUID:
    """Return the server's key of the meeting that a record is about, also when that meeting was joined with another.

    Raises: HeldError while the meeting itself has not come.
    """
    wanted: UUID = key or job["meeting"]
    if Meeting.objects.filter(pk=wanted).exists():
        return wanted
    rows = Envelope.objects.filter(envelope_id=wanted, kind="meeting", state=Envelope.State.APPLIED)
    joined = rows.values_list("object_key", flat=True).first()
    if joined is None:
        raise HeldError("parent-missing", parent=str(wanted))
    return joined


def while_open(job: Job, act: Callable[[UUID], Any]) -> Any:
    """Do something at a meeting; while its opening in the field has not come in, wait for that.

    Raises: HeldError, RembukError.
    """
    key = meeting_key(job)
    try:
        return act(key)
    except RembukError as error:
        if error.code in NOT_OPEN and opening_pending(job, key):
            raise HeldError("meeting-not-open") from error
        raise


def opening_pending(job: Job, key: UUID) -> bool:
    """Return whether the opening of the meeting *key* is here and not applied yet. One query."""
    rows = Envelope.objects.filter(kind="meeting-start", state__in=PENDING, village_id=job.row.village_id)
    names = {key, job["meeting"]}
    return any(
        row.about_key in names or names & {UUID(parent) for parent in row.after}
        for row in rows.exclude(pk=job.row.pk).only("about_key", "after")
    )


def refuse_other(now: Any, base: Any, wanted: Any, *, force: bool) -> None:
    """Refuse a version that did not begin from what stands now, unless it says the same. Raises: StaleError."""
    if not force and now not in (base, wanted):
        raise StaleError("offline-other-version")
