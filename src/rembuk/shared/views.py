"""Pages that belong to no single room: notices, the trail of a thing, files, progress, health."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme

from rembuk.core.errors import RembukError
from rembuk.core.permissions import Placed
from rembuk.shared import clock, files, health, jobs
from rembuk.shared.models import Job, Notice, StoredFile
from rembuk.shared.notices import digest, queries, services
from rembuk.shared.trail import kinds
from rembuk.shared.trail.reading import trail_of
from rembuk.shared.web import hat_of, page, refusal, worn

PER_PAGE = 50
INLINE = frozenset({files.JPEG, files.PNG, files.WEBP, files.PDF})


@page("notices.read")
def notices(request: HttpRequest) -> HttpResponse:
    hat = worn(request)
    unread = request.GET.get("saring") == "belum"
    found = Paginator(queries.inbox(hat.person_id, unread=unread), PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "shared/notices.html", {"found": found, "unread": unread})


@page("notices.read")
def notices_text(request: HttpRequest) -> HttpResponse:
    hat = worn(request)
    waiting = queries.inbox(hat.person_id, unread=True).exclude(kind="digest")[:PER_PAGE]
    address = request.build_absolute_uri(reverse("shared:notices"))
    text = digest.digest_text(list(waiting), today=clock.today(), address=address)
    context = {"text": text, "count": len(waiting), "whatsapp": digest.whatsapp_link(text)}
    return render(request, "shared/notices_text.html", context)


@page("notices.mark", methods=("POST",))
def read_all(request: HttpRequest) -> HttpResponse:
    services.mark_all_read(hat=worn(request))
    return redirect("shared:notices")


@page("notices.mark", methods=("POST",))
def read_one(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    try:
        notice = services.mark_read(notice_id=notice_id, hat=worn(request))
    except Notice.DoesNotExist as error:
        raise Http404 from error
    if notice.link and url_has_allowed_host_and_scheme(notice.link, allowed_hosts=None):
        return redirect(notice.link)
    return redirect("shared:notices")


def target_of_url(kind: str, key: str) -> Placed:
    return kinds.target(kind, key)


@page("trail.read", of=target_of_url)
def trail(request: HttpRequest, target: kinds.TrailTarget) -> HttpResponse:
    lines = trail_of(target.rows(), hat=hat_of(request), limit=200)
    return render(request, "shared/trail_page.html", {"thing": target.thing, "lines": lines})


def file_of_url(file_id: UUID) -> StoredFile:
    return StoredFile.objects.get(pk=file_id)


@page("files.read", of=file_of_url)
def download(request: HttpRequest, row: StoredFile) -> HttpResponse:
    etag = f'"{row.sha256}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    try:
        data = files.read(row)
    except RembukError as error:
        return refusal(request, error)
    attachment = row.content_type not in INLINE or "unduh" in request.GET
    headers = {
        "Content-Disposition": content_disposition_header(attachment, row.name) or "attachment",
        "Cache-Control": "private, max-age=86400, immutable",
        "ETag": etag,
        # What people hand in never runs in the site's name.
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(data, content_type=row.content_type, headers=headers)


def job_of_url(job_id: UUID) -> Job:
    return Job.objects.get(pk=job_id)


@page("jobs.read", of=job_of_url)
def job(request: HttpRequest, target: Job) -> HttpResponse:
    partial = bool(getattr(request, "htmx", False))
    return render(request, "shared/job_page.html#progress" if partial else "shared/job_page.html", {"job": target})


@page("jobs.cancel", of=job_of_url, methods=("POST",))
def cancel_job(request: HttpRequest, target: Job) -> HttpResponse:
    jobs.cancel(job_id=target.pk, hat=worn(request))
    return redirect("shared:job", job_id=target.pk)


@page("health.read")
def healthy(request: HttpRequest) -> HttpResponse:
    state = health.look()
    status = 200 if state.database else 503
    if "json" in request.headers.get("Accept", ""):
        values: dict[str, Any] = {
            "database": state.database,
            "worker": state.worker,
            "waiting": state.waiting,
            "sealed_at": state.sealed_at.isoformat() if state.sealed_at else None,
            "warnings": list(state.warnings),
        }
        return JsonResponse(values, status=status)
    return render(request, "shared/health.html", {"health": state}, status=status)
