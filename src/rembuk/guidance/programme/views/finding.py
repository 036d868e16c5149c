"""What the addresses of this room are about, and what its pages share."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse

from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat
from rembuk.guidance.programme import queries
from rembuk.guidance.programme.models import Commitment, GuidancePlan, PlanActivity, PlanVersion, Realisation
from rembuk.guidance.programme.permissions import OVERSEERS, allows
from rembuk.shared.files import XLSX
from rembuk.shared.sheets import csv_bytes, xlsx_bytes
from rembuk.shared.sheets.writing import Cell
from rembuk.shared.wording import sentence

PER_PAGE = 50
MAY = ("create", "edit", "submit", "decide", "run", "money", "pay", "versions", "promises", "promise")


def plan_of(plan_id: UUID) -> GuidancePlan:
    return queries.plan_by_id(plan_id)


def activity_of(activity_id: UUID) -> PlanActivity:
    return queries.activity_by_id(activity_id)


def payment_of(payment_id: UUID) -> Realisation:
    return queries.payment_by_id(payment_id)


def version_of(plan_id: UUID, number: int) -> PlanVersion:
    return queries.version_by_number(queries.plan_by_id(plan_id), number)


def commitment_of(commitment_id: UUID) -> Commitment:
    return queries.commitment_by_id(commitment_id)


def may(hat: Hat | None, target: Any) -> dict[str, bool]:
    """Return act -> whether the hat may do it here, for the template."""
    return {act: allows(hat, act, target) for act in MAY}


def hidden(hat: Hat, plan: GuidancePlan) -> bool:
    """Return whether a plan that nobody has approved yet is none of this hat's business."""
    return plan.version_no == 0 and hat.role not in OVERSEERS


def key_of(request: HttpRequest) -> UUID:
    """Return the key that the form was made with, so that a double press stores once."""
    try:
        return UUID(request.POST.get("kunci", ""))
    except ValueError:
        return uuid4()


def number_of(request: HttpRequest, name: str = "versi") -> int:
    """Return the version that the form was made with; 0 is never one."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def told(error: RembukError | None) -> dict[str, Any]:
    """Return what a page says of a refusal."""
    return {
        "error": sentence(error) if error is not None else "",
        "findings": getattr(error, "findings", ()),
    }


def sheet(request: HttpRequest, name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Return a list as XLSX, or as CSV with ``?bentuk=csv``."""
    if request.GET.get("bentuk") == "csv":
        return attachment(csv_bytes(header, rows), "text/csv; charset=utf-8", f"{name}.csv")
    return attachment(xlsx_bytes([(name[:31], header, rows)]), XLSX, f"{name}.xlsx")


def attachment(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
