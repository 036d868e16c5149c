"""F10: institutions in circles round the residents, nearer ones inside, larger ones where the use is larger."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from rembuk.assessment import services
from rembuk.assessment.labels import CLOSENESS, KINDS, SIZES
from rembuk.assessment.models import Assessment, Institution
from rembuk.assessment.views.common import (
    address,
    assessment_of,
    attempt,
    done,
    institution_of,
    key_of,
    show,
    whole,
)
from rembuk.core.assessment.drawing import Body, draw_circles
from rembuk.shared import clock
from rembuk.shared.web import page, worn


@page("assessment.read", of=assessment_of)
def index(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """The circles, the list under them, and the forms for another institution or what the hall says of one."""
    return circles(request, assessment)


def circles(
    request: HttpRequest,
    assessment: Assessment,
    refused: str = "",
    status: int = 200,
    editing: Institution | None = None,
) -> HttpResponse:
    rows = list(assessment.institutions.all())
    said: dict[object, dict[str, list[object]]] = {}
    for entry in assessment.entries.filter(tool="institutions").order_by("created_at", "id"):
        said.setdefault(entry.institution_id, {}).setdefault(entry.kind, []).append(entry)
    bodies = [Body(row.name, row.closeness, row.size) for row in rows]
    spoken = _("Bagan %(count)d lembaga; yang paling dekat dengan warga: %(names)s.") % {
        "count": len(rows),
        "names": ", ".join(row.name for row in rows if row.closeness == max(r.closeness for r in rows)) or "-",
    }
    post = request.POST if request.method == "POST" else None
    context = {
        # Made of numbers and escaped names by the drawing.
        "drawing": mark_safe(draw_circles(bodies, _("Warga"), spoken)) if rows else "",  # noqa: S308
        "rows": [
            (number, row, CLOSENESS[row.closeness], SIZES[row.size], said.get(row.id, {}))
            for number, row in enumerate(rows, start=1)
        ],
        "loose": said.get(None, {}),
        "closeness": CLOSENESS.items(),
        "sizes": SIZES.items(),
        "kinds": [(code, words) for code, words in KINDS.items() if code in ("problem", "potential")],
        "refused": refused,
        "editing": editing,
        "typed": post or typed_of(editing),
    }
    return show(request, "institutions.html", assessment, context, status=status)


def typed_of(row: Institution | None) -> dict[str, object]:
    if row is None:
        return {"dekat": "3", "besar": "2"}
    return {"nama": row.name, "peran": row.role, "dekat": str(row.closeness), "besar": str(row.size)}


@page("assessment.fill", of=assessment_of, methods=("POST",))
def add(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Put an institution into the circles."""
    return write(request, assessment, None)


@page("assessment.fill", of=institution_of, methods=("GET", "POST"))
def edit(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Move or rename an institution."""
    if request.method == "GET":
        return circles(request, institution.assessment, editing=institution)
    return write(request, institution.assessment, institution)


def write(request: HttpRequest, assessment: Assessment, row: Institution | None) -> HttpResponse:
    post, hat, at = request.POST, worn(request), clock.now()
    key = row.id if row is not None else key_of(post.get("kunci", ""))

    def act() -> object:
        return services.put_institution(
            institution_id=key,
            assessment_id=assessment.id,
            name=post.get("nama", ""),
            role=post.get("peran", ""),
            closeness=whole(post.get("dekat", "")),
            size=whole(post.get("besar", "")),
            version=whole(post.get("versi", "")),
            actor=hat,
            at=at,
        )

    refused, status = attempt(request, act, _("Lembaga tersimpan."))
    if refused:
        return circles(request, assessment, refused, status, row)
    return redirect(address(request, "institutions", assessment.id))


@page("assessment.fill", of=institution_of, methods=("POST",))
def remove(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Take an institution out of the circles."""
    hat, at = worn(request), clock.now()
    return done(
        request,
        lambda: services.remove_institution(institution_id=institution.id, actor=hat, at=at),
        _("Lembaga dihapus dari bagan."),
        address(request, "institutions", institution.assessment_id),
    )
