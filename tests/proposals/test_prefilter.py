"""Pre-filter B: three scores for what the village may do itself; what lies above it goes to the DU-RKP."""

import pytest
from django.urls import reverse

from factories.people import holder, signed_in
from proposals.given import NOW, REASON
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.hat import Role
from rembuk.core.scoring import FIT_CRITERIA, FitResult
from rembuk.deliberation.queries.ranking import ranking_of_cycle
from rembuk.proposals import labels, services
from rembuk.proposals.models import Proposal
from rembuk.proposals.queries import fit_of
from rembuk.shared.trail.models import TrailEntry

SCORES = {"sdgs": 5, "regency": 3, "resources": 4}
TYPED = {"nilai_sdgs": "5", "nilai_regency": "3", "nilai_resources": "4"}
MAY = {Role.TIM, Role.SDK, Role.KAU, Role.FAS}


@pytest.fixture
def own(sent, hat):
    """A sent proposal that somebody has said the village may do."""
    made = sent()
    services.set_authority(proposal_id=made.id, authority="village", note="", actor=hat("SDK"), at=NOW)
    return made


def fill(proposal, hat, scores=SCORES):
    return services.set_prefilter(proposal_id=proposal.id, scores=scores, actor=hat, at=NOW)


def stored(proposal):
    return Proposal.objects.get(pk=proposal.id).feasibility_b


def test_the_words_of_the_criteria_are_those_of_the_rule():
    assert {name: str(words) for name, words in labels.FIT_CRITERIA.items()} == FIT_CRITERIA


@pytest.mark.parametrize(("low_or_high", "total"), [(1, 3), (5, 15)])
def test_three_scores_within_the_scale_are_kept_and_summed(own, hat, low_or_high, total):
    scores = dict.fromkeys(FIT_CRITERIA, low_or_high)
    assert fill(own, hat("TIM"), scores) == FitResult(str(own.id), "rkp", total)
    assert stored(own) == scores


@pytest.mark.parametrize(
    "scores",
    [{}, {"sdgs": 5, "regency": 3}, {**SCORES, "lain": 1}, {**SCORES, "sdgs": 0}, {**SCORES, "resources": 6}],
)
def test_a_score_that_is_missing_unknown_or_outside_the_scale_is_refused_and_nothing_kept(own, hat, scores):
    with pytest.raises(BadInputError, match="prefilter-scores"):
        fill(own, hat("SDK"), scores)
    assert stored(own) == {}


@pytest.mark.parametrize(("authority", "code"), [("unknown", "authority-unknown"), ("higher", "goes-up")])
def test_only_what_somebody_called_the_villages_own_is_scored(own, hat, authority, code):
    services.set_authority(
        proposal_id=own.id, authority=authority, note="Jalan kabupaten, kata Kadus", actor=hat("SDK"), at=NOW
    )
    with pytest.raises(RefusedError, match=f"prefilter-{code}"):
        fill(own, hat("SDK"))
    assert stored(own) == {}


def test_an_answered_proposal_is_not_scored_any_more(own, hat):
    services.decline_proposal(proposal_id=own.id, code="TOLAK-01", text=REASON, actor=hat("KAD"), at=NOW)
    with pytest.raises(RefusedError, match="proposal-not-editable"):
        fill(own, hat("SDK"))


@pytest.mark.parametrize("role", Role)
def test_the_team_the_office_and_the_facilitator_score_and_nobody_else(own, hat, role):
    if role in MAY:
        assert fill(own, hat(role)).total == 12
        return
    with pytest.raises(NotAllowedError):
        fill(own, hat(role))


def test_another_village_scores_nothing_here(own, hat, other_village):
    with pytest.raises(NotAllowedError):
        fill(own, hat("SDK", other_village.place))


def test_the_same_scores_again_change_nothing_and_others_leave_their_trace(own, hat):
    def traces():
        return TrailEntry.objects.filter(act="proposals.set_prefilter").count()

    fill(own, hat("SDK"))
    version = Proposal.objects.get(pk=own.id).version
    assert traces() == 1
    fill(own, hat("SDK"))
    assert (Proposal.objects.get(pk=own.id).version, traces()) == (version, 1)
    fill(own, hat("SDK"), {**SCORES, "sdgs": 4})
    assert (Proposal.objects.get(pk=own.id).version, traces()) == (version + 1, 2)


def test_the_form_stores_the_scores_and_says_the_result_here_and_in_the_ranking(own, village, cycle, hat):
    team = signed_in(holder(Role.TIM, village))
    address = reverse("proposals:detail", args=[own.number])
    assert 'name="nilai_sdgs"' in team.get(address).content.decode()
    assert team.post(reverse("proposals:set_prefilter", args=[own.number]), TYPED).status_code == 302
    page = team.get(address).content.decode()
    assert "12 dari 15" in page
    assert 'name="nilai_regency" value="3" required checked' in page
    services.check_proposal(proposal_id=own.id, actor=hat("SDK"), at=NOW)
    _scores, ranking = ranking_of_cycle(cycle.id)
    assert [row.fit.total for row in ranking] == [12]


@pytest.mark.parametrize("typed", [{}, {**TYPED, "nilai_sdgs": "9"}, {**TYPED, "nilai_sdgs": "\u0665"}])
def test_a_form_that_is_not_filled_is_refused_in_words(own, village, typed):
    team = signed_in(holder(Role.TIM, village))
    answer = team.post(reverse("proposals:set_prefilter", args=[own.number]), typed)
    assert answer.status_code == 400
    assert "1 sampai 5" in answer.content.decode()
    assert stored(own) == {}


def test_who_may_not_score_sees_the_result_and_no_form(own, village, hat):
    fill(own, hat("SDK"))
    page = signed_in(holder(Role.BPD, village)).get(reverse("proposals:detail", args=[own.number])).content.decode()
    assert "12 dari 15" in page
    assert 'name="nilai_sdgs"' not in page


def test_what_lies_above_the_village_raises_the_question_of_the_du_rkp(own, village, hat):
    fill(own, hat("SDK"))
    services.set_authority(
        proposal_id=own.id, authority="higher", note="Jalan kabupaten, kata Kadus", actor=hat("SDK"), at=NOW
    )
    own.refresh_from_db()
    assert fit_of(own) == FitResult(str(own.id), "du_rkp", None)
    page = signed_in(holder(Role.SDK, village)).get(reverse("proposals:detail", args=[own.number])).content.decode()
    assert "Diteruskan ke DU-RKP?" in page
    assert "12 dari 15" not in page and 'name="nilai_sdgs"' not in page
