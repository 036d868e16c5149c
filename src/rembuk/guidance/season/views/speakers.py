"""The speakers of a season: the list with its sheet, and the form of one."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.guidance.season import queries, services
from rembuk.guidance.season.filters import filter_speakers, read_speakers
from rembuk.guidance.season.models import Season, Speaker
from rembuk.guidance.season.services import SpeakerValues
from rembuk.guidance.season.views.finding import key_of, season_of, seen, sheet, shown, speaker_of, tabs, uuid_in
from rembuk.guidance.season.views.seasons import closed_text
from rembuk.shared import clock
from rembuk.shared.web import page, worn

PER_PAGE = 40


@page("season.setup", of=season_of)
def index(request: HttpRequest, found: Season) -> HttpResponse:
    """The speakers and how many villages wait for each."""
    asked = read_speakers(request.GET)
    rows = Paginator(filter_speakers(queries.speakers_of(found), asked), PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        **tabs(worn(request), found, "narasumber"),
        "asked": asked,
        "page": rows,
        "count": rows.paginator.count,
        "speakers": rows.object_list,
        "ways": [("datang", _("datang")), ("jauh", _("telepon atau video"))],
    }
    return shown(request, "season/speakers.html", context)


@page("season.setup", of=season_of)
def export(request: HttpRequest, found: Season) -> HttpResponse:
    """The shown speakers as a sheet."""
    head = [
        *(_("Nama"), _("L/P"), _("Pangkalan"), _("Cara hadir"), _("Berakun")),
        *(_("Desa yang meminta"), _("Hari tidak dapat hadir")),
    ]
    rows = filter_speakers(queries.speakers_of(found), read_speakers(request.GET)).prefetch_related("closed_days")
    lines = [
        (
            one.name,
            one.sex,
            one.base,
            _("telepon atau video") if one.remote else _("datang"),
            _("ya") if one.person_id else _("tidak"),
            one.wish_count,  # type: ignore[attr-defined]
            closed_text(one.closed_days.all()),
        )
        for one in rows
    ]
    return sheet(request, "narasumber-musim", _("Narasumber"), head, lines)


@page("season.setup", of=season_of, methods=("GET", "POST"))
def new_speaker(request: HttpRequest, found: Season) -> HttpResponse:
    """A new speaker."""
    if request.method == "GET":
        return speaker_form(request, found, {"pangkalan": found.seat})
    return save_speaker(request, found, None)


@page("season.setup", of=speaker_of, methods=("GET", "POST"))
def speaker(request: HttpRequest, found: Speaker) -> HttpResponse:
    """A speaker, to be changed."""
    if request.method == "GET":
        typed = {
            "nama": "" if found.person_id else found.name,
            "jk": found.sex,
            "pangkalan": found.base,
            "jauh": "ya" if found.remote else "",
            "orang": str(found.person_id or ""),
            "tutup": closed_text(found.closed_days.all()),
        }
        return speaker_form(request, found.season, typed, found)
    return save_speaker(request, found.season, found)


def save_speaker(request: HttpRequest, found: Season, there: Speaker | None) -> HttpResponse:
    post = request.POST
    values = SpeakerValues(
        name=post.get("nama", ""),
        sex=post.get("jk", ""),
        base=post.get("pangkalan", ""),
        remote=post.get("jauh") == "ya",
        closed=post.get("tutup", ""),
        person_id=uuid_in(post.get("orang", "")),
    )
    try:
        key = there.pk if there else key_of(request)
        made = services.save_speaker(
            season_id=found.pk,
            speaker_id=key,
            values=values,
            actor=worn(request),
            at=clock.now(),
            version=seen(request),
        )
    except RembukError as error:
        return speaker_form(request, found, post.dict(), there, error)
    messages.success(request, _("%(name)s tersimpan.") % {"name": made.name})
    return redirect("season:speakers", season_id=found.pk)


def speaker_form(
    request: HttpRequest,
    found: Season,
    typed: Mapping[str, Any],
    there: Speaker | None = None,
    error: RembukError | None = None,
) -> HttpResponse:
    accounts = [(str(row.person_id), row) for row in queries.accounts_for(found)]
    gone = there is not None and there.person_id and str(there.person_id) not in dict(accounts)
    context = {
        **tabs(worn(request), found, "narasumber"),
        "speaker": there,
        "typed": typed,
        "key": typed.get("kunci") or str(uuid4()),
        "accounts": accounts,
        "gone": there.person if there is not None and gone else None,
    }
    return shown(request, "season/speaker.html", context, error)


@page("season.setup", of=speaker_of, methods=("POST",))
def remove_speaker(request: HttpRequest, found: Speaker) -> HttpResponse:
    """Take a speaker out of the season; villages hold their forum without one."""
    services.remove_speaker(season_id=found.season_id, speaker_id=found.pk, actor=worn(request), at=clock.now())
    messages.success(request, _("%(name)s dikeluarkan dari musim ini.") % {"name": found.name})
    return redirect("season:speakers", season_id=found.season_id)
