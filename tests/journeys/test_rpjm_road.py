"""A village with a new head, R1 to R12, by the real services: each gate first refuses and names what is missing."""

from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from factories import places
from journeys.road import HAMLETS, WISHES, Road, noon
from rembuk.core.errors import RefusedError
from rembuk.core.hat import Role
from rembuk.cycles import queries
from rembuk.cycles import services as cycles
from rembuk.cycles.models import Cycle, StageRecord
from rembuk.plans.models import Rpjmdes, RpjmdesItem
from rembuk.plans.queries import active_rpjmdes, rpjmdes_items
from rembuk.plans.rpjm_content import content_hash_of
from rembuk.plans.rpjm_queries import group_counts, proposals_followed
from rembuk.plans.rpjm_values import change_cell, values_of
from rembuk.plans.services import CellEdit, Enactment, Letter, rpjm_perdes, rpjm_steps
from rembuk.plans.services.rpjm_items import edit_rpjm_cells, ensure_rpjm_draft, save_rpjm_item, take_proposals
from rembuk.plans.services.rpjm_policy import PolicyValues, save_policy
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import every_write_has_an_actor, setting_up

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the journeys are walked on SQLite alone"),
]
INAUGURATION = date(2027, 1, 11)
YEARS = range(2027, 2035)


@dataclass
class RpjmRoad(Road):
    """The same village on the road of its RPJM Desa; yearly: the cycle in which its proposals were handed in."""

    yearly: Cycle = field(init=False)

    def begin(self) -> None:
        """Let the secretary write the day of the inauguration down."""
        self.yearly = self.cycle
        self.cycle = cycles.open_rpjm_cycle(
            village=self.village, inauguration_date=INAUGURATION, actor=self.hat(Role.SDK), at=self.at
        )

    def complete(self, stage: str) -> None:
        by = Role.BPD if stage in ("R4", "R9") else Role.KAD
        cycles.complete_stage(cycle_id=self.cycle.pk, stage=stage, done_date=self.day, actor=self.hat(by), at=self.at)
        cycles.confirm_stage(cycle_id=self.cycle.pk, stage=stage, actor=self.hat(Role.STF), at=self.at)

    def rpjmdes(self) -> Rpjmdes:
        return Rpjmdes.objects.get(cycle=self.cycle)

    def set_cells(self, item: RpjmdesItem, **cells: str) -> None:
        """Write a whole activity as the team does on its page: years, place, source, pattern."""
        values = values_of(item)
        for name, text in cells.items():
            values = change_cell(values, name.replace("_y", ":"), text, YEARS)
        save_rpjm_item(
            rpjmdes_id=item.rpjmdes_id,
            item_id=item.id,
            values=values,
            version=item.version,
            actor=self.hat(Role.TIM),
            at=self.at,
        )


@pytest.fixture
def road() -> RpjmRoad:
    with setting_up():
        village = places.melintang()
    made = RpjmRoad(village, 2026, date(2026, 8, 3), noon)
    made.settle()
    return made


def refused(road: RpjmRoad, stage: str, *words: str) -> None:
    """The stage is not closed, and every one of *words* stands in a reason, each with its source."""
    with pytest.raises(RefusedError) as error:
        road.complete(stage)
    said = [finding for finding in error.value.findings if finding.severity == "block"]
    for word in words:
        assert any(word in finding.message for finding in said), (word, [finding.message for finding in said])
    assert all(finding.source for finding in said)
    assert StageRecord.objects.get(cycle=road.cycle, stage=stage).state != "done"


def wishes(road: RpjmRoad) -> None:
    """Last year's proposals, and one of a women's group: what the plan answers to."""
    for hamlet, title, code, _points in WISHES[:4]:
        road.look_at(road.propose(hamlet, title), code)
    women = road.propose("Dusun Hulu", "Rumah pangan lestari")
    with setting_up():
        Proposal.objects.filter(pk=women.pk).update(groups=["PEREMPUAN"], proposer_group="Kelompok Perempuan")


