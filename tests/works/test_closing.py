"""The end of a work: only with its minutes and keeper, held fast afterwards, its upkeep offered, F25 filled."""

import uuid
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from plans.given import hat_at
from rembuk.core.errors import NotAllowedError, RefusedError
from rembuk.cycles.models import Cycle
from rembuk.plans.models import EvaluationRow
from rembuk.plans.paper_values import evaluation_values
from rembuk.proposals.models import Proposal
from rembuk.shared import panels
from rembuk.shared.models import StoredFile
from rembuk.shared.trail.testing import setting_up
from rembuk.works import services
from rembuk.works.models import Work
from rembuk.works.services import ClosingValues, ObstacleValues, PaymentValues
from works.given import MINUTES, NOW, progress


@pytest.fixture
def reach(hat):
    """Report a work at these percents, a day each."""

    def make(work, *percents):
        for day, percent in enumerate(percents, 1):
            services.report(
                work_id=work.pk,
                progress_id=uuid.uuid4(),
                values=progress(percent, f"2027-06-{day:02d}"),
                actor=hat("TPK"),
                at=NOW,
            )

    return make


@pytest.fixture
def pay(hat):
    def make(work, amount, source="DDS"):
        values = PaymentValues(paid_date="2027-06-01", source=source, amount=amount)
        services.pay(work_id=work.pk, payment_id=uuid.uuid4(), values=values, actor=hat("KAU"), at=NOW)

    return make


@pytest.fixture
def close(hat):
    def make(work, values=MINUTES, role="SDK"):
        return services.close_work(work_id=work.pk, values=values, actor=hat(role), at=NOW)

    return make


@pytest.fixture
def following(village):
    """The open cycle in which the year is evaluated."""
    with setting_up():
        return Cycle.objects.create(village=village, plan_year=2027, budget_year=2028, profile="kukar-2025")


def test_every_missing_thing_is_told_at_once_and_no_file_is_kept(bridge, close):
    with pytest.raises(RefusedError) as refused:
        close(bridge, ClosingValues(minutes_date="2027-06-09"))
    assert [(finding.code, finding.severity) for finding in refused.value.findings] == [
        ("W01", "block"),
        ("W02", "warn"),
        ("W03", "block"),
        ("W04", "block"),
        ("W05", "warn"),
    ]
    bridge.refresh_from_db()
    assert (bridge.state, StoredFile.objects.filter(name="bast.pdf").count()) == ("open", 0)


def test_a_finished_work_is_closed_with_its_minutes_and_held_fast(bridge, close, reach, pay, hat):
    reach(bridge, 0, 40, 80, 100)
    pay(bridge, "98.500.000")
    closed = close(bridge, replace(MINUTES, done_volume="118,5"))
    assert (closed.state, closed.minutes_number, closed.keeper) == (
        "closed",
        "027/BAST/2027",
        "Kelompok pengelola titian",
    )
    assert str(closed.done_volume) == "118.500" and closed.minutes_file.name == "bast.pdf"
    for act in (lambda: reach(bridge, 100), lambda: pay(bridge, "1"), lambda: close(bridge)):
        with pytest.raises(RefusedError, match="work-closed"):
            act()


def test_an_activity_that_leaves_no_asset_is_closed_without_minutes(works, close, reach):
    aid = works["BLT Desa"]
    reach(aid, 100)
    assert close(aid, ClosingValues()).state == "closed"


def test_a_stopped_work_says_why(bridge, close, reach):
    reach(bridge, 0, 40)
    closed = close(bridge, replace(MINUTES, stopped_reason="Banjir besar merusak tiang"))
    assert (closed.state, closed.percent) == ("closed", 40)


def test_the_database_itself_keeps_a_closed_physical_work_handed_over(bridge):
    with pytest.raises(IntegrityError), transaction.atomic(), setting_up():
        Work.objects.filter(pk=bridge.pk).update(state="closed", percent=100)


@pytest.mark.parametrize("role", ["TPK", "BPD", "TIM"])
def test_others_may_not_close(bridge, close, role):
    with pytest.raises(NotAllowedError):
        close(bridge, role=role)


def test_the_upkeep_is_offered_to_the_next_plan_once_as_a_draft(bridge, close, reach, hat, following):
    def offer():
        return services.offer_maintenance(work_id=bridge.pk, cost="7.500.000", text="", actor=hat("SDK"), at=NOW)

    with pytest.raises(RefusedError, match="work-not-closed"):
        offer()
    reach(bridge, 0, 40, 80, 100)
    close(bridge)
    first, again = offer(), offer()
    assert first.maintenance_proposal == again.maintenance_proposal
    made = Proposal.objects.get()
    assert (made.title, made.cost, made.cycle, made.state) == (
        "Pemeliharaan Titian ulin RT 02",
        7_500_000,
        following,
        "draft",
    )


def test_without_an_open_cycle_after_it_there_is_nowhere_to_offer_the_upkeep(bridge, close, reach, hat):
    reach(bridge, 0, 40, 80, 100)
    close(bridge)
    with pytest.raises(RefusedError, match="work-no-next-cycle"):
        services.offer_maintenance(work_id=bridge.pk, cost="", text="", actor=hat("SDK"), at=NOW)
    assert Proposal.objects.count() == 0


