"""Dana Desa rules as one pack per budget year. A year without a pack is "belum dimuat", never last year's again.

Source: Permendesa PDT 2/2024, PMK 108/2024 and PMK 81/2025 (2025); Permendesa PDT 16/2025 and PMK 7/2026 (2026).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from rembuk.core.errors import Severity
from rembuk.core.law.dated import Certainty
from rembuk.core.money import Rupiah

RuleKind = Literal["MIN_PCT", "MAX_PCT", "MAX_AMOUNT", "MUST_TAG", "NOTE"]
RuleBase = Literal["DD_TOTAL", "DD_REGULAR", "FAMILY_MONTH", ""]

TAG_CASH_AID: Final = "blt"
TAG_FOOD: Final = "pangan"
TAG_OPERATIONS: Final = "operasional"
TAG_CLIMATE: Final = "iklim"
TAG_HEALTH: Final = "kesehatan"
TAG_COOPERATIVE: Final = "kdmp"
TAG_CASH_FOR_WORK: Final = "infrastruktur_pkt"
TAG_DIGITAL: Final = "digital"
TAG_OTHER: Final = "sektor_lain"

FOCUSES_2026: Final[dict[str, str]] = {
    TAG_CASH_AID: "Penanganan kemiskinan ekstrem (BLT Desa)",
    TAG_CLIMATE: "Ketahanan iklim dan bencana",
    TAG_HEALTH: "Layanan dasar kesehatan, termasuk stunting",
    TAG_FOOD: "Ketahanan pangan, energi, dan lembaga ekonomi Desa lainnya",
    TAG_COOPERATIVE: "Dukungan Koperasi Desa Merah Putih",
    TAG_CASH_FOR_WORK: "Infrastruktur dengan Padat Karya Tunai Desa",
    TAG_DIGITAL: "Infrastruktur digital dan teknologi",
    TAG_OTHER: "Sektor prioritas lainnya di Desa",
}
"""The eight focuses of Permendesa PDT 16/2025 Pasal 2, by tag."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule of a year's pack.

    value: a share of *base* for the percent kinds, whole rupiah for MAX_AMOUNT, nothing for the rest.
    tags: the item tags it counts (MUST_TAG: one of them is needed). enforced: whether it may block; rows whose value is
    not confirmed are loaded, shown and never enforced. note: what a reader must know, in Indonesian.
    """

    code: str
    kind: RuleKind
    title: str
    source: str
    certainty: Certainty
    severity: Severity
    enforced: bool
    base: RuleBase = ""
    share: Fraction | None = None
    amount: Rupiah | None = None
    tags: frozenset[str] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True)
class RulePack:
    """All Dana Desa rules of one budget year, in the order they are shown."""

    year: int
    rows: tuple[RuleRow, ...]

    def row(self, code: str) -> RuleRow:
        """Return the row with that code. Raises: KeyError."""
        for row in self.rows:
            if row.code == code:
                return row
        raise KeyError(code)


PACK_2025: Final = RulePack(
    2025,
    (
        RuleRow(
            code="DD25-BLT",
            kind="MAX_PCT",
            title="BLT Desa paling banyak 15% Dana Desa",
            source="Permendesa PDT 2/2024; PMK 108/2024",
            certainty="seen",
            severity="block",
            enforced=True,
            base="DD_TOTAL",
            share=Fraction(15, 100),
            tags=frozenset({TAG_CASH_AID}),
        ),
        RuleRow(
            code="DD25-PANGAN",
            kind="MIN_PCT",
            title="Ketahanan pangan paling sedikit 20% Dana Desa",
            source="Permendesa PDT 2/2024 Pasal 7 ayat (4)",
            certainty="seen",
            severity="block",
            enforced=True,
            base="DD_TOTAL",
            share=Fraction(20, 100),
            tags=frozenset({TAG_FOOD}),
        ),
        RuleRow(
            code="DD25-OPS",
            kind="MAX_PCT",
            title="Operasional Pemerintah Desa paling banyak 3% Dana Desa",
            source="Permendesa PDT 2/2024",
            certainty="seen",
            severity="block",
            enforced=True,
            base="DD_TOTAL",
            share=Fraction(3, 100),
            tags=frozenset({TAG_OPERATIONS}),
        ),
        RuleRow(
            code="DD25-KDMP",
            kind="NOTE",
            title="Dukungan Koperasi Desa Merah Putih menjadi syarat",
            source="PMK 81/2025",
            certainty="seen",
            severity="note",
            enforced=False,
            tags=frozenset({TAG_COOPERATIVE}),
        ),
    ),
)

PACK_2026: Final = RulePack(
    2026,
    (
        RuleRow(
            code="DD26-FOKUS",
            kind="MUST_TAG",
            title="Setiap kegiatan Dana Desa diberi salah satu dari delapan fokus",
            source="Permendesa PDT 16/2025 Pasal 2",
            certainty="seen",
            severity="block",
            enforced=True,
            base="DD_REGULAR",
            tags=frozenset(FOCUSES_2026) | {TAG_OPERATIONS},
            note="Operasional Pemerintah Desa punya batasnya sendiri dan tidak perlu fokus.",
        ),
        RuleRow(
            code="DD26-BLT-KPM",
            kind="MAX_AMOUNT",
            title="BLT Desa paling banyak Rp300.000 per keluarga per bulan, sekali bayar paling banyak tiga bulan",
            source="Permendesa PDT 16/2025",
            certainty="seen",
            severity="block",
            enforced=True,
            base="FAMILY_MONTH",
            amount=Rupiah(300_000),
            tags=frozenset({TAG_CASH_AID}),
            note="Penerima diputuskan Musdes dari data pemerintah.",
        ),
        RuleRow(
            code="DD26-OPS",
            kind="MAX_PCT",
            title="Operasional Pemerintah Desa paling banyak 3% Dana Desa",
            source="Permendesa PDT 16/2025",
            certainty="uncertain",
            severity="block",
            enforced=True,
            base="DD_REGULAR",
            share=Fraction(3, 100),
            tags=frozenset({TAG_OPERATIONS}),
            note="Angka 3% sudah dibaca, dasar hitungnya belum; dipakai dasar yang lebih kecil (Dana Desa reguler).",
        ),
        RuleRow(
            code="DD26-KDMP",
            kind="NOTE",
            title="58,03% Dana Desa setiap Desa untuk KDMP, langsung dari kas negara ke rekening penampungan",
            source="PMK 7/2026 Pasal 15 ayat (3)",
            certainty="seen",
            severity="note",
            enforced=False,
            base="DD_TOTAL",
            share=Fraction(5803, 10_000),
            tags=frozenset({TAG_COOPERATIVE}),
            note="Rupiahnya diambil dari surat kabupaten, tidak pernah dihitung sendiri; tidak direncanakan warga.",
        ),
        RuleRow(
            code="DD26-KDMP-P",
            kind="NOTE",
            title="Dukungan KDMP dicatat dalam APB Desa Perubahan",
            source="PMK 7/2026",
            certainty="seen",
            severity="note",
            enforced=False,
            tags=frozenset({TAG_COOPERATIVE}),
        ),
        RuleRow(
            code="DD26-BLT",
            kind="MAX_PCT",
            title="Batas 15% untuk BLT Desa belum dipastikan berlaku pada 2026",
            source="Permendesa PDT 2/2024 (aturan 2025)",
            certainty="uncertain",
            severity="note",
            enforced=False,
            base="DD_TOTAL",
            share=Fraction(15, 100),
            tags=frozenset({TAG_CASH_AID}),
        ),
        RuleRow(
            code="DD26-PANGAN",
            kind="MIN_PCT",
            title="Batas 20% untuk ketahanan pangan belum dipastikan berlaku pada 2026",
            source="Permendesa PDT 2/2024 (aturan 2025)",
            certainty="uncertain",
            severity="note",
            enforced=False,
            base="DD_TOTAL",
            share=Fraction(20, 100),
            tags=frozenset({TAG_FOOD}),
        ),
        RuleRow(
            code="DD26-INDEKS",
            kind="NOTE",
            title="Fokus dipilih menurut rekomendasi Indeks Desa dan kewenangan Desa",
            source="Permendesa PDT 16/2025",
            certainty="seen",
            severity="note",
            enforced=False,
        ),
    ),
)

RULE_PACKS: Final[dict[int, RulePack]] = {pack.year: pack for pack in (PACK_2025, PACK_2026)}

NOT_LOADED: Final = "belum dimuat"


def rule_pack(budget_year: int) -> RulePack | None:
    """Return the pack of that budget year, or nothing when it is not loaded (shown as "belum dimuat")."""
    return RULE_PACKS.get(budget_year)


_FOCUS_BY_CODE: Final[tuple[tuple[str, str], ...]] = (
    ("1.1.08", TAG_OPERATIONS),
    ("2.3.21", TAG_COOPERATIVE),
    ("2.6.02", TAG_DIGITAL),
    ("2.6.03", TAG_DIGITAL),
    ("5.3", TAG_CASH_AID),
    ("5.1", TAG_CLIMATE),
    ("5.2", TAG_CLIMATE),
    ("2.2", TAG_HEALTH),
    ("2.3", TAG_CASH_FOR_WORK),
    ("2.4", TAG_CASH_FOR_WORK),
    ("2.5", TAG_CLIMATE),
    ("2.7", TAG_FOOD),
    ("4.1", TAG_FOOD),
    ("4.2", TAG_FOOD),
    ("4.5", TAG_FOOD),
    ("4.7", TAG_FOOD),
)


def suggested_focus(activity_code: str) -> str:
    """Return the focus tag an activity code most likely means; a person confirms it, nothing stores it silently.

    The longest matching prefix wins; what no row names is "sektor lain". Source: a setting of Rembuk, not of the law.
    """
    matches = [
        (len(prefix), tag)
        for prefix, tag in _FOCUS_BY_CODE
        if activity_code == prefix or activity_code.startswith(prefix + ".")
    ]
    return max(matches)[1] if matches else TAG_OTHER


@dataclass(frozen=True, slots=True)
class LocalRule:
    """A rule of one regency about one of its own sources."""

    code: str
    regency: str
    source_code: str
    program_tag: str
    title: str
    source: str
    certainty: Certainty
    from_year: int
    amount_per_rt: Rupiah | None = None


LOCAL_RULES: Final[tuple[LocalRule, ...]] = (
    LocalRule(
        code="KUKAR-RTKU",
        regency="64.02",
        source_code="PBK",
        program_tag="RTKU",
        title="Program RT paling banyak Rp150.000.000 per RT per tahun, tidak mendobel kegiatan ADD atau Dana Desa",
        source="Kebijakan Bupati Kutai Kartanegara 2026 (teks aturan belum dibaca); sebelumnya Perbup Kukar 63/2021",
        certainty="uncertain",
        from_year=2026,
        amount_per_rt=Rupiah(150_000_000),
    ),
)
