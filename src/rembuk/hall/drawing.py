"""What changes while a slider moves, written as strings: a page of 120 proposals must be there before the eye waits.

Everything that people typed goes through `escape`. Numbers and codes of our own need none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rembuk.budgeting.labels import code_name
from rembuk.budgeting.showing import bars_of
from rembuk.budgeting.telling import row_titles, short_reason
from rembuk.core.allocation import Decision, sentence
from rembuk.core.allocation.fairness import FairnessReport, HamletLine
from rembuk.core.allocation.fairness.numbers import percent
from rembuk.hall.sides import Board, Side
from rembuk.shared.templatetags.rembuk import thousands

ANY_KEY = "00000000-0000-0000-0000-000000000000"
ROW_HEIGHT = 34
FIRST_ROW = 16
LEFT, RIGHT = 26, 84
LOW = Fraction(4, 5)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a row leads: beginnings and ends of addresses around a proposal's key. decide: empty where nobody may."""

    why: tuple[str, str]
    decide: tuple[str, str] | None

    def why_of(self, key: str) -> str:
        return key.join(self.why)

    def decide_of(self, key: str) -> str:
        return key.join(self.decide) if self.decide else ""


def addresses(board: Board, query: str, may_decide: bool) -> Addresses:
    """Return the addresses of the rows; *query* keeps the choice with the reader."""
    cycle, run = board.facts.cycle, board.facts.run
    tail = escape(f"?{query}") if query else ""
    why = reverse("hall:why", args=(cycle.pk, ANY_KEY)).split(ANY_KEY)
    decide = reverse("hall:pin", args=(run.pk, ANY_KEY)).split(ANY_KEY) if run is not None and may_decide else None
    return Addresses((why[0], why[1] + tail), (decide[0], decide[1] + tail) if decide else None)


def icon(name: str) -> str:
    return f'<svg class="i" aria-hidden="true"><use href="{static("rembuk/icons.svg")}#i-{name}"/></svg>'


def rupiah(amount: int | None) -> str:
    """Return whole rupiah that never break over two lines; a dash where no cost is known."""
    return "–" if amount is None else f'<span class="money">Rp{thousands(amount)}</span>'


def name_cell(board: Board, key: str) -> str:
    """Return the title of a proposal with its number and hamlet below it."""
    row = board.rows.get(key)
    if row is None:
        return f'<th scope="row">{_("usulan yang tidak ikut lagi")}</th>'
    place = f", {escape(row.hamlet.name)}" if row.hamlet is not None else ""
    return f'<th scope="row">{escape(row.title[:120])}<span class="line2">{row.number or ""}{place}</span></th>'


def ranked_rows(board: Board, side: Side, where: Addresses) -> SafeString:
    """Return the rows of the list: the chosen in the order they came in, the cut line, the others with their reason."""
    if side.stored is None:
        return mark_safe("")
    inside, outside = side.parted
    places = {decision.id: number for number, decision in enumerate((*inside, *outside), 1)}
    titles = {key: f"{row.number} {row.title}" for key, row in board.rows.items()}
    rows = row_titles(side.stored)
    chosen, why, why_not, decide = _("masuk"), _("Kenapa?"), _("Kenapa tidak?"), _("Putusan musyawarah")
    parts = []
    for decision in inside:
        pinned = f' <span class="line2">{escape(sentence(decision, titles, rows))}</span>' if decision.note else ""
        parts.append(
            f'<tr data-key="{decision.id}"><td class="end">{places[decision.id]}</td>{name_cell(board, decision.id)}'
            f'<td class="end">{rupiah(decision.cost)}</td><td><b class="yes">{chosen}</b>'
            f'</td><td class="rs">{paid(decision)}{pinned} {links(decision.id, why, decide, where)}</td></tr>'
        )
    if outside:
        parts.append(cut_row(side))
    for decision in outside:
        parts.append(
            f'<tr class="below" data-key="{decision.id}"><td class="end">{places[decision.id]}</td>'
            f'{name_cell(board, decision.id)}<td class="end">{rupiah(decision.cost)}</td>'
            f'<td><span class="no">{code_name(decision.code)}</span></td>'
            f'<td class="rs">{escape(short_reason(decision, titles, rows))} '
            f"{links(decision.id, why_not, decide, where)}</td></tr>"
        )
    return mark_safe("".join(parts))  # noqa: S308  # built above from escaped parts


