"""A paper as its thing stands now: looked at, downloaded, frozen into the archive."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.documents.families import FORM_LAWS
from rembuk.core.errors import RembukError
from rembuk.core.permissions import TABLE
from rembuk.documents import queries, services
from rembuk.documents.labels import SUBJECT_NAMES
from rembuk.documents.views.sending import file_name, sent
from rembuk.documents.wishes import Wish, wish_of
from rembuk.regions.models import District, Regency, Village
from rembuk.shared import clock, papers
from rembuk.shared.web import page, refusal, worn


def wish_of_url(code: str, subject: str) -> Wish:
    return wish_of(code, subject)


@page("documents.preview", of=wish_of_url, methods=("GET", "POST"))
def paper(request: HttpRequest, target: Wish) -> HttpResponse:
    """The paper by the present data, or empty with ``?kosong=ya``; ``?bentuk=pdf|docx|xlsx`` downloads it.

    POST freezes it into the archive.
    """
    if request.method == "POST":
        return freeze(request, target)
    fmt, blank = request.GET.get("bentuk", ""), request.GET.get("kosong") == "ya"
    try:
        if fmt:
            first, data = services.preview_blank(target, fmt) if blank else services.preview(target, fmt)
            words = f"{target.form.code} {'kosong ' if blank else ''}{first.title}"
            return sent(data, papers.CONTENT_TYPES[fmt], file_name(words, fmt))
    except RembukError as error:
        return refusal(request, error)
    hat = worn(request)
    context = {
        "wish": target,
        "blank": blank,
        "law": FORM_LAWS[target.form.code],
        "kind": SUBJECT_NAMES[target.kind],
        "place_name": place_name(target),
        "versions": list(queries.versions_of(target.form.code, target.subject)),
        "may_freeze": TABLE.allows(hat, "documents.freeze", target),
    }
    return render(request, "documents/making.html", context)


def place_name(target: Wish) -> str:
    """Name the village with its district, or the district or regency that a paper without a village is about."""
    place = target.place
    if place.village:
        village = Village.objects.select_related("district").get(pk=place.village)
        return f"{village.full_name}, {village.district.full_name}"
    if place.district:
        return District.objects.get(pk=place.district).full_name
    return Regency.objects.get(pk=place.regency).name


def freeze(request: HttpRequest, target: Wish) -> HttpResponse:
    try:
        made = services.freeze_paper(wish=target, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Tersimpan di arsip. Isinya tidak berubah lagi; perubahan berikutnya jadi versi baru."))
    return redirect("documents:paper_detail", paper_id=made.pk)
