"""Hand over what was made in a hall: as signed envelopes to the server, or as a file for a cable."""

import argparse
import json
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from rembuk.cli.django_setup import prepare
from rembuk.hall.venue_files import KEY, START, VENUE

HELP = "menyerahkan hasil dari balai ke peladen"
AT_ONCE = 25
TIMEOUT_SECONDS = 60


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=None, help="folder balai (bawaan: data/balai di samping program)")
    parser.add_argument("--ke", default="", metavar="URL", help="alamat peladen; bawaan yang tertulis dalam paket")
    parser.add_argument("--berkas", type=Path, default=None, help="tulis amplopnya ke berkas zip, tanpa mengirim")


def run(options: argparse.Namespace) -> int:
    from rembuk.config import env  # reads the environment, which a caller may have set first

    base = Path(options.data or env.ROOT / "data" / "balai").expanduser().resolve()
    folders = sorted(path.parent for path in (*base.glob(VENUE), *base.glob(f"*/{VENUE}")))
    folders = [path for path in folders if "-disimpan-" not in path.name]
    if len(folders) != 1:
        print(f"rembuk: di {base} ada {len(folders)} balai. Tulis foldernya dengan --data.", file=sys.stderr)
        return 2
    folder = folders[0]
    prepare("balai", folder)
    from rembuk.hall.beginning import read_beginning
    from rembuk.hall.homing import Homing, cable, envelopes
    from rembuk.hall.venue import read_venue

    venue = read_venue(folder)
    if venue is None or not venue.server_key:
        print("rembuk: paket ini tidak memuat kunci peladen, jadi tidak bisa diserahkan.", file=sys.stderr)
        return 1
    if not (folder / START).exists():
        print(
            f"rembuk: di {folder} tidak ada {START}, jadi tidak diketahui apa yang baru. Catatan di laptop "
            "ini tetap utuh. Buka lagi dari berkas terakhir dengan ./rembuk hall, lalu jalankan pulang.",
            file=sys.stderr,
        )
        return 1
    homing = Homing(venue, read_beginning((folder / START).read_bytes()))
    made = envelopes(homing, (folder / KEY).read_bytes())
    tell_what_stays(homing.stays())
    if not made:
        print("Belum ada catatan baru untuk diserahkan. Tidak ada yang dikirim.")
        return 0
    if options.berkas is not None:
        options.berkas.write_bytes(cable(made))
        print(f"{len(made)} catatan ditulis ke {options.berkas}; unggah di kantor, halaman Kiriman lapangan.")
        return 0
    return sent(made, (options.ke or venue.server).rstrip("/"))


def tell_what_stays(stays: list[tuple[str, int]]) -> None:
    """Say by name what does not travel, so that nobody believes that it came home."""
    if stays:
        print("Tidak ikut pulang, tetap ada di laptop ini dan di berkas terakhir; catat di kantor dari berita acara:")
        for name, count in stays:
            print(f"  {count} {name}")


def sent(made: list[dict[str, Any]], server: str) -> int:
    """Send everything, a few at a time; again changes nothing. 1: something did not arrive or is to be looked at."""
    states: dict[str, int] = {}
    for start in range(0, len(made), AT_ONCE):
        data = json.dumps({"envelopes": made[start : start + AT_ONCE]}).encode()
        request = urllib.request.Request(  # noqa: S310  # the address stands in a signed package or was typed
            f"{server}/api/lapangan/1/amplop", data, {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
                results = json.loads(answer.read())["results"]
        except (OSError, ValueError, KeyError) as error:
            print(
                f"rembuk: peladen {server} tidak menerima ({error}). {start} dari {len(made)} catatan sudah sampai; "
                "tidak ada yang hilang. Jalankan lagi bila sudah tersambung.",
                file=sys.stderr,
            )
            return 1
        for result in results:
            states[result["state"]] = states.get(result["state"], 0) + 1
            if result["state"] != "applied":
                print(f"{result['id']}: {result['state']} {result.get('message', '')}", file=sys.stderr)
    print(
        f"{len(made)} catatan sampai di {server}: " + ", ".join(f"{n} {state}" for state, n in sorted(states.items()))
    )
    return 0 if set(states) <= {"applied"} else 1
