"""A village with something on every public page, and people whose names must stand on none of them."""

import uuid
from datetime import UTC, date, datetime, timedelta

from deliberation import given as meetings
from plans.given import hat_at
from rembuk.announcements.services import AnnouncementValues, publish
from rembuk.cycles.models import Cycle, Evidence, StageRecord
from rembuk.deliberation import services as talks
from rembuk.deliberation.models import AttendanceTally, Meeting
from rembuk.plans.models import Team, TeamMember
from rembuk.proposals.models import FieldCheck, Proposal
from rembuk.proposals.services import check_proposal, create_proposal, submit_proposal
from rembuk.proposals.values import ProposalValues
from rembuk.regions.models import Village
from rembuk.shared import clock, papers
from rembuk.shared.trail.testing import setting_up
from rembuk.works import services as works
from rembuk.works.models import Progress, Work
from works.given import NOW, opened, progress, stored_budget

MADE = datetime(2026, 6, 20, 8, 0, tzinfo=UTC)
PROPOSER, PHONE = "Wahyuni Sekarsari", "081234567890"
KEEPER, BUILDER = "Darmawan Tandean", "Rusdiansyah Effendi"


def cycle_of(village: Village) -> Cycle:
    with setting_up():
        return Cycle.objects.create(village=village, plan_year=2026, budget_year=2027, profile="kukar-2025")


def proposal_in(village: Village, **more: object) -> Proposal:
    """A proposal that the secretary has looked at, by a woman with a telephone, for poor households."""
    office = hat_at(village.place, "SDK")
    key = uuid.uuid4()
    own: dict[str, object] = {
        "title": "Titian ulin RT 02 diperbaiki",
        "problem": "Papan lapuk, anak sekolah sering jatuh.",
        "cost": 100_000_000,
        "proposer_name": PROPOSER,
        "proposer_contact": PHONE,
        "beneficiaries_male": 3,
        "beneficiaries_female": 41,
        "beneficiaries_poor": 17,
        "groups": ("MISKIN", "DIFABEL", "PEREMPUAN"),
        **more,
    }
    values = ProposalValues(**own)  # type: ignore[arg-type]
    create_proposal(proposal_id=key, village_id=village.id, values=values, actor=office, at=MADE)
    submit_proposal(proposal_id=key, actor=office, at=MADE)
    return check_proposal(proposal_id=key, actor=office, at=MADE)


def held_meeting(cycle: Cycle, men: int, women: int, **elements: int) -> Meeting:
    """A meeting that was held, with so many men and women without names, and some with."""
    office = hat_at(cycle.village.place, "SDK")
    meeting = meetings.complete(cycle, office)
    with setting_up():
        AttendanceTally.objects.create(meeting=meeting, element="TOMAS", male=men, female=women)
        for code, count in elements.items():
            AttendanceTally.objects.create(meeting=meeting, element=code, male=count)
    return meeting


def coming_meeting(cycle: Cycle, days: int = 3) -> Meeting:
    """A meeting that people are called to."""
    office = hat_at(cycle.village.place, "SDK")
    when = clock.now() + timedelta(days=days)
    meeting = meetings.planned(cycle, office, "MUSREN", scheduled_at=when, location="Balai desa Melintang")
    return talks.invite_meeting(
        meeting_id=meeting.id,
        invitees=meetings.INVITEES,
        invitation_date=clock.today(),
        actor=office,
        at=clock.now(),
    )


def finished_work(cycle: Cycle) -> Work:
    """The bridge: photographed, paid, handed over to somebody with a name."""
    office = hat_at(cycle.village.place, "SDK")
    bridge = opened(cycle)["Titian ulin RT 02"]
    paid = works.PaymentValues(paid_date="2027-05-02", source="DDS", amount="40.000.000")
    for percent in (40, 80, 100):
        works.report(work_id=bridge.pk, progress_id=uuid.uuid4(), values=progress(percent), actor=office, at=NOW)
    for report in Progress.objects.filter(work=bridge).exclude(photo=None):
        works.look_at_photo(progress_id=report.pk, verdict="nobody", actor=office, at=NOW)
    works.pay(work_id=bridge.pk, payment_id=uuid.uuid4(), values=paid, actor=office, at=NOW)
    with setting_up():
        Work.objects.filter(pk=bridge.pk).update(implementer=BUILDER, keeper=KEEPER)
    bridge.refresh_from_db()
    return bridge


