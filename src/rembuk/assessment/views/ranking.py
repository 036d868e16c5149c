"""F12b and F12c: the points that groups give, and the order that follows."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.assessment import services
from rembuk.assessment.models import Assessment
from rembuk.assessment.permissions import allows
from rembuk.assessment.queries import RankRow, ranking_of, score_days
from rembuk.assessment.services import Marks
from rembuk.assessment.views.common import address, assessment_of, show
from rembuk.assessment.views.data import day_of
from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.hat import Place
from rembuk.core.scoring import CRITERIA
from rembuk.shared import clock
from rembuk.shared.web import page, worn
from rembuk.shared.wording import sentence

Points = tuple[int, int, int, int, int]
POINTS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Ladder:
    """One of the two rankings, as an address names it. what: problem | action."""

    assessment: Assessment
    what: str

    @property
    def place(self) -> Place:
        return self.assessment.place


def ladder_of(assessment_id: UUID, what: str) -> Ladder:
    """Return a ranking. Raises: ValueError for one that is not kept."""
    if what not in ("problem", "action"):
        raise ValueError(what)
    return Ladder(assessment_of(assessment_id), what)


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the grid."""

    code: str
    name: str
    label: str
    value: str
    bad: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the grid with its five fields and what was stored when the page was made."""

    row: RankRow
    cells: tuple[Cell, ...]
    seen_name: str
    seen: str


@page("assessment.read", of=ladder_of)
def index(request: HttpRequest, ladder: Ladder) -> HttpResponse:
    """The ranking, and the grid of the group that is asked for."""
    return ranking(request, ladder)


@page("assessment.score", of=ladder_of, methods=("POST",))
def score(request: HttpRequest, ladder: Ladder) -> HttpResponse:
    """Store the points of one group, all rows or none; everything typed stays when something is refused."""
    group = " ".join(request.POST.get("kelompok", "").split())[:80]
    rows = ranking_of(ladder.assessment, ladder.what)
    try:
        changed = services.enter_scores(
            assessment_id=ladder.assessment.id,
            what=ladder.what,
            scorer_group=group,
            marks=read_grid(request.POST, rows),
            day=day_of(request.POST.get("tanggal", "")),
            today=clock.today(),
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return ranking(request, ladder, refused=sentence(error), status=error.status)
    words = ngettext("%(count)d baris berubah nilainya.", "%(count)d baris berubah nilainya.", changed)
    messages.success(request, words % {"count": changed})
    back = address(request, "ranking", ladder.assessment.id, ladder.what)
    return redirect(f"{back}{'&' if '?' in back else '?'}{urlencode({'kelompok': group})}")


def read_grid(post: QueryDict, rows: list[RankRow]) -> list[Marks]:
    """Read the grid. Raises: BadInputError with the number of rows that are not whole."""
    marks, wrong = [], 0
    for row in rows:
        texts = [post.get(f"{code}_{row.key}", "").strip() for code in CRITERIA]
        if any(texts) and not all(text in POINTS for text in texts):
            wrong += 1
            continue
        points = five(texts) if any(texts) else None
        marks.append(Marks(row.key, points, five(post.get(f"lama_{row.key}", "").split(","))))
    if wrong:
        raise BadInputError("assessment-score", count=wrong)
    return marks


def five(texts: list[str]) -> Points | None:
    if len(texts) != len(CRITERIA) or not all(text in POINTS for text in texts):
        return None
    first, second, third, fourth, fifth = (int(text) for text in texts)
    return first, second, third, fourth, fifth


def ranking(request: HttpRequest, ladder: Ladder, refused: str = "", status: int = 200) -> HttpResponse:
    assessment, what, hat = ladder.assessment, ladder.what, worn(request)
    asked = request.POST.get("kelompok", "") or request.GET.get("kelompok", "")
    group = " ".join(asked.split())[:80]
    rows = ranking_of(assessment, what)
    days = score_days(assessment, what)
    stored = {
        getattr(row, f"{what}_id"): row.points
        for row in assessment.scores.filter(scorer_group=group, **{f"{what}__isnull": False})
    }
    post = request.POST if refused else None
    may_score = not assessment.delivered and allows(hat, "score", assessment)
    today = clock.today()
    own = [day for name, day in days if name == group]
    context = {
        "what": what,
        "title": _("Peringkat masalah") if what == "problem" else _("Peringkat tindakan"),
        "rows": rows,
        "scored": sum(row.total is not None for row in rows),
        "groups": sorted({name for name, _day in days}),
        "days": days,
        "group": group,
        "criteria": CRITERIA.items(),
        "lines": [line_of(row, stored.get(row.key), post) for row in rows] if group and may_score else [],
        "may_score": may_score,
        "day": (post.get("tanggal") if post is not None else None) or (own[-1] if own else today).isoformat(),
        "today": today,
        "refused": refused,
    }
    return show(request, "ranking.html", assessment, context, status=status)


def line_of(row: RankRow, known: Points | None, post: QueryDict | None) -> Line:
    cells = []
    for place, (code, words) in enumerate(CRITERIA.items()):
        name = f"{code}_{row.key}"
        value = post.get(name, "") if post is not None else str(known[place]) if known else ""
        whole_row = post is not None and any(post.get(f"{other}_{row.key}", "") for other in CRITERIA)
        cells.append(Cell(code, name, f"{code} {words}: {row.text}", value, whole_row and value not in POINTS))
    seen = ",".join(str(point) for point in known) if known else ""
    if post is not None:
        seen = post.get(f"lama_{row.key}", "")
    return Line(row, tuple(cells), f"lama_{row.key}", seen)
