"""Samples of plans for the walk over routes."""

import secrets
import uuid
from datetime import date, timedelta

from factories.samples import sample
from factories.samples_cycles import rpjm_cycle_in
from rembuk.cycles.models import Cycle
from rembuk.plans.models import (
    CommentWindow,
    DraftComment,
    DuRkpdesItem,
    DuTransmittal,
    ReceivedRpjmdes,
    RkpdesItem,
    RkpdesVersion,
    Rpjmdes,
    RpjmdesChange,
    RpjmdesItem,
    Team,
)
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.models import StoredFile
from rembuk.shared.trail.testing import setting_up


def cycle_of(village: Village) -> Cycle:
    made = {"plan_year": 2026, "profile": "kukar-2025"}
    with setting_up():
        return Cycle.objects.get_or_create(village=village, budget_year=2027, defaults=made)[0]


def plan_of(village: Village) -> RkpdesVersion:
    with setting_up():
        return RkpdesVersion.objects.get_or_create(village=village, cycle=cycle_of(village))[0]


@sample("cycle_id", "plans:")
def cycle(village: Village) -> object:
    return cycle_of(village).id


@sample("plan_id", "plans:")
def plan(village: Village) -> object:
    return plan_of(village).id


@sample("plan_id", "plans:public")
def enacted(village: Village) -> object:
    """An enacted plan of the year before."""
    day = date(2025, 9, 30)
    with setting_up():
        before = {"plan_year": 2025, "profile": "kukar-2025"}
        old = Cycle.objects.get_or_create(village=village, budget_year=2026, defaults=before)[0]
        found = RkpdesVersion.objects.filter(cycle=old).first()
        made = found or RkpdesVersion.objects.create(
            village=village,
            cycle=old,
            state="enacted",
            perdes_number="4 Tahun 2025",
            perdes_date=day,
            promulgated_date=day,
            content_hash="0" * 64,
            enacted_at=clock.now(),
        )
    return made.id


def window_of(village: Village) -> CommentWindow:
    """Return the open window of an approved draft of the year after."""
    with setting_up():
        made = {"plan_year": 2027, "profile": "kukar-2025"}
        later = Cycle.objects.get_or_create(village=village, budget_year=2028, defaults=made)[0]
        plan = RkpdesVersion.objects.get_or_create(village=village, cycle=later, defaults={"state": "head_approved"})[0]
        at = clock.now()
        made = {"opened_at": at, "last_day": clock.today() + timedelta(days=7)}
        return CommentWindow.objects.get_or_create(plan=plan, defaults=made)[0]


@sample("plan_id", "plans:draft_")
def draft_under_comment(village: Village) -> object:
    return window_of(village).plan_id


@sample("comment_id", "plans:")
def comment(village: Village) -> object:
    window = window_of(village)
    with setting_up():
        at, key = clock.now(), secrets.token_hex(32)
        return DraftComment.objects.create(
            window=window, subject="plan", typed="Titian depan rumah Pak Wahid Sulaiman rusak", state="shown",
            text="Titian depan rumah [nama] rusak", came_at=at, look_due=clock.today(), looked_at=at,
            receipt_digest=key, body_digest=key, person_digest=key, email="wahid@contoh.id", contact="0812 0000 0009",
        ).id  # fmt: skip


@sample("item_id", "plans:")
def item(village: Village) -> object:
    with setting_up():
        return RkpdesItem.objects.create(plan=plan_of(village), name="Titian ulin", activity_code="2.3.11").id


@sample("team_id", "plans:")
def team(village: Village) -> object:
    with setting_up():
        return Team.objects.get_or_create(village=village, cycle=cycle_of(village), kind="drafting")[0].id


@sample("du_item_id", "plans:")
def du_item(village: Village) -> object:
    with setting_up():
        return DuRkpdesItem.objects.create(cycle=cycle_of(village), name="Jalan kabupaten", reason="Milik kabupaten").id


@sample("received_id", "plans:")
def received(village: Village) -> object:
    """A file with an RPJM Desa that was read."""
    with setting_up():
        file = StoredFile.objects.create(
            name="rpjm.xlsx", sha256="0" * 64, size=1, content_type="application/x", village_id_text=village.id
        )
        made = ReceivedRpjmdes.objects.create(
            regency=village.regency, village=village, file=file, state="read", handed_in_by=file.id
        )
    return made.id


def rpjm_of(village: Village) -> Rpjmdes:
    """Return the draft of the village's RPJM Desa."""
    cycle = rpjm_cycle_in(village)
    with setting_up():
        made = {"state": "draft", "is_active": False, "start_year": cycle.start_year, "end_year": cycle.end_year}
        return Rpjmdes.objects.get_or_create(village=village, cycle=cycle, defaults=made)[0]


@sample("cycle_id", "plans:rpjm_")
def rpjm_cycle(village: Village) -> object:
    return rpjm_of(village).cycle_id


@sample("rpjm_item_id", "plans:")
def rpjm_item(village: Village) -> object:
    with setting_up():
        return RpjmdesItem.objects.create(rpjmdes=rpjm_of(village), name="Titian ulin", activity_code="2.3.11").id


@sample("rpjm_change_id", "plans:")
def rpjm_change(village: Village) -> object:
    with setting_up():
        return RpjmdesChange.objects.create(rpjmdes=rpjm_of(village), text="Tambah posyandu").id


@sample("transmittal_id", "plans:")
def transmittal(village: Village) -> object:
    with setting_up():
        made = {"letter_date": date(2026, 10, 5), "sent_by": uuid.uuid4(), "sent_at": clock.now()}
        cycle = cycle_of(village)
        return DuTransmittal.objects.get_or_create(cycle=cycle, number="140/90/2026", defaults=made)[0].id


@sample("rpjmdes_id", "plans:rpjm_public")
def enacted_rpjm(village: Village) -> object:
    """An enacted RPJM Desa that is no longer in force, so that it stands beside whatever is."""
    day = date(2020, 3, 2)
    with setting_up():
        made = Rpjmdes.objects.create(
            village=village,
            start_year=2020,
            end_year=2025,
            is_active=False,
            perdes_number="2 Tahun 2020",
            perdes_date=day,
            promulgated_date=day,
            content_hash="0" * 64,
            enacted_at=clock.now(),
        )
    return made.id
