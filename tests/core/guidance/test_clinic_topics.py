"""The topic of a question is told by its words, and can be none of the fourteen."""

import pytest

from rembuk.core.guidance.clinic import CLINIC_TOPICS, OTHER_TOPIC
from rembuk.core.guidance.clinic_topics import guess_topic, topic_of


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Harga satuan kayu ulin tahun ini memakai daftar yang mana?", "K8"),
        ("Bolehkah Perdes RKP ditandatangani Plt kepala desa?", "K11"),
        ("Jalan kabupaten di desa kami rusak. Apakah boleh dibiayai Dana Desa?", "K10"),
        ("Pagu turun setelah ditetapkan, apa yang dikerjakan?", "K14"),
        ("Saya lupa kata sandi aplikasi", "K13"),
        ("Berapa orang perempuan yang harus hadir supaya kuorum?", "K3"),
    ],
)
def test_a_question_as_villages_ask_it_finds_its_topic(question, topic):
    assert guess_topic(question) == topic


@pytest.mark.parametrize("question", ["", "   ", "Selamat pagi, Pak", "apakah ini bisa?"])
def test_words_that_tell_nothing_are_about_something_else(question):
    assert guess_topic(question) == OTHER_TOPIC


def test_of_topics_met_equally_the_first_is_taken_whatever_the_order_of_the_words():
    assert guess_topic("rkp rab") == guess_topic("rab rkp") == "K7"


def test_every_topic_of_the_clinic_can_be_found_by_its_own_name_or_words():
    found = {
        guess_topic(words) for words in (*CLINIC_TOPICS.values(), "pkd", "rpjm", "aplikasi", "publikasi", "perdes")
    }
    assert found == set(CLINIC_TOPICS)


def test_what_somebody_chose_stands_whatever_the_words_say():
    assert topic_of("K1", "Harga satuan kayu ulin") == "K1"
    assert topic_of("", "Harga satuan kayu ulin") == "K8"
