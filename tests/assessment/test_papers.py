"""The papers of an assessment say what the tools hold, in all three formats, and nobody's name."""

import pytest
from django.urls import reverse

from assessment.given import whole_assessment
from documents.reading import docx_text, missing, pdf_text, xlsx_text
from rembuk.core.documents.model import Picture, Table
from rembuk.documents.blanks import blank_documents
from rembuk.documents.recipes import FORMS
from rembuk.documents.renderers.docx import render_docx
from rembuk.documents.renderers.pdf import render_pdf
from rembuk.documents.renderers.xlsx import render_xlsx

CODES = ("F07", "F08", "F09", "F10", "F11", "F12", "F13", "F14", "F15")


@pytest.fixture
def studied(village, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return whole_assessment(village)


def papers_of(code, studied):
    form = FORMS[code]
    return form.made(form.gather(str(studied.pk)))


def cells_of(document):
    return [row.cells for part in document.parts if isinstance(part, Table) for row in part.rows]


@pytest.mark.parametrize("code", CODES)
def test_every_paper_shows_all_its_words_in_three_formats(studied, code):
    for document in papers_of(code, studied):
        assert missing(document, pdf_text(render_pdf([document], archive=True))) == []
        assert missing(document, docx_text(render_docx([document]))) == []
        assert missing(document, xlsx_text(render_xlsx([document]))) == []


@pytest.mark.parametrize("code", CODES)
def test_the_same_assessment_makes_the_same_bytes(studied, code):
    first, second = papers_of(code, studied), papers_of(code, studied)
    assert first == second
    assert render_docx(first) == render_docx(second)
    assert render_xlsx(first) == render_xlsx(second)


@pytest.mark.parametrize(("code", "pictures"), [("F08", 1), ("F10", 1), ("F11", 1), ("F07", 0)])
def test_sketch_circles_and_tree_are_drawn_and_described(studied, code, pictures):
    [document] = papers_of(code, studied)
    drawn = [part for part in document.parts if isinstance(part, Picture)]
    assert len(drawn) == pictures
    assert all(part.spoken for part in drawn)


def test_the_study_of_actions_carries_the_chain_from_problem_to_place(studied):
    [document] = papers_of("F12", studied)
    rows = cells_of(document)
    studied_row, ranked = rows[0], [row for row in rows if row[1] == "Titian kayu lapuk" and len(row) == 10]
    assert studied_row == (
        1,
        "Titian kayu lapuk",
        "Kayu tua",
        "Tukang ulin",
        "Ganti papan titian",
        "Ganti papan titian",
    )
    assert [row[2:9] for row in ranked] == [(5, 4, 4, 3, 5, 21, 1)]


def test_lists_of_the_poor_say_representatives_and_no_list_says_a_name(studied):
    lists = {document.heading[1]: cells_of(document) for document in papers_of("F13", studied)}
    assert sorted(lists) == ["Dusun Hulu", "Wakil kelompok"]
    assert [row[1] for row in lists["Wakil kelompok"]] == ["Jamban sehat"]
    assert [row[-1] for row in lists["Wakil kelompok"]] == ["wakil kelompok"]
    recap = [row for row in cells_of(papers_of("F14", studied)[0]) if isinstance(row[0], int)]
    assert [row[2] for row in recap] == ["Ganti papan titian", "Jamban sehat"]


@pytest.mark.parametrize("code", CODES)
def test_an_empty_form_for_the_boat_holds_nothing_of_the_data(studied, code):
    for document in blank_documents(FORMS[code], str(studied.pk)):
        text = pdf_text(render_pdf([document]))
        assert missing(document, text) == []
        assert [word for word in ("Titian kayu lapuk", "Jamban", "118,5", "Panen", "Timbang") if word in text] == []


@pytest.mark.parametrize("code", CODES)
def test_the_report_page_leads_to_every_paper_and_the_paper_opens(studied, client_of, code):
    address = reverse("documents:paper", args=[code, f"assessment:{studied.pk}"])
    assert address in client_of.get(reverse("assessment:report", args=[studied.pk])).content.decode()
    assert client_of.get(address).status_code == 200
    assert client_of.get(address, {"bentuk": "docx"}).status_code == 200
    assert client_of.get(address, {"bentuk": "docx", "kosong": "ya"}).status_code == 200
    frozen = client_of.post(address)
    assert client_of.get(frozen.url).status_code == 200
