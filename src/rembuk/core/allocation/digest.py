"""One number for a problem and its outcome: SHA-256 over canonical JSON, the same on every machine."""

import hashlib
import json
from fractions import Fraction

from rembuk.core.allocation.model import Outcome, Problem, Share


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


def problem_values(problem: Problem) -> dict[str, object]:
    """Return the problem as plain values in an order that does not depend on how it was given."""
    return {
        "year": problem.year,
        "order": list(problem.order),
        "not_by_default": sorted(problem.not_by_default),
        "proposals": [
            {
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
            for item in sorted(problem.proposals, key=lambda item: item.id)
        ],
        "sources": [
            {"id": source.id, "ceiling": source.ceiling, "earmarked": source.earmarked}
            for source in sorted(problem.sources, key=lambda source: source.id)
        ],
        "shares": [_share(share) for share in sorted(problem.shares, key=lambda share: share.name)],
        "exclusions": sorted(
            ([sorted(rule.ids), rule.at_most, rule.reason] for rule in problem.exclusions), key=json.dumps
        ),
    }


def outcome_values(outcome: Outcome) -> dict[str, object]:
    """Return the outcome as plain values, without its digest."""
    return {
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


def digest_of(problem: Problem, outcome: Outcome) -> str:
    """Return the SHA-256 (64 hex digits) of the canonical JSON of *problem* and *outcome*."""
    values = {"problem": problem_values(problem), "outcome": outcome_values(outcome)}
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
