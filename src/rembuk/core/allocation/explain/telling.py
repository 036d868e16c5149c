"""Explanations in plain Indonesian: one sentence for the list, and the points of "kenapa tidak?"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from rembuk.core.allocation.explain.leaving import groups_paid, hamlets_shown, votes_shown
from rembuk.core.allocation.explain.values import Explanation, Relief
from rembuk.core.allocation.small_groups import REST
from rembuk.core.money import format_rupiah

Names = Mapping[str, str]
ALONE = "tanpa mengeluarkan yang lain"


def tell(found: Explanation, titles: Names | None = None, row_titles: Names | None = None) -> str:
    """Return why a proposal is in or out and what would bring it in, in one sentence.

    titles: proposal id -> its name; row_titles: rule row name -> what it says. Missing names print as the id.
    """
    titles, row_titles = titles or {}, row_titles or {}
    if found.chosen:
        return f"{_why_in(found)}; dibiayai {_money(found)}."
    why = _why_out(found, titles, row_titles)
    head = f"Belum masuk, padahal wajib ({found.note})" if found.note else "Belum masuk"
    ways = _ways(found, row_titles)
    return f"{head}: {why}; masuk bila {join(ways, 'atau')}." if ways else f"{head}: {why}."


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence of "kenapa?". kind: what is so, what would change it, or what that change would push out."""

    kind: Literal["so", "change", "effect"]
    text: str


def points(found: Explanation, titles: Names | None = None, row_titles: Names | None = None) -> list[Point]:
    """Return what stands behind a decision and what would have to happen, each as a sentence with its figure."""
    titles, row_titles = titles or {}, row_titles or {}
    if found.chosen:
        return [Point("so", text) for text in _points_in(found)]
    return _points_out(found, titles, row_titles)


def join(names: Iterable[str], word: str = "dan") -> str:
    """Join words as Indonesian does: ``a, b dan c``."""
    items = list(names)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {word} {items[-1]}" if items else ""


def _money(found: Explanation) -> str:
    return join(f"{code} {format_rupiah(amount)}" for code, amount in found.amounts)


def decimal(value: Fraction) -> str:
    """Print a number as Indonesian does, at most two decimals, rounded down: ``4,5``."""
    hundreds = floor(value * 100)
    whole = f"{hundreds // 100:,}".replace(",", ".")
    rest = f"{hundreds % 100:02d}".rstrip("0")
    return f"{whole},{rest}" if rest else whole


def _votes(found: Explanation) -> str:
    shown = votes_shown(found)
    return f"{floor(found.voters)} pendukung" if shown is None else f"{decimal(shown)} suara"


def _why_in(found: Explanation) -> str:
    place = f"Masuk di urutan ke-{found.round}"
    if found.status == "set-by-meeting":
        return f"Masuk karena wajib: {found.note}"
    if found.phase == "shares":
        if found.sheltered or not found.effective:
            return f"{place}: pendukungnya membayar seluruh biayanya dari bagian mereka"
        most = format_rupiah(ceil((found.cost or 0) / found.effective))
        return f"{place}: {_votes(found)} membayar seluruh biayanya, paling banyak {most} tiap suara"
    if found.phase == "loads":
        return f"{place}: dengan {_votes(found)}, beban tiap pendukungnya paling ringan saat itu"
    if found.phase == "completion":
        return f"{place}, dari uang yang tersisa, dengan {_votes(found)}"
    if found.phase == "optimum":
        return "Masuk: ada dalam pilihan yang nilai seluruhnya paling tinggi"
    return f"{place} menurut peringkat musyawarah" if found.ranked else f"{place} menurut suara, dengan {_votes(found)}"


def _why_out(found: Explanation, titles: Names, row_titles: Names) -> str:
    others = join(titles.get(name, name) for name in found.others)
    if found.status == "no-cost":
        return "biayanya kosong atau tidak terbaca sebagai satu angka, lengkapi dulu"
    if found.status == "illegal-source":
        return "tidak ada sumber berpagu yang boleh membiayainya"
    if found.status == "excluded":
        return f"{others} sudah masuk dan keduanya tidak boleh bersama"
    if found.status == "prerequisite":
        return f"menunggu {others}, yang harus ada lebih dulu dan belum masuk"
    if found.status == "no-supporters":
        return "belum ada yang memilihnya"
    if found.status in ("supporters-short", "outbid"):
        return _short(found, titles)
    lacking = [relief.amount for relief in found.reliefs if relief.amount is not None]
    short = f", kurang {format_rupiah(min(lacking))}" if lacking else ""
    named = found.rows or tuple(relief.name for relief in found.reliefs if relief.kind == "row")
    rows = join(row_titles.get(name, name) for name in named)
    if found.status == "row":
        return f"dibatasi aturan {rows or 'penggunaan dana'}{short}"
    return f"uang yang boleh membiayainya sudah terpakai{short}"


def _short(found: Explanation, titles: Names) -> str:
    chance, cost = found.chance, format_rupiah(found.cost or 0)
    if found.sheltered or chance is None:
        return f"pendukungnya belum dapat membayar {cost} dari bagian mereka"
    money = format_rupiah(chance.money)
    if not chance.beaten_by:
        return f"pendukungnya masih punya {money} dari {cost} yang diperlukan"
    rival = titles.get(chance.beaten_by, chance.beaten_by)
    if not chance.missing:
        return f"sama kuat dengan {rival}, yang menang menurut urutan bila seri"
    if found.status == "outbid":
        return f"{rival} lebih ringan bagi tiap pendukungnya; dengan beban yang sama terkumpul {money} dari {cost}"
    return f"pendukungnya menyediakan {money} dari {cost} ketika {rival} masuk"


