import uuid

import pytest

from proposals.given import NOW, REASON, TODAY
from rembuk.core.errors import BadInputError, IllegalTransitionError, NotAllowedError, RefusedError, StaleError
from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import TABLE
from rembuk.proposals import services
from rembuk.proposals.gate_facts import proposal_facts
from rembuk.proposals.models import Proposal, ProposalStep
from rembuk.proposals.queries import proposal_by_receipt, recap_for_cycle, shelf_of
from rembuk.proposals.services import Answer
from rembuk.proposals.values import ProposalValues

PATH = {
    "draft": [],
    "sent": ["send"],
    "checked": ["send", "check"],
    "discussed": ["send", "check", "discuss"],
    "ranked": ["send", "check", "discuss", "rank"],
    "planned": ["send", "check", "discuss", "rank", "plan"],
    "shelved": ["send", "check", "shelve"],
    "declined": ["send", "decline"],
    "forwarded": ["send", "authority", "forward"],
    "withdrawn": ["send", "withdraw"],
}
EXPECTED = {
    "send": {"draft": "sent"},
    "check": {"sent": "checked"},
    "give_back": {"sent": "draft"},
    "discuss": {"checked": "discussed"},
    "rank": {"discussed": "ranked", "ranked": "ranked"},
    "plan": {"ranked": "planned", "shelved": "planned"},
    "drop": {"planned": "shelved"},
    "shelve": dict.fromkeys(("sent", "checked", "discussed", "ranked"), "shelved"),
    "decline": dict.fromkeys(("sent", "checked", "discussed", "ranked"), "declined"),
    "withdraw": dict.fromkeys(("sent", "checked", "discussed", "ranked"), "withdrawn"),
    "forward": dict.fromkeys(("sent", "checked", "discussed", "ranked"), "forwarded"),
}


def act(event, proposal, hat):
    sdk = hat("SDK")
    one = {"proposal_id": proposal.id, "actor": sdk, "at": NOW}
    told = {"actor": sdk, "at": NOW}
    return {
        "send": lambda: services.submit_proposal(**one),
        "check": lambda: services.check_proposal(**one),
        "give_back": lambda: services.give_back_proposal(**one, text=REASON),
        "discuss": lambda: services.discuss_proposals(proposal_ids=[proposal.id], **told),
        "rank": lambda: services.rank_proposals(answers=[Answer(proposal.id, "", "Peringkat 1")], **told),
        "plan": lambda: services.plan_proposals(answers=[Answer(proposal.id, "ALOK-01", REASON)], **told),
        "drop": lambda: services.drop_proposals(answers=[Answer(proposal.id, "PRIK-02", REASON)], **told),
        "shelve": lambda: services.shelve_proposals(answers=[Answer(proposal.id, "ALOK-02", REASON)], **told),
        "decline": lambda: services.decline_proposal(**one, code="TOLAK-01", text=REASON),
        "withdraw": lambda: services.withdraw_proposal(**one, text=REASON),
        "authority": lambda: services.set_authority(**one, authority="higher", note="Jalan kabupaten, kata Kadus"),
        "forward": lambda: services.forward_proposal(**one, text=REASON),
    }[event]()


@pytest.mark.parametrize("event", EXPECTED)
@pytest.mark.parametrize("state", PATH)
def test_an_event_leads_where_the_table_says_and_nowhere_else(draft, hat, state, event):
    proposal = draft()
    for step in PATH[state]:
        act(step, proposal, hat)
    if event == "forward" and state in EXPECTED["forward"]:
        act("authority", proposal, hat)
    proposal.refresh_from_db()
    assert proposal.state == state
    steps = proposal.steps.count()
    after = EXPECTED[event].get(state)
    if after is None:
        if (state, event) == ("draft", "withdraw") or (event == "send" and state != "draft"):
            return  # a draft is removed, a second send changes nothing: each has its own test
        with pytest.raises((IllegalTransitionError, RefusedError)):
            act(event, proposal, hat)
        proposal.refresh_from_db()
        assert (proposal.state, proposal.steps.count()) == (state, steps)
        return
    act(event, proposal, hat)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.steps.count()) == (after, steps + 1)


@pytest.mark.parametrize("state", ["shelved", "declined", "forwarded", "withdrawn", "planned"])
def test_an_answer_carries_code_and_sentence_on_the_row_and_on_its_step(draft, hat, state):
    proposal = draft()
    for step in PATH[state]:
        act(step, proposal, hat)
    proposal.refresh_from_db()
    last = proposal.steps.last()
    assert proposal.reason_text == REASON == last.reason_text
    assert proposal.reason_code == last.reason_code != ""


