"""Proposals on the table, the grid of points, the ranking of a meeting and of a whole cycle."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.scoring import CRITERIA, DEFAULT_NOTE, FIT_CRITERIA
from rembuk.cycles.models import Cycle
from rembuk.deliberation import services
from rembuk.deliberation.models import Meeting, MeetingProposal
from rembuk.deliberation.permissions import allows
from rembuk.deliberation.queries import ranking_of_cycle
from rembuk.deliberation.services.scoring import SCORABLE, points_of
from rembuk.deliberation.values import Marks, clean
from rembuk.deliberation.views.targets import RowOf, cycle_of, day_of, done, key_of, meeting_of, row_finder
from rembuk.proposals.models import Proposal
from rembuk.shared import clock
from rembuk.shared.web import page, worn
from rembuk.shared.wording import sentence


@page("deliberation.table", of=meeting_of, methods=("POST",))
def table(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Put the chosen proposals, or all that are offered, on the table."""
    hat, at, post = worn(request), clock.now(), request.POST
    keys = [key for text in post.getlist("usulan") if (key := key_of(text)) is not None]
    if post.get("semua") == "ya":
        keys = list(services.candidates(meeting).values_list("pk", flat=True))

    def act() -> object:
        return services.table_proposals(meeting_id=meeting.id, proposal_ids=keys, actor=hat, at=at)

    return done(request, meeting, act, _("Usulan sudah di meja musyawarah."), "usulan")


@page("deliberation.table", of=row_finder(MeetingProposal, "proposal_id"), methods=("POST",))
def untable(request: HttpRequest, target: RowOf[MeetingProposal]) -> HttpResponse:
    """Take one proposal off the table."""
    meeting, key = target.meeting, target.row.proposal_id
    hat, at = worn(request), clock.now()

    def act() -> None:
        services.untable_proposal(meeting_id=meeting.id, proposal_id=key, actor=hat, at=at)

    return done(request, meeting, act, _("Usulan diangkat dari meja."), "usulan")


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
    """One proposal of the grid with its five fields and what was stored when the page was made."""

    proposal: Proposal
    cells: tuple[Cell, ...]
    seen_name: str
    seen: str
    problem: str = ""


@page("deliberation.score", of=meeting_of, methods=("GET", "POST"))
def scores(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The grid of one group: proposals down, C1 to C5 across. Plain fields; the arrows are a courtesy."""
    group = clean(request.POST.get("kelompok", "") or request.GET.get("kelompok", ""), 80)
    rows = list(meeting.tabled.select_related("proposal__hamlet").order_by("proposal__number", "id"))
    stored = {row.proposal_id: row for row in meeting.scores.filter(scorer_group=group)} if group else {}
    known = {key: points_of(row) for key, row in stored.items()}
    told, status = "", 200
    problems: dict[UUID, str] = {}
    if request.method == "POST" and request.POST.get("simpan") == "ya":
        try:
            changed = save_grid(request, meeting, group, [row.proposal_id for row in rows], problems)
        except RembukError as error:
            told, status = sentence(error), error.status
        else:
            words = ngettext("%(count)d usulan berubah skornya.", "%(count)d usulan berubah skornya.", changed)
            messages.success(request, words % {"count": changed})
            return redirect(f"{reverse('deliberation:scores', args=[meeting.id])}?{urlencode({'kelompok': group})}")
    posted = request.POST if status != 200 else None
    dates = {row.score_date for row in stored.values()}
    context = {
        "meeting": meeting,
        "group": group,
        "groups": list(meeting.scores.order_by("scorer_group").values_list("scorer_group", flat=True).distinct()),
        "criteria": CRITERIA.items(),
        "lines": [line_of(row.proposal, known.get(row.proposal_id), posted, problems) for row in rows],
        "sentence": told,
        "day": request.POST.get("tanggal") or (max(dates) if dates else clock.today()).isoformat(),
        "open": meeting.state in SCORABLE,
        "today": clock.today(),
    }
    return render(request, "deliberation/scores.html", context, status=status)


def line_of(
    proposal: Proposal, known: tuple[int, ...] | None, posted: QueryDict | None, problems: dict[UUID, str]
) -> Line:
    cells = []
    for place, (code, words) in enumerate(CRITERIA.items()):
        name = f"{code}_{proposal.id}"
        value = posted.get(name, "") if posted is not None else str(known[place]) if known else ""
        cells.append(Cell(code, name, f"{code} {words}", value, proposal.id in problems and not is_point(value)))
    seen = ",".join(str(point) for point in known) if known else ""
    if posted is not None:
        seen = posted.get(f"lama_{proposal.id}", "")
    return Line(proposal, tuple(cells), f"lama_{proposal.id}", seen, problems.get(proposal.id, ""))


def is_point(text: str) -> bool:
    return text.strip() in ("1", "2", "3", "4", "5")


def save_grid(request: HttpRequest, meeting: Meeting, group: str, keys: list[UUID], problems: dict[UUID, str]) -> int:
    """Read the grid and store it, all or nothing; an empty row takes its points back. Raises: RembukError."""
    marks, cleared, seen = [], [], {}
    for key in keys:
        texts = [request.POST.get(f"{code}_{key}", "").strip() for code in CRITERIA]
        before = request.POST.get(f"lama_{key}", "")
        seen[key] = tuple(int(part) for part in before.split(",")) if is_seen(before) else None
        if not any(texts):
            cleared += [key] if seen[key] is not None else []
        elif all(is_point(text) for text in texts):
            first, second, third, fourth, fifth = (int(text) for text in texts)
            marks.append(Marks(key, (first, second, third, fourth, fifth)))
        else:
            problems[key] = _("Isi kelima skor dengan 1 sampai 5, atau kosongkan semuanya.")
    if problems:
        raise BadInputError("score-rows", count=len(problems))
    return services.enter_scores(
        meeting_id=meeting.id,
        scorer_group=group,
        marks=marks,
        cleared=cleared,
        seen=seen,
        score_date=day_of(request.POST.get("tanggal", "")),
        actor=worn(request),
        at=clock.now(),
    )


def is_seen(text: str) -> bool:
    parts = text.split(",")
    return len(parts) == len(CRITERIA) and all(is_point(part) for part in parts)


@page("deliberation.adopt", of=meeting_of, methods=("POST",))
def adopt(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Adopt the ranking in the name of the meeting."""
    hat, at = worn(request), clock.now()

    def act() -> object:
        return services.adopt_ranking(meeting_id=meeting.id, actor=hat, at=at)

    return done(request, meeting, act, _("Peringkat disahkan. Pengusul bisa membacanya."), "peringkat")


@page("deliberation.read", of=cycle_of)
def cycle_ranking(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The ranking of a whole cycle, from the scores that stand now, with ties, averages and pre-filter B."""
    found, rows = ranking_of_cycle(cycle.pk)
    hat = worn(request)
    context = {
        "cycle": cycle,
        "village": cycle.village,
        "scores": found,
        "rows": rows,
        "groups": sorted(set(found.group_of.values())),
        "criteria": CRITERIA.items(),
        "fit_criteria": FIT_CRITERIA.items(),
        "default_note": DEFAULT_NOTE,
        "may_plan": allows(hat, "create", cycle),
    }
    return render(request, "deliberation/ranking.html", context)
