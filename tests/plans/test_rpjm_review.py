"""An RPJM Desa in force is reviewed: old and new side by side, only the rows that change are decided, each with why."""

from datetime import date

import pytest
from django.urls import reverse

from factories import people
from plans.given import NOW, draft_of, put_item, register_rpjmdes
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError, StaleError
from rembuk.core.workflow.versions import ChangeKind
from rembuk.plans.models import RkpdesItem, Rpjmdes, RpjmdesItem, RpjmdesReason
from rembuk.plans.rpjm_reviewing import review_findings, reviewed
from rembuk.plans.services import CellEdit, rpjm_review, rpjm_steps
from rembuk.plans.services.amending import GroundValues
from rembuk.plans.services.rpjm_items import edit_rpjm_cells
from rembuk.shared.trail.testing import setting_up

LETTER = GroundValues("TERM_EXTENSION", "400.10/77/DPMD", date(2026, 8, 20))
WHOLE = {
    "activity_code": "2.3.11",
    "location": "Dusun Tengah",
    "volume": 180,
    "unit": "m",
    "source": "DDS",
    "delivery_mode": "self_managed",
}


@pytest.fixture
def base(village, hat):
    """An RPJM Desa of six years with two activities: one split by year, one with a single sum."""
    made = register_rpjmdes(village, hat("SDK"))
    with setting_up():
        made.end_year = 2025
        made.save()
        made.items.all().delete()
        RpjmdesItem.objects.create(
            rpjmdes=made, name="Titian ulin", years=[2024, 2025], year_costs={"2024": 40, "2025": 60}, cost=100, **WHOLE
        )
        RpjmdesItem.objects.create(rpjmdes=made, order=2, name="Dermaga", years=[2023, 2024], cost=101)
    return made


@pytest.fixture
def head(hat):
    return hat("KAD")


@pytest.fixture
def opened(base, head):
    return opening(base, head)


def opening(base, head, ground=LETTER, end_year=2027, on=date(2026, 9, 1)):
    return rpjm_review.open_review(rpjmdes_id=base.id, ground=ground, on=on, end_year=end_year, actor=head, at=NOW)


def line(plan, name) -> RpjmdesItem:
    return RpjmdesItem.objects.get(rpjmdes=plan, name=name)


def decide(plan, who, edits=(), reasons=None, drops=()):
    return rpjm_review.decide_lines(
        rpjmdes_id=plan.id, edits=edits, reasons=reasons or {}, drops=set(drops), actor=who, at=NOW
    )


def test_a_review_begins_with_every_activity_and_changes_nothing(base, opened):
    found = reviewed(opened)
    assert ([change.kind for change in found.changes], opened.state, opened.is_active) == (
        [ChangeKind.KEPT] * 2,
        "draft",
        False,
    )
    assert (opened.start_year, opened.end_year, opened.supersedes, opened.cycle.title) == (
        2020,
        2027,
        base,
        "Perubahan RPJM 2020-2027",
    )
    base.refresh_from_db()
    assert (base.is_active, base.end_year) == (True, 2025)


def test_only_what_changed_asks_for_a_reason(base, opened, hat):
    walkway = line(opened, "Titian ulin")
    edit = CellEdit(walkway.id, "amount:2026", "75", walkway.version)
    decide(opened, hat("TIM"), [edit])
    assert [finding.message for finding in review_findings(opened)] == ["Titian ulin: berubah tanpa alasan."]
    decide(opened, hat("TIM"), reasons={str(walkway.previous_id): "Diteruskan dua tahun lagi."})
    change = reviewed(opened).moved[0]
    assert (review_findings(opened), change.difference, change.after.values.years) == ([], 75, (2024, 2025, 2026))


def test_an_unchanged_review_cannot_go_on(opened):
    assert [finding.severity for finding in review_findings(opened)] == ["block"]


def test_an_activity_leaves_only_with_a_reason_and_comes_back_as_it_was(opened, hat):
    jetty = line(opened, "Dermaga")
    with pytest.raises(BadInputError) as refused:
        decide(opened, hat("TIM"), drops=[jetty.id])
    assert (refused.value.code, RpjmdesItem.objects.filter(pk=jetty.id).exists()) == ("amendment-reason-missing", True)
    decide(opened, hat("TIM"), reasons={str(jetty.previous_id): "Sudah dibangun provinsi."}, drops=[jetty.id])
    assert [change.kind for change in reviewed(opened).moved] == [ChangeKind.DROPPED]
    rpjm_review.restore_line(rpjmdes_id=opened.id, previous_id=jetty.previous_id, actor=hat("TIM"), at=NOW)
    assert (reviewed(opened).moved, RpjmdesReason.objects.count()) == ((), 0)


def test_a_cell_that_cannot_be_read_stores_nothing_of_the_page(opened, hat):
    walkway, jetty = line(opened, "Titian ulin"), line(opened, "Dermaga")
    with pytest.raises(BadInputError):
        decide(
            opened,
            hat("TIM"),
            [CellEdit(walkway.id, "amount:2026", "entah", walkway.version)],
            {str(jetty.previous_id): "Alasan."},
            [jetty.id],
        )
    assert (RpjmdesReason.objects.count(), opened.items.count()) == (0, 2)


