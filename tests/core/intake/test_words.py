"""Words over columns, of sums and of headings."""

import pytest

from rembuk.core.intake.words import field_of, is_heading, is_total, may_be_total, roles_of


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Usulan Kegiatan", "text"),
        ("URAIAN", "text"),
        ("Kegiatan/Aktifitas yang dilakukan", "text"),
        ("Jenis Kegiatan", "text"),
        ("Gagasan kegiatan", "text"),
        ("text", "text"),
        ("Lokasi Kegiatan", "location"),
        ("Alamat", "location"),
        ("Perkiraan Volume", "volume"),
        ("Satuan", "unit"),
        ("Biaya (Rp)", "cost"),
        ("cost_rupiah", "cost"),
        ("Usulan Anggaran", "cost"),
        ("Harga Satuan", "other"),
        ("Sumber Dana", "source"),
        ("Sumber", "source"),
        ("Penerima Manfaat LK", "men"),
        ("PR", "women"),
        ("A-RTM", "poor"),
        ("Penerima Manfaat", "beneficiaries"),
        ("Kode Kegiatan", "code"),
        ("Asal Usulan", "proposer"),
        ("Tahun Usulan", "year"),
        ("Status Usulan", "status"),
        ("Dusun", "hamlet"),
        ("Kalurahan/Kelurahan", "region"),
        ("Perangkat Daerah", "other"),
        ("No", "number"),
        ("Bidang", "field"),
    ],
)
def test_a_label_points_to_its_role(label, role):
    assert roles_of(label)[0][0] == role


@pytest.mark.parametrize("label", ["]", "", "   ", "x" * 100])
def test_a_label_that_says_nothing_points_nowhere(label):
    assert roles_of(label) == []


@pytest.mark.parametrize(
    "text",
    [
        "JUMLAH",
        "Total",
        "SUB JUMLAH",
        "Jumlah Bidang 2",
        "JUMLAH TOTAL",
        "Jumlah Dusun Hulu",
        "Grand Total",
        "JUMLAH RKPDESA TAHUN ANGGARAN 2026",
        "Jumlah per bidang",
        "Sub Total :",
    ],
)
def test_sums_are_recognised(text):
    assert is_total(text)


@pytest.mark.parametrize("text", ["Jumlah lampu jalan perlu ditambah", "Total ulang kantor", "Pembangunan jalan", ""])
def test_a_proposal_is_no_sum(text):
    assert not is_total(text)
    assert not may_be_total(text)


def test_headings_and_their_field():
    assert is_heading("BIDANG PELAKSANAAN PEMBANGUNAN DESA")
    assert is_heading("Dusun Hulu")
    assert not is_heading("Jembatan gantung")
    assert [field_of(text) for text in ("BIDANG IV", "Bidang 3", "Pembinaan Kemasyarakatan", "Pekerjaan Umum")] == [
        4,
        3,
        3,
        None,
    ]
    assert field_of("PENYELENGGARAAN PEMERINTAHAN DESA") == 1
    assert field_of("PELAKSANAAN PEMBANGUNAN DESA") == 2
    assert field_of("PENANGGULANGAN BENCANA, KEADAAN DARURAT DAN MENDESAK DESA") == 5
