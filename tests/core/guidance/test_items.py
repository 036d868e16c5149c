"""Questions are read row by row; a wrong one is refused in words and never takes a good one with it."""

import pytest

from rembuk.core.guidance.items import COLUMNS, cells_of, judge_items, shipped_items


def row(**changes: str) -> dict[str, str]:
    values = dict(zip(COLUMNS, ("K1", "A", "1", "Apa?", "satu", "dua", "tiga", "empat", "B", "", ""), strict=True))
    return {**values, **changes}


def codes(*rows: dict[str, str]) -> list[tuple[int, str]]:
    return [(trouble.row, trouble.code) for trouble in judge_items(enumerate(rows, start=2)).troubles]


def test_a_whole_row_becomes_a_question() -> None:
    (item,) = judge_items([(2, row(kunci="c", bentuk="b", topik="k9", pasal="Pasal 1"))]).items

    assert (item.topic, item.form, item.number, item.key, item.article) == ("K9", "B", 1, "C", "Pasal 1")
    assert item.options == ("satu", "dua", "tiga", "empat")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kunci": ""}, "item-key"),
        ({"kunci": "E"}, "item-key"),
        ({"topik": "K15"}, "item-topic"),
        ({"bentuk": "C"}, "item-form"),
        ({"nomor": "0"}, "item-number"),
        ({"nomor": "satu"}, "item-number"),
        ({"soal": "  "}, "item-question-empty"),
        ({"soal": "x" * 601}, "item-question-long"),
        ({"c": ""}, "item-option-empty"),
        ({"c": "SATU"}, "item-option-same"),
        ({"d": "x" * 301}, "item-option-long"),
        ({"catatan": "x" * 201}, "item-note-long"),
    ],
)
def test_a_wrong_cell_is_named(changes: dict[str, str], code: str) -> None:
    assert codes(row(**changes)) == [(2, code)]


def test_a_bad_row_leaves_the_good_rows_of_another_topic() -> None:
    judged = judge_items([(2, row(kunci="")), (3, row(topik="K2"))])

    assert [item.topic for item in judged.items] == ["K2"]


def test_the_same_number_twice_is_refused_once() -> None:
    assert codes(row(), row(soal="Lain?")) == [(3, "item-twice")]


def test_a_form_with_a_gap_is_refused_whole() -> None:
    assert codes(row(), row(nomor="3")) == [(2, "item-gap"), (3, "item-gap")]


def test_parallel_forms_have_the_same_length() -> None:
    assert codes(row(), row(nomor="2"), row(bentuk="B")) == [(2, "item-uneven"), (3, "item-uneven"), (4, "item-uneven")]


def test_questions_stand_in_the_order_of_their_topics() -> None:
    judged = judge_items([(2, row(topik="K10")), (3, row(topik="K9", bentuk="B")), (4, row(topik="K9"))])

    assert [(item.topic, item.form) for item in judged.items] == [("K9", "A"), ("K9", "B"), ("K10", "A")]


def test_a_question_written_and_read_is_the_same() -> None:
    (item,) = judge_items([(2, row(catatan="contoh"))]).items
    again = dict(zip(COLUMNS, (str(cell) for cell in cells_of(item)), strict=True))

    assert judge_items([(2, again)]).items == (item,)


def test_the_shipped_file_has_no_wrong_row() -> None:
    assert all(item.note for item in shipped_items())
