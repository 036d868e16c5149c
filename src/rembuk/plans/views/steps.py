"""The way of a plan to its Perdes: what the next step needs, and the acts that each role may do."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.plans import services
from rembuk.plans.comment_board import counts_of, is_open, window_of
from rembuk.plans.content import content_hash
from rembuk.plans.labels import PERDES_STATES
from rembuk.plans.models import AgreedChange, RkpdesVersion
from rembuk.plans.permissions import allows
from rembuk.plans.services.workflow import FINDING_STAGE, NEXT_ACT, findings_before
from rembuk.plans.views.finding import plan_of
from rembuk.plans.views.grid import with_links
from rembuk.plans.views.stepping import blocks_first, day_of, ended, standing
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, worn

# The papers that print this plan; the room that makes them is asked by address.
PAPERS = {
    "F26": gettext_lazy("Rancangan RKP Desa (matriks)"),
    "F19": gettext_lazy("Perdes RKP Desa"),
    "F28": gettext_lazy("RAB semua kegiatan"),
    "F29": gettext_lazy("Lembar pemeriksaan semua kegiatan fisik"),
    "F31": gettext_lazy("Usulan pelaksana kegiatan"),
    "F24": gettext_lazy("Rencana kerja sama"),
}
AMENDMENT_PAPERS = {"F33": gettext_lazy("Matriks perubahan Semula - Menjadi")}
BEFORE_COMMENTS = ("draft", "verified")
FORMS = ("verify", "approve", "return", "revise", "hold_musrenbang", "add_change", "finalise", "agree", "enact")


def comments_told(request: HttpRequest, plan: RkpdesVersion) -> dict[str, Any]:
    """Return what the page says of residents' comments to who may read them: how many wait, until when."""
    if plan.state in BEFORE_COMMENTS or not allows(hat_of(request), "read_comments", plan):
        return {}
    window = window_of(plan.id)
    return {
        "comments_shown": True,
        "window": window,
        "comments": counts_of(window) if window is not None else None,
        "comments_open": window is not None and is_open(window, clock.now()),
    }


def steps_page(request: HttpRequest, plan: RkpdesVersion, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    following = NEXT_ACT.get(plan.state, "")
    found = findings_before(plan, following) if following else []
    answers = reverse("plans:answer_change", args=(plan.id,))
    context = {
        "plan": plan,
        **standing(request, plan, found, in_work=not plan.enacted),
        "to": {name: reverse(f"plans:{name}", args=(plan.id,)) for name in FORMS},
        "findings": with_links(plan, blocks_first(found)),
        "gate": FINDING_STAGE.get(following, ""),
        "changes": [(row, answers) for row in AgreedChange.objects.filter(plan=plan).select_related("item")],
        **comments_told(request, plan),
        "perdes_state": PERDES_STATES[plan.perdes_state],
        "papers": [*PAPERS.items(), *(AMENDMENT_PAPERS.items() if plan.is_amendment else ())],
        "paper_subject": f"plan:{plan.id}",
        "intact": content_hash(plan) == plan.content_hash if plan.enacted else None,
        **more,
    }
    return render(request, "plans/steps.html", context, status=status)


@page("plans.read", of=plan_of)
def steps(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Where the plan stands and what comes next."""
    return steps_page(request, plan)


def act(request: HttpRequest, plan: RkpdesVersion, do: Callable[[], object], told: str) -> HttpResponse:
    """Do one step; a refusal is shown on the same page with every reason, and what was typed stays."""
    show, links = partial(steps_page, request, plan), partial(with_links, plan)
    return ended(request, do, told, show=show, links=links, then=("plans:steps", plan.id))


@page("plans.verify", of=plan_of, methods=("POST",))
def verify(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Say that the technical check is complete."""
    return act(
        request,
        plan,
        lambda: services.verify_plan(plan_id=plan.id, actor=worn(request), at=clock.now()),
        _("Pemeriksaan teknis dinyatakan selesai."),
    )


@page("plans.approve", of=plan_of, methods=("POST",))
def approve(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Approve the draft as village head."""
    note = request.POST.get("catatan", "")
    return act(
        request,
        plan,
        lambda: services.approve_plan(plan_id=plan.id, note=note, actor=worn(request), at=clock.now()),
        _("Rancangan disetujui. Berikutnya Musrenbang Desa."),
    )


@page("plans.return", of=plan_of, methods=("POST",))
def give_back(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Send the draft back with a reason."""
    reason = request.POST.get("alasan", "")
    return act(
        request,
        plan,
        lambda: services.return_plan(plan_id=plan.id, reason=reason, actor=worn(request), at=clock.now()),
        _("Rancangan dikembalikan dengan alasan Anda."),
    )


@page("plans.revise", of=plan_of, methods=("POST",))
def revise(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Take the returned draft up again."""
    return act(
        request,
        plan,
        lambda: services.revise_plan(plan_id=plan.id, actor=worn(request), at=clock.now()),
        _("Rancangan dibuka lagi untuk diperbaiki."),
    )


@page("plans.hold_musrenbang", of=plan_of, methods=("POST",))
def hold(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Open the draft for what Musrenbang agreed."""
    return act(
        request,
        plan,
        lambda: services.hold_musrenbang(
            plan_id=plan.id, on=day_of(request, "tanggal"), actor=worn(request), at=clock.now()
        ),
        _("Rancangan dibuka untuk hasil Musrenbang."),
    )


@page("plans.finalise", of=plan_of, methods=("POST",))
def finalise(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Close the final draft."""
    return act(
        request,
        plan,
        lambda: services.finalise_plan(plan_id=plan.id, actor=worn(request), at=clock.now()),
        _("Rancangan akhir selesai. Berikutnya Musdes pengesahan."),
    )


@page("plans.agree", of=plan_of, methods=("POST",))
def agree(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Record BPD's agreement."""
    return act(
        request,
        plan,
        lambda: services.agree_plan(
            plan_id=plan.id,
            number=request.POST.get("nomor_bpd", ""),
            on=day_of(request, "tanggal_bpd"),
            actor=worn(request),
            at=clock.now(),
        ),
        _("Kesepakatan BPD tercatat."),
    )


@page("plans.edit_changes", of=plan_of, methods=("POST",))
def add_change(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Write down what Musrenbang agreed to change."""
    text = request.POST.get("teks", "")
    return act(
        request,
        plan,
        lambda: services.add_change(plan_id=plan.id, text=text, actor=worn(request), at=clock.now()),
        _("Kesepakatan Musrenbang tercatat."),
    )


@page("plans.edit_changes", of=plan_of, methods=("POST",))
def answer_changes(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Answer one agreed change of this plan."""
    try:
        change = AgreedChange.objects.get(plan=plan, pk=UUID(request.POST.get("kesepakatan", "")))
    except (ValueError, AgreedChange.DoesNotExist):
        return redirect("plans:steps", plan.id)
    return act(
        request,
        plan,
        lambda: services.answer_change(
            change_id=change.id,
            answer=request.POST.get("jawaban", ""),
            explanation=request.POST.get("penjelasan", ""),
            actor=worn(request),
            at=clock.now(),
        ),
        _("Jawaban tercatat."),
    )
