"""May this stage be closed? Every unmet reason at once, each with its legal source and the button that mends it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction
from typing import Final

from rembuk.core.errors import Finding
from rembuk.core.law.meetings import DEFAULT_RULES, MeetingRules
from rembuk.core.law.teams import TeamRules
from rembuk.core.workflow.links import LINKS
from rembuk.core.workflow.meetings import MeetingFacts, check_meeting
from rembuk.core.workflow.stages import DEFAULT_PROFILE, STAGES, Paper, Profile, prerequisites


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A paper that is there, generated or attached. signed: a signed copy was uploaded."""

    form: str
    paper_date: date | None = None
    number: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """Who is in the drafting team. members counts everybody, patron included only if counted so by the village."""

    members: int = 0
    women: int = 0
    chair: bool = False
    secretary: bool = False


@dataclass(frozen=True, slots=True)
class CeilingFacts:
    """How the ceilings stand.

    sources: how many sources have a figure. provisional: they are last year's final figures, marked "sementara", with
    *basis* recorded. balanced: the alignment adds up. late_letter: the regent's letter that the ceiling comes late.
    """

    sources: int = 0
    provisional: bool = False
    basis: str = ""
    balanced: bool = False
    late_letter: bool = False

    @property
    def real(self) -> bool:
        """Whether there are figures of this year's own letter."""
        return self.sources > 0 and not self.provisional


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """How the plan stands, in numbers. findings: what `core.checks` says at the stage asked about."""

    items: int = 0
    items_without_cost: int = 0
    proposals: int = 0
    proposals_unanswered: int = 0
    scored: bool = False
    allocated: bool = False
    physical: int = 0
    without_verdict: int = 0
    head_approved: bool = False
    changes_open: int = 0
    du_items: int = 0
    bpd_agreed: bool = False
    perdes_number: str = ""
    perdes_signed: bool = False
    promulgated_date: date | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class StageFacts:
    """What a stage rests on. A room fills what it knows and leaves the rest; `merged` puts them together.

    done: stages that are closed. occurred: the day on the signed paper. rpjmdes: an active RPJM Desa is registered.
    meeting: the meeting of this stage. exported: the items went to the budget. received: a receipt is filed.
    """

    done: frozenset[str] = frozenset()
    occurred: date | None = None
    papers: tuple[PaperFacts, ...] = ()
    rpjmdes: bool | None = None
    meeting: MeetingFacts | None = None
    meeting_rules: MeetingRules | None = None
    team: TeamFacts | None = None
    ceilings: CeilingFacts | None = None
    plan: PlanProgress | None = None
    exported: bool | None = None
    received: bool | None = None
    excused: bool = False

    def merged(self, other: "StageFacts") -> "StageFacts":
        """Return these facts with what *other* knows; papers and done stages are joined, otherwise *other* wins."""
        blank = StageFacts()
        known = {
            spec.name: getattr(other, spec.name)
            for spec in fields(other)
            if getattr(other, spec.name) != getattr(blank, spec.name)
        }
        known["done"] = self.done | other.done
        known["papers"] = self.papers + other.papers
        return replace(self, **known)


Guard = Callable[[str, StageFacts, Profile], Iterator[Finding]]


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


def _block(code: str, stage: str, message: str, link: str, source: str = "") -> Finding:
    return Finding(code, "block", message, source or STAGES[stage].source, stage, LINKS[link])


def _warn(code: str, stage: str, message: str, link: str, source: str = "") -> Finding:
    return Finding(code, "warn", message, source or STAGES[stage].source, stage, LINKS[link])


