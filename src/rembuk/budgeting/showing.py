"""What the page of priorities shows of a stored run: lines with a cut, bars of the ceilings, what changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from rembuk.budgeting import labels
from rembuk.budgeting.models import AllocationRun
from rembuk.budgeting.stored import Stored, unpacked
from rembuk.budgeting.telling import reasons_of
from rembuk.core.draft.papers import REASON_COLUMNS
from rembuk.core.law.reasons import SET_BY_MEETING
from rembuk.funding.labels import source_name
from rembuk.proposals.models import Proposal


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal of the list. place: 0 for one that takes no part. overridden: the hall decided otherwise."""

    key: str
    place: int
    proposal: Proposal | None
    title: str
    chosen: bool
    code: str
    chip: str
    cost: int | None
    money: tuple[tuple[str, int], ...]
    reason: str
    overridden: bool
    cut_above: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One source: widths in percent of its whole money, earmarked money hatched.

    standing: what the plan pays of it whatever is chosen; *ceiling* is what is left to choose.
    """

    code: str
    name: str
    ceiling: int
    used: int
    left: int
    earmarked: int
    used_width: str
    limit: str
    hatch_width: str
    standing: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the run before: titles that came in and that fell out, and the money used."""

    entered: tuple[str, ...]
    left: tuple[str, ...]
    used_before: int
    used_now: int

    @property
    def any(self) -> bool:
        return bool(self.entered or self.left or self.used_before != self.used_now)


def values_of(run: AllocationRun) -> Stored:
    """Return a stored run as values; whether it still gives its digest says `Stored.intact`."""
    return unpacked(run.problem, run.outcome, run.digest)


def proposals_of(*runs: Stored) -> dict[str, Proposal]:
    """Return key -> proposal for everything that the runs name. One query."""
    keys: set[str] = set()
    for run in runs:
        keys |= {decision.id for decision in run.outcome.decisions} | set(run.context.get("outside", {}))
    rows = Proposal.objects.filter(pk__in=[UUID(key) for key in keys]).select_related("hamlet", "village")
    return {str(row.pk): row for row in rows}


def title_of(rows: Mapping[str, Proposal], key: str) -> str:
    return rows[key].title if key in rows else _("usulan yang sudah dihapus")


def lines_of(run: Stored, rows: Mapping[str, Proposal]) -> list[Line]:
    """Return the proposals of the count in their published order; the cut stands above the first that got nothing."""
    reasons = reasons_of(run, {key: row.title for key, row in rows.items()})
    put_in = {proposal.id for proposal in run.problem.proposals if proposal.mandatory}
    lines, cut = [], False
    for place, decision in enumerate(run.outcome.decisions, 1):
        first_out = not decision.chosen and not cut
        cut = cut or first_out
        lines.append(
            Line(
                key=decision.id,
                place=place,
                proposal=rows.get(decision.id),
                title=title_of(rows, decision.id),
                chosen=decision.chosen,
                code=decision.code,
                chip=labels.code_name(decision.code),
                cost=decision.cost,
                money=tuple((code, int(amount)) for code, amount in decision.amounts),
                reason=reasons[decision.id],
                overridden=decision.id in put_in,
                cut_above=first_out,
            )
        )
    return lines


def outside_of(run: Stored, rows: Mapping[str, Proposal]) -> list[Line]:
    """Return the proposals that took no part, each with its reason, by number."""
    left_out: Mapping[str, str] = run.context.get("left_out", {})
    found = [
        Line(
            key=key,
            place=0,
            proposal=rows.get(key),
            title=title_of(rows, key),
            chosen=False,
            code=code,
            chip=labels.code_name(code) if code == SET_BY_MEETING else _("tidak ikut dihitung"),
            cost=rows[key].cost if key in rows else None,
            money=(),
            reason=left_out.get(key) or labels.outside_words(code),
            overridden=key in left_out,
        )
        for key, code in run.context.get("outside", {}).items()
    ]
    return sorted(found, key=lambda line: ((line.proposal.number or "") if line.proposal else "", line.key))


def bars_of(run: Stored) -> list[Bar]:
    """Return a bar per source with money of either kind; all are drawn on the scale of the largest."""
    states = run.outcome.sources
    most = max([state.ceiling + state.earmarked for state in states], default=0) or 1
    standing = run.context.get("standing", {})
    return [
        Bar(
            code=state.id,
            name=source_name(state.id),
            ceiling=state.ceiling,
            used=state.used,
            left=state.left,
            earmarked=state.earmarked,
            used_width=percent(state.used, most),
            limit=percent(state.ceiling, most),
            hatch_width=percent(state.earmarked, most),
            standing=standing.get(state.id, 0),
        )
        for state in states
    ]


def percent(part: int, whole: int) -> str:
    """Return a share as a percentage with two decimals, computed in whole numbers."""
    hundredths = 10_000 * part // whole
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def changes_of(now: Stored, before: Stored, rows: Mapping[str, Proposal]) -> Changes:
    """Return what came in and what fell out between two runs, in the published order of each."""
    chosen_now, chosen_before = now.outcome.selected, before.outcome.selected
    return Changes(
        entered=tuple(title_of(rows, key) for key in chosen_now if key not in set(chosen_before)),
        left=tuple(title_of(rows, key) for key in chosen_before if key not in set(chosen_now)),
        used_before=used(before),
        used_now=used(now),
    )


def used(run: Stored) -> int:
    return sum(state.used for state in run.outcome.sources)


def reason_rows(lines: Sequence[Line]) -> list[list[str | int | None]]:
    """Return the rows under `REASON_COLUMNS`, as the draft from a list of proposals writes them."""
    return [
        [
            line.place or None,
            line.title,
            line.cost,
            "ya" if line.chosen else "tidak",
            ";".join(code for code, _amount in line.money),
            line.code,
            line.reason,
        ]
        for line in lines
    ]


HEADER = list(REASON_COLUMNS)
