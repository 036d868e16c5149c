import time

import pytest

from rembuk.core.text import Candidate, Fields, similar
from rembuk.core.text.compare import compare, side_of
from rembuk.core.text.similar import likenesses

PAIRS = [
    ("Semenisasi gang Kenanga RT 3", "Semenisasi Gang Kenanga RT 03", "sama"),
    ("Semenisasi gang Kenanga", "Semenisasi gang Mawar", "berbeda"),
    ("Drainase RT 14", "Drainase RT 15", "berbeda"),
    ("Drainase RT 14", "Drainase RT 14", "sama"),
    ("Drainase", "Drainase RT 14", "mungkin sama"),
    ("Rehab jembatan Dusun I", "Rehab jembatan Dusun II", "berbeda"),
    ("Bantuan bibit padi KT Maju Jaya", "Bantuan bibit jagung KT Maju Jaya", "berbeda"),
    ("Bibit sapi KT Karya Sidorejo 1", "Bibit sapi KT Karya Sidorejo 2", "berbeda"),
    ("Bibit sapi KT Karya Makmur", "Bibit sapi KT Sumber Rejeki", "berbeda"),
    ("Pelatihan ternak kambing RT 2", "Bantuan ternak kambing RT 2", "berbeda"),
    ("RTLH", "RTLH", "mungkin sama"),
    ("RTLH RT 3", "RTLH RT 4", "berbeda"),
    ("RTLH RT 3 RW 2", "RTLH RT 3 RW 2", "sama"),
    ("Drainase RT 3", "Drainase RT 3, 4 dan 5", "bagian dari"),
    ("Drainase RT 2", "Jalan dan drainase RT 2", "bagian dari"),
    ("Pengaspalan Jalan Melati - Anggrek", "Lanjutan pengaspalan Jalan Melati - Anggrek", "tahap lanjutan"),
    ("Pengaspalan Jalan Melati - Anggrek", "Pengaspalan Jalan Melati - Anggrek", "sama"),
    ("Peningkatan jalan 1.02.03.004", "Peningkatan jalan 1.02.03.005", "berbeda"),
    ("Jalan 1.02.03.004 Dusun Suka", "Jalan 1.02.03.004 Dusun Rindu", "tahap lanjutan"),
    ("Pembangunan posyandu RT 1", "Pembangunan pasar RT 1", "berbeda"),
    ("Bibit padi unggul KT Maju Jaya Sentosa", "Bibit ubi kayu KT Maju Jaya Sentosa", "mungkin sama"),
    ("Pengaspalan Jalan Melati - Anggrek", "Pemasangan lampu Jalan Melati - Anggrek", "berbeda"),
    ("Pengaspalan Jalan Melati - Anggrek", "Pengaspalan Jalan Anggrek - Dahlia", "mungkin sama"),
    ("Pengaspalan Jalan Melati - Anggrek", "Pengaspalan Jalan Mawar - Dahlia", "berbeda"),
]


def verdict_of(one: str, two: str) -> str:
    return compare(side_of(one, Fields()), side_of(two, Fields()), likenesses(one, [two])[0]).verdict


@pytest.mark.parametrize(("one", "two", "verdict"), PAIRS)
def test_fields_decide_what_two_proposals_are_to_each_other(one, two, verdict):
    assert verdict_of(one, two) == verdict


@pytest.mark.parametrize(("one", "two", "verdict"), PAIRS)
def test_the_verdict_is_the_same_from_either_side(one, two, verdict):
    assert verdict_of(two, one) == verdict


def test_the_same_road_in_another_year_is_a_next_stage():
    found = similar(
        "Pengaspalan Jalan Melati - Anggrek", [Candidate("a", "Pengaspalan Jalan Melati - Anggrek", 2026)], year=2027
    )
    assert [match.comparison.verdict for match in found] == ["tahap lanjutan"]


def test_the_fields_that_agree_and_clash_are_named():
    found = similar("Drainase RT 14", [Candidate("a", "Drainase RT 15")], with_different=True)
    assert (found[0].comparison.agreeing, found[0].comparison.clashing) == (("objek",), ("RT",))


def test_form_fields_decide_where_the_text_is_silent():
    mine, other = Fields(rt=(1,)), Fields(rt=(2,))
    assert similar("Drainase", [Candidate("a", "Drainase", fields=other)], fields=mine) == []
    same = similar("Drainase", [Candidate("a", "Drainase", fields=mine)], fields=mine)
    assert [match.comparison.verdict for match in same] == ["sama"]


def test_best_verdict_comes_first_and_ties_follow_the_key():
    texts = {"c": "Drainase RT 14", "b": "Drainase", "a": "Drainase RT 14", "d": "Turnamen voli"}
    found = similar("Drainase RT 14", [Candidate(key, text) for key, text in texts.items()])
    assert [match.key for match in found] == ["a", "c", "b"]


def test_the_village_name_in_every_row_counts_little():
    rows = [f"{what} Desa Sumber Rejo Makmur" for what in ("sumur bor", "lapangan voli", "gapura", "posyandu", "pasar")]
    alike = likenesses("drainase Desa Sumber Rejo Makmur", rows)
    assert max(alike) < likenesses("sumur bor", rows)[0]


@pytest.mark.parametrize("text", ["", "\x00", "Drainase"])
def test_nothing_to_compare_with_gives_nothing(text):
    assert similar(text, []) == []
    assert similar(text, [Candidate("a", "")]) == []


def test_three_hundred_proposals_are_searched_in_fifty_milliseconds():
    works = ["Drainase", "Semenisasi gang", "Sumur bor", "Jembatan kayu", "Posyandu", "Lampu jalan"]
    pool = [Candidate(str(place), f"{works[place % 6]} RT {place % 40 + 1} blok {place}") for place in range(300)]
    similar("Drainase RT 5", pool)
    start = time.process_time()
    found = similar("Perbaikan drainase RT 7", pool)
    assert time.process_time() - start <= 0.05
    assert {pool[int(match.key)].text.split(" blok")[0] for match in found} == {"Drainase RT 7"}