@pytest.mark.parametrize(("code", "text"), [("", REASON), ("TOLAK-01", "  "), ("ALOK-01", REASON), ("XYZ-9", REASON)])
def test_an_answer_without_a_fitting_code_and_a_sentence_is_refused_and_changes_nothing(sent, hat, code, text):
    proposal = sent()
    with pytest.raises(RefusedError):
        services.decline_proposal(proposal_id=proposal.id, code=code, text=text, actor=hat("KAD"), at=NOW)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.steps.count()) == ("sent", 1)


def test_numbers_run_without_gaps_by_village_and_budget_year(sent, draft):
    first, _unsent, second, third = sent(), draft(), sent(), sent()
    assert [first.number, second.number, third.number] == ["MLT-27-0001", "MLT-27-0002", "MLT-27-0003"]


def test_sending_twice_gives_one_number_one_step_and_one_code(draft, hat):
    made = draft()
    first = services.submit_proposal(proposal_id=made.id, actor=hat("SDK"), at=NOW)
    again = services.submit_proposal(proposal_id=made.id, actor=hat("SDK"), at=NOW)
    assert (again.proposal.number, again.receipt_code) == (first.proposal.number, "")
    assert made.steps.count() == 1


def test_the_receipt_code_opens_the_proposal_however_it_is_typed_and_is_not_stored(draft, hat):
    made = draft()
    result = services.submit_proposal(proposal_id=made.id, actor=hat("SDK"), at=NOW)
    code = result.receipt_code
    assert len(code) == 10
    assert proposal_by_receipt(f" {code[:5].lower()}-{code[5:]} ") == result.proposal
    assert proposal_by_receipt(code[:-1]) is None
    stored = Proposal.objects.values().get(pk=made.id)
    assert code not in str(stored)


def test_a_new_receipt_makes_the_old_one_worthless(draft, hat):
    made = draft()
    old = services.submit_proposal(proposal_id=made.id, actor=hat("SDK"), at=NOW).receipt_code
    new = services.issue_receipt(proposal_id=made.id, actor=hat("SDK"), at=NOW).receipt_code
    assert proposal_by_receipt(old) is None
    assert proposal_by_receipt(new) == made


def test_a_proposal_given_back_keeps_number_and_code_when_it_is_sent_again(draft, hat):
    made = draft()
    first = services.submit_proposal(proposal_id=made.id, actor=hat("SDK"), at=NOW)
    act("give_back", made, hat)
    again = services.submit_proposal(proposal_id=made.id, actor=hat("SDK"), at=NOW)
    assert (again.proposal.number, again.receipt_code) == (first.proposal.number, "")
    assert proposal_by_receipt(first.receipt_code).state == "sent"


def test_the_same_key_with_the_same_body_returns_the_same_row(village, cycle, hat):
    key, values = uuid.uuid4(), ProposalValues(title="Sumur bor RT 02", cost=1)
    rows = [
        services.create_proposal(proposal_id=key, village_id=village.id, values=values, actor=hat("SDK"), at=NOW)
        for _time in range(2)
    ]
    assert rows[0] == rows[1]
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("other", [{"title": "Sumur bor RT 03"}, {"cost": 2}, {"groups": ("TANI",)}])
def test_the_same_key_with_another_body_is_refused(village, cycle, hat, other):
    key, body = uuid.uuid4(), {"title": "Sumur bor RT 02", "cost": 1}
    services.create_proposal(
        proposal_id=key, village_id=village.id, values=ProposalValues(**body), actor=hat("SDK"), at=NOW
    )
    with pytest.raises(RefusedError, match="proposal-key-taken"):
        services.create_proposal(
            proposal_id=key, village_id=village.id, values=ProposalValues(**{**body, **other}), actor=hat("SDK"), at=NOW
        )
    assert Proposal.objects.get().title == "Sumur bor RT 02"


def test_the_key_of_somebody_else_is_refused_even_with_the_same_body(village, cycle, hat):
    key, values = uuid.uuid4(), ProposalValues(title="Sumur bor")
    services.create_proposal(proposal_id=key, village_id=village.id, values=values, actor=hat("SDK"), at=NOW)
    with pytest.raises(RefusedError, match="proposal-key-taken"):
        services.create_proposal(proposal_id=key, village_id=village.id, values=values, actor=hat("BPD"), at=NOW)


