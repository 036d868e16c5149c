"""Reads over RPJM Desa: the one of a cycle, its matrix, where its activities came from, what the checks say."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from rembuk.core.checks.rpjm import RpjmItemFacts, check_rpjm, empty_years, lacking
from rembuk.core.errors import Finding
from rembuk.core.workflow.links import LINKS
from rembuk.core.workflow.rpjm_stages import RPJM_STAGES
from rembuk.plans.models import Rpjmdes, RpjmdesIncome, RpjmdesItem, RpjmdesOrigin
from rembuk.plans.rpjm_values import facts_of
from rembuk.proposals.models import Proposal
from rembuk.proposals.queries import origin_of

PLACES = ("village__district", "village__regency", "cycle")
NOT_ASKED = ("draft", "withdrawn", "merged")
SPECIAL_GROUPS: Mapping[str, str] = {
    "PEREMPUAN": "Perempuan",
    "MISKIN": "Warga miskin",
    "DIFABEL": "Penyandang disabilitas",
    "PEMUDA": "Pemuda",
    "ADAT": "Masyarakat adat",
}
"""Groups whose ideas are followed into the plan. Source: Permendagri 114/2014 Pasal 25; Permendesa 16/2019."""


def rpjm_by_id(rpjmdes_id: UUID | str) -> Rpjmdes:
    """Return one RPJM Desa with its places and cycle. Raises: Rpjmdes.DoesNotExist."""
    return Rpjmdes.objects.select_related(*PLACES).get(pk=rpjmdes_id)


def rpjm_item_by_id(item_id: UUID | str) -> RpjmdesItem:
    """Return one activity with its plan and places. Raises: RpjmdesItem.DoesNotExist."""
    places = [f"rpjmdes__{name}" for name in PLACES]
    return RpjmdesItem.objects.select_related(*places).get(pk=item_id)


def rpjm_of_cycle(cycle_id: UUID) -> Rpjmdes | None:
    """Return the RPJM Desa that a medium-term cycle makes, or None. One query."""
    return Rpjmdes.objects.filter(cycle_id=cycle_id).select_related(*PLACES).first()


def rpjm_items(rpjmdes_id: UUID) -> list[RpjmdesItem]:
    """Return the activities by bidang, code, order and key. One query."""
    return sorted(RpjmdesItem.objects.filter(rpjmdes_id=rpjmdes_id), key=item_order)


def bidang_of(item: RpjmdesItem) -> int:
    """Return the bidang 1 to 5, 0 without a code."""
    return int(item.activity_code.split(".")[0]) if item.activity_code else 0


def item_order(item: RpjmdesItem) -> tuple[int, tuple[int, ...], int, str]:
    parts = tuple(int(part) for part in item.activity_code.split(".")) if item.activity_code else (9,)
    return (parts[0], parts, item.order, str(item.id))


def rows_of_rpjm(rpjmdes: Rpjmdes) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose trail belongs to an RPJM Desa: its expected income. One query."""
    return [(RpjmdesIncome, list(RpjmdesIncome.objects.filter(rpjmdes=rpjmdes).values_list("pk", flat=True)))]


def days_of_rpjm(rpjmdes: Rpjmdes) -> dict[str, date]:
    """Return the days of its Perdes: state, or receipt, -> day."""
    return {name: date.fromisoformat(day) for name, day in rpjmdes.perdes_dates.items()}


def findings_of_matrix(items: Sequence[RpjmdesItem], period: range) -> list[Finding]:
    """Return what the checks say of these activities. No query."""
    return check_rpjm([facts_of(item) for item in items], period)


def matrix_findings(rpjmdes: Rpjmdes) -> list[Finding]:
    """Return what the checks say of the whole matrix, an empty one included. One query."""
    items = rpjm_items(rpjmdes.id)
    if not items:
        text = _("Rancangan RPJM belum berisi kegiatan; isi matriksnya.")
        return [Finding("G03", "block", text, RPJM_STAGES["R5"].source, "", LINKS["rpjm"])]
    return findings_of_matrix(items, rpjmdes.period)


@dataclass(frozen=True, slots=True)
class MatrixState:
    """A matrix in numbers, for the gates."""

    items: int = 0
    incomplete: int = 0
    empty_years: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()


def matrix_states(plans: Sequence[Rpjmdes]) -> dict[UUID, MatrixState]:
    """Return plan -> its matrix in numbers; findings without those that the numbers say already. One query."""
    facts: dict[UUID, list[RpjmItemFacts]] = defaultdict(list)
    rows = RpjmdesItem.objects.filter(rpjmdes__in=[plan.id for plan in plans])
    for item in sorted(rows, key=item_order):
        facts[item.rpjmdes_id].append(facts_of(item))
    found = {}
    for plan in plans:
        own = facts[plan.id]
        said = [one for one in check_rpjm(own, plan.period) if one.code not in ("RPJM-LENGKAP", "RPJM-TAHUN")]
        incomplete = sum(1 for item in own if lacking(item))
        found[plan.id] = MatrixState(len(own), incomplete, empty_years(own, plan.period) if own else (), tuple(said))
    return found


@dataclass(frozen=True, slots=True)
class Followed:
    """A proposal and what became of it in the RPJM Desa. groups: names of the special groups it helps or came from."""

    proposal: Proposal
    origin: str
    groups: tuple[str, ...]
    items: tuple[RpjmdesItem, ...]


def proposals_followed(rpjmdes: Rpjmdes) -> list[Followed]:
    """Return the proposals of the village and the activities that they became, those without one first. Two queries."""
    became: dict[UUID, list[RpjmdesItem]] = defaultdict(list)
    for link in RpjmdesOrigin.objects.filter(item__rpjmdes=rpjmdes).select_related("item"):
        became[link.proposal_id].append(link.item)
    rows = Proposal.objects.filter(village_id=rpjmdes.village_id).exclude(state__in=NOT_ASKED)
    found = [
        Followed(row, origin_of(row), groups_of(row), tuple(became[row.id]))
        for row in rows.select_related("hamlet", "village", "idea_source")
    ]
    return sorted(found, key=lambda one: (bool(one.items), one.origin, one.proposal.number or "", str(one.proposal.id)))


def groups_of(row: Proposal) -> tuple[str, ...]:
    """Return the special groups of a proposal: those it helps, and the one whose meeting or members brought it."""
    brought = row.proposer_group.lower()
    spoken = getattr(getattr(row, "idea_source", None), "group", "")
    return tuple(
        words
        for code, words in SPECIAL_GROUPS.items()
        if code in (*row.groups, spoken) or any(word in brought for word in WORDS_OF_GROUP[code])
    )


WORDS_OF_GROUP: Mapping[str, tuple[str, ...]] = {
    "PEREMPUAN": ("perempuan", "ibu", "pkk"),
    "MISKIN": ("miskin", "rtm"),
    "DIFABEL": ("disabilitas", "difabel"),
    "PEMUDA": ("pemuda", "karang taruna", "remaja"),
    "ADAT": ("adat",),
}


def group_counts(followed: Sequence[Followed]) -> list[tuple[str, int, int]]:
    """Return for each special group (name, proposals, those that became an activity)."""
    return [
        (
            words,
            sum(1 for one in followed if words in one.groups),
            sum(1 for one in followed if words in one.groups and one.items),
        )
        for words in SPECIAL_GROUPS.values()
    ]
