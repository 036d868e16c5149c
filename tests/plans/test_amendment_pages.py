"""What people see of an amendment: the offer, its page, the matrix of changes, the public copy, the duty."""

from io import BytesIO

import pypdfium2
import pytest
from django.urls import reverse
from docx import Document as Docx
from openpyxl import load_workbook

from factories import people
from plans.amended import LETTER_DAY, amend, cut, item_of
from rembuk.core.documents.amendment import build_amendment
from rembuk.core.errors import RefusedError
from rembuk.documents.gather import plans as gather_plans
from rembuk.documents.renderers.docx import render_docx
from rembuk.documents.renderers.pdf import render_pdf
from rembuk.documents.renderers.xlsx import render_xlsx
from rembuk.plans import amendment_duties
from rembuk.plans.models import RkpdesItem, RkpdesVersion
from rembuk.plans.panels import panels_of_proposals
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import setting_up

# Pages


@pytest.fixture
def office(village):
    with setting_up():
        return people.signed_in(people.secretary(village))


def test_the_plan_page_offers_a_replan_with_the_letter_filled_in(office, force, village):
    url = reverse("plans:amendment", args=(force.id,))
    assert "Pagu tidak berubah" in office.get(url).content.decode()
    cut(village)
    page = office.get(url).content.decode()
    for words in ("900/77/BPKAD", "80.000.000", "Garis potong", "belum pasti"):
        assert words in page
    assert (
        reverse("plans:amendment", args=(force.id,))
        in office.get(reverse("plans:steps", args=(force.id,))).content.decode()
    )


def test_the_amendment_is_opened_worked_and_kept_from_the_page(office, force, village):
    cut(village)
    url = reverse("plans:open_amendment", args=(force.id,))
    bad = office.post(url, {"dasar": "CEILING_CHANGE", "nomor": "", "uraian": "Turun"})
    assert bad.status_code == 400 and "Turun" in bad.content.decode()
    opened = office.post(url, {"dasar": "CEILING_CHANGE", "nomor": "900/77", "tanggal": "2026-09-10"})
    assert opened.status_code == 302
    made = RkpdesVersion.objects.get(version_no=2)
    well = item_of(made, "Sumur bor")
    save = reverse("plans:save_changes", args=(made.id,))
    refused = office.post(save, {"keluar": str(well.id), f"alasan-{well.previous_id}": ""})
    assert refused.status_code == 400 and "Tulis alasan mengeluarkan" in refused.content.decode()
    done = office.post(save, {"keluar": str(well.id), f"alasan-{well.previous_id}": "Pagu turun."})
    assert done.status_code == 302
    page = office.get(reverse("plans:amendment", args=(made.id,))).content.decode()
    assert "Sumur bor" in page and "Pagu turun." in page and "dikeluarkan" in page
    back = office.post(reverse("plans:restore_item", args=(made.id,)), {"baris": str(well.previous_id)})
    assert back.status_code == 302 and RkpdesItem.objects.filter(plan=made).count() == 3


def test_whoever_may_not_amend_sees_no_form(force, village):
    cut(village)
    with setting_up():
        head_of_bpd = people.signed_in(people.holder("BPD", village))
    page = head_of_bpd.get(reverse("plans:amendment", args=(force.id,))).content.decode()
    assert "80.000.000" in page and "Buka perubahan" not in page
    answer = head_of_bpd.post(reverse("plans:open_amendment", args=(force.id,)), {})
    assert answer.status_code == 403


# F33


def texts_of_formats(document):
    """Return the text of each of the three formats as one line."""
    pdf = pypdfium2.PdfDocument(render_pdf([document]))
    docx = Docx(BytesIO(render_docx([document])))
    sheet = load_workbook(BytesIO(render_xlsx([document])), data_only=False).active
    return {
        "pdf": " ".join(page.get_textpage().get_text_range() for page in pdf),
        "docx": " ".join(cell.text for table in docx.tables for row in table.rows for cell in row.cells),
        "xlsx": " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None),
    }


def test_the_matrix_of_changes_is_made_from_both_versions_in_three_formats(force, second):
    document = build_amendment(gather_plans.amendment(str(second.id)))
    total = next(row for row in document.tables[0].rows if row.kind == "total")
    amounts = [total.cells[column] for column in (6, 14, 18)]
    assert amounts == [250_000_000, 150_000_000, -100_000_000]
    assert document.facts[-2] == ("Mengubah", "Perdes Nomor 5 Tahun 2026")
    for text in texts_of_formats(document).values():
        joined = " ".join(text.split())
        for words in ("Semula", "Menjadi", "Sumur bor", "Pagu Dana Desa turun.", "tidak direncanakan"):
            assert words in joined


def test_an_original_plan_has_no_matrix_of_changes(force):
    with pytest.raises(RefusedError, match="amendment-not"):
        gather_plans.amendment(str(force.id))


# What others see


def test_a_moved_ceiling_is_a_duty_of_head_and_secretary_until_the_amendment_is_open(force, village, hat):
    assert amendment_duties.of_hat(hat("SDK"), LETTER_DAY) == []
    cut(village)
    (duty,) = amendment_duties.of_hat(hat("SDK"), LETTER_DAY)
    assert (duty.title, duty.missing) == (
        "Pagu berubah lebih dari 5 %: periksa RKP Desa 2027",
        ("Sumber yang bergeser: DDS",),
    )
    assert amendment_duties.of_hat(hat("TIM"), LETTER_DAY) == []
    amend(force, hat)
    assert amendment_duties.of_hat(hat("SDK"), LETTER_DAY) == []


def test_who_asks_for_a_dropped_proposal_reads_by_which_perdes_and_why(second, hat):
    well = Proposal.objects.get(title="Sumur bor")
    panel = panels_of_proposals([well.id], hat("SDK"))[well.id]
    assert panel.rows[-2:] == (("Dikeluarkan", "Perdes Nomor 9 Tahun 2026"), ("Alasan", "Pagu Dana Desa turun."))


def test_everybody_sees_that_version_one_was_changed_and_where_the_plan_in_force_is(client, force, second):
    old = client.get(reverse("plans:public", args=(force.id,))).content.decode()
    new = client.get(reverse("plans:public", args=(second.id,))).content.decode()
    assert "sudah diubah dengan Perdes Nomor 9 Tahun 2026" in old and "Sumur bor" in old
    assert "sudah diubah" not in new and "Sumur bor" not in new


def test_the_paper_of_the_amendment_opens_from_its_page(office, second):
    assert office.get(reverse("documents:paper", args=("F33", f"plan:{second.id}"))).status_code == 200
