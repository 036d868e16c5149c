"""Signed pages that come back: handing in, the desk for those without a readable code, what is attached."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import cycle_by_id
from rembuk.documents.labels import SCAN_PROBLEMS
from rembuk.documents.models import ScanUpload, SignedPage
from rembuk.documents.queries import closed_forms, papers_of_cycle
from rembuk.documents.renderers.attachments import UnreadableError
from rembuk.documents.scans import preview_of
from rembuk.documents.services.scans import HandedIn, hand_in_scans, place_page, set_page_aside
from rembuk.documents.views.bundles import key_of
from rembuk.shared import clock, files
from rembuk.shared.models import Paper
from rembuk.shared.web import page, refusal, worn

PAGE_SIZE = 20
STATES = {"menunggu": SignedPage.State.WAITING, "terlampir": SignedPage.State.ATTACHED,
          "disisihkan": SignedPage.State.SET_ASIDE}  # fmt: skip


@page("documents.scan", of=cycle_by_id, methods=("GET", "POST"))
def scans(request: HttpRequest, target: Cycle) -> HttpResponse:
    """The pages of a cycle by their state; POST hands in files."""
    if request.method == "POST":
        return hand_in(request, target)
    state = request.GET.get("keadaan", "menunggu")
    wanted = STATES.get(state, SignedPage.State.WAITING)
    every = SignedPage.objects.filter(upload__cycle=target)
    found = every.filter(state=wanted).select_related("upload", "file").prefetch_related("paper")
    closed = closed_forms(worn(request))
    choices = [paper for paper in papers_of_cycle(target) if paper.code not in closed]
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("hal"))
    broken = ScanUpload.objects.filter(cycle=target).exclude(problem="")
    context = {
        "cycle": target,
        "village": target.village,
        "page": shown,
        "rows": [(one, SCAN_PROBLEMS.get(one.problem, one.problem), suggested(one, choices)) for one in shown],
        "choices": choices,
        "state": state if state in STATES else "menunggu",
        "counts": [(name, value.label, every.filter(state=value).count()) for name, value in STATES.items()],
        "broken": [(one.name, SCAN_PROBLEMS.get(one.problem, one.problem)) for one in broken[:PAGE_SIZE]],
        "key": uuid4(),
    }
    return render(request, "documents/scans.html", context)


def hand_in(request: HttpRequest, target: Cycle) -> HttpResponse:
    try:
        handed = [HandedIn(one.name or "lembar", files.take(one)) for one in request.FILES.getlist("berkas")]
        key = key_of(request.POST.get("kunci", ""))
        job = hand_in_scans(key=key, cycle_id=target.pk, handed=handed, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    return redirect("shared:job", job_id=job.pk)


def suggested(one: SignedPage, choices: list[Paper]) -> UUID | None:
    """Return the paper of the page before in the same upload, for a page without a readable code."""
    if one.problem != "no-code":
        return None
    before = one.upload.pages.filter(page_no__lt=one.page_no, state=SignedPage.State.ATTACHED).order_by("-page_no")
    key = before.values_list("paper_id", flat=True).first()
    return key if key in {paper.pk for paper in choices} else None


def page_of(page_id: UUID) -> SignedPage:
    return SignedPage.objects.select_related("upload__cycle__village", "file", "paper").get(pk=page_id)


@page("documents.scan", of=page_of, methods=("POST",))
def place(request: HttpRequest, target: SignedPage) -> HttpResponse:
    """Attach a page to the chosen paper, or set it aside with a reason."""
    hat, at = worn(request), clock.now()
    try:
        version = number_of(request.POST)
        if request.POST.get("langkah") == "sisihkan":
            reason = request.POST.get("alasan", "")
            set_page_aside(page_id=target.pk, reason=reason, version=version, actor=hat, at=at)
            messages.success(request, _("Lembar disisihkan. Berkasnya tetap tersimpan."))
        else:
            paper = paper_chosen(request.POST, hat)
            place_page(page_id=target.pk, paper_id=paper.pk, version=version, actor=hat, at=at)
            messages.success(request, _("Lembar terlampir pada %(title)s.") % {"title": paper.title})
    except RembukError as error:
        return refusal(request, error)
    return redirect("documents:scans", cycle_id=target.upload.cycle_id)


def number_of(posted: Mapping[str, str]) -> int:
    text = posted.get("versi", "")
    return int(text) if text.isdigit() else 0


def paper_chosen(posted: Mapping[str, str], hat: Hat) -> Paper:
    """Return the paper that was chosen. Raises: BadInputError for none, or one that the hat may not read."""
    try:
        paper = Paper.objects.defer("data").get(pk=UUID(posted.get("dokumen", "")))
    except (ValueError, Paper.DoesNotExist):
        raise BadInputError("scan-choose") from None
    if not TABLE.allows(hat, "documents.read", paper):
        raise BadInputError("scan-choose")
    return paper


@page("documents.scan", of=page_of)
def picture(request: HttpRequest, target: SignedPage) -> HttpResponse:
    """A small picture of a page, drawn when it is looked at."""
    try:
        data = preview_of(files.read(target.file), target.file.content_type)
    except UnreadableError:
        return refusal(request, BadInputError("file-broken"))
    except RembukError as error:
        return refusal(request, error)
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
    return HttpResponse(data, content_type="image/jpeg", headers=headers)
