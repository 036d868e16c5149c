"""A fairness report as plain values: what may be shown or exported, with small groups merged."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from rembuk.core.allocation.fairness.ledger import Standing
from rembuk.core.allocation.fairness.model import Balance, FairnessReport, HamletLine
from rembuk.core.allocation.fairness.numbers import percent, text, whole
from rembuk.core.allocation.small_groups import REST, Cell, groups_shown, merge_small
from rembuk.core.workflow.privacy import SMALLEST, hidden_cells, stands_apart

Values = dict[str, Any]


def as_values(report: FairnessReport, publish: bool = True) -> Values:
    """Return the report as values for JSON: rupiah as int, shares as exact ``"1/20"`` and as per cent ``"5,0"``.

    publish: keep the small-group rule; only a check inside the program may turn it off. Then hamlets of fewer than
    five voters are merged into ``"*"`` (their names stand in ``merged``), groups go up into the village, the poor and
    the disabled show per meeting as ``terwakili`` or ``belum``, poor households show no hamlet, and a count of voters
    left out shows only where it and its rest are five or more.
    """
    return {
        "total": int(report.total),
        "common": int(report.common),
        "years": list(report.years),
        "lacks": list(report.lacks),
        "hamlets": [_line(line, publish) for line in report.hamlets],
        "by_population": _balance(report.by_population),
        "by_poor": shown_poor(report) if publish else _balance(report.by_poor),
        "voters": _everyone(report, publish),
        "by_hamlet": _by_hamlet(report, publish),
        "by_group": _by_group(report, publish),
    }


def shown_poor(report: FairnessReport) -> Values | None:
    """Return the balance against poor households without naming a hamlet, where every hamlet has five or more."""
    if report.by_poor is None or any((line.poor_households or 0) < SMALLEST for line in report.hamlets):
        return None
    return {key: value for key, value in (_balance(report.by_poor) or {}).items() if key not in ("lowest", "gap_at")}


def _share(name: str, value: Fraction | None) -> Values:
    return {name: text(value), f"{name}_percent": percent(value)}


def _line(line: HamletLine, publish: bool) -> Values:
    values: Values = {
        "name": line.name,
        "own": int(line.own),
        "common": int(line.common),
        "total": int(line.total),
        "population": line.population,
        "running": None if line.running is None else int(line.running),
        "owed": None if line.owed is None else int(line.owed),
        **_share("money_share", line.money_share),
        **_share("population_share", line.population_share),
        **_share("ratio", line.ratio),
    }
    if not publish:
        values["poor_households"] = line.poor_households
        values |= _share("poor_share", line.poor_share) | _share("poor_ratio", line.poor_ratio)
    return values


def _balance(balance: Balance | None) -> Values | None:
    if balance is None:
        return None
    return {
        "lowest": balance.lowest,
        "gap_at": balance.gap_at,
        **_share("ratio", balance.ratio),
        **_share("gini", balance.gini),
        **_share("gap", balance.gap),
    }


def _standing(report: FairnessReport, standing: Standing, *, left: bool) -> Values:
    """Return a group's values. left: whether the share of those left out may be shown."""
    return {
        "name": standing.name,
        "people": whole(standing.people),
        "average": whole(standing.average),
        "average_cost": whole(standing.average_cost),
        "average_count": text(standing.average_count),
        **_share("deficit", report.deficit(standing)),
        **_share("excluded", standing.excluded if left else None),
    }


def _everyone(report: FairnessReport, publish: bool) -> Values | None:
    voters = report.voters
    if voters is None or (publish and voters.people < SMALLEST):
        return None
    return _standing(report, voters, left=not publish or shown_left(voters) is not None)


def shown_left(voters: Standing) -> Fraction | None:
    """Return the share of all voters who support nothing chosen, where it may be shown; nobody left out may always."""
    few = voters.left_people and not stands_apart(voters.left_people, voters.people)
    return None if few or voters.people < SMALLEST else voters.excluded


def _by_hamlet(report: FairnessReport, publish: bool) -> list[Values]:
    if not any(standing.name for standing in report.by_hamlet):
        return []  # ballots without hamlets: the whole says it already
    if not publish:
        return [_standing(report, standing, left=True) | {"merged": []} for standing in report.by_hamlet]
    cells = {standing.name: Cell(standing.people) for standing in report.by_hamlet}
    shown, names = merge_small(cells)
    rows = {standing.name: standing for standing in report.by_hamlet if standing.name in shown}
    if REST in shown:
        rows[REST] = _sum(REST, [standing for standing in report.by_hamlet if standing.name in names])
    # A share of those left out is a count of them and of the others: the smaller of both must be large enough.
    hidden = hidden_cells({name: min(row.left_people, row.people - row.left_people) for name, row in rows.items()})
    return [
        _standing(report, row, left=name not in hidden) | {"merged": list(names) if name == REST else []}
        for name, row in rows.items()
    ]


def _sum(name: str, parts: Sequence[Standing]) -> Standing:
    zero = Fraction(0)
    return sum(parts, Standing(name, zero, zero, zero, zero, zero, zero, zero))


def _by_group(report: FairnessReport, publish: bool) -> list[Values]:
    if report.voters is None:
        return []
    if not publish:
        return [_standing(report, standing, left=True) | {"represented": None} for standing in report.by_group]
    cells = {standing.name: Cell(standing.people) for standing in report.by_group}
    return list(_shown_groups(report, report.voters, groups_shown(cells, Cell(report.voters.people), report.level)))


def _shown_groups(report: FairnessReport, voters: Standing, shown: Mapping[str, Cell | str | None]) -> list[Values]:
    rows = []
    for standing in report.by_group:
        cell = shown[standing.name]
        if isinstance(cell, str):
            rows.append({"name": standing.name, "represented": cell})
        elif cell is not None:
            left = _left_shown(standing, voters)
            rows.append(_standing(report, standing, left=left) | {"represented": None})
    return rows


def _left_shown(group: Standing, voters: Standing) -> bool:
    """Every cell of group x left out must be large enough; where all are in the group there are only two cells."""
    inside = (group.left_people, group.people - group.left_people)
    outside = (voters.left_people - inside[0], voters.people - voters.left_people - inside[1])
    cells = inside if not any(outside) else inside + outside
    return min(cells) >= SMALLEST
