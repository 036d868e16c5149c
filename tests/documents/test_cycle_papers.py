"""The forms of a cycle say what its rooms hold: no figure is typed twice, and what nobody wrote down stays blank."""

from datetime import date

import pytest

from budgeting.given import hall, proposal
from factories import people
from plans.given import NOW, RabValues, ceiling, put_item
from rembuk.budgeting import services as budgeting_services
from rembuk.core.documents.model import Document, Note
from rembuk.core.money import Rupiah
from rembuk.cycles import services as cycle_services
from rembuk.cycles.services import add_evidence
from rembuk.documents import services
from rembuk.documents.recipes import FORMS
from rembuk.documents.wishes import wish_of
from rembuk.plans import services as plan_services
from rembuk.plans.models import RkpdesItem
from rembuk.plans.services import DuValues
from rembuk.proposals.models import Proposal
from rembuk.shared import files, papers
from rembuk.shared.trail.testing import setting_up


def printed(code: str, key: object) -> Document:
    form = FORMS[code]
    return form.build(form.gather(str(key)))


def notes(document: Document) -> list[str]:
    return [part.text for part in document.parts if isinstance(part, Note)]


def items(document: Document, table: int = 0) -> list[tuple[object, ...]]:
    return [row.cells for row in document.tables[table].rows if row.kind == "item"]


def last(document: Document, table: int = 0) -> tuple[object, ...]:
    return document.tables[table].rows[-1].cells


def choose_family_b(village) -> None:
    head = people.division_head(village)
    cycle_services.set_procedure(
        regency_code="64.02", profile="114", targets={}, off=[], version=0, family="B", actor=head.hat(), at=NOW
    )


def test_financing_prints_the_items_of_the_plan_by_source(plan, cycle, hat):
    put_item(
        plan, hat("SDK"), name="Posyandu", activity_code="2.2.02", funding=(("PAD", Rupiah(7)), ("SWD", Rupiah(9)))
    )
    put_item(plan, hat("SDK"), name="Tanpa kode", activity_code="", funding=(("ADD", Rupiah(5)),))

    document = printed("F21", cycle.pk)

    assert [(row[2], row[3:]) for row in items(document)] == [
        ("Posyandu", (7, None, None, None, None, None, 9)),
        ("Titian ulin RT 02", (None, 100_000_000, None, None, None, None, None)),
        ("Tanpa kode", (None, None, 5, None, None, None, None)),
    ]
    assert last(document)[3:] == (7, 100_000_000, 5, 0, 0, 0, 9)
    assert notes(document) == ["1 kegiatan belum berkode dan dicetak tanpa bidang."]


@pytest.mark.parametrize("code", ["F21", "F38"])
def test_a_cycle_without_a_plan_says_so_instead_of_printing_zeros_alone(cycle, code):
    assert "Rancangan RKP Desa belum ada, jadi belum ada kegiatan yang dicetak." in notes(printed(code, cycle.pk))


def test_ceilings_stand_under_sub_field_and_activity(plan, cycle):
    rows = printed("F20", cycle.pk).tables[-1].rows

    assert [row.cells[1] for row in rows if row.kind == "empty" and row.cells[1] != "Tidak ada kegiatan"] == [
        "Sub Bidang Pekerjaan Umum dan Penataan Ruang",
        "Pembangunan/Rehabilitasi/Peningkatan/Pengerasan Jalan Lingkungan Permukiman/Gang",
    ]
    assert [row.cells[1] for row in rows if row.kind == "item"] == ["Titian ulin RT 02"]


def test_priorities_follow_the_scores_and_say_when_there_are_none(cycle):
    with setting_up():
        proposal(cycle, 1, cost=None, sdgs=[9, 11], location_text="RT 02")
        proposal(cycle, 2, cost=40_000_000)

    document = printed("F22", cycle.pk)

    assert [(row[2], row[3], row[4], row[12], row[13]) for row in items(document)] == [
        (1, "Titian ulin RT 01", "9, 11", None, ""),
        (2, "Titian ulin RT 02", "", 40_000_000, ""),
    ]
    assert notes(document) == [
        "Belum ada skor musyawarah; urutan bawaan, bukan urutan hukum.",
        "1 usulan belum punya biaya yang terbaca dan tidak ikut dijumlahkan.",
    ]


