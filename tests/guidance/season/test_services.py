"""A season from its window to the days of the forums: planned, moved, repaired, published; and what is refused."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from factories import people
from guidance.season import given
from guidance.season.given import AT, LEGS, staff
from rembuk.core import schedule
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError, StaleError
from rembuk.core.hat import Role
from rembuk.cycles.models import Holiday
from rembuk.guidance.facilitation.models import Facilitation, Guide
from rembuk.guidance.season import queries, services
from rembuk.guidance.season.building import built
from rembuk.guidance.season.models import PlanVisit, Season, SeasonPlan, SeasonTeam, TravelTable
from rembuk.guidance.season.services import MemberValues, TeamValues, Trouble, WishValues, planning
from rembuk.shared import jobs
from rembuk.shared.models import Job
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db
BEFORE = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(planning, "SEARCH_SECONDS", 0.2)


@pytest.fixture
def season():
    return given.opened()


@pytest.fixture
def plan(season):
    job = services.plan_season(season_id=season.pk, seed=1, actor=staff(), at=AT)
    jobs.run_job(job.pk)
    return queries.plan_by_id(queries.plans_of(season).get().pk)


def fresh(plan):
    return queries.plan_by_id(plan.pk)


def days_of(plan):
    return dict(PlanVisit.objects.filter(plan=plan).values_list("village_id", "day"))


def test_a_season_takes_in_every_village_whose_forum_waits(season):
    assert [wish.village.name for wish in queries.wishes_of(season)] == [f"Desa Uji {n}" for n in range(1, 7)]


def test_a_season_without_a_waiting_forum_is_refused():
    village = given.villages()[0]
    with pytest.raises(RefusedError, match="season-no-forum"):
        services.open_season(season_id=uuid4(), regency=village.regency, values=given.WINDOW, actor=staff(), at=AT)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"end_date": "2026-07-01"}, "season-days-turned"),
        ({"end_date": "2028-07-01"}, "season-long"),
        ({"start_date": "6 Juli"}, "season-day"),
        ({"name": " "}, "season-missing"),
        ({"water": "banjir"}, "season-water"),
        ({"policy": {"district_cap": "dua"}}, "season-number"),
    ],
)
def test_a_window_that_cannot_be_read_is_refused(season, changes, code):
    with pytest.raises(BadInputError, match=code):
        services.edit_season(
            season_id=season.pk,
            version=season.version,
            values=replace(given.WINDOW, **changes),
            actor=staff(),
            at=AT,
        )


def test_only_dpmd_sets_a_season_up(season):
    office = people.holder(Role.SDK, given.villages()[0]).hat()
    with pytest.raises(NotAllowedError):
        services.close_days(season_id=season.pk, closed="2026-07-08 Erau", actor=office, at=AT)


def test_a_team_needs_a_member_and_a_name_of_its_own(season):
    values = TeamValues(name="Tim C", base="Kota")
    with pytest.raises(BadInputError, match="season-no-member"):
        services.save_team(season_id=season.pk, team_id=uuid4(), values=values, actor=staff(), at=AT)
    taken = TeamValues(name="tim a", base="Kota", members=(MemberValues("Ani", "P"),))
    with pytest.raises(RefusedError, match="season-team-twice"):
        services.save_team(season_id=season.pk, team_id=uuid4(), values=taken, actor=staff(), at=AT)
    nobody = TeamValues(name="Tim C", base="Kota", members=(MemberValues("Ani", "?"),))
    with pytest.raises(BadInputError, match="season-sex"):
        services.save_team(season_id=season.pk, team_id=uuid4(), values=nobody, actor=staff(), at=AT)
    assert season.teams.count() == 2


def test_a_closed_day_without_a_reason_is_refused(season):
    with pytest.raises(BadInputError, match="season-closed-reason"):
        services.close_days(season_id=season.pk, closed="2026-07-08", actor=staff(), at=AT)


def test_a_sheet_of_legs_names_every_wrong_row_and_keeps_nothing(season):
    before = TravelTable.objects.count()
    content = (LEGS + "Kota,,10,,\nKota,64.02.18.3001,besok,,\n").encode()
    with pytest.raises(RefusedError, match="season-travel-rows") as refused:
        services.import_travel(
            season=season, content=content, file_name="a.csv", source="uji", water="normal", actor=staff(), at=AT
        )
    assert [finding.message.split(":")[0] for finding in refused.value.findings] == ["Baris 8", "Baris 9"]
    assert TravelTable.objects.count() == before


def test_a_village_that_no_leg_reaches_keeps_the_season_from_being_planned(season):
    content = LEGS.replace("64.02.18.3005,64.02.18.3006,40,,\n", "").encode()
    services.import_travel(
        season=season, content=content, file_name="a.csv", source="uji", water="normal", actor=staff(), at=AT
    )
    with pytest.raises(RefusedError, match="season-not-ready") as refused:
        services.plan_season(season_id=season.pk, seed=1, actor=staff(), at=AT)
    assert "Desa Uji 6" in refused.value.findings[0].message


def test_travel_guessed_from_coordinates_says_so(season):
    with pytest.raises(RefusedError, match="season-no-coordinates"):
        services.estimate_travel(season=season, water="low", actor=staff(), at=AT)
    for number, village in enumerate(given.villages()):
        village.latitude, village.longitude = 0.1 * number, 117.0
        village.save()
    SeasonTeam.objects.update(base="Desa Uji 1")
    Season.objects.update(seat="Desa Uji 1")
    table = services.estimate_travel(season=Season.objects.get(), water="low", actor=staff(), at=AT)
    assert (table.estimated, "perkiraan" in table.source, len(table.places)) == (True, True, 7)


def test_a_plan_is_made_by_the_worker_kept_once_and_sound(season, plan):
    known = built(plan)
    assert (plan.number, plan.score["forums"], plan.score["unserved"]) == (1, 6, [])
    assert schedule.violations(known.instance, known.plan) == ()


def test_a_job_taken_over_after_a_kill_keeps_no_second_plan(season, plan):
    job = Job.objects.get(name=planning.PLAN_JOB)
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING, lease_owner="")
    jobs.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, SeasonPlan.objects.count()) == (Job.State.DONE, 1)
    assert fresh(plan).version == plan.version + 1


def test_what_a_village_asks_and_what_is_closed_is_kept_by_the_plan(season):
    wish = queries.wishes_of(season).first()
    asked = WishValues(earliest="2026-07-20", earliest_reason="pagu tiba 17 Juli", market="0")
    services.save_wish(wish_id=wish.pk, values=asked, actor=staff(), at=AT)
    services.close_days(season_id=season.pk, closed="2026-07-21 rapat kabupaten", actor=staff(), at=AT)
    jobs.run_job(services.plan_season(season_id=season.pk, seed=1, actor=staff(), at=AT).pk)
    found = days_of(queries.plans_of(season).get())
    assert found[wish.village_id] >= date(2026, 7, 20)
    assert found[wish.village_id].weekday() != 0
    assert date(2026, 7, 21) not in found.values()


def test_half_an_agreed_day_is_refused(season):
    wish = queries.wishes_of(season).first()
    with pytest.raises(RefusedError, match="season-half-fixed"):
        services.save_wish(wish_id=wish.pk, values=WishValues(fixed_date="2026-07-20"), actor=staff(), at=AT)


def test_a_forum_moves_to_a_free_day_and_nothing_else_does(plan):
    village, team = "64.02.18.3001", str(SeasonTeam.objects.get(name="Tim A").pk)
    before = days_of(plan)
    used = set(PlanVisit.objects.filter(plan=plan).values_list("day", flat=True))
    free = next(day for day in (date(2026, 7, number) for number in range(20, 25)) if day not in used)
    moved = services.move_visit(
        plan_id=plan.pk, version=plan.version, village=village, team=team, day=free, actor=staff(), at=AT
    )
    after = days_of(moved)
    assert after.pop(village) == free
    before.pop(village)
    assert (after, moved.version) == (before, plan.version + 1)


def test_a_move_onto_a_taken_day_is_refused_in_words_and_changes_nothing(plan):
    first, second = PlanVisit.objects.filter(plan=plan).order_by("day", "team__name")[:2]
    with pytest.raises(RefusedError, match="season-conflict") as refused:
        services.move_visit(
            plan_id=plan.pk,
            version=plan.version,
            village=second.village_id,
            team=str(first.team_id),
            day=first.day,
            actor=staff(),
            at=AT,
        )
    assert refused.value.findings[0].message.endswith(".")
    assert fresh(plan).version == plan.version


def test_a_plan_seen_before_somebody_moved_a_forum_is_not_overwritten(plan):
    village = "64.02.18.3001"
    services.remove_visit(plan_id=plan.pk, version=plan.version, village=village, actor=staff(), at=AT)
    with pytest.raises(StaleError):
        services.remove_visit(plan_id=plan.pk, version=plan.version, village="64.02.18.3002", actor=staff(), at=AT)
    assert fresh(plan).score["unserved"] == [village]


def test_a_published_plan_gives_each_forum_its_day_team_and_speaker_and_again_changes_nothing(season):
    wish = queries.wishes_of(season).first()
    who = given.speaker(season)
    services.save_wish(wish_id=wish.pk, values=WishValues(speaker=str(who.pk)), actor=staff(), at=AT)
    jobs.run_job(services.plan_season(season_id=season.pk, seed=1, actor=staff(), at=AT).pk)
    plan = queries.plans_of(season).get()
    done = services.publish(plan_id=plan.pk, version=plan.version, actor=staff(), at=AT)
    assert (len(done.forums.changed), done.plan.state) == (6, "published")
    forum = Facilitation.objects.get(village_id=wish.village_id)
    assert forum.day == days_of(plan)[wish.village_id]
    positions = sorted(Guide.objects.filter(facilitation=forum).values_list("position", flat=True))
    assert positions == ["guide", "guide", "speaker"]
    again = services.publish(plan_id=plan.pk, version=done.plan.version, actor=staff(), at=AT)
    assert (len(again.forums.changed), len(again.forums.same)) == (0, 6)
    with pytest.raises(RefusedError, match="season-plan-published"):
        services.remove_visit(
            plan_id=plan.pk, version=again.plan.version, village=wish.village_id, actor=staff(), at=AT
        )


def test_a_later_plan_moves_only_what_it_moved_and_takes_the_place_of_the_first(plan):
    done = services.publish(plan_id=plan.pk, version=plan.version, actor=staff(), at=AT)
    draft = services.start_draft(plan_id=done.plan.pk, actor=staff(), at=AT)
    village, team = "64.02.18.3001", str(SeasonTeam.objects.get(name="Tim A").pk)
    services.move_visit(
        plan_id=draft.pk, version=draft.version, village=village, team=team, day=date(2026, 7, 27), actor=staff(), at=AT
    )
    later = services.publish(plan_id=draft.pk, version=draft.version + 1, actor=staff(), at=AT)
    assert len(later.forums.changed) == 1
    states = dict(SeasonPlan.objects.values_list("number", "state"))
    assert states == {1: "replaced", 2: "published"}
    with pytest.raises(RefusedError, match="season-plan-replaced"):
        services.publish(plan_id=plan.pk, version=1, actor=staff(), at=AT)


def test_a_season_that_changed_so_that_the_plan_no_longer_fits_is_not_published(plan):
    visit = PlanVisit.objects.filter(plan=plan).first()
    services.close_days(season_id=plan.season_id, closed=f"{visit.day} banjir", actor=staff(), at=AT)
    with pytest.raises(RefusedError, match="season-plan-unsound"):
        services.publish(plan_id=plan.pk, version=plan.version, actor=staff(), at=AT)


def test_a_flood_is_answered_twice_and_only_the_villages_hit_move(plan):
    visit = PlanVisit.objects.filter(plan=plan).order_by("day").first()
    trouble = Trouble(visit.day, visit.day, "banjir", villages=(visit.village_id,))
    answers = services.repair(plan_id=plan.pk, trouble=trouble, today=BEFORE, actor=staff(), at=AT)
    assert (answers.quick_changes.count("date"), answers.searched_changes.count("date")) == (1, 1)
    assert SeasonPlan.objects.filter(parent=plan).count() == 2
    known = built(queries.plan_by_id(answers.searched.pk))
    assert (known.misfit, schedule.violations(known.instance, known.plan)) == ((), ())
    assert days_of(answers.searched)[visit.village_id] != visit.day


def test_a_trouble_that_concerns_nothing_is_refused(plan):
    trouble = Trouble(date(2026, 7, 8), date(2026, 7, 8), "banjir")
    with pytest.raises(RefusedError, match="season-trouble-nothing"):
        services.repair(plan_id=plan.pk, trouble=trouble, today=BEFORE, actor=staff(), at=AT)


def test_a_team_away_for_two_weeks_hands_its_forums_to_the_other(plan):
    team = SeasonTeam.objects.get(name="Tim A")
    trouble = Trouble(date(2026, 7, 6), date(2026, 7, 31), "sakit", team=team.pk)
    answers = services.repair(plan_id=plan.pk, trouble=trouble, today=BEFORE, actor=staff(), at=AT)
    assert not PlanVisit.objects.filter(plan=answers.searched, team=team).exists()
    assert answers.searched.score["unserved"] == []


def test_villages_whose_ceiling_is_not_known_are_named(season):
    assert len(queries.villages_without_ceiling(season)) == 6


def test_a_team_of_four_gives_three_guides_with_its_woman_and_somebody_who_takes_notes(season):
    team = season.teams.get(name="Tim A")
    members = tuple(
        MemberValues(name, sex) for name, sex in (("Adi", "L"), ("Budi", "L"), ("Cecep", "L"), ("Siti", "P"))
    )
    values = TeamValues(name="Tim A", base="Kota", skills="kutai", boat_seats="8", members=members)
    services.save_team(season_id=season.pk, team_id=team.pk, values=values, actor=staff(), at=AT)
    plan = services.plan_now(season_id=season.pk, rounds=20, actor=staff(), at=AT)
    services.publish(plan_id=plan.pk, version=plan.version, actor=staff(), at=AT)
    visit = PlanVisit.objects.filter(plan=plan, team=team).first()
    found = dict(Guide.objects.filter(facilitation__village_id=visit.village_id).values_list("name", "position"))
    assert found == {"Siti": "guide", "Adi": "guide", "Budi": "guide", "Cecep": "note_taker"}


def test_the_same_number_of_rounds_makes_the_same_plan(season):
    plans = [services.plan_now(season_id=season.pk, rounds=48, actor=staff(), at=AT) for _time in range(2)]
    assert days_of(plans[0]) == days_of(plans[1])
    assert plans[0].rounds == plans[1].rounds == 48


def test_a_holiday_that_the_regency_adds_is_seen_at_once(plan):
    visit = PlanVisit.objects.filter(plan=plan).first()
    assert built(plan).misfit == ()
    with setting_up():
        Holiday.objects.create(regency=plan.season.regency, day=visit.day, name="Erau")
    assert visit.village_id in built(fresh(plan)).misfit
