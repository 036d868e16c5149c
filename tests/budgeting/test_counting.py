"""Counting stands in nobody's way, and refuses where nobody spoke."""

import pytest
from django.db import connection

from budgeting.given import NOW
from rembuk.budgeting import services
from rembuk.budgeting.choice import Choice
from rembuk.budgeting.gathering import facts_of
from rembuk.budgeting.models import AllocationRun
from rembuk.budgeting.trying import tried
from rembuk.core.allocation.engine import RULES
from rembuk.core.allocation.greedy import greedy
from rembuk.core.errors import RefusedError


@pytest.mark.django_db(transaction=True)
def test_the_rule_runs_while_no_lock_is_held(cycle, hat, three, monkeypatch):
    held = []

    def watched(problem, settings):
        held.append(connection.in_atomic_block)
        return greedy(problem, settings)

    monkeypatch.setitem(RULES, "watched", watched)
    made = services.run_allocation(
        cycle_id=cycle.pk, meeting_id=None, choice=Choice(rule="watched"), actor=hat("TIM"), at=NOW
    )
    assert (held, made.rule) == ([False], "watched")


@pytest.mark.parametrize("rule", ["mes", "phragmen", "mes-repair"])
def test_a_rule_in_which_voters_pay_is_refused_where_nobody_spoke(cycle, run, three, rule):
    with pytest.raises(RefusedError) as refused:
        run(choice=Choice(rule=rule))
    assert (refused.value.code, AllocationRun.objects.count()) == ("run-without-voices", 0)
    shown = tried(facts_of(cycle, None), Choice(rule=rule))
    assert (shown.stored, shown.refusal.code) == (None, "run-without-voices")