def test_what_another_person_changed_in_the_same_cell_is_not_overwritten(opened, hat):
    walkway = line(opened, "Titian ulin")
    edit_rpjm_cells(
        rpjmdes_id=opened.id,
        edits=[CellEdit(walkway.id, "amount:2026", "10", walkway.version)],
        actor=hat("SDK"),
        at=NOW,
    )
    with pytest.raises(StaleError):
        decide(opened, hat("TIM"), [CellEdit(walkway.id, "amount:2026", "20", walkway.version)])


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"ground": GroundValues("CEILING_CHANGE", "1", date(2026, 8, 1))}, "amendment-ground"),
        ({"ground": GroundValues("TERM_EXTENSION", "", date(2026, 8, 1))}, "amendment-letter-missing"),
        ({"ground": GroundValues("TERM_EXTENSION", "1", date(2027, 8, 1))}, "date-in-future"),
        ({"end_year": 2024}, "review-period-odd"),
        ({"end_year": 2031}, "review-period-odd"),
        ({"on": None}, "review-day-missing"),
    ],
)
def test_an_amendment_without_ground_or_with_an_odd_period_is_refused(base, head, more, code):
    with pytest.raises(BadInputError) as refused:
        opening(base, head, **more)
    assert (refused.value.code, Rpjmdes.objects.count()) == (code, 1)


def test_one_review_is_open_at_a_time_and_only_of_the_plan_in_force(base, head, opened):
    with pytest.raises(RefusedError) as refused:
        opening(base, head)
    assert refused.value.code == "rpjm-review-open"
    with pytest.raises(RefusedError) as refused:
        opening(opened, head)
    assert refused.value.code == "amendment-not-in-force"


def test_the_team_opens_no_review(base, hat):
    with pytest.raises(NotAllowedError):
        opening(base, hat("TIM"))


def test_what_an_old_row_lacks_holds_nothing_and_what_a_changed_row_lacks_does(opened, hat):
    walkway, jetty = line(opened, "Titian ulin"), line(opened, "Dermaga")
    why = {str(walkway.previous_id): "Diteruskan."}
    edits = [CellEdit(walkway.id, f"amount:{year}", "5", walkway.version) for year in (2026, 2027)]
    decide(opened, hat("TIM"), edits, why)
    found = rpjm_steps.findings_before_rpjm(opened, "approve")
    assert {(one.severity, one.subject) for one in found if one.code == "RPJM-LENGKAP"} == {("warn", str(jetty.id))}
    decide(
        opened,
        hat("TIM"),
        [CellEdit(jetty.id, "location", "Dusun Hulu", jetty.version)],
        {str(jetty.previous_id): "Pindah tempat."},
    )
    found = rpjm_steps.findings_before_rpjm(opened, "approve")
    assert {one.severity for one in found if one.code == "RPJM-LENGKAP"} == {"block"}


def test_plans_in_work_follow_the_amendment_when_it_comes_into_force(base, opened, cycle, hat):
    plan = draft_of(cycle, hat("SDK"))
    item = put_item(plan, hat("TIM"))
    with setting_up():
        RkpdesItem.objects.filter(pk=item.id).update(rpjmdes_item=line(base, "Titian ulin"))
        rpjm_review.follow_amendment(opened)
    item.refresh_from_db()
    assert item.rpjmdes_item == line(opened, "Titian ulin")


def test_the_plan_is_in_force_again_when_its_amendment_is_annulled(base, opened, cycle, hat):
    plan = draft_of(cycle, hat("SDK"))
    item = put_item(plan, hat("TIM"))
    with setting_up():
        Rpjmdes.objects.filter(pk=base.pk).update(is_active=False)
        RkpdesItem.objects.filter(pk=item.id).update(rpjmdes_item=line(opened, "Titian ulin"))
        rpjm_review.restore_superseded(opened)
    base.refresh_from_db()
    item.refresh_from_db()
    assert (base.is_active, item.rpjmdes_item) == (True, line(base, "Titian ulin"))


def signed_in(role, village):
    with setting_up():
        return people.signed_in(people.holder(role, village))


def test_the_pages_open_a_review_and_keep_money_that_was_not_split(village, base):
    client = signed_in("KAD", village)
    address = reverse("plans:rpjm_open_review", args=(base.village_id,))
    assert client.get(address).status_code == 200
    asked = {
        "dasar": "TERM_EXTENSION",
        "nomor": "1/2026",
        "tanggal": "2026-08-20",
        "mulai": "2026-09-01",
        "akhir": "2027",
    }
    bad = client.post(address, {**asked, "nomor": ""})
    assert (bad.status_code, "2026-08-20" in bad.content.decode(), Rpjmdes.objects.count()) == (400, True, 1)
    made = client.post(address, asked)
    plan = Rpjmdes.objects.get(supersedes=base)
    page = reverse("plans:rpjm_review", args=(plan.cycle_id,))
    assert (made.status_code, made["Location"]) == (302, page)
    jetty = line(plan, "Dermaga")
    team = signed_in("TIM", village)
    assert "dibagi rata bila tahun baru diisi" in team.get(page).content.decode()
    saved = team.post(
        reverse("plans:rpjm_decide", args=(plan.cycle_id,)),
        {
            f"biaya-{jetty.id}-2026": "40",
            f"biaya-{jetty.id}-2027": "",
            f"versi-{jetty.id}": jetty.version,
            f"alasan-{jetty.previous_id}": "Tahap kedua.",
        },
    )
    jetty.refresh_from_db()
    assert (saved.status_code, jetty.year_costs, jetty.cost) == (302, {"2023": 51, "2024": 50, "2026": 40}, 141)
