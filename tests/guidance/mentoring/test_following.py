"""Promises after the visit: evidence, the eyes of another, waiving by rank, replacing, opening again, time."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from guidance.mentoring.given import (
    CRITICAL,
    MINOR,
    NOW,
    TODAY,
    at,
    handed_in,
    hat,
    planned,
    promise,
    reported,
    upload,
)
from rembuk.core.errors import BadInputError, IllegalTransitionError, NotAllowedError, RefusedError, StaleError
from rembuk.guidance.mentoring import queries, services
from rembuk.guidance.mentoring.models import ActionItem, Visit
from rembuk.guidance.mentoring.services import FindingValues, Sent, Uploaded
from rembuk.shared.models import Notice, Origin


def events(item):
    return [step.event for step in queries.steps_of(item)]


def test_evidence_is_handed_in_by_the_owner_and_judged_by_another(village, mentor, ptp, secretary):
    item = handed_in(promise(mentor), secretary)
    assert (item.state, item.submitted_by, events(item)) == (
        "submitted",
        secretary.person_id,
        ["open", "begin", "submit"],
    )
    told = Notice.objects.get(key__startswith=f"item:{item.pk}:submitted")
    assert told.person_id_value == ptp.person_id
    done = services.verify_item(item_id=item.pk, note="Nomor cocok", actor=ptp, at=at(9))
    assert (done.state, done.met_date, done.verified_by) == ("closed", date(2026, 9, 22), ptp.person_id)
    assert events(done) == ["open", "begin", "submit", "verify", "close"]


def test_rejected_evidence_stays_with_its_note_and_the_owner_goes_on(village, mentor, ptp, secretary):
    item = handed_in(promise(mentor), secretary)
    with pytest.raises(BadInputError):
        services.reject_item(item_id=item.pk, note=" ", actor=ptp, at=at(2))
    rejected = services.reject_item(item_id=item.pk, note="Tanpa tanda tangan", actor=ptp, at=at(2))
    assert (rejected.state, rejected.rejected_count, rejected.due_date) == ("rejected", 1, item.due_date)
    told = Notice.objects.get(person_id_value=secretary.person_id, key__startswith=f"item:{item.pk}:rejected")
    assert told.body == "Tanpa tanda tangan"
    again = handed_in(item, secretary, days=3, color="red")
    assert again.state == "submitted" and again.evidence.count() == 2
    assert events(again) == ["open", "begin", "submit", "reject", "resume", "submit"]


def test_the_same_evidence_again_changes_nothing_and_other_evidence_under_its_key_is_refused(
    village, mentor, secretary
):
    item, key = promise(mentor), uuid4()

    def hand_in(color):
        return services.submit_evidence(
            item_id=item.pk, evidence_id=key, file=upload(color), note="Ini", actor=secretary, at=NOW
        )

    first, again = hand_in("red"), hand_in("red")
    assert first.version == again.version and again.evidence.count() == 1
    with pytest.raises(RefusedError) as refused:
        hand_in("blue")
    assert refused.value.code == "item-key-taken" and again.evidence.count() == 1


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (None, "item-evidence-missing"),
        (Uploaded(b"teks biasa", "a.txt"), "file-kind"),
        (Uploaded(b"", "a.jpg"), "file-empty"),
    ],
)
def test_evidence_is_a_photo_or_a_pdf(village, mentor, secretary, file, code):
    item = promise(mentor)
    with pytest.raises(BadInputError) as refused:
        services.submit_evidence(item_id=item.pk, evidence_id=uuid4(), file=file, actor=secretary, at=NOW)
    item.refresh_from_db()
    assert refused.value.code == code and item.state == "open"


def test_neither_recorder_nor_owner_judges(village, ptp, staff):
    item = promise(ptp, FindingValues("minor", "Gambar belum ada", "Buat gambar", "STF"))
    handed_in(item, staff)
    for person in (ptp, staff):
        with pytest.raises(NotAllowedError):
            services.verify_item(item_id=item.pk, actor=person, at=NOW)
    item.refresh_from_db()
    assert item.state == "submitted"


def test_whoever_holds_the_owners_seat_today_does_not_judge_under_another_hat(village, mentor, secretary):
    """An acting head who is also of the district team owes what his seat owes."""
    item = promise(mentor, FindingValues("minor", "Papan", "Pasang papan", "KAD"))
    handed_in(item, secretary)
    acting = hat("KAD", village, username="rangkap")
    district = hat("PTP", village, username="rangkap")
    assert acting.person_id == district.person_id
    with pytest.raises(NotAllowedError) as refused:
        services.verify_item(item_id=item.pk, actor=district, at=NOW)
    assert refused.value.code == "item-own"


def test_when_the_district_team_recorded_it_the_camat_is_told_to_judge(village, ptp, camat, secretary):
    item = handed_in(promise(ptp), secretary)
    told = Notice.objects.filter(key__startswith=f"item:{item.pk}:submitted").values_list("person_id_value", flat=True)
    assert set(told) == {camat.person_id}


def test_an_item_that_moved_since_is_not_judged_blindly(village, mentor, ptp, secretary):
    item = handed_in(promise(mentor), secretary)
    with pytest.raises(StaleError):
        services.verify_item(item_id=item.pk, version=item.version - 1, actor=ptp, at=NOW)


def test_work_that_has_begun_is_said_once(village, mentor, secretary):
    item = promise(mentor)
    first = services.begin_item(item_id=item.pk, note="Draf", actor=secretary, at=NOW)
    again = services.begin_item(item_id=item.pk, note="Draf", actor=secretary, at=at(1))
    assert first.version == again.version and events(again) == ["open", "begin"]


@pytest.mark.parametrize("role", ["KBD", "STF", "CAM", "PTP", "SEK"])
def test_a_critical_item_is_waived_by_the_head_of_dpmd_alone(village, mentor, chief, role):
    item = promise(mentor)
    with pytest.raises((NotAllowedError, RefusedError)):
        services.waive_item(item_id=item.pk, reason="Tidak perlu", actor=hat(role, village), at=NOW)
    item.refresh_from_db()
    assert item.state == "open"
    waived = services.waive_item(item_id=item.pk, reason="Diganti aturan baru", actor=chief, at=NOW)
    assert (waived.state, waived.ended_reason) == ("waived", "Diganti aturan baru")


def test_sekda_waives_a_critical_item_while_the_seat_of_the_head_is_empty(village, mentor):
    item = promise(mentor)
    assert services.waive_item(item_id=item.pk, reason="Kosong", actor=hat("SEK", village), at=NOW).state == "waived"


@pytest.mark.parametrize("role", ["KDP", "KBD", "STF"])
def test_other_items_are_waived_by_dpmd_with_a_reason(village, mentor, role):
    item = promise(mentor, MINOR)
    actor = hat(role, village)
    with pytest.raises(BadInputError):
        services.waive_item(item_id=item.pk, reason="", actor=actor, at=NOW)
    assert services.waive_item(item_id=item.pk, reason="Sudah tidak berlaku", actor=actor, at=NOW).state == "waived"


def test_an_item_is_replaced_by_one_with_new_days_and_the_old_one_stays_readable(village, mentor, ptp, secretary):
    item = promise(mentor, MINOR)
    made = services.supersede_item(
        item_id=item.pk, recommendation="Pasang di jetty", owner_role="SDK", reason="Papan roboh", actor=ptp, at=at(3)
    )
    item.refresh_from_db()
    assert (item.state, item.replaced_by_id, item.ended_reason) == ("superseded", made.pk, "Papan roboh")
    assert (made.state, made.owner_person, made.finding_id) == ("open", secretary.person_id, item.finding_id)
    assert made.due_date == date(2026, 9, 24) + timedelta(days=35)


def test_a_closed_item_opens_again_with_its_history_and_new_days(village, mentor, ptp, secretary):
    item = handed_in(promise(mentor), secretary)
    services.verify_item(item_id=item.pk, actor=ptp, at=at(2))
    with pytest.raises(BadInputError):
        services.reopen_item(item_id=item.pk, note="", actor=ptp, at=at(20))
    opened = services.reopen_item(item_id=item.pk, note="SK dicabut", actor=ptp, at=at(20))
    assert (opened.state, opened.due_date, opened.met_date) == ("in_progress", date(2026, 10, 23), None)
    assert events(opened) == ["open", "begin", "submit", "verify", "close", "reopen"]
    assert opened.evidence.count() == 1


def test_what_has_ended_is_not_waived(village, mentor, ptp, secretary, chief):
    item = handed_in(promise(mentor), secretary)
    services.verify_item(item_id=item.pk, actor=ptp, at=at(2))
    with pytest.raises(IllegalTransitionError):
        services.waive_item(item_id=item.pk, reason="Lupakan", actor=chief, at=at(3))


def test_the_village_office_hands_in_for_its_people_but_not_for_an_office_of_the_regency(village, mentor, secretary):
    theirs = promise(mentor, FindingValues("minor", "BPD belum rapat", "Rapat BPD", "BPD"))
    assert handed_in(theirs, secretary).state == "submitted"
    offices = promise(mentor, FindingValues("minor", "Gambar belum ada", "Buat gambar", "OPD"))
    with pytest.raises(NotAllowedError):
        handed_in(offices, secretary)
    assert handed_in(offices, hat("OPD", village)).state == "submitted"


def test_the_clock_calls_visits_missed_after_three_days_and_promises_late_after_their_day(
    village, staff, ptp, mentor, secretary
):
    (visit,) = planned(staff, ptp, start="2026-09-24")
    item = promise(mentor)
    services.let_time_pass(date(2026, 9, 26))
    visit.refresh_from_db()
    assert visit.state == "planned"
    services.let_time_pass(date(2026, 9, 27))
    assert services.let_time_pass(date(2026, 10, 3)) == 0
    services.let_time_pass(date(2026, 10, 4))
    assert services.let_time_pass(date(2026, 10, 4)) == 0
    visit.refresh_from_db()
    item.refresh_from_db()
    assert (visit.state, item.state, events(item)) == ("missed", "overdue", ["open", "lapse"])


def test_a_confirmed_visit_is_never_missed_by_the_clock_but_asked_about(village, staff, ptp, secretary):
    (visit,) = planned(staff, ptp, start="2026-09-24")
    services.confirm_visit(visit_id=visit.pk, actor=secretary, at=NOW)
    services.let_time_pass(date(2026, 10, 20))
    visit.refresh_from_db()
    assert visit.state == "confirmed"
    assert [row.pk for row in queries.unreported(ptp, date(2026, 10, 20))] == [visit.pk]


def test_a_rejected_item_past_its_day_is_late_as_well(village, mentor, ptp, secretary):
    item = handed_in(promise(mentor), secretary)
    services.reject_item(item_id=item.pk, note="Buram", actor=ptp, at=at(2))
    services.let_time_pass(date(2026, 10, 4))
    item.refresh_from_db()
    assert item.state == "overdue" and events(item)[-2:] == ["resume", "lapse"]
    assert handed_in(item, secretary, days=15, color="red").state == "submitted"


def test_evidence_in_the_hands_of_a_verifier_is_not_late(village, mentor, secretary):
    handed_in(promise(mentor), secretary)
    assert services.let_time_pass(date(2026, 12, 1)) == 0


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-09-25", None),
        ("2026-09-26", "before-7"),
        ("2026-09-30", "before-3"),
        ("2026-10-02", "before-1"),
        ("2026-10-03", "before-0"),
        ("2026-10-04", "late-1"),
        ("2026-10-10", "late-7"),
        ("2026-10-17", "late-14"),
    ],
)
def test_the_owner_is_reminded_before_on_and_weekly_after_the_last_day(village, mentor, secretary, day, told):
    item = promise(mentor)
    services.remind_mentoring(date.fromisoformat(day))
    keys = list(Notice.objects.filter(key__startswith="item:", kind="deadline").values_list("key", "person_id_value"))
    assert keys == ([(f"item:{item.pk}:2026-10-03:{told}", secretary.person_id)] if told else [])
    assert services.remind_mentoring(date.fromisoformat(day)) == 0


def test_a_promise_in_other_hands_reminds_nobody(village, mentor, secretary):
    handed_in(promise(mentor), secretary)
    assert services.remind_mentoring(date(2026, 10, 3)) == 0


@pytest.mark.parametrize(("days", "told"), [(4, 0), (3, 2), (2, 0), (1, 2), (0, 0)])
def test_village_and_team_are_reminded_of_a_visit_three_days_and_one_day_before(
    village, staff, ptp, secretary, days, told
):
    planned(staff, ptp, start="2026-09-30")
    if days == 2:
        services.remind_mentoring(date(2026, 9, 27))
    assert services.remind_mentoring(date(2026, 9, 30) - timedelta(days=days)) == told


def test_evidence_from_a_device_is_in_time_by_when_it_was_taken(village, mentor, ptp, secretary):
    item = promise(mentor)
    services.submit_evidence(
        item_id=item.pk,
        evidence_id=uuid4(),
        file=upload(),
        actor=secretary,
        at=at(30),
        sent=Sent(at(10), Origin.OFFLINE),
    )
    done = services.verify_item(item_id=item.pk, actor=ptp, at=at(31))
    assert done.met_date == date(2026, 10, 1)
    counts = queries.item_counts(village.place, (TODAY, date(2026, 12, 31)), date(2026, 12, 1))
    assert counts.on_time == (1, 1)


def test_the_figures_count_what_was_planned_done_and_kept(village, staff, ptp, mentor, head, secretary):
    visit = reported(mentor, CRITICAL, MINOR)
    services.acknowledge_visit(visit_id=visit.pk, actor=head, at=NOW)
    planned(staff, ptp, start="2026-09-22")
    critical = ActionItem.objects.get(severity="critical")
    handed_in(critical, secretary, days=20)
    services.verify_item(item_id=critical.pk, actor=ptp, at=at(21))
    services.let_time_pass(date(2026, 11, 1))
    days = (date(2026, 9, 1), date(2026, 12, 31))
    assert queries.visit_counts(village.place, days).done_as_planned == (1, 2)
    assert queries.visits_per_stage(village.place, days) == {(village.id, "K9"): 1}
    counts = queries.kept_in_time_of([village.id], days, date(2026, 11, 1))[village.id]
    assert (counts.due, counts.kept_in_time, counts.kept_late) == (2, 0, 1)
    assert queries.kept_in_time_of(["64.02.18.2004"], days, TODAY) == {}
    assert queries.open_critical_of([village.id]) == {}
    assert [item.severity for item in queries.open_promises(village.id)] == ["minor"]
    assert queries.items_by_state(mentor.person_id, days) == {"closed": 1, "overdue": 1}


def test_a_persons_month_tells_hours_by_day(village, mentor):
    reported(mentor, travel_minutes="90", work_minutes="60")
    (day,) = queries.hours_by_day(mentor.person_id, (date(2026, 9, 1), date(2026, 9, 30)))
    assert (day.day, day.travel_minutes, day.work_minutes, day.visits) == (TODAY, 90, 60, 1)
    assert Visit.objects.count() == len(queries.visits_of_person(mentor.person_id, (TODAY, TODAY))) == 1


def test_dpmd_sets_the_days_and_what_exists_keeps_its_own(village, mentor, staff, ptp, secretary):
    old = promise(mentor)
    typed = {"critical": "3", "major": "10", "minor": "20", "advice": "", "grace_days": "2", "missed_after": "5"}
    rules = services.set_rules(
        regency_code="64.02", typed={**typed, "report_days": "4"}, version=0, actor=staff, at=NOW
    )
    assert (rules.missed_after, rules.report_days, rules.version) == (5, 4, 1)
    services.set_grace(village_id=village.id, days="9", actor=staff, at=NOW)
    new = promise(mentor)
    old.refresh_from_db()
    assert (old.due_date, new.due_date, new.grace_days) == (date(2026, 10, 3), date(2026, 10, 3), 9)
    with pytest.raises(StaleError):
        services.set_rules(regency_code="64.02", typed=typed, version=0, actor=staff, at=NOW)
    with pytest.raises(BadInputError):
        services.set_grace(village_id=village.id, days="banyak", actor=staff, at=NOW)
    with pytest.raises(NotAllowedError):
        services.set_grace(village_id=village.id, days="9", actor=ptp, at=NOW)
