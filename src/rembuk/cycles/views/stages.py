"""One stage: what is missing, its evidence, and the acts on it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RefusedError, RembukError
from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.cycles import queries, services
from rembuk.cycles.forms import CompleteForm, EvidenceForm, ExcuseForm, ReasonForm
from rembuk.cycles.models import Evidence, StageRecord
from rembuk.cycles.shown import (
    paper_address,
    people_of,
    shown_evidence,
    shown_findings,
    shown_stage,
)
from rembuk.cycles.views.targets import evidence_of, stage_of
from rembuk.shared import clock, files, people
from rembuk.shared.models import Paper, StoredFile
from rembuk.shared.web import page, refusal, worn
from rembuk.shared.wording import sentence

ACTS = ("add_evidence", "complete_stage", "confirm_stage", "return_stage", "recheck_stage", "propose_excuse")
OFFERED_PAPERS = 12


@page("cycles.read", of=stage_of)
def stage(request: HttpRequest, target: StageRecord) -> HttpResponse:
    """One stage with everything about it."""
    return stage_page(request, target)


def stage_page(
    request: HttpRequest,
    target: StageRecord,
    *,
    forms: dict[str, Any] | None = None,
    error: RembukError | None = None,
) -> HttpResponse:
    """Render a stage; *forms* keep what was typed when something was refused, *error* says why."""
    hat = worn(request)
    cycle = target.cycle
    state = next(state for state in queries.states_of(cycle, clock.today()) if state.code == target.stage)
    rows = list(queries.evidence_of(cycle, target.stage))
    returns = list(queries.returns_of(cycle, target.stage))
    excuses = list(cycle.excuses.filter(stage=target.stage))
    names = people.names(
        {key for key in (target.completed_by, target.confirmed_by) if key}
        | people_of(rows)
        | {item.returned_by for item in returns}
    )
    tiles = shown_evidence([row for row in rows if row.withdrawn_at is None], names)
    refused = error.findings if isinstance(error, RefusedError) and error.findings else None
    findings = refused if refused is not None else queries.findings_now(cycle, target.stage, clock.today()).findings
    context: dict[str, Any] = {
        "cycle": cycle,
        "village": cycle.village,
        "record": target,
        "stage": shown_stage(state, tiles),
        "row": ALL_STAGES[target.stage],
        "findings": shown_findings(findings, cycle, target.stage, hat),
        "blocked": any(finding.severity == "block" for finding in findings),
        "tiles": [(tile, TABLE.allows(hat, "cycles.verify_evidence", tile.row)) for tile in tiles],
        "withdrawn": [row for row in rows if row.withdrawn_at is not None],
        "returns": [(item, names.get(item.returned_by, "")) for item in returns],
        "excuses": excuses,
        "offers": offers(target, rows) if TABLE.allows(hat, "cycles.add_evidence", target) else [],
        "completed_by": names.get(target.completed_by, "") if target.completed_by else "",
        "confirmed_by": names.get(target.confirmed_by, "") if target.confirmed_by else "",
        "may": {act: TABLE.allows(hat, f"cycles.{act}", target) for act in ACTS},
        "may_withdraw": TABLE.allows(hat, "cycles.withdraw_evidence", target),
        "evidence_form": EvidenceForm(stage=target.stage),
        "complete_form": CompleteForm(initial={"done_date": newest_day(rows), "version": target.version}),
        "return_form": ReasonForm(prefix="kembali"),
        "sentence": sentence(error) if error else "",
    }
    context |= forms or {}
    status = error.status if error else (400 if forms else 200)
    return render(request, "cycles/stage.html", context, status=status)


def newest_day(rows: list[Evidence]) -> date | None:
    """Return the day to propose: that of the newest document that counts."""
    return max((row.document_date for row in rows if row.withdrawn_at is None), default=None)


def offers(target: StageRecord, rows: list[Evidence]) -> list[tuple[Paper, str]]:
    """Return papers of the archive that this stage asks for and that do not lie under it yet. One query."""
    wanted = [paper.form for paper in ALL_STAGES[target.stage].papers]
    used = [row.paper_id for row in rows if row.paper_id and row.withdrawn_at is None]
    found = Paper.objects.filter(
        village_key=target.cycle.village_id, code__in=wanted, created_at__gte=target.cycle.created_at
    ).exclude(pk__in=used)
    return [
        (paper, paper_address(paper)) for paper in found.defer("data").order_by("-created_at", "id")[:OFFERED_PAPERS]
    ]


def stored(request: HttpRequest, target: StageRecord, hat: Hat) -> StoredFile | None:
    """Keep the uploaded file of a form, if there is one. Raises: BadInputError."""
    upload = request.FILES.get("file")
    if upload is None or upload.name is None:
        return None
    return files.store(upload, name=upload.name, village_id=target.cycle.village_id, hat=hat, scan=True)


@page("cycles.add_evidence", of=stage_of, methods=("GET", "POST"))
def attach(request: HttpRequest, target: StageRecord) -> HttpResponse:
    """Upload a document of the stage, or lay a paper of the archive under it."""
    hat = worn(request)
    if request.method != "POST":
        return stage_page(request, target)
    if request.POST.get("paper"):
        return use_paper(request, target, hat)
    form = EvidenceForm(request.POST, request.FILES, stage=target.stage)
    if not form.is_valid():
        return stage_page(request, target, forms={"evidence_form": form})
    data = form.cleaned_data
    try:
        services.add_evidence(
            cycle_id=target.cycle_id,
            stage=target.stage,
            paper_code=data["paper_code"],
            title=form.title_or_name(target.stage),
            number=data["number"],
            document_date=data["document_date"],
            signed=data["signed"],
            file=stored(request, target, hat),
            actor=hat,
            at=clock.now(),
        )
    except RembukError as error:
        return stage_page(request, target, forms={"evidence_form": form}, error=error)
    messages.success(request, _("Dokumen tersimpan sebagai bukti."))
    return redirect("cycles:stage", cycle_id=target.cycle_id, stage=target.stage)


def use_paper(request: HttpRequest, target: StageRecord, hat: Hat) -> HttpResponse:
    """Lay a paper that Rembuk made for this village under the stage."""
    key = request.POST["paper"]
    try:
        paper = Paper.objects.defer("data").get(pk=key, village_key=target.cycle.village_id)
        services.add_evidence(
            cycle_id=target.cycle_id,
            stage=target.stage,
            paper_code=paper.code,
            title=paper.title,
            number=paper.number,
            document_date=paper.paper_date or clock.today(),
            paper=paper,
            actor=hat,
            at=clock.now(),
        )
    except (Paper.DoesNotExist, ValueError):
        return stage_page(request, target, error=BadInputError("evidence-needs-content"))
    except RembukError as error:
        return stage_page(request, target, error=error)
    messages.success(request, _("Surat dari arsip dipakai sebagai bukti."))
    return redirect("cycles:stage", cycle_id=target.cycle_id, stage=target.stage)


@page("cycles.complete_stage", of=stage_of, methods=("POST",))
def complete(request: HttpRequest, target: StageRecord) -> HttpResponse:
    """Declare the stage done on the day of its signed paper."""
    form = CompleteForm(request.POST)
    if not form.is_valid():
        return stage_page(request, target, forms={"complete_form": form})
    try:
        services.complete_stage(
            cycle_id=target.cycle_id,
            stage=target.stage,
            done_date=form.cleaned_data["done_date"],
            version=form.cleaned_data["version"],
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return stage_page(request, target, forms={"complete_form": form}, error=error)
    messages.success(request, _("Tahapan dinyatakan selesai. PTPD atau DPMD mengonfirmasi tanggalnya."))
    return redirect("cycles:cycle", cycle_id=target.cycle_id)


@page("cycles.confirm_stage", of=stage_of, methods=("POST",))
def confirm(request: HttpRequest, target: StageRecord) -> HttpResponse:
    """Confirm the date as a second person."""
    try:
        services.confirm_stage(cycle_id=target.cycle_id, stage=target.stage, actor=worn(request), at=clock.now())
    except RembukError as error:
        return stage_page(request, target, error=error)
    messages.success(request, _("Tanggal tahapan dikonfirmasi."))
    return redirect("cycles:stage", cycle_id=target.cycle_id, stage=target.stage)


@page("cycles.return_stage", of=stage_of, methods=("POST",))
def send_back(request: HttpRequest, target: StageRecord) -> HttpResponse:
    """Send the stage back with a reason."""
    form = ReasonForm(request.POST, prefix="kembali")
    if not form.is_valid():
        return stage_page(request, target, forms={"return_form": form})
    try:
        services.return_stage(
            cycle_id=target.cycle_id,
            stage=target.stage,
            reason=form.cleaned_data["reason"],
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return stage_page(request, target, forms={"return_form": form}, error=error)
    messages.success(request, _("Tahapan dikembalikan. Buktinya tetap tersimpan."))
    return redirect("cycles:stage", cycle_id=target.cycle_id, stage=target.stage)


@page("cycles.recheck_stage", of=stage_of, methods=("POST",))
def recheck(request: HttpRequest, target: StageRecord) -> HttpResponse:
    """Check the stage again and store the result."""
    try:
        found = services.recheck_stage(
            cycle_id=target.cycle_id, stage=target.stage, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return stage_page(request, target, error=error)
    left = sum(finding.severity == "block" for finding in found)
    words = _("%(count)d hal masih kurang.") % {"count": left} if left else _("Semua syarat terpenuhi.")
    messages.success(request, words)
    return redirect("cycles:stage", cycle_id=target.cycle_id, stage=target.stage)


@page("cycles.propose_excuse", of=stage_of, methods=("GET", "POST"))
def excuse(request: HttpRequest, target: StageRecord) -> HttpResponse:
    """Ask that the clock of this stage stand still."""
    hat = worn(request)
    form = ExcuseForm(request.POST or None, request.FILES or None)
    error: RembukError | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.propose_excuse(
                cycle_id=target.cycle_id,
                stage=target.stage,
                reason=data["reason"],
                from_date=data["from_date"],
                to_date=data["to_date"],
                letter_number=data["letter_number"],
                letter_date=data["letter_date"],
                file=stored(request, target, hat),
                actor=hat,
                at=clock.now(),
            )
        except RembukError as refused:
            error = refused
        else:
            messages.success(request, _("Kelonggaran diajukan. DPMD memutuskan."))
            return redirect("cycles:stage", cycle_id=target.cycle_id, stage=target.stage)
    context = {"record": target, "cycle": target.cycle, "village": target.cycle.village, "form": form}
    context["sentence"] = sentence(error) if error else ""
    status = error.status if error else (400 if form.is_bound else 200)
    return render(request, "cycles/excuse.html", context, status=status)


@page("cycles.read", of=evidence_of)
def evidence(request: HttpRequest, target: Evidence) -> HttpResponse:
    """One document: who added it, who verified it, its digest, where it opens."""
    hat = worn(request)
    tile = shown_evidence([target], people.names(people_of([target])))[0]
    context = {
        "tile": tile,
        "may_open": target.paper is None or TABLE.allows(hat, "documents.read", target.paper),
        "row": target,
        "cycle": target.cycle,
        "village": target.cycle.village,
        "may_verify": TABLE.allows(hat, "cycles.verify_evidence", target),
        "may_withdraw": TABLE.allows(hat, "cycles.withdraw_evidence", target),
        "form": ReasonForm(prefix="tarik"),
    }
    return render(request, "cycles/evidence.html", context)


@page("cycles.verify_evidence", of=evidence_of, methods=("POST",))
def verify(request: HttpRequest, target: Evidence) -> HttpResponse:
    """Mark the document as checked."""
    try:
        services.verify_evidence(evidence_id=target.pk, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Bukti diperiksa."))
    return redirect("cycles:stage", cycle_id=target.cycle_id, stage=target.stage)


@page("cycles.withdraw_evidence", of=evidence_of, methods=("POST",))
def withdraw(request: HttpRequest, target: Evidence) -> HttpResponse:
    """Take a wrong document out of the count."""
    form = ReasonForm(request.POST, prefix="tarik")
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        services.withdraw_evidence(evidence_id=target.pk, reason=reason, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Bukti ditarik. Berkasnya tetap tersimpan."))
    return redirect("cycles:stage", cycle_id=target.cycle_id, stage=target.stage)
