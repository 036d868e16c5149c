"""A stored run and back: the JSON of problem and outcome as the values of core.allocation, the digest unchanged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from rembuk.core.allocation import Decision, Exclusion, Outcome, Problem, Proposal, RowState, Share, Source, SourceState
from rembuk.core.allocation.digest import digest_of, outcome_values, problem_values
from rembuk.core.money import Rupiah

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """A run as values. context: what the page says beside it (see `gathering.Gathered.context`)."""

    problem: Problem
    outcome: Outcome
    context: Values
    violations: tuple[str, ...] = ()

    @property
    def intact(self) -> bool:
        """Whether problem and outcome still give the digest that was stored."""
        return self.outcome.digest == digest_of(self.problem, self.outcome)


def packed_problem(problem: Problem, context: Values) -> dict[str, Any]:
    """Return what the column ``problem`` holds."""
    return {"values": problem_values(problem), "context": dict(context)}


def packed_outcome(outcome: Outcome, violations: tuple[str, ...]) -> dict[str, Any]:
    """Return what the column ``outcome`` holds."""
    return {"values": outcome_values(outcome), "violations": list(violations)}


def unpacked(problem: Values, outcome: Values, digest: str) -> Stored:
    """Return a stored run as values; titles of rule rows come from the context. Raises: KeyError, ValueError."""
    context: Values = problem["context"]
    titles: Mapping[str, str] = context.get("row_titles", {})
    asked = problem_from(problem["values"])
    shares = tuple(replace(share, title=titles.get(share.name, "")) for share in asked.shares)
    answer = replace(outcome_from(outcome["values"], asked), digest=digest)
    return Stored(replace(asked, shares=shares), answer, context, tuple(outcome.get("violations", ())))


def problem_from(values: Values) -> Problem:
    """Return the problem that `problem_values` wrote."""
    return Problem(
        proposals=tuple(
            Proposal(
                id=row["id"],
                cost=row["cost"],
                rank=row["rank"],
                position=row["position"],
                hamlet=row["hamlet"],
                tags=frozenset(row["tags"]),
                sources=None if row["sources"] is None else frozenset(row["sources"]),
                single_source=row["single_source"],
                requires=tuple(row["requires"]),
                mandatory=row["mandatory"],
            )
            for row in values["proposals"]
        ),
        sources=tuple(Source(row["id"], row["ceiling"], row["earmarked"]) for row in values["sources"]),
        shares=tuple(share_from(row) for row in values["shares"]),
        exclusions=tuple(Exclusion(frozenset(ids), most, reason) for ids, most, reason in values["exclusions"]),
        year=values["year"],
        order=tuple(values["order"]),
        not_by_default=frozenset(values["not_by_default"]),
    )


def share_from(row: Values) -> Share:
    return Share(
        name=row["name"],
        of=row["of"],
        tags=frozenset(row["tags"]),
        match=row["match"],
        min=ratio(row["min"]),
        max=ratio(row["max"]),
        min_amount=row["min_amount"],
        max_amount=row["max_amount"],
        base=row["base"],
        hard=row["hard"],
        legal_basis=row["legal_basis"],
    )


def ratio(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def outcome_from(values: Values, problem: Problem) -> Outcome:
    """Return the outcome that `outcome_values` wrote; the legal basis of its rows stands in *problem*."""
    basis = {share.name: share.legal_basis for share in problem.shares}
    return Outcome(
        rule=values["rule"],
        decisions=tuple(
            Decision(
                id=row["id"],
                chosen=row["chosen"],
                code=row["code"],
                cost=None if row["cost"] is None else Rupiah(row["cost"]),
                amounts=tuple((code, Rupiah(amount)) for code, amount in row["amounts"]),
                missing=Rupiah(row["missing"]),
                blocked_sources=tuple(row["blocked_sources"]),
                blocked_rows=tuple(row["blocked_rows"]),
                others=tuple(row["others"]),
                note=row["note"],
            )
            for row in values["decisions"]
        ),
        sources=tuple(
            SourceState(code, Rupiah(ceiling), Rupiah(earmarked), Rupiah(used))
            for code, ceiling, earmarked, used in values["sources"]
        ),
        rows=tuple(
            RowState(
                name, of, hard, Rupiah(low), None if high is None else Rupiah(high), Rupiah(used), basis.get(name, "")
            )
            for name, of, hard, low, high, used in values["rows"]
        ),
        settled=values["settled"],
        search_cut=values["search_cut"],
    )
