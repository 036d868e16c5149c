"""A certificate says who passed what; the letter says who only attended; without a name it is a form to fill."""

from dataclasses import replace
from datetime import date

from rembuk.core.documents.certificate import CertificateValues, build_certificate
from rembuk.core.documents.frame import Frame, VillageHeading
from rembuk.core.documents.model import Facts, NumberedList, Paragraph, Picture

VALUES = CertificateValues(
    frame=Frame(VillageHeading("Hulu Contoh", "Contoh", "Contoh", "Contoh"), dated=date(2026, 7, 16), place="Contoh"),
    passed=True,
    number="0001/SERTIFIKAT/DPMD/2026",
    name="Siti Contoh",
    office="Sekretaris desa, Desa Hulu Contoh",
    title="Bimtek RKP Desa",
    jp=18,
    jp_minutes=45,
    start=date(2026, 7, 7),
    end=date(2026, 7, 8),
    valid_until=date(2029, 7, 15),
    topics=("Matriks RKP (8 JP)",),
    code="7K3QFM2XAB",
    qr="iVBORw0KGgo=",
    letterhead=("Pemerintah Kabupaten Contoh",),
    signer_name="Kepala Contoh",
    signer_office="Kepala DPMD",
    check_address="/sertifikat/periksa/",
)


def facts(values):
    (found,) = [part for part in build_certificate(values).parts if isinstance(part, Facts)]
    return dict(found.pairs)


def test_a_certificate_names_person_days_hours_and_code():
    document = build_certificate(VALUES)
    assert document.heading == ("Sertifikat", "Nomor 0001/SERTIFIKAT/DPMD/2026")
    assert [part.text for part in document.parts if isinstance(part, Paragraph)][1] == "Siti Contoh"
    assert facts(VALUES) == {
        "Waktu": "7 Juli 2026 sampai 8 Juli 2026",
        "Lama": "18 JP (1 JP = 45 menit)",
        "Berlaku sampai": "15 Juli 2029",
        "Kode periksa": "7K3QF-M2XAB di /sertifikat/periksa/",
    }


def test_the_letter_of_who_only_attended_never_says_passed_and_never_expires():
    letter = build_certificate(replace(VALUES, passed=False, valid_until=None))
    words = " ".join(part.text for part in letter.parts if isinstance(part, Paragraph))
    assert letter.heading[0] == "Surat Keterangan Mengikuti"
    assert "lulus" not in words
    assert "Berlaku sampai" not in facts(replace(VALUES, passed=False, valid_until=None))


def test_a_class_of_one_day_names_it_once():
    assert facts(replace(VALUES, end=VALUES.start))["Waktu"] == "7 Juli 2026"


def test_the_empty_form_has_neither_qr_nor_topics():
    empty = build_certificate(replace(VALUES, name="", qr="", topics=(), code="", number=""))
    assert not [part for part in empty.parts if isinstance(part, Picture | NumberedList)]
    assert "Siti" not in repr(empty)
