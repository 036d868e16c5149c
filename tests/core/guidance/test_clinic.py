"""A question to the clinic: its steps, its two service times, the names taken out of it, and how it is found again."""

from datetime import date

import pytest

from rembuk.core.errors import IllegalTransitionError
from rembuk.core.guidance.clinic import (
    FIRST_REPLY_DAYS,
    REFERRALS,
    TRANSITIONS,
    Event,
    State,
    clock_of,
    next_state,
)
from rembuk.core.guidance.finding_help import HelpText, find_help, stem
from rembuk.core.guidance.nameless import signs_of_people
from rembuk.core.hat import Role

# The programme's text: NEW -> ASSIGNED -> ANSWERED -> CONFIRMED -> CLOSED; ASSIGNED -> REFERRED -> ANSWERED;
# ANSWERED -> REOPENED. A question asked anew is answered or sent on again.
ROWS = {
    ("new", "assign", "assigned"),
    ("assigned", "answer", "answered"),
    ("assigned", "refer", "referred"),
    ("referred", "answer", "answered"),
    ("answered", "confirm", "confirmed"),
    ("answered", "reopen", "reopened"),
    ("reopened", "answer", "answered"),
    ("reopened", "refer", "referred"),
    ("confirmed", "close", "closed"),
}


def test_the_table_is_the_text_of_the_programme():
    assert {(state.value, event.value, after.value) for (state, event), after in TRANSITIONS.items()} == ROWS


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", Event)
def test_every_other_step_is_refused(state, event):
    if any((state.value, event.value) == row[:2] for row in ROWS):
        assert next_state(state, event).value in {row[2] for row in ROWS}
    else:
        with pytest.raises(IllegalTransitionError):
            next_state(state, event)


def test_whoever_a_question_is_sent_to_has_somebody_who_answers():
    assert REFERRALS["HUKUM"] == {Role.HKM}
    assert all(REFERRALS.values())


def test_the_service_times_say_that_no_law_sets_them():
    assert [(row.value, row.certainty) for row in FIRST_REPLY_DAYS] == [(2, "uncertain")]


@pytest.mark.parametrize(
    ("today", "left", "late"),
    [(date(2026, 11, 19), 2, False), (date(2026, 11, 23), 0, False), (date(2026, 11, 24), -1, True)],
)
def test_a_question_of_thursday_is_answered_by_monday(today, left, late):
    clock = clock_of(date(2026, 11, 19), None, None, None, today)
    assert (clock.due, clock.left, clock.met, clock.late) == (date(2026, 11, 23), left, None, late)


def test_a_question_sent_on_runs_five_working_days_from_there():
    clock = clock_of(date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 3), date(2026, 11, 11), date(2026, 11, 20))
    assert (clock.due, clock.met, clock.late) == (date(2026, 11, 10), False, True)


def test_a_first_reply_in_time_keeps_the_promise():
    assert clock_of(date(2026, 11, 2), None, date(2026, 11, 4), None, date(2026, 12, 1)).met is True


def test_what_points_to_a_person_is_found_in_the_order_of_the_text():
    text = "Pak Rahman (0812-3456-7890, rahman@desa.id) NIK 6402012345678901 bertanya soal SILTAP Aminah."
    found = signs_of_people(text, ["Siti Aminah"])
    assert [(sign.kind, sign.text, sign.sure) for sign in found] == [
        ("address_word", "Pak Rahman", False),
        ("phone", "0812-3456-7890", True),
        ("mail", "rahman@desa.id", True),
        ("id_number", "6402012345678901", True),
        ("known_name", "Aminah", True),
    ]


@pytest.mark.parametrize(
    "text",
    ["Pagu Rp812.345.678 untuk 2027.", "Kode kegiatan 2.3.12 dan Pasal 84 ayat (2).", "Kepala desa dan BPD sepakat."],
)
def test_money_codes_and_offices_point_to_nobody(text):
    assert signs_of_people(text, ["Kepala Nur"]) == ()


TEXTS = [
    HelpText("a", "Kapan RKP Desa ditetapkan?", "Paling lambat 30 September."),
    HelpText("b", "Usulan di luar kewenangan desa", "Masuk DU-RKP, diteruskan lewat Camat."),
    HelpText("c", "Pagu belum turun", "Pakai pagu sementara dan minta surat keterlambatan."),
]


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("kapan penetapan RKP?", ["a", "b"]),
        ("mengusulkan jalan kabupaten di luar wewenang", ["b"]),
        ("pagunya terlambat", ["c", "a"]),
        ("apa itu yang di", []),
        ("xyz", []),
    ],
)
def test_a_question_meets_the_texts_that_share_its_words(question, keys):
    assert [text.key for text in find_help(question, TEXTS)] == keys


@pytest.mark.parametrize(("word", "root"), [("mengusulkan", "usul"), ("usulan", "usul"), ("desa", "desa")])
def test_kin_of_a_word_share_a_stem(word, root):
    assert stem(word) == root
