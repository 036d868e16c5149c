"""A work under way: opened from the budget, paid, photographed, held up, and never doubled."""

import io
import uuid

import pytest
from PIL import Image

from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError, StaleError
from rembuk.shared import files
from rembuk.shared.models import StoredFile
from rembuk.works import services
from rembuk.works.models import Obstacle, Payment, Progress, Work
from rembuk.works.queries import board_of, budget_of
from rembuk.works.services import ContractValues, ObstacleValues, PaymentValues, Uploaded
from works.given import NOW, TODAY, photo, progress


@pytest.fixture
def report(bridge, hat):
    def make(values, key=None, role="TPK", work=None):
        return services.report(
            work_id=(work or bridge).pk, progress_id=key or uuid.uuid4(), values=values, actor=hat(role), at=NOW
        )

    return make


@pytest.fixture
def pay(bridge, hat):
    def make(amount="40.000.000", source="DDS", day="2027-05-01", key=None, role="KAU", **more):
        values = PaymentValues(paid_date=day, source=source, amount=amount, **more)
        return services.pay(work_id=bridge.pk, payment_id=key or uuid.uuid4(), values=values, actor=hat(role), at=NOW)

    return make


def test_works_are_opened_from_the_budget_with_what_the_plan_promised(cycle, works):
    bridge = works["Titian ulin RT 02"]
    assert (bridge.activity_code, bridge.location, bridge.target_volume, bridge.unit, bridge.physical) == (
        "2.3.11",
        "Dusun Tengah",
        120,
        "m",
        True,
    )
    aid = works["BLT Desa"]
    assert (aid.item, aid.line.emergency_reason, aid.physical) == (None, "Banjir", False)
    assert len(works) == 4


def test_opening_twice_opens_nothing_new(cycle, works, hat):
    assert services.open_works(cycle_id=cycle.pk, keys=None, actor=hat("SDK"), at=NOW) == []
    assert Work.objects.count() == 4


def test_without_a_budget_nothing_can_be_opened(cycle, hat):
    with pytest.raises(RefusedError, match="work-no-budget"):
        services.open_works(cycle_id=cycle.pk, keys=None, actor=hat("SDK"), at=NOW)


def test_a_line_that_the_budget_does_not_have_cannot_be_opened(cycle, budget, hat):
    with pytest.raises(BadInputError, match="work-unknown-line"):
        services.open_works(cycle_id=cycle.pk, keys=[str(uuid.uuid4())], actor=hat("SDK"), at=NOW)
    assert Work.objects.count() == 0


def test_the_budget_of_a_work_is_that_of_its_lines_by_source(works):
    assert budget_of(works["Titian ulin RT 05"]) == {"ADD": 20_000_000, "DDS": 80_000_000}
    assert budget_of(works["BLT Desa"]) == {"DDS": 36_000_000}


def test_a_payment_counts_once_though_sent_twice(cycle, bridge, pay):
    key = uuid.uuid4()
    assert pay(key=key) == pay(key=key)
    with pytest.raises(RefusedError, match="work-key-taken"):
        pay(key=key, amount="41.000.000")
    (row,) = [row for row in board_of(cycle, TODAY) if row.work == bridge]
    assert (row.spent, row.left, Payment.objects.count()) == (40_000_000, 60_000_000, 1)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"amount": "12 juta"}, "work-money"),
        ({"amount": "0"}, "work-money-zero"),
        ({"amount": "-5"}, "work-money"),
        ({"source": "XXX"}, "work-source"),
        ({"day": ""}, "work-day-missing"),
        ({"day": "besok"}, "work-day"),
        ({"day": "2027-06-11"}, "work-day-future"),
        ({"note": "x" * 201}, "work-text-long"),
    ],
)
def test_a_bad_payment_is_refused_and_nothing_is_stored(pay, given, code):
    with pytest.raises(BadInputError, match=code):
        pay(**given)
    assert Payment.objects.count() == 0


def test_a_struck_payment_stays_readable_and_counts_no_more(cycle, bridge, pay, hat):
    made = pay()
    with pytest.raises(BadInputError, match="work-strike-reason"):
        services.strike_payment(payment_id=made.pk, reason=" ", actor=hat("KAU"), at=NOW)
    struck = services.strike_payment(payment_id=made.pk, reason="Salah sumber", actor=hat("KAU"), at=NOW)
    assert (struck.struck_reason, struck.struck_at) == ("Salah sumber", NOW)
    (row,) = [row for row in board_of(cycle, TODAY) if row.work == bridge]
    assert row.spent == 0


