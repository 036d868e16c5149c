"""Counting, adopting, deciding otherwise and answering, each by the service that every door calls."""

import uuid

import pytest

from budgeting.given import LATER, NOW, hall, proposal
from plans.given import ceiling
from rembuk.budgeting import services
from rembuk.budgeting.models import AllocationRun
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.funding.models import Ceiling
from rembuk.plans.models import RkpdesItem, RkpdesVersion
from rembuk.proposals.models import FieldCheck, Proposal
from rembuk.shared.models import TrailEntry
from rembuk.shared.trail.testing import setting_up


def codes(run: AllocationRun) -> dict[str, str]:
    """Return title -> reason code, in the published order."""
    titles = {str(row.pk): row.title for row in Proposal.objects.filter(cycle=run.cycle)}
    return {titles[row["id"]]: row["code"] for row in run.outcome["values"]["decisions"]}


def test_the_money_reaches_two_and_the_third_hears_that_the_ceiling_is_used_up(run, three):
    made = run()
    assert list(codes(made).values()) == ["ALOK-01", "ALOK-01", "ALOK-02"]
    assert made.outcome["values"]["sources"] == [["DDS", 250_000_000, 500_000_000, 200_000_000]]
    assert made.outcome["violations"] == []
    assert made.problem["context"]["order"] == "default"


def test_the_same_data_gives_the_run_that_is_there(run):
    first = run()
    assert run(at=LATER).pk == first.pk
    assert AllocationRun.objects.count() == 1


def test_a_stored_run_gives_its_digest_again_and_a_changed_one_is_refused(run):
    made = run()
    found = services.stored(AllocationRun.objects.get(pk=made.pk))
    assert found.intact and found.outcome.digest == made.digest
    changed = AllocationRun.objects.get(pk=made.pk)
    changed.outcome["values"]["decisions"][2]["chosen"] = True
    with pytest.raises(RefusedError) as refused:
        services.stored(changed)
    assert refused.value.code == "run-altered"


def test_the_trail_tells_who_counted(run, hat):
    made = run()
    (entry,) = TrailEntry.objects.filter(table_name="budgeting_allocationrun")
    assert (entry.act, entry.after["digest"]) == ("budgeting.run", made.digest)


@pytest.mark.parametrize("role", ["KAD", "BPD", "RTK", "KBD", "VRF", "PLD"])
def test_only_team_facilitator_of_the_meeting_and_secretary_count(run, role):
    with pytest.raises(NotAllowedError):
        run(role)
    assert not AllocationRun.objects.exists()


@pytest.mark.parametrize("role", ["TIM", "FAS", "SDK"])
def test_those_who_may_count_do(run, role):
    assert run(role).adopted_at is None


def test_without_ceilings_nothing_is_counted(cycle, hat, village):
    with setting_up():
        proposal(cycle, 1)
    with pytest.raises(RefusedError) as refused:
        services.run_allocation(cycle_id=cycle.pk, meeting_id=None, actor=hat("TIM"), at=NOW)
    assert refused.value.code == "run-without-ceilings"


def test_proposals_that_have_not_passed_stand_outside_with_their_reason(cycle, run, three, hat):
    with setting_up():
        higher = proposal(cycle, 4, authority="higher")
        unasked = proposal(cycle, 5, authority="unknown")
        unseen = proposal(cycle, 6, "sent", reason_code="", reason_text="")
        failed = proposal(cycle, 7)
        FieldCheck.objects.create(
            proposal=failed, verdict_code="PRIK-02", check_date=NOW.date(), checked_by=uuid.uuid4()
        )
    context = run().problem["context"]
    assert context["outside"] == {
        str(higher.pk): "WENANG-01",
        str(unasked.pk): "WENANG-TANYA",
        str(unseen.pk): "BELUM-DIPERIKSA",
        str(failed.pk): "PRIK-02",
    }


def test_a_proposal_without_a_cost_is_counted_and_told_so(cycle, run, three):
    with setting_up():
        proposal(cycle, 4, cost=None, cost_text="5000-115000")
    assert codes(run())["Titian ulin RT 04"] == "BIAYA-KOSONG"


