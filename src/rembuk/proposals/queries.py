"""Reads over proposals, scoped by the hat, ordered by something unique."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet

from rembuk.core.hat import VILLAGE_OFFICE_ROLES, Hat, Role
from rembuk.core.lists import kegiatan_codes
from rembuk.core.permissions import TABLE
from rembuk.core.scoring import Fit, FitResult, ScoreError, prefilter
from rembuk.core.text.fields import Fields
from rembuk.core.text.similar import Candidate, Match, similar
from rembuk.cycles.models import Cycle
from rembuk.proposals.labels import FIELDS
from rembuk.proposals.models import FieldCheck, Intake, Proposal, ProposalPhoto, Support
from rembuk.proposals.permissions import OPEN_STATES, PUBLIC_STATES, READERS
from rembuk.proposals.permissions import is_public as open_to_all
from rembuk.proposals.receipts import digest_of, normal_code

SIMILAR_POOL = 1_500
NOT_COMPARED = ("declined", "withdrawn", "merged")


def place_filter(hat: Hat) -> Q:
    """Return the filter for what the hat's place shows: everything below it, and of a wider part what is for all."""
    place, scope = hat.place, Q()
    if place.regency:
        scope &= Q(village__regency_id=place.regency)
    if place.district:
        scope &= Q(village__district_id=place.district)
    if place.village:
        scope &= Q(village_id=place.village)
    if place.hamlet:
        scope &= Q(hamlet_id=place.hamlet) | Q(hamlet__isnull=True)
    if place.rt:
        scope &= Q(rt_id=place.rt) | Q(rt__isnull=True)
    return scope


def proposals_visible_to(hat: Hat | None) -> "QuerySet[Proposal]":
    """Return what the hat may open in lists; nothing for a visitor. The same rule as ``proposals.view``."""
    if hat is None or hat.role not in READERS:
        return Proposal.objects.none()
    found = Proposal.objects.filter(place_filter(hat))
    if hat.role == Role.OPD:
        return found.filter(state="forwarded")
    row = TABLE.rows["proposals.edit"]
    if hat.role in VILLAGE_OFFICE_ROLES or (hat.role in row.roles and hat.role.value in ("TAP", "PDK", "PLD", "PDA")):
        return found
    return found.filter(~Q(state="draft") | Q(created_by=hat.person_id))


def proposal_by_number(number: str) -> Proposal:
    """Return one proposal with its places by public number. Raises: Proposal.DoesNotExist."""
    return with_places(Proposal.objects.all()).get(number=number.upper())


def proposal_by_key(key: str) -> Proposal:
    """Return one proposal with its places by key. Raises: Proposal.DoesNotExist, ValueError."""
    return with_places(Proposal.objects.all()).get(pk=UUID(key))


def rows_of_proposal(proposal: Proposal) -> list[tuple[type[Model], Sequence[UUID]]]:
    """Return the rows whose trail belongs to a proposal: its photos, field checks, words as typed and support."""
    photos = list(ProposalPhoto.objects.filter(proposal=proposal).values_list("id", flat=True))
    checks = list(FieldCheck.objects.filter(proposal=proposal).values_list("id", flat=True))
    intakes = list(Intake.objects.filter(proposal=proposal).values_list("id", flat=True))
    supports = list(Support.objects.filter(proposal=proposal).values_list("id", flat=True))
    return [(ProposalPhoto, photos), (FieldCheck, checks), (Intake, intakes), (Support, supports)]


def with_places(rows: "QuerySet[Proposal]") -> "QuerySet[Proposal]":
    """Return the rows with everything that a list or a detail page names, in one query."""
    return rows.select_related("village__district", "village__regency", "hamlet", "rt", "cycle")


def fit_of(proposal: Proposal) -> FitResult | None:
    """Return pre-filter B where somebody has answered it; beyond village authority it goes to the DU-RKP."""
    if proposal.authority == Proposal.Authority.UNKNOWN:
        return None
    try:
        authority = proposal.authority == Proposal.Authority.VILLAGE
        return prefilter(Fit(str(proposal.id), authority, dict(proposal.feasibility_b)))
    except ScoreError:
        return None


def proposal_by_receipt(code: str) -> Proposal | None:
    """Return the proposal of a receipt code as a person typed it, or None."""
    normal = normal_code(code)
    if not normal:
        return None
    return with_places(Proposal.objects.all()).filter(receipt_digest=digest_of(normal)).first()


def is_public(proposal: Proposal) -> bool:
    """Return whether the proposal has a page without login: the secretary has looked, and it was not withdrawn."""
    return open_to_all(None, proposal)


