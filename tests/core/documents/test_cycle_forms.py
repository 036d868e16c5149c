"""The forms of the yearly cycle beside the plan: columns, letters, sums, signatures, and what is left blank."""

from datetime import date

import pytest

from core.documents.asking import letters, roles
from documents import samples, samples_cycle
from rembuk.core.documents import (
    completeness,
    cooperation,
    du_rkpdes,
    finance_summary,
    financing,
    priorities,
    sdgs_proposals,
)
from rembuk.core.documents.frame import FIELDS
from rembuk.core.documents.model import Facts, Note, Row
from rembuk.core.documents.rkp_checklist import RKP_PAPERS
from rembuk.core.money import Rupiah


def sums(rows: tuple[Row, ...], column: int) -> dict[str, object]:
    return {str(row.cells[0]): row.cells[column] for row in rows if row.kind in ("subtotal", "total")}


@pytest.mark.parametrize(
    ("name", "table", "expected"),
    [
        ("F21", 0, "abcdefghij"),
        ("F22", 0, "abcdefghijklmn"),
        ("F23", 0, "abcdefghijkl"),
        ("F24", 0, "abcdefghijkl"),
        ("F24", 1, "abcdefghijklm"),
        ("F32", 0, "abcdefghi"),
        ("F32-B", 0, "abcdefghijklmn"),
        ("F37", 0, "-----"),
    ],
)
def test_forms_have_as_many_columns_as_the_printed_form(name: str, table: int, expected: str) -> None:
    assert letters(samples_cycle.CYCLE_SAMPLES[name](), table) == expected


@pytest.mark.parametrize("name", samples_cycle.CYCLE_SAMPLES)
def test_each_of_them_is_known_to_the_head_and_made_by_the_teams_chair(name: str) -> None:
    plan = "RPJM Desa" if name.endswith("-RPJM") else "RKP Desa"
    assert roles(samples_cycle.CYCLE_SAMPLES[name]()) == [
        [("Mengetahui:", "Kepala Desa Hulu Contoh"), ("Disusun oleh:", f"Ketua Tim Penyusun {plan}")]
    ]


def test_financing_puts_every_source_without_a_column_under_the_others() -> None:
    rows = samples_cycle.plan_of_financing().tables[0].rows

    assert [row.cells[3:] for row in rows if row.cells[2] == "Sumur bor"] == [
        (None, None, None, 1_250_001, 90_000_000, None, 3_500_000)
    ]
    assert rows[-1].cells[3:] == (4_000_000, 159_600_000, 396_000_000, 1_250_001, 90_000_000, 50_000_000, 10_700_000)


@pytest.mark.parametrize("name", ["F21", "F22", "F32", "F32-B", "F38"])
def test_all_five_fields_are_printed_before_what_has_none(name: str) -> None:
    tables = samples_cycle.CYCLE_SAMPLES[name]().tables
    rows = max(tables, key=lambda table: len(table.rows)).rows

    groups = [row.cells[1] for row in rows if row.kind == "group"]

    assert groups[:5] == [f"Bidang {name}" for name in FIELDS.values()]
    assert groups[5:] == (["Bidang belum ditentukan"] if name in ("F21", "F32", "F32-B") else [])


def test_priorities_stand_by_field_in_the_order_of_their_rank_and_one_without_a_cost_counts_nothing() -> None:
    rows = samples_cycle.ranked().tables[0].rows

    items = [(row.cells[2], row.cells[3], row.cells[12], row.cells[13]) for row in rows if row.kind == "item"]
    assert items == [
        (1, "Titian ulin", 120_000_000, "DDS"),
        (None, None, 22_600_000, "ADD"),
        (3, "Drainase", None, ""),
        (4, "Lapangan voli", 65_000_000, ""),
        (2, "Pelatihan anyaman", 18_000_000, "DDS"),
    ]
    assert sums(rows, 12)["Jumlah total"] == 225_600_000


