"""How the pages of this room find their thing, run an act and answer a refusal."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from re import fullmatch
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from rembuk.assessment.models import Action, Assessment, Entry, Institution, ProblemTree, Sketch
from rembuk.assessment.permissions import allows
from rembuk.assessment.queries import assessment_by_key
from rembuk.core.errors import BadInputError, RembukError
from rembuk.regions.models import Hamlet
from rembuk.shared.web import worn
from rembuk.shared.wording import sentence

WITH = ("assessment__village__district", "assessment__village__regency")


def assessment_of(assessment_id: UUID) -> Assessment:
    return assessment_by_key(assessment_id)


def entry_of(entry_id: UUID) -> Entry:
    return Entry.objects.select_related(*WITH, "institution", "hamlet", "sketch").get(pk=entry_id)


def sketch_of(sketch_id: UUID) -> Sketch:
    return Sketch.objects.select_related(*WITH, "file").get(pk=sketch_id)


def institution_of(institution_id: UUID) -> Institution:
    return Institution.objects.select_related(*WITH).get(pk=institution_id)


def tree_of(tree_id: UUID) -> ProblemTree:
    return ProblemTree.objects.select_related(*WITH, "problem").get(pk=tree_id)


def action_of(action_id: UUID) -> Action:
    return Action.objects.select_related(*WITH, "problem").get(pk=action_id)


def in_hall(request: HttpRequest) -> bool:
    """Return whether the page is shown to a hall: large letters, no menu."""
    return request.GET.get("layar") == "1"


def address(request: HttpRequest, route: str, *args: Any, part: str = "") -> str:
    """Return an address of this room that keeps the large letters of the hall."""
    hall = "?layar=1" if in_hall(request) else ""
    return f"{reverse(f'assessment:{route}', args=args)}{hall}{'#' + part if part else ''}"


def show(
    request: HttpRequest, template: str, assessment: Assessment, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a page of one assessment with what all of them show."""
    hat, hall = worn(request), in_hall(request)
    shared = {
        "assessment": assessment,
        "village": assessment.village,
        "open": not assessment.delivered,
        "may_fill": not assessment.delivered and allows(hat, "fill", assessment),
        "may_study": not assessment.delivered and allows(hat, "study", assessment),
        "hall": hall,
        "suffix": "?layar=1" if hall else "",
        "here": request.path,
        "new_key": uuid4(),
    }
    return render(request, f"assessment/{template}", {**shared, **context}, status=status)


def attempt(request: HttpRequest, act: Callable[[], object], told: str) -> tuple[str, int]:
    """Run an act and tell that it was done. Returns ("", 200), or the sentence of the refusal and its status."""
    try:
        act()
    except RembukError as error:
        return sentence(error), error.status
    if told and not wants_json(request):
        messages.success(request, told)
    return "", 200


def done(request: HttpRequest, act: Callable[[], object], told: str, back: str) -> HttpResponse:
    """Run an act that has no form to show again: back to *back*, or the refusal as a message there.

    A module of the page asks for JSON and gets {"saved", "sentence"}.
    """
    refused, status = attempt(request, act, told)
    if wants_json(request):
        return JsonResponse({"saved": not refused, "sentence": refused or told}, status=status)
    if refused:
        messages.error(request, refused)
    return redirect(back)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def key_of(text: str) -> UUID:
    """Return the key that the form carries, or a fresh one when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def some_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def whole(text: str, default: int = 0) -> int:
    """Return a short whole number, *default* when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else default


def number_of(text: str, row: int) -> Decimal | None:
    """Read ``1.250``, ``1250``, ``0,75`` or ``48.232,91``. Raises: BadInputError with the row."""
    plain = text.strip().replace(" ", "")
    if not plain:
        return None
    if fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?", plain):
        plain = plain.replace(".", "")
    elif not fullmatch(r"[0-9]+([.,][0-9]+)?", plain):
        raise BadInputError("assessment-number", row=row, read=text[:30])
    try:
        return Decimal(plain.replace(",", ".")).quantize(Decimal("0.001"))
    except InvalidOperation as error:
        raise BadInputError("assessment-number", row=row, read=text[:30]) from error


def percent_of(text: str) -> int | None:
    """Read a place on the sheet, 0 to 100 with decimals, as thousandths. Raises: BadInputError."""
    plain = text.strip().replace(",", ".")
    if not plain:
        return None
    if not fullmatch(r"[0-9]{1,3}(\.[0-9]+)?", plain) or float(plain) > 100:
        raise BadInputError("assessment-point")
    return round(float(plain) * 10)


def hamlets_of(assessment: Assessment) -> list[Hamlet]:
    rows = Hamlet.objects.filter(village_id=assessment.village_id, valid_to__isnull=True)
    return list(rows.order_by("order", "name", "id"))
