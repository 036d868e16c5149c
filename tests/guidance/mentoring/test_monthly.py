"""The monthly report: what the program gathers of a month, handing in, checking and returning, who owes one."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from factories import people, places
from guidance.mentoring.given import CRITICAL, MINOR, begun, hat, planned, reported
from rembuk.core.errors import (
    BadInputError,
    IllegalTransitionError,
    NotAllowedError,
    RefusedError,
    StaleError,
)
from rembuk.core.guidance.monthly import Month, Standing
from rembuk.core.guidance.monthly_figures import figures_from
from rembuk.core.hat import Role
from rembuk.guidance.clinic.models import Ticket
from rembuk.guidance.mentoring import monthly_duties, queries, services
from rembuk.guidance.mentoring.models import MonthlyReport, Visit
from rembuk.guidance.mentoring.monthly_rules import report_rules_of
from rembuk.guidance.mentoring.services import ReportWords, RuleValues
from rembuk.shared.models import Notice
from rembuk.shared.trail.testing import setting_up

SEPTEMBER = Month(2026, 9)
WORDS = ReportWords("Sinyal hilang", "Perahu", "Datang pada hari pasar")
IN_TIME = datetime(2026, 10, 3, 1, 0, tzinfo=UTC)


def on(day: int, month: int = 10) -> datetime:
    return datetime(2026, month, day, 1, 0, tzinfo=UTC)


def handed_in(writer, at=IN_TIME, words=WORDS, month=SEPTEMBER):
    return services.submit_report(month=month, words=words, actor=writer, at=at)


def standings(looker, month=SEPTEMBER, today=date(2026, 10, 10)):
    rules = report_rules_of(places.melintang().regency)
    return {(row.name, row.role): row.standing for row in queries.handed_in(looker, month, rules, today)}


def asked_of(hat, today):
    return [*monthly_duties.writing(hat, today), *monthly_duties.checking(hat, today)]


@pytest.fixture
def visit(village, mentor):
    return reported(
        mentor, MINOR, travel_minutes="95", work_minutes="120", access_used="river", data_problem="IDM lama"
    )


def test_the_month_is_gathered_from_sheets_with_place_stage_access_and_minutes(village, mentor, visit):
    figures = queries.figures_of(mentor.person_id, SEPTEMBER)
    (line,) = figures.visits
    assert (line.day, line.time, line.village, line.district) == (date(2026, 9, 21), "09.00", "Melintang", "Muara Wis")
    assert (line.stage, line.access, line.travel_minutes, line.work_minutes, line.findings) == (
        "K9",
        "river",
        95,
        120,
        1,
    )
    assert [(one.kind, one.severity, one.text) for one in figures.problems] == [
        ("finding", "minor", "Papan informasi kosong"),
        ("data", "", "IDM lama"),
    ]
    assert figures.items == {"open": 1}
    assert [(day.day, day.minutes) for day in figures.hours] == [(date(2026, 9, 21), 215)]


def test_what_others_did_and_other_months_stay_out(village, mentor, ptp, visit):
    assert queries.figures_of(ptp.person_id, SEPTEMBER).visits == ()
    assert queries.figures_of(mentor.person_id, Month(2026, 8)).visits == ()


def test_visits_that_did_not_take_place_are_counted_by_what_became_of_them(village, staff, ptp):
    (first,) = planned(staff, ptp)
    services.cancel_visit(visit_id=first.pk, reason="Banjir", actor=staff, at=on(22, 9))
    planned(staff, ptp, start="2026-09-29")
    figures = queries.figures_of(ptp.person_id, SEPTEMBER)
    assert figures.not_made == {"cancelled": 1, "planned": 1} and figures.visits == ()


def test_questions_that_the_person_took_are_told_without_the_words_of_the_asker(village, mentor):
    with setting_up():
        Ticket.objects.create(
            village=village,
            channel="phone",
            topic="K7",
            question="Bu Ratna menanyakan matriks",
            asked_by=mentor.person_id,
            handler_id=mentor.person_id,
            state="assigned",
            captured_at=on(10, 9),
            received_at=on(10, 9),
        )
    figures = queries.figures_of(mentor.person_id, SEPTEMBER)
    assert [(line.day, line.time, line.topic, line.state) for line in figures.tickets] == [
        (date(2026, 9, 10), "09.00", "K7", "assigned")
    ]
    assert "Ratna" not in str(figures.data)


def test_the_same_number_of_questions_for_one_visit_and_for_three(village, mentor):
    def count():
        with CaptureQueriesContext(connection) as asked:
            queries.figures_of(mentor.person_id, SEPTEMBER)
        return len(asked)

    reported(mentor, MINOR)
    one = count()
    for _turn in range(2):
        reported(mentor, MINOR)
    assert count() == one and one <= 12


def test_handing_in_freezes_the_figures_with_their_digest(village, mentor, ptp, visit):
    report = handed_in(mentor)
    assert (report.state, report.days_late, report.obstacles) == ("submitted", 0, "Sinyal hilang")
    assert figures_from(report.figures).digest == report.figures_digest
    reported(mentor, CRITICAL)
    shown = queries.shown_figures(queries.report_of(mentor.person_id, SEPTEMBER), mentor.person_id, SEPTEMBER)
    assert len(shown.visits) == 1 and len(queries.figures_of(mentor.person_id, SEPTEMBER).visits) == 2


def test_handing_in_twice_changes_nothing(village, mentor, ptp, visit):
    first = handed_in(mentor)
    again = handed_in(mentor, at=on(5), words=ReportWords("Lain"))
    assert (again.pk, again.version, again.obstacles) == (first.pk, first.version, "Sinyal hilang")
    assert Notice.objects.filter(key__startswith="report:").count() == 1


@pytest.mark.parametrize(("day", "late"), [(7, 0), (8, 1), (20, 13)])
def test_a_late_report_is_marked_and_not_refused(village, mentor, day, late):
    report = handed_in(mentor, at=on(day))
    assert (report.state, report.days_late, report.submitted_date) == ("submitted", late, date(2026, 10, day))


def test_a_month_that_runs_is_kept_but_not_handed_in(village, mentor):
    with pytest.raises(RefusedError) as refused:
        handed_in(mentor, at=on(29, 9))
    assert refused.value.code == "report-month-runs" and not MonthlyReport.objects.exists()
    saved = services.save_words(month=SEPTEMBER, words=WORDS, actor=mentor, at=on(21, 9))
    assert (saved.state, saved.figures) == ("draft", {})
    assert handed_in(mentor, at=on(30, 9)).state == "submitted"


def test_a_month_to_come_and_one_without_a_task_are_refused(village):
    late = hat("PLD", village, start_date=date(2026, 9, 15))
    with pytest.raises(BadInputError) as ahead:
        services.save_words(month=Month(2026, 11), words=WORDS, actor=late, at=on(3))
    with pytest.raises(RefusedError) as before:
        services.save_words(month=Month(2026, 8), words=WORDS, actor=late, at=on(3))
    assert (ahead.value.code, before.value.code) == ("report-month-ahead", "report-no-task")
    assert not MonthlyReport.objects.exists()


def test_two_tabs_do_not_overwrite_each_other(village, mentor):
    first = services.save_words(month=SEPTEMBER, words=WORDS, version=0, actor=mentor, at=on(1))
    with pytest.raises(StaleError):
        services.save_words(month=SEPTEMBER, words=ReportWords("Lain"), version=0, actor=mentor, at=on(2))
    first.refresh_from_db()
    assert first.obstacles == "Sinyal hilang"


@pytest.mark.parametrize("role", ["SDK", "KAD", "CAM", "STF", "OPD"])
def test_who_is_no_facilitator_writes_none(village, role):
    with pytest.raises(NotAllowedError):
        handed_in(hat(role, village))


@pytest.mark.parametrize("role", ["PTP", "CAM", "STF", "KBD"])
def test_a_report_is_checked_by_who_stands_above_and_is_then_a_record(village, mentor, role):
    report = handed_in(mentor)
    checked = services.check_report(report_id=report.pk, note="Lengkap", actor=hat(role, village), at=on(9))
    assert (checked.state, checked.judge_note) == ("checked", "Lengkap")
    told = Notice.objects.get(key=f"report:{report.pk}:checked:{checked.version}")
    assert told.person_id_value == mentor.person_id
    with pytest.raises(IllegalTransitionError):
        services.save_words(month=SEPTEMBER, words=WORDS, actor=mentor, at=on(10))
    with pytest.raises(DatabaseError), transaction.atomic():
        MonthlyReport.objects.filter(pk=report.pk).update(obstacles="Diubah")


@pytest.mark.parametrize("role", ["TAP", "KDP", "PLD", "SDK", "INS", "TVK"])
def test_others_check_nothing(village, mentor, role):
    report = handed_in(mentor)
    with pytest.raises(NotAllowedError):
        services.check_report(report_id=report.pk, actor=hat(role, village, username="lain"), at=on(9))
    report.refresh_from_db()
    assert report.state == "submitted"


def test_nobody_checks_their_own_report_under_any_hat(village, ptp):
    report = handed_in(ptp)
    acting = hat("CAM", village, username="ptp.district.64.02.18.2003")
    assert acting.person_id == ptp.person_id
    with pytest.raises(NotAllowedError) as refused:
        services.check_report(report_id=report.pk, actor=acting, at=on(9))
    assert refused.value.code == "report-own"


def test_the_database_holds_that_nobody_checked_their_own(village, mentor):
    report = handed_in(mentor)
    with pytest.raises(IntegrityError), transaction.atomic(), setting_up():
        MonthlyReport.objects.filter(pk=report.pk).update(state="checked", judged_by=mentor.person_id, judged_at=on(9))


def test_a_colleague_of_the_district_does_not_check_but_the_camat_does(village, ptp, camat):
    report = handed_in(ptp)
    with pytest.raises(NotAllowedError):
        services.check_report(report_id=report.pk, actor=hat("PTP", village, username="ptp-dua"), at=on(9))
    told = Notice.objects.get(key__startswith=f"report:{report.pk}:submitted")
    assert told.person_id_value == camat.person_id
    assert services.check_report(report_id=report.pk, actor=camat, at=on(9)).state == "checked"


def test_a_district_does_not_check_reports_of_another(village, mentor):
    report = handed_in(mentor)
    with pytest.raises(NotAllowedError):
        services.check_report(report_id=report.pk, actor=hat("CAM", places.merancang()), at=on(9))


def test_a_returned_report_says_why_and_goes_round_again_without_becoming_late(village, mentor, ptp, visit):
    report = handed_in(mentor)
    with pytest.raises(BadInputError) as refused:
        services.return_report(report_id=report.pk, note=" ", actor=ptp, at=on(9))
    assert refused.value.code == "report-note"
    returned = services.return_report(report_id=report.pk, note="Tambahkan pelajaran", actor=ptp, at=on(9))
    assert (returned.state, returned.returned_count) == ("returned", 1)
    told = Notice.objects.get(key=f"report:{report.pk}:returned:{returned.version}")
    assert (told.person_id_value, told.body, told.link) == (
        mentor.person_id,
        "Tambahkan pelajaran",
        "/laporan-pendamping/bulan/2026-09/",
    )
    reported(mentor, CRITICAL)
    saved = services.save_words(month=SEPTEMBER, words=WORDS, actor=mentor, at=on(10))
    assert saved.state == "draft"
    again = handed_in(mentor, at=on(12))
    assert (again.state, again.days_late, again.submitted_date) == ("submitted", 0, date(2026, 10, 3))
    assert len(figures_from(again.figures).visits) == 2


def test_judging_what_moved_since_is_refused(village, mentor, ptp):
    report = handed_in(mentor)
    with pytest.raises(StaleError):
        services.check_report(report_id=report.pk, version=report.version - 1, actor=ptp, at=on(9))


def test_a_draft_cannot_be_judged(village, mentor, ptp):
    saved = services.save_words(month=SEPTEMBER, words=WORDS, actor=mentor, at=on(1))
    with pytest.raises(IllegalTransitionError):
        services.return_report(report_id=saved.pk, note="Belum", actor=ptp, at=on(2))


def test_those_above_see_who_handed_in_and_who_did_not(village, mentor, ptp, camat, staff, visit):
    assert standings(camat) == {
        (mentor.name, "PLD"): Standing.MISSING,
        (ptp.name, "PTP"): Standing.MISSING,
    }
    handed_in(mentor)
    assert standings(camat)[mentor.name, "PLD"] == Standing.SUBMITTED
    assert standings(ptp) == {(mentor.name, "PLD"): Standing.SUBMITTED}
    assert standings(staff, today=date(2026, 10, 7))[ptp.name, "PTP"] == Standing.DUE


def test_a_month_before_the_first_visit_of_the_regency_is_asked_of_nobody(village, mentor, camat, visit):
    assert standings(camat, Month(2026, 8)) == {}
    services.set_report_rules(
        regency_code=village.regency_id,
        values=RuleValues("7", "3", "2026-08", ("PLD",)),
        version=0,
        actor=hat("KBD", village),
        at=on(1),
    )
    places.melintang().regency.refresh_from_db()
    assert standings(camat, Month(2026, 8)) == {(mentor.name, "PLD"): Standing.MISSING}


def test_somebody_with_two_tasks_stands_in_the_list_once(village, mentor, camat, visit):
    with setting_up():
        people.holder(Role.PDA, village, person=people.person(username="pld.village.64.02.18.2003"))
    assert [name for name, _role in standings(camat)] == [mentor.name]


def test_a_task_that_ended_before_the_month_asks_for_nothing(village, camat, mentor, visit):
    hat("PLD", village, username="dulu", end_date=date(2026, 8, 31))
    assert [name for name, _role in standings(camat)] == [mentor.name]


def test_ones_own_months_begin_with_the_first_month_asked_for(village, mentor, visit):
    rules = report_rules_of(village.regency)
    rows = queries.own_months(mentor, rules, date(2026, 11, 3))
    assert [(row.month.code, row.standing.value, row.visits) for row in rows] == [
        ("2026-11", "running", 0),
        ("2026-10", "due", 0),
        ("2026-09", "missing", 1),
    ]


def test_the_duty_names_the_month_and_goes_when_it_is_handed_in(village, mentor, ptp, visit):
    assert asked_of(mentor, date(2026, 9, 30)) == []
    (duty,) = asked_of(mentor, date(2026, 10, 1))
    assert (duty.title, duty.due, duty.state) == (
        "Laporan bulan September 2026 belum dikirim",
        date(2026, 10, 7),
        "due",
    )
    (late,) = asked_of(mentor, date(2026, 10, 8))
    assert (late.state, late.days_left) == ("late", -1)
    report = handed_in(mentor)
    assert asked_of(mentor, date(2026, 10, 8)) == []
    own = [duty.title for duty in asked_of(ptp, date(2026, 10, 8))]
    assert own == ["Laporan bulan September 2026 belum dikirim", "Periksa 1 laporan bulanan"]
    services.return_report(report_id=report.pk, note="Tambahkan pelajaran", actor=ptp, at=on(9))
    (back,) = asked_of(mentor, date(2026, 10, 9))
    assert (back.title, back.missing) == ("Benahi laporan bulan September 2026", ("Tambahkan pelajaran",))


@pytest.mark.parametrize(("day", "told"), [(3, 0), (4, 1), (6, 0), (7, 1), (8, 1), (9, 0)])
def test_who_owes_a_report_is_reminded_before_and_on_the_last_day_and_then_weekly(village, mentor, visit, day, told):
    for before in range(1, day):
        services.remind_mentoring(date(2026, 10, before))
    known = Notice.objects.filter(key__startswith="month:").count()
    services.remind_mentoring(date(2026, 10, day))
    assert Notice.objects.filter(key__startswith="month:").count() - known == told


def test_who_handed_in_is_not_reminded(village, mentor, ptp, visit):
    handed_in(mentor)
    services.remind_mentoring(date(2026, 10, 7))
    told = Notice.objects.filter(key__startswith="month:").values_list("person_id_value", flat=True)
    assert set(told) == {ptp.person_id}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (RuleValues("0", "3"), "report-day"),
        (RuleValues("29", "3"), "report-day"),
        (RuleValues("tujuh", "3"), "report-day"),
        (RuleValues("5", "6"), "report-fix-after-due"),
        (RuleValues("7", "3", "Agustus"), "report-since"),
        (RuleValues("7", "3", "", ("SDK",)), "visit-kind"),
    ],
)
def test_rules_that_cannot_be_kept_are_refused(village, values, code):
    with pytest.raises(BadInputError) as refused:
        services.set_report_rules(
            regency_code=village.regency_id, values=values, version=0, actor=hat("KBD", village), at=on(1)
        )
    assert refused.value.code == code and report_rules_of(village.regency).due_day == 7


def test_the_rules_move_the_last_day_and_keep_the_lateness_of_what_is_in(village, mentor, ptp, visit):
    late = handed_in(mentor, at=on(9))
    made = services.set_report_rules(
        regency_code=village.regency_id,
        values=RuleValues("10", "5", "", ("PLD", "KPMD")),
        version=0,
        actor=hat("STF", village),
        at=on(9),
    )
    assert (made.due(SEPTEMBER), made.fix_until(SEPTEMBER), made.roles) == (
        date(2026, 10, 10),
        date(2026, 10, 5),
        frozenset({Role.PLD, Role.KPMD}),
    )
    late.refresh_from_db()
    assert late.days_late == 2
    with pytest.raises(StaleError):
        services.set_report_rules(
            regency_code=village.regency_id, values=RuleValues("7", "3"), version=0, actor=hat("STF", village), at=on(9)
        )


def test_a_visit_without_its_sheet_is_no_visit_made(village, mentor):
    begun(mentor, key=uuid4())
    assert Visit.objects.count() == 1
    assert queries.figures_of(mentor.person_id, SEPTEMBER).visits == ()
