"""The hall as a process: opened from a package, killed in the middle, opened again here and on another laptop."""

import io
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from contextlib import closing, suppress
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from django.db import connection

from deliberation import given
from deliberation.conftest import sdk, secretary  # noqa: F401
from factories import people
from rembuk.hall.services import take_to_hall
from rembuk.hall.version import schema
from rembuk.offline.services import bring_file
from rembuk.shared import clock

PIN = "482913"
pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="a hall has a SQLite database of its own"),
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def surroundings():
    """Return the environment of a laptop: nothing of this test's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("REMBUK", "DJANGO"))}
    return {**kept, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")}


class Hall:
    """A running `./rembuk hall` and a browser that is signed in."""

    def __init__(self, file, base):
        self.port = free_port()
        command = [sys.executable, "-m", "rembuk", "hall", str(file), "--data", str(base), "--tanpa-peramban"]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            env=surroundings(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = []
        for line in self.process.stdout:
            self.said.append(line)
            if line.startswith("Siap:"):
                break
        assert self.said and self.said[-1].startswith("Siap:"), "".join(self.said)
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path):
        with self.opener.open(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.read().decode()

    def post(self, path, form_at, **fields):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(form_at)).group(1)
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        with self.opener.open(f"http://127.0.0.1:{self.port}{path}", data, timeout=30) as answer:
            return answer.read().decode()

    def sign_in(self):
        page = self.get("/balai/masuk/")
        who = re.search(r'name="siapa" value="([^"]+)"', page).group(1)
        return self.post("/balai/masuk/", "/balai/masuk/", siapa=who, pin=PIN)

    def kill(self):
        """As a power cut: every process of the hall at once, nothing is said to them."""
        children = subprocess.run(
            ["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True
        ).stdout.splitlines()[1:]
        pairs = [tuple(map(int, line.split())) for line in children]
        mine = {self.process.pid}
        while more := {pid for pid, parent in pairs if parent in mine} - mine:
            mine |= more
        for pid in mine:
            with_suppressed_kill(pid)
        self.process.wait(timeout=30)


def with_suppressed_kill(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@pytest.fixture
def package(cycle, sdk, tmp_path, migrated_once):  # noqa: F811
    """A package on disk, and a laptop that was prepared (from the migrated database of the tests)."""
    meeting = given.running(cycle, sdk, "MUSREN")
    _taking, data = take_to_hall(meeting_id=meeting.pk, pin=PIN, actor=sdk, at=clock.now())
    file = tmp_path / "paket.zip"
    file.write_bytes(data)
    for name in ("satu", "dua"):
        empty = tmp_path / name / f"kosong-{schema()}"
        empty.mkdir(parents=True)
        shutil.copyfile(migrated_once, empty / "rembuk.sqlite3")
    return meeting, file


def rows(base, table):
    found = [path for path in base.glob("*/rembuk.sqlite3") if not path.parent.name.startswith("kosong")]
    with closing(sqlite3.connect(found[0])) as database:
        return database.execute(f"SELECT name FROM {table} ORDER BY name").fetchall()


def test_nothing_that_was_acknowledged_is_lost_when_the_hall_is_killed_and_opened_again_here_or_elsewhere(
    package, tmp_path
):
    meeting, file = package
    address = f"/musyawarah/{meeting.pk}/"
    hall = Hall(file, tmp_path / "satu")
    try:
        assert "Meja petugas" in hall.sign_in()
        told = json.loads(next((tmp_path / "satu").glob("*/balai.json")).read_text())
        room = f"/balai/hp/{told['room']}/hadir/"
        for number in range(12):
            said = hall.post(room, f"{room}?lain=1", nama=f"Warga {number:02}", jk="P", unsur="TANI")
            assert "Menunggu petugas" in said
        hall.post(f"/balai/petugas/{meeting.pk}/datang/", f"/balai/petugas/{meeting.pk}/", semua="1")
        decided = hall.post(f"{address}keputusan/", address, keputusan="Jembatan didahulukan.")
        assert "Jembatan didahulukan." in decided
        last = next((tmp_path / "satu").glob("*/")) and next(
            path / "berkas-terakhir.zip" for path in (tmp_path / "satu").iterdir() if (path / "balai.json").exists()
        )
        before = last.stat().st_mtime if last.exists() else 0
        until = time.monotonic() + 20
        while time.monotonic() < until and not (last.exists() and last.stat().st_mtime > before):
            time.sleep(0.2)
    finally:
        hall.kill()
    again = Hall(file, tmp_path / "satu")
    try:
        again.sign_in()
        assert "Jembatan didahulukan." in again.get(address)
    finally:
        again.kill()
    assert len(rows(tmp_path / "satu", "deliberation_attendance")) == 12
    elsewhere = Hall(last, tmp_path / "dua")
    try:
        elsewhere.sign_in()
        assert "Jembatan didahulukan." in elsewhere.get(address)
    finally:
        elsewhere.kill()
    assert rows(tmp_path / "dua", "deliberation_attendance") == rows(tmp_path / "satu", "deliberation_attendance")
    home, other = handed_over(tmp_path / "satu"), handed_over(tmp_path / "dua")
    assert records(home) == records(other), "a last file on another laptop sends the same bytes"
    officer = people.secretary(meeting.village).hat()
    told = bring_file(source=home, actor=officer, at=clock.now())
    assert told.states == {"applied": 13}
    assert meeting.attendance.count() == 12
    assert list(meeting.decisions.values_list("text", flat=True)) == ["Jembatan didahulukan."]


def handed_over(base):
    """Run ``./rembuk pulang`` on a laptop's folder and return the file for a cable."""
    file = base / "pulang.zip"
    command = [sys.executable, "-m", "rembuk", "pulang", "--data", str(base), "--berkas", str(file)]
    subprocess.run(command, env=surroundings(), check=True, stdout=subprocess.DEVNULL)
    return file.read_bytes()


def records(file):
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return archive.read("amplop.json")
