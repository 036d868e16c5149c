"""K17 is judged from the budget in force, its works and the evaluation that they became."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgeting.apb_given import enacted_plan
from rembuk.budgeting import services as budgets
from rembuk.budgeting.models import Apbdes
from rembuk.budgeting.services.law import StepValues
from rembuk.core.workflow.guards import WorksFacts
from rembuk.cycles.checking import check_stages
from rembuk.cycles.models import Cycle, StageRecord
from rembuk.plans.models import RkpdesVersion
from rembuk.shared.trail.testing import setting_up
from rembuk.works import services
from rembuk.works.gate_facts import works_facts
from rembuk.works.models import Work
from rembuk.works.services import ClosingValues
from rembuk.works.services.evaluating import bring_evaluation
from works.given import NOW, TODAY, opened, stored_budget


def facts(cycle) -> WorksFacts:
    return works_facts([cycle.pk])[cycle.pk]["works"]


def promulgate(cycle):
    with setting_up():
        Apbdes.objects.filter(cycle=cycle).update(state="promulgated")


def next_cycle(cycle) -> Cycle:
    with setting_up():
        return Cycle.objects.create(
            village=cycle.village, plan_year=cycle.plan_year + 1, budget_year=cycle.budget_year + 1, profile="114"
        )


def done_stage(cycle) -> StageRecord:
    with setting_up():
        return StageRecord.objects.create(
            cycle=cycle, stage="K17", state="done", done_date=TODAY, completed_at=NOW, needs_recheck=False
        )


def messages(cycle):
    found = check_stages([cycle.pk], "K17", on=date(2027, 12, 31))[cycle.pk].findings
    return [(one.severity, one.message.split(";")[0]) for one in found if "K14" not in one.message]


def test_a_cycle_without_a_budget_has_nothing_to_carry_out(cycle):
    assert facts(cycle) == WorksFacts()
    assert messages(cycle) == [("block", "APB Desa belum diundangkan di sini")]


def test_lines_that_are_no_law_yet_do_not_count_as_a_budget(cycle, budget):
    assert facts(cycle) == WorksFacts(activities=4, unopened=4)


def test_activities_works_and_evaluation_are_counted(cycle, works, hat):
    promulgate(cycle)
    assert facts(cycle) == WorksFacts(in_force=True, activities=4, open=4)
    bridge = works["Titian ulin RT 02"]
    with setting_up():
        Work.objects.exclude(pk=bridge.pk).update(state="closed", percent=100, physical=False)
    assert facts(cycle) == WorksFacts(in_force=True, activities=4, open=1, closed=3)
    after = next_cycle(cycle)
    assert facts(cycle).evaluated is False
    bring_evaluation(cycle_id=after.pk, actor=hat("SDK"), at=NOW)
    assert facts(cycle).evaluated is True


def test_an_activity_that_nobody_opened_is_counted_by_itself(cycle, works):
    promulgate(cycle)
    with setting_up():
        Work.objects.filter(name__in=("BLT Desa", "Titian ulin RT 02")).delete()
    assert facts(cycle) == WorksFacts(in_force=True, activities=4, unopened=2, open=2)


def test_a_work_stays_that_of_its_activity_when_the_plan_is_amended(cycle, works):
    promulgate(cycle)
    plan = RkpdesVersion.objects.get(cycle=cycle)
    enacted_plan(cycle, version_no=2, amends=plan)
    assert facts(cycle) == WorksFacts(in_force=True, activities=4, open=4)


def test_the_year_may_be_closed_when_nothing_is_open_and_the_evaluation_knows(cycle, works, hat):
    promulgate(cycle)
    bring_evaluation(cycle_id=next_cycle(cycle).pk, actor=hat("SDK"), at=NOW)
    assert messages(cycle) == [("block", "4 pekerjaan belum ditutup")]
    with setting_up():
        Work.objects.update(state="closed", percent=100, physical=False)
    assert messages(cycle) == []


def test_opening_and_closing_a_work_and_a_step_of_the_budget_ask_for_another_look(cycle, budget, hat):
    record = done_stage(cycle)

    def asks_again():
        record.refresh_from_db()
        asked, record.needs_recheck = record.needs_recheck, False
        with setting_up():
            record.save()
        return asked

    made = opened(cycle)
    assert asks_again()
    opened(cycle)
    assert not asks_again()
    pay = made["Penghasilan tetap kepala desa"]
    services.close_work(work_id=pay.pk, values=ClosingValues(stopped_reason="Selesai"), actor=hat("SDK"), at=NOW)
    assert asks_again()
    values = StepValues(event="agree", day="2026-12-05", number="140/1/2026")
    budgets.record_step(apbdes_id=budget.apbdes_id, values=values, actor=hat("KAD"), at=NOW)
    assert asks_again()
    bring_evaluation(cycle_id=next_cycle(cycle).pk, actor=hat("SDK"), at=NOW)
    assert asks_again()


def test_many_cycles_ask_as_often_as_one(cycle, works, village):
    promulgate(cycle)
    with setting_up():
        others = [
            Cycle.objects.create(village=village, plan_year=year - 1, budget_year=year, profile="114")
            for year in (2028, 2029)
        ]
        stored_budget(others[0])
    with CaptureQueriesContext(connection) as one:
        works_facts([cycle.pk])
    with CaptureQueriesContext(connection) as three:
        found = works_facts([cycle.pk, *(other.pk for other in others)])
    assert (len(one), len(three)) == (7, 7)
    assert [found[key.pk]["works"].activities for key in (cycle, *others)] == [4, 4, 0]
