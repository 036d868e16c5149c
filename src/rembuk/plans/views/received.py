"""RPJM Desa that come in as files: the board of all villages, one file with what was read, and its confirmation."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.errors import RembukError
from rembuk.core.lists import kegiatan_codes
from rembuk.plans import services
from rembuk.plans.labels import RECEIVED_STEPS
from rembuk.plans.models import ReceivedRpjmdes
from rembuk.plans.permissions import allows
from rembuk.plans.queries import active_rpjmdes
from rembuk.plans.received_board import BoardRow, board_rows, counts_of
from rembuk.plans.sheets import worded
from rembuk.plans.tasks import READ_RPJMDES
from rembuk.plans.typed import InputError, read_day
from rembuk.plans.views.finding import received_of
from rembuk.plans.views.grid import XLSX
from rembuk.plans.views.register import whole
from rembuk.regions.models import Regency
from rembuk.shared import clock, jobs
from rembuk.shared.models import Job
from rembuk.shared.sheets import xlsx_bytes
from rembuk.shared.web import hat_of, page, refusal, worn

PAGE_SIZE = 50
MOST_FILES = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """What stands in the address of the board."""

    step: str = ""
    district: str = ""
    search: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Wanted":
        step, district = query.get("langkah", ""), query.get("kecamatan", "")[:8]
        return cls(step if step in RECEIVED_STEPS else "", district, query.get("cari", "").strip()[:60])

    @property
    def any(self) -> bool:
        return bool(self.step or self.district or self.search)

    def keeps(self, row: BoardRow) -> bool:
        return (
            (not self.step or row.step == self.step)
            and (not self.district or row.village.district_id == self.district)
            and self.search.casefold() in f"{row.village.name} {row.village.code}".casefold()
        )

    @property
    def query(self) -> str:
        values = {"langkah": self.step, "kecamatan": self.district, "cari": self.search}
        return urlencode({key: value for key, value in values.items() if value})


@page("plans.read_received", methods=("GET", "POST"))
def board(request: HttpRequest) -> HttpResponse:
    """The villages of the hat's place with how far their existing RPJM Desa is in; files are handed in here."""
    hat = worn(request)
    regency = Regency.objects.filter(pk=hat.place.regency).first()
    if regency is None:
        return redirect("plans:list")
    if request.method == "POST":
        return take_files(request, regency)
    rows = board_rows(hat.place)
    if not rows:
        return redirect("plans:list")
    wanted = Wanted.read(request.GET)
    kept = [row for row in rows if wanted.keeps(row)]
    if request.GET.get("bentuk") == "xlsx":
        return exported(kept)
    shown = Paginator(kept, PAGE_SIZE).get_page(request.GET.get("hal"))
    return render(request, "plans/received_board.html", board_context(request, regency, rows, shown, wanted))


def board_context(
    request: HttpRequest, regency: Regency, rows: list[BoardRow], shown: Any, wanted: Wanted
) -> dict[str, Any]:
    hat = hat_of(request)
    unplaced = ReceivedRpjmdes.objects.filter(regency=regency, village__isnull=True).exclude(
        state=ReceivedRpjmdes.State.DROPPED
    )
    counts = counts_of(rows)
    place = regency if not worn(request).place.village else rows[0].village
    return {
        "asked": wanted,
        "shown": shown,
        "total": len(rows),
        "steps": [(code, words, counts[code]) for code, words in RECEIVED_STEPS.items()],
        "districts": sorted({(row.village.district_id, row.village.district.full_name) for row in rows}),
        "unplaced": unplaced.select_related("file") if allows(hat, "sort_rpjmdes", regency) else (),
        "may_hand_in": allows(hat, "hand_in_rpjmdes", place),
        "job": Job.objects.filter(name=READ_RPJMDES, asked_by=worn(request).person_id).first(),
        "own_village": worn(request).place.village,
    }


def take_files(request: HttpRequest, regency: Regency) -> HttpResponse:
    """Keep the files and let a worker read them; what was refused is said by name."""
    uploads = request.FILES.getlist("berkas")[:MOST_FILES]
    if not uploads:
        messages.error(request, _("Pilih satu berkas XLSX atau DOCX, atau lebih."))
        return redirect("plans:received")
    hat = worn(request)
    try:
        result = services.hand_in(
            regency_code=regency.pk,
            uploads=[(upload.name or "", upload.read()) for upload in uploads],
            village_id=hat.place.village,
            actor=hat,
            at=clock.now(),
        )
    except RembukError as error:
        return refusal(request, error)
    for name, reason in result.refused:
        said = _("%(name)s: %(reason)s") % {"name": name, "reason": worded(reason)}
        messages.error(request, said)
    for row in result.known:
        messages.info(request, _("%(name)s sudah ada, jadi tidak ditambahkan lagi.") % {"name": row.file.name})
    if result.taken:
        start_reading(request, regency, result.taken)
    return redirect("plans:received")


def start_reading(request: HttpRequest, regency: Regency, taken: tuple[ReceivedRpjmdes, ...]) -> None:
    count = len(taken)
    words = ngettext("%(count)d berkas diterima", "%(count)d berkas diterima", count) % {"count": count}
    jobs.enqueue(
        name=READ_RPJMDES,
        payload={"regency": regency.pk},
        key=f"{READ_RPJMDES}:{regency.pk}:{taken[0].pk}",
        title=_("Membaca %(count)d berkas RPJM Desa") % {"count": count},
        hat=worn(request),
        total=count,
    )
    messages.success(request, words + _(" dan sedang dibaca."))


