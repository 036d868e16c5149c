"""A running office: the program's own server in processes of its own, on a copy of what a test has told so far.

with office.running(tmp_path) as served:
    browser.goto(served.address + "/usulan/baru/")
"""

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db import connection

from factories.people import PASSWORD
from rembuk.accounts.models import Assignment, Person
from rembuk.shared.trail.testing import setting_up


@dataclass(frozen=True, slots=True)
class Served:
    """address: without a slash at the end. folder: its data. process: the command that was started."""

    address: str
    folder: Path
    process: "subprocess.Popen[str]"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def may_sign_in(who: Assignment) -> None:
    """Hash the person's password as a real office does; the tests' quick hash is not taken there."""
    hasher = ScryptPasswordHasher()
    with setting_up():
        Person.objects.filter(pk=who.person_id).update(password=hasher.encode(PASSWORD, hasher.salt()))


@contextmanager
def running(folder: Path, *, workers: int = 1, **environment: str) -> Iterator[Served]:
    """Run ``rembuk serve`` on a copy of the test's SQLite database in *folder*; the test must be transactional.

    environment: more variables for the server.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / "rembuk.sqlite3")) as copy:
        connection.ensure_connection()
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as told:
            told.backup(copy)
    (folder / "kunci").write_text("kunci uji yang cukup panjang untuk dipakai di sini", encoding="ascii")
    port = free_port()
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("REMBUK_", "DJANGO_", "DATABASE_"))}
    command = [sys.executable, "-m", "rembuk", "serve", "--data", str(folder), "--port", str(port), "--tanpa-pekerja"]
    process = subprocess.Popen(
        [*command, "--pekerja-web", str(workers)], env={**kept, **environment}, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert any(line.startswith("Siap") for line in process.stdout), "the server did not start"
        yield Served(f"http://127.0.0.1:{port}", folder, process)
    finally:
        process.terminate()
        process.wait(timeout=30)
