"""A worker killed in the middle of a job loses nothing: the next one takes the job over. Real processes."""

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
ASK = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from rembuk.shared import jobs
jobs.enqueue(name="samples.write", payload={"folder": %r}, key="k", title="Menulis")
"""
PATIENCE = 30


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return kept | {
        "REMBUK_DATA": str(tmp_path / "data"),
        "REMBUK_MODE": "uji",
        "DJANGO_SETTINGS_MODULE": "shared.worker_settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}",
    }


def test_a_killed_workers_job_is_taken_over(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "data").mkdir()
    subprocess.run([sys.executable, "-c", ASK % str(tmp_path)], env=environment, check=True, timeout=PATIENCE)
    first = start(environment)
    try:
        until((tmp_path / "first").exists)
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=PATIENCE)
        second = start(environment)
        try:
            until(lambda: job_row(tmp_path)[0] == "done")
        finally:
            second.terminate()
            assert second.wait(timeout=PATIENCE) == 0
    finally:
        first.kill()
    assert job_row(tmp_path) == ("done", 2, "", '{"sentence": "Selesai."}')
    assert (tmp_path / "first").read_text() != (tmp_path / "second").read_text()
    assert rows(tmp_path, "SELECT count(*) FROM shared_workerlease WHERE worker LIKE ?", f"%:{second.pid}") == [(0,)]


def test_a_worker_does_not_outlive_its_parent(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "first").touch()
    subprocess.run([sys.executable, "-c", ASK % str(tmp_path)], env=environment, check=True, timeout=PATIENCE)
    parent = subprocess.run(
        [
            sys.executable,
            "-c",
            "import subprocess; from rembuk.cli.worker import worker_command;"
            "print(subprocess.Popen(worker_command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid)",
        ],
        env=environment,
        check=True,
        timeout=PATIENCE,
        capture_output=True,
        text=True,
    )
    pid = int(parent.stdout)
    until(lambda: not runs(pid))


def start(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "rembuk", "worker", "--mode", "uji"], env=environment)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.05)


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except OSError:
        return False


def job_row(folder: Path) -> tuple[object, ...]:
    return rows(folder, "SELECT state, attempts, lease_owner, result FROM shared_job")[0]


def rows(folder: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "data" / "rembuk.sqlite3", timeout=20)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()
