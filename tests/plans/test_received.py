"""RPJM Desa that villages already have come in as files: received, read, and confirmed by the village itself."""

from datetime import date
from pathlib import Path

import pytest

from plans.given import NOW, hat_at
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError, StaleError
from rembuk.core.hat import Place
from rembuk.plans import services
from rembuk.plans.models import ReceivedRpjmdes, Rpjmdes
from rembuk.plans.received_board import board_rows
from rembuk.plans.received_reading import village_named
from rembuk.plans.tasks import READ_RPJMDES
from rembuk.shared import jobs

EXAMPLES = Path(__file__).parents[2] / "contoh"
A, TEXT = "rpjm-keluarga-a.xlsx", "rpjm-tabel.docx"


def upload(name: str, called: str = "") -> tuple[str, bytes]:
    return called or name, (EXAMPLES / name).read_bytes()


@pytest.fixture
def regent(village):
    return hat_at(Place(village.regency_id), "STF")


@pytest.fixture
def secretary(village):
    return hat_at(village.place, "SDK")


@pytest.fixture
def handed(village, regent):
    """Hand a file in and read it."""

    def make(name: str = A, called: str = "") -> ReceivedRpjmdes:
        given = services.hand_in(
            regency_code=village.regency_id,
            uploads=[upload(name, called or f"{village.name} {name}")],
            actor=regent,
            at=NOW,
        )
        return services.read_received(received_id=given.taken[0].pk, actor=regent, at=NOW)

    return make


def confirm(row: ReceivedRpjmdes, hat, **changed):
    asked = {"number": "2 Tahun 2020", "on": date(2020, 3, 12), "start_year": 2020, "end_year": 2027, **changed}
    return services.confirm_received(received_id=row.pk, actor=hat, at=NOW, **{"version": row.version, **asked})


def test_a_file_is_received_read_and_confirmed_into_the_register(village, handed, secretary):
    row = handed()
    assert (row.village_id, row.state, row.line_count, row.total, row.printed, row.family) == (
        village.pk,
        "read",
        13,
        1_664_000_000,
        1_664_000_000,
        "A",
    )
    assert Rpjmdes.objects.count() == 0
    done = confirm(row, secretary)
    items = list(done.rpjmdes.items.values_list("name", "years", "cost", "volume", "unit", "delivery_mode"))
    assert (done.state, len(items), items[5]) == (
        "confirmed",
        13,
        ("Titian ulin jalur sekolah", [2020, 2021], 290_000_000, 480, "m", "self_managed"),
    )


def test_money_by_year_and_targets_come_along(handed, secretary):
    done = confirm(handed("rpjm-enam-tahun.xlsx"), secretary, start_year=2020, end_year=2025)
    water = done.rpjmdes.items.get(name__startswith="Sambungan air")
    assert (water.year_costs, water.cost) == ({"2021": 120_000_000, "2023": 120_000_000}, 240_000_000)


def test_the_board_follows_a_village_from_no_file_to_registered(village, regent, secretary):
    steps = [board_rows(village.place)[0].step]
    given = services.hand_in(
        regency_code=village.regency_id, uploads=[upload(A, f"{village.code}.xlsx")], actor=regent, at=NOW
    )
    steps.append(board_rows(village.place)[0].step)
    row = services.read_received(received_id=given.taken[0].pk, actor=regent, at=NOW)
    steps.append(board_rows(village.place)[0].step)
    confirm(row, secretary)
    assert [*steps, board_rows(village.place)[0].step] == ["none", "received", "read", "registered"]


def test_the_same_file_twice_is_one_row(village, regent):
    for _time in range(2):
        given = services.hand_in(regency_code=village.regency_id, uploads=[upload(A)], actor=regent, at=NOW)
    assert (ReceivedRpjmdes.objects.count(), len(given.taken), len(given.known)) == (1, 0, 1)


def test_one_bad_file_does_not_hold_up_the_others(village, regent):
    given = services.hand_in(
        regency_code=village.regency_id,
        uploads=[("foto.jpg", b"\xff\xd8\xff\xe0 rusak"), ("kosong.xlsx", b""), upload(TEXT)],
        actor=regent,
        at=NOW,
    )
    assert ([name for name, _error in given.refused], [row.file.name for row in given.taken]) == (
        ["foto.jpg", "kosong.xlsx"],
        [TEXT],
    )


