"""A real server in a process of its own with a village to record in, a wire that can be cut, and a phone to hold."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from rembuk.cli.server import command

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 120
PASSWORD = "perahu ketinting hijau"
FIRST, SECOND, SECRETARY = "fasilitator", "pendamping", "sekdes"
PIN = "482913"
MEETING, FORMAL = "Musyawarah Dusun Seberang", "Musdes perencanaan"
MAKE = f"""
import django; django.setup()
from datetime import timedelta
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
from factories import people, places
from rembuk.core.hat import Role
from rembuk.cycles.services import open_cycle
from rembuk.deliberation import services
from rembuk.deliberation.values import Invitee, MeetingValues
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up
now = clock.now()
with setting_up():
    village = places.melintang()
    hamlet = places.hamlet(village, "Dusun Seberang")
    places.rt(hamlet)
    planner = people.planner(village).hat()
    people.holder(Role.FAS, village, person=people.person("Rusdi Fasilitator", {FIRST!r}))
    people.holder(Role.FAS, village, person=people.person("Ani Pendamping", {SECOND!r}))
    cycle = open_cycle(village=village, plan_year=now.year, actor=planner, at=now)
secretary = people.holder(Role.SDK, village, person=people.person("Siti Sekdes", {SECRETARY!r})).hat()
def plan(kind, title, **more):
    return services.plan_meeting(cycle_id=cycle.pk, actor=secretary, at=now, values=MeetingValues(
        kind=kind, scheduled_at=now + timedelta(hours=1), location="Balai", agenda=("Pembukaan", "Usulan"),
        title=title, **more))
plan("MUSDUS", {MEETING!r}, hamlet_id=hamlet.pk)
musdes = plan("MUSDES_P", {FORMAL!r})
services.invite_meeting(meeting_id=musdes.pk, actor=secretary, at=now, invitation_date=now.date(), invitees=tuple(
    Invitee(f"Undangan {{n}}", ("PEMDES", "BPD", "PEREMPUAN", "MISKIN", "TANI")[n % 5], "") for n in range(40)))
"""


def environment(folder: Path, source: Path = ROOT / "src") -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return kept | {
        "REMBUK_DATA": str(folder),
        "REMBUK_MODE": "uji",
        "DJANGO_SETTINGS_MODULE": "rembuk.config.settings.test",
        "PYTHONPATH": f"{source}:{ROOT / 'tests'}",
    }


def make_base(folder: Path, empty: Path | None = None) -> Path:
    """Make the data folder that every test of this run copies. empty: a database with nothing in it but its tables."""
    folder.mkdir(parents=True)
    if empty is not None and empty.exists():
        shutil.copyfile(empty, folder / "rembuk.sqlite3")
    subprocess.run([sys.executable, "-c", MAKE], env=environment(folder), check=True, timeout=5 * PATIENCE)
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The program behind a wire. The browser knows the wire's address, which stays when the program is started anew."""

    def __init__(self, base: Path, folder: Path) -> None:
        shutil.copytree(base, folder)
        self.folder, self.port = folder, free_port()
        self.wire = Wire(self)
        self.child: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.wire.port}"

    def start(self, source: Path = ROOT / "src") -> None:
        """Start the program that lies in *source*; another one is another version."""
        called = command("127.0.0.1", self.port, 1)
        self.child = subprocess.Popen(called, env=environment(self.folder, source), start_new_session=True)
        until(self.answers)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/lapangan/sesi.json", timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def kill(self) -> None:
        """End the program as a power cut does: it and its workers get no time to say anything."""
        if self.child is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait(timeout=PATIENCE)
        self.child = None

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(f"file:{self.folder / 'rembuk.sqlite3'}?mode=ro", uri=True, timeout=20) as base:
            return base.execute(query).fetchall()

    def run(self, code: str) -> None:
        """Do something in the office's own program, beside the server."""
        whole = "import django; django.setup()\nfrom rembuk.shared.trail.testing import setting_up\n" + code
        subprocess.run([sys.executable, "-c", whole], env=environment(self.folder), check=True, timeout=PATIENCE)

    def count(self, table: str, where: str = "1") -> int:
        return int(self.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])

    def states(self) -> dict[str, int]:
        """Return state -> how many envelopes the office holds in it."""
        return dict(self.rows("SELECT state, count(*) FROM offline_envelope GROUP BY state"))

    def close(self) -> None:
        self.kill()
        self.wire.close()