def test_proposals_by_goal_say_where_each_went_and_never_who_asked(cycle):
    with setting_up():
        kept = proposal(cycle, 1, "planned", sdgs=[9, 11], proposer_name="Halimah", proposer_group="Kelompok Tani")
        proposal(cycle, 2, "merged", merged_into=kept, proposer_group="Dusun Hilir")
        proposal(cycle, 3, "forwarded", sdgs=[11])
        proposal(cycle, 4, "shelved")
        proposal(cycle, 5, "draft", title="Belum dikirim")

    document = printed("F23", cycle.pk)

    assert [(row[1], row[2], row[3], row[11]) for row in items(document)] == [
        ("9, 11", "Titian ulin RT 01", "Kelompok Tani; Dusun Hilir", "RKP 2027"),
        ("11", "Titian ulin RT 03", "Desa", "DU-RKP"),
        ("", "Titian ulin RT 04", "Desa", "Tahun lain"),
    ]
    assert last(document)[10] == 300_000_000
    assert notes(document)[0] == "Usulan untuk beberapa tujuan dihitung sekali, di bawah tujuan yang disebut pertama."


def test_cooperation_prints_items_by_their_mode_and_leaves_the_partners_part_blank(plan, hat):
    put_item(plan, hat("SDK"), name="Jembatan", delivery_mode="inter_village", partner="Enggelam", sdgs=(9,))
    put_item(plan, hat("SDK"), name="Air bersih", delivery_mode="third_party", partner="PT Contoh")

    document = printed("F24", plan.pk)

    assert [(row[1], row[8], row[10], row[11]) for row in items(document)] == [
        ("Jembatan", 100_000_000, None, "Enggelam")
    ]
    assert [(row[1], row[10], row[11], row[12]) for row in items(document, 1)] == [
        ("Air bersih", None, "PT Contoh", "")
    ]
    assert notes(document) == [
        "Biaya yang ditanggung mitra dan nomor perjanjian belum dicatat di Rembuk; isi dengan tangan."
    ]


@pytest.mark.parametrize(("family", "columns"), [("A", 9), ("B", 14)])
def test_the_list_upward_follows_the_family_of_the_regency(cycle, hat, village, family, columns):
    with setting_up():
        proposal(cycle, 1, "forwarded", sdgs=[9], beneficiaries_male=4, beneficiaries_female=5)
    plan_services.take_forwarded(cycle_id=cycle.id, actor=hat("SDK"), at=NOW)
    values = DuValues("Menara", "di luar kewenangan", proposed_source="Pusat")
    plan_services.save_du_item(cycle_id=cycle.id, item_id=None, values=values, version=0, actor=hat("SDK"), at=NOW)
    if family == "B":
        choose_family_b(village)

    document = printed("F32", cycle.pk)

    assert len(document.tables[0].leaves) == columns
    first, second = items(document)
    assert first[2 if family == "A" else 3] == "Titian ulin RT 01"
    assert first[5 if family == "A" else 8] == ("L 4, P 5" if family == "A" else 4)
    assert (second[columns - 2], second[columns - 1]) == (None, "Pusat")
    assert last(document)[columns - 2] == 100_000_000


def test_the_plan_follows_the_family_of_the_regency_too(plan, village):
    assert len(printed("F26", plan.pk).tables[0].leaves) == 13
    choose_family_b(village)
    assert len(printed("F26", plan.pk).tables[0].leaves) == 19


