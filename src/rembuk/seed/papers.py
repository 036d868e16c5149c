"""The papers behind the green steps of one village, as frozen document data; nothing is rendered here.

The values come from the rows that the example has just told, not from queries: thousands are built in seconds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from rembuk.core.documents.attendance import AttendanceValues, Attendee, build_attendance
from rembuk.core.documents.decree import DecreeValues, TeamMember, build_team_decree
from rembuk.core.documents.elements import name_beside_person
from rembuk.core.documents.frame import FIELDS, Person
from rembuk.core.documents.indicative_ceiling import (
    CEILING_SOURCES,
    CeilingEntry,
    CeilingLine,
    CeilingValues,
    build_indicative_ceiling,
)
from rembuk.core.documents.meeting_notes import NoteLine, NotesValues, build_meeting_notes
from rembuk.core.documents.minutes import MinutesSigners, MinutesValues, Speaker, build_minutes
from rembuk.core.documents.model import Document
from rembuk.core.documents.perdes import PerdesValues, build_perdes
from rembuk.core.documents.proposal_recap import RecapLine, RecapValues, build_proposal_recap
from rembuk.core.documents.rab import RabLine, RabValues, build_rab
from rembuk.core.documents.rkpdes import Beneficiaries, FundedPart, RkpdesLine, RkpdesValues, build_rkpdes
from rembuk.core.documents.technical_check import PaperCheck, TechnicalCheckValues, build_technical_check
from rembuk.core.hat import Role
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.core.lists import funding_sources
from rembuk.core.money import Rupiah
from rembuk.deliberation.queries.papers import MINUTES_KINDS, PRINTED_SECTIONS, lines, section
from rembuk.plans.labels import POSITIONS
from rembuk.plans.paper_values import decree_kind
from rembuk.plans.queries import item_order
from rembuk.proposals.models import Proposal
from rembuk.seed.meetings import INVITED, talks_of
from rembuk.seed.proposing import where
from rembuk.seed.scene import Line, Scene
from rembuk.seed.story import BUDGET_YEAR

RULES_NOTE = f"Aturan Dana Desa tahun {BUDGET_YEAR} belum dimuat, jadi belum diperiksa."


@dataclass(frozen=True, slots=True)
class Made:
    """One paper or a bundle of them. subject: what it prints, as the archive names it."""

    code: str
    title: str
    subject: str
    dated: date
    documents: tuple[Document, ...]
    number: str = ""


def decree(scene: Scene, kind: str, code: str) -> Made:
    """F01 or F30."""
    team = scene.teams[kind]
    dated = team.decree_date or scene.done["K2"]
    members = tuple(
        TeamMember(
            name=member.name,
            sex=member.sex,
            office=" / ".join(part for part in (member.office, name_beside_person(member.element)) if part),
            position=str(POSITIONS[member.position]),
        )
        for member in scene.members[kind]
    )
    document = build_team_decree(
        DecreeValues(
            frame=scene.frame(dated, team.decree_number),
            kind=decree_kind(kind),
            subject_year=f"Tahun {BUDGET_YEAR}",
            members=members,
            head=scene.signer(Role.KAD),
        )
    )
    return Made(code, document.title, f"team:{team.id}", dated, (document,), team.decree_number)


def minutes(scene: Scene, kind: str, day: date) -> Made:
    """F03 of a formal meeting."""
    meeting, present = scene.meetings[kind], scene.present[kind]
    document = build_minutes(
        MinutesValues(
            frame=scene.frame(day, meeting.minutes_number),
            kind=MINUTES_KINDS[kind],
            held_date=day,
            starts=time(9, 0),
            ends=time(12, 15),
            place=meeting.location,
            basis="Undangan dan agenda yang dibagikan lima hari sebelumnya.",
            agenda=tuple(meeting.agenda),
            invited=INVITED,
            present_men=sum(one.sex == "L" for one in present),
            present_women=sum(one.sex == "P" for one in present),
            elements=tuple(dict.fromkeys(one.element for one in present)),
            led_by=Speaker(meeting.chair_name, name_beside_person(meeting.chair_element)),
            written_by=Speaker(meeting.note_taker_name, name_beside_person(meeting.note_taker_element)),
            sections=tuple(
                (heading, paragraphs)
                for name, heading in PRINTED_SECTIONS.items()
                if (paragraphs := lines(section(meeting, name)))
            ),
            decisions=tuple(row.text for row in scene.decisions[kind]),
            signers=signers(scene, meeting.chair_name, meeting.note_taker_name, meeting.community_signers),
        )
    )
    return Made("F03", document.title, f"meeting:{meeting.id}", day, (document,), meeting.minutes_number)


def signers(scene: Scene, chair: str, notes: str, community: Sequence[str]) -> MinutesSigners:
    return MinutesSigners(
        chair=Person(chair),
        note_taker=Person(notes),
        head=scene.signer(Role.KAD),
        bpd_chair=scene.signer(Role.BPD),
        team_chair=Person(scene.chair()),
        community=tuple(Person(name) for name in community),
    )


def draft_minutes(scene: Scene, day: date) -> Made:
    """F03 on the result of drafting (K6)."""
    number = scene.number("BA", day, 6)
    document = build_minutes(
        MinutesValues(
            frame=scene.frame(day, number),
            kind="draft",
            held_date=day,
            starts=time(13, 30),
            ends=time(16, 0),
            place=f"Kantor Desa {scene.village.name}",
            agenda=("Rancangan RKP Desa", "Rencana anggaran biaya", "Daftar usulan ke kabupaten"),
            present_men=4,
            present_women=3,
            led_by=Speaker(scene.chair(), "Tim Penyusun"),
            written_by=Speaker(scene.members["drafting"][2].name, "Tim Penyusun"),
            decisions=(f"Rancangan memuat {len(scene.lines)} kegiatan dan disampaikan kepada Kepala Desa.",),
            signers=signers(scene, scene.chair(), scene.members["drafting"][2].name, ()),
        )
    )
    return Made("F03", document.title, f"cycle:{scene.cycle.id}", day, (document,), number)


def attendance(scene: Scene, kind: str, day: date) -> Made:
    """F04 of a formal meeting."""
    meeting = scene.meetings[kind]
    people = tuple(
        Attendee(name=one.name, sex=one.sex, address=one.address, element=one.element, signed=True)
        for one in scene.present[kind]
    )
    document = build_attendance(
        AttendanceValues(
            frame=scene.frame(day),
            meeting=MEETING_KINDS[kind].title,
            held_date=day,
            place=meeting.location,
            attendees=people,
            invited=INVITED,
            chair=Person(meeting.chair_name),
            note_taker=Person(meeting.note_taker_name),
        )
    )
    return Made("F04", document.title, f"meeting:{meeting.id}", day, (document,))


def notes(scene: Scene, kind: str, day: date) -> Made:
    """F05 of a formal meeting."""
    meeting = scene.meetings[kind]
    by_element = {one.element: one.name for one in reversed(scene.present[kind])}
    lines = tuple(
        NoteLine(meeting.agenda[min(place, len(meeting.agenda) - 1)], by_element[element], element, point, response)
        for place, (element, point, response) in enumerate(talks_of(scene.village.id, BUDGET_YEAR))
    )
    document = build_meeting_notes(
        NotesValues(
            frame=scene.frame(day),
            meeting=MEETING_KINDS[kind].title,
            held_date=day,
            place=meeting.location,
            lines=lines,
            chair=Person(meeting.chair_name),
            note_taker=Person(meeting.note_taker_name),
        )
    )
    return Made("F05", document.title, f"meeting:{meeting.id}", day, (document,))


def ceilings(scene: Scene, day: date) -> Made:
    """F20, with what the plan takes where there is one."""
    names = funding_sources()
    planned: dict[str, int] = {}
    for line in scene.lines:
        for funding in line.fundings:
            planned[funding.source] = planned.get(funding.source, 0) + funding.amount
    register = tuple(
        CeilingEntry(
            source=row.source,
            source_name=names[row.source].name,
            indicative=Rupiah(row.amount),
            earmark=row.earmark or row.programme,
            letter_number=row.letter_number or row.basis,
            letter_date=row.letter_date,
            planned=Rupiah(planned[row.source]) if row.source in planned and not row.earmark else None,
        )
        for row in scene.ceilings
    )
    document = build_indicative_ceiling(
        CeilingValues(
            frame=scene.frame(day),
            budget_year=BUDGET_YEAR,
            lines=tuple(ceiling_lines(ordered(scene))),
            register=register,
            team_chair=Person(scene.chair()),
            notes=(RULES_NOTE,),
        )
    )
    return Made("F20", document.title, f"cycle:{scene.cycle.id}", day, (document,))


def ceiling_lines(lines: Iterable[Line]) -> Iterable[CeilingLine]:
    for line in lines:
        amounts = {f.source: Rupiah(f.amount) for f in line.fundings if f.source in CEILING_SOURCES}
        if amounts:
            yield CeilingLine(field=field_of(line.item.activity_code), activity=line.item.name, amounts=amounts)


def field_of(code: str) -> int:
    return int(code.split(".")[0])


def ordered(scene: Scene) -> list[Line]:
    """Return the lines in the order in which plans print them."""
    return sorted(scene.lines, key=lambda line: item_order(line.item))


def recap(scene: Scene, day: date) -> Made:
    """F14: every proposal that was handed in."""
    sent = [p for p in scene.proposals if p.submitted_at is not None and p.state != "withdrawn"]
    document = build_proposal_recap(
        RecapValues(
            frame=scene.frame(day),
            year_label=f"Tahun {BUDGET_YEAR}",
            lines=tuple(recap_line(p) for p in sorted(sent, key=lambda p: (p.activity_code, p.number or ""))),
            head=scene.signer(Role.KAD),
            team_chair=Person(scene.chair()),
            team="Ketua Tim Penyusun RKP Desa",
        )
    )
    return Made("F14", document.title, f"cycle:{scene.cycle.id}", day, (document,))


def recap_line(proposal: Proposal) -> RecapLine:
    return RecapLine(
        field=field_of(proposal.activity_code),
        proposal=proposal.title,
        location=where(proposal),
        quantity=proposal.volume,
        unit=proposal.unit,
        beneficiaries=Beneficiaries(
            proposal.beneficiaries_male, proposal.beneficiaries_female, proposal.beneficiaries_poor
        ),
        origin=proposal.proposer_group or (proposal.hamlet.name if proposal.hamlet else ""),
    )


def matrix(scene: Scene, day: date, stage: str) -> Made:
    """F26 as it stood at a stage: ``Rancangan`` or ``Rancangan Akhir``."""
    assert scene.plan is not None
    document = build_rkpdes(
        RkpdesValues(
            frame=scene.frame(day),
            budget_year=BUDGET_YEAR,
            items=tuple(matrix_line(line) for line in ordered(scene)),
            head=scene.signer(Role.KAD),
            team_chair=Person(scene.chair()),
            notes=(RULES_NOTE,),
            stage=stage,
        )
    )
    return Made("F26", document.title, f"plan:{scene.plan.id}", day, (document,))


def matrix_line(line: Line) -> RkpdesLine:
    item = line.item
    return RkpdesLine(
        field=field_of(item.activity_code),
        activity=item.name,
        location=item.location,
        quantity=item.volume,
        unit=item.unit,
        schedule=item.schedule,
        funding=tuple(FundedPart(f.source, Rupiah(f.amount)) for f in line.fundings),
        implementer=item.planned_implementer,
        beneficiaries=Beneficiaries(item.beneficiaries_male, item.beneficiaries_female, item.beneficiaries_poor),
    )


def estimates(scene: Scene, day: date) -> Made:
    """F28 of every item, in one bundle."""
    assert scene.plan is not None
    documents = tuple(
        build_rab(
            RabValues(
                frame=scene.frame(day),
                rab_number=f"{line.item.activity_code}/{number}",
                field_name=FIELDS[field_of(line.item.activity_code)],
                activity=line.item.name,
                lines=tuple(
                    RabLine(row.section, row.description, Decimal(row.volume), row.unit, Rupiah(row.unit_price))
                    for row in line.estimate
                ),
                location=line.item.location,
                budget_year=BUDGET_YEAR,
                head=scene.signer(Role.KAD),
                team_chair=Person(scene.chair()),
            )
        )
        for number, line in enumerate(ordered(scene), start=1)
    )
    return Made("F28", f"Rencana Anggaran Biaya ({len(documents)})", f"plan:{scene.plan.id}", day, documents)


def technical_checks(scene: Scene, day: date) -> Made:
    """F29 of every item that was checked, in one bundle."""
    assert scene.plan is not None
    documents = tuple(
        build_technical_check(
            TechnicalCheckValues(
                frame=scene.frame(day),
                location=line.item.location,
                field_name=FIELDS[field_of(line.item.activity_code)],
                activity=line.item.name,
                checks={place: PaperCheck("fit") for place in range(1, 15)},
                feasible=True,
                checked_date=day,
                community=Person(scene.chair("verification")),
            )
        )
        for line in ordered(scene)
        if line.check is not None
    )
    return Made("F29", f"Lembar pemeriksaan ({len(documents)})", f"plan:{scene.plan.id}", day, documents)


def perdes(scene: Scene, day: date, *, enacted: bool) -> Made:
    """F19: the draft, or the regulation with its numbers."""
    plan = scene.plan
    assert plan is not None
    number = plan.perdes_number if enacted else ""
    document = build_perdes(
        PerdesValues(
            frame=scene.frame(day, number),
            budget_year=BUDGET_YEAR,
            head=scene.signer(Role.KAD),
            secretary=scene.signer(Role.SDK),
            bpd_chair=scene.signer(Role.BPD),
            promulgated_date=plan.promulgated_date if enacted else None,
            gazette_number=plan.gazette_number if enacted else "",
            endorsed_date=plan.bpd_agreement_date if enacted else None,
            bpd_decision=f"Keputusan BPD Nomor {plan.bpd_agreement_number}" if enacted else "",
        )
    )
    return Made("F19", document.title, f"plan:{plan.id}", day, (document,), number)
