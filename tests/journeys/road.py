"""The acts of one village from the opened cycle to the Perdes, each done by the service that every door calls.

Nothing here writes a row by hand but people, places and the uploaded files: what a gate asks comes about as in life.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from cycles.given import stored_file
from deliberation.given import INVITEES
from factories import people, places
from rembuk.accounts.models import Assignment
from rembuk.core.hat import Hat, Role
from rembuk.core.law.meetings import SIGNATURES
from rembuk.core.law.reasons import FEASIBLE, NOT_FEASIBLE
from rembuk.core.money import Rupiah
from rembuk.cycles import services as cycles
from rembuk.cycles.models import Cycle
from rembuk.deliberation import services as deliberation
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.values import AttendanceValues, Marks, MeetingValues, NoteValues
from rembuk.funding import services as funding
from rembuk.plans import services as plans
from rembuk.plans.models import RkpdesItem, RkpdesVersion
from rembuk.plans.queries import values_of
from rembuk.proposals import services as proposals
from rembuk.proposals.models import Proposal
from rembuk.proposals.values import ProposalValues
from rembuk.regions.models import Hamlet, Village
from rembuk.shared.models import StoredFile
from rembuk.shared.trail.testing import setting_up

COST = 100_000_000
HAMLETS = ("Dusun Hulu", "Dusun Tengah", "Dusun Hilir")
# hamlet, title, code, points at the hamlet's meeting; the sixth does not pass the field check
WISHES = (
    ("Dusun Hulu", "Titian ulin RT 01", "2.3.11", (5, 5, 5, 5, 5)),
    ("Dusun Tengah", "Sumur bor RT 02", "2.4.11", (5, 5, 5, 4, 4)),
    ("Dusun Hilir", "Rehabilitasi Posyandu Mawar", "2.2.09", (4, 4, 4, 4, 4)),
    ("Dusun Hulu", "Drainase tepi jalan desa", "2.3.14", (3, 3, 2, 2, 2)),
    ("Dusun Tengah", "Taman bermain anak", "2.4.17", (2, 2, 2, 1, 1)),
    ("Dusun Hilir", "Semenisasi gang di tanah sengketa", "2.3.11", (1, 1, 1, 1, 1)),
)
MEMBERS = ("Ahmad", "Budi", "Citra", "Dewi", "Eko", "Fitri", "Gani")
ROLES = (Role.SDK, Role.KAD, Role.TIM, Role.VRF, Role.BPD, Role.RTK, Role.STF, Role.KBD, Role.PTP)


@dataclass
class Road:
    """A village under way. day: of the act at hand; clock: its moment, noon of that day unless said otherwise."""

    village: Village
    year: int
    day: date
    moment: Callable[[date], datetime]
    people: dict[Role, Assignment] = field(default_factory=dict)
    slips: dict[str, str] = field(default_factory=dict)
    cycle: Cycle = field(init=False)

    @property
    def at(self) -> datetime:
        return self.moment(self.day)

    def hat(self, role: Role) -> Hat:
        return self.people[role].hat()

    def plan(self) -> RkpdesVersion:
        return RkpdesVersion.objects.get(cycle=self.cycle)

    # the village, its cycle and its stages

    def settle(self) -> None:
        """Let people and hamlets be there, and let the regency open the cycle."""
        with setting_up():
            for order, name in enumerate(HAMLETS, 1):
                places.rt(places.hamlet(self.village, name, order), f"{order:02d}")
            for role in ROLES:
                level = "rt" if role == Role.RTK else ""
                rt = {"hamlet": self.hamlet("Dusun Hulu"), "rt": places.rt(self.hamlet("Dusun Hulu"), "01")}
                self.people[role] = people.holder(role, self.village, level=level, **(rt if level else {}))
        self.cycle = cycles.open_cycle(village=self.village, plan_year=self.year, actor=self.hat(Role.STF), at=self.at)

    def hamlet(self, name: str) -> Hamlet:
        return Hamlet.objects.get(village=self.village, name=name)

    def paper(self, name: str) -> StoredFile:
        """Return an uploaded file; a gate asks that it is there, not what it shows."""
        with setting_up():
            return stored_file(self.village.id)

    def lay(self, stage: str, code: str, *, by: Role = Role.SDK, number: str = "", signed: bool = True) -> None:
        """Upload a paper under a stage."""
        cycles.add_evidence(
            cycle_id=self.cycle.pk,
            stage=stage,
            paper_code=code,
            title=code,
            document_date=self.day,
            number=number,
            signed=signed,
            file=self.paper(code),
            actor=self.hat(by),
            at=self.at,
        )

    def complete(self, stage: str) -> None:
        """Declare a stage done as its decider, and confirm its date as the regency's staff."""
        by = Role.BPD if stage in ("K1", "K11") else Role.KAD
        cycles.complete_stage(cycle_id=self.cycle.pk, stage=stage, done_date=self.day, actor=self.hat(by), at=self.at)
        cycles.confirm_stage(cycle_id=self.cycle.pk, stage=stage, actor=self.hat(Role.STF), at=self.at)

    # teams, RPJM Desa, ceilings

    def team(self, kind: str, number: str) -> None:
        """Form a team of seven, three of them women, by a signed decree."""
        members = [
            plans.MemberValues(name, "P" if name in ("Citra", "Dewi", "Fitri") else "L", "TOMAS", position=position)
            for name, position in zip(MEMBERS, ("chair", "secretary", *["member"] * 5), strict=True)
        ]
        made = plans.save_team(
            cycle_id=self.cycle.pk, kind=kind, members=members, version=0, actor=self.hat(Role.KAD), at=self.at
        )
        plans.set_decree(
            team_id=made.id,
            number=number,
            on=self.day,
            version=made.version,
            file=self.paper("SK Tim"),
            actor=self.hat(Role.KAD),
            at=self.at,
        )

    def register_rpjmdes(self) -> None:
        made = plans.register_rpjmdes(
            village_id=self.village.id,
            number=f"3 Tahun {self.year - 5}",
            on=date(self.year - 5, 3, 1),
            start_year=self.year - 5,
            end_year=self.year + 2,
            actor=self.hat(Role.SDK),
            at=self.at,
        )
        lines = [plans.RpjmLine(title, (self.year + 1,), code) for _h, title, code, _p in WISHES]
        plans.save_rpjmdes_items(
            rpjmdes_id=made.id, lines=lines, version=made.version, actor=self.hat(Role.SDK), at=self.at
        )

    def enter_ceilings(self) -> None:
        """Write the regency's letter down: Dana Desa that pays for three wishes."""
        funding.enter_ceilings(
            village=self.village,
            budget_year=self.year + 1,
            lines=[funding.Line("DDS", Rupiah(3 * COST + 40_000_000))],
            letter=funding.Letter("900/12/DPMD", self.day, self.day, self.paper("Surat pagu")),
            actor=self.hat(Role.STF),
            at=self.at,
        )

    def issue_ceilings(self) -> None:
        funding.issue_ceilings(
            place=self.village.place, budget_year=self.year + 1, actor=self.hat(Role.KBD), at=self.at
        )

    # proposals

    def propose(self, hamlet: str, title: str, *, by: Role = Role.SDK, cost: int = COST) -> Proposal:
        """Hand one wish in; the code of its slip is kept in `slips`."""
        values = ProposalValues(
            title=title,
            problem="Warga memerlukannya.",
            hamlet_id=self.hamlet(hamlet).id,
            volume=Decimal(1),
            unit="paket",
            cost=cost,
            beneficiaries_male=40,
            beneficiaries_female=45,
            beneficiaries_poor=20,
            is_physical=True,
        )
        key = uuid.uuid4()
        proposals.create_proposal(
            proposal_id=key, village_id=self.village.id, values=values, actor=self.hat(by), at=self.at
        )
        sent = proposals.submit_proposal(proposal_id=key, actor=self.hat(by), at=self.at)
        self.slips[title] = sent.receipt_code
        return sent.proposal

    def look_at(self, proposal: Proposal, code: str) -> None:
        """Let the secretary check a wish, confirm its code and say whose business it is."""
        hat, at, key = self.hat(Role.SDK), self.at, proposal.id
        proposals.check_proposal(proposal_id=key, actor=hat, at=at)
        proposals.confirm_code(proposal_id=key, code=code, actor=hat, at=at)
        proposals.set_authority(proposal_id=key, authority="village", note="Milik desa.", actor=hat, at=at)

    def field_check(self, proposal: Proposal, passed: bool) -> None:
        proposals.field_check_proposal(
            proposal_id=proposal.id,
            verdict_code=FEASIBLE if passed else NOT_FEASIBLE,
            note="Lokasi siap." if passed else "Tanah masih disengketakan.",
            check_date=self.day,
            actor=self.hat(Role.VRF),
            at=self.at,
        )

    # meetings

    def call(self, kind: str, by: Role, **fields: object) -> Meeting:
        """Plan a meeting and invite to it a week before."""
        hat, at = self.hat(by), self.at
        values = MeetingValues(kind, at, "Balai desa", ("Pembukaan", "Pembahasan"), **fields)  # type: ignore[arg-type]
        meeting = deliberation.plan_meeting(cycle_id=self.cycle.pk, values=values, actor=hat, at=at)
        return deliberation.invite_meeting(
            meeting_id=meeting.id, invitees=INVITEES, invitation_date=self.day - timedelta(7), actor=hat, at=at
        )

    def come(self, meeting: Meeting, by: Role) -> None:
        """Let everybody invited come to an open meeting, and some more."""
        hat, at, key = self.hat(by), self.at, meeting.id
        for place, line in enumerate(INVITEES):
            guest = AttendanceValues(line.name, "LP"[place % 2], line.kind, position=line.position)
            deliberation.record_attendance(meeting_id=key, values=guest, actor=hat, at=at)
        deliberation.set_tally(meeting_id=key, element="TANI", male=4, female=5, actor=hat, at=at, invited=False)

    def gather(self, kind: str, by: Role, **fields: object) -> Meeting:
        """Call a meeting, open it, let people come."""
        meeting = self.call(kind, by, **fields)
        deliberation.start_meeting(meeting_id=meeting.id, actor=self.hat(by), at=self.at)
        self.come(meeting, by)
        return meeting

    def note(self, meeting: Meeting, by: Role) -> None:
        """Write down what somebody said."""
        said = NoteValues("Jalan rusak", "Pembahasan", "Mulyadi", "L", "MISKIN", "Dicatat", "Diusulkan")
        deliberation.add_note(meeting_id=meeting.id, values=said, actor=self.hat(by), at=self.at)

    def conclude(self, meeting: Meeting, by: Role, number: str) -> None:
        """Decide, write the minutes, close the meeting and have them signed."""
        hat, at, key = self.hat(by), self.at, meeting.id
        self.note(meeting, by)
        deliberation.decide(meeting_id=key, text="Menyepakati hasil pembahasan.", actor=hat, at=at)
        deliberation.save_section(
            meeting_id=key, section="discussion", text="Semua unsur didengar.", based_on=0, actor=hat, at=at
        )
        deliberation.close_meeting(meeting_id=key, actor=hat, at=at)
        deliberation.sign_minutes(
            meeting_id=key, minutes_number=number, minutes_date=self.day, signatures=SIGNATURES, actor=hat, at=at
        )

    def score(self, meeting: Meeting, chosen: list[Proposal], by: Role) -> None:
        """Put wishes on the table, let the hall give its points, and adopt the order as the chair *by*."""
        points = {title: marks for _hamlet, title, _code, marks in WISHES}
        hat, at = self.hat(Role.SDK), self.at
        deliberation.table_proposals(meeting_id=meeting.id, proposal_ids=[p.id for p in chosen], actor=hat, at=at)
        deliberation.enter_scores(
            meeting_id=meeting.id,
            scorer_group="Perempuan",
            marks=[Marks(p.id, points[p.title]) for p in chosen],
            score_date=self.day,
            actor=hat,
            at=at,
        )
        deliberation.adopt_ranking(meeting_id=meeting.id, actor=self.hat(by), at=at)

    def hamlet_meetings(self) -> None:
        """Let every hamlet rank what came from it."""
        for number, name in enumerate(HAMLETS, 1):
            hamlet = self.hamlet(name)
            meeting = self.gather("MUSDUS", Role.SDK, hamlet_id=hamlet.id)
            own = Proposal.objects.filter(cycle=self.cycle, hamlet=hamlet).order_by("number")
            self.score(meeting, list(own), Role.SDK)
            self.conclude(meeting, Role.SDK, f"140/{number}/BA")

    # the plan

    def work_out(self, item: RkpdesItem) -> None:
        """Give an item what the team writes: the line of the RPJM Desa, design, estimate, who carries it out."""
        hat, at = self.hat(Role.TIM), self.at
        line = self.village.rpjmdes.get().items.get(name=item.name)
        values = replace(values_of(item), rpjmdes_item_id=line.id, has_design=True, schedule="Maret-Juni")
        item = plans.save_item(
            plan_id=item.plan_id, item_id=item.id, values=values, version=item.version, actor=hat, at=at
        )
        half = Rupiah(COST // 2)
        estimate = [
            plans.RabValues(1, "Bahan", Decimal(1), "paket", half),
            plans.RabValues(3, "Upah", Decimal(1), "paket", half),
        ]
        plans.save_rab(item_id=item.id, lines=estimate, version=item.version, actor=hat, at=at)
        crew = [
            {"position": position, "name": name, "sex": "P" if name == "Dewi" else "L", "element": "TOMAS"}
            for position, name in zip(
                ("chair", "secretary", "treasurer", "member"), ("Ahmad", "Budi", "Dewi", "Eko"), strict=True
            )
        ]
        plans.save_implementer(item_id=item.id, members=crew, version=0, actor=hat, at=at)

    def check_items(self) -> None:
        """Let the verification team fill the sheet of every item and say that it is done."""
        hat, at = self.hat(Role.VRF), self.at
        for item in self.plan().items.all():
            plans.check_item(
                item_id=item.id,
                rows=[("fit", "")] * 14,
                is_feasible=True,
                note="",
                check_date=self.day,
                actor=hat,
                at=at,
            )
        plans.verify_plan(plan_id=self.plan().id, actor=hat, at=at)


def noon(day: date) -> datetime:
    """Return the middle of a day at the regency."""
    return datetime.fromisoformat(f"{day.isoformat()}T12:00:00+08:00")
