"""The evaluation of an APB Desa: its clock is the law's, its result enters the way of the Perdes, delegated or not."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from factories import people
from guidance.evaluation.given import (
    AUTUMN,
    BAD,
    COVER,
    NOW,
    agreed_budget,
    assessed,
    registered,
    signed,
    submitted,
    wearing,
)
from rembuk.budgeting import services as budgets
from rembuk.budgeting.models import Apbdes, ApbdesStep
from rembuk.budgeting.services.law import StepValues
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.hat import Role
from rembuk.guidance.evaluation import services
from rembuk.guidance.evaluation.models import Delegation, Review
from rembuk.guidance.evaluation.queries import service_time, waiting
from rembuk.guidance.evaluation.services import DelegationValues
from rembuk.guidance.evaluation.standards import Clocks
from rembuk.shared.models import Notice


@pytest.fixture
def apbdes(cycle):
    return agreed_budget(cycle)


def delegated(village, **changed) -> Delegation:
    values = {"decree_number": "Perbup 10 Tahun 2026", "decree_date": "2026-01-05", **changed}
    return services.delegate(
        regency_code=village.regency_id, values=DelegationValues(**values), actor=wearing("KBD", village), at=NOW
    )


def at_desk(cycle):
    review = submitted(cycle, "EV-APB", AUTUMN, **COVER)
    return registered(review, wearing("PTP", cycle.village), AUTUMN, "2026-10-23", "7/APB/2026")


def test_handing_in_sends_the_budget_with_its_cover_letter(apbdes, cycle):
    review = submitted(cycle, "EV-APB", AUTUMN, **COVER)
    step = ApbdesStep.objects.get(event="send")
    assert (Apbdes.objects.get().state, step.number, review.apbdes_id) == (
        "sent_for_evaluation",
        "900/9/2026",
        apbdes.pk,
    )


def test_the_cover_letter_is_asked_for(apbdes, cycle):
    with pytest.raises(BadInputError, match="desk-letter-missing"):
        submitted(cycle, "EV-APB", AUTUMN)
    assert (Review.objects.count(), Apbdes.objects.get().state) == (0, "agreed")


def test_a_budget_that_is_not_agreed_is_not_evaluated(apbdes, cycle):
    Apbdes.objects.update(state="draft", dates={})
    with pytest.raises(RefusedError, match="desk-apb-not-agreed"):
        submitted(cycle, "EV-APB", AUTUMN, **COVER)


def test_the_team_cannot_send_a_budget_in_place_of_the_secretary(apbdes, cycle):
    with pytest.raises(RefusedError, match="desk-apb-sender"):
        services.submit_draft(
            cycle_id=cycle.pk,
            checks="EV-APB",
            values=services.SubmitValues(**COVER),
            actor=wearing("TIM", cycle.village),
            at=AUTUMN,
        )


def test_taking_in_starts_the_clock_of_the_law(apbdes, cycle):
    review = at_desk(cycle)
    clock = Clocks(date(2026, 10, 26)).of(Review.objects.select_related("village__regency").get(pk=review.pk))
    assert Apbdes.objects.get().dates["received"] == "2026-10-23"
    assert (clock.by_law, clock.days, clock.start) == (True, 20, date(2026, 10, 23))


def test_a_receipt_that_the_village_recorded_is_not_recorded_twice(apbdes, cycle):
    review = submitted(cycle, "EV-APB", AUTUMN, **COVER)
    office = wearing("SDK", cycle.village)
    budgets.record_step(apbdes_id=apbdes.pk, values=StepValues("receive", "2026-10-23"), actor=office, at=AUTUMN)
    registered(review, wearing("PTP", cycle.village), AUTUMN, "2026-10-24", "7/APB/2026")
    assert ApbdesStep.objects.filter(event="receive").count() == 1


def test_without_delegation_the_camat_cannot_sign_but_hands_on(apbdes, cycle):
    review = at_desk(cycle)
    assessed(review, wearing("PTP", cycle.village), at=AUTUMN)
    with pytest.raises(RefusedError, match="desk-not-delegated"):
        signed(review, wearing("CAM", cycle.village), AUTUMN, day="2026-11-10")
    services.forward(review_id=review.pk, note="", actor=wearing("CAM", cycle.village), at=AUTUMN)
    made = signed(review, wearing("BUP", cycle.village), AUTUMN, day="2026-11-10")
    assert (made.signer_role, made.delegation_id, Apbdes.objects.get().state) == ("BUP", None, "conform")


def test_the_camat_signs_under_a_delegation_that_is_named(apbdes, cycle, village):
    perbup = delegated(village, districts=[village.district_id])
    review = at_desk(cycle)
    assessed(review, wearing("PTP", village), at=AUTUMN, n9=BAD)
    made = signed(review, wearing("CAM", village), AUTUMN, day="2026-11-10")
    step = ApbdesStep.objects.get(event="find_not_conform")
    assert (made.delegation_id, Apbdes.objects.get().state) == (perbup.pk, "not_conform")
    assert (step.number, step.note) == ("414/7/2026", f"EV-APB 9: {BAD.fix}")


def test_under_a_delegation_nobody_else_signs_and_nothing_is_handed_on(apbdes, cycle, village):
    delegated(village)
    review = at_desk(cycle)
    assessed(review, wearing("PTP", village), at=AUTUMN)
    with pytest.raises(RefusedError, match="desk-delegated"):
        signed(review, wearing("BUP", village), AUTUMN, day="2026-11-10")
    with pytest.raises(RefusedError, match="desk-forward-delegated"):
        services.forward(review_id=review.pk, note="", actor=wearing("CAM", village), at=AUTUMN)


@pytest.mark.parametrize(
    "changed",
    [{"end_date": "2026-11-09"}, {"start_date": "2026-11-11"}, {"districts": ["64.02.01"]}],
)
def test_a_delegation_counts_on_the_day_of_the_letter_and_in_its_districts(apbdes, cycle, village, changed):
    from factories import places

    places.perian()
    delegated(village, **changed)
    review = at_desk(cycle)
    assessed(review, wearing("PTP", village), at=AUTUMN)
    with pytest.raises(RefusedError, match="desk-not-delegated"):
        signed(review, wearing("CAM", village), AUTUMN, day="2026-11-10")


def test_a_result_recorded_from_paper_is_not_overwritten_by_another(apbdes, cycle, village):
    delegated(village)
    review = at_desk(cycle)
    assessed(review, wearing("PTP", village), at=AUTUMN)
    values = StepValues("find_not_conform", "2026-11-09", "1/KERTAS", "Perbaiki")
    budgets.record_step(apbdes_id=apbdes.pk, values=values, actor=wearing("SDK", village), at=AUTUMN)
    with pytest.raises(RefusedError, match="desk-apb-not-sent"):
        signed(review, wearing("CAM", village), AUTUMN, day="2026-11-10")
    assert Review.objects.get().state == "result_draft"


def test_a_corrected_budget_begins_its_next_round(apbdes, cycle, village):
    delegated(village)
    first = at_desk(cycle)
    assessed(first, wearing("PTP", village), at=AUTUMN, n9=BAD)
    signed(first, wearing("CAM", village), AUTUMN, day="2026-11-10")
    office = wearing("SDK", village)
    Review.objects.filter(pk=first.pk).update(digest="0" * 64)
    with pytest.raises(RefusedError, match="desk-apb-correct-first"):
        submitted(cycle, "EV-APB", AUTUMN, **COVER)
    budgets.record_step(apbdes_id=apbdes.pk, values=StepValues("correct", "2026-11-11"), actor=office, at=AUTUMN)
    second = submitted(cycle, "EV-APB", AUTUMN, letter_number="900/12/2026", letter_date="2026-11-12")
    assert (second.round, second.previous_id, Apbdes.objects.get().state) == (2, first.pk, "sent_for_evaluation")


def test_nobody_of_the_desk_records_another_step_of_the_budget(apbdes, village):
    with pytest.raises(NotAllowedError):
        budgets.record_step(
            apbdes_id=apbdes.pk,
            values=StepValues("send", "2026-10-22", "1"),
            actor=wearing("PTP", village),
            at=AUTUMN,
        )


@pytest.mark.parametrize(
    ("today", "steps"),
    [
        (date(2026, 11, 5), []),
        (date(2026, 11, 6), ["10"]),
        (date(2026, 11, 13), ["15"]),
        (date(2026, 11, 18), ["18"]),
        (date(2026, 11, 23), ["lapse"]),
    ],
)
def test_the_camat_is_warned_on_working_day_ten_fifteen_eighteen_and_when_it_lapses(apbdes, cycle, today, steps):
    camat = people.holder(Role.CAM, cycle.village)
    review = at_desk(cycle)
    services.remind_evaluations(today)
    services.remind_evaluations(today)
    keys = Notice.objects.filter(person_id_value=camat.person_id, kind="deadline").values_list("key", flat=True)
    assert sorted(keys) == [f"evaluation-day-{step}:{review.pk}" for step in steps]


def test_a_signed_evaluation_warns_nobody(apbdes, cycle, village):
    delegated(village)
    review = at_desk(cycle)
    assessed(review, wearing("PTP", village), at=AUTUMN)
    signed(review, wearing("CAM", village), AUTUMN, day="2026-11-10")
    assert services.remind_evaluations(date(2026, 12, 30)) == 0


def test_a_budget_that_lapsed_waits_for_nobody_and_its_result_cannot_be_signed(apbdes, cycle, village):
    delegated(village)
    review = at_desk(cycle)
    assessed(review, wearing("PTP", village), at=AUTUMN)
    assert waiting(wearing("CAM", village)).count() == 1
    late = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    office = wearing("SDK", village)
    budgets.record_step(apbdes_id=apbdes.pk, values=StepValues("lapse", "2026-11-23"), actor=office, at=late)
    assert waiting(wearing("CAM", village)).count() == 0
    with pytest.raises(RefusedError, match="desk-apb-not-sent"):
        signed(review, wearing("CAM", village), late, day="2026-11-23")
    shown = people.signed_in(people.holder(Role.CAM, village)).get(reverse("evaluation:review", args=(review.pk,)))
    assert "berlaku dengan sendirinya" in shown.content.decode()


def test_service_time_tells_how_many_were_in_time(apbdes, cycle, village):
    delegated(village)
    review = at_desk(cycle)
    assert service_time(village.place, date(2026, 11, 2)).running == 1
    assert service_time(village.place, date(2026, 12, 30)).received == 1
    assessed(review, wearing("PTP", village), at=AUTUMN)
    signed(review, wearing("CAM", village), AUTUMN, day="2026-11-10")
    found = service_time(village.place, date(2026, 12, 30), checks="EV-APB", year=2026)
    assert (found.within, found.received, found.median_days) == (1, 1, 12.0)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"decree_number": ""}, "desk-decree-missing"),
        ({"decree_date": ""}, "desk-decree-missing"),
        ({"start_date": "2026-05-01", "end_date": "2026-04-30"}, "desk-days-turned"),
        ({"districts": ["99.99.99"]}, "desk-districts"),
    ],
)
def test_a_delegation_that_is_not_whole_is_refused(village, changed, code):
    with pytest.raises(BadInputError, match=code):
        delegated(village, **changed)
    assert Delegation.objects.count() == 0


def test_a_perbup_is_recorded_once_and_can_be_ended(village):
    row = delegated(village)
    with pytest.raises(RefusedError, match="desk-decree-taken"):
        delegated(village)
    ended = services.end_delegation(delegation_id=row.pk, end="2026-12-31", actor=wearing("KDP", village), at=NOW)
    assert ended.end_date == date(2026, 12, 31)


@pytest.mark.parametrize("days", ["0", "61", "lima", ""])
def test_a_service_standard_is_a_number_of_days(village, days):
    with pytest.raises(BadInputError, match="desk-standard"):
        services.set_standard(regency_code=village.regency_id, days=days, actor=wearing("KBD", village), at=NOW)
