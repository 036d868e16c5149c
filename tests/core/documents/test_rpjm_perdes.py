"""F19 of an RPJM Desa and of its amendment: names, years, articles and who signs."""

from dataclasses import replace
from datetime import date

from core.documents.asking import roles
from rembuk.core.documents.frame import Frame, Person, VillageHeading
from rembuk.core.documents.legal_basis import FINANCE_GUIDE, MEETING_RULE
from rembuk.core.documents.model import NumberedList, Paragraph
from rembuk.core.documents.perdes import PerdesValues, build_perdes
from rembuk.core.documents.perdes_wording import carried_considerations
from rembuk.core.documents.rpjm_perdes_wording import amending_rpjm_considerations, rpjm_considerations

FRAME = Frame(VillageHeading("Hulu Contoh", "Muara Contoh", "Kutai Contoh", "Kalimantan Timur"), date(2027, 3, 20))
FIRST = PerdesValues(FRAME, 2027, Person("Siti"), Person("Yusran"), Person("Rahmadi"), last_year=2034)
CHANGED = replace(
    FIRST,
    budget_year=2022,
    last_year=2029,
    amended_last_year=2027,
    amends="2 Tahun 2022",
    ground="Masa jabatan 8 tahun",
)


def texts(document):
    return [part.text for part in document.parts if isinstance(part, Paragraph)]


def lists(document):
    return {part.label: part.items for part in document.parts if isinstance(part, NumberedList) if part.label}


def test_the_regulation_on_an_rpjm_names_the_plan_and_its_years():
    paper = build_perdes(FIRST)
    assert paper.heading[2:] == ("tentang", "Rencana Pembangunan Jangka Menengah Desa Tahun 2027-2034")
    assert paper.title == "Peraturan Desa Hulu Contoh tentang RPJM Desa Tahun 2027-2034"
    assert "RPJM Desa merupakan rencana pembangunan Desa untuk tahun 2027 sampai dengan tahun 2034." in [
        item for part in paper.parts if isinstance(part, NumberedList) for item in part.items
    ]
    assert [words.split("\n")[1] for words in texts(paper) if words.startswith("BAB ")] == [
        "KETENTUAN UMUM", "SISTEMATIKA", "KEDUDUKAN", "PERUBAHAN", "PELAKSANAAN", "PENUTUP",
    ]  # fmt: skip


def test_it_recalls_the_law_of_meetings_and_not_that_of_the_yearly_budget():
    recalled = lists(build_perdes(FIRST))["Mengingat"]
    assert MEETING_RULE in recalled and FINANCE_GUIDE not in recalled


def test_nothing_in_it_speaks_of_the_yearly_plan_as_its_own_subject():
    weighed = " ".join(lists(build_perdes(FIRST))["Menimbang"])
    assert "Rencana Kerja Pemerintah Desa" not in weighed and "Tahun 2027-2034" in weighed


def test_an_amendment_names_the_former_years_and_says_the_new_ones_in_pasal_i():
    paper = build_perdes(CHANGED)
    assert paper.heading[3] == (
        "Perubahan atas Peraturan Desa Nomor 2 Tahun 2022 tentang Rencana Pembangunan Jangka Menengah Desa "
        "Tahun 2022-2027"
    )
    assert "Jangka waktu RPJM Desa yang semula Tahun 2022-2027 menjadi Tahun 2022-2029." in texts(paper)
    assert [words for words in texts(paper) if words.startswith("Pasal ")] == ["Pasal I", "Pasal II"]
    assert lists(paper)["Menimbang"][1] == (
        "bahwa dalam pelaksanaannya terdapat masa jabatan 8 tahun, sehingga RPJM Desa perlu diubah, dan jangka "
        "waktunya menjadi Tahun 2022-2029;"
    )


def test_an_amendment_within_the_same_years_says_nothing_of_the_period():
    paper = build_perdes(replace(CHANGED, last_year=2027))
    assert [words for words in texts(paper) if "Jangka waktu" in words] == []
    assert lists(paper)["Menimbang"][1].endswith("sehingga RPJM Desa perlu diubah;")


def test_head_secretary_and_bpd_sign_as_on_every_perdes():
    assert roles(build_perdes(FIRST)) == [
        [("", "Kepala Desa Hulu Contoh")],
        [("", "Sekretaris Desa Hulu Contoh")],
        [("", "Ketua BPD Desa Hulu Contoh"), ("", "Kepala Desa Hulu Contoh")],
    ]


OWN = (
    "bahwa RPJM Desa disusun menurut visi dan misi Kepala Desa;",
    "bahwa desa terletak di tepi sungai;",
    "bahwa berdasarkan pertimbangan dalam huruf a dan huruf b perlu menetapkan Peraturan Desa ini;",
)


def test_an_amendment_takes_over_what_only_the_village_says_and_letters_its_closing_anew():
    before = ("bahwa RPJM Desa disusun menurut visi dan misi Kepala Desa;", "bahwa berdasarkan pertimbangan lain;")
    now = amending_rpjm_considerations("2027-2036", "2027-2034", "4 Tahun 2027", "Perubahan kebijakan")
    found = carried_considerations(OWN, before, now)
    assert found[:3] == now[:3]
    assert found[3] == "bahwa desa terletak di tepi sungai;"
    assert found[4] == now[3].replace("huruf a, huruf b, dan huruf c", "huruf a, huruf b, huruf c, dan huruf d")


def test_an_amendment_of_a_regulation_without_own_sentences_keeps_the_usual_wording():
    now = amending_rpjm_considerations("2027-2036", "2027-2034", "4 Tahun 2027", "")
    usual = rpjm_considerations("2027-2034")
    assert carried_considerations((), usual, now) == carried_considerations(usual, usual, now) == ()
