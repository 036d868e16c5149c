"""What the services of the assessment promise: nothing twice, nobody overwritten, nothing after delivery."""

import uuid
from datetime import date
from decimal import Decimal

import pytest

from cycles.given import NOW
from factories import people, places
from rembuk.assessment import services
from rembuk.assessment.models import Assessment, Entry
from rembuk.assessment.queries import facts_of, inventory, ranking_of, studies_of
from rembuk.assessment.services import DataLine, EntryValues, Marks
from rembuk.core.assessment.village_data import USUAL_ROWS
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError, StaleError
from rembuk.core.hat import Role

TODAY = date(2026, 5, 4)


def put(assessment, hat, tool="sketch", kind="problem", text="Titian kayu lapuk", key=None, **more):
    version = more.pop("version", 0)
    return services.put_entry(
        entry_id=key or uuid.uuid4(),
        assessment_id=assessment.id,
        values=EntryValues(tool, kind, text, **more),
        version=version,
        actor=hat,
        at=NOW,
    )


def line(row, **values):
    kept = {"name": row.name, "part": row.part, "volume": row.volume, "unit": row.unit, "note": row.note}
    return DataLine(row.id, row.version, **{**kept, **values})


def save(assessment, hat, section, lines, **more):
    return services.save_data(assessment_id=assessment.id, section=section, lines=lines, actor=hat, at=NOW, **more)


def test_a_new_assessment_begins_with_the_usual_rows_of_all_four_lists(assessment):
    rows = [(row.section, row.part, row.name, row.unit) for row in assessment.data.order_by("order")]
    assert rows == [(row.section, row.part, row.name, row.unit) for row in USUAL_ROWS]


def test_opening_the_same_key_again_changes_nothing(assessment, hat):
    again = services.open_assessment(
        assessment_id=assessment.id, village_id="64.02.18.2003", start_year=2027, end_year=2034, actor=hat, at=NOW
    )
    assert (again.pk, Assessment.objects.count(), again.data.count()) == (assessment.pk, 1, len(USUAL_ROWS))


@pytest.mark.parametrize(("start", "end"), [(2027, 2031), (2027, 2036), (2027, 2026), (1990, 1997)])
def test_a_period_that_no_rpjm_can_have_is_refused(village, hat, start, end):
    with pytest.raises(BadInputError) as refused:
        services.open_assessment(
            assessment_id=uuid.uuid4(), village_id=village.id, start_year=start, end_year=end, actor=hat, at=NOW
        )
    assert (refused.value.code, Assessment.objects.count()) == ("assessment-years", 0)


def test_a_village_has_one_assessment_for_a_period(assessment, hat):
    with pytest.raises(RefusedError) as refused:
        services.open_assessment(
            assessment_id=uuid.uuid4(), village_id="64.02.18.2003", start_year=2027, end_year=2034, actor=hat, at=NOW
        )
    assert refused.value.code == "assessment-exists"


def test_a_stranger_opens_nothing(village):
    with pytest.raises(NotAllowedError):
        services.open_assessment(
            assessment_id=uuid.uuid4(),
            village_id=village.id,
            start_year=2027,
            end_year=2034,
            actor=people.stranger().hat(),
            at=NOW,
        )


def test_two_devices_fill_one_list_and_only_the_same_row_is_contested(assessment, hat):
    first, second = assessment.data.filter(section="natural")[:2]
    save(assessment, hat, "natural", [line(first, volume=Decimal(12)), line(second)])
    save(assessment, hat, "natural", [line(first), line(second, volume=Decimal("3.5"))][1:])
    with pytest.raises(StaleError) as stale:
        save(assessment, hat, "natural", [line(first, volume=Decimal(99)), line(second, volume=Decimal(1))])
    assert stale.value.values["changes"] == [("volume", Decimal("12.000"), Decimal(99))]
    assert list(assessment.data.filter(section="natural").values_list("volume", flat=True)[:2]) == [
        Decimal("12.000"),
        Decimal("3.500"),
    ]


def test_a_row_without_a_name_refuses_the_whole_list(assessment, hat):
    row = assessment.data.filter(section="social").first()
    with pytest.raises(BadInputError) as refused:
        save(
            assessment, hat, "social", [line(row, volume=Decimal(4)), DataLine(uuid.uuid4(), 0, "", volume=Decimal(1))]
        )
    assert refused.value.values == {"row": 2}
    assert not assessment.data.filter(volume__isnull=False).exists()


