"""One's own trainings, results and certificates; for a village head and above, how the own people did."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.core.guidance.enrolment import SUCCEEDED, EnrolmentState
from rembuk.core.guidance.testing import gain_of
from rembuk.core.hat import Role
from rembuk.guidance.training import queries, services
from rembuk.guidance.training.filters import PeopleFilter
from rembuk.guidance.training.labels import CERTIFICATE_STANDINGS, ENROLMENT_STATES, OUTCOMES
from rembuk.guidance.training.models import BatchTest, Certificate, Enrolment, Reaction
from rembuk.guidance.training.permissions import CERTIFICATE_READERS, OUTCOME_READERS, SCORE_READERS
from rembuk.guidance.training.views.certificates import certificate_page, pdf_of
from rembuk.guidance.training.views.finding import PER_PAGE, sheet
from rembuk.guidance.training.views.people import chipped
from rembuk.shared import clock
from rembuk.shared.roles import role_name
from rembuk.shared.web import page, worn

PASS_ONLY = frozenset({Role.KAD, Role.CAM})


@page("training.mine")
def mine(request: HttpRequest) -> HttpResponse:
    """My trainings, my results, my certificates, and what waits for me."""
    hat, today = worn(request), clock.today()
    rows = queries.own_enrolments(hat.person_id)
    tests = BatchTest.objects.filter(
        batch_id__in=[row.batch_id for row in rows], opened_at__isnull=False, closed_at__isnull=True
    ).select_related("batch")
    done = set(tests.filter(attempts__enrolment__person_id=hat.person_id, attempts__handed_in_at__isnull=False))
    by_batch = {row.batch_id: row for row in rows}
    reacted = set(Reaction.objects.filter(enrolment__in=rows).values_list("enrolment_id", flat=True))
    certificates = queries.own_certificates(hat.person_id)
    context = {
        "rows": [(row, *chipped(row), gain_of(row.pre, row.post), row.pk in reacted) for row in rows],
        "tests": [t for t in tests if t not in done and services.may_take(t, by_batch[t.batch_id])],
        "certificates": [
            (row, CERTIFICATE_STANDINGS[queries.certificate_standing(row, today)]) for row in certificates
        ],
        "credits": queries.own_credits(hat.person_id),
        "sees_people": hat.role in OUTCOME_READERS,
        "sees_certificates": hat.role in CERTIFICATE_READERS,
    }
    return render(request, "training/mine.html", context)


def own_certificate(request: HttpRequest, certificate_id: UUID) -> Certificate:
    """Return a certificate of the person of the hat. Raises: Http404 for anybody else's, or one not signed."""
    wanted = [row.pk for row in queries.own_certificates(worn(request).person_id)]
    if certificate_id not in wanted:
        raise Http404
    return queries.certificate_by_id(certificate_id)


@page("training.mine")
def certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """My own certificate with its QR."""
    return certificate_page(request, own_certificate(request, certificate_id), own=True)


@page("training.mine")
def certificate_pdf(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """My own certificate as PDF."""
    return pdf_of(request, own_certificate(request, certificate_id))


@page("training.outcomes")
def outcomes(request: HttpRequest) -> HttpResponse:
    """How the people of the hat's place did: a village head and a Camat read pass or not, the others the score too."""
    hat = worn(request)
    wanted = PeopleFilter.read(request.GET)
    rows = wanted.apply(queries.enrolments_seen_by(hat))
    if hat.role in PASS_ONLY:
        rows = rows.exclude(state__in=("NOMINATED",))
    scores = hat.role in SCORE_READERS
    if request.GET.get("bentuk"):
        return exported(request, list(rows), scores=scores)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "filter": wanted,
        "page": shown,
        "count": shown.paginator.count,
        "rows": [(row, *outcome_of(row), scores) for row in shown.object_list],
        "states": ENROLMENT_STATES.items(),
        "scores": scores,
    }
    return render(request, "training/outcomes.html", context)


def outcome_of(row: Enrolment) -> tuple[str, Any]:
    """Return pass, not yet, or no result, whatever the score was."""
    if row.at in SUCCEEDED:
        return "ok", OUTCOMES["passed"]
    if row.at in (EnrolmentState.NOT_PASSED, EnrolmentState.REMEDIAL):
        return "late", OUTCOMES["not_passed"]
    return chipped(row)


def exported(request: HttpRequest, rows: list[Enrolment], *, scores: bool) -> HttpResponse:
    header = [_("nama"), _("peran"), _("asal"), _("pelatihan"), _("tanggal"), _("hasil")]
    if scores:
        header += [_("nilai awal"), _("nilai akhir")]
    lines: list[list[Any]] = []
    for row in rows:
        start = row.batch.start_date.isoformat() if row.batch.start_date else ""
        line = [row.name, role_name(row.role), row.from_where, row.batch.title, start, str(outcome_of(row)[1])]
        lines.append([*line, row.pre, row.post] if scores else line)
    return sheet(request, "hasil-orang", header, lines)
