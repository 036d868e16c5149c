"""Set up and open the worked example: Kutai Kartanegara in the middle of a planning year, on this machine only."""

import argparse
import os
import shutil
import signal
import sys
import time
from pathlib import Path

from rembuk.cli.django_setup import choose, prepare
from rembuk.cli.server import run_server, stop_on_signal
from rembuk.cli.setup import bring_up_to_date, is_current
from rembuk.seed.sign_ins import PASSWORD, SIGN_INS

HELP = "menyiapkan contoh Kutai Kartanegara dan membukanya di komputer ini"
PORT = 8027
BUILDING = ".dibuat-"
ABANDONED_SECONDS = 900


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=PORT, help=f"porta di 127.0.0.1 (bawaan {PORT})")
    parser.add_argument("--tanpa-peramban", action="store_true", help="jangan membuka peramban")
    parser.add_argument(
        "--data", type=Path, default=None, help="folder data contoh (bawaan: data/demo di samping program)"
    )
    parser.add_argument("--baru", action="store_true", help="buang contoh yang lama dan mulai lagi")


def run(options: argparse.Namespace) -> int:
    from rembuk.config import env  # reads the environment, which `prepare` has to set first when it is given

    folder = (options.data or env.ROOT / "data" / "demo").expanduser().resolve()
    os.environ.pop("DATABASE_URL", None)  # the example never touches another database
    if options.baru and folder.exists():
        shutil.rmtree(folder)
    if not (folder / "contoh").exists():
        fill(folder)
    if is_current(folder):
        choose("demo", folder)  # the server it starts loads Django, this process need not
    else:
        prepare("demo", folder)
        bring_up_to_date(folder)
    print_sign_ins()
    return run_server(host="127.0.0.1", port=options.port, browser=not options.tanpa_peramban)


def fill(folder: Path) -> None:
    """Make the example beside its place and move it there when it is whole: nothing half made is left behind.

    Two that are started at once each build their own; whoever is done second throws its own away.
    """
    clear_away_old(folder)
    building = folder.with_name(f"{folder.name}{BUILDING}{os.getpid()}")
    print("Menyiapkan data contoh: Kutai Kartanegara, 20 kecamatan, 193 desa ...", file=sys.stderr, flush=True)
    signal.signal(signal.SIGTERM, stop_on_signal)
    try:
        build(building)
        if not (folder / "contoh").exists():
            building.rename(folder)
    except KeyboardInterrupt:
        print("rembuk: penyiapan dihentikan; tidak ada yang tersisa. Jalankan lagi untuk mulai.", file=sys.stderr)
        sys.exit(1)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    # Django now points at the folder that moved: start again with the right one, and not anew another time.
    rest = [word for word in sys.argv[1:] if word != "--baru"]
    os.execv(sys.executable, [sys.executable, "-m", "rembuk", *rest])  # noqa: S606


def build(building: Path) -> None:
    """Set up the database in *building* and plant the example in it."""
    started = time.monotonic()
    prepare("demo", building)
    from django.db import connections  # Django is set up on the line above

    try:
        bring_up_to_date(building)
        from rembuk.seed import plant

        plant(
            report=lambda words: print(f"  {time.monotonic() - started:4.0f} dtk  {words}", file=sys.stderr, flush=True)
        )
    finally:
        connections.close_all()
    (building / "contoh").write_text("Data contoh; ./rembuk serve menolak folder ini.\n", encoding="utf-8")


def clear_away_old(folder: Path) -> None:
    """Throw away what a power cut left: a half-made example in which nobody has written for a quarter of an hour."""
    for left in folder.parent.glob(f"{folder.name}{BUILDING}*"):
        newest = max((path.stat().st_mtime for path in (left, *left.glob("*"))), default=0.0)
        if time.time() - newest > ABANDONED_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def print_sign_ins() -> None:
    print(f"\nMasuk sebagai (sandi semuanya: {PASSWORD}):")
    for username, words in SIGN_INS:
        print(f"  {username:<16} {words}")
    print()
