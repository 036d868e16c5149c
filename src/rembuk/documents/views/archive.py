"""The archive as a list, one archived paper, its files, and all files of a stage."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat, Place
from rembuk.core.permissions import TABLE
from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.core.workflow.stages import Stage
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import current_cycle, current_rpjm_cycle
from rembuk.documents import queries, services
from rembuk.documents.filters import ArchiveFilter
from rembuk.documents.recipes import FORMS
from rembuk.documents.renderers.codes import qr_svg
from rembuk.documents.rendering import shown_code, verify_address
from rembuk.documents.views.sending import file_name, sent
from rembuk.documents.wishes import wish_of
from rembuk.shared import clock, papers
from rembuk.shared.models import Paper
from rembuk.shared.sheets import csv_bytes
from rembuk.shared.web import page, refusal, worn

PAGE_SIZE = 50
MOST_EXPORTED = 20_000


@page("documents.list")
def archive(request: HttpRequest) -> HttpResponse:
    """The archived papers of the hat's place; as CSV with ``?bentuk=csv``."""
    hat = worn(request)
    wanted = ArchiveFilter.read(request.GET)
    found = wanted.apply(hat)
    if request.GET.get("bentuk") == "csv":
        return exported(list(found[:MOST_EXPORTED]))
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("hal"))
    listed = list(shown)
    names = queries.village_names(listed)
    context = {
        "current": open_cycles(hat.place.village),
        "filter": wanted,
        "forms": FORMS,
        "page": shown,
        "rows": [(paper, names.get(paper.village_key, paper.village_key)) for paper in listed],
        "many_villages": not hat.place.village,
    }
    return render(request, "documents/archive.html", context)


def open_cycles(village_id: str) -> list[Cycle]:
    """Return the village's newest open cycle of the RKP Desa and of the RPJM Desa. Two queries."""
    if not village_id:
        return []
    return [cycle for cycle in (current_cycle(village_id), current_rpjm_cycle(village_id)) if cycle is not None]


def exported(listed: list[Paper]) -> HttpResponse:
    names = queries.village_names(listed)
    head = ["formulir", "judul", "nomor", "tanggal", "versi", "kode_desa", "desa", "kode_periksa", "sha256", "dibuat"]
    rows = [
        [
            paper.code,
            paper.title,
            paper.number,
            paper.paper_date.isoformat() if paper.paper_date else "",
            str(paper.version_no),
            paper.village_key,
            names.get(paper.village_key, ""),
            paper.verify_code,
            paper.sha256,
            paper.created_at.isoformat(timespec="seconds"),
        ]
        for paper in listed
    ]
    return sent(csv_bytes(head, rows), "text/csv; charset=utf-8", "dokumen.csv")


def paper_of(paper_id: UUID | str) -> Paper:
    return Paper.objects.defer("data").get(pk=paper_id)


@page("documents.read", of=paper_of)
def paper_detail(request: HttpRequest, target: Paper) -> HttpResponse:
    """One archived paper: number, version, digest, who made it, its code, its files."""
    hat = worn(request)
    versions = list(queries.versions_of(target.code, target.subject))
    context = {
        "paper": target,
        "village": queries.village_names([target]).get(target.village_key, target.village_key),
        "versions": versions,
        "newest": versions[0],
        "address": verify_address(target.verify_code),
        "shown_code": shown_code(target.verify_code),
        "qr": mark_safe(qr_svg(verify_address(target.verify_code))),  # noqa: S308  drawn from a code of ours
        "may_make": may_make(hat, target),
        "signed": queries.signed_pages_of(target),
    }
    return render(request, "documents/paper.html", context)


def may_make(hat: Hat, target: Paper) -> bool:
    """Return whether the hat may freeze the present state of the thing that *target* prints."""
    try:
        return TABLE.allows(hat, "documents.freeze", wish_of(target.code, target.subject))
    except (ObjectDoesNotExist, ValidationError, ValueError):
        return False


@dataclass(frozen=True, slots=True)
class PaperFile:
    """An archived paper in one format. code, subject: what the permission looks at."""

    paper: Paper
    fmt: str

    @property
    def place(self) -> Place:
        return self.paper.place

    @property
    def code(self) -> str:
        return self.paper.code

    @property
    def subject(self) -> str:
        return self.paper.subject


def file_of(paper_id: UUID, fmt: str) -> PaperFile:
    if fmt not in papers.CONTENT_TYPES:
        raise ValueError(fmt)
    return PaperFile(Paper.objects.get(pk=paper_id), fmt)


@page("documents.read", of=file_of)
def download(request: HttpRequest, target: PaperFile) -> HttpResponse:
    """The file of an archived paper; ``?ringan=1`` gives the small PDF for slow phones."""
    paper, fmt = target.paper, target.fmt
    try:
        if fmt == "pdf" and request.GET.get("ringan"):
            data, content_type = services.open_light(paper), papers.CONTENT_TYPES["pdf"]
        else:
            data, content_type = papers.open_paper(paper, fmt)
    except RembukError as error:
        return refusal(request, error)
    return sent(data, content_type, file_name(f"{paper.code} {paper.title} v{paper.version_no}", fmt))


@dataclass(frozen=True, slots=True)
class StageFiles:
    """The files of one stage of a cycle: what its page is about."""

    cycle: Cycle
    stage: Stage

    @property
    def place(self) -> Place:
        return self.cycle.place


def stage_files_of(cycle_id: UUID, stage: str) -> StageFiles:
    if stage not in ALL_STAGES:
        raise ValueError(stage)
    found = Cycle.every.select_related("village__district", "village__regency").get(pk=cycle_id)
    return StageFiles(found, ALL_STAGES[stage])


@page("documents.stage", of=stage_files_of, methods=("GET", "POST"))
def stage_files(request: HttpRequest, target: StageFiles) -> HttpResponse:
    """What a stage has in papers; POST asks for all of them in one archive."""
    hat = worn(request)
    if request.method == "POST":
        try:
            job = services.ask_stage_bundle(
                cycle_id=target.cycle.pk, stage=target.stage.code, actor=hat, at=clock.now()
            )
        except RembukError as error:
            return refusal(request, error)
        return redirect("shared:job", job_id=job.pk)
    evidence = queries.evidence_of_stage(target.cycle.pk, target.stage.code)
    closed = queries.closed_forms(hat)
    there = {row.paper_code for row in evidence}
    printables = [
        (one, one.code in there)
        for one in queries.printables_of(target.cycle, target.stage.code)
        if TABLE.allows(hat, "documents.preview", wish_of(one.code, one.subject))
    ]
    shown = [(row, row.paper is None or row.paper.code not in closed) for row in evidence]
    context = {"target": target, "evidence": shown, "printables": printables}
    return render(request, "documents/stage.html", context)