def test_a_stale_edit_names_what_the_other_person_changed_and_writes_nothing(draft, hat):
    made = draft(volume=None)
    first = ProposalValues(title=made.title, cost=120_000_000)
    services.edit_proposal(proposal_id=made.id, version=1, values=first, actor=hat("SDK"), at=NOW)
    mine = ProposalValues(title=made.title, cost=99_000_000)
    with pytest.raises(StaleError) as caught:
        services.edit_proposal(proposal_id=made.id, version=1, values=mine, actor=hat("SDK"), at=NOW)
    assert caught.value.values["changes"] == [("biaya", 120_000_000, 99_000_000)]
    made.refresh_from_db()
    assert (made.cost, made.version) == (120_000_000, 2)


def test_a_stale_edit_that_wants_what_is_there_already_is_no_conflict(draft, hat):
    made = draft()
    values = ProposalValues(title=made.title, cost=5)
    for _person in range(2):
        services.edit_proposal(proposal_id=made.id, version=1, values=values, actor=hat("SDK"), at=NOW)
    made.refresh_from_db()
    assert (made.cost, made.version) == (5, 2)


def test_autosave_keeps_unreadable_text_and_sending_it_is_refused_with_the_reason(village, cycle, hat):
    key, typed = uuid.uuid4(), {"title": "Titian RT 03", "cost": "Rp 12,5 jt"}
    saved = services.autosave_draft(
        proposal_id=key, village_id=village.id, typed=typed, version=1, actor=hat("SDK"), at=NOW
    )
    assert saved.typed == typed
    with pytest.raises(RefusedError, match="proposal-incomplete"):
        services.submit_proposal(proposal_id=key, actor=hat("SDK"), at=NOW)
    saved.refresh_from_db()
    assert (saved.state, saved.typed, saved.number) == ("draft", typed, None)


def test_an_autosaved_draft_is_filled_by_the_first_save_under_the_same_key(village, cycle, hat):
    key = uuid.uuid4()
    services.autosave_draft(
        proposal_id=key, village_id=village.id, typed={"title": "Tit"}, version=1, actor=hat("SDK"), at=NOW
    )
    values = ProposalValues(title="Titian RT 03")
    made = services.create_proposal(proposal_id=key, village_id=village.id, values=values, actor=hat("SDK"), at=NOW)
    assert (made.title, made.typed) == ("Titian RT 03", {})
    assert Proposal.objects.count() == 1


def test_an_answered_proposal_cannot_be_edited(sent, hat):
    made = sent()
    act("decline", made, hat)
    with pytest.raises(NotAllowedError):
        services.edit_proposal(
            proposal_id=made.id, version=3, values=ProposalValues(title="Lain"), actor=hat("SDK"), at=NOW
        )


def test_forwarding_needs_a_persons_word_about_the_owner(sent, hat):
    made = sent()
    with pytest.raises(RefusedError, match="proposal-authority-word"):
        act("forward", made, hat)
    act("authority", made, hat)
    act("forward", made, hat)
    made.refresh_from_db()
    assert (made.state, made.reason_code) == ("forwarded", "WENANG-01")


def test_authority_above_the_village_needs_a_word(sent, hat):
    with pytest.raises(BadInputError):
        services.set_authority(proposal_id=sent().id, authority="higher", note=" ", actor=hat("SDK"), at=NOW)


def test_who_wrote_a_proposal_cannot_check_it_in_the_field(village, cycle, hat, sent):
    made = sent()
    Proposal.objects.filter(pk=made.id).update(created_by=hat("VRF").person_id)
    with pytest.raises(NotAllowedError):
        services.field_check_proposal(
            proposal_id=made.id, verdict_code="PRIK-01", note="Kuat", check_date=TODAY, actor=hat("VRF"), at=NOW
        )


@pytest.mark.parametrize(
    ("verdict", "note", "days", "error"),
    [
        ("PRIK-01", "Tiang kuat", 0, None),
        ("PRIK-04", "x", 0, "verdict"),
        ("PRIK-02", " ", 0, "note"),
        ("PRIK-02", "x", 1, "future"),
    ],
)
def test_a_field_check_has_a_known_verdict_a_sentence_and_a_day_not_after_today(sent, hat, verdict, note, days, error):
    made = sent()

    def check():
        services.field_check_proposal(
            proposal_id=made.id,
            verdict_code=verdict,
            note=note,
            check_date=TODAY.replace(day=TODAY.day + days),
            actor=hat("VRF"),
            at=NOW,
        )

    if error is None:
        check()
        assert made.steps.last().reason_code == verdict
    else:
        with pytest.raises(BadInputError, match=error):
            check()
    assert made.field_checks.count() == (error is None)


