"""Jobs: asked for once, run once, taken over when their worker died, given up after three lives, cancellable."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rembuk.core.errors import BadInputError, NotAllowedError, RembukError
from rembuk.shared import clock, jobs, leases
from rembuk.shared.models import Job, WorkerLease
from shared.samples import secretary

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


@pytest.fixture(autouse=True)
def works(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    table: dict[str, object] = {}
    monkeypatch.setattr(jobs, "_works", table)
    yield table


@pytest.fixture
def queue(settings: object, db: None) -> None:
    """Put jobs into the database's queue instead of running them at once."""
    settings.TASKS = QUEUE  # type: ignore[attr-defined]


def ask(name: str = "test.work", key: str = "k", **payload: object) -> Job:
    return jobs.enqueue(name=name, payload=payload, key=key, title="Menyusun", hat=secretary(), total=3)


def die(job: Job) -> None:
    """Leave the job as a killed worker leaves it."""
    Job.objects.filter(pk=job.pk).update(state="running", lease_owner="dead:1")
    DBTaskResult.objects.filter(pk=job.task_key).update(status=TaskResultStatus.RUNNING, worker_ids=["dead:1"])


@pytest.mark.django_db
def test_a_job_runs_with_its_payload_and_the_hat_of_the_asker(works: dict[str, object]) -> None:
    seen: list[object] = []

    def work(run: jobs.Run) -> dict[str, str]:
        seen.extend([run.payload, run.hat])
        run.progress(2, 3)
        return {"sentence": "3 dokumen jadi.", "link": "/dokumen/"}

    jobs.register("test.work", work)
    hat = secretary()
    job = jobs.enqueue(name="test.work", payload={"a": 1}, key="k", title="Menyusun", hat=hat, total=3)
    assert seen == [{"a": 1}, hat]
    assert (job.state, job.done_count, job.total_count, job.attempts) == ("done", 3, 3, 1)
    assert job.result == {"sentence": "3 dokumen jadi.", "link": "/dokumen/"}
    assert (job.asked_by, job.place, job.over) == (hat.person_id, hat.place, True)


@pytest.mark.django_db
def test_the_same_key_is_the_same_job(works: dict[str, object]) -> None:
    count: list[int] = []
    jobs.register("test.work", lambda run: count.append(1))
    assert ask(a=1).pk == ask(a=1).pk
    assert len(count) == 1
    with pytest.raises(RembukError, match="job-key-reused"):
        ask(a=2)


@pytest.mark.django_db
def test_an_unknown_job_is_refused() -> None:
    with pytest.raises(KeyError, match="nobody"):
        ask("nobody")
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_refusal_is_worded_and_the_job_can_be_started_again(works: dict[str, object]) -> None:
    fail = [True]

    def work(run: jobs.Run) -> None:
        if fail.pop():
            raise BadInputError("file-empty")

    jobs.register("test.work", work)
    fail.insert(0, False)
    job = ask()
    assert (job.state, job.error) == ("failed", "Berkas kosong. Pilih berkas yang benar, lalu unggah lagi.")
    again = ask()
    assert (again.pk, again.state, again.error, again.attempts) == (job.pk, "done", "", 1)


@pytest.mark.django_db
def test_a_bug_is_logged_and_never_shown(works: dict[str, object], caplog: pytest.LogCaptureFixture) -> None:
    jobs.register("test.work", lambda run: 1 / 0)  # type: ignore[arg-type, return-value]
    job = ask()
    assert job.state == "failed"
    assert "ZeroDivisionError" not in job.error and "ZeroDivisionError" in caplog.text


@pytest.mark.django_db
def test_a_database_that_fails_is_tried_three_times(works: dict[str, object]) -> None:
    lives: list[int] = []

    def work(run: jobs.Run) -> None:
        lives.append(1)
        raise OperationalError("locked")

    jobs.register("test.work", work)
    assert (ask().state, len(lives)) == ("failed", 3)


def test_a_waiting_job_is_in_the_queue_and_cancelled_at_once(queue: None, works: dict[str, object]) -> None:
    jobs.register("test.work", lambda run: None)
    hat = secretary()
    job = jobs.enqueue(name="test.work", payload={}, key="k", title="x", hat=hat)
    assert (job.state, DBTaskResult.objects.get(pk=job.task_key).status) == ("waiting", TaskResultStatus.READY)
    assert jobs.cancel(job_id=job.pk, hat=hat).state == "cancelled"
    jobs.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("cancelled", 0)


