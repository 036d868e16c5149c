"""The graph of stages in the three orders, and its two dates."""

from datetime import date

import pytest

from rembuk.core.workflow.stages import (
    PROFILE_114,
    PROFILE_KUKAR_2025,
    PROFILE_PURBALINGGA,
    PROFILES,
    STAGES,
    Profile,
    open_stages,
    prerequisites,
    stage_dates,
    without,
)

ALL = frozenset(STAGES)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.code)
def test_every_order_is_walkable_and_complete(profile: Profile) -> None:
    assert sorted(profile.order) == sorted(STAGES)
    done: frozenset[str] = frozenset()
    for code in profile.order:
        assert code in open_stages(done, profile)
        done |= {code}
    assert open_stages(done, profile) == ()


def test_the_planning_musdes_and_the_team_come_in_either_order_in_kukar() -> None:
    assert prerequisites("K1", PROFILE_KUKAR_2025) == ()
    assert prerequisites("K2", PROFILE_KUKAR_2025) == ()
    assert prerequisites("K2", PROFILE_114) == ("K1",)
    assert prerequisites("K1", PROFILE_PURBALINGGA) == ("K6",)


def test_musrenbang_needs_the_approval_and_the_planning_musdes() -> None:
    for profile in PROFILES.values():
        assert set(prerequisites("K9", profile)) == {"K1", "K8"}


def test_the_closing_musdes_needs_planning_musdes_check_and_final_draft() -> None:
    assert prerequisites("K11") == ("K1", "K7", "K10")
    assert prerequisites("K12") == ("K11",)


def test_a_meeting_switched_off_passes_its_needs_on() -> None:
    profile = without(PROFILE_114, "K11")
    assert prerequisites("K12", profile) == ("K1", "K7", "K10")
    assert "K11" not in open_stages(ALL - {"K11"}, profile)
    assert prerequisites("K12", without(PROFILE_114, "K11", "K1")) == ("K7", "K10")
    with pytest.raises(ValueError, match="no meeting"):
        without(PROFILE_114, "K12")


def test_after_enactment_four_stages_run_in_parallel() -> None:
    done = frozenset(f"K{number}" for number in range(1, 13))
    assert open_stages(done) == ("K13", "K14", "K15", "K16")


def test_a_provisional_ceiling_opens_the_draft_only() -> None:
    done = frozenset({"K2", "K5"})
    assert "K6" not in open_stages(done)
    assert "K6" in open_stages(done, provisional=True)
    assert "K4" not in open_stages(done, provisional=True)


def test_a_stage_has_a_legal_day_and_a_regency_target() -> None:
    dates = stage_dates("K2", 2026)
    assert (dates.legal, dates.target) == (date(2026, 6, 30), date(2026, 5, 31))
    assert dates.due == date(2026, 6, 30)
    assert dates.legal_source == "Permendagri 114/2014 Pasal 33"
    nine = stage_dates("K9", 2026)
    assert (nine.legal, nine.due) == (None, date(2026, 7, 31))
    assert stage_dates("K9", 2026, PROFILE_114).due == date(2026, 9, 30)
    assert stage_dates("K12", 2026).due == date(2026, 9, 30)
    assert stage_dates("K13", 2026).due is None
    assert stage_dates("K17", 2026).due is None


def test_every_stage_names_its_source_and_who_acts() -> None:
    assert list(STAGES) == [f"K{number}" for number in range(1, 18)]
    assert all(stage.source and stage.actors and stage.title for stage in STAGES.values())
