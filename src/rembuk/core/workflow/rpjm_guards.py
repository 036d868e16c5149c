"""What may keep a stage of the medium-term cycle open: the team, the list, the assessment, the matrix, the Perdes."""

from collections.abc import Iterator, Mapping
from typing import Final

from rembuk.core.errors import Finding
from rembuk.core.workflow.common_guards import Guard, block, meeting, team, warn
from rembuk.core.workflow.stage_facts import RpjmProgress, StageFacts
from rembuk.core.workflow.stages import Profile

VILLAGE_LISTS: Final = 4
"""Natural, human, development and socio-cultural resources. Source: Permendagri 114/2014 Pasal 13."""


def _policy(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if facts.policy is not None and facts.policy.lines == 0 and not facts.policy.note:
        text = "Daftar program masuk Desa kosong; isi barisnya, atau catat mengapa tidak ada program yang masuk."
        yield block("G03", stage, text, "policy")


def _lists(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    known = facts.assessment
    if known is not None and known.lists < VILLAGE_LISTS:
        text = f"Data Desa baru {known.lists} dari {VILLAGE_LISTS} daftar; lengkapi daftar yang belum terisi."
        yield block("G03", stage, text, "assessment")


def _ideas(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    held = facts.assembly
    if held is not None and held.met < held.hamlets:
        text = f"{held.hamlets - held.met} dari {held.hamlets} dusun belum bermusyawarah; adakan, atau catat sebabnya."
        yield warn("G15", stage, text, "new_meeting")
    if held is not None and not held.groups:
        text = (
            "Belum ada musyawarah kelompok khusus (perempuan, warga miskin, disabilitas, pemuda, adat); "
            "catat paling sedikit satu."
        )
        yield block("G15", stage, text, "new_meeting")
    if facts.assessment is not None and facts.assessment.ideas == 0:
        text = "Belum ada gagasan yang tercatat; masukkan gagasan dusun dan kelompok."
        yield block("G03", stage, text, "assessment")


def _report(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    known = facts.assessment
    if known is None:
        return
    if known.report_to_head is None:
        text = "Penyerahan laporan pengkajian kepada Kepala Desa belum bertanggal; isi tanggalnya."
        yield block("G03", stage, text, "assessment", "Permendagri 114/2014 Pasal 19")
    if known.report_to_bpd is None:
        text = "Penyerahan laporan pengkajian kepada BPD belum bertanggal; isi tanggalnya."
        yield block("G03", stage, text, "assessment", "Permendagri 114/2014 Pasal 19")
    elif known.report_to_head is not None and known.report_to_bpd < known.report_to_head:
        text = "Laporan pengkajian tercatat sampai di BPD sebelum Kepala Desa; perbaiki tanggalnya."
        yield block("G03", stage, text, "assessment", "Permendagri 114/2014 Pasal 19")


def _matrix(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    rpjm = facts.rpjm or RpjmProgress()
    if rpjm.items == 0:
        yield block("G03", stage, "Rancangan RPJM belum berisi kegiatan; isi matriksnya.", "rpjm")
        return
    if rpjm.incomplete:
        text = f"{rpjm.incomplete} kegiatan belum lengkap bidang, lokasi, volume, biaya, sumber, atau tahunnya."
        yield block("G03", stage, text, "rpjm")
    if rpjm.empty_years:
        years = ", ".join(str(year) for year in rpjm.empty_years)
        text = f"Belum ada kegiatan untuk tahun {years}; isi matriks untuk setiap tahun periode."
        yield block("G03", stage, text, "rpjm")
    yield from rpjm.findings


def _approval(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if not (facts.rpjm or RpjmProgress()).head_approved:
        text = "Kepala Desa belum menyetujui rancangan RPJM; minta persetujuan atau catatan pengembaliannya."
        yield block("G03", stage, text, "rpjm_steps")


def _changes(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if count := (facts.rpjm or RpjmProgress()).changes_open:
        text = f"{count} kesepakatan Musrenbang belum dimasukkan atau dijelaskan; selesaikan di langkah rancangan."
        yield block("G03", stage, text, "rpjm_steps")


def _agreement(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if not (facts.rpjm or RpjmProgress()).bpd_agreed:
        text = "Kesepakatan BPD dan Kepala Desa belum dicatat; isi nomor dan tanggal Keputusan BPD."
        yield block("G03", stage, text, "rpjm_steps")


def _enactment(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    rpjm = facts.rpjm or RpjmProgress()
    if not rpjm.perdes_number:
        yield block("G03", stage, "Nomor Perdes RPJM Desa belum diisi; isi nomor dan tanggalnya.", "rpjm_steps")
    if rpjm.promulgated_date is None:
        text = "Pengundangan dalam Lembaran Desa belum dicatat; isi nomor dan tanggalnya."
        yield block("G03", stage, text, "rpjm_steps", "PP 43/2014 Pasal 84 ayat (3)")
    if not rpjm.perdes_signed:
        text = "Perdes belum ditandatangani Kepala Desa; setelah 15 hari tetap diundangkan dan sah."
        yield warn("G03", stage, text, "rpjm_steps", "PP 43/2014 Pasal 84 ayat (2); Permendagri 111/2014")


def _clarified(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if not (facts.rpjm or RpjmProgress()).clarified:
        text = "Hasil klarifikasi belum dicatat; catat suratnya, atau bahwa 30 hari lewat tanpa keberatan."
        yield block("G03", stage, text, "rpjm_steps")


def _published(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    rpjm = facts.rpjm or RpjmProgress()
    if rpjm.published_date is None or not rpjm.published_in:
        text = "Penyebarluasan belum dicatat; isi tanggal dan tempat atau media pengumumannya."
        yield block("G17", stage, text, "rpjm_steps")


RPJM_GUARDS: Final[Mapping[str, tuple[Guard, ...]]] = {
    "R1": (team,),
    "R2": (_policy,),
    "R3A": (_lists,),
    "R3B": (_ideas,),
    "R3C": (_report,),
    "R4": (meeting,),
    "R5": (_matrix,),
    "R6": (_approval, _matrix),
    "R7": (meeting, _matrix),
    "R8": (_changes, _matrix),
    "R9": (meeting, _agreement, _matrix),
    "R10": (_agreement, _enactment, _matrix),
    "R11": (_clarified,),
    "R12": (_published,),
}
"""Stage -> what is asked beside prerequisites, day and papers."""
