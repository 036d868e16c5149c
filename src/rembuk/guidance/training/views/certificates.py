"""Certificates: the list, one with its QR and PDF, preparing, signing, revoking; the public check; outside credit."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.accounts.standing_in import StandIn, standing_in
from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.guidance.certificates import shown_code
from rembuk.core.hat import Hat, Place, Role
from rembuk.guidance.training import queries, services
from rembuk.guidance.training.filters import CertificateFilter
from rembuk.guidance.training.labels import CERTIFICATE_STANDINGS
from rembuk.guidance.training.models import Certificate, TrainingBatch
from rembuk.guidance.training.permissions import allows
from rembuk.guidance.training.services import CreditValues
from rembuk.guidance.training.sheets import (
    CREDIT_COLUMNS,
    CREDIT_EXAMPLE,
    CREDIT_NEEDED,
    day_of,
    judge_credits,
    lines_of,
)
from rembuk.guidance.training.views.batches import show
from rembuk.guidance.training.views.finding import PER_PAGE, batch_of, certificate_of, qr_of, sheet, told, uuids
from rembuk.shared import clock, papers
from rembuk.shared.roles import role_name
from rembuk.shared.sheets import LIMITS, open_sheets
from rembuk.shared.web import page, refusal, worn
from rembuk.shared.wording import sentence

SALT = "rembuk.training.credits"
AN_HOUR = 3600


@page("training.certificates")
def index(request: HttpRequest) -> HttpResponse:
    """The certificates of people from the hat's place."""
    return list_page(request)


def list_page(request: HttpRequest, error: RembukError | None = None) -> HttpResponse:
    hat, today = worn(request), clock.today()
    wanted = CertificateFilter.read(request.GET)
    rows = wanted.apply(queries.certificates_seen_by(hat), today)
    if request.GET.get("bentuk"):
        return exported(request, list(rows))
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    listed = [(row, *CERTIFICATE_STANDINGS[queries.certificate_standing(row, today)]) for row in shown.object_list]
    context = {
        "filter": wanted,
        "page": shown,
        "count": shown.paginator.count,
        "rows": listed,
        "standings": [(key, words) for key, (words, _css) in CERTIFICATE_STANDINGS.items()],
        "years": [str(year) for year in range(today.year, today.year - 6, -1)],
        "may_sign": may_sign(hat) and any(row.state == "prepared" for row, _w, _c in listed),
        "signer": signer_of(hat),
        "may_credit": allows(hat, "credits", hat),
        **told(error),
    }
    return render(request, "training/certificates.html", context, status=error.status if error else 200)


def signer_of(hat: Hat) -> StandIn | None:
    """Return who signs in the hat's regency today: the head of DPMD, or who stands in."""
    return standing_in(Role.KDP, Place(hat.place.regency), clock.today())


def may_sign(hat: Hat) -> bool:
    """Return whether the hat signs today, so that no button leads into a refusal."""
    if not allows(hat, "sign", hat):
        return False
    who = signer_of(hat)
    return who is None or who.role is hat.role


def exported(request: HttpRequest, rows: list[Certificate]) -> HttpResponse:
    today = clock.today()
    lines: list[list[Any]] = [
        [
            row.number,
            row.get_kind_display(),
            row.name,
            role_name(row.enrolment.role),
            row.enrolment.from_where,
            row.title,
            row.jp,
            row.issued_date.isoformat() if row.issued_date else "",
            row.valid_until.isoformat() if row.valid_until else "",
            str(CERTIFICATE_STANDINGS[queries.certificate_standing(row, today)][0]),
            shown_code(row.code) if row.state != Certificate.State.PREPARED else "",
        ]
        for row in rows
    ]
    header = [
        *(_("nomor"), _("jenis"), _("nama"), _("peran"), _("asal"), _("pelatihan"), _("JP"), _("terbit")),
        *(_("berlaku sampai"), _("keadaan"), _("kode periksa")),
    ]
    return sheet(request, "sertifikat", header, lines)


