"""Run everything that CI runs: lint, types, import contracts, both databases, journeys in Chromium, axe."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HELP = "menjalankan semua pemeriksaan: gaya, tipe, batas ruang, kedua basis data, perjalanan di Chromium"
ROOT = Path(__file__).resolve().parents[3]
CHROMIUM_LINE = "sudo apt-get install -y chromium"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pytest", nargs="*", help="bila diisi, hanya dijalankan pytest dengan argumen ini")
    parser.add_argument("--tanpa-peramban", action="store_true", help="lewati perjalanan di peramban")


def run(options: argparse.Namespace) -> int:
    os.chdir(ROOT)
    if options.pytest:
        return subprocess.call([sys.executable, "-m", "pytest", *options.pytest])
    failed = [name for name, step in lint_steps() if not passed(name, step)]
    browser = None if options.tanpa_peramban else chromium()
    postgres = start_postgres_suite()
    sqlite_ok, closing = run_suite(browser)
    postgres_ok = finish_postgres_suite(postgres)
    if browser is None:
        print(
            f"DILEWATI: perjalanan di peramban (tests/journeys), karena Chromium tidak ada. Tambahkan: {CHROMIUM_LINE}"
        )
    if not postgres_ok:
        failed.append("PostgreSQL")
    if not sqlite_ok:
        failed.append("SQLite")
    print("gagal: " + ", ".join(failed) if failed else "semua pemeriksaan lulus")
    sys.stdout.flush()
    print(closing)
    return 1 if failed else 0


Step = Callable[[], int]


def lint_steps() -> list[tuple[str, Step]]:
    """Return the quick checks, each with its name."""
    python = sys.executable
    return [
        ("ruff", lambda: subprocess.call([python, "-m", "ruff", "check", "src", "tests", "bench"])),
        (
            "ruff format",
            lambda: subprocess.call([python, "-m", "ruff", "format", "--check", "-q", "src", "tests", "bench"]),
        ),
        ("batas ruang", lambda: subprocess.call([str(Path(python).with_name("lint-imports"))])),
        ("mypy", lambda: subprocess.call([python, "-m", "mypy", "-p", "rembuk"])),
    ]


def passed(name: str, step: Step) -> bool:
    started = time.monotonic()
    code = step()
    print(f"{'lulus' if code == 0 else 'GAGAL'}: {name} ({time.monotonic() - started:.0f} dtk)", flush=True)
    return code == 0


def chromium() -> str | None:
    """Return Debian's Chromium, installing it when that is allowed without asking, else None."""
    found = find_chromium()
    if found:
        return found
    prefix = apt_prefix()
    if prefix is None:
        return None
    print("Memasang Chromium dengan apt untuk uji perjalanan ...", flush=True)
    subprocess.call([*prefix, "apt-get", "update", "-qq"], stdout=subprocess.DEVNULL)
    subprocess.call([*prefix, "apt-get", "install", "-y", "-qq", "chromium"], stdout=subprocess.DEVNULL)
    return find_chromium()


def find_chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def apt_prefix() -> list[str] | None:
    """Return how apt may be called without a password: as root, or by password-less sudo; None when it may not."""
    if shutil.which("apt-get") is None:
        return None
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive"]
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


class Suite:
    """The PostgreSQL run beside the SQLite one: its process, its server, its log."""

    def __init__(self, process: "subprocess.Popen[bytes] | None", log: Path, stop: Callable[[], None]) -> None:
        self.process = process
        self.log = log
        self.stop = stop


def start_postgres_suite() -> Suite:
    """Start the database tests on PostgreSQL in the background: the server of DATABASE_URL, else our own.

    The rules know no database, the field app's tests start servers of their own: both are tried here, since this run is
    the shorter one. Who may open a page is the same on both databases and tried on SQLite.
    """
    folder = Path(tempfile.mkdtemp(prefix="rembuk-pg-"))
    log = folder / "postgresql.txt"
    url, stop = postgres(folder / "data")
    environment = {**os.environ, "DATABASE_URL": url, "REMBUK_MODE": "uji", "REMBUK_DATA": str(folder / "rembuk")}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "tests",
        "--ignore=tests/journeys",
        "--ignore=tests/real",
        "--ignore=tests/architecture/test_permissions.py",
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "-p", "no:cacheprovider", "--timeout=300"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    return Suite(process, log, stop)


def postgres(folder: Path) -> tuple[str, Callable[[], None]]:
    """Return the address of a PostgreSQL server and how to stop it."""
    if os.environ.get("DATABASE_URL"):
        return os.environ["DATABASE_URL"], lambda: None
    from pgserver.postgres_server import get_server  # only where the tests are installed

    server = get_server(str(folder))
    return server.get_uri(), server.cleanup


def run_suite(browser: str | None) -> tuple[bool, str]:
    """Run all tests but those of the rules and of the field app on SQLite; without a browser its tests skip themselves.

    Returns whether they passed, and pytest's closing line.
    """
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment["REMBUK_MODE"] = "uji"
    beside = ["--ignore=tests/core", "--ignore=tests/offline/app"]
    command = [sys.executable, "-m", "pytest", "tests", *beside, "--timeout=600", "--durations=15"]
    if browser:
        environment["REMBUK_CHROMIUM"] = browser
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    last = ""
    assert process.stdout is not None
    for line in process.stdout:
        print(line, end="", flush=True)
        last = line if line.strip() else last
    return process.wait() == 0, last.strip()


def finish_postgres_suite(suite: Suite) -> bool:
    """Wait for the PostgreSQL run and show how it ended; the whole log when it failed."""
    assert suite.process is not None
    code = suite.process.wait()
    text = suite.log.read_text(encoding="utf-8", errors="replace")
    print(text if code else "PostgreSQL: " + text.strip().rsplit("\n", 1)[-1], flush=True)
    suite.stop()
    return code == 0
