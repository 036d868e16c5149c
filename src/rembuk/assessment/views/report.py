"""F15: the report. Chapters fill themselves; two are written; two dates say when it was handed over."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from rembuk.assessment import services
from rembuk.assessment.labels import PAPERS
from rembuk.assessment.models import Assessment
from rembuk.assessment.permissions import allows
from rembuk.assessment.queries import facts_of
from rembuk.assessment.views.common import address, assessment_of, attempt, done, show, whole
from rembuk.assessment.views.data import day_of
from rembuk.core.assessment.progress import data_findings, report_findings, tool_findings
from rembuk.core.errors import StaleError
from rembuk.shared import clock
from rembuk.shared.web import page, worn


@page("assessment.read", of=assessment_of)
def index(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """The report as it stands: what is missing, the two written chapters, the papers, the delivery."""
    return report(request, assessment)


def report(
    request: HttpRequest, assessment: Assessment, refused: str = "", status: int = 200, *, newer: bool = False
) -> HttpResponse:
    facts = facts_of([assessment])[assessment.id]
    post = request.POST if refused else None
    hat = worn(request)
    missing = [finding for finding in (*data_findings(facts), *tool_findings(facts)) if finding.severity == "block"]
    context = {
        "facts": facts,
        "missing": missing,
        "notes": [finding for finding in report_findings(facts) if finding.severity == "warn"],
        "introduction": post.get("pendahuluan", "") if post is not None else assessment.introduction,
        "conclusion": post.get("kesimpulan", "") if post is not None else assessment.conclusion,
        "version": post.get("versi", "") if post is not None and not newer else assessment.version,
        "head_day": post.get("kades", "") if post is not None else day_text(assessment.head_date),
        "bpd_day": post.get("bpd", "") if post is not None else day_text(assessment.bpd_date),
        "may_write": not assessment.delivered and allows(hat, "write_report", assessment),
        "may_deliver": not assessment.delivered and allows(hat, "deliver", assessment),
        "may_reopen": assessment.head_date is not None and allows(hat, "reopen", assessment),
        "papers": paper_links(assessment),
        "today": clock.today(),
        "refused": refused,
    }
    return show(request, "report.html", assessment, context, status=status)


def day_text(day: object) -> str:
    return str(day) if day else ""


def paper_links(assessment: Assessment) -> list[tuple[str, str, str]]:
    """Return (form, name, address) of the papers of an assessment, once the documents room answers."""
    found = []
    for code, name in PAPERS.items():
        try:
            found.append((code, str(name), reverse("documents:paper", args=[code, f"assessment:{assessment.id}"])))
        except NoReverseMatch:
            continue
    return found


@page("assessment.write_report", of=assessment_of, methods=("POST",))
def write(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Store the two written chapters."""
    post, hat, at = request.POST, worn(request), clock.now()
    newer = False

    def act() -> None:
        nonlocal newer
        try:
            services.write_report(
                assessment_id=assessment.id,
                version=whole(post.get("versi", "")),
                introduction=post.get("pendahuluan", ""),
                conclusion=post.get("kesimpulan", ""),
                actor=hat,
                at=at,
            )
        except StaleError:
            newer = True
            raise

    refused, status = attempt(request, act, _("Naskah tersimpan."))
    if refused:
        return report(request, assessment_of(assessment.id), refused, status, newer=newer)
    return redirect(address(request, "report", assessment.id))


@page("assessment.deliver", of=assessment_of, methods=("POST",))
def deliver(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Record the delivery to the head, and then to the BPD."""
    post, hat, at, today = request.POST, worn(request), clock.now(), clock.today()

    def act() -> object:
        return services.deliver_report(
            assessment_id=assessment.id,
            head_date=day_of(post.get("kades", "")),
            bpd_date=day_of(post.get("bpd", "")),
            today=today,
            actor=hat,
            at=at,
        )

    refused, status = attempt(request, act, _("Penyerahan tercatat."))
    if refused:
        return report(request, assessment_of(assessment.id), refused, status)
    return redirect(address(request, "report", assessment.id))


@page("assessment.reopen", of=assessment_of, methods=("POST",))
def reopen(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Take the delivery back."""
    hat, at = worn(request), clock.now()
    return done(
        request,
        lambda: services.reopen_report(assessment_id=assessment.id, actor=hat, at=at),
        _("Penyerahan ditarik. Isinya bisa diubah lagi."),
        address(request, "report", assessment.id),
    )