def test_merging_answers_both_proposers_and_can_be_undone(sent, hat):
    made, target = sent(), sent(title="Jembatan kayu RT 01 lapuk")
    act("check", made, hat)
    services.merge_proposal(proposal_id=made.id, into_id=target.id, text=REASON, actor=hat("SDK"), at=NOW)
    made.refresh_from_db()
    assert (made.state, made.reason_code, made.merged_into) == ("merged", "GABUNG-01", target)
    assert target.steps.last().event == "joined"
    services.unmerge_proposal(proposal_id=made.id, text="Keliru", actor=hat("SDK"), at=NOW)
    made.refresh_from_db()
    assert (made.state, made.merged_into, made.reason_code) == ("checked", None, "")
    assert [made.steps.last().event, target.steps.last().event] == ["unmerge", "unmerge"]


def test_a_proposal_merges_neither_into_itself_nor_into_an_answered_one(sent, hat):
    made, closed = sent(), sent()
    act("decline", closed, hat)
    with pytest.raises(BadInputError):
        services.merge_proposal(proposal_id=made.id, into_id=made.id, text=REASON, actor=hat("SDK"), at=NOW)
    with pytest.raises(RefusedError, match="merge-target"):
        services.merge_proposal(proposal_id=made.id, into_id=closed.id, text=REASON, actor=hat("SDK"), at=NOW)
    made.refresh_from_db()
    assert made.state == "sent"


def test_many_answers_are_given_together_or_not_at_all(sent, hat, django_assert_max_num_queries):
    rows = [sent(title=f"Usulan {number}") for number in range(12)]
    answers = [Answer(row.id, "ALOK-02", REASON) for row in rows]
    bad = [*answers[:-1], Answer(rows[-1].id, "", "")]
    with pytest.raises(RefusedError):
        services.shelve_proposals(answers=bad, actor=hat("SDK"), at=NOW)
    assert Proposal.objects.filter(state="shelved").count() == 0
    with django_assert_max_num_queries(8):
        services.shelve_proposals(answers=answers, actor=hat("SDK"), at=NOW)
    assert Proposal.objects.filter(state="shelved").count() == 12


def test_a_shelved_proposal_of_an_earlier_year_is_offered_once_and_keeps_its_history(sent, hat, cycle, village):
    old = sent()
    act("shelve", old, hat)
    cycle.closed_at = NOW
    cycle.save()
    new_cycle = type(cycle).objects.create(village=village, plan_year=2027, budget_year=2028, profile="kukar-2025")
    assert list(shelf_of(village.id, new_cycle)) == [old]
    key = uuid.uuid4()
    for _time in range(2):
        new = services.carry_proposal(proposal_id=old.id, new_id=key, actor=hat("SDK"), at=NOW)
    assert (new.carried_from, new.state, new.title, new.cost) == (old, "draft", old.title, old.cost)
    assert list(shelf_of(village.id, new_cycle)) == []
    with pytest.raises(RefusedError, match="carried-already"):
        services.carry_proposal(proposal_id=old.id, new_id=uuid.uuid4(), actor=hat("SDK"), at=NOW)
    number = services.submit_proposal(proposal_id=key, actor=hat("SDK"), at=NOW).proposal.number
    assert number == "MLT-28-0001"


def test_a_proposal_of_the_open_year_is_not_carried(sent, hat):
    made = sent()
    act("shelve", made, hat)
    with pytest.raises(RefusedError, match="not-carried"):
        services.carry_proposal(proposal_id=made.id, new_id=uuid.uuid4(), actor=hat("SDK"), at=NOW)


def test_without_an_open_cycle_sending_is_refused_and_the_draft_is_safe(draft, hat, cycle):
    made = draft()
    type(cycle).objects.update(closed_at=NOW)
    with pytest.raises(RefusedError, match="no-cycle"):
        services.submit_proposal(proposal_id=made.id, actor=hat("SDK"), at=NOW)
    made.refresh_from_db()
    assert (made.state, made.number) == ("draft", None)


def test_only_the_village_office_and_the_guide_confirm_a_code(draft, hat, hamlets):
    by_rt = draft("RTK", hamlets[0].place, activity_code="2.3.13", hamlet_id=hamlets[0].id)
    assert by_rt.activity_confirmed_by is None
    services.confirm_code(proposal_id=by_rt.id, code="2.3.13", actor=hat("TIM"), at=NOW)
    by_rt.refresh_from_db()
    assert (by_rt.activity_confirmed_by, by_rt.need_category) == (hat("TIM").person_id, "infrastruktur")
    with pytest.raises(BadInputError):
        services.confirm_code(proposal_id=by_rt.id, code="2.3", actor=hat("TIM"), at=NOW)


