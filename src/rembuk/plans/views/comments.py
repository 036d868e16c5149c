"""Comments on the draft for the office: the list, one comment with the look and the answer, the window."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.plans import services
from rembuk.plans.comment_board import (
    UNLOOKED,
    WHOLE,
    comment_by_id,
    counts_of,
    is_open,
    listed,
    read_filter,
    subjects_of,
    window_of,
)
from rembuk.plans.comment_labels import COMMENT_CHIPS, COMMENT_STATES
from rembuk.plans.comment_news import text_of_news
from rembuk.plans.labels import FIELDS
from rembuk.plans.models import CommentWindow, DraftComment, RkpdesVersion
from rembuk.plans.permissions import allows
from rembuk.plans.views.finding import plan_of
from rembuk.plans.views.grid import XLSX, download
from rembuk.plans.views.stepping import day_of
from rembuk.proposals.looking import marked
from rembuk.proposals.news import whatsapp_number
from rembuk.proposals.resident_queries import known_in
from rembuk.shared import clock
from rembuk.shared.notices.digest import whatsapp_link
from rembuk.shared.sheets import csv_bytes, xlsx_bytes
from rembuk.shared.web import hat_of, page, refusal, worn
from rembuk.shared.wording import sentence

PAGE_SIZE = 25
CSV = "text/csv; charset=utf-8"


def comment_of(comment_id: UUID) -> DraftComment:
    return comment_by_id(comment_id)


@page("plans.read_comments", of=plan_of)
def comments(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """What residents wrote about the draft, by bidang and activity, with what waits. Nine queries at most."""
    return list_page(request, plan)


def list_page(
    request: HttpRequest, plan: RkpdesVersion, *, error: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    asked, hat, window = read_filter(request.GET), hat_of(request), window_of(plan.id)
    shown = Paginator(listed(plan, asked), PAGE_SIZE).get_page(request.GET.get("hal"))
    context = {
        "plan": plan,
        "window": window,
        "open": window is not None and is_open(window, clock.now()),
        "counts": counts_of(window) if window is not None else None,
        "asked": asked,
        "shown": shown,
        "count": shown.paginator.count,
        "groups": grouped(shown.object_list),
        "states": [*COMMENT_STATES.items(), (UNLOOKED, _("belum dilihat Sekretaris Desa"))],
        "fields": [(number, words) for number, words in FIELDS.items() if number],
        "subjects": [(WHOLE, _("seluruh rancangan")), *subjects_of(plan)] if window is not None else [],
        "today": clock.today(),
        "export": request.GET.urlencode() if request.method == "GET" else "",
        "may_open": allows(hat, "open_comments", plan),
        "error": error,
        "typed": typed,
        "paper": f"plan:{plan.id}",
    }
    return render(request, "plans/comments.html", context, status=status)


def grouped(rows: Iterable[DraftComment]) -> list[tuple[str, list[tuple[DraftComment, Any, str]]]]:
    """Return (bidang, rows) in the order of the list; a row comes with the words and the chip of its state."""
    found: dict[str, list[tuple[DraftComment, Any, str]]] = {}
    for row in rows:
        found.setdefault(group_of(row), []).append((row, COMMENT_STATES[row.state], COMMENT_CHIPS[row.state]))
    return list(found.items())


def group_of(row: DraftComment) -> str:
    if row.subject == WHOLE:
        return _("Seluruh rancangan")
    return str(FIELDS[int(row.activity_code[0]) if row.activity_code[:1] in "12345" and row.activity_code else 0])


@page("plans.read_comments", of=plan_of)
def as_xlsx(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Write exactly the filtered rows: the covered words, never a name."""
    content = xlsx_bytes([(_("Tanggapan warga"), header(), lines_of(listed(plan, read_filter(request.GET))))])
    return download(content, XLSX, plan, "tanggapan.xlsx")


