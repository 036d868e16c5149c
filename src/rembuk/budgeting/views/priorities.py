"""The pages of priorities: which proposals the money reaches, and why; count, adopt, decide otherwise, answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.budgeting import queries, services, showing
from rembuk.budgeting.gathering import candidates_of
from rembuk.budgeting.labels import ORDER_NOTES
from rembuk.budgeting.minutes import settings_lines
from rembuk.budgeting.models import AllocationRun, ProposalLink
from rembuk.budgeting.permissions import allows
from rembuk.budgeting.trying import choice_of
from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import current_cycle
from rembuk.shared import clock
from rembuk.shared.sheets import csv_bytes
from rembuk.shared.web import page, refusal, worn

PER_PAGE = 50


def cycle_of(cycle_id: UUID) -> Cycle:
    return queries.cycle_by_id(cycle_id)


def run_of(run_id: UUID) -> AllocationRun:
    return queries.run_by_id(run_id)


@page("budgeting.list")
def index(request: HttpRequest) -> HttpResponse:
    """Lead a village to its current cycle; show wider hats the cycles of their place, fifty a page."""
    hat = worn(request)
    if hat.place.village and "semua" not in request.GET:
        current = current_cycle(hat.place.village)
        if current is not None and allows(hat, "read", current):
            return redirect("budgeting:cycle", cycle_id=current.pk)
    search, year = request.GET.get("cari", "").strip()[:60], request.GET.get("tahun", "")
    rows = queries.cycles_seen_by(hat)
    if search:
        rows = rows.filter(village__name__icontains=search)
    if year.isascii() and year.isdigit() and len(year) == 4:
        rows = rows.filter(budget_year=int(year))
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    keys = [row.pk for row in shown.object_list]
    counts, adopted = queries.run_counts(keys), queries.adopted_runs(keys)
    this_year = clock.today().year
    context = {
        "page": shown,
        "count": shown.paginator.count,
        "rows": [(row, counts.get(row.pk, 0), adopted.get(row.pk)) for row in shown.object_list],
        "search": search,
        "year": year,
        "years": [str(number) for number in range(this_year + 1, this_year - 5, -1)],
    }
    return render(request, "budgeting/list.html", context)


@page("budgeting.read", of=cycle_of)
def cycle(request: HttpRequest, target: Cycle) -> HttpResponse:
    """The list of a cycle with its cut, the ceilings and the reasons; ``?hasil=`` shows an earlier run."""
    hat = worn(request)
    runs = list(queries.runs_of(target.pk))
    shown = chosen_run(runs, request.GET.get("hasil", ""))
    context: dict[str, Any] = {
        "cycle": target,
        "village": target.village,
        "runs": runs,
        "halls": queries.halls_of(target.pk),
        "may_run": target.closed_at is None and allows(hat, "run", target),
        "shown": shown,
        **links_context(target, hat),
    }
    if shown is not None:
        context |= shown_context(queries.run_by_id(shown.pk), runs, hat)
    return render(request, "budgeting/cycle.html", context)


def links_context(target: Cycle, hat: Hat) -> dict[str, Any]:
    """Return the ties of a cycle, and what may be tied by who may tie. Two queries at most."""
    may_link = target.closed_at is None and allows(hat, "link", target)
    linkable = list(candidates_of(target.pk)) if may_link else []
    return {"links": queries.links_of(target.pk), "may_link": may_link and len(linkable) > 1, "linkable": linkable}


def chosen_run(runs: list[AllocationRun], wanted: str) -> AllocationRun | None:
    """Return the run named in the address, else the newest."""
    return next((run for run in runs if str(run.pk) == wanted), runs[0] if runs else None)


def shown_context(run: AllocationRun, runs: list[AllocationRun], hat: Hat) -> dict[str, Any]:
    """Return what the page says of one run. Two queries, three beside an earlier one."""
    stored = showing.values_of(run)
    earlier = next(
        (row for row in runs if row.meeting_id == run.meeting_id and row.made_at < run.made_at and row.pk != run.pk),
        None,
    )
    before = showing.values_of(queries.run_by_id(earlier.pk)) if earlier is not None else None
    rows = showing.proposals_of(stored, before) if before is not None else showing.proposals_of(stored)
    lines = showing.lines_of(stored, rows)
    open_cycle = run.cycle.closed_at is None
    return {
        "run": run,
        "stored": stored,
        "lines": lines,
        "outside": showing.outside_of(stored, rows),
        "chosen_count": sum(line.chosen for line in lines),
        "bars": showing.bars_of(stored),
        "settings": settings_lines(stored, choice_of(run)),
        "order_note": ORDER_NOTES.get(stored.context.get("order", ""), ""),
        "earlier": earlier,
        "changes": showing.changes_of(stored, before, rows) if before is not None else None,
        "may_adopt": open_cycle and run.adopted_at is None and allows(hat, "adopt", run),
        "may_override": open_cycle and allows(hat, "override", run),
        "may_answer": open_cycle and run.adopted and allows(hat, "answer", run),
    }


def done(
    request: HttpRequest, cycle_id: UUID, act: Callable[[], AllocationRun | None], words: str, part: str = ""
) -> HttpResponse:
    """Run one act; a refusal is worded as a page, success returns to the run that the act gave."""
    try:
        made = act()
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, words)
    query = f"?hasil={made.pk}" if made is not None else ""
    return redirect(reverse("budgeting:cycle", args=[cycle_id]) + query + part)


@page("budgeting.run", of=cycle_of, methods=("POST",))
def run(request: HttpRequest, target: Cycle) -> HttpResponse:
    """Count the list anew, for a meeting or as the team's draft."""
    hat, at = worn(request), clock.now()
    meeting = key_of(request.POST.get("musyawarah", ""))

    def act() -> AllocationRun:
        return services.run_allocation(cycle_id=target.pk, meeting_id=meeting, actor=hat, at=at)

    return done(request, target.pk, act, _("Prioritas dihitung. Data yang sama selalu memberi hasil yang sama."))


