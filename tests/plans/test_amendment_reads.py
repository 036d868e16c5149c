"""While an amendment is in work, everybody else still reads the plan that binds and is only told of it."""

from datetime import date

import pytest
from django.urls import reverse

from factories import people
from plans.amended import LATER, LETTER_DAY, amend, cut, drop, enact, item_of, meeting
from plans.given import put_item, ranked_proposal
from rembuk.core.hat import Role
from rembuk.dashboards.village import village_home
from rembuk.documents.gather import ceilings, financing, priorities
from rembuk.documents.queries import printables_of
from rembuk.plans import panels
from rembuk.plans.models import ItemProposal, RkpdesVersion
from rembuk.plans.public_money import plan_money
from rembuk.plans.queries import plan_by_id, plan_that_counts, plans_that_count, version_in_force
from rembuk.proposals.models import Proposal
from rembuk.proposals.public_words import cover_of
from rembuk.shared.trail.testing import setting_up

DAY = date(2026, 11, 24)
WHOLE = 250_000_000


@pytest.fixture
def opened(force, village, hat):
    """An amendment in work: the well has left it, a landing stage came in."""
    made = amend(force, hat)
    drop(made, hat, item_of(made, "Sumur bor"))
    put_item(made, hat("TIM"), name="Dermaga", activity_code="2.3.10")
    return made


def rows_of(panel):
    return {str(label): str(text) for label, text in panel.rows}


def proposal_of(name):
    return Proposal.objects.get(title=name)


def test_the_plan_that_counts_is_the_one_that_binds_and_the_amendment_stands_beside_it(force, opened, cycle):
    found = plans_that_count([cycle.id])[cycle.id]
    assert (found.counts, found.amendment) == (force, opened)
    assert plan_that_counts(cycle.id) == force


def test_before_a_plan_binds_its_draft_counts_and_is_no_amendment(plan, cycle):
    found = plans_that_count([cycle.id])[cycle.id]
    assert (found.counts, found.amendment) == (plan, None)


def test_a_plan_that_was_annulled_does_not_count_beside_one_that_binds(force, village, hat, cycle):
    cut(village)
    made = amend(force, hat)
    drop(made, hat, item_of(made, "Sumur bor"))
    meeting(made)
    enact(made, hat, LATER, LETTER_DAY, "9 Tahun 2026", musrenbang=LETTER_DAY)
    assert plan_that_counts(cycle.id).id == made.id
    RkpdesVersion.objects.filter(pk=made.pk).update(perdes_state="annulled")
    assert plan_that_counts(cycle.id) == force
    assert rows_of(panels.panels_of_cycles([cycle.id], None)[cycle.id])["Perdes"] == force.perdes_number
    told = rows_of(panels.panels_of_proposals([proposal_of("Sumur bor").id], None)[proposal_of("Sumur bor").id])
    assert "Dikeluarkan" not in told


def test_the_work_home_shows_the_money_of_the_plan_that_binds_and_names_the_amendment(force, opened, hat):
    found = village_home(hat("SDK"), DAY)
    assert (found["plan"], found["planned_total"], found["amendment"]) == (force, WHOLE, opened)
    assert found["plan_url"] == reverse("plans:grid", args=(force.id,))


def test_the_page_of_the_work_home_says_so_in_words(force, opened, village):
    with setting_up():
        client = people.signed_in(people.holder(Role.SDK, village))
    page = client.get(reverse("dashboards:home")).content.decode()
    assert "RKP Perubahan sedang dikerjakan (rancangan)" in page
    assert reverse("plans:amendment", args=(opened.id,)) in page


def test_the_portal_sums_up_the_plan_that_binds(force, opened, cycle):
    plan = version_in_force(cycle.pk)
    assert (plan, plan_money(plan.pk, cover_of(plan.village)).total) == (force, WHOLE)


def test_the_ceilings_and_the_financing_of_the_cycle_print_the_plan_that_binds(force, opened, cycle):
    entries = ceilings.indicative_ceilings(str(cycle.id)).register
    assert {row.source: row.planned for row in entries} == {"DDS": 200_000_000, "ADD": 50_000_000}
    paper = financing.financing(str(cycle.id))
    assert (sorted(line.activity for line in paper.lines), paper.frame.dated) == (
        ["Operasional kantor", "Sumur bor", "Titian ulin RT 02"],
        force.perdes_date,
    )
    assert len(financing.finance_summary(str(cycle.id)).spending) == 3


def test_the_list_of_priorities_takes_its_schedule_from_the_plan_that_binds(force, opened, cycle, hat):
    item = item_of(opened, "Titian ulin RT 02")
    with setting_up():
        type(item).objects.filter(pk=item.pk).update(schedule="nanti")
    lines = {line.proposal: line.schedule for line in priorities.priorities(str(cycle.id)).lines}
    assert lines["Titian ulin RT 02"] == ""


def test_the_papers_of_a_stage_are_those_of_the_plan_that_binds(force, opened, cycle):
    assert {one.subject for one in printables_of(cycle, "K12") if one.code == "F19"} == {f"plan:{force.id}"}


def test_the_panels_show_the_plan_that_binds_and_tell_insiders_of_the_amendment(force, opened, cycle, village, hat):
    inside, outside = hat("SDK"), None
    for who in (inside, outside):
        for found in (
            panels.panels_of_cycles([cycle.id], who)[cycle.id],
            panels.panels_of_villages([village.id], who)[village.id],
        ):
            rows = rows_of(found)
            assert (rows["Kegiatan"], rows["Keadaan"], rows["Perdes"]) == ("3", "ditetapkan", force.perdes_number)
            assert ("Perubahan" in rows) == (who is inside)
            assert str(found.title) == "RKP Desa 2027"


def test_a_proposal_is_answered_by_the_plan_that_binds_and_by_a_draft_only_where_nothing_binds(
    force, opened, cycle, hat
):
    well = proposal_of("Sumur bor")
    with setting_up():
        fresh = ranked_proposal(cycle, 7, title="Dermaga")
        ItemProposal.objects.create(item=item_of(opened, "Dermaga"), proposal=fresh)
    bridge = proposal_of("Titian ulin RT 02")
    found = panels.panels_of_proposals([well.id, fresh.id, bridge.id], hat("SDK"))
    assert "Ditetapkan" in rows_of(found[well.id]) and "Ditetapkan" in rows_of(found[bridge.id])
    assert found[bridge.id].link == reverse("plans:item", args=(item_of(force, "Titian ulin RT 02").id,))
    assert (str(found[fresh.id].title), rows_of(found[fresh.id])["Keadaan rencana"]) == (
        "Rancangan RKP Perubahan 2027",
        "rancangan",
    )
    assert fresh.id not in panels.panels_of_proposals([fresh.id], None)


def test_the_amendment_counts_from_its_perdes_on(second, cycle, village):
    assert plan_by_id(plan_that_counts(cycle.id).id) == second
    assert rows_of(panels.panels_of_villages([village.id], None)[village.id])["Kegiatan"] == "2"
