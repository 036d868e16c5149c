"""Serve a real office's data folder."""

import argparse
import os
import sys
from pathlib import Path

from rembuk.cli.django_setup import prepare

HELP = "menjalankan Rembuk untuk kantor (web dan pekerja latar)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="alamat yang didengarkan; 0.0.0.0 untuk seluruh jaringan kantor"
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--pekerja-web", type=int, default=2, help="banyaknya proses web")
    parser.add_argument(
        "--tanpa-pekerja", action="store_true", help="pekerja latar dijalankan terpisah dengan ./rembuk worker"
    )
    parser.add_argument(
        "--https",
        type=int,
        nargs="?",
        const=8443,
        metavar="PORTA",
        help="https dengan sertifikat buatan kantor sendiri (bawaan 8443); porta biasa membagikan sertifikatnya",
    )
    parser.add_argument("--data", type=Path, default=None, help="folder data (bawaan: data/kerja di samping program)")


def run(options: argparse.Namespace) -> int:
    from rembuk.config import env

    folder = (options.data or env.ROOT / "data" / "kerja").expanduser().resolve()
    if (folder / "contoh").exists():
        print(
            "rembuk: folder ini berisi data contoh. Pakai ./rembuk demo, atau ./rembuk init untuk data sungguhan.",
            file=sys.stderr,
        )
        return 2
    if not (folder / "kunci").exists():
        print(
            "rembuk: folder data belum disiapkan. Jalankan ./rembuk init --kabupaten KODE lebih dulu.", file=sys.stderr
        )
        return 1
    if options.https:
        os.environ["REMBUK_HTTPS"] = "sendiri"
    prepare("kerja", folder)
    from rembuk.cli.server import run_server
    from rembuk.cli.setup import bring_up_to_date
    from rembuk.regions.models import Regency

    bring_up_to_date(folder)
    if Regency.objects.filter(sample=True).exists():
        print("rembuk: basis data ini berisi data contoh; serve menolaknya. Pakai ./rembuk demo.", file=sys.stderr)
        return 2
    if options.https:
        return serve_secure(options, folder)
    return run_server(
        host=options.host, port=options.port, workers=options.pekerja_web, with_worker=not options.tanpa_pekerja
    )


def serve_secure(options: argparse.Namespace, folder: Path) -> int:
    """Serve by https under the office's own certificate; the ordinary port hands the certificate out."""
    from rembuk.cli.certificates import certificates, fingerprint
    from rembuk.cli.front_door import open_door
    from rembuk.cli.server import run_server
    from rembuk.config import env

    made = certificates(folder, env.hosts())
    try:
        door = open_door(
            host=options.host,
            port=options.port,
            secure_port=options.https,
            names=env.hosts(),
            authority=made.authority,
        )
    except OSError:
        print(f"rembuk: porta {options.port} sedang dipakai. Tambahkan --port dengan angka lain.", file=sys.stderr)
        return 2
    print(f"Sertifikat untuk HP dan laptop: http://{env.hosts()[0]}:{options.port}/percaya/", flush=True)
    print(f"Sidik sertifikat, untuk dicocokkan di HP: {fingerprint(made.authority)}", flush=True)
    try:
        return run_server(
            host=options.host,
            port=options.https,
            workers=options.pekerja_web,
            with_worker=not options.tanpa_pekerja,
            secure=made,
        )
    finally:
        door.shutdown()