def test_the_summary_takes_income_from_ceilings_and_kinds_from_accounts(plan, cycle, hat, village):
    with setting_up():
        ceiling(village, "DDS", 250_000_000)
        ceiling(village, "DDS", 30_000_000, earmark="KDMP")
        ceiling(village, "PAD", 4_000_000, stage="indicative")
        ceiling(village, "ADD", 90_000_000, year=2026)
    item = RkpdesItem.objects.get(plan=plan)
    assert items(printed("F38", cycle.pk), 1)[0][4:8] == (None, None, None, None)
    one = RabValues(1, "Papan ulin", 1, "paket", Rupiah(60_000_000), account_code="5.3.5.01")
    two = RabValues(3, "Upah tukang", 1, "paket", Rupiah(40_000_000), account_code="5.2.1")
    plan_services.save_rab(item_id=item.id, lines=[one, two], version=item.version, actor=hat("TIM"), at=NOW)

    document = printed("F38", cycle.pk)

    assert [row[:4] + row[8:] for row in items(document)] == [
        ("2026", None, None, 90_000_000, 90_000_000),
        ("2027", 4_000_000, 280_000_000, None, 284_000_000),
    ]
    assert items(document, 1)[0][4:] == (None, 40_000_000, 60_000_000, None, 100_000_000, "DDS")


def marks(cycle) -> dict[object, tuple[object, object]]:
    return {row[0]: (row[2], row[4]) for row in items(printed("F37", cycle.pk))}


def test_the_checklist_grows_with_stages_archive_meetings_and_plan(cycle, plan, hat, team, village):
    assert {there for there, _words in marks(cycle).values()} == {False, None}
    assert marks(cycle)["11"] == (False, "0 dari 1 kegiatan fisik punya desain; 1 dari 1 kegiatan punya RAB")
    paper = services.freeze_paper(wish=wish_of("F26", f"plan:{plan.pk}"), actor=hat("SDK"), at=NOW)
    services.freeze_paper(wish=wish_of("F21", f"cycle:{cycle.pk}"), actor=hat("SDK"), at=NOW)
    scan = files.store(b"%PDF-1.4\n%%EOF\n", name="SK.pdf", village_id=village.id, hat=hat("SDK"))
    common = {"cycle_id": cycle.pk, "document_date": date(2026, 6, 1), "actor": hat("SDK"), "at": NOW}
    with setting_up():
        cycle.stages.create(stage="K2")
    add_evidence(stage="K2", paper_code="F01", title="SK Tim", number="7", file=scan, signed=True, **common)
    with setting_up():
        meeting = hall(cycle, ended_at=NOW, state="closed", ranking=[{"proposal": "x"}], ranked_at=NOW)
    services.freeze_paper(wish=wish_of("F05", f"meeting:{meeting.pk}"), actor=hat("SDK"), at=NOW)

    found = marks(cycle)

    assert [mark for mark, (there, _words) in found.items() if there] == ["2", "5", "9", "20", "22"]
    assert found["2"][1] == "7, 1 Juni 2026"
    assert found["21"][1] == "Belum ada: berita acara, daftar hadir"
    assert paper.paper_date is not None and found["9"][1].endswith("salinan bertanda tangan belum ada")


def test_a_withdrawn_or_cancelled_thing_counts_no_longer(cycle, hat):
    with setting_up():
        hall(cycle, state="cancelled", cancelled_reason="banjir", ranking=[{"proposal": "x"}], ranked_at=NOW)
    assert marks(cycle)["20"][0] is False


@pytest.mark.parametrize("code", ["F21", "F22", "F23", "F32", "F37", "F38"])
def test_equal_data_makes_equal_papers(cycle, plan, hat, code):
    first = papers.freeze(code, f"cycle:{cycle.pk}", hat=hat("SDK"))
    assert papers.freeze(code, f"cycle:{cycle.pk}", hat=hat("SDK")).pk == first.pk
    assert Proposal.objects.count() == 0


def test_priorities_take_order_and_sources_from_the_list_that_was_adopted(cycle, hat, village):
    with setting_up():
        ceiling(village, "DDS", 250_000_000)
        for number in (1, 2, 3):
            proposal(cycle, number, beneficiaries_male=100 - number)
    run = budgeting_services.run_allocation(cycle_id=cycle.pk, meeting_id=None, actor=hat("TIM"), at=NOW)
    budgeting_services.adopt_run(run_id=run.pk, actor=hat("KAD"), at=NOW)

    document = printed("F22", cycle.pk)

    assert sorted(row[13] for row in items(document)) == ["", "DDS", "DDS"]
    assert [row[2] for row in items(document)] == [1, 2, 3]
    assert notes(document) == ["Urutan dan sumber dana menurut hasil alokasi yang disahkan 10 September 2026."]
