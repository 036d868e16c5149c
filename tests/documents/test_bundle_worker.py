"""A worker killed in the middle of an order for all villages: the next one goes on, nothing is made twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VILLAGES = 8
PATIENCE = 240
ASK = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from uuid import uuid4
from factories import places
from plans.given import NOW, hat_at
from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.documents import services
from rembuk.shared.trail.testing import setting_up
with setting_up():
    for number in range({VILLAGES}):
        village = places.village(f"64.02.18.20{{number + 10}}", f"Desa {{number}}", f"D{{number:02}}")
        Cycle.objects.create(village=village, plan_year=2026, budget_year=2027, profile="kukar-2025")
services.ask_bundle_run(run_id=uuid4(), regency_id="64.02", kind="rkp", budget_year=2027, fmt="pdf",
                        actor=hat_at(Place(regency="64.02"), "STF"), at=NOW)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return kept | {
        "REMBUK_DATA": str(tmp_path / "data"),
        "REMBUK_MODE": "uji",
        "DJANGO_SETTINGS_MODULE": "documents.worker_settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}",
    }


def test_a_killed_worker_is_followed_by_one_that_goes_on(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "data").mkdir()
    subprocess.run([sys.executable, "-c", ASK], env=environment, check=True, timeout=PATIENCE)

    def done() -> list[tuple[str, str, str]]:
        asked = "SELECT village_id, bundle_id, finished_at FROM documents_bundlepart WHERE state = 'done'"
        return rows(tmp_path, f"{asked} ORDER BY village_id")

    first = start(environment)
    try:
        until(lambda: len(done()) >= 2)
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=PATIENCE)
        before = done()
        assert len(before) < VILLAGES, "the worker was done before it could be killed"
        second = start(environment)
        try:
            until(lambda: rows(tmp_path, "SELECT state FROM shared_job") == [("done",)])
        finally:
            second.terminate()
            second.wait(timeout=PATIENCE)
    finally:
        first.kill()
    after = done()
    assert len(after) == VILLAGES and after[: len(before)] == before
    assert rows(tmp_path, "SELECT count(*) FROM documents_cyclebundle") == [(VILLAGES,)]
    assert rows(tmp_path, "SELECT attempts, done_count, total_count FROM shared_job") == [(2, VILLAGES, VILLAGES)]


def start(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "rembuk", "worker", "--mode", "uji"], env=environment)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.05)


def rows(folder: Path, query: str) -> list[tuple[str, ...]]:
    with sqlite3.connect(f"file:{folder / 'data' / 'rembuk.sqlite3'}?mode=ro", uri=True, timeout=20) as base:
        return base.execute(query).fetchall()
