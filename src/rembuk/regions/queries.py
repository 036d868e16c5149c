"""Reads over places, scoped by the hat that asks."""

from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet

from rembuk.core.hat import Hat, Place
from rembuk.regions.models import Hamlet, Rt, Village

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


def place_q(place: Place, field: str = "village") -> Q:
    """Return the filter for rows whose *field* points to a village in *place*; the empty place lets all through.

    field: the path to the village from the model asked, or empty when the model is Village itself. A place below the
    village (hamlet, RT) filters by its village: rows that know their hamlet narrow further with `hamlet_q`.
    """
    way = f"{field}__" if field else ""
    if place.village:
        return Q(**{f"{field}_id" if field else "pk": place.village})
    if place.district:
        return Q(**{f"{way}district_id": place.district})
    if place.regency:
        return Q(**{f"{way}regency_id": place.regency})
    return Q()


def scope_q(hat: Hat | None, field: str = "village") -> Q:
    """Return the filter for rows that *hat* may see by place; without a hat nothing."""
    return Q(pk__in=()) if hat is None else place_q(hat.place, field)


def hamlet_q(hat: Hat | None, field: str = "hamlet") -> Q:
    """Return the further filter of a hat below the village: rows of its hamlet and rows of the whole village."""
    if hat is None:
        return Q(pk__in=())
    return Q(**{f"{field}_id": hat.place.hamlet}) | Q(**{f"{field}__isnull": True}) if hat.place.hamlet else Q()


def villages_in(place: Place) -> QuerySet[Village]:
    """Return the villages of *place* with their district and regency, by district and name."""
    villages = Village.objects.filter(place_q(place, ""), valid_to__isnull=True)
    return villages.select_related("district", "regency").order_by("district_id", "name", "id")


def villages_seen_by(hat: Hat | None) -> QuerySet[Village]:
    """Return the villages at or below the hat's place, and for a hamlet or RT hat the village around it."""
    return Village.objects.none() if hat is None else villages_in(hat.place)


class Parts(TypedDict):
    """How many hamlets and RT a village has."""

    hamlet_count: int
    rt_count: int


def village_list(hat: Hat | None) -> "QuerySet[WithAnnotations[Village, Parts]]":
    """Return `villages_seen_by` with the number of hamlets and RT of each."""
    return villages_seen_by(hat).annotate(
        hamlet_count=Count("hamlets", filter=Q(hamlets__valid_to__isnull=True), distinct=True),
        rt_count=Count("rts", distinct=True),
    )


def hamlets_of(village: Village) -> QuerySet[Hamlet]:
    """Return the hamlets of today, in their order, with the number of RT."""
    hamlets = village.hamlets.filter(valid_to__isnull=True)
    return hamlets.annotate(rt_count=Count("rts")).order_by("order", "name", "id")


def rts_of(village: Village) -> QuerySet[Rt]:
    """Return the RT with their hamlets, by number."""
    return village.rts.select_related("hamlet").order_by("number", "id")


def village_by_id(key: str) -> Village:
    """Return one village with district and regency. Raises: DoesNotExist."""
    return Village.objects.select_related("district", "regency").get(pk=key)


def place_of_village(key: str) -> Place:
    """Return where a village lies today. Raises: DoesNotExist."""
    return Village.objects.get(pk=key).place


def rows_of_village(village: Village) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose changes belong to the story of a village: its hamlets and RT."""
    hamlets = village.hamlets.values_list("pk", flat=True)
    rts = village.rts.values_list("pk", flat=True)
    return [(Hamlet, list(hamlets)), (Rt, list(rts))]
