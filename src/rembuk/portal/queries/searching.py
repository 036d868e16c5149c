"""One search over villages, proposals, activities and papers: every word must occur, in either case.

Both databases compare the words themselves; what is searched are a few short columns, so that no index of its own has
to be kept in step. Names of people are in none of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.core.workflow.perdes_states import PerdesState
from rembuk.plans.models import ItemProposal, RkpdesItem
from rembuk.portal.queries.papers import PUBLIC_FORMS
from rembuk.portal.queries.villages import found_villages
from rembuk.proposals.labels import STATES
from rembuk.proposals.models import Proposal
from rembuk.proposals.public_words import Cover, covered, public_text, with_looked_at
from rembuk.proposals.queries import public_q
from rembuk.regions.models import Village
from rembuk.shared.models import Paper

LONGEST = 80
SHORTEST = 2
MOST_WORDS = 6


Covers = Mapping[str, Cover]
"""Village -> what covers its words."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: what it is called, whose it is, where it opens."""

    title: str
    place: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of things: the rows that fit some words, and how a page of them is told."""

    title: str | Promise
    rows: Callable[[Sequence[str]], "QuerySet[Any]"]
    hits: Callable[[Sequence[Any], Mapping[str, Cover]], list[Hit]]
    villages: Callable[[Sequence[Any]], list[Village]] = lambda _rows: []


def words_of(text: str) -> list[str]:
    """Return the words that are looked for, those of two letters and more."""
    words = text.replace("\x00", " ")[:LONGEST].split()[:MOST_WORDS]
    return [word for word in words if len(word) >= SHORTEST]


def with_words(rows: "QuerySet[Any]", words: Sequence[str], *columns: str) -> "QuerySet[Any]":
    for word in words:
        wanted = Q()
        for column in columns:
            wanted |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(wanted)
    return rows


def villages(words: Sequence[str]) -> "QuerySet[Any]":
    return with_words(found_villages(""), words, "name", "district__name", "code")


def proposals(words: Sequence[str]) -> "QuerySet[Any]":
    rows = Proposal.objects.filter(public_q()).select_related("village__district", "village__regency", "cycle")
    return with_words(with_looked_at(rows), words, "title", "number", "village__name").order_by(
        "-cycle__budget_year", "number", "id"
    )


def activities(words: Sequence[str]) -> "QuerySet[Any]":
    """Return the activities of plans that were set; those of an earlier version too, which stay readable."""
    rows = RkpdesItem.objects.filter(plan__enacted_at__isnull=False)
    closed = ItemProposal.objects.filter(item=OuterRef("pk"), proposal__showing=Proposal.Showing.CLOSED)
    rows = rows.exclude(plan__perdes_state=PerdesState.ANNULLED.value)
    rows = rows.exclude(Exists(closed)).select_related(
        "plan__village__district", "plan__village__regency", "plan__cycle"
    )
    found = with_words(rows, words, "name", "location", "plan__village__name")
    return found.order_by("-plan__cycle__budget_year", "name", "id")


def papers(words: Sequence[str]) -> "QuerySet[Any]":
    rows = Paper.objects.defer("data", "files").filter(code__in=PUBLIC_FORMS)
    return with_words(rows, words, "title", "number").order_by("-created_at", "id")


def village_hits(rows: Sequence[Village], _covers: Covers) -> list[Hit]:
    return [
        Hit(row.full_name, row.district.full_name, row.regency.name, reverse("portal:village", args=(row.code,)))
        for row in rows
    ]


def proposal_hits(rows: Sequence[Proposal], covers: Covers) -> list[Hit]:
    told = [covered(row, covers[row.village_id], looked_at=getattr(row, "looked_at", False)) for row in rows]
    return [
        Hit(
            row.title,
            place_of(row.village),
            f"{row.number} · {STATES[row.state]}",
            reverse("proposals:public", args=(row.number,)),
        )
        for row in told
    ]


def activity_hits(rows: Sequence[RkpdesItem], covers: Covers) -> list[Hit]:
    """Return the activities that may be told by themselves; those that would tell whom they help are left out."""
    return [
        Hit(
            covers[row.plan.village_id](row.name),
            place_of(row.plan.village),
            _("RKP Desa %(year)s") % {"year": row.plan.cycle.budget_year},
            reverse("plans:public", args=(row.plan_id,)),
        )
        for row in rows
        if not covers[row.plan.village_id].few(row.name, row.location, count=row.volume, unit=row.unit)
    ]


def paper_hits(rows: Sequence[Paper], _covers: Covers) -> list[Hit]:
    keys = {row.village_key for row in rows}
    found = Village.objects.filter(pk__in=keys).select_related("district")
    places: Mapping[str, Village] = {village.pk: village for village in found}
    return [
        Hit(
            f"{public_text(row.title)} {row.number}".strip(),
            place_of(places[row.village_key]) if row.village_key in places else "",
            f"SHA-256 {row.sha256[:12]}",
            reverse("documents:verify", args=(row.verify_code,)),
        )
        for row in rows
    ]


def place_of(village: Village) -> str:
    return f"{village.full_name}, {village.district.full_name}"


KINDS: Mapping[str, Kind] = {
    "desa": Kind(gettext_lazy("Desa"), villages, village_hits),
    "usulan": Kind(gettext_lazy("Usulan"), proposals, proposal_hits, lambda rows: [row.village for row in rows]),
    "kegiatan": Kind(
        gettext_lazy("Kegiatan"), activities, activity_hits, lambda rows: [row.plan.village for row in rows]
    ),
    "dokumen": Kind(gettext_lazy("Dokumen"), papers, paper_hits),
}
