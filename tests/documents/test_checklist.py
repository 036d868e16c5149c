"""The page of a cycle's papers: what is there, what is missing, and a way to each that the reader may go."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgeting.given import hall
from factories import people
from plans.given import NOW, all_stages, put_item
from rembuk.core.hat import Role
from rembuk.documents import services
from rembuk.documents.wishes import wish_of
from rembuk.shared.trail.testing import setting_up


@pytest.fixture
def client(village):
    """Sign in as a role of the village."""

    def make(role):
        with setting_up():
            return people.signed_in(people.holder(Role(role), village))

    return make


@pytest.fixture
def address(cycle):
    return reverse("documents:cycle", args=(cycle.pk,))


def lines(answer) -> dict[str, tuple[bool, list[str]]]:
    return {
        line.state.item.mark: (line.state.complete, [way.address for way in line.ways])
        for line in answer.context["shown"].lines
    }


def test_each_missing_paper_leads_to_where_it_is_made(plan, cycle, team, client, address):
    with setting_up():
        all_stages(cycle)
        meeting = hall(cycle)
    drafting = team("drafting")

    found = lines(client("SDK").get(address))

    def paper(code, subject):
        return reverse("documents:paper", args=(code, subject))

    def stage(code):
        return reverse("cycles:stage", args=(cycle.pk, code))

    assert found["1"] == (False, [stage("K2")])
    assert found["2"] == (False, [paper("F01", f"team:{drafting.pk}")])
    assert found["5"] == (False, [paper("F21", f"cycle:{cycle.pk}")])
    assert found["8"] == (True, [])
    assert found["a"] == found["b"] == (False, [paper("F24", f"plan:{plan.pk}")])
    assert found["11"] == (False, [reverse("plans:grid", args=(plan.pk,)), paper("F28", f"plan:{plan.pk}")])
    assert found["20"] == (False, [reverse("budgeting:cycle", args=(cycle.pk,))])
    assert found["21"] == (False, [paper(code, f"meeting:{meeting.pk}") for code in ("F03", "F05", "F04")])
    assert found["25"] == (False, [reverse("plans:steps", args=(plan.pk,))])


def test_every_way_and_every_form_on_the_page_opens(plan, cycle, team, meeting, client, address):
    with setting_up():
        all_stages(cycle)
    team("drafting")
    for role in ("SDK", "RTK"):
        visitor = client(role)
        page = visitor.get(address)
        links = {way.address for line in page.context["shown"].lines for way in line.ways}
        links |= {way.address for _code, way in page.context["shown"].forms}
        links |= set(re.findall(r'href="(/dokumen/[^"?]*)"', page.content.decode()))
        assert len(links) > 15
        assert {link: visitor.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_who_may_not_see_names_gets_no_way_to_the_attendance_list(cycle, meeting, client, address):
    def ways(role):
        return [way for way in lines(client(role).get(address))["21"][1] if "/F04/" in way]

    assert (len(ways("SDK")), ways("RTK")) == (1, [])


def test_what_is_saved_is_counted_and_loses_its_way(plan, cycle, hat, client, address):
    services.freeze_paper(wish=wish_of("F21", f"cycle:{cycle.pk}"), actor=hat("SDK"), at=NOW)

    answer = client("SDK").get(address)

    assert lines(answer)["5"] == (True, [])
    assert "ada 1 dari 26 lampiran" in answer.content.decode()


def test_a_stage_that_the_regency_does_not_hold_is_said(plan, cycle, client, address):
    with setting_up():
        all_stages(cycle)
        cycle.stages.filter(stage="K1").delete()

    (line,) = [line for line in client("SDK").get(address).context["shown"].lines if line.state.item.mark == "16"]

    assert (line.remark, line.ways) == ("tahapannya tidak dijalankan di kabupaten ini", ())


def test_more_items_papers_and_meetings_ask_no_more_queries(plan, cycle, hat, client, address):
    secretary = client("SDK")

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert secretary.get(address).status_code == 200
        return len(found)

    hall(cycle)
    one = count()
    for number in range(6):
        put_item(plan, hat("SDK"), name=f"Kegiatan {number}")
        hall(cycle)
        services.freeze_paper(wish=wish_of("F26", f"plan:{plan.pk}"), actor=hat("SDK"), at=NOW)
    assert count() == one


def test_another_village_does_not_learn_of_it(cycle, address):
    with setting_up():
        stranger = people.signed_in(people.stranger())
    assert stranger.get(address).status_code == 404


def test_the_cycle_the_archive_and_the_stage_lead_to_it(plan, cycle, client, address):
    secretary = client("SDK")
    for page in (
        reverse("documents:list"),
        reverse("documents:stage", args=(cycle.pk, "K6")),
        reverse("cycles:cycle", args=(cycle.pk,)),
    ):
        assert f'href="{address}"' in secretary.get(page).content.decode()


def test_plan_and_list_upward_lead_to_their_papers(plan, cycle, client):
    secretary = client("SDK")
    steps = secretary.get(reverse("plans:steps", args=(plan.pk,))).content.decode()
    assert reverse("documents:paper", args=("F24", f"plan:{plan.pk}")) in steps
    upward = secretary.get(reverse("plans:du", args=(cycle.pk,))).content.decode()
    assert reverse("documents:paper", args=("F32", f"cycle:{cycle.pk}")) in upward
