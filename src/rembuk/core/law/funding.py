"""Funding sources a plan may use, and the order in which they are filled when a list names none.

Source: Permendagri 114/2014 Pasal 47 (classes of funding); the order is a setting of Rembuk, not of the law.
"""

from typing import Final

FUNDING_SOURCES: Final[dict[str, str]] = {
    "PAD": "Pendapatan Asli Desa",
    "DDS": "Dana Desa (APBN)",
    "PBH": "Bagi Hasil Pajak dan Retribusi Daerah",
    "ADD": "Alokasi Dana Desa",
    "PBP": "Bantuan Keuangan Provinsi",
    "PBK": "Bantuan Keuangan Kabupaten",
    "SWD": "Swadaya Masyarakat Desa",
    "DLL": "Pendapatan Lain-lain yang Sah",
}

FILL_ORDER: Final[tuple[str, ...]] = ("PBK", "DDS", "ADD", "PBH", "PBP", "PAD")
"""Earmarked and outside money first, the village's own money last."""

NOT_BY_DEFAULT: Final[frozenset[str]] = frozenset({"SWD", "DLL"})
"""Sources that pay only where a proposal names them."""
