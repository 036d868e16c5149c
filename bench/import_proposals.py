"""Import of 10,000 proposals from XLSX and CSV: seconds and megabytes, each in a fresh process.

Run ``python bench/import_proposals.py``; prints one JSON line per format. Targets: 10 s and 300 MB.
"""

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

ROWS = 10_000
SECONDS, MEGABYTES = 10.0, 300.0
_HEAD = (
    "No",
    "Usulan",
    "Dusun",
    "Lokasi",
    "Volume",
    "Satuan",
    "LK",
    "PR",
    "A-RTM",
    "Biaya (Rp)",
    "Sumber Dana",
    "Pengusul",
)
_NEEDS = ("Semenisasi jalan", "Pembuatan parit", "Penggantian titian ulin", "Sumur bor", "Pelatihan kelompok tani")
_COSTS = ("Rp 96.000.000,-", "145.000.000", 64_250_000, "2.500.000-4.000.000", None, "18.000.000,00")


def _row(index: int) -> list[str | int | None]:
    need = _NEEDS[index % len(_NEEDS)]
    cost = _COSTS[index % len(_COSTS)]
    place = (f"Dusun {index % 7 + 1}", f"RT {index % 31 + 1:02d}")
    return [
        index + 1,
        f"{need} nomor {index} dekat sungai",
        *place,
        index % 400 + 1,
        "m",
        10,
        12,
        3,
        cost,
        "ADD",
        "Musdus",
    ]


def make_xlsx() -> bytes:
    """Return a workbook of ``ROWS`` proposals."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Usulan")
    sheet.write_row(0, 0, _HEAD)
    for index in range(ROWS):
        sheet.write_row(index + 1, 0, _row(index))
    book.close()
    return stream.getvalue()


def make_csv() -> bytes:
    """Return the same list as CSV with semicolons."""
    lines = [";".join(_HEAD)]
    lines += [";".join("" if cell is None else str(cell) for cell in _row(index)) for index in range(ROWS)]
    return "\n".join(lines).encode("utf-8")


def measure(path: Path) -> dict[str, float | int | str]:
    """Read *path* in this process and return what it took."""
    from rembuk.core.intake.lists import read_list  # imported here, so that the memory counted is this process's alone
    from rembuk.shared.sheets import read_file

    began = time.perf_counter()
    reading = read_list(read_file(path))
    seconds = time.perf_counter() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "file": path.suffix,
        "rows": len(reading.accepted),
        "seconds": round(seconds, 2),
        "megabytes": round(megabytes, 1),
        "of_seconds": round(seconds / SECONDS, 3),
        "of_megabytes": round(megabytes / MEGABYTES, 3),
    }


def main() -> list[tuple[str, float, float]]:
    """Return (what, measured, target) of both formats, each read in a process of its own."""
    rows: list[tuple[str, float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("usulan.xlsx", make_xlsx()), ("usulan.csv", make_csv())):
            path = Path(folder) / name
            path.write_bytes(content)
            done = subprocess.run([sys.executable, __file__, str(path)], capture_output=True, text=True, check=True)
            result = json.loads(done.stdout)
            rows.append((f"membaca 10.000 usulan, {name}: bagian dari 10 dtk", result["of_seconds"], 1))
            rows.append((f"membaca 10.000 usulan, {name}: bagian dari 300 MB", result["of_megabytes"], 1))
    return rows


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
