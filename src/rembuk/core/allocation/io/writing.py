"""A problem as a Pabulib file, for tools outside Rembuk."""

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from fractions import Fraction

from rembuk.core.allocation.model import Ballot, Problem
from rembuk.core.errors import BadInputError


def write_pabulib(
    problem: Problem,
    meta: Mapping[str, str] | None = None,
    titles: Mapping[str, str] | None = None,
    *,
    packed: bool = False,
) -> bytes:
    """Return the bytes of a Pabulib file, the same on every machine; packed: gzipped, without a time in it.

    meta: further rows for META (``description`` ...). titles: id -> name of a proposal. A ballot of weight k becomes k
    rows, numbered; nothing about voters is written. Raises: BadInputError for what the format cannot say: several
    sources, rows, prerequisites, exclusions, mandatory proposals, costs left open, broken weights, mixed ballots.
    """
    lost = _lost(problem)
    if lost:
        raise BadInputError("pb-tak-muat", read=", ".join(lost))
    if not problem.proposals:
        raise BadInputError("pb-kosong")
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerows(_meta_rows(problem, meta or {}))
    writer.writerows([("PROJECTS",), ("project_id", "cost", "name")])
    for item in sorted(problem.proposals, key=lambda item: item.id):
        writer.writerow((item.id, money(item.cost or 0, problem.unit), (titles or {}).get(item.id, "")))
    writer.writerows(_vote_rows(problem.ballots))
    content = stream.getvalue().encode()
    return gzip.compress(content, mtime=0) if packed else content


def _lost(problem: Problem) -> list[str]:
    items = problem.proposals
    said = {
        "lebih dari satu sumber": len(problem.sources) != 1,
        "aturan penggunaan dana": bool(problem.shares),
        "usulan yang saling meniadakan": bool(problem.exclusions),
        "usulan bersyarat": any(item.requires for item in items),
        "usulan wajib": any(item.mandatory for item in items),
        "usulan tanpa biaya": any(not item.cost for item in items),
        "tanda usulan berkoma": any("," in item.id for item in items),
        "bobot suara pecahan": any(ballot.weight.denominator != 1 for ballot in problem.ballots),
        "suara dari dua cara": len({kind_of(ballot) for ballot in problem.ballots} - {""}) > 1,
    }
    return [name for name, there in said.items() if there]


def kind_of(ballot: Ballot) -> str:
    """Return the Pabulib word for a ballot, nothing for an empty one."""
    if ballot.ranking:
        return "ordinal"
    return "cumulative" if ballot.points else "approval" if ballot.approvals else ""


def money(amount: int, unit: int) -> str:
    """Return *amount* (of 1/unit) in the currency, with as few decimals as say it exactly."""
    whole, rest = divmod(amount, unit)
    if not rest:
        return str(whole)
    return f"{whole}.{str(rest).zfill(len(str(unit)) - 1).rstrip('0')}"


def _meta_rows(problem: Problem, meta: Mapping[str, str]) -> list[tuple[str, ...]]:
    voters = sum((ballot.weight for ballot in problem.ballots), Fraction(0))
    kinds = {kind_of(ballot) for ballot in problem.ballots} - {""}
    own = {
        "num_projects": str(len(problem.proposals)),
        "num_votes": str(voters),
        "budget": money(problem.sources[0].ceiling, problem.unit),
        "vote_type": kinds.pop() if kinds else "approval",
    }
    if problem.year:
        own["instance"] = str(problem.year)
    further = [(key, meta[key]) for key in sorted(meta) if key not in own]
    return [("META",), ("key", "value"), *further, *own.items()]


def _vote_rows(ballots: Sequence[Ballot]) -> list[tuple[str, ...]]:
    points = any(ballot.points for ballot in ballots)
    cells = []
    for ballot in ballots:
        names = ballot.ranking or tuple(name for name, _ in sorted(ballot.marked))
        given = tuple(str(value) for _, value in sorted(ballot.marked)) if points else ()
        cells += [(",".join(names), ",".join(given))] * int(ballot.weight)
    rows: list[tuple[str, ...]] = [("VOTES",), ("voter_id", "vote", "points") if points else ("voter_id", "vote")]
    for number, (names_cell, points_cell) in enumerate(sorted(cells), 1):
        rows.append((str(number), names_cell, points_cell) if points else (str(number), names_cell))
    return rows
