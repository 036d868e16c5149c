"""The bank of questions: topics with their sets, one set, import and export by sheet, what comes with the program."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.guidance.competences import TOPICS
from rembuk.core.guidance.items import COLUMNS, Item, cells_of, judge_items, shipped_items
from rembuk.guidance.training import queries, services
from rembuk.guidance.training.models import ItemSet
from rembuk.guidance.training.permissions import allows
from rembuk.guidance.training.sheets import lines_of
from rembuk.guidance.training.views.finding import set_of, sheet, told
from rembuk.shared import clock
from rembuk.shared.sheets import LIMITS, open_sheets
from rembuk.shared.web import page, refusal, worn
from rembuk.shared.wording import sentence

SALT = "rembuk.training.items"
AN_HOUR = 3600


@page("training.bank")
def bank(request: HttpRequest) -> HttpResponse:
    """Every topic with its sets; one without questions says so."""
    hat = worn(request)
    sets = list(queries.sets_of(hat.place.regency))
    rows = [(topic, words, [one for one in sets if one.topic == topic]) for topic, words in TOPICS.items()]
    shipped = sorted({item.topic for item in shipped_items()}, key=lambda topic: int(topic[1:]))
    context = {
        "rows": rows,
        "shipped": shipped,
        "may_edit": allows(hat, "edit_bank", hat),
        "loaded": any(one.shipped for one in sets),
    }
    return render(request, "training/bank.html", context)


@page("training.bank", of=set_of)
def item_set(request: HttpRequest, found: ItemSet) -> HttpResponse:
    """The questions of one set with their keys."""
    items = [(item, list(zip("ABCD", item.options, strict=True))) for item in found.items.order_by("number")]
    return render(request, "training/set.html", {"set": found, "items": items, "topic": TOPICS[found.topic]})


@page("training.bank")
def export(request: HttpRequest) -> HttpResponse:
    """The newest version of every set in the columns of the import; an empty bank gives the template."""
    rows: list[list[Any]] = []
    for one in queries.newest_sets(worn(request).place.regency):
        for item in one.items.order_by("number"):
            a, b, c, d = item.options
            value = Item(
                one.topic, one.form, item.number, item.question, (a, b, c, d), item.key, item.article, item.note
            )
            rows.append(list(cells_of(value)))
    return sheet(request, "bank-soal", list(COLUMNS), rows)


@page("training.edit_bank", methods=("POST",))
def load(request: HttpRequest) -> HttpResponse:
    """Load the questions that come with the program."""
    try:
        sets = services.load_shipped(actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("%(count)s paket soal contoh dimuat; belum disahkan DPMD.") % {"count": len(sets)})
    return redirect("training:bank")


@page("training.edit_bank", methods=("GET", "POST"))
def upload(request: HttpRequest) -> HttpResponse:
    """Questions from a sheet: read and judged first, written when the reader says so."""
    if request.method == "GET":
        return render(request, "training/bank_import.html", {"columns": COLUMNS})
    if "siap" in request.POST:
        return written(request)
    file = request.FILES.get("berkas")
    try:
        if file is None:
            raise BadInputError("file-empty")
        table = open_sheets(bytes(file.read(LIMITS.file_bytes + 1)), file.name or "soal.xlsx").table()
        judged = judge_items(lines_of(table, COLUMNS, ("topik", "bentuk", "nomor", "soal", "kunci"), "items-columns"))
    except BadInputError as error:
        return render(request, "training/bank_import.html", {"columns": COLUMNS, **told(error)}, status=400)
    bundle = signing.dumps([list(cells_of(item)) for item in judged.items], salt=SALT, compress=True)
    troubles = [(one, sentence(BadInputError(one.code))) for one in judged.troubles]
    context = {"columns": COLUMNS, "judged": judged, "troubles": troubles, "bundle": bundle}
    return render(request, "training/bank_import.html", context, status=400 if troubles and not judged.items else 200)


def written(request: HttpRequest) -> HttpResponse:
    """Write what the dry run found good; it comes back signed, so nobody can slip a question in."""
    try:
        rows = signing.loads(request.POST["siap"], salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature:
        words = _("Hasil pemeriksaan sudah lebih dari satu jam atau berubah. Unggah berkasnya lagi.")
        return render(request, "training/bank_import.html", {"columns": COLUMNS, "error": words}, status=400)
    cells = [(number, dict(zip(COLUMNS, map(str, row), strict=True))) for number, row in enumerate(rows, start=2)]
    items = judge_items(cells).items
    try:
        sets = services.keep_items(items=items, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    words = _("%(items)s soal tersimpan dalam %(sets)s paket.") % {"items": len(items), "sets": len(sets)}
    messages.success(request, words)
    return redirect("training:bank")
