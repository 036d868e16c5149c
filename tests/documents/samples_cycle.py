"""One filled value of the forms of the yearly cycle that the regency's family B and its checklist ask for."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from documents.samples import CHAIR, HEAD, frame
from rembuk.core.documents import (
    completeness,
    cooperation,
    du_rkpdes,
    finance_summary,
    financing,
    priorities,
    sdgs_proposals,
)
from rembuk.core.documents.model import Document
from rembuk.core.documents.rkp_checklist import RKP_PAPERS
from rembuk.core.documents.rkpdes import Beneficiaries, FundedPart
from rembuk.core.documents.rpjm_checklist import RPJM_PAPERS
from rembuk.core.money import Rupiah

COUNTED = Beneficiaries(402, 391, 96)
TWO_SOURCES = (FundedPart("DDS", Rupiah(120_000_000)), FundedPart("ADD", Rupiah(22_600_000)))
GOALS = {5: "Keterlibatan Perempuan Desa", 9: "Infrastruktur dan Inovasi Desa Sesuai Kebutuhan", 11: "Kawasan Aman"}


def money(**amounts: int) -> dict[str, Rupiah]:
    return {source: Rupiah(amount) for source, amount in amounts.items()}


def plan_of_financing() -> Document:
    """F21 with a source that has no column of its own, and one activity without a field."""
    lines = (
        financing.FinancingLine(1, "Penghasilan tetap", money(ADD=396_000_000, PAD=4_000_000)),
        financing.FinancingLine(2, "Titian ulin RT 02", money(DDS=149_600_000, PBK=50_000_000, SWD=7_200_000)),
        financing.FinancingLine(2, "Sumur bor", money(PBP=90_000_000, PBH=1_250_001, DLL=3_000_000, SWD=500_000)),
        financing.FinancingLine(0, "Lampu jalan", money(DDS=10_000_000)),
    )
    return financing.build_financing(
        financing.FinancingValues(frame(), 2027, lines, HEAD, CHAIR, ("1 kegiatan belum berkode.",))
    )


def ranked() -> Document:
    """F22: chosen from two sources, chosen from one, not reached, and one without a cost."""
    line = priorities.PriorityLine
    lines = (
        line(2, 1, "Titian ulin", (9, 11), "120 m", "RT 02", Decimal("240.5"), "m", COUNTED, "Maret 2027",
             Rupiah(142_600_000), TWO_SOURCES),
        line(4, 2, "Pelatihan anyaman", (5,), "", "Desa", 2, "kali", COUNTED, "", Rupiah(18_000_000),
             (FundedPart("DDS", Rupiah(18_000_000)),)),
        line(2, 4, "Lapangan voli", (), "", "RT 07", 1, "unit", cost=Rupiah(65_000_000)),
        line(2, 3, "Drainase", (11,), "", "RT 03", 90, "m"),
    )  # fmt: skip
    return priorities.build_priorities(
        priorities.PriorityValues(frame(), 2027, lines, HEAD, CHAIR, ("1 usulan belum punya biaya.",))
    )


def by_goal() -> Document:
    """F23: a proposal of two goals, counted once; one without a goal."""
    line = sdgs_proposals.GoalLine
    lines = (
        line("Titian ulin", (9, 11), "Dusun Hilir", "RT 02", 180, "m", COUNTED, Rupiah(142_600_000), "RKP 2027"),
        line("Pelatihan anyaman", (5,), "Kelompok perempuan", "Desa", 2, "kali", COUNTED, Rupiah(18_000_000), "DU-RKP"),
        line("Lampu jalan", (), "Dusun Hulu", "RT 05", remark="Tahun lain"),
        line("Pagar sekolah", (11,), "Dusun Hulu", "RT 05", cost=Rupiah(40_000_001), remark="Dalam pembahasan"),
    )
    return sdgs_proposals.build_sdgs_proposals(
        sdgs_proposals.GoalValues(frame(), 2027, lines, {1: "Desa Tanpa Kemiskinan", **GOALS}, HEAD, CHAIR)
    )


def together() -> Document:
    """F24: one activity with another village whose part is known, one with a third party whose part is not."""
    line = cooperation.CooperationLine
    neighbours = (
        line("Jembatan penghubung", (9,), "Sungai Kecil", 1, "unit", COUNTED, TWO_SOURCES, "Enggelam",
             Rupiah(80_000_000)),
    )  # fmt: skip
    company = (
        line("Air bersih", (6,), "RT 04", 1, "paket", COUNTED, (FundedPart("ADD", Rupiah(30_000_000)),), "PT Contoh",
             None, "12/PKS/2026"),
    )  # fmt: skip
    return cooperation.build_cooperation(cooperation.CooperationValues(frame(), 2027, neighbours, company, HEAD, CHAIR))


def upward(family: du_rkpdes.Family = "A") -> Document:
    """F32, one need without a cost and one without a field."""
    line = du_rkpdes.DuLine
    lines = (
        line(2, "Jembatan Sungai Kecil", "Dusun Hilir", "60 m", COUNTED, "2028", Rupiah(2_400_000_000),
             "APBD Kabupaten", "Pekerjaan Umum dan Penataan Ruang", (9, 11), "titian rusak"),
        line(2, "Dermaga", "RT 01", "1 unit"),
        line(0, "Menara telekomunikasi", "Desa", source="Pemerintah pusat", cost=Rupiah(900_000_000)),
    )  # fmt: skip
    return du_rkpdes.build_du_rkpdes(du_rkpdes.DuValues(frame(), 2027, lines, HEAD, CHAIR, family=family))


def finance(*, split: bool = True) -> Document:
    """F38; without *split* one activity has no accounts, so that kinds are not summed."""
    kinds = {"5.2": Rupiah(100_000_000), "5.3": Rupiah(42_600_000)}
    spending = (
        finance_summary.SpendingLine(
            1, "Penghasilan tetap", "Penghasilan Tetap", (FundedPart("ADD", Rupiah(396_000_000)),),
            {"5.1": Rupiah(396_000_000)},
        ),
        finance_summary.SpendingLine(2, "Titian ulin", "Pekerjaan Umum", TWO_SOURCES, kinds if split else None),
    )  # fmt: skip
    income = (
        finance_summary.IncomeLine(2026, money(DDS=300_000_000, ADD=400_000_000)),
        finance_summary.IncomeLine(
            2027, money(PAD=4_000_000, SWD=7_200_000, DDS=350_000_000, ADD=410_000_000, PBK=50_000_000, DLL=1)
        ),
    )
    return finance_summary.build_finance_summary(
        finance_summary.FinanceValues(frame(), 2027, income, spending, HEAD, CHAIR)
    )


THINGS = (
    completeness.Thing("F01", "K2", "SK Tim Penyusun RKP", "188.4/7/2026", date(2026, 5, 20), signed=True),
    completeness.Thing("LAIN", "K2", "Berita Acara pembentukan tim", "", date(2026, 5, 19), signed=True),
    completeness.Thing("F21", "", "Data Rencana Pembiayaan", "", date(2026, 8, 2)),
    completeness.Thing("F24", "", "Rencana Kerja Sama", "", date(2026, 8, 3)),
    completeness.Thing("LAIN", "K1", "Pandangan resmi BPD", "3/BPD/2026", date(2026, 6, 11), signed=True),
    completeness.Thing("F03", "K9", "Berita acara Musrenbang", "12/BA/2026", date(2026, 9, 10), signed=True),
)


def checklist() -> Document:
    """F37 of a cycle that has a few papers."""
    remarks = (("11", "2 dari 3 kegiatan fisik punya desain"), ("b", "tidak ada kegiatan dengan pola ini"))
    return completeness.build_completeness(
        completeness.CompletenessValues(frame(), RKP_PAPERS, "2027", THINGS, remarks, HEAD, CHAIR)
    )


RPJM_THINGS = (
    completeness.Thing("F01", "R1", "SK Tim", "188/2/2027", date(2027, 1, 20), signed=True),
    completeness.Thing("F18", "R5", "Visi dan misi Kepala Desa"),
    completeness.Thing("F03", "R3B", "Berita acara musyawarah dusun", "140/1/BA", date(2027, 2, 10), signed=True),
    completeness.Thing("undangan", "R4", "Undangan Musyawarah Desa", "", date(2027, 2, 24)),
    completeness.Thing("F04", "R4", "Daftar hadir", "", date(2027, 3, 1), signed=True),
    completeness.Thing("F36", "R7", "Surat undangan Musrenbang RPJM Desa", "005/7/2027", date(2027, 3, 15)),
    completeness.Thing("LAIN", "R3B", "Foto musyawarah Dusun Hulu"),
)


def rpjm_checklist() -> Document:
    """F37 of an RPJM Desa cycle that has a few papers."""
    remarks = (("18b", "1 dari 3 musyawarah berberita acara bertanda tangan"),)
    values = completeness.CompletenessValues(frame(), RPJM_PAPERS, "2027-2034", RPJM_THINGS, remarks, HEAD, CHAIR)
    return completeness.build_completeness(values)


CYCLE_SAMPLES: dict[str, Callable[[], Document]] = {
    "F21": plan_of_financing,
    "F22": ranked,
    "F23": by_goal,
    "F24": together,
    "F32": upward,
    "F32-B": lambda: upward("B"),
    "F37": checklist,
    "F37-RPJM": rpjm_checklist,
    "F38": finance,
    "F38-tanpa-rekening": lambda: finance(split=False),
}
