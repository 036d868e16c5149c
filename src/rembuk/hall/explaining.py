"""Why one proposal is in or not, what would change it, and whether a stored count comes out the same again."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.budgeting.choice import query_text
from rembuk.budgeting.labels import RULE_NAMES, outside_words
from rembuk.budgeting.minutes import settings_lines
from rembuk.budgeting.models import AllocationRun, ProposalLink
from rembuk.budgeting.permissions import allows
from rembuk.budgeting.services import Replayed
from rembuk.budgeting.telling import reason_points
from rembuk.budgeting.trying import choice_of
from rembuk.core.allocation.explain import Point
from rembuk.core.hat import Hat
from rembuk.core.money import format_rupiah
from rembuk.funding.labels import source_name
from rembuk.hall.sides import Board


def why_context(board: Board, key: str, hat: Hat, query: str) -> dict[str, Any]:
    """Return the panel of one proposal in choice B."""
    row, facts, stored = board.rows[key], board.facts, board.b.stored
    decision = next((one for one in stored.outcome.decisions if one.id == key), None) if stored is not None else None
    titles = {other: f"{each.number} {each.title}" for other, each in board.rows.items()}
    may_decide = facts.cycle.closed_at is None and facts.run is not None and allows(hat, "override", facts.run)
    context: dict[str, Any] = {
        "row": row,
        "rule_name": RULE_NAMES.get(board.b.choice.rule, ""),
        "digest": board.b.tried.digest,
        "run": board.b.tried.run,
        "back": f"{reverse('hall:studio', args=[facts.cycle.pk])}?{query}",
        "decide": f"{reverse('hall:pin', args=[facts.run.pk, key])}?{query}" if facts.run and may_decide else "",
        "ties": ties_of(board, key),
    }
    if stored is None or decision is None:
        code = stored.context.get("outside", {}).get(key, "") if stored is not None else ""
        left_out = stored.context.get("left_out", {}).get(key, "") if stored is not None else ""
        words = left_out or (outside_words(code) if code else _("Belum ada hasil untuk pilihan ini."))
        return context | {"title": heading(row.title, False), "sentences": [words], "code": code, "chosen": False}
    said, changes = parted(reason_points(stored, key, titles))
    return context | {
        "title": heading(row.title, decision.chosen),
        "sentences": said,
        "changes": changes,
        "money": [(source_name(code), format_rupiah(amount)) for code, amount in decision.amounts],
        "code": decision.code,
        "chosen": decision.chosen,
    }


def parted(told: Sequence[Point]) -> tuple[list[str], list[str]]:
    """Return what is so, and what would change it; what would fall out then stays with its change."""
    said = [point.text for point in told if point.kind == "so"]
    changes: list[str] = []
    for point in told:
        if point.kind == "change":
            changes.append(point.text)
        elif point.kind == "effect":
            changes[-1] = f"{changes[-1]} {point.text}"
    return said, changes


def heading(title: str, chosen: bool) -> str:
    words = _("Kenapa %(title)s masuk?") if chosen else _("Kenapa %(title)s belum masuk?")
    return words % {"title": title[:120]}


def ties_of(board: Board, key: str) -> list[str]:
    """Return what ties a proposal to others, each with its reason."""
    lines = []
    for link in board.facts.links:
        one, other = str(link.one_id), str(link.other_id)
        if key not in (one, other):
            continue
        words = _("%(one)s mensyaratkan %(other)s: %(reason)s")
        if link.kind == ProposalLink.Kind.EXCLUDES:
            words = _("%(one)s dan %(other)s saling menggantikan: %(reason)s")
        lines.append(words % {"one": number(board, one), "other": number(board, other), "reason": link.reason})
    return lines


def number(board: Board, key: str) -> str:
    row = board.rows.get(key)
    return f"{row.number} {row.title}" if row is not None else _("usulan yang tidak ikut lagi")


def replay_context(run: AllocationRun, found: Replayed) -> dict[str, Any]:
    """Return what was counted and, where the outcome differs, what differs."""
    before = {decision.id: decision for decision in found.before.outcome.decisions}
    again = {decision.id: decision for decision in found.again.decisions}
    numbers = {item.id: item.number or item.id for item in found.before.problem.proposals}
    differing = [numbers.get(key, key) for key in sorted(before) if again.get(key) != before[key]]
    choice = choice_of(run)
    meeting = str(run.meeting_id) if run.meeting_id else "tim"
    return {
        "settings": settings_lines(found.before, choice),
        "differences": differing,
        "back": f"{reverse('hall:studio', args=[run.cycle_id])}?{query_text(choice, musyawarah=meeting)}",
    }
