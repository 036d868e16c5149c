"""Rank the proposals, share the ceilings out, and keep everything the papers and the checks need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rembuk.core.allocation import Outcome, Problem, Proposal, Share, Source, allocate, sentence, shares_of, verify
from rembuk.core.draft.ranking import Ranked, Scores, rank
from rembuk.core.intake.ceilings import Ceilings
from rembuk.core.intake.proposals import ReadRow
from rembuk.core.law.dana_desa import RulePack, rule_pack
from rembuk.core.money import Rupiah


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """A drafted plan of one budget year. ranked: best first. scored: whether a meeting's scores made the order.

    pack: the year's Dana Desa rules, None when they are not loaded.
    """

    budget_year: int
    ranked: tuple[Ranked, ...]
    scored: bool
    ceilings: Ceilings
    pack: RulePack | None
    problem: Problem
    outcome: Outcome

    @property
    def chosen(self) -> tuple[Ranked, ...]:
        """Return the chosen proposals, best first."""
        selected = set(self.outcome.selected)
        return tuple(item for item in self.ranked if str(item.row.row) in selected)

    @property
    def used(self) -> Mapping[str, Rupiah]:
        """Return what was given out: source -> rupiah, for every source with a ceiling."""
        return {state.id: state.used for state in self.outcome.sources}

    def amounts(self, item: Ranked) -> tuple[tuple[str, Rupiah], ...]:
        """Return what pays for *item*: (source, rupiah) in the order the sources are filled."""
        return self.outcome.decision(str(item.row.row)).amounts

    def reason(self, item: Ranked) -> tuple[str, str]:
        """Return code and sentence of what became of *item*."""
        decision = self.outcome.decision(str(item.row.row))
        titles = {str(one.row.row): one.row.text for one in self.ranked} if decision.others else {}
        rows = {share.name: share.title for share in self.problem.shares}
        return decision.code, sentence(decision, titles, rows)


def draft_plan(
    rows: Sequence[ReadRow],
    ceilings: Ceilings,
    budget_year: int,
    *,
    scores: Mapping[int, Scores] | None = None,
    rule: str = "greedy",
) -> DraftPlan:
    """Draft the plan of *budget_year* from the accepted *rows*.

    scores: the list's row number -> C1 to C5; without them the default order holds. Only free money is shared out.
    Raises: UnknownRuleError; InvalidProblemError when the ceilings cannot meet the rule pack; RuntimeError when the
    independent check of the outcome finds a fault.
    """
    ranked = rank(rows, scores)
    pack = rule_pack(budget_year)
    problem = _problem(ranked, ceilings, pack, budget_year)
    outcome = allocate(problem, rule)
    if faults := verify(problem, outcome):
        raise RuntimeError(f"the allocation fails its own check: {faults}")
    return DraftPlan(budget_year, ranked, bool(scores), ceilings, pack, problem, outcome)


def _problem(ranked: Sequence[Ranked], ceilings: Ceilings, pack: RulePack | None, year: int) -> Problem:
    earmarked: dict[str, int] = {}
    for line in ceilings.earmarked:
        earmarked[line.source] = earmarked.get(line.source, 0) + line.amount
    free = ceilings.free
    codes = list(dict.fromkeys((*free, *earmarked)))
    sources = tuple(Source(code, free.get(code, Rupiah(0)), earmarked.get(code, 0)) for code in codes)
    proposals = tuple(
        Proposal(
            id=str(item.row.row),
            cost=item.row.cost,
            rank=item.rank,
            position=item.row.row,
            hamlet=item.row.hamlet,
            tags=frozenset({item.focus, item.category}),
            sources=frozenset(item.row.sources) if item.row.sources else None,
        )
        for item in ranked
    )
    shares: tuple[Share, ...] = ()
    if "DDS" in codes:
        shares = shares_of(pack, regular=free.get("DDS", 0), earmarked=earmarked.get("DDS", 0))
    return Problem(proposals, sources, shares, year=year)
