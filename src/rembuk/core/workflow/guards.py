"""May this stage be closed? Every unmet reason at once, each with its legal source and the button that mends it."""

from collections.abc import Iterator, Mapping
from typing import Final

from rembuk.core.errors import Finding
from rembuk.core.workflow.common_guards import Guard, block, check_team, meeting, receipt, team, warn
from rembuk.core.workflow.links import LINKS
from rembuk.core.workflow.rpjm_guards import RPJM_GUARDS
from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.core.workflow.stage_facts import (
    AssemblyFacts,
    AssessmentFacts,
    CeilingFacts,
    PaperFacts,
    PlanProgress,
    PolicyFacts,
    RpjmProgress,
    StageFacts,
    TeamFacts,
    WorksFacts,
)
from rembuk.core.workflow.stages import DEFAULT_PROFILE, Paper, Profile, prerequisites

__all__ = [
    "AssemblyFacts",
    "AssessmentFacts",
    "CeilingFacts",
    "PaperFacts",
    "PlanProgress",
    "PolicyFacts",
    "RpjmProgress",
    "StageFacts",
    "TeamFacts",
    "WorksFacts",
    "check_stage",
    "check_team",
    "may_close",
]


def check_stage(stage: str, facts: StageFacts, profile: Profile = DEFAULT_PROFILE) -> list[Finding]:
    """Return every reason why *stage* may not be closed (block) and everything to know beside it (warn, note).

    An empty list, or one without a "block", means it may be closed.
    Source: Permendagri 114/2014; Permendesa PDTT 21/2020.
    """
    found = [*_prerequisites(stage, facts, profile), *_day(stage, facts, profile)]
    for guard in GUARDS.get(stage, ()):
        found += guard(stage, facts, profile)
    return [*found, *_papers(stage, facts, profile)]


def may_close(findings: list[Finding]) -> bool:
    """Return whether nothing among *findings* blocks."""
    return all(finding.severity != "block" for finding in findings)


