"""Reads over evaluations, scoped by the hat, ordered by something unique."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from rembuk.core.guidance.desk_clock import ServiceFigures, service_figures
from rembuk.core.guidance.desk_states import DeskState
from rembuk.core.hat import Hat, Place, Role
from rembuk.core.workflow.apb_evaluation import ApbState
from rembuk.cycles.models import Cycle
from rembuk.guidance.evaluation.models import Delegation, Mark, Review, SelfCheck
from rembuk.guidance.evaluation.permissions import READERS, REGENCY_DESK, SIGNERS, SUBMITTERS
from rembuk.guidance.evaluation.standards import Clocks
from rembuk.regions.queries import place_q

PLACE = ("village__district", "village__regency", "cycle")
HEAVY = ("content", "completeness", "self_check")
LAPSED = ApbState.LAPSED_IN_FORCE.value


def review_by_id(review_id: UUID | str) -> Review:
    """Return one review with place, cycle, document and delegation. Raises: Review.DoesNotExist."""
    rows = Review.objects.select_related(*PLACE, "rpjmdes", "rkpdes", "apbdes", "delegation", "letter_file", "previous")
    return rows.get(pk=review_id)


def reviews_seen_by(hat: Hat | None) -> "QuerySet[Review]":
    """Return the reviews at or below the hat's place without what was handed in, the newest first."""
    if hat is None or hat.role not in READERS:
        return Review.objects.none()
    rows = Review.objects.filter(place_q(hat.place)).select_related(*PLACE, "apbdes").defer(*HEAVY)
    return rows.order_by("-submitted_at", "id")


def newest_rounds(rows: "QuerySet[Review]") -> "QuerySet[Review]":
    """Return only the last round of each document."""
    return rows.filter(following__isnull=True)


def reviews_of_cycles(cycle_ids: Sequence[UUID]) -> dict[UUID, list[Review]]:
    """Return cycle -> the last round of each of its documents, by list. One query."""
    rows = newest_rounds(Review.objects.filter(cycle_id__in=cycle_ids)).select_related(*PLACE, "apbdes").defer(*HEAVY)
    found: dict[UUID, list[Review]] = {}
    for row in rows.order_by("checks", "-submitted_at", "id"):
        found.setdefault(row.cycle_id, []).append(row)
    return found


def rounds_of(review: Review) -> list[Review]:
    """Return every round of the document of a review, the first first. One query."""
    document = Q(rpjmdes_id=review.rpjmdes_id, rkpdes_id=review.rkpdes_id, apbdes_id=review.apbdes_id)
    return list(Review.objects.filter(document).defer(*HEAVY).order_by("round"))


def marks_of(review_id: UUID) -> dict[int, Mark]:
    """Return item -> what was found of it. One query."""
    return {row.number: row for row in Mark.objects.filter(review_id=review_id).order_by("number", "id")}


def note_counts(review_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """Return review -> how many of its items have a note or do not conform. One query."""
    rows = Mark.objects.filter(review_id__in=review_ids, mark__in=("NOTE", "NOT_CONFORM")).order_by()
    found: dict[UUID, int] = {}
    for key in rows.values_list("review_id", flat=True):
        found[key] = found.get(key, 0) + 1
    return found


def self_check_of(cycle_id: UUID) -> SelfCheck | None:
    """Return the self-check of a cycle, None before the first answer."""
    return SelfCheck.objects.filter(cycle_id=cycle_id).first()


def delegation_by_id(delegation_id: UUID | str) -> Delegation:
    """Return one delegation with its regency. Raises: Delegation.DoesNotExist."""
    return Delegation.objects.select_related("regency").get(pk=delegation_id)


def open_cycles(hat: Hat) -> list[Cycle]:
    """Return the open cycles of both kinds at the hat's village, the newest first. One query."""
    rows = Cycle.every.filter(place_q(hat.place), closed_at__isnull=True)
    return list(rows.select_related("village__district", "village__regency").order_by("-budget_year", "kind", "id"))


def waiting(hat: Hat) -> "QuerySet[Review] | None":
    """Return what waits for the hat: the desk's queue, a signature, or what came back to the village.

    A budget that took effect because no answer came waits for nobody.
    """
    rows = newest_rounds(Review.objects.filter(place_q(hat.place))).exclude(apbdes__state=LAPSED)
    desk = Q(state__in=(DeskState.SUBMITTED.value, DeskState.UNDER_REVIEW.value))
    if hat.role in (Role.PTP, Role.TVK):
        return rows.filter(desk, at_regency=False)
    if hat.role in REGENCY_DESK:
        return rows.filter(desk, at_regency=True)
    if hat.role in SIGNERS:
        drafts = rows.filter(state=DeskState.RESULT_DRAFT.value).exclude(drafted_by=hat.person_id)
        if hat.role is Role.CAM:
            return drafts.filter(at_regency=False)
        apb = Q(checks="EV-APB") if hat.role is not Role.KDP else Q()
        return drafts.filter(apb)
    if hat.role in SUBMITTERS and hat.place.village:
        return rows.filter(Q(state=DeskState.INCOMPLETE.value) | Q(state="result_signed", result="not_conform"))
    return None


def service_time(place: Place, today: date, *, checks: str = "", year: int | None = None) -> ServiceFigures:
    """Return the evaluations within their time of those received below a place (PP8), and their median working days.

    checks: one list, all without it. year: of the register. Four queries at most for one regency.
    """
    rows = Review.objects.filter(place_q(place), registered_date__isnull=False).select_related("village__regency")
    if checks:
        rows = rows.filter(checks=checks)
    if year is not None:
        rows = rows.filter(registered_date__year=year)
    clocks = Clocks(today)
    found = [(clocks.of(row), row.signed) for row in rows.defer(*HEAVY).order_by("id")]
    return service_figures([(clock, signed) for clock, signed in found if clock is not None])


def rows_of_review(review: Review) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose trail belongs to a review: its marks."""
    return [(Mark, list(Mark.objects.filter(review=review).values_list("pk", flat=True)))]


def review_days(place: Place, first: date, last: date) -> list[tuple[str, datetime, str]]:
    """Return (village, moment it was handed in, state) of the rounds of *place* in these days. One query.

    For counting what an annual plan set out to do.
    """
    rows = Review.objects.filter(place_q(place), submitted_at__date__gte=first, submitted_at__date__lte=last)
    return list(rows.order_by("submitted_at", "id").values_list("village_id", "submitted_at", "state"))
