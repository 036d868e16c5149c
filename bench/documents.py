"""CPU seconds of an RKP matrix (F26) with 300 items as PDF, XLSX and DOCX; the PDF's child process is counted in."""

import os
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from rembuk.core.documents.frame import Frame, Person, VillageHeading
from rembuk.core.documents.model import Document
from rembuk.core.documents.rkpdes import MODES, FundedPart, RkpdesLine, RkpdesValues, build_rkpdes
from rembuk.core.money import Rupiah
from rembuk.documents.renderers.docx import render_docx
from rembuk.documents.renderers.pdf import render_pdf
from rembuk.documents.renderers.xlsx import render_xlsx

ROWS = 300
REPEATS = 3


def matrix(rows: int = ROWS) -> Document:
    """An invented plan; every twentieth item is paid from two sources."""
    village = VillageHeading("Hulu Contoh", "Muara Contoh", "Kutai Kartanegara", "Kalimantan Timur")
    lines = []
    for index in range(rows):
        funding = [FundedPart("DDS", Rupiah(18_700_000 + 500 * index))]
        if index % 20 == 0:
            funding.append(FundedPart("ADD", Rupiah(22_600_000)))
        lines.append(
            RkpdesLine(
                field=1 + index % 5,
                activity=f"Semenisasi jalan gang dan rehabilitasi titian ulin RT {index % 9 + 1:02} tahap {index + 1}",
                location="Dusun Tengah RT 03",
                quantity=Decimal("240.5"),
                unit="m",
                target="warga RT dan pelajar",
                schedule="Maret-Juni 2027",
                funding=tuple(funding),
                mode=MODES[index % 3],
                implementer="TPK Dusun Hulu",
            )
        )
    frame = Frame(
        village, date(2026, 9, 28), number="4 Tahun 2026", verify_url="https://rembuk.example/periksa/7K3MZ8QW4T"
    )
    return build_rkpdes(RkpdesValues(frame, 2027, tuple(lines), Person("Kepala Desa"), Person("Ketua Tim")))


def cpu() -> float:
    """CPU seconds of this process and of the children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def seconds(act: Callable[[], object]) -> float:
    """The best of a few runs, after one to warm up the imports; other work on the machine only ever adds to it."""
    act()
    taken = []
    for _ in range(REPEATS):
        before = cpu()
        act()
        taken.append(cpu() - before)
    return round(min(taken), 3)


def main() -> list[tuple[str, float, float]]:
    """Measure; returns (name, CPU seconds, target) per format."""
    document = matrix()
    return [
        (f"RKP {ROWS} baris, PDF arsip bertanda (PDF/A)", seconds(lambda: render_pdf([document], archive=True)), 0.6),
        (f"RKP {ROWS} baris, PDF ringan", seconds(lambda: render_pdf([document], tagged=False)), 0.6),
        (f"RKP {ROWS} baris, XLSX", seconds(lambda: render_xlsx([document])), 0.1),
        (f"RKP {ROWS} baris, DOCX", seconds(lambda: render_docx([document])), 0.15),
    ]


if __name__ == "__main__":
    results = main()
    for name, value, target in results:
        sys.stdout.write(f"{name}: {value:.3f} s CPU, target {target:.2f}, {value / target:.2f}\n")
    sys.exit(any(value > target for _, value, target in results))