def test_a_file_without_a_matrix_is_kept_with_the_reason(village, regent):
    given = services.hand_in(
        regency_code=village.regency_id, uploads=[upload("usulan.xlsx", "kosong.xlsx")], actor=regent, at=NOW
    )
    row = services.read_received(received_id=given.taken[0].pk, actor=regent, at=NOW, sheet="tidak ada")
    assert (row.state, "tidak ada" in row.error, row.lines) == ("failed", True, [])


def test_a_worker_reads_what_waits_and_nothing_twice(village, regent):
    services.hand_in(regency_code=village.regency_id, uploads=[upload(A), upload(TEXT)], actor=regent, at=NOW)
    first = services.read_waiting(regency_code=village.regency_id, actor=regent, at=NOW)
    again = services.read_waiting(regency_code=village.regency_id, actor=regent, at=NOW)
    assert (first, again) == ((2, 0), (0, 0))


def test_the_job_says_how_many_were_read(village, regent):
    services.hand_in(regency_code=village.regency_id, uploads=[upload(A)], actor=regent, at=NOW)
    job = jobs.enqueue(
        name=READ_RPJMDES, payload={"regency": village.regency_id}, key="uji", title="Membaca", hat=regent, total=1
    )
    jobs.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["sentence"]) == ("done", "1 berkas RPJM Desa terbaca, 0 tidak terbaca.")


def test_a_file_of_nobody_is_sorted_by_the_regency_and_confirmed_by_the_village(village, handed, regent, secretary):
    row = handed(TEXT, "RPJM final revisi.docx")
    assert row.village is None
    with pytest.raises(RefusedError) as refused:
        confirm(row, secretary)
    assert refused.value.code == "rpjmdes-file-no-village"
    key = services.village_meant(regency_code=village.regency_id, text=f"desa {village.name.lower()}")
    row = services.assign_village(received_id=row.pk, village_id=key, version=row.version, actor=regent, at=NOW)
    assert confirm(row, secretary, start_year=2022, end_year=2029, on=date(2022, 3, 1)).state == "confirmed"


def test_a_year_outside_the_period_stores_nothing(handed, secretary):
    row = handed()
    with pytest.raises(BadInputError):
        confirm(row, secretary, start_year=2022, end_year=2027)
    assert (Rpjmdes.objects.count(), ReceivedRpjmdes.objects.get().state) == (0, "read")


def test_what_another_person_changed_since_is_not_overwritten(handed, regent, secretary):
    row = handed()
    services.read_received(received_id=row.pk, actor=regent, at=NOW, period=(2020, 2027))
    with pytest.raises(StaleError):
        confirm(row, secretary)


def test_a_confirmed_file_is_neither_read_again_nor_dropped(handed, regent, secretary):
    row = confirm(handed(), secretary)
    for act in (
        lambda: services.read_received(received_id=row.pk, actor=regent, at=NOW),
        lambda: services.drop_received(received_id=row.pk, version=row.version, actor=regent, at=NOW),
    ):
        with pytest.raises(RefusedError) as refused:
            act()
        assert refused.value.code == "rpjmdes-file-over"


def test_a_dropped_file_can_be_handed_in_again(village, handed, regent):
    row = handed()
    services.drop_received(received_id=row.pk, version=row.version, actor=regent, at=NOW)
    given = services.hand_in(regency_code=village.regency_id, uploads=[upload(A)], actor=regent, at=NOW)
    assert (len(given.taken), ReceivedRpjmdes.objects.count()) == (1, 2)


def test_the_regency_does_not_confirm_and_a_resident_hands_nothing_in(village, handed, regent):
    row = handed()
    with pytest.raises(NotAllowedError):
        confirm(row, regent)
    with pytest.raises(NotAllowedError):
        services.hand_in(
            regency_code=village.regency_id,
            uploads=[upload(TEXT)],
            village_id=village.pk,
            actor=hat_at(village.place, "WGA"),
            at=NOW,
        )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("RPJM 64.02.18.2003 final.xlsx", "m"),
        ("6402182003.xlsx", "m"),
        ("rpjm_desa-muara_kaman-ulu.docx", "u"),
        ("RPJM Muara Kaman.docx", "k"),
        ("Melintang dan Muara Kaman.docx", ""),
        ("kembar.xlsx", ""),
        ("rpjm desa.xlsx", ""),
    ],
)
def test_a_file_name_tells_its_village_only_where_it_names_one(text, key):
    names = {"m": "Melintang", "k": "Muara Kaman", "u": "Muara Kaman Ulu", "x": "Kembar", "y": "Kembar"}
    codes = {"m": "64.02.18.2003", "k": "64.02.09.2001", "u": "64.02.09.2002", "x": "1", "y": "2"}
    assert village_named([text], names, codes) == key