def test_a_proposal_for_two_goals_is_counted_once_and_found_under_both() -> None:
    document = samples_cycle.by_goal()
    rows = document.tables[0].rows

    assert sums(rows, 10) == {
        "Jumlah tujuan 5": 18_000_000,
        "Jumlah tujuan 9": 142_600_000,
        "Jumlah tujuan 11": 40_000_001,
        "Jumlah tanpa tujuan": 0,
        "Jumlah total": 200_600_001,
    }
    assert [row.cells[1] for row in rows if row.kind == "empty"] == ["Lihat nomor 2: Titian ulin"]
    assert [part.text for part in document.parts if isinstance(part, Note)] == [
        "Belum ada usulan untuk tujuan SDGs Desa ke-1."
    ]


def test_a_goal_without_a_name_is_refused() -> None:
    line = sdgs_proposals.GoalLine("Jalan", (19,))

    with pytest.raises(ValueError, match="19"):
        sdgs_proposals.build_sdgs_proposals(sdgs_proposals.GoalValues(samples.frame(), 2027, (line,), {1: "satu"}))


def test_what_a_partner_pays_is_summed_only_when_all_of_it_is_known() -> None:
    villages, third = samples_cycle.together().tables

    assert villages.rows[-1].cells[8:11] == (142_600_000, None, 80_000_000)
    assert third.rows[-1].cells[8:11] == (30_000_000, None, None)


def test_both_lists_of_cooperation_are_printed_when_there_is_none() -> None:
    made = cooperation.build_cooperation(cooperation.CooperationValues(samples.frame(), 2027, (), ()))

    assert [[row.cells[1] for row in table.rows if row.kind == "empty"] for table in made.tables] == [
        ["Tidak ada kegiatan"],
        ["Tidak ada kegiatan"],
    ]


@pytest.mark.parametrize(("family", "money"), [("A", 7), ("B", 12)])
def test_both_families_of_the_list_upward_give_the_same_sums(family: du_rkpdes.Family, money: int) -> None:
    assert sums(samples_cycle.upward(family).tables[0].rows, money) == {
        "Jumlah per bidang 1": 0,
        "Jumlah per bidang 2": 2_400_000_000,
        "Jumlah per bidang 3": 0,
        "Jumlah per bidang 4": 0,
        "Jumlah per bidang 5": 0,
        "Jumlah tanpa bidang": 900_000_000,
        "Jumlah total": 3_300_000_000,
    }


def test_family_a_of_the_list_upward_keeps_the_beneficiaries_in_one_cell() -> None:
    row = next(row for row in samples_cycle.upward().tables[0].rows if row.kind == "item")

    assert row.cells[2:] == (
        "Jembatan Sungai Kecil", "Dusun Hilir", "60 m", "L 402, P 391, A-RTM 96", "2028", 2_400_000_000,
        "APBD Kabupaten",
    )  # fmt: skip


def test_swadaya_is_own_income_and_what_nobody_wrote_down_stays_blank() -> None:
    income = samples_cycle.finance().tables[0].rows

    assert income[0].cells == ("2026", None, 300_000_000, 400_000_000, None, None, None, None, 700_000_000)
    assert income[1].cells == ("2027", 11_200_000, 350_000_000, 410_000_000, None, None, 50_000_000, 1, 821_200_001)


def test_kinds_of_spending_are_summed_only_when_every_activity_has_them() -> None:
    whole = samples_cycle.finance().tables[1].rows[-1]
    partly = samples_cycle.finance(split=False).tables[1].rows[-1]

    assert whole.cells[4:9] == (396_000_000, 100_000_000, 42_600_000, 0, 538_600_000)
    assert partly.cells[4:9] == (None, None, None, None, 538_600_000)


def test_the_summary_says_surplus_or_deficit_and_never_invents_an_income() -> None:
    def balance(income: tuple[finance_summary.IncomeLine, ...]) -> list[tuple[str, str]]:
        values = finance_summary.FinanceValues(
            samples.frame(), 2027, income,
            (finance_summary.SpendingLine(2, "Titian", "", samples_cycle.TWO_SOURCES),),
        )  # fmt: skip
        (facts,) = [part for part in finance_summary.build_finance_summary(values).parts if isinstance(part, Facts)]
        return list(facts.pairs)

    spent = ("Belanja 2027", "Rp142.600.000")
    assert balance(()) == [("Pendapatan 2027", "belum ada pagu"), spent]
    less = finance_summary.IncomeLine(2027, {"DDS": Rupiah(100_000_000)})
    assert balance((less,)) == [("Pendapatan 2027", "Rp100.000.000"), spent, ("Defisit", "Rp42.600.000")]


