"""Import of a list: upload, confirm the columns, dry run, save."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.proposals.importing import ROLE_OF_INPUT
from rembuk.proposals.labels import INPUTS
from rembuk.proposals.models import ImportBatch
from rembuk.proposals.services.imports import (
    check_list,
    drop_list,
    refuse_large,
    save_list,
    start_saving,
    upload_list,
    workbook_of,
)
from rembuk.proposals.tasks import SAVE_IMPORT
from rembuk.proposals.views.finding import batch_of, own_village, words_of
from rembuk.proposals.views.lists import XLSX
from rembuk.shared import clock, files, jobs
from rembuk.shared.models import Job
from rembuk.shared.sheets import xlsx_bytes
from rembuk.shared.web import page, worn

AT_ONCE = 500
"""Rows that are stored while the person waits; more go to a job with its progress."""

TEMPLATE_HEADER = (
    "Usulan kegiatan",
    "Dusun",
    "Lokasi",
    "Volume",
    "Satuan",
    "Biaya",
    "LK",
    "PR",
    "A-RTM",
    "Sumber dana",
    "Kode kegiatan",
    "Pengusul",
)
GUIDE = (
    ("Usulan kegiatan", "Wajib. Satu baris satu usulan, paling panjang 10.000 huruf."),
    ("Dusun", "Nama dusun seperti di daftar desa. Kosong berarti seluruh desa."),
    ("Volume", "Angka, misalnya 86 atau 86,5."),
    ("Biaya", "Satu angka rupiah utuh, misalnya 118700000 atau 118.700.000. Kosong boleh."),
    ("LK, PR, A-RTM", "Jumlah orang penerima manfaat; angka bulat."),
    ("Sumber dana", "Kode atau nama sumber, misalnya DDS atau Dana Desa. Kosong boleh."),
    ("Kode kegiatan", "Misalnya 2.3.13. Kosong boleh; sarannya muncul sesudah impor."),
)


@page("proposals.import", methods=("GET", "POST"))
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a list, and see the earlier ones."""
    village = own_village(worn(request))
    if village is None:
        return redirect("proposals:list")
    error, status = "", 200
    if request.method == "POST":
        upload = request.FILES.get("berkas")
        if upload is None:
            error, status = _("Pilih berkas .xlsx atau .csv dulu."), 400
        else:
            try:
                return redirect("proposals:import_batch", taken(request, upload, village.id).id)
            except RembukError as refused:
                error, status = words_of(refused), refused.status
    batches = ImportBatch.objects.filter(village=village).select_related("file", "cycle").defer("rows", "columns")
    context = {"village": village, "batches": batches[:20], "error": error}
    return render(request, "proposals/imports.html", context, status=status)


def taken(request: HttpRequest, upload: UploadedFile[bytes], village_id: str) -> ImportBatch:
    refuse_large(upload.size or 0, settings.MAX_UPLOAD_BYTES)
    return upload_list(
        village_id=village_id, content=upload.read(), name=upload.name or "", actor=worn(request), at=clock.now()
    )


@page("proposals.import", of=batch_of, methods=("GET", "POST"))
def batch(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    """Confirm the columns, see what each row gives, then save."""
    if request.method == "GET":
        return show(request, found)
    step = request.POST.get("langkah", "")
    try:
        if step == "periksa":
            check_list(batch_id=found.id, mapping=mapping_of(request, found), actor=worn(request), at=clock.now())
        elif step == "simpan":
            return save(request, found)
        elif step == "batal":
            drop_list(batch_id=found.id, actor=worn(request), at=clock.now())
            messages.success(request, _("Daftar tidak jadi dipakai. Tidak ada usulan yang tersimpan."))
            return redirect("proposals:imports")
    except RembukError as error:
        return show(request, batch_of(found.id), error=words_of(error), status=error.status)
    return redirect("proposals:import_batch", found.id)


def save(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    hat, at = worn(request), clock.now()
    if found.read_count <= AT_ONCE:
        save_list(batch_id=found.id, actor=hat, at=at)
        messages.success(request, _("%(count)d usulan tersimpan.") % {"count": found.read_count})
        return redirect("proposals:import_batch", found.id)
    start_saving(batch_id=found.id, actor=hat, at=at)
    jobs.enqueue(
        name=SAVE_IMPORT,
        payload={"batch": str(found.id)},
        key=f"proposals.import:{found.id}",
        title=_("Menyimpan %(count)d usulan") % {"count": found.read_count},
        hat=hat,
        total=found.read_count,
    )
    return redirect("proposals:import_batch", found.id)


def mapping_of(request: HttpRequest, found: ImportBatch) -> dict[str, int | None]:
    """Return role -> column as the person confirmed it; a column may play one role only, the first wins."""
    known = {column["index"] for column in found.columns}
    chosen: dict[str, int | None] = {}
    for role in sorted(set(ROLE_OF_INPUT.values())):
        text = request.POST.get(f"kolom-{role}", "")
        index = int(text) if text.isascii() and text.isdigit() else None
        chosen[role] = index if index in known and index not in chosen.values() else None
    return chosen


def show(request: HttpRequest, found: ImportBatch, *, error: str = "", status: int = 200) -> HttpResponse:
    roles = [
        {"name": role, "label": INPUTS[field], "chosen": found.mapping.get(role)}
        for field, role in ROLE_OF_INPUT.items()
    ]
    context: dict[str, Any] = {
        "batch": found,
        "roles": roles,
        "read": [row for row in found.rows if row["state"] == "read"],
        "refused": [row for row in found.rows if row["state"] == "refused"],
        "error": error,
        "sheets": (),
        "job": None,
    }
    if found.state == "read":
        context["sheets"] = workbook_of(found).names
    if found.state == "saving":
        context["job"] = Job.objects.filter(key=f"proposals.import:{found.id}").first()
    return render(request, "proposals/import_batch.html", context, status=status)


@page("proposals.import", of=batch_of)
def refused_rows(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    """The refused rows as a sheet: row, column, reason."""
    lines = [
        (row["row"], row["title"], problem["column"], problem["sentence"])
        for row in found.rows
        if row["state"] == "refused"
        for problem in row["problems"]
    ]
    header = (_("baris"), _("usulan"), _("kolom"), _("kenapa ditolak dan yang diterima"))
    return sheet(xlsx_bytes([("Ditolak", header, lines)]), "usulan-ditolak.xlsx")


@page("proposals.import")
def template(request: HttpRequest) -> HttpResponse:
    """An empty list with the right headings and a guide."""
    sheets = [("Usulan", TEMPLATE_HEADER, ()), ("Petunjuk", ("Kolom", "Isi"), GUIDE)]
    return sheet(xlsx_bytes(sheets), "contoh-daftar-usulan.xlsx")


@page("proposals.import", of=batch_of, methods=("POST",))
def other_sheet(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    """Take another sheet of the same file instead."""
    village = found.village
    try:
        name = request.POST.get("lembar", "")
        if name not in workbook_of(found).names:
            return redirect("proposals:import_batch", found.id)
        drop_list(batch_id=found.id, actor=worn(request), at=clock.now())
        made = upload_list(
            village_id=village.id,
            content=files.read(found.file),
            name=found.file.name,
            sheet=name,
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return show(request, batch_of(found.id), error=words_of(error), status=error.status)
    return redirect("proposals:import_batch", made.id)


def sheet(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
