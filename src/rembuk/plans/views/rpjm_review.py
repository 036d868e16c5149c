"""Reviewing an RPJM Desa in force: open the amendment, see old and new side by side, decide the rows that change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.law.amendments import grounds_for
from rembuk.core.law.dated import CERTAINTY_LABELS
from rembuk.core.money import Rupiah, split
from rembuk.core.workflow.plan_states import EDITABLE, PlanState
from rembuk.core.workflow.rpjm_stages import lawful_years
from rembuk.core.workflow.versions import ChangeKind
from rembuk.cycles.calendar import local_day
from rembuk.cycles.queries import current_rpjm_cycle
from rembuk.plans.amending import KINDS
from rembuk.plans.models import Rpjmdes, RpjmdesItem
from rembuk.plans.permissions import allows
from rembuk.plans.queries import active_rpjmdes
from rembuk.plans.rpjm_reviewing import Reviewed, RpjmItemChange, name_of, reviewed
from rembuk.plans.rpjm_values import raw_text, values_of
from rembuk.plans.services import CellEdit, rpjm_review
from rembuk.plans.services.amending import GroundValues
from rembuk.plans.typed import InputError, read_day
from rembuk.plans.views.finding import village_of
from rembuk.plans.views.register import whole
from rembuk.plans.views.rpjm_finding import rpjm_of
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, refusal, worn
from rembuk.shared.wording import sentence

PAGE_SIZE = 50
SHOWN = {"": _("semua"), "berubah": _("yang berubah"), "alasan": _("yang belum beralasan")}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One activity side by side. cells: (name of the input, year, text) of the years that are new or still open.

    spread: rupiah that no year holds yet and that is shared out evenly once a year gets its own.
    """

    name: str
    kind: str
    words: str
    subject: str
    before: Any
    after: Any
    item: RpjmdesItem | None
    cells: tuple[tuple[str, int, str], ...]
    difference: int
    reason: str
    spread: int = 0


@page("plans.amend", of=village_of, methods=("GET", "POST"))
def open_review(request: HttpRequest, village: Village) -> HttpResponse:
    """Begin the review of the RPJM Desa in force: its ground, its letter, and the last year of the changed plan."""
    active = active_rpjmdes(village.id)
    if active is None:
        return redirect("plans:rpjmdes", village.id)
    if request.method == "GET":
        return opening_page(request, active)
    post = request.POST
    try:
        ground = GroundValues(
            post.get("dasar", ""),
            post.get("nomor", ""),
            read_day(post.get("tanggal", ""), "tanggal"),
            post.get("uraian", ""),
        )
        made = rpjm_review.open_review(
            rpjmdes_id=active.id,
            ground=ground,
            on=read_day(post.get("mulai", ""), "mulai"),
            end_year=whole(post.get("akhir", "")),
            actor=worn(request),
            at=clock.now(),
        )
    except InputError as error:
        return opening_page(request, active, status=400, error=_("Tanggal tidak terbaca: %(read)s") % error.values)
    except RembukError as error:
        if error.status == 403:
            return refusal(request, error)
        return opening_page(request, active, status=error.status, error=sentence(error))
    messages.success(request, _("Peninjauan dibuka dengan semua kegiatan. RPJM yang berlaku tetap seperti semula."))
    return redirect("plans:rpjm_review", made.cycle_id)


def opening_page(request: HttpRequest, active: Rpjmdes, *, error: str = "", status: int = 200) -> HttpResponse:
    today = local_day(active.village.regency, clock.now())
    longest = active.start_year + lawful_years(today) - 1
    running = current_rpjm_cycle(active.village)
    context = {
        "active": active,
        "village": active.village,
        "grounds": [(row, CERTAINTY_LABELS[row.certainty]) for row in grounds_for("rpjmdes", today)],
        "running": running if running is not None and running.is_review else None,
        "typed": request.POST or {"akhir": str(max(active.end_year, longest)), "mulai": today.isoformat()},
        "today": today,
        "error": error,
    }
    return render(request, "plans/rpjm_review_open.html", context, status=status)