@page("training.prepare", of=batch_of, methods=("POST",))
def prepare(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """Prepare the papers of a batch."""
    try:
        made = services.prepare_certificates(batch_id=found.pk, actor=worn(request), at=clock.now())
    except RembukError as error:
        return show(request, batch_of(found.pk), error)
    words = ngettext(
        "%(count)d lembar disiapkan. Kepala DPMD menandatanganinya.",
        "%(count)d lembar disiapkan. Kepala DPMD menandatanganinya.",
        len(made),
    )
    messages.success(request, words % {"count": len(made)})
    return redirect("training:certificates")


@page("training.sign", methods=("POST",))
def sign(request: HttpRequest) -> HttpResponse:
    """Sign the chosen papers."""
    keys = uuids(request.POST.getlist("sertifikat"))
    try:
        if not keys:
            raise BadInputError("enrolment-nobody")
        rows = services.sign_certificates(certificate_ids=keys, actor=worn(request), at=clock.now())
    except RembukError as error:
        return list_page(request, error)
    words = ngettext("%(count)d sertifikat ditandatangani.", "%(count)d sertifikat ditandatangani.", len(rows))
    messages.success(request, words % {"count": len(rows)})
    return redirect("training:certificates")


@page("training.certificates", of=certificate_of)
def certificate(request: HttpRequest, found: Certificate) -> HttpResponse:
    """One certificate with its facts, QR and standing."""
    return certificate_page(request, found)


def certificate_page(
    request: HttpRequest, found: Certificate, error: RembukError | None = None, *, own: bool = False
) -> HttpResponse:
    hat = worn(request)
    words, css = CERTIFICATE_STANDINGS[queries.certificate_standing(found, clock.today())]
    signed = found.signed_text
    context = {
        "certificate": found,
        "words": words,
        "css": css,
        "qr": qr_of(signed) if signed else "",
        "shown_code": shown_code(found.code),
        "own": own,
        "may_revoke": allows(hat, "revoke", found) and found.state == Certificate.State.SIGNED,
        "may_sign": may_sign(hat) and found.state == Certificate.State.PREPARED,
        **told(error),
    }
    return render(request, "training/certificate.html", context, status=error.status if error else 200)


@page("training.certificates", of=certificate_of)
def pdf(request: HttpRequest, found: Certificate) -> HttpResponse:
    """The certificate as PDF."""
    return pdf_of(request, found)


def pdf_of(request: HttpRequest, found: Certificate) -> HttpResponse:
    try:
        if found.paper is None:
            raise BadInputError("certificate-not-signed")
        data, content_type = papers.open_paper(found.paper, "pdf")
    except RembukError as error:
        return refusal(request, error)
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'inline; filename="sertifikat-{found.year}-{found.serial:04d}.pdf"'
    return response


@page("training.revoke", of=certificate_of, methods=("POST",))
def revoke(request: HttpRequest, found: Certificate) -> HttpResponse:
    """Revoke a certificate, or mark that it needs refreshing, with a reason."""
    refresh = request.POST.get("langkah") == "segarkan"
    act = services.mark_refresh if refresh else services.revoke_certificate
    try:
        act(certificate_id=found.pk, reason=request.POST.get("alasan", ""), actor=worn(request), at=clock.now())
    except RembukError as error:
        if allows(worn(request), "certificates", found):
            return certificate_page(request, certificate_of(found.pk), error)
        return refusal(request, error)
    messages.success(request, _("Tanda penyegaran tersimpan.") if refresh else _("Sertifikat dicabut."))
    return redirect("training:certificate", found.pk)


@page("training.check", methods=("GET", "POST"))
def check(request: HttpRequest) -> HttpResponse:
    """Anybody checks a certificate: by its printed code, or by the text of its QR."""
    today = clock.today()
    code, text = request.GET.get("kode", "").strip()[:40], request.POST.get("teks", "").strip()[:4000]
    context: dict[str, Any] = {"code": code, "text": text, "today": today, "list": queries.check_list(today).packed()}
    status = 200
    if code:
        found = queries.by_code(code)
        context |= {"asked": True, "found": found, **(standing_words(found) if found else {})}
        status = 200 if found else 404
    if request.method == "POST":
        try:
            checked = services.check_text(text)
        except BadInputError as error:
            context |= told(error)
            status = error.status
        else:
            context |= {"checked": checked, **(standing_words(checked.known) if checked.known else {})}
    return render(request, "training/check.html", context, status=status)


def standing_words(found: Certificate) -> dict[str, Any]:
    words, css = CERTIFICATE_STANDINGS[queries.certificate_standing(found, clock.today())]
    return {"words": words, "css": css}


@page("training.check")
def saved_page(request: HttpRequest) -> HttpResponse:
    """The check as one file to keep on a phone: keys, the dated list of the revoked and the program, no network."""
    today = clock.today()
    found = finders.find("training/check.js")
    program = Path(found).read_text(encoding="utf-8") if isinstance(found, str) else ""
    known = json.dumps(queries.check_list(today).packed(), ensure_ascii=True).replace("<", "\\u003c")
    context = {"program": mark_safe(program), "known": mark_safe(known), "today": today}  # noqa: S308  both are ours
    content = render_to_string("training/check_saved.html", context, request=request)
    response = HttpResponse(content, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="periksa-sertifikat-{today.isoformat()}.html"'
    return response


@page("training.credits", methods=("GET", "POST"))
def credits(request: HttpRequest) -> HttpResponse:
    """Certificates from elsewhere: the list, and an import judged row by row before anything is written."""
    if request.method == "GET":
        return credits_page(request, {})
    if "siap" in request.POST:
        return credits_written(request)
    file = request.FILES.get("berkas")
    try:
        if file is None:
            raise BadInputError("file-empty")
        table = open_sheets(bytes(file.read(LIMITS.file_bytes + 1)), file.name or "kredit.xlsx").table()
        lines = list(lines_of(table, CREDIT_COLUMNS, CREDIT_NEEDED, "credit-columns"))
    except BadInputError as error:
        return credits_page(request, told(error), status=400)
    good, troubles = judge_credits(lines, worn(request).place.regency)
    bundle = signing.dumps([packed(row) for row in good], salt=SALT, compress=True)
    told_of = [(one, sentence(BadInputError(one.code, read=one.read))) for one in troubles]
    return credits_page(request, {"good": good, "troubles": told_of, "bundle": bundle, "judged": True})


def packed(row: CreditValues) -> list[Any]:
    key = str(row.person_id) if row.person_id else ""
    return [
        row.name,
        row.issuer,
        row.number,
        row.title,
        row.jp,
        row.issued.isoformat(),
        row.topic,
        row.score,
        row.village_id,
        key,
    ]


def unpacked(row: list[Any]) -> CreditValues:
    name, issuer, number, title, jp, issued, topic, score, village, person = row
    day = day_of(issued)
    if day is None:
        raise signing.BadSignature
    return CreditValues(name, issuer, number, title, jp, day, topic, score, village, UUID(person) if person else None)


def credits_written(request: HttpRequest) -> HttpResponse:
    try:
        rows = [unpacked(row) for row in signing.loads(request.POST["siap"], salt=SALT, max_age=AN_HOUR)]
    except signing.BadSignature:
        words = _("Hasil pemeriksaan sudah lebih dari satu jam atau berubah. Unggah berkasnya lagi.")
        return credits_page(request, {"error": words}, status=400)
    fresh, there = services.keep_credits(rows=rows, actor=worn(request), at=clock.now())
    messages.success(
        request, _("%(fresh)s kredit baru tersimpan, %(there)s sudah ada.") % {"fresh": fresh, "there": there}
    )
    return redirect("training:credits")


def credits_page(request: HttpRequest, more: dict[str, Any], status: int = 200) -> HttpResponse:
    search = request.GET.get("cari", "").strip()[:60]
    rows = queries.credits_of(worn(request).place.regency)
    if search:
        rows = rows.filter(name__icontains=search) | rows.filter(title__icontains=search)
    if request.GET.get("bentuk"):
        lines: list[list[Any]] = [
            [
                row.name, "", row.village_id or "", row.issuer, row.number, row.title, row.topic, row.jp,
                row.issued_date.isoformat(), row.score,
            ]
            for row in rows
        ]  # fmt: skip
        return sheet(request, "sertifikat-luar", list(CREDIT_COLUMNS), lines)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "page": shown,
        "rows": shown.object_list,
        "count": shown.paginator.count,
        "search": search,
        "columns": CREDIT_COLUMNS,
        **more,
    }
    return render(request, "training/credits.html", context, status=status)


@page("training.credits")
def credit_template(request: HttpRequest) -> HttpResponse:
    """The empty sheet with one example row."""
    return sheet(request, "templat-sertifikat-luar", list(CREDIT_COLUMNS), [list(CREDIT_EXAMPLE)])