def test_a_source_that_a_proposal_does_not_allow_never_pays_it(cycle, run, three, village):
    with setting_up():
        ceiling(village, "ADD", 300_000_000)
        Proposal.objects.filter(pk=three[2].pk).update(sources_allowed=["ADD"])
    paid = {row["id"]: row["amounts"] for row in run().outcome["values"]["decisions"]}
    assert paid[str(three[2].pk)] == [["ADD", 100_000_000]]


def test_a_provisional_ceiling_is_flagged(cycle, run, three):
    with setting_up():
        Ceiling.objects.filter(earmark="").update(stage="provisional", basis="Angka 2026")
    assert run().problem["context"]["ceiling_stage"] == "provisional"


def test_the_ranking_that_the_meeting_adopted_comes_first(cycle, run, three):
    meeting = hall(cycle, ranking=[{"proposal": str(three[2].pk), "rank": 1, "total": "20"}])
    made = run(meeting_id=meeting.pk)
    assert list(codes(made)) == ["Titian ulin RT 03", "Titian ulin RT 01", "Titian ulin RT 02"]
    assert made.problem["context"]["order"] == "ranking"


def test_a_meeting_of_elsewhere_or_called_off_is_refused(cycle, run, three):
    with pytest.raises(RefusedError):
        run(meeting_id=uuid.uuid4())
    with pytest.raises(RefusedError):
        run(meeting_id=hall(cycle, state="cancelled", started_at=None, cancelled_reason="Banjir").pk)


def test_the_head_adopts_and_the_plan_follows(cycle, run, three, hat):
    made = services.adopt_run(run_id=run().pk, note="Disepakati", actor=hat("KAD"), at=LATER)
    assert (made.adopted_at, made.adoption_note) == (LATER, "Disepakati")
    names = sorted(RkpdesItem.objects.filter(plan__cycle=cycle).values_list("name", flat=True))
    assert names == ["Titian ulin RT 01", "Titian ulin RT 02"]
    services.adopt_run(run_id=made.pk, actor=hat("KAD"), at=LATER)
    assert RkpdesItem.objects.filter(plan__cycle=cycle).count() == 2


@pytest.mark.parametrize(("kind", "chair", "other"), [("MUSREN", "KAD", "BPD"), ("MUSDES_E", "BPD", "KAD")])
def test_the_chair_of_the_meeting_adopts_and_nobody_else(cycle, run, three, hat, kind, chair, other):
    made = run(meeting_id=hall(cycle, kind).pk)
    for role in (other, "SDK", "TIM"):
        with pytest.raises(NotAllowedError):
            services.adopt_run(run_id=made.pk, actor=hat(role), at=LATER)
    assert services.adopt_run(run_id=made.pk, actor=hat(chair), at=LATER).adopted


def test_a_meeting_tells_the_proposals_their_place(cycle, run, three, hat):
    made = run(meeting_id=hall(cycle).pk)
    services.adopt_run(run_id=made.pk, actor=hat("KAD"), at=LATER)
    told = dict(Proposal.objects.filter(cycle=cycle).values_list("number", "state"))
    assert told == {"MLT-27-0001": "ranked", "MLT-27-0002": "ranked", "MLT-27-0003": "shelved"}


def test_what_changed_since_the_count_is_counted_again_before_it_is_adopted(cycle, run, three, hat):
    made = run()
    with setting_up():
        Ceiling.objects.filter(earmark="").update(amount=150_000_000)
    with pytest.raises(RefusedError) as refused:
        services.adopt_run(run_id=made.pk, actor=hat("KAD"), at=LATER)
    assert refused.value.code == "run-stale"
    assert not RkpdesVersion.objects.filter(cycle=cycle).exists(), "nothing is half written"
    assert AllocationRun.objects.get(pk=made.pk).adopted_at is None


def test_a_later_run_of_the_same_meeting_supersedes_the_first(cycle, run, three, hat):
    first = services.adopt_run(run_id=run().pk, actor=hat("KAD"), at=NOW)
    with setting_up():
        Ceiling.objects.filter(earmark="").update(amount=150_000_000)
    second = services.adopt_run(run_id=run(at=LATER).pk, actor=hat("KAD"), at=LATER)
    first.refresh_from_db()
    assert (first.adopted, first.superseded_at, second.adopted) == (False, LATER, True)
    assert RkpdesItem.objects.filter(plan__cycle=cycle).count() == 1


