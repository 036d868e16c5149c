"""An enacted plan, and budget files made of its rows."""

import csv
import io
import uuid
from datetime import date

from plans.given import NOW, TODAY, hat_at
from rembuk.cycles.models import Cycle
from rembuk.plans.models import ItemFunding, ItemProposal, RabLine, RkpdesItem, RkpdesVersion
from rembuk.shared.trail.testing import setting_up

ROWS = (
    ("1.1.01", "Penghasilan tetap kepala desa", "Kantor Desa", {"ADD": 60_000_000}),
    ("2.3.11", "Titian ulin RT 02", "Dusun Tengah", {"DDS": 100_000_000}),
    ("2.3.11", "Titian ulin RT 05", "Dusun Hulu", {"DDS": 80_000_000, "ADD": 20_000_000}),
    ("2.2.02", "Penyelenggaraan Posyandu", "Desa", {"DDS": 24_000_000}),
)
AMENDMENT = {
    "kind": "AMENDMENT",
    "ground": "CEILING_CHANGE",
    "ground_number": "900/77",
    "ground_date": TODAY,
    "ground_note": "Pagu turun.",
}
HEAD = ("KODE", "URAIAN", "LOKASI", "ANGGARAN", "SUMBER DANA")
FIELDS = {"1": "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", "2": "BIDANG PELAKSANAAN PEMBANGUNAN DESA"}


def enacted_plan(
    cycle: Cycle, rows=ROWS, version_no: int = 1, amends: RkpdesVersion | None = None, origins=None
) -> RkpdesVersion:
    """A plan of *rows*, enacted as the database wants it: written first, then sealed; items follow those they amend.

    origins: name of an activity -> the proposal that it came from.
    """
    day = date(2026, 9, 9)
    with setting_up():
        plan = RkpdesVersion.objects.create(
            village=cycle.village,
            cycle=cycle,
            version_no=version_no,
            supersedes=amends,
            **({} if amends is None else AMENDMENT),
        )
        for order, (code, name, place, money) in enumerate(rows, 1):
            item = RkpdesItem.objects.create(
                id=uuid.uuid5(plan.id, name),
                previous=amends.items.filter(name=name).first() if amends is not None else None,
                plan=plan,
                order=order,
                activity_code=code,
                name=name,
                location=place,
                is_physical=code.startswith("2.3"),
                volume=120 if code.startswith("2.3") else None,
                unit="m" if code.startswith("2.3") else "",
            )
            ItemFunding.objects.bulk_create(
                [ItemFunding(item=item, source=source, amount=amount) for source, amount in money.items()]
            )
            if name in (origins or {}):
                ItemProposal.objects.create(item=item, proposal=origins[name])
            total = sum(money.values())
            RabLine.objects.create(
                item=item, section=1, description="Bahan", volume=1, unit="paket", unit_price=total, amount=total
            )
        plan.state, plan.perdes_number, plan.content_hash = "enacted", "5 Tahun 2026", "0" * 64
        plan.perdes_date = plan.promulgated_date = day
        plan.enacted_at = NOW
        plan.save()
    return plan


def budget(*lines, head=HEAD, total=None) -> bytes:
    """A CSV as Siskeudes users keep it: title above, headings, activity lines, a sum below.

    lines: (code, name, place, amount, source) each.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    writer.writerow(["PEMERINTAH DESA MELINTANG"])
    writer.writerow(["RINCIAN APB DESA TAHUN ANGGARAN 2027"])
    writer.writerow([])
    writer.writerow(head)
    field = ""
    for code, name, place, amount, source in lines:
        if code[:1] in FIELDS and code[:1] != field:
            field = code[:1]
            writer.writerow([field, FIELDS[field], "", "", ""])
        writer.writerow([code, name, place, amount, source])
    if total is not None:
        writer.writerow(["", "JUMLAH BELANJA", "", total, ""])
    return stream.getvalue().encode()


def as_planned() -> tuple[tuple[str, str, str, str, str], ...]:
    """The lines of a budget that follows ROWS to the rupiah."""
    return tuple(
        (code, name, place, f"{amount:,}".replace(",", ".") + ",00", source)
        for code, name, place, money in ROWS
        for source, amount in money.items()
    )


__all__ = ["FIELDS", "HEAD", "NOW", "ROWS", "TODAY", "as_planned", "budget", "enacted_plan", "hat_at"]
