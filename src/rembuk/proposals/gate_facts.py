"""What the gate of K5 rests on: proposals by hamlet, each with a confirmed code and a word about authority."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from rembuk.core.errors import Finding
from rembuk.cycles.models import Cycle
from rembuk.proposals.queries import counts_by_hamlet
from rembuk.regions.models import Hamlet

LINK = "proposals:list"


def proposal_facts(cycle_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, object]]:
    """Return the facts of K5 for each cycle. Three queries for any number of cycles.

    findings: what a person should know before closing K5 (G15, codes, authority, unread proposals), as warnings.
    proposals_by_hamlet: {name: count}; proposals_total, proposals_without_code, proposals_without_authority,
    proposals_unchecked: counts; hamlets_without_proposals: names.
    """
    counted = counts_by_hamlet(cycle_ids)
    villages = dict(Cycle.objects.filter(pk__in=cycle_ids).values_list("id", "village_id"))
    hamlets: dict[str, list[tuple[UUID, str]]] = {}
    known = Hamlet.objects.filter(village_id__in=set(villages.values()), valid_to__isnull=True).order_by(
        "order", "name"
    )
    for key, village_id, name in known.values_list("id", "village_id", "name"):
        hamlets.setdefault(village_id, []).append((key, name))
    return {key: facts_of(counted[key], hamlets.get(villages.get(key, ""), [])) for key in cycle_ids}


def facts_of(rows: Sequence[Mapping[str, object]], hamlets: Sequence[tuple[UUID, str]]) -> Mapping[str, object]:
    total = whole(rows, "total")
    having = {row["hamlet_id"] for row in rows}
    without = [name for key, name in hamlets if key not in having]
    counts = {
        "proposals_without_code": total - whole(rows, "coded"),
        "proposals_without_authority": total - whole(rows, "authority_said"),
        "proposals_unchecked": whole(rows, "unchecked"),
    }
    return {
        "findings": findings_of(total, without, counts),
        "proposals_total": total,
        "proposals_by_hamlet": {str(row["hamlet__name"] or "Seluruh desa"): row["total"] for row in rows},
        "hamlets_without_proposals": without,
        **counts,
    }


def findings_of(total: int, without: Sequence[str], counts: Mapping[str, int]) -> tuple[Finding, ...]:
    """Return the warnings beside an otherwise complete list; an empty list is blocked by the gate itself."""
    if total == 0:
        return ()
    found = []
    if without:
        text = f"Belum ada usulan dari {', '.join(without)}. Adakan musyawarah dusunnya, atau catat alasannya."
        found.append(Finding("G15", "warn", text, "Permendagri 114/2014 Pasal 14-16", link=LINK))
    for name, words in SENTENCES.items():
        if counts[name]:
            found.append(Finding("G03", "warn", words.format(count=counts[name]), link=LINK))
    return tuple(found)


SENTENCES: Mapping[str, str] = {
    "proposals_unchecked": "{count} usulan belum dilihat Sekretaris Desa. Buka daftar usulan, keadaan terkirim.",
    "proposals_without_code": "{count} usulan belum dipastikan kode kegiatannya. Pastikan di daftar usulan.",
    "proposals_without_authority": "{count} usulan belum ditanyakan wewenangnya. Catat siapa yang berwenang.",
}


def whole(rows: Sequence[Mapping[str, object]], name: str) -> int:
    return sum(value for row in rows if isinstance(value := row[name], int))
