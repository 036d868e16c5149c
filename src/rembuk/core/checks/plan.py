"""Checks of the plan as a whole, and `check_plan`, which runs them all."""

from collections.abc import Callable, Iterator
from typing import Final

from rembuk.core.checks.dana_desa import check_local_rules, check_rule_pack
from rembuk.core.checks.duplicates import check_du_rkp, check_twice
from rembuk.core.checks.facts import PlanFacts, grows
from rembuk.core.checks.items import (
    check_authority,
    check_estimates,
    check_implementers,
    check_technical,
    check_trace,
)
from rembuk.core.errors import Finding
from rembuk.core.law.funding import FUNDING_SOURCES
from rembuk.core.money import format_rupiah
from rembuk.core.workflow.links import LINKS

Check = Callable[[PlanFacts, str | None], Iterator[Finding]]


def check_rpjmdes(plan: PlanFacts, stage: str | None = None) -> Iterator[Finding]:
    """G01: exactly one active RPJM Desa."""
    if plan.active_rpjmdes == 1:
        return
    if plan.active_rpjmdes == 0:
        text = "Belum ada RPJM Desa aktif; daftarkan nomor Perdes, periode, dan kegiatan per tahunnya."
    else:
        text = f"Ada {plan.active_rpjmdes} RPJM Desa aktif untuk satu periode; nonaktifkan yang sudah diganti."
    yield Finding("G01", "block", text, "UU 6/2014 Pasal 79", "", LINKS["rpjmdes"])


def check_ceilings(plan: PlanFacts, stage: str | None = None) -> Iterator[Finding]:
    """G06: what the items take from a source stays within its ceiling; community work has none unless given."""
    used: dict[str, int] = {}
    for item in plan.items:
        for source, amount in item.funding.items():
            used[source] = used.get(source, 0) + amount
    for source in sorted(used):
        if source == "SWD" and source not in plan.ceilings:
            continue
        ceiling = plan.ceilings.get(source, 0)
        if used[source] > ceiling:
            text = (
                f"{FUNDING_SOURCES.get(source, source)} ({source}): terencana {format_rupiah(used[source])}, "
                f"pagu {format_rupiah(ceiling)}, lebih {format_rupiah(used[source] - ceiling)}; "
                "kurangi biaya atau pindahkan ke sumber lain."
            )
            severity = grows(stage, block_at="K12")
            yield Finding("G06", severity, text, "Permendagri 114/2014 Pasal 36 dan 47", source, LINKS["plan"])


def check_immutable(plan: PlanFacts, stage: str | None = None) -> Iterator[Finding]:
    """G12: an enacted version stays as it was enacted."""
    if plan.enacted and plan.changed_after_enactment:
        text = "Isi RKP yang sudah ditetapkan berbeda dari naskah yang ditetapkan; perubahan hanya lewat RKP Perubahan."
        source = "PP 43/2014 Pasal 120; Permendagri 114/2014 Pasal 49"
        yield Finding("G12", "block", text, source, "", LINKS["plan"])


def check_hamlets(plan: PlanFacts, stage: str | None = None) -> Iterator[Finding]:
    """G15: each hamlet has proposed something."""
    silent = sorted(plan.hamlets - plan.hamlets_heard)
    if silent:
        text = f"Belum ada usulan dari {', '.join(silent)}; adakan musyawarah dusun atau catat alasannya."
        yield Finding("G15", "warn", text, "Permendagri 114/2014 Pasal 14-16", "", LINKS["proposals"])


def check_late_ceiling(plan: PlanFacts, stage: str | None = None) -> Iterator[Finding]:
    """G16: a provisional ceiling is said to be one."""
    if plan.ceilings_provisional:
        text = "Rencana memakai pagu sementara; catat surat pagu, APB Desa tetap ditetapkan paling lambat 31 Desember."
        source = "Permendagri 114/2014 Pasal 37; Permendagri 20/2018 Pasal 38"
        yield Finding("G16", "warn", text, source, "", LINKS["ceiling"])


def check_published(plan: PlanFacts, stage: str | None = None) -> Iterator[Finding]:
    """G17: villagers can read the enacted plan."""
    if plan.enacted and not plan.public_copy:
        text = "RKP sudah ditetapkan tetapi belum dipublikasikan; terbitkan salinan untuk warga."
        yield Finding("G17", "warn", text, "Permendagri 73/2020", "", LINKS["publish"])


CHECKS: Final[tuple[tuple[str, str, Check], ...]] = (
    ("G01", "rpjmdes", check_rpjmdes),
    ("G05", "rpjmdes", check_trace),
    ("G06", "", check_ceilings),
    ("G07", "rab", check_estimates),
    ("G08", "technical", check_technical),
    ("G09", "authority", check_authority),
    ("G10", "du_rkp", check_du_rkp),
    ("G10", "", check_twice),
    ("G11", "", check_rule_pack),
    ("G11", "", check_local_rules),
    ("G12", "", check_immutable),
    ("G14", "implementer", check_implementers),
    ("G15", "hamlets", check_hamlets),
    ("G16", "", check_late_ceiling),
    ("G17", "", check_published),
)
"""(code, kind of facts it needs, check). G02 to G04 and G13 belong to the stages: `core.workflow` guards, lateness."""

_NOT_CHECKED: Final[dict[str, str]] = {
    "rpjmdes": "Keterkaitan dengan RPJM Desa belum diperiksa: RPJM Desa tidak ikut dibaca.",
    "rab": "Kecocokan RAB belum diperiksa: RAB belum ada.",
    "technical": "Kelayakan teknis kegiatan fisik belum diperiksa: lembar pemeriksaan belum ada.",
    "authority": "Kewenangan Desa belum diperiksa: belum ada keterangan orang yang berwenang.",
    "du_rkp": "Kegiatan ganda dengan DU-RKP belum diperiksa: DU-RKP tidak ikut dibaca.",
    "implementer": "Pelaksana kegiatan belum diperiksa: daftarnya belum ada.",
    "hamlets": "Keterwakilan dusun belum diperiksa: daftar dusun tidak ikut dibaca.",
}


def check_plan(plan: PlanFacts, stage: str | None = None) -> list[Finding]:
    """Return all findings about *plan* as of *stage* (``K9``; nothing = a draft), in the order of the check codes.

    What the facts do not know is not checked; one note per kind says so. Severities grow with the stage.
    Source: Permendagri 114/2014; Permendesa PDTT 21/2020; the Dana Desa rules of the budget year.
    """
    found: list[Finding] = []
    said: set[str] = set()
    for code, kind, check in CHECKS:
        if not kind or kind in plan.known:
            found += check(plan, stage)
        elif kind not in said:
            said.add(kind)
            found.append(Finding(code, "note", _NOT_CHECKED[kind], "Permendagri 114/2014"))
    return found
