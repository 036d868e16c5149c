"""Long pieces of work, behind one door: asked for by name, done by a worker, seen with their progress.

    jobs.register("documents.bundle", make_bundle)                        # in AppConfig.ready()
    job = jobs.enqueue(name="documents.bundle", payload={...}, key=f"bundle:{cycle_id}:{version}", title=..., hat=hat)

A job may run more than once (its worker may have died in the middle), so its function must be idempotent and
keep transactions short. It calls ``run.progress(done, total)`` now and then, which is also where a cancelled job ends.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django_tasks import task

from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat, Place, Role
from rembuk.core.permissions import require
from rembuk.shared import clock, leases
from rembuk.shared.models import Job
from rembuk.shared.wording import sentence

MOST_ATTEMPTS = 3
PROGRESS_SECONDS = 0.5
log = logging.getLogger("rembuk.jobs")


class JobCancelledError(Exception):
    """Somebody cancelled the job, or another worker has taken it over; raised where the job reports its progress."""


class Run:
    """What a job's function gets: what was asked, by whom, and how to say how far it is."""

    def __init__(self, job: Job, worker: str) -> None:
        self.job_id: UUID = job.pk
        self.payload: dict[str, Any] = job.payload
        self.hat = hat_from(job.hat) if job.hat else None
        self._worker = worker
        self._told = 0.0

    def progress(self, done: int, total: int | None = None) -> None:
        """Store how far the work is, at most twice a second. Raises: JobCancelledError."""
        last = total is not None and done >= total
        if not last and time.monotonic() - self._told < PROGRESS_SECONDS:
            return
        self._told = time.monotonic()
        values = {"done_count": done} | ({"total_count": total} if total is not None else {})
        mine = Job.objects.filter(pk=self.job_id, state=Job.State.RUNNING, lease_owner=self._worker)
        if not mine.update(**values):
            raise JobCancelledError


Work = Callable[[Run], Mapping[str, Any] | None]
_works: dict[str, Work] = {}


def register(name: str, work: Work) -> None:
    """Name a job's function; it returns values for the page: ``sentence`` (what was done), ``link`` (where it is)."""
    _works[name] = work


def enqueue(
    *, name: str, payload: Mapping[str, Any], key: str, title: str, hat: Hat | None = None, total: int = 0
) -> Job:
    """Ask for a job; the same key again returns the same job, or starts it anew if it failed or was cancelled.

    payload: what JSON can carry. key: names the wish (thing and version). Atomic with the caller's transaction.
    Raises: KeyError if nobody registered *name*; RembukError if the key was used for another payload.
    """
    if name not in _works:
        raise KeyError(name)
    fresh = {
        "name": name,
        "payload": dict(payload),
        "title": title,
        "total_count": total,
        "asked_by": hat.person_id if hat else None,
        "hat": hat_values(hat) if hat else None,
        "village_key": hat.place.village if hat else "",
    }
    with transaction.atomic():
        job, created = Job.objects.get_or_create(key=key, defaults=fresh)
        if not created and (job.name, job.payload) != (name, fresh["payload"]):
            raise RembukError("job-key-reused", key=key)
        if not created and job.state not in (Job.State.FAILED, Job.State.CANCELLED):
            return job
        if not created:
            Job.objects.filter(pk=job.pk).update(
                state=Job.State.WAITING, attempts=0, done_count=0, error="", result={}, finished_at=None
            )
        hand_over(job.pk)
    job.refresh_from_db()
    return job


def hand_over(job_id: UUID) -> None:
    """Give the job to the queue; on the database backend within the caller's transaction, so neither is lost alone."""
    handed = perform.enqueue(str(job_id))
    Job.objects.filter(pk=job_id).update(task_key=str(handed.id))


def cancel(*, job_id: UUID, hat: Hat) -> Job:
    """Stop a job: at once if it waits, at its next report of progress if it runs. Raises: NotAllowedError."""
    job = Job.objects.get(pk=job_id)
    require(hat, "jobs.cancel", job)
    live = Job.objects.filter(pk=job_id, state__in=(Job.State.WAITING, Job.State.RUNNING))
    live.update(state=Job.State.CANCELLED, finished_at=clock.now())
    job.refresh_from_db()
    return job


