"""Approved versions: as they were, their paper, and what one changed of another (semula, menjadi)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.core.guidance.programme import PlanState
from rembuk.core.guidance.programme_content import ActivityContent, PlanContent, changes, period_text, unpacked
from rembuk.guidance.programme import queries
from rembuk.guidance.programme.labels import SOURCES
from rembuk.guidance.programme.models import GuidancePlan, PlanVersion
from rembuk.guidance.programme.views.finding import attachment, may, plan_of, version_of
from rembuk.shared import papers
from rembuk.shared.web import page, worn

NOW = "kini"


@page("programme.versions", of=plan_of)
def index(request: HttpRequest, found: GuidancePlan) -> HttpResponse:
    """Every approved version with who approved it and its paper."""
    context = {"plan": found, "versions": queries.versions_of(found), "may": may(worn(request), found), "now": NOW}
    return render(request, "programme/versions.html", context)


@page("programme.versions", of=version_of)
def version(request: HttpRequest, found: PlanVersion) -> HttpResponse:
    """One version as it was approved; ``?bentuk=pdf|docx|xlsx`` gives its paper."""
    fmt = request.GET.get("bentuk", "")
    if fmt:
        if fmt not in papers.CONTENT_TYPES:
            raise Http404
        data, kind = papers.open_paper(found.paper, fmt)
        return attachment(data, kind, f"rencana-pembinaan-{found.plan.year}-v{found.number}.{fmt}")
    content = unpacked(found.content)
    context = {
        "version": found,
        "plan": found.plan,
        "content": content,
        "rows": [row_of(activity) for activity in content.activities],
        "left_out": [(content.name(code), reason) for code, reason in content.left_out],
        "unaltered": papers.digest_of(found.content) == found.digest,
    }
    return render(request, "programme/version.html", context)


def row_of(activity: ActivityContent) -> dict[str, Any]:
    return {
        "activity": activity,
        "period": period_text(activity),
        "money": [(SOURCES.get(line.source, line.source), line.amount, line.note) for line in activity.money],
    }


@page("programme.versions", of=plan_of)
def difference(request: HttpRequest, found: GuidancePlan) -> HttpResponse:
    """What changed between two versions, or since the newest one in what is being revised."""
    rows = queries.versions_of(found)
    numbers = [str(row.number) for row in sorted(rows, key=lambda row: row.number)]
    revising = found.at is PlanState.DRAFT_REVISION
    last = numbers[-1] if numbers else ""
    before = request.GET.get("dari", "") or (last if revising or len(numbers) < 2 else numbers[-2])
    after = request.GET.get("ke", "") or (NOW if revising or len(numbers) < 2 else last)
    known = {*numbers, NOW}
    if numbers and not {before, after} <= known:
        raise Http404
    compared = numbers and before != after
    context = {
        "plan": found,
        "numbers": numbers,
        "before": before,
        "after": after,
        "now": NOW,
        "changes": changes(content(found, before), content(found, after)) if compared else (),
        "compared": compared,
    }
    return render(request, "programme/difference.html", context)


def content(plan: GuidancePlan, number: str) -> PlanContent:
    """Return the content of a version, or as it stands in the tables now."""
    if number == NOW:
        return queries.content_of(plan)
    return unpacked(queries.version_by_number(plan, int(number)).content)
