"""Bundles: of one cycle, and of every village of a regency as one order with its progress."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import cast
from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from rembuk.core.errors import BadInputError, RembukError
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import cycle_by_id
from rembuk.documents import services
from rembuk.documents.models import BundlePart, BundleRun, CycleBundle
from rembuk.documents.permissions import MAKERS
from rembuk.documents.queries import closed_forms
from rembuk.documents.renderers.bundle import plain
from rembuk.documents.services.bundles import FORMATS, ask_run_again, villages_without_cycle
from rembuk.documents.views.sending import file_name
from rembuk.shared import clock, files
from rembuk.shared.web import page, refusal, worn

PAGE_SIZE = 50
KEPT_SHOWN = 20


@page("documents.bundle", of=cycle_by_id, methods=("GET", "POST"))
def bundle(request: HttpRequest, target: Cycle) -> HttpResponse:
    """The bundles of a cycle that were made; POST asks for one in a format."""
    hat = worn(request)
    if request.method == "POST":
        keep = request.POST.get("simpan") == "ya"
        fmt = request.POST.get("bentuk", "")
        try:
            job = services.ask_bundle(cycle_id=target.pk, fmt=fmt, keep=keep, actor=hat, at=clock.now())
        except RembukError as error:
            return refusal(request, error)
        return redirect("shared:job", job_id=job.pk)
    closed = set(closed_forms(hat))
    rows = CycleBundle.objects.filter(cycle=target).select_related("file")
    made = [row for row in rows if closed <= set(row.closed)][:KEPT_SHOWN]
    context = {
        "cycle": target,
        "village": target.village,
        "made": made,
        "may_keep": hat.role in MAKERS,
    }
    return render(request, "documents/bundle.html", context)


@page("documents.bundle_run", methods=("GET", "POST"))
def runs(request: HttpRequest) -> HttpResponse:
    """The orders of the regency, newest first; POST places one."""
    hat = worn(request)
    if request.method == "POST":
        try:
            year = year_of(request.POST.get("tahun", ""))
            made = services.ask_bundle_run(
                run_id=key_of(request.POST.get("kunci", "")),
                regency_id=hat.place.regency,
                kind=request.POST.get("rencana", ""),
                budget_year=year,
                fmt=request.POST.get("bentuk", ""),
                actor=hat,
                at=clock.now(),
            )
        except RembukError as error:
            return refusal(request, error)
        return redirect("documents:bundle_run", run_id=made.pk)
    found = BundleRun.objects.filter(regency_id=hat.place.regency).select_related("regency", "job")
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("hal")),
        "years": years_of(hat.place.regency),
        "kinds": Cycle.Kind.choices,
        "next_year": clock.today().year + 1,
        "key": uuid4(),
        "formats": FORMATS,
    }
    return render(request, "documents/bundle_runs.html", context)


def years_of(regency_id: str) -> list[int]:
    """Return the years that some plan of the regency is for, newest first. One query."""
    rows = Cycle.every.filter(village__regency_id=regency_id).order_by()
    periods = rows.values_list("budget_year", "start_year", "end_year").distinct()
    found: set[int] = set()
    for budget, first, last in periods:
        found.update(range(first, last + 1) if first and last else (budget,))
    return sorted(found, reverse=True)


def year_of(text: str) -> int:
    if not text.isdigit() or not date.min.year < int(text) < date.max.year:
        raise BadInputError("bundle-year", typed=text[:20])
    return int(text)


def key_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadInputError("bundle-key") from None


def run_of(run_id: UUID) -> BundleRun:
    return BundleRun.objects.select_related("regency", "job").get(pk=run_id)


@page("documents.bundle_run", of=run_of, methods=("GET", "POST"))
def run(request: HttpRequest, target: BundleRun) -> HttpResponse:
    """One order: how far it is, which villages failed and why; POST goes on with it."""
    if request.method == "POST":
        try:
            ask_run_again(run_id=target.pk, actor=worn(request), at=clock.now())
        except RembukError as error:
            return refusal(request, error)
        return redirect("documents:bundle_run", run_id=target.pk)
    parts = target.parts.select_related("village", "cycle", "bundle__file")
    state = request.GET.get("keadaan", "")
    text = request.GET.get("cari", "").strip()[:60]
    if state in BundlePart.State.values:
        parts = parts.filter(state=state)
    if text:
        parts = parts.filter(village__name__icontains=text)
    counts = {name: target.parts.filter(state=name).count() for name in BundlePart.State.values}
    over = target.job is None or target.job.over
    context = {
        "run": target,
        "page": Paginator(parts, PAGE_SIZE).get_page(request.GET.get("hal")),
        "counts": counts,
        "total": sum(counts.values()),
        "state": state,
        "text": text,
        "states": BundlePart.State.choices,
        "without": villages_without_cycle(target),
        "may_go_on": over and bool(counts["waiting"] or counts["failed"]),
    }
    return render(request, "documents/bundle_run.html", context)


@page("documents.bundle_run", of=run_of)
def download_run(request: HttpRequest, target: BundleRun) -> HttpResponse:
    """Every bundle of an order in one zip, made while it is sent, so that no second copy lies on the disk."""
    name = file_name(f"Bundel {target.title} {target.regency.name}", "zip")
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    made = StreamingHttpResponse(zipped(target), content_type="application/zip", headers=headers)
    return cast(HttpResponse, made)  # the door only hands it on


class Sink(io.RawIOBase):
    """Where the zip writes; `taken` hands on what has come and forgets it."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        part = bytes(data)  # type: ignore[call-overload]
        self._parts.append(part)
        return len(part)

    def taken(self) -> bytes:
        data = b"".join(self._parts)
        self._parts.clear()
        return data


def zipped(run: BundleRun) -> Iterator[bytes]:
    """Yield the zip piece by piece: one village in memory at a time; a list names what is missing and why."""
    sink = Sink()
    lines: list[str] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for part in run.parts.select_related("village__district", "cycle", "bundle__file").iterator(chunk_size=20):
            label = f"{part.village_id} {plain(part.village.name)}"
            label += f" {part.cycle.title}" if part.cycle.is_medium_term else ""
            if part.bundle is None:
                lines.append(f"{label} | {part.get_state_display()} | {part.reason}")
                continue
            name = f"{plain(part.village.district.name)}/{label}.{'pdf' if run.fmt == 'pdf' else 'zip'}"
            try:
                archive.writestr(name, files.read(part.bundle.file))
                lines.append(f"{label} | {name}")
            except RembukError:
                lines.append(f"{label} | berkasnya hilang atau berubah; buat lagi")
            yield sink.taken()
        without = f"belum punya siklus {run.title}"
        lines += [f"{one.pk} {one.name} | {without}" for one in villages_without_cycle(run)]
        archive.writestr("daftar.txt", "\r\n".join([*lines, ""]))
    yield sink.taken()
