"""The wording of a regency: every text that can be edited, one of them with preview and history."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.documents.letter_kinds import WORDINGS
from rembuk.core.documents.wording import Wording, lines_of, problems_of, shown
from rembuk.core.errors import RembukError
from rembuk.documents.gather.wording import texts_of
from rembuk.documents.models import WordingText
from rembuk.documents.services.writing import save_wording
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn
from rembuk.shared.wording import sentence


@page("documents.wording")
def texts(request: HttpRequest) -> HttpResponse:
    """Every text, by group, with who changed it last."""
    saved = texts_of(worn(request).place.regency)
    wanted = request.GET.get("cari", "").strip().lower()[:60]
    found = [one for one in WORDINGS.values() if wanted in one.title.lower()]
    groups = [
        (name, [(one, saved.get(one.kind)) for one in rows]) for name, rows in groupby(found, lambda one: one.group)
    ]
    return render(request, "documents/wordings.html", {"groups": groups, "count": len(found), "wanted": wanted})


@page("documents.wording", methods=("GET", "POST"))
def text(request: HttpRequest, wording_kind: str) -> HttpResponse:
    """One text: edited, previewed, saved; ``?versi=2`` begins with an older version, ``?versi=0`` with Rembuk's own."""
    if wording_kind not in WORDINGS:
        raise Http404
    wording, hat = WORDINGS[wording_kind], worn(request)
    history = list(WordingText.objects.filter(regency_id=hat.place.regency, kind=wording_kind))
    typed = request.POST.get("teks") if request.method == "POST" else begun(request, wording, history)
    findings: list[str] = []
    refused = ""
    if request.method == "POST" and request.POST.get("langkah") in ("simpan", "bawaan"):
        try:
            save_wording(
                regency_id=hat.place.regency,
                kind=wording_kind,
                text="" if request.POST.get("langkah") == "bawaan" else typed or " ",
                note=request.POST.get("catatan", ""),
                version_no=int(request.POST.get("versi", "0") or 0),
                actor=hat,
                at=clock.now(),
            )
        except RembukError as error:
            if error.status == 403:
                return refusal(request, error)
            refused, findings = sentence(error), [one.message for one in getattr(error, "findings", ())]
        else:
            messages.success(request, _("Redaksi tersimpan. Dokumen yang sudah di arsip tidak berubah."))
            return redirect("documents:wording", wording_kind=wording_kind)
    typed = typed or ""
    good = not problems_of(wording, typed)
    context = {
        "wording": wording,
        "typed": typed,
        "note": request.POST.get("catatan", ""),
        "history": history,
        "version_no": request.POST.get("versi") or (history[0].version_no if history else 0),
        "own": "\n".join(wording.lines) if not history or not history[0].text else "",
        "preview": shown(wording, lines_of(typed)) if good else (),
        "previewed": request.method == "POST",
        "findings": findings,
        "refused": refused,
    }
    return render(request, "documents/wording.html", context, status=400 if refused else 200)


def begun(request: HttpRequest, wording: Wording, history: list[WordingText]) -> str:
    """Return the text to begin with: the version asked for, else the one in force."""
    wanted = request.GET.get("versi", "")
    chosen = next((row.text for row in history if str(row.version_no) == wanted), None)
    if chosen is None and wanted != "0" and history:
        chosen = history[0].text
    return chosen or "\n".join(wording.lines)
