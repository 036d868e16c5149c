"""A hundred readers and fifty writers at once against the worked example: granian, 2 web workers, SQLite.

The server and its data are made for this run in a temporary folder and listen here only. "p95" as everywhere:
a hundred readers, each a page every five seconds. Run ``./rembuk bench load``; it takes about a minute and a half.
"""

import http.cookiejar
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

READERS, PAUSE, SECONDS = 100, 5.0, 30.0
WRITERS, EACH = 50, 4
PUBLIC = ("/", "/desa/64.02.18.2003/", "/lacak/")
WORK = ("/beranda/", "/usulan/", "/rencana/", "/musyawarah/")
Result = list[tuple[str, float, float]]


class Visitor:
    """One browser: cookies and little else."""

    def __init__(self, base: str) -> None:
        self.base = base
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> tuple[float, str]:
        started = time.perf_counter()
        with self.opener.open(self.base + path, timeout=60) as answer:
            text = answer.read().decode()
        return (time.perf_counter() - started) * 1000, text

    def post(self, path: str, values: dict[str, str]) -> int:
        data = urllib.parse.urlencode(values).encode()
        request = urllib.request.Request(self.base + path, data, {"Referer": self.base + path})
        with self.opener.open(request, timeout=60) as answer:
            answer.read()
            return int(answer.status)

    def sign_in(self, name: str) -> None:
        token = hidden(self.get("/masuk/")[1], "csrfmiddlewaretoken")
        self.post("/masuk/", {"name": name, "password": "rembuk-contoh", "csrfmiddlewaretoken": token})


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field."""
    for tag in re.findall(r"<input[^>]*>", page):
        if f'name="{name}"' in tag:
            return re.search(r'value="([^"]*)"', tag)[1]  # type: ignore[index]
    raise ValueError(f"no field {name}")


def read(base: str, paths: tuple[str, ...], name: str) -> list[float]:
    """Let a hundred readers turn pages for half a minute; return the milliseconds of every page."""
    visitor = Visitor(base)
    if name:
        visitor.sign_in(name)
    times: list[float] = []
    lock = threading.Lock()
    until = time.monotonic() + SECONDS

    def reader(number: int) -> None:
        time.sleep(PAUSE * number / READERS)
        turn = number
        while time.monotonic() < until:
            took, _text = visitor.get(paths[turn % len(paths)])
            with lock:
                times.append(took)
            turn += 1
            time.sleep(max(0.0, PAUSE - took / 1000))

    with ThreadPoolExecutor(READERS) as pool:
        list(pool.map(reader, range(READERS)))
    return times


def write(base: str) -> int:
    """Let fifty writers hand in proposals at once; return how many were not taken."""
    first = Visitor(base)
    first.sign_in("sekdes")
    barrier = threading.Barrier(WRITERS)

    def writer(number: int) -> int:
        failed = 0
        barrier.wait()
        for turn in range(EACH):
            try:
                page = first.get("/usulan/baru/")[1]
                values = {"csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"), "kunci": hidden(page, "kunci")}
                first.post("/usulan/baru/", {**values, "usulan": f"Uji beban {number}-{turn}", "langkah": "simpan"})
            except (OSError, ValueError):
                failed += 1
        return failed

    with ThreadPoolExecutor(WRITERS) as pool:
        return sum(pool.map(writer, range(WRITERS)))


def drafts(folder: Path) -> int:
    """Count what really lies in the database."""
    import sqlite3

    with sqlite3.connect(folder / "rembuk.sqlite3") as database:
        found = database.execute("SELECT count(*) FROM proposals_proposal WHERE title LIKE 'Uji beban %'")
        return int(found.fetchone()[0])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def main() -> Result:
    """Return (what, measured, target)."""
    base_folder = Path(tempfile.mkdtemp(prefix="rembuk-beban-"))
    folder, port = base_folder / "data", free_port()
    command = [sys.executable, "-m", "rembuk", "demo", "--tanpa-peramban", "--port", str(port), "--data", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ.copy())
    try:
        assert server.stdout is not None
        next(line for line in server.stdout if line.startswith("Siap:"))
        base = f"http://127.0.0.1:{port}"
        public, work = p95(read(base, PUBLIC, "")), p95(read(base, WORK, "sekdes"))
        failed = write(base)
        missing = WRITERS * EACH - drafts(folder)
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(base_folder, ignore_errors=True)
    return [
        ("100 pembaca, halaman umum: p95 milidetik", public, 100),
        ("100 pembaca, halaman kerja: p95 milidetik", work, 150),
        (f"{WRITERS} penulis serentak di SQLite: gagal dari {WRITERS * EACH}", failed, 0),
        (f"{WRITERS} penulis serentak di SQLite: tidak tersimpan", missing, 0),
    ]


if __name__ == "__main__":
    for row in main():
        print(*row)
