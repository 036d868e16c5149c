"""The way of the RPJM Desa to its Perdes: what the next step needs, the acts of each role, the Perdes, publication."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.errors import Finding
from rembuk.core.workflow.perdes_states import PerdesEvent
from rembuk.cycles.links import Where, address
from rembuk.plans.models import Rpjmdes, RpjmdesChange
from rembuk.plans.perdes_rules import silence_clears
from rembuk.plans.perdes_way import Way, shown_way
from rembuk.plans.permissions import allows
from rembuk.plans.rpjm_content import content_hash_of
from rembuk.plans.rpjm_queries import days_of_rpjm
from rembuk.plans.services import Enactment, Letter, rpjm_perdes, rpjm_steps
from rembuk.plans.views.rpjm_finding import rpjm_change_of, rpjm_of
from rembuk.plans.views.stepping import blocks_first, day_of, ended, standing
from rembuk.shared import clock
from rembuk.shared.files import store
from rembuk.shared.web import hat_of, page, worn

NEXT = {"draft": "approve", "musrenbang": "finalise", "final": "agree", "agreed": "enact"}
FORMS = ("approve", "return", "revise", "hold", "add_change", "finalise", "agree", "enact")


@page("plans.read", of=rpjm_of)
def steps(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Where the RPJM Desa stands and what comes next."""
    return steps_page(request, rpjmdes)


