"""One village on the whole road, K1 to K12, by the real services: each gate first refuses and names what is missing."""

from datetime import date

import pytest
from django.db import IntegrityError, connection

from factories import places
from journeys.road import COST, HAMLETS, WISHES, Road, noon
from rembuk.budgeting.services import adopt_run, answer_losers, run_allocation
from rembuk.core.errors import NotAllowedError, RefusedError
from rembuk.core.hat import Role
from rembuk.cycles import services as cycles
from rembuk.cycles.models import StageRecord
from rembuk.plans import services as plans
from rembuk.plans.content import content_hash
from rembuk.plans.queries import plan_by_id
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.models import TrailEntry
from rembuk.shared.trail.testing import every_write_has_an_actor, setting_up

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the journeys are walked on SQLite alone"),
]


@pytest.fixture
def road() -> Road:
    with setting_up():
        village = places.melintang()
    made = Road(village, 2026, date(2026, 1, 12), noon)
    made.settle()
    return made


def refused(road: Road, stage: str, *words: str) -> None:
    """The stage is not closed, and every one of *words* stands in a reason, each with its source."""
    with pytest.raises(RefusedError) as error:
        road.complete(stage)
    said = [finding for finding in error.value.findings if finding.severity == "block"]
    for word in words:
        assert any(word in finding.message for finding in said), (word, [finding.message for finding in said])
    assert all(finding.source for finding in said)
    assert StageRecord.objects.get(cycle=road.cycle, stage=stage).state != "done"


def team_and_planning_meeting(road: Road) -> None:
    road.day = date(road.year, 5, 18)
    refused(road, "K2", "paling sedikit", "Ketua tim", "SK Tim Penyusun RKP (F01) belum ada")
    road.team("drafting", f"188/4/{road.year}")
    road.complete("K2")
    road.day = date(road.year, 6, 9)
    refused(road, "K1", "RPJM Desa", "belum dibuat di sistem", "SK Tim Verifikasi (F30) belum ada")
    road.register_rpjmdes()
    road.team("verification", f"188/5/{road.year}")
    meeting = road.gather("MUSDES_P", Role.BPD)
    refused(road, "K1", "Berita acara belum ditandatangani")
    road.conclude(meeting, Role.BPD, "140/10/BA")
    road.complete("K1")


def ceilings(road: Road) -> None:
    road.day = date(road.year, 7, 16)
    refused(road, "K3", "Pagu indikatif belum ada")
    refused(road, "K4", "K3", "belum selesai")
    road.enter_ceilings()
    refused(road, "K3", "Pagu indikatif belum ada")  # entered is not yet issued
    road.issue_ceilings()
    road.complete("K3")
    refused(road, "K4", "Pagu indikatif Desa (F20) belum ada")
    road.lay("K4", "F20")
    road.complete("K4")


def wishes_of_three_hamlets(road: Road) -> None:
    road.day = date(road.year, 8, 3)
    refused(road, "K5", "Belum ada usulan", "Rekapitulasi usulan (F14) belum ada")
    for hamlet, title, code, _points in WISHES:
        by = Role.RTK if title == "Titian ulin RT 01" else Role.SDK
        road.look_at(road.propose(hamlet, title, by=by), code)
    for wish in Proposal.objects.filter(cycle=road.cycle):
        road.field_check(wish, passed="sengketa" not in wish.title)
    road.hamlet_meetings()
    road.lay("K5", "F14")
    road.complete("K5")


def draft(road: Road) -> None:
    road.day = date(road.year, 8, 20)
    refused(road, "K6", "belum berisi kegiatan", "RAB (F28) belum ada")
    run = run_allocation(cycle_id=road.cycle.pk, meeting_id=None, actor=road.hat(Role.TIM), at=road.at)
    with pytest.raises(NotAllowedError):
        adopt_run(run_id=run.pk, actor=road.hat(Role.TIM), at=road.at)
    adopt_run(run_id=run.pk, actor=road.hat(Role.KAD), at=road.at)
    items = list(road.plan().items.all())
    assert {item.name for item in items} == {title for _hamlet, title, _code, _points in WISHES[:3]}
    for item in items:
        road.work_out(item)
    for code in ("F26", "F28", "F03"):
        road.lay("K6", code, by=Role.TIM)
    road.complete("K6")


def checked_and_approved(road: Road) -> None:
    road.day = date(road.year, 8, 27)
    refused(road, "K7", "3 dari 3 kegiatan fisik belum diperiksa", "Lembar pemeriksaan (F29) belum ada")
    road.check_items()
    road.lay("K7", "F29")
    road.complete("K7")
    refused(road, "K8", "Kepala Desa belum menyetujui")
    plans.approve_plan(plan_id=road.plan().id, note="", actor=road.hat(Role.KAD), at=road.at)
    road.complete("K8")


