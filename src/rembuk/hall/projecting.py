"""The projector: one list in large letters, the money beside it, both choices in a sentence each."""

from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rembuk.budgeting.showing import bars_of, percent
from rembuk.core.hat import Hat
from rembuk.hall.drawing import Addresses, icon, rupiah
from rembuk.hall.showing import result_context
from rembuk.hall.sides import Board, Letter, Side
from rembuk.shared.templatetags.rembuk import thousands


def projector_context(board: Board, hat: Hat, letter: Letter) -> dict[str, Any]:
    """Return what the hall sees of both choices; *letter* is the one whose list stands there."""
    context = result_context(board, hat)
    query = context["query"]
    side = board.a if letter == "A" else board.b
    address = reverse("hall:projector", args=[board.facts.cycle.pk])
    shown = [words | {"link": f"{address}?{query}&sisi={words['letter']}"} for words in context["sides"]]
    run = side.tried.run
    adoptable = any(words["may_adopt"] for words in shown if words.get("run") == run)
    picked = next(words for words in shown if words["letter"] == letter)
    return context | {
        "sides": shown,
        "side": picked,
        "whole": picked["whole"],
        "rows": projected_rows(board, side, context["where"]),
        "bars": projected_bars(side),
        "adopt": reverse("hall:adopt", args=[run.pk]) if run is not None and adoptable else "",
        "studio": f"{reverse('hall:studio', args=[board.facts.cycle.pk])}?{query}",
    }


def projected_rows(board: Board, side: Side, where: Addresses) -> SafeString:
    """Return the list in large letters, with the money used so far behind each proposal as a bar."""
    if side.stored is None:
        return mark_safe("")
    inside, outside = side.parted
    places = {decision.id: number for number, decision in enumerate((*inside, *outside), 1)}
    whole = sum(state.ceiling for state in side.stored.outcome.sources) or 1
    before, parts = 0, []
    for decision in inside:
        cost = int(decision.cost or 0)
        parts.append(projected_row(board, decision.id, places, cost, where, bar(before, cost, whole, "fg2", "fg"), ""))
        before += cost
    if outside:
        words = _("Garis batas Rp%(used)s, sisa Rp%(left)s") % {
            "used": thousands(side.used),
            "left": thousands(side.left),
        }
        parts.append(f'<tr class="cut"><td colspan="4">{icon("money")} {words}</td></tr>')
    for decision in outside:
        cost = int(decision.cost or 0)
        drawn = bar(side.used, cost, whole, "mute", "wait")
        parts.append(projected_row(board, decision.id, places, cost, where, drawn, "below"))
    return mark_safe("".join(parts))  # noqa: S308  # built above from escaped parts


def projected_row(
    board: Board, key: str, places: dict[str, int], cost: int, where: Addresses, drawn: str, state: str
) -> str:
    row = board.rows.get(key)
    title = escape(row.title[:80]) if row is not None else _("usulan yang tidak ikut lagi")
    place = f"<small>{escape(row.hamlet.name)}</small>" if row is not None and row.hamlet is not None else ""
    decide = f' data-decide="{where.decide_of(key)}"' if where.decide else ""
    return (
        f'<tr class="{state}" data-key="{key}"{decide}><td class="pos">{places[key]}</td>'
        f'<td class="name"><a href="{where.why_of(key)}">{title}</a>{place}</td>'
        f'<td class="end">{thousands(cost)}</td><td class="barcell">{drawn}</td></tr>'
    )


def bar(before: int, cost: int, whole: int, quiet: str, loud: str) -> str:
    """Return how far the money is used with this proposal: what came before it pale, its own part strong."""
    label = _("terpakai sesudah ini %(amount)s") % {"amount": thousands(before + cost)}
    most = max(whole, before + cost)
    first, own, limit = percent(before, most), percent(cost, most), percent(whole, most)
    return (
        f'<svg class="bar" role="img" aria-label="{label}"><rect class="bg" width="100%" height="100%"/>'
        f'<rect class="{quiet}" width="{first}%" height="100%"/><rect class="{loud}" x="{first}%" width="{own}%" '
        f'height="100%"/><line class="limit" x1="{limit}%" x2="{limit}%" y1="-3" y2="130%"/></svg>'
    )


def projected_bars(side: Side) -> SafeString:
    """Return one line for each source that has money: its name, what is left of it, its bar."""
    if side.stored is None:
        return mark_safe("")
    left = _("sisa")
    parts = []
    for one in bars_of(side.stored):
        if not one.ceiling:
            continue
        width = percent(one.used, one.ceiling)
        label = f"{one.name}: {left} {thousands(one.left)}"
        parts.append(
            f'<li><div class="ceil-head"><b>{one.code}</b><span>{left} {rupiah(one.left)}</span></div>'
            f'<p class="source-name">{escape(one.name)}</p>'
            f'<svg class="bar" role="img" aria-label="{escape(label)}"><rect class="bg" width="100%" height="100%"/>'
            f'<rect class="fg" width="{width}%" height="100%"/></svg></li>'
        )
    return mark_safe("".join(parts))  # noqa: S308  # built above from escaped parts
