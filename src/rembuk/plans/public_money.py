"""An enacted plan as everybody may read it: activities with their money, sums by field and source, nobody in it.

Rows that help one person or a few houses, and those of a proposal that is never shown by itself, are told as one sum
for each field. The sums of fields and sources stay whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.core.documents.frame import SHORT_FIELDS
from rembuk.core.lists import funding_sources
from rembuk.core.money import Rupiah
from rembuk.plans.models import ItemFunding, ItemProposal, RkpdesItem
from rembuk.plans.typed import number_text
from rembuk.proposals.models import Proposal
from rembuk.proposals.public_words import Cover

NAMED = 3
UNCODED = gettext_lazy("Belum berkode")
UNTOLD = gettext_lazy("beberapa sumber")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a sum: a field (bidang) or a source. names: its dearest activities."""

    code: str
    name: str
    amount: Rupiah
    count: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity of a plan or budget with its money by source."""

    code: str
    name: str
    location: str
    size: str
    amounts: tuple[tuple[str, Rupiah], ...]

    @property
    def amount(self) -> Rupiah:
        return Rupiah(sum(amount for _source, amount in self.amounts))

    @property
    def field(self) -> int:
        return int(self.code[:1]) if self.code[:1].isdigit() else 0


@dataclass(frozen=True, slots=True)
class Money:
    """Activities with their sums by field and by source."""

    activities: tuple[Activity, ...]
    fields: tuple[Part, ...]
    sources: tuple[Part, ...]
    total: Rupiah

    @property
    def groups(self) -> list[tuple[Part, list[Activity]]]:
        """The activities by field, for a table."""
        return [
            (part, [activity for activity in self.activities if str(activity.field) == part.code])
            for part in self.fields
            if part.count
        ]


def aid_name() -> str:
    """Return what the row of a sum is called that helps people whom nobody should find out."""
    return _("Bantuan untuk orang atau rumah, dijumlahkan")


def closed_items(item_ids: Iterable[UUID]) -> AbstractSet[UUID]:
    """Return which of these plan items come from a proposal that is never shown by itself. One query."""
    rows = ItemProposal.objects.filter(item_id__in=list(item_ids), proposal__showing=Proposal.Showing.CLOSED)
    return set(rows.values_list("item_id", flat=True))


def closed_items_of_plans(plan_ids: Sequence[UUID]) -> AbstractSet[UUID]:
    """Return which items of these plans come from a proposal that is never shown by itself. One query."""
    rows = ItemProposal.objects.filter(item__plan_id__in=plan_ids, proposal__showing=Proposal.Showing.CLOSED)
    return set(rows.values_list("item_id", flat=True))


def plan_money(plan_id: UUID, cover: Cover) -> Money:
    """Return the activities and sums of one version of a plan for everybody. Three queries."""
    amounts: dict[UUID, list[tuple[str, Rupiah]]] = defaultdict(list)
    money = ItemFunding.objects.filter(item__plan_id=plan_id).order_by("source", "id")
    for item, source, amount in money.values_list("item_id", "source", "amount"):
        amounts[item].append((source, Rupiah(amount)))
    rows = RkpdesItem.objects.filter(plan_id=plan_id).order_by("activity_code", "order", "id")
    items = list(rows.only("activity_code", "name", "location", "volume", "unit"))
    closed = closed_items(row.pk for row in items)
    told: list[Activity] = []
    apart: list[Activity] = []
    for row in items:
        size = f"{number_text(row.volume)} {row.unit}".strip()
        few = row.pk in closed or cover.few(row.name, row.location, count=row.volume, unit=row.unit)
        one = Activity(row.activity_code, cover(row.name), cover(row.location), size, tuple(amounts[row.pk]))
        (apart if few else told).append(one)
    return summed([*told, *pooled(apart)])


def pooled(activities: Sequence[Activity]) -> list[Activity]:
    """Return one row for each field instead of *activities*: their money by source, no name, place or size."""
    sums: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in activities:
        for source, amount in each.amounts:
            sums[each.field][source] += amount
    return [
        Activity(
            str(field) if field else "",
            aid_name(),
            "",
            "",
            tuple((source, Rupiah(amount)) for source, amount in sorted(by_source.items())),
        )
        for field, by_source in sorted(sums.items())
    ]


def summed(activities: Iterable[Activity]) -> Money:
    kept = tuple(activities)
    by_source: dict[str, int] = defaultdict(int)
    for activity in kept:
        for source, amount in activity.amounts:
            by_source[source] += amount
    return Money(kept, fields_of(kept), sources_of(by_source), Rupiah(sum(by_source.values())))


def fields_of(activities: Iterable[Activity]) -> tuple[Part, ...]:
    """Return the five fields, empty ones too, as the law lists them; and what has no code, if anything."""
    inside: dict[int, list[Activity]] = defaultdict(list)
    for activity in activities:
        inside[activity.field].append(activity)
    names = SHORT_FIELDS | ({0: str(UNCODED)} if inside[0] else {})
    return tuple(field_part(number, name, inside[number]) for number, name in names.items())


def field_part(number: int, name: str, activities: list[Activity]) -> Part:
    dearest = sorted(activities, key=lambda activity: (-activity.amount, activity.name))
    amount = Rupiah(sum(activity.amount for activity in activities))
    return Part(str(number), name, amount, len(activities), tuple(each.name for each in dearest[:NAMED]))


def sources_of(amounts: Mapping[str, int]) -> tuple[Part, ...]:
    """Return the sources in the order of the code list."""
    known = funding_sources()
    order = {code: place for place, code in enumerate(known)}
    return tuple(
        Part(code, known[code].name if code in known else str(UNTOLD), Rupiah(amounts[code]))
        for code in sorted(amounts, key=lambda code: (order.get(code, 99), code))
    )