@task()
def perform(job_id: str) -> None:
    """Run one job in this process; what the queue calls."""
    run_job(UUID(job_id))


def run_job(job_id: UUID) -> None:
    """Run a waiting job to its end and store how it ended. A job that is not waiting is left alone."""
    worker = leases.this_worker()
    leases.renew()
    claimed = Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, lease_owner=worker, attempts=F("attempts") + 1, error=""
    )
    if not claimed:
        return
    job = Job.objects.get(pk=job_id)
    try:
        result = _works[job.name](Run(job, worker)) or {}
    except JobCancelledError:
        return
    except RembukError as error:
        _end(job, worker, state=Job.State.FAILED, error=sentence(error))
    except OperationalError:
        log.exception("job %s %s: database", job.name, job.pk)
        _try_again(job, worker)
    except Exception:
        log.exception("job %s %s", job.name, job.pk)
        _end(
            job, worker, state=Job.State.FAILED, error=_("Ada kesalahan program; data tidak berubah. Coba lagi nanti.")
        )
    else:
        _end(job, worker, state=Job.State.DONE, result=dict(result))


def _end(job: Job, worker: str, **values: Any) -> None:
    if values["state"] == Job.State.DONE:
        values["done_count"] = F("total_count")
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, lease_owner=worker)
    mine.update(finished_at=clock.now(), lease_owner="", **values)


def _try_again(job: Job, worker: str) -> None:
    if job.attempts >= MOST_ATTEMPTS:
        _end(job, worker, state=Job.State.FAILED, error=_("Basis data sedang tidak bisa dipakai. Coba lagi nanti."))
        return
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, lease_owner=worker)
    if mine.update(state=Job.State.WAITING, lease_owner=""):
        hand_over(job.pk)


def hat_values(hat: Hat) -> dict[str, Any]:
    """Return a hat as plain values for JSON."""
    assignment = str(hat.assignment_id) if hat.assignment_id else None
    return {**asdict(hat), "person_id": str(hat.person_id), "role": hat.role.value, "assignment_id": assignment}


def hat_from(values: Mapping[str, Any]) -> Hat:
    """Return the hat behind `hat_values`."""
    return Hat(
        person_id=UUID(values["person_id"]),
        name=values["name"],
        role=Role(values["role"]),
        place=Place(**values["place"]),
        place_name=values["place_name"],
        assignment_id=UUID(values["assignment_id"]) if values["assignment_id"] else None,
        acting=values["acting"],
        agency=values.get("agency", ""),
    )


@dataclass(frozen=True, slots=True)
class Reaped:
    """What the reaper did: jobs put back into the queue, jobs given up."""

    put_back: int = 0
    given_up: int = 0


def reap() -> Reaped:
    """Put the jobs of dead workers back, at most three times, then mark them failed with a sentence."""
    put_back = given_up = 0
    for job in Job.objects.filter(state=Job.State.RUNNING).exclude(lease_owner__in=leases.alive()):
        with transaction.atomic():
            dead = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, lease_owner=job.lease_owner)
            if job.attempts >= MOST_ATTEMPTS:
                given_up += dead.update(
                    state=Job.State.FAILED, lease_owner="", error=_given_up(job.attempts), finished_at=clock.now()
                )
            elif dead.update(state=Job.State.WAITING, lease_owner=""):
                if not leases.release_task(job.task_key):
                    hand_over(job.pk)
                put_back += 1
    # A worker may also die between taking the task and marking the job.
    for key in leases.tasks_of_dead_workers():
        if Job.objects.filter(task_key=key, state=Job.State.WAITING).exists():
            put_back += int(leases.release_task(key))
        else:
            leases.close_task(key)
    return Reaped(put_back, given_up)


def _given_up(attempts: int) -> str:
    words = _("Pekerjaan ini terputus %(count)d kali di tengah jalan, jadi dihentikan. Mulai lagi bila perlu.")
    return words % {"count": attempts}
