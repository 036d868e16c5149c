"""Problem and outcome back from the plain values that `digest` writes: a stored run, a file, another machine."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from rembuk.core.allocation.model import (
    Ballot,
    Decision,
    Exclusion,
    Outcome,
    Problem,
    Proposal,
    Round,
    RowState,
    Share,
    Solver,
    Source,
    SourceState,
)
from rembuk.core.allocation.settings import Settings, Ties
from rembuk.core.money import Rupiah

Values = Mapping[str, Any]


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
                groups=frozenset(row.get("groups", ())),
                score=row.get("score", 0),
                number=row.get("number", ""),
            )
            for row in values["proposals"]
        ),
        sources=tuple(Source(row["id"], row["ceiling"], row["earmarked"]) for row in values["sources"]),
        shares=tuple(share_from(row) for row in values["shares"]),
        exclusions=tuple(Exclusion(frozenset(ids), most, reason) for ids, most, reason in values["exclusions"]),
        year=values["year"],
        order=tuple(values["order"]),
        not_by_default=frozenset(values["not_by_default"]),
        ballots=tuple(ballot_from(row) for row in values.get("ballots", ())),
        village=values.get("village", ""),
        unit=values.get("unit", 1),
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


def ballot_from(row: Sequence[Any]) -> Ballot:
    weight, hamlet, groups, kind, marks = row
    return Ballot(
        approvals=tuple(mark[0] for mark in marks) if kind == "approvals" else (),
        points=tuple((name, given) for name, given in marks) if kind == "points" else (),
        ranking=tuple(mark[0] for mark in marks) if kind == "ranking" else (),
        weight=Fraction(weight),
        hamlet=hamlet,
        groups=frozenset(groups),
    )


def settings_from(row: Values) -> Settings:
    """Return the settings that `settings_values` wrote."""
    return Settings(
        rule=row["rule"],
        utility=row["utility"],
        completion=row["completion"],
        ties=Ties(row["ties"], row["seed"]),
        step=row["step"],
        stops=row["stops"],
        vote_weight=row["vote_weight"],
        score_weight=row["score_weight"],
        gap=Fraction(row["gap"]),
        time_limit=row["time_limit"],
    )


def solver_from(row: Sequence[Any]) -> Solver:
    name, version, status, gap, objective, bound, seed, conflict = row
    return Solver(name, version, status, Fraction(gap), objective, bound, seed, tuple(conflict))


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
        settings=settings_from(values["settings"]) if values.get("settings") else Settings(),
        rounds=tuple(
            Round(name, phase, Fraction(votes), ratio(price)) for name, phase, votes, price in values.get("rounds", ())
        ),
        share=ratio(values.get("share")),
        solver=solver_from(values["solver"]) if values.get("solver") else None,
    )