def test_works_fill_next_years_evaluation_and_no_figure_is_typed(works, close, reach, pay, hat, following):
    bridge, other = works["Titian ulin RT 02"], works["Titian ulin RT 05"]
    reach(bridge, 0, 40, 80, 100)
    pay(bridge, "98.500.000")
    close(bridge)
    reach(other, 0, 40)
    pay(other, "30.000.000")
    values = ObstacleValues(noted_date="2027-05-20", kind="weather", text="Sungai pasang", follow_up="Dilanjutkan Juli")
    services.note_obstacle(work_id=other.pk, obstacle_id=uuid.uuid4(), values=values, actor=hat("TPK"), at=NOW)
    services.bring_evaluation(cycle_id=following.pk, actor=hat("SDK"), at=NOW)
    rows = EvaluationRow.objects.filter(cycle=following).order_by("order")
    assert [(row.name, row.amount, row.realised, row.realised_amount) for row in rows] == [
        ("Penghasilan tetap kepala desa", 60_000_000, False, 0),
        ("Titian ulin RT 02", 100_000_000, True, 98_500_000),
        ("Titian ulin RT 05", 100_000_000, False, 30_000_000),
        ("BLT Desa", 36_000_000, False, 0),
    ]
    done, half = rows[1], rows[2]
    assert (done.target_volume, done.realised_volume, done.note, done.obstacle) == (
        "120 m",
        "120 m",
        "Kemajuan fisik 100 %.",
        "",
    )
    assert (half.note, half.obstacle, half.follow_up) == ("Kemajuan fisik 40 %.", "Sungai pasang", "Dilanjutkan Juli")


def test_bringing_it_twice_changes_nothing_and_what_people_wrote_stays(works, reach, hat, following):
    reach(works["Titian ulin RT 05"], 0, 40)
    services.bring_evaluation(cycle_id=following.pk, actor=hat("SDK"), at=NOW)
    with setting_up():
        row = EvaluationRow.objects.get(cycle=following, name="Titian ulin RT 02")
        EvaluationRow.objects.filter(pk=row.pk).update(note="Menunggu kayu ulin", follow_up="")
        EvaluationRow.objects.create(cycle=following, order=99, name="Kegiatan di luar APB")
    services.bring_evaluation(cycle_id=following.pk, actor=hat("SDK"), at=NOW)
    first = list(EvaluationRow.objects.filter(cycle=following).values_list("pk", "name", "note"))
    services.bring_evaluation(cycle_id=following.pk, actor=hat("SDK"), at=NOW)
    assert list(EvaluationRow.objects.filter(cycle=following).values_list("pk", "name", "note")) == first
    assert {name: note for _key, name, note in first}["Titian ulin RT 02"] == "Menunggu kayu ulin"
    assert first[-1][1] == "Kegiatan di luar APB"


def test_without_works_of_the_year_before_there_is_nothing_to_bring(cycle, hat):
    with pytest.raises(RefusedError, match="work-nothing-to-evaluate"):
        services.bring_evaluation(cycle_id=cycle.pk, actor=hat("SDK"), at=NOW)
    assert EvaluationRow.objects.count() == 0


def test_residents_see_what_was_promised_and_what_was_built(village, works, close, reach, pay):
    bridge = works["Titian ulin RT 02"]
    reach(bridge, 0, 40, 80, 100)
    pay(bridge, "98.500.000")
    close(bridge)
    shown = [one for one in panels.for_many("village", [village.id], None)[village.id] if "dibangun" in one.title]
    assert [(one.title, one.rows[0], one.rows[1]) for one in shown] == [
        (
            "Yang dibangun tahun 2027",
            ("Selesai diserahkan", "1 dari 2"),
            ("Titian ulin RT 02", "120 m · diserahkan · Rp98.500.000"),
        )
    ]
    (item,) = [
        one
        for one in panels.for_many("item", [bridge.item_id], hat_at(village.place, "KAD"))[bridge.item_id]
        if one.title == "Pelaksanaan"
    ]
    assert dict(item.rows)["Diserahkan"] == "027/BAST/2027"


def test_the_printed_form_says_how_much_of_the_volume_was_built(bridge, close, reach, pay, hat, following):
    reach(bridge, 0, 40, 80, 100)
    pay(bridge, "98.500.000")
    close(bridge, replace(MINUTES, done_volume="90"))
    services.bring_evaluation(cycle_id=following.pk, actor=hat("SDK"), at=NOW)
    lines = evaluation_values(following.pk, dated=NOW.date(), detailed=True).lines
    (line,) = [line for line in lines if line.activity == "Titian ulin RT 02"]
    assert (line.percent, line.done, line.done_volume, line.spent) == (75, False, "90 m", 98_500_000)


def test_the_page_of_a_cycle_says_where_its_budget_is_to_those_inside(village, cycle, works):
    found = panels.for_many("cycle", [cycle.pk], hat_at(village.place, "KAD"))[cycle.pk]
    told = {one.title: dict(one.rows) for one in found}
    assert told["APB Desa 2027"] == {"Baris": "4", "Belanja": "Rp296.000.000", "Keadaan": "rancangan"}
    assert "APB Desa 2027" not in {one.title for one in panels.for_many("cycle", [cycle.pk], None)[cycle.pk]}