def stage_done(cycle: Cycle, stage: str, day: date = date(2026, 6, 10)) -> StageRecord:
    with setting_up():
        return StageRecord.objects.create(cycle=cycle, stage=stage, state="done", completed_at=MADE, done_date=day)


NAMED = "Bambang Sutrisno"
"""A name that officers wrote into texts of their own."""


def until_text() -> str:
    return (clock.today() + timedelta(days=9)).isoformat()


def careless_office(village: Village, cycle: Cycle) -> None:
    """What officers write without thinking of who reads it: names, a telephone, a sheltered group, help for a house."""
    office = hat_at(village.place, "SDK")
    proposal_in(village, title=f"Parit depan rumah Pak {NAMED}", problem=f"Kata Pak {NAMED}, HP {PHONE}.")
    proposal_in(village, title="Kursi roda warga difabel RT 02", volume=2, unit="unit")
    when = clock.now() + timedelta(days=5)
    own = {"group_name": "Kelompok difabel", "location": f"rumah Pak {NAMED}", "agenda": ("Kebutuhan warga miskin",)}
    meeting = meetings.planned(cycle, office, "MUSKEL", scheduled_at=when, **own)
    talks.invite_meeting(
        meeting_id=meeting.id,
        invitees=meetings.INVITEES,
        invitation_date=clock.today(),
        actor=office,
        at=clock.now(),
    )
    notice = AnnouncementValues("Posyandu pindah", f"Tanya Pak {NAMED}, {PHONE}; bagi warga miskin.", "", until_text())
    publish(key=uuid.uuid4(), village_id=village.id, values=notice, actor=office, at=clock.now())
    held = meetings.complete(cycle, office, location=f"rumah Bu {NAMED}")
    with setting_up():
        Work.objects.filter(village=village).exclude(name="Titian ulin RT 02").update(
            stopped_reason=f"Tanah Pak {NAMED} belum dibebaskan"
        )
        for row in held.decisions.all():
            row.text = f"Membantu rumah Pak {NAMED} yang tidak layak"
            row.save(update_fields=["text"])
        Evidence.objects.filter(cycle=cycle).update(title=f"SK Tim, diserahkan Pak {NAMED}")
    papers.keep(
        "F03",
        "Berita acara musyawarah kelompok difabel",
        f"meeting:{held.pk}",
        data={"a": 1},
        village_key=village.pk,
        hat=office,
    )


def whole_village(village: Village) -> Cycle:
    """Everything that a public page can show of one village."""
    cycle = cycle_of(village)
    proposal = proposal_in(village)
    stored_budget(cycle, origins={"Titian ulin RT 02": proposal})
    bridge = finished_work(cycle)
    held_meeting(cycle, 30, 20, MISKIN=7, DIFABEL=3, NELAYAN=12, PEMDES=8)
    coming_meeting(cycle)
    office = hat_at(village.place, "SDK")
    with setting_up():
        FieldCheck.objects.create(
            proposal=proposal, verdict_code="PRIK-01", note="Layak.", check_date=MADE.date(), checked_by=uuid.uuid4()
        )
        team = Team.objects.create(village=village, cycle=cycle, kind="drafting", decree_number="141/09/2026")
        for number, sex in enumerate("LLLLLPPPP", 1):
            TeamMember.objects.create(team=team, order=number, name=f"Anggota Ke{number}man", sex=sex, element="TOMAS")
        stage_done(cycle, "K2")
        paper = papers.keep(
            "F26", "RKP Desa", f"plan:{bridge.item.plan_id}", data={"a": 1}, village_key=village.pk, hat=office
        )
        Evidence.objects.create(
            cycle=cycle,
            stage="K2",
            paper_code="F01",
            title="SK Tim Penyusun RKP",
            number="141/09/2026",
            document_date=date(2026, 6, 10),
            signed=True,
            paper=paper,
            added_at=MADE,
        )
    return cycle
