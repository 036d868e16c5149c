"""`./rembuk verify-trail` says what is wrong, with its exit code, on a real data folder."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from rembuk.core.hat import command_hat
from rembuk.shared.models import StoredFile
from rembuk.shared.trail import acting
from rembuk.shared.trail.seal import seal_new
with acting(command_hat("uji", "64.02"), "files.store"):
    for n in range(3):
        StoredFile.objects.create(sha256="a" * 64, name=f"sk-{n}.pdf", content_type="application/pdf", size=n)
seal_new()
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    command(folder, "-c", MAKE)
    return folder


def command(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment = kept | {
        "REMBUK_DATA": str(folder),
        "REMBUK_MODE": "uji",
        "DJANGO_SETTINGS_MODULE": "shared.worker_settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}",
    }
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=60)


def verify_trail(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return command(folder, "-m", "rembuk", "verify-trail", *arguments)


def tamper(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / "rembuk.sqlite3")
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute(statement)
    for _, sql in triggers:
        connection.execute(sql)
    connection.commit()
    connection.close()


def test_a_whole_trail_is_exit_code_0_with_its_last_seal(data: Path) -> None:
    done = verify_trail(data)
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 baris tersegel, 0 belum disegel." in done.stdout and "Segel terakhir 64.02: nomor 3" in done.stdout
    assert json.loads(verify_trail(data, "--json").stdout)["sound"] is True


def test_a_tampered_row_is_exit_code_1_and_named(data: Path) -> None:
    tamper(data, "UPDATE trail_entry SET person = 'orang lain' WHERE id = 2")
    done = verify_trail(data)
    assert done.returncode == 1
    assert "SALAH: baris jejak 2 (segel 64.02 nomor 2) diubah setelah disegel." in done.stderr
    report = json.loads(verify_trail(data, "--json").stdout)
    assert [(p["kind"], p["entry"]) for p in report["problems"]] == [("altered", 2)]


def test_a_seal_that_was_published_and_is_gone_is_exit_code_1(data: Path) -> None:
    assert verify_trail(data, "--segel", "f" * 64).returncode == 1


def test_wrong_usage_is_exit_code_2(data: Path) -> None:
    assert verify_trail(data, "--salah").returncode == 2
