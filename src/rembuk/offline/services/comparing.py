"""One envelope laid out for the person who decides: what the field wrote, what stands here, what may be chosen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from rembuk.core.errors import RembukError
from rembuk.core.hat import command_hat
from rembuk.deliberation.models import Meeting
from rembuk.offline.labels import FIELDS
from rembuk.offline.models import Envelope
from rembuk.offline.services.appliers import APPLIERS, Job
from rembuk.offline.services.appliers.meetings import same_day
from rembuk.offline.services.base import Opened, author_hat, opened

State = Envelope.State


@dataclass(frozen=True, slots=True)
class Line:
    """One field side by side. theirs: as it stands on the server, None where nothing does."""

    label: Any
    mine: Any
    theirs: Any
    differs: bool


@dataclass(frozen=True, slots=True)
class LaidOut:
    """An envelope for the screen of its decision. meets: something stands on the server where it wants to go."""

    lines: tuple[Line, ...] = ()
    meets: bool = False
    readable: bool = False
    author_valid: bool = False
    meetings: tuple[Meeting, ...] = ()
    choices: tuple[str, ...] = ()


def laid_out(row: Envelope, at: datetime) -> LaidOut:
    """Return both versions field by field, and the choices that its state leaves. Nothing is written."""
    job = opened_or_none(row)
    if job is None:
        return LaidOut(choices=choices_of(row, readable=False))
    stands = standing(job, at)
    meetings = tuple(same_day(Job(job, command_hat("baca", ""), at))) if row.kind == "meeting" else ()
    lines = tuple(line_of(name, job, stands) for name in job.kind.versus if shown(name, job, stands))
    meets, author = stands is not None, valid(row, at)
    return LaidOut(
        lines=lines,
        meets=meets,
        readable=True,
        author_valid=author,
        meetings=meetings,
        choices=choices_of(row, readable=True, meets=meets, author=author, joins=bool(meetings)),
    )


def opened_or_none(row: Envelope) -> Opened | None:
    """Return the envelope opened; None where nobody can or should read it (altered, of a stranger)."""
    if not row.verified:
        return None
    try:
        return opened(row)
    except RembukError:
        return None


def standing(job: Opened, at: datetime) -> dict[str, Any] | None:
    """Return what is on the server in the place of this record, field by field; None where nothing is."""
    try:
        found = APPLIERS[job.kind.code].stands(Job(job, command_hat("baca", ""), at))
    except (RembukError, ObjectDoesNotExist):
        return None
    return dict(found) if found is not None else None


def valid(row: Envelope, at: datetime) -> bool:
    try:
        author_hat(row, at)
    except RembukError:
        return False
    return True


def shown(name: str, job: Opened, stands: dict[str, Any] | None) -> bool:
    return bool(job.body.values.get(name) not in (None, "", ()) or (stands or {}).get(name) not in (None, "", ()))


def line_of(name: str, job: Opened, stands: dict[str, Any] | None) -> Line:
    mine, theirs = job.body.values.get(name), (stands or {}).get(name)
    differs = stands is not None and plain(mine) != plain(theirs)
    return Line(FIELDS.get(name, name), mine, theirs, differs)


def plain(value: Any) -> str:
    """Return a value as it is compared: nothing, an empty text and an empty list say the same."""
    if value is None or value in ("", (), []):
        return ""
    if isinstance(value, (list, tuple)):
        return "\n".join(str(item) for item in value)
    return str(value).strip()


def choices_of(
    row: Envelope, *, readable: bool, meets: bool = False, author: bool = False, joins: bool = False
) -> tuple[str, ...]:
    """Return what a person may choose for an envelope in its state.

    meets: something else stands in its place. author: its author may still write it. joins: a meeting of that day.
    """
    if row.state == State.QUARANTINE:
        return ("release", "aside") if readable and row.code == "device-revoked" else ("aside",)
    if row.state == State.WAITING:
        return ("aside",)
    if row.state != State.REVIEW:
        return ()
    offered = {
        "join": joins,
        "mine": readable and (meets or author),
        "theirs": meets and not joins,
        "apply": readable and not meets,
    }
    return (*(choice for choice, holds in offered.items() if holds), "aside")
