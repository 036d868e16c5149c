"""`./rembuk regions load CODE`: load the official regions of a regency into the data folder."""

import argparse
import getpass
import sys
from pathlib import Path

from rembuk.cli.django_setup import prepare
from rembuk.config import env

HELP = "memuat wilayah resmi sebuah kabupaten atau kota"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("load",), metavar="load", help="satu-satunya tindakan: load")
    parser.add_argument("code", metavar="KODE", help="kode kabupaten atau kota, misalnya 64.02")
    parser.add_argument("--mode", choices=env.MODES, default=env.mode(), help="demo, kerja, latihan, atau uji")
    parser.add_argument("--data", type=Path, help="folder data; tanpa ini folder dari mode")


def run(options: argparse.Namespace) -> int:
    folder: Path = options.data or env.ROOT / "data" / options.mode
    on_disk = str(env.database()["ENGINE"]).endswith("sqlite3")
    if on_disk and not (folder / "rembuk.sqlite3").exists():
        return _no_database()
    prepare(options.mode, folder)
    # Models can be imported only after `prepare`.
    from django.db import connection

    from rembuk.core.errors import RembukError
    from rembuk.core.hat import command_hat
    from rembuk.regions.models import Village
    from rembuk.regions.services import load_regency
    from rembuk.shared.wording import sentence

    if Village._meta.db_table not in connection.introspection.table_names():
        return _no_database()
    try:
        regency = load_regency(options.code, command_hat(getpass.getuser(), ""))
    except RembukError as error:
        print(f"rembuk: {sentence(error)}", file=sys.stderr)
        return 2
    count = Village.objects.filter(regency=regency).count()
    print(f"{regency.name}: {regency.districts.count()} kecamatan, {count} desa termuat.")
    return 0


def _no_database() -> int:
    words = "rembuk: belum ada basis data di folder ini. Jalankan ./rembuk init --kabupaten KODE lebih dulu."
    print(words, file=sys.stderr)
    return 1
