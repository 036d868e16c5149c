"""The budget on its way to law: each step with its letter, its clock, and what it waits for."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from budgeting.apb_given import NOW, as_planned, budget, enacted_plan
from factories import people
from plans.given import ceiling
from rembuk.budgeting import services
from rembuk.budgeting.models import Apbdes, ApbdesStep, ApbdesVersion
from rembuk.budgeting.services.law import StepValues
from rembuk.budgeting.views.law import way_of
from rembuk.core.errors import BadInputError, IllegalTransitionError, NotAllowedError, RefusedError
from rembuk.core.hat import Role
from rembuk.shared.trail.testing import setting_up

LATER = datetime(2026, 12, 30, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bring(cycle, hat):
    def make(*lines, at=NOW):
        data = budget(*lines)
        batch = services.upload_apbdes(cycle_id=cycle.pk, content=data, name="apb.csv", actor=hat("SDK"), at=at)
        return services.save_apbdes(import_id=batch.pk, actor=hat("SDK"), at=at)

    return make


@pytest.fixture
def apbdes(cycle, bring):
    enacted_plan(cycle)
    return bring(*as_planned()).apbdes


@pytest.fixture
def step(apbdes, hat):
    def make(event, day="2026-10-20", number="12/2026", note="", role="SDK", at=LATER):
        values = StepValues(event=event, day=day, number=number, note=note)
        return services.record_step(apbdes_id=apbdes.pk, values=values, actor=hat(role), at=at)

    return make


def test_the_usual_way_from_agreement_to_the_regent(apbdes, step):
    for event, day in (
        ("agree", "2026-10-20"),
        ("send", "2026-10-22"),
        ("receive", "2026-10-23"),
        ("find_conform", "2026-11-10"),
        ("sign", "2026-12-20"),
        ("promulgate", "2026-12-21"),
        ("send_to_regent", "2026-12-24"),
    ):
        step(event, day)
    apbdes.refresh_from_db()
    assert apbdes.state == "sent_to_regent"
    assert apbdes.dates["received"] == "2026-10-23" and apbdes.dates["promulgated"] == "2026-12-21"
    assert list(ApbdesStep.objects.values_list("event", flat=True)) == [
        "agree",
        "send",
        "receive",
        "find_conform",
        "sign",
        "promulgate",
        "send_to_regent",
    ]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"day": ""}, "apb-step-missing"),
        ({"number": " "}, "apb-step-missing"),
        ({"day": "20 Oktober"}, "apb-step-day"),
        ({"day": "2027-01-01"}, "apb-step-future"),
    ],
)
def test_a_step_without_its_letter_or_with_an_impossible_day_is_refused(apbdes, step, given, code):
    with pytest.raises(BadInputError, match=code):
        step("agree", **given)
    apbdes.refresh_from_db()
    assert (apbdes.state, ApbdesStep.objects.count()) == ("draft", 0)


def test_a_step_before_the_last_one_is_refused(step):
    step("agree", "2026-10-20")
    with pytest.raises(BadInputError, match="apb-step-before"):
        step("send", "2026-10-19")


def test_a_step_out_of_turn_is_refused(step):
    with pytest.raises(IllegalTransitionError):
        step("sign")
    with pytest.raises(IllegalTransitionError):
        step("menari")


def test_silence_counts_only_twenty_working_days_after_receipt(step):
    step("agree", "2026-10-20")
    step("send", "2026-10-22")
    with pytest.raises(RefusedError, match="apb-not-lapsed"):
        step("lapse", "2026-12-29")
    step("receive", "2026-10-23")
    with pytest.raises(RefusedError, match="apb-not-lapsed"):
        step("lapse", "2026-11-20")
    assert step("lapse", "2026-11-23").state == "lapsed_in_force"


def test_a_budget_above_final_ceilings_cannot_be_agreed(village, step):
    with setting_up():
        ceiling(village, "DDS", 100_000_000, stage="final")
    with pytest.raises(RefusedError, match="apb-over-ceiling") as refused:
        step("agree")
    assert [finding.subject for finding in refused.value.findings] == ["DDS"]


def test_ceilings_that_are_not_final_do_not_hold_the_agreement(village, step):
    with setting_up():
        ceiling(village, "DDS", 100_000_000)
    assert step("agree").state == "agreed"


def test_lines_cannot_be_replaced_under_evaluation_and_can_after_a_bad_result(bring, step):
    step("agree", "2026-10-20")
    step("send", "2026-10-22")
    with pytest.raises(RefusedError, match="apb-in-evaluation"):
        bring(*as_planned()[:2])
    step("receive", "2026-10-23")
    step("find_not_conform", "2026-11-10", note="Belanja pegawai melebihi batas")
    assert bring(*as_planned()[:2]).version_no == 2


def test_a_budget_in_force_is_amended_beside_itself(apbdes, bring, step):
    for event, day in (("agree", "2026-10-20"), ("send", "2026-10-22"), ("find_conform", "2026-11-10")):
        step(event, day)
    step("sign", "2026-12-20")
    step("promulgate", "2026-12-21")
    amended = bring(*as_planned()[:2])
    assert (amended.apbdes.number, amended.version_no, amended.apbdes.state) == (1, 1, "draft")
    assert ApbdesVersion.objects.get(apbdes=apbdes).lines.count() == 4


@pytest.mark.parametrize("role", ["KAU", "BPD", "TIM"])
def test_others_may_not_record_steps(step, role):
    with pytest.raises(NotAllowedError):
        step("agree", role=role)


def test_the_page_shows_the_clock_and_keeps_what_was_typed(apbdes, cycle, village):
    with setting_up():
        office = people.signed_in(people.holder(Role.SDK, village))
        apbdes.state = "sent_for_evaluation"
        apbdes.dates = {"agreed": "2026-10-01", "sent_for_evaluation": "2026-10-02"}
        apbdes.save()
    text = office.get(reverse("budgeting:apbdes_steps", args=(cycle.pk,))).content.decode()
    assert "D09" in text and "tanggal terima kantor Bupati belum dicatat" in text
    there = reverse("budgeting:record_step", args=(apbdes.pk,))
    answer = office.post(there, {"peristiwa": "find_not_conform", "nomor": "7/2026", "tanggal": "2026-10-05"})
    text = answer.content.decode()
    assert answer.status_code == 400 and "Catatan belum diisi" in text and 'value="7/2026"' in text
    assert Apbdes.objects.get(pk=apbdes.pk).dates.keys() == {"agreed", "sent_for_evaluation"}
    assert date.fromisoformat(apbdes.dates["agreed"]) == date(2026, 10, 1)


def test_a_first_budget_shows_its_days_of_law_until_they_are_done_and_an_amendment_has_none(apbdes):
    steps = {step.words: (step.due, step.law) for step in way_of(apbdes, NOW.date(), may=False, typed={}).steps}
    assert steps["Disepakati Kades dan BPD"][0] == date(2026, 10, 31)
    assert steps["Disepakati Kades dan BPD"][1].startswith("D07 · Permendagri 20/2018 Pasal 32")
    assert steps["Ditetapkan Kades"][0] == date(2026, 12, 31)
    apbdes.number = 1
    assert {step.due for step in way_of(apbdes, NOW.date(), may=False, typed={}).steps} == {None}
