"""The work home of each role and the board: right numbers, filters in the address, a constant number of queries."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cycles.given import NOW
from factories import people, places
from rembuk.core.hat import Role
from rembuk.cycles.models import StageRecord
from rembuk.cycles.services import open_cycles
from rembuk.regions.models import Village
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def villages():
    found = [places.melintang(), places.enggelam(), places.perian()]
    planner = people.planner(found[0])
    open_cycles(villages=found, plan_year=2026, actor=planner.hat(), at=NOW)
    return found


@pytest.fixture
def head(villages):
    return people.signed_in(people.division_head(villages[0]))


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_overview_counts_every_village_and_opens_each_from_the_map(head, villages):
    page = head.get(reverse("dashboards:home")).content.decode()
    assert "0 dari 3 desa sudah menetapkan RKP 2027" in page
    located = Village.objects.filter(latitude__isnull=False).count()
    assert page.count('href="/siklus/') >= located


def test_an_enacted_village_is_counted_as_enacted(head, villages):
    with setting_up():
        StageRecord.objects.filter(cycle__village=villages[0]).update(
            state="done", done_date=date(2026, 6, 20), completed_at=NOW
        )
    page = head.get(reverse("dashboards:home")).content.decode()
    assert "1 dari 3 desa sudah menetapkan RKP 2027" in page


def test_the_export_holds_exactly_the_filtered_rows(head, villages):
    whole = rows_of(head.get(reverse("dashboards:board"), {"bentuk": "csv"}))
    some = rows_of(head.get(reverse("dashboards:board"), {"bentuk": "csv", "cari": villages[1].name[:5].lower()}))
    assert [row["desa"] for row in whole] == sorted(village.name for village in villages)
    assert [row["desa"] for row in some] == [villages[1].name]


def test_a_filter_that_nobody_knows_is_as_if_it_were_not_there(head):
    page = head.get(reverse("dashboards:board"), {"keadaan": "ada-apa", "tahap": "K99", "urut": "x"})
    assert page.status_code == 200
    assert "3 desa" in page.content.decode()


def test_the_board_asks_the_same_queries_for_three_villages_and_for_four(head, villages):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            head.get(reverse("dashboards:board"))
        return len(queries)

    before = asked()
    more = places.village("64.02.18.2099", "Muara Baru", "MBR")
    open_cycles(villages=[more], plan_year=2026, actor=people.planner(more).hat(), at=NOW)
    assert more.name in head.get(reverse("dashboards:board")).content.decode()
    assert asked() == before


def test_a_secretary_sees_the_village_and_not_the_regency(villages):
    client = people.signed_in(people.secretary(villages[0]))
    page = client.get(reverse("dashboards:home")).content.decode()
    assert "Tahap 1 dari 17" in page
    assert client.get(reverse("dashboards:board")).status_code == 403


def test_a_resident_is_led_to_the_public_page_and_not_to_what_is_still_a_draft(villages):
    client = people.signed_in(people.holder(Role.WGA, villages[0], level="village"))
    page = client.get(reverse("dashboards:home")).content.decode()
    assert f'href="{reverse("portal:village", args=[villages[0].code])}"' in page
    assert 'href="/siklus/' not in page
    assert "Jejak terakhir" not in page
    listed = client.get(reverse("regions:villages")).content.decode()
    assert reverse("portal:village", args=[villages[0].code]) in listed
    assert reverse("regions:village", args=[villages[0].id]) not in listed


def test_where_nothing_waits_an_rt_head_is_offered_a_proposal(villages):
    client = people.signed_in(people.rt_head(villages[0]))
    page = client.get(reverse("dashboards:home")).content.decode()
    assert reverse("proposals:new") in page
