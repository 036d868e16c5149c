"""G11: the Dana Desa rules of the budget year, and the regency's own programme limits."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from rembuk.core.checks.facts import ItemFacts, PlanFacts, reached
from rembuk.core.errors import Finding, Severity
from rembuk.core.law.dana_desa import LOCAL_RULES, RulePack, RuleRow, rule_pack
from rembuk.core.money import format_rupiah
from rembuk.core.workflow.links import LINKS

DANA_DESA: Final = "DDS"


def check_rule_pack(plan: PlanFacts, stage: str | None = None) -> Iterator[Finding]:
    """Return what breaks the rules of the budget year: warns while drafting, as the rule says from K11 on.

    A year without a pack gives one note "belum dimuat". Rows that are not confirmed never do more than note.
    """
    pack = rule_pack(plan.budget_year)
    if not plan.ceilings.get(DANA_DESA) and not any(item.funding.get(DANA_DESA) for item in plan.items):
        return
    if pack is None:
        text = f"Aturan Dana Desa {plan.budget_year} belum dimuat; periksa sendiri sampai aturannya diisi DPMD."
        yield Finding("G11", "note", text, "belum dimuat", "", LINKS["ceiling"])
        return
    yield from _split(plan, pack)
    for row in pack.rows:
        yield from _row(plan, row, stage)


def _severity(row: RuleRow, stage: str | None) -> Severity:
    if not row.enforced:
        return "note"
    return row.severity if reached(stage, "K11") or row.severity != "block" else "warn"


def _split(plan: PlanFacts, pack: RulePack) -> Iterator[Finding]:
    """Dana Desa must be split into regular and earmarked money where the year has an earmark."""
    row = next((row for row in pack.rows if row.kind == "NOTE" and row.share is not None), None)
    if row is not None and DANA_DESA not in plan.earmarked:
        text = (
            f"{row.title}: pagu Dana Desa belum dipisah antara reguler dan KDMP; "
            "ambil angkanya dari surat kabupaten, warga hanya merencanakan yang reguler."
        )
        yield Finding("G11", "warn", text, row.source, row.code, LINKS["ceiling"])


def _row(plan: PlanFacts, row: RuleRow, stage: str | None) -> Iterator[Finding]:
    severity = _severity(row, stage)
    if row.kind == "MUST_TAG":
        for item in plan.items:
            if item.funding.get(DANA_DESA) and not item.tags & row.tags:
                text = f"{item.name}: dibiayai Dana Desa tetapi belum diberi fokus; pilih salah satu fokus tahun ini."
                yield Finding("G11", severity, text, row.source, item.id, LINKS["item"])
    elif row.kind in {"MIN_PCT", "MAX_PCT"} and row.share is not None:
        yield from _percentage(plan, row, row.share, severity)
    elif row.kind == "MAX_AMOUNT" and row.amount is not None:
        for item in plan.items:
            yield from _aid(item, row, row.amount, severity)


def _percentage(plan: PlanFacts, row: RuleRow, share: Fraction, severity: Severity) -> Iterator[Finding]:
    regular = plan.ceilings.get(DANA_DESA, 0)
    base = regular + plan.earmarked.get(DANA_DESA, 0) if row.base == "DD_TOTAL" else regular
    used = sum(item.funding.get(DANA_DESA, 0) for item in plan.items if item.tags & row.tags)
    least = row.kind == "MIN_PCT"
    limit = -(-share.numerator * base // share.denominator) if least else share.numerator * base // share.denominator
    if (used < limit) if least else (used > limit):
        way_out = "tambah kegiatannya" if least else "kurangi biayanya atau pindahkan ke sumber lain"
        text = f"{row.title}: terencana {format_rupiah(used)}, batasnya {format_rupiah(limit)}; {way_out}."
        if not row.enforced:
            text = f"{text.removesuffix('.')} bila aturan itu berlaku tahun ini."
        yield Finding("G11", severity, text, row.source, row.code, LINKS["plan"])


def _aid(item: ItemFacts, row: RuleRow, amount: int, severity: Severity) -> Iterator[Finding]:
    paid = item.funding.get(DANA_DESA, 0)
    if item.tags & row.tags and item.aid_family_months and paid > amount * item.aid_family_months:
        most = format_rupiah(amount * item.aid_family_months)
        text = (
            f"{item.name}: {format_rupiah(paid)} untuk {item.aid_family_months} keluarga-bulan; "
            f"paling banyak {most}, kurangi jumlahnya."
        )
        yield Finding("G11", severity, text, row.source, item.id, LINKS["item"])


def check_local_rules(plan: PlanFacts, stage: str | None = None) -> Iterator[Finding]:
    """Return programme money of the regency above its limit per RT; warns only, the rule's text is not confirmed."""
    for rule in LOCAL_RULES:
        if rule.regency != plan.regency or plan.budget_year < rule.from_year or rule.amount_per_rt is None:
            continue
        used = sum(item.funding.get(rule.source_code, 0) for item in plan.items if item.programme == rule.program_tag)
        if plan.rt_count is not None and used > rule.amount_per_rt * plan.rt_count:
            most = format_rupiah(rule.amount_per_rt * plan.rt_count)
            text = f"{rule.title}: terencana {format_rupiah(used)} untuk {plan.rt_count} RT, paling banyak {most}."
            yield Finding("G11", "warn", text, rule.source, rule.code, LINKS["plan"])