def steps_page(request: HttpRequest, rpjmdes: Rpjmdes, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    following = NEXT.get(rpjmdes.state, "")
    found = rpjm_steps.findings_before_rpjm(rpjmdes, following) if following else []
    to = {name: reverse(f"plans:rpjm_{name}", args=(rpjmdes.cycle_id,)) for name in FORMS}
    changes = RpjmdesChange.objects.filter(rpjmdes=rpjmdes)
    context = {
        "rpjmdes": rpjmdes,
        "cycle": rpjmdes.cycle,
        "village": rpjmdes.village,
        **standing(request, rpjmdes, found, in_work=rpjmdes.in_work),
        "to": {**to, "hold_musrenbang": to["hold"]},
        "may_publish": rpjmdes.enacted and allows(hat_of(request), "publish", rpjmdes),
        "findings": with_links(rpjmdes, blocks_first(found)),
        "changes": [(row, reverse("plans:rpjm_answer_change", args=(row.id,))) for row in changes],
        "way": way_of_rpjm(request, rpjmdes) if rpjmdes.enacted else None,
        "rules_url": reverse("plans:perdes_rules", args=(rpjmdes.village.regency_id,)),
        "intact": content_hash_of(rpjmdes) == rpjmdes.content_hash if rpjmdes.enacted else None,
        "paper_subject": f"rpjm:{rpjmdes.id}",
        **more,
    }
    return render(request, "plans/rpjm_steps.html", context, status=status)


def way_of_rpjm(request: HttpRequest, rpjmdes: Rpjmdes) -> Way:
    """Return the stepper of the Perdes with the acts that this hat may record."""
    hat, target = hat_of(request), reverse("plans:rpjm_perdes", args=(rpjmdes.cycle_id,))

    def url_of(event: PerdesEvent) -> str:
        wanted = rpjm_perdes.AFTER_ENACTMENT.get(event, "")
        return target if wanted and allows(hat, wanted.removeprefix("plans."), rpjmdes) else ""

    typed = {name: request.POST.get(name, "") for name in ("nomor", "tanggal", "catatan")}
    return shown_way(
        rpjmdes.perdes_state,
        days_of_rpjm(rpjmdes),
        clock.today(),
        url_of=url_of,
        silence_clears=silence_clears(rpjmdes.village.regency),
        values=typed,
    )


def with_links(rpjmdes: Rpjmdes, found: Any) -> list[tuple[Finding, str]]:
    """Return each finding with the address of the page that mends it."""
    if rpjmdes.cycle is None:
        return [(finding, "") for finding in found]
    where = Where(rpjmdes.cycle.pk, rpjmdes.village_id, rpjmdes.cycle.budget_year)
    return [(finding, address(where, finding, finding.subject)) for finding in found]


def act(request: HttpRequest, rpjmdes: Rpjmdes, do: Callable[[], object], told: str) -> HttpResponse:
    """Do one step; a refusal is shown on the same page with every reason, and what was typed stays."""
    show, links = partial(steps_page, request, rpjmdes), partial(with_links, rpjmdes)
    return ended(request, do, told, show=show, links=links, then=("plans:rpjm_steps", rpjmdes.cycle_id))


@page("plans.approve", of=rpjm_of, methods=("POST",))
def approve(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Approve the draft as village head."""
    note = request.POST.get("catatan", "")
    return act(
        request,
        rpjmdes,
        lambda: rpjm_steps.approve_rpjm(rpjmdes_id=rpjmdes.id, note=note, actor=worn(request), at=clock.now()),
        _("Rancangan RPJM Desa disetujui."),
    )


@page("plans.return", of=rpjm_of, methods=("POST",))
def give_back(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Send the draft back with a reason."""
    reason = request.POST.get("alasan", "")
    return act(
        request,
        rpjmdes,
        lambda: rpjm_steps.return_rpjm(rpjmdes_id=rpjmdes.id, reason=reason, actor=worn(request), at=clock.now()),
        _("Rancangan RPJM Desa dikembalikan."),
    )


@page("plans.revise", of=rpjm_of, methods=("POST",))
def revise(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Take a returned draft up again."""
    return act(
        request,
        rpjmdes,
        lambda: rpjm_steps.revise_rpjm(rpjmdes_id=rpjmdes.id, actor=worn(request), at=clock.now()),
        _("Rancangan RPJM Desa dikerjakan lagi."),
    )


@page("plans.hold_musrenbang", of=rpjm_of, methods=("POST",))
def hold(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Open the approved draft for what Musrenbang agrees."""
    return act(
        request,
        rpjmdes,
        lambda: rpjm_steps.hold_rpjm_musrenbang(
            rpjmdes_id=rpjmdes.id, on=day_of(request, "tanggal"), actor=worn(request), at=clock.now()
        ),
        _("Matriks dibuka untuk hasil Musrenbang."),
    )


@page("plans.edit_changes", of=rpjm_of, methods=("POST",))
def add_change(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Write down what Musrenbang agreed to change."""
    text = request.POST.get("teks", "")
    return act(
        request,
        rpjmdes,
        lambda: rpjm_steps.add_rpjm_change(rpjmdes_id=rpjmdes.id, text=text, actor=worn(request), at=clock.now()),
        _("Kesepakatan tercatat."),
    )


@page("plans.edit_changes", of=rpjm_change_of, methods=("POST",))
def answer_change(request: HttpRequest, change: RpjmdesChange) -> HttpResponse:
    """Say that a change was applied, or why not."""
    return act(
        request,
        change.rpjmdes,
        lambda: rpjm_steps.answer_rpjm_change(
            change_id=change.id,
            answer=request.POST.get("jawaban", ""),
            explanation=request.POST.get("penjelasan", ""),
            actor=worn(request),
            at=clock.now(),
        ),
        _("Kesepakatan dijawab."),
    )


@page("plans.finalise", of=rpjm_of, methods=("POST",))
def finalise(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Close the final draft."""
    return act(
        request,
        rpjmdes,
        lambda: rpjm_steps.finalise_rpjm(rpjmdes_id=rpjmdes.id, actor=worn(request), at=clock.now()),
        _("Rancangan akhir RPJM Desa selesai."),
    )


@page("plans.agree", of=rpjm_of, methods=("POST",))
def agree(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Record the agreement of BPD."""
    return act(
        request,
        rpjmdes,
        lambda: rpjm_steps.agree_rpjm(
            rpjmdes_id=rpjmdes.id,
            number=request.POST.get("nomor_bpd", ""),
            on=day_of(request, "tanggal_bpd"),
            actor=worn(request),
            at=clock.now(),
        ),
        _("Kesepakatan BPD tercatat."),
    )


@page("plans.enact", of=rpjm_of, methods=("POST",))
def enact(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Set the RPJM Desa by Perdes and promulgate it."""

    def do() -> object:
        paper = Enactment(
            perdes_number=request.POST.get("nomor", ""),
            perdes_date=day_of(request, "tanggal"),
            promulgated_date=day_of(request, "diundangkan"),
            gazette_number=request.POST.get("lembaran", ""),
            delivered_date=day_of(request, "disampaikan"),
            signed=request.POST.get("ditandatangani", "1") != "0",
        )
        return rpjm_steps.enact_rpjm(rpjmdes_id=rpjmdes.id, enactment=paper, actor=worn(request), at=clock.now())

    return act(request, rpjmdes, do, _("RPJM Desa ditetapkan. RKP Desa sekarang dipotong dari RPJM ini."))


@page("plans.read", of=rpjm_of, methods=("POST",))
def perdes(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Record one step of the Perdes after its promulgation; the service asks for the right of that step."""

    def do() -> object:
        upload, hat = request.FILES.get("berkas"), worn(request)
        file = None
        if upload is not None:
            file = store(upload, name=upload.name or "surat", village_id=rpjmdes.village_id, hat=hat, scan=True)
        return rpjm_perdes.move_rpjm_perdes(
            rpjmdes_id=rpjmdes.id,
            event=request.POST.get("peristiwa", ""),
            on=day_of(request, "tanggal"),
            letter=Letter(request.POST.get("nomor", ""), request.POST.get("catatan", ""), file),
            actor=hat,
            at=clock.now(),
        )

    return act(request, rpjmdes, do, _("Langkah Perdes tercatat."))


@page("plans.publish", of=rpjm_of, methods=("POST",))
def publish(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Record where and when the RPJM Desa was made known."""
    return act(
        request,
        rpjmdes,
        lambda: rpjm_perdes.publish_rpjm(
            rpjmdes_id=rpjmdes.id,
            on=day_of(request, "tanggal_umum"),
            where=request.POST.get("tempat", ""),
            actor=worn(request),
            at=clock.now(),
        ),
        _("Penyebarluasan tercatat."),
    )