def _ways(found: Explanation, row_titles: Names) -> list[str]:
    ways = []
    if found.sheltered:
        if found.sure_supporters:
            ways.append(f"paling banyak {found.sure_supporters} pendukung lagi ikut memilih")
    else:
        if found.extra_supporters:
            ways.append(f"{found.extra_supporters} pendukung lagi ikut memilih")
        if found.winning_cost:
            ways.append(f"biayanya paling tinggi {format_rupiah(found.winning_cost)}")
    if found.status in ("ceiling", "row") and len(ways) < 2:
        relief = next((relief for relief in found.reliefs if relief.amount is not None), None)
        ways += [_relief(relief, row_titles)] if relief else []
    return ways


def _relief(relief: Relief, row_titles: Names) -> str:
    amount = format_rupiah(relief.amount or 0)
    if relief.kind == "source":
        return f"ada {amount} lagi pada {relief.name}"
    return f"aturan {row_titles.get(relief.name, relief.name)} longgar {amount}"


def _points_in(found: Explanation) -> list[str]:
    told = [f"{_why_in(found)}.", f"Biaya {format_rupiah(found.cost or 0)} dibiayai {_money(found)}."]
    if found.effective is not None and not found.sheltered:
        told.append(f"Bayaran pendukungnya setara {decimal(found.effective)} suara yang membayar penuh.")
    if hamlets := hamlets_shown(found):
        told.append(f"Bagian yang membayarnya: {join(_paid(name, amount) for name, amount in hamlets)}.")
    if groups := groups_paid(found):
        told.append(f"Di antaranya {join(f'{name} {format_rupiah(amount)}' for name, amount in groups)}.")
    return told


def _paid(name: str, amount: int) -> str:
    return f"{'pemilih lain' if name == REST else name or 'tanpa dusun'} {format_rupiah(amount)}"


def _points_out(found: Explanation, titles: Names, row_titles: Names) -> list[Point]:
    why = _why_out(found, titles, row_titles)
    told = [Point("so", f"{why[0].upper()}{why[1:]}.")]
    if (
        found.chance is not None
        and found.chance.missing
        and not found.sheltered
        and found.status in ("supporters-short", "outbid")
    ):
        have, need = decimal(found.chance.effective), decimal(found.chance.needed)
        told.append(Point("so", f"Uang pendukungnya saat itu setara {have} suara penuh; diperlukan {need}."))
    told += _by_votes(found, titles)
    if found.winning_cost and not found.sheltered:
        less = format_rupiah((found.cost or 0) - found.winning_cost)
        cost = format_rupiah(found.winning_cost)
        told.append(Point("change", f"Bila biayanya turun {less} menjadi {cost}, usulan ini masuk."))
    told += _freed(found, row_titles)
    others = join(titles.get(name, name) for name in found.others)
    if found.status == "excluded":
        told.append(Point("change", f"Bila {others} tidak dipilih, tempatnya terbuka."))
    if found.status == "prerequisite":
        told.append(Point("change", f"Bila {others} masuk lebih dulu, usulan ini ditimbang."))
    return told


def _by_votes(found: Explanation, titles: Names) -> list[Point]:
    before = "" if found.sheltered else titles.get(found.needed_before, found.needed_before)
    if found.ranked:
        return [Point("change", f"Bila peringkatnya di atas {before}, usulan ini masuk.")] if before else []
    number = found.sure_supporters if found.sheltered else found.extra_supporters
    if not number:
        return []
    who = f"Bila {'paling banyak ' if found.sheltered else ''}{number} pendukung lagi memilihnya, usulan ini masuk"
    told = [Point("change", f"{who} mendahului {before}." if before else f"{who}.")]
    if found.displaced is not None:
        out = join(titles.get(name, name) for name in found.displaced)
        told.append(Point("effect", f"Yang keluar karenanya: {out}." if out else "Tidak ada yang keluar karenanya."))
    return told


def _freed(found: Explanation, row_titles: Names) -> list[Point]:
    """Return what would free it: the sources that need the same amount in one sentence, then each row."""
    told = []
    amounts = sorted({relief.amount for relief in found.reliefs if relief.kind == "source" and relief.amount})
    for amount in amounts:
        codes = join(
            (relief.name for relief in found.reliefs if relief.amount == amount and relief.kind == "source"), "atau"
        )
        words = f"Bila ada {format_rupiah(amount)} lagi pada {codes} khusus untuknya, usulan ini masuk {ALONE}."
        told.append(Point("change", words))
    for relief in found.reliefs:
        name = f"aturan {row_titles.get(relief.name, relief.name)}" if relief.kind == "row" else f"pagu {relief.name}"
        if relief.amount is None:
            told.append(Point("so", f"Yang menahan: {name}; menambahnya saja tidak cukup."))
        elif relief.kind == "row":
            words = f"Bila {name} dilonggarkan {format_rupiah(relief.amount)}, usulan ini masuk {ALONE}."
            told.append(Point("change", words))
    return told
