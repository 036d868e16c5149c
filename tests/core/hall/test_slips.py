"""Slips and the box that forgets."""

import itertools

from rembuk.core.hall.slips import ALPHABET, merged, new_slip, read_slip, shown, with_ballot, with_digest


def test_a_slip_is_read_as_it_was_drawn_whatever_spaces_and_case():
    code = new_slip()
    assert len(code) == 6
    assert set(code) <= set(ALPHABET)
    assert read_slip(shown(code).lower()) == code
    assert read_slip(f" {code[:2]}-{code[2:]} ") == code


def test_what_cannot_be_a_slip_is_empty():
    assert [read_slip(text) for text in ("", "ABC", "ABCDE0", "ABCDEFG", "' OR 1=1")] == [""] * 5


def test_the_box_is_the_same_whatever_the_order_in_which_ballots_came():
    papers = [["b", "a"], ["a"], [], ["a", "b"], ["c"]]
    boxes = set()
    for order in itertools.permutations(papers):
        box: list[list[object]] = []
        for marked in order:
            box = with_ballot(box, marked)
        boxes.add(str(box))
    assert boxes == {"[[1, []], [1, ['a']], [2, ['a', 'b']], [1, ['c']]]"}


def test_digests_stand_sorted_and_once():
    assert with_digest(["b"], "a") == ["a", "b"]
    assert with_digest(["a", "b"], "a") == ["a", "b"]


def test_merged_boxes_hold_every_ballot_of_both():
    assert merged([[[2, ["a"]]], [[1, ["a"]], [3, []]]]) == [[3, []], [3, ["a"]]]
