"""What the villages of a season ask: the list with its filters and sheet, and the form of one."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.guidance.season import queries, services
from rembuk.guidance.season.filters import filter_wishes, read_wishes
from rembuk.guidance.season.labels import WEEKDAYS
from rembuk.guidance.season.models import Season, Wish
from rembuk.guidance.season.services import WishValues
from rembuk.guidance.season.views.finding import season_of, seen, sheet, shown, tabs, wish_of
from rembuk.guidance.season.views.seasons import closed_text
from rembuk.shared import clock
from rembuk.shared.web import page, worn

PER_PAGE = 50
FIELDS = {
    "skill": "bahasa",
    "speaker": "narasumber",
    "market": "pasar",
    "earliest": "paling-awal",
    "earliest_reason": "alasan-awal",
    "preferred": "diminta",
    "priority": "prioritas",
    "minutes": "lama",
    "fixed_team": "tim-tetap",
    "fixed_date": "tanggal-tetap",
    "closed": "tutup",
}


@page("season.setup", of=season_of)
def index(request: HttpRequest, found: Season) -> HttpResponse:
    """The villages of a season and what each asks."""
    asked_for = read_wishes(request.GET)
    rows = Paginator(filter_wishes(queries.wishes_of(found), asked_for), PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        **tabs(worn(request), found, "desa"),
        "page": rows,
        "count": rows.paginator.count,
        "rows": [(wish, asked(wish)) for wish in rows.object_list],
        "districts": queries.districts_of(found),
        "asked": asked_for,
        "asks": asks_in_words(),
    }
    return shown(request, "season/villages.html", context)


def asks_in_words() -> list[tuple[str, str]]:
    return [
        ("narasumber", _("narasumber")),
        ("bahasa", _("bahasa daerah")),
        ("tetap", _("jadwal tetap")),
        ("tutup", _("hari tertutup")),
    ]


def asked(wish: Wish) -> list[str]:
    """Return what a village asks in short words."""
    found = []
    if wish.fixed_team and wish.fixed_date:
        found.append(
            _("tetap: %(team)s, %(day)s") % {"team": wish.fixed_team.name, "day": f"{wish.fixed_date:%d-%m-%Y}"}
        )
    if wish.earliest:
        found.append(_("mulai %(day)s") % {"day": f"{wish.earliest:%d-%m-%Y}"})
    if wish.market is not None:
        found.append(_("pasar %(day)s") % {"day": WEEKDAYS[wish.market]})
    if wish.skill:
        found.append(_("bahasa %(skill)s") % {"skill": wish.skill})
    if wish.speaker:
        found.append(wish.speaker.name)
    closed = len(wish.closed_days.all())
    return [*found, _("%(count)s hari tertutup") % {"count": closed}] if closed else found


@page("season.setup", of=season_of)
def export(request: HttpRequest, found: Season) -> HttpResponse:
    """The shown villages as a sheet."""
    head = [
        *(_("Kode"), _("Desa"), _("Kecamatan"), _("Bahasa"), _("Narasumber"), _("Hari pasar"), _("Paling awal")),
        *(_("Hari diminta"), _("Prioritas"), _("Lama (menit)"), _("Tim tetap"), _("Tanggal tetap"), _("Hari tertutup")),
    ]
    lines = [
        (
            wish.village.code,
            wish.village.name,
            wish.village.district.name,
            wish.skill,
            wish.speaker.name if wish.speaker else "",
            "" if wish.market is None else str(WEEKDAYS[wish.market]),
            wish.earliest.isoformat() if wish.earliest else "",
            ", ".join(wish.preferred),
            wish.priority,
            wish.minutes,
            wish.fixed_team.name if wish.fixed_team else "",
            wish.fixed_date.isoformat() if wish.fixed_date else "",
            closed_text(wish.closed_days.all()),
        )
        for wish in filter_wishes(queries.wishes_of(found), read_wishes(request.GET))
    ]
    return sheet(request, "desa-musim", _("Desa"), head, lines)


@page("season.setup", of=wish_of, methods=("GET", "POST"))
def edit(request: HttpRequest, wish: Wish) -> HttpResponse:
    """What one village asks."""
    if request.method == "GET":
        return form(request, wish, typed_of(wish))
    values = WishValues(**{name: request.POST.get(field, "") for name, field in FIELDS.items()})
    try:
        services.save_wish(wish_id=wish.pk, values=values, actor=worn(request), at=clock.now(), version=seen(request))
    except RembukError as error:
        return form(request, wish, request.POST.dict(), error)
    messages.success(request, _("Permintaan %(village)s tersimpan.") % {"village": wish.village.name})
    return redirect("season:villages", season_id=wish.season_id)


def typed_of(wish: Wish) -> dict[str, str]:
    """Return a stored wish as its form shows it."""

    def text(value: object) -> str:
        return "" if value is None else str(value)

    return {
        "bahasa": wish.skill,
        "narasumber": text(wish.speaker_id),
        "pasar": text(wish.market),
        "paling-awal": text(wish.earliest),
        "alasan-awal": wish.earliest_reason,
        "diminta": "\n".join(wish.preferred),
        "prioritas": text(wish.priority),
        "lama": text(wish.minutes),
        "tim-tetap": text(wish.fixed_team_id),
        "tanggal-tetap": text(wish.fixed_date),
        "tutup": closed_text(wish.closed_days.all()),
    }


def form(request: HttpRequest, wish: Wish, typed: Mapping[str, Any], error: RembukError | None = None) -> HttpResponse:
    context = {
        **tabs(worn(request), wish.season, "desa"),
        "wish": wish,
        "typed": {field.replace("-", "_"): typed.get(field, "") for field in FIELDS.values()},
        "speakers": wish.season.speakers.all(),
        "teams": wish.season.teams.all(),
        "weekdays": [(str(number), words) for number, words in WEEKDAYS.items()],
    }
    return shown(request, "season/wish.html", context, error)