def test_only_the_one_who_asked_may_cancel(queue: None, works: dict[str, object]) -> None:
    jobs.register("test.work", lambda run: None)
    job = ask()
    with pytest.raises(NotAllowedError):
        jobs.cancel(job_id=job.pk, hat=secretary())


def test_a_running_job_ends_at_its_next_report_once_cancelled(queue: None, works: dict[str, object]) -> None:
    reached: list[int] = []
    hat = secretary()

    def work(run: jobs.Run) -> None:
        run.progress(3, 3)
        jobs.cancel(job_id=run.job_id, hat=hat)
        run.progress(3, 3)
        reached.append(1)

    jobs.register("test.work", work)
    job = jobs.enqueue(name="test.work", payload={}, key="k", title="x", hat=hat)
    jobs.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, reached) == ("cancelled", [])


def test_the_job_of_a_dead_worker_is_put_back(queue: None, works: dict[str, object]) -> None:
    jobs.register("test.work", lambda run: None)
    job = ask()
    die(job)
    assert jobs.reap() == jobs.Reaped(put_back=1)
    job.refresh_from_db()
    assert (job.state, DBTaskResult.objects.get(pk=job.task_key).status) == ("waiting", TaskResultStatus.READY)
    assert jobs.reap() == jobs.Reaped()


def test_the_job_of_a_living_worker_is_left_alone(queue: None, works: dict[str, object]) -> None:
    jobs.register("test.work", lambda run: None)
    die(ask())
    now = clock.now()
    WorkerLease.objects.create(worker="dead:1", started_at=now, until=now + timedelta(seconds=5))
    assert jobs.reap() == jobs.Reaped()
    WorkerLease.objects.update(until=now - timedelta(seconds=1))
    assert jobs.reap() == jobs.Reaped(put_back=1)


@pytest.mark.parametrize(("attempts", "state"), [(2, "waiting"), (3, "failed")])
def test_after_three_lives_a_job_is_given_up(queue: None, works: dict[str, object], attempts: int, state: str) -> None:
    jobs.register("test.work", lambda run: None)
    job = ask()
    die(job)
    Job.objects.filter(pk=job.pk).update(attempts=attempts)
    jobs.reap()
    job.refresh_from_db()
    assert job.state == state
    assert ("terputus 3 kali" in job.error) == (state == "failed")
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    assert not running.exists()


def test_a_worker_that_died_before_it_began_is_noticed(queue: None, works: dict[str, object]) -> None:
    jobs.register("test.work", lambda run: None)
    job = ask()
    DBTaskResult.objects.filter(pk=job.task_key).update(status=TaskResultStatus.RUNNING, worker_ids=["dead:1"])
    assert jobs.reap() == jobs.Reaped(put_back=1)


def test_a_job_whose_task_is_lost_gets_a_new_one(queue: None, works: dict[str, object]) -> None:
    jobs.register("test.work", lambda run: None)
    job = ask()
    die(job)
    DBTaskResult.objects.all().delete()
    jobs.reap()
    job.refresh_from_db()
    assert DBTaskResult.objects.get(pk=job.task_key).status == TaskResultStatus.READY


def test_an_overtaken_worker_cannot_end_the_job(queue: None, works: dict[str, object]) -> None:
    def work(run: jobs.Run) -> None:
        Job.objects.filter(pk=run.job_id).update(lease_owner="other:2")
        with pytest.raises(jobs.JobCancelledError):
            run.progress(3, 3)

    jobs.register("test.work", work)
    job = ask()
    jobs.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.lease_owner) == ("running", "other:2")


@pytest.mark.django_db
def test_a_lease_is_renewed_and_given_back() -> None:
    leases.renew()
    leases.renew()
    lease = WorkerLease.objects.get()
    assert timedelta(seconds=15) < lease.until - clock.now() <= timedelta(seconds=20)
    WorkerLease.objects.create(worker="old", started_at=clock.now(), until=clock.now() - timedelta(days=2))
    leases.leave()
    assert not WorkerLease.objects.exists()


def test_a_hat_survives_being_stored() -> None:
    hat = secretary()
    assert jobs.hat_from(jobs.hat_values(hat)) == hat
    assert jobs.hat_values(hat)["person_id"] == str(hat.person_id)
    assert uuid4() != hat.person_id
