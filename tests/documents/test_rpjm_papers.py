"""F06, F16, F17, F18 and F19 of an RPJM Desa: whole as PDF, DOCX and XLSX, as their golden files say."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from core.documents.test_rpjm_perdes import CHANGED, FIRST
from core.documents.test_rpjm_text import INCOME, ROADMAP, TEXT, WRITTEN
from core.documents.test_rpjmdes import BRIDGE, NEW, ROAD, SCHOOL, TRAINING, VALUES
from documents.reading import docx_text, golden, missing, pdf_text, xlsx_text
from documents.samples import CHAIR, HEAD, frame
from rembuk.core.documents.model import Document
from rembuk.core.documents.perdes import build_perdes
from rembuk.core.documents.programmes import ProgrammesValues, build_programmes
from rembuk.core.documents.rpjm_text import build_rpjm_text
from rembuk.core.documents.rpjmdes import build_rpjmdes
from rembuk.core.documents.sdgs_roadmap import build_sdgs_roadmap
from rembuk.documents.renderers.docx import render_docx
from rembuk.documents.renderers.pdf import render_pdf
from rembuk.documents.renderers.xlsx import render_xlsx

GOLDEN = Path(__file__).parents[1] / "golden" / "documents"


def matrix(variant_b: bool, length: int = 8, **more: object) -> Document:
    items = (BRIDGE, TRAINING, NEW)
    return build_rpjmdes(
        replace(
            VALUES,
            frame=frame(),
            items=items,
            end_year=VALUES.start_year + length - 1,
            head=HEAD,
            team_chair=CHAIR,
            variant_b=variant_b,
            **more,
        )
    )


def programmes(variant_b: bool) -> Document:
    values = ProgrammesValues(frame(), "2027-2034", (ROAD, SCHOOL), head=HEAD, team_chair=CHAIR, variant_b=variant_b)
    return build_programmes(values)


SAMPLES = {
    "F06": lambda: programmes(variant_b=False),
    "F06-B": lambda: programmes(variant_b=True),
    "F17": lambda: matrix(variant_b=False),
    "F17-B": lambda: matrix(variant_b=True),
    "F17-6": lambda: matrix(variant_b=False, length=6),
    "F17-pendapatan": lambda: matrix(variant_b=False, income=INCOME),
    "F17-B-9": lambda: matrix(variant_b=True, length=9),
    "F16": lambda: build_sdgs_roadmap(replace(ROADMAP, frame=frame(), head=HEAD, team_chair=CHAIR)),
    "F18": lambda: build_rpjm_text(replace(TEXT, frame=frame(), head=HEAD)),
    "F18-terisi": lambda: build_rpjm_text(replace(WRITTEN, frame=frame(), head=HEAD)),
    "F19-RPJM": lambda: build_perdes(replace(FIRST, frame=frame())),
    "F19-RPJM-perubahan": lambda: build_perdes(replace(CHANGED, frame=frame())),
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
