"""The four lists of village data as one form each: usual rows, last time's numbers beside them, rows of one's own."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.assessment import services
from rembuk.assessment.labels import SECTIONS
from rembuk.assessment.models import Assessment, DataRow
from rembuk.assessment.permissions import allows
from rembuk.assessment.queries import assessment_by_key
from rembuk.assessment.services import DataLine
from rembuk.assessment.views.common import (
    address,
    attempt,
    done,
    key_of,
    number_of,
    show,
    some_key,
    whole,
)
from rembuk.core.errors import RembukError, StaleError
from rembuk.core.hat import Place
from rembuk.shared import clock
from rembuk.shared.templatetags.rembuk import angka
from rembuk.shared.web import page, worn
from rembuk.shared.wording import sentence

SPARE_ROWS = 3
SLUGS = {"natural": "alam", "human": "manusia", "development": "pembangunan", "social": "sosial"}
BY_SLUG = {slug: section for section, slug in SLUGS.items()}
CHANGED = {"": None, "ya": True, "tidak": False}


@dataclass(frozen=True, slots=True)
class DataList:
    """One list of one assessment, as an address names it."""

    assessment: Assessment
    section: str

    @property
    def place(self) -> Place:
        return self.assessment.place


def list_of(assessment_id: UUID, section: str) -> DataList:
    """Return a list. Raises: DoesNotExist, Http404 for an unknown one."""
    if section not in SECTIONS:
        raise Http404
    return DataList(assessment_by_key(assessment_id), section)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One line as the form shows it: as stored, or as typed when something was refused."""

    number: int
    key: UUID
    version: int
    name: str
    part: str
    volume: str
    unit: str
    note: str
    changed: str
    before: Decimal | None
    opens_part: bool


@page("assessment.read", of=list_of)
def data(request: HttpRequest, target: DataList) -> HttpResponse:
    """Show one list to read, and to fill in for those who may."""
    return form(request, target)


@page("assessment.fill", of=list_of, methods=("POST",))
def save(request: HttpRequest, target: DataList) -> HttpResponse:
    """Store the list; whatever is refused keeps everything that was typed."""
    try:
        lines, removed = lines_of(request.POST)
        changed = services.save_data(
            assessment_id=target.assessment.id,
            section=target.section,
            lines=lines,
            removed=removed,
            actor=worn(request),
            at=clock.now(),
        )
    except StaleError as error:
        return form(request, target, refused=sentence(error), typed=request.POST, newer=True, status=409)
    except RembukError as error:
        return form(request, target, refused=sentence(error), typed=request.POST, status=error.status)
    words = ngettext("%(count)d baris tersimpan.", "%(count)d baris tersimpan.", changed) % {"count": changed}
    attempt(request, lambda: None, words if changed else _("Tidak ada yang berubah."))
    return redirect(address(request, "data", target.assessment.id, target.section))


def lines_of(post: QueryDict) -> tuple[list[DataLine], list[UUID]]:
    """Read the lines of the form; a new line that holds nothing is left out. Raises: BadInputError with the row."""
    lines, removed = [], []
    for number in range(1, min(whole(post.get("jumlah", "")), 300) + 1):
        key, version = some_key(post.get(f"kunci-{number}", "")), whole(post.get(f"versi-{number}", ""))
        if key is None:
            continue
        if post.get(f"hapus-{number}"):
            removed.append(key)
            continue
        texts = {name: post.get(f"{name}-{number}", "") for name in ("uraian", "volume", "satuan", "ket")}
        if not version and not any(text.strip() for text in texts.values()):
            continue
        lines.append(
            DataLine(
                key,
                version,
                texts["uraian"],
                post.get(f"bagian-{number}", ""),
                number_of(texts["volume"], number),
                texts["satuan"],
                texts["ket"],
                CHANGED.get(post.get(f"berubah-{number}", "")),
            )
        )
    return lines, removed