def test_financing_lines_of_the_summary_are_left_to_be_filled_by_hand() -> None:
    document = samples_cycle.finance()

    assert {row.cells[2:] for row in document.tables[2].rows} == {(None, None, None)}
    assert [part.text for part in document.parts if isinstance(part, Note)] == [finance_summary.FINANCING_NOTE]


def thing(form: str, stage: str = "", title: str = "", **more: object) -> completeness.Thing:
    return completeness.Thing(form, stage, title, **more)  # type: ignore[arg-type]


def state_of(mark: str, *things: completeness.Thing) -> completeness.ItemState:
    return next(state for state in completeness.states_of(RKP_PAPERS, things) if state.item.mark == mark)


def test_the_checklist_has_its_twenty_five_rows_and_two_under_the_eighth() -> None:
    marks = [item.mark for item in RKP_PAPERS.items]

    numbers = [str(number) for number in range(1, 26)]
    assert marks == [*numbers[:8], "a", "b", *numbers[8:]]


@pytest.mark.parametrize(
    ("mark", "things", "complete"),
    [
        ("2", [thing("F01", "K2")], True),
        ("2", [thing("F01", "K9")], False),
        ("5", [thing("F21")], True),
        ("14", [thing("F35", "K1", "Keputusan BPD")], False),
        ("14", [thing("F35", "K1", "Keputusan BPD tentang Panitia")], True),
        ("14", [thing("LAIN", "K1", "keputusan panitia")], True),
        ("16", [thing("F35", "K1", "Keputusan BPD tentang Panitia")], False),
        ("9", [thing("LAIN", "K6", "Foto kegiatan")], False),
        ("21", [thing("F03", "K9"), thing("F05", "K9"), thing("F04", "K9")], True),
        ("21", [thing("F03"), thing("F05"), thing("F04")], False),
        ("22", [thing("F26")], False),
    ],
)
def test_a_row_is_there_when_all_its_papers_lie_where_they_belong(
    mark: str, things: list[completeness.Thing], complete: bool
) -> None:
    assert state_of(mark, *things).complete is complete


def test_the_signed_copy_goes_before_a_newer_unsigned_one() -> None:
    signed = thing("F03", "K9", number="12", dated=date(2026, 9, 10), signed=True)
    newer = thing("F03", "K9", dated=date(2026, 9, 12))

    assert completeness.found_for(RKP_PAPERS.items[22].needs[0], [newer, signed]) == signed


@pytest.mark.parametrize(
    ("things", "remark"),
    [
        ([], ""),
        ([thing("F03", "K9", dated=date(2026, 9, 10), signed=True)], "Belum ada: notulen, daftar hadir"),
        (
            [thing(form, "K9", dated=date(2026, 9, 10), signed=form == "F03") for form in ("F03", "F04", "F05")],
            "10 September 2026; salinan bertanda tangan belum ada",
        ),
    ],
)
def test_the_remark_names_what_is_missing_or_what_is_not_signed(things: list[completeness.Thing], remark: str) -> None:
    assert state_of("21", *things).remark == remark


def test_empty_lists_print_the_form_with_zero_sums() -> None:
    frame = samples.frame()
    made = (
        financing.build_financing(financing.FinancingValues(frame, 2027, ())),
        priorities.build_priorities(priorities.PriorityValues(frame, 2027, ())),
        sdgs_proposals.build_sdgs_proposals(sdgs_proposals.GoalValues(frame, 2027, (), samples_cycle.GOALS)),
        du_rkpdes.build_du_rkpdes(du_rkpdes.DuValues(frame, 2027, ())),
    )

    assert [sums(document.tables[0].rows, column)[last] for document, column, last in zip(
        made, (3, 12, 10, 7), ("Jumlah total",) * 4, strict=True
    )] == [0, 0, 0, 0]  # fmt: skip
