"""What a fairness report finds, in plain Indonesian sentences. They keep the small-group rule."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from rembuk.core.allocation.fairness.model import FairnessReport, HamletLine, Lack
from rembuk.core.allocation.fairness.numbers import percent
from rembuk.core.allocation.fairness.values import as_values
from rembuk.core.law.elements import ELEMENTS
from rembuk.core.money import format_rupiah

EVEN_ENOUGH: Final = Fraction(4, 5)
"""A hamlet or group that gets less of its even part is named. A setting of Rembuk, as in the studio's legend."""

LACKING: Final[dict[Lack, str]] = {
    "money": "Belum ada usulan terpilih, jadi bagian uang belum dapat dihitung.",
    "population": "Jumlah jiwa tiap dusun belum lengkap, jadi bagian uang belum dapat dibandingkan.",
    "poor": "Jumlah rumah tangga miskin tiap dusun belum lengkap, jadi belum dapat dibandingkan.",
    "ballots": "Belum ada suara, jadi bagian tiap pemilih belum dapat dihitung.",
    "groups": "Suara tidak mencatat kelompok pemilih, jadi bagian tiap kelompok belum dapat dihitung.",
}


def headline(report: FairnessReport, unit: str = "Dusun") -> str:
    """Return the finding that comes first. unit: what the village calls its hamlets."""
    return findings(report, unit)[0]


def findings(report: FairnessReport, unit: str = "Dusun") -> tuple[str, ...]:
    """Return all findings, the weightiest first: hamlets, years, poor households, voters, groups, what lacks."""
    sentences = [*_hamlets(report, unit), *_years(report, unit), *_shown(report, unit)]
    lacking = [LACKING[lack] for lack in report.lacks]
    # Without money or people no hamlet can be compared: what lacks then comes first.
    return tuple(sentences + lacking if report.by_population else lacking + sentences)


def place(name: str, unit: str) -> str:
    """Return a hamlet's name with its unit before it, once."""
    return name if not unit or name.casefold().startswith(unit.casefold()) else f"{unit} {name}"


def _unit(unit: str) -> str:
    return unit.lower() or "dusun"


def _hamlets(report: FairnessReport, unit: str) -> Iterator[str]:
    balance = report.by_population
    if balance is None:
        return
    if balance.ratio >= EVEN_ENOUGH:
        least = balance.ratio * 100 // 1
        yield f"Tiap {_unit(unit)} mendapat paling sedikit {least} % dari bagian menurut jiwanya."
        return
    line = next(line for line in report.hamlets if line.name == balance.lowest)
    got = f"mendapat {_per_cent(line.money_share)} uang" if line.money_share else "tidak mendapat uang"
    yield f"{place(line.name, unit)} {got}, padahal jiwanya {_per_cent(line.population_share)}."


def _per_cent(value: Fraction | None) -> str:
    """Return whole per cent, ``kurang dari 1 %`` for a little."""
    if value is not None and 0 < value < Fraction(1, 100):
        return "kurang dari 1 %"
    return f"{percent(value or Fraction(0), 0)} %"


def _years(report: FairnessReport, unit: str) -> Iterator[str]:
    behind: list[HamletLine] = [line for line in report.hamlets if _is_behind(line)]
    if len(report.years) > 1 and behind:
        line = min(behind, key=lambda line: (-(line.owed or 0), line.name))
        amount = format_rupiah(line.owed or 0)
        yield f"Sejak {report.years[0]} {place(line.name, unit)} kurang {amount} dari bagian menurut jiwanya."


def _is_behind(line: HamletLine) -> bool:
    """Return whether a hamlet got too little over the years; a few rupiah of rounding are no finding."""
    running, owed = line.running or 0, line.owed or 0
    return owed > 0 and running < EVEN_ENOUGH * (running + owed)


def _shown(report: FairnessReport, unit: str) -> Iterator[str]:
    """Say of voters and poor households only what may be shown of them."""
    values = as_values(report)
    poor = values["by_poor"]
    if poor and Fraction(poor["ratio"]) < EVEN_ENOUGH:
        share = _per_cent(Fraction(poor["ratio"]))
        yield f"Ada {_unit(unit)} yang mendapat {share} saja dari bagian menurut rumah tangga miskinnya."
    left = (values["voters"] or {}).get("excluded")
    if left and Fraction(left):
        yield f"{_per_cent(Fraction(left)).capitalize()} pemilih tidak mendukung satu pun usulan yang terpilih."
    elif left:
        yield "Tiap pemilih mendukung paling sedikit satu usulan yang terpilih."
    for row in values["by_group"]:
        if row.get("deficit") and Fraction(row["deficit"]) < EVEN_ENOUGH:
            name = ELEMENTS.get(row["name"].upper(), row["name"])
            share = _per_cent(Fraction(row["deficit"]))
            yield f"{name} mendapat {share} dari bagian rata-rata seorang pemilih."
