"""`./rembuk manage ...`: a command of Django itself, on the right data folder."""

import argparse
from pathlib import Path

from rembuk.cli.django_setup import prepare
from rembuk.config import env

HELP = "menjalankan perintah Django pada folder data yang benar"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mode", choices=env.MODES, default=env.mode(), help="demo, kerja, latihan, atau uji")
    parser.add_argument("--data", type=Path, help="folder data; tanpa ini folder dari mode")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="PERINTAH", help="perintah Django dan isinya")


def run(options: argparse.Namespace) -> int:
    prepare(options.mode, options.data)
    # Needs the settings that `prepare` has just chosen.
    from django.core.management import execute_from_command_line

    execute_from_command_line(["./rembuk manage", *options.rest])
    return 0
