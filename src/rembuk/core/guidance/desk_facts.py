"""What the program already knows about an item of a list, said beside it: a suggestion, a person decides.

    suggestions_rkp(RkpFacts(...))   -> {9: Suggestion("Rencana Rp..., pagu Rp...", "CONFORM"), ...}

An item of which nothing is known has no suggestion. The 30/70 rule of the APB Desa is only counted, never judged: its
text is to be read before it decides anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from rembuk.core.documents.frame import date_text
from rembuk.core.money import format_rupiah

Lean = Literal["CONFORM", "NOTE", "NOT_CONFORM", "NA", ""]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is known of one item. lean: the mark that the facts point to, empty when they only inform. rows: details."""

    words: str
    lean: Lean = ""
    rows: tuple[str, ...] = ()


Suggestions = Mapping[int, Suggestion]


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting that was held: its minutes and who was there."""

    title: str
    minutes: bool
    invited: bool
    men: int = 0
    women: int = 0


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """The drafting team as decreed."""

    size: int
    women: int
    decree_date: date | None = None


@dataclass(frozen=True, slots=True)
class RkpFacts:
    """An RKP Desa as the desk sees it. traced_*: thousandths of activities and of money that come from the RPJM Desa.

    over, rules, twice: sentences of the plan checks G06, G11 and G10. declined: proposals not taken, answered: of
    those with a reason.
    """

    final: bool = False
    bpd_number: str = ""
    gatherings: tuple[Gathering, ...] = ()
    team: TeamFacts | None = None
    team_due: date | None = None
    evaluation_rows: int = 0
    ceilings: int = 0
    ceilings_with_letter: int = 0
    items: int = 0
    traced_count: int | None = None
    traced_value: int | None = None
    untraced: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    planned: int = 0
    ceiling: int = 0
    over: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    physical: int = 0
    estimated: int = 0
    designed: int = 0
    checked: int = 0
    poor_items: int = 0
    women_items: int = 0
    declined: int = 0
    answered: int = 0
    du_items: int = 0
    twice: tuple[str, ...] = ()
    upkeep_items: int = 0


MOST_ROWS: Final = 6


def suggestions_rkp(facts: RkpFacts) -> Suggestions:
    """Return item of EV-RKP -> what is known of it."""
    found: dict[int, Suggestion | None] = {
        1: _there(facts.final, "Rancangan akhir sudah selesai.", "Rancangan akhir belum selesai."),
        2: _minutes(facts.gatherings),
        3: _split(facts.gatherings),
        4: _team(facts.team, facts.team_due),
        5: _there(
            facts.evaluation_rows > 0,
            f"Evaluasi tahun lalu berisi {facts.evaluation_rows} baris.",
            "Evaluasi tahun lalu belum diisi.",
        ),
        6: _ceilings(facts),
        7: _trace(facts),
        8: _complete(facts),
        9: _within(facts),
        10: _said(facts.rules, "Periksa aturan Dana Desa tidak menemukan masalah.") if facts.items else None,
        11: _estimates(facts),
        12: _vulnerable(facts),
        13: _answered(facts),
        14: _there(facts.du_items > 0, f"DU-RKP berisi {facts.du_items} usulan.", "DU-RKP masih kosong."),
        15: _said(facts.twice, "Tidak ada kegiatan ganda dengan DU-RKP; program lain belum dibandingkan.", ok=""),
        17: Suggestion(f"{facts.upkeep_items} kegiatan menyebut pemeliharaan."),
        18: _there(
            bool(facts.bpd_number), f"Kesepakatan BPD nomor {facts.bpd_number}.", "Nomor kesepakatan BPD belum dicatat."
        ),
    }
    return {number: one for number, one in found.items() if one is not None}


def _there(there: bool, yes: str, no: str) -> Suggestion:
    return Suggestion(yes, "CONFORM") if there else Suggestion(no, "NOTE")


def _cut(rows: tuple[str, ...]) -> tuple[str, ...]:
    more = len(rows) - MOST_ROWS
    return (*rows[:MOST_ROWS], f"dan {more} lagi") if more > 0 else rows


def _said(rows: tuple[str, ...], nothing: str, ok: Lean = "CONFORM") -> Suggestion:
    """Return the sentences of a check, or that it found nothing."""
    return Suggestion(f"{len(rows)} temuan pemeriksaan.", "NOTE", _cut(rows)) if rows else Suggestion(nothing, ok)


def _minutes(gatherings: tuple[Gathering, ...]) -> Suggestion:
    if not gatherings:
        return Suggestion("Belum ada musyawarah yang tercatat.", "NOT_CONFORM")
    rows = tuple(
        f"{one.title}: undangan {'ada' if one.invited else 'belum ada'}, "
        f"berita acara {'ada' if one.minutes else 'belum ada'}"
        for one in gatherings
    )
    whole = len(gatherings) > 1 and all(one.minutes and one.invited for one in gatherings)
    return Suggestion("Musyawarah yang tercatat:", "CONFORM" if whole else "NOTE", rows)


def _split(gatherings: tuple[Gathering, ...]) -> Suggestion | None:
    held = [one for one in gatherings if one.men + one.women]
    if not held:
        return None
    rows = tuple(f"{one.title}: {one.men} laki-laki, {one.women} perempuan" for one in held)
    return Suggestion("Hadir menurut daftar:", "CONFORM" if all(one.women for one in held) else "NOTE", rows)


def _team(team: TeamFacts | None, due: date | None) -> Suggestion:
    if team is None:
        return Suggestion("Tim penyusun belum dicatat.", "NOT_CONFORM")
    words = f"{team.size} orang, {team.women} perempuan"
    words += f", SK tanggal {date_text(team.decree_date)}." if team.decree_date else ", tanggal SK belum diisi."
    in_time = due is None or (team.decree_date is not None and team.decree_date <= due)
    good = 7 <= team.size <= 11 and team.women > 0 and in_time
    return Suggestion(words, "CONFORM" if good else "NOTE")


def _ceilings(facts: RkpFacts) -> Suggestion:
    if not facts.ceilings:
        return Suggestion("Pagu belum tercatat.", "NOT_CONFORM")
    words = f"{facts.ceilings_with_letter} dari {facts.ceilings} baris pagu menyebut suratnya."
    return Suggestion(words, "CONFORM" if facts.ceilings_with_letter == facts.ceilings else "NOTE")


def _trace(facts: RkpFacts) -> Suggestion | None:
    if facts.traced_count is None:
        return None
    words = f"{share(facts.traced_count)} kegiatan dan {share(facts.traced_value)} nilainya berasal dari RPJM Desa."
    return Suggestion(words, "NOT_CONFORM" if facts.untraced else "CONFORM", _cut(facts.untraced))


def share(permille: int | None) -> str:
    """Print thousandths as ``87,5 %``; a dash for nothing."""
    if permille is None:
        return "–"
    whole, tenth = divmod(permille, 10)
    return f"{whole},{tenth} %" if tenth else f"{whole} %"


def _complete(facts: RkpFacts) -> Suggestion:
    if not facts.items:
        return Suggestion("Rancangan belum berisi kegiatan.", "NOT_CONFORM")
    if not facts.incomplete:
        return Suggestion(f"{facts.items} kegiatan terisi lengkap.", "CONFORM")
    return Suggestion(
        f"{len(facts.incomplete)} dari {facts.items} kegiatan belum lengkap.", "NOTE", _cut(facts.incomplete)
    )


def _within(facts: RkpFacts) -> Suggestion | None:
    if not facts.ceiling and not facts.planned:
        return None
    words = f"Terencana {format_rupiah(facts.planned)}, pagu {format_rupiah(facts.ceiling)}."
    return Suggestion(words, "NOT_CONFORM" if facts.over else "CONFORM", _cut(facts.over))


def _estimates(facts: RkpFacts) -> Suggestion:
    if not facts.physical:
        return Suggestion("Tidak ada kegiatan fisik dalam rancangan.", "NA")
    words = (
        f"Dari {facts.physical} kegiatan fisik: {facts.estimated} punya RAB, {facts.designed} punya desain, "
        f"{facts.checked} lolos pemeriksaan F29."
    )
    whole = min(facts.estimated, facts.designed, facts.checked) == facts.physical
    return Suggestion(words, "CONFORM" if whole else "NOTE")


def _vulnerable(facts: RkpFacts) -> Suggestion:
    words = (
        f"{facts.poor_items} kegiatan menyebut penerima manfaat miskin, {facts.women_items} menyebut perempuan. "
        "Anak dan penyandang disabilitas dilihat dari uraiannya."
    )
    return Suggestion(words, "" if facts.poor_items and facts.women_items else "NOTE")


def _answered(facts: RkpFacts) -> Suggestion:
    if not facts.declined:
        return Suggestion("Tidak ada usulan yang ditolak atau ditunda.", "")
    words = f"{facts.answered} dari {facts.declined} usulan yang belum diterima punya alasan."
    return Suggestion(words, "CONFORM" if facts.answered == facts.declined else "NOTE")


@dataclass(frozen=True, slots=True)
class ApbFacts:
    """A draft of the APB Desa as the desk sees it; money in rupiah.

    linked_*: thousandths of lines and of money that come from the RKP Desa. differing: words about lines whose value
    differs. pay: what the codes 1.1.01, 1.1.02, 1.1.05 and 1.1.06 spend. disagreements: sums of the file that its rows
    do not give. earlier_notes: notes of the evaluation of the budget before.
    """

    agreed_date: date | None = None
    agreement_number: str = ""
    sent_date: date | None = None
    rkp_perdes: str = ""
    lines: int = 0
    linked_count: int | None = None
    linked_value: int | None = None
    differing: tuple[str, ...] = ()
    income: int = 0
    ceiling: int = 0
    ceiling_final: bool = False
    over: tuple[str, ...] = ()
    pay: int = 0
    spending: int = 0
    uncoded: int = 0
    financing_in: int = 0
    financing_out: int = 0
    disagreements: tuple[str, ...] = ()
    with_accounts: int = 0
    emergency: int = 0
    earlier_notes: int = 0


def suggestions_apb(facts: ApbFacts) -> Suggestions:
    """Return item of EV-APB -> what is known of it."""
    found: dict[int, Suggestion | None] = {
        2: _sent(facts),
        3: _there(
            bool(facts.agreement_number),
            f"Kesepakatan nomor {facts.agreement_number}.",
            "Kesepakatan BPD belum dicatat di langkah APB.",
        ),
        4: _there(bool(facts.rkp_perdes), f"Perdes RKP nomor {facts.rkp_perdes}.", "RKP Desa belum ditetapkan."),
        5: _linked(facts),
        6: _income(facts),
        7: _pay(facts),
        8: _there(facts.uncoded == 0, "Semua baris berkode.", f"{facts.uncoded} baris tanpa kode kegiatan."),
        9: _balance(facts),
        10: _said(facts.disagreements, "Jumlah di berkas sama dengan rinciannya."),
        11: _there(
            facts.lines > 0 and facts.with_accounts == facts.lines,
            f"{facts.with_accounts} kegiatan punya rincian rekening.",
            f"{facts.with_accounts} dari {facts.lines} kegiatan punya rincian rekening.",
        ),
        14: _there(facts.emergency > 0, "Ada belanja bidang 5.", "Tidak ada belanja bidang 5 (darurat dan mendesak)."),
        15: _earlier(facts),
    }
    return {number: one for number, one in found.items() if one is not None}


def _sent(facts: ApbFacts) -> Suggestion | None:
    if facts.agreed_date is None or facts.sent_date is None:
        return None
    days = (facts.sent_date - facts.agreed_date).days
    return Suggestion(f"Dikirim {days} hari sesudah disepakati.", "CONFORM" if days <= 3 else "NOTE")


def _linked(facts: ApbFacts) -> Suggestion | None:
    if facts.linked_count is None:
        return None
    words = f"{share(facts.linked_count)} baris dan {share(facts.linked_value)} nilainya terhubung dengan RKP Desa."
    return Suggestion(words, "NOTE" if facts.differing else "CONFORM", _cut(facts.differing))


def _income(facts: ApbFacts) -> Suggestion:
    stage = "pagu akhir" if facts.ceiling_final else "pagu sementara atau indikatif"
    words = f"Pendapatan {format_rupiah(facts.income)}, {stage} {format_rupiah(facts.ceiling)}."
    if facts.over:
        return Suggestion(words, "NOT_CONFORM", _cut(facts.over))
    return Suggestion(words, "CONFORM" if facts.income == facts.ceiling else "NOTE")


def _pay(facts: ApbFacts) -> Suggestion | None:
    if not facts.spending:
        return None
    part = share(facts.pay * 1000 // facts.spending)
    return Suggestion(f"Kode 1.1.01, 1.1.02, 1.1.05 dan 1.1.06 berjumlah {format_rupiah(facts.pay)}, {part} belanja.")


def _balance(facts: ApbFacts) -> Suggestion:
    gap = facts.income + facts.financing_in - facts.financing_out - facts.spending
    if gap == 0:
        return Suggestion("Pendapatan dan pembiayaan sama dengan belanja.", "CONFORM")
    return Suggestion(f"Selisih {format_rupiah(gap)} antara pendapatan, pembiayaan, dan belanja.", "NOT_CONFORM")


def _earlier(facts: ApbFacts) -> Suggestion:
    if not facts.earlier_notes:
        return Suggestion("Tidak ada catatan evaluasi sebelumnya di Rembuk.")
    return Suggestion(f"Evaluasi yang lalu memberi {facts.earlier_notes} catatan; cocokkan satu per satu.")


@dataclass(frozen=True, slots=True)
class RpjmFacts:
    """A draft of an RPJM Desa as the desk sees it. fields: bidang that have activities. findings: sentences of checks.

    hamlets_heard: meetings of hamlets and groups held. term_years: of the law of the day of inauguration.
    """

    bpd_number: str = ""
    period: tuple[int, int] = (0, 0)
    term_years: int | None = None
    vision: bool = False
    mission: bool = False
    hamlets_heard: int = 0
    gatherings: tuple[Gathering, ...] = ()
    team: TeamFacts | None = None
    regency_programmes: int = 0
    with_baseline: int = 0
    items: int = 0
    fields: frozenset[int] = field(default_factory=frozenset)
    incomplete: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    amends: bool = False


def suggestions_rpjm(facts: RpjmFacts) -> Suggestions:
    """Return item of EV-RPJM -> what is known of it."""
    first, last = facts.period
    years = last - first + 1
    missing = sorted(set(range(1, 6)) - facts.fields)
    found: dict[int, Suggestion | None] = {
        1: _there(
            bool(facts.bpd_number), f"Kesepakatan BPD nomor {facts.bpd_number}.", "Nomor kesepakatan BPD belum dicatat."
        ),
        2: _there(
            years == facts.term_years, f"{first}-{last}, {years} tahun.", f"{first}-{last}, {years} tahun; periksa."
        )
        if facts.term_years
        else None,
        3: _there(facts.vision and facts.mission, "Visi dan misi terisi.", "Visi atau misi belum terisi."),
        4: _there(
            facts.hamlets_heard > 0,
            f"{facts.hamlets_heard} musyawarah dusun dan kelompok tercatat.",
            "Belum ada musyawarah dusun atau kelompok yang tercatat.",
        ),
        5: _minutes(facts.gatherings),
        6: _women(facts.team),
        7: _there(
            facts.regency_programmes > 0,
            f"{facts.regency_programmes} program kabupaten terdaftar.",
            "Program kabupaten belum terdaftar.",
        ),
        8: Suggestion(f"{facts.with_baseline} dari {facts.items} kegiatan menyebut keadaan awal."),
        9: Suggestion("Kelima bidang terisi.", "CONFORM")
        if not missing
        else Suggestion(f"Bidang {', '.join(map(str, missing))} belum berisi kegiatan.", "NOTE"),
        10: _complete(RkpFacts(items=facts.items, incomplete=facts.incomplete)),
        14: _said(facts.sums, "Jumlah cocok dengan biaya per tahun.") if facts.items else None,
        15: None if facts.amends else Suggestion("Bukan perubahan RPJM Desa.", "NA"),
    }
    return {number: one for number, one in found.items() if one is not None}


def _women(team: TeamFacts | None) -> Suggestion:
    if team is None:
        return Suggestion("Tim penyusun belum dicatat di sini; lihat SK-nya.", "")
    return _there(team.women > 0, f"{team.women} dari {team.size} anggota perempuan.", "Belum ada anggota perempuan.")