def team_and_policy(road: RpjmRoad) -> None:
    road.day = date(2027, 1, 20)
    road.begin()
    assert StageRecord.objects.get(cycle=road.cycle, stage="R10").legal_deadline == date(2027, 4, 11)
    refused(road, "R1", "paling sedikit", "Ketua tim", "SK Tim Penyusun RPJM (F01) belum ada")
    refused(road, "R2", "R1", "Daftar program masuk Desa (F06) belum ada")
    road.team("drafting", "188/2/2027")
    road.complete("R1")
    road.day = date(2027, 2, 2)
    plan = ensure_rpjm_draft(cycle_id=road.cycle.pk, actor=road.hat(Role.TIM), at=road.at)
    save_policy(
        rpjmdes_id=plan.id,
        lines=[PolicyValues("kabupaten", 2, "Peningkatan jalan kecamatan", "Dinas PU", 2028, amount=900_000_000)],
        note="",
        version=plan.version,
        actor=road.hat(Role.TIM),
        at=road.at,
    )
    road.lay("R2", "F06", by=Role.TIM)
    road.complete("R2")


def assessment(road: RpjmRoad) -> None:
    refused(road, "R3A", "Data Desa (F07) belum ada")
    road.lay("R3A", "F07", by=Role.TIM)
    road.complete("R3A")
    refused(road, "R3B", "kelompok khusus", "Daftar gagasan dusun dan kelompok (F13) belum ada")
    for number, name in enumerate(HAMLETS[:2], 1):
        meeting = road.gather("MUSDUS", Role.SDK, hamlet_id=road.hamlet(name).id)
        road.conclude(meeting, Role.SDK, f"140/{number}/BA")
    refused(road, "R3B", "kelompok khusus")
    group = road.gather("MUSKEL", Role.SDK, group_name="Kelompok Perempuan")
    road.conclude(group, Role.SDK, "140/8/BA")
    road.lay("R3B", "F13", by=Role.TIM)
    warned = [row.message for row in queries.findings_now(road.cycle, "R3B", road.day).findings]
    assert warned == ["1 dari 3 dusun belum bermusyawarah; adakan, atau catat sebabnya."]
    road.complete("R3B")
    road.day = date(2027, 2, 22)
    refused(road, "R3C", "Rekapitulasi usulan (F14)", "Laporan pengkajian keadaan Desa (F15)")
    for code in ("F14", "F15", "F03"):
        road.lay("R3C", code, by=Role.TIM)
    road.complete("R3C")


def planning_meeting(road: RpjmRoad) -> None:
    road.day = date(2027, 3, 1)
    refused(road, "R4", "belum dibuat di sistem")
    meeting = road.gather("MUSDES_P", Role.BPD)
    refused(road, "R4", "Berita acara belum ditandatangani")
    road.conclude(meeting, Role.BPD, "140/10/BA")
    road.complete("R4")


