"""The values of the papers carry what the plan holds, to the rupiah."""

from factories import people
from plans.given import NOW, SHEET, TODAY, member, put_item, rab
from rembuk.core.documents.decree import build_team_decree
from rembuk.core.documents.evaluation import build_evaluation
from rembuk.core.documents.implementers import build_implementers
from rembuk.core.documents.perdes import build_perdes
from rembuk.core.documents.rab import build_rab, rab_total
from rembuk.core.documents.rkpdes import build_rkpdes
from rembuk.core.documents.technical_check import build_technical_check
from rembuk.core.money import Rupiah
from rembuk.plans import paper_values, services
from rembuk.plans.services import EvaluationValues
from rembuk.shared.trail.testing import setting_up


def cells(document):
    return [[str(cell) for cell in row.cells] for part in document.parts if hasattr(part, "rows") for row in part.rows]


def test_the_matrix_prints_a_second_source_under_the_same_item(plan, hat):
    put_item(plan, hat("SDK"), funding=(("DDS", Rupiah(70_000_000)), ("ADD", Rupiah(30_000_000))))
    rows = cells(build_rkpdes(paper_values.rkpdes_values(plan.id, dated=TODAY)))
    money = [row[7:9] for row in rows if row[8] in ("DDS", "ADD")]
    assert money == [["70000000", "DDS"], ["30000000", "ADD"]]
    assert rows[-1][7] == "100000000"


def test_the_head_of_the_day_signs_and_a_draft_says_so(plan, hat, village):
    with setting_up():
        people.village_head(village)
    values = paper_values.rkpdes_values(plan.id, dated=TODAY, variant_b=True)
    assert (values.head.name, values.stage, values.variant_b) == ("KAD Melintang", "Rancangan", True)
    assert build_rkpdes(values).title == "Rancangan RKP Desa Melintang Tahun 2027"


def test_the_estimate_adds_up_and_the_sheet_names_its_verdict(plan, hat):
    item = put_item(plan, hat("TIM"))
    services.save_rab(item_id=item.id, lines=rab(), version=1, actor=hat("TIM"), at=NOW)
    values = paper_values.rab_values(item.id, dated=TODAY)
    assert rab_total(values.lines) == 100_000_000
    assert build_rab(values).code == "F28"
    empty = build_technical_check(paper_values.technical_check_values(item.id, dated=TODAY))
    services.check_item(
        item_id=item.id, rows=SHEET, is_feasible=False, note="Tanah longsor", check_date=None, actor=hat("VRF"), at=NOW
    )
    filled = paper_values.technical_check_values(item.id, dated=TODAY)
    assert (empty.code, filled.feasible, filled.reason, len(filled.checks)) == ("F29", False, "Tanah longsor", 14)


def test_the_decree_never_prints_a_sheltered_element_beside_a_name(cycle, hat):
    team = services.save_team(
        cycle_id=cycle.id,
        kind="drafting",
        members=[member(1, element="MISKIN", position="chair"), member(2, element="TANI")],
        version=0,
        actor=hat("KAD"),
        at=NOW,
    )
    values = paper_values.team_values(team.id, dated=TODAY)
    assert [row.office for row in values.members] == ["Wakil kelompok", "Petani dan buruh tani"]
    assert build_team_decree(values).code == "F01"


def test_the_regulation_takes_the_villages_own_words_where_there_are_some(plan, hat):
    services.save_perdes(
        plan_id=plan.id,
        lists={"considerations": ["bahwa sungai adalah jalan kami;"]},
        narrative={"introduction": "Desa kami di tepi danau.\n\nKami merencanakan bersama."},
        number="5 Tahun 2026",
        version=plan.version,
        actor=hat("SDK"),
        at=NOW,
    )
    values = paper_values.perdes_values(plan.id, dated=TODAY)
    assert values.considerations == ("bahwa sungai adalah jalan kami;",)
    assert [len(chapter.paragraphs) for chapter in values.narrative] == [2]
    assert build_perdes(values).code == "F19"


def test_the_evaluation_counts_what_was_spent(cycle, hat):
    services.save_evaluation(
        cycle_id=cycle.id,
        rows=[EvaluationValues("Jalan", "2.3.10", "Hulu", 100_000_000, True, 75_000_000)],
        actor=hat("SDK"),
        at=NOW,
    )
    values = paper_values.evaluation_values(cycle.id, dated=TODAY, detailed=True)
    assert (values.evaluated_year, values.lines[0].percent, values.lines[0].done) == (2026, 75, True)
    assert build_evaluation(values).code == "F25"


def test_the_list_of_implementers_names_each_place(plan, hat):
    item = put_item(plan, hat("SDK"))
    people_of = [{"position": "chair", "name": "Ani", "sex": "P", "element": "DIFABEL"}]
    services.save_implementer(item_id=item.id, members=people_of, version=0, actor=hat("SDK"), at=NOW)
    values = paper_values.implementers_values(plan.id, dated=TODAY)
    team = values.teams[0]
    assert (team.chair.name, team.chair.element, team.treasurer) == ("Ani", "Wakil kelompok", None)
    assert build_implementers(values).code == "F31"
