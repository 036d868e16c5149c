"""Open a signed package on a laptop: the same program on the village's own rows, for a hall without internet."""

import argparse
import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rembuk.cli.django_setup import choose, make_folder, prepare
from rembuk.core.errors import RembukError
from rembuk.core.hall.package import Opened, check_fit, open_package
from rembuk.hall import opening, saving
from rembuk.hall.network import own_address
from rembuk.hall.venue_files import DATABASE, VENUE
from rembuk.hall.version import program_version, schema

HELP = "menjalankan musyawarah di balai dari paket bertanda tangan, tanpa internet"
PORT = 8030


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paket", type=Path, nargs="?", metavar="PAKET", help="paket dari peladen, atau berkas terakhir")
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 agar HP di balai bisa membuka halamannya")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--data", type=Path, default=None, help="folder balai (bawaan: data/balai di samping program)")
    parser.add_argument("--desa", default="", metavar="KODE", help="tolak paket desa lain")
    parser.add_argument("--kunci", default="", metavar="SIDIK", help="sidik peladen yang tampil di halaman musyawarah")
    parser.add_argument("--simpan", type=Path, default=None, help="folder kedua untuk berkas terakhir, misalnya USB")
    parser.add_argument("--siapkan", action="store_true", help="siapkan laptop ini sekali, selagi ada internet")
    parser.add_argument("--tanpa-peramban", action="store_true", help="jangan membuka peramban")


def run(options: argparse.Namespace) -> int:
    base = base_of(options)
    if options.siapkan:
        empty = prepared(base)
        print(f"Laptop siap untuk balai. Cadangan kosong: {empty}")
        return 0
    if options.paket is None:
        print("rembuk: tulis paketnya, misalnya ./rembuk hall balai-64.02.zip, atau --siapkan.", file=sys.stderr)
        return 2
    if not options.paket.is_file():
        print(f"rembuk: {options.paket} tidak ada. Tidak ada yang berubah.", file=sys.stderr)
        return 1
    try:
        folder = opened_folder(options, base)
    except RembukError as error:
        print(f"rembuk: {worded(error, base)}", file=sys.stderr)
        return 1
    return serve(options, folder)


def base_of(options: argparse.Namespace) -> Path:
    from rembuk.config import env  # reads the environment, which a caller may have set first

    return Path(options.data or env.ROOT / "data" / "balai").expanduser().resolve()


def opened_folder(options: argparse.Namespace, base: Path) -> Path:
    """Return the folder of the hall, made from the package or the last file unless it is there. Raises: RembukError."""
    make_folder(base)
    if saving.is_last_file(options.paket):
        return reopened(options.paket, base)
    opened = open_package(options.paket.read_bytes())
    folder = base / str(opened.manifest["id"])
    going_on = (folder / VENUE).exists()
    at = opening.moment_for(opened.manifest, datetime.now(UTC))
    # A hall that was opened in time goes on, also past the day of its package.
    check_fit(
        opened.manifest,
        program=program_version(),
        schema=schema(),
        at=datetime.fromisoformat(str(opened.manifest["issued_at"])) if going_on else at,
        village=options.desa,
    )
    opening.trust(base, opened, options.kunci)
    if not going_on:
        made(folder, base, opened)
    else:
        print("Melanjutkan balai yang sudah dibuka di laptop ini.", flush=True)
    return folder


def made(folder: Path, base: Path, opened: Opened) -> None:
    opening.lay_out(folder, prepared(base))
    prepare("balai", folder)
    from django.db import connections  # Django is set up on the line above

    count = opening.fill(folder, opened)
    connections.close_all()
    print(f"Paket dibuka: {opened.manifest['village']['name']}, {count} baris. Sidik peladen: {opened.fingerprint}")


def reopened(path: Path, base: Path) -> Path:
    """Return the folder of the hall in a last file; one that is here already is kept under another name."""
    told = saving.venue_in(path)
    check_fit(
        told,
        program=program_version(),
        schema=schema(),
        at=datetime.fromisoformat(str(told["issued_at"])),
    )
    folder = base / str(told["id"])
    if (folder / VENUE).exists():
        aside = folder.with_name(f"{folder.name}-disimpan-{datetime.now(UTC):%Y%m%d%H%M%S}")
        folder.rename(aside)
        print(f"Balai yang ada di laptop ini disimpan di {aside}.")
    opening.lay_out(folder, prepared(base))
    for left in folder.glob(f"{DATABASE}*"):
        left.unlink()
    saving.restore(path, folder)
    print("Dibuka dari berkas terakhir.", flush=True)
    return folder


def prepared(base: Path) -> Path:
    """Return the empty database of this version of the program, made once: it takes a minute, no internet.

    One that was broken off goes on where it stood.
    """
    empty = base / f"kosong-{schema()}"
    if (empty / "utuh").exists():
        return empty
    print("Menyiapkan laptop ini, sekali saja (sekitar satu menit) ...", file=sys.stderr, flush=True)
    make_folder(base)
    make_folder(empty)
    # In a process of its own: this one goes on with another folder.
    import subprocess  # only here

    code = (
        "import sys; from pathlib import Path; from rembuk.cli.django_setup import prepare; "
        "folder = Path(sys.argv[1]); prepare('balai', folder); "
        "from rembuk.cli.setup import bring_up_to_date; bring_up_to_date(folder)"
    )
    subprocess.run([sys.executable, "-c", code, str(empty)], check=True, env=environment())
    (empty / "utuh").touch()
    return empty


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REMBUK_DATA")}


def serve(options: argparse.Namespace, folder: Path) -> int:
    """Serve the hall until it is stopped; keep the last file meanwhile."""
    os.environ.pop("DATABASE_URL", None)  # a hall never touches another database
    os.environ["REMBUK_HOSTS"] = "*"  # phones come by whatever address this laptop has in the hall
    choose("balai", folder)
    from rembuk.cli.server import run_server
    from rembuk.cli.setup import is_current
    from rembuk.hall.venue import read_venue

    if not is_current(folder):
        prepare("balai", folder)
        from rembuk.cli.setup import bring_up_to_date

        bring_up_to_date(folder)
    venue = read_venue(folder)
    if venue is None:
        print("rembuk: folder balai ini tidak utuh. Buka lagi paketnya.", file=sys.stderr)
        return 1
    tell(options, venue, folder)
    places = [folder, *([options.simpan] if options.simpan is not None else [])]
    stop = threading.Event()
    keeper = threading.Thread(target=saving.keep_saving, args=(folder, places, stop), daemon=True)
    keeper.start()
    try:
        return run_server(host=options.host, port=options.port, workers=1, browser=not options.tanpa_peramban)
    finally:
        stop.set()
        keeper.join(timeout=30)
        saving.save(folder, places)


def tell(options: argparse.Namespace, venue: Any, folder: Path) -> None:
    import segno  # only here

    local = options.host in ("127.0.0.1", "localhost")
    host = "127.0.0.1" if local else own_address() if options.host == "0.0.0.0" else options.host  # noqa: S104
    print(f"Balai: {venue.title}")
    print(f"Petugas: http://127.0.0.1:{options.port}/balai/masuk/")
    address = f"http://{host}:{options.port}/balai/hp/{venue.room}/"
    print(f"HP di balai: {address}")
    if not local:
        segno.make(address, error="m").terminal(compact=True)
    print(f"Berkas terakhir: {folder / saving.NAME}", flush=True)


def worded(error: RembukError, base: Path) -> str:
    """Return the sentence of a refusal; words want Django, not a database."""
    prepare("balai", base)
    from rembuk.shared.wording import sentence

    return sentence(error)
