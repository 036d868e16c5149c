"""One number for a problem and its outcome: SHA-256 over canonical JSON, the same on every machine."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from rembuk.core.allocation.ballots import ApprovalTable
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


class _Quoted(dict[str, str]):
    """Id -> how it stands in JSON."""

    def __missing__(self, name: str) -> str:
        self[name] = json.dumps(name, ensure_ascii=False)
        return self[name]


def _marks_text(ballot: Ballot, quoted: _Quoted) -> tuple[str, str]:
    """Return the kind of a ballot and the JSON of its marks."""
    if ballot.ranking:
        return "ranking", "],[".join([quoted[name] for name in ballot.ranking])
    if ballot.points:
        return "points", "],[".join([f"{quoted[name]},{given}" for name, given in sorted(ballot.points)])
    return "approvals", "],[".join([quoted[name] for name in sorted(ballot.approvals)])


def ballots_json(ballots: Sequence[Ballot]) -> bytes:
    """Return the canonical JSON of the ballots, without brackets: equal ones merged, in an order of their own.

    Put together by hand: a city has tens of thousands of different ballots, and `json` takes ten times as long.
    """
    if isinstance(ballots, ApprovalTable):
        return ballots.json()
    quoted = _Quoted()
    heads: dict[tuple[str, frozenset[str], str], dict[str, Fraction]] = {}
    for ballot in ballots:
        kind, marks = _marks_text(ballot, quoted)
        weights = heads.setdefault((ballot.hamlet, ballot.groups, kind), {})
        weight = weights.get(marks)
        weights[marks] = ballot.weight if weight is None else weight + ballot.weight
    texts: list[str] = []
    lines = {_canonical([hamlet, sorted(groups), kind])[1:-1]: (hamlet, groups, kind) for hamlet, groups, kind in heads}
    for line in sorted(lines):
        for marks, weight in sorted(heads[lines[line]].items()):
            texts.append(f'["{weight.numerator}/{weight.denominator}",{line},[{f"[{marks}]" if marks else ""}]]')
    return ",".join(texts).encode()


def ballot_values(ballots: Sequence[Ballot]) -> list[list[object]]:
    """Return the ballots as [weight, hamlet, groups, kind, marks], equal ones merged, in an order of their own."""
    values: list[list[object]] = json.loads(b"[%b]" % ballots_json(ballots))
    return values


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


def _canonical(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(problem: Problem, outcome: Outcome) -> str:
    """Return the SHA-256 (64 hex digits) of the canonical JSON of *problem* and *outcome*."""
    rest = _canonical(problem_values(replace(problem, ballots=())))
    head = f'{{"outcome":{_canonical(outcome_values(outcome))},"problem":{{'
    if problem.ballots:  # "ballots" is the first of the keys in their order
        said = [head.encode(), b'"ballots":[', ballots_json(problem.ballots), b"],", rest[1:].encode(), b"}"]
    else:
        said = [head.encode(), rest[1:].encode(), b"}"]
    return hashlib.sha256(b"".join(said)).hexdigest()
