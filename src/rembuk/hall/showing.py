"""What the studio says around its lists: the sliders, the words of a choice, its state, its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.budgeting.asking import standing_by_source
from rembuk.budgeting.choice import WHOLE_CEILING, Choice, offered_rules, query_text
from rembuk.budgeting.gathering import DRAFT, Facts
from rembuk.budgeting.labels import COMPLETION_NAMES, CRITERION_NAMES, RULE_NAMES, RULE_NOTES
from rembuk.budgeting.minutes import settings_lines
from rembuk.budgeting.permissions import allows
from rembuk.budgeting.trying import fairness_of
from rembuk.core.allocation.fairness import as_values, findings, headline
from rembuk.core.hat import Hat
from rembuk.core.law.elements import ELEMENTS
from rembuk.core.scoring import CRITERIA
from rembuk.funding.labels import source_name
from rembuk.hall import drawing
from rembuk.hall.binding import bound_lines
from rembuk.hall.sides import Board, Side
from rembuk.shared.templatetags.rembuk import thousands
from rembuk.shared.wording import sentence


@dataclass(frozen=True, slots=True)
class Slider:
    """One slider. whole: rupiah that 100 percent stand for, so that the page can say the amount while it moves."""

    name: str
    label: str
    low: int
    high: int
    step: int
    value: int
    shown: str
    whole: int = 0


def wanted_of(facts: Facts) -> str:
    """Return how the address names the list that is shown."""
    return str(facts.meeting.pk) if facts.meeting is not None else DRAFT


def criteria(choice: Choice) -> list[Slider]:
    return [
        Slider(code.lower(), str(CRITERION_NAMES[code]), 0, 5, 1, weight, str(weight))
        for code, weight in zip(CRITERIA, choice.weights, strict=True)
    ]


def ceilings(facts: Facts, choice: Choice) -> list[Slider]:
    """Return a slider for each source that villagers may plan."""
    sliders = []
    for code, amount in facts.ceilings.plannable.items():
        if amount:
            percent = choice.percent_of(code)
            label = _("Pagu %(source)s") % {"source": source_name(code)}
            shown = ceiling_words(percent, amount)
            sliders.append(Slider(f"pagu_{code}", label, 0, 200, 5, percent, shown, amount))
    return sliders


def ceiling_words(percent: int, amount: int) -> str:
    return f"{percent} % · Rp{thousands(amount * percent // WHOLE_CEILING)}"


def rules(choice: Choice) -> list[Mapping[str, Any]]:
    return [
        {"code": rule, "name": RULE_NAMES[rule], "note": RULE_NOTES[rule], "on": rule == choice.rule}
        for rule in offered_rules()
    ]


def form_context(facts: Facts, choice: Choice) -> dict[str, Any]:
    """Return what the form of the scales holds."""
    return {
        "rules": rules(choice),
        "criteria": criteria(choice),
        "ceilings": ceilings(facts, choice),
        "completions": [
            {"code": code, "name": name, "on": code == choice.completion} for code, name in COMPLETION_NAMES.items()
        ],
        "choice": choice,
        "wanted": wanted_of(facts),
        "halls": facts.halls,
        "scored": bool(facts.means),
        "voted": bool(facts.ballots) and bool(facts.means),
    }


def result_context(board: Board, hat: Hat) -> dict[str, Any]:
    """Return what changes with the choice: both sides, what differs, the list, the bars, the fairness."""
    facts, b = board.facts, board.b
    query = query_text(b.choice, musyawarah=wanted_of(facts))
    may_decide = facts.cycle.closed_at is None and facts.run is not None and allows(hat, "override", facts.run)
    where = drawing.addresses(board, query, may_decide)
    found = board.difference
    return {
        "board": board,
        "query": query,
        "where": where,
        "may_decide": may_decide,
        "sides": [side_context(board, board.a, hat), side_context(board, b, hat)],
        "difference": found,
        "difference_title": difference_title(board),
        "difference_rows": drawing.difference_rows(board, where) if b.stored and board.a.stored else "",
        "rows": drawing.ranked_rows(board, b, where),
        "bars": drawing.bars(b),
        "shared_items": drawing.shared_items(board),
        "refusal": sentence(b.tried.refusal) if b.tried.refusal is not None else "",
        "refusal_findings": getattr(b.tried.refusal, "findings", ()),
        "waiting": b.waiting,
        "money": money_of(board),
        "question": question_words(facts, b.choice),
        "spoken": spoken(board),
    }


def money_of(board: Board) -> int:
    """Return the rupiah of the letter that some proposal may use, less what the plan pays whatever is chosen."""
    standing = standing_by_source(board.facts)
    counted = [side.stored.outcome for side in (board.a, board.b) if side.stored is not None]
    used = {state.id for outcome in counted for state in outcome.sources}
    plannable = board.facts.ceilings.plannable
    return sum(max(0, amount - standing.get(code, 0)) for code, amount in plannable.items() if code in used)


def fairness_context(board: Board, *, rerun: bool = False) -> dict[str, Any]:
    """Return the panel of fairness: what each choice does to hamlets and groups, small groups merged; what binds it.

    rerun: also count what a million more in each bound would bring in, which takes a run of the rule each.
    """
    fair = []
    for side in (board.a, board.b):
        if side.stored is not None:
            report = fairness_of(board.facts, side.stored)
            fair.append(
                {
                    "letter": side.letter,
                    "findings": [drawing.whole_percents(text) for text in findings(report)],
                    "hamlets": drawing.in_order(report, (hamlet.name for hamlet in board.facts.hamlets)),
                    "groups": group_lines(as_values(report)),
                    "bounds": bound_lines(board, side, rerun=rerun),
                    "since": report.years[0] if len(report.years) > 1 else None,
                }
            )
    return {"fair": fair}


def group_lines(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (group, what may be said of it): its part of an even share, or only whether it was represented."""
    lines = []
    for row in values["by_group"]:
        name = ELEMENTS.get(row["name"].upper(), row["name"])
        percent = row.get("deficit_percent")
        words = row["represented"] or (_("%(percent)s %% dari rata-rata") % {"percent": percent} if percent else "–")
        lines.append((name, words))
    return lines


