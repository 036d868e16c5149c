"""The village's own check, the pre-check of an RPJM Desa, and what the program knows beside an item."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import people
from guidance.evaluation.given import NOW, assessed, registered, signed, submitted, wearing
from plans import rpjm_given
from plans.given import ceiling, put_item
from rembuk.core.errors import BadInputError, NotAllowedError, StaleError
from rembuk.core.hat import Role
from rembuk.guidance.evaluation import services
from rembuk.guidance.evaluation.gathering import suggestions_of
from rembuk.guidance.evaluation.subjects import find_subject
from rembuk.shared.trail.testing import setting_up


def answered(cycle, answers, version=0, role="SDK", show=False):
    return services.save_self_check(
        cycle_id=cycle.pk,
        answers=answers,
        show_score=show,
        version=version,
        actor=wearing(role, cycle.village),
        at=NOW,
    )


def test_answers_are_kept_and_sent_along(plan, cycle):
    answered(cycle, {1: ("yes", ""), 2: ("no", "menunggu tanda tangan"), 3: ("", ""), 99: ("yes", "")})
    review = submitted(cycle)
    assert review.self_check == {
        "answers": {"1": {"answer": "yes", "note": ""}, "2": {"answer": "no", "note": "menunggu tanda tangan"}},
        "show_score": False,
    }


def test_an_unknown_answer_is_refused(plan, cycle):
    with pytest.raises(BadInputError, match="desk-answer"):
        answered(cycle, {1: ("mungkin", "")})


def test_two_people_do_not_overwrite_each_others_answers(plan, cycle):
    answered(cycle, {1: ("yes", "")})
    with pytest.raises(StaleError):
        answered(cycle, {1: ("no", "")}, version=0)


def test_the_desk_does_not_answer_for_the_village(plan, cycle):
    with pytest.raises(NotAllowedError):
        answered(cycle, {1: ("yes", "")}, role="PTP")


def test_the_page_reads_the_activities_of_the_draft_once_however_many_there_are(plan, cycle):
    client = people.signed_in(people.secretary(cycle.village))
    address = reverse("evaluation:self_check", args=(cycle.pk,))

    def asked():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        rows = [query for query in captured if 'FROM "plans_rkpdesitem"' in query["sql"]]
        return len(captured), len(rows)

    one = asked()
    for _more in range(2):
        put_item(plan, wearing("SDK", cycle.village))
    assert asked() == one
    assert one[1] == 1


def test_facts_stand_beside_the_items(plan, cycle, village):
    with setting_up():
        ceiling(village, "DDS", 50_000_000)
    facts = suggestions_of(find_subject(cycle, "EV-RKP"))
    assert facts[9].lean == "NOT_CONFORM"
    assert "Rp100.000.000" in facts[9].words and "Rp50.000.000" in facts[9].words
    assert (facts[6].words, facts[6].lean) == ("1 dari 1 baris pagu menyebut suratnya.", "CONFORM")
    assert facts[7].lean == "NOT_CONFORM"
    assert facts[8].words == "1 dari 1 kegiatan belum lengkap."


def test_an_rpjm_is_pre_checked_by_dpmd(village):
    with setting_up():
        secretary = people.secretary(village)
        rpjmdes = rpjm_given.drafted(village, secretary)
        rpjm_given.add(rpjmdes, secretary)
    review = submitted(rpjmdes.cycle, "EV-RPJM")
    assert (review.at_regency, review.rpjmdes_id, len(review.content)) == (True, rpjmdes.pk, 1)
    staff = wearing("STF", village)
    registered(review, staff)
    assessed(review, staff)
    assert signed(review, wearing("KDP", village)).state == "result_signed"


def test_the_term_of_an_rpjm_is_held_against_the_law_of_the_inauguration(village):
    with setting_up():
        secretary = people.secretary(village)
        rpjmdes = rpjm_given.drafted(village, secretary)
        rpjm_given.add(rpjmdes, secretary)
    facts = suggestions_of(find_subject(rpjmdes.cycle, "EV-RPJM"))
    assert (facts[2].lean, facts[15].lean, facts[3].lean) == ("CONFORM", "NA", "NOTE")
    assert rpjmdes.cycle.inauguration_date == date(2026, 8, 3)


def test_a_draft_of_an_rpjm_belongs_to_no_yearly_cycle(plan, cycle):
    assert find_subject(cycle, "EV-RPJM") is None
    assert people.holder(Role.SDK, cycle.village).role == "SDK"
