"""What the addresses of the training room are about, and what its pages share."""

from typing import Any
from uuid import UUID, uuid4

import segno
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe

from rembuk.accounts.models import Assignment
from rembuk.accounts.queries import assignment_by_id
from rembuk.core.errors import RembukError
from rembuk.guidance.training import queries
from rembuk.guidance.training.models import (
    BatchTest,
    Certificate,
    Enrolment,
    ItemSet,
    TrainingBatch,
    TrainingSession,
)
from rembuk.shared.files import XLSX
from rembuk.shared.sheets import csv_bytes, xlsx_bytes
from rembuk.shared.sheets.writing import Cell
from rembuk.shared.wording import sentence

PER_PAGE = 50


def batch_of(batch_id: UUID) -> TrainingBatch:
    return queries.batch_by_id(batch_id)


def session_of(session_id: UUID) -> TrainingSession:
    return queries.session_by_id(session_id)


def asked_test(test_id: UUID) -> BatchTest:
    return queries.test_by_id(test_id)


def set_of(set_id: UUID) -> ItemSet:
    return queries.set_by_id(set_id)


def enrolment_of(enrolment_id: UUID) -> Enrolment:
    return queries.enrolment_by_id(enrolment_id)


def candidate_of(enrolment_id: UUID) -> TrainingBatch:
    """The batch of a trainer candidate: whoever teaches there marks them; the candidate hangs on it."""
    enrolment = queries.enrolment_by_id(enrolment_id)
    batch: TrainingBatch = enrolment.batch
    batch.candidate = enrolment  # type: ignore[attr-defined]
    return batch


def certificate_of(certificate_id: UUID) -> Certificate:
    return queries.certificate_by_id(certificate_id)


def assignment_of(assignment_id: UUID) -> Assignment:
    return assignment_by_id(assignment_id)


def key_of(request: HttpRequest) -> UUID:
    """Return the key that the form was made with, so that a double press stores once."""
    try:
        return UUID(request.POST.get("kunci", ""))
    except ValueError:
        return uuid4()


def uuids(texts: list[str]) -> list[UUID]:
    """Return the keys among *texts*; what is none is left out."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def qr_of(text: str) -> SafeString:
    """Return the picture of an address or text of ours."""
    return mark_safe(segno.make(text, error="m", micro=False).svg_inline(border=2, omitsize=True))  # noqa: S308


def told(error: RembukError | None) -> dict[str, Any]:
    """Return what a page says of a refusal."""
    return {
        "error": sentence(error) if error is not None else "",
        "findings": getattr(error, "findings", ()),
    }


def sheet(request: HttpRequest, name: str, header: list[str], rows: list[list[Cell]]) -> HttpResponse:
    """Return a list as XLSX, or as CSV with ``?bentuk=csv``."""
    if request.GET.get("bentuk") == "csv":
        response = HttpResponse(csv_bytes(header, rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    response = HttpResponse(xlsx_bytes([(name[:31], header, rows)]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
