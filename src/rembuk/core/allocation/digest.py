"""One number for a problem and its outcome: SHA-256 over canonical JSON, the same on every machine."""

import hashlib
import json
from fractions import Fraction

from rembuk.core.allocation.model import Ballot, Outcome, Problem, Proposal, Share
from rembuk.core.allocation.settings import Settings


def _ratio(value: Fraction | None) -> str | None:
    return None if value is None else f"{value.numerator}/{value.denominator}"


def _share(share: Share) -> dict[str, object]:
    return {
        "name": share.name,
        "of": share.of,
        "tags": sorted(share.tags),
        "match": share.match,
        "min": _ratio(share.min),
        "max": _ratio(share.max),
        "min_amount": share.min_amount,
        "max_amount": share.max_amount,
        "base": share.base,
        "hard": share.hard,
        "legal_basis": share.legal_basis,
    }


def _proposal(item: Proposal) -> dict[str, object]:
    values: dict[str, object] = {
        "id": item.id,
        "cost": item.cost,
        "rank": item.rank,
        "position": item.position,
        "hamlet": item.hamlet,
        "tags": sorted(item.tags),
        "sources": None if item.sources is None else sorted(item.sources),
        "single_source": item.single_source,
        "requires": sorted(item.requires),
        "mandatory": item.mandatory,
    }
    return values | _set(groups=sorted(item.groups), score=item.score, number=item.number)


def _set(**values: object) -> dict[str, object]:
    """Return the values that say something: a later field leaves the digest of an older run as it was."""
    return {key: value for key, value in values.items() if value}


def ballot_values(ballots: tuple[Ballot, ...]) -> list[list[object]]:
    """Return the ballots as [weight, hamlet, groups, kind, marks], equal ones merged, in an order of their own."""
    weights: dict[str, Fraction] = {}
    for ballot in ballots:
        marks: list[list[object]]
        if ballot.ranking:
            kind, marks = "ranking", [[name] for name in ballot.ranking]
        elif ballot.points:
            kind, marks = "points", [[name, given] for name, given in sorted(ballot.points)]
        else:
            kind, marks = "approvals", [[name] for name in sorted(ballot.approvals)]
        key = json.dumps([ballot.hamlet, sorted(ballot.groups), kind, marks], ensure_ascii=False)
        weights[key] = weights.get(key, Fraction(0)) + ballot.weight
    return [[_ratio(weights[key]), *json.loads(key)] for key in sorted(weights)]


def problem_values(problem: Problem) -> dict[str, object]:
    """Return the problem as plain values in an order that does not depend on how it was given."""
    values: dict[str, object] = {
        "year": problem.year,
        "order": list(problem.order),
        "not_by_default": sorted(problem.not_by_default),
        "proposals": [_proposal(item) for item in sorted(problem.proposals, key=lambda item: item.id)],
        "sources": [
            {"id": source.id, "ceiling": source.ceiling, "earmarked": source.earmarked}
            for source in sorted(problem.sources, key=lambda source: source.id)
        ],
        "shares": [_share(share) for share in sorted(problem.shares, key=lambda share: share.name)],
        "exclusions": sorted(
            ([sorted(rule.ids), rule.at_most, rule.reason] for rule in problem.exclusions), key=json.dumps
        ),
    }
    unit = problem.unit if problem.unit != 1 else 0
    return values | _set(ballots=ballot_values(problem.ballots), village=problem.village, unit=unit)


def settings_values(settings: Settings) -> dict[str, object]:
    """Return the settings as plain values."""
    return {
        "rule": settings.rule,
        "utility": settings.utility,
        "completion": settings.completion,
        "ties": settings.ties.mode,
        "seed": settings.ties.seed,
        "step": settings.step,
        "stops": settings.stops,
        "vote_weight": settings.vote_weight,
        "score_weight": settings.score_weight,
        "gap": _ratio(settings.gap),
        "time_limit": settings.time_limit,
    }


def outcome_values(outcome: Outcome) -> dict[str, object]:
    """Return the outcome as plain values, without its digest."""
    values: dict[str, object] = {
        "rule": outcome.rule,
        "settled": outcome.settled,
        "search_cut": outcome.search_cut,
        "decisions": [
            {
                "id": item.id,
                "chosen": item.chosen,
                "code": item.code,
                "cost": item.cost,
                "amounts": [list(part) for part in item.amounts],
                "missing": item.missing,
                "blocked_sources": list(item.blocked_sources),
                "blocked_rows": list(item.blocked_rows),
                "others": list(item.others),
                "note": item.note,
            }
            for item in outcome.decisions
        ],
        "sources": [[item.id, item.ceiling, item.earmarked, item.used] for item in outcome.sources],
        "rows": [[item.name, item.of, item.hard, item.low, item.high, item.used] for item in outcome.rows],
    }
    solver = outcome.solver
    return values | _set(
        settings=settings_values(outcome.settings) if outcome.settings != Settings() else None,
        rounds=[[step.id, step.phase, _ratio(step.votes), _ratio(step.price)] for step in outcome.rounds],
        share=_ratio(outcome.share),
        solver=solver
        and [
            solver.name,
            solver.version,
            solver.status,
            _ratio(solver.gap),
            solver.objective,
            solver.bound,
            solver.seed,
            list(solver.conflict),
        ],
    )


def digest_of(problem: Problem, outcome: Outcome) -> str:
    """Return the SHA-256 (64 hex digits) of the canonical JSON of *problem* and *outcome*."""
    values = {"problem": problem_values(problem), "outcome": outcome_values(outcome)}
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
