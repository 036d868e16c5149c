"""G01 to G17 on their boundaries."""

from dataclasses import replace

import pytest

from rembuk.core.checks import ALL_KNOWN, DuItemFacts, ImplementerFacts, ItemFacts, PlanFacts, check_plan
from rembuk.core.workflow.links import LINKS

TEAM = ImplementerFacts(chair=True, secretary=True, treasurer=True, members=2, women=1)
ROAD = ItemFacts(
    id="i1",
    name="Rabat beton jalan usaha tani",
    activity_code="2.3.10",
    location="Dusun Satu",
    volume="200 m",
    funding={"DDS": 60, "ADD": 40},
    rab_total=100,
    is_physical=True,
    has_design=True,
    verdict=True,
    authority=True,
    in_rpjmdes=True,
    focus="infrastruktur_pkt",
    implementer=TEAM,
)
PLAN = PlanFacts(
    village="64.02.01.2001",
    budget_year=2026,
    items=(ROAD,),
    ceilings={"DDS": 60, "ADD": 40},
    earmarked={"DDS": 80},
    active_rpjmdes=1,
    hamlets=frozenset({"Dusun Satu"}),
    hamlets_heard=frozenset({"Dusun Satu"}),
)


def brief(plan: PlanFacts, stage: str | None = None, *, notes: bool = False) -> list[tuple[str, str, str]]:
    found = check_plan(plan, stage)
    assert all(finding.message.endswith(".") and finding.source for finding in found)
    assert all(finding.link in LINKS.values() for finding in found if finding.severity != "note")
    return [
        (finding.code, finding.severity, finding.subject) for finding in found if notes or finding.severity != "note"
    ]


def item(**changes: object) -> PlanFacts:
    return replace(PLAN, items=(replace(ROAD, **changes),))  # type: ignore[arg-type]


@pytest.mark.parametrize("stage", [None, "K6", "K9", "K11", "K12"])
def test_a_sound_plan_has_no_findings_at_any_stage(stage: str | None) -> None:
    assert brief(PLAN, stage) == []


@pytest.mark.parametrize("count", [0, 2])
def test_g01_asks_for_exactly_one_active_rpjm(count: int) -> None:
    assert brief(replace(PLAN, active_rpjmdes=count)) == [("G01", "block", "")]


def test_g05_asks_a_reason_for_what_is_outside_the_rpjm() -> None:
    assert brief(item(in_rpjmdes=False)) == [("G05", "warn", "i1")]
    assert brief(item(in_rpjmdes=False, outside_reason="Banjir, BA Musdes 3/2026")) == []


@pytest.mark.parametrize(("stage", "severity"), [(None, "warn"), ("K6", "warn"), ("K11", "warn"), ("K12", "block")])
def test_g06_one_rupiah_over_a_ceiling_warns_and_blocks_enactment(stage: str | None, severity: str) -> None:
    over = item(funding={"DDS": 61, "ADD": 39})
    assert brief(over, stage) == [("G06", severity, "DDS")]
    text = check_plan(over, stage)[0].message
    assert text.startswith("Dana Desa (APBN) (DDS): terencana Rp61, pagu Rp60, lebih Rp1;")


def test_g06_a_source_without_a_ceiling_holds_nothing_but_community_work_is_free() -> None:
    assert brief(item(funding={"PAD": 100})) == [("G06", "warn", "PAD")]
    assert brief(item(funding={"SWD": 100})) == []
    capped = replace(item(funding={"SWD": 100}), ceilings={"SWD": 99})
    assert brief(capped) == [("G06", "warn", "SWD")]


@pytest.mark.parametrize(("stage", "severity"), [(None, "warn"), ("K9", "warn"), ("K11", "block"), ("K12", "block")])
@pytest.mark.parametrize("total", [99, 101])
def test_g07_the_estimate_must_equal_the_item(stage: str | None, severity: str, total: int) -> None:
    assert brief(item(rab_total=total), stage) == [("G07", severity, "i1")]


