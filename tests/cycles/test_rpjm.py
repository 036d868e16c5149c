"""A new village head starts the cycle of the RPJM Desa: its clock, its stages, and lists of yearly cycles untouched."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cycles.given import NOW, TODAY, evidence
from factories import people, places
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.hat import Role
from rembuk.cycles import duties, queries, services
from rembuk.cycles.models import Cycle, StageRecord
from rembuk.cycles.services import remind_deadlines
from rembuk.shared.models import Notice, TrailEntry
from rembuk.shared.trail import acting

pytestmark = pytest.mark.django_db
INAUGURATION = date(2026, 8, 3)
DUE = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def in_september(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def rpjm(village, secretary):
    return opened(village, secretary)


def opened(village, who, day=INAUGURATION, **more):
    return services.open_rpjm_cycle(village=village, inauguration_date=day, actor=who.hat(), at=NOW, **more)


def record(cycle, stage):
    return StageRecord.objects.get(cycle=cycle, stage=stage)


def test_an_opened_cycle_runs_eight_years_and_counts_three_months_from_the_inauguration(rpjm):
    assert (rpjm.kind, rpjm.title, list(rpjm.years)) == ("rpjm", "RPJM 2026-2033", list(range(2026, 2034)))
    assert rpjm.stages.count() == 14
    assert record(rpjm, "R10").legal_deadline == DUE
    assert (record(rpjm, "R1").legal_deadline, record(rpjm, "R1").target_date) == (None, date(2026, 8, 17))
    assert record(rpjm, "R11").legal_deadline is None
    assert TrailEntry.objects.filter(act="cycles.open_rpjm").exists()


@pytest.mark.parametrize(("years", "last"), [(6, 2031), (8, 2033), (9, 2034)])
def test_six_eight_and_nine_years_can_be_drawn_up(village, secretary, years, last):
    made = opened(village, secretary, start_year=2026, end_year=2026 + years - 1)
    assert (made.start_year, made.end_year) == (2026, last)


@pytest.mark.parametrize(
    ("day", "more", "code"),
    [
        (None, {}, "inauguration-missing"),
        (date(2026, 9, 22), {}, "inauguration-in-future"),
        (date(2014, 6, 2), {}, "inauguration-odd"),
        (INAUGURATION, {"end_year": 2030}, "rpjm-period-odd"),
        (INAUGURATION, {"end_year": 2035}, "rpjm-period-odd"),
        (INAUGURATION, {"start_year": 2028}, "rpjm-period-odd"),
        (INAUGURATION, {"start_year": 2025}, "rpjm-period-odd"),
    ],
)
def test_a_day_or_period_that_cannot_be_is_refused_and_nothing_is_kept(village, secretary, day, more, code):
    with pytest.raises(BadInputError) as refused:
        opened(village, secretary, day, **more)
    assert refused.value.code == code
    assert Cycle.every.count() == 0


def test_one_inauguration_opens_one_cycle_and_the_same_key_changes_nothing(village, secretary):
    key = uuid4()
    first = opened(village, secretary, cycle_id=key)
    assert opened(village, secretary, cycle_id=key) == first
    with pytest.raises(RefusedError) as refused:
        opened(village, secretary)
    assert refused.value.code == "rpjm-cycle-exists"
    assert Cycle.medium_term.count() == 1


@pytest.mark.parametrize(
    ("role", "allowed"),
    [(Role.SDK, True), (Role.KAD, True), (Role.TIM, True), (Role.STF, True), (Role.BPD, False), (Role.RTK, False)],
)
def test_who_may_start_an_rpjm(village, role, allowed):
    who = people.holder(role, village)
    if allowed:
        assert opened(village, who).kind == "rpjm"
    else:
        with pytest.raises(NotAllowedError):
            opened(village, who)


def test_the_secretary_of_another_village_may_not(village):
    other = places.village("64.02.18.2101", "Desa Seberang", "DSB")
    with pytest.raises(NotAllowedError):
        opened(village, people.secretary(other))


def test_lists_of_yearly_cycles_do_not_see_it(cycle, rpjm, village, secretary):
    assert queries.current_cycle(village) == cycle
    assert queries.current_rpjm_cycle(village) == rpjm
    assert list(queries.cycles_seen_by(secretary.hat())) == [cycle]
    assert list(Cycle.objects.all()) == list(village.cycles.all()) == [cycle]
    assert queries.cycle_by_id(rpjm.pk) == rpjm
    yearly = queries.board(village.place, 2027, TODAY)
    assert [row.cycle_id for row in yearly.rows if row.cycle_id] == [cycle.pk]
    assert all(stage.code.startswith("K") for row in yearly.rows for stage in row.stages)


def test_the_board_of_the_rpjm_takes_as_many_queries_for_three_villages_as_for_one(village, staff):
    counts = []
    for number in (2101, 2102, 2103):
        opened(places.village(f"64.02.18.{number}", f"Desa {number}", f"D{number % 100}"), staff)
        with CaptureQueriesContext(connection) as captured:
            found = queries.rpjm_board(village.regency.place, TODAY)
        counts.append(len(captured))
    assert counts[0] == counts[2] <= 4
    assert found.states == {"late": 3, "none": 1}
    assert [row.held_at for row in found.late] == ["R1", "R1", "R1"]


def test_a_cycle_without_a_day_for_its_period_is_no_cycle(village):
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        acting(people.secretary(village).hat(), "cycles.open_rpjm"),
    ):
        Cycle.every.create(village=village, kind="rpjm", plan_year=2026, budget_year=2027, profile="114")


def test_the_team_is_the_first_duty_and_carries_the_name_of_the_plan(rpjm, secretary):
    found = [duty for duty in duties.of(secretary.hat(), TODAY) if duty.key == f"cycles:{rpjm.pk}:R1"]
    assert [(duty.title, duty.place_name) for duty in found] == [
        ("Bentuk tim penyusun RPJM", "Melintang, RPJM 2026-2033")
    ]
    assert found[0].days_left == -35


def test_the_legal_day_is_announced_to_the_village(rpjm, secretary, head):
    StageRecord.objects.filter(cycle=rpjm).exclude(stage="R10").update(state="done", done_date=TODAY, completed_at=NOW)
    assert remind_deadlines(date(2026, 10, 4)) == 2
    told = Notice.objects.filter(person_id_value=head.person_id).get()
    assert (told.due_date, told.link) == (DUE, f"/siklus/{rpjm.pk}/R10/")
    assert "RPJM 2026-2033" in told.title


def test_the_bpd_decides_its_meetings_and_the_head_the_rest(rpjm, chair, head):
    for stage, who in (("R4", chair), ("R9", chair), ("R1", head), ("R10", head)):
        with pytest.raises(RefusedError) as refused:
            services.complete_stage(cycle_id=rpjm.pk, stage=stage, done_date=TODAY, actor=who.hat(), at=NOW)
        assert refused.value.code == "stage-blocked"
    for stage, who in (("R4", head), ("R9", head), ("R1", chair)):
        with pytest.raises(NotAllowedError):
            services.complete_stage(cycle_id=rpjm.pk, stage=stage, done_date=TODAY, actor=who.hat(), at=NOW)


def test_a_list_of_programmes_is_filed_as_evidence_and_closes_its_stage(rpjm, secretary, head):
    StageRecord.objects.filter(cycle=rpjm, stage="R1").update(state="done", done_date=TODAY, completed_at=NOW)
    evidence(rpjm, "R2", "F06", secretary.hat(), document_date=date(2026, 9, 1))
    made = services.complete_stage(cycle_id=rpjm.pk, stage="R2", done_date=date(2026, 9, 1), actor=head.hat(), at=NOW)
    assert made.done_date == date(2026, 9, 1)


def test_hamlets_without_a_meeting_and_missing_groups_are_named(rpjm):
    found = queries.findings_now(rpjm, "R3B", TODAY).findings
    assert [finding.severity for finding in found if finding.code == "G15"] == ["block"]
    assert queries.findings_now(rpjm, "R4", TODAY).blocks


def test_pages_open_for_the_village_and_the_regency(rpjm, secretary, staff, village):
    client = people.signed_in(secretary)
    page = client.get(f"/siklus/{rpjm.pk}/").content.decode()
    assert "RPJM 2026-2033 Desa Melintang" in page
    assert "Jadwal kerja" in page and "Target kabupaten" not in page
    stage = client.get(f"/siklus/{rpjm.pk}/R1/").content.decode()
    assert "SK Tim Penyusun RPJM (F01) belum ada" in stage
    assert people.signed_in(staff).get("/rpjm/?keadaan=late").content.decode().count('scope="row"') == 1
    lines = people.signed_in(staff).get("/rpjm/?bentuk=csv").content.decode().splitlines()
    assert [line.split(",")[4] for line in lines if "Melintang" in line] == ["R1"]


def test_the_page_keeps_what_was_typed_when_the_day_has_not_come(village, secretary):
    client = people.signed_in(secretary)
    answer = client.post(f"/rpjm/{village.id}/mulai/", {"inauguration_date": "2026-12-01", "start_year": "2027"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "belum tiba" in page and 'value="2026-12-01"' in page and 'value="2027"' in page
    done = client.post(f"/rpjm/{village.id}/mulai/", {"inauguration_date": "2026-08-03"})
    assert done.status_code == 302
    assert Cycle.medium_term.get().end_year == 2033


def test_a_stranger_meets_no_form(village):
    assert people.signed_in(people.rt_head(village)).get(f"/rpjm/{village.id}/mulai/").status_code == 404


def reviewed(village, who, **more):
    asked = {"on": date(2026, 9, 1), "start_year": 2020, "end_year": 2027, **more}
    return services.open_rpjm_review(village=village, actor=who.hat(), at=NOW, **asked)


def test_a_review_begins_with_the_draft_and_has_no_clock_of_law(village, secretary):
    made = reviewed(village, secretary)
    assert (made.title, [row.stage for row in made.stages.order_by("stage")]) == (
        "Perubahan RPJM 2020-2027",
        ["R10", "R11", "R12", "R5", "R6", "R7", "R8", "R9"],
    )
    assert (record(made, "R5").target_date, record(made, "R10").legal_deadline) == (date(2026, 9, 11), None)


def test_one_review_is_open_at_a_time_and_the_same_key_changes_nothing(village, secretary):
    key = uuid4()
    assert reviewed(village, secretary, cycle_id=key) == reviewed(village, secretary, cycle_id=key)
    with pytest.raises(RefusedError) as refused:
        reviewed(village, secretary)
    assert (refused.value.code, Cycle.medium_term.count()) == ("rpjm-review-open", 1)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"on": None}, "review-day-missing"),
        ({"on": date(2030, 1, 1)}, "review-in-future"),
        ({"end_year": 2024}, "review-period-odd"),
        ({"end_year": 2030}, "review-period-odd"),
    ],
)
def test_an_odd_review_is_refused_and_opens_nothing(village, secretary, more, code):
    with pytest.raises(BadInputError) as refused:
        reviewed(village, secretary, **more)
    assert (refused.value.code, Cycle.medium_term.count()) == (code, 0)


def test_the_newest_of_reviews_and_new_plans_is_the_current_one(village, secretary):
    opened(village, secretary)
    later = reviewed(village, secretary)
    assert queries.current_rpjm_cycle(village) == later
