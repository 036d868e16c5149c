"""Open a throw-away copy for a training class: whatever the class does is gone when it ends."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from rembuk.cli.django_setup import prepare

HELP = "membuka salinan sekali pakai untuk kelas pelatihan"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8028)
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 agar peserta di jaringan yang sama bisa masuk")
    parser.add_argument(
        "--dari", type=Path, default=None, help="folder data yang disalin (bawaan: data/demo di samping program)"
    )
    parser.add_argument("--tanpa-peramban", action="store_true", help="jangan membuka peramban")


def run(options: argparse.Namespace) -> int:
    from rembuk.config import env

    source = (options.dari or env.ROOT / "data" / "demo").expanduser().resolve()
    if not (source / "rembuk.sqlite3").exists():
        print("rembuk: belum ada yang bisa disalin. Jalankan ./rembuk demo sekali lebih dulu.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="rembuk-latihan-") as name:
        folder = Path(name) / "data"
        copy(source, folder)
        prepare("latihan", folder)
        from rembuk.cli.server import run_server
        from rembuk.cli.setup import bring_up_to_date

        bring_up_to_date(folder)
        print("Salinan untuk latihan: semua isian dibuang ketika perintah ini dihentikan.", flush=True)
        return run_server(host=options.host, port=options.port, browser=not options.tanpa_peramban)


def copy(source: Path, folder: Path) -> None:
    """Copy a data folder that may be in use: the database through SQLite's own backup, the rest as files."""
    import sqlite3

    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("rembuk.sqlite3*", "contoh"))
    with sqlite3.connect(source / "rembuk.sqlite3") as old, sqlite3.connect(folder / "rembuk.sqlite3") as new:
        old.backup(new)