def test_g08_an_unchecked_physical_item_warns_at_musrenbang_and_blocks_the_closing_musdes() -> None:
    unchecked = item(verdict=None, has_design=False)
    assert brief(unchecked, "K8") == []
    assert brief(unchecked, "K9") == [("G08", "warn", "i1")]
    assert brief(unchecked, "K11") == [("G08", "block", "i1")]
    assert "gambar rencana, hasil pemeriksaan layak" in check_plan(unchecked, "K9")[0].message
    assert brief(item(verdict=None, is_physical=False), "K11") == []


def test_g08_a_negative_verdict_is_said_from_the_first_draft() -> None:
    assert brief(item(verdict=False)) == [("G08", "warn", "i1")]


def test_g09_beyond_authority_blocks_and_unasked_warns() -> None:
    assert brief(item(authority=False)) == [("G09", "block", "i1")]
    assert brief(item(authority=None)) == [("G09", "warn", "i1")]


def test_g10_the_same_row_in_the_du_rkp_blocks_and_a_similar_name_warns() -> None:
    same = DuItemFacts("d1", "Peningkatan jalan", "2.3.10", "dusun satu", "200 M")
    alike = DuItemFacts("d2", "Rabat Beton Jalan Usaha Tani", "2.3.11")
    other = DuItemFacts("d3", "Rabat beton jalan usaha tani", "2.3.10", "Dusun Dua", "200 m")
    assert brief(replace(PLAN, du_items=(same,))) == [("G10", "block", "i1")]
    assert brief(replace(PLAN, du_items=(alike,))) == [("G10", "warn", "i1")]
    assert brief(replace(PLAN, du_items=(other,))) == []


@pytest.mark.parametrize(("name", "warns"), [("Rabat beton jalan usaha tani", 1), ("Rabat beton jalan tani RT 4", 0)])
def test_g10_a_differing_number_keeps_two_items_apart(name: str, warns: int) -> None:
    twin = replace(ROAD, id="i2", name=name, volume="90 m", funding={"SWD": 1}, rab_total=1)
    assert len(brief(replace(PLAN, items=(ROAD, twin)))) == warns


def test_g10_two_programmes_paying_for_one_need_warn() -> None:
    twin = replace(ROAD, id="i2", funding={"PBK": 100}, programme="RTKU")
    plan = replace(PLAN, items=(ROAD, twin), ceilings={**PLAN.ceilings, "PBK": 100})
    assert brief(plan) == [("G10", "warn", "i2")]
    assert "program RTKU" in check_plan(plan)[0].message


def test_g11_a_dana_desa_item_without_a_focus_warns_and_blocks_later() -> None:
    assert brief(item(focus="")) == [("G11", "warn", "i1")]
    assert brief(item(focus=""), "K11") == [("G11", "block", "i1")]
    assert brief(replace(item(focus="", funding={"ADD": 40}, rab_total=40))) == []


def test_g11_dana_desa_must_be_split_where_the_year_has_an_earmark() -> None:
    assert brief(replace(PLAN, earmarked={})) == [("G11", "warn", "DD26-KDMP")]


def test_g11_percentages_of_2025_bind_on_the_last_rupiah() -> None:
    ceilings = {"DDS": 100}
    food = replace(ROAD, focus="pangan", funding={"DDS": 20}, rab_total=20)
    aid = replace(ROAD, id="i2", name="BLT", location="", focus="blt", funding={"DDS": 15}, rab_total=15)
    plan = replace(PLAN, budget_year=2025, ceilings=ceilings, earmarked={}, items=(food, aid))
    assert brief(plan, "K11") == []
    more = replace(aid, funding={"DDS": 16}, rab_total=16)
    assert brief(replace(plan, items=(food, more)), "K11") == [("G11", "block", "DD25-BLT")]
    less = replace(food, funding={"DDS": 19}, rab_total=19)
    assert brief(replace(plan, items=(less, aid)), "K11") == [("G11", "block", "DD25-PANGAN")]
    assert brief(replace(plan, items=(less, aid))) == [("G11", "warn", "DD25-PANGAN")]


