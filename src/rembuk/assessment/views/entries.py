"""One problem or potential, whatever tool found it: write it, correct it, take it away; the two inventories."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rembuk.assessment import services
from rembuk.assessment.labels import FIELDS, KINDS, TOOLS
from rembuk.assessment.models import Assessment, Entry
from rembuk.assessment.queries import inventory
from rembuk.assessment.services import EntryValues
from rembuk.assessment.views.common import (
    address,
    assessment_of,
    attempt,
    done,
    entry_of,
    hamlets_of,
    key_of,
    percent_of,
    show,
    some_key,
    whole,
)
from rembuk.core.errors import StaleError
from rembuk.core.hat import Place
from rembuk.shared import clock
from rembuk.shared.sheets import csv_bytes, xlsx_bytes
from rembuk.shared.web import page, worn

PER_PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOTH = ("problem", "potential")


def values_of(post: QueryDict, before: Entry | None = None) -> EntryValues:
    """Read the form of an entry. Raises: BadInputError for a place on the sheet that is no number."""
    return EntryValues(
        tool=before.tool if before is not None else post.get("alat", ""),
        kind=post.get("jenis", ""),
        text=post.get("isi", ""),
        location=post.get("lokasi", ""),
        hamlet_id=some_key(post.get("dusun", "")),
        sketch_id=some_key(post.get("sketsa", "")),
        x=percent_of(post.get("dari_kiri", "")),
        y=percent_of(post.get("dari_atas", "")),
        institution_id=some_key(post.get("lembaga", "")),
        marks=tuple(before.marks) if before is not None else (0,) * 12 if post.get("alat") == "seasons" else (),
    )


def page_of(request: HttpRequest, entry: Entry) -> str:
    """Return the page of the tool that the entry stands on."""
    if entry.sketch_id is not None:
        return address(request, "sketch", entry.sketch_id)
    route = {"sketch": "sketches", "seasons": "seasons", "institutions": "institutions", "tree": "trees"}[entry.tool]
    return address(request, route, entry.assessment_id)


@page("assessment.fill", of=assessment_of, methods=("POST",))
def add(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Write a new entry. The key in the form makes a double send harmless."""
    post, hat, at = request.POST, worn(request), clock.now()
    key = key_of(post.get("kunci", ""))
    made: list[Entry] = []

    def act() -> None:
        made.append(
            services.put_entry(entry_id=key, assessment_id=assessment.id, values=values_of(post), actor=hat, at=at)
        )

    refused, status = attempt(request, act, _("Tercatat."))
    if refused:
        return edit_page(request, assessment, None, refused, status)
    return redirect(page_of(request, made[0]))


