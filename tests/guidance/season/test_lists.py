"""The lists of teams, speakers and plans: filtered by the address, counted, exported as shown; members by account."""

import csv
import io
from uuid import uuid4

import openpyxl
import pytest

from factories import people
from guidance.season import given
from guidance.season.test_pages import first_plan, page_of
from rembuk.core import schedule
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Role
from rembuk.guidance.facilitation.models import Guide
from rembuk.guidance.season import queries, services
from rembuk.guidance.season.models import SeasonTeam, Speaker, TeamMember
from rembuk.guidance.season.services import MemberValues, TeamValues, planning
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def before_the_season(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: given.AT)


@pytest.fixture
def season():
    return given.opened()


@pytest.fixture
def client(season):
    return people.signed_in(people.holder(Role.STF))


def save(season, name, *members, **more):
    values = TeamValues(name=name, base="Kota", members=members, **more)
    return services.save_team(season_id=season.pk, team_id=uuid4(), values=values, actor=given.staff(), at=given.AT)


def sheet_of(response):
    return list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)


def at(season, end):
    return f"/jadwal/{season.pk}/{end}"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Tim A", "Tim B", "Tim C"}),
        ("?cari=rina", {"Tim B"}),
        ("?tanda=tanpa-perempuan", {"Tim C"}),
        ("?tanda=berperahu", {"Tim A", "Tim B"}),
        ("?tanda=tanpa-akun", {"Tim A", "Tim B", "Tim C"}),
        ("?tanda=lainnya&cari=kota", {"Tim A", "Tim B", "Tim C"}),
    ],
)
def test_the_list_of_teams_and_its_sheet_keep_what_the_address_asks(client, season, query, names):
    save(season, "Tim C", MemberValues("Edi", "L"))
    text = page_of(client.get(at(season, f"tim/{query}")))
    assert {name for name in ("Tim A", "Tim B", "Tim C") if f">{name}</a>" in text} == names
    assert f"{len(names)} tim" in text
    assert {row[0] for row in sheet_of(client.get(at(season, f"tim.xlsx{query}")))[1:]} == names


def test_a_sheet_is_written_as_csv_when_asked(client, season):
    answer = client.get(at(season, "tim.xlsx?bentuk=csv&cari=budi"))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert answer["Content-Type"].startswith("text/csv")
    assert [row[:3] for row in rows[1:]] == [["Tim A", "Kota", "Budi, Siti"]]


def test_speakers_are_filtered_by_how_they_come_and_exported(client, season):
    given.speaker(season)
    given.speaker(season, name="Bu Jauh", remote=True)
    text = page_of(client.get(at(season, "narasumber/?cara=jauh")))
    assert ("Bu Jauh" in text, "Pak Bicara" in text, "1 orang" in text) == (True, False, True)
    assert [row[0] for row in sheet_of(client.get(at(season, "narasumber.xlsx?cara=datang")))[1:]] == ["Pak Bicara"]


def test_plans_are_found_by_number_cause_and_state(client, season):
    plan = first_plan(season)
    services.publish(plan_id=plan.pk, version=plan.version, actor=given.staff(), at=given.AT)
    instance, travel = planning.ready_instance(season)
    made = schedule.Planner(instance).first()
    for cause in ("banjir Belayan", "Tim A sakit"):
        planning.store_plan(season, travel, instance, made, cause=cause, actor=given.staff(), at=given.AT)
    for query, numbers in (("", [3, 2, 1]), ("?cari=belayan", [2]), ("?cari=3", [3]), ("?keadaan=published", [1])):
        text = page_of(client.get(at(season, f"rencana/{query}")))
        assert f"{len(numbers)} jadwal" in text
        assert [row[0] for row in sheet_of(client.get(at(season, f"rencana.xlsx{query}")))[1:]] == numbers


@pytest.mark.parametrize("end", ["tim/", "narasumber/", "rencana/"])
def test_a_list_asks_the_same_number_of_queries_for_one_row_and_for_more(
    client, season, end, django_assert_max_num_queries
):
    def asked():
        client.get(at(season, end))
        with django_assert_max_num_queries(14) as seen:
            assert client.get(at(season, end)).status_code == 200
        return len(seen)

    SeasonTeam.objects.filter(name="Tim B").delete()
    given.speaker(season)
    first_plan(season)
    one = asked()
    for number in range(3):
        save(season, f"Tim {number}", MemberValues("Ani", "P"), MemberValues("Edi", "L"), closed="2026-07-09 rapat")
        given.speaker(season, name=f"Bicara {number}")
        first_plan(season)
    assert asked() == one