def _prerequisites(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    for code in prerequisites(stage, profile):
        if code in facts.done or (code in {"K3", "K4"} and stage != "K4" and _ceiling_stands_in(facts)):
            continue
        text = f"{code} {ALL_STAGES[code].title} belum selesai; selesaikan dahulu."
        yield Finding("G03", "block", text, ALL_STAGES[stage].source, code, LINKS["stage"])


def _ceiling_stands_in(facts: StageFacts) -> bool:
    """Return whether a provisional ceiling with its basis holds the place of K3 and K4 before K9."""
    ceilings = facts.ceilings
    return ceilings is not None and ceilings.sources > 0 and ceilings.provisional and bool(ceilings.basis)


def _day(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if facts.occurred is None and stage not in {"K17"} and not (facts.meeting and facts.meeting.held_date):
        yield block("G03", stage, "Tanggal pelaksanaan belum diisi; ambil dari dokumen yang ditandatangani.", "stage")


def _papers(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    for paper in ALL_STAGES[stage].papers:
        if not paper.optional:
            yield from _paper(stage, paper, [each for each in facts.papers if each.form == paper.form])


def _paper(stage: str, paper: Paper, there: list[PaperFacts]) -> Iterator[Finding]:
    if not there:
        text = f"{paper.title} ({paper.form}) belum ada; buat dari sistem atau unggah berkasnya."
        yield block("G03", stage, text, "paper")
        return
    if not any(each.paper_date for each in there):
        yield block("G03", stage, f"{paper.title} ({paper.form}) belum bertanggal; isi tanggalnya.", "paper")
    if paper.numbered and not any(each.number for each in there):
        yield block("G03", stage, f"{paper.title} ({paper.form}) belum bernomor; isi nomornya.", "paper")
    if paper.signed and not any(each.signed for each in there):
        text = f"{paper.title} ({paper.form}) belum ditandatangani; unggah naskah bertanda tangan."
        yield block("G03", stage, text, "paper")


def _rpjmdes(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if facts.rpjmdes is not True:
        text = "Belum ada RPJM Desa aktif; daftarkan nomor Perdes, periode, dan kegiatan per tahunnya."
        yield block("G01", stage, text, "rpjmdes", "UU 6/2014 Pasal 79; Permendagri 114/2014 Pasal 38")


def _ceiling_received(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    ceilings = facts.ceilings or CeilingFacts()
    if ceilings.sources == 0 and not ceilings.late_letter:
        text = "Pagu indikatif belum ada; catat surat pagu, atau surat Bupati bahwa pagu terlambat."
        yield block("G16", stage, text, "ceiling")
    elif ceilings.provisional and not ceilings.late_letter:
        text = "Pagu masih sementara; tahap ini selesai setelah surat pagu tahun ini dicatat."
        yield block("G16", stage, text, "ceiling")


def _ceiling_aligned(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    ceilings = facts.ceilings or CeilingFacts()
    if not ceilings.balanced:
        yield block("G06", stage, "Jumlah pagu per sumber belum cocok dengan daftar pagu; periksa angkanya.", "ceiling")


def _ceiling_for_draft(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    ceilings = facts.ceilings or CeilingFacts()
    if ceilings.provisional and not ceilings.basis:
        text = "Pagu sementara belum punya dasar; catat surat atau Perdes APB Desa tahun lalu yang dipakai."
        yield block("G16", stage, text, "ceiling")
    elif ceilings.provisional:
        text = "Rancangan memakai pagu sementara; sebelum rancangan akhir pagu tahun ini harus masuk."
        yield warn("G16", stage, text, "ceiling", "Permendagri 114/2014 Pasal 37")


def _ceiling_real(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    """K10 needs real ceilings or the late-notice excuse; K11 takes no excuse."""
    ceilings = facts.ceilings or CeilingFacts()
    if ceilings.real and {"K3", "K4"} <= facts.done:
        return
    if stage == "K10" and (facts.excused or ceilings.late_letter):
        text = "Pagu tahun ini belum masuk (ada surat keterlambatan); Musdes pengesahan tetap memerlukannya."
        yield warn("G16", stage, text, "ceiling", "Permendagri 114/2014 Pasal 37")
        return
    text = "Pagu tahun ini belum lengkap (K3 dan K4); catat surat pagu dan selaraskan rencananya."
    if stage == "K10":
        text = text.replace("; catat", "; catat surat keterlambatan, atau catat")
    yield block("G16", stage, text, "ceiling", "Permendagri 114/2014 Pasal 35-37")


def _proposals(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    plan = facts.plan or PlanProgress()
    if plan.proposals == 0:
        yield block("G03", stage, "Belum ada usulan yang tercatat; masukkan usulan dusun dan kelompok.", "proposals")
    elif not plan.scored:
        text = "Usulan belum diberi skor musyawarah; dipakai urutan bawaan, bukan urutan hukum."
        yield warn("G03", stage, text, "scores")


def _draft(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    plan = facts.plan or PlanProgress()
    if plan.items == 0:
        yield block(
            "G03", stage, "Rancangan RKP belum berisi kegiatan; jalankan alokasi atau isi kisi rencana.", "plan"
        )
    if plan.items_without_cost:
        text = f"{plan.items_without_cost} kegiatan belum berbiaya; isi biaya setiap kegiatan."
        yield block("G03", stage, text, "plan")
    if not plan.allocated:
        yield warn("G03", stage, "Belum ada alokasi yang dijalankan untuk rancangan ini.", "allocation")


def _technical(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    plan = facts.plan or PlanProgress()
    if plan.without_verdict:
        text = (
            f"{plan.without_verdict} dari {plan.physical} kegiatan fisik belum diperiksa; isi lembar pemeriksaan F29."
        )
        yield block("G08", stage, text, "technical")


def _approval(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if not (facts.plan or PlanProgress()).head_approved:
        text = "Kepala Desa belum menyetujui rancangan; minta persetujuan atau catatan pengembaliannya."
        yield block("G03", stage, text, "approve")


def _changes(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    plan = facts.plan or PlanProgress()
    if plan.changes_open:
        text = (
            f"{plan.changes_open} kesepakatan Musrenbang belum dimasukkan atau dijelaskan; selesaikan di kisi rencana."
        )
        yield block("G03", stage, text, "plan")


def _plan_findings(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    yield from (facts.plan or PlanProgress()).findings


def _agreement(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if not (facts.plan or PlanProgress()).bpd_agreed:
        text = "Kesepakatan BPD dan Kepala Desa belum dicatat; isi nomor dan tanggal Keputusan BPD."
        yield block("G03", stage, text, "perdes")


def _enactment(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    plan = facts.plan or PlanProgress()
    if not plan.perdes_number:
        yield block("G03", stage, "Nomor Perdes RKP Desa belum diisi; isi nomor dan tanggalnya.", "perdes")
    if plan.promulgated_date is None:
        text = "Pengundangan dalam Lembaran Desa belum dicatat; isi nomor dan tanggalnya."
        yield block("G03", stage, text, "perdes", "PP 43/2014 Pasal 84 ayat (3)")
    if not plan.perdes_signed:
        text = "Perdes belum ditandatangani Kepala Desa; setelah 15 hari tetap diundangkan dan sah."
        yield warn("G03", stage, text, "perdes", "PP 43/2014 Pasal 84 ayat (2); Permendagri 111/2014")
    if plan.proposals_unanswered:
        text = f"{plan.proposals_unanswered} usulan belum dijawab; beri keputusan dan alasannya."
        yield warn("G03", stage, text, "proposals")


def _export(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if facts.exported is not True:
        text = "Daftar kegiatan RKP belum diserahkan ke penyusunan APB Desa; buat berkas serah terimanya."
        yield block("G03", stage, text, "handoff")


def _works(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    """K17 is done when the year's works are closed and the next plan's evaluation knows of them."""
    works = facts.works or WorksFacts()
    if not works.in_force:
        text = "APB Desa belum diundangkan di sini; masukkan barisnya dan catat langkahnya sampai diundangkan."
        yield block("G03", stage, text, "handoff")
        return
    if works.open:
        text = f"{works.open} pekerjaan belum ditutup; catat realisasi dan serah terimanya, atau alasan berhentinya."
        yield block("G03", stage, text, "works")
    if not works.open and not works.closed:
        text = "Belum ada pekerjaan yang dibuka dari APB Desa; buka pekerjaannya dan catat realisasinya."
        yield block("G03", stage, text, "works")
    elif works.unopened:
        text = (
            f"{works.unopened} dari {works.activities} kegiatan APB Desa tidak pernah dibuka; "
            "dalam evaluasi dicatat tidak dilaksanakan."
        )
        yield warn("G03", stage, text, "works")
    if works.evaluated is False:
        text = "Evaluasi RKP (F25) tahun berikutnya belum memuat pelaksanaan tahun ini; bawa hasilnya ke evaluasi."
        yield block("G03", stage, text, "works")
    elif works.evaluated is None:
        text = "Siklus tahun berikutnya belum dibuka, jadi hasilnya belum bisa dibawa ke evaluasi RKP (F25)."
        yield warn("G03", stage, text, "works")


GUARDS: Final[Mapping[str, tuple[Guard, ...]]] = {
    "K1": (_rpjmdes, meeting),
    "K2": (team,),
    "K3": (_ceiling_received,),
    "K4": (_ceiling_aligned,),
    "K5": (_rpjmdes, _proposals),
    "K6": (_draft, _ceiling_for_draft, _plan_findings),
    "K7": (_technical,),
    "K8": (_approval, _plan_findings),
    "K9": (meeting, _ceiling_for_draft, _plan_findings),
    "K10": (_changes, _ceiling_real, _plan_findings),
    "K11": (meeting, _ceiling_real, _agreement, _plan_findings),
    "K12": (_agreement, _enactment, _ceiling_real, _plan_findings),
    "K13": (receipt,),
    "K14": (_export,),
    "K15": (receipt,),
    "K17": (_works,),
    **RPJM_GUARDS,
}
"""Stage -> what is asked beside prerequisites, day and papers."""