class Wire:
    """What lies between phone and office. lose: part of an address whose answers are swallowed after the office gave
    them, that many times. down: nothing passes."""

    def __init__(self, server: Server) -> None:
        self.server, self.down = server, False
        self.lose, self.times, self.lost = b"", 0, 0
        self.after: Callable[[], None] | None = None
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self.run, daemon=True).start()

    def swallow(self, address: str, times: int = 1, then: Callable[[], None] | None = None) -> None:
        self.lose, self.times, self.after = address.encode(), times, then

    def run(self) -> None:
        while True:
            try:
                phone, _address = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.pass_on, args=(phone,), daemon=True).start()

    def pass_on(self, phone: socket.socket) -> None:
        with phone:
            try:
                if self.down:
                    return
                asked = whole(phone)
                if not asked or self.down:
                    return
                lose = self.times > 0 and self.lose in asked.split(b"\r\n", 1)[0]
                with socket.create_connection(("127.0.0.1", self.server.port), timeout=60) as office:
                    office.sendall(closing(asked))
                    answer = b"".join(iter(lambda: office.recv(65536), b""))
                if lose:
                    self.times -= 1
                    self.lost += 1
                    if self.after is not None:
                        self.after()
                    return
                phone.sendall(answer)
            except OSError:
                return

    def close(self) -> None:
        self.listener.close()


def whole(phone: socket.socket) -> bytes:
    """Read one request whole."""
    got = b""
    while b"\r\n\r\n" not in got:
        piece = phone.recv(65536)
        if not piece:
            return b""
        got += piece
    head, _mark, body = got.partition(b"\r\n\r\n")
    fields = [line.split(b":", 1) for line in head.split(b"\r\n")[1:]]
    length = int({name.lower(): value for name, value in fields}.get(b"content-length", b"0"))
    while len(body) < length:
        piece = phone.recv(65536)
        if not piece:
            return b""
        body += piece
    return head + b"\r\n\r\n" + body


def closing(asked: bytes) -> bytes:
    """Ask the office to close after its answer, so that the answer's end is the connection's end."""
    head, mark, body = asked.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*lines, b"Connection: close"]) + mark + body


def until(true: Callable[[], object], patience: float = PATIENCE) -> None:
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.1)