def exported(rows: list[BoardRow]) -> HttpResponse:
    header = [str(word) for word in (_("Desa"), _("Kecamatan"), _("Langkah"), _("Kegiatan"), _("Ditolak"), _("Jumlah"))]
    lines = [
        (
            row.village.full_name,
            row.village.district.full_name,
            str(RECEIVED_STEPS[row.step]),
            row.lines,
            row.refused,
            row.total,
        )
        for row in rows
    ]
    name = {"Content-Disposition": 'attachment; filename="rpjm-masuk.xlsx"'}
    return HttpResponse(xlsx_bytes([("RPJM", header, lines)]), content_type=XLSX, headers=name)


@page("plans.read_received", of=received_of)
def received(request: HttpRequest, row: ReceivedRpjmdes) -> HttpResponse:
    """What was read from one file, and what a person can do with it."""
    return file_page(request, row)


def file_page(request: HttpRequest, row: ReceivedRpjmdes, *, error: str = "", status: int = 200) -> HttpResponse:
    hat = hat_of(request)
    shown = Paginator(row.lines, PAGE_SIZE).get_page(request.GET.get("hal"))
    years = range(row.start_year, row.end_year + 1) if row.start_year and row.end_year else range(0)
    used = {year for line in row.lines for year in line["years"]}
    typed = request.POST if request.method == "POST" else {"awal": row.start_year or "", "akhir": row.end_year or ""}
    over = row.state in (row.State.CONFIRMED, row.State.DROPPED)
    context = {
        "row": row,
        "shown": shown,
        "lines": [(line, [year in line["years"] for year in years]) for line in shown.object_list],
        "years": years,
        "gaps": [year for year in years if year not in used],
        "differs": row.printed is not None and row.total is not None and row.printed != row.total,
        "names": {code: line.name for code, line in kegiatan_codes().items()},
        "active": active_rpjmdes(row.village_id) if row.village_id else None,
        "may_read": not over and allows(hat, "hand_in_rpjmdes", row),
        "may_sort": not over and allows(hat, "sort_rpjmdes", row),
        "may_confirm": not over
        and row.state == row.State.READ
        and row.village is not None
        and allows(hat, "edit_rpjmdes", row.village),
        "typed": typed,
        "error": error,
    }
    return render(request, "plans/received_file.html", context, status=status)


@page("plans.hand_in_rpjmdes", of=received_of, methods=("POST",))
def read_again(request: HttpRequest, row: ReceivedRpjmdes) -> HttpResponse:
    """Read a file again from another sheet or for another period."""
    first, last = whole(request.POST.get("awal", "")), whole(request.POST.get("akhir", ""))
    period = (first, last) if 2000 <= first <= last <= 2100 else None
    try:
        services.read_received(
            received_id=row.pk,
            sheet=request.POST.get("lembar", "")[:100],
            period=period,
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return failed(request, row, error)
    return redirect("plans:received_file", row.pk)


@page("plans.sort_rpjmdes", of=received_of, methods=("POST",))
def assign(request: HttpRequest, row: ReceivedRpjmdes) -> HttpResponse:
    """Say whose file it is, by official code or name."""
    text = request.POST.get("desa", "").strip()[:80]
    key = services.village_meant(regency_code=row.regency_id, text=text)
    if not key:
        words = _("Desa “%(read)s” tidak ada di kabupaten ini. Tulis nama atau kodenya.") % {"read": text}
        return file_page(request, row, error=words, status=400)
    try:
        version = whole(request.POST.get("versi", ""))
        services.assign_village(
            received_id=row.pk, village_id=key, version=version, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return failed(request, row, error)
    return redirect("plans:received_file", row.pk)


@page("plans.hand_in_rpjmdes", of=received_of, methods=("POST",))
def drop(request: HttpRequest, row: ReceivedRpjmdes) -> HttpResponse:
    """Set a file aside."""
    try:
        version = whole(request.POST.get("versi", ""))
        services.drop_received(received_id=row.pk, version=version, actor=worn(request), at=clock.now())
    except RembukError as error:
        return failed(request, row, error)
    messages.success(request, _("Berkas tidak dipakai. Ia bisa diserahkan lagi kapan saja."))
    return redirect("plans:received")


@page("plans.confirm_received", of=received_of, methods=("POST",))
def confirm(request: HttpRequest, row: ReceivedRpjmdes) -> HttpResponse:
    """Make what was read the registered RPJM Desa of the village."""
    post = request.POST
    try:
        services.confirm_received(
            received_id=row.pk,
            number=post.get("nomor", ""),
            on=read_day(post.get("tanggal", ""), "perdes_date"),
            start_year=whole(post.get("awal", "")),
            end_year=whole(post.get("akhir", "")),
            vision=post.get("visi", ""),
            version=whole(post.get("versi", "")),
            actor=worn(request),
            at=clock.now(),
        )
    except InputError:
        return file_page(request, row, error=_("Tanggal Perdes tidak terbaca."), status=400)
    except RembukError as error:
        return failed(request, row, error)
    messages.success(request, _("RPJM Desa terdaftar dengan %(count)d kegiatan.") % {"count": row.line_count})
    return redirect("plans:rpjmdes", row.village_id)


def failed(request: HttpRequest, row: ReceivedRpjmdes, error: RembukError) -> HttpResponse:
    if error.status == 403:
        return refusal(request, error)
    return file_page(request, received_of(row.pk), error=worded(error), status=error.status)
