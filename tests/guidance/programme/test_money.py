"""Payments beside the plan, and what other rooms count for an activity."""

from datetime import timedelta
from uuid import uuid4

import pytest

from factories import people
from guidance.programme import given
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.guidance.programme import ActivityEvent
from rembuk.core.hat import Role
from rembuk.guidance.mentoring.models import Visit
from rembuk.guidance.programme import queries, services
from rembuk.guidance.programme.models import ActivityLink, Realisation
from rembuk.guidance.training.models import Enrolment, TrainingBatch
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db


def test_nothing_is_paid_before_the_plan_runs(hats):
    plan = given.begun(hats["STF"])
    made = given.activity(plan, hats["STF"])
    with pytest.raises(RefusedError) as error:
        given.paid(made, hats["STF"])
    assert error.value.code == "programme-not-running"
    assert Realisation.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"day": ""}, "programme-day-missing"),
        ({"day": f"{given.year()}-01-01"}, "programme-paid-early"),
        ({"day": (clock.today() + timedelta(days=1)).isoformat()}, "programme-paid-future"),
        ({"amount": "0"}, "programme-paid-zero"),
        ({"amount": "-1"}, "programme-amount-negative"),
        ({"amount": "banyak"}, "programme-amount"),
        ({"number": " "}, "programme-document-missing"),
        ({"source": "kas"}, "programme-source"),
        ({"district": "64.02.99"}, "programme-district"),
    ],
)
def test_a_payment_that_cannot_be_is_refused_in_words(hats, fields, code):
    _plan, made = given.running(hats)
    with pytest.raises(BadInputError) as error:
        given.paid(made, hats["STF"], **fields)
    assert error.value.code == code
    assert Realisation.objects.count() == 0


def test_pressing_twice_pays_once(hats):
    _plan, made = given.running(hats)
    key = uuid4()
    first, second = given.paid(made, hats["STF"], key), given.paid(made, hats["STF"], key)
    assert (first, Realisation.objects.count()) == (second, 1)


def test_a_cancelled_activity_takes_no_more_payments(hats):
    _plan, made = given.running(hats)
    services.step_activity(
        activity_id=made.pk, event=ActivityEvent.CANCEL, words="dialihkan", actor=hats["KBD"], at=given.now()
    )
    with pytest.raises(RefusedError) as error:
        given.paid(made, hats["STF"])
    assert error.value.code == "programme-activity-cancelled"


def test_the_kepala_reads_money_and_does_not_enter_it(hats):
    _plan, made = given.running(hats)
    with pytest.raises(NotAllowedError):
        given.paid(made, hats["KDP"])


def test_a_withdrawn_payment_stays_readable_and_counts_no_more(hats):
    plan, made = given.running(hats)
    payment = given.paid(made, hats["STF"])
    with pytest.raises(BadInputError):
        services.withdraw_payment(payment_id=payment.pk, reason=" ", actor=hats["STF"], at=given.now())
    services.withdraw_payment(payment_id=payment.pk, reason="salah ketik", actor=hats["STF"], at=given.now())
    assert queries.paid_by_activity(plan) == {}
    assert [row.withdrawn_reason for row in queries.payments_of(made)] == ["salah ketik"]


def test_planned_and_paid_stand_beside_each_other_in_every_view(hats):
    plan, made = given.running(hats)
    given.paid(made, hats["STF"])
    given.paid(made, hats["STF"], amount="7.000.001", district="64.02.18", number="SP2D/18")
    given.paid(made, hats["STF"], amount="500", source="third_party", number="K/1")
    found = queries.money_of_plan(plan)
    money = found.money
    assert (money.total.planned, money.total.paid, money.total.over) == (10_000_000, 11_000_501, 1_000_501)
    assert [(row.key, row.paid) for row in money.sources] == [("apbd", 11_000_001), ("third_party", 500)]
    assert {row.key: row.planned for row in money.districts} == {"64.02.01": 3_333_333, "64.02.18": 6_666_667}
    assert sum(row.paid for row in money.districts) == 11_000_501
    assert money.quarters == (11_000_501, 0, 0, 0)
    assert found.unplanned == {(str(made.pk), "third_party")}
    used = queries.budget_used(plan.regency_id, plan.year)
    assert (used.planned, used.realised, used.cost_per_village) == (10_000_000, 11_000_501, None)


def test_there_is_no_use_of_a_budget_before_a_plan_was_approved(hats):
    plan = given.begun(hats["STF"])
    assert queries.budget_used(plan.regency_id, plan.year) is None


