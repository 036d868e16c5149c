"""What a village or regency has announced, with its day: meetings called, papers signed, plans made law, works done.

Nothing is written for it: each room's own dates tell when something became public.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rembuk.announcements.queries import begun
from rembuk.budgeting.models import Apbdes, ApbdesStep
from rembuk.core.money import format_rupiah
from rembuk.core.workflow.perdes_states import PerdesState
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import called_meetings, public_title
from rembuk.plans.models import RkpdesVersion, Rpjmdes
from rembuk.plans.queries import plan_totals
from rembuk.proposals.public_words import Cover, covers_of
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.works.models import Work
from rembuk.works.public_works import told_works

PLACE = ("village__district", "village__regency")


@dataclass(frozen=True, slots=True)
class News:
    """One announcement. key: stays the same for a feed reader. at: when it became public, aware."""

    key: str
    at: datetime
    title: str
    text: str
    link: str
    village: Village


def news_of(scope: Q, most: int) -> list[News]:
    """Return the newest announcements of the villages in *scope*, newest first. Some fifteen queries.

    scope: a filter over rows that have a village (``Q(village=...)``, ``Q(village__regency=...)``).
    """
    found = [*meetings(scope, most), *plans(scope, most), *rpjms(scope, most), *budgets(scope, most)]
    found += [*works(scope, most), *announced(scope, most)]
    return sorted(found, key=lambda each: (each.at, each.key), reverse=True)[:most]


def meetings(scope: Q, most: int) -> Iterator[News]:
    """Yield the calls to meetings and their results."""
    rows = called_meetings().filter(scope).select_related(*PLACE)
    called = list(rows.filter(invited_at__isnull=False).order_by("-invited_at", "id")[:most])
    signed = list(rows.filter(signed_at__isnull=False).order_by("-signed_at", "id")[:most])
    covers = covers_of(row.village for row in (*called, *signed))
    for row in called:
        assert row.invited_at is not None
        cover = covers[row.village_id]
        title, text = call_to(row, cover), told_of(row, cover)
        yield News(f"rapat:{row.pk}", row.invited_at, title, text, meetings_page(row), row.village)
    for row in signed:
        assert row.signed_at is not None
        title = _("Hasil: %(title)s") % {"title": public_title(row, covers[row.village_id])}
        text = _("Berita acaranya sudah ditandatangani.")
        yield News(f"hasil:{row.pk}", row.signed_at, title, text, meetings_page(row), row.village)


def call_to(row: Meeting, cover: Cover) -> str:
    values = {"title": public_title(row, cover)}
    return (_("Dibatalkan: %(title)s") if row.state == "cancelled" else _("Undangan: %(title)s")) % values


def told_of(row: Meeting, cover: Cover) -> str:
    """Say when and where a meeting is, in the time of its regency."""
    at = row.scheduled_at.astimezone(ZoneInfo(row.village.regency.time_zone))
    hour = f"{date_format(at, 'H.i')} {at.tzname()}"
    values = {"day": date_format(at, "l, j F Y"), "time": hour, "place": cover(row.location)}
    return _("%(day)s pukul %(time)s, %(place)s.") % values


def meetings_page(row: Meeting) -> str:
    return reverse("portal:meetings", args=(row.village.code,))


def announced(scope: Q, most: int) -> Iterator[News]:
    """Yield what offices announced themselves; what was taken back says so and why, under the same key."""
    rows = begun(scope, clock.today()).select_related(*PLACE)
    for row in rows[:most]:
        zone = ZoneInfo(row.village.regency.time_zone)
        begins = datetime.combine(row.from_date, time(), tzinfo=zone)
        at, title, text = max(row.published_at, begins), row.title, row.text
        if row.ended_at is not None:
            at, title, text = row.ended_at, _("Dicabut: %(title)s") % {"title": row.title}, row.ended_reason
        link = reverse("portal:announcements", args=(row.village.code,))
        yield News(f"pengumuman:{row.pk}", at, title, text, link, row.village)


def plans(scope: Q, most: int) -> Iterator[News]:
    """Yield the annual plans that became law."""
    rows = RkpdesVersion.objects.filter(scope, enacted_at__isnull=False).select_related(*PLACE, "cycle")
    kept = list(rows.exclude(perdes_state=PerdesState.ANNULLED.value).order_by("-enacted_at", "id")[:most])
    totals = plan_totals([row.pk for row in kept])
    for row in kept:
        assert row.enacted_at is not None
        count, amount = totals[row.pk]
        kind = _("RKP Desa Perubahan") if row.is_amendment else _("RKP Desa")
        title = _("%(kind)s %(year)s ditetapkan") % {"kind": kind, "year": row.cycle.budget_year}
        values = {"number": row.perdes_number, "count": count, "amount": format_rupiah(amount)}
        text = _("Peraturan Desa Nomor %(number)s: %(count)s kegiatan, %(amount)s.") % values
        yield News(f"rkp:{row.pk}", row.enacted_at, title, text, reverse("plans:public", args=(row.pk,)), row.village)


def rpjms(scope: Q, most: int) -> Iterator[News]:
    """Yield the medium-term plans that became law."""
    rows = Rpjmdes.objects.filter(scope, enacted_at__isnull=False).select_related(*PLACE)
    for row in rows.order_by("-enacted_at", "id")[:most]:
        assert row.enacted_at is not None
        title = _("RPJM Desa %(start)s–%(end)s ditetapkan") % {"start": row.start_year, "end": row.end_year}
        text = _("Peraturan Desa Nomor %(number)s.") % {"number": row.perdes_number}
        link = reverse("plans:rpjm_public", args=(row.pk,))
        yield News(f"rpjm:{row.pk}", row.enacted_at, title, text, link, row.village)


def budgets(scope: Q, most: int) -> Iterator[News]:
    """Yield the budgets that were promulgated."""
    rows = ApbdesStep.objects.filter(event="promulgate", apbdes__in=Apbdes.objects.filter(scope))
    places = [f"apbdes__{name}" for name in (*PLACE, "cycle")]
    for row in rows.select_related(*places).order_by("-recorded_at", "id")[:most]:
        village = row.apbdes.village
        title = _("APB Desa %(year)s diundangkan") % {"year": row.apbdes.cycle.budget_year}
        text = _("Peraturan Desa Nomor %(number)s.") % {"number": row.number}
        link = f"{reverse('portal:plan', args=(village.code,))}?tahun={row.apbdes.cycle.budget_year}"
        yield News(f"apb:{row.pk}", row.recorded_at, title, text, link, village)


def works(scope: Q, most: int) -> Iterator[News]:
    """Yield the works that were handed over."""
    rows = Work.objects.filter(scope, state="closed", closed_at__isnull=False).select_related(*PLACE, "cycle")
    found = list(rows.order_by("-closed_at", "id")[:most])
    told = told_works(found)
    for row in found:
        if row.pk not in told:
            continue
        assert row.closed_at is not None
        title = _("Selesai: %(name)s") % {"name": told[row.pk].name}
        text = _("Diserahkan dengan berita acara.") if row.physical else _("Selesai dilaksanakan.")
        link = f"{reverse('portal:works', args=(row.village.code,))}?tahun={row.cycle.budget_year}"
        yield News(f"kerja:{row.pk}", row.closed_at, title, text, link, row.village)