def test_a_member_is_picked_by_account_and_the_forum_knows_the_hat(client, season):
    who = people.holder(Role.STF, username="pemandu.staf")
    team = season.teams.get(name="Tim A")
    text = page_of(client.get(f"/jadwal/tim/{team.pk}/"))
    assert f'<option value="{who.person_id}">' in text
    typed = {"nama": "Tim A", "pangkalan": "Kota", "kursi": "8", "anggota": ["Siti"], "jk": ["P"], "orang": [""]}
    picked = {**typed, "akun": [str(who.person_id), "", ""], "jk-akun": ["", "", ""]}
    refused = page_of(client.post(f"/jadwal/tim/{team.pk}/", picked), 400)
    assert f'name="orang" value="{who.person_id}"' in refused
    assert client.post(f"/jadwal/tim/{team.pk}/", {**picked, "jk-akun": ["L", "", ""]}).status_code == 302
    assert set(team.members.values_list("name", "person_id")) == {("Siti", None), (who.person.name, who.person_id)}
    plan = first_plan(season)
    services.publish(plan_id=plan.pk, version=plan.version, actor=given.staff(), at=given.AT)
    bound = Guide.objects.filter(person=who.person)
    assert bound.count() == plan.visits.filter(team=team).count() > 0
    assert set(bound.values_list("assignment_id", flat=True)) == {who.pk}


def test_a_name_typed_over_an_account_is_somebody_else(client, season):
    who = people.holder(Role.STF, username="pemandu.staf")
    team = save(season, "Tim C", MemberValues("", "P", who.person_id))
    typed = {"nama": "Tim C", "pangkalan": "Kota", "kursi": "0", "anggota": ["Ani"], "jk": ["P"]}
    client.post(f"/jadwal/tim/{team.pk}/", {**typed, "orang": [str(who.person_id)]})
    assert list(TeamMember.objects.filter(team=team).values_list("name", "person_id")) == [("Ani", None)]


def test_an_account_that_nobody_knows_or_that_has_no_assignment_here_is_refused(season):
    with pytest.raises(BadInputError, match="season-person"):
        save(season, "Tim C", MemberValues("", "P", uuid4()))
    office = people.holder(Role.SDK, given.villages()[0])
    with pytest.raises(RefusedError, match="season-person-not-here"):
        save(season, "Tim C", MemberValues("", "P", office.person_id))


def test_a_member_whose_assignment_has_ended_stays_until_somebody_takes_them_out(season):
    who = people.holder(Role.STF, username="pemandu.staf")
    team = save(season, "Tim C", MemberValues("", "P", who.person_id))
    who.end_date = who.start_date
    with setting_up():
        who.save()
    values = TeamValues(name="Tim C", base="Kota", members=(MemberValues("", "P", who.person_id),))
    services.save_team(season_id=season.pk, team_id=team.pk, values=values, actor=given.staff(), at=given.AT)
    assert team.members.get().person_id == who.person_id


def test_a_speaker_is_chosen_by_account_or_written_by_name(client, season):
    who = people.holder(Role.KDP, username="kadis.bicara")
    typed = {"kunci": str(uuid4()), "jk": "P", "pangkalan": "Kota", "orang": str(who.person_id)}
    assert client.post(at(season, "narasumber/baru/"), typed).status_code == 302
    made = Speaker.objects.get()
    assert (made.name, made.person_id) == (who.person.name, who.person_id)
    client.post(f"/jadwal/narasumber/{made.pk}/", {**typed, "orang": "", "nama": "Pak Wakil"})
    made.refresh_from_db()
    assert (made.name, made.person_id) == ("Pak Wakil", None)
    text = page_of(client.post(at(season, "narasumber/baru/"), {**typed, "kunci": str(uuid4()), "orang": ""}), 400)
    assert "nama narasumber" in text


def test_who_may_travel_are_those_of_the_regency_and_its_kecamatan(season):
    people.holder(Role.SDK, given.villages()[0])
    wanted = {people.holder(role, username=f"akun.{role}").person_id for role in (Role.STF, Role.PTP)}
    found = queries.accounts_for(season)
    assert wanted <= {row.person_id for row in found}
    assert all(row.village_id is None for row in found)
    assert len(found) == len({row.person_id for row in found})


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_and_the_typing_stays(client, season):
    team = season.teams.get(name="Tim A")
    typed = {"nama": "Tim A", "pangkalan": "Kota", "kursi": "6", "anggota": ["Siti"], "jk": ["P"], "versi": "1"}
    assert f'name="versi" value="{team.version}"' in page_of(client.get(f"/jadwal/tim/{team.pk}/"))
    typed["versi"] = str(team.version)
    assert client.post(f"/jadwal/tim/{team.pk}/", typed).status_code == 302
    text = page_of(client.post(f"/jadwal/tim/{team.pk}/", {**typed, "kursi": "9"}), 409)
    team.refresh_from_db()
    assert ('value="9"' in text, f'name="versi" value="{team.version}"' in text, team.boat_seats) == (True, True, 6)
