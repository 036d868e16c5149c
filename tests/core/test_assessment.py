"""The pure rules of the assessment: outlines, seasons, drawings, what a stage lacks."""

from datetime import date
from itertools import combinations
from xml.etree import ElementTree

import pytest

from rembuk.core.assessment.drawing import BOX_WIDE, Body, draw_circles, draw_tree, place_circles, place_tree
from rembuk.core.assessment.outline import Line, first_causes, outline_text, read_outline
from rembuk.core.assessment.progress import Progress, data_findings, delivery_problem, report_findings, tool_findings
from rembuk.core.assessment.seasons import DEFAULT_SEASONS, check_marks, check_seasons, grouped, next_mark, peak_months
from rembuk.core.assessment.village_data import SECTIONS, USUAL_ROWS
from rembuk.core.errors import BadInputError


def test_an_outline_is_read_by_its_indentation_and_written_back_the_same():
    text = "Sumur keruh\n  Banjir\n    Hutan hulu habis\n  Kaporit habis\nPipa pecah"
    lines = read_outline(text)
    assert [(line.depth, line.text) for line in lines] == [
        (0, "Sumur keruh"),
        (1, "Banjir"),
        (2, "Hutan hulu habis"),
        (1, "Kaporit habis"),
        (0, "Pipa pecah"),
    ]
    assert outline_text(lines) == text
    assert first_causes(lines) == "Sumur keruh; Pipa pecah"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", ()),
        ("   \n\n", ()),
        ("- satu\n\t- dua", ((0, "satu"), (1, "dua"))),
        ("      jauh ke kanan\n        lebih jauh", ((0, "jauh ke kanan"), (1, "lebih jauh"))),
        ("satu\r\n\r\n      cucu tanpa anak", ((0, "satu"), (1, "cucu tanpa anak"))),
    ],
)
def test_a_hand_that_slips_still_makes_a_tree(text, read):
    assert tuple((line.depth, line.text) for line in read_outline(text)) == read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * 161, "outline-long"),
        ("\n".join("baris" for _n in range(41)), "outline-many"),
        ("\n".join("  " * depth + "turun" for depth in range(6)), "outline-deep"),
    ],
)
def test_an_outline_that_no_wall_could_hold_is_refused(text, code):
    with pytest.raises(BadInputError) as refused:
        read_outline(text)
    assert refused.value.code == code


TREES = [
    ((), ()),
    (read_outline("a"), read_outline("b\n  c\n  d\n    e\nf")),
    (read_outline("a\n  b\nc\nd\n  e\n  f"), read_outline("\n".join(f"sebab {n}" for n in range(9)))),
    ((), read_outline("x " * 70)),
]


@pytest.mark.parametrize(("effects", "causes"), TREES)
def test_no_two_boxes_of_a_tree_lie_on_one_another(effects, causes):
    boxes = place_tree("Air bersih kurang pada musim kemarau di dua dusun", effects, causes)
    assert len(boxes) == 1 + len(effects) + len(causes)
    for one, other in combinations(boxes, 2):
        apart_across = one.x + BOX_WIDE <= other.x or other.x + BOX_WIDE <= one.x
        apart_down = one.y + one.high <= other.y or other.y + other.high <= one.y
        assert apart_across or apart_down


@pytest.mark.parametrize(("effects", "causes"), TREES)
def test_effects_stand_above_their_core_and_causes_below(effects, causes):
    core, *rest = place_tree("inti", effects, causes)
    for box in rest:
        parent = (core, *rest)[box.parent]
        assert box.y + box.high < parent.y if box.side == "effect" else box.y > parent.y + parent.high


def test_a_drawing_says_what_was_typed_and_never_runs_it():
    drawn = draw_tree("<script>x</script>", (Line(0, "a & b"),), (), 'kata "warga"')
    root = ElementTree.fromstring(drawn)
    words = "".join(root.itertext())
    assert ("<script>" in drawn, words, root.get("aria-label")) == (False, "<script>x</script>a & b", 'kata "warga"')