@pytest.mark.parametrize("percent", [0, 40, 80, 100])
def test_the_four_marks_of_a_physical_work_need_a_photo(report, percent):
    with pytest.raises(BadInputError, match="work-photo-missing"):
        report(progress(percent, photo=None))
    assert Progress.objects.count() == 0
    assert report(progress(percent)).photo is not None


def test_between_the_marks_and_without_an_asset_no_photo_is_asked(report, works):
    assert report(progress(55, photo=None)).photo is None
    assert report(progress(100, photo=None), work=works["BLT Desa"]).photo is None


def test_a_photo_is_shrunk_and_loses_its_hidden_data(report):
    stored = report(progress(40)).photo
    picture = Image.open(io.BytesIO(files.read(stored)))
    assert max(picture.size) == 1280 and stored.size <= 200_000
    assert dict(picture.getexif()) == {}


def test_a_paper_is_no_photo(report):
    with pytest.raises(BadInputError, match="work-photo-kind"):
        report(progress(40, photo=Uploaded(b"%PDF-1.4 bukan foto", "foto.jpg")))
    assert Progress.objects.count() == 0


def test_the_newest_day_says_how_far_a_work_is(bridge, report):
    report(progress(80, "2027-06-05"))
    report(progress(40, "2027-06-01", note="Laporan menyusul"))
    bridge.refresh_from_db()
    assert bridge.percent == 80


def test_going_back_needs_a_note(bridge, report):
    report(progress(80, "2027-06-01"))
    with pytest.raises(BadInputError, match="work-percent-back"):
        report(progress(60, "2027-06-05", photo=None))
    report(progress(60, "2027-06-05", photo=None, note="Sebagian terbawa arus"))
    bridge.refresh_from_db()
    assert bridge.percent == 60


def test_a_report_sent_twice_is_one_report(report):
    key = uuid.uuid4()
    assert report(progress(40), key) == report(progress(40), key)
    assert (Progress.objects.count(), StoredFile.objects.filter(name__startswith="foto").count()) == (1, 1)


@pytest.mark.parametrize("percent", ["101", "-1", "setengah", ""])
def test_a_percent_that_is_none_is_refused(report, percent):
    values = progress(40)
    with pytest.raises(BadInputError, match="work-percent"):
        report(type(values)(seen_date=values.seen_date, percent=percent, photo=values.photo))


def test_an_obstacle_is_written_down_and_later_solved_under_its_key(bridge, hat):
    key = uuid.uuid4()

    def note(**more):
        values = ObstacleValues(noted_date="2027-05-20", kind="weather", text="Sungai pasang", delay_days="14", **more)
        return services.note_obstacle(work_id=bridge.pk, obstacle_id=key, values=values, actor=hat("TPK"), at=NOW)

    assert note().solved_date is None
    solved = note(solved_date="2027-06-03", follow_up="Bahan diangkut lewat darat")
    assert (solved.solved_date.isoformat(), solved.delay_days, Obstacle.objects.count()) == ("2027-06-03", 14, 1)


def test_who_builds_and_by_when_and_two_people_do_not_overwrite_each_other(cycle, bridge, hat):
    values = ContractValues(
        implementer="TPK Titian", contract_number="SPK/3/2027", start_date="2027-03-01", due_date="2027-06-01"
    )

    def edit(version, given=values):
        return services.edit_work(work_id=bridge.pk, version=version, values=given, actor=hat("KAU"), at=NOW)

    assert edit(bridge.version).implementer == "TPK Titian"
    with pytest.raises(StaleError):
        edit(bridge.version)
    with pytest.raises(BadInputError, match="work-days-turned"):
        edit(bridge.version + 1, ContractValues(start_date="2027-06-01", due_date="2027-03-01"))
    (row,) = [row for row in board_of(cycle, TODAY) if row.work == bridge]
    assert row.state == "late"


@pytest.mark.parametrize(
    ("act", "role"),
    [("pay", "TPK"), ("pay", "KAD"), ("report", "BPD"), ("report", "RTK")],
)
def test_others_may_not(pay, report, act, role):
    with pytest.raises(NotAllowedError):
        pay(role=role) if act == "pay" else report(progress(40), role=role)


def test_a_photo_can_be_read_again(report):
    assert files.read(report(progress(40)).photo)[:3] == photo()[:3]
