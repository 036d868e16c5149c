"""F08: sketches of the village with numbered points, set by a click, by keys, or by two numbers in a form."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rembuk.assessment import services
from rembuk.assessment.labels import KINDS
from rembuk.assessment.models import Assessment, Entry, Sketch
from rembuk.assessment.views.common import (
    address,
    assessment_of,
    attempt,
    done,
    hamlets_of,
    key_of,
    show,
    sketch_of,
)
from rembuk.core.assessment.drawing import SHEET_WIDE, fit_outlines
from rembuk.regions.boundaries import district_borders
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.web import page, worn


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """One point with its number on the sheet, in the units of the drawing."""

    number: int
    entry: Entry
    x: float | None
    y: float | None


def numbered(rows: Sequence[Entry], high: float) -> list[ShownPoint]:
    """Number the entries as the list does; those without a place on the sheet keep their number."""
    return [
        ShownPoint(
            number,
            row,
            None if row.x is None else row.x / 1000 * SHEET_WIDE,
            None if row.y is None else row.y / 1000 * high,
        )
        for number, row in enumerate(rows, start=1)
    ]


def height_of(sketch: Sketch) -> float:
    return round(SHEET_WIDE * sketch.height / max(1, sketch.width), 1)


def border_paths(village: Village, high: float) -> list[str]:
    """Return the outline of the village as SVG paths that fill the sheet, north up; none where no file is laid."""
    lines = fit_outlines(district_borders(village.regency_id, [village.code]), high)
    return ["M" + "L".join(f"{x} {y}" for x, y in line) + "z" for line in lines]


@page("assessment.read", of=assessment_of)
def index(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """The sketches of an assessment, and the form for another."""
    return list_page(request, assessment)


def list_page(request: HttpRequest, assessment: Assessment, refused: str = "", status: int = 200) -> HttpResponse:
    sketches = list(assessment.sketches.select_related("file"))
    counts: dict[object, int] = {}
    for key in assessment.entries.filter(tool="sketch").values_list("sketch_id", flat=True):
        counts[key] = counts.get(key, 0) + 1
    context = {
        "sketches": [(sketch, counts.get(sketch.id, 0)) for sketch in sketches],
        "grounds": Sketch.Ground.choices,
        "has_border": bool(district_borders(assessment.village.regency_id, [assessment.village.code])),
        "refused": refused,
        "typed": request.POST,
    }
    return show(request, "sketches.html", assessment, context, status=status)


@page("assessment.fill", of=assessment_of, methods=("POST",))
def add(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Begin a sketch."""
    key, hat, at, post = key_of(request.POST.get("kunci", "")), worn(request), clock.now(), request.POST
    upload = request.FILES.get("gambar")

    def act() -> object:
        return services.put_sketch(
            sketch_id=key,
            assessment_id=assessment.id,
            title=post.get("judul", ""),
            ground=post.get("alas", "empty"),
            picture=upload,
            name=(upload.name or "") if upload is not None else "",
            actor=hat,
            at=at,
        )

    refused, status = attempt(request, act, _("Sketsa siap. Ketuk tempatnya, lalu tulis masalah atau potensinya."))
    if refused:
        return list_page(request, assessment, refused, status)
    return redirect(address(request, "sketch", key))


@page("assessment.read", of=sketch_of)
def one(request: HttpRequest, sketch: Sketch) -> HttpResponse:
    """The sheet with its points, the form for the next, and the list F08 below."""
    high = height_of(sketch)
    rows = list(sketch.points.select_related("hamlet").order_by("created_at", "id"))
    context = {
        "sketch": sketch,
        "wide": SHEET_WIDE,
        "high": high,
        "points": numbered(rows, high),
        "borders": border_paths(sketch.assessment.village, high) if sketch.ground == Sketch.Ground.BORDER else [],
        "hamlets": hamlets_of(sketch.assessment),
        "kinds": [(code, words) for code, words in KINDS.items() if code in ("problem", "potential")],
    }
    return show(request, "sketch.html", sketch.assessment, context)


@page("assessment.fill", of=sketch_of, methods=("POST",))
def remove(request: HttpRequest, sketch: Sketch) -> HttpResponse:
    """Take an empty sketch away."""
    hat, at = worn(request), clock.now()
    kept = sketch.points.exists()
    back = address(request, "sketch", sketch.id) if kept else address(request, "sketches", sketch.assessment_id)
    return done(
        request,
        lambda: services.remove_sketch(sketch_id=sketch.id, actor=hat, at=at),
        _("Sketsa dihapus."),
        back,
    )