@page("budgeting.adopt", of=run_of, methods=("POST",))
def adopt(request: HttpRequest, target: AllocationRun) -> HttpResponse:
    """Adopt a run in the name of its meeting; the draft plan follows it."""
    hat, at, note = worn(request), clock.now(), request.POST.get("catatan", "")

    def act() -> AllocationRun:
        return services.adopt_run(run_id=target.pk, note=note, actor=hat, at=at)

    return done(request, target.cycle_id, act, _("Hasil disahkan. Rancangan RKP mengikuti daftar ini."))


@page("budgeting.override", of=run_of, methods=("POST",))
def override(request: HttpRequest, target: AllocationRun) -> HttpResponse:
    """Record that the hall puts a proposal in or leaves it out, with its reason; the count goes around it."""
    hat, at, post = worn(request), clock.now(), request.POST
    key = key_of(post.get("usulan", "")) or UUID(int=0)

    def act() -> AllocationRun:
        return services.override(
            run_id=target.pk,
            proposal_id=key,
            direction=post.get("putusan", ""),
            reason=post.get("alasan", ""),
            actor=hat,
            at=at,
        )

    return done(request, target.cycle_id, act, _("Keputusan musyawarah tercatat dan dihitung ulang."))


@page("budgeting.link", of=cycle_of, methods=("POST",))
def link(request: HttpRequest, target: Cycle) -> HttpResponse:
    """Tie two proposals of the cycle, with the reason."""
    post = request.POST
    try:
        services.link_proposals(
            cycle_id=target.pk,
            kind=post.get("jenis", ""),
            one_id=key_of(post.get("satu", "")) or UUID(int=0),
            other_id=key_of(post.get("lain", "")) or UUID(int=0),
            reason=post.get("alasan", ""),
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Ikatan tersimpan. Hitung lagi supaya dipakai."))
    return redirect(reverse("budgeting:cycle", args=[target.pk]) + "#ikatan")


def link_of(link_id: UUID) -> ProposalLink:
    return queries.link_by_id(link_id)


@page("budgeting.link", of=link_of, methods=("POST",))
def unlink(request: HttpRequest, target: ProposalLink) -> HttpResponse:
    """Untie two proposals."""
    try:
        services.unlink_proposals(link_id=target.pk, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Ikatan dilepas. Hitung lagi supaya dipakai."))
    return redirect(reverse("budgeting:cycle", args=[target.cycle_id]) + "#ikatan")


@page("budgeting.answer", of=cycle_of, methods=("POST",))
def answer(request: HttpRequest, target: Cycle) -> HttpResponse:
    """Tell those that the adopted list left out, each with its reason."""
    try:
        told = services.answer_losers(cycle_id=target.pk, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    words = ngettext("%(count)d pengusul sudah dijawab.", "%(count)d pengusul sudah dijawab.", len(told))
    messages.success(request, words % {"count": len(told)})
    return redirect("budgeting:cycle", cycle_id=target.pk)


@page("budgeting.read", of=run_of)
def export(request: HttpRequest, target: AllocationRun) -> HttpResponse:
    """Write every proposal of the run with its reason as CSV, in the published order."""
    stored = showing.values_of(target)
    rows = showing.proposals_of(stored)
    lines = [*showing.lines_of(stored, rows), *showing.outside_of(stored, rows)]
    data = csv_bytes(showing.HEADER, showing.reason_rows(lines))
    response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="alasan-{target.digest[:12]}.csv"'
    return response


def key_of(text: str) -> UUID | None:
    """Read a key that the page made; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
