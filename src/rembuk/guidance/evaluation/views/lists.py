"""The queue of a desk and the drafts of a village: filters in the address, counts, pages, export."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.accounts.standing_in import standing_in
from rembuk.core.guidance.desk_states import OPEN, DeskState
from rembuk.core.hat import Hat, Role
from rembuk.guidance.evaluation import queries
from rembuk.guidance.evaluation.labels import KINDS, RESULT_CHIPS, RESULTS, STATE_CHIPS, STATES
from rembuk.guidance.evaluation.models import Review
from rembuk.guidance.evaluation.permissions import allows
from rembuk.guidance.evaluation.standards import Clocks
from rembuk.guidance.evaluation.subjects import kinds_of
from rembuk.shared import clock
from rembuk.shared.files import XLSX
from rembuk.shared.sheets import csv_bytes, xlsx_bytes
from rembuk.shared.web import page, worn

PER_PAGE = 50
MOST_EXPORTED = 5_000
WAITING = "menunggu"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the address."""

    search: str
    checks: str
    state: str
    year: str
    desk: str

    def narrowed(self, rows: "QuerySet[Review]") -> "QuerySet[Review]":
        """Return the rows that every filter but the state keeps."""
        if self.search:
            names = Q(village__name__icontains=self.search) | Q(village__district__name__icontains=self.search)
            rows = rows.filter(names | Q(register_number__icontains=self.search))
        if self.checks:
            rows = rows.filter(checks=self.checks)
        if self.year:
            rows = rows.filter(submitted_at__year=int(self.year))
        return rows.filter(at_regency=self.desk == "dpmd") if self.desk else rows

    def kept(self, rows: "QuerySet[Review]") -> "QuerySet[Review]":
        """Return the rows in the state that is asked for; what waits comes oldest first."""
        if self.state == WAITING:
            return rows.filter(state__in=[state.value for state in OPEN]).order_by("submitted_at", "id")
        if self.state in RESULTS:
            return rows.filter(state=DeskState.RESULT_SIGNED.value, result=self.state)
        return rows.filter(state=self.state) if self.state else rows


def wanted_of(request: HttpRequest) -> Wanted:
    get = request.GET
    checks, state, year, desk = (get.get(name, "") for name in ("jenis", "keadaan", "tahun", "meja"))
    known = state == WAITING or state in STATES or state in RESULTS
    return Wanted(
        get.get("cari", "").strip()[:60],
        checks if checks in KINDS else "",
        state if known else "",
        year if year.isascii() and year.isdigit() and len(year) == 4 else "",
        desk if desk in ("kecamatan", "dpmd") else "",
    )


@page("evaluation.list")
def index(request: HttpRequest) -> HttpResponse:
    """The drafts at the desks of the hat's place; as a sheet with ``?bentuk=xlsx`` or ``csv``."""
    hat, wanted = worn(request), wanted_of(request)
    seen = queries.newest_rounds(queries.reviews_seen_by(hat))
    narrowed = wanted.narrowed(seen)
    rows = wanted.kept(narrowed)
    if request.GET.get("bentuk") in ("xlsx", "csv"):
        return exported(list(rows[:MOST_EXPORTED]), request.GET["bentuk"])
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    today = clock.today()
    context: dict[str, Any] = {
        "page": shown,
        "count": shown.paginator.count,
        "rows": lines_of(list(shown.object_list), today),
        "wanted": wanted,
        "states": states_of(narrowed),
        "kinds": KINDS,
        "years": [str(number) for number in range(today.year + 1, today.year - 5, -1)],
        "in_village": bool(hat.place.village),
        "offers": offers_of(hat) if hat.place.village else [],
        "stand_in": standing_in(Role.PTP, hat.place, today) if hat.place.district and not hat.place.village else None,
        "query": request.GET.urlencode(),
    }
    return render(request, "evaluation/list.html", context)


def states_of(rows: "QuerySet[Review]") -> list[tuple[str, Any, int]]:
    """Return every state with its name and how many rows are in it. One query."""
    found = {row["state"]: row["n"] for row in rows.order_by().values("state").annotate(n=Count("id"))}
    waiting = sum(found.get(state.value, 0) for state in OPEN)
    return [(WAITING, _("semua yang berjalan"), waiting)] + [
        (state, words, found.get(state, 0)) for state, words in STATES.items()
    ]


def lines_of(rows: Sequence[Review], today: date) -> list[dict[str, Any]]:
    """Return what the table shows of each review. Two queries for one regency."""
    clocks = Clocks(today)
    notes = queries.note_counts([row.pk for row in rows])
    return [
        {
            "review": row,
            "kind": KINDS[row.checks],
            "state": RESULTS[row.result] if row.signed else STATES[row.state],
            "chip": RESULT_CHIPS[row.result] if row.signed else STATE_CHIPS[row.state],
            "clock": clocks.of(row),
            "notes": notes.get(row.pk, 0) if row.signed else None,
        }
        for row in rows
    ]


def offers_of(hat: Hat) -> list[dict[str, Any]]:
    """Return the open cycles of a village with what can be handed in, and its self-check. One query."""
    found = []
    for cycle in queries.open_cycles(hat):
        if not allows(hat, "submit", cycle) and not allows(hat, "read_self_check", cycle):
            continue
        kinds = [(checks.removeprefix("EV-").lower(), KINDS[checks]) for checks in kinds_of(cycle)]
        found.append(
            {
                "cycle": cycle,
                "kinds": kinds if allows(hat, "submit", cycle) else [],
                "self_check": cycle.kind == cycle.Kind.RKP and allows(hat, "read_self_check", cycle),
            }
        )
    return found


HEADER = (
    "kode_desa", "desa", "kecamatan", "dokumen", "tahun", "putaran", "keadaan", "hasil", "meja", "nomor_register",
    "tanggal_register", "paling_lambat", "hari_kerja", "dasar_hari", "penilai", "catatan", "nomor_surat",
    "tanggal_surat", "penanda_tangan",
)  # fmt: skip


def exported(rows: Sequence[Review], form: str) -> HttpResponse:
    """Return the filtered queue as a sheet."""
    lines = lines_of(rows, clock.today())
    cells = [cells_of(line) for line in lines]
    data = xlsx_bytes([("Evaluasi", HEADER, cells)]) if form == "xlsx" else csv_bytes(HEADER, cells)
    response = HttpResponse(data, content_type=XLSX if form == "xlsx" else "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="evaluasi-dokumen.{form}"'
    return response


def cells_of(line: dict[str, Any]) -> tuple[str | int | None, ...]:
    row: Review = line["review"]
    ticking = line["clock"]
    basis = ("undang-undang" if ticking.by_law else "standar layanan") if ticking is not None else ""
    return (
        row.village_id,
        row.village.name,
        row.village.district.name,
        str(line["kind"]),
        row.year_words,
        row.round,
        str(STATES[row.state]),
        str(RESULTS.get(row.result, "")) if row.signed else "",
        "DPMD" if row.at_regency else "kecamatan",
        row.register_number,
        row.registered_date.isoformat() if row.registered_date else "",
        ticking.due.isoformat() if ticking is not None else "",
        ticking.used if ticking is not None else None,
        basis,
        row.evaluator_name,
        line["notes"],
        row.letter_number,
        row.letter_date.isoformat() if row.letter_date else "",
        row.signer_name,
    )
