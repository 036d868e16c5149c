"""Activities out of a sheet: judged row by row, shown, then kept; nothing is written before somebody has looked."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RembukError
from rembuk.guidance.programme import queries, services
from rembuk.guidance.programme.labels import KINDS
from rembuk.guidance.programme.models import GuidancePlan
from rembuk.guidance.programme.services import ActivityValues, ImportedActivity, MoneyValues
from rembuk.guidance.programme.sheets import COLUMNS, EXAMPLE, judge, lines_of
from rembuk.guidance.programme.views.finding import plan_of, sheet, told
from rembuk.shared import clock
from rembuk.shared.sheets import LIMITS, open_sheets
from rembuk.shared.web import page, worn
from rembuk.shared.wording import sentence

SALT, AN_HOUR = "programme.import", 3600


@page("programme.edit", of=plan_of, methods=("GET", "POST"))
def upload(request: HttpRequest, found: GuidancePlan) -> HttpResponse:
    """Take activities in from XLSX or CSV."""
    if request.method == "GET":
        return shown(request, found, {})
    if "siap" in request.POST:
        return kept(request, found)
    file = request.FILES.get("berkas")
    try:
        if file is None:
            raise BadInputError("file-empty")
        table = open_sheets(bytes(file.read(LIMITS.file_bytes + 1)), file.name or "kegiatan.xlsx").table()
        rows = lines_of(table)
    except BadInputError as error:
        return shown(request, found, told(error), error.status)
    roles, people = queries.owner_choices(found.place, clock.today())
    good, troubles = judge(rows, queries.villages_of(found.regency_id), [*roles, *people], found.year)
    bundle = signing.dumps([packed(row) for row in good], salt=f"{SALT}:{found.pk}", compress=True)
    more = {
        "good": [(row, KINDS[row.values.kind], len(row.villages)) for row in good],
        "troubles": [(one, sentence(one.error)) for one in troubles],
        "bundle": bundle,
        "judged": True,
    }
    return shown(request, found, more)


def packed(row: ImportedActivity) -> list[Any]:
    values = row.values
    money = [[line.source, line.amount, line.note] for line in values.money]
    head = [values.kind, values.title, values.purpose, values.owner, values.start, values.end]
    return [*head, money, list(row.villages), row.key_text]


def unpacked(row: list[Any]) -> ImportedActivity:
    kind, title, purpose, owner, start, end, money, villages, key_text = row
    values = ActivityValues(
        kind=kind,
        title=title,
        purpose=purpose,
        owner=owner,
        start=start,
        end=end,
        money=tuple(MoneyValues(*line) for line in money),
    )
    return ImportedActivity(values, tuple(villages), key_text)


def kept(request: HttpRequest, found: GuidancePlan) -> HttpResponse:
    try:
        bundle = signing.loads(request.POST["siap"], salt=f"{SALT}:{found.pk}", max_age=AN_HOUR)
        rows = [unpacked(row) for row in bundle]
    except signing.BadSignature:
        words = _("Hasil pemeriksaan sudah lebih dari satu jam atau berubah. Unggah berkasnya lagi.")
        return shown(request, found, {"error": words}, 400)
    try:
        fresh, there = services.keep_activities(plan_id=found.pk, rows=rows, actor=worn(request), at=clock.now())
    except RembukError as error:
        return shown(request, found, told(error), error.status)
    messages.success(
        request, _("%(fresh)s kegiatan baru tersimpan, %(there)s sudah ada.") % {"fresh": fresh, "there": there}
    )
    return redirect("programme:plan", found.pk)


def shown(request: HttpRequest, found: GuidancePlan, more: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {"plan": found, "columns": COLUMNS, "kinds": KINDS.values(), **more}
    return render(request, "programme/import.html", context, status=status)


@page("programme.edit", of=plan_of)
def template(request: HttpRequest, found: GuidancePlan) -> HttpResponse:
    """The empty sheet with one example row."""
    example = [cell.replace("2026", str(found.year)) for cell in EXAMPLE]
    return sheet(request, f"templat-kegiatan-{found.year}", COLUMNS, [example])
