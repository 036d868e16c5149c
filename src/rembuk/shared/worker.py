"""The worker: runs jobs one after another; a second thread keeps the lease, reaps, seals and sends the digest."""

import logging
import os
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker

from rembuk.shared import daily, jobs, leases
from rembuk.shared.trail.seal import seal_new

SEAL_SECONDS = 15
SEAL_AT_ONCE = 20_000
DAILY_SECONDS = 60
POLL_SECONDS = 0.5
log = logging.getLogger("rembuk.worker")


class Steward(threading.Thread):
    """The worker's second thread. *parent*: the process that must live on, or 0."""

    def __init__(self, parent: int = 0) -> None:
        super().__init__(name="steward", daemon=True)
        self.parent = parent
        self.stopping = threading.Event()
        self._due: dict[str, float] = {}
        self._seal_all = True

    def run(self) -> None:
        while not self.stopping.is_set():
            if self.parent and os.getppid() != self.parent:
                log.warning("parent is gone, the worker stops")
                os._exit(0)
            self.every("lease", leases.lease_seconds() / 4, leases.renew)
            self.every("reap", leases.lease_seconds() / 4, jobs.reap)
            self.every("seal", SEAL_SECONDS, self.seal)
            self.every("daily", DAILY_SECONDS, daily.run_due)
            self.stopping.wait(min(1.0, leases.lease_seconds() / 8))
        connections.close_all()

    def seal(self) -> None:
        """Seal what is new, not so much that the lease is forgotten; the first time also what was left behind."""
        if seal_new(full=self._seal_all, at_most=SEAL_AT_ONCE) < SEAL_AT_ONCE:
            self._seal_all = False
        else:
            self._due["seal"] = 0.0

    def every(self, name: str, seconds: float, chore: Callable[[], object]) -> None:
        """Do *chore* when its time has come; a failure is logged and tried again next time."""
        if self.stopping.is_set() or time.monotonic() < self._due.get(name, 0.0):
            return
        self._due[name] = time.monotonic() + seconds
        close_old_connections()
        try:
            chore()
        except Exception:
            log.exception("chore %s", name)


def run_worker(*, parent: int = 0, max_jobs: int | None = None, batch: bool = False) -> None:
    """Work until told to stop (SIGTERM, SIGINT: the job under way ends first). batch: stop when nothing waits."""
    leases.renew()
    steward = Steward(parent)
    steward.start()
    worker = Worker(
        queue_names=["default"],
        interval=POLL_SECONDS,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=max_jobs,
        worker_id=leases.this_worker(),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    try:
        worker.run()
    finally:
        steward.stopping.set()
        # A chore under way ends first: a lease renewed after leaving would keep the dead alive.
        steward.join(timeout=30)
        leases.leave()
