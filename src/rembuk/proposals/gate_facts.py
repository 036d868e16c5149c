"""What the gate of K5 rests on: proposals by hamlet, each with a confirmed code and a word about authority."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from rembuk.cycles.models import Cycle
from rembuk.proposals.queries import counts_by_hamlet
from rembuk.regions.models import Hamlet


def proposal_facts(cycle_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, object]]:
    """Return the facts of K5 for each cycle. Three queries for any number of cycles.

    proposals_total, proposals_without_code, proposals_without_authority, proposals_unchecked: counts.
    proposals_by_hamlet: {name: count}; hamlets_without_proposals: names of hamlets that proposed nothing (G15).
    """
    counted = counts_by_hamlet(cycle_ids)
    villages = dict(Cycle.objects.filter(pk__in=cycle_ids).values_list("id", "village_id"))
    hamlets: dict[str, list[tuple[UUID, str]]] = {}
    known = Hamlet.objects.filter(village_id__in=set(villages.values()), valid_to__isnull=True).order_by(
        "order", "name"
    )
    for key, village_id, name in known.values_list("id", "village_id", "name"):
        hamlets.setdefault(village_id, []).append((key, name))
    facts: dict[UUID, Mapping[str, object]] = {}
    for cycle_id in cycle_ids:
        rows = counted[cycle_id]
        total = whole(rows, "total")
        with_some = {row["hamlet_id"] for row in rows}
        own = hamlets.get(villages.get(cycle_id, ""), [])
        facts[cycle_id] = {
            "proposals_total": total,
            "proposals_without_code": total - whole(rows, "coded"),
            "proposals_without_authority": total - whole(rows, "authority_said"),
            "proposals_unchecked": whole(rows, "unchecked"),
            "proposals_by_hamlet": {str(row["hamlet__name"] or "Seluruh desa"): row["total"] for row in rows},
            "hamlets_without_proposals": [name for key, name in own if key not in with_some],
        }
    return facts


def whole(rows: Sequence[Mapping[str, object]], name: str) -> int:
    return sum(value for row in rows if isinstance(value := row[name], int))