def draft(road: RpjmRoad) -> None:
    road.day = date(2027, 3, 8)
    refused(road, "R5", "belum berisi kegiatan", "Rancangan RPJM Desa (F17) belum ada")
    plan, team = road.rpjmdes(), road.hat(Role.TIM)
    chosen = list(Proposal.objects.filter(cycle=road.yearly).order_by("number"))
    items = take_proposals(rpjmdes_id=plan.id, proposal_ids=[row.id for row in chosen], actor=team, at=road.at)
    refused(road, "R5", "5 kegiatan belum lengkap", "2027, 2028, 2029, 2030, 2031, 2032, 2033, 2034")
    whole = {"location": "Dusun Hulu", "size": "1 paket", "source": "DDS", "delivery_mode": "S"}
    for number, item in enumerate(items):
        own = {"activity_code": "3.4.03"} if item.name.startswith("Rumah pangan") else {}
        road.set_cells(item, **whole, **own, **{f"amount_y{YEARS[number]}": "100.000.000"})
    refused(road, "R5", "2032, 2033, 2034")
    key = uuid4()
    cells = {"name": "Operasional posyandu", "activity_code": "2.2.02", **whole}
    cells |= {f"amount:{year}": "12.500.000" for year in YEARS}
    edits = [CellEdit(key, name, text, 0) for name, text in cells.items()]
    edit_rpjm_cells(rpjmdes_id=plan.id, edits=edits, actor=team, at=road.at)
    lump = [CellEdit(key, f"amount:{year}", "v", 1) for year in YEARS]
    edit_rpjm_cells(rpjmdes_id=plan.id, edits=lump, actor=team, at=road.at)
    edit_rpjm_cells(rpjmdes_id=plan.id, edits=[CellEdit(key, "total", "100000000", 2)], actor=team, at=road.at)
    refused(road, "R5", "dengan satu jumlah biaya")
    split = [CellEdit(key, f"amount:{year}", "12.500.000", 3) for year in YEARS]
    edit_rpjm_cells(rpjmdes_id=plan.id, edits=split, actor=team, at=road.at)
    for code in ("F17", "F03"):
        road.lay("R5", code, by=Role.TIM)
    road.complete("R5")


def approved_after_a_return(road: RpjmRoad) -> None:
    road.day = date(2027, 3, 15)
    plan, head = road.rpjmdes(), road.hat(Role.KAD)
    refused(road, "R6", "Kepala Desa belum menyetujui")
    rpjm_steps.return_rpjm(rpjmdes_id=plan.id, reason="Posyandu terlalu kecil.", actor=head, at=road.at)
    refused(road, "R6", "Kepala Desa belum menyetujui")
    rpjm_steps.revise_rpjm(rpjmdes_id=plan.id, actor=road.hat(Role.TIM), at=road.at)
    rpjm_steps.approve_rpjm(rpjmdes_id=plan.id, note="Baik.", actor=head, at=road.at)
    road.complete("R6")


def musrenbang(road: RpjmRoad) -> None:
    road.day = date(2027, 3, 22)
    refused(road, "R7", "belum dibuat di sistem")
    rpjm_steps.hold_rpjm_musrenbang(rpjmdes_id=road.rpjmdes().id, on=road.day, actor=road.hat(Role.KAD), at=road.at)
    hall = road.gather("MUSREN", Role.KAD)
    road.conclude(hall, Role.KAD, "140/20/BA")
    road.complete("R7")


def final_draft(road: RpjmRoad) -> None:
    road.day = date(2027, 3, 26)
    plan, team = road.rpjmdes(), road.hat(Role.TIM)
    change = rpjm_steps.add_rpjm_change(rpjmdes_id=plan.id, text="Titian dari hulu.", actor=team, at=road.at)
    refused(road, "R8", "1 kesepakatan Musrenbang", "Rancangan Perdes RPJM Desa (F19) belum ada")
    rpjm_steps.answer_rpjm_change(change_id=change.id, answer="applied", explanation="", actor=team, at=road.at)
    rpjm_steps.finalise_rpjm(rpjmdes_id=plan.id, actor=team, at=road.at)
    road.lay("R8", "F17", by=Role.TIM)
    road.lay("R8", "F19", signed=False)
    road.complete("R8")


def agreed(road: RpjmRoad) -> None:
    road.day = date(2027, 4, 1)
    refused(road, "R9", "Kesepakatan BPD", "Keputusan BPD (F35) belum ada", "belum dibuat di sistem")
    closing = road.gather("MUSDES_E", Role.BPD)
    plan, chair = road.rpjmdes(), road.hat(Role.BPD)
    rpjm_steps.agree_rpjm(rpjmdes_id=plan.id, number="2/BPD/2027", on=road.day, actor=chair, at=road.at)
    road.conclude(closing, Role.BPD, "140/30/BA")
    road.lay("R9", "F35", by=Role.BPD, number="2/BPD/2027")
    with pytest.raises(RefusedError) as early:
        enact(road)
    assert [finding.subject for finding in early.value.findings] == ["R9"]
    road.complete("R9")


