"""The work home shows the RPJM Desa in work with its clock, and offers to begin one to those who may."""

from datetime import date

import pytest
from django.urls import reverse

from cycles.given import NOW
from factories import people, places
from rembuk.cycles.models import StageRecord
from rembuk.cycles.services import open_rpjm_cycle
from rembuk.plans.services.rpjm_items import ensure_rpjm_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_september(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def village(db):
    return places.melintang()


@pytest.fixture
def secretary(village):
    return people.secretary(village)


@pytest.fixture
def rpjm(village, secretary):
    return open_rpjm_cycle(village=village, inauguration_date=date(2026, 8, 3), actor=secretary.hat(), at=NOW)


def home(who):
    return people.signed_in(who).get(reverse("dashboards:home")).content.decode()


def test_the_secretary_is_offered_to_begin_and_a_resident_is_not(village, secretary):
    address = reverse("cycles:open_rpjm", args=(village.id,))
    assert address in home(secretary)
    assert address not in home(people.bpd_chair(village))


def test_a_running_rpjm_shows_its_stage_its_lateness_and_its_legal_day(rpjm, secretary):
    page = home(secretary)
    assert "RPJM 2026-2033: Tim penyusun RPJM dibentuk" in page
    assert "terlambat 35 hari" in page
    assert "43 hari lagi" in page
    assert "Kepala Desa baru?" not in page


def test_a_finished_one_is_no_longer_shown(rpjm, secretary):
    StageRecord.objects.filter(cycle=rpjm).update(state="done", done_date=date(2026, 9, 1), completed_at=NOW)
    assert "RPJM 2026-2033" not in home(secretary)


def test_the_regency_counts_the_rpjm_beside_the_rkp(rpjm, village):
    assert "RPJM Desa: 1 terlambat, 0 berjalan, 0 ditetapkan" in home(people.planner(village))


def test_the_cycle_page_leads_to_the_matrix_before_and_after_it_is_begun(rpjm, secretary):
    client, address = people.signed_in(secretary), reverse("plans:rpjm_draft", args=(rpjm.pk,))
    page = client.get(reverse("cycles:cycle", args=(rpjm.pk,))).content.decode()
    assert address in page and "rancangan belum dibuka" in page
    ensure_rpjm_draft(cycle_id=rpjm.pk, actor=secretary.hat(), at=NOW)
    page = client.get(reverse("cycles:cycle", args=(rpjm.pk,))).content.decode()
    assert address in page and "rancangan belum dibuka" not in page


def test_the_papers_of_a_stage_are_offered_for_an_rpjm_cycle(rpjm, secretary):
    ensure_rpjm_draft(cycle_id=rpjm.pk, actor=secretary.hat(), at=NOW)
    page = people.signed_in(secretary).get(reverse("documents:stage", args=(rpjm.pk, "R5")))
    assert page.status_code == 200
    assert "F17" in page.content.decode()