def _prerequisites(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    for code in prerequisites(stage, profile):
        if code in facts.done or (code in {"K3", "K4"} and stage != "K4" and _ceiling_stands_in(facts)):
            continue
        text = f"{code} {STAGES[code].title} belum selesai; selesaikan dahulu."
        yield Finding("G03", "block", text, STAGES[stage].source, code, LINKS["stage"])


def _ceiling_stands_in(facts: StageFacts) -> bool:
    """Return whether a provisional ceiling with its basis holds the place of K3 and K4 before K9."""
    ceilings = facts.ceilings
    return ceilings is not None and ceilings.sources > 0 and ceilings.provisional and bool(ceilings.basis)


def _day(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if facts.occurred is None and stage not in {"K17"} and not (facts.meeting and facts.meeting.held_date):
        yield _block("G03", stage, "Tanggal pelaksanaan belum diisi; ambil dari dokumen yang ditandatangani.", "stage")


def _papers(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    for paper in STAGES[stage].papers:
        if not paper.optional:
            yield from _paper(stage, paper, [each for each in facts.papers if each.form == paper.form])


def _paper(stage: str, paper: Paper, there: list[PaperFacts]) -> Iterator[Finding]:
    if not there:
        text = f"{paper.title} ({paper.form}) belum ada; buat dari sistem atau unggah berkasnya."
        yield _block("G03", stage, text, "paper")
        return
    if not any(each.paper_date for each in there):
        yield _block("G03", stage, f"{paper.title} ({paper.form}) belum bertanggal; isi tanggalnya.", "paper")
    if paper.numbered and not any(each.number for each in there):
        yield _block("G03", stage, f"{paper.title} ({paper.form}) belum bernomor; isi nomornya.", "paper")
    if paper.signed and not any(each.signed for each in there):
        text = f"{paper.title} ({paper.form}) belum ditandatangani; unggah naskah bertanda tangan."
        yield _block("G03", stage, text, "paper")


def _meeting(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if facts.meeting is None:
        text = f"{STAGES[stage].title} belum dibuat di sistem; buat musyawarahnya."
        yield _block("G04", stage, text, "new_meeting")
        return
    yield from check_meeting(facts.meeting, facts.meeting_rules or DEFAULT_RULES)


def check_team(team: TeamFacts, rules: TeamRules) -> list[Finding]:
    """Return what is wrong with a drafting team by the rules of its family."""
    found: list[Finding] = []

    def add(severity: str, message: str) -> None:
        if severity in {"block", "warn"}:
            found.append((_block if severity == "block" else _warn)("G02", "K2", message, "team", rules.source))

    if team.members < rules.size_min:
        add("block", f"Tim baru {team.members} orang; paling sedikit {rules.size_min} orang.")
    if rules.size_max is not None and team.members > rules.size_max:
        add("block", f"Tim berjumlah {team.members} orang; paling banyak {rules.size_max} orang.")
    if team.members and team.members % 2 == 0:
        add(rules.odd, f"Tim berjumlah {team.members} orang; sebaiknya ganjil, tambah atau kurangi satu orang.")
    if team.women == 0:
        add("block", "Belum ada perempuan dalam tim; tambahkan anggota perempuan.")
    elif team.members and Fraction(team.women, team.members) < rules.women_share:
        percent = rules.women_share * 100
        add(rules.women_share_severity, f"Perempuan {team.women} dari {team.members} anggota, kurang dari {percent}%.")
    if not team.chair:
        add("block", f"Ketua tim belum ditentukan ({rules.chair}).")
    if not team.secretary:
        add("block", f"Sekretaris tim belum ditentukan ({rules.secretary}).")
    return found


def _team(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    yield from check_team(facts.team or TeamFacts(), profile.team)


def _rpjmdes(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if facts.rpjmdes is not True:
        text = "Belum ada RPJM Desa aktif; daftarkan nomor Perdes, periode, dan kegiatan per tahunnya."
        yield _block("G01", stage, text, "rpjmdes", "UU 6/2014 Pasal 79; Permendagri 114/2014 Pasal 38")


def _ceiling_received(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    ceilings = facts.ceilings or CeilingFacts()
    if ceilings.sources == 0 and not ceilings.late_letter:
        text = "Pagu indikatif belum ada; catat surat pagu, atau surat Bupati bahwa pagu terlambat."
        yield _block("G16", stage, text, "ceiling")
    elif ceilings.provisional and not ceilings.late_letter:
        text = "Pagu masih sementara; tahap ini selesai setelah surat pagu tahun ini dicatat."
        yield _block("G16", stage, text, "ceiling")


def _ceiling_aligned(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    ceilings = facts.ceilings or CeilingFacts()
    if not ceilings.balanced:
        yield _block(
            "G06", stage, "Jumlah pagu per sumber belum cocok dengan daftar pagu; periksa angkanya.", "ceiling"
        )


def _ceiling_for_draft(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    ceilings = facts.ceilings or CeilingFacts()
    if ceilings.provisional and not ceilings.basis:
        text = "Pagu sementara belum punya dasar; catat surat atau Perdes APB Desa tahun lalu yang dipakai."
        yield _block("G16", stage, text, "ceiling")
    elif ceilings.provisional:
        text = "Rancangan memakai pagu sementara; sebelum rancangan akhir pagu tahun ini harus masuk."
        yield _warn("G16", stage, text, "ceiling", "Permendagri 114/2014 Pasal 37")


def _ceiling_real(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    """K10 needs real ceilings or the late-notice excuse; K11 takes no excuse."""
    ceilings = facts.ceilings or CeilingFacts()
    if ceilings.real and {"K3", "K4"} <= facts.done:
        return
    if stage == "K10" and (facts.excused or ceilings.late_letter):
        text = "Pagu tahun ini belum masuk (ada surat keterlambatan); Musdes pengesahan tetap memerlukannya."
        yield _warn("G16", stage, text, "ceiling", "Permendagri 114/2014 Pasal 37")
        return
    text = "Pagu tahun ini belum lengkap (K3 dan K4); catat surat pagu dan selaraskan rencananya."
    if stage == "K10":
        text = text.replace("; catat", "; catat surat keterlambatan, atau catat")
    yield _block("G16", stage, text, "ceiling", "Permendagri 114/2014 Pasal 35-37")


def _proposals(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    plan = facts.plan or PlanProgress()
    if plan.proposals == 0:
        yield _block("G03", stage, "Belum ada usulan yang tercatat; masukkan usulan dusun dan kelompok.", "proposals")
    elif not plan.scored:
        text = "Usulan belum diberi skor musyawarah; dipakai urutan bawaan, bukan urutan hukum."
        yield _warn("G03", stage, text, "scores")


def _draft(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    plan = facts.plan or PlanProgress()
    if plan.items == 0:
        yield _block(
            "G03", stage, "Rancangan RKP belum berisi kegiatan; jalankan alokasi atau isi kisi rencana.", "plan"
        )
    if plan.items_without_cost:
        text = f"{plan.items_without_cost} kegiatan belum berbiaya; isi biaya setiap kegiatan."
        yield _block("G03", stage, text, "plan")
    if not plan.allocated:
        yield _warn("G03", stage, "Belum ada alokasi yang dijalankan untuk rancangan ini.", "allocation")


def _technical(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    plan = facts.plan or PlanProgress()
    if plan.without_verdict:
        text = (
            f"{plan.without_verdict} dari {plan.physical} kegiatan fisik belum diperiksa; isi lembar pemeriksaan F29."
        )
        yield _block("G08", stage, text, "technical")


def _approval(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if not (facts.plan or PlanProgress()).head_approved:
        text = "Kepala Desa belum menyetujui rancangan; minta persetujuan atau catatan pengembaliannya."
        yield _block("G03", stage, text, "approve")


def _changes(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    plan = facts.plan or PlanProgress()
    if plan.changes_open:
        text = (
            f"{plan.changes_open} kesepakatan Musrenbang belum dimasukkan atau dijelaskan; selesaikan di kisi rencana."
        )
        yield _block("G03", stage, text, "plan")


def _plan_findings(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    yield from (facts.plan or PlanProgress()).findings


def _agreement(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if not (facts.plan or PlanProgress()).bpd_agreed:
        text = "Kesepakatan BPD dan Kepala Desa belum dicatat; isi nomor dan tanggal Keputusan BPD."
        yield _block("G03", stage, text, "perdes")


def _enactment(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    plan = facts.plan or PlanProgress()
    if not plan.perdes_number:
        yield _block("G03", stage, "Nomor Perdes RKP Desa belum diisi; isi nomor dan tanggalnya.", "perdes")
    if plan.promulgated_date is None:
        text = "Pengundangan dalam Lembaran Desa belum dicatat; isi nomor dan tanggalnya."
        yield _block("G03", stage, text, "perdes", "PP 43/2014 Pasal 84 ayat (3)")
    if not plan.perdes_signed:
        text = "Perdes belum ditandatangani Kepala Desa; setelah 15 hari tetap diundangkan dan sah."
        yield _warn("G03", stage, text, "perdes", "PP 43/2014 Pasal 84 ayat (2); Permendagri 111/2014")
    if plan.proposals_unanswered:
        text = f"{plan.proposals_unanswered} usulan belum dijawab; beri keputusan dan alasannya."
        yield _warn("G03", stage, text, "proposals")


def _export(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if facts.exported is not True:
        yield _block("G03", stage, "Daftar kegiatan RKP belum dikirim ke penyusunan APB Desa; buat berkasnya.", "plan")


def _receipt(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if facts.received is not True:
        text = "Tanda terima belum dicatat; unggah surat pengantar yang sudah diterima."
        yield _block("G03", stage, text, "paper")


GUARDS: Final[Mapping[str, tuple[Guard, ...]]] = {
    "K1": (_rpjmdes, _meeting),
    "K2": (_team,),
    "K3": (_ceiling_received,),
    "K4": (_ceiling_aligned,),
    "K5": (_rpjmdes, _proposals),
    "K6": (_draft, _ceiling_for_draft, _plan_findings),
    "K7": (_technical,),
    "K8": (_approval, _plan_findings),
    "K9": (_meeting, _ceiling_for_draft, _plan_findings),
    "K10": (_changes, _ceiling_real, _plan_findings),
    "K11": (_meeting, _ceiling_real, _agreement, _plan_findings),
    "K12": (_agreement, _enactment, _ceiling_real, _plan_findings),
    "K13": (_receipt,),
    "K14": (_export,),
    "K15": (_receipt,),
}
"""Stage -> what is asked beside prerequisites, day and papers."""
