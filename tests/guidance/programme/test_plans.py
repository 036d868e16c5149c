"""The plan of a year by its services: begun, filled, handed in, approved, run, revised, closed, copied."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from factories import people
from guidance.programme import given
from rembuk.core.errors import BadInputError, IllegalTransitionError, NotAllowedError, RefusedError, StaleError
from rembuk.core.guidance.programme import ActivityEvent
from rembuk.core.guidance.programme_content import unpacked
from rembuk.core.hat import Role
from rembuk.guidance.programme import queries, services
from rembuk.guidance.programme.models import GuidancePlan, LeftOut, PlanActivity, PlanVersion
from rembuk.guidance.programme.services import MoneyValues, PlanValues
from rembuk.shared import papers
from rembuk.shared.models import Notice
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db


def refused(error, code):
    return error.value.code == code


def test_a_year_has_one_plan_and_the_same_key_changes_nothing(hats):
    key = uuid4()
    values = PlanValues("2026", objectives="Satu")
    first = services.create_plan(plan_id=key, values=values, actor=hats["STF"], at=given.now())
    again = services.create_plan(plan_id=key, values=values, actor=hats["STF"], at=given.now())
    assert first == again
    with pytest.raises(RefusedError) as error:
        services.create_plan(plan_id=uuid4(), values=values, actor=hats["KBD"], at=given.now())
    assert refused(error, "programme-year-taken")
    assert GuidancePlan.objects.count() == 1


def test_the_database_keeps_one_plan_per_year_too(hats):
    plan = given.begun(hats["STF"])
    with pytest.raises(IntegrityError), setting_up(), transaction.atomic():
        GuidancePlan.objects.create(regency_id=plan.regency_id, year=plan.year, made_by=hats["STF"].person_id)


@pytest.mark.parametrize("year", ["", "26", "dua ribu", "1999", "２０２６"])
def test_a_year_that_is_none_is_refused_in_words(hats, year):
    with pytest.raises(BadInputError) as error:
        services.create_plan(plan_id=uuid4(), values=PlanValues(year), actor=hats["STF"], at=given.now())
    assert refused(error, "programme-year")


@pytest.mark.parametrize("role", [Role.KDP, Role.BUP, Role.BAP, Role.CAM, Role.SDK])
def test_only_dpmd_staff_begin_a_plan(hats, role):
    hat = people.holder(role, username=f"lain.{role.value}".lower()).hat()
    with pytest.raises(NotAllowedError):
        services.create_plan(plan_id=uuid4(), values=PlanValues("2026"), actor=hat, at=given.now())


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": "  "}, "programme-title-missing"),
        ({"kind": "pesta"}, "programme-kind"),
        ({"owner": ""}, "programme-owner-missing"),
        ({"owner": "role:KAD"}, "programme-owner"),
        ({"owner": f"person:{uuid4()}"}, "programme-owner"),
        ({"start": ""}, "programme-day-missing"),
        ({"start": "kemarin"}, "programme-day"),
        ({"start": f"{given.year()}-02-10", "end": f"{given.year()}-02-09"}, "programme-days-turned"),
        ({"start": "2019-02-10", "end": "2019-02-11"}, "programme-outside-year"),
        ({"money": (MoneyValues("apbd", "-5"),)}, "programme-amount-negative"),
        ({"money": (MoneyValues("apbd", "Rp 12,5 jt"),)}, "programme-amount"),
        ({"money": (MoneyValues("", "5000"),)}, "programme-source"),
        ({"money": (MoneyValues("apbd", "1"), MoneyValues("apbd", "2"))}, "programme-money-twice"),
        ({"title": "x" * 201}, "programme-text-long"),
    ],
)
def test_an_activity_that_cannot_be_is_refused_and_nothing_is_stored(hats, fields, code):
    plan = given.begun(hats["STF"])
    with pytest.raises(BadInputError) as error:
        services.new_activity(
            activity_id=uuid4(), plan_id=plan.pk, values=given.values(**fields), actor=hats["STF"], at=given.now()
        )
    assert refused(error, code)
    assert PlanActivity.objects.count() == 0


def test_money_of_zero_is_money(hats):
    plan = given.begun(hats["STF"])
    made = given.activity(plan, hats["STF"], money=(MoneyValues("none", ""), MoneyValues("apbd", "0", "honor")))
    assert sorted((line.source, line.amount) for line in made.money.all()) == [("apbd", 0), ("none", 0)]


def test_targets_come_from_ticks_districts_and_pasted_names_together(hats, villages):
    plan = given.begun(hats["STF"])
    made = given.activity(plan, hats["STF"], ("kec:64.02.18",))
    assert (made.target_count, made.targets_text) == (2, "Kecamatan Muara Wis")
    made = services.set_targets(
        activity_id=made.pk,
        version=made.version,
        villages=["64.02.18.2004"],
        text="Perian",
        actor=hats["STF"],
        at=given.now(),
    )
    chosen = sorted(made.targets.values_list("village_id", flat=True))
    assert chosen == ["64.02.01.2001", "64.02.18.2004"]


def test_a_pasted_name_that_is_unknown_leaves_the_villages_as_they_were(hats):
    plan = given.begun(hats["STF"])
    made = given.activity(plan, hats["STF"], ("64.02.18.2004",))
    with pytest.raises(BadInputError) as error:
        services.set_targets(
            activity_id=made.pk, version=made.version, villages=[], text="Melintan", actor=hats["STF"], at=given.now()
        )
    assert "melintang" in str(error.value.values["names"])
    assert made.targets.count() == 1


def test_two_who_edit_one_activity_do_not_overwrite_each_other(hats):
    plan = given.begun(hats["STF"])
    made = given.activity(plan, hats["STF"])
    version = made.version
    services.edit_activity(
        activity_id=made.pk, version=version, values=given.values(title="Satu"), actor=hats["STF"], at=given.now()
    )
    with pytest.raises(StaleError):
        services.edit_activity(
            activity_id=made.pk, version=version, values=given.values(title="Dua"), actor=hats["KBD"], at=given.now()
        )
    made.refresh_from_db()
    assert made.title == "Satu"


def test_a_plan_that_forgets_a_village_is_not_handed_in_and_names_it(hats):
    plan = given.begun(hats["STF"])
    given.activity(plan, hats["STF"], ("kec:64.02.18",))
    with pytest.raises(RefusedError) as error:
        services.submit(plan_id=plan.pk, actor=hats["KBD"], at=given.now())
    assert [one.subject for one in error.value.findings] == ["64.02.01.2001"]
    plan.refresh_from_db()
    assert (plan.state, plan.submitted_at) == ("draft", None)


def test_a_forgotten_village_is_added_to_a_training_or_left_out_with_a_reason(hats):
    plan = given.begun(hats["STF"])
    made = given.activity(plan, hats["STF"], ("64.02.18.2003",))
    with pytest.raises(BadInputError) as error:
        services.leave_out(plan_id=plan.pk, villages=["64.02.01.2001"], reason=" ", actor=hats["STF"], at=given.now())
    assert refused(error, "programme-reason-missing")
    services.leave_out(
        plan_id=plan.pk,
        villages=["64.02.01.2001", "64.02.18.2004"],
        reason="air surut",
        actor=hats["STF"],
        at=given.now(),
    )
    services.add_villages(activity_id=made.pk, villages=["64.02.01.2001"], actor=hats["STF"], at=given.now())
    assert list(LeftOut.objects.values_list("village_id", "reason")) == [("64.02.18.2004", "air surut")]
    assert services.submit(plan_id=plan.pk, actor=hats["KBD"], at=given.now()).state == "submitted"


def test_villages_are_not_added_to_a_kind_that_reaches_nobody(hats):
    plan = given.begun(hats["STF"])
    made = given.activity(plan, hats["STF"], kind="coordination")
    with pytest.raises(BadInputError) as error:
        services.add_villages(activity_id=made.pk, villages=["64.02.01.2001"], actor=hats["STF"], at=given.now())
    assert refused(error, "programme-add-to")


def test_what_was_handed_in_is_locked_until_it_is_decided(hats):
    plan = given.begun(hats["STF"])
    made = given.activity(plan, hats["STF"])
    services.submit(plan_id=plan.pk, actor=hats["KBD"], at=given.now())
    with pytest.raises(RefusedError) as error:
        services.remove_activity(activity_id=made.pk, actor=hats["STF"], at=given.now())
    assert refused(error, "programme-locked")
    told = Notice.objects.filter(person_id_value=hats["KDP"].person_id).values_list("title", flat=True)
    assert list(told) == [f"Rencana pembinaan {plan.year} menunggu persetujuan Anda"]


def test_staff_prepare_but_the_kabid_hands_in(hats):
    plan = given.begun(hats["STF"])
    given.activity(plan, hats["STF"])
    with pytest.raises(NotAllowedError):
        services.submit(plan_id=plan.pk, actor=hats["STF"], at=given.now())


def test_a_returned_plan_carries_its_note_to_the_kabid(hats):
    plan = given.begun(hats["STF"])
    given.activity(plan, hats["STF"])
    services.submit(plan_id=plan.pk, actor=hats["KBD"], at=given.now())
    with pytest.raises(RefusedError) as error:
        services.return_plan(plan_id=plan.pk, note=" ", actor=hats["KDP"], at=given.now())
    assert refused(error, "programme-return-words")
    plan = services.return_plan(plan_id=plan.pk, note="Tambah Perian", actor=hats["KDP"], at=given.now())
    assert (plan.state, plan.return_note, plan.submitted_by) == ("draft", "Tambah Perian", None)
    bodies = Notice.objects.filter(person_id_value=hats["KBD"].person_id).values_list("body", flat=True)
    assert list(bodies) == ["Tambah Perian"]


def test_an_approved_plan_is_frozen_as_a_version_with_its_paper(hats):
    plan = given.begun(hats["STF"])
    given.activity(plan, hats["STF"])
    plan = given.approved(hats, plan)
    version = PlanVersion.objects.get()
    assert (plan.state, plan.version_no, version.number) == ("approved", 1, 1)
    assert unpacked(version.content) == queries.content_of(plan)
    assert version.digest == papers.digest_of(version.content)
    assert version.paper.village_key == "64.02"
    for fmt in ("docx", "xlsx"):
        data, _kind = papers.open_paper(version.paper, fmt)
        assert data[:2] == b"PK"


def test_a_version_cannot_be_changed_afterwards(hats):
    plan = given.begun(hats["STF"])
    given.activity(plan, hats["STF"])
    given.approved(hats, plan)
    with pytest.raises(Exception, match=r".+"), setting_up(), transaction.atomic():
        PlanVersion.objects.update(digest="0" * 64)
    assert PlanVersion.objects.get().digest != "0" * 64


def test_while_the_seat_is_filled_nobody_else_decides(hats):
    plan = given.begun(hats["STF"])
    given.activity(plan, hats["STF"])
    services.submit(plan_id=plan.pk, actor=hats["KBD"], at=given.now())
    bupati = people.holder(Role.BUP).hat()
    with pytest.raises(RefusedError) as error:
        services.approve(plan_id=plan.pk, actor=bupati, at=given.now())
    assert refused(error, "programme-not-yours")


def test_who_stands_in_for_an_empty_seat_decides(hats, posts):
    plan = given.begun(hats["STF"])
    given.activity(plan, hats["STF"])
    services.submit(plan_id=plan.pk, actor=hats["KBD"], at=given.now())
    with setting_up():
        posts["KDP"].delete()
    secretary = people.holder(Role.SEK).hat()
    assert services.approve(plan_id=plan.pk, actor=secretary, at=given.now()).state == "approved"


def test_the_kepala_hands_in_for_an_empty_kabid_and_then_somebody_else_approves(hats, posts):
    plan = given.begun(hats["STF"])
    given.activity(plan, hats["STF"])
    with setting_up():
        posts["KBD"].delete()
    services.submit(plan_id=plan.pk, actor=hats["KDP"], at=given.now())
    with pytest.raises(RefusedError) as error:
        services.approve(plan_id=plan.pk, actor=hats["KDP"], at=given.now())
    assert refused(error, "programme-same-person")


@pytest.mark.parametrize("day", ["2019-01-01", "2099-01-01"])
def test_a_plan_does_not_start_outside_its_year_or_in_the_future(hats, day):
    plan = given.begun(hats["STF"])
    given.activity(plan, hats["STF"])
    given.approved(hats, plan)
    with pytest.raises(BadInputError) as error:
        services.start(plan_id=plan.pk, day=day, actor=hats["KBD"], at=given.now())
    assert refused(error, "programme-start-day")


def test_a_revision_leaves_the_version_in_force_until_it_is_approved(hats):
    plan, made = given.running(hats)
    services.revise(plan_id=plan.pk, reason="dana bertambah", actor=hats["KBD"], at=given.now())
    made.refresh_from_db()
    services.edit_activity(
        activity_id=made.pk,
        version=made.version,
        values=given.values(money=(MoneyValues("apbd", "25.000.000"),)),
        actor=hats["STF"],
        at=given.now(),
    )
    plan.refresh_from_db()
    assert queries.content_in_force(plan).total == 10_000_000
    assert queries.content_of(plan).total == 25_000_000
    assert queries.budget_used(plan.regency_id, plan.year).planned == 10_000_000
    plan = given.approved(hats, plan)
    assert (plan.state, plan.version_no) == ("running", 2)
    assert queries.budget_used(plan.regency_id, plan.year).planned == 25_000_000
    assert sorted(PlanVersion.objects.values_list("number", "reason")) == [(1, ""), (2, "dana bertambah")]


def test_a_revision_nobody_handed_in_is_not_approved(hats):
    plan, _made = given.running(hats)
    services.revise(plan_id=plan.pk, reason="dana bertambah", actor=hats["KBD"], at=given.now())
    with pytest.raises(RefusedError) as error:
        services.approve(plan_id=plan.pk, actor=hats["KDP"], at=given.now())
    assert refused(error, "programme-revision-not-submitted")


def test_a_running_plan_closes_once_its_activities_are_closed(hats):
    plan, made = given.running(hats)
    with pytest.raises(RefusedError) as error:
        services.close_plan(plan_id=plan.pk, note="", actor=hats["KBD"], at=given.now())
    assert [one.subject for one in error.value.findings] == [str(made.pk)]
    services.step_activity(
        activity_id=made.pk, event=ActivityEvent.CLOSE, words="193 orang", actor=hats["KBD"], at=given.now()
    )
    plan = services.close_plan(plan_id=plan.pk, note="Selesai", actor=hats["KBD"], at=given.now())
    assert (plan.state, plan.closing_note) == ("closed", "Selesai")
    with pytest.raises(IllegalTransitionError):
        services.revise(plan_id=plan.pk, reason="lupa", actor=hats["KBD"], at=given.now())


def test_a_copy_moves_the_days_and_leaves_the_years_own_things_behind(hats):
    first = given.begun(hats["STF"])
    kept = given.activity(first, hats["STF"], ("kec:64.02.18",))
    given.activity(first, hats["STF"], ("64.02.01.2001",), title="Batal", kind="visit")
    services.leave_out(plan_id=first.pk, villages=["64.02.01.2001"], reason="x", actor=hats["STF"], at=given.now())
    values = PlanValues(str(first.year + 1), copy_of=str(first.pk))
    copy = services.create_plan(plan_id=uuid4(), values=values, actor=hats["STF"], at=given.now())
    rows = list(queries.activities_of(copy))
    assert (copy.objectives, copy.copied_from, len(rows)) == (first.objectives, first, 2)
    assert rows[0].start_date == date(first.year + 1, kept.start_date.month, kept.start_date.day)
    assert (rows[0].target_count, rows[0].money.get().amount) == (2, 10_000_000)
    assert not LeftOut.objects.filter(plan=copy).exists()


def test_a_plan_of_another_regency_is_not_copied(hats):
    with pytest.raises(RefusedError) as error:
        values = PlanValues("2027", copy_of=str(uuid4()))
        services.create_plan(plan_id=uuid4(), values=values, actor=hats["STF"], at=given.now())
    assert refused(error, "programme-copy-missing")