class Phone:
    """A page of the app in one browser context. Whatever goes wrong in it is kept in `errors`."""

    def __init__(self, context: Any, server: Server, profile: str = "") -> None:
        self.context, self.server, self.profile = context, server, profile
        self.errors: list[str] = []
        self.page = self.tab()

    def tab(self) -> Any:
        page = self.context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def sign_in(self, name: str = FIRST) -> None:
        self.page.goto(f"{self.server.url}/masuk/")
        self.page.fill("input[name=name]", name)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.locator("main button.btn-main").click()
        self.page.wait_for_url("**/beranda/")

    def begin(self, name: str = FIRST, pin: str = PIN, *, signed: bool = False) -> None:
        """Sign in, choose a PIN, take the package; the shell is on the phone afterwards."""
        if not signed:
            self.sign_in(name)
        self.page.goto(f"{self.server.url}/lapangan/")
        if self.page.locator("summary", has_text="Orang lain").count():
            self.page.reload()
        self.page.fill("form:has(input[name=pin2]):not(details form) input[name=pin]", pin)
        self.page.fill("form:has(input[name=pin2]):not(details form) input[name=pin2]", pin)
        self.page.get_by_role("button", name="Pakai PIN ini").click()
        self.page.get_by_role("button", name="Ambil: ").first.click()
        self.page.get_by_role("heading", name="Rapat", exact=True).wait_for()
        self.shell_is_kept()

    def shell_is_kept(self) -> None:
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def open(self, pin: str = PIN, page: Any = None) -> Any:
        """Open the app anew and unlock it."""
        page = page or self.page
        page.goto(f"{self.server.url}/lapangan/")
        page.get_by_label("PIN", exact=True).first.fill(pin)
        page.get_by_role("button", name="Buka", exact=True).click()
        page.get_by_role("heading", name="Rapat", exact=True).wait_for()
        return page

    def go(self, address: str, page: Any = None) -> None:
        (page or self.page).evaluate("address => { location.hash = address; }", address)

    def meeting(self, title: str = MEETING, *, start: bool = True) -> str:
        """Open a planned meeting; return its id."""
        self.go("#rapat")
        self.page.get_by_role("link", name=title).click()
        self.page.get_by_role("heading", name=title).wait_for()
        key = str(self.page.evaluate("location.hash")).split("/")[1]
        if start:
            self.page.get_by_role("button", name="Buka rapat sekarang").click()
            self.page.get_by_role("link", name="Catat usulan").wait_for()
        return key

    def idea(self, key: str, title: str, photo: Path | None = None) -> None:
        self.go(f"#rapat/{key}/usulan")
        form = self.page.locator("form[data-draft^=usulan]")
        form.locator("[name=title]").wait_for()
        form.locator("[name=title]").fill(title)
        if photo is not None:
            form.locator("[name=foto]").set_input_files(photo)
        form.get_by_role("button", name="Simpan usulan").click()
        self.page.get_by_text(title, exact=True).wait_for()

    def waiting(self, page: Any = None) -> int:
        return int((page or self.page).evaluate(COUNT, "outbox"))

    def stored(self, store: str) -> int:
        return int(self.page.evaluate(COUNT, store))

    def send(self, page: Any = None) -> None:
        page = page or self.page
        page.evaluate("() => { location.hash = '#antrean'; }")
        page.get_by_role("button", name="Coba kirim sekarang").click()

    def send_all(self) -> None:
        """Press the button as an impatient person does, until nothing waits."""

        def pressed() -> bool:
            self.send()
            self.page.wait_for_timeout(1_500)
            return self.waiting() == 0

        until(pressed)

    def arrived(self) -> dict[str, str]:
        """Return id -> receipt of every record that this phone holds as received."""
        rows = self.page.evaluate(ALL, "sent")
        return {row["id"]: row["receipt"] for row in rows}

    def die(self) -> None:
        """Kill this browser, all its processes at once, as an empty battery does."""
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            with suppress(OSError):
                if self.profile.encode() in (entry / "cmdline").read_bytes() and entry.name != str(os.getpid()):
                    os.kill(int(entry.name), signal.SIGKILL)
        with suppress(Exception):
            self.context.close()

    def record(self, key: str, count: int, kind: str = "note") -> None:
        """Save records through the app's own store, as many taps would."""
        self.page.evaluate(RECORD, [key, count, kind])

    def taps(self) -> list[float]:
        """Return how long every save took so far, in milliseconds."""
        found: list[float] = self.page.evaluate(
            "performance.getEntriesByName('rembuk-tap').map((each) => each.duration)"
        )
        return found


def office_and_phone_agree(hp: Phone, server: Server, records: int) -> None:
    """Each record lies at the office once, under one digest, and the phone holds the receipt of every one."""
    assert server.count("offline_envelope") == records
    ids = {str(row[0]).replace("-", "") for row in server.rows("SELECT envelope_id FROM offline_envelope")}
    arrived = hp.arrived()
    assert {key.replace("-", "") for key in arrived} == ids and len(ids) == records
    digests = {str(row[0])[:12].upper() for row in server.rows("SELECT digest FROM offline_envelope")}
    assert {receipt.replace("-", "") for receipt in arrived.values()} == digests


RECORD = """async ([key, count, kind]) => {
  const { save, savePhoto } = await import(MODULES + "store.js");
  const { meetingOpen } = await import(MODULES + "state.js");
  const open = await meetingOpen(key);
  for (let at = 1; at <= count; at += 1) {
    const what = { scope: key, after: open.after };
    if (kind === "photo") {
      const bytes = crypto.getRandomValues(new Uint8Array(60_000));
      await savePhoto(open.pack, { of: key, ofKind: "meeting", name: `${at}.jpg`, caption: "", bytes, ...what });
    } else {
      await save(open.pack, { kind, body: { meeting: key, point: `Catatan ${at}` }, ...what });
    }
  }
}"""
COUNT = """async (name) => { const { all } = await import(MODULES + "db.js"); return (await all(name)).length; }"""
ALL = """async (name) => {
  const { all } = await import(MODULES + "db.js");
  return (await all(name)).map(({ id, kind, state, receipt, message }) => ({ id, kind, state, receipt, message }));
}"""
_MODULES = """(document.querySelector("script[type=module]").src.replace("main.js", ""))"""
COUNT, ALL, RECORD = (text.replace("MODULES", _MODULES) for text in (COUNT, ALL, RECORD))
