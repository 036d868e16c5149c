"""Reason codes for what became of a proposal; a code always travels with a sentence.

Source: reason codes are Rembuk's own setting, in the order of the planning procedure.
"""

from typing import Final

CHOSEN: Final = "ALOK-01"
CEILING_USED_UP: Final = "ALOK-02"
DEARER_THAN_SOURCES: Final = "ALOK-03"
RULE_ROW: Final = "ALOK-04"
EXCLUDED: Final = "ALOK-05"
PREREQUISITE_MISSING: Final = "ALOK-06"
SET_BY_MEETING: Final = "ALOK-07"
FEASIBLE: Final = "PRIK-01"
NOT_FEASIBLE: Final = "PRIK-02"
DATA_LACKING: Final = "PRIK-03"
COST_UNREADABLE: Final = "BIAYA-KOSONG"
BEYOND_AUTHORITY: Final = "WENANG-01"
MERGED: Final = "GABUNG-01"
DUPLICATE_NEED: Final = "ULANG-01"
AGAINST_LAW: Final = "TOLAK-01"
ABUSE: Final = "TOLAK-02"
WITHDRAWN: Final = "TARIK-01"

REASON_CODES: Final[dict[str, str]] = {
    CHOSEN: "Terpilih: pagu mencukupi menurut urutan peringkat.",
    CEILING_USED_UP: "Belum terpilih: pagu sumber yang boleh membiayai sudah habis.",
    DEARER_THAN_SOURCES: "Belum terpilih: biayanya lebih besar daripada seluruh pagu sumber yang boleh membiayai.",
    RULE_ROW: "Belum terpilih: dibatasi aturan penggunaan dana tahun itu.",
    EXCLUDED: "Belum terpilih: usulan lain yang menggantikannya sudah terpilih.",
    PREREQUISITE_MISSING: "Belum terpilih: kegiatan yang harus ada lebih dulu belum terpilih.",
    SET_BY_MEETING: "Ditetapkan oleh musyawarah dengan alasan tertulis.",
    FEASIBLE: "Hasil pemeriksaan lapangan: layak.",
    NOT_FEASIBLE: "Hasil pemeriksaan lapangan: tidak layak.",
    DATA_LACKING: "Data usulan belum cukup untuk diperiksa.",
    COST_UNREADABLE: "Biaya kosong atau tidak terbaca sebagai satu angka; usulan tetap disimpan dan dapat dilengkapi.",
    BEYOND_AUTHORITY: "Di luar kewenangan Desa; diteruskan ke kabupaten, provinsi atau pusat melalui DU-RKP.",
    MERGED: "Digabung dengan usulan lain; kedua pengusul diberi tahu.",
    DUPLICATE_NEED: "Kebutuhan yang sama sudah diusulkan.",
    AGAINST_LAW: "Bertentangan dengan peraturan.",
    ABUSE: "Bukan usulan: hinaan, iklan atau isian asal.",
    WITHDRAWN: "Ditarik oleh pengusulnya.",
}
"""Code -> the general sentence; rooms that know more (allocation) word it more closely."""

TERMINAL_REASONS: Final[dict[str, frozenset[str]]] = {
    "planned": frozenset({CHOSEN, SET_BY_MEETING}),
    "forwarded": frozenset({BEYOND_AUTHORITY}),
    "shelved": frozenset(
        {
            CEILING_USED_UP,
            DEARER_THAN_SOURCES,
            RULE_ROW,
            EXCLUDED,
            PREREQUISITE_MISSING,
            SET_BY_MEETING,
            NOT_FEASIBLE,
            DATA_LACKING,
            COST_UNREADABLE,
        }
    ),
    "declined": frozenset({AGAINST_LAW, ABUSE, DUPLICATE_NEED, NOT_FEASIBLE, SET_BY_MEETING}),
    "merged": frozenset({MERGED, DUPLICATE_NEED}),
    "withdrawn": frozenset({WITHDRAWN}),
}
"""Terminal state of a proposal -> the codes that may explain it."""
