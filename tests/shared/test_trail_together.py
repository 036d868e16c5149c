"""Two at once: sealers do not disturb each other, and nothing slips into a plan while it is being enacted."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from rembuk.shared.models import TrailEntry, TrailSeal
from rembuk.shared.trail import acting
from rembuk.shared.trail.seal import seal_new
from rembuk.shared.trail.verify import verify
from shared.samples import Letter, PlanItem, PlanVersion, sample_tables, secretary


@pytest.fixture(autouse=True)
def tables(transactional_db: None) -> Iterator[None]:
    with sample_tables():
        yield


def together(*works: Callable[[], object]) -> list[BaseException]:
    """Run each in its own thread with its own connection; returns what they raised."""
    raised: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads)
    return raised


def test_writers_and_two_sealers_at_once_leave_one_whole_chain() -> None:
    def write() -> None:
        for n in range(20):
            with transaction.atomic(), acting(secretary(), "letters.write"):
                Letter.objects.create(title=f"Surat {n}", sender="Aminah")

    def seal() -> None:
        for _ in range(10):
            seal_new()

    assert together(write, write, seal, seal) == []
    seal_new()
    report = verify()
    assert (report.problems, report.unsealed, report.sealed_count) == ([], [], 40)
    assert {entry.act for entry in TrailEntry.objects.all()} == {"letters.write"}
    assert list(TrailSeal.objects.order_by("number").values_list("number", flat=True)) == [*range(1, 41)]


def test_an_entry_committed_late_is_sealed_later() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    written, sealed = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic(), acting(secretary(), "letters.slow"):
            Letter.objects.create(title="lambat")
            written.set()
            assert sealed.wait(20)

    def quick() -> None:
        assert written.wait(20)
        with acting(secretary(), "letters.quick"):
            Letter.objects.create(title="cepat")
        seal_new()
        sealed.set()

    assert together(slow, quick) == []
    seal_new()
    acts = TrailSeal.objects.order_by("number").values_list("entry__act", flat=True)
    assert list(acts) == ["letters.quick", "letters.slow"]
    assert verify().sound


def test_nothing_slips_into_a_plan_that_is_being_enacted() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    version = PlanVersion.objects.create()
    enacted, tried = threading.Event(), threading.Event()

    def enact() -> None:
        with transaction.atomic():
            PlanVersion.objects.filter(pk=version.pk).update(enacted_at=timezone.now())
            enacted.set()
            tried.wait(0.5)

    def add() -> None:
        assert enacted.wait(20)
        try:
            PlanItem.objects.create(version=version, name="Susulan")
        finally:
            tried.set()

    (error,) = together(enact, add)
    assert isinstance(error, IntegrityError) and "sudah ditetapkan" in str(error)
    assert not PlanItem.objects.exists()
