"""The last day: 100 readers over all villages, then 5,000 connections within ten seconds, a tenth of which write.

The example is served by the program itself (2 web processes, SQLite) in a temporary folder, on this machine only.
Server time is what the server says of each page (Server-Timing: waiting and work), so that this program's own work
hardly counts; the CPU seconds of the processes stand beside it, which nobody else on the machine can spoil.
``python bench/rush.py FOLDER`` uses an example that is there and writes into it.
"""

import asyncio
import http.cookiejar
import os
import random
import re
import resource
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

Figure = tuple[str, float, float] | tuple[str, float, float, str]
READERS, PAUSE, SECONDS = 100, 5.0, 40.0
CONNECTIONS, WRITERS, OPENING, PATIENCE = 5_000, 500, 10.0, 60.0
PARTS = ("", "", "", "rencana/", "hasil/", "usulan/", "musyawarah/")
SESSIONS = 20
TABLES = ("desa", "usulan", "kegiatan", "apb", "pekerjaan", "musyawarah")
TITLE = "Hari terakhir"


@dataclass(frozen=True, slots=True)
class Reply:
    """status: 0 when nobody answered. spent: milliseconds by the server's own count. took: seconds by ours."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    spent: float = 0.0
    took: float = 0.0


class Line:
    """One connection that is kept open, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, headers: dict[str, str] | None = None, form: dict[str, str] | None = None) -> Reply:
        """Ask for a page; a connection that the server has closed meanwhile is opened again."""
        began = time.monotonic()
        for _try in range(2):
            fresh = self.ends is None
            try:
                async with asyncio.timeout(PATIENCE):
                    self.ends = self.ends or await asyncio.open_connection("127.0.0.1", self.port)
                    reply = await self.told(path, headers or {}, form)
                return replace(reply, took=time.monotonic() - began)
            except (OSError, EOFError):  # a TimeoutError is one of the first
                self.close()
                if fresh:
                    break
        return Reply(0, took=time.monotonic() - began)

    async def told(self, path: str, headers: dict[str, str], form: dict[str, str] | None) -> Reply:
        assert self.ends is not None
        reader, writer = self.ends
        body = urllib.parse.urlencode(form).encode() if form is not None else b""
        lines = {"Host": f"127.0.0.1:{self.port}", "Accept-Encoding": "gzip", **headers}
        if form is not None:
            lines |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        head = f"{'GET' if form is None else 'POST'} {path} HTTP/1.1\r\n"
        writer.write((head + "".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n").encode() + body)
        first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        told = {name.lower(): value.strip() for name, _colon, value in (line.partition(":") for line in rest)}
        size = int(told.get("content-length", 0))
        spent = sum(map(float, re.findall(r"dur=([\d.]+)", told.get("server-timing", ""))))
        return Reply(int(first.split()[1]), told, await reader.readexactly(size), spent)

    def close(self) -> None:
        if self.ends is not None:
            self.ends[1].close()
        self.ends = None


async def read(port: int, codes: list[str]) -> list[Reply]:
    """Let a hundred readers turn pages, each with the cache of a browser; return every answer."""
    replies: list[Reply] = []
    until = time.monotonic() + SECONDS

    async def reader(number: int) -> None:
        dice, line, known = random.Random(number), Line(port), dict[str, str]()
        await asyncio.sleep(PAUSE * number / READERS)
        while time.monotonic() < until:
            began = time.monotonic()
            path = f"/desa/{dice.choice(codes)}/{dice.choice(PARTS)}"
            reply = await line.ask(path, {"If-None-Match": known[path]} if path in known else {})
            known |= {path: reply.headers["etag"]} if "etag" in reply.headers else {}
            replies.append(reply)
            await asyncio.sleep(max(0.0, PAUSE - (time.monotonic() - began)))
        line.close()

    await asyncio.gather(*map(reader, range(READERS)))
    return replies


@dataclass(slots=True)
class Rush:
    """What came of the rush: answers by status, seconds of each, writes that were acknowledged, health meanwhile."""

    statuses: "Counter[int]" = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    unkind: int = 0
    health: list[float] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def count(self, reply: Reply) -> None:
        self.statuses[reply.status] += 1
        self.seconds.append(reply.took)
        if reply.status == 503:
            self.unkind += "retry-after" not in reply.headers or b"Sedang ramai" not in reply.body


async def rush(port: int, codes: list[str], cookies: list[str], connections: int) -> Rush:
    """Open the connections evenly over ten seconds and keep them open; every tenth person hands a proposal in."""
    told = Rush()
    over = asyncio.Event()

    async def person(number: int) -> None:
        await asyncio.sleep(OPENING * number / connections)
        line = Line(port)
        told.lines.append(line)
        if number % (connections // WRITERS) == 0:
            told.count(await write(line, cookies[number % SESSIONS], number, told))
        else:
            dice = random.Random(number)
            told.count(await line.ask(f"/desa/{dice.choice(codes)}/{dice.choice(PARTS)}"))

    watching = asyncio.create_task(watch(port, over, told.health))
    await asyncio.gather(*map(person, range(connections)))
    over.set()
    await watching
    for line in told.lines:
        line.close()
    return told


async def write(line: Line, cookie: str, number: int, told: Rush) -> Reply:
    """Open the form and save a proposal on the same connection."""
    page = await line.ask("/usulan/baru/", {"Cookie": cookie, "Accept-Encoding": "identity"})
    if page.status != 200:
        return page
    text = page.body.decode()
    form = {name: hidden(text, name) for name in ("csrfmiddlewaretoken", "kunci")}
    form |= {"usulan": f"{TITLE} {number}", "langkah": "simpan"}
    reply = await line.ask("/usulan/baru/", {"Cookie": cookie, "Referer": "http://127.0.0.1/"}, form)
    if reply.status == 302:
        told.acknowledged.append(f"{TITLE} {number}")
    return reply


async def watch(port: int, over: asyncio.Event, seconds: list[float]) -> None:
    """Ask for the health page every other second until it is over."""
    while not over.is_set():
        began = time.monotonic()
        reply = await Line(port).ask("/sehat/")
        seconds.append(time.monotonic() - began if reply.status == 200 else 999.0)
        await asyncio.sleep(2)


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field."""
    tag = next(tag for tag in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in tag)
    return re.search(r'value="([^"]*)"', tag)[1]  # type: ignore[index]


def signed_in(base: str) -> str:
    """Sign the secretary in; return the cookies as a header."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    token = hidden(opener.open(f"{base}/masuk/", timeout=60).read().decode(), "csrfmiddlewaretoken")
    form = {"name": "sekdes", "password": "rembuk-contoh", "csrfmiddlewaretoken": token}
    opener.open(f"{base}/masuk/", urllib.parse.urlencode(form).encode(), timeout=60).read()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def web_processes(pid: int) -> list[int]:
    """Return the web processes below the command: those of granian that have no children of their own."""
    below = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    deep = [leaf for child in below for leaf in (web_processes(child) or [child])]
    return [leaf for leaf in deep if b"granian" in Path(f"/proc/{leaf}/cmdline").read_bytes() or leaf not in below]


def cpu_seconds(pids: list[int]) -> float:
    times = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13] for pid in pids]
    return sum(int(tick) for pair in times for tick in pair) / os.sysconf("SC_CLK_TCK")


def megabytes(pids: list[int], what: str = "VmRSS") -> float:
    texts = [Path(f"/proc/{pid}/status").read_text() for pid in pids]
    return max(int(re.search(rf"{what}:\s+(\d+)", text)[1]) for text in texts) / 1024  # type: ignore[index]


def open_data(base: str) -> int:
    """Fetch every open table of the year twice; return the bytes."""
    total = 0
    for table in TABLES * 2:
        with urllib.request.urlopen(f"{base}/data-terbuka/64.02/2027/{table}.csv", timeout=120) as answer:
            while part := answer.read(65536):
                total += len(part)
    return total


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, int]]:
    """Serve the example in *folder*, made when it is not there; yield the port and the command's process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "rembuk", "demo", "--tanpa-peramban", "--port", str(port), "--data", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        next(line for line in server.stdout if line.startswith("Siap:"))
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=60)


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def readers(port: int, codes: list[str], workers: list[int]) -> list[Figure]:
    asyncio.run(read(port, codes[:20]))  # the processes load what they need on their first pages
    before = cpu_seconds(workers)
    replies = asyncio.run(read(port, codes))
    cost = (cpu_seconds(workers) - before) / len(replies) * 1000
    bad = sum(reply.status not in (200, 304) for reply in replies)
    return [
        ("100 pembaca, semua desa: p95 waktu peladen, milidetik", p95([reply.spent for reply in replies]), 100),
        ("100 pembaca: CPU peladen setiap halaman, milidetik", cost, 100),
        (f"100 pembaca: galat dari {len(replies)} halaman", bad, 0),
    ]


def last_day(folder: Path, port: int, codes: list[str], workers: list[int], command: int) -> list[Figure]:
    base = f"http://127.0.0.1:{port}"
    cookies = [signed_in(base) for _number in range(SESSIONS)]
    _now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    connections = CONNECTIONS if most == resource.RLIM_INFINITY else min(CONNECTIONS, most - 200)
    spent = cpu_seconds(workers)
    told = asyncio.run(rush(port, codes, cookies, connections))
    spent = (cpu_seconds(workers) - spent) / max(1, connections - told.statuses[503])
    began = time.monotonic()
    healthy = asyncio.run(Line(port).ask("/sehat/")).status == 200
    after = time.monotonic() - began if healthy else 999.0
    with closing(sqlite3.connect(folder / "rembuk.sqlite3")) as database:
        rows = database.execute(f"SELECT title FROM proposals_proposal WHERE title LIKE '{TITLE} %'")
        kept = Counter(title for (title,) in rows)
    print(
        dict(told.statuses), f"{len(told.acknowledged)} diterima", f"{megabytes(workers, 'VmHWM'):.0f} MB", flush=True
    )
    served_well = sum(number for status, number in told.statuses.items() if status in (200, 302))
    silent = sum(number for status, number in told.statuses.items() if status not in (200, 302, 503))
    return [
        (f"{connections} sambungan dalam 10 detik: persen terlayani", served_well / connections * 100, 95, ">="),
        ("hari terakhir: tanpa jawaban atau galat lain", silent, 0),
        ("hari terakhir: 503 tanpa Retry-After atau tanpa kata yang ramah", told.unkind, 0),
        (f"hari terakhir: CPU peladen bagi {connections} orang di 2 inti, detik", spent * connections / 2, PATIENCE),
        ("hari terakhir: p95 detik sampai jawaban", p95(told.seconds), PATIENCE),
        ("hari terakhir: usulan yang diterima tetapi tidak tersimpan", len(set(told.acknowledged) - set(kept)), 0),
        ("hari terakhir: usulan tersimpan lebih dari sekali", sum(number > 1 for number in kept.values()), 0),
        ("hari terakhir: proses web yang mati", len(set(workers) - set(web_processes(command))), 0),
        ("hari terakhir: detik halaman keadaan, selama ramai", max(told.health), 15),
        ("hari terakhir: detik halaman keadaan, sesudahnya", after, 5),
    ]


def measure(folder: Path) -> list[Figure]:
    with served(folder) as (port, command):
        with closing(sqlite3.connect(folder / "rembuk.sqlite3")) as database:
            codes = [code for (code,) in database.execute("SELECT code FROM regions_village ORDER BY code")]
        workers = web_processes(command)
        figures = readers(port, codes, workers)
        base = f"http://127.0.0.1:{port}"
        open_data(base)  # every process has sent one before
        before = megabytes(workers)
        size = open_data(base)
        figures.append(
            (f"data terbuka, {size / 1e6:.1f} MB dikirim: memori bertambah, MB", megabytes(workers) - before, 30)
        )
        return figures + last_day(folder, port, codes, workers, command)


def main() -> list[Figure]:
    """Return (what, measured, target) of each figure."""
    place = Path(tempfile.mkdtemp(prefix="rembuk-ramai-"))
    try:
        return measure(place / "data")
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    for row in measure(Path(sys.argv[1])):
        print(*row)
