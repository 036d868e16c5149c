import pytest

from rembuk.core.text.fields import Fields, Volume, fields_of, merged, number


@pytest.mark.parametrize(
    ("text", "rt", "rw"),
    [
        ("drainase RT 3", (3,), ()),
        ("drainase RT 3/4", (3, 4), ()),
        ("drainase RT 3-5", (3, 4, 5), ()),
        ("drainase RT 03 s/d 05", (3, 4, 5), ()),
        ("drainase RT 03 sampai 05", (3, 4, 5), ()),
        ("drainase RT.11.13.15 RW 13", (11, 13, 15), (13,)),
        ("drainase RT 1, 2 dan 7", (1, 2, 7), ()),
        ("drainase RT/RW 033/017", (33,), (17,)),
        ("drainase RT 04/RW 02", (4,), (2,)),
        ("drainase RT33RW17", (33,), (17,)),
        ("drainase RW IV", (), (4,)),
        ("drainase RT 14, 100 m", (14,), ()),
        ("drainase RT 2 3 unit", (2,), ()),
        ("drainase RT 1 menyambung ke RT 12", (1, 12), ()),
        ("drainase RT 0", (), ()),
        ("drainase", (), ()),
        ("sertifikat 3 bidang", (), ()),
    ],
)
def test_rt_and_rw_are_read_as_sets(text, rt, rw):
    fields = fields_of(text)
    assert (fields.rt, fields.rw) == (rt, rw)


def test_a_range_longer_than_forty_is_taken_as_two_numbers():
    assert fields_of("RT 1-41").rt == tuple(range(1, 42))
    assert fields_of("RT 1-42").rt == (1, 42)


@pytest.mark.parametrize(
    ("text", "hamlets"),
    [
        ("sumur di dusun 1 dan 3", ("1", "3")),
        ("sumur Dusun II", ("2",)),
        ("sumur di Dusun Suka Maju RT 2", ("suka maju",)),
        ("sumur di dusun melati yang kering", ("melati",)),
        ("jalan lingkungan permukiman", ()),
    ],
)
def test_hamlets_are_names_or_numbers(text, hamlets):
    assert fields_of(text).hamlets == hamlets


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Peningkatan jalan 1.02.03.004", ("1.02.03.004",)),
        ("Peningkatan jalan no. ruas 214", ("214",)),
        ("Peningkatan jalan ruas 214", ("214",)),
        ("Peningkatan jalan 214 m", ()),
    ],
)
def test_road_codes_are_found(text, codes):
    assert fields_of(text).road_codes == codes


def test_a_section_is_the_same_in_both_directions():
    assert fields_of("Pengaspalan Jalan Melati - Anggrek").section == ("anggrek", "melati")
    assert fields_of("Pengaspalan Jalan Anggrek - Melati").section == ("anggrek", "melati")


def test_a_word_said_twice_is_no_section():
    assert fields_of("Pembangunan Gorong-Gorong").section is None


@pytest.mark.parametrize(
    ("text", "volume"),
    [
        ("panjang 1.200 m", Volume(1200.0, "m")),
        ("panjang 350 meter", Volume(350.0, "m")),
        ("2,5 km", Volume(2.5, "km")),
        ("3 unit", Volume(3.0, "unit")),
        ("40 m2", Volume(40.0, "m2")),
        ("lebar 2 m panjang 80 m", Volume(80.0, "m")),
        ("lebar 2 m", None),
        ("3 malam", None),
    ],
)
def test_volume_is_amount_and_unit_and_never_the_width(text, volume):
    assert fields_of(text).volume == volume


@pytest.mark.parametrize(
    ("text", "width"),
    [("lebar 2,5 m", 2.5), ("lebar 80 cm", 0.8), ("lebarnya 3 meter", 3.0), ("150 x 2,5 m", 2.5), ("20 x 30 m", None)],
)
def test_width_is_in_metres(text, width):
    assert fields_of(text).width_m == width


def test_groups_and_numbered_names_are_kept():
    fields = fields_of("Bibit kambing KT Karya Bersama Sidorejo 1")
    assert fields.groups == ("karya bersama sidorejo 1",)
    assert fields.numbered == (("sidorejo", 1),)


def test_numbers_are_read_the_indonesian_way():
    assert [number(text) for text in ("1.200", "2,5", "2.5", "1.200,5")] == [1200.0, 2.5, 2.5, 1200.5]


def test_fields_of_the_form_go_before_the_text():
    assert merged(Fields(rt=(9,)), Fields(rt=(1,), rw=(2,))) == Fields(rt=(9,), rw=(2,))