@page("plans.read", of=rpjm_of)
def review(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Old and new side by side."""
    return review_page(request, rpjmdes)


def review_page(request: HttpRequest, rpjmdes: Rpjmdes, *, status: int = 200, **more: Any) -> HttpResponse:
    if not rpjmdes.is_amendment or rpjmdes.supersedes is None:
        return redirect("plans:rpjm_draft", rpjmdes.cycle_id)
    found = reviewed(rpjmdes)
    wanted = request.GET.get("tampil", "")
    open_subjects = {change.subject for change in found.without_reason}
    kept = [
        change
        for change in found.changes
        if not wanted
        or (wanted == "berubah" and change.kind is not ChangeKind.KEPT)
        or (wanted == "alasan" and change.subject in open_subjects)
    ]
    shown = Paginator(kept, PAGE_SIZE).get_page(request.GET.get("hal"))
    years = added_years(rpjmdes)
    context = {
        "rpjmdes": rpjmdes,
        "base": rpjmdes.supersedes,
        "cycle": rpjmdes.cycle,
        "village": rpjmdes.village,
        "shown": shown,
        "lines": [shown_line(change, found, years, request.POST) for change in shown.object_list],
        "filters": SHOWN.items(),
        "wanted": wanted,
        "moved": len(found.moved),
        "open": len(open_subjects),
        "total": len(found.changes),
        "difference": sum(change.difference for change in found.changes),
        "years": years,
        "ground": next(
            (row for row in grounds_for("rpjmdes", clock.today()) if row.value.code == rpjmdes.ground), None
        ),
        "may_work": rpjmdes.in_work
        and PlanState(rpjmdes.state) in EDITABLE
        and allows(hat_of(request), "edit", rpjmdes),
        "leaving": set(request.POST.getlist("keluar")),
        "paper_subject": f"rpjm:{rpjmdes.id}",
        **more,
    }
    return render(request, "plans/rpjm_review.html", context, status=status)


def added_years(rpjmdes: Rpjmdes) -> list[int]:
    """Return the years that the amendment adds; where it adds none, those that are still to come."""
    assert rpjmdes.supersedes is not None
    added = range(rpjmdes.supersedes.end_year + 1, rpjmdes.end_year + 1)
    return list(added) or [year for year in rpjmdes.period if year > clock.today().year]


def shown_line(change: RpjmItemChange, found: Reviewed, years: list[int], typed: Mapping[str, str]) -> ShownLine:
    item = found.items.get(change.after.key) if change.after is not None else None
    values = change.after.values if change.after is not None else None
    cells = (
        tuple(
            (name, year, typed.get(name, raw_text(values, f"amount:{year}")))
            for year in years
            for name in (f"biaya-{item.id}-{year}",)
        )
        if item is not None and values is not None
        else ()
    )
    return ShownLine(
        name_of(change),
        change.kind.value,
        str(KINDS.get(change.kind, _("tetap"))),
        change.subject,
        change.before.values if change.before is not None else None,
        values,
        item,
        cells,
        change.difference,
        typed.get(f"alasan-{change.subject}", found.reasons.get(change.subject, "")),
        values.total or 0 if values is not None and len(values.costs) > 1 else 0,
    )


@page("plans.edit", of=rpjm_of, methods=("POST",))
def decide(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Store what was decided on the rows of this page: money of the added years, what leaves, and why."""
    if not rpjmdes.is_amendment:
        return redirect("plans:rpjm_draft", rpjmdes.cycle_id)
    post = request.POST
    reasons = {name.removeprefix("alasan-"): str(text) for name, text in post.items() if name.startswith("alasan-")}
    try:
        rpjm_review.decide_lines(
            rpjmdes_id=rpjmdes.id,
            edits=edits_in(rpjmdes, post),
            reasons=reasons,
            drops={UUID(key) for key in post.getlist("keluar")},
            actor=worn(request),
            at=clock.now(),
        )
    except ValueError:
        return review_page(request, rpjmdes, status=400, error=_("Isian tidak terbaca. Tidak ada yang disimpan."))
    except RembukError as error:
        if error.status == 403:
            return refusal(request, error)
        problems = [str(one.message) for one in error.values.get("problems", ()) if hasattr(one, "message")]  # type: ignore[attr-defined]
        return review_page(request, rpjmdes, status=error.status, error=sentence(error), problems=problems)
    messages.success(request, _("Keputusan peninjauan tersimpan."))
    query = request.GET.urlencode()
    target = redirect("plans:rpjm_review", rpjmdes.cycle_id)
    if query:
        target["Location"] += f"?{query}"
    return target


def edits_in(rpjmdes: Rpjmdes, post: Mapping[str, str]) -> list[CellEdit]:
    """Return the cells whose text differs from what is stored. Raises: ValueError for a name that is none of ours.

    Where money of several years has not been split yet, a year with its own money splits the rest evenly, so that
    nothing of it is lost; a person can move it in the matrix.
    """
    typed: dict[UUID, dict[int, str]] = {}
    for name, text in post.items():
        if name.startswith("biaya-"):
            key, _dash, year = name.removeprefix("biaya-").rpartition("-")
            typed.setdefault(UUID(key), {})[int(year)] = str(text)
    edits: list[CellEdit] = []
    for item in RpjmdesItem.objects.filter(rpjmdes=rpjmdes, pk__in=typed).order_by("id"):
        values = values_of(item)
        changed = {
            year: text for year, text in typed[item.id].items() if text.strip() != raw_text(values, f"amount:{year}")
        }
        version = int(post.get(f"versi-{item.id}", item.version))
        if changed and values.total and len(values.costs) > 1 and any(text.strip() for text in changed.values()):
            parts = split(Rupiah(values.total), {str(year): 1 for year in values.costs})
            edits += [
                CellEdit(item.id, f"amount:{year}", str(part), version)
                for year, part in sorted(parts.items())
                if int(year) not in changed
            ]
        edits += [CellEdit(item.id, f"amount:{year}", text, version) for year, text in sorted(changed.items())]
    return edits


@page("plans.edit", of=rpjm_of, methods=("POST",))
def restore(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Take a dropped activity back into the amendment."""
    try:
        key = UUID(request.POST.get("baris", ""))
        rpjm_review.restore_line(rpjmdes_id=rpjmdes.id, previous_id=key, actor=worn(request), at=clock.now())
    except ValueError:
        return review_page(request, rpjmdes, status=400, error=_("Baris itu tidak dikenal. Tidak ada yang berubah."))
    except RembukError as error:
        if error.status == 403:
            return refusal(request, error)
        return review_page(request, rpjmdes, status=error.status, error=sentence(error))
    return redirect("plans:rpjm_review", rpjmdes.cycle_id)