def paid(decision: Decision) -> str:
    return ", ".join(f"{code} {thousands(amount)}" for code, amount in decision.amounts)


def links(key: str, words: str, decide: str, where: Addresses) -> str:
    link = f'<a class="why-a no-print" href="{where.why_of(key)}">{words}</a>'
    return f'{link} <a class="pin-a no-print" href="{where.decide_of(key)}">{decide}</a>' if where.decide else link


def cut_row(side: Side) -> str:
    words = _("Garis batas: %(used)s terpakai, sisa %(left)s") % {
        "used": f"Rp{thousands(side.used)}",
        "left": f"Rp{thousands(side.left)}",
    }
    return f'<tr class="cutline"><td colspan="5">{icon("money")} {words}</td></tr>'


def difference_rows(board: Board, where: Addresses) -> SafeString:
    """Return the rows that differ: first those that only B takes in, then those that only A does."""
    found = board.difference
    yes, no = f'<b class="yes">{_("masuk")}</b>', f'<span class="no">{_("tidak")}</span>'
    why, why_not = _("Kenapa?"), _("Kenapa tidak?")
    parts = []
    for keys, in_a, in_b, words in ((found.only_b, no, yes, why), (found.only_a, yes, no, why_not)):
        for key in keys:
            row = board.rows.get(key)
            cost = rupiah(row.cost if row is not None else None)
            parts.append(
                f'<tr>{name_cell(board, key)}<td class="end">{cost}</td>'
                f'<td data-l="A:">{in_a}</td><td data-l="B:">{in_b}</td>'
                f'<td class="num"><a class="why-a no-print" href="{where.why_of(key)}">{words}</a></td></tr>'
            )
    return mark_safe("".join(parts))  # noqa: S308  # built above from escaped parts


def shared_items(board: Board) -> SafeString:
    """Return what both choices take in, as a plain list."""
    rows = (board.rows.get(key) for key in board.difference.both)
    items = (f"<li>{escape(row.title[:120])} · {row.number or ''}</li>" for row in rows if row is not None)
    return mark_safe("".join(items))  # noqa: S308  # built above from escaped parts


def bars(side: Side) -> SafeString:
    """Return a bar for each source: its ceiling, what is used, what is left, earmarked money hatched."""
    if side.stored is None:
        return mark_safe("")
    used, left, bound = _("Terpakai"), _("sisa"), _("terikat, tidak dipilih warga")
    standing = _("sudah untuk kegiatan tetap di rencana")
    parts = []
    for bar in bars_of(side.stored):
        label = f"{bar.name}: {used} {thousands(bar.used)}, {left} {thousands(bar.left)}"
        hatch = f'<rect fill="url(#hatch)" x="{bar.limit}%" width="{bar.hatch_width}%" height="100%"/>'
        earmarked = f"<span>{_('Diarsir:')} {rupiah(bar.earmarked)} {bound}</span>" if bar.earmarked else ""
        fixed = f"<span>{rupiah(bar.standing)} {standing}</span>" if bar.standing else ""
        parts.append(
            f'<li class="ceil"><div class="ceil-head"><b>{escape(bar.name)}</b><span>{rupiah(bar.ceiling)}</span></div>'
            f'<svg class="bar" role="img" aria-label="{escape(label)}"><rect class="bg" width="{bar.limit}%" '
            f'height="100%"/><rect class="fg" width="{bar.used_width}%" height="100%"/>{hatch if bar.earmarked else ""}'
            f'<line class="limit" x1="{bar.limit}%" x2="{bar.limit}%" y1="-3" y2="130%"/></svg><div class="ceil-foot">'
            f"<span>{used} {rupiah(bar.used)} · {left} {rupiah(bar.left)}</span>{fixed}{earmarked}</div></li>"
        )
    return mark_safe("".join(parts))  # noqa: S308  # built above from escaped parts


