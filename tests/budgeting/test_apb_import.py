"""Budget lines come back: shown first, stored whole or not at all, each tied to its plan item."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from budgeting.apb_given import NOW, as_planned, budget, enacted_plan
from factories import people
from rembuk.budgeting import services
from rembuk.budgeting.models import (
    Apbdes,
    ApbdesAccount,
    ApbdesFunding,
    ApbdesImport,
    ApbdesIncome,
    ApbdesLine,
    ApbdesVersion,
)
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.hat import Role
from rembuk.core.intake.apb import read_budget
from rembuk.shared.sheets import open_sheets, xlsx_bytes
from rembuk.shared.trail.testing import setting_up

STORED = (Apbdes, ApbdesVersion, ApbdesLine, ApbdesFunding, ApbdesAccount, ApbdesIncome)
EMERGENCY = ("5.3.00", "BLT Desa", "Desa", "36.000.000", "DDS")


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def plan(cycle):
    return enacted_plan(cycle)


@pytest.fixture
def upload(cycle, hat):
    def make(*lines, name="apb.csv", role="SDK", content=None, **more):
        data = content if content is not None else budget(*lines, **more)
        return services.upload_apbdes(cycle_id=cycle.pk, content=data, name=name, actor=hat(role), at=NOW)

    return make


@pytest.fixture
def save(hat):
    def make(batch, role="SDK"):
        return services.save_apbdes(import_id=batch.pk, actor=hat(role), at=NOW)

    return make


@pytest.fixture
def choose(hat):
    def make(batch, choices, reasons=None):
        return services.choose_items(
            import_id=batch.pk, choices=choices, reasons=reasons or {}, actor=hat("SDK"), at=NOW
        )

    return make


@pytest.fixture
def office(village):
    with setting_up():
        return people.signed_in(people.holder(Role.SDK, village))


def nothing_stored() -> bool:
    return all(model.objects.count() == 0 for model in STORED)


def links(version):
    return [(line.name, line.item.name if line.item else "", line.linked_by) for line in version.lines.all()]


def test_a_budget_as_planned_is_tied_row_by_row_without_a_person(plan, upload, save):
    batch = upload(*as_planned(), total="284.000.000")
    assert nothing_stored()
    version = save(batch)
    assert [(row[0], row[2]) for row in links(version)] == [
        ("Penghasilan tetap kepala desa", "name"),
        ("Titian ulin RT 02", "name"),
        ("Titian ulin RT 05", "name"),
        ("Penyelenggaraan Posyandu", "name"),
    ]
    assert all(line.name == line.item.name for line in version.lines.all())
    third = version.lines.get(name="Titian ulin RT 05")
    assert dict(third.fundings.values_list("source", "amount")) == {"DDS": 80_000_000, "ADD": 20_000_000}
    batch.refresh_from_db()
    assert (batch.state, batch.result) == ("saved", version)


def test_the_same_file_twice_changes_nothing(plan, upload, save):
    first = save(upload(*as_planned()))
    again = upload(*as_planned())
    assert again.state == "saved" and ApbdesImport.objects.count() == 1
    other = save(upload(*as_planned(), name="lain.csv", total="284.000.000"))
    assert other == first
    assert ApbdesVersion.objects.count() == 1


def test_the_first_file_may_come_back_after_another_and_after_the_plan_was_amended(cycle, plan, upload, save):
    first = save(upload(*as_planned()))
    save(upload(*as_planned()[:-1]))
    third = save(upload(*as_planned()))
    assert (third.version_no, third.digest) == (3, first.digest)
    amended = enacted_plan(cycle, version_no=2, amends=plan)
    again = save(upload(*as_planned()))
    assert (again.version_no, again.plan) == (4, amended)
    assert {line.item.plan_id for line in again.lines.all()} == {amended.pk}


def test_where_a_person_chooses_the_items_of_the_bidang_are_offered_and_all_on_demand(plan, office, upload):
    batch = upload(("2.3.10", "Jalan usaha tani", "", "5", "DDS"))
    here = reverse("budgeting:apbdes_import", args=(batch.pk,))
    own, other = "Penyelenggaraan Posyandu", "Penghasilan tetap kepala desa"
    text = office.get(here).content.decode()
    assert own in text and other not in text
    assert other in office.get(here + "?semua=ya").content.decode()


def test_another_content_is_a_second_version_and_the_first_stays_readable(plan, upload, save):
    first = save(upload(*as_planned()))
    second = save(upload(*as_planned()[:-1]))
    assert (first.version_no, second.version_no) == (1, 2)
    assert (first.lines.count(), second.lines.count()) == (4, 3)
    assert first.apbdes == second.apbdes


def test_the_key_in_the_file_ties_a_row_whatever_it_is_called(plan, upload, save):
    item = plan.items.get(name="Penyelenggaraan Posyandu")
    sheet = xlsx_bytes(
        [
            (
                "Kegiatan",
                ("activity_code", "package_name", "source_code", "amount", "rkp_item_id"),
                [("2.2.02", "Nama lain", "DDS", 24_000_000, str(item.pk))],
            )
        ]
    )
    version = save(upload(content=sheet, name="apb.xlsx"))
    assert links(version) == [("Nama lain", "Penyelenggaraan Posyandu", "key")]


def test_a_row_without_a_plan_item_blocks_the_whole_file(plan, upload, save):
    batch = upload(*as_planned(), ("2.3.10", "Jalan yang tidak direncanakan", "", "5.000.000", "DDS"))
    with pytest.raises(RefusedError) as refused:
        save(batch)
    assert (refused.value.code, refused.value.values["count"]) == ("apb-import-unlinked", 1)
    assert nothing_stored()


def test_a_person_confirms_a_similar_row_and_the_link_says_so(plan, upload, save, choose):
    batch = upload(("2.3.11", "Pembangunan titian kayu ulin RT 05", "", "100.000.000", "DDS"))
    item = plan.items.get(name="Titian ulin RT 05")
    choose(batch, {"6": str(item.pk)})
    assert links(save(batch)) == [("Pembangunan titian kayu ulin RT 05", "Titian ulin RT 05", "person")]


def test_an_emergency_of_bidang_five_needs_a_reason_and_nothing_else_may_be_one(plan, upload, save, choose):
    batch = upload(EMERGENCY)
    choose(batch, {"5": "darurat"})
    with pytest.raises(BadInputError, match="apb-import-reason"):
        save(batch)
    choose(batch, {"5": "darurat"}, {"5": "Banjir Agustus 2026"})
    version = save(batch)
    line = version.lines.get()
    assert (line.item, line.emergency_reason, line.field) == (None, "Banjir Agustus 2026", 5)
    other = upload(("2.3.10", "Jalan", "", "5", "DDS"), name="b.csv")
    choose(other, {"6": "darurat"}, {"6": "Mendesak"})
    with pytest.raises(BadInputError, match="apb-import-not-emergency"):
        save(other)
    assert ApbdesVersion.objects.count() == 1


def test_the_database_itself_refuses_a_line_without_a_plan_item(plan, upload, save):
    line = save(upload(*as_planned())).lines.first()
    with pytest.raises(IntegrityError), transaction.atomic(), setting_up():
        ApbdesLine.objects.filter(pk=line.pk).update(item=None)


@pytest.mark.parametrize(
    "line",
    [
        ("2.3.77", "Titian ulin RT 02", "Dusun Tengah", "100.000.000", "DDS"),
        ("2.3.11", "Titian ulin RT 02", "Dusun Tengah", "48.232,91", "DDS"),
        ("2.3.11", "Titian ulin RT 02", "Dusun Tengah", "", "DDS"),
        ("2.3.11", "Titian ulin RT 02", "Dusun Tengah", "-5", "DDS"),
        ("2.3.11", "Titian ulin RT 02", "Dusun Tengah", "100.000.000", "BAN-PROV"),
    ],
    ids=["code", "fraction", "empty", "negative", "source"],
)
def test_one_bad_row_keeps_everything_out(plan, upload, save, line):
    with pytest.raises(RefusedError) as refused:
        save(upload(*as_planned(), line))
    assert (refused.value.code, refused.value.values["count"]) == ("apb-import-blocked", 1)
    assert nothing_stored()


def test_accounts_and_incomes_come_along(plan, upload, save):
    sheet = xlsx_bytes(
        [
            (
                "APB",
                ("Kode", "Uraian", "Anggaran", "Sumber"),
                [
                    ("4.", "PENDAPATAN", None, ""),
                    ("4.2.1.", "Dana Desa", 900_000_000, "DDS"),
                    ("5.", "BELANJA", None, ""),
                    ("2.", "BIDANG PELAKSANAAN PEMBANGUNAN DESA", None, ""),
                    ("2.2.02.", "Penyelenggaraan Posyandu", 24_000_000, "DDS"),
                    ("5.2.1.06.", "Makan dan minum", 20_000_000, ""),
                    ("5.2.2.03.", "Insentif kader", 4_000_000, ""),
                    ("6.", "PEMBIAYAAN", None, ""),
                    ("6.1.1.01.", "SiLPA", 7_000_000, "DDS"),
                ],
            )
        ]
    )
    version = save(upload(content=sheet, name="apb.xlsx"))
    accounts = version.lines.get().accounts.values_list("account_code", "amount")
    assert list(accounts) == [("5.2.1.06", 20_000_000), ("5.2.2.03", 4_000_000)]
    assert list(version.incomes.values_list("code", "kind", "amount")) == [
        ("4.2.1", "income", 900_000_000),
        ("6.1.1.01", "financing_in", 7_000_000),
    ]


def test_sums_that_do_not_add_up_are_kept_with_the_version(plan, upload, save):
    version = save(upload(*as_planned(), total="300.000.000"))
    assert version.disagreements == [
        "Sel D12 (JUMLAH BELANJA) tercetak Rp300.000.000; barisnya berjumlah Rp284.000.000."
    ]


def test_a_budget_needs_an_enacted_plan(cycle, upload):
    with pytest.raises(RefusedError, match="apb-no-plan"):
        upload(*as_planned())
    assert ApbdesImport.objects.count() == 0


@pytest.mark.parametrize("role", ["KAD", "BPD", "TIM"])
def test_others_may_not_import(plan, upload, role):
    with pytest.raises(NotAllowedError):
        upload(*as_planned(), role=role)


def test_an_item_of_another_plan_cannot_be_chosen(plan, upload, choose):
    batch = upload(("2.3.10", "Jalan", "", "5", "DDS"))
    with pytest.raises(BadInputError, match="apb-import-unknown-item"):
        choose(batch, {"6": str(batch.pk)})


def test_the_pages_show_the_rows_keep_the_choice_and_store_by_one_button(plan, cycle, office):
    from django.core.files.uploadedfile import SimpleUploadedFile

    data = budget(*as_planned()[:2], ("2.3.11", "Pembangunan titian ulin RT 05", "Dusun Hulu", "100.000.000", "DDS"))
    shown = office.post(
        reverse("budgeting:apbdes_upload", args=(cycle.pk,)),
        {"berkas": SimpleUploadedFile("apb.csv", data)},
        follow=True,
    )
    text = shown.content.decode()
    assert "3 kegiatan terbaca" in text and "1 baris belum punya kegiatan RKP" in text
    batch = ApbdesImport.objects.get()
    here = reverse("budgeting:apbdes_import", args=(batch.pk,))
    refused = office.post(here, {"langkah": "simpan", "item-9": ""})
    assert refused.status_code == 409 and "1 baris belum punya kegiatan RKP" in refused.content.decode()
    assert nothing_stored()
    item = plan.items.get(name="Titian ulin RT 05")
    done = office.post(here, {"langkah": "simpan", "item-9": str(item.pk)}, follow=True).content.decode()
    assert "3 baris APB Desa tersimpan: 3 terikat ke RKP, 0 darurat tanpa RKP." in done
    assert "Selisih RKP – APB 2027" in done


def test_a_file_with_a_bad_row_is_told_by_row_and_offers_no_button_to_store(plan, cycle, office, upload):
    batch = upload(("2.3.77", "Titian ulin RT 02", "", "48.232,91", "DDS"))
    here = reverse("budgeting:apbdes_import", args=(batch.pk,))
    text = office.get(here).content.decode()
    assert "kode kegiatan “2.3.77” tidak ada di daftar" in text and "Bulatkan, misalnya menjadi 48.233" in text
    assert 'value="simpan"' not in text
    notes = office.get(reverse("budgeting:apbdes_problems", args=(batch.pk,)))
    assert notes.headers["Content-Disposition"] == 'attachment; filename="catatan-apb-desa.xlsx"'


def test_a_file_that_is_no_sheet_is_refused_in_words(plan, cycle, office):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = office.post(
        reverse("budgeting:apbdes_upload", args=(cycle.pk,)),
        {"berkas": SimpleUploadedFile("apb.pdf", b"%PDF-1.4")},
    )
    assert answer.status_code == 400 and "adalah PDF, bukan lembar kerja" in answer.content.decode()


def test_the_example_of_the_program_reads_as_its_text_says():
    path = Path(__file__).parents[2] / "contoh" / "apb-desa.xlsx"
    found = read_budget(open_sheets(path.read_bytes(), path.name).table())
    assert [(line.code, line.amount, len(line.accounts)) for line in found.lines] == [
        ("1.1.01", 62_400_000, 2),
        ("1.1.04", 146_000_000, 0),
        ("2.3.11", 96_000_000, 2),
        ("2.2.09", 54_000_000, 0),
        ("5.1.00", 12_000_000, 0),
    ]
    assert found.problems == ()
    assert [(each.cell, each.printed - each.computed) for each in found.disagreements] == [
        ("D25", 1_000_000),
        ("D26", -1_000_000),
    ]
