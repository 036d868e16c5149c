"""The annual plan: its table row by row, its guards, whom it reaches, what a revision changes, what was paid."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from rembuk.core.errors import IllegalTransitionError, RefusedError
from rembuk.core.guidance.programme import (
    ACTIVITY_TRANSITIONS,
    TRANSITIONS,
    ActivityEvent,
    ActivityFacts,
    ActivityState,
    Kind,
    PlanEvent,
    PlanFacts,
    PlanState,
    VillageName,
    a_year_later,
    coverage,
    months_of,
    next_activity_state,
    next_state,
    problems_of,
    uncovered,
)
from rembuk.core.guidance.programme_content import ActivityContent, MoneyLine, PlanContent, changes, packed, unpacked
from rembuk.core.guidance.programme_money import Paid, Planned, money_of
from rembuk.core.guidance.programme_targets import read_targets, words_of

S, E = PlanState, PlanEvent
A = VillageName("64.02.01.2001", "Perian", "64.02.01", "Muara Muntai")
B = VillageName("64.02.18.2003", "Melintang", "64.02.18", "Muara Wis")
C = VillageName("64.02.18.2004", "Enggelam", "64.02.18", "Muara Wis")
D = VillageName("64.02.18.2009", "Perian", "64.02.18", "Muara Wis")
VILLAGES = (A, B, C)
TRAINING = ActivityFacts(
    "k1", "Bimtek", Kind.TRAINING, True, date(2026, 3, 1), date(2026, 3, 2), frozenset({A.code, B.code}), 1
)
VISIT = ActivityFacts("k2", "Kunjungan", Kind.VISIT, True, date(2026, 4, 1), date(2026, 6, 30), frozenset({C.code}), 1)
WHOLE = PlanFacts(1, (TRAINING, VISIT), VILLAGES, {})

TABLE = {
    (S.DRAFT, E.SUBMIT): S.SUBMITTED,
    (S.SUBMITTED, E.APPROVE): S.APPROVED,
    (S.SUBMITTED, E.RETURN): S.DRAFT,
    (S.APPROVED, E.START): S.RUNNING,
    (S.APPROVED, E.REVISE): S.DRAFT_REVISION,
    (S.RUNNING, E.REVISE): S.DRAFT_REVISION,
    (S.RUNNING, E.CLOSE): S.CLOSED,
    (S.DRAFT_REVISION, E.APPROVE): S.RUNNING,
    (S.DRAFT_REVISION, E.SUBMIT): S.DRAFT_REVISION,
    (S.DRAFT_REVISION, E.RETURN): S.DRAFT_REVISION,
}


def closed(facts: PlanFacts) -> PlanFacts:
    done = tuple(replace(one, state=ActivityState.CLOSED) for one in facts.activities)
    return replace(facts, activities=done, submitted=True)


@pytest.mark.parametrize("state", PlanState)
@pytest.mark.parametrize("event", PlanEvent)
def test_each_step_of_the_plan_leads_where_the_table_says_and_nowhere_else(state, event):
    facts = closed(WHOLE)
    if (state, event) in TABLE:
        assert next_state(state, event, facts, "sebabnya") is TABLE[state, event]
    else:
        with pytest.raises(IllegalTransitionError):
            next_state(state, event, facts, "sebabnya")
    assert ((state, event) in TRANSITIONS) == ((state, event) in TABLE)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"owner": False}, "programme-owner"),
        ({"start": None}, "programme-period"),
        ({"end": None}, "programme-period"),
        ({"money_lines": 0}, "programme-money"),
    ],
)
@pytest.mark.parametrize("event", [E.SUBMIT, E.APPROVE])
def test_an_activity_without_owner_period_or_money_keeps_the_plan_back(change, code, event):
    facts = replace(WHOLE, activities=(replace(TRAINING, **change), VISIT))
    with pytest.raises(RefusedError) as refused:
        next_state(S.DRAFT if event is E.SUBMIT else S.SUBMITTED, event, facts)
    assert [(one.code, one.subject) for one in refused.value.findings] == [(code, "k1")]


def test_an_activity_without_villages_keeps_the_plan_back():
    empty = replace(VISIT, key="k3", kind=Kind.CLINIC, villages=frozenset())
    found = problems_of(replace(WHOLE, activities=(TRAINING, VISIT, empty)))
    assert [(one.code, one.subject) for one in found] == [("programme-target", "k3")]


def test_a_plan_without_objectives_or_activities_is_not_handed_in():
    codes = [one.code for one in problems_of(PlanFacts(0, (), (), {}))]
    assert codes == ["programme-objectives", "programme-empty"]


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.TRAINING, Kind.VISIT}))
def test_only_trainings_and_visits_reach_a_village(kind):
    facts = replace(WHOLE, activities=(TRAINING, replace(VISIT, kind=kind)))
    assert uncovered(facts) == (C,)
    assert [one.subject for one in problems_of(facts)] == [C.code]


def test_a_village_left_out_needs_a_reason_of_its_own():
    facts = replace(WHOLE, activities=(TRAINING,))
    assert uncovered(replace(facts, left_out={C.code: "air surut"})) == ()
    assert uncovered(replace(facts, left_out={C.code: "  "})) == (C,)


def test_a_cancelled_activity_reaches_nobody_and_needs_nothing_more():
    gone = replace(VISIT, state=ActivityState.CANCELLED, reason="dana dialihkan", owner=False)
    facts = replace(WHOLE, activities=(TRAINING, gone))
    assert [one.code for one in problems_of(facts)] == ["programme-uncovered"]


@pytest.mark.parametrize(
    ("state", "event", "code"),
    [
        (S.SUBMITTED, E.RETURN, "programme-return-words"),
        (S.RUNNING, E.REVISE, "programme-revise-words"),
    ],
)
def test_returning_and_revising_say_why(state, event, code):
    with pytest.raises(RefusedError) as refused:
        next_state(state, event, WHOLE, "  ")
    assert refused.value.code == code


def test_a_revision_is_approved_only_after_it_was_handed_in():
    with pytest.raises(RefusedError) as refused:
        next_state(S.DRAFT_REVISION, E.APPROVE, WHOLE)
    assert refused.value.code == "programme-revision-not-submitted"
    assert next_state(S.DRAFT_REVISION, E.APPROVE, replace(WHOLE, submitted=True)) is S.RUNNING


def test_a_plan_closes_when_every_activity_is_closed_or_cancelled_with_a_reason():
    done = replace(TRAINING, state=ActivityState.CLOSED)
    silent = replace(VISIT, state=ActivityState.CANCELLED)
    with pytest.raises(RefusedError) as refused:
        next_state(S.RUNNING, E.CLOSE, replace(WHOLE, activities=(done, silent, replace(TRAINING, key="k9"))))
    assert [one.subject for one in refused.value.findings] == ["k2", "k9"]
    spoken = replace(silent, reason="dana dialihkan")
    assert next_state(S.RUNNING, E.CLOSE, replace(WHOLE, activities=(done, spoken))) is S.CLOSED


@pytest.mark.parametrize("state", ActivityState)
@pytest.mark.parametrize("event", ActivityEvent)
def test_each_step_of_an_activity_leads_where_its_table_says(state, event):
    wanted = {
        (ActivityState.OPEN, ActivityEvent.CLOSE): ActivityState.CLOSED,
        (ActivityState.OPEN, ActivityEvent.CANCEL): ActivityState.CANCELLED,
        (ActivityState.CLOSED, ActivityEvent.REOPEN): ActivityState.OPEN,
        (ActivityState.CANCELLED, ActivityEvent.REOPEN): ActivityState.OPEN,
    }
    assert wanted == ACTIVITY_TRANSITIONS
    if (state, event) in wanted:
        assert next_activity_state(state, event, "sebabnya") is wanted[state, event]
    else:
        with pytest.raises(IllegalTransitionError):
            next_activity_state(state, event, "sebabnya")


def test_an_activity_is_not_cancelled_without_a_reason():
    with pytest.raises(RefusedError):
        next_activity_state(ActivityState.OPEN, ActivityEvent.CANCEL)


def test_the_matrix_counts_villages_once_per_kind():
    again = replace(TRAINING, key="k3", villages=frozenset({B.code}))
    muntai, wis = coverage(replace(WHOLE, activities=(TRAINING, again, VISIT), left_out={C.code: "x"}))
    assert (muntai.district, muntai.villages, muntai.reached[Kind.TRAINING], muntai.reached[Kind.VISIT]) == (
        "Muara Muntai", 1, 1, 0,
    )  # fmt: skip
    assert (wis.reached[Kind.TRAINING], wis.reached[Kind.VISIT], wis.left_out, wis.open) == (1, 1, 1, 0)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 3, 31), date(2026, 4, 1), {3, 4}),
        (date(2025, 11, 1), date(2026, 2, 1), {1, 2}),
        (date(2026, 12, 1), date(2027, 2, 1), {12}),
        (date(2025, 1, 1), date(2025, 12, 31), set()),
    ],
)
def test_a_period_touches_the_months_of_the_plans_year_only(start, end, months):
    assert months_of(start, end, 2026) == months


def test_the_leap_day_becomes_the_day_before_in_a_copy():
    assert (a_year_later(date(2028, 2, 29)), a_year_later(date(2026, 3, 1), 2)) == (date(2029, 2, 28), date(2028, 3, 1))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("semua desa", {A.code, B.code, C.code, D.code}),
        ("Kecamatan Muara Wis", {B.code, C.code, D.code}),
        ("Kec. muara muntai; Desa Melintang", {A.code, B.code}),
        ("64.02.18.2003\n64.02.18.2004", {B.code, C.code}),
        ("Perian (Muara Wis), Perian (Kec. Muara Muntai)", {A.code, D.code}),
        ("  ,;\n", set()),
    ],
)
def test_villages_are_read_from_what_people_paste(text, codes):
    assert read_targets(text, (*VILLAGES, D)) == (frozenset(codes), ())


def test_a_name_that_is_unknown_or_carried_twice_is_named_with_what_it_may_be():
    found, unknown = read_targets("Melintan, Perian, Enggelam", (*VILLAGES, D))
    assert found == {C.code}
    assert [(one.read, one.why, one.near) for one in unknown] == [
        ("melintan", "unknown", ("melintang",)),
        ("perian", "several", ("Perian (Muara Muntai)", "Perian (Muara Wis)")),
    ]


def test_targets_are_said_in_words():
    everything = frozenset(village.code for village in VILLAGES)
    assert words_of(everything, VILLAGES) == "seluruh kabupaten"
    assert words_of(frozenset({A.code, B.code}), VILLAGES) == "Kecamatan Muara Muntai, Melintang"
    assert words_of(frozenset(), VILLAGES) == "belum ada desa"


ONE = ActivityContent(
    "k1", "pelatihan", "Bimtek", "", "Kabid", "2026-03-01", "2026-03-02", (A.code, B.code), "dua desa",
    (MoneyLine("apbd", 1000),),
)  # fmt: skip
PLACES = {village.code: (village.name, village.district) for village in VILLAGES}
PLAN = PlanContent(2026, "", ("Desa paham RKP",), (ONE,), ((C.code, "air surut"),), PLACES)


def test_a_version_is_the_same_after_it_was_stored():
    assert unpacked(packed(PLAN)) == PLAN


def test_the_difference_names_every_change_as_it_was_and_as_it_is():
    moved = replace(ONE, end="2026-04-02", villages=(A.code, C.code), money=(MoneyLine("apbd", 2500, "sewa perahu"),))
    added = replace(ONE, key="k2", title="Kunjungan", money=())
    after = replace(PLAN, activities=(moved, added), left_out=(), objectives=("Desa paham RKP", "Desa menghitung RAB"))
    assert [(one.about, one.field, one.before, one.after) for one in changes(PLAN, after)] == [
        ("Rencana", "Tujuan", "Desa paham RKP", "Desa paham RKP\nDesa menghitung RAB"),
        ("Bimtek", "Waktu", "1 Maret 2026 sampai 2 Maret 2026", "1 Maret 2026 sampai 2 April 2026"),
        ("Bimtek", "Anggaran", "APBD Kabupaten: Rp1.000", "APBD Kabupaten: Rp2.500 (sewa perahu)"),
        ("Bimtek", "Desa sasaran", "2 desa; keluar: Melintang (Muara Wis)", "2 desa; masuk: Enggelam (Muara Wis)"),
        ("Kunjungan", "Kegiatan", "belum ada", "Kabid; 1 Maret 2026 sampai 2 Maret 2026; 2 desa; Rp0"),
        ("Enggelam (Muara Wis)", "Tidak dicakup karena", "air surut", ""),
    ]
    assert changes(PLAN, PLAN) == ()
    gone = changes(PLAN, replace(PLAN, activities=()))
    assert [(one.about, one.after) for one in gone] == [("Bimtek", "dihapus dari rencana")]


def test_every_view_of_the_money_adds_up_to_the_same_rupiah():
    planned = [Planned("k1", "apbd", 100), Planned("k2", "apbdes", 0), Planned("k2", "apbd", 7)]
    paid = [
        Paid("k1", "apbd", date(2026, 3, 31), 40),
        Paid("k1", "csr", date(2026, 4, 1), 61, "D2"),
        Paid("k2", "apbd", date(2026, 12, 31), 1),
    ]
    found = money_of(planned, paid, {"k1": {"D1": 1, "D2": 2}, "k2": {}})
    assert (found.total.planned, found.total.paid, found.total.left, found.used) == (107, 102, 5, Fraction(102, 107))
    assert [(row.key, row.planned, row.paid, row.over) for row in found.activities] == [
        ("k1", 100, 101, 1),
        ("k2", 7, 1, 0),
    ]
    assert [(row.key, row.planned, row.paid) for row in found.sources] == [
        ("apbd", 107, 41),
        ("apbdes", 0, 0),
        ("csr", 0, 61),
    ]
    assert [(row.key, row.planned, row.paid) for row in found.districts] == [
        ("", 7, 1), ("D1", 33, 13), ("D2", 67, 88),
    ]  # fmt: skip
    assert found.quarters == (40, 61, 0, 1)
    for view in (found.activities, found.sources, found.districts):
        assert (sum(row.planned for row in view), sum(row.paid for row in view)) == (107, 102)


def test_money_without_a_plan_has_no_share():
    empty = money_of([], [], {})
    assert (empty.used, empty.total.percent) == (None, None)