def test_the_next_assessment_shows_last_times_numbers_and_says_what_changed(assessment, hat):
    first, second = assessment.data.filter(section="natural")[:2]
    save(assessment, hat, "natural", [line(first, volume=Decimal(40)), line(second, volume=Decimal(7))])
    later = services.open_assessment(
        assessment_id=uuid.uuid4(), village_id="64.02.18.2003", start_year=2035, end_year=2042, actor=hat, at=NOW
    )
    assert services.copy_data(assessment_id=later.id, section="natural", actor=hat, at=NOW) == 2
    copied = later.data.filter(section="natural").first()
    save(later, hat, "natural", [line(copied, volume=Decimal(35))])
    shown = later.data.filter(section="natural").values_list("before", "volume", "changed")[:2]
    assert list(shown) == [(Decimal(40), Decimal(35), True), (Decimal(7), Decimal(7), False)]
    with pytest.raises(RefusedError) as refused:
        services.copy_data(assessment_id=later.id, section="natural", actor=hat, at=NOW)
    assert refused.value.code == "assessment-copied"


def test_a_list_is_filed_only_with_a_number_in_it_and_not_tomorrow(assessment, hat):
    def file(day):
        services.file_data(assessment_id=assessment.id, section="human", day=day, today=TODAY, actor=hat, at=NOW)

    with pytest.raises(RefusedError):
        file(TODAY)
    save(assessment, hat, "human", [line(assessment.data.filter(section="human").first(), volume=Decimal(412))])
    with pytest.raises(BadInputError):
        file(date(2026, 5, 5))
    file(TODAY)
    assessment.refresh_from_db()
    assert assessment.filed == {"human": "2026-05-04"}
    file(None)
    assessment.refresh_from_db()
    assert assessment.filed == {}


def test_an_entry_sent_twice_is_written_once_and_another_body_needs_the_version(assessment, hat):
    key = uuid.uuid4()
    put(assessment, hat, key=key)
    put(assessment, hat, key=key)
    with pytest.raises(StaleError):
        put(assessment, hat, key=key, text="Jembatan putus")
    put(assessment, hat, key=key, text="Jembatan putus", version=1)
    assert list(Entry.objects.values_list("text", "version")) == [("Jembatan putus", 2)]


@pytest.mark.parametrize(
    ("tool", "kind", "more", "code"),
    [
        ("sketch", "activity", {}, "assessment-kind"),
        ("hujan", "problem", {}, "assessment-kind"),
        ("sketch", "problem", {"x": 10, "y": 10}, "assessment-point"),
        ("sketch", "problem", {"sketch_id": uuid.UUID(int=7)}, "assessment-point"),
        ("institutions", "problem", {"institution_id": uuid.UUID(int=7)}, "assessment-circle"),
        ("seasons", "problem", {"marks": (4,) * 12}, "assessment-marks"),
        ("seasons", "problem", {"marks": (1, 2)}, "assessment-marks"),
    ],
)
def test_what_no_tool_knows_is_refused_and_leaves_nothing(assessment, hat, tool, kind, more, code):
    with pytest.raises(BadInputError) as refused:
        put(assessment, hat, tool, kind, **more)
    assert (refused.value.code, Entry.objects.count()) == (code, 0)


def test_a_point_needs_both_numbers_on_a_sheet_of_this_assessment(assessment, hat):
    sheet = services.put_sketch(
        sketch_id=uuid.uuid4(), assessment_id=assessment.id, title="Desa", ground="empty", actor=hat, at=NOW
    )
    with pytest.raises(BadInputError):
        put(assessment, hat, sketch_id=sheet.id, x=500)
    made = put(assessment, hat, sketch_id=sheet.id, x=0, y=1000)
    assert (made.x, made.y) == (0, 1000)
    with pytest.raises(RefusedError) as refused:
        services.remove_sketch(sketch_id=sheet.id, actor=hat, at=NOW)
    assert refused.value.values == {"count": 1}


