"""`./rembuk verify-trail`: checks the chain of seals; 0 when all is well, 1 when something is wrong."""

import argparse
import dataclasses
import json
import sys
from pathlib import Path

from rembuk.cli.django_setup import prepare
from rembuk.config import env

HELP = "periksa jejak: baris yang diubah, dihapus, disisipkan, atau belum disegel"
WORDS = {
    "altered": "baris jejak {entry} (segel {regency} nomor {seal}) diubah setelah disegel",
    "removed": "segel {regency} nomor {seal}: {detail}",
    "inserted": "baris jejak {entry} disisipkan: lebih tua dari segel terakhir tetapi tidak disegel",
    "personal": "nilai pribadi {detail} tidak cocok dengan sidiknya",
    "trigger": "tabel {detail} tidak punya pemicu jejak; jalankan ./rembuk manage migrate",
    "unknown-seal": "segel {detail} tidak ada dalam rantai",
}
SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="hasil untuk mesin")
    parser.add_argument("--mode", choices=env.MODES, default=env.mode(), help="demo, kerja, latihan, atau uji")
    parser.add_argument("--data", type=Path, help="folder data; tanpa ini folder dari mode")
    parser.add_argument("--segel", default="", metavar="SIDIK", help="segel yang pernah dicetak; harus masih ada")


def run(options: argparse.Namespace) -> int:
    """Verify the trail of this data folder and print what was found."""
    prepare(options.mode, options.data)
    # Django's models can be imported only now.
    from rembuk.shared.trail.verify import verify

    report = verify(known_hash=options.segel)
    if options.json:
        print(json.dumps({**dataclasses.asdict(report), "sound": report.sound}, ensure_ascii=False))
        return 0 if report.sound else 1
    print(f"{report.sealed_count} baris tersegel, {len(report.unsealed)} belum disegel.")
    if report.unsealed:
        shown = ", ".join(str(key) for key in report.unsealed[:SHOWN])
        print(f"Belum disegel: {shown}{' dan seterusnya' if len(report.unsealed) > SHOWN else ''}.")
    for regency, number, digest in report.last:
        print(f"Segel terakhir {regency or '(tanpa kabupaten)'}: nomor {number}, {digest}")
    for problem in report.problems:
        print(f"SALAH: {WORDS[problem.kind].format(**dataclasses.asdict(problem))}.", file=sys.stderr)
    print("Jejak utuh." if report.sound else f"Jejak TIDAK utuh: {len(report.problems)} temuan.")
    return 0 if report.sound else 1
