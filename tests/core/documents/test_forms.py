"""Each form has its columns, letters, totals and signatures as the regulation's annexes print them."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from core.documents.asking import letters, roles
from documents import samples
from rembuk.core.documents import (
    attendance,
    decree,
    implementers,
    indicative_ceiling,
    minutes,
    rab,
    rkpdes,
    technical_check,
)
from rembuk.core.documents.elements import elements_sentence
from rembuk.core.documents.frame import FIELDS
from rembuk.core.documents.model import Facts, NumberedList, Paragraph
from rembuk.core.money import Rupiah


@pytest.mark.parametrize(
    ("name", "table", "expected"),
    [
        ("F14", 0, "abcdefghij"),
        ("F20", 1, "abcdefg"),
        ("F25-ringkas", 0, "abcdefg"),
        ("F26", 0, "abcdefghijklm"),
        ("F26-B", 0, "abc---def---ghijklm"),
        ("F28", 0, "abcde-"),
    ],
)
def test_forms_carry_the_letters_of_the_printed_form(name: str, table: int, expected: str) -> None:
    assert letters(samples.SAMPLES[name](), table) == expected


def test_the_plan_prints_all_five_fields_with_their_sums_even_when_empty() -> None:
    rows = samples.plan(0).tables[0].rows

    assert [row.cells[:2] for row in rows if row.kind == "group"] == [
        (str(field), f"Bidang {name}") for field, name in FIELDS.items()
    ]
    sums = [(row.cells[0], row.cells[7]) for row in rows if row.kind in ("subtotal", "total")]
    assert sums == [(f"Jumlah per bidang {field}", 0) for field in range(1, 6)] + [("Jumlah total", 0)]


def test_the_plan_is_signed_by_the_head_who_knows_and_the_team_that_made_it() -> None:
    assert roles(samples.plan()) == [
        [("Mengetahui:", "Kepala Desa Hulu Contoh"), ("Disusun oleh:", "Tim Penyusun RKP Desa")]
    ]


def test_an_item_without_money_prints_a_zero_and_one_without_a_mode_no_mark() -> None:
    item = samples.line(1, funding=(), mode=None)
    values = rkpdes.RkpdesValues(samples.frame(), 2027, (item,))

    (row,) = [row for row in rkpdes.build_rkpdes(values).tables[0].rows if row.kind == "item"]

    assert row.cells[7:13] == (0, "", False, False, False, "TPK Dusun Hulu")


def test_the_final_plan_is_no_longer_called_a_draft() -> None:
    values = rkpdes.RkpdesValues(samples.frame(), 2027, (), stage="")

    document = rkpdes.build_rkpdes(values)

    assert document.heading[0] == "Rencana Kerja Pemerintah Desa (RKP Desa)"
    assert document.title == "RKP Desa Hulu Contoh Tahun 2027"


def test_ceilings_sum_packages_once_per_field_and_source() -> None:
    rows = samples.ceilings().tables[1].rows

    found = [row.cells for row in rows if row.kind == "subtotal" and row.cells[2]]

    assert [(cells[0], cells[2], cells[6]) for cells in found] == [
        ("Sub jumlah kegiatan", 336_800_000, 50_000_000),
        ("Jumlah per bidang 2", 336_800_000, 50_000_000),
    ]
    assert rows[-1].cells[2:] == (336_800_000, 396_000_000, 0, 0, 50_000_000)


def test_ceilings_refuse_a_source_that_has_no_column() -> None:
    line = indicative_ceiling.CeilingLine(2, "Jalan", {"PAD": Rupiah(1)})

    with pytest.raises(ValueError, match="PAD"):
        indicative_ceiling.build_indicative_ceiling(indicative_ceiling.CeilingValues(samples.frame(), 2027, (line,)))


def test_ceilings_are_signed_by_the_team_chair_alone() -> None:
    assert roles(samples.ceilings()) == [[("", "Ketua Tim Penyusun RKP Desa")]]


def test_a_line_nobody_judged_carries_no_mark_in_the_evaluation() -> None:
    rows = [row for row in samples.last_year().tables[0].rows if row.kind == "item"]

    assert [row.cells[7:9] for row in rows] == [(True, False), (False, True), (False, False)]


def test_the_evaluation_names_a_sub_field_once_before_its_lines() -> None:
    rows = samples.last_year().tables[0].rows

    assert [row.cells[1] for row in rows if row.kind == "empty" and str(row.cells[1]).startswith("Sub")] == [
        "Sub Bidang Kesehatan",
        "Sub Bidang Pekerjaan Umum",
    ]


def test_a_rab_rounds_each_line_half_up_and_keeps_the_residents_part_apart() -> None:
    line = rab.RabLine(1, "Pasir", Decimal("0.5"), "m3", Rupiah(3))
    assert (line.amount, rab.rab_total((line, line))) == (2, 4)

    rows = samples.cost().tables[0].rows
    totals = [(row.cells[0], row.cells[4]) for row in rows if row.kind == "total"]
    assert totals == [
        ("Total biaya", 66_161_875),
        ("Dari swadaya masyarakat", 7_200_000),
        ("Dari APB Desa", 58_961_875),
    ]


def test_a_rab_without_lines_prints_its_three_sections_with_zeros() -> None:
    values = rab.RabValues(samples.frame(), "1", "Pembangunan", "Jalan", ())

    rows = rab.build_rab(values).tables[0].rows

    assert [(row.kind, row.cells[0], row.cells[4]) for row in rows] == [
        ("group", "1. Bahan", None),
        ("subtotal", "Sub total 1", 0),
        ("group", "2. Alat", None),
        ("subtotal", "Sub total 2", 0),
        ("group", "3. Upah", None),
        ("subtotal", "Sub total 3", 0),
        ("total", "Total biaya", 0),
    ]


def test_the_technical_check_has_fourteen_papers_and_three_signatures() -> None:
    document = samples.check()

    assert [row.cells[0] for row in document.tables[0].rows] == list(range(1, 15))
    assert document.tables[0].rows[13].cells[2:5] == (False, False, False)
    assert roles(document) == [
        [("", "Dinas Teknis"), ("", "Tenaga Ahli/Pendamping Profesional"), ("", "Wakil Masyarakat")]
    ]


def test_the_technical_check_refuses_a_fifteenth_paper() -> None:
    checks = {15: technical_check.PaperCheck("fit")}

    with pytest.raises(ValueError, match="1 to 14"):
        technical_check.build_technical_check(
            technical_check.TechnicalCheckValues(samples.frame(), "RT 1", "Pembangunan", "Jalan", checks)
        )


def test_implementers_list_sex_and_element_in_the_order_of_the_columns() -> None:
    (row,) = samples.teams().tables[0].rows

    assert row.cells[2:] == ("Anwar", "Dewi", "Joko", "Salmah\nUdin", "L\nP\nL\nP\nL", "TANI\nTANI\nTANI\nPKK\nRT")


def test_implementers_of_a_village_that_named_nobody_say_so() -> None:
    document = implementers.build_implementers(implementers.ImplementersValues(samples.frame(), 2027, ()))

    assert [row.cells[1] for row in document.tables[0].rows] == ["Belum ada usulan pelaksana"]


def test_the_recap_counts_proposals_per_field_and_keeps_those_without_one() -> None:
    rows = samples.recap().tables[0].rows

    assert [row.cells[0] for row in rows if row.kind in ("subtotal", "total")] == [
        "Jumlah usulan bidang 1: 0",
        "Jumlah usulan bidang 2: 1",
        "Jumlah usulan bidang 3: 0",
        "Jumlah usulan bidang 4: 1",
        "Jumlah usulan bidang 5: 0",
        "Jumlah usulan tanpa bidang: 1",
        "Jumlah seluruh usulan: 3",
    ]


@pytest.mark.parametrize(
    ("kind", "signers"),
    [
        ("musdus", ["Kepala Dusun", "Notulis", "Ketua Tim Penyusun", "Wakil Peserta 1", "Wakil Peserta 2"]),
        ("group", ["Ketua Kelompok", "Notulis", "Ketua Tim Penyusun", "Wakil Peserta 1", "Wakil Peserta 2"]),
        ("draft", ["Kepala Desa Hulu Contoh", "Ketua Tim Penyusun"]),
        (
            "musrenbang",
            ["Pimpinan Musyawarah", "Notulis", "Kepala Desa Hulu Contoh", "Ketua BPD Desa Hulu Contoh",
             "Ketua Tim Penyusun", "Wakil Masyarakat 1", "Wakil Masyarakat 2"],
        ),
        (
            "musdes_planning",
            ["Pimpinan Musyawarah/Ketua BPD Desa Hulu Contoh", "Notulis", "Kepala Desa Hulu Contoh",
             "Wakil Masyarakat 1", "Wakil Masyarakat 2"],
        ),
        (
            "musdes_enactment",
            ["Pimpinan Musyawarah/Ketua BPD Desa Hulu Contoh", "Notulis", "Kepala Desa Hulu Contoh",
             "Wakil Masyarakat 1", "Wakil Masyarakat 2"],
        ),
    ],
)  # fmt: skip
def test_minutes_are_signed_as_the_kind_of_meeting_asks(kind: minutes.MinutesKind, signers: list[str]) -> None:
    assert [role for line in roles(samples.record(kind)) for _, role in line] == signers


@pytest.mark.parametrize("kind", minutes.MINUTES_TITLES)
def test_minutes_of_every_kind_name_the_meeting_and_somebody_who_signs(kind: minutes.MinutesKind) -> None:
    document = samples.record(kind)

    assert document.heading[0] == f"Berita Acara {minutes.MINUTES_TITLES[kind]}"
    assert roles(document)


def test_the_hand_over_of_a_draft_counts_nobody_and_decides_nothing() -> None:
    values = minutes.MinutesValues(samples.frame(), "draft", date(2026, 8, 3), time(9), "Kantor Desa")

    document = minutes.build_minutes(values)

    words = [part.text for part in document.parts if isinstance(part, Paragraph)]
    assert words[0].startswith("Pada hari ini, Senin tanggal tiga bulan Agustus tahun dua ribu dua puluh enam")
    assert "telah diserahkan oleh Tim Penyusun kepada Kepala Desa Hulu Contoh rancangan" in words[0]
    assert words[1] == "Tidak ada kesepakatan yang dicatat."
    assert [part for part in document.parts if isinstance(part, Facts)] == []


def test_the_date_of_minutes_is_spelled_out() -> None:
    assert minutes.date_in_words(date(2026, 9, 28)) == (
        "Senin tanggal dua puluh delapan bulan September tahun dua ribu dua puluh enam (28-09-2026)"
    )


def test_the_attendance_list_never_shows_poverty_or_disability_beside_a_name() -> None:
    document = samples.hall()

    assert [row.cells[4] for row in document.tables[0].rows[:3]] == [
        "Petani dan buruh tani",
        "Wakil kelompok",
        "Ketua PKK / Kelompok perempuan",
    ]
    (totals,) = [part for part in document.parts if isinstance(part, Facts)]
    assert totals.pairs == (
        ("Jumlah laki-laki", "1"),
        ("Jumlah perempuan", "2"),
        ("Jumlah hadir", "3"),
        ("Dari undangan", "3 dari 4 (75,0%)"),
        ("Per unsur", "Kelompok perempuan 1; Petani dan buruh tani 1; Wakil kelompok: terwakili"),
    )


@pytest.mark.parametrize(
    ("with_phone", "public", "shown"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_phones_are_printed_only_on_request_and_never_on_a_public_copy(
    with_phone: bool, public: bool, shown: bool
) -> None:
    people = (attendance.Attendee("Anwar", "L", phone="081200000001"),)
    values = attendance.AttendanceValues(
        samples.frame(), "Musdus", date(2026, 9, 28), "Balai", people, with_phone=with_phone, public=public
    )

    cells = attendance.build_attendance(values).tables[0].rows[0].cells

    assert ("081200000001" in cells) is shown


def test_minutes_say_of_the_sheltered_elements_only_that_they_were_represented() -> None:
    assert elements_sentence(["DIFABEL", "TANI", "DIFABEL", "X"]) == (
        "Petani dan buruh tani; Kelompok berkebutuhan khusus (terwakili); X"
    )


def test_a_team_decree_has_grounds_laws_decisions_and_an_annex_with_the_share_of_women() -> None:
    document = samples.team_decree()

    lists = [(part.label, part.numbering, len(part.items)) for part in document.parts if isinstance(part, NumberedList)]
    assert lists[:3] == [("Menimbang", "a", 3), ("Mengingat", "1", 4), ("Menetapkan", "none", 1)]
    assert lists[3][1:] == ("kesatu", 5)
    assert document.tables[0].rows[-1].cells[0] == "Jumlah anggota tim: 7, perempuan: 4"
    assert roles(document) == [[("", "Kepala Desa Hulu Contoh")]] * 2


def test_the_verification_team_is_decreed_as_form_thirty() -> None:
    values = decree.DecreeValues(samples.frame(), "verification", "Tahun 2027", ())

    assert decree.build_team_decree(values).code == "F30"


def test_the_regulation_is_set_by_the_head_promulgated_by_the_secretary_endorsed_with_the_bpd() -> None:
    assert roles(samples.regulation()) == [
        [("", "Kepala Desa Hulu Contoh")],
        [("", "Sekretaris Desa Hulu Contoh")],
        [("", "Ketua BPD Desa Hulu Contoh"), ("", "Kepala Desa Hulu Contoh")],
    ]


def test_values_are_frozen_and_equal_values_make_equal_papers() -> None:
    assert samples.plan(3) == samples.plan(3)
    assert replace(samples.plan(3), number="5") != samples.plan(3)