def musrenbang(road: Road) -> None:
    road.day = date(road.year, 9, 8)
    refused(road, "K9", "belum dibuat di sistem")
    plans.hold_musrenbang(plan_id=road.plan().id, on=road.day, actor=road.hat(Role.SDK), at=road.at)
    hall = road.gather("MUSREN", Role.KAD)
    passed = Proposal.objects.filter(cycle=road.cycle).exclude(title__contains="sengketa").order_by("number")
    road.score(hall, list(passed), Role.KAD)
    run = run_allocation(cycle_id=road.cycle.pk, meeting_id=hall.id, actor=road.hat(Role.TIM), at=road.at)
    adopt_run(run_id=run.pk, actor=road.hat(Role.KAD), at=road.at)
    answered = Proposal.objects.filter(cycle=road.cycle, state="shelved")
    assert {proposal.title for proposal in answered} == {title for _hamlet, title, _code, _points in WISHES[3:]}
    assert sorted(proposal.reason_code for proposal in answered) == ["ALOK-02", "ALOK-02", "PRIK-02"]
    assert all(proposal.reason_text for proposal in answered)
    road.conclude(hall, Role.KAD, "140/20/BA")
    road.complete("K9")


def final_draft(road: Road) -> None:
    road.day = date(road.year, 9, 14)
    plan, team = road.plan(), road.hat(Role.TIM)
    change = plans.add_change(plan_id=plan.id, text="Titian dimulai dari hulu.", actor=team, at=road.at)
    refused(road, "K10", "1 kesepakatan Musrenbang", "Rancangan Perdes RKP Desa (F19) belum ada")
    plans.answer_change(change_id=change.id, answer="applied", explanation="", actor=team, at=road.at)
    plans.finalise_plan(plan_id=plan.id, actor=team, at=road.at)
    plans.save_perdes(
        plan_id=plan.id,
        lists={"considerations": ["bahwa RKP Desa perlu ditetapkan;"]},
        narrative={"introduction": "Pendahuluan."},
        number=f"5 Tahun {road.year}",
        version=road.plan().version,
        actor=road.hat(Role.SDK),
        at=road.at,
    )
    road.lay("K10", "F26")
    road.lay("K10", "F19", signed=False)
    road.complete("K10")


def agreed(road: Road) -> None:
    road.day = date(road.year, 9, 21)
    refused(road, "K11", "Kesepakatan BPD", "Keputusan BPD (F35) belum ada", "belum dibuat di sistem")
    closing = road.gather("MUSDES_E", Role.BPD)
    number, chair = f"4/BPD/{road.year}", road.hat(Role.BPD)
    plans.agree_plan(plan_id=road.plan().id, number=number, on=road.day, actor=chair, at=road.at)
    road.conclude(closing, Role.BPD, "140/30/BA")
    road.lay("K11", "F35", by=Role.BPD, number=number)
    assert answer_losers(cycle_id=road.cycle.pk, actor=road.hat(Role.BPD), at=road.at) == [], "the hall told them all"
    with pytest.raises(RefusedError) as early:
        enact(road)
    assert [finding.subject for finding in early.value.findings] == ["K11"]
    road.complete("K11")


def enact(road: Road) -> None:
    words = plans.Enactment(f"5 Tahun {road.year}", road.day, road.day, "5")
    plans.enact_plan(plan_id=road.plan().id, enactment=words, actor=road.hat(Role.KAD), at=road.at)


def enacted(road: Road) -> None:
    road.day = date(road.year, 9, 24)
    refused(road, "K12", "Nomor Perdes", "Pengundangan", "Perdes RKP Desa (F19) belum ada")
    enact(road)
    road.lay("K12", "F19", number=f"5 Tahun {road.year}")
    road.complete("K12")


def nothing_changes_any_more(road: Road) -> None:
    plan = road.plan()
    for statement in (
        "UPDATE plans_rkpdesversion SET perdes_number = 'lain'",
        "UPDATE plans_rkpdesitem SET name = 'lain'",
        "UPDATE plans_itemfunding SET amount = amount + 1",
        "DELETE FROM plans_rabline",
        "DELETE FROM plans_rkpdesversion",
    ):
        with setting_up(), pytest.raises(IntegrityError, match="sudah ditetapkan"), connection.cursor() as cursor:
            cursor.execute(statement)
    assert content_hash(plan_by_id(plan.id)) == plan.content_hash
    with setting_up(), pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TrailEntry._meta.db_table}")  # the witness cannot be sent away either


def test_a_village_passes_every_gate_from_team_to_perdes(road: Road) -> None:
    with every_write_has_an_actor():
        team_and_planning_meeting(road)
        ceilings(road)
        wishes_of_three_hamlets(road)
        draft(road)
        checked_and_approved(road)
        musrenbang(road)
        final_draft(road)
        agreed(road)
        enacted(road)
    nothing_changes_any_more(road)
    records = StageRecord.objects.filter(cycle=road.cycle, state="done", confirmed_at__isnull=False)
    assert set(records.values_list("stage", flat=True)) == {f"K{number}" for number in range(1, 13)}
    states = dict(Proposal.objects.filter(cycle=road.cycle).values_list("title", "state"))
    planned = {title for title, state in states.items() if state == "planned"}
    assert planned == {title for _hamlet, title, _code, _points in WISHES[:3]}
    assert len({hamlet for hamlet, title, _code, _points in WISHES if title in planned}) == len(HAMLETS)
    assert sum(plan_by_id(road.plan().id).items.values_list("fundings__amount", flat=True)) == 3 * COST
    for stage in ("K11", "K12"):
        again = cycles.recheck_stage(cycle_id=road.cycle.pk, stage=stage, actor=road.hat(Role.SDK), at=road.at)
        assert [finding.message for finding in again if finding.severity == "block"] == []
