"""`./rembuk worker`: runs the jobs, takes over those of dead workers, seals the trail, sends the daily digest."""

import argparse
import os
import sys
from pathlib import Path

from rembuk.cli.django_setup import prepare
from rembuk.config import env

HELP = "menjalankan pekerja latar: dokumen, impor, segel jejak, ringkasan harian"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mode", choices=env.MODES, default=env.mode(), help="demo, kerja, latihan, atau uji")
    parser.add_argument("--data", type=Path, help="folder data; tanpa ini folder dari mode")
    parser.add_argument("--sekali", action="store_true", help="berhenti bila tidak ada lagi yang menunggu")
    parser.add_argument("--induk", type=int, default=0, metavar="PID", help="berhenti bila proses ini sudah tidak ada")


def run(options: argparse.Namespace) -> int:
    prepare(options.mode, options.data)
    # Needs the settings that `prepare` has just chosen.
    from rembuk.shared.worker import run_worker

    run_worker(parent=options.induk, batch=options.sekali)
    return 0


def worker_command() -> list[str]:
    """Return the command that starts a worker as a child of this process, which it does not outlive."""
    return [sys.executable, "-m", "rembuk", "worker", "--induk", str(os.getpid())]
