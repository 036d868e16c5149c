"""The visit sheet: what must be filled, replay, lateness, promises looked at, signatures and objections."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from factories import places
from guidance.mentoring.given import (
    CRITICAL,
    MINOR,
    NOW,
    at,
    begun,
    handed_in,
    hat,
    planned,
    promise,
    reported,
    sheet,
    upload,
)
from rembuk.core.errors import BadInputError, IllegalTransitionError, NotAllowedError, RefusedError
from rembuk.guidance.mentoring import services
from rembuk.guidance.mentoring.models import ActionItem, Finding, Visit
from rembuk.guidance.mentoring.services import (
    AnswerValues,
    ContactValues,
    DropInValues,
    FindingValues,
    PaperValues,
    PromiseValues,
    Sent,
    Uploaded,
)
from rembuk.shared.models import Notice, Origin
from rembuk.shared.trail.testing import setting_up


def report(visit, values, actor, **more):
    return services.report_visit(visit_id=visit.pk, values=values, actor=actor, at=more.pop("now", NOW), **more)


def gaps(refused):
    return [finding.code for finding in refused.value.findings]


def test_a_sheet_with_the_three_parts_alone_is_enough(village, mentor, secretary, head):
    visit = reported(mentor, CRITICAL, MINOR)
    assert (visit.state, visit.reported_by, visit.days_late, visit.stage) == ("reported", mentor.person_id, 0, "K9")
    found = list(Finding.objects.order_by("order").values_list("severity", "text", "village_id"))
    assert found == [
        ("critical", "SK tim belum terbit", village.id),
        ("minor", "Papan informasi kosong", village.id),
    ]
    critical, minor = ActionItem.objects.order_by("due_date")
    assert (critical.owner_role, critical.owner_person) == ("SDK", secretary.person_id)
    assert (critical.due_date, critical.grace_days) == (date(2026, 10, 3), 5)
    assert minor.due_date == date(2026, 10, 26)
    # Nobody is kaur here: the secretary stands in and is told.
    assert minor.owner_person == secretary.person_id
    keys = set(Notice.objects.filter(person_id_value=secretary.person_id).values_list("key", flat=True))
    assert keys == {f"visit:{visit.pk}:reported", f"item:{critical.pk}:new", f"item:{minor.pk}:new"}


def test_a_suggestion_has_no_day_and_a_day_that_was_agreed_is_kept(village, mentor, secretary):
    advice = FindingValues("advice", "Arsip tercecer", "Simpan per tahun", "SDK", mandatory=False)
    agreed = replace(MINOR, due="2026-10-01")
    reported(mentor, advice, agreed)
    assert list(ActionItem.objects.order_by("severity").values_list("severity", "due_date", "mandatory")) == [
        ("advice", None, False),
        ("minor", date(2026, 10, 1), True),
    ]


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        (sheet(no_findings=False), ["visit-part-h"]),
        (sheet(CRITICAL, no_findings=True), ["visit-part-h"]),
        (sheet(sign=""), ["visit-part-j"]),
        (sheet(sign="paper"), ["visit-part-j", "visit-part-j"]),
        (sheet(replace(CRITICAL, owner_role="", severity="")), ["visit-part-h"]),
        (sheet(replace(CRITICAL, recommendation="")), ["visit-part-h"]),
        (sheet(replace(CRITICAL, text=" "), sign=""), ["visit-part-h", "visit-part-j"]),
    ],
)
def test_every_gap_is_named_at_once_and_nothing_is_written(village, mentor, values, missing):
    visit = begun(mentor)
    with pytest.raises(RefusedError) as refused:
        report(visit, values, mentor)
    visit.refresh_from_db()
    assert refused.value.code == "visit-sheet" and gaps(refused) == missing
    assert visit.state == "on_site" and Finding.objects.count() == 0


def test_a_sheet_without_findings_wants_the_tick_and_then_is_reported(village, mentor):
    visit = reported(mentor)
    assert (visit.state, visit.no_findings) == ("reported", True)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (sheet(visit_date="2026-09-22"), "visit-day-future"),
        (sheet(visit_date="kemarin"), "visit-day"),
        (sheet(returned_date="2026-09-20"), "visit-days-turned"),
        (sheet(travel_minutes="dua jam"), "visit-number"),
        (sheet(signal="5G"), "visit-kind"),
        (sheet(help_agency="nasa"), "visit-kind"),
        (sheet(list_version="1999-1"), "visit-kind"),
        (sheet(answers=(AnswerValues("K1-1", "yes"),)), "visit-kind"),
        (sheet(answers=(AnswerValues("K9-1", "maybe"),)), "visit-kind"),
        (sheet(promises=(PromiseValues("x", "hilang"),)), "visit-kind"),
        (sheet(replace(CRITICAL, severity="parah")), "item-severity"),
        (sheet(replace(CRITICAL, owner_role="BUP")), "item-owner"),
        (sheet(replace(CRITICAL, due="2026-09-20")), "item-due-past"),
        (sheet(data_problem="x" * 2001), "visit-text-long"),
        (sheet(photos=(Uploaded(b"%PDF-1.4 x", "a.pdf"),)), "visit-photo-kind"),
        (sheet(photos=(upload(),) * 7), "visit-photos"),
        (sheet(photos=(Uploaded(b"bukan gambar", "a.jpg"),)), "file-kind"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_written(village, mentor, values, code):
    visit = begun(mentor)
    with pytest.raises(BadInputError) as refused:
        report(visit, values, mentor)
    visit.refresh_from_db()
    assert refused.value.code == code and visit.state == "on_site"


def test_the_whole_sheet_is_kept_with_answers_in_their_version_contacts_and_photos(village, mentor):
    visit = begun(mentor)
    values = sheet(
        replace(MINOR, code="K9-3"),
        access_used="river",
        travel_minutes="95",
        work_minutes="120",
        signal="none",
        contacts=(ContactValues("Ibu Ratna", "Ketua PKK", "P"), ContactValues("")),
        answers=(AnswerValues("K9-2", "yes", "rancangan dibagikan"), AnswerValues("K9-3", "no")),
        documents_seen="RKP\nBerita acara",
        participation="Kelompok perempuan bicara",
        ceiling_known="yes",
        ceiling_letter="900/12/2026",
        help_agency="dpu",
        help_text="Gambar titian",
        next_date="2026-10-12",
        photos=(upload("red"), upload("blue")),
    )
    report(visit, values, mentor)
    visit.refresh_from_db()
    assert (visit.travel_minutes, visit.signal, visit.next_date) == (95, "none", date(2026, 10, 12))
    assert visit.documents_seen == "RKP\nBerita acara"
    assert list(visit.contacts.values_list("name", "sex")) == [("Ibu Ratna", "P")]
    assert list(visit.answers.values_list("code", "list_version", "answer")) == [
        ("K9-2", "2026-1", "yes"),
        ("K9-3", "2026-1", "no"),
    ]
    assert visit.photos.count() == 2
    assert Finding.objects.get().checklist_code == "K9-3"


def test_the_same_sheet_again_changes_nothing_and_another_for_the_same_visit_is_refused(village, mentor, secretary):
    visit = begun(mentor)
    values = sheet(CRITICAL, photos=(upload("red"),))
    first = report(visit, values, mentor)
    again = report(visit, values, mentor, now=at(9))
    assert (again.version, again.received_at) == (first.version, first.received_at)
    assert Finding.objects.count() == ActionItem.objects.count() == 1
    with pytest.raises(RefusedError) as refused:
        report(visit, sheet(MINOR), mentor, now=at(9))
    assert refused.value.code == "visit-key-taken" and Finding.objects.count() == 1


def test_a_replay_is_recognised_though_its_own_promises_are_owed_by_now(village, mentor, ptp, secretary):
    visit = begun(mentor)
    values = sheet(CRITICAL)
    report(visit, values, mentor)
    services.acknowledge_visit(visit_id=visit.pk, actor=secretary, at=at(1))
    again = report(visit, values, mentor, now=at(2))
    assert again.state == "closed" and ActionItem.objects.count() == 1


def test_a_late_report_is_marked_and_not_refused(village, mentor):
    visit = begun(mentor)
    late = report(visit, sheet(), mentor, now=at(8))
    assert (late.state, late.report_due, late.days_late) == ("reported", date(2026, 9, 24), 5)


def test_a_sheet_from_a_device_counts_from_when_it_was_written(village, mentor):
    visit = begun(mentor)
    sent = Sent(at(1), Origin.OFFLINE)
    found = report(visit, sheet(CRITICAL), mentor, now=at(20), sent=sent)
    assert (found.days_late, found.origin, found.captured_at, found.received_at) == (0, "offline", at(1), at(20))
    assert Finding.objects.get().captured_at == at(1)


def test_a_sheet_that_comes_with_the_first_signal_is_in_time_and_a_clock_ahead_is_flagged(village, mentor):
    visit = begun(mentor)
    sent = Sent(at(8), Origin.OFFLINE, first_sync=date(2026, 9, 29))
    assert report(visit, sheet(), mentor, now=at(8), sent=sent).days_late == 0
    ahead = begun(mentor)
    found = report(ahead, sheet(), mentor, sent=Sent(NOW + timedelta(minutes=11), Origin.OFFLINE))
    assert found.clock_flag


def test_a_sheet_written_before_the_clock_called_the_visit_missed_is_taken(village, staff, ptp):
    (visit,) = planned(staff, ptp, start="2026-09-22")
    services.let_time_pass(date(2026, 9, 30))
    visit.refresh_from_db()
    assert visit.state == "missed"
    sent = Sent(at(2), Origin.OFFLINE)
    found = report(visit, sheet(visit_date="2026-09-23"), ptp, now=at(9), sent=sent)
    assert found.state == "reported"


def test_a_missed_visit_that_happened_later_is_to_be_recorded_as_a_new_one(village, staff, ptp):
    (visit,) = planned(staff, ptp, start="2026-09-22")
    services.let_time_pass(date(2026, 9, 25))
    with pytest.raises(RefusedError) as refused:
        report(visit, sheet(visit_date="2026-09-28"), ptp, now=at(9))
    assert refused.value.code == "visit-missed"


def test_last_promises_must_be_answered_one_by_one(village, mentor, secretary):
    item = promise(mentor)
    visit = begun(mentor)
    with pytest.raises(RefusedError) as refused:
        report(visit, sheet(), mentor)
    assert gaps(refused) == ["visit-part-a"]
    report(visit, sheet(promises=(PromiseValues(str(item.pk), "working", "Draf ada"),)), mentor)
    item.refresh_from_db()
    assert item.state == "in_progress"
    assert visit.promise_checks.get().note == "Draf ada"


def test_a_sheet_from_a_device_is_not_asked_about_promises_it_could_not_know(village, mentor, ptp, secretary):
    visit = begun(mentor)
    promise(ptp)
    with setting_up():
        Finding.objects.update(received_at=at(2))
    found = report(visit, sheet(), mentor, now=at(5), sent=Sent(at(1), Origin.OFFLINE))
    assert found.state == "reported"


def test_what_a_visitor_saw_done_waits_for_the_eyes_of_another(village, mentor, ptp, camat, secretary):
    item = promise(mentor)
    visit = begun(ptp)
    report(visit, sheet(promises=(PromiseValues(str(item.pk), "done", "SK ada di map"),)), ptp)
    item.refresh_from_db()
    assert (item.state, item.submitted_by) == ("submitted", ptp.person_id)
    assert item.evidence.get().visit_id == visit.pk
    with pytest.raises(NotAllowedError):
        services.verify_item(item_id=item.pk, actor=ptp, at=NOW)
    assert services.verify_item(item_id=item.pk, actor=camat, at=NOW).state == "closed"


def test_what_was_accepted_on_paper_is_closed_or_opened_again_by_who_looks_at_it(village, mentor, ptp, secretary):
    kept, broken = promise(mentor), promise(mentor, MINOR)
    for item in (kept, broken):
        handed_in(item, secretary, color="red" if item is kept else "blue")
        services.verify_item(item_id=item.pk, look_again=True, actor=ptp, at=at(1))
    seen = (PromiseValues(str(kept.pk), "done"), PromiseValues(str(broken.pk), "open", "Papan masih kosong"))
    visit = begun(ptp)
    report(visit, sheet(promises=seen), ptp)
    kept.refresh_from_db()
    broken.refresh_from_db()
    assert (kept.state, broken.state) == ("closed", "in_progress")
    assert (broken.met_date, broken.verified_by, broken.due_date) == (None, None, date(2026, 10, 26))
    assert [step.event for step in broken.steps.all()] == ["open", "begin", "submit", "verify", "reopen"]


def test_promises_of_another_village_are_left_alone(village, mentor, secretary):
    with setting_up():
        near = places.enggelam()
    other = promise(hat("PTP", village), MINOR, village=near)
    visit = begun(mentor)
    report(visit, sheet(promises=(PromiseValues(str(other.pk), "done"),)), mentor)
    other.refresh_from_db()
    assert other.state == "open" and visit.promise_checks.count() == 0


def test_who_records_a_finding_cannot_be_its_owner(village, ptp):
    mine = FindingValues("minor", "Klinik tutup", "Buka klinik", "PTP")
    visit = begun(ptp)
    with pytest.raises(RefusedError) as refused:
        report(visit, sheet(mine), ptp)
    assert refused.value.code == "item-owner-is-recorder" and Finding.objects.count() == 0
    visit.refresh_from_db()
    assert visit.state == "on_site"


def test_the_village_acknowledges_once_and_that_closes_the_visit(village, mentor, secretary, head):
    visit = reported(mentor)
    found = services.acknowledge_visit(visit_id=visit.pk, actor=head, at=at(1))
    again = services.acknowledge_visit(visit_id=visit.pk, actor=head, at=at(2))
    assert (found.state, found.signer_name, found.signer_role) == ("closed", head.name, "KAD")
    assert (again.version, again.closed_by) == (found.version, head.person_id)
    with pytest.raises(IllegalTransitionError):
        services.acknowledge_visit(visit_id=visit.pk, actor=secretary, at=at(3))
    assert Notice.objects.filter(person_id_value=mentor.person_id, key__endswith=":acknowledged").count() == 1


def test_an_objection_stays_with_the_sheet_until_somebody_answers_it(village, mentor, head, camat):
    visit = reported(mentor, CRITICAL)
    found = services.acknowledge_visit(visit_id=visit.pk, objection="SK sudah terbit.", actor=head, at=at(1))
    assert (found.state, found.objection) == ("acknowledged", "SK sudah terbit.")
    with pytest.raises(BadInputError) as refused:
        services.close_visit(visit_id=visit.pk, actor=camat, at=at(2))
    assert refused.value.code == "visit-objection-answer"
    closed = services.close_visit(visit_id=visit.pk, note="SK dicocokkan bersama.", actor=camat, at=at(2))
    assert (closed.state, closed.closing_note) == ("closed", "SK dicocokkan bersama.")


def test_nobody_but_kades_and_sekdes_acknowledges(village, mentor, ptp):
    visit = reported(mentor)
    for role in ("KAU", "BPD", "TIM"):
        with pytest.raises(NotAllowedError):
            services.acknowledge_visit(visit_id=visit.pk, actor=hat(role, village), at=NOW)
    with pytest.raises(NotAllowedError):
        services.acknowledge_visit(visit_id=visit.pk, actor=ptp, at=NOW)


def paper(**more):
    return PaperValues(**{"file": upload(), "signer_name": "Pak Kades", "signer_role": "KAD", **more})


def test_a_page_signed_in_the_village_is_closed_by_another_than_its_author(village, mentor, ptp):
    visit = begun(ptp)
    report(visit, sheet(), ptp)
    found = services.sign_on_paper(visit_id=visit.pk, values=paper(), actor=mentor, at=NOW)
    assert (found.state, found.signed_how, found.signed_date) == ("acknowledged", "paper", date(2026, 9, 21))
    with pytest.raises(NotAllowedError):
        services.close_visit(visit_id=visit.pk, actor=ptp, at=NOW)
    assert services.close_visit(visit_id=visit.pk, actor=hat("CAM", village), at=NOW).state == "closed"


def test_a_signed_page_may_come_with_the_sheet(village, mentor):
    visit = begun(mentor)
    values = sheet(
        sign="paper", signed=upload(), signer_name="Bu Sekdes", signer_role="SDK", objection="Tidak sepakat soal papan."
    )
    found = report(visit, values, mentor)
    assert (found.state, found.signer_role, found.objection) == ("acknowledged", "SDK", "Tidak sepakat soal papan.")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"file": None}, "visit-file-missing"),
        ({"signer_name": ""}, "visit-signer"),
        ({"signer_role": "BPD"}, "visit-signer"),
        ({"signed_date": "2026-09-20"}, "visit-sign-before"),
        ({"signed_date": "2026-09-30"}, "visit-day-future"),
    ],
)
def test_a_page_without_file_signer_or_a_day_that_fits_is_refused(village, mentor, more, code):
    visit = reported(mentor)
    with pytest.raises(BadInputError) as refused:
        services.sign_on_paper(visit_id=visit.pk, values=paper(**more), actor=mentor, at=NOW)
    assert refused.value.code == code


def test_every_act_of_a_visit_works_with_every_seat_of_facilitators_empty(village, staff, head, camat):
    (visit,) = planned(staff, staff, start="2026-09-21")
    services.start_visit(visit_id=visit.pk, actor=staff, at=NOW)
    report(visit, sheet(replace(MINOR, owner_role="KAD")), staff)
    services.acknowledge_visit(visit_id=visit.pk, actor=head, at=NOW)
    item = ActionItem.objects.get()
    handed_in(item, head)
    assert services.verify_item(item_id=item.pk, actor=camat, at=at(2)).state == "closed"
    assert Visit.objects.get().state == "closed"


def test_a_person_who_may_not_visit_hands_in_no_sheet(village, mentor, secretary):
    visit = begun(mentor)
    with pytest.raises(NotAllowedError):
        report(visit, sheet(), secretary)
    with pytest.raises(NotAllowedError):
        services.drop_in(visit_id=uuid4(), values=DropInValues(village.id, "2026-09-21"), actor=secretary, at=NOW)