def public_q(way: str = "") -> Q:
    """Return the filter for what anybody may read, by the same rule as `is_public`.

    way: the path to the proposal from another table, such as ``proposal__``.
    """
    looked_at = Q(**{f"{way}state__in": PUBLIC_STATES}) & ~Q(**{f"{way}showing": "closed"})
    return looked_at | Q(**{f"{way}state": "sent", f"{way}showing": "open"})


def sees_proposer(hat: Hat | None, proposal: Proposal) -> bool:
    """Return whether name and phone of the proposer may be shown: the village office, and who typed them."""
    if hat is None:
        return False
    return TABLE.allows(hat, "proposals.see_proposer", proposal) or proposal.created_by == hat.person_id


def waiting(hat: Hat) -> "QuerySet[Proposal] | None":
    """Return what waits for the hat: new ones for the secretary, unconfirmed codes for the team, checks for VRF."""
    rows = Proposal.objects.filter(place_filter(hat), cycle__closed_at__isnull=True)
    if hat.role == Role.SDK:
        return rows.filter(state="sent")
    if hat.role in (Role.TIM, Role.KAU):
        unsure = Q(activity_code="") | Q(activity_confirmed_by__isnull=True)
        return rows.filter(unsure, state__in=("sent", "checked", "discussed", "ranked"))
    if hat.role == Role.VRF:
        return rows.filter(state__in=("checked", "discussed"), field_checks__isnull=True)
    return None


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A proposal that resembles: the row, the verdict in words, agreeing and clashing fields."""

    proposal: Proposal
    match: Match


def similar_proposals(
    *,
    village_id: str,
    text: str,
    hat: Hat | None,
    exclude: UUID | None = None,
    own: Fields | None = None,
    year: int | None = None,
    limit: int = 5,
) -> list[SimilarRow]:
    """Return the village's proposals most like *text*, best first. Two queries.

    A hat sees what it may open and what is public anyway. Nothing is merged by it.
    """
    if not text.strip():
        return []
    open_ones = public_q()
    if hat is not None:
        open_ones |= Q(pk__in=proposals_visible_to(hat).values("pk"))
    rows = (
        Proposal.objects.filter(open_ones, village_id=village_id)
        .exclude(state__in=NOT_COMPARED)
        .exclude(title="")
        .select_related("hamlet", "rt", "cycle")
        .order_by("-captured_at", "id")
    )
    if exclude is not None:
        rows = rows.exclude(pk=exclude)
    pool = {str(row.id): row for row in rows[:SIMILAR_POOL]}
    candidates = [candidate_of(row) for row in pool.values()]
    found = similar(text, candidates, limit=limit, year=year, fields=own)
    return [SimilarRow(pool[match.key], match) for match in found]


def candidate_of(proposal: Proposal) -> Candidate:
    year = proposal.cycle.budget_year if proposal.cycle is not None else None
    return Candidate(str(proposal.id), text_of(proposal), year, form_fields(proposal))


def text_of(proposal: Proposal) -> str:
    """Return what the comparison reads: what is asked, and where."""
    return f"{proposal.title} {proposal.location_text}".strip()


def form_fields(proposal: Proposal) -> Fields:
    """Return what the form says of the place; it goes before what the text says."""
    rt = proposal.rt.number if proposal.rt is not None else ""
    hamlets = (proposal.hamlet.name.lower(),) if proposal.hamlet is not None else ()
    return Fields(rt=(int(rt),) if rt.isdigit() else (), hamlets=hamlets)


def shelf_of(village_id: str, cycle: Cycle | None) -> "QuerySet[Proposal]":
    """Return what earlier years left unfunded and nobody has proposed again, oldest year first."""
    rows = Proposal.objects.filter(village_id=village_id, state="shelved").exclude(
        pk__in=Proposal.objects.filter(carried_from__isnull=False).exclude(state="withdrawn").values("carried_from_id")
    )
    if cycle is not None:
        rows = rows.exclude(cycle=cycle)
    return with_places(rows).order_by("cycle__budget_year", "number", "id")


def history_of(proposal: Proposal) -> list[Proposal]:
    """Return the earlier years of the same proposal, newest first. One query for each year back."""
    found: list[Proposal] = []
    key = proposal.carried_from_id
    while key is not None and len(found) < 20:
        before = with_places(Proposal.objects.all()).get(pk=key)
        found.append(before)
        key = before.carried_from_id
    return found


def counts_by_hamlet(cycle_ids: Sequence[UUID]) -> dict[UUID, list[dict[str, object]]]:
    """Count the sent proposals of each cycle by hamlet: all, with a confirmed code, with authority said. One query."""
    rows = (
        Proposal.objects.filter(cycle_id__in=cycle_ids)
        .exclude(state__in=("draft", "withdrawn"))
        .values("cycle_id", "hamlet_id", "hamlet__name")
        .annotate(
            total=Count("id"),
            coded=Count("id", filter=~Q(activity_code="") & Q(activity_confirmed_by__isnull=False)),
            authority_said=Count("id", filter=~Q(authority="unknown")),
            open=Count("id", filter=Q(state__in=OPEN_STATES)),
            unchecked=Count("id", filter=Q(state="sent")),
        )
        .order_by("cycle_id", "hamlet__name", "hamlet_id")
    )
    result: dict[UUID, list[dict[str, object]]] = {key: [] for key in cycle_ids}
    for row in rows:
        result[row["cycle_id"]].append({**row})
    return result


@dataclass(frozen=True, slots=True)
class RecapRow:
    """One line of F14: idea, place, size, people, where it came from (merged ones named)."""

    number: int
    title: str
    location: str
    volume: str
    unit: str
    men: int | None
    women: int | None
    poor: int | None
    origin: str
    public_number: str


@dataclass(frozen=True, slots=True)
class RecapGroup:
    """One bidang of F14 with its lines; field 0 holds those without a code."""

    field: int
    title: str
    rows: tuple[RecapRow, ...]


@dataclass(frozen=True, slots=True)
class Recap:
    """F14, Rekapitulasi usulan rencana kegiatan, of one cycle."""

    cycle_id: UUID
    budget_year: int
    village_id: str
    groups: tuple[RecapGroup, ...]

    @property
    def total(self) -> int:
        return sum(len(group.rows) for group in self.groups)


def recap_for_cycle(cycle_id: UUID) -> Recap:
    """Gather the values of F14: every sent proposal of the cycle by bidang; merged ones stand with their target.

    Names of people never enter it. Three queries. Raises: Cycle.DoesNotExist.
    """
    cycle = Cycle.objects.get(pk=cycle_id)
    by_field: dict[int, list[RecapRow]] = {}
    for row, merged in sent_of_cycle(cycle_id):
        lines = by_field.setdefault(row.field or 0, [])
        lines.append(recap_row(row, len(lines) + 1, merged))
    titles: Mapping[int, str] = {0: "Belum ada kode kegiatan", **{key: str(words) for key, words in FIELDS.items()}}
    groups = [
        RecapGroup(key, field_title(key, titles), tuple(by_field[key])) for key in sorted(by_field, key=last_zero)
    ]
    return Recap(cycle_id, cycle.budget_year, cycle.village_id, tuple(groups))


def sent_of_cycle(cycle_id: UUID) -> list[tuple[Proposal, list[Proposal]]]:
    """Return every sent proposal of a cycle in the order of numbers, each with those merged into it. One query."""
    sent = with_places(Proposal.objects.filter(cycle_id=cycle_id).exclude(state__in=("draft", "withdrawn")))
    rows = list(sent.order_by("number", "id"))
    by_id = {row.id: row for row in rows}
    merged: dict[UUID, list[Proposal]] = {}
    for row in rows:
        target = row
        while target.merged_into_id is not None and target.merged_into_id in by_id:
            target = by_id[target.merged_into_id]
        if target is not row:
            merged.setdefault(target.id, []).append(row)
    return [(row, merged.get(row.id, [])) for row in rows if row.state != "merged"]


def last_zero(field: int) -> int:
    return field or 9


def field_title(field: int, titles: Mapping[int, str]) -> str:
    line = kegiatan_codes().get(str(field))
    return line.name if line is not None else titles[field]


def recap_row(row: Proposal, number: int, merged: Sequence[Proposal]) -> RecapRow:
    volume = "" if row.volume is None else f"{row.volume.normalize():f}".replace(".", ",")
    return RecapRow(
        number=number,
        title=row.title,
        location=location_of(row),
        volume=volume,
        unit=row.unit,
        men=row.beneficiaries_male,
        women=row.beneficiaries_female,
        poor=row.beneficiaries_poor,
        origin=origins_of(row, merged),
        public_number=row.number or "",
    )


def location_of(row: Proposal) -> str:
    """Return hamlet, RT and landmark as one line."""
    parts = [row.hamlet.name if row.hamlet else "", str(row.rt) if row.rt else "", row.location_text]
    return ", ".join(part for part in parts if part)


def origins_of(row: Proposal, merged: Sequence[Proposal]) -> str:
    """Return the hamlets and groups that a proposal and those merged into it came from, each once."""
    return "; ".join(dict.fromkeys(origin_of(one) for one in (row, *merged)))


def origin_of(row: Proposal) -> str:
    """Return the hamlet or group a proposal came from, never a person."""
    if row.proposer_group:
        return row.proposer_group
    return row.hamlet.name if row.hamlet is not None else "Desa"
