"""F07 to F13, F15 and F33 come out whole as PDF, DOCX and XLSX, and say what their golden files say."""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.documents import test_amendment, test_rpjm_amendment
from documents.reading import docx_text, golden, missing, pdf_text, xlsx_text
from documents.samples import CHAIR, HEAD, frame
from rembuk.core.documents.actions import ActionValues, RankLine, StudyLine, build_actions
from rembuk.core.documents.amendment import AmendmentValues, build_amendment
from rembuk.core.documents.assessment_report import ReportValues, build_assessment_report
from rembuk.core.documents.ideas import IdeaLine, IdeaValues, build_ideas
from rembuk.core.documents.model import Document
from rembuk.core.documents.problems import PotentialLine, ProblemLine, ProblemValues, TreeSheet, build_problems
from rembuk.core.documents.rkpdes import Beneficiaries
from rembuk.core.documents.rpjm_amendment import RpjmAmendmentValues, build_rpjm_amendment
from rembuk.core.documents.tools import (
    InstitutionLine,
    InstitutionValues,
    Said,
    SeasonLine,
    SeasonValues,
    SketchSheet,
    SketchValues,
    build_institutions,
    build_seasons,
    build_sketch,
)
from rembuk.core.documents.village_data import DataItem, VillageDataValues, build_village_data
from rembuk.documents.renderers.docx import render_docx
from rembuk.documents.renderers.pdf import render_pdf
from rembuk.documents.renderers.xlsx import render_xlsx

GOLDEN = Path(__file__).parents[1] / "golden" / "documents"
PERIOD = "2027-2034"
SIGNED = {"head": HEAD, "team_chair": CHAIR}


def village_data() -> Document:
    natural = (
        DataItem("Lahan", "Sawah tadah hujan", Decimal("42.5"), "ha", changed=True),
        DataItem("Air", "Mata air", Decimal(3), "titik", "satu kering pada kemarau", changed=False),
    )
    human = (DataItem("Penduduk", "Jumlah keluarga", Decimal(312), "KK"),)
    lists = (("natural", natural), ("human", human), ("development", ()), ("social", ()))
    return build_village_data(VillageDataValues(frame(), PERIOD, lists, (("natural", "3 Februari 2027"),), **SIGNED))


def sketch() -> Document:
    said = (Said("problem", "Titian lapuk", "Dusun Hulu"), Said("potential", "Embung alam", "Dusun Seberang"))
    return build_sketch(SketchValues(frame(), PERIOD, (SketchSheet("Dusun Hulu", said=said),), **SIGNED))


def seasons() -> Document:
    lines = (
        SeasonLine("problem", "Banjir", (3, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3)),
        SeasonLine("activity", "Panen ikan", (0, 0, 1, 2, 3, 2, 1, 0, 0, 0, 0, 0)),
    )
    return build_seasons(SeasonValues(frame(), PERIOD, lines, said=(Said("potential", "Ikan melimpah"),), **SIGNED))


def institutions() -> Document:
    lines = (
        InstitutionLine("Posyandu Melati", "Timbang balita", 5, ("Alat timbang rusak",), ("Kader aktif",)),
        InstitutionLine("Koperasi", "Simpan pinjam", 2, ("Jarang rapat",)),
    )
    return build_institutions(InstitutionValues(frame(), PERIOD, lines, **SIGNED))


def problems() -> Document:
    tree = TreeSheet(
        "Titian lapuk", ((0, "Anak terlambat sekolah"),), ((0, "Kayu tua"), (1, "Tidak ada dana pemeliharaan"))
    )
    rows = (
        ProblemLine("Pembangunan Desa", "Sketsa Desa", "", "Titian lapuk", "Kayu tua", "Kayu ulin", "Titian ulin"),
        ProblemLine("Pembinaan", "Bagan kelembagaan", "Koperasi", "Jarang rapat"),
    )
    potentials = (PotentialLine("Sketsa Desa", "Embung alam"),)
    return build_problems(ProblemValues(frame(), PERIOD, (tree,), rows, potentials, **SIGNED))


def actions() -> Document:
    points = tuple(Decimal(point) for point in ("5", "4.5", "3", "4", "2"))
    return build_actions(
        ActionValues(
            frame(),
            PERIOD,
            (StudyLine("Titian lapuk", "Kayu tua", ("Kayu ulin",), ("Ganti papan", "Jalan baru"), ("Ganti papan",)),),
            (RankLine("Titian lapuk", points, Decimal("18.5"), 1), RankLine("Koperasi jarang rapat")),
            (RankLine("Ganti papan", points, Decimal("18.5"), 1),),
            ("Dusun Hulu, 2 Maret 2027",),
            CHAIR,
        )
    )


def ideas() -> Document:
    lines = (
        IdeaLine("Titian ulin", "RT 01", Decimal(240), "m", Beneficiaries(118, 124, 36), (9, 11), "Musdus Hulu"),
        IdeaLine("Keramba kelompok perempuan"),
    )
    return build_ideas(IdeaValues(frame(), PERIOD, "Dusun Hulu", lines, **SIGNED))


def report() -> Document:
    return build_assessment_report(
        ReportValues(
            frame(),
            PERIOD,
            "Pengkajian dilakukan bersama warga tiga dusun.",
            (("natural", 8, 12, "3 Februari 2027"), ("human", 0, 9, "")),
            ((2, 3),),
            (("Sketsa Desa", 4, 2), ("Kalender musim", 1, 1)),
            ("Titian lapuk",),
            ("Ganti papan",),
            (("Dusun Hulu", 12), ("Kelompok perempuan", 5)),
            "Titian dan air bersih didahulukan.",
            CHAIR,
            date(2027, 3, 10),
            date(2027, 3, 14),
        )
    )


def amendment() -> Document:
    values = AmendmentValues(
        frame(),
        2027,
        2,
        "5 Tahun 2026",
        "Pagu final berbeda dari pagu indikatif",
        "900/77/BPKAD",
        date(2026, 11, 20),
        test_amendment.LINES,
        **SIGNED,
    )
    return build_amendment(values)


def rpjm_amendment() -> Document:
    values = RpjmAmendmentValues(
        frame(),
        2020,
        2025,
        2027,
        "3 Tahun 2021",
        "Masa jabatan Kepala Desa menjadi delapan tahun",
        "400.10/77/DPMD",
        date(2026, 8, 20),
        test_rpjm_amendment.LINES,
        **SIGNED,
    )
    return build_rpjm_amendment(replace(values, stage=""))


SAMPLES = {
    "F07": village_data,
    "F08": sketch,
    "F09": seasons,
    "F10": institutions,
    "F11": problems,
    "F12": actions,
    "F13": ideas,
    "F15": report,
    "F33": amendment,
    "F33-RPJM": rpjm_amendment,
}


@pytest.mark.parametrize("name", SAMPLES)
def test_each_form_says_what_its_golden_file_says(name):
    """Rewrite the files with ``REMBUK_GOLDEN=tulis`` after a change that was meant, and read the difference."""
    path, text = GOLDEN / f"{name}.txt", golden(SAMPLES[name]())
    if os.environ.get("REMBUK_GOLDEN") == "tulis":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SAMPLES)
def test_all_three_formats_show_every_word_and_number(name):
    document = SAMPLES[name]()
    assert missing(document, pdf_text(render_pdf([document], archive=True))) == []
    assert missing(document, docx_text(render_docx([document]))) == []
    assert missing(document, xlsx_text(render_xlsx([document]))) == []
