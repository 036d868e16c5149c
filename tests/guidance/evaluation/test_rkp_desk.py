"""The pre-check of an RKP Desa: handed in, taken in, worked through, signed, corrected as the next round."""

import dataclasses

import pytest
from django.db import IntegrityError, transaction

from factories import people, places
from guidance.evaluation.given import (
    BAD,
    LATER,
    NOTE,
    NOW,
    all_marks,
    assessed,
    registered,
    signed,
    submitted,
    wearing,
    whole_round,
)
from plans.given import put_item
from rembuk.core.errors import BadInputError, IllegalTransitionError, NotAllowedError, RefusedError, StaleError
from rembuk.core.hat import Role
from rembuk.core.money import Rupiah
from rembuk.guidance.evaluation import services
from rembuk.guidance.evaluation.models import Mark, Review
from rembuk.guidance.evaluation.services import MarksRefusedError, MarkValues
from rembuk.guidance.evaluation.showing import changes_of
from rembuk.plans.models import RkpdesItem
from rembuk.shared.models import Notice, Paper
from rembuk.shared.trail.testing import setting_up


def test_a_draft_goes_from_the_village_to_a_signed_result(plan, cycle):
    review = whole_round(cycle, n9=NOTE)
    assert (review.state, review.result, review.letter_number) == (
        "result_signed",
        "conform_with_notes",
        "414/7/2026",
    )
    assert (
        Paper.objects.filter(subject=f"review:{review.pk}")
        .order_by("code")
        .values_list("code", flat=True)
        .distinct()[:2][0]
        == "F34"
    )


def test_the_village_hears_of_the_result_with_item_and_fix(plan, cycle):
    review = whole_round(cycle, n9=NOTE)
    office = people.secretary(cycle.village).person
    notice = Notice.objects.get(person_id_value=office.pk, key=f"evaluation-signed:{review.pk}:1")
    assert notice.body == "EV-RKP 9: Kurangi biaya titian menjadi pagu DDS"


def test_the_same_draft_handed_in_twice_is_one_review(plan, cycle):
    first, again = submitted(cycle), submitted(cycle)
    assert (first.pk, Review.objects.count(), again.version) == (again.pk, 1, 1)


def test_a_draft_changed_before_it_is_taken_in_replaces_what_was_handed_in(plan, cycle):
    first = submitted(cycle)
    put_item(plan, wearing("SDK"), name="Sumur bor")
    again = submitted(cycle)
    assert (again.pk, len(again.content), Review.objects.count()) == (first.pk, 2, 1)


def test_a_draft_without_activities_is_not_handed_in(cycle):
    with pytest.raises(RefusedError, match="desk-nothing"):
        submitted(cycle)


def test_only_the_village_office_hands_in(plan, cycle):
    for role in ("KAD", "BPD", "PTP", "STF"):
        with pytest.raises(NotAllowedError):
            services.submit_draft(
                cycle_id=cycle.pk,
                checks="EV-RKP",
                values=services.SubmitValues(),
                actor=wearing(role, cycle.village),
                at=NOW,
            )


def test_an_incomplete_draft_goes_back_and_no_clock_has_started(plan, cycle):
    review = submitted(cycle)
    back = services.return_incomplete(
        review_id=review.pk, reason="Berita acara Musrenbang belum ada", actor=wearing("PTP"), at=NOW
    )
    assert (back.state, back.registered_date) == ("incomplete", None)
    again = submitted(cycle)
    assert (again.pk, again.state, again.incomplete_reason, again.round) == (review.pk, "submitted", "", 1)


def test_what_is_lacking_is_said(plan, cycle):
    review = submitted(cycle)
    with pytest.raises(BadInputError, match="desk-reason-missing"):
        services.return_incomplete(review_id=review.pk, reason=" ", actor=wearing("PTP"), at=NOW)


def test_a_draft_that_changed_since_it_was_handed_in_is_not_taken_in(plan, cycle):
    review = submitted(cycle)
    put_item(plan, wearing("SDK"), name="Sumur bor")
    with pytest.raises(RefusedError, match="desk-changed-meanwhile"):
        registered(review, wearing("PTP"))
    assert Review.objects.get().state == "submitted"


def test_a_number_of_the_register_is_used_once(plan, cycle):
    registered(submitted(cycle), wearing("PTP"))
    with setting_up():
        other = Review.objects.get()
        other.pk, other.round, other.state = None, 2, "submitted"
        other.previous_id = Review.objects.get().pk
        other.save(force_insert=True)
    with pytest.raises(RefusedError, match="desk-number-taken"):
        registered(Review.objects.get(round=2), wearing("PTP"))


