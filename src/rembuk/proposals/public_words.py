"""What people of the office wrote, as everybody may read it: without names, numbers, and elements of poverty.

A resident's proposal carries its covered words itself (see `Intake`). Everything else that a public page, feed or file
tells goes through here: titles of activities, places of meetings, decisions, reasons.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast

from rembuk.accounts.models import Assignment
from rembuk.core.text.masking import masked
from rembuk.core.text.sheltered import helps_few, neutral
from rembuk.proposals.models import Intake, Proposal
from rembuk.proposals.resident_queries import Known
from rembuk.regions.models import Hamlet, Village

MOST_ASKED = 400
"""As many keys as a question to the database may hold; of more villages all rows are read and the rest left aside."""


Named = tuple["QuerySet[Any]", str, bool]
"""Rows that have a village, the column with the name, whether it is the name of a place."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The words of one village made fit for everybody."""

    known: Known

    def __call__(self, text: str) -> str:
        """Return *text* with names and numbers covered and elements of poverty and disability made neutral."""
        return neutral(masked(text, self.known.parts(text, official=True))) if text else text

    def few(self, name: str, place: str = "", *, count: Decimal | None = None, unit: str = "") -> bool:
        """Return whether the row of an activity would tell whom it helps; such rows are told as one sum."""
        parts = self.known.parts(f"{name} {place}", official=True)
        return helps_few(name, place, count=count, unit=unit, parts=parts)


def public_text(text: str) -> str:
    """Return a text of no certain village for everybody: what rules alone take for a name, numbers, elements. Pure."""
    return Cover(Known(frozenset(), frozenset()))(text)


def cover_of(village: Village) -> Cover:
    """Return the cover of one village. One query."""
    return covers_of([village])[village.pk]


def covers_of(villages: Iterable[Village]) -> Mapping[str, Cover]:
    """Return village -> its cover: officials, proposers and hamlets by name. One query, however many villages.

    villages: loaded with their district and regency.
    """
    rows = {village.pk: village for village in villages}
    if not rows:
        return {}
    people: dict[str, set[str]] = {key: set() for key in rows}
    places = {key: {row.name, row.district.name, row.regency.name} for key, row in rows.items()}
    inside = {"village_id__in": rows} if len(rows) <= MOST_ASKED else {"village_id__isnull": False}
    officials = Assignment.objects.filter(**inside).order_by()
    proposers = Proposal.objects.filter(**inside).exclude(proposer_name="").order_by()
    hamlets = Hamlet.objects.filter(**inside).order_by()
    found = union_of((officials, "person__name", False), (proposers, "proposer_name", False), (hamlets, "name", True))
    for key, name, of_place in found:
        if key in rows:
            (places if of_place else people)[key].add(name)
    return {key: Cover(Known(frozenset(people[key]), frozenset(places[key]))) for key in rows}


def union_of(first: Named, *others: Named) -> "QuerySet[Any, tuple[str, str, bool]]":
    """Return (village, name, whether it is a place) of several tables, each row once."""
    head, *rest = (
        rows.annotate(told=Cast(F(column), CharField()), of_place=Value(of_place, BooleanField())).values_list(
            "village_id", "told", "of_place"
        )
        for rows, column, of_place in (first, *others)
    )
    found: QuerySet[Any, tuple[str, str, bool]] = head.union(*rest)
    return found


def seems_for_few(proposal: Proposal) -> bool:
    """Return whether a proposal would tell whom it helps, so that no public page shows it by itself. One query."""
    place = " ".join(part for part in (str(proposal.rt or ""), proposal.location_text) if part)
    cover = cover_of(proposal.village)
    return cover.few(f"{proposal.title} {proposal.problem}", place, count=proposal.volume, unit=proposal.unit)


def covered_rows(rows: Iterable[Proposal], cover: Cover) -> list[Proposal]:
    """Return proposals of one village with the words that everybody may read. One query; nothing is saved."""
    found = list(rows)
    keys = [row.pk for row in found]
    looked_at = set(Intake.objects.filter(proposal_id__in=keys).values_list("proposal_id", flat=True)) if keys else ()
    return [covered(row, cover, looked_at=row.pk in looked_at) for row in found]


def with_looked_at(rows: "QuerySet[Proposal]") -> "QuerySet[Proposal]":
    """Return the rows with *looked_at*: whether a resident handed them in, see `covered`."""
    return rows.annotate(looked_at=Exists(Intake.objects.filter(proposal=OuterRef("pk"))))


def covered(row: Proposal, cover: Cover, *, looked_at: bool) -> Proposal:
    """Put the words that everybody may read into *row*, which must not be saved, and return it.

    looked_at: a resident handed it in; it carries its covered words, which the secretary has looked at, and keeps them.
    """
    row.reason_text, row.proposer_group = cover(row.reason_text), cover(row.proposer_group)
    if not looked_at:
        row.title, row.problem = cover(row.title), cover(row.problem)
        row.location_text = cover(row.location_text)
    return row
