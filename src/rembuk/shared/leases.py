"""Signs of life of workers, and the tasks that a dead one left behind."""

import os
import secrets
import socket
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rembuk.shared import clock
from rembuk.shared.models import WorkerLease

LEASE_SECONDS = 20
RENEW_SECONDS = 5
_name: list[str] = []


def this_worker() -> str:
    """Return the name of this process as a worker: host, process and a random tail, at most 64 characters."""
    if not _name or not _name[0].endswith(f":{os.getpid()}"):
        _name[:] = [f"{socket.gethostname()[:24]}:{secrets.token_hex(6)}:{os.getpid()}"]
    return _name[0]


def lease_seconds() -> float:
    """Return for how long a sign of life counts."""
    return float(getattr(settings, "JOB_LEASE_SECONDS", LEASE_SECONDS))


def renew() -> None:
    """Say that this worker lives."""
    now = clock.now()
    until = now + timedelta(seconds=lease_seconds())
    WorkerLease.objects.update_or_create(
        worker=this_worker(), defaults={"until": until}, create_defaults={"until": until, "started_at": now}
    )


def leave() -> None:
    """Say that this worker stops, and forget workers dead for a day."""
    WorkerLease.objects.filter(worker=this_worker()).delete()
    WorkerLease.objects.filter(until__lt=clock.now() - timedelta(days=1)).delete()


def alive() -> QuerySet[WorkerLease, str]:
    """Return the names of the workers whose lease still runs, as a query: one more may come at any moment."""
    return WorkerLease.objects.filter(until__gte=clock.now()).values_list("worker", flat=True)


def release_task(key: str) -> bool:
    """Put a task that was running back into the queue; False if there is no such running task."""
    return _change(key, TaskResultStatus.READY)


def close_task(key: str) -> bool:
    """Mark a running task failed, since its job has ended otherwise."""
    return _change(key, TaskResultStatus.FAILED)


def _change(key: str, status: str) -> bool:
    try:
        task_id = UUID(key)
    except ValueError:
        return False
    running = DBTaskResult.objects.filter(pk=task_id, status=TaskResultStatus.RUNNING)
    return bool(running.update(status=status))


def tasks_of_dead_workers() -> Iterator[str]:
    """Yield the keys of running tasks whose worker is dead."""
    for result in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).order_by("enqueued_at"):
        if not result.worker_ids or not alive().filter(worker=result.worker_ids[-1]).exists():
            yield str(result.pk)