def test_withdrawing_a_draft_removes_it_and_a_sent_one_keeps_its_number(draft, sent, hat):
    unsent, kept = draft(), sent()
    assert services.withdraw_proposal(proposal_id=unsent.id, text="", actor=hat("SDK"), at=NOW) is None
    services.withdraw_proposal(proposal_id=kept.id, text=REASON, actor=hat("SDK"), at=NOW)
    assert [(p.number, p.state) for p in Proposal.objects.all()] == [("MLT-27-0001", "withdrawn")]


@pytest.mark.parametrize(
    ("role", "part", "where", "allowed"),
    [
        ("RTK", 0, 0, True),
        ("RTK", 0, 1, False),
        ("RTK", 0, None, False),
        ("LKD", 2, 2, True),
        ("LKD", None, None, True),
        ("BPD", None, 1, True),
        ("SDK", None, 2, True),
        ("VRF", None, 0, False),
        ("CAM", None, 0, False),
        ("STF", None, 0, False),
    ],
)
def test_who_may_propose_for_which_part_of_the_village(draft, hamlets, role, part, where, allowed):
    place = None if part is None else hamlets[part].place
    hamlet_id = None if where is None else hamlets[where].id
    if allowed:
        assert draft(role, place, hamlet_id=hamlet_id).hamlet_id == hamlet_id
    else:
        with pytest.raises(NotAllowedError):
            draft(role, place, hamlet_id=hamlet_id)
    assert Proposal.objects.count() == allowed


@pytest.mark.parametrize("role", list(Role))
def test_names_of_proposers_are_for_the_village_office_alone(draft, hat, role):
    made = draft()
    allowed = TABLE.allows(hat(role), "proposals.see_proposer", made)
    assert allowed == (role in {"KAD", "SDK", "KAU", "TIM"})


@pytest.mark.parametrize(
    "act_name", sorted(n for n in TABLE.rows if n.startswith("proposals.") and not TABLE.rows[n].public)
)
def test_no_act_reaches_another_village(draft, other_village, act_name):
    made = draft()
    for role in ("SDK", "KAD", "TIM", "BPD", "VRF", "FAS"):
        stranger = Hat(uuid.uuid4(), "Orang lain", Role(role), other_village.place)
        assert not TABLE.allows(stranger, act_name, made)


def test_the_recap_names_bidang_and_origins_but_never_a_person(sent, hat, hamlets, cycle):
    bridge = sent(activity_code="2.3.13", hamlet_id=hamlets[0].id, proposer_name="Bu Siti", beneficiaries_male=142)
    joined = sent(title="Jembatan sama", hamlet_id=hamlets[1].id, proposer_name="Pak Amat")
    sent(title="Belum berkode")
    services.merge_proposal(proposal_id=joined.id, into_id=bridge.id, text=REASON, actor=hat("SDK"), at=NOW)
    recap = recap_for_cycle(cycle.id)
    assert [(g.field, len(g.rows)) for g in recap.groups] == [(2, 1), (0, 1)]
    assert recap.groups[0].rows[0].origin == "Hulu; Tengah"
    assert recap.total == 2
    assert "Siti" not in str(recap) and "Amat" not in str(recap)


def test_every_step_of_a_proposal_is_kept_in_order(sent, hat):
    made = sent()
    for event in ("check", "discuss", "rank", "plan"):
        act(event, made, hat)
    steps = ProposalStep.objects.filter(proposal=made)
    assert [step.state_after for step in steps] == ["sent", "checked", "discussed", "ranked", "planned"]


def test_the_gate_of_k5_hears_of_silent_hamlets_open_codes_and_unasked_authority(
    sent, hat, hamlets, cycle, village, django_assert_num_queries
):
    sent(hamlet_id=hamlets[0].id, activity_code="2.3.13")
    asked = sent(hamlet_id=hamlets[1].id)
    services.set_authority(proposal_id=asked.id, authority="village", note="", actor=hat("SDK"), at=NOW)
    with django_assert_num_queries(3):
        facts = proposal_facts([cycle.id, uuid.uuid4()])
    known = facts[cycle.id]
    assert known["proposals_by_hamlet"] == {"Hulu": 1, "Tengah": 1}
    assert known["hamlets_without_proposals"] == ["Hilir"]
    assert (known["proposals_without_code"], known["proposals_without_authority"]) == (1, 1)
    assert [finding.code for finding in known["findings"]] == ["G15", "G03", "G03", "G03"]


def test_an_empty_cycle_gives_no_warnings_of_its_own(cycle):
    assert proposal_facts([cycle.id])[cycle.id]["findings"] == ()