@page("assessment.fill", of=entry_of, methods=("GET", "POST"))
def edit(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Correct an entry; two who correct at once see what the first wrote."""
    if request.method == "GET":
        return edit_page(request, entry.assessment, entry)
    post, hat, at = request.POST, worn(request), clock.now()
    newer = False

    def act() -> None:
        nonlocal newer
        try:
            services.put_entry(
                entry_id=entry.id,
                assessment_id=entry.assessment_id,
                values=values_of(post, entry),
                version=whole(post.get("versi", "")),
                actor=hat,
                at=at,
            )
        except StaleError:
            newer = True
            raise

    refused, status = attempt(request, act, _("Perubahan tersimpan."))
    if refused:
        return edit_page(request, entry.assessment, entry, refused, status, newer=newer)
    return redirect(page_of(request, entry))


def edit_page(
    request: HttpRequest,
    assessment: Assessment,
    entry: Entry | None,
    refused: str = "",
    status: int = 200,
    *,
    newer: bool = False,
) -> HttpResponse:
    post = request.POST
    posted = request.method == "POST"
    tool = entry.tool if entry is not None else post.get("alat", "sketch")
    kinds = KINDS.items() if tool == "seasons" else [(code, words) for code, words in KINDS.items() if code in BOTH]
    context = {
        "entry": entry,
        "typed": post if posted else typed_of(entry),
        "tool": tool,
        "kinds": kinds,
        "hamlets": hamlets_of(assessment),
        "sketches": list(assessment.sketches.all()) if tool == "sketch" else [],
        "institutions": list(assessment.institutions.all()) if tool == "institutions" else [],
        "version": entry.version if entry is not None and (newer or not posted) else post.get("versi", 0),
        "key": post.get("kunci", ""),
        "theirs": entry if newer else None,
        "refused": refused,
        "back": page_of(request, entry) if entry is not None else address(request, "detail", assessment.id),
    }
    return show(request, "entry.html", assessment, context, status=status)


def typed_of(entry: Entry | None) -> dict[str, object]:
    """Return the stored entry by the names of the form."""
    if entry is None:
        return {}
    return {
        "jenis": entry.kind,
        "isi": entry.text,
        "lokasi": entry.location,
        "dusun": str(entry.hamlet_id or ""),
        "sketsa": str(entry.sketch_id or ""),
        "lembaga": str(entry.institution_id or ""),
        "dari_kiri": percent_text(entry.x),
        "dari_atas": percent_text(entry.y),
    }


def percent_text(thousandths: int | None) -> str:
    return "" if thousandths is None else f"{thousandths / 10:g}".replace(".", ",")


@page("assessment.fill", of=entry_of, methods=("POST",))
def remove(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Take an entry away."""
    hat, at, back = worn(request), clock.now(), page_of(request, entry)
    return done(
        request, lambda: services.remove_entry(entry_id=entry.id, actor=hat, at=at), _("Catatan dihapus."), back
    )


@dataclass(frozen=True, slots=True)
class Inventory:
    """One of the two inventories of an assessment, as an address names it."""

    assessment: Assessment
    kind: str

    @property
    def place(self) -> Place:
        return self.assessment.place


def inventory_of(assessment_id: UUID, kind: str) -> Inventory:
    """Return an inventory. Raises: ValueError for a kind that has none."""
    if kind not in BOTH:
        raise ValueError(kind)
    return Inventory(assessment_of(assessment_id), kind)


@page("assessment.read", of=inventory_of)
def index(request: HttpRequest, target: Inventory) -> HttpResponse:
    """One inventory, gathered from all tools: search, filter by tool, count, pages, export."""
    words = " ".join(request.GET.get("cari", "").replace("\x00", " ").split())[:60]
    tool = request.GET.get("alat", "")
    rows = inventory(target.assessment, target.kind, tool=tool, words=words)
    if request.GET.get("unduh") in ("csv", "xlsx"):
        return exported(request.GET["unduh"], target, list(rows))
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "kind": target.kind,
        "title": _("Inventaris masalah") if target.kind == "problem" else _("Inventaris potensi"),
        "shown": shown,
        "lines": list(enumerate(shown, start=shown.start_index())),
        "count": shown.paginator.count,
        "tools": TOOLS.items(),
        "tool": tool,
        "tool_names": TOOLS,
        "words": words,
        "fields": FIELDS,
        "export": urlencode({"cari": words, "alat": tool}),
    }
    return show(request, "inventory.html", target.assessment, context)


def exported(form: str, target: Inventory, rows: list[Entry]) -> HttpResponse:
    """Give exactly the filtered rows as a sheet."""
    head = ("nomor", "alat", "lembaga", "isi", "lokasi", "dusun", "bidang", "penyebab")
    lines = [
        (
            *(number, str(TOOLS[row.tool]), row.institution.name if row.institution else "", row.text, row.location),
            *(row.hamlet.name if row.hamlet else "", row.field or "", row.cause),
        )
        for number, row in enumerate(rows, start=1)
    ]
    what = "masalah" if target.kind == "problem" else "potensi"
    name = f"inventaris-{what}-{target.assessment.village.number_prefix}.{form}"
    content = csv_bytes(head, lines) if form == "csv" else xlsx_bytes([("Inventaris", head, lines)])
    response = HttpResponse(content, content_type="text/csv; charset=utf-8" if form == "csv" else XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