def test_nearer_institutions_stand_nearer_and_none_covers_another():
    bodies = [Body(f"Lembaga {n}", 1 + n % 5, 1 + n % 3) for n in range(15)]
    bodies += [Body(f"Dekat {n}", 5, 3) for n in range(14)]
    places = place_circles(bodies)
    distance = [(x * x + y * y) ** 0.5 for x, y, _radius in places]
    for (one, near), (other, far) in combinations(zip(bodies, distance, strict=True), 2):
        if one.closeness != other.closeness:
            assert (near < far) == (one.closeness > other.closeness)
    for (x1, y1, r1), (x2, y2, r2) in combinations(places, 2):
        assert ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5 >= r1 + r2
    ElementTree.fromstring(draw_circles(bodies, "Warga", "bagan"))


def test_months_are_grouped_by_season_in_the_order_of_the_form():
    assert grouped(DEFAULT_SEASONS) == [("change", [3, 4, 9]), ("dry", [5, 6, 7, 8]), ("wet", [0, 1, 2, 10, 11])]
    assert grouped(("dry",) * 12) == [("dry", list(range(12)))]


def test_a_press_goes_round_the_four_marks():
    marks = [0]
    for _press in range(4):
        marks.append(next_mark(marks[-1]))
    assert marks == [0, 1, 2, 3, 0]


@pytest.mark.parametrize("marks", [(1,) * 11, (4,) * 12, (-1,) * 12, (True,) * 12])
def test_marks_that_the_form_does_not_know_are_refused(marks):
    with pytest.raises(BadInputError):
        check_marks(marks)


@pytest.mark.parametrize("seasons", [("dry",) * 11, ("salju",) * 12])
def test_seasons_that_nobody_has_are_refused(seasons):
    with pytest.raises(BadInputError):
        check_seasons(seasons)


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ((0,) * 12, ""),
        ((0, 1, 3, 3, 0, 0, 0, 0, 0, 0, 0, 2), "Mar, Apr"),
        ((1,) * 12, "Jan, Feb, Mar, Apr, Mei, Jun, Jul, Agu, Sep, Okt, Nov, Des"),
    ],
)
def test_the_months_felt_most_are_named(marks, words):
    assert peak_months(marks) == words


def test_the_usual_rows_belong_to_the_four_lists_and_none_stands_twice():
    assert {row.section for row in USUAL_ROWS} == set(SECTIONS)
    assert len({(row.section, row.name) for row in USUAL_ROWS}) == len(USUAL_ROWS)
    assert all(row.unit for row in USUAL_ROWS)


def test_each_list_tool_and_date_that_lacks_is_named():
    empty = Progress()
    assert [finding.subject for finding in data_findings(empty)] == list(SECTIONS)
    assert [finding.subject for finding in tool_findings(empty)] == ["sketch", "seasons", "institutions", "tree"]
    assert [(finding.code, finding.severity) for finding in report_findings(empty)] == [
        ("R3C-KADES", "block"),
        ("R3C-BPD", "block"),
        ("R3C-PERINGKAT", "warn"),
    ]


def test_nothing_is_named_when_everything_is_there():
    day = date(2026, 5, 4)
    whole = Progress(
        filed=dict.fromkeys(SECTIONS, day),
        counts={"sketch": 1, "seasons": 1, "institutions": 1, "tree": 1},
        ranked=1,
        head_date=day,
        bpd_date=day,
    )
    assert [*data_findings(whole), *tool_findings(whole), *report_findings(whole)] == []


@pytest.mark.parametrize(
    ("head", "bpd", "code"),
    [
        (None, None, ""),
        (date(2026, 5, 4), None, ""),
        (date(2026, 5, 4), date(2026, 5, 4), ""),
        (None, date(2026, 5, 4), "assessment-bpd-first"),
        (date(2026, 5, 4), date(2026, 5, 3), "assessment-bpd-before"),
    ],
)
def test_the_bpd_gets_the_report_after_the_head(head, bpd, code):
    assert delivery_problem(head, bpd) == code