def test_the_hall_puts_a_proposal_in_and_the_count_goes_around_it(cycle, run, three, hat):
    reason = "Jembatan hampir putus"
    made = services.override(
        run_id=run().pk, proposal_id=three[2].pk, direction="in", reason=reason, actor=hat("KAD"), at=LATER
    )
    assert codes(made) == {
        "Titian ulin RT 01": "ALOK-01",
        "Titian ulin RT 02": "ALOK-02",
        "Titian ulin RT 03": "ALOK-07",
    }
    assert made.outcome["violations"] == []
    assert run(at=LATER).pk == made.pk, "counting again keeps what the hall decided"
    back = services.override(
        run_id=made.pk, proposal_id=three[2].pk, direction="undo", reason="", actor=hat("KAD"), at=LATER
    )
    assert codes(back)["Titian ulin RT 03"] == "ALOK-02"


def test_the_hall_leaves_a_proposal_out_and_the_next_one_comes_up(cycle, run, three, hat):
    made = services.override(
        run_id=run().pk, proposal_id=three[0].pk, direction="out", reason="Dikerjakan PUPR", actor=hat("KAD"), at=LATER
    )
    assert codes(made) == {"Titian ulin RT 02": "ALOK-01", "Titian ulin RT 03": "ALOK-01"}
    assert made.problem["context"]["left_out"] == {str(three[0].pk): "Dikerjakan PUPR"}


@pytest.mark.parametrize(
    ("direction", "reason", "code"),
    [
        ("in", " ", "override-reason-missing"),
        ("in", "x" * 601, "override-reason-long"),
        ("up", "x", "override-direction"),
    ],
)
def test_a_decision_without_a_readable_reason_is_refused(run, three, hat, direction, reason, code):
    made = run()
    with pytest.raises(BadInputError) as refused:
        services.override(
            run_id=made.pk, proposal_id=three[2].pk, direction=direction, reason=reason, actor=hat("KAD"), at=LATER
        )
    assert refused.value.code == code
    assert AllocationRun.objects.count() == 1


def test_the_losers_are_answered_in_the_act_of_adopting_each_with_code_and_sentence(cycle, run, three, hat):
    with pytest.raises(RefusedError):
        services.answer_losers(cycle_id=cycle.pk, actor=hat("BPD"), at=LATER)
    services.adopt_run(run_id=run(meeting_id=hall(cycle).pk).pk, actor=hat("KAD"), at=LATER)
    told = Proposal.objects.get(pk=three[2].pk)
    assert (told.state, told.reason_code) == ("shelved", "ALOK-02")
    assert told.reason_text == (
        "Belum masuk: uang yang boleh membiayainya sudah terpakai, kurang Rp50.000.000; masuk bila biayanya paling "
        "tinggi Rp50.000.000 atau ada Rp50.000.000 lagi pada DDS."
    )
    assert services.answer_losers(cycle_id=cycle.pk, actor=hat("BPD"), at=LATER) == [], "nobody is told twice"
    assert set(Proposal.objects.filter(pk__in=[three[0].pk, three[1].pk]).values_list("state", flat=True)) == {"ranked"}


def test_the_draft_of_the_team_answers_nobody_until_the_closing_musdes(cycle, run, three, hat):
    services.adopt_run(run_id=run().pk, actor=hat("KAD"), at=LATER)
    assert set(Proposal.objects.filter(cycle=cycle).values_list("state", flat=True)) == {"checked"}
    (told,) = services.answer_losers(cycle_id=cycle.pk, actor=hat("BPD"), at=LATER)
    assert (told.pk, told.state, told.reason_code) == (three[2].pk, "shelved", "ALOK-02")


def test_those_on_the_shelf_take_part_in_a_later_count_of_the_same_cycle(cycle, run, three, hat, village):
    meeting = hall(cycle)
    services.adopt_run(run_id=run(meeting_id=meeting.pk).pk, actor=hat("KAD"), at=LATER)
    with setting_up():
        Ceiling.objects.filter(earmark="").update(amount=300_000_000)
    later = run(meeting_id=meeting.pk, at=LATER)
    assert list(codes(later).values()) == ["ALOK-01", "ALOK-01", "ALOK-01"]
