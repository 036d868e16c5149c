"""Reads around residents: names that the village knows, what waits for the secretary's look, support, photos."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Sum

from rembuk.accounts.models import Assignment
from rembuk.core.hat import Hat, Role
from rembuk.core.text.masking import Part, personal_parts
from rembuk.core.workflow.privacy import SMALLEST
from rembuk.proposals.models import Intake, Proposal, ProposalPhoto, Support
from rembuk.proposals.queries import place_filter
from rembuk.regions.models import Hamlet, Village

MOST_NAMES = 5_000


@dataclass(frozen=True, slots=True)
class Known:
    """What the covering of names goes by in one village: names of its people, and names of places that are none."""

    people: frozenset[str]
    places: frozenset[str]

    def parts(self, text: str, also: Iterable[str] = (), *, official: bool = False) -> tuple[Part, ...]:
        """Return what must be covered in *text*. also: further names, such as the proposer's own."""
        people = self.people.union(name for name in also if name.strip())
        return personal_parts(text, people=people, places=self.places, official=official)


def known_in(village: Village) -> Known:
    """Return the names known in a village: its officials and the proposers of its proposals. Three queries."""
    officials = Assignment.objects.filter(village=village).values_list("person__name", flat=True)
    proposers = Proposal.objects.filter(village=village).exclude(proposer_name="").order_by("-captured_at", "id")
    people = {*officials, *proposers.values_list("proposer_name", flat=True)[:MOST_NAMES]}
    hamlets = Hamlet.objects.filter(village=village).values_list("name", flat=True)
    places = {village.name, village.district.name, village.regency.name, *hamlets}
    return Known(frozenset(people), frozenset(places))


def secretaries_of(village: Village, on: date) -> list[UUID]:
    """Return the people who hold the secretary's office of a village on a day."""
    rows = Assignment.objects.valid_on(on).filter(village=village, role=Role.SDK.value)
    return sorted(set(rows.values_list("person_id", flat=True)))


def intakes_seen_by(hat: Hat) -> "QuerySet[Intake]":
    """Return what residents of the hat's place handed in, those that wait longest first."""
    own = Proposal.objects.filter(place_filter(hat))
    photos = ProposalPhoto.objects.filter(proposal=OuterRef("proposal"))
    rows = Intake.objects.filter(proposal__in=own.values("pk")).select_related(
        "proposal__village__district", "proposal__village__regency", "proposal__hamlet", "proposal__rt"
    )
    return rows.annotate(has_photo=Exists(photos)).order_by("look_due", "proposal__number", "id")


def waiting_intakes(hat: Hat) -> "QuerySet[Intake]":
    """Return those that the secretary has not looked at, also where they are shown by time."""
    return intakes_seen_by(hat).filter(proposal__state="sent")


def intake_of(proposal: Proposal) -> Intake | None:
    """Return what the resident typed, if the proposal came from one. One query."""
    return Intake.objects.filter(proposal=proposal).first()


def public_photos(proposal: Proposal) -> "QuerySet[ProposalPhoto]":
    """Return the photos that the secretary has opened to everyone."""
    return ProposalPhoto.objects.filter(proposal=proposal, shown=True).select_related("file")


@dataclass(frozen=True, slots=True)
class SupportTotals:
    """Support of one proposal: checked (meetings, signed lists) and online apart, with how many entries each has.

    What may be told in public is `shown_checked` and `shown_online`: from five on, else None.
    """

    meeting: int = 0
    signed: int = 0
    online: int = 0

    @property
    def checked(self) -> int:
        return self.meeting + self.signed

    @property
    def shown_checked(self) -> int | None:
        return self.checked if self.checked >= SMALLEST else None

    @property
    def shown_online(self) -> int | None:
        return self.online if self.online >= SMALLEST else None


def support_totals(proposal_ids: Sequence[UUID]) -> Mapping[UUID, SupportTotals]:
    """Return the support of each proposal. One query."""
    found: dict[UUID, dict[str, int]] = {key: {} for key in proposal_ids}
    rows = Support.objects.filter(proposal_id__in=proposal_ids).order_by().values("proposal_id", "kind")
    for row in rows.annotate(total=Sum("count")):
        found[row["proposal_id"]][row["kind"]] = row["total"]
    return {
        key: SupportTotals(kinds.get("meeting", 0), kinds.get("list", 0), kinds.get("online", 0))
        for key, kinds in found.items()
    }


def checked_supports(proposal: Proposal) -> "QuerySet[Support]":
    """Return the entries of meetings and signed lists, oldest first."""
    rows = Support.objects.filter(proposal=proposal).exclude(kind=Support.Kind.ONLINE)
    return rows.order_by("on_date", "created_at", "id")