def test_the_day_of_the_register_has_come_and_lies_not_before_the_draft(plan, cycle):
    review = submitted(cycle)
    with pytest.raises(BadInputError, match="desk-day-future"):
        registered(review, wearing("PTP"), day="2026-09-22")
    with pytest.raises(BadInputError, match="desk-day-before"):
        registered(review, wearing("PTP"), day="2026-09-20")


def test_a_reviewer_who_also_serves_the_village_is_refused(plan, cycle):
    reviewer = people.holder(Role.PTP, cycle.village)
    people.holder(Role.LKD, cycle.village, person=reviewer.person)
    with pytest.raises(RefusedError, match="desk-own-village"):
        registered(submitted(cycle), reviewer.hat())


def test_a_reviewer_of_another_district_does_not_reach_the_draft(plan, cycle):
    with pytest.raises(NotAllowedError):
        registered(submitted(cycle), wearing("PTP", places.perian()))


def test_a_note_that_does_not_say_what_to_change_is_refused_with_its_item(plan, cycle):
    review = registered(submitted(cycle), wearing("PTP"))
    bare = [MarkValues(1, "CONFORM"), MarkValues(2, "NOTE", found="kurang"), MarkValues(3, "NOT_CONFORM")]
    with pytest.raises(MarksRefusedError) as refused:
        services.save_marks(review_id=review.pk, marks=bare, version=review.version, actor=wearing("PTP"), at=NOW)
    assert refused.value.problems == {2: "fix", 3: "fix"}
    assert Mark.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        (MarkValues(1, found="tanpa pilihan"), "mark"),
        (MarkValues(1, "BAGUS"), "mark"),
        (MarkValues(1, "NOTE", fix="x" * 501), "long"),
        (MarkValues(1, "NOTE", fix="Perbaiki", due="besok"), "day"),
    ],
)
def test_each_bad_item_says_what_is_wrong(plan, cycle, values, problem):
    review = registered(submitted(cycle), wearing("PTP"))
    with pytest.raises(MarksRefusedError) as refused:
        services.save_marks(review_id=review.pk, marks=[values], version=review.version, actor=wearing("PTP"), at=NOW)
    assert refused.value.problems == {1: problem}


def test_the_database_holds_that_a_note_says_what_to_change(plan, cycle):
    review = submitted(cycle)
    with setting_up(), pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(review=review, number=1, mark="NOTE", marked_by=review.pk)


def test_an_item_left_empty_stays_as_it_is(plan, cycle):
    review = registered(submitted(cycle), wearing("PTP"))
    made = services.save_marks(review_id=review.pk, marks=[NOTE], version=review.version, actor=wearing("PTP"), at=NOW)
    services.save_marks(
        review_id=review.pk,
        marks=[MarkValues(9), MarkValues(1, "CONFORM")],
        version=made.version,
        actor=wearing("PTP"),
        at=NOW,
    )
    assert dict(Mark.objects.values_list("number", "fix")) == {1: "", 9: NOTE.fix}


def test_two_reviewers_do_not_overwrite_each_other(plan, cycle):
    review = registered(submitted(cycle), wearing("PTP"))
    services.save_marks(review_id=review.pk, marks=[NOTE], version=review.version, actor=wearing("PTP"), at=NOW)
    with pytest.raises(StaleError):
        services.save_marks(
            review_id=review.pk,
            marks=[MarkValues(9, "CONFORM")],
            version=review.version,
            actor=wearing("STF"),
            at=NOW,
        )


def test_no_result_while_an_item_is_unmarked(plan, cycle):
    review = registered(submitted(cycle), wearing("PTP"))
    marks = all_marks("EV-RKP")[:-2]
    made = services.save_marks(review_id=review.pk, marks=marks, version=review.version, actor=wearing("PTP"), at=NOW)
    with pytest.raises(RefusedError) as refused:
        services.draft_result(review_id=review.pk, closing="", version=made.version, actor=wearing("PTP"), at=NOW)
    assert refused.value.values["items"] == "19, 20"


def test_nobody_signs_the_result_that_they_drafted(plan, cycle):
    camat = wearing("CAM", cycle.village)
    review = registered(submitted(cycle), camat)
    assessed(review, camat)
    with pytest.raises(RefusedError, match="desk-signed-by-drafter"):
        signed(review, camat)
    assert Review.objects.get().state == "result_draft"