def test_a_mark_of_the_calendar_touches_one_month(assessment, hat):
    row = put(assessment, hat, "seasons", text="Banjir", marks=(0,) * 12)
    services.set_mark(entry_id=row.id, month=4, mark=3, actor=hat, at=NOW)
    services.set_mark(entry_id=row.id, month=11, mark=1, actor=hat, at=NOW)
    row.refresh_from_db()
    assert row.marks == [0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 1]
    with pytest.raises(BadInputError):
        services.set_mark(entry_id=row.id, month=12, mark=1, actor=hat, at=NOW)


def test_an_institution_stands_once_and_stays_while_the_hall_speaks_of_it(assessment, hat):
    def institution(key, name, **more):
        values = {"role": "", "closeness": 5, "size": 3, **more}
        return services.put_institution(
            institution_id=key, assessment_id=assessment.id, name=name, actor=hat, at=NOW, **values
        )

    made = institution(uuid.uuid4(), "Posyandu")
    with pytest.raises(RefusedError):
        institution(uuid.uuid4(), "posyandu")
    with pytest.raises(BadInputError):
        institution(uuid.uuid4(), "BPD", closeness=6)
    put(assessment, hat, "institutions", institution_id=made.id, text="Buka sebulan sekali")
    with pytest.raises(RefusedError):
        services.remove_institution(institution_id=made.id, actor=hat, at=NOW)


def tree(assessment, hat, **more):
    values = {"effects": "", "causes": "Sumur keruh\n  Banjir\nPipa pecah", "core": "Air kurang", **more}
    return services.put_tree(
        tree_id=values.pop("key", None) or uuid.uuid4(), assessment_id=assessment.id, actor=hat, at=NOW, **values
    )


def test_a_tree_makes_its_problem_and_its_first_causes_become_the_cause(assessment, hat):
    made = tree(assessment, hat)
    problem = Entry.objects.get()
    assert (problem.tool, problem.text, problem.cause) == ("tree", "Air kurang", "Sumur keruh; Pipa pecah")
    tree(assessment, hat, key=made.id, version=1, causes="Sumur keruh")
    problem.refresh_from_db()
    assert problem.cause == "Sumur keruh"


def test_a_cause_that_the_hall_wrote_itself_is_left_alone_by_the_tree(assessment, hat):
    made = tree(assessment, hat)
    problem = Entry.objects.get()
    services.study_problem(
        entry_id=problem.id, version=problem.version, cause="Musim", potentials=[], field=2, actor=hat, at=NOW
    )
    tree(assessment, hat, key=made.id, version=1, causes="Lain")
    problem.refresh_from_db()
    assert (problem.cause, problem.field) == ("Musim", 2)


def test_a_problem_of_another_tool_gets_one_tree(assessment, hat):
    problem = put(assessment, hat)
    tree(assessment, hat, problem_id=problem.id)
    with pytest.raises(RefusedError) as refused:
        tree(assessment, hat, problem_id=problem.id)
    assert (refused.value.code, Entry.objects.count()) == ("assessment-tree-twice", 1)


def test_the_chain_from_problem_to_feasible_action_stands_in_one_list(assessment, hat):
    problem = put(assessment, hat)
    potential = put(assessment, hat, "institutions", "potential", "Kelompok tukang")
    services.study_problem(
        entry_id=problem.id, version=1, cause="Kayu tua", potentials=[potential.id], field=2, actor=hat, at=NOW
    )
    for text, feasible in (("Ganti papan", True), ("Bangun jalan", False)):
        services.put_action(
            action_id=uuid.uuid4(), problem_id=problem.id, text=text, feasible=feasible, actor=hat, at=NOW
        )
    [study] = studies_of(assessment)
    assert (study.problem.cause, study.potentials, study.alternatives) == (
        "Kayu tua",
        ("Kelompok tukang",),
        ("Ganti papan", "Bangun jalan"),
    )
    assert [action.text for action in study.feasible] == ["Ganti papan"]
    with pytest.raises(RefusedError):
        services.remove_entry(entry_id=problem.id, actor=hat, at=NOW)
    services.remove_entry(entry_id=potential.id, actor=hat, at=NOW)
    assert studies_of(assessment)[0].potentials == ()