def spoken(board: Board) -> str:
    """Return what a screen reader hears once the hand rests."""
    b = board.b
    if b.stored is None:
        return _("Pilihan B belum ada hasilnya.")
    words = _("Pilihan B: %(chosen)s dari %(total)s usulan, sisa Rp%(left)s. %(difference)s.")
    return words % {
        "chosen": len(b.chosen),
        "total": len(b.stored.outcome.decisions),
        "left": thousands(b.left),
        "difference": difference_title(board),
    }


def side_context(board: Board, side: Side, hat: Hat) -> dict[str, Any]:
    """Return one side of the comparison."""
    rule = side.choice.rule
    context: dict[str, Any] = {
        "letter": side.letter,
        "whole": sum(state.ceiling for state in side.stored.outcome.sources) if side.stored is not None else 0,
        "rule_name": RULE_NAMES.get(rule, rule),
        "note": RULE_NOTES.get(rule, ""),
        "state": state_of(board.facts, side),
        "picked": side.letter == "A",
        "counted": side.stored is not None,
        "waiting": side.waiting,
        **acts_of(board, side, hat),
    }
    if side.stored is None or side.report is None:
        return context
    title = drawing.whole_percents(headline(side.report))
    hamlets = drawing.in_order(side.report, (hamlet.name for hamlet in board.facts.hamlets))
    chosen = [board.rows[decision.id] for decision in side.chosen if decision.id in board.rows]
    return context | {
        "chosen": len(side.chosen),
        "total": len(side.stored.outcome.decisions),
        "used": side.used,
        "left": side.left,
        "people": sum((row.beneficiaries_male or 0) + (row.beneficiaries_female or 0) for row in chosen),
        "headline": title,
        "dots": drawing.dots(hamlets, title),
        "shares": list(drawing.share_rows(hamlets)),
        "settings": settings_lines(side.stored, side.choice),
        "violations": side.stored.violations,
        "digest": side.tried.digest,
        "run": side.tried.run,
    }


def state_of(facts: Facts, side: Side) -> tuple[str, str]:
    """Return (state of the chip, words): what a choice is by now."""
    run = side.tried.run
    if side.waiting:
        return "paused", _("menghitung")
    if side.choice.is_question:
        return "paused", _("pengandaian")
    if run is not None and run.adopted:
        return "ok", _("dipakai di rancangan")
    if run is not None:
        return "due", _("dibawa ke musyawarah, belum disahkan") if run.meeting_id else _("tersimpan, belum disahkan")
    if side.letter == "A":
        return "next", _("hitungan bawaan")
    return "next", _("pembanding")


def acts_of(board: Board, side: Side, hat: Hat) -> dict[str, Any]:
    """Return what the hat may do with a choice now, so that no button leads into a refusal; the same run has one."""
    run, cycle = side.tried.run, board.facts.cycle
    twice = side.letter == "A" and run is not None and board.b.tried.run is not None and run.pk == board.b.tried.run.pk
    ready = side.stored is not None and not side.stored.violations and not side.choice.is_question
    open_now = cycle.closed_at is None
    return {
        "may_bring": side.letter == "B" and ready and open_now and run is None and allows(hat, "run", cycle),
        "may_adopt": ready
        and open_now
        and not twice
        and run is not None
        and not run.adopted_at
        and allows(hat, "adopt", run),
    }


def difference_title(board: Board) -> str:
    """Return the finding over the table of differences."""
    found = board.difference
    both = ngettext("%(count)d masuk di keduanya", "%(count)d masuk di keduanya", len(found.both)) % {
        "count": len(found.both)
    }
    if not found.count:
        return _("Kedua pilihan sama: %(both)s") % {"both": both}
    words = ngettext("%(count)d usulan berbeda", "%(count)d usulan berbeda", found.count) % {"count": found.count}
    return f"{words}, {both}"


def question_words(facts: Facts, choice: Choice) -> str:
    """Return which ceilings a choice only imagines, or an empty text."""
    if not choice.is_question:
        return ""
    parts = [
        _("%(source)s Rp%(asked)s, menurut surat Rp%(real)s")
        % {
            "source": source_name(code),
            "asked": thousands(facts.ceilings.plannable.get(code, 0) * percent // WHOLE_CEILING),
            "real": thousands(facts.ceilings.plannable.get(code, 0)),
        }
        for code, percent in choice.ceilings
    ]
    return "; ".join(parts)
