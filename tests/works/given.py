"""A stored budget with two physical activities, one other and an emergency, and a photo."""

import io
from datetime import UTC, datetime

from PIL import Image

from budgeting.apb_given import budget, enacted_plan
from plans.given import hat_at
from rembuk.budgeting import services as budgets
from rembuk.cycles.models import Cycle
from rembuk.works import services
from rembuk.works.models import Work
from rembuk.works.queries import board_of
from rembuk.works.services import ClosingValues, ProgressValues, Uploaded

BROUGHT = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
NOW = datetime(2027, 6, 10, 2, 0, tzinfo=UTC)
TODAY = NOW.date()
LINES = (
    ("1.1.01", "Penghasilan tetap kepala desa", "Kantor Desa", "60.000.000", "ADD"),
    ("2.3.11", "Titian ulin RT 02", "Dusun Tengah", "100.000.000", "DDS"),
    ("2.3.11", "Titian ulin RT 05", "Dusun Hulu", "80.000.000", "DDS"),
    ("2.3.11", "Titian ulin RT 05", "Dusun Hulu", "20.000.000", "ADD"),
    ("5.3.00", "BLT Desa", "Desa", "36.000.000", "DDS"),
)
EMERGENCY_ROW = "11"


def stored_budget(cycle: Cycle, origins=None):
    """Bring the lines in and store them; the emergency gets its reason. origins: as `enacted_plan` has them."""
    office = hat_at(cycle.village.place, "SDK")
    enacted_plan(cycle, origins=origins)
    batch = budgets.upload_apbdes(cycle_id=cycle.pk, content=budget(*LINES), name="apb.csv", actor=office, at=BROUGHT)
    budgets.choose_items(
        import_id=batch.pk, choices={EMERGENCY_ROW: "darurat"}, reasons={EMERGENCY_ROW: "Banjir"}, actor=office, at=NOW
    )
    return budgets.save_apbdes(import_id=batch.pk, actor=office, at=BROUGHT)


def opened(cycle: Cycle) -> dict[str, Work]:
    """Open every work. Returns name -> work."""
    office = hat_at(cycle.village.place, "SDK")
    services.open_works(cycle_id=cycle.pk, keys=None, actor=office, at=NOW)
    return {row.name: row.work for row in board_of(cycle, TODAY) if row.work is not None}


def photo(color: str = "green") -> bytes:
    """A photo of 1600 x 1200 that carries a place in its hidden data."""
    out = io.BytesIO()
    picture = Image.new("RGB", (1600, 1200), color)
    exif = Image.Exif()
    exif[0x010E] = "rahasia"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def progress(percent: int, day: str = "2027-06-01", **more: object) -> ProgressValues:
    own: dict[str, object] = {"photo": Uploaded(photo(), f"foto-{percent}.jpg"), **more}
    return ProgressValues(seen_date=day, percent=str(percent), **own)  # type: ignore[arg-type]


MINUTES = ClosingValues(
    minutes_number="027/BAST/2027",
    minutes_date="2027-06-09",
    keeper="Kelompok pengelola titian",
    file=Uploaded(b"%PDF-1.4 berita acara", "bast.pdf"),
)
