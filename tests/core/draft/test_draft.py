"""Ranking, choosing and explaining a plan drafted from a list."""

from datetime import date
from decimal import Decimal

import pytest

from rembuk.core.documents.frame import Frame, VillageHeading
from rembuk.core.draft import draft_plan, papers, rank, reason_rows
from rembuk.core.draft.papers import _volume
from rembuk.core.intake.ceilings import CeilingLine, Ceilings
from rembuk.core.intake.last_year import LastYearItem, LastYearPlan
from rembuk.core.intake.proposals import ReadRow

FRAME = Frame(VillageHeading("Ponoragan", "Loa Kulu", "Kutai Kartanegara", "Kalimantan Timur"), date(2026, 8, 1))


def row(number, kegiatan="2.3.11", cost=1_000_000, **more):
    return ReadRow(row=number, text=f"Usulan nomor {number}", kegiatan=kegiatan, cost=cost, **more)


def ceilings(*lines):
    return Ceilings(tuple(CeilingLine(place, *line) for place, line in enumerate(lines, start=2)))


def order(rows, scores=None):
    return [item.row.row for item in rank(rows, scores)]


def test_without_scores_the_need_category_leads_then_people_then_the_list():
    rows = [
        row(2, "3.1.02"),
        row(3, "4.1.05"),
        row(4),
        row(5, men=3, women=4),
        row(6, "2.2.02"),
        row(7, "3.2.03"),
        row(8, men=7),
    ]
    assert order(rows) == [6, 5, 8, 4, 3, 2, 7]


def test_with_scores_the_sum_leads_and_ties_fall_to_c2_c1_poor_and_row():
    rows = [row(2), row(3), row(4), row(5), row(6, poor=9), row(7)]
    scores = {
        2: (1, 1, 1, 1, 1),
        3: (5, 1, 1, 1, 2),
        4: (1, 5, 1, 1, 2),
        5: (2, 3, 3, 1, 1),
        6: (2, 3, 1, 3, 1),
    }
    assert order(rows, scores) == [4, 6, 5, 3, 2, 7]
    assert [item.score for item in rank(rows, scores)] == [10, 10, 10, 10, 5, None]


def test_the_lists_own_code_is_kept_and_a_missing_one_only_suggested():
    listed, suggested = rank([row(2), ReadRow(row=3, text="Pembangunan jembatan desa", cost=None)])
    assert (listed.kegiatan, listed.code_state, listed.field) == ("2.3.11", "daftar", 2)
    assert suggested.code_state in ("saran", "pilihan", "belum yakin")
    assert suggested.kegiatan.startswith("2.3.")


def test_a_text_without_any_known_word_is_placed_but_not_coded():
    (item,) = rank([ReadRow(row=2, text="xyzzy qwrtp", cost=None)])
    assert (item.kegiatan, item.code_state, item.field) == ("", "belum yakin", 2)
    (item,) = rank([ReadRow(row=2, text="xyzzy qwrtp", cost=None, field=4)])
    assert item.field == 4


def test_every_proposal_gets_a_reason_and_money_never_passes_a_ceiling():
    rows = [row(2, cost=6), row(3, cost=5), row(4, cost=None, cost_text="1-2"), row(5, cost=90)]
    plan = draft_plan(rows, ceilings(("DDS", 8), ("ADD", 4), ("DDS", 70, "KDMP")), 2027)
    assert [given[:6] for given in reason_rows(plan)] == [
        (2, "Usulan nomor 2", 6, "ya", "DDS", "ALOK-01"),
        (3, "Usulan nomor 3", 5, "ya", "DDS;ADD", "ALOK-01"),
        (4, "Usulan nomor 4", None, "tidak", "", "BIAYA-KOSONG"),
        (5, "Usulan nomor 5", 90, "tidak", "", "ALOK-03"),
    ]
    assert dict(plan.used) == {"DDS": 8, "ADD": 3}
    assert [state.earmarked for state in plan.outcome.sources if state.id == "DDS"] == [70]


def test_a_source_the_list_names_is_the_only_one_that_pays():
    plan = draft_plan([row(2, cost=5, sources=("PAD",))], ceilings(("DDS", 8), ("PAD", 4)), 2027)
    assert [given[5] for given in reason_rows(plan)] == ["ALOK-03"]


def test_a_year_without_rules_says_so_and_a_loaded_one_binds():
    unknown = draft_plan([row(2)], ceilings(("DDS", 5_000_000)), 2027)
    loaded = draft_plan([row(2)], ceilings(("DDS", 5_000_000)), 2026)
    assert (unknown.pack, [share.name for share in unknown.problem.shares]) == (None, [])
    assert loaded.pack is not None
    assert "DD26-OPS" in [share.name for share in loaded.problem.shares]
    words = [part.text for part in papers(unknown, FRAME)[0].parts if hasattr(part, "text")]
    assert any("tahun 2027 belum dimuat" in text for text in words)
    assert not any("belum dimuat" in part.text for part in papers(loaded, FRAME)[0].parts if hasattr(part, "text"))


def test_the_matrix_totals_what_was_chosen():
    plan = draft_plan([row(2, cost=6), row(3, "4.1.05", cost=5)], ceilings(("DDS", 8), ("ADD", 4)), 2027)
    (matrix,) = papers(plan, FRAME)
    total = matrix.tables[0].rows[-1]
    assert (total.kind, total.cells[7]) == ("total", 11)


def test_last_year_is_printed_by_field_with_what_could_not_be_read():
    items = (
        LastYearItem(5, 2, "", "Drainase", "RT 01", "1 paket", 7, ("DDS",)),
        LastYearItem(6, 1, "1.1.01", "Penghasilan tetap", "Desa", "12 bulan", None, ()),
    )
    plan = draft_plan([row(2)], ceilings(("DDS", 5)), 2027)
    evaluation = papers(plan, FRAME, LastYearPlan("RKP", items, (), (), ()))[1]
    assert evaluation.code == "F25"
    lines = [one.cells for one in evaluation.tables[0].rows if one.kind == "item"]
    assert [(line[1], line[3]) for line in lines if line[3] is not None] == [("Penghasilan tetap", 0), ("Drainase", 7)]
    assert any("nominal tidak terbaca" in str(line[6]) for line in lines)


@pytest.mark.parametrize(
    ("volume", "unit", "printed"),
    [
        ("10", "m", (10, "m")),
        ("1,5", "km", (Decimal("1.5"), "km")),
        ("7 dan 8", "m", (None, "7 dan 8 m")),
        ("180 m", "m", (None, "180 m")),
        ("", "paket", (None, "paket")),
        ("", "", (None, "")),
    ],
)
def test_a_volume_that_is_no_number_is_printed_as_it_was_written(volume, unit, printed):
    assert _volume(volume, unit) == printed