def test_a_potential_of_another_village_helps_nobody_here(assessment, hat):
    from factories.samples_assessment import entry_in

    foreign = entry_in(places.enggelam(), kind="potential")
    problem = put(assessment, hat)
    with pytest.raises(BadInputError) as refused:
        services.study_problem(
            entry_id=problem.id, version=1, cause="x", potentials=[foreign.id], field=None, actor=hat, at=NOW
        )
    assert refused.value.code == "assessment-potential"


def score(assessment, hat, marks, what="problem", group="kelompok perempuan", day=TODAY):
    return services.enter_scores(
        assessment_id=assessment.id, what=what, scorer_group=group, marks=marks, day=day, today=TODAY, actor=hat, at=NOW
    )


def test_problems_rank_by_the_average_of_the_groups(assessment, hat):
    first, second = put(assessment, hat, text="A"), put(assessment, hat, text="B")
    score(assessment, hat, [Marks(first.id, (1, 1, 1, 1, 1)), Marks(second.id, (3, 3, 3, 3, 3))])
    score(assessment, hat, [Marks(first.id, (5, 5, 5, 5, 5))], group="dusun hulu")
    rows = [(row.text, row.rank, row.total) for row in ranking_of(assessment, "problem")]

    assert rows == [("A", 1, 15), ("B", 2, 15)]


def test_points_that_somebody_changed_meanwhile_are_not_overwritten(assessment, hat):
    entry = put(assessment, hat)
    score(assessment, hat, [Marks(entry.id, (1, 2, 3, 4, 5))])
    with pytest.raises(StaleError):
        score(assessment, hat, [Marks(entry.id, (2, 2, 2, 2, 2), None)])
    assert score(assessment, hat, [Marks(entry.id, None, (1, 2, 3, 4, 5))]) == 1
    assert assessment.scores.count() == 0


def test_only_a_feasible_action_is_scored(assessment, hat):
    problem = put(assessment, hat)
    action = services.put_action(action_id=uuid.uuid4(), problem_id=problem.id, text="x", actor=hat, at=NOW)
    with pytest.raises(BadInputError):
        score(assessment, hat, [Marks(action.id, (1, 1, 1, 1, 1))], what="action")
    assert assessment.scores.count() == 0


def deliver(assessment, hat, head, bpd):
    return services.deliver_report(
        assessment_id=assessment.id, head_date=head, bpd_date=bpd, today=TODAY, actor=hat, at=NOW
    )


def test_the_report_goes_to_the_head_first_and_then_nothing_changes(assessment, hat):
    with pytest.raises(BadInputError) as refused:
        deliver(assessment, hat, None, TODAY)
    assert refused.value.code == "assessment-bpd-first"
    with pytest.raises(BadInputError) as refused:
        deliver(assessment, hat, TODAY, date(2026, 5, 1))
    assert refused.value.code == "assessment-bpd-before"
    deliver(assessment, hat, date(2026, 5, 1), None)
    put(assessment, hat)
    deliver(assessment, hat, date(2026, 5, 1), TODAY)
    with pytest.raises(RefusedError) as refused:
        put(assessment, hat)
    assert (refused.value.code, inventory(assessment, "problem").count()) == ("assessment-delivered", 1)
    services.reopen_report(assessment_id=assessment.id, actor=hat, at=NOW)
    put(assessment, hat)
    assert inventory(assessment, "problem").count() == 2


@pytest.mark.parametrize(("role", "may"), [(Role.KPMD, True), (Role.RTK, True), (Role.BPD, False), (Role.CAM, False)])
def test_who_sits_in_the_hall_may_write(assessment, village, role, may):
    hat = people.holder(role, village, level="rt" if role == Role.RTK else "").hat()
    if may:
        put(assessment, hat)
    else:
        with pytest.raises(NotAllowedError):
            put(assessment, hat)
    assert Entry.objects.count() == int(may)


def test_progress_counts_what_is_there(assessment, hat):
    put(assessment, hat)
    put(assessment, hat, "seasons", "activity", "Panen", marks=(0,) * 12)
    facts = facts_of([assessment])[assessment.id]
    assert (facts.counts, facts.problems, facts.potentials) == (
        {"sketch": 1, "seasons": 1, "institutions": 0, "tree": 0},
        1,
        0,
    )