def test_a_batch_is_counted_by_its_own_room_and_for_one_activity_only(hats, villages):
    plan, made = given.running(hats)
    with setting_up():
        batch = TrainingBatch.objects.create(
            regency_id=plan.regency_id, title="Angkatan I", topics=["K7"], proposed_by=uuid4(), state="COMPLETED"
        )
        Enrolment.objects.create(
            batch=batch,
            name="Contoh",
            role="SDK",
            village=villages[0],
            regency_id=plan.regency_id,
            district_id=villages[0].district_id,
            state="COMPLETED",
            nominated_by=uuid4(),
        )
    services.link(activity_id=made.pk, value=f"batch:{batch.pk}", actor=hats["STF"], at=given.now())
    services.link(activity_id=made.pk, value=f"batch:{batch.pk}", actor=hats["STF"], at=given.now())
    (count,) = queries.counts_of(plan, [made])[made.pk]
    assert (count.done, count.planned, count.title) == (1, 1, "Angkatan I")
    assert count.words == "angkatan terlaksana; 1 peserta dari 1 desa"
    services.revise(plan_id=plan.pk, reason="tambah", actor=hats["KBD"], at=given.now())
    other = given.activity(plan, hats["STF"], title="Lain")
    with pytest.raises(RefusedError) as error:
        services.link(activity_id=other.pk, value=f"batch:{batch.pk}", actor=hats["STF"], at=given.now())
    assert error.value.code == "programme-link-taken"


def test_visits_are_counted_in_the_period_and_the_villages_of_the_activity(hats, villages):
    plan, made = given.running(hats)
    inside, outside = made.start_date, made.end_date + timedelta(days=1)
    with setting_up():
        for village, day, state in (
            (villages[0], inside, "closed"),
            (villages[1], inside, "missed"),
            (villages[1], inside, "cancelled"),
            (villages[2], outside, "closed"),
        ):
            Visit.objects.create(
                village=village, planned_date=day, planned_by=uuid4(), state=state, **closed(day, state)
            )
    services.link(activity_id=made.pk, value="visits:", actor=hats["STF"], at=given.now())
    (count,) = queries.counts_of(plan, [made])[made.pk]
    assert (count.done, count.planned, count.words) == (1, 2, "kunjungan selesai; 1 terlewat")
    assert queries.budget_used(plan.regency_id, plan.year).visited == 2


def closed(day, state):
    if state != "closed":
        return {"reason_code": "weather", "reason_text": "banjir"} if state == "cancelled" else {}
    return {
        "visit_date": day,
        "reported_by": uuid4(),
        "body_digest": "0" * 64,
        "captured_at": given.now(),
        "received_at": given.now(),
        "signer_name": "Contoh",
        "signed_how": "program",
        "signed_date": day,
        "acknowledged_at": given.now(),
        "closed_at": given.now(),
        "no_findings": True,
    }


@pytest.mark.parametrize("value", ["", "batch:", f"batch:{uuid4()}", "pesta:1", f"visits:{uuid4()}", "season:bukan"])
def test_what_does_not_exist_is_not_linked(hats, value):
    _plan, made = given.running(hats)
    with pytest.raises(BadInputError):
        services.link(activity_id=made.pk, value=value, actor=hats["STF"], at=given.now())
    assert ActivityLink.objects.count() == 0


def test_every_kind_of_link_is_counted_in_a_constant_number_of_queries(hats, django_assert_max_num_queries):
    plan, made = given.running(hats)
    for kind in ("visits:", "questions:", "reviews:"):
        services.link(activity_id=made.pk, value=kind, actor=hats["STF"], at=given.now())
    with django_assert_max_num_queries(6):
        counts = queries.counts_of(plan, [made])[made.pk]
    assert [(count.kind, count.done, count.planned) for count in counts] == [
        ("visits", 0, 0), ("questions", 0, 0), ("reviews", 0, 0),
    ]  # fmt: skip


def test_a_village_reads_the_activity_meant_for_it_only(hats, villages):
    plan = given.begun(hats["STF"])
    mine = given.activity(plan, hats["STF"], ("64.02.18.2003",))
    given.activity(plan, hats["STF"], ("64.02.01.2001",), title="Lain")
    office, camat = people.holder(Role.SDK).hat(), people.holder(Role.CAM).hat()
    assert list(queries.activities_seen_by(plan, office)) == [mine]
    assert list(queries.activities_seen_by(plan, camat)) == [mine]
    assert queries.activities_seen_by(plan, hats["KBD"]).count() == 2
