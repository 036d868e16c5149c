"""Checks of single items: traceability, cost estimate, technical check, authority, implementers."""

from collections.abc import Iterator

from rembuk.core.checks.facts import ItemFacts, PlanFacts, grows, reached
from rembuk.core.errors import Finding
from rembuk.core.money import format_rupiah
from rembuk.core.workflow.links import LINKS


def check_trace(plan: PlanFacts, stage: str | None = None) -> Iterator[Finding]:
    """G05: an item outside the RPJM slice needs a reason and the Musdes' agreement."""
    for item in plan.items:
        if not item.in_rpjmdes and not item.outside_reason.strip():
            text = (
                f"{item.name}: tidak ada dalam RPJM Desa untuk {plan.budget_year}; "
                "kaitkan dengan kegiatan RPJM atau isi alasan dan kesepakatan Musdes."
            )
            yield Finding("G05", "warn", text, "Permendagri 114/2014 Pasal 38", item.id, LINKS["item"])


def check_estimates(plan: PlanFacts, stage: str | None = None) -> Iterator[Finding]:
    """G07: the cost estimate adds up to the item, to the rupiah."""
    for item in plan.items:
        if item.rab_total == item.cost:
            continue
        if item.rab_total is None:
            text = f"{item.name}: belum ada RAB; isi rincian biaya sampai jumlahnya {format_rupiah(item.cost)}."
        else:
            text = (
                f"{item.name}: RAB {format_rupiah(item.rab_total)}, biaya kegiatan {format_rupiah(item.cost)}, "
                f"selisih {format_rupiah(item.rab_total - item.cost)}; samakan keduanya."
            )
        severity = grows(stage, block_at="K11")
        yield Finding("G07", severity, text, "Permendagri 114/2014 Pasal 41-42", item.id, LINKS["rab"])


def check_technical(plan: PlanFacts, stage: str | None = None) -> Iterator[Finding]:
    """G08: a physical item needs design, estimate and the verdict "layak"; warns at K9, blocks at K11."""
    for item in plan.items:
        if not item.is_physical or not (reached(stage, "K9") or item.verdict is False):
            continue
        missing = [
            name
            for name, there in (("gambar rencana", item.has_design), ("RAB", item.rab_total is not None))
            if not there
        ]
        if item.verdict is not True:
            missing.append(
                "hasil layak (dinyatakan tidak layak)" if item.verdict is False else "hasil pemeriksaan layak"
            )
        if missing:
            text = f"{item.name}: belum ada {', '.join(missing)}; lengkapi lembar F29 atau keluarkan dari rencana."
            severity = grows(stage, block_at="K11")
            yield Finding("G08", severity, text, "Permendagri 114/2014 Pasal 42", item.id, LINKS["technical"])


def check_authority(plan: PlanFacts, stage: str | None = None) -> Iterator[Finding]:
    """G09: what is beyond village authority goes to the DU-RKP; where nobody has said, somebody must."""
    source = "Permendagri 114/2014 Pasal 43; Permendesa PDTT 21/2020"
    for item in plan.items:
        if item.authority is False:
            text = f"{item.name}: di luar kewenangan Desa; pindahkan ke DU-RKP."
            yield Finding("G09", "block", text, source, item.id, LINKS["item"])
        elif item.authority is None:
            text = f"{item.name}: kewenangan belum ditanyakan; tanyakan siapa pemilik jalan, gedung, atau salurannya."
            yield Finding("G09", "warn", text, source, item.id, LINKS["item"])


def check_implementers(plan: PlanFacts, stage: str | None = None) -> Iterator[Finding]:
    """G14: every item has chair, secretary, treasurer, members and at least one woman."""
    for item in plan.items:
        missing = _missing_implementers(item)
        if missing:
            text = f"{item.name}: pelaksana kegiatan belum lengkap ({', '.join(missing)}); lengkapi daftar F31."
            yield Finding("G14", "warn", text, "Permendagri 114/2014 Pasal 44", item.id, LINKS["implementer"])


def _missing_implementers(item: ItemFacts) -> list[str]:
    team = item.implementer
    if team is None:
        return ["ketua", "sekretaris", "bendahara", "anggota", "perempuan"]
    places = (
        ("ketua", team.chair),
        ("sekretaris", team.secretary),
        ("bendahara", team.treasurer),
        ("anggota", team.members > 0),
        ("perempuan", team.women > 0),
    )
    return [name for name, filled in places if not filled]