def test_g11_rows_not_confirmed_for_2026_only_note() -> None:
    aid = replace(ROAD, focus="blt", funding={"DDS": 60}, rab_total=60)
    assert brief(replace(PLAN, items=(aid,)), "K12") == []
    assert brief(replace(PLAN, items=(aid,)), "K12", notes=True) == [
        ("G11", "note", "DD26-BLT"),
        ("G11", "note", "DD26-PANGAN"),
    ]


def test_g11_a_year_without_a_pack_is_not_loaded() -> None:
    plan = replace(PLAN, budget_year=2027)
    assert brief(plan, "K12", notes=True) == [("G11", "note", "")]
    assert "belum dimuat" in check_plan(plan)[0].message


def test_g11_cash_aid_stays_under_the_monthly_amount_per_family() -> None:
    aid = replace(ROAD, focus="blt", funding={"DDS": 3_600_000}, rab_total=3_600_000, aid_family_months=12)
    plan = replace(PLAN, items=(aid,), ceilings={"DDS": 100_000_000})
    assert ("G11", "block", "i1") not in brief(plan, "K11")
    more = replace(aid, funding={"DDS": 3_600_001}, rab_total=3_600_001)
    assert ("G11", "block", "i1") in brief(replace(plan, items=(more,)), "K11")


def test_g11_the_rt_programme_stays_under_its_limit_per_rt() -> None:
    rt = replace(ROAD, funding={"PBK": 300_000_001}, rab_total=300_000_001, programme="RTKU")
    plan = replace(PLAN, items=(rt,), ceilings={"PBK": 10**9}, regency="64.02", rt_count=2)
    assert brief(plan) == [("G11", "warn", "KUKAR-RTKU")]
    assert brief(replace(plan, rt_count=3)) == []
    assert brief(replace(plan, regency="64.03")) == []


def test_g12_an_enacted_plan_that_changed_blocks() -> None:
    assert brief(replace(PLAN, enacted=True, public_copy=True)) == []
    changed = replace(PLAN, enacted=True, public_copy=True, changed_after_enactment=True)
    assert brief(changed) == [("G12", "block", "")]


def test_g14_names_the_empty_places() -> None:
    assert brief(item(implementer=None)) == [("G14", "warn", "i1")]
    no_woman = item(implementer=replace(TEAM, women=0))
    assert "(perempuan)" in check_plan(no_woman)[-1].message


def test_g15_names_the_hamlets_nobody_heard() -> None:
    plan = replace(PLAN, hamlets=frozenset({"Dusun Satu", "Dusun Tiga", "Dusun Dua"}))
    assert brief(plan) == [("G15", "warn", "")]
    assert "Dusun Dua, Dusun Tiga" in check_plan(plan)[-1].message


def test_g16_a_provisional_ceiling_is_said_to_be_one() -> None:
    assert brief(replace(PLAN, ceilings_provisional=True)) == [("G16", "warn", "")]


def test_g17_an_enacted_plan_needs_a_public_copy() -> None:
    assert brief(replace(PLAN, enacted=True)) == [("G17", "warn", "")]


def test_what_is_not_known_is_noted_once_and_not_checked() -> None:
    bare = PlanFacts(
        village="64.02.01.2001",
        budget_year=2026,
        items=(ItemFacts("1", "Jalan", "2.3.10", funding={"ADD": 40}),),
        ceilings={"ADD": 40},
        known=frozenset(),
    )
    found = check_plan(bare, None)
    assert {finding.severity for finding in found} == {"note"}
    assert len(found) == len(ALL_KNOWN)