def test_the_database_holds_that_the_drafter_does_not_sign(plan, cycle):
    review = whole_round(cycle)
    with setting_up(), pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(signed_by=review.drafted_by)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"number": ""}, "desk-letter-missing"),
        ({"signer_name": " "}, "desk-signer-missing"),
        ({"file": None}, "desk-file-missing"),
        ({"day": "2026-09-20"}, "desk-day-before"),
        ({"day": "2026-12-01"}, "desk-day-future"),
        ({"day": "kemarin"}, "desk-day"),
    ],
)
def test_a_letter_that_is_not_whole_is_refused_and_nothing_is_signed(plan, cycle, changed, code):
    reviewer = wearing("PTP")
    review = registered(submitted(cycle), reviewer)
    assessed(review, reviewer)
    with pytest.raises(BadInputError, match=f"^.*{code}'"):
        signed(review, wearing("CAM", cycle.village), **changed)
    assert Review.objects.get().state == "result_draft"


def test_staff_do_not_sign(plan, cycle):
    review = registered(submitted(cycle), wearing("PTP"))
    assessed(review, wearing("PTP"))
    for role in ("STF", "KBD", "SDK", "BPD"):
        with pytest.raises(NotAllowedError):
            signed(review, wearing(role, cycle.village))


def test_a_drafted_result_can_be_opened_again(plan, cycle):
    reviewer = wearing("PTP")
    review = registered(submitted(cycle), reviewer)
    made = assessed(review, reviewer, n9=BAD)
    opened = services.reopen(review_id=review.pk, version=made.version, actor=reviewer, at=NOW)
    assert (opened.state, opened.result, opened.drafted_by) == ("under_review", "", None)
    assert assessed(review, reviewer).result == "conform"


def test_who_is_too_close_hands_the_draft_to_another(plan, cycle):
    close, other = wearing("PTP"), wearing("PTP", cycle.village, username="ptp.lain")
    review = registered(submitted(cycle), close)
    services.recuse(review_id=review.pk, reason="Ipar kepala desa", actor=close, at=NOW)
    with pytest.raises(NotAllowedError):
        assessed(review, close)
    made = assessed(review, other)
    assert (made.state, made.evaluator) == ("result_draft", other.person_id)


def test_a_draft_under_review_is_not_replaced(plan, cycle):
    registered(submitted(cycle), wearing("PTP"))
    put_item(plan, wearing("SDK"), name="Sumur bor")
    with pytest.raises(RefusedError, match="desk-being-checked"):
        submitted(cycle)


def test_a_returned_draft_comes_back_as_the_next_round_with_what_changed(plan, cycle):
    first = whole_round(cycle, n9=BAD)
    item = RkpdesItem.objects.get(plan=plan)
    put_item(plan, wearing("SDK"), name="Sumur bor", funding=(("ADD", Rupiah(5_000_000)),))
    second = submitted(cycle, at=LATER)
    assert (second.round, second.previous_id) == (2, first.pk)
    changes = changes_of(Review.objects.select_related("previous").get(pk=second.pk))
    assert [(row.kind, row.name) for row in changes] == [("added", "Sumur bor")]
    assert item.name not in [row.name for row in changes]


def test_a_returned_draft_that_did_not_change_is_refused(plan, cycle):
    whole_round(cycle, n9=BAD)
    with pytest.raises(RefusedError, match="desk-nothing-changed"):
        submitted(cycle, at=LATER)


def test_a_draft_that_conforms_is_not_checked_again(plan, cycle):
    whole_round(cycle)
    put_item(plan, wearing("SDK"), name="Sumur bor")
    with pytest.raises(RefusedError, match="desk-conform-already"):
        submitted(cycle, at=LATER)


def test_a_later_round_says_whether_the_earlier_note_was_met(plan, cycle):
    whole_round(cycle, n9=BAD)
    put_item(plan, wearing("SDK"), name="Sumur bor")
    second = registered(submitted(cycle, at=LATER), wearing("PTP"), at=LATER, day="2026-09-28", number="2/2026")
    met = dataclasses.replace(NOTE, mark="CONFORM", fix="", found="", mended="yes")
    services.save_marks(review_id=second.pk, marks=[met], version=second.version, actor=wearing("PTP"), at=LATER)
    assert Mark.objects.get(review=second, number=9).mended == "yes"


def test_the_district_hands_a_draft_on_and_then_only_reads(plan, cycle):
    review = registered(submitted(cycle), wearing("PTP"))
    moved = services.forward(
        review_id=review.pk, note="Sudah diverifikasi", actor=wearing("CAM", cycle.village), at=NOW
    )
    assert (moved.at_regency, moved.forward_note) == (True, "Sudah diverifikasi")
    with pytest.raises(NotAllowedError):
        assessed(review, wearing("PTP"))
    assessed(review, wearing("STF"))
    assert signed(review, wearing("KDP")).signer_role == "KDP"


def test_a_mark_before_the_register_is_refused(plan, cycle):
    review = submitted(cycle)
    with pytest.raises(IllegalTransitionError):
        services.save_marks(review_id=review.pk, marks=[NOTE], version=review.version, actor=wearing("PTP"), at=NOW)