def in_order(report: FairnessReport, names: Iterable[str]) -> list[HamletLine]:
    """Return the hamlets in the order that the village counts them, others after them by name."""
    place = {name: number for number, name in enumerate(names)}
    return sorted(report.hamlets, key=lambda line: (place.get(line.name, len(place)), line.name))


def dots(hamlets: Iterable[HamletLine], label: str, low: Fraction = LOW) -> SafeString:
    """Return a line for each hamlet: a ring at its share of the people, a dot at its share of the money.

    low: a hamlet below this part of its even share is drawn in red.
    """
    lines = [line for line in hamlets if line.money_share is not None and line.population_share is not None]
    if not lines:
        return mark_safe("")
    shares = [share for line in lines for share in (line.money_share, line.population_share) if share is not None]
    widest = max(Fraction(1, 10), Fraction(-(-max(shares) * 10 // 1), 10))
    height = ROW_HEIGHT * len(lines) + 4
    drawn = "".join(dot_row(line, number, widest, low) for number, line in enumerate(lines))
    return mark_safe(  # noqa: S308  # built from numbers and escaped names
        f'<svg class="dots" width="100%" height="{height}" role="img" aria-label="{escape(label)}">{drawn}</svg>'
    )


def dot_row(line: HamletLine, number: int, widest: Fraction, low: Fraction) -> str:
    money, people = line.money_share or Fraction(0), line.population_share or Fraction(0)
    y = FIRST_ROW + ROW_HEIGHT * number
    at_money, at_people = position(money, widest), position(people, widest)
    short = money < low * people
    return (
        f'<text x="0" y="{y + 5}" font-size="14">{escape(short_name(line.name))}</text>'
        f'<line class="axis" x1="{LEFT}%" x2="{RIGHT}%" y1="{y}" y2="{y}"/>'
        f'<line class="{"gap-low" if short else "gap-ok"}" stroke-width="4" x1="{at_people}%" x2="{at_money}%" '
        f'y1="{y}" y2="{y}"/><circle class="pop" cx="{at_people}%" cy="{y}" r="6"/>'
        f'<circle class="{"over" if short else "fg"}" cx="{at_money}%" cy="{y}" r="7"/>'
        f'<text x="100%" y="{y + 5}" text-anchor="end" font-size="14" font-weight="700">{percent(money)} %</text>'
    )


def position(share: Fraction, widest: Fraction) -> str:
    """Return where a share stands on the axis, in percent of the picture, in tenths."""
    tenths = (10 * LEFT + (10 * (RIGHT - LEFT)) * share / widest + Fraction(1, 2)) // 1
    return f"{tenths // 10}.{tenths % 10}"


def short_name(name: str) -> str:
    """Return a hamlet's name without the word that every one of them begins with, short enough for the picture."""
    bare = name.removeprefix("Dusun ")
    return bare if len(bare) <= 14 else f"{bare[:13]}…"


def whole_percents(text: str) -> str:
    """Return a sentence in which no line breaks between a number and its percent sign."""
    return text.replace(" %", "\u00a0%")


def share_rows(hamlets: Iterable[HamletLine]) -> Iterable[Mapping[str, str]]:
    """Return the table behind the picture."""
    for line in hamlets:
        yield {
            "name": line.name,
            "people": percent(line.population_share) or "–",
            "money": percent(line.money_share) or "–",
            "rupiah": thousands(line.total),
        }