def form(
    request: HttpRequest,
    target: DataList,
    *,
    refused: str = "",
    typed: QueryDict | None = None,
    newer: bool = False,
    status: int = 200,
) -> HttpResponse:
    assessment, hat = target.assessment, worn(request)
    rows = list(assessment.data.filter(section=target.section).order_by("order", "id"))
    filed = assessment.filed.get(target.section)
    may_fill = not assessment.delivered and allows(hat, "fill", assessment)
    context = {
        "section": target.section,
        "title": SECTIONS[target.section],
        "sections": [
            (code, words, bool(assessment.filed.get(code)), code == target.section) for code, words in SECTIONS.items()
        ],
        "rows": typed_rows(rows, typed, newer) if typed is not None else stored_rows(rows, may_fill),
        "filled": sum(row.volume is not None for row in rows),
        "of": len(rows),
        "filed": date.fromisoformat(filed) if filed else None,
        "may_file": not assessment.delivered and allows(hat, "file", assessment),
        "may_copy": may_fill
        and any(row.before is not None for row in rows)
        and not any(row.volume is not None for row in rows),
        "refused": refused,
        "today": clock.today(),
        "previous": assessment.previous,
    }
    return show(request, "data.html", assessment, context, status=status)


def stored_rows(rows: list[DataRow], may_fill: bool) -> list[ShownRow]:
    shown: list[ShownRow] = []
    part = ""
    for number, row in enumerate(rows, start=1):
        changed = "" if row.changed is None else "ya" if row.changed else "tidak"
        shown.append(
            ShownRow(
                number,
                row.id,
                row.version,
                row.name,
                row.part,
                angka(row.volume),
                row.unit,
                row.note,
                changed,
                row.before,
                bool(row.part) and row.part != part,
            )
        )
        part = row.part
    if may_fill:
        shown += [empty_row(len(rows) + spare, part) for spare in range(1, SPARE_ROWS + 1)]
    return shown


def empty_row(number: int, part: str) -> ShownRow:
    return ShownRow(number, uuid4(), 0, "", part, "", "", "", "", None, False)


def typed_rows(rows: list[DataRow], typed: QueryDict, newer: bool) -> list[ShownRow]:
    """Return the lines as they were typed; newer: with the versions of today, so that a second save overwrites."""
    known = {row.id: row for row in rows}
    shown: list[ShownRow] = []
    part = ""
    for number in range(1, min(whole(typed.get("jumlah", "")), 300) + 1):
        key = key_of(typed.get(f"kunci-{number}", ""))
        row = known.get(key)
        own = typed.get(f"bagian-{number}", "")
        shown.append(
            ShownRow(
                number,
                key,
                row.version if newer and row is not None else whole(typed.get(f"versi-{number}", "")),
                *(typed.get(f"uraian-{number}", ""), own, typed.get(f"volume-{number}", "")),
                *(
                    typed.get(f"satuan-{number}", ""),
                    typed.get(f"ket-{number}", ""),
                    typed.get(f"berubah-{number}", ""),
                ),
                row.before if row is not None else None,
                bool(own) and own != part,
            )
        )
        part = own
    return shown


@page("assessment.fill", of=list_of, methods=("POST",))
def copy(request: HttpRequest, target: DataList) -> HttpResponse:
    """Take last time's numbers over."""
    hat, at = worn(request), clock.now()

    def act() -> object:
        return services.copy_data(assessment_id=target.assessment.id, section=target.section, actor=hat, at=at)

    back = address(request, "data", target.assessment.id, target.section)
    return done(request, act, _("Angka pengkajian sebelumnya disalin. Ubah yang sudah lain."), back)


@page("assessment.file", of=list_of, methods=("POST",))
def file(request: HttpRequest, target: DataList) -> HttpResponse:
    """File the list on a day, or take the filing back."""
    hat, at, today = worn(request), clock.now(), clock.today()
    day = day_of(request.POST.get("tanggal", "")) if request.POST.get("langkah") != "tarik" else None
    if day is None and request.POST.get("langkah") != "tarik":
        day = date.max  # no day was written: the service refuses it with its sentence

    def act() -> None:
        services.file_data(
            assessment_id=target.assessment.id, section=target.section, day=day, today=today, actor=hat, at=at
        )

    told = _("Daftar disahkan.") if day is not None else _("Pengesahan ditarik.")
    return done(request, act, told, address(request, "data", target.assessment.id, target.section))


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