def enact(road: RpjmRoad) -> None:
    paper = Enactment("2 Tahun 2027", road.day, road.day, "2")
    rpjm_steps.enact_rpjm(rpjmdes_id=road.rpjmdes().id, enactment=paper, actor=road.hat(Role.KAD), at=road.at)


def enacted(road: RpjmRoad) -> None:
    road.day = date(2027, 4, 9)
    refused(road, "R10", "Nomor Perdes", "Pengundangan", "Perdes RPJM Desa (F19) belum ada")
    enact(road)
    road.lay("R10", "F19", number="2 Tahun 2027")
    road.complete("R10")
    assert StageRecord.objects.get(cycle=road.cycle, stage="R11").legal_deadline == date(2027, 5, 16)


def clarified_and_published(road: RpjmRoad) -> None:
    refused(road, "R11", "Hasil klarifikasi belum dicatat")
    refused(road, "R12", "Penyebarluasan belum dicatat")
    plan = road.rpjmdes()

    def move(event: str, number: str = "") -> None:
        rpjm_perdes.move_rpjm_perdes(
            rpjmdes_id=plan.id, event=event, on=road.day, letter=Letter(number), actor=road.hat(Role.SDK), at=road.at
        )

    road.day = date(2027, 4, 12)
    move("send", "140/77")
    road.day = date(2027, 4, 14)
    move("receive")
    road.day = date(2027, 4, 30)
    move("clear", "188/31")
    road.lay("R11", "F36", number="188/31")
    road.complete("R11")
    place = "Papan pengumuman balai desa"
    rpjm_perdes.publish_rpjm(rpjmdes_id=plan.id, on=road.day, where=place, actor=road.hat(Role.KAD), at=road.at)
    road.complete("R12")


def nothing_changes_any_more(road: RpjmRoad) -> None:
    plan = road.rpjmdes()
    for statement in (
        "UPDATE plans_rpjmdes SET vision = 'lain'",
        "UPDATE plans_rpjmdesitem SET name = 'lain'",
        "DELETE FROM plans_rpjmdesorigin",
        "DELETE FROM plans_rpjmdeschange",
        "DELETE FROM plans_policyline",
        "DELETE FROM plans_rpjmdes",
    ):
        with setting_up(), pytest.raises(IntegrityError, match="sudah ditetapkan"), connection.cursor() as cursor:
            cursor.execute(statement)
    assert content_hash_of(plan) == plan.content_hash


def test_a_new_head_brings_a_village_from_team_to_a_published_rpjm(road: RpjmRoad) -> None:
    with every_write_has_an_actor():
        wishes(road)
        team_and_policy(road)
        assessment(road)
        planning_meeting(road)
        draft(road)
        approved_after_a_return(road)
        musrenbang(road)
        final_draft(road)
        agreed(road)
        enacted(road)
        clarified_and_published(road)
    nothing_changes_any_more(road)
    records = StageRecord.objects.filter(cycle=road.cycle)
    assert {(row.state, row.confirmed_at is not None) for row in records} == {("done", True)}
    states = queries.states_of(road.cycle, road.day)
    assert [row.code for row in states if row.days_late and row.legal] == []
    plan = active_rpjmdes(road.village.id)
    assert plan is not None and plan.pk == road.rpjmdes().pk
    first = [row.name for row in rpjmdes_items(road.village.id, 2027) if 2027 in row.years]
    assert first == ["Titian ulin RT 01", "Operasional posyandu"]
    assert sum(row.cost or 0 for row in plan.items.all()) == 600_000_000
    counts = {name: (count, inside) for name, count, inside in group_counts(proposals_followed(plan))}
    assert counts["Perempuan"] == (1, 1)
    found = queries.findings_now(road.yearly, "K1", road.day).findings
    assert [row for row in found if row.code == "G01"] == [], "the yearly cycle now rests on this RPJM Desa"
