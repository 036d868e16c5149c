"""A Perdes step by step: every day in order, every number once, the regent's answer with its letter."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from factories import people
from plans.given import ENACTMENT, NOW, TODAY, draft_of, hat_at
from rembuk.core.errors import BadInputError, IllegalTransitionError, NotAllowedError, RefusedError
from rembuk.cycles.models import Cycle
from rembuk.plans import perdes_duties, services
from rembuk.plans.models import PerdesStep, RkpdesVersion, Rpjmdes
from rembuk.plans.queries import plan_by_id
from rembuk.plans.services import Letter
from rembuk.shared.trail.testing import every_write_has_an_actor, setting_up

LATER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def agreed(plan):
    """A plan that BPD has agreed to on the day of the tests."""
    days = {name: TODAY.isoformat() for name in ("consulted", "discussed", "agreed")}
    with setting_up():
        RkpdesVersion.objects.filter(pk=plan.id).update(
            state="agreed",
            perdes_state="agreed",
            perdes_dates=days,
            bpd_agreement_date=TODAY,
            bpd_agreement_number="4/BPD/2026",
        )
    return plan_by_id(plan.id)


@pytest.fixture
def enacted(agreed):
    """The same plan in force; its content stands for itself here."""
    with setting_up():
        RkpdesVersion.objects.filter(pk=agreed.id).update(
            state="enacted",
            perdes_state="promulgated",
            perdes_dates={**agreed.perdes_dates, "promulgated": TODAY.isoformat()},
            perdes_number="5 Tahun 2026",
            perdes_date=TODAY,
            promulgated_date=TODAY,
            content_hash="0" * 64,
            enacted_at=NOW,
        )
    return plan_by_id(agreed.id)


def move(plan, actor, event, on=TODAY, at=NOW, **letter):
    return services.move_perdes(plan_id=plan.id, event=event, on=on, actor=actor, at=at, letter=Letter(**letter))


def test_each_step_is_recorded_with_its_day_its_letter_and_who_wrote_it_down(agreed, hat):
    with every_write_has_an_actor():
        move(agreed, hat("BPD"), "deliver")
        plan = move(agreed, hat("KAD"), "sign", number="5 Tahun 2026")
    assert (plan.state, plan.perdes_state, plan.perdes_number, plan.perdes_date) == (
        "agreed",
        "signed",
        "5 Tahun 2026",
        TODAY,
    )
    rows = PerdesStep.objects.filter(plan=plan).values_list("order", "event", "day", "number")
    assert list(rows) == [(1, "deliver", TODAY, ""), (2, "sign", TODAY, "5 Tahun 2026")]
    assert PerdesStep.objects.get(order=2).recorded_by == hat("KAD").person_id


@pytest.mark.parametrize(
    ("on", "number", "code"),
    [
        (None, "5", "perdes-day-missing"),
        (TODAY + timedelta(1), "5", "date-in-future"),
        (TODAY - timedelta(1), "5", "perdes-dates-order"),
        (TODAY, " ", "perdes-number-of-letter-missing"),
    ],
)
def test_a_step_that_cannot_be_is_refused_and_nothing_is_stored(agreed, hat, on, number, code):
    move(agreed, hat("BPD"), "deliver")
    with pytest.raises(BadInputError) as refused:
        move(agreed, hat("KAD"), "sign", on=on, number=number)
    assert refused.value.code == code
    plan = plan_by_id(agreed.id)
    assert (plan.perdes_state, plan.perdes_number, PerdesStep.objects.count()) == ("delivered_to_head", "", 1)


def test_nothing_is_promulgated_before_it_is_agreed(plan, hat):
    with pytest.raises(IllegalTransitionError):
        move(plan, hat("SDK"), "deliver")
    with setting_up():
        RkpdesVersion.objects.filter(pk=plan.id).update(bpd_agreement_date=TODAY)
    early = services.Enactment("5", TODAY - timedelta(3), TODAY - timedelta(3))
    with pytest.raises(BadInputError, match="perdes-dates-order"):
        services.enact_plan(plan_id=plan.id, enactment=early, actor=hat("SDK"), at=NOW)
    with pytest.raises(RefusedError):
        services.enact_plan(plan_id=plan.id, enactment=ENACTMENT, actor=hat("SDK"), at=NOW)
    assert (plan_by_id(plan.id).perdes_state, PerdesStep.objects.count()) == ("draft", 0)


@pytest.mark.parametrize("number", ["5", "05 Tahun 2026", "Nomor 5/2026"])
def test_a_number_of_the_village_and_year_is_given_once(agreed, village, hat, number):
    with setting_up():
        Rpjmdes.objects.create(
            village=village, perdes_number="5", perdes_date=date(2026, 3, 1), start_year=2026, end_year=2033
        )
    move(agreed, hat("BPD"), "deliver")
    with pytest.raises(BadInputError) as refused:
        move(agreed, hat("KAD"), "sign", number=number)
    assert (refused.value.code, refused.value.values["other"]) == ("perdes-number-taken", "RPJM Desa 2026-2033")
    for again in (
        lambda: services.enact_plan(
            plan_id=agreed.id, enactment=services.Enactment(number, TODAY, TODAY), actor=hat("SDK"), at=NOW
        ),
        lambda: services.save_perdes(
            plan_id=agreed.id,
            lists={},
            narrative={},
            number=number,
            version=plan_by_id(agreed.id).version,
            actor=hat("SDK"),
            at=NOW,
        ),
    ):
        with pytest.raises(BadInputError, match="perdes-number-taken"):
            again()
    assert plan_by_id(agreed.id).perdes_number == ""


def test_the_number_of_another_village_or_year_is_free(agreed, village, hat):
    with setting_up():
        Rpjmdes.objects.create(
            village=village, perdes_number="5", perdes_date=date(2021, 3, 1), start_year=2020, end_year=2027
        )
    move(agreed, hat("BPD"), "deliver")
    assert move(agreed, hat("KAD"), "sign", number="5 Tahun 2026").perdes_state == "signed"


def test_sending_receipt_and_answer_follow_an_enacted_plan(enacted, hat):
    move(enacted, hat("SDK"), "send", number="140/31/2026")
    move(enacted, hat("SDK"), "receive", on=TODAY + timedelta(2), at=LATER)
    with pytest.raises(BadInputError, match="perdes-received-already"):
        move(enacted, hat("SDK"), "receive", on=TODAY + timedelta(3), at=LATER)
    with pytest.raises(BadInputError, match="perdes-number-of-letter-missing"):
        move(enacted, hat("HKM"), "clear", on=TODAY + timedelta(20), at=LATER)
    plan = move(enacted, hat("SDK"), "clear", on=TODAY + timedelta(20), at=LATER, number="188/77/HK")
    assert plan_by_id(plan.id).perdes_state == "clear"
    with pytest.raises(IllegalTransitionError):
        move(enacted, hat("SDK"), "send", number="1", at=LATER, on=TODAY + timedelta(21))


def test_a_revision_says_what_is_asked_and_is_sent_again(enacted, hat):
    move(enacted, hat("SDK"), "send", number="1")
    with pytest.raises(BadInputError, match="perdes-note-of-letter-missing"):
        move(enacted, hat("SDK"), "ask_revision", number="2")
    move(enacted, hat("SDK"), "ask_revision", number="2", note="Konsiderans belum memuat PP 43/2014.")
    plan = move(enacted, hat("SDK"), "resend", number="3")
    assert plan.perdes_state == "sent_to_regent"
    assert [row.event for row in PerdesStep.objects.order_by("order")] == ["send", "ask_revision", "resend"]


def test_annulment_is_recorded_by_its_decision(enacted, hat):
    move(enacted, hat("SDK"), "send", number="1")
    with pytest.raises(BadInputError, match="perdes-number-of-letter-missing"):
        move(enacted, hat("SDK"), "annul")
    assert move(enacted, hat("SDK"), "annul", number="188.45/9").perdes_state == "annulled"


def test_silence_is_no_objection_only_after_thirty_days_and_where_the_regency_lets_it(enacted, village, hat):
    move(enacted, hat("SDK"), "send", number="1")
    over = TODAY + timedelta(31)
    with pytest.raises(BadInputError, match="perdes-silence"):
        move(enacted, hat("SDK"), "lapse", on=over, at=LATER)
    move(enacted, hat("SDK"), "receive", at=LATER)
    with pytest.raises(BadInputError, match="perdes-too-early"):
        move(enacted, hat("SDK"), "lapse", on=over - timedelta(1), at=LATER)
    boss = hat_at(village.regency.place, "KBD")
    services.set_perdes_rules(regency_code=village.regency_id, silence=False, actor=boss, at=LATER)
    with pytest.raises(BadInputError, match="perdes-silence"):
        move(enacted, hat("SDK"), "lapse", on=over, at=LATER)
    services.set_perdes_rules(regency_code=village.regency_id, silence=True, actor=boss, at=LATER)
    assert move(enacted, hat("SDK"), "lapse", on=over, at=LATER).perdes_state == "clear"


@pytest.mark.parametrize(
    ("event", "roles"),
    [("deliver", {"BPD", "SDK"}), ("sign", {"KAD", "SDK"}), ("send", {"KAD", "SDK"}), ("receive", {"KAD", "SDK"})],
)
def test_only_the_responsible_record_a_step(agreed, hat, event, roles):
    for role in ("KAD", "SDK", "BPD", "TIM", "KAU", "VRF", "CAM", "FAS", "WGA"):
        if role not in roles:
            with pytest.raises(NotAllowedError):
                move(agreed, hat(role), event)


def test_a_step_of_nobody_is_refused(agreed, hat):
    for event in ("promulgate", "consult", "x"):
        with pytest.raises(BadInputError, match="perdes-step-unknown"):
            move(agreed, hat("SDK"), event)


def test_the_duty_stands_with_the_role_that_is_to_act(agreed, hat):
    late = TODAY + timedelta(9)
    (duty,) = perdes_duties.of_hat(hat("BPD"), late)
    assert (duty.days_left, duty.state, duty.due) == (-2, "late", TODAY + timedelta(7))
    assert perdes_duties.of_hat(hat("KAD"), late) == []
    move(agreed, hat("BPD"), "deliver")
    assert [duty.days_left for duty in perdes_duties.of_hat(hat("KAD"), TODAY)] == [15]
    assert perdes_duties.of_hat(hat("TIM"), TODAY) == []


def test_a_regency_sees_one_line_for_all_that_wait(enacted, village, hat):
    legal = hat_at(village.regency.place, "HKM")
    assert perdes_duties.of_hat(legal, TODAY) == []
    move(enacted, hat("SDK"), "send", number="1")
    (duty,) = perdes_duties.of_hat(legal, TODAY + timedelta(31))
    assert (duty.due, duty.days_left, duty.state) == (TODAY + timedelta(30), -1, "late")


def other_cycle(village):
    with setting_up():
        return Cycle.objects.create(village=village, plan_year=2027, budget_year=2028, profile="kukar-2025")


def test_two_plans_of_a_village_never_share_a_number(enacted, village, hat):
    other = draft_of(other_cycle(village), hat("SDK"))
    with pytest.raises(BadInputError) as refused:
        services.save_perdes(
            plan_id=other.id,
            lists={},
            narrative={},
            number="5 Tahun 2026",
            version=other.version,
            actor=hat("SDK"),
            at=NOW,
        )
    assert refused.value.values["other"] == "RKP Desa 2027 versi 1"


# Pages


@pytest.fixture
def office(village):
    with setting_up():
        return people.signed_in(people.secretary(village))


def test_the_page_names_the_next_step_its_clock_and_what_is_missing(office, agreed):
    page = office.get(reverse("plans:perdes", args=(agreed.id,))).content.decode()
    for words in ("tanggal Ketua BPD menyerahkan rancangan", "PP 43/2014 Pasal 84 ayat (1)", "Catat penyerahan"):
        assert words in page
    assert "Catat tanda tangan" not in page


def test_a_perdes_to_be_mended_leads_to_its_amendment(office, enacted, hat):
    move(enacted, hat("SDK"), "send", number="1")
    move(enacted, hat("SDK"), "ask_revision", number="2", note="Lampiran kurang satu halaman.")
    page = office.get(reverse("plans:perdes", args=(enacted.id,))).content.decode()
    assert reverse("plans:amendment", args=(enacted.id,)) in page and "Catat pengiriman ulang" in page
    assert "Lampiran kurang satu halaman." in page


def test_steps_are_recorded_from_the_page_and_a_refusal_keeps_what_was_typed(office, agreed):
    day = TODAY.isoformat()
    answer = office.post(
        reverse("plans:deliver", args=(agreed.id,)), {"peristiwa": "deliver", "tanggal": day, "dari": "perdes"}
    )
    assert answer.status_code == 302
    sign = reverse("plans:sign", args=(agreed.id,))
    refused = office.post(sign, {"peristiwa": "sign", "nomor": "5 Tahun 2026", "tanggal": "2026-01-05"})
    page = refused.content.decode()
    assert refused.status_code == 400
    assert "Tanggal tidak berurutan: 5 Januari 2026 mendahului langkah sebelumnya, 10 September 2026." in page
    assert 'value="5 Tahun 2026"' in page and 'value="2026-01-05"' in page
    assert office.post(sign, {"peristiwa": "sign", "nomor": "5", "tanggal": day}).status_code == 302
    assert plan_by_id(agreed.id).perdes_state == "signed"


def test_the_division_sets_how_silence_is_read(village, office):
    url = reverse("plans:perdes_rules", args=(village.regency_id,))
    with setting_up():
        head = people.signed_in(people.holder("KBD", village))
    assert "Simpan aturan" not in office.get(url).content.decode()
    assert "Simpan aturan" in head.get(url).content.decode()
    save = reverse("plans:set_perdes_rules", args=(village.regency_id,))
    assert (office.post(save, {"diam": "0"}).status_code, head.post(save, {"diam": "0"}).status_code) == (404, 302)
    assert "menunggu jawaban tertulis" in office.get(url).content.decode()
