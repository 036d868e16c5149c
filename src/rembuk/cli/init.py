"""`./rembuk init --kabupaten 64.02`: the first day of an office, from the folder to the first administrator."""

import argparse
import getpass
import sys
from pathlib import Path

from rembuk.cli.django_setup import make_folder, prepare
from rembuk.config import env
from rembuk.regions import official

HELP = "hari pertama: folder data, kunci, wilayah, administrator pertama dengan kode sekali pakai"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kabupaten", required=True, metavar="KODE", help="kode kabupaten atau kota, misalnya 64.02")
    parser.add_argument("--data", type=Path, help="folder data; tanpa ini data/kerja di folder program")
    parser.add_argument("--nama", default="Administrator", help="nama orang administrator pertama")
    parser.add_argument("--nama-masuk", default="admin", help="nama masuk administrator pertama")


def run(options: argparse.Namespace) -> int:
    regency = official.region(options.kabupaten)
    if regency is None or regency.level != 2:
        return _refuse(f"kode kabupaten {options.kabupaten} tidak ada dalam daftar wilayah resmi. Tulis seperti 64.02.")
    folder: Path = options.data or env.ROOT / "data" / "kerja"
    if (folder / "rembuk.sqlite3").exists():
        return _refuse(f"di {folder} sudah ada basis data. Tidak ada yang diubah. Pilih folder lain dengan --data.")
    if folder.exists() and (not folder.is_dir() or any(entry.name != "kunci" for entry in folder.iterdir())):
        return _refuse(f"{folder} sudah berisi hal lain. Tidak ada yang diubah. Pilih folder kosong dengan --data.")
    make_folder(folder)
    prepare("kerja", folder)
    return _fill(options, regency.code, folder)


def _refuse(words: str) -> int:
    print(f"rembuk: {words}", file=sys.stderr)
    return 2


def _fill(options: argparse.Namespace, regency_code: str, folder: Path) -> int:
    # Models can be imported only after `prepare`.
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from rembuk.accounts.models import Person
    from rembuk.accounts.services import first_administrator
    from rembuk.core.errors import RembukError
    from rembuk.core.hat import command_hat
    from rembuk.regions.models import Village
    from rembuk.regions.services import load_regency
    from rembuk.shared import clock
    from rembuk.shared.wording import sentence

    if Person._meta.db_table in connection.introspection.table_names():
        return _refuse("basis data yang ditunjuk DATABASE_URL sudah berisi Rembuk. Tidak ada yang diubah.")
    call_command("migrate", verbosity=0, interactive=False)
    hat = command_hat(getpass.getuser(), regency_code)
    try:
        regency = load_regency(regency_code, hat)
        person, code = first_administrator(
            hat=hat, regency_code=regency_code, name=options.nama, username=options.nama_masuk, at=clock.now()
        )
    except RembukError as error:
        return _refuse(sentence(error))
    database = folder / "rembuk.sqlite3"
    if database.exists():
        database.chmod(0o600)
    count = Village.objects.filter(regency=regency).count()
    print(f"{regency.name}: {regency.districts.count()} kecamatan, {count} desa termuat.")
    print(f"Folder data: {folder} (hanya untuk pemiliknya). Cadangkan folder ini, termasuk berkas kunci.")
    print(f"Administrator pertama: {person.username}")
    until = timezone.localtime(code.expires_at)
    print(f"Kode sekali pakai: {code.words} (berlaku sampai {until:%d-%m-%Y %H.%M} {until.tzname()})")
    print("Berikutnya: jalankan ./rembuk serve, buka /masuk/kode/, lalu pakai kode itu untuk membuat kata sandi.")
    return 0
