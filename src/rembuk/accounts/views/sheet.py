"""Many accounts at once: template, upload, dry run with row errors, confirmation."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.accounts import roster
from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.hat import Role
from rembuk.shared.roles import role_name
from rembuk.shared.sheets import LIMITS, open_sheets, xlsx_bytes
from rembuk.shared.web import page, refusal, worn
from rembuk.shared.wording import sentence

SALT = "rembuk.accounts.roster"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RosterForm(forms.Form):
    """A sheet of people."""

    file = forms.FileField(
        label=gettext_lazy("Berkas XLSX atau CSV"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"})
    )


@page("accounts.import_people", methods=("GET", "POST"))
def upload(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and "siap" in request.POST:
        return _write(request)
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, {"form": form}, status=400 if form.is_bound else 200)
    try:
        file = form.cleaned_data["file"]
        judged = roster.judge(worn(request), roster.lines_of(open_sheets(_content(file), file.name).table()))
    except BadInputError as error:
        return _page(request, {"form": form, "refusal": sentence(error)}, status=400)
    bundle = signing.dumps(judged.packed(), salt=SALT, compress=True)
    return _page(request, {"form": RosterForm(), "judged": judged, "bundle": bundle})


def _content(file: "UploadedFile[Any]") -> bytes:
    return bytes(file.read(LIMITS.file_bytes + 1))


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    roles = [(role.value, role_name(role)) for role in Role]
    return render(request, "accounts/roster.html", {"roles": roles, **context}, status=status)


def _write(request: HttpRequest) -> HttpResponse:
    """Write the rows that the dry run found good; they come back signed, so nobody can slip one in."""
    try:
        rows = signing.loads(request.POST["siap"], salt=SALT, max_age=3600)
    except signing.BadSignature:
        words = _("Hasil pemeriksaan sudah lebih dari satu jam atau berubah. Unggah berkasnya lagi.")
        return _page(request, {"form": RosterForm(), "refusal": words}, status=400)
    lines = [roster.Line(int(row["row"]), row["values"]) for row in rows]
    try:
        count = roster.write_roster(hat=worn(request), lines=lines)
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("%(count)d orang tersimpan.") % {"count": count})
    return redirect("accounts:people")


@page("accounts.import_people")
def template(request: HttpRequest) -> HttpResponse:
    """The empty sheet with one example row and the list of role codes."""
    roles = [(role.value, role_name(role)) for role in Role]
    content = xlsx_bytes([("Orang", roster.COLUMNS, [roster.EXAMPLE]), ("Kode peran", ("kode", "peran"), roles)])
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="templat-orang.xlsx"'
    return response
