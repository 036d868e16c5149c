"""The rows that go to Siskeudes: one per plan item and source, and the lines of the estimates below them."""

import hashlib
import json
from collections.abc import Sequence

from rembuk.plans.labels import MODES
from rembuk.plans.models import RkpdesItem
from rembuk.plans.typed import number_text
from rembuk.shared.sheets import xlsx_bytes

HEADER = (
    "activity_code",
    "package_name",
    "location",
    "volume",
    "unit",
    "beneficiaries_male",
    "beneficiaries_female",
    "beneficiaries_poor",
    "schedule",
    "implementer",
    "pattern",
    "source_code",
    "amount",
    "sdgs",
    "dd_focus",
    "rkp_item_id",
)
ESTIMATE_HEADER = (
    "activity_code",
    "account_code",
    "description",
    "volume",
    "unit",
    "unit_price",
    "amount",
    "section",
    "community_contribution",
    "rkp_item_id",
)
GUIDE = (
    ("activity_code", "Kode kegiatan Permendagri 20/2018, misalnya 2.3.11"),
    ("package_name", "Nama paket seperti dalam RKP Desa yang ditetapkan"),
    ("beneficiaries_*", "Penerima manfaat laki-laki, perempuan, anggota rumah tangga miskin"),
    ("pattern", "Pola pelaksanaan"),
    ("source_code", "PAD, DDS, ADD, PBH, PBP, PBK, SWD atau DLL; satu baris untuk tiap sumber"),
    ("amount", "Rupiah utuh"),
    ("rkp_item_id", "Kunci kegiatan RKP. Biarkan utuh supaya baris APB kembali ke kegiatannya"),
)
SECTIONS = {1: "Bahan", 2: "Alat", 3: "Upah", 4: "Operasional"}
Cell = str | int | None


def activity_rows(items: Sequence[RkpdesItem]) -> list[tuple[Cell, ...]]:
    """Return a row per item and source, as prefetched by `plans.queries.items_of`; an unpaid item has one of zero."""
    rows: list[tuple[Cell, ...]] = []
    for item in items:
        money = [(each.source, each.amount) for each in item.fundings.all()] or [("", 0)]
        rows += [activity_row(item, source, amount) for source, amount in money]
    return rows


def activity_row(item: RkpdesItem, source: str, amount: int) -> tuple[Cell, ...]:
    return (
        item.activity_code,
        item.name,
        item.location,
        number_text(item.volume),
        item.unit,
        item.beneficiaries_male,
        item.beneficiaries_female,
        item.beneficiaries_poor,
        item.schedule,
        item.planned_implementer,
        str(MODES.get(item.delivery_mode, item.delivery_mode)),
        source,
        amount,
        ", ".join(str(goal) for goal in item.sdgs),
        item.dd_focus,
        str(item.id),
    )


def estimate_rows(items: Sequence[RkpdesItem]) -> list[tuple[Cell, ...]]:
    """Return the lines of every estimate, in the order of the plan."""
    return [
        (
            item.activity_code,
            line.account_code,
            line.description,
            number_text(line.volume),
            line.unit,
            line.unit_price,
            line.amount,
            SECTIONS.get(line.section, str(line.section)),
            "ya" if line.is_contribution else "",
            str(item.id),
        )
        for item in items
        for line in item.rab_lines.all()
    ]


def workbook(items: Sequence[RkpdesItem]) -> bytes:
    """Return the hand-over as XLSX: activities, estimates, and what the columns mean."""
    return xlsx_bytes(
        [
            ("Kegiatan", HEADER, activity_rows(items)),
            ("RAB", ESTIMATE_HEADER, estimate_rows(items)),
            ("Petunjuk", ("kolom", "isi"), GUIDE),
        ]
    )


def rows_digest(items: Sequence[RkpdesItem]) -> str:
    """Return the SHA-256 of what is handed over, whatever day the file is written."""
    value = [activity_rows(items), estimate_rows(items)]
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