@page("plans.read_comments", of=plan_of)
def as_csv(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """The same rows as plain text."""
    content = csv_bytes(header(), lines_of(listed(plan, read_filter(request.GET))))
    return download(content, CSV, plan, "tanggapan.csv")


def header() -> list[str]:
    return [_("bidang"), _("kode"), _("kegiatan"), _("tanggapan"), _("keadaan"), _("jawaban"), _("masuk")]


def lines_of(rows: Iterable[DraftComment]) -> Iterable[list[str | int | None]]:
    for row in rows:
        words = str(COMMENT_STATES[row.state])
        yield [
            group_of(row), row.activity_code, row.item_name, row.text, words, row.answer, f"{row.came_at:%Y-%m-%d}",
        ]  # fmt: skip


@page("plans.read_comments", of=comment_of)
def comment(request: HttpRequest, row: DraftComment) -> HttpResponse:
    """One comment: as typed with everything personal marked, the words for everyone, the answer."""
    return show(request, row)


def show(
    request: HttpRequest,
    row: DraftComment,
    *,
    look: dict[str, object] | None = None,
    answer: str | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    plan, hat = row.window.plan, hat_of(request)
    may_look, may_answer = allows(hat, "look_comment", row), allows(hat, "answer_comment", row)
    track = request.build_absolute_uri(reverse("proposals:track"))
    told = text_of_news(row, track) if row.state == "answered" and may_answer else ""
    number, link = whatsapp_number(row.contact) if may_answer else "", whatsapp_link(told)
    context = {
        "row": row,
        "plan": plan,
        "state": COMMENT_STATES[row.state],
        "chip": COMMENT_CHIPS[row.state],
        "marked": marked(row.typed, known_in(plan.village), "") if may_look else None,
        "look": look or {"isi": row.text, "tutup": row.closed, "alasan": row.hidden_reason},
        "answer": row.answer if answer is None else answer,
        "may_look": may_look,
        "may_answer": may_answer and row.state in ("shown", "answered"),
        "told": told,
        "whatsapp": link.replace("wa.me/?", f"wa.me/{number}?") if number else link,
        "number": number,
        "today": clock.today(),
        "error": error,
    }
    return render(request, "plans/comment.html", context, status=status)


@page("plans.look_comment", of=comment_of, methods=("POST",))
def look(request: HttpRequest, row: DraftComment) -> HttpResponse:
    """Show a comment, or hide it with a reason; a refusal keeps what was typed."""
    post = request.POST
    hide = bool(post.get("sembunyikan"))
    typed = {"isi": post.get("isi", "")[:10_000], "tutup": bool(post.get("tutup")), "alasan": post.get("alasan", "")}
    if hide and not str(typed["alasan"]).strip():
        words = _("Tulis satu kalimat alasannya; pengirimnya membacanya. Belum ada yang berubah.")
        return show(request, row, look=typed, error=words, status=400)
    try:
        services.look_comment(
            comment_id=row.id,
            text=str(typed["isi"]),
            closed=bool(typed["tutup"]),
            hide_reason=str(typed["alasan"]) if hide else "",
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return show(request, row, look=typed, error=sentence(error), status=error.status)
    messages.success(request, told_of(hide, bool(typed["tutup"])))
    return redirect("plans:comment", row.id)


def told_of(hidden: bool, closed: bool) -> str:
    if hidden:
        return _("Disembunyikan dengan alasan. Tulisannya tersimpan dan pengirimnya membaca alasannya.")
    if closed:
        return _("Sudah dilihat. Tidak tampil untuk umum karena tentang satu orang atau satu rumah.")
    return _("Sudah dilihat dan tampil untuk umum dengan kata-kata tadi.")


@page("plans.answer_comment", of=comment_of, methods=("POST",))
def answer(request: HttpRequest, row: DraftComment) -> HttpResponse:
    """Answer a comment that is shown; a refusal keeps what was typed."""
    typed = request.POST.get("jawaban", "")[:10_000]
    try:
        services.answer_comment(comment_id=row.id, answer=typed, actor=worn(request), at=clock.now())
    except RembukError as error:
        return show(request, row, answer=typed, error=sentence(error), status=error.status)
    messages.success(
        request, _("Jawaban tersimpan. Warga membacanya di halaman rancangan dan lewat kode tanda terima.")
    )
    return redirect("plans:comment", row.id)


@page("plans.open_comments", of=plan_of, methods=("POST",))
def open_window(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Open the draft for comment, or move its last day."""
    try:
        services.open_comments(plan_id=plan.id, last_day=day_of(request, "sampai"), actor=worn(request), at=clock.now())
    except RembukError as error:
        typed = request.POST.get("sampai", "")[:20]
        return list_page(request, plan, error=sentence(error), typed=typed, status=error.status)
    messages.success(request, _("Rancangan terbuka untuk tanggapan. Bagikan alamat halamannya ke grup warga."))
    return redirect("plans:comments", plan.id)


@page("plans.close_comments", of=plan_of, methods=("POST",))
def close_window(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Close before the last day."""
    try:
        window: CommentWindow = services.close_comments(plan_id=plan.id, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Masa tanggapan ditutup. Yang sudah masuk tetap terbaca dan tetap dijawab."))
    return redirect("plans:comments", window.plan_id)
