"""How long the ways are: which table counts, a sheet of legs read in, the estimate asked for."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RembukError
from rembuk.guidance.season import queries, services
from rembuk.guidance.season.models import Season, Water
from rembuk.guidance.season.services.travelling import HEADS
from rembuk.guidance.season.views.finding import season_of, shown, tabs
from rembuk.shared import clock
from rembuk.shared.files import XLSX
from rembuk.shared.sheets import LIMITS, xlsx_bytes
from rembuk.shared.web import page, worn

MOST_TABLES = 20


@page("season.setup", of=season_of, methods=("GET", "POST"))
def travel(request: HttpRequest, found: Season) -> HttpResponse:
    """The tables of travel, newest first; a sheet or the estimate makes another one."""
    if request.method == "GET":
        return form(request, found, {"air": found.water})
    post, hat = request.POST, worn(request)
    try:
        if "perkirakan" in post:
            services.estimate_travel(season=found, water=post.get("air", ""), actor=hat, at=clock.now())
            messages.success(request, _("Waktu tempuh diperkirakan dari koordinat, bukan data lapangan."))
        else:
            content, name = upload_of(request)
            services.import_travel(
                season=found,
                content=content,
                file_name=name,
                source=post.get("sumber", ""),
                water=post.get("air", ""),
                actor=hat,
                at=clock.now(),
            )
            messages.success(request, _("Waktu tempuh tersimpan. Jadwal berikutnya memakainya."))
    except RembukError as error:
        return form(request, found, post.dict(), error)
    return redirect("season:travel", season_id=found.pk)


def upload_of(request: HttpRequest) -> tuple[bytes, str]:
    """Return the bytes and the name of the file sent. Raises: BadInputError."""
    upload = request.FILES.get("berkas")
    if upload is None:
        raise BadInputError("season-no-file")
    if (upload.size or 0) > LIMITS.file_bytes:
        raise BadInputError("season-file-large", limit=LIMITS.file_bytes // 1_000_000)
    return upload.read(), upload.name or "jalan.csv"


def form(
    request: HttpRequest, found: Season, typed: Mapping[str, Any], error: RembukError | None = None
) -> HttpResponse:
    tables = list(queries.travel_tables(found)[:MOST_TABLES])
    newest: dict[str, object] = {}
    for table in tables:
        newest.setdefault(table.water, table.pk)
    context = {
        **tabs(worn(request), found, "perjalanan"),
        "tables": [(table, newest[table.water] == table.pk) for table in tables],
        "typed": typed,
        "waters": Water.choices,
    }
    return shown(request, "season/travel.html", context, error)


@page("season.setup", of=season_of)
def blank(request: HttpRequest, found: Season) -> HttpResponse:
    """An empty sheet of legs with the villages and bases of the season beside it."""
    places = [(wish.village.code, wish.village.name, wish.village.district.name) for wish in queries.wishes_of(found)]
    bases = sorted({team.base for team in found.teams.all()} | {one.base for one in found.speakers.all()})
    names = [*places, *[(base, _("pangkalan"), "") for base in bases]]
    sheets = [(_("jalan"), list(HEADS), []), (_("tempat"), [_("Kode"), _("Nama"), _("Kecamatan")], names)]
    response = HttpResponse(xlsx_bytes(sheets), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="waktu-tempuh-kosong.xlsx"'
    return response
