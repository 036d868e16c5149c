"""Empty forms for the boat: the heading is filled, the lines are empty, and nothing of the data stands in them."""

import pytest
from django.urls import reverse

from budgeting.given import proposal
from documents.reading import docx_text, missing, pdf_text, xlsx_text
from documents.test_room_papers import subjects  # noqa: F401  (a fixture)
from factories import people
from plans.given import NOW
from rembuk.core.documents.blank import LINES_OF_A_GROUP
from rembuk.core.documents.families import FORM_LAWS
from rembuk.core.documents.model import Note, Row, Table
from rembuk.core.hat import Role
from rembuk.core.money import Rupiah
from rembuk.documents.blanks import WITHOUT, blank_documents
from rembuk.documents.recipes import FORMS
from rembuk.documents.renderers.docx import render_docx
from rembuk.documents.renderers.pdf import render_pdf
from rembuk.documents.renderers.xlsx import render_xlsx
from rembuk.plans import services as plan_services
from rembuk.plans.models import RkpdesItem
from rembuk.plans.services import EvaluationValues
from rembuk.shared.models import Paper
from rembuk.shared.trail.testing import setting_up

DATA = ("Titian ulin", "Halimah", "Mulyadi", "Jembatan rusak", "100.000.000", "Rehab polindes", "Anggota 3")


def test_every_form_has_an_empty_one_and_says_which_annex_it_comes_from():
    assert sorted(WITHOUT) == sorted(FORMS) == sorted(FORM_LAWS)


@pytest.mark.parametrize("code", sorted(FORMS))
def test_an_empty_form_shows_its_heading_in_all_three_formats_and_nothing_of_the_data(
    subjects,  # noqa: F811
    cycle,
    hat,
    code,
):
    plan_services.save_evaluation(
        cycle_id=cycle.id,
        rows=[EvaluationValues("Rehab polindes", "2.2.02", amount=Rupiah(100_000_000), realised=True)],
        actor=hat("SDK"),
        at=NOW,
    )
    key = subjects[code].partition(":")[2]

    documents = blank_documents(FORMS[code], key)

    kept = {"F27", "F28", "F29"}  # one sheet per item: the item's name is its heading
    for document in documents:
        for read, data in (
            (pdf_text, render_pdf([document])),
            (docx_text, render_docx([document])),
            (xlsx_text, render_xlsx([document])),
        ):
            text = read(data)
            assert missing(document, text) == []
            assert [word for word in DATA if word in text and not (code in kept and word == "Titian ulin")] == []
        assert [part for part in document.parts if isinstance(part, Note)] == []
        assert (document.number, document.verify_url, document.provenance) == ("", "", "Formulir kosong")


def sums_of(table: Table) -> list[Row]:
    return [row for row in table.rows if row.kind in ("subtotal", "total")]


def test_an_empty_matrix_keeps_five_fields_with_lines_to_write_on_and_no_sums(plan):
    (document,) = blank_documents(FORMS["F26"], str(plan.pk))
    (table,) = document.tables

    kinds = [row.kind for row in table.rows]
    assert kinds == ["group", *["item"] * LINES_OF_A_GROUP, "subtotal"] * 5 + ["total"]
    assert {row.cells[1:] for row in sums_of(table)} == {(None,) * 12}
    assert table.tall and {row.cells for row in table.rows if row.kind == "item"} == {(None,) * 13}


def test_an_empty_list_of_those_present_has_thirty_numbered_lines(meeting):
    (document,) = blank_documents(FORMS["F04"], str(meeting.pk))

    rows = document.tables[0].rows
    assert [row.cells[0] for row in rows] == list(range(1, 31))
    assert {row.cells[1:] for row in rows} == {(None,) * 5}


def test_the_checklist_keeps_its_rows_and_loses_its_marks(cycle):
    (document,) = blank_documents(FORMS["F37"], str(cycle.pk))

    assert len(document.tables[0].rows) == 27
    assert {row.cells[2:] for row in document.tables[0].rows} == {(None, None, None)}


@pytest.mark.parametrize("code", ["F28", "F29"])
def test_a_plan_without_items_still_gives_an_empty_sheet(plan, code):
    with setting_up():
        RkpdesItem.objects.all().delete()

    (document,) = blank_documents(FORMS[code], str(plan.pk))

    assert document.code == code


def test_the_switch_leads_to_the_empty_form_and_keeps_nothing(plan, cycle, village):
    with setting_up():
        proposal(cycle, 1)
        secretary = people.signed_in(people.holder(Role("SDK"), village))
    address = reverse("documents:paper", args=("F26", f"plan:{plan.pk}"))

    assert 'href="?kosong=ya"' in secretary.get(address).content.decode()
    page = secretary.get(address, {"kosong": "ya"}).content.decode()
    assert "?kosong=ya&amp;bentuk=docx" in page and "Simpan ke arsip" not in page
    assert "Permendagri 114/2014" in page
    answer = secretary.get(address, {"kosong": "ya", "bentuk": "docx"})
    assert 'filename="F26 kosong Rancangan RKP Desa Melintang Tahun 2027.docx"' in answer.headers["Content-Disposition"]
    assert "Titian ulin" not in docx_text(answer.content)
    assert not Paper.objects.exists()
