"""What a second run says: who falls out for a loser, what binds a choice, what one million more would bring in."""

from core.allocation.worked import ADDING_UP, EQUAL_SHARES, MILLION, earmark_stage_and_rivals, two_hamlets
from rembuk.core.allocation import Problem, Proposal, Settings, Source, allocate
from rembuk.core.allocation.explain import Binding, binding, explain, points, tell


def test_one_more_supporter_of_the_bridge_puts_the_lamps_out() -> None:
    problem = two_hamlets()
    bridge = explain(problem, allocate(problem, EQUAL_SHARES), "jembatan", deep=True)
    # Seven pay 50; the six of Hulu keep 20/7 each, 120/7 together: not the 45 of the lamps. Hilir still pays its 40.
    assert (bridge.extra_supporters, bridge.displaced) == (1, ("lampu",))
    kinds = [point.kind for point in points(bridge)]
    assert kinds.index("effect") == kinds.index("change") + 1


def test_forced_in_where_nobody_votes_it_puts_out_what_the_order_reaches_last() -> None:
    items = (Proposal("a", 60, 1), Proposal("b", 40, 2), Proposal("c", 50, 3))
    problem = Problem(items, (Source("DDS", 100),))
    loser = explain(problem, allocate(problem, Settings()), "c", deep=True)
    # 50 for c leave 50: a for 60 does not fit, b for 40 does.
    assert loser.displaced == ("a",)


def test_a_row_that_stood_in_the_way_is_named() -> None:
    problem = earmark_stage_and_rivals()
    road = explain(problem, allocate(problem, Settings()), "jalan")
    assert road.rows == ("PANGAN",)
    titles = {share.name: share.title for share in problem.shares}
    assert tell(road, {}, titles).startswith("Belum masuk: dibatasi aturan pangan paling sedikit 20 %, kurang ")


def test_a_million_more_brings_in_what_lacked_it() -> None:
    items = (Proposal("a", 50 * MILLION, 1), Proposal("b", 51 * MILLION, 2), Proposal("c", 70 * MILLION, 3))
    problem = Problem(items, (Source("DDS", 100 * MILLION), Source("PAD", 0)), not_by_default=frozenset({"PAD"}))
    outcome = allocate(problem, Settings())
    assert binding(problem, outcome)[0] == Binding("source", "DDS", 50 * MILLION, True, ("b",), ())
    assert binding(problem, outcome, rerun=False)[0] == Binding("source", "DDS", 50 * MILLION, True)


def test_money_that_nobody_left_out_could_use_does_not_bind() -> None:
    problem = two_hamlets()
    (spent,) = binding(problem, allocate(problem, ADDING_UP))
    # 5 are left beside the posyandu for 40; a million more changes nothing.
    assert (spent.slack, spent.binds, spent.comes_in, spent.goes_out) == (5 * MILLION, True, (), ())
    alone = Problem((Proposal("a", 50, 1),), (Source("DDS", 80),))
    assert [bound.binds for bound in binding(alone, allocate(alone))] == [False]
