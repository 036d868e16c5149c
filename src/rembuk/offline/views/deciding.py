"""One envelope: where it stands and why; for those who decide, both versions side by side."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.core.errors import RembukError
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.deliberation.values import ALL_ELEMENTS
from rembuk.offline import services
from rembuk.offline.labels import CHOICES, FLAGS, KIND_NAMES, STATE_CHIPS
from rembuk.offline.models import Envelope
from rembuk.offline.permissions import allows
from rembuk.offline.services import LaidOut
from rembuk.offline.views.finding import envelope_of
from rembuk.offline.views.office import tabs
from rembuk.shared import clock
from rembuk.shared.templatetags.rembuk import waktu
from rembuk.shared.web import page, worn
from rembuk.shared.wording import sentence


@page("offline.read", of=envelope_of)
def envelope(request: HttpRequest, row: Envelope) -> HttpResponse:
    """Where one envelope stands; what is in it only for those who decide."""
    return shown(request, row)


def shown(
    request: HttpRequest, row: Envelope, typed: Mapping[str, str] | None = None, error: RembukError | None = None
) -> HttpResponse:
    """Render the page, with what was typed and why it was refused."""
    at = clock.now()
    may_decide = allows(worn(request), "decide", row)
    laid = services.laid_out(row, at) if may_decide else LaidOut()
    decider = Person.objects.filter(pk=row.decided_by).first() if row.decided_by else None
    context = {
        **tabs(request, "kiriman"),
        "row": row,
        "kind": KIND_NAMES.get(row.kind, row.kind or _("tidak terbaca")),
        "state": row.get_state_display(),
        "chip": STATE_CHIPS[row.state],
        "flags": [FLAGS[flag] for flag in row.flags if flag in FLAGS],
        "reasons": row.message.splitlines(),
        "days": (at - row.received_at).days,
        "parts": row.parts.order_by("order") if row.state == Envelope.State.WAITING else (),
        "may_decide": may_decide,
        "laid": laid,
        "lines": [(line.label, plain(line.mine), plain(line.theirs), line.differs) for line in laid.lines],
        "different": sum(line.differs for line in laid.lines),
        "choices": [(choice, told(choice, laid)) for choice in laid.choices],
        "decider": decider,
        "decision": CHOICES.get(row.decision, row.decision),
        "typed": typed or {},
        "error": sentence(error) if error else "",
        "findings": getattr(error, "findings", ()),
    }
    return render(request, "offline/envelope.html", context, status=error.status if error else 200)


def told(choice: str, laid: LaidOut) -> str:
    """Return what a choice means, in words for the person who chooses."""
    match choice:
        case "join":
            return _("Gabungkan dengan musyawarah kantor di bawah ini")
        case "mine" if laid.meetings:
            return _("Catat sebagai musyawarah lain pada hari itu")
        case "mine" if laid.meets:
            return _("Pakai isi dari lapangan")
        case "mine":
            return _("Coba masukkan lagi atas nama pengirim")
        case "theirs":
            return _("Pakai isi yang di kantor; kiriman ini disisihkan")
        case "apply":
            return _("Masukkan atas nama saya, dengan alasan")
        case "release":
            return _("Periksa isinya: perangkatnya dicabut, catatannya mungkin benar")
        case _:
            return _("Sisihkan, dengan alasan; kirimannya tetap tersimpan")


def plain(value: Any) -> str:
    """Return a value as people read it."""
    if value is None or value in ("", (), []):
        return "–"
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, datetime):
        return waktu(value)
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, Mapping):
        return "; ".join(str(item) for item in value.values() if item not in (None, ""))
    if isinstance(value, (list, tuple)):
        return "\n".join(plain(item) for item in value)
    text = str(value)
    return str(ALL_ELEMENTS.get(text) or (MEETING_KINDS[text].title if text in MEETING_KINDS else text))


@page("offline.decide", of=envelope_of, methods=("POST",))
def decide(request: HttpRequest, row: Envelope) -> HttpResponse:
    """Decide one envelope; a refusal shows the page again with what was typed."""
    typed = {name: request.POST.get(name, "") for name in ("pilihan", "alasan", "musyawarah")}
    try:
        target = UUID(typed["musyawarah"]) if typed["musyawarah"] else None
    except ValueError:
        target = None
    try:
        services.decide_review(
            row_id=row.pk,
            choice=typed["pilihan"],
            reason=typed["alasan"],
            target=target,
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return shown(request, row, typed, error)
    messages.success(request, _("Keputusan disimpan: kiriman %(what)s.") % {"what": CHOICES[typed["pilihan"]]})
    return redirect("offline:envelope", envelope_id=row.pk)
