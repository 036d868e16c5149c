"""A village asks an agency for technical support: from the draft to the result, and what is refused on the way."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from factories import people, places
from rembuk.core.errors import BadInputError, IllegalTransitionError, NotAllowedError, RefusedError, StaleError
from rembuk.core.hat import Role
from rembuk.core.support_requests import RAB_ITEMS
from rembuk.sectors import queries, services
from rembuk.sectors.models import SupportRequest, SupportStep
from rembuk.sectors.services import DayValues, RequestValues
from rembuk.shared.models import Notice

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 19, 9, 0, tzinfo=ZoneInfo("Asia/Makassar"))
WANTED = RequestValues(kind="rab", agency="dpu", title="RAB titian ulin", need="Mohon diperiksa sebelum Musrenbang.")
ALL_RIGHT = dict.fromkeys(RAB_ITEMS, ("ok", ""))


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def village():
    return places.melintang()


@pytest.fixture
def hats(village):
    found = {role: people.holder(role).hat() for role in (Role.SDK, Role.KAD, Role.CAM, Role.STF, Role.BPD)}
    found[Role.OPD] = people.holder(Role.OPD, agency="dpu").hat()
    return found


@pytest.fixture
def drafted(village, hats):
    return services.draft(request_id=uuid4(), village=village, values=WANTED, actor=hats[Role.SDK], at=AT)


def sent(request, hats, at=AT):
    return services.send(
        request_id=request.pk, number="600/01/2026", letter_date="2026-11-19", actor=hats[Role.KAD], at=at
    )


def accepted(request, hats):
    sent(request, hats)
    services.check(request_id=request.pk, words="", actor=hats[Role.CAM], at=AT)
    return services.accept(request_id=request.pk, officer="Ir. Contoh", actor=hats[Role.OPD], at=AT)


def finished(request, hats, **changes):
    values = {"note": "Sesuai.", "file": None, "file_name": "", "marks": ALL_RIGHT, **changes}
    return services.finish(request_id=request.pk, actor=hats[Role.OPD], at=AT, **values)


def test_a_request_walks_from_the_office_to_the_result_and_each_is_told(drafted, hats):
    accepted(drafted, hats)
    services.schedule(request_id=drafted.pk, day="2026-11-25", actor=hats[Role.OPD], at=AT)
    finished(drafted, hats)
    done = services.take(request_id=drafted.pk, actor=hats[Role.KAD], at=AT)
    assert (done.state, done.marks["volume"], done.closed_at) == ("closed", ["ok", ""], AT)
    events = [step.event for step in queries.steps_of(drafted.pk)]
    assert events == ["draft", "send", "check", "accept", "schedule", "finish", "take", "close"]
    told = {row.person_id_value for row in Notice.objects.all()}
    assert told == {hats[role].person_id for role in (Role.CAM, Role.OPD, Role.KAD, Role.SDK)}


def test_the_same_draft_sent_twice_is_one_and_another_body_is_refused(drafted, village, hats):
    again = services.draft(request_id=drafted.pk, village=village, values=WANTED, actor=hats[Role.SDK], at=AT)
    assert (again.pk, SupportStep.objects.count()) == (drafted.pk, 1)
    other = RequestValues(kind="data", agency="dpu", title="Lain", need="Lain")
    with pytest.raises(RefusedError, match="support-key-taken"):
        services.draft(request_id=drafted.pk, village=village, values=other, actor=hats[Role.SDK], at=AT)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "roket"}, "support-kind"),
        ({"agency": "nasa"}, "support-agency"),
        ({"title": "  "}, "support-missing"),
        ({"need": "x" * 2001}, "support-text-long"),
        ({"item": str(uuid4())}, "support-item"),
        ({"item": "bukan kunci"}, "support-item"),
    ],
)
def test_a_request_that_cannot_be_read_is_refused_and_nothing_is_kept(village, hats, changes, code):
    values = RequestValues(**{"kind": "rab", "agency": "dpu", "title": "RAB", "need": "Mohon.", **changes})
    with pytest.raises(BadInputError, match=code):
        services.draft(request_id=uuid4(), village=village, values=values, actor=hats[Role.SDK], at=AT)
    assert SupportRequest.objects.count() == 0


def test_only_the_head_sends_and_never_with_a_letter_of_tomorrow(drafted, hats):
    with pytest.raises(NotAllowedError):
        services.send(request_id=drafted.pk, number="1", letter_date="2026-11-19", actor=hats[Role.SDK], at=AT)
    with pytest.raises(BadInputError, match="support-day-future"):
        services.send(request_id=drafted.pk, number="1", letter_date="2026-11-20", actor=hats[Role.KAD], at=AT)


def test_a_draft_changed_by_another_is_not_overwritten_and_what_was_sent_is_not_changed(drafted, hats):
    services.edit(request_id=drafted.pk, version=1, values=WANTED, actor=hats[Role.SDK], at=AT)
    with pytest.raises(StaleError):
        services.edit(request_id=drafted.pk, version=1, values=WANTED, actor=hats[Role.SDK], at=AT)
    sent(drafted, hats)
    with pytest.raises(RefusedError, match="support-sent"):
        services.edit(request_id=drafted.pk, version=3, values=WANTED, actor=hats[Role.SDK], at=AT)


def test_the_camat_gives_back_with_what_is_missing(drafted, hats):
    sent(drafted, hats)
    with pytest.raises(BadInputError, match="support-missing"):
        services.give_back(request_id=drafted.pk, words=" ", actor=hats[Role.CAM], at=AT)
    back = services.give_back(request_id=drafted.pk, words="Gambar belum ada.", actor=hats[Role.CAM], at=AT)
    assert back.state == "draft"
    assert sent(drafted, hats).state == "sent"


def test_an_agency_declines_with_a_code_and_a_sentence(drafted, hats):
    sent(drafted, hats)
    services.check(request_id=drafted.pk, words="", actor=hats[Role.CAM], at=AT)
    for code, reason, refused in (("lain", "Tidak.", "support-decline-code"), ("papers", "", "support-missing")):
        with pytest.raises(BadInputError, match=refused):
            services.decline(request_id=drafted.pk, code=code, reason=reason, actor=hats[Role.OPD], at=AT)
    done = services.decline(
        request_id=drafted.pk, code="papers", reason="Gambar belum ada.", actor=hats[Role.OPD], at=AT
    )
    assert (done.state, done.decline_reason) == ("declined", "Gambar belum ada.")


def test_another_agency_neither_sees_nor_answers(drafted, hats):
    other = people.holder(Role.OPD, agency="dinkes", username="dinkes").hat()
    sent(drafted, hats)
    services.check(request_id=drafted.pk, words="", actor=hats[Role.CAM], at=AT)
    assert queries.requests_seen_by(other).count() == 0
    assert queries.requests_seen_by(hats[Role.OPD]).count() == 1
    with pytest.raises(NotAllowedError):
        services.accept(request_id=drafted.pk, officer="X", actor=other, at=AT)


def test_dpmd_keys_in_the_answer_of_an_agency_that_has_nobody_here(drafted, hats):
    sent(drafted, hats)
    services.check(request_id=drafted.pk, words="", actor=hats[Role.CAM], at=AT)
    done = services.accept(request_id=drafted.pk, officer="Ir. Contoh", actor=hats[Role.STF], at=AT)
    assert done.state == "accepted_opd"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"note": ""}, "support-result"),
        ({"marks": {}}, "support-marks"),
        ({"marks": ALL_RIGHT | {"tax": ("fix", " ")}}, "support-fix-note"),
    ],
)
def test_a_rab_check_marks_every_item_and_says_what_to_mend(drafted, hats, changes, code):
    accepted(drafted, hats)
    services.schedule(request_id=drafted.pk, day="2026-11-25", actor=hats[Role.OPD], at=AT)
    with pytest.raises(BadInputError, match=code):
        finished(drafted, hats, **changes)
    drafted.refresh_from_db()
    assert (drafted.state, drafted.marks) == ("scheduled", {})


def test_a_result_before_its_time_is_refused(drafted, hats):
    with pytest.raises(IllegalTransitionError):
        finished(drafted, hats)


def test_a_clinic_day_takes_what_is_accepted_all_or_none_within_its_room(village, hats, drafted):
    second = services.draft(
        request_id=uuid4(),
        village=village,
        values=RequestValues("rab", "dpu", "RAB kedua", "Mohon."),
        actor=hats[Role.SDK],
        at=AT,
    )
    accepted(drafted, hats)
    values = DayValues(agency="", day="2026-12-01", venue="Kantor Camat", officer="Ir. Contoh", quota="1")
    day = services.hold_clinic(day_id=uuid4(), regency=village.regency, values=values, actor=hats[Role.OPD], at=AT)
    assert (day.agency, [row.pk for row in queries.fitting(day)]) == ("dpu", [drafted.pk])

    def put(*requests):
        keys = [request.pk for request in requests]
        return services.put_on_day(day_id=day.pk, request_ids=keys, actor=hats[Role.OPD], at=AT)

    with pytest.raises(RefusedError, match="support-clinic-full"):
        put(drafted, second)
    with pytest.raises(IllegalTransitionError):
        put(second)
    assert put(drafted) == 1
    drafted.refresh_from_db()
    assert (drafted.state, str(drafted.scheduled_date), drafted.clinic_day_id) == ("scheduled", "2026-12-01", day.pk)


def test_what_was_done_in_time_is_counted_apart_from_what_was_late(village, hats, drafted):
    accepted(drafted, hats)
    services.schedule(request_id=drafted.pk, day="2026-11-25", actor=hats[Role.OPD], at=AT)
    finished(drafted, hats)
    found = queries.kept_in(hats[Role.STF].place, 2026, AT.date())
    assert (found.requested, found.done, found.in_time) == (1, 1, 1)
    SupportRequest.objects.update(done_at=AT + timedelta(days=60))
    assert queries.kept_in(hats[Role.STF].place, 2026, AT.date()).in_time == 0
